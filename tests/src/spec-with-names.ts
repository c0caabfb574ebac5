// By hand: writes a raw specification of the development chain that begins with so many names.
// `npm run --silent spec-with-names FILE COUNT`. Keys and signatures are those of the pool of test keys,
// each used many times over, and the IDs are made up: what a look-up reads is as large as ever, but
// nobody could register these names.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { compactToU8a, u8aToHex } from '@polkadot/util';
import { blake2AsU8a, xxhashAsU8a } from '@polkadot/util-crypto';
import { identities } from './identities.ts';
import { STORE } from './layout.ts';
import { BINARY } from './node.ts';

const [file, count] = [process.argv[2]!, Number(process.argv[3])];
/** Kinds of value, as SCALE numbers them. */
const [STRING, BYTES] = [3, 4];

const twox = (text: string) => xxhashAsU8a(text, 128);
const concat = (...parts: Uint8Array[]) => Buffer.concat(parts);
const twox64Concat = (bytes: Uint8Array) => concat(xxhashAsU8a(bytes, 64), bytes);
const u32 = (n: number) => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(n);
	return bytes;
};
const prefix = concat(twox('EternalStorage'), twox('EntryOf'), twox64Concat(u32(STORE)));

/** Where a value of a kind lies in the state. */
const place = (kind: number, key: Uint8Array) =>
	concat(prefix, twox64Concat(Uint8Array.of(kind)), blake2AsU8a(key, 128), key);
const bytes = (value: Uint8Array) => concat(compactToU8a(value.length), value);
const fromHex = (text: string) => Buffer.from(text.slice(2), 'hex');

/** An entry for which nobody pays. */
const entry = (kind: number, value: Uint8Array) =>
	concat(Uint8Array.of(kind), bytes(value), Uint8Array.of(0));

const spec = JSON.parse(
	execFileSync(BINARY, ['export-chain-spec', '--chain', 'dev', '--raw'], {
		maxBuffer: 2 ** 30,
		stdio: ['ignore', 'pipe', 'ignore'],
	}).toString(),
);
const pool = identities(1_035);
const out = createWriteStream(file);
const { top, ...rest } = spec.genesis.raw;
const whole = JSON.stringify({ ...spec, genesis: { raw: { ...rest, top: {} } } });
const [head, tail] = whole.split('"top":{}') as [string, string];
out.write(`${head}"top":{`);
out.write(
	Object.entries(top)
		.map(([key, value]) => `"${key}":"${value}"`)
		.join(','),
);
for (let at = 0; at < count; at += 1) {
	const name = Buffer.from(`bench-${String(at).padStart(6, '0')}`);
	const { key, signature } = pool[at % pool.length]!;
	const id = blake2AsU8a(name).subarray(0, 20);
	const record = concat(
		bytes(name),
		id,
		bytes(fromHex(key)),
		bytes(fromHex(signature)),
		u32(1),
		u32(0),
	);
	const hash = (text: string, rest: Uint8Array) => blake2AsU8a(concat(Buffer.from(text), rest));
	const put = (kind: number, at: Uint8Array, value: Uint8Array) =>
		`,"${u8aToHex(place(kind, at))}":"${u8aToHex(entry(kind, value))}"`;
	const lines =
		put(BYTES, hash('jns/record/', name), record) + put(STRING, hash('jns/reverse/', id), name);
	if (!out.write(lines)) {
		await once(out, 'drain');
	}
}
out.end(`}${tail}`);
