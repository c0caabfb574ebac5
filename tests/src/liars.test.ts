// Nodes without a key, of another chain with the same genesis block and far higher, as a network
// leaves them that was begun anew. What they claim stops nobody.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { first } from './fixtures.ts';
import { NameServer, SERVING } from './name-server.ts';
import { address, hasPeers, join, type Member, validators } from './network.ts';
import { assertNoFaults, stopAll } from './node.ts';
import { smallSpec } from './specs.ts';

const VALIDATORS = ['alice', 'bob'];
/** More than a validator has honest peers, which are two. */
const LIARS = 3;
/** Height of their chain. */
const HEIGHT = 34;
/** Blocks in which the network has to go on beside them; then they are still ahead. */
const BLOCKS = 8;
/** Blocks by which the SDK's own strategy has to be behind to stop. */
const MAJOR = 5;

describe('nodes that claim a far higher chain', () => {
	let spec: string;
	let liars: Member[] = [];
	let alice: Member;
	/** Of the network: its validators, and a node that is none and serves names. */
	let honest: Member[];
	let full: Member;

	before(async () => {
		spec = smallSpec(VALIDATORS.length);
		// The other chain is final, or its nodes would change over to the network's.
		const others = await validators(spec, VALIDATORS);
		const bootnode = await address(others[0]);
		const names = Array.from({ length: LIARS }, (_, at) => `liar ${at}`);
		liars = await Promise.all(names.map((name) => join(spec, name, [], bootnode)));
		await Promise.all(liars.map(({ api }) => chain.finalizedHead(api, HEIGHT)));
		// They sign no slot that the network's validators sign too.
		await Promise.all(others.map(({ node }) => node.stop()));

		const network = await validators(spec, VALIDATORS);
		alice = network[0];
		full = await join(spec, 'full', SERVING, await address(alice));
		honest = [...network, full];
		await chain.finalizedHead(full.api, 1);
	});
	after(async () => {
		for (const { node } of liars) {
			await node.disconnect();
			await node.end('SIGKILL');
			node.takeFaults();
		}
		await stopAll();
	});

	test('stop neither blocks nor finality nor the name server', async () => {
		const addresses = await Promise.all(honest.map(address));
		for (const { node } of liars) {
			for (const one of addresses) {
				await node.rpc('system_addReservedPeer', one);
			}
		}
		await Promise.all(honest.map((member) => hasPeers(member, LIARS + 2)));

		const [alice1, bob] = ['Alice', 'Bob'].map(chain.account) as [chain.Account, chain.Account];
		const server = await NameServer.of(full.node);
		const { number } = await full.api.rpc.chain.getHeader();
		const began = number.toNumber();
		/** Blocks of the network at which half of Alice's peers claimed what stops the SDK's node. */
		let claimed = 0;
		const until = chain.finalizedHeadWith(full.api, 'the network goes on', async (head) => {
			const peers = await alice.node.rpc<{ bestNumber: number }[]>('system_peers');
			const best = (await alice.api.rpc.chain.getHeader()).number.toNumber();
			const ahead = peers.filter(({ bestNumber }) => bestNumber > best + MAJOR);
			claimed += ahead.length > peers.length / 2 ? 1 : 0;
			return head.number.toNumber() >= began + BLOCKS;
		});

		// Votes and registrations through a node that is no validator.
		const enable = full.api.tx.utility.batchAll([
			full.api.tx.council.createStore('jns.names'),
			full.api.tx.council.selectLogic(chain.permanentAccount(full.api)),
		]);
		await council.decide(full.api, enable, [alice1]);
		await chain.send(full.api, chain.register(full.api, first), bob);
		const found = await server.get(`/name/${first.name}`);
		assert.equal(found.status, 200, JSON.stringify(found.body));

		await until;
		for (const { api, node } of honest) {
			const health = await api.rpc.system.health();
			assert.ok(!health.isSyncing.isTrue, `${node.name} knows that it is in sync`);
		}
		assert.ok(claimed >= BLOCKS / 2, `at ${claimed} blocks most peers claimed more`);
		assertNoFaults();
	});
});
