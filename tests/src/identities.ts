// Identities in bulk: RSA keys of 4096 bits, made of a committed pool of primes, and their signatures
// of names. They are test keys: whoever has the repository has them.

import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Hex, Registration } from './fixtures.ts';

const file = new URL('../../primitives/fixtures/test-primes.json', import.meta.url);

/** The only public exponent that Jami makes. */
const E = 65537n;
/** Length of the one encoding of a 4096-bit key, in bytes. */
const SPKI = 550;

interface Prime {
	p: bigint;
	/** The private exponent modulo `p - 1`. */
	d: bigint;
}

/** The inverse of `a` modulo `m`, by Euclid's algorithm. */
function inverse(a: bigint, m: bigint): bigint {
	let [r, s, u, v] = [m, a % m, 0n, 1n];
	while (s !== 0n) {
		const q = r / s;
		[r, s, u, v] = [s, r - q * s, v, u - q * v];
	}
	assert.equal(r, 1n, 'only what is coprime to the modulus has an inverse');
	return u < 0n ? u + m : u;
}

/** The inverse of `E` modulo `m`: `(1 + k m) / E`, for the `k < E` that makes this an integer. */
const privateExponent = (m: bigint): bigint => (1n + m * (E - inverse(m % E, E))) / E;

const primes = (JSON.parse(readFileSync(file, 'utf8')) as string[]).map((digits): Prime => {
	const p = BigInt(`0x${digits}`);
	return { p, d: privateExponent(p - 1n) };
});

function base64url(n: bigint): string {
	const digits = n.toString(16);
	return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString(
		'base64url',
	);
}

/** Every two primes, each pair once. */
function* pairs(): Generator<[Prime, Prime]> {
	for (const [at, second] of primes.entries()) {
		for (const first of primes.slice(0, at)) {
			yield [first, second];
		}
	}
}

/** A key of the pool. */
export interface Signer {
	id: Hex;
	key: Hex;
	sign(bytes: Uint8Array): Hex;
}

function signer([{ p, d: dp }, { p: q, d: dq }]: [Prime, Prime]): Signer {
	const numbers = {
		n: p * q,
		e: E,
		d: privateExponent((p - 1n) * (q - 1n)),
		p,
		q,
		dp,
		dq,
		qi: inverse(q, p),
	};
	const encoded = Object.entries(numbers).map(([label, n]) => [label, base64url(n)]);
	const jwk = { kty: 'RSA', ...Object.fromEntries(encoded) };
	const secret = createPrivateKey({ key: jwk, format: 'jwk' });
	const key = createPublicKey(secret).export({ type: 'spki', format: 'der' });
	assert.equal(key.length, SPKI, 'a key of 4096 bits has one encoding');
	return {
		id: `0x${createHash('sha1').update(key).digest('hex')}`,
		key: `0x${key.toString('hex')}`,
		// RSASSA-PKCS1-v1_5 is what Node.js signs with by default.
		sign: (bytes) => `0x${sign('sha512', bytes, secret).toString('hex')}`,
	};
}

/** Different keys; at most 1,035. */
export function signers(count: number): Signer[] {
	const made: Signer[] = [];
	for (const pair of pairs()) {
		if (made.length === count) {
			break;
		}
		made.push(signer(pair));
	}
	assert.equal(made.length, count, 'the pool has a key for each');
	return made;
}

/** The registration of a name for a key's ID. */
export const wanting = ({ id, key, sign }: Signer, name: string): Registration => ({
	name,
	id,
	key,
	signature: sign(Buffer.from(name)),
});

/** Registrations that can stand together, of different keys; at most 1,035. */
export const identities = (
	count: number,
	name = (at: number) => `pool-${String(at + 1).padStart(4, '0')}`,
): Registration[] => signers(count).map((signer, at) => wanting(signer, name(at)));
