// The README's tour: four transactions on a development chain, from its genesis on.

import type { ApiPromise } from '@polkadot/api';
import { account, type Call, register, totalStake } from './chain.ts';
import { first } from './fixtures.ts';

export interface Step {
	title: string;
	/** Who signs: one of the accounts that the preset knows. */
	signer: string;
	call: Call;
}

/** How long the tour's proposal is open at most, in blocks. */
const LIFETIME = 100;

export const STORE = 'my.store';
export const NAME = first;

/** Bob's part of the stake. What is left is more than half. */
export const share = (total: bigint): bigint => (total * 4n) / 10n;

/** The steps, in order. */
export async function steps(api: ApiPromise): Promise<Step[]> {
	const { council } = api.tx;
	const amount = share(await totalStake(api));
	const bob = account('Bob').address;
	return [
		{
			title: 'Alice, who holds all stake, delegates 40 % of it to Bob',
			signer: 'Alice',
			call: council.delegate!(bob, amount),
		},
		{
			title: `Alice proposes that the council makes a store, \`${STORE}\``,
			signer: 'Alice',
			call: council.propose!(council.createStore!(STORE), LIFETIME),
		},
		{
			title: 'Alice votes for it with 60 % of all stake: it passes and is executed at once',
			signer: 'Alice',
			call: council.vote!(0, true),
		},
		{
			title: `Bob registers the name \`${NAME.name}\` for the Jami account that signed it`,
			signer: 'Bob',
			call: register(api, NAME),
		},
	];
}

/** Where polkadot.js Apps decodes a call, ready to be signed, against the node of `--dev`. */
export const link = (call: Call): string =>
	'https://polkadot.js.org/apps/?rpc=ws%3A%2F%2F127.0.0.1%3A9944' +
	`#/extrinsics/decode/${call.method.toHex()}`;

/** A link as it stands in Markdown; the call's bytes are the first group. */
export const LINK = /https?:[^\s()<>"]*#\/extrinsics\/decode\/(0x[0-9a-f]*)/gi;
