// The name server of a development chain, which serves real Jami clients at once. The tests build on
// each other, in this order.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { identities, signers, wanting } from './identities.ts';
import {
	assertLater,
	assertRegistered,
	genuinePosts,
	NameServer,
	posting,
	SERVING,
} from './name-server.ts';
import { assertNoFaults, BINARY, JnsNode, stopAll, temporaryDirectory } from './node.ts';

const MANY = 150;

describe('the name server of a development chain', () => {
	const many = identities(MANY).map(posting);
	let node: JnsNode;
	let server: NameServer;
	let api: ApiPromise;
	let alice: chain.Account;

	before(async () => {
		// Everything that it ever logs.
		const logging = ['-l', 'name-server=trace'];
		node = await JnsNode.start('alice', ['--dev', ...SERVING, ...logging]);
		server = await NameServer.of(node);
		api = await chain.connect(node);
		alice = chain.account('Alice');
		await server.ready();
	});
	afterEach(assertNoFaults);
	after(stopAll);

	test('registers what the daemon posted, byte for byte, and finds it', async () => {
		const replies = await Promise.all(genuinePosts.map((post) => server.post(post)));
		replies.forEach(assertRegistered);
		for (const post of genuinePosts) {
			await server.assertName(post);
		}
		// It is in the finalized state of which another client reads.
		const state = await chain.finalizedState(api);
		for (const { name, addr } of genuinePosts) {
			assert.equal((await chain.resolve(state, name))?.id, `0x${addr}`);
		}
	});

	test('answers as its predecessor to what is taken, unproven and malformed', async () => {
		const [first] = genuinePosts as [(typeof genuinePosts)[number]];
		assertRegistered(await server.post(first));
		const [stranger, other] = signers(2) as [
			ReturnType<typeof signers>[number],
			ReturnType<typeof signers>[number],
		];
		const taken = await server.post(posting(wanting(stranger, first.name)));
		assert.deepEqual(
			[taken.status, taken.body],
			[403, { success: false, owner: `0x${first.addr}` }],
		);
		const forged = posting({ ...wanting(stranger, 'forged'), id: other.id });
		assert.equal((await server.post(forged)).status, 401);
		assert.equal((await server.post({ ...forged, body: '{' })).status, 400);
		assert.equal((await server.get('/name/forged')).status, 404);
		assert.equal((await server.get(`/addr/${other.id.slice(2)}`)).status, 404);
		assert.equal((await server.get('/name/n')).status, 400);
		// A name that the council keeps back.
		assert.equal((await server.post(posting(wanting(stranger, 'jami')))).status, 403);
	});

	test('registers many at once, and an ID that has a name gets no second', async () => {
		const replies = await Promise.all(many.map((post) => server.post(post)));
		replies.forEach(assertRegistered);
		await Promise.all(many.map((post) => server.assertName(post)));
		const [stranger] = signers(1) as [ReturnType<typeof signers>[number]];
		const { status, body } = await server.post(posting(wanting(stranger, 'second-name')));
		assert.deepEqual(
			[status, body],
			[403, { success: false, name: many[0]!.name, addr: `0x${many[0]!.addr}` }],
		);
	});

	test('shows an operator what it does', async () => {
		const metrics = await node.metrics('jns_name_server_');
		const metric = (name: string) => metrics.get(name) ?? Number.NaN;
		const registered = genuinePosts.length + MANY;
		const posts = 'requests_total{route="POST /name/{name}",status="200",chain="jns-dev"}';
		assert.equal(metric(posts), registered + 1, 'those, and one of them twice');
		assert.equal(
			metric('request_seconds_count{route="/addr/{id}",chain="jns-dev"}'),
			registered + 1,
			'each was looked up, and one that is not there',
		);
		const at = (name: string) => metric(`${name}{chain="jns-dev"}`);
		const idle = ['queue', 'waiting_clients', 'transactions_in_flight', 'unrecovered_registrations'];
		idle.forEach((name) => assert.equal(at(name), 0, name));
		assert.equal(at('journal_entries'), registered);
		assert.equal(at('budget_left_today'), 1_000_000 - registered);
		assert.ok(at('sponsor_spendable_milli_jns') > 0, 'the sponsor has money');
		assert.ok(at('finality_age_seconds') < 60, 'finality goes on');
		assert.deepEqual([at('sponsor_exhausted'), at('unknown_transactions')], [0, 0]);
		assert.deepEqual([at('transactions_lost_total'), at('connections_refused_total')], [0, 0]);
		assert.ok(at('transactions_submitted_total') > 0, 'transactions were sent');
	});

	test('logs what it does, and nobody who asked', async () => {
		const decided = node.log.filter((line) => /a registration is decided .*registered=true/.test(line));
		assert.equal(decided.length, genuinePosts.length + MANY);
		const sent = /a transaction is sent nonce=\d+ tip=0 registrations=\[[\d, ]+\] block=\d+$/;
		assert.ok(node.log.some((line) => sent.test(line)), 'it says what it sends');
		const ours = node.log.filter((line) => line.includes('name-server'));
		for (const { name, addr } of [...genuinePosts, ...many]) {
			for (const secret of [name, addr]) {
				const told = ours.filter((line) => line.toLowerCase().includes(secret));
				assert.deepEqual(told, [], 'no name and no ID is logged');
			}
		}
		const addresses = ours.filter((line) => /127\.0\.0\.1/.test(line));
		assert.deepEqual(
			addresses.filter((line) => !line.includes(server.url)),
			[],
			'no address of a client is logged',
		);
	});

	test('goes on under another logic, and reads only while there is none', async () => {
		const spare = signers(MANY + 3).slice(MANY).map((signer, at) => wanting(signer, `spare-${at}`));
		const select = (logic: string | null) =>
			council.decide(
				api,
				api.tx.council.selectLogic(logic && chain.palletAccount(api, logic)),
				[alice],
			);
		await select('livingNames');
		assertRegistered(await server.post(posting(spare[0]!)));
		await select(null);
		assertLater(await server.post(posting(spare[1]!)));
		await server.assertName(posting(spare[0]!));
		await select('permanentNames');
		assertRegistered(await server.post(posting(spare[1]!)));
		await server.assertName(many[0]!);
	});
});

describe('a sponsor', () => {
	const [first, second] = identities(2).map(posting) as [
		ReturnType<typeof posting>,
		ReturnType<typeof posting>,
	];
	afterEach(assertNoFaults);
	after(stopAll);

	test('is the account whose key is in the keystore', async () => {
		const basePath = temporaryDirectory();
		// A development node inserts keys of its own; this one is there before.
		const inserting = ['key', 'insert', '--chain', 'dev', '--base-path', basePath];
		const key = ['--key-type', 'spon', '--scheme', 'sr25519', '--suri', '//Eve'];
		await promisify(execFile)(BINARY, [...inserting, ...key]);
		const node = await JnsNode.start('eve-pays', ['--dev', ...SERVING], basePath);
		const server = await NameServer.of(node);
		await server.ready();
		assertRegistered(await server.post(first));
		const api = await chain.connect(node);
		const held = async () => chain.held(await chain.finalizedState(api), chain.account('Eve'));
		const before = await held();
		assert.notEqual(before, 0n, 'the deposit is held');
		assert.ok(!node.log.some((line) => line.includes('//Eve')), 'the log tells no secret');
		await node.stop();
	});

	test('that has no more than its reserve pays for nothing, and names are found', async () => {
		const poor = ['--name-server-reserve', '1000000'];
		const node = await JnsNode.start('poor', ['--dev', ...SERVING, ...poor]);
		const server = await NameServer.of(node);
		await server.ready();
		assertLater(await server.post(second));
		assert.equal((await server.get(`/name/${second.name}`)).status, 404);
		await node.stop();
	});
});

describe('a node that cannot know', () => {
	afterEach(assertNoFaults);
	after(stopAll);

	test('answers 503 while it has no peers', async () => {
		const args = ['--chain', 'local', ...SERVING];
		const node = await JnsNode.start('alone', args);
		const server = await NameServer.of(node);
		assertLater(await server.get('/name/nobody'));
		assertLater(await server.get(`/addr/${'00'.repeat(20)}`));
		assertLater(await server.post(genuinePosts[0]!));
		await node.stop();
	});

	test('does not start if the name server cannot', async () => {
		const basePath = temporaryDirectory();
		const bad = promisify(execFile)(BINARY, [
			...['--dev', '--base-path', join(basePath, 'x'), '--rpc-port', '0'],
			...['--name-server', '192.0.2.1:1'],
		]);
		await assert.rejects(bad, ({ stderr }: { stderr: string }) => {
			assert.match(stderr, /error: .*the name server at 192\.0\.2\.1:1/);
			return true;
		});
	});
});
