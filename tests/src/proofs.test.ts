// Proofs of names: what a name server answers, checked by a program that asks nobody. The tests build on
// each other, in this order.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ApiPromise } from '@polkadot/api';
import type { Header } from '@polkadot/types/interfaces';
import { u8aToHex } from '@polkadot/util';
import * as chain from './chain.ts';
import type { Hex } from './fixtures.ts';
import { identities } from './identities.ts';
import { assertRegistered, NameServer, posting, SERVING } from './name-server.ts';
import { assertNoFaults, BINARY, JnsNode, stopAll, temporaryDirectory } from './node.ts';
import { within } from './wait.ts';

interface Done {
	code: number;
	stdout: string;
	stderr: string;
}

/** A document, as far as it is tampered with here. */
interface Proof {
	question: { name?: string; id?: string };
	answer: { record: { id: string; block: number } } | null;
	header: string;
	setId: number;
	justification: string;
	nodes: string[];
}

/** How the authorities changed, as far as it is tampered with here. */
interface WarpProof {
	genesis: { header: string; nodes: string[] } | null;
	setId: number;
	fragments: { header: string; justification: string }[];
	complete: boolean;
}

interface Authorities {
	setId: number;
	authorities: { key: string; weight: number }[];
}

/** The same with another digit at a place, counted from the end if it is negative. */
function flip(hexadecimal: string, at: number): string {
	const place = at < 0 ? hexadecimal.length + at : at;
	const digit = hexadecimal[place] === '0' ? '1' : '0';
	return hexadecimal.slice(0, place) + digit + hexadecimal.slice(place + 1);
}

const directory = temporaryDirectory();

const run = async (...args: string[]): Promise<Done> => {
	const ended = new Promise<Done>((resolve) => {
		execFile(BINARY, args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
			const { code = 0 } = (error ?? {}) as { code?: number };
			resolve({ code, stdout, stderr });
		});
	});
	return within('start', `jns-node ${args[0]}`, ended);
};
const write = (file: string, document: unknown): string => {
	writeFileSync(join(directory, file), JSON.stringify(document));
	return join(directory, file);
};

/** The document that a server has now. */
const fetchedFrom = async <T = Proof>(server: NameServer, path: string): Promise<T> => {
	const { status, body } = await server.get(path);
	assert.equal(status, 200, JSON.stringify(body));
	return body as unknown as T;
};

/** What a program that asks nobody says of a proof, by the authorities in a file. */
const checked = (proof: unknown, by: string) =>
	run('verify-proof', write('proof.json', proof), '--authorities', by);

/** A command that fails by its own error, and says nothing else. */
const assertFails = ({ code, stdout, stderr }: Done, why: RegExp, what: string) => {
	assert.deepEqual([code, stdout], [1, ''], `${what}: ${stdout}`);
	assert.match(stderr, /^error: /, what);
	assert.match(stderr, why, what);
};

describe('proofs of names', () => {
	const [alice] = identities(1).map(posting) as [ReturnType<typeof posting>];
	const trusted = join(directory, 'authorities.json');
	const stranger = `0x${'11'.repeat(20)}`;
	let node: JnsNode;
	let server: NameServer;
	let api: ApiPromise;
	let authorities: Authorities;

	before(async () => {
		node = await JnsNode.start('alice', ['--dev', ...SERVING]);
		server = await NameServer.of(node);
		api = await chain.connect(node);
		await server.ready();
	});
	afterEach(assertNoFaults);
	after(stopAll);

	const fetched = (path: string) => fetchedFrom(server, path);
	const check = (proof: unknown, by = trusted) => checked(proof, by);
	const assertProven = async (proof: Proof, expected: RegExp): Promise<string> => {
		const { code, stdout, stderr } = await check(proof);
		assert.equal(code, 0, stderr);
		assert.match(stdout, expected);
		return stdout;
	};
	const assertRefused = async (what: string, proof: unknown, why: RegExp, by = trusted) => {
		assertFails(await check(proof, by), why, what);
	};

	test('the authorities are what the chain has', async () => {
		const { code, stdout, stderr } = await run('authorities', '--node', node.url);
		assert.equal(code, 0, stderr);
		authorities = JSON.parse(stdout) as Authorities;
		writeFileSync(trusted, stdout);
		const setId = await api.call.grandpaApi!.currentSetId!();
		assert.equal(authorities.setId, Number(setId.toString()), 'the number of the set');
		const list = (await api.call.grandpaApi!.grandpaAuthorities!()).toJSON();
		assert.deepEqual(authorities.authorities.map(({ key, weight }) => [key, weight]), list);

		const silent = await run('authorities', '--node', 'ws://127.0.0.1:1');
		assert.equal(silent.code, 1, silent.stdout);
		assert.match(silent.stderr, /^error: ws:\/\/127\.0\.0\.1:1 does not answer/);
	});

	test('a name and its ID are proven, once they are registered', async () => {
		const name = `/name/${alice.name}/proof`;
		await assertProven(await fetched(name), new RegExp(`^${alice.name} is nobody's name\n`));
		assertRegistered(await server.post(alice));
		const said = await assertProven(
			await fetched(name),
			new RegExp(`^${alice.name} is the name of 0x${alice.addr}, since block \\d+\n`),
		);
		const [, number, hash] = /as of block (\d+) \((0x[0-9a-f]{64})\)/.exec(said) ?? [];
		const there = await api.rpc.chain.getBlockHash(Number(number));
		assert.equal(there.toHex(), hash, 'it is a block of the chain');

		const reverse = await fetched(`/addr/${alice.addr}/proof`);
		await assertProven(reverse, new RegExp(`^0x${alice.addr} has the name ${alice.name}\n`));
		// As of that block, by the set that finalized it.
		const set = await run('authorities', '--node', node.url, '--block', hash!);
		assert.equal(set.code, 0, set.stderr);
		assert.deepEqual(JSON.parse(set.stdout), authorities);
	});

	test('absence is proven, of names and of IDs', async () => {
		await assertProven(await fetched('/name/NoBody/proof'), /^nobody is nobody's name\n/);
		const unknown = await fetched(`/addr/${stranger.slice(2)}/proof`);
		await assertProven(unknown, new RegExp(`^${stranger} has no name\n`));
		for (const path of ['/name/a%2Fb/proof', '/addr/12/proof']) {
			assert.equal((await server.get(path)).status, 400, path);
		}
	});

	test('what is tampered with proves nothing', async () => {
		const proof = await fetched(`/name/${alice.name}/proof`);
		const absent = await fetched('/name/nobody/proof');
		const { answer, header, justification, nodes, setId } = proof;
		const record = answer!.record;
		const longest = nodes.reduce((a, b) => (a.length > b.length ? a : b));
		const bad = nodes.map((node) => (node === longest ? flip(node, -5) : node));
		const strangers = [{ key: `0x${'22'.repeat(32)}`, weight: 1 }];
		const cases: [string, unknown, RegExp][] = [
			['ID', { ...proof, answer: { record: { ...record, id: stranger } } }, /otherwise/],
			['absence', { ...proof, answer: null }, /otherwise/],
			['presence', { ...absent, answer }, /otherwise/],
			['name', { ...proof, question: { name: 'nobody' } }, /nodes|otherwise/],
			['node', { ...proof, nodes: bad }, /nodes/],
			['nodes', { ...proof, nodes: nodes.filter((node) => node !== longest) }, /nodes/],
			['header', { ...proof, header: flip(header, 10) }, /another block/],
			// Behind the votes' signature and key there is only the list of headers, which is empty.
			['vote', { ...proof, justification: flip(justification, -80) }, /signature/],
			['set', { ...proof, setId: setId + 1 }, /set \d+, and those that are trusted/],
			['votes', { ...proof, justification: absent.header }, /justification cannot be read/],
			['something else', { hello: 1 }, /is not such a document/],
		];
		for (const [what, tampered, why] of cases) {
			await assertRefused(what, tampered, why);
		}
		const more = write('more.json', {
			...authorities,
			authorities: [...authorities.authorities, ...strangers],
		});
		await assertRefused('too few votes', proof, /the votes of 1 of 2/, more);
		const others = write('others.json', { ...authorities, authorities: strangers });
		await assertRefused('authorities of another chain', proof, /no authority/, others);
		await assertRefused('no authorities', proof, /No such file/, join(directory, 'none.json'));
		await assertProven(proof, new RegExp(alice.name));
	});
});

describe('proofs over a change of the authorities', () => {
	let first: Authorities;
	let last: Proof;
	let node: JnsNode;
	let server: NameServer;
	let api: ApiPromise;

	/** The authorities that finalize a block, or the next block, in a file; and what is in it. */
	const authoritiesOf = async (block?: string): Promise<[string, Authorities]> => {
		const of = block ? ['--block', block] : [];
		const { code, stdout, stderr } = await run('authorities', '--node', node.url, ...of);
		assert.equal(code, 0, stderr);
		const authorities = JSON.parse(stdout) as Authorities;
		return [write(`set-${authorities.setId}.json`, authorities), authorities];
	};
	const setAfter = async (block: string) => {
		const at = await api.at(block);
		return Number((await at.call.grandpaApi!.currentSetId!()).toString());
	};

	before(async () => {
		const spec = JSON.parse((await run('export-chain-spec', '--chain', 'dev')).stdout);
		// Sessions of twelve seconds.
		spec.genesis.runtimeGenesis.patch.chainParameters.epochDuration = 4;
		const chainArgs = ['--chain', write('spec.json', spec), '--alice', '--force-authoring'];
		const key = '--unsafe-force-node-key-generation';
		node = await JnsNode.start('changing', [...chainArgs, key, ...SERVING]);
		server = await NameServer.of(node);
		api = await chain.connect(node);
		await server.ready();
	});
	afterEach(assertNoFaults);
	after(stopAll);

	test('are by the old ones up to the block that changes them, and by the new ones from there', async () => {
		const [oldFile, old] = await authoritiesOf();
		first = old;
		const validator = chain.account('Alice//stash');
		const owner = u8aToHex(validator.publicKey);
		const { keys, proof } = await node.rpc<{ keys: Hex; proof: Hex }>(
			'author_rotateKeysWithOwner',
			owner,
		);
		await chain.send(api, api.tx.session.setKeys(keys, proof), validator);

		const proofs = new Map<string, Proof>();
		let [atTheChange, byOthers] = [false, false];
		const seen = async () => {
			const found = await fetchedFrom(server, '/name/nobody/proof');
			const header = api.createType<Header>('Header', found.header);
			const [block, parent] = [header.hash.toHex(), header.parentHash.toHex()];
			proofs.set(block, found);
			const set = await setAfter(parent);
			assert.equal(found.setId, set, 'the set that the block before leaves finalizes a block');
			const [, { authorities }] = await authoritiesOf(block);
			byOthers ||= authorities[0]!.key !== old.authorities[0]!.key;
			atTheChange ||= set < (await setAfter(block));
			return atTheChange && byOthers;
		};
		await chain.finalizedHeadWith(api, 'proofs by both sets', seen);

		for (const [block, found] of proofs) {
			const [file, { setId }] = await authoritiesOf(block);
			assert.equal(found.setId, setId);
			const { code, stdout, stderr } = await checked(found, file);
			assert.equal(code, 0, stderr);
			assert.match(stdout, new RegExp(`^nobody is nobody's name\nas of block \\d+ \\(${block}\\)`));
			if (setId !== old.setId) {
				const refused = await checked(found, oldFile);
				assert.deepEqual([refused.code, refused.stdout], [1, '']);
				const why = `set ${setId}, and those that are trusted are set ${old.setId}`;
				assert.ok(refused.stderr.includes(why), refused.stderr);
			}
		}
		// The old keys are no authorities of the new set, whatever its number is said to be.
		last = [...proofs.values()].at(-1)!;
		const forged = write('forged.json', { ...old, setId: last.setId });
		const refused = await checked(last, forged);
		assert.deepEqual([refused.code, refused.stdout], [1, '']);
		assert.match(refused.stderr, /is no authority/);
	});

	test('need no trust but in the genesis block, from which a warp proof leads on', async () => {
		const genesis = api.genesisHash.toHex();
		let warp = {} as WarpProof;
		await chain.finalizedHeadWith(api, 'two changes', async () => {
			warp = await fetchedFrom(server, '/warp-proof/0');
			return warp.fragments.length >= Math.max(2, last.setId);
		});
		assert.equal(warp.complete, true);
		const file = write('warp.json', warp);
		const proof = write('last.json', last);
		const follow = (files: string[], ...by: string[]) => run('verify-warp-proof', ...files, ...by);
		const fromGenesis = (document: unknown) =>
			follow([write('other.json', document)], '--genesis', genesis);

		// The set of the last proof, by the hash of a block alone.
		const proven = await run('verify-proof', proof, '--genesis', genesis, '--warp-proof', file);
		assert.equal(proven.code, 0, proven.stderr);
		assert.match(proven.stdout, new RegExp(`which the authorities' set ${last.setId} finalized`));
		const upTo = { ...warp, fragments: warp.fragments.slice(0, last.setId) };
		const followed = await fromGenesis(upTo);
		assert.equal(followed.code, 0, followed.stderr);
		const block = api.createType<Header>('Header', last.header).hash.toHex();
		const [, known] = await authoritiesOf(block);
		assert.deepEqual(JSON.parse(followed.stdout), known);

		// The same from a set that was trusted before, with what the server has from that set on.
		const old = write('old.json', first);
		const rest = await fetchedFrom<WarpProof>(server, `/warp-proof/${first.setId}`);
		assert.equal(rest.genesis === null, first.setId > 0);
		const restFile = write('rest.json', rest);
		const later = await run('verify-proof', proof, '--authorities', old, '--warp-proof', restFile);
		assert.equal(later.code, 0, later.stderr);
		assert.equal(later.stdout, proven.stdout);
		// In two parts.
		const firstOnly = { ...warp, fragments: warp.fragments.slice(0, 1), complete: false };
		const part = write('part.json', firstOnly);
		assert.match((await follow([part], '--genesis', genesis)).stderr, /\/warp-proof\/1 has them/);
		const second = write('second.json', await fetchedFrom<WarpProof>(server, '/warp-proof/1'));
		const inParts = await follow([part, second], '--genesis', genesis);
		assert.deepEqual([inParts.code, inParts.stderr], [0, '']);
		assert.ok(JSON.parse(inParts.stdout).setId >= last.setId, inParts.stdout);

		const [head, ...others] = warp.fragments as [WarpProof['fragments'][0]];
		const withHead = (changed: object) => ({ ...warp, fragments: [{ ...head, ...changed }, ...others] });
		const nodes = warp.genesis!.nodes;
		const cases: [string, unknown, RegExp][] = [
			['a vote', withHead({ justification: flip(head.justification, -80) }), /signature/],
			['a header', withHead({ header: flip(head.header, 10) }), /another block/],
			['no votes', withHead({ justification: '0x00' }), /cannot be read/],
			['a set left out', { ...warp, fragments: others }, /signature|no authority/],
			['genesis', { ...warp, genesis: null }, /begins with the genesis block/],
			['a node', { ...warp, genesis: { ...warp.genesis, nodes: nodes.slice(1) } }, /nodes/],
			['a gap', { ...warp, setId: 1 }, /begins with set 1, and the last known one is set 0/],
			['something else', last, /is not such a document/],
		];
		for (const [what, tampered, why] of cases) {
			assertFails(await fromGenesis(tampered), why, what);
		}
		const elsewhere = flip(genesis, -1);
		assertFails(await follow([file], '--genesis', elsewhere), /is trusted/, 'another chain');
		assertFails(await follow([second], '--genesis', genesis), /genesis block/, 'no beginning');
		const usage = await follow([file]);
		assert.deepEqual([usage.code, usage.stdout], [2, '']);
		assert.match(usage.stderr, /--authorities <FILE>\|--genesis <HASH>/);
		for (const [set, status] of [['999999', 404], ['none', 400]] as const) {
			assert.equal((await server.get(`/warp-proof/${set}`)).status, status, set);
		}
	});
});
