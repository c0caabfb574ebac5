// One development node, from genesis on. The tests build on each other, in this order.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { first, type Hex, registrations, rival } from './fixtures.ts';
import { recordKey } from './layout.ts';
import { assertNoFaults, JnsNode, stopAll, temporaryDirectory } from './node.ts';

/** An ID that no key has. */
const NOBODY: Hex = `0x${'11'.repeat(20)}`;

describe('a development chain', () => {
	const basePath = temporaryDirectory();
	const warnings: string[] = [];
	let node: JnsNode;
	let api: ApiPromise;
	let alice: chain.Account;
	let bob: chain.Account;

	const start = async () => {
		node = await JnsNode.start('alice', ['--dev'], basePath);
		api = await chain.connect(node);
	};

	before(async () => {
		const { warn, error } = console;
		console.warn = console.error = (...args) => warnings.push(args.join(' '));
		await start();
		Object.assign(console, { warn, error });
		alice = chain.account('Alice');
		bob = chain.account('Bob');
	});
	afterEach(assertNoFaults);
	after(stopAll);

	/** Everything about names that a registration could change. */
	const snapshot = async (state: chain.State) => ({
		records: await chain.names(state, null, 256),
		stores: (await state.call.storesApi.stores(0, 256)).toJSON(),
	});

	test('polkadot.js knows every type and every extension', async () => {
		assert.deepEqual(warnings, []);
		assert.equal(api.runtimeMetadata.version, 16);
		const encoded = await api.rpc.state.call('Metadata_metadata_versions', '0x');
		const versions = api.createType('Vec<u32>', encoded.toU8a(true)).toJSON() as number[];
		for (const version of [14, 15, 16]) {
			assert(versions.includes(version), `${version} is not in ${versions}`);
		}
		assert.equal((await api.rpc.state.getMetadata()).version, 14);
		assert.equal(api.registry.chainSS58, 42);
		assert.deepEqual(api.registry.chainTokens, ['JNS']);
		assert.deepEqual(api.registry.chainDecimals, [12]);
	});

	test('a block is final within seconds of its three-second slot', async () => {
		const head = await chain.finalizedHead(api, 3);
		const { query } = await api.at(head.hash);
		const now = Number(await query.timestamp.now());
		assert.equal(Math.floor(now / 3_000), Number(await query.babe.currentSlot()));
		const finalized = await api.rpc.chain.getBlockHash(head.number.unwrap());
		assert.equal(finalized.toHex(), head.hash.toHex());
	});

	test('stake that is delegated moves, and the total stays', async () => {
		const total = await council.totalStake(await chain.finalizedState(api));
		const delegate = api.tx.council.delegate(bob.address, total / 2n);
		const { state } = await chain.send(api, delegate, alice);
		assert.equal(await council.stakeOf(state, alice), total / 2n);
		assert.equal(await council.stakeOf(state, bob), total / 2n);
		assert.equal((await state.query.council.memberOf.entries()).length, 2);
		assert.equal(await council.totalStake(state), total);
	});

	test('who holds no stake cannot propose', async () => {
		const [stranger] = await chain.freshAccounts(api, 1);
		await assert.rejects(
			council.propose(api, api.tx.council.createStore('test.mine'), stranger!),
			/Invalid Transaction: Custom error: 0/,
		);
	});

	test('half of the stake decides nothing, and the vote that goes beyond executes', async () => {
		const index = await council.propose(api, api.tx.council.createStore('test.second'), alice);
		const half = await council.vote(api, index, alice);
		const info = (await half.state.call.councilApi.council()).toJSON() as {
			totalStake: number;
			proposal: { index: number; tally: unknown };
		};
		const ayes = info.totalStake / 2;
		assert.equal(info.proposal.index, index);
		assert.deepEqual(info.proposal.tally, { ayes, nays: 0 });
		assert.equal((await half.state.query.council.storeOf('test.second')).toJSON(), null);

		const more = await council.vote(api, index, bob);
		assert.deepEqual(council.ending(more), council.EXECUTED);
		assert.equal(chain.event(more, 'council.StoreAdded').label!.toHuman(), 'test.second');
		const { actualFee } = chain.event(more, 'transactionPayment.TransactionFeePaid');
		assert.equal(String(actualFee), '0');
		assert.equal((await more.state.query.council.openProposal()).toJSON(), null);
		assert.equal((await more.state.query.council.storeOf('test.second')).toJSON(), 1);
	});

	test('the runtime composes the calls that register', async () => {
		for (const registration of registrations) {
			const composed = await chain.composedCall(api, registration);
			assert.equal(composed.method.toHex(), chain.register(api, registration).method.toHex());
		}
	});

	test('seven genuine registrations sent at once resolve both ways', async () => {
		const composed = registrations.map((registration) => chain.composedCall(api, registration));
		const calls = await Promise.all(composed);
		const [one, two] = await chain.freshAccounts(api, 2);
		const results = await Promise.all([
			chain.sendAll(api, calls.slice(0, 4), one!),
			chain.sendAll(api, calls.slice(4), two!),
		]);
		for (const result of results.flat()) {
			assert.equal(result.status, 'fulfilled', String('reason' in result && result.reason));
		}
		const state = await chain.finalizedState(api);
		for (const registration of registrations) {
			const { block, sequence, ...record } = (await chain.resolve(state, registration.name))!;
			assert.deepEqual(record, registration);
			assert(block > 0, `${record.name} is registered in block ${block}`);
			assert.equal(sequence, 0);
			assert.equal(await chain.nameOf(state, registration.id), registration.name);
		}
		assert.equal(await chain.resolve(state, 'nobody-has-it'), null);
		assert.equal(await chain.nameOf(state, rival.id), null);
	});

	test('every name is on exactly one page', async () => {
		const state = await chain.finalizedState(api);
		const found: string[] = [];
		for (const size of [3, 3, 1]) {
			const page = await chain.names(state, found.length ? recordKey(api, found.at(-1)!) : null, 3);
			assert.equal(page.length, size);
			found.push(...page.map(({ name }) => name));
		}
		assert.deepEqual(found.sort(), registrations.map(({ name }) => name).sort());
	});

	test('a registration against a rule fails with its own error and changes nothing', async () => {
		const unused = { ...rival, name: 'never-signed' };
		const cases = [
			// [what is sent, the error, its four bytes: which one, and what is nested in it]
			[{ ...rival, name: rival.name.toUpperCase() }, 'InvalidName', '0x00020000'],
			[{ ...unused, key: rival.key.slice(0, -2) as Hex }, 'InvalidKey', '0x01000000'],
			[{ ...unused, id: NOBODY }, 'KeyMismatch', '0x02000000'],
			[unused, 'InvalidSignature', '0x03020000'],
			[rival, 'NameTaken', '0x04000000'],
			[{ ...first, name: 'never-signed' }, 'IdTaken', '0x05000000'],
		] as const;
		const [payer] = await chain.freshAccounts(api, 1);
		const before = await snapshot(await chain.finalizedState(api));
		const calls = cases.map(([registration]) => chain.register(api, registration));
		const results = await chain.sendAll(api, calls, payer!);
		for (const [at, [, error, bytes]] of cases.entries()) {
			const result = results[at]!;
			assert(result.status === 'rejected', `${error} is reported`);
			const { error: found, bytes: nested } = result.reason as chain.Failed;
			assert.deepEqual([found, nested], [`permanentNames.${error}`, bytes], String(result.reason));
		}
		assert.deepEqual(await snapshot(await chain.finalizedState(api)), before);
	});

	test('the same registration again succeeds and changes nothing', async () => {
		const [payer] = await chain.freshAccounts(api, 1);
		const before = await snapshot(await chain.finalizedState(api));
		const again = await chain.send(api, chain.register(api, first), payer!);
		const sections = again.events.map(({ event }) => event.section);
		assert.equal(sections.includes('permanentNames') || sections.includes('eternalStorage'), false);
		assert.deepEqual(await snapshot(again.state), before);
	});

	test('without a selected logic nothing registers, and every name resolves on', async () => {
		const members: [chain.Account, chain.Account] = [alice, bob];
		await council.decide(api, api.tx.council.selectLogic(null), members);
		await assert.rejects(chain.send(api, chain.register(api, first), alice), {
			error: 'eternalStorage.NoLogic',
		});
		const frozen = await chain.finalizedState(api);
		assert.equal((await chain.resolve(frozen, first.name))?.id, first.id);

		const permanent = chain.permanentAccount(api);
		const thawed = await council.decide(api, api.tx.council.selectLogic(permanent), members);
		const selected = await thawed.state.call.councilApi.selectedLogic();
		assert.equal(selected.toHex(), permanent);
		await chain.send(api, chain.register(api, first), alice);
	});

	test('polkadot.js shows accounts, undisturbed by a pallet of the name council', async () => {
		const flags = await api.derive.accounts.flags(alice.address);
		assert.equal(flags.isCouncil, false);
		const info = await api.derive.accounts.info(alice.address);
		assert.equal(info.accountId?.toString(), alice.address);
	});

	test('a node that SIGTERM ended cleanly resumes with every final name', async () => {
		const final = await chain.finalizedState(api);
		const height = Number(await final.query.system.number());
		const before = await snapshot(final);
		assert.deepEqual(await node.end('SIGTERM'), { code: 0, signal: null });
		await start();
		const state = await chain.finalizedState(api);
		assert.equal((await chain.resolve(state, first.name))?.id, first.id);
		assert.deepEqual(await snapshot(state), before);
		await chain.finalizedHead(api, height + 1);
	});

	test('SIGINT ends a node cleanly', async () => {
		assert.deepEqual(await node.end('SIGINT'), { code: 0, signal: null });
	});
});
