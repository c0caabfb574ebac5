// Two processes with one validator's keys, from the report to the slash.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { Vec } from '@polkadot/types';
import type { EventRecord } from '@polkadot/types/interfaces';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { address, join, type Member, validators } from './network.ts';
import { stopAll } from './node.ts';
import { timedSpec } from './specs.ts';

const TIMES = { epochDuration: 6, sessionsPerEra: 2, bondingDuration: 3 };
/** Slashes take effect after all but one of the eras for which a bond is liable. */
const DEFERRED = TIMES.bondingDuration - 1;

/** What a node logs that has the key too. */
const OWN_KEY = [
	/has this node's key/,
	/equivocation report for our own equivocation/,
	// For each slot of a disabled validator.
	/is disabled and should not be attempting to author blocks/,
	/panicked at/,
];

interface Unapplied {
	validator: string;
	own: number | string;
}

/** The kind of offence, 16 bytes, of two blocks in one slot. */
const BLOCKS = `0x${Buffer.from('babe:equivocatio').toString('hex')}`;

interface Found {
	height: number;
	data: Record<string, unknown>;
}

type Matches = (data: Found['data']) => boolean;

/** The events like this in the blocks from one height to another. */
async function eventsOf(
	api: ApiPromise,
	from: number,
	to: number,
	name: string,
	matches: Matches,
): Promise<Found[]> {
	const found: Found[] = [];
	for (let height = from; height <= to; height += 1) {
		const state = await api.at(await api.rpc.chain.getBlockHash(height));
		for (const { event } of await state.query.system.events<Vec<EventRecord>>()) {
			const names: string[] = event.data.names ?? [];
			const fields = names.map((field, at) => [field, event.data[at]!.toJSON()] as const);
			const data = Object.fromEntries(fields);
			if (`${event.section}.${event.method}` === name && matches(data)) {
				found.push({ height, data });
			}
		}
	}
	return found;
}

/** The first event like this in the final blocks from that height on. */
async function finalizedEvent(
	api: ApiPromise,
	from: number,
	name: string,
	matches: Matches,
): Promise<Found> {
	let next = from;
	let first: Found | undefined;
	await chain.finalizedHeadWith(api, `an event ${name} is final`, async ({ number }) => {
		const height = number.toNumber();
		const [found] = await eventsOf(api, next, height, name, matches);
		first ??= found;
		next = Math.max(next, height + 1);
		return first !== undefined;
	});
	return first!;
}

describe('a validator that signs twice', () => {
	let spec: string;
	let network: Member[];
	let api: ApiPromise;
	let bootnode: string;

	const stash = (name: string) => chain.account(`${name}//stash`).address;
	const bonded = async (name: string) => {
		const ledger = await api.query.staking.ledger(stash(name));
		return BigInt((ledger.toJSON() as { active: number | string }).active);
	};
	const activeEra = async () =>
		(await api.query.staking.activeEra()).toJSON() as unknown as { index: number };
	const unapplied = async (era: number) =>
		(await api.query.staking.unappliedSlashes(era)).toJSON() as unknown as Unapplied[];

	/**
	 * Starts a second node with a validator's keys, until two blocks in one slot are reported. Returns
	 * all slashes of that validator: its two voters sign twice as well, perhaps in another era.
	 */
	const offence = async (name: string) => {
		const from = (await api.rpc.chain.getHeader()).number.toNumber();
		const twin = await join(spec, `second ${name}`, [`--${name.toLowerCase()}`], bootnode);
		const isBlocks = (data: Found['data']) => data.kind === BLOCKS;
		const { height } = await finalizedEvent(api, from, 'offences.Offence', isBlocks);
		await twin.node.disconnect();
		await twin.node.end('SIGKILL');
		twin.node.takeFaults();
		// What the twin sent last is reported in the next blocks.
		const last = (await api.rpc.chain.getHeader()).number.toNumber() + 3;
		await chain.finalizedHead(api, last);
		const isSlash = (data: Found['data']) => data.validator === stash(name);
		const slashes = await eventsOf(api, from, last, 'staking.SlashReported', isSlash);
		assert.notDeepEqual(slashes, [], 'an offence is slashed');
		return { reported: height, slashes };
	};
	const dueOf = ({ data }: Found) => Number(data.slashEra) + DEFERRED + 1;

	before(async () => {
		spec = timedSpec(TIMES);
		network = await validators(spec);
		const witness = network[3]!;
		api = witness.api;
		bootnode = await address(witness);
		await chain.finalizedHead(api, 2);
	});
	after(async () => {
		for (const { node } of network) {
			const faults = node.takeFaults();
			const others = faults.filter((line) => !OWN_KEY.some((kind) => kind.test(line)));
			assert.deepEqual(others, [], node.name);
		}
		await stopAll();
	});

	test('is reported, disabled, and slashed when its era comes', async () => {
		const before = await bonded('Alice');
		const { reported, slashes } = await offence('Alice');
		const slashed = slashes[0]!.height;
		const state = await api.at(await api.rpc.chain.getBlockHash(reported));
		const disabled = (await state.query.session.disabledValidators()).toJSON() as unknown[];
		assert.notDeepEqual(disabled, [], 'it authors no more in this era');
		assert.equal(await bonded('Alice'), before, 'nothing is taken yet');

		const isAlices = (data: Found['data']) => data.staker === stash('Alice');
		const { height: applied } = await finalizedEvent(api, slashed, 'staking.Slashed', isAlices);
		const then = await api.at(await api.rpc.chain.getBlockHash(applied));
		const era = (await then.query.staking.activeEra()).toJSON() as unknown as { index: number };
		assert.equal(era.index, Math.min(...slashes.map(dueOf)), 'its era has come');
		assert.ok((await bonded('Alice')) < before, 'a part of the bond is gone');
		console.log(
			`reported in #${reported}, slash recorded in #${slashed}, applied in #${applied}`,
		);
	});

	test('is spared when the council cancels the slash in time', async () => {
		const before = await bonded('Bob');
		const { slashes } = await offence('Bob');
		const dues = [...new Set(slashes.map(dueOf))];
		for (const due of dues) {
			const indices = (await unapplied(due)).flatMap(({ validator }, at) =>
				validator === stash('Bob') ? [at] : [],
			);
			assert.notDeepEqual(indices, [], 'a slash is filed');
			const cancel = api.tx.staking.cancelDeferredSlash(due, indices);
			await council.decide(api, cancel, [chain.account('Alice')]);
		}
		await chain.finalizedHeadWith(api, 'the era of the slash has begun', async () => {
			return (await activeEra()).index >= Math.max(...dues);
		});
		assert.equal(await bonded('Bob'), before);
	});

	test('is reported by its witnesses, and by no node with its key', async () => {
		const log = (at: number) => network[at]!.node.log.join('\n');
		assert.match(log(2), /is reported to the chain/);
		assert.match(log(0), /has this node's key/);
		assert.doesNotMatch(log(0), /Validator \S*5Grwva\S* is reported/);
		// When this fails, the SDK reports by itself: take our import of blocks away.
		for (const { node } of network) {
			assert.ok(!node.log.some((line) => line.includes("The SDK's own report")), node.name);
		}
		const metrics = await network[2]!.node.metrics('jns_block_equivocations_total');
		assert.ok([...metrics.values()].some((count) => count >= 2));
	});
});
