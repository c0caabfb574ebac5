// The council as its members use it.

import assert from 'node:assert/strict';
import type { ApiPromise } from '@polkadot/api';
import type { Option } from '@polkadot/types';
import type { AccountId } from '@polkadot/types/interfaces';
import {
	type Account,
	type Call,
	event,
	type Finalized,
	finalizedHead,
	send,
	type State,
} from './chain.ts';
import type { Hex } from './fixtures.ts';

export async function totalStake(state: State): Promise<bigint> {
	return BigInt((await state.query.council.totalStake()).toString());
}

export async function stakeOf(state: State, { address }: Account): Promise<bigint> {
	const member = (await state.query.council.memberOf(address)).toJSON();
	return member ? BigInt((member as { stake: number | string }).stake) : 0n;
}

/** Opens a proposal and returns its number. */
export async function propose(api: ApiPromise, call: Call, proposer: Account): Promise<number> {
	const lifetime = api.consts.council.maxLifetime;
	const finalized = await send(api, api.tx.council.propose(call, lifetime), proposer);
	return Number(event(finalized, 'council.Proposed').index);
}

/** The hash by which votes name a call. */
export const callHash = (api: ApiPromise, { method }: Call): Hex =>
	api.registry.hash(method.toU8a()).toHex();

/** Votes on the open proposal, which has that number. */
export async function vote(
	api: ApiPromise,
	index: number,
	voter: Account,
	aye = true,
): Promise<Finalized> {
	const open = (await api.query.council.openProposal()).toJSON() as { callHash: Hex };
	return send(api, api.tx.council.vote(index, open.callHash, aye), voter);
}

/** Waits until the member may propose again. */
export async function cooledDown(api: ApiPromise, { address }: Account): Promise<void> {
	const member = (await api.query.council.memberOf(address)).toJSON();
	await finalizedHead(api, (member as { proposesFrom: number }).proposesFrom);
}

/** What became of a proposal, according to the vote that decided it. */
export const ending = (vote: Pick<Finalized, 'events'>): unknown =>
	event(vote, 'council.Ended').ending!.toJSON();

/** Of a proposal whose call succeeded. */
export const EXECUTED = { executed: { ok: null } };

/** The number that the next proposal has. */
export async function nextIndex(api: ApiPromise): Promise<number> {
	return Number(await api.query.council.nextIndex());
}

/** The calls that propose a call and vote for it. */
export async function proposing(api: ApiPromise, call: Call): Promise<[Call, Call]> {
	const { council } = api.tx;
	const index = await nextIndex(api);
	const vote = council.vote(index, callHash(api, call), true);
	return [council.propose(call, api.consts.council.maxLifetime), vote];
}

/** Proposes a call and votes for it, one member after the other, until it is executed. */
export async function decide(
	api: ApiPromise,
	call: Call,
	[proposer, ...others]: [Account, ...Account[]],
): Promise<Finalized> {
	const calls = await proposing(api, call);
	let last = await send(api, api.tx.utility.batchAll(calls), proposer);
	for (const member of others) {
		last = await send(api, calls[1], member);
	}
	assert.deepEqual(ending(last), EXECUTED);
	return last;
}

/** What is known of a past proposal. */
export interface Outcome {
	proposer: string;
	callHash: Hex;
	tally: { ayes: number; nays: number };
	ending: unknown;
	opened: number;
	at: number;
	depositLost: boolean;
}

export async function outcome(state: State, index: number): Promise<Outcome | null> {
	return (await state.query.council.outcomes(index)).toJSON() as Outcome | null;
}

/** What a proposal of that call has to deposit now. */
export async function depositFor(state: State, call: Call): Promise<bigint> {
	const deposit = await state.call.councilApi.proposalDeposit(call.method.encodedLength);
	return BigInt(deposit.toString());
}

/** The account that may write to the council's stores. */
export async function selectedLogic(state: State): Promise<Hex | null> {
	const logic = await state.query.council.selectedLogic<Option<AccountId>>();
	return logic.isSome ? logic.unwrap().toHex() : null;
}
