// A guide is a document whose links are steps: each opens a ready call in polkadot.js Apps. They can
// be taken in this order on a development chain, from its genesis on.

import type { ApiPromise } from '@polkadot/api';
import type { Call, Finalized } from './chain.ts';
import type { JnsNode } from './node.ts';

export interface Step {
	title: string;
	/** Who signs: one of the accounts that the preset knows. */
	signer: string;
	readonly call: Call;
	/** The call hangs on a file of the reader's, so that the document can have no link to it. */
	unlinked?: true;
	/** Fails if what the title claims is not so, once the transaction is final. */
	claim?: (done: Finalized) => Promise<void>;
}

export interface Guide {
	document: URL;
	/** The steps, in order. The chain must be at its genesis. */
	steps: (api: ApiPromise) => Promise<Step[]>;
	/** The upgrade that the steps led to, after which this connection is of no use. */
	upgrade?: { title: string; take: (node: JnsNode, api: ApiPromise) => Promise<unknown> };
}

export const document = (path: string): URL => new URL(`../../${path}`, import.meta.url);

/** Where polkadot.js Apps decodes a call, ready to be signed, against the node of `--dev`. */
export const link = (call: Call): string =>
	'https://polkadot.js.org/apps/?rpc=ws%3A%2F%2F127.0.0.1%3A9944' +
	`#/extrinsics/decode/${call.method.toHex()}`;

/** A step as it stands in the document. */
export const line = ({ title, signer, call }: Step): string =>
	`[${title}](${link(call)}); signed by ${signer}.`;

/** What looks like a step in a document; the call's bytes are the first group. */
export const LINE = /\[[^\]]*\]\([^\s()]*#\/extrinsics\/decode\/(0x[0-9a-f]*)\); signed by \w+\./gi;
