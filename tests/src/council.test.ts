// What members, and others, have tried to win or to stop the council, on a chain with four members.
// The tests build on each other, in this order.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import { createKeyMulti, encodeAddress, sortAddresses } from '@polkadot/util-crypto';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { assertNoFaults, JnsNode, stopAll } from './node.ts';
import { membersSpec } from './specs.ts';

const PERCENT = 10_000_000;
/** Transactions of each account that floods. */
const FLOOD = 60;
/** What the pool says of an Operational transaction that it does not let in. */
const NOT_ADMITTED = /Invalid Transaction: Custom error: 255/;

describe('a council of four', () => {
	const [alice, bob, charlie, dave, eve] = ['Alice', 'Bob', 'Charlie', 'Dave', 'Eve'].map(
		chain.account,
	) as [chain.Account, chain.Account, chain.Account, chain.Account, chain.Account];
	let api: ApiPromise;

	const stake = async (who: { address: string }) =>
		Number(await council.stakeOf(await chain.finalizedState(api), who as chain.Account));
	const take = (from: string, to: chain.Account, amount: number) =>
		api.tx.council.forceDelegate(from, to.address, amount);
	const voteFor = (index: number, call: chain.Call, aye = true) =>
		api.tx.council.vote(index, council.callHash(api, call), aye);
	const reject = async (index: number) => {
		const { state } = await council.vote(api, index, alice, false);
		assert.deepEqual((await council.outcome(state, index))!.ending, { rejected: null });
	};

	before(async () => {
		const members: [chain.Account, number][] = [
			[alice, 60],
			[charlie, 29],
			[bob, 10],
			[eve, 1],
		];
		const spec = membersSpec(
			members.map(([{ address }, share]) => [encodeAddress(address, 42), share * PERCENT]),
		);
		const node = await JnsNode.start('alice', ['--dev', '--chain', spec]);
		api = await chain.connect(node);
	});
	afterEach(assertNoFaults);
	after(stopAll);

	test('gives no vote to a proposal that came in the place of another', async () => {
		const wanted = api.tx.council.createStore('alices.store');
		const theft = take(alice.address, bob, 60 * PERCENT);
		const index = await council.propose(api, theft, bob);
		// Alice signed these before she saw it: the vote alone, and both in a batch that goes on after
		// an error. A call that is not the council's makes it an ordinary transaction.
		await assert.rejects(chain.send(api, voteFor(index, wanted), alice), /Custom error: 9/);
		const propose = api.tx.council.propose(wanted, 100);
		const calls = [propose, voteFor(index, wanted), api.tx.system.remark('0x')];
		const done = await chain.send(api, api.tx.utility.forceBatch(calls), alice);
		const failed = done.events.filter(({ event }) => api.events.utility.ItemFailed.is(event));
		const errors = failed.map(({ event }) => chain.failure(api, event.data[0]!));
		assert.deepEqual(errors, ['council.SlotTaken', 'council.OtherCall']);
		assert.equal(await stake(alice), 60 * PERCENT);
		// Nor could she have moved it meanwhile.
		const away = chain.send(api, api.tx.council.delegate(dave.address, PERCENT), alice);
		await assert.rejects(away, { error: 'council.Bound' });
		await reject(index);
	});

	test('gives no vote of a multisig that was approved for another call', async () => {
		const wanted = api.tx.council.createStore('shared.store');
		const signers = sortAddresses([charlie.address, dave.address]);
		const multisig = { address: encodeAddress(createKeyMulti(signers, 2), 42) };
		const gifts = [
			api.tx.council.delegate(multisig.address, 9 * PERCENT),
			api.tx.balances.transferKeepAlive(multisig.address, 10n ** 13n),
		];
		await chain.send(api, api.tx.utility.batchAll(gifts), charlie);
		const vote = voteFor(await council.nextIndex(api), wanted);
		const { weight } = await vote.paymentInfo(charlie);
		const approve = (other: chain.Account, timepoint: unknown) =>
			api.tx.multisig.asMulti(2, [other.address], timepoint as null, vote, weight);
		const { state, block } = await chain.send(api, approve(dave, null), charlie);
		const height = Number(await state.query.system.number());
		const { block: body } = await api.rpc.chain.getBlock(block);
		const position = body.extrinsics.findIndex(({ method }) => method.method === 'asMulti');

		await council.cooledDown(api, bob);
		const index = await council.propose(api, take(eve.address, bob, PERCENT), bob);
		const done = await chain.send(api, approve(charlie, { height, index: position }), dave);
		const { result } = chain.event(done, 'multisig.MultisigExecuted');
		const { err } = result!.toJSON() as { err: { module: { error: string } } };
		assert.equal(err.module.error, '0x09000000', 'OtherCall');
		await reject(index);
	});

	test('counts the vote of a proxy for stake that nobody has the key of', async () => {
		const pure = await chain.send(api, api.tx.proxy.createPure('Any', 0, 0), charlie);
		const address = chain.event(pure, 'proxy.PureCreated').pure!.toString();
		const through = (call: chain.Call) => api.tx.proxy.proxy(address, null, call);
		await chain.send(
			api,
			api.tx.utility.batchAll([
				api.tx.council.delegate(address, 20 * PERCENT),
				api.tx.balances.transferKeepAlive(address, 10n ** 13n),
				through(api.tx.proxy.addProxy(dave.address, 'Voting', 0)),
			]),
			charlie,
		);
		const call = api.tx.council.createStore('custody.store');
		const index = await council.propose(api, call, alice);
		const done = await chain.send(api, through(voteFor(index, call)), dave);
		assert.equal(Number(chain.event(done, 'council.Voted').weight), 20 * PERCENT);
		const paid = BigInt(
			String(chain.event(done, 'transactionPayment.TransactionFeePaid').actualFee),
		);
		assert.ok(paid < 10n ** 10n, `a hundredth of a JNS at most: ${paid}`);
		// A vote through a proxy decides as well, and for nothing. It moves no stake.
		await council.vote(api, index, alice, true);
		const state = await chain.finalizedState(api);
		assert.deepEqual((await council.outcome(state, index))!.ending, council.EXECUTED);
		const away = await chain.send(
			api,
			through(api.tx.council.delegate(dave.address, PERCENT)),
			dave,
		);
		const { result } = chain.event(away, 'proxy.ProxyExecuted');
		assert.notEqual((result!.toJSON() as { err?: unknown }).err, undefined);
		assert.equal(await stake({ address }), 20 * PERCENT);
	});

	test('lets no flood of outsiders before others', async () => {
		const floods = await chain.freshAccounts(api, 10);
		const [outsider] = floods as [chain.Account];
		const heap = api.tx.system.setHeapPages(9);
		for (const call of [
			heap,
			api.tx.utility.batch([heap]),
			api.tx.utility.batchAll([heap]),
			api.tx.proxy.proxy(outsider.address, null, heap),
		]) {
			await assert.rejects(chain.send(api, call, outsider), NOT_ADMITTED);
		}
		const call = api.tx.council.createStore('flooded.store');
		const index = await council.propose(api, call, alice);
		// What fails and fills blocks is ordinary, and waits behind the vote.
		const flooding = floods.map((who) =>
			chain.sendAll(
				api,
				Array.from({ length: FLOOD }, () => api.tx.council.close(index + 1)),
				who,
			),
		);
		const closes = async () =>
			(await api.rpc.author.pendingExtrinsics()).filter(({ method }) => method.method === 'close');
		const before = (await api.rpc.chain.getHeader()).number.toNumber();
		const waiting = (await closes()).length;
		const voted = await chain.send(api, voteFor(index, call), alice);
		assert.deepEqual(council.ending(voted), council.EXECUTED);
		const height = Number(await voted.state.query.system.number());
		assert.ok(height <= before + 3, `with ${waiting} before it, in block ${height}, not ${before}`);
		for (const errors of await Promise.all(flooding)) {
			assert.ok(chain.errors(errors).every((error) => error === 'council.NotOpen'));
		}
	});

	test('takes the stake of whoever holds the slot, in one transaction', async () => {
		const griefing = api.tx.council.createStore('griefers.store');
		const index = await council.propose(api, griefing, eve);
		const taking = take(eve.address, charlie, PERCENT);
		const batch = api.tx.utility.batchAll([
			voteFor(index, griefing, false),
			api.tx.council.propose(taking, 100),
			voteFor(index + 1, taking),
		]);
		await chain.send(api, batch, alice);
		assert.equal(await stake(eve), 0);
	});
});
