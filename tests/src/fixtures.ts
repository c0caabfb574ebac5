// Registrations that the real Jami daemon made; see the folder of the fixture.

import { readFileSync } from 'node:fs';

export type Hex = `0x${string}`;

/** What `permanent.register` takes. */
export interface Registration {
	name: string;
	id: Hex;
	key: Hex;
	signature: Hex;
}

interface Recorded {
	name: string;
	addr: string;
	signature: string;
	spki_der_hex: string;
}

const file = new URL('../../primitives/fixtures/registrations.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded[];

export const hex = (text: string, encoding: BufferEncoding = 'utf8'): Hex =>
	`0x${Buffer.from(text, encoding).toString('hex')}`;

const all = recorded.map(
	({ name, addr, signature, spki_der_hex }): Registration => ({
		name,
		id: `0x${addr}`,
		key: `0x${spki_der_hex}`,
		signature: hex(signature, 'base64'),
	}),
);

const isFirst = ({ name }: Registration, at: number) =>
	all.findIndex((other) => other.name === name) === at;

/** Seven registrations that can stand together. */
export const registrations = all.filter(isFirst);

export const first = registrations[0]!;

/** The eighth: somebody else's, of a name among the seven. */
export const rival = all.find((registration, at) => !isFirst(registration, at))!;
