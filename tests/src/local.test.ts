// Four validators, from a genesis without a store for names. The tests build on each other, in this
// order.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { first } from './fixtures.ts';
import { assertNoFaults, JnsNode, stopAll } from './node.ts';

describe('four validators', () => {
	/** Of every validator. */
	const apis: ApiPromise[] = [];
	/** Alice's. */
	let api: ApiPromise;

	const start = async (name: string, ...args: string[]) => {
		const key = '--unsafe-force-node-key-generation';
		const node = await JnsNode.start(name, ['--chain', 'local', `--${name}`, key, ...args]);
		return chain.connect(node);
	};

	before(async () => {
		api = await start('alice');
		const [address] = await api.rpc.system.localListenAddresses();
		const join = (name: string) => start(name, '--bootnodes', String(address));
		apis.push(api, ...(await Promise.all(['bob', 'charlie', 'dave'].map(join))));
	});
	afterEach(assertNoFaults);
	after(stopAll);

	test('find each other', async () => {
		const finds = (api: ApiPromise, at: number) =>
			chain.bestHead(api, 'peers', `validator ${at} has three peers`, async () => {
				const { peers } = await api.rpc.system.health();
				return peers.toNumber() === 3;
			});
		await Promise.all(apis.map(finds));
	});

	test('finalize the same blocks', async () => {
		const { number, hash } = await chain.finalizedHead(api, 3);
		for (const api of apis) {
			assert.equal(await chain.finalizedHash(api, number.toNumber()), hash.toHex());
		}
	});

	test('register no name while the council has no store for it', async () => {
		const [payer] = await chain.freshAccounts(api, 1);
		await assert.rejects(chain.send(api, chain.register(api, first), payer!), {
			error: 'permanent.NoStore',
		});
		assert.equal(await chain.resolve(await chain.finalizedState(api), first.name), null);
	});

	test('execute what two members with more than half of the stake want', async () => {
		const [alice, bob, charlie] = ['Alice', 'Bob', 'Charlie'].map(chain.account);
		const total = await council.totalStake(await chain.finalizedState(api));
		const amount = (total * 3n) / 10n;
		const delegate = ({ address }: chain.Account) => api.tx.council.delegate(address, amount);
		const spread = api.tx.utility.batchAll([bob!, charlie!].map(delegate));
		await chain.send(api, spread, alice!);

		const permanent = chain.permanentAccount(api);
		const enable = api.tx.utility.batchAll([
			api.tx.council.createStore('jns.names'),
			api.tx.council.selectLogic(permanent),
		]);
		const { state } = await council.decide(api, enable, [alice!, bob!]);
		assert.equal((await state.query.council.storeOf('jns.names')).toJSON(), 0);
		assert.equal((await state.call.councilApi.selectedLogic()).toHex(), permanent);
	});

	test('resolve a name in a block that is final on all of them', async () => {
		const [payer] = await chain.freshAccounts(api, 1);
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
