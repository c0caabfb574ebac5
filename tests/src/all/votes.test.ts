// A validator that is killed within milliseconds of its vote votes no second time when it is back.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as chain from '../chain.ts';
import { address, join, type Member, validators } from '../network.ts';
import { JnsNode, stopAll, temporaryDirectory } from '../node.ts';

const KILLS = 100;
/** The voter says so when it sends a vote. */
const VOTES = /(which we voted on)/;
const ARGS = ['--dave', '-l', 'grandpa=debug'];

describe('a validator that is killed after it voted', () => {
	let network: Member[];
	let bootnode: string;

	before(async () => {
		network = await validators('local', ['alice', 'bob', 'charlie']);
		bootnode = await address(network[0]!);
	});
	after(stopAll);

	test(`votes no second time, ${KILLS} times`, async () => {
		const basePath = temporaryDirectory();
		const { api } = network[0]!;
		let killed = 0;
		for (; killed < KILLS; killed += 1) {
			const key = '--unsafe-force-node-key-generation';
			const args = ['--chain', 'local', key, ...ARGS, '--bootnodes', bootnode];
			const node = await JnsNode.start(`dave ${killed}`, args, basePath);
			await node.logged(VOTES);
			assert.deepEqual(await node.end('SIGKILL'), { code: null, signal: 'SIGKILL' });
			node.takeFaults();
		}
		// It votes on, and nobody saw two votes of one round.
		const back = await join('local', 'dave', ARGS, bootnode, basePath);
		await back.node.logged(VOTES);
		const { number } = await chain.finalizedHead(api, 1);
		await chain.finalizedHead(api, number.toNumber() + 3);
		for (const { node } of network) {
			const seen = node.log.filter((line) => /equivocat/i.test(line));
			assert.deepEqual(seen, [], node.name);
		}
		const reports = await api.query.offences.reports.entries();
		assert.equal(reports.length, 0);
	});
});
