// The tool for keys, `jns-node jami`, with accounts that the Jami daemon exported, on a live chain. The
// tests build on each other, in this order.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import * as council from './council.ts';
import type { Hex } from './fixtures.ts';
import { recordKey } from './layout.ts';
import { assertNoFaults, BINARY, JnsNode, stopAll, temporaryDirectory } from './node.ts';
import { within } from './wait.ts';

const NAME = 'tool-test';
/** The IDs of the two accounts, as the daemon told them. */
const PLAIN: Hex = '0x19446fd55a641d32453b4eeefe8b4abd9b337243';
const LOCKED: Hex = '0x4825d5766497d8f4777eaed384cf7f5aa073521d';
const PASSWORD = 'correct horse é';
/** More than the chain needs for what is handed over to be taken. */
const BLOCKS = '200';

interface Done {
	code: number;
	stdout: string;
	stderr: string;
}

interface Document {
	name: string;
	id: string;
	signature?: string;
	call?: Hex;
	link?: string;
}

describe('the tool for keys', () => {
	const directory = temporaryDirectory();
	const at = (file: string) => join(directory, file);
	const plain = ['--archive', at('plain.gz')];
	const locked = ['--archive', at('locked.gz'), '--password-file', at('password')];
	let node: JnsNode;
	let api: ApiPromise;
	let alice: chain.Account;
	let online: string[];
	let submitting: string[];

	const secret = (file: string, text: string) => writeFileSync(at(file), text, { mode: 0o600 });

	before(async () => {
		for (const file of ['plain', 'locked']) {
			const fixture = new URL(`../../jami/fixtures/archive-${file}.gz`, import.meta.url);
			copyFileSync(fixture, at(`${file}.gz`));
			chmodSync(at(`${file}.gz`), 0o600);
		}
		secret('password', `${PASSWORD}\n`);
		secret('payer', '//Bob\n');
		node = await JnsNode.start('alice', ['--dev']);
		api = await chain.connect(node);
		alice = chain.account('Alice');
		online = ['--node', node.url];
		submitting = [...online, '--submit', '--payer-file', at('payer'), '--yes'];
	});
	afterEach(assertNoFaults);
	after(stopAll);

	/** Runs it, without a terminal. */
	const jami = async (...args: string[]): Promise<Done> => {
		const ended = new Promise<Done>((resolve) => {
			const done = (error: Error | null, stdout: string, stderr: string) => {
				const { code = 0 } = (error ?? {}) as { code?: number };
				resolve({ code, stdout, stderr });
			};
			execFile(BINARY, ['jami', ...args], done).stdin?.end();
		});
		const done = await within('finality', `jami ${args[0]}`, ended);
		for (const hidden of [PASSWORD, '//Bob', 'PRIVATE KEY']) {
			assert.ok(!(done.stdout + done.stderr).includes(hidden), `it shows ${hidden}`);
		}
		return done;
	};
	const succeed = async (...args: string[]): Promise<string> => {
		const { code, stdout, stderr } = await jami(...args);
		assert.equal(code, 0, stderr);
		return stdout;
	};
	const document = async (...args: string[]) => JSON.parse(await succeed(...args)) as Document;
	const fail = async (reason: RegExp, ...args: string[]) => {
		const { code, stderr } = await jami(...args);
		assert.equal(code, 1, stderr);
		assert.match(stderr, reason);
	};
	const owner = async () =>
		(await chain.resolve(await chain.finalizedState(api), NAME))?.id ?? null;
	const select = async (logic: string) => {
		const account = chain.palletAccount(api, logic);
		await council.decide(api, api.tx.council.selectLogic(account), [alice]);
	};

	test('reads accounts as Jami exports them, and refuses files that others can read', async () => {
		assert.equal(await succeed('id', ...plain), `${PLAIN.slice(2)}\n`);
		assert.equal(await succeed('id', ...locked), `${LOCKED.slice(2)}\n`);
		secret('wrong', 'incorrect horse\n');
		await fail(/password/i, 'id', ...locked.slice(0, 2), '--password-file', at('wrong'));
		chmodSync(at('plain.gz'), 0o640);
		await fail(/chmod 600/, 'id', ...plain);
		chmodSync(at('plain.gz'), 0o600);
	});

	test('makes a proof without a node, and checks it', async () => {
		const proof = await document('register', NAME, ...plain);
		assert.deepEqual([proof.name, `0x${proof.id}`], [NAME, PLAIN]);
		secret('proof.json', JSON.stringify(proof));
		assert.match(await succeed('check', at('proof.json')), new RegExp(NAME));
		secret('forged.json', JSON.stringify({ ...proof, name: 'another' }));
		await fail(/signature/i, 'check', at('forged.json'));
	});

	test('registers a name under `permanent`, where it cannot be released', async () => {
		await succeed('register', NAME, ...plain, ...submitting);
		assert.equal(await owner(), PLAIN);
		await fail(/do not offer this/, 'release', NAME, ...plain, ...submitting);
		// Of somebody else, it is told before anything is signed.
		await fail(/belongs to/, 'register', NAME, ...locked, ...submitting);
		assert.equal(await owner(), PLAIN);
	});

	test('hands it over, and the other account accepts with the call for the page', async () => {
		await select('livingNames');
		const handing = ['hand-over', NAME, '--to', LOCKED.slice(2), '--blocks', BLOCKS, ...plain];
		await fail(/--yes/, ...handing, ...submitting.slice(0, -1));
		await succeed(...handing, ...submitting);
		assert.equal(await owner(), PLAIN);

		const accepting = await document('register', NAME, ...locked, ...online);
		assert.ok(accepting.link?.includes(`decode/${accepting.call}`), accepting.link);
		await chain.send(api, api.tx(api.createType('Call', accepting.call)), alice);
		assert.equal(await owner(), LOCKED);
	});

	test('takes it back by an acceptance, since the old proof is dead', async () => {
		const handing = ['hand-over', NAME, '--to', PLAIN.slice(2), '--blocks', BLOCKS, ...locked];
		await succeed(...handing, ...submitting);
		await succeed('cancel-hand-over', NAME, ...locked, ...submitting);
		await fail(/is not handed over/, 'accept', NAME, ...plain, ...submitting);
		await succeed(...handing, ...submitting);
		await fail(/proof of that is dead/, 'register', NAME, ...plain, ...submitting);
		await succeed('accept', NAME, ...plain, ...submitting);
		assert.equal(await owner(), PLAIN);
	});

	test('tells why a transaction cannot be sent, and nothing has changed', async () => {
		secret('poor', '//nobody-has-given-me-anything\n');
		const paying = [...online, '--submit', '--yes', '--payer-file', at('poor')];
		await fail(/fees|payment|balance/i, 'release', NAME, ...plain, ...paying);
		await fail(/connect|refused/i, 'release', NAME, ...plain, '--node', 'ws://127.0.0.1:1');
		assert.equal(await owner(), PLAIN);
	});

	test('releases it, and takes it back while it cools down', async () => {
		await succeed('release', NAME, ...plain, ...submitting);
		assert.equal(await owner(), null);
		await fail(/is free from block/, 'register', NAME, ...locked, ...submitting);
		await fail(/`take-back`/, 'register', NAME, ...plain, ...submitting);
		await fail(/cannot take .* back/, 'take-back', NAME, ...locked, ...submitting);
		await succeed('take-back', NAME, ...plain, ...submitting);
		assert.equal(await owner(), PLAIN);
	});

	test('prints the key by which the council reserves a name', async () => {
		const printed = (await succeed('record-key', NAME)).trim();
		const { ok } = (await api.call.namesApi.recordKey(NAME)).toJSON() as { ok: string };
		assert.equal(printed, ok);
		assert.equal(printed, recordKey(api, NAME));
	});

	test('keeps secrets to itself', () => {
		assert.equal(readFileSync(at('payer'), 'utf8'), '//Bob\n');
	});
});
