// A runtime upgrade of a running chain, to a runtime with one more logic. The tests build on each
// other, in this order.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { type Registration, registrations } from './fixtures.ts';
import { identities } from './identities.ts';
import { assertNoFaults, JnsNode, stopAll } from './node.ts';
import * as upgrade from './upgrade.ts';

/** Which the runtime logs when it panics. */
const PANIC = /panicked at .*panics\.rs/;
/** How many blocks more are final before a vote is taken to be left out of them. */
const WITHOUT = 3;

describe('an upgrade of a running chain', () => {
	/** What the old logic registers, and what a later one does. */
	const [old, later] = [registrations.slice(0, 4), registrations.slice(4)];
	/** Shorter than the next logic allows, and longer. */
	const [short, long] = identities(2, (at) => ['seven77', 'eight888'][at]!);
	let node: JnsNode;
	let api: ApiPromise;
	let alice: chain.Account;
	/** A member of nothing. */
	let anybody: chain.Account;
	let code: Buffer;
	let version: number;
	let names: chain.NameRecord[];

	before(async () => {
		code = upgrade.nextRuntime();
		node = await JnsNode.start('alice', ['--dev']);
		api = await chain.connect(node);
		alice = chain.account('Alice');
		[anybody] = (await chain.freshAccounts(api, 1)) as [chain.Account];
		version = api.runtimeVersion.specVersion.toNumber();
	});
	afterEach(assertNoFaults);
	after(stopAll);

	const authorize = async (hash = upgrade.codeHash(api, code)) => {
		const done = await council.decide(api, upgrade.authorizing(api, hash), [alice]);
		const kept = (await done.state.query.system.authorizedUpgrade()).toJSON();
		assert.deepEqual(kept, { codeHash: hash, checkVersion: true });
	};
	const upload = () => upgrade.uploading(api, code).send();
	const select = (logic: string) =>
		council.decide(api, api.tx.council.selectLogic(chain.palletAccount(api, logic)), [alice]);
	const register = (wanted: Registration, logic: string) =>
		chain.send(api, chain.register(api, wanted, logic), anybody);
	const logicOf = async (wanted: Registration) =>
		(await chain.composedCall(api, wanted)).method.section;

	test('begins with names of the old logic', async () => {
		const calls = old.map((wanted) => chain.register(api, wanted));
		const { state } = await chain.sendInOrder(api, calls, anybody);
		names = await chain.names(state, null, 256);
		assert.equal(names.length, old.length);
		assert.equal(api.tx.longNames, undefined);
	});

	test('wants a code that the council has authorized', async () => {
		await assert.rejects(upload(), /Invalid Transaction/);
		// With a signature it would be as good for a flood as anything else.
		const signed = chain.send(api, upgrade.uploading(api, code), anybody);
		await assert.rejects(signed, /Invalid Transaction: Custom error: 255/);
	});

	test('is withdrawn by authorizing the hash of no code over it', async () => {
		await authorize();
		await authorize(upgrade.NO_CODE);
		await assert.rejects(upload(), /Invalid Transaction/);
		const head = await api.rpc.chain.getFinalizedHead();
		assert.equal(await upgrade.specVersion(api, head.toHex()), version);
	});

	/** What old clients encode: each call's indices and the types of its arguments. */
	const encodings = () =>
		Object.entries(api.tx).flatMap(([pallet, calls]) =>
			Object.entries(calls).map(([call, { callIndex, meta }]) => {
				const types = meta.args.map(({ type }) => type.toString());
				return `${pallet}.${call} ${callIndex} ${types.join(', ')}`;
			}),
		);

	test('happens when anybody uploads the code, and no name changes', async () => {
		await authorize();
		const before = encodings();
		api = await upgrade.upgrade(node, api, code);
		// The version of transactions is the same, so that what was encoded before still holds.
		const after = new Set(encodings());
		assert.deepEqual(before.filter((one) => !after.has(one)), []);
		assert.equal(api.runtimeVersion.specVersion.toNumber(), version + 1);
		const state = await chain.finalizedState(api);
		assert.deepEqual(await chain.names(state, null, 256), names);
		for (const { name, id } of old) {
			assert.equal((await chain.resolve(state, name))?.id, id);
			assert.equal(await chain.nameOf(state, id), name);
		}
	});

	test('brings a logic that the council selects', async () => {
		await register(later[0]!, 'permanentNames');
		const { state } = await select('longNames');
		const before = await chain.names(state, null, 256);
		await assert.rejects(register(later[1]!, 'permanentNames'), {
			error: 'eternalStorage.NotLogic',
		});
		assert.equal(await logicOf(later[1]!), 'longNames');

		await assert.rejects(register(short!, 'longNames'), { error: 'longNames.InvalidName' });
		const after = await register(long!, 'longNames');
		assert.equal((await chain.resolve(after.state, long!.name))?.id, long!.id);
		assert.equal((await chain.names(after.state, null, 256)).length, before.length + 1);
	});

	test('lets the council go back to the old logic', async () => {
		await select('permanentNames');
		await assert.rejects(register(later[1]!, 'longNames'), { error: 'eternalStorage.NotLogic' });
		assert.equal(await logicOf(short!), 'permanentNames');
		const { state } = await register(short!, 'permanentNames');
		for (const { name, id } of [...old, long!, short!]) {
			assert.equal((await chain.resolve(state, name))?.id, id);
		}
	});

	test('keeps a vote that would execute a panic out of blocks, and blocks go on', async () => {
		const index = await council.propose(api, api.tx.panics!.panic!(), alice);
		await assert.rejects(council.vote(api, index, alice), {
			message: 'council.vote left the pool: Invalid',
		});
		node.takeExpectedFaults(PANIC);
		const head = await api.rpc.chain.getHeader();
		await chain.finalizedHead(api, head.number.toNumber() + WITHOUT);
		const { state } = await council.vote(api, index, alice, false);
		const { ending } = (await council.outcome(state, index))!;
		assert.deepEqual(ending, { rejected: null });
		assert.equal((await state.query.council.openProposal()).toJSON(), null);
	});
});
