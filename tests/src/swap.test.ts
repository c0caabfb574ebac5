// Swapping the logic under a thousand names. The tests build on each other, in this order.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import * as council from './council.ts';
import type { Hex, Registration } from './fixtures.ts';
import { identities } from './identities.ts';
import { recordKey, STORE } from './layout.ts';
import { assertNoFaults, JnsNode, stopAll } from './node.ts';
import * as upgrade from './upgrade.ts';

const NAMES = 1_000;
/** Names in a transaction: a batch costs a third of a block, and one signature. */
const BATCH = 100;
/** Of which name both ways are looked at, for each of so many. */
const SPOT = 50;
const PAGE = 256;
/** A key that no name has. */
const KEY: Hex = `0x${'11'.repeat(32)}`;

describe('a thousand names', () => {
	let node: JnsNode;
	let api: ApiPromise;
	let alice: chain.Account;
	/** Pays for names, and is a logic of its own later. */
	let eve: chain.Account;
	let registered: Registration[];
	let spare: Registration[];
	/** Hash of all that the store holds. */
	let content: string;

	before(async () => {
		const all = identities(NAMES + 3);
		registered = all.slice(0, NAMES);
		spare = all.slice(NAMES);
		node = await JnsNode.start('alice', ['--dev']);
		api = await chain.connect(node);
		alice = chain.account('Alice');
		eve = chain.account('Eve');
	});
	afterEach(assertNoFaults);
	after(stopAll);

	/** The hash of every key and value of the store, of all kinds, in the order of the keys. */
	const contentOf = async (state: chain.State): Promise<string> => {
		const hash = createHash('sha256');
		let last: string | undefined;
		for (let full = true; full; ) {
			const from = { args: [STORE], pageSize: PAGE, ...(last && { startKey: last }) };
			const page = await state.query.eternalStorage.entryOf.entriesPaged(from);
			full = page.length === PAGE;
			for (const [key, value] of page) {
				assert.ok(!last || key.toHex() > last, 'pages are in the order of the keys');
				last = key.toHex();
				hash.update(key.toU8a()).update(value.toU8a());
			}
		}
		return hash.digest('hex');
	};

	/** Every name resolves as it was registered. */
	const assertNames = async (state: chain.State) => {
		const found: chain.NameRecord[] = [];
		for (let full = true; full; ) {
			const last = found.at(-1);
			const page = await chain.names(state, last ? recordKey(api, last.name) : null, PAGE);
			full = page.length === PAGE;
			found.push(...page);
		}
		const byName = (a: Registration, b: Registration) => (a.name < b.name ? -1 : 1);
		const records = found.map(({ name, id, key, signature }) => ({ name, id, key, signature }));
		assert.deepEqual(records.sort(byName), registered.toSorted(byName));
		for (let at = 0; at < registered.length; at += SPOT) {
			const { name, id } = registered[at]!;
			assert.equal((await chain.resolve(state, name))?.id, id);
			assert.equal(await chain.nameOf(state, id), name);
		}
	};

	/**
	 * The council selects a logic, and in the same transaction `permanent` is asked to register: that
	 * fails with the error. No name has changed.
	 */
	const select = async (logic: string | null, error: string) => {
		const calls = await council.proposing(api, api.tx.council.selectLogic(logic));
		const batch = api.tx.utility.forceBatch([...calls, chain.register(api, spare[0]!)]);
		const done = await chain.send(api, batch, alice);
		assert.deepEqual(council.ending(done), council.EXECUTED);
		assert.equal(chain.failure(api, chain.event(done, 'utility.ItemFailed').error!), error);
		assert.equal(await contentOf(done.state), content);
		await assertNames(done.state);
	};

	test('are registered under `permanent`', async () => {
		const batches = Array.from({ length: NAMES / BATCH }, (_, at) => {
			const names = registered.slice(at * BATCH, (at + 1) * BATCH);
			return api.tx.utility.batchAll(names.map((name) => chain.register(api, name)));
		});
		const { state } = await chain.sendInOrder(api, batches, eve);
		await assertNames(state);
		content = await contentOf(state);
	});

	test('stay as they are while an ordinary account is the logic', async () => {
		await select(eve.address, 'eternalStorage.NotLogic');
	});

	test('stay as they are when `permanent` is back, which registers another', async () => {
		const permanent = chain.permanentAccount(api);
		const back = await council.decide(api, api.tx.council.selectLogic(permanent), [alice]);
		assert.equal(await contentOf(back.state), content);
		await assertNames(back.state);

		const another = spare.pop()!;
		const { state } = await chain.send(api, chain.register(api, another), eve);
		registered.push(another);
		await assertNames(state);
		const changed = await contentOf(state);
		assert.notEqual(changed, content, 'the hash sees a new name');
		content = changed;
	});

	test('stay as they are while no logic is selected', async () => {
		await select(null, 'eternalStorage.NoLogic');
	});

	test('outlast an ordinary account that writes beside them', async () => {
		const { eternalStorage } = api.tx;
		await select(eve.address, 'eternalStorage.NotLogic');
		const wrong = eternalStorage.set(STORE, KEY, { Bool: true });
		await assert.rejects(chain.send(api, wrong, alice), { error: 'eternalStorage.NotLogic' });

		const set = await chain.send(api, eternalStorage.set(STORE, KEY, { Bool: true }), eve);
		const value = await set.state.call.storesApi.value(STORE, 'Bool', KEY);
		assert.deepEqual(value.toJSON(), { bool: true });
		assert.notEqual(await contentOf(set.state), content, 'the hash sees every kind');
		await assertNames(set.state);

		const { state } = await chain.send(api, eternalStorage.remove(STORE, 'Bool', KEY), eve);
		assert.equal(await contentOf(state), content);
	});

	test('are there when `permanent` is selected again', async () => {
		const permanent = chain.permanentAccount(api);
		const { state } = await council.decide(api, api.tx.council.selectLogic(permanent), [alice]);
		assert.equal(await contentOf(state), content);
		await assertNames(state);
	});

	test('outlast a runtime upgrade, and the logic that it brings', async () => {
		const code = upgrade.nextRuntime();
		const authorize = upgrade.authorizing(api, upgrade.codeHash(api, code));
		await council.decide(api, authorize, [alice]);
		api = await upgrade.upgrade(node, api, code);
		assert.equal(await contentOf(await chain.finalizedState(api)), content);

		await select(chain.palletAccount(api, 'longNames'), 'eternalStorage.NotLogic');
		const another = spare.pop()!;
		const { state } = await chain.send(api, chain.register(api, another, 'longNames'), eve);
		registered.push(another);
		await assertNames(state);
		content = await contentOf(state);

		const permanent = chain.permanentAccount(api);
		const back = await council.decide(api, api.tx.council.selectLogic(permanent), [alice]);
		assert.equal(await contentOf(back.state), content);
		await assertNames(back.state);
	});
});
