// The second part of the guide for members of the council: what a council governs.

import assert from 'node:assert/strict';
import type { Agenda } from './agenda.ts';
import {
	account,
	type Finalized,
	held,
	nameStatus,
	permanentAccount,
	register,
} from './chain.ts';
import { EXECUTED, ending, selectedLogic, stakeOf } from './council.ts';
import { first, type Hex, hex, rival } from './fixtures.ts';
import type { Step } from './guide.ts';
import { recordKey } from './layout.ts';
import {
	authorizing,
	codeHash,
	NO_CODE,
	nextRuntime,
} from './upgrade.ts';

const OFFERED = 'eves.store';
/** Eve's store: the chain has one, and the guide made another. */
const EVES = 2;
/** A reason's hash: BLAKE2b, 256 bits, of what is told elsewhere. */
const REASON: Hex = `0x${'99'.repeat(32)}`;
/** How many validators the council sets. */
const VALIDATORS = 10;

/** The steps, after those in which Bob came to hold that stake. */
export async function governing(agenda: Agenda, bobs: bigint): Promise<Step[]> {
	const { api } = agenda;
	const { council, eternalStorage, permanentNames: logic, staking } = api.tx;
	const [bob, charlie, eve] = [account('Bob'), account('Charlie'), account('Eve')];
	const permanent = permanentAccount(api);
	const { account: own } = (await api.call.councilApi.council()).toJSON() as { account: string };

	const store = async ({ state }: Finalized) => {
		const found = (await state.query.eternalStorage.stores(EVES)).toJSON();
		return found as { owner: string; offeredTo: string | null };
	};
	const authorized = async (done: Finalized, hash: string) => {
		assert.deepEqual(ending(done), EXECUTED);
		const kept = (await done.state.query.system.authorizedUpgrade()).toJSON();
		assert.deepEqual(kept, { codeHash: hash, checkVersion: true });
	};
	const next = () => codeHash(api, nextRuntime());
	const selecting = (what: string, logic: string | null, result: string) =>
		agenda.passing(what, council.selectLogic(logic), result, async (done) => {
			assert.deepEqual(ending(done), EXECUTED);
			const selected = await selectedLogic(done.state);
			assert.equal(selected, logic && api.createType('AccountId', logic).toHex());
		});
	const authorizingNext = (what: string, result: string): Step[] => [
		agenda.unlinkedProposal(what, () => authorizing(api, next())),
		agenda.vote('Alice', true, `votes for it: ${result}`, (done) => authorized(done, next())),
	];

	const logics = [
		...selecting('to select no logic', null, 'all writes to its stores are frozen'),
		...selecting("to select Eve's account as the logic", eve.address, 'now she writes'),
		...selecting('to select `PermanentNames` again', permanent, 'names can be registered again'),
	];

	const kept = async ({ state }: Finalized, name: string) => {
		const { record, reservation } = await nameStatus(state, name);
		return { id: record?.id ?? null, reserved: reservation && reservation.assignedTo };
	};
	const onAlice = [recordKey(api, 'alice')];
	const names: Step[] = [
		...agenda.passing(
			'to reserve the name `alice`, by its record key',
			logic.reserve(onAlice),
			'nobody can register it',
			async (done) => {
				assert.deepEqual(ending(done), EXECUTED);
				const { reservation } = await nameStatus(done.state, 'alice');
				assert.equal(reservation?.assignedTo, null);
			},
		),
		...agenda.passing(
			'to assign it to a Jami ID',
			logic.assign(onAlice[0]!, rival.id),
			'that ID can register it, and no other',
			async (done) => {
				assert.deepEqual(ending(done), EXECUTED);
				assert.deepEqual(await kept(done, 'alice'), { id: null, reserved: rival.id });
			},
		),
		...agenda.passing(
			'to un-reserve it',
			logic.unreserve(onAlice),
			'anybody can register it',
			async (done) => {
				assert.deepEqual(ending(done), EXECUTED);
				assert.deepEqual(await kept(done, 'alice'), { id: null, reserved: null });
			},
		),
		{
			title: `Bob registers the name \`${first.name}\` for the Jami account that signed it`,
			signer: 'Bob',
			call: register(api, first),
			claim: async (done) => assert.equal((await kept(done, first.name)).id, first.id),
		},
		...agenda.passing(
			`to remove \`${first.name}\`, with the hash of a reason`,
			logic.remove(hex(first.name), REASON),
			'it is nobody\'s, and cools down',
			async (done) => {
				assert.deepEqual(ending(done), EXECUTED);
				const { record, freeFrom } = await nameStatus(done.state, first.name);
				assert.equal(record, null);
				assert.notEqual(freeFrom, null);
			},
		),
	];

	const offered: Step[] = [
		{
			title: 'Eve makes a store of her own',
			signer: 'Eve',
			call: eternalStorage.createStore(),
		},
		{
			title: 'Eve offers it to the council',
			signer: 'Eve',
			call: eternalStorage.offerOwnership(EVES, own),
			claim: async (done) => {
				const { owner, offeredTo } = await store(done);
				assert.deepEqual([owner, offeredTo], [eve.address, own]);
				assert.notEqual(await held(done.state, eve), 0n);
			},
		},
		...agenda.passing(
			`that the council accepts it as \`${OFFERED}\``,
			council.acceptStore(OFFERED, EVES),
			"it is the council's, and Eve has her deposit back",
			async (done) => {
				assert.deepEqual(ending(done), EXECUTED);
				const { owner, offeredTo } = await store(done);
				assert.deepEqual([owner, offeredTo], [own, null]);
				assert.equal((await done.state.query.council.storeOf(OFFERED)).toJSON(), EVES);
				assert.equal(await held(done.state, eve), 0n);
			},
		),
	];

	const lost = agenda.passing(
		"that the council moves Bob's stake, whose key is lost, to Charlie",
		council.forceDelegate(bob.address, charlie.address, bobs),
		'Charlie holds 40 %',
		async (done) => {
			assert.deepEqual(ending(done), EXECUTED);
			assert.equal(await stakeOf(done.state, bob), 0n);
			assert.equal(await stakeOf(done.state, charlie), bobs);
		},
	);

	const validators = agenda.passing(
		`that ${VALIDATORS} validators are elected`,
		council.dispatchRoot(staking.setValidatorCount(VALIDATORS)),
		'the next election has that many places',
		async (done) => {
			assert.deepEqual(ending(done), EXECUTED);
			assert.equal(Number(await done.state.query.staking.validatorCount()), VALIDATORS);
		},
	);

	const upgrade: Step[] = [
		...authorizingNext('to authorize the code in a file', 'anybody can upload it now'),
		...agenda.passing(
			'to authorize the hash of no code',
			authorizing(api, NO_CODE),
			'nothing can be uploaded any more',
			(done) => authorized(done, NO_CODE),
		),
		...authorizingNext('to authorize the code in the file again', 'it can be uploaded again'),
	];

	return [...logics, ...names, ...offered, ...lost, ...validators, ...upgrade];
}
