// Four validators, from a genesis without a store for names. The tests build on each other, in this
// order.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { first, rival as kept } from './fixtures.ts';
import { address, hasPeers, join, type Member, validators } from './network.ts';
import { recordKey } from './layout.ts';
import { assertNoFaults, stopAll } from './node.ts';

describe('four validators', () => {
	/** Of every validator. */
	const apis: ApiPromise[] = [];
	/** Alice's. */
	let api: ApiPromise;

	let network: Member[];

	before(async () => {
		network = await validators('local');
		apis.push(...network.map(({ api }) => api));
		api = apis[0]!;
	});
	afterEach(assertNoFaults);
	after(stopAll);

	test('find each other', async () => {
		await Promise.all(network.map((member) => hasPeers(member, 3)));
	});

	test('finalize the same blocks', async () => {
		const { number, hash } = await chain.finalizedHead(api, 3);
		for (const api of apis) {
			assert.equal(await chain.finalizedHash(api, number.toNumber()), hash.toHex());
		}
	});

	test('are told when their keystore lacks the keys of the session', async () => {
		const keyless = await join('local', 'keyless', ['--validator'], await address(network[0]!));
		await keyless.node.logged(/Validator: .* its keystore has (no key) of a validator/);
		const missing = async ({ node }: Member) => {
			const metrics = await node.metrics('jns_session_keys_missing');
			return [...metrics.values()];
		};
		assert.deepEqual(await missing(keyless), [1]);
		assert.deepEqual(await missing(network[0]!), [0]);
		await keyless.node.stop();
	});

	test('register no name while the council has no store for it', async () => {
		const [payer] = await chain.freshAccounts(api, 1);
		await assert.rejects(chain.send(api, chain.register(api, first), payer!), {
			error: 'permanentNames.NoStore',
		});
		const state = await chain.finalizedState(api);
		const told = await state.call.namesApi.resolve(first.name);
		assert.deepEqual(told.toJSON(), { err: { noStore: null } });
	});

	test('execute what two members with more than half of the stake want', async () => {
		const [alice, bob, charlie] = ['Alice', 'Bob', 'Charlie'].map(chain.account);
		const total = await council.totalStake(await chain.finalizedState(api));
		const amount = (total * 3n) / 10n;
		const delegate = ({ address }: chain.Account) => api.tx.council.delegate(address, amount);
		const spread = api.tx.utility.batchAll([bob!, charlie!].map(delegate));
		await chain.send(api, spread, alice!);

		const permanent = chain.permanentAccount(api);
		// Names are reserved before anybody can register one.
		const enable = api.tx.utility.batchAll([
			api.tx.council.createStore('jns.names'),
			api.tx.council.selectLogic(permanent),
			api.tx.permanentNames!.reserve!([recordKey(api, kept.name)]),
		]);
		const { state } = await council.decide(api, enable, [alice!, bob!]);
		assert.equal((await state.query.council.storeOf('jns.names')).toJSON(), 0);
		assert.equal((await state.call.councilApi.selectedLogic()).toHex(), permanent);
	});

	test('resolve a name in a block that is final on all of them', async () => {
		const [payer] = await chain.freshAccounts(api, 1);
		await assert.rejects(chain.send(api, chain.register(api, kept), payer!), {
			error: 'permanentNames.Reserved',
		});
		const { block, state } = await chain.send(api, chain.register(api, first), payer!);
		const height = Number(await state.query.system.number());
		for (const api of apis) {
			assert.equal(await chain.finalizedHash(api, height), block);
			const record = await chain.resolve(await api.at(block), first.name);
			assert.equal(record?.id, first.id);
			assert.equal(record.block, height);
		}
	});
});
