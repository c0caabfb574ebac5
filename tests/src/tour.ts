// The README's tour.

import assert from 'node:assert/strict';
import { account, finalizedState, nameOf, register, resolve } from './chain.ts';
import { callHash, EXECUTED, ending, stakeOf, totalStake } from './council.ts';
import { first } from './fixtures.ts';
import { document, type Guide } from './guide.ts';

/** How long the tour's proposal is open at most, in blocks. */
const LIFETIME = 100;

const STORE = 'my.store';

export const tour: Guide = {
	document: document('README.md'),
	steps: async (api) => {
		const { council } = api.tx;
		const bob = account('Bob');
		// What is left is more than half.
		const share = ((await totalStake(await finalizedState(api))) * 4n) / 10n;
		return [
			{
				title: 'Alice, who holds all stake, delegates 40 % of it to Bob',
				signer: 'Alice',
				call: council.delegate!(bob.address, share),
				claim: async ({ state }) => {
					assert.equal(await stakeOf(state, bob), share);
				},
			},
			{
				title: `Alice proposes that the council makes a store, \`${STORE}\``,
				signer: 'Alice',
				call: council.propose!(council.createStore!(STORE), LIFETIME),
			},
			{
				title: 'Alice votes for it with 60 % of all stake: it passes and is executed at once',
				signer: 'Alice',
				call: council.vote!(0, callHash(api, council.createStore!(STORE)), true),
				claim: async (done) => {
					assert.deepEqual(ending(done), EXECUTED);
					assert.equal((await done.state.query.council.storeOf(STORE)).toJSON(), 1);
				},
			},
			{
				title: `Bob registers the name \`${first.name}\` for the Jami account that signed it`,
				signer: 'Bob',
				call: register(api, first),
				claim: async ({ state }) => {
					assert.equal((await resolve(state, first.name))?.id, first.id);
					assert.equal(await nameOf(state, first.id), first.name);
				},
			},
		];
	},
};
