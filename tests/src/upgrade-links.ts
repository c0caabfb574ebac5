// Prints the hash of a runtime's code, a link that proposes to upgrade to it, and one that votes for
// that, as the next proposal of a development chain has it:
// `npm run --silent upgrade-links -- FILE INDEX`.

import { readFileSync } from 'node:fs';
import { connect } from './chain.ts';
import { link } from './guide.ts';
import { JnsNode, stopAll } from './node.ts';
import { LIFETIME } from './agenda.ts';
import { callHash } from './council.ts';
import { authorizing, codeHash } from './upgrade.ts';

const [file, index] = process.argv.slice(2);
if (!file || !/^\d+$/.test(index ?? '')) {
	throw new Error('which file, and which number? npm run --silent upgrade-links -- FILE INDEX');
}
const api = await connect(await JnsNode.start('alice', ['--dev']));
const hash = codeHash(api, readFileSync(file));
console.log(hash);
const call = authorizing(api, hash);
console.log(link(api.tx.council.propose(call, LIFETIME)));
console.log(link(api.tx.council.vote(Number(index), callHash(api, call), true)));
await stopAll();
