// Follows a guide: its links are the ones that this runtime decodes, and the calls that they encode
// do what the document says.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import { type Guide, LINE, line, type Step } from './guide.ts';
import { assertNoFaults, JnsNode, stopAll } from './node.ts';

/** Steps that are sent together: up to one that claims something, which all the others lead to. */
function groups(steps: Step[]): Step[][] {
	const all: Step[][] = [[]];
	for (const step of steps) {
		all.at(-1)!.push(step);
		if (step.claim) {
			all.push([]);
		}
	}
	assert.deepEqual(all.pop(), [], 'the last step claims something');
	return all;
}

export function follow({ document, steps, upgrade }: Guide): void {
	const name = basename(document.pathname);

	describe(`the links in ${name}`, () => {
		let node: JnsNode;
		let api: ApiPromise;
		let all: Step[];
		let lines: RegExpMatchArray[];

		before(async () => {
			const text = existsSync(document) ? readFileSync(document, 'utf8') : '';
			lines = [...text.matchAll(LINE)];
			node = await JnsNode.start('alice', ['--dev']);
			api = await chain.connect(node);
			all = await steps(api);
		});
		afterEach(assertNoFaults);
		after(stopAll);

		test('are those that this runtime decodes', () => {
			const linked = all.filter(({ unlinked }) => !unlinked);
			for (const [at, step] of linked.entries()) {
				const what = `"${step.title}", link ${at + 1} of ${name}`;
				assert.equal(lines[at]?.[0], line(step), `${what}: \`npm run links\` writes it`);
			}
			assert.equal(lines.length, linked.length, `${name} has no more links`);
		});

		test('lead through the guide', async (t) => {
			const bytes = lines.map(([, found]) => found);
			for (const group of groups(all)) {
				const { signer, title, claim } = group.at(-1)!;
				await t.test(title, async () => {
					const others = group.filter((step) => step.signer !== signer);
					assert.deepEqual(others, [], 'steps that are sent together have one signer');
					const calls = group.map((step) =>
						step.unlinked ? step.call : api.tx(api.createType('Call', bytes.shift())),
					);
					await claim!(await chain.sendOneByOne(api, calls, chain.account(signer)));
				});
			}
			if (upgrade) {
				await t.test(upgrade.title, async () => {
					await upgrade.take(node, api);
				});
			}
		});
	});
}
