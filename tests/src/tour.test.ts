// The README's links are the tour's, and lead through it.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import { assertNoFaults, JnsNode, stopAll } from './node.ts';
import * as tour from './tour.ts';

const README = new URL('../../README.md', import.meta.url);

describe('the tour of the README', () => {
	let api: ApiPromise;
	let links: RegExpMatchArray[];

	before(async () => {
		const readme = existsSync(README) ? readFileSync(README, 'utf8') : '';
		links = [...readme.matchAll(tour.LINK)];
		api = await chain.connect(await JnsNode.start('alice', ['--dev']));
	});
	afterEach(assertNoFaults);
	after(stopAll);

	test('has the links that this runtime decodes', async () => {
		const steps = await tour.steps(api);
		for (const [at, { title, call }] of steps.entries()) {
			const found = links[at]?.[0];
			const what = `README.md has ${found ? 'another' : 'no'} link ${at + 1}, "${title}"`;
			assert(found === tour.link(call), `${what}: paste what \`npm run links\` prints`);
		}
		assert.equal(links.length, steps.length, 'README.md has more links than the tour');
	});

	test('leads to a delegated stake, a new store and a registered name', async () => {
		for (const [at, { title, signer }] of (await tour.steps(api)).entries()) {
			const bytes = links[at]?.[1];
			assert(bytes, `no link in README.md for "${title}"`);
			const call = api.tx(api.createType('Call', bytes));
			await chain.send(api, call, chain.account(signer));
		}
		const state = await chain.finalizedState(api);
		const total = await chain.totalStake(state);
		assert.equal(await chain.stakeOf(state, chain.account('Bob')), tour.share(total));
		assert.equal((await state.query.council.storeOf(tour.STORE)).toJSON(), 1);
		assert.equal((await chain.resolve(state, tour.NAME.name))?.id, tour.NAME.id);
		assert.equal(await chain.nameOf(state, tour.NAME.id), tour.NAME.name);
	});
});
