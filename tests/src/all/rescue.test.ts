// Two of four validators are gone for good, and finality with them. The council brings it back with
// the proposals that `jns-node rescue-finality` composes, and new nodes sync over the forced change.
// The tests build on each other, in this order; docs/operators/finality-rescue.md describes them.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { Header } from '@polkadot/types/interfaces';
import * as chain from '../chain.ts';
import * as council from '../council.ts';
import type { Hex } from '../fixtures.ts';
import { assertNoFaults, BINARY, JnsNode, stopAll, temporaryDirectory } from '../node.ts';
import { within } from '../wait.ts';

interface Done {
	code: number;
	stdout: string;
	stderr: string;
}

interface Authorities {
	setId: number;
	authorities: { key: string; weight: number }[];
}

/** A specification, as far as it is patched here. */
interface Specification {
	genesis: {
		runtimeGenesis: {
			patch: {
				chainParameters: { epochDuration: number };
				staking: { minimumValidatorCount: number };
			};
		};
	};
}

interface RoundState {
	setId: number;
}

/** Slots of a session: half a minute. An era has three sessions. */
const SESSION = 10;
/** Blocks between the announcement of a forced change and its effect. */
const DELAY = 5;
/** Blocks by which finality is late before there is anything to rescue. */
const STALLED = 20;

const directory = temporaryDirectory();

const write = (file: string, document: unknown): string => {
	writeFileSync(join(directory, file), JSON.stringify(document));
	return join(directory, file);
};

const run = async (...args: string[]): Promise<Done> => {
	const ended = new Promise<Done>((resolve) => {
		execFile(BINARY, args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
			const { code = 0 } = (error ?? {}) as { code?: number };
			resolve({ code, stdout, stderr });
		});
	});
	return within('start', `jns-node ${args[0]}`, ended);
};

describe('a chain of which half of the validators are gone', () => {
	const LIVE = ['alice', 'bob'];
	const GONE = ['charlie', 'dave'];
	const nodes = new Map<string, JnsNode>();
	let spec: Specification;
	let specFile: string;
	let api: ApiPromise;
	/** The last block that the four finalized. */
	let lastFinalized: number;
	/** A block that the two finalized, and the set that did. */
	let block: { number: number; hash: Hex };
	let rescued: Authorities;

	const node = (name: string) => nodes.get(name)!;
	const start = async (name: string, args: string[], file = specFile) => {
		const addresses = await Promise.all(
			[...nodes.values()].map((other) => other.rpc<string[]>('system_localListenAddresses')),
		);
		const known = addresses.flatMap(([address]) => ['--bootnodes', address!]);
		return JnsNode.start(name, ['--chain', file, ...known, ...args]);
	};
	const validator = async (name: string) => {
		const key = '--unsafe-force-node-key-generation';
		nodes.set(name, await start(name, [`--${name}`, key]));
	};
	const numbers = async () => {
		const finalized = await api.rpc.chain.getHeader(await api.rpc.chain.getFinalizedHead());
		const best = await api.rpc.chain.getHeader();
		return { finalized: finalized.number.toNumber(), best: best.number.toNumber() };
	};
	const rescue = () =>
		run('rescue-finality', '--node', node('alice').url, '--delay', String(DELAY));

	/** The call that the program composed, which the link has as well. */
	const proposal = ({ code, stdout, stderr }: Done): chain.Call => {
		assert.equal(code, 0, stderr);
		const [call] = /^0x[0-9a-f]+$/m.exec(stdout) ?? [];
		const rpc = encodeURIComponent(node('alice').url);
		const link = `https://polkadot.js.org/apps/?rpc=${rpc}#/extrinsics/decode/${call}`;
		assert.ok(stdout.endsWith(`\n${link}\n`), stdout);
		return api.tx(api.createType('Call', call));
	};
	/** Alice, who holds all stake, proposes a call and votes for it: the vote executes it. */
	const decide = async (proposal: chain.Call) => {
		const alice = chain.account('Alice');
		const index = await council.nextIndex(api);
		await chain.sendToBlock(proposal, alice);
		const [proposed] = proposal.method.args;
		const hash = api.registry.hash(proposed!.toU8a());
		const vote = await chain.sendToBlock(api.tx.council.vote(index, hash, true), alice);
		assert.deepEqual(council.ending(vote), council.EXECUTED);
	};
	const refused = (done: Done, why: RegExp) => {
		assert.equal(done.code, 1, done.stdout);
		assert.match(done.stderr, why);
		assert.doesNotMatch(done.stdout, /^0x/m, 'no call is printed');
	};
	const setInState = async (hash: Header['hash']) => {
		const set = await (await api.at(hash)).call.grandpaApi!.currentSetId!();
		return Number(set.toString());
	};
	const activeValidators = async () =>
		(await api.query.session.validators()).toJSON() as string[];

	before(async () => {
		const plain = await run('export-chain-spec', '--chain', 'local');
		spec = JSON.parse(plain.stdout) as Specification;
		const { patch } = spec.genesis.runtimeGenesis;
		patch.chainParameters.epochDuration = SESSION;
		patch.staking.minimumValidatorCount = LIVE.length;
		specFile = write('spec.json', spec);
		for (const name of [...LIVE, ...GONE]) {
			await validator(name);
		}
		api = await chain.connect(node('alice'));
	});
	afterEach(assertNoFaults);
	after(stopAll);

	test('has nothing to rescue while finality goes on', async () => {
		await chain.finalizedHead(api, 3);
		refused(await rescue(), /finality does not stand still: it is \d+ blocks late/);
		for (const delay of ['0', '201', '4294967295']) {
			const { code, stderr } = await run('rescue-finality', '--delay', delay);
			assert.deepEqual([code, /1\.\.=200/.test(stderr)], [2, true], stderr);
		}
	});

	test('ends the bonds of those who are gone, by the first proposal', async () => {
		for (const name of GONE) {
			node(name).kill();
			assert.deepEqual(await node(name).exit, { code: null, signal: 'SIGKILL' });
			nodes.delete(name);
		}
		const stalled = async () => {
			const { finalized, best } = await numbers();
			return best - finalized >= STALLED;
		};
		await chain.bestHead(api, 'era', `finality is ${STALLED} blocks late`, stalled);
		({ finalized: lastFinalized } = await numbers());

		const step = await rescue();
		const call = proposal(step);
		assert.match(step.stdout, /step 1 of 2/);
		for (const [names, heard] of [[LIVE, false], [GONE, true]] as const) {
			for (const name of names) {
				const stash = chain.account(`${name[0]!.toUpperCase()}${name.slice(1)}//stash`);
				const said = step.stdout.includes(`of ${stash.address}: votes are missing`);
				assert.equal(said, heard, step.stdout);
			}
		}
		await decide(call);
		refused(await rescue(), /no longer bonded, but the best block still has them/);
	});

	test('goes on with the others, by the second proposal, from the finalized block', async () => {
		const elected = async () => (await activeValidators()).length === LIVE.length;
		await chain.bestHead(api, 'era', 'an era without those who are gone', elected);
		assert.equal((await numbers()).finalized, lastFinalized, 'finality still stands still');

		const step = await rescue();
		const call = proposal(step);
		assert.match(step.stdout, /step 2 of 2/);
		const noted = api.tx.grandpa.noteStalled(DELAY, lastFinalized);
		const expected = api.tx.council.propose(api.tx.council.dispatchRoot(noted), 1_200);
		assert.equal(call.method.toHex(), expected.method.toHex());
		await decide(call);
		const { best } = await numbers();
		await chain.finalizedHead(api, best);
		// The blocks that become final first are from before the announcement of the change.
		const isOfNewSet = async ({ hash }: Header) => {
			const { setId } = await node('alice').rpc<RoundState>('grandpa_roundState');
			return (await setInState(hash)) === setId;
		};
		const head = await chain.finalizedHeadWith(api, 'the set is in the state', isOfNewSet);
		block = { number: head.number.toNumber(), hash: head.hash.toHex() };
		refused(await rescue(), /finality does not stand still/);
	});

	test('finalizes transactions again', async () => {
		const [payer] = await chain.freshAccounts(api, 1);
		const { state } = await chain.send(api, api.tx.system.remark('0x'), payer!);
		assert.ok(Number(await state.query.system.number()) > block.number);
	});

	test('counts its sets of authorities as the votes do', async () => {
		const set = await run('authorities', '--node', node('alice').url, '--block', block.hash);
		assert.equal(set.code, 0, set.stderr);
		rescued = JSON.parse(set.stdout) as Authorities;
		assert.equal(rescued.authorities.length, LIVE.length);
		// Proofs of names, reports of equivocations and warp syncs rest on that number.
		const { hash } = await chain.finalizedHead(api, 0);
		const { setId } = await node('alice').rpc<RoundState>('grandpa_roundState');
		assert.equal(await setInState(hash), setId);
	});

	test('is followed by a new node that executes every block', async () => {
		nodes.set('full', await start('full', ['--sync', 'full']));
		const other = await chain.connect(node('full'));
		assert.equal(await chain.finalizedHash(other, block.number), block.hash);
	});

	test('is followed by no warp sync of which the specification says nothing, and it says why', async () => {
		const warp = await start('warp', ['--sync', 'warp']);
		const line = /WARN .*Warp sync finds no proof beyond block \d+: .* (--sync full), or .*/;
		assert.equal(await warp.logged(line), '--sync full');
		await warp.stop();
	});

	test('is followed by a warp sync if the specification lists the change', async () => {
		const fork = { ...rescued, block, lastFinalized };
		const file = write('forked.json', { ...spec, grandpaHardForks: [fork] });
		const warp = await start('forked', ['--sync', 'warp'], file);
		await warp.logged(/(Warp sync is complete)/);
		await warp.logged(/(Block history download is complete)/);
		const other = await chain.connect(warp);
		// Finality, which it follows by the votes of the new set.
		const { number } = await chain.finalizedHead(api, (await numbers()).best);
		const hash = await chain.finalizedHash(other, number.toNumber());
		assert.equal(hash, await chain.finalizedHash(api, number.toNumber()));
		assert.equal((await other.rpc.chain.getBlockHash(block.number)).toHex(), block.hash);
	});
});
