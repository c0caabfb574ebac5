// Writes the links of the guides into their documents, each in the place of one that is there.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from './chain.ts';
import { LINE, line } from './guide.ts';
import { JnsNode, stopAll } from './node.ts';
import { tour } from './tour.ts';
import { voting } from './voting.ts';

const api = await connect(await JnsNode.start('alice', ['--dev']));
for (const { document, steps } of [tour, voting]) {
	const linked = (await steps(api)).filter(({ unlinked }) => !unlinked);
	const text = readFileSync(document, 'utf8');
	const places = text.match(LINE)?.length;
	assert.equal(places, linked.length, `${document.pathname} has a place for each step`);
	writeFileSync(document, text.replace(LINE, () => line(linked.shift()!)));
}
await stopAll();
