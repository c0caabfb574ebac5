// Names that are released, handed over, taken away and given again, while the council flips between
// the logics `permanent` and `living`. The tests build on each other, in this order.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { type Hex, hex } from './fixtures.ts';
import { type Signer, signers, wanting } from './identities.ts';
import { markKey, recordKey, STORE } from './layout.ts';
import { assertNoFaults, JnsNode, stopAll } from './node.ts';
import { type Action, type HandOver, statement, type Subject } from './statements.ts';

type Logic = 'permanentNames' | 'livingNames';

/** A call that fails, and its error. */
type Refused = [chain.Call, string];

/** What is held for a value of the store; nothing for what the council decided. */
interface Value {
	deposit: { payer: string; amount: number } | null;
}

/** For how many blocks a name of a development chain cools down. */
const COOL_DOWN = 20;
/** Until which block names are handed over: far behind the end of this. */
const DEADLINE = 10_000;
/** Hash of why the council takes a name away. */
const REASON: Hex = `0x${'33'.repeat(32)}`;
const NOT_LOGIC = 'eternalStorage.NotLogic';
const NOTHING: chain.NameStatus = {
	record: null,
	handOver: null,
	takeBack: null,
	reservation: null,
	freeFrom: null,
};

describe('names', () => {
	const all = signers(9);
	/** Who has a name at first. Each is called by what becomes of it. */
	const owners = {
		released: all[0]!,
		kept: all[1]!,
		given: all[2]!,
		returned: all[3]!,
		removed: all[4]!,
	};
	const [heir, friend, stranger, ring] = all.slice(5) as [Signer, Signer, Signer, Signer];
	let api: ApiPromise;
	let alice: chain.Account;
	/** Pays for the first registrations. */
	let first: chain.Account;
	/** Pays for everything else. */
	let relay: chain.Account;
	/** What is known of each name, and who had it before. */
	const known = new Map<string, { status: chain.NameStatus; spent: Signer[] }>();

	before(async () => {
		api = await chain.connect(await JnsNode.start('alice', ['--dev']));
		alice = chain.account('Alice');
		[first, relay] = (await chain.freshAccounts(api, 2)) as [chain.Account, chain.Account];
	});
	afterEach(assertNoFaults);
	after(stopAll);

	const know = (name: string, status: Partial<chain.NameStatus>, ...spent: Signer[]) =>
		known.set(name, { status: { ...NOTHING, ...status }, spent });
	const record = (name: string) => known.get(name)!.status.record!;
	const spent = (name: string) => known.get(name)!.spent;
	/** The name's owner stated one thing more. */
	const stated = (name: string, handOver: HandOver | null) => {
		const { sequence, ...rest } = record(name);
		know(name, { record: { ...rest, sequence: sequence + 1 }, handOver }, ...spent(name));
	};
	const height = async ({ state }: chain.Finalized) => Number(await state.query.system.number());

	/** What is held of the payers' money is what they paid for values that are still there. */
	const assertHeld = async (state: chain.State) => {
		const entries = await state.query.eternalStorage.entryOf.entries(STORE);
		const values = entries.map(([, entry]) => entry.toJSON() as unknown as Value);
		for (const { address } of [first, relay]) {
			const paid = values.flatMap(({ deposit }) => deposit ?? []);
			const own = paid.filter(({ payer }) => payer === address);
			const amount = own.reduce((sum, deposit) => sum + deposit.amount, 0);
			const holds = (await state.query.balances.holds(address)).toJSON();
			const expected = { id: { eternalStorage: 'Entry' }, amount };
			assert.deepEqual(holds, amount ? [expected] : [], `held of ${address}`);
		}
	};

	/** The chain tells of every name what is known of it. */
	const assertKnown = async (state: chain.State) => {
		for (const [name, { status, spent }] of known) {
			assert.deepEqual(await chain.nameStatus(state, name), status, name);
			assert.deepEqual(await chain.resolve(state, name), status.record, name);
			for (const signer of all) {
				const found = await chain.isSpent(state, name, signer.id);
				assert.equal(found, spent.includes(signer), `${name} of ${signer.id}`);
			}
		}
		const records = [...known.values()].flatMap(({ status }) => status.record ?? []);
		const names = records.map(({ name }) => name);
		const page = await chain.names(state, null, 256);
		assert.deepEqual(page.map(({ name }) => name).sort(), names.sort());
		for (const { id } of all) {
			const own = records.find((record) => record.id === id);
			assert.equal(await chain.nameOf(state, id), own?.name ?? null);
		}
		await assertHeld(state);
	};

	/** The one event of that name has just these data, as polkadot.js shows them. */
	const assertEvent = (done: chain.Finalized, name: string, expected: object) => {
		const data = Object.entries(chain.event(done, name));
		const shown = data.map(([field, value]) => [field, value.toJSON()]);
		assert.deepEqual(Object.fromEntries(shown), expected);
	};

	/** Sends what must fail, each with its error. */
	const assertRefused = async (...attempts: Refused[]) => {
		const results = await chain.sendAll(api, attempts.map(([call]) => call), relay);
		assert.deepEqual(chain.errors(results), attempts.map(([, error]) => error));
	};
	/** Sends a call, and at once before it what must fail. */
	const send = async (call: chain.Call, ...before: Refused[]) => {
		const results = await chain.sendAll(api, [...before.map(([call]) => call), call], relay);
		assert.deepEqual(chain.errors(results), [...before.map(([, error]) => error), null]);
		return (results.at(-1) as PromiseFulfilledResult<chain.Finalized>).value;
	};

	const offer = (to: Signer): HandOver => ({ to: to.id, deadline: DEADLINE });
	const sign = (signer: Signer, action: Action, subject: Subject): Hex =>
		signer.sign(statement(api.genesisHash.toU8a(), action, subject));

	const decide = (call: chain.Call) => council.decide(api, call, [alice]);

	/** The council selects a logic. Every name resolves as before. */
	const select = async (logic: Logic) => {
		const account = chain.palletAccount(api, logic);
		const { state } = await decide(api.tx.council.selectLogic(account));
		assert.equal(await council.selectedLogic(state), account);
		await assertKnown(state);
	};

	/** The call that registers, as the runtime composes it for a client that knows no other. */
	const registering = async (signer: Signer, name: string, logic: Logic) => {
		const wanted = wanting(signer, name);
		const call = await chain.composedCall(api, wanted);
		assert.equal(call.method.toHex(), chain.register(api, wanted, logic).method.toHex());
		return call;
	};

	/** The call that does what the name's owner states, as the runtime composes it for `living`. */
	const stating = async (owner: Signer, name: string, action: Action, about = record(name)) => {
		const signed = sign(owner, action, about);
		const { release, handOver, cancelHandOver } = api.tx.livingNames;
		const direct = () => {
			if (typeof action !== 'string') {
				const { to, deadline } = action.HandOver;
				return handOver!(hex(name), to, deadline, signed);
			}
			return (action === 'Release' ? release! : cancelHandOver!)(hex(name), signed);
		};
		const call = await chain.statementCall(api, name, action, signed);
		assert.equal(call?.method.toHex(), direct().method.toHex());
		return call!;
	};

	/** The runtime composes no call for what somebody states about the name `kept`. */
	const assertNoCall = async (signer: Signer, action: Action) => {
		const signed = sign(signer, action, record('kept'));
		assert.equal(await chain.statementCall(api, 'kept', action, signed), null);
	};

	/** The call that accepts a name or claims it, as the runtime composes it. */
	const accepting = async (signer: Signer, action: 'Accept' | 'Claim', subject: Subject) => {
		const wanted = wanting(signer, subject.name);
		const { id, key, signature } = wanted;
		const signed = sign(signer, action, subject);
		const call = await chain.acceptanceCall(api, wanted, signed);
		const expected = api.tx.livingNames.accept!(hex(subject.name), id, key, signature, signed);
		assert.equal(call.method.toHex(), expected.method.toHex());
		return call;
	};

	/** The signer has taken the name over. */
	const assertTaken = async (done: chain.Finalized, logic: Logic, name: string, to: Signer) => {
		const { id: from, sequence } = record(name);
		const payer = relay.address;
		assertEvent(done, `${logic}.TakenOver`, { name, from, to: to.id, payer });
		const taken = { ...wanting(to, name), block: await height(done), sequence: sequence + 1 };
		const others = [...spent(name), all.find(({ id }) => id === from)!];
		know(name, { record: taken }, ...others.filter((other) => other !== to));
		await assertKnown(done.state);
	};

	/** The signer has registered the name. */
	const assertRegistered = async (
		done: chain.Finalized,
		name: string,
		signer: Signer,
		reservation: chain.NameStatus['reservation'] = null,
	) => {
		assertEvent(done, 'livingNames.Registered', { name, id: signer.id, payer: relay.address });
		const fresh = { ...wanting(signer, name), block: await height(done), sequence: 0 };
		const others = spent(name).filter((other) => other !== signer);
		know(name, { record: fresh, reservation }, ...others);
		await assertKnown(done.state);
	};

	/** What the first payer pays for the released name: the mark, and that for good. */
	const assertMark = async (state: chain.State) => {
		const key = markKey(api, 'released', owners.released.id);
		assert.equal(await chain.payerOf(state, STORE, 'Bool', key), first.address);
	};

	/** Nothing can be stated under `permanent`, neither by a composed call nor by another. */
	const assertPermanent = async (...refused: Refused[]) => {
		const { kept } = owners;
		for (const action of ['Release', { HandOver: offer(heir) }, 'CancelHandOver'] as const) {
			await assertNoCall(kept, action);
		}
		const signed = sign(kept, 'Release', record('kept'));
		await assertRefused(
			...refused,
			[api.tx.livingNames.release!(hex('kept'), signed), NOT_LOGIC],
			[api.tx.permanentNames.release!(hex('kept'), signed), 'permanentNames.NotAllowed'],
		);
	};

	test('are registered under `permanent`, which releases none', async () => {
		const wanted = Object.entries(owners).map(([name, owner]) => wanting(owner, name));
		const calls = wanted.map((registration) => chain.register(api, registration));
		const done = await chain.send(api, api.tx.utility.batchAll(calls), first);
		const block = await height(done);
		for (const registration of wanted) {
			know(registration.name, { record: { ...registration, block, sequence: 0 } });
		}
		know('jami', { reservation: { assignedTo: null, since: 0 } });
		await assertKnown(done.state);
		await assertPermanent();
	});

	test('resolve as before under `living`', async () => {
		await select('livingNames');
		await assertRefused([chain.register(api, wanting(heir, 'late')), NOT_LOGIC]);
		for (const action of ['Accept', 'Claim'] as const) {
			await assertNoCall(heir, action);
		}
	});

	test('are handed over, and taken over by an ordinary registration', async () => {
		const { kept, given, returned } = owners;
		const calls = await Promise.all([
			stating(kept, 'kept', { HandOver: offer(heir) }),
			stating(given, 'given', { HandOver: offer(friend) }),
			stating(returned, 'returned', { HandOver: offer(heir) }),
		]);
		const offered = await send(api.tx.utility.batchAll(calls));
		stated('kept', offer(heir));
		stated('given', offer(friend));
		stated('returned', offer(heir));
		await assertKnown(offered.state);

		const cancelled = await send(await stating(kept, 'kept', 'CancelHandOver'));
		const data = { name: 'kept', id: kept.id };
		assertEvent(cancelled, 'livingNames.HandOverCancelled', data);
		stated('kept', null);
		await assertKnown(cancelled.state);

		const taken = await send(
			await registering(friend, 'given', 'livingNames'),
			[await registering(heir, 'kept', 'livingNames'), 'livingNames.NameTaken'],
			[calls[0]!, 'livingNames.InvalidSignature'],
		);
		await assertTaken(taken, 'livingNames', 'given', friend);
	});

	test('are released, and the first payer gets back all but what the mark costs', async () => {
		const { released } = owners;
		const done = await send(await stating(released, 'released', 'Release'));
		const since = await height(done);
		const freeFrom = since + COOL_DOWN;
		assertEvent(done, 'livingNames.Released', { name: 'released', id: released.id, freeFrom });
		know('released', { freeFrom, takeBack: { by: released.id, since } }, released);
		await assertKnown(done.state);
		await assertMark(done.state);
	});

	test('cool down, and are taken over, under `permanent` too', async () => {
		const { given, released, returned } = owners;
		await select('permanentNames');
		const done = await send(
			await registering(heir, 'returned', 'permanentNames'),
			[await registering(released, 'released', 'permanentNames'), 'permanentNames.Spent'],
			[await registering(stranger, 'released', 'permanentNames'), 'permanentNames.CoolingDown'],
		);
		await assertTaken(done, 'permanentNames', 'returned', heir);
		await assertPermanent(
			[await registering(returned, 'returned', 'permanentNames'), 'permanentNames.NameTaken'],
			[await registering(given, 'given', 'permanentNames'), 'permanentNames.NameTaken'],
		);
	});

	test('go back to whose they were, who accepts them under `living`', async () => {
		const { returned } = owners;
		await select('livingNames');
		const call = await stating(heir, 'returned', { HandOver: offer(returned) });
		const { state } = await send(call);
		const before = record('returned');
		stated('returned', offer(returned));
		await assertKnown(state);

		const done = await send(
			await accepting(returned, 'Accept', record('returned')),
			[await registering(returned, 'returned', 'livingNames'), 'livingNames.Spent'],
			[await accepting(returned, 'Accept', before), 'livingNames.InvalidSignature'],
		);
		await assertTaken(done, 'livingNames', 'returned', returned);
	});

	test('are free after the cool-down, but not for an old proof', async () => {
		const { released } = owners;
		await chain.finalizedHead(api, known.get('released')!.status.freeFrom!);
		const claim = { name: 'released', block: 0, sequence: 0 };
		const done = await send(
			await registering(stranger, 'released', 'livingNames'),
			[await registering(released, 'released', 'livingNames'), 'livingNames.Spent'],
			[await accepting(released, 'Claim', claim), 'livingNames.NotOffered'],
		);
		await assertRegistered(done, 'released', stranger);
		await assertMark(done.state);
	});

	test('are taken away by the council for a reason, assigned and claimed', async () => {
		const { removed } = owners;
		const { id } = removed;
		const gone = await decide(api.tx.livingNames.remove!(hex('removed'), REASON));
		const freeFrom = (await height(gone)) + COOL_DOWN;
		assertEvent(gone, 'livingNames.Removed', { name: 'removed', id, reason: REASON, freeFrom });
		know('removed', { freeFrom }, removed);
		await assertKnown(gone.state);

		const key = recordKey(api, 'removed');
		const assigned = await decide(api.tx.livingNames.assign!(key, id));
		assertEvent(assigned, 'livingNames.Assigned', { key, id });
		const since = await height(assigned);
		know('removed', { freeFrom, reservation: { assignedTo: id, since } }, removed);
		await assertKnown(assigned.state);

		const done = await send(
			await accepting(removed, 'Claim', { name: 'removed', block: since, sequence: 0 }),
			[await registering(heir, 'removed', 'livingNames'), 'livingNames.Reserved'],
			[await registering(removed, 'removed', 'livingNames'), 'livingNames.Spent'],
		);
		const left = { assignedTo: null, since: await height(done) };
		await assertRegistered(done, 'removed', removed, left);
	});

	test('are kept back until the council decides otherwise', async () => {
		await assertRefused([await registering(ring, 'jami', 'livingNames'), 'livingNames.Reserved']);
		const unreserved = await decide(api.tx.livingNames.unreserve!([recordKey(api, 'jami')]));
		know('jami', {});
		await assertKnown(unreserved.state);
		const done = await send(await registering(ring, 'jami', 'livingNames'));
		await assertRegistered(done, 'jami', ring);
	});
});
