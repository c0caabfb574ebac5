// The roads on which a logic writes to a store: a pallet's, a key's, a multisig's, a proxy's. Who is
// none finds them closed. The tests build on each other, in this order.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { Codec } from '@polkadot/types/types';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { first, type Hex, hex } from './fixtures.ts';
import { recordKey, STORE as NAMES } from './layout.ts';
import { assertNoFaults, JnsNode, stopAll } from './node.ts';

const KEY: Hex = `0x${'22'.repeat(32)}`;
const THRESHOLD = 2;
/** Bytes of the longest string, and changes of the largest batch. */
const LONGEST = 4096;
const MOST = 64;
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
	/** The multisig's account. */
	let together: string;
	/** The owner's. */
	let store: number;

	before(async () => {
		api = await chain.connect(await JnsNode.start('alice', ['--dev']));
		const accounts = await chain.freshAccounts(api, 6);
		[owner, logic, proxy] = accounts as [chain.Account, chain.Account, chain.Account];
		members = accounts.slice(3);
		const who = api.createType('(Vec<AccountId>, u16)', [sorted(members), THRESHOLD]).toU8a();
		const bytes = Buffer.concat([Buffer.from('modlpy/utilisuba'), who]);
		together = api.createType('AccountId', api.registry.hash(bytes)).toString();
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
		return { value: value.toJSON(), payer: await chain.payerOf(state, where, kind, key) };
	};
	const assertText = async (state: chain.State, text: string, payer: string, where?: number) => {
		const expected = { value: { string: hex(text) }, payer };
		assert.deepEqual(await stored(state, 'String', KEY, where), expected);
	};

	const setLogic = (account: string): chain.Call => api.tx.eternalStorage.setLogic(store, account);

	/** Sends what must fail, each from its account, and waits until all have. */
	const assertRefused = async (...attempts: [chain.Account, chain.Call, string][]) => {
		const sent = attempts.map(([signer, call]) => chain.send(api, call, signer));
		const found = chain.errors(await Promise.allSettled(sent));
		assert.deepEqual(found, attempts.map(([, , error]) => error));
	};

	test('a pallet, the logic writes and the signer pays', async () => {
		const [{ state }] = await Promise.all([
			chain.send(api, chain.register(api, first), proxy),
			assertRefused([logic, set('mine', NAMES), NOT_LOGIC]),
		]);
		const key = recordKey(api, first.name);
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

	test('a key, what is too long is told so and changes nothing', async () => {
		const { set: setAny, writeBatch } = api.tx.eternalStorage;
		const flag = { Set: { key: KEY, value: { Bool: true } } };
		const [longest, long] = ['x'.repeat(LONGEST), 'x'.repeat(LONGEST + 1)] as const;
		const calls = [
			set(long),
			setAny(store, KEY, { Bytes: hex(long) }),
			writeBatch(store, [flag, { Set: { key: KEY, value: { String: long } } }]),
			writeBatch(store, Array(MOST + 1).fill(flag)),
			set(longest),
		];
		const found = chain.errors(await chain.sendAll(api, calls, logic));
		const [tooLong, tooMany] = ['eternalStorage.TooLong', 'eternalStorage.TooManyWrites'];
		assert.deepEqual(found, [tooLong, tooLong, tooLong, tooMany, null]);

		const full = writeBatch(store, Array(MOST).fill(flag));
		const { state } = await chain.send(api, full, logic);
		await assertText(state, longest, logic.address);
		assert.equal((await stored(state, 'Bytes', KEY)).value, null);
		assert.deepEqual((await stored(state, 'Bool', KEY)).value, { bool: true });
		await chain.send(api, api.tx.eternalStorage.remove(store, 'Bool', KEY), logic);
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

	/** The IDs of accounts, in the order in which a multisig has them. */
	const sorted = (accounts: chain.Account[]) =>
		accounts.map(({ address }) => api.createType('AccountId', address).toHex()).sort();

	/** One member of the multisig, and then another, approves a call. What that came to. */
	const approved = async (call: chain.Call) => {
		const [one, , another] = members as [chain.Account, chain.Account, chain.Account];
		const approve = (member: chain.Account, since: Codec | null) => {
			const others = sorted(members.filter((other) => other !== member));
			return api.tx.multisig.asMulti(THRESHOLD, others, since, call, WEIGHT);
		};
		const begun = await chain.send(api, approve(one, null), one);
		const { multisig } = chain.event(begun, 'multisig.NewMultisig');
		assert.equal(multisig!.toString(), together);
		const pending = await begun.state.query.multisig.multisigs.entries(together);
		assert.equal(pending.length, 1, 'one member is not enough');
		const { when } = pending[0]![1].toJSON() as unknown as { when: Codec };
		const done = await chain.send(api, approve(another, when), another);
		const { result } = chain.event(done, 'multisig.MultisigExecuted');
		return { begun, done, result: result as Codec & { asErr: Codec } };
	};
	const assertWrites = async (text: string, where = store) => {
		const { begun, done, result } = await approved(set(text, where));
		assert.equal((await stored(begun.state, 'String', KEY, where)).value, null);
		assert.deepEqual(result.toJSON(), { ok: null });
		await assertText(done.state, text, together, where);
	};

	test('a multisig, two of three together write, and it pays', async () => {
		const gift = api.tx.balances.transferKeepAlive(together, GIFT);
		await chain.sendInOrder(api, [gift, setLogic(together)], owner);
		await assertRefused(
			[logic, set('old'), NOT_LOGIC],
			[members[0]!, set('alone'), NOT_LOGIC],
		);
		await assertWrites('multisig');
	});

	test('a multisig that the council selected, two of three write to its store', async () => {
		const alice = chain.account('Alice');
		const { selectLogic } = api.tx.council;
		await council.decide(api, selectLogic(together), [alice]);
		await assertRefused(
			[members[0]!, set('alone', NAMES), NOT_LOGIC],
			[proxy, chain.register(api, first), NOT_LOGIC],
		);
		await assertWrites('together', NAMES);

		const permanent = chain.permanentAccount(api);
		const back = await council.decide(api, selectLogic(permanent), [alice]);
		await assertText(back.state, 'together', together, NAMES);
		const { done, result } = await approved(set('deposed', NAMES));
		assert.equal(chain.failure(api, result.asErr), NOT_LOGIC);
		await assertText(done.state, 'together', together, NAMES);
		assert.equal((await chain.resolve(done.state, first.name))?.id, first.id);
	});
});
