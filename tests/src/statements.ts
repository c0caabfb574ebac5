// What a key signs about its name besides wanting it; see `primitives/src/statement.rs`.

import type { Hex } from './fixtures.ts';

export interface HandOver {
	to: Hex;
	/** The last block in which it can be accepted. */
	deadline: number;
}

export type Action = 'Release' | { HandOver: HandOver } | 'CancelHandOver' | 'Accept' | 'Claim' | 'TakeBack';

/** The record, or the assignment, that a statement is about. */
export interface Subject {
	name: string;
	block: number;
	sequence: number;
}

const DOMAIN = 'jns/names';
const NUMBERS = { Release: 0, HandOver: 1, CancelHandOver: 2, Accept: 3, Claim: 4, TakeBack: 5 };

function u32(n: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(n);
	return bytes;
}

/** The bytes to sign on the chain with that genesis. */
export function statement(genesis: Uint8Array, action: Action, subject: Subject): Buffer {
	const { name, block, sequence } = subject;
	const number = typeof action === 'string' ? NUMBERS[action] : NUMBERS.HandOver;
	const parts = [
		Buffer.from(DOMAIN),
		genesis,
		// A text of less than 64 bytes begins with four times its length.
		Buffer.from([number, name.length << 2]),
		Buffer.from(name),
		u32(block),
		u32(sequence),
	];
	if (typeof action !== 'string') {
		const { to, deadline } = action.HandOver;
		parts.push(Buffer.from(to.slice(2), 'hex'), u32(deadline));
	}
	return Buffer.concat(parts);
}
