// The roads on which a logic writes to a store: a pallet's, a key's, a multisig's, a proxy's. Who is
// none finds them closed. The tests build on each other, in this order.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { Codec } from '@polkadot/types/types';
import * as chain from './chain.ts';
import { first, type Hex, hex } from './fixtures.ts';
import { assertNoFaults, JnsNode, stopAll } from './node.ts';

/** The store for names, which the development chain begins with. */
const NAMES = 0;
const KEY: Hex = `0x${'22'.repeat(32)}`;
const THRESHOLD = 2;
/** What the multisig begins with, to pay deposits from. */
const GIFT = 10n ** 12n;
/** More than any call here weighs. */
const WEIGHT = { refTime: 10n ** 10n, proofSize: 10n ** 6n };

const NOT_LOGIC = 'eternalStorage.NotLogic';

describe('on the road of', () => {
	let api: ApiPromise;
	let owner: chain.Account;
	let logic: chain.Account;
	let proxy: chain.Account;
	/** The members of the multisig. */
	let members: chain.Account[];
	/** The owner's. */
	let store: number;

	before(async () => {
		api = await chain.connect(await JnsNode.start('alice', ['--dev']));
		const accounts = await chain.freshAccounts(api, 6);
		[owner, logic, proxy] = accounts as [chain.Account, chain.Account, chain.Account];
		members = accounts.slice(3);
		const created = await chain.send(api, api.tx.eternalStorage.createStore(), owner);
		store = Number(chain.event(created, 'eternalStorage.StoreCreated').store);
		const listed = await created.state.call.storesApi.storesOf(owner.address, null, 10);
		assert.deepEqual(listed.toJSON(), [store]);
	});
	afterEach(assertNoFaults);
	after(stopAll);

	const set = (text: string, where = store): chain.Call =>
		api.tx.eternalStorage.set(where, KEY, { String: text });

	/** The value, and whose money is held for it. */
	const stored = async (state: chain.State, kind: string, key: Hex, where = store) => {
		const value = await state.call.storesApi.value(where, kind, key);
		const entry = (await state.query.eternalStorage.entryOf(where, kind, key)).toJSON() as {
			deposit: { payer: string } | null;
		} | null;
		return { value: value.toJSON(), payer: entry?.deposit?.payer };
	};
	const assertText = async (state: chain.State, text: string, payer: string) => {
		const value = { string: hex(text) };
		assert.deepEqual(await stored(state, 'String', KEY), { value, payer });
	};

	const setLogic = (account: string): chain.Call => api.tx.eternalStorage.setLogic(store, account);

	/** Sends what must fail, each from its account, and waits until all have. */
	const assertRefused = async (...attempts: [chain.Account, chain.Call, string][]) => {
		const sent = attempts.map(([signer, call]) => chain.send(api, call, signer));
		const found = (await Promise.allSettled(sent)).map(
			(result) => result.status === 'rejected' && (result.reason as chain.Failed).error,
		);
		assert.deepEqual(found, attempts.map(([, , error]) => error));
	};

	test('a pallet, the logic writes and the signer pays', async () => {
		const [{ state }] = await Promise.all([
			chain.send(api, chain.register(api, first), proxy),
			assertRefused([logic, set('mine', NAMES), NOT_LOGIC]),
		]);
		const key = api.registry.hash(Buffer.from(`jns/record/${first.name}`)).toHex();
		const { value, payer } = await stored(state, 'Bytes', key, NAMES);
		assert.ok((value as { bytes: Hex }).bytes, 'the record is in the store for names');
		assert.equal(payer, proxy.address);
	});

	test('a key, only the account that is the logic writes, and pays', async () => {
		await assertRefused(
			[owner, set('early'), 'eternalStorage.NoLogic'],
			[logic, setLogic(logic.address), 'eternalStorage.NotOwner'],
		);
		await chain.send(api, setLogic(logic.address), owner);
		await assertRefused(
			[owner, set('owned'), NOT_LOGIC],
			[logic, set('nowhere', 99), 'eternalStorage.StoreNotFound'],
		);
		const { state } = await chain.send(api, set('key'), logic);
		await assertText(state, 'key', logic.address);

		const batch = [
			{ Remove: { kind: 'String', key: KEY } },
			{ Set: { key: KEY, value: { Uint256: 7 } } },
			{ Set: { key: KEY, value: { String: 'batch' } } },
		];
		const done = await chain.send(api, api.tx.eternalStorage.writeBatch(store, batch), logic);
		await assertText(done.state, 'batch', logic.address);
		const { value } = await stored(done.state, 'Uint256', KEY);
		assert.deepEqual(value, { uint256: `0x${'7'.padStart(64, '0')}` });
		const undo = [{ Remove: { kind: 'Uint256', key: KEY } }];
		await chain.send(api, api.tx.eternalStorage.writeBatch(store, undo), logic);
	});

	test('a proxy, the account that it stands for writes, and pays', async () => {
		const { eternalStorage, proxy: calls } = api.tx;
		const byProxy = (text: string) => calls.proxy(logic.address, null, set(text));
		await assertRefused([proxy, byProxy('early'), 'proxy.NotProxy']);
		await chain.send(api, calls.addProxy(proxy.address, 'Any', 0), logic);
		await assertRefused([proxy, set('itself'), NOT_LOGIC]);
		const done = await chain.send(api, byProxy('proxy'), proxy);
		assert.deepEqual(chain.event(done, 'proxy.ProxyExecuted').result!.toJSON(), { ok: null });
		await assertText(done.state, 'proxy', logic.address);

		const remove = eternalStorage.remove(store, 'String', KEY);
		const removed = await chain.send(api, calls.proxy(logic.address, null, remove), proxy);
		assert.equal((await stored(removed.state, 'String', KEY)).value, null);
		assert.deepEqual((await removed.state.query.balances.holds(logic.address)).toJSON(), []);
	});

	test('a proxy for names only, nothing else is written', async () => {
		await chain.send(api, api.tx.proxy.addProxy(owner.address, 'Names', 0), logic);
		const call = api.tx.proxy.proxy(logic.address, null, set('filtered'));
		const done = await chain.send(api, call, owner);
		const { result } = chain.event(done, 'proxy.ProxyExecuted');
		const { asErr } = result as unknown as { asErr: Codec };
		assert.equal(chain.failure(api, asErr), 'system.CallFiltered');
		assert.equal((await stored(done.state, 'String', KEY)).value, null);
	});

	test('a multisig, two of three together write, and it pays', async () => {
		const id = ({ address }: chain.Account) => api.createType('AccountId', address).toHex();
		const sorted = members.map(id).sort();
		const who = api.createType('(Vec<AccountId>, u16)', [sorted, THRESHOLD]).toU8a();
		const together = api.createType(
			'AccountId',
			api.registry.hash(Buffer.concat([Buffer.from('modlpy/utilisuba'), who])),
		);
		const gift = api.tx.balances.transferKeepAlive(together, GIFT);
		await chain.sendInOrder(api, [gift, setLogic(together.toString())], owner);
		await assertRefused(
			[logic, set('old'), NOT_LOGIC],
			[members[0]!, set('alone'), NOT_LOGIC],
		);

		const approve = (member: chain.Account, since: Codec | null) => {
			const others = sorted.filter((other) => other !== id(member));
			return api.tx.multisig.asMulti(THRESHOLD, others, since, set('multisig'), WEIGHT);
		};
		const one = await chain.send(api, approve(members[0]!, null), members[0]!);
		const { multisig } = chain.event(one, 'multisig.NewMultisig');
		assert.equal(multisig!.toString(), together.toString());
		assert.equal((await stored(one.state, 'String', KEY)).value, null, 'one is not enough');

		const pending = await one.state.query.multisig.multisigs.entries(together);
		const { when } = pending[0]![1].toJSON() as unknown as { when: Codec };
		const two = await chain.send(api, approve(members[2]!, when), members[2]!);
		const { result } = chain.event(two, 'multisig.MultisigExecuted');
		assert.deepEqual(result!.toJSON(), { ok: null });
		await assertText(two.state, 'multisig', together.toString());
	});
});
