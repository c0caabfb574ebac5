// An upgrade of the runtime under a name server that does not know the new one.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import * as council from './council.ts';
import { identities } from './identities.ts';
import {
	assertRegistered,
	NameServer,
	type Posted,
	posting,
	type Reply,
	SERVING,
} from './name-server.ts';
import { assertNoFaults, JnsNode, stopAll } from './node.ts';
import * as upgrade from './upgrade.ts';

/** Milliseconds between two registrations, and between two look-ups. */
const PACE = { registration: 500, lookup: 50 };
const MOST = 600;

describe('a name server over an upgrade of the runtime', () => {
	const posts = identities(MOST, (at) => `upgraded-${at}`).map(posting);
	let node: JnsNode;
	let server: NameServer;
	let api: ApiPromise;
	let alice: chain.Account;
	let first: Posted;

	before(async () => {
		node = await JnsNode.start('alice', ['--dev', ...SERVING]);
		server = await NameServer.of(node);
		api = await chain.connect(node);
		alice = chain.account('Alice');
		await server.ready();
		first = posts.shift()!;
		assertRegistered(await server.post(first));
	});
	afterEach(assertNoFaults);
	after(stopAll);

	/** Registers and looks up while `work` is under way, and returns all answers. */
	const underLoad = async (work: () => Promise<unknown>) => {
		const registrations: Promise<Reply>[] = [];
		const posted: Posted[] = [];
		const lookups: Promise<Reply>[] = [];
		const timers = [
			setInterval(() => {
				const post = posts.shift();
				if (post) {
					posted.push(post);
					registrations.push(server.post(post));
				}
			}, PACE.registration),
			setInterval(() => lookups.push(server.get(`/name/${first.name}`)), PACE.lookup),
		];
		try {
			await work();
		} finally {
			timers.forEach(clearInterval);
		}
		return {
			posted,
			registrations: await Promise.all(registrations),
			lookups: await Promise.all(lookups),
		};
	};

	const authorizeAndUpgrade = async (code: Buffer) => {
		await council.decide(api, upgrade.authorizing(api, upgrade.codeHash(api, code)), [alice]);
		api = await upgrade.upgrade(node, api, code);
	};

	test('follows a call to another index under load, and never stops reading', async () => {
		const index = async () => {
			const spare = identities(MOST + 1)[MOST]!;
			return (await chain.composedCall(api, { ...spare, name: 'never-sent' })).callIndex[0];
		};
		const before = await index();
		const { posted, registrations, lookups } = await underLoad(async () => {
			await authorizeAndUpgrade(upgrade.nextRuntime());
			const next = chain.palletAccount(api, 'longNames');
			await council.decide(api, api.tx.council.selectLogic(next), [alice]);
		});
		assert.notEqual(await index(), before);
		assert.ok(registrations.length > 20, `${registrations.length} registrations`);
		assert.ok(lookups.length > 200, `${lookups.length} look-ups`);
		registrations.forEach(assertRegistered);
		for (const { status, body } of lookups) {
			assert.deepEqual([status, body.addr], [200, `0x${first.addr}`]);
		}
		for (const post of posted) {
			await server.assertName(post);
		}
		// Behind the change, by the new call.
		const last = posts.shift()!;
		assertRegistered(await server.post(last));
	});
});
