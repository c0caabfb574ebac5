// The guide for members of the council.

import assert from 'node:assert/strict';
import type { ApiPromise } from '@polkadot/api';
import { Agenda, LIFETIME } from './agenda.ts';
import { account, event, type Finalized, finalizedHead, finalizedState, held } from './chain.ts';
import {
	cooledDown,
	depositFor,
	EXECUTED,
	ending,
	outcome,
	stakeOf,
	totalStake,
} from './council.ts';
import { governing } from './governing.ts';
import { document, type Guide, type Step } from './guide.ts';
import { nextRuntime, upgrade } from './upgrade.ts';

/** The shortest time for which a proposal can be open, in blocks: a minute. */
const SHORTEST = 20;

const MINE = 'my.store';

/** What polkadot.js tells of a module's error, as the guide has it. */
export function moduleError(api: ApiPromise, outcomeEnding: unknown): string {
	const { executed } = outcomeEnding as {
		executed: { err: { module: { index: number; error: string } } };
	};
	const { index, error } = executed.err.module;
	const [number] = Buffer.from(error.slice(2), 'hex');
	const { section, name } = api.registry.findMetaError(new Uint8Array([index, number!]));
	return `${section}.${name}`;
}

async function openProposal({ state }: Finalized) {
	const info = (await state.call.councilApi.council()).toJSON() as {
		proposal: { index: number; call: string; tally: unknown; stakeNeeded: number } | null;
	};
	return info.proposal;
}

async function steps(api: ApiPromise): Promise<Step[]> {
	const { council } = api.tx;
	const agenda = new Agenda(api);
	const [alice, bob] = [account('Alice'), account('Bob')];
	const total = await totalStake(await finalizedState(api));
	const bobs = (total * 4n) / 10n;
	const createMine = council.createStore(MINE);
	/** What a proposal like those of this guide deposits. */
	const base = await depositFor(await finalizedState(api), createMine);

	/** The last proposal's outcome is this one, and the slot is free. */
	const ended = async (done: Finalized, how: unknown, lost: boolean) => {
		const index = Number(event(done, 'council.Ended').index);
		assert.equal(await openProposal(done), null);
		const kept = (await outcome(done.state, index))!;
		assert.deepEqual([ending(done), kept.ending, kept.depositLost], [how, how, lost]);
		assert.equal(await held(done.state, alice), 0n, 'the deposit is held no more');
	};
	const fee = (done: Finalized) =>
		String(event(done, 'transactionPayment.TransactionFeePaid').actualFee);

	const delegating: Step[] = [
		{
			title: 'Alice, who holds all stake, delegates 40 % of it to Bob',
			signer: 'Alice',
			call: council.delegate(bob.address, bobs),
			claim: async ({ state }) => {
				assert.equal(await stakeOf(state, bob), bobs);
				assert.equal(await stakeOf(state, alice), total - bobs);
			},
		},
	];

	const votes: Step[] = [
		agenda.proposal(`that the council makes a store, \`${MINE}\``, createMine, async (done) => {
			const open = (await openProposal(done))!;
			assert.deepEqual([open.index, open.call], [0, createMine.method.toHex()]);
			const decoded = (await done.state.call.councilApi.proposedCall()).toHuman();
			assert.deepEqual(decoded, createMine.method.toHuman());
			assert.equal(await held(done.state, alice), base);
		}),
		agenda.vote('Bob', false, 'votes against it', async (done) => {
			assert.deepEqual((await openProposal(done))!.tally, { ayes: 0, nays: Number(bobs) });
		}),
		agenda.vote('Bob', true, 'changes his vote: 40 % are in favour', async (done) => {
			const { tally, stakeNeeded } = (await openProposal(done))!;
			assert.deepEqual(tally, { ayes: Number(bobs), nays: 0 });
			assert.equal(stakeNeeded, Number(total / 2n - bobs) + 1);
		}),
		agenda.vote('Alice', true, 'votes for it too: it passes and is executed', async (done) => {
			await ended(done, EXECUTED, false);
			assert.equal(fee(done), '0');
			assert.equal((await done.state.query.council.storeOf(MINE)).toJSON(), 1);
		}),
	];

	const withdrawn: Step[] = [
		agenda.proposal('to freeze all writes, by mistake', council.selectLogic(null)),
		{
			title: 'Alice withdraws it: nobody was for it, and the deposit is lost',
			signer: 'Alice',
			call: council.withdraw(agenda.index),
			claim: (done) => ended(done, { withdrawn: null }, true),
		},
	];

	const expired: Step[] = [
		agenda.proposal(
			'a store that nobody wants, for one minute',
			council.createStore('late.store'),
			async (done) => {
				const last = Number(event(done, 'council.Proposed').end);
				await finalizedHead(api, last);
			},
			SHORTEST,
		),
		{
			title: 'After a minute Charlie closes it: the deposit is lost',
			signer: 'Charlie',
			call: council.close(agenda.index),
			claim: async (done) => {
				await ended(done, { expired: null }, true);
				assert.equal(fee(done), '0');
				assert.equal(await depositFor(done.state, createMine), base);
				await cooledDown(api, alice);
			},
		},
	];

	const rejected: Step[] = [
		agenda.proposal('another one', council.createStore('no.store')),
		agenda.vote(
			'Alice',
			false,
			'votes against it: it is rejected at once, and the deposit is lost',
			async (done) => {
				await ended(done, { rejected: null }, true);
				await cooledDown(api, alice);
			},
		),
	];

	const failed = agenda.passing(
		`a store with a label that is taken, \`${MINE}\``,
		createMine,
		'it passes, but fails, and the error is kept',
		async (done) => {
			await ended(done, ending(done), false);
			assert.equal(moduleError(api, ending(done)), 'council.LabelTaken');
		},
	);

	const griefing = council.createStore('griefers.store');
	const taking = council.forceDelegate(bob.address, alice.address, bobs / 2n);
	const emergency: Step[] = [
		{
			title: 'Bob proposes something that only holds the slot',
			signer: 'Bob',
			call: council.propose(griefing, LIFETIME),
			claim: async (done) => {
				assert.equal((await openProposal(done))!.call, griefing.method.toHex());
			},
		},
		{
			title: 'Alice rejects it and takes half of his stake, in one transaction',
			signer: 'Alice',
			call: agenda.answering(griefing, taking),
			claim: async ({ state }) => {
				assert.equal(await stakeOf(state, bob), bobs - bobs / 2n);
				const { proposal } = (await state.call.councilApi.council()).toJSON() as {
					proposal: unknown;
				};
				assert.equal(proposal, null);
			},
		},
	];

	return [
		...delegating,
		...votes,
		...withdrawn,
		...expired,
		...rejected,
		...failed,
		...emergency,
		...(await governing(agenda, bobs - bobs / 2n)),
	];
}

export const voting: Guide = {
	document: document('docs/voting.md'),
	steps,
	upgrade: {
		title: 'Ferdie uploads the code: the runtime is a version further',
		take: (node, api) => upgrade(node, api, nextRuntime()),
	},
};
