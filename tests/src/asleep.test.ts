// All validators stop for longer than an era, and go on.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import * as chain from './chain.ts';
import { ALL } from './extent.ts';
import { hasPeers, type Member, VALIDATORS, validators } from './network.ts';
import { assertNoFaults, stopAll, temporaryDirectory } from './node.ts';
import { timedSpec, SLOT } from './specs.ts';

const NAMES = ALL ? VALIDATORS : VALIDATORS.slice(0, 2);
const TIMES = { epochDuration: 5, sessionsPerEra: ALL ? 3 : 2, bondingDuration: 2 };
/** An era and an epoch. */
const SLEEP = TIMES.epochDuration * (TIMES.sessionsPerEra + 1) * SLOT;

describe('a chain whose validators all slept for more than an era', () => {
	const paths = new Map(NAMES.map((name) => [name, temporaryDirectory()]));
	let spec: string;
	let network: Member[];

	const start = () => validators(spec, NAMES, [], (name) => paths.get(name));
	const era = async () => {
		const era = await network[0]!.api.query.staking.activeEra();
		return (era.toJSON() as { index: number }).index;
	};

	/** Everything that has to go on: blocks, finality on all, transactions, eras. */
	const goesOn = async (from: number) => {
		const { api } = network[0]!;
		await chain.freshAccounts(api, 1);
		const { number, hash } = await chain.finalizedHead(api, from + 3);
		for (const { api } of network) {
			assert.equal(await chain.finalizedHash(api, number.toNumber()), hash.toHex());
		}
		const before = await era();
		await chain.finalizedHeadWith(api, 'the next era begins', async () => {
			return (await era()) > before;
		});
	};
	const height = async () => (await network[0]!.api.rpc.chain.getHeader()).number.toNumber();

	before(async () => {
		spec = timedSpec(TIMES, NAMES.length);
		network = await start();
		await chain.finalizedHead(network[0]!.api, 3);
	});
	after(stopAll);

	test('goes on when they were ended', async () => {
		const last = await height();
		await Promise.all(network.map(({ node }) => node.stop()));
		// The time itself is what is tested.
		await setTimeout(SLEEP);
		network = await start();
		await Promise.all(network.map((member) => hasPeers(member, NAMES.length - 1)));
		await goesOn(last);
		assertNoFaults();
	});

	const suspended = async () => {
		const last = await height();
		await Promise.all(network.map(({ node }) => node.disconnect()));
		network.forEach(({ node }) => node.suspend());
		await setTimeout(SLEEP);
		network.forEach(({ node }) => node.resume());
		network = await Promise.all(
			network.map(async ({ node }) => ({ node, api: await chain.connect(node) })),
		);
		await goesOn(last);
		assertNoFaults();
	};
	if (ALL) {
		test('goes on when they were suspended, as a machine that slept', suspended);
	}
});
