// The chain as a client of one node sees it: transactions that are waited for until they are final,
// and state as of finalized blocks.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { ApiPromise, Keyring, WsProvider } from '@polkadot/api';
import type { ApiDecoration, SubmittableExtrinsic } from '@polkadot/api/types';
import type { AccountInfo, DispatchError, EventRecord, Header } from '@polkadot/types/interfaces';
import type { Codec, ISubmittableResult } from '@polkadot/types/types';
import { type Hex, hex, type Registration } from './fixtures.ts';
import type { JnsNode } from './node.ts';
import type { Action, HandOver } from './statements.ts';
import { within } from './wait.ts';

export type Account = ReturnType<Keyring['addFromUri']>;
export type Call = SubmittableExtrinsic<'promise'>;
/** The state as of one block. */
export type State = ApiDecoration<'promise'>;

export interface Finalized {
	block: Hex;
	/** The state as of that block. */
	state: State;
	events: EventRecord[];
}

const UNIT = 10n ** 12n;
/** What a fresh account gets: enough for every name of the fixture. */
const PURSE = 10n * UNIT;

/** A transaction that is in a block, and failed there. */
export class Failed extends Error {
	constructor(
		/** Pallet and error. */
		readonly error: string,
		/** The module error's four bytes: which one, and what is nested in it. */
		readonly bytes: string | undefined,
		readonly finalized: Finalized,
	) {
		super(bytes ? `${error} (${bytes})` : error);
	}
}

/** What polkadot.js does not know of by itself: this one adds nothing to what is signed. */
const signedExtensions = { AuthorizeCall: { extrinsic: {}, payload: {} } };

/** Connects to a node, until that is stopped. */
export async function connect(node: JnsNode): Promise<ApiPromise> {
	// Reconnecting would hide that a node went away.
	const provider = new WsProvider(node.url, false);
	const connected = async () => {
		await provider.connect();
		const options = { provider, signedExtensions, noInitWarn: true, throwOnConnect: true };
		return ApiPromise.create(options);
	};
	const api = await within('connect', `the connection to ${node.name}`, connected());
	node.closers.push(() => api.disconnect());
	return api;
}

/** Connects anew, and closes what was connected before. */
export async function reconnect(node: JnsNode): Promise<ApiPromise> {
	await node.disconnect();
	return connect(node);
}

const keyring = new Keyring({ type: 'sr25519', ss58Format: 42 });

/** One of the accounts that the presets know, such as `Alice`. Needs a connection before. */
export const account = (name: string): Account => keyring.addFromUri(`//${name}`);

/** New accounts with money. */
export async function freshAccounts(api: ApiPromise, count: number): Promise<Account[]> {
	const fresh = Array.from({ length: count }, () => account(randomBytes(16).toString('hex')));
	const gifts = fresh.map(({ address }) => api.tx.balances.transferKeepAlive(address, PURSE));
	await send(api, api.tx.utility.batchAll(gifts), account('Ferdie'));
	return fresh;
}

/** Sends a transaction and waits until it is final. Rejects with `Failed` if it failed. */
export async function send(
	api: ApiPromise,
	call: Call,
	signer: Account,
	nonce = -1,
): Promise<Finalized> {
	const { section, method } = call.method;
	const what = `${section}.${method}`;
	const finality = new Promise<ISubmittableResult>((resolve, reject) => {
		const follow = (result: ISubmittableResult) => {
			if (result.isError) {
				reject(new Error(`${what} left the pool: ${result.status.type}`));
			} else if (result.isFinalized) {
				resolve(result);
			}
		};
		call.signAndSend(signer, { nonce }, follow).catch(reject);
	});
	const { status, events, dispatchError } = await within('finality', what, finality);
	const block = status.asFinalized.toHex();
	const finalized: Finalized = { block, state: await api.at(block), events };
	if (dispatchError) {
		const bytes = dispatchError.isModule ? dispatchError.asModule.error.toHex() : undefined;
		throw new Failed(failure(api, dispatchError), bytes, finalized);
	}
	return finalized;
}

/** Pallet and error. */
export function failure(api: ApiPromise, codec: Codec): string {
	const error = codec as DispatchError;
	if (!error.isModule) {
		return error.toString();
	}
	const { section, name } = api.registry.findMetaError(error.asModule);
	return `${section}.${name}`;
}

/** Sends transactions of one account at once, in this order. */
async function submitAll(
	api: ApiPromise,
	calls: Call[],
	signer: Account,
): Promise<Promise<Finalized>[]> {
	const first = (await api.rpc.system.accountNextIndex(signer.address)).toNumber();
	return calls.map((call, at) => send(api, call, signer, first + at));
}

/** Sends transactions of one account at once and waits until all are final. */
export async function sendAll(
	api: ApiPromise,
	calls: Call[],
	signer: Account,
): Promise<PromiseSettledResult<Finalized>[]> {
	return Promise.allSettled(await submitAll(api, calls, signer));
}

/** The same for transactions that all succeed. Returns the last. */
export async function sendInOrder(
	api: ApiPromise,
	calls: Call[],
	signer: Account,
): Promise<Finalized> {
	const all = await Promise.all(await submitAll(api, calls, signer));
	return all.at(-1)!;
}

/**
 * Sends transactions of one account, each when the one before is in a block: what a vote is for has to
 * be there first. All succeed; returns the last.
 */
export async function sendOneByOne(
	api: ApiPromise,
	calls: Call[],
	signer: Account,
): Promise<Finalized> {
	for (const call of calls.slice(0, -1)) {
		await sendToBlock(call, signer);
	}
	return send(api, calls.at(-1)!, signer);
}

/** Sends a call and waits until a block has it, which need not become final. */
export async function sendToBlock(call: Call, signer: Account): Promise<ISubmittableResult> {
	const { section, method } = call.method;
	const included = new Promise<ISubmittableResult>((resolve, reject) => {
		const follow = (result: ISubmittableResult) => {
			if (result.isError) {
				reject(new Error(`${section}.${method} left the pool: ${result.status.type}`));
			} else if (result.isInBlock) {
				resolve(result);
			}
		};
		// Without an end, which would be counted from the finalized block.
		call.signAndSend(signer, { nonce: -1, era: 0 }, follow).catch(reject);
	});
	const result = await within('finality', `a block has ${section}.${method}`, included);
	if (result.dispatchError) {
		throw new Error(`${section}.${method} failed`);
	}
	return result;
}

/** Why each transaction failed; null for those that did not. */
export const errors = (results: PromiseSettledResult<Finalized>[]): unknown[] =>
	results.map((result) => {
		const reason = result.status === 'rejected' ? result.reason : null;
		return reason instanceof Failed ? reason.error : reason;
	});

/** The data of the one event of that name, such as `council.Ended`. */
export function event(
	{ events }: Pick<Finalized, 'events'>,
	name: string,
): Record<string, Codec> {
	const found = events.filter(({ event }) => `${event.section}.${event.method}` === name);
	assert.equal(found.length, 1, `one event ${name}`);
	const { data } = found[0]!.event;
	return Object.fromEntries((data.names ?? []).map((field, at) => [field, data[at]!]));
}

/** The first finalized head from now on for which the condition holds. */
export async function finalizedHeadWith(
	api: ApiPromise,
	what: string,
	condition: (head: Header) => boolean | Promise<boolean>,
): Promise<Header> {
	return within('finality', what, firstHead(api.rpc.chain.subscribeFinalizedHeads, condition));
}

/** The first finalized head from now on that reaches the height. */
export async function finalizedHead(api: ApiPromise, height: number): Promise<Header> {
	const reaches = (head: Header) => head.number.toNumber() >= height;
	return finalizedHeadWith(api, `finality reaches ${height}`, reaches);
}

/** The first best head from now on for which the condition holds. */
export async function bestHead(
	api: ApiPromise,
	limit: 'era' | 'peers',
	what: string,
	condition: (head: Header) => Promise<boolean>,
): Promise<Header> {
	return within(limit, what, firstHead(api.rpc.chain.subscribeNewHeads, condition));
}

async function firstHead(
	subscribe: (follow: (head: Header) => void) => Promise<() => void>,
	condition: (head: Header) => boolean | Promise<boolean>,
): Promise<Header> {
	let unsubscribe: Promise<() => void> | undefined;
	const head = await new Promise<Header>((resolve, reject) => {
		const follow = async (head: Header) => {
			if (await condition(head)) {
				resolve(head);
			}
		};
		unsubscribe = subscribe((head) => void follow(head).catch(reject));
		unsubscribe.catch(reject);
	});
	(await unsubscribe)?.();
	return head;
}

/** The hash of the finalized block at the height, once there is one. */
export async function finalizedHash(api: ApiPromise, height: number): Promise<Hex> {
	await finalizedHead(api, height);
	return (await api.rpc.chain.getBlockHash(height)).toHex();
}

export async function finalizedState(api: ApiPromise): Promise<State> {
	return api.at(await api.rpc.chain.getFinalizedHead());
}

/** A record as polkadot.js shows it. */
export interface NameRecord extends Registration {
	block: number;
	sequence: number;
}

/** The record of a name, which must be one. */
export async function resolve(state: State, name: string): Promise<NameRecord | null> {
	const result = await state.call.namesApi.resolve(name);
	const { ok } = result.toJSON() as { ok: NameRecord | null };
	return ok;
}

/** The name of an ID. */
export async function nameOf(state: State, id: Hex): Promise<string | null> {
	const { ok } = (await state.call.namesApi.nameOf(id)).toJSON() as { ok: string | null };
	return ok;
}

/** Everything that is kept about a name, as polkadot.js shows it. */
export interface NameStatus {
	record: NameRecord | null;
	handOver: HandOver | null;
	reservation: { assignedTo: Hex | null; since: number } | null;
	takeBack: { by: Hex; since: number } | null;
	freeFrom: number | null;
}

/** The status of a name, which must be one. */
export async function nameStatus(state: State, name: string): Promise<NameStatus> {
	const result = await state.call.namesApi.nameStatus(name);
	const { ok } = result.toJSON() as unknown as { ok: NameStatus };
	return ok;
}

/** Whether an ID had a name before. */
export async function isSpent(state: State, name: string, id: Hex): Promise<boolean> {
	const { ok } = (await state.call.namesApi.isSpent(name, id)).toJSON() as { ok: boolean };
	return ok;
}

/** The call that the runtime composed, if it did. */
function composed(api: ApiPromise, call: Codec): Call | null {
	const found = call.toJSON() as { encoded: Hex } | null;
	return found && api.tx(api.createType('Call', found.encoded));
}

/** The call that the runtime composes for a registration. */
export async function composedCall(api: ApiPromise, wanted: Registration): Promise<Call> {
	const { name, key, signature } = wanted;
	const call = await api.call.namesApi.registrationCall(hex(name), key, signature);
	return composed(api, call)!;
}

/** The call that the runtime composes for the acceptance of a name. */
export async function acceptanceCall(
	api: ApiPromise,
	{ name, key, signature }: Registration,
	statement: Hex,
): Promise<Call> {
	const call = await api.call.namesApi.acceptanceCall(hex(name), key, signature, statement);
	return composed(api, call)!;
}

/** The call that the runtime composes for what a name's key states, if the logic has one. */
export async function statementCall(
	api: ApiPromise,
	name: string,
	action: Action,
	statement: Hex,
): Promise<Call | null> {
	return composed(api, await api.call.namesApi.statementCall(hex(name), action, statement));
}

/** One page of all names, behind a record key. Fails if a record cannot be read. */
export async function names(state: State, after: Hex | null, limit: number) {
	const page = (await state.call.namesApi.names(after, limit)).toJSON();
	const { ok } = page as unknown as { ok: { recordKey: Hex; record: NameRecord | null }[] };
	return ok.map(({ record }) => record!);
}

/** The call that registers with a logic. */
export const register = (
	api: ApiPromise,
	{ name, id, key, signature }: Registration,
	logic = 'permanentNames',
): Call => api.tx[logic]!.register!(hex(name), id, key, signature);

/** The account of a pallet such as the logic `permanent`: `modl` and its ID, padded with zeros. */
export function palletAccount(api: ApiPromise, pallet: string): Hex {
	const palletId = (api.consts[pallet]!.palletId as Codec).toU8a();
	const bytes = Buffer.concat([Buffer.from('modl'), palletId], 32);
	return `0x${bytes.toString('hex')}`;
}

export const permanentAccount = (api: ApiPromise): Hex => palletAccount(api, 'permanentNames');

/** Whose money is held for a value in a store. */
export async function payerOf(
	state: State,
	store: number,
	kind: string,
	key: Hex,
): Promise<string | undefined> {
	const entry = await state.query.eternalStorage.entryOf(store, kind, key);
	return (entry.toJSON() as { deposit: { payer: string } | null } | null)?.deposit?.payer;
}

/** What is held of an account's money. */
export async function held(state: State, { address }: Account): Promise<bigint> {
	const { data } = await state.query.system.account<AccountInfo>(address);
	return data.reserved.toBigInt();
}
