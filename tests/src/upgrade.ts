// Upgrades of the runtime: the council authorizes a code by its hash, and anybody uploads it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiPromise } from '@polkadot/api';
import type { Header } from '@polkadot/types/interfaces';
import {
	type Call,
	finalizedHead,
	finalizedHeadWith,
	reconnect,
} from './chain.ts';
import type { Hex } from './fixtures.ts';
import { type JnsNode, RELEASE } from './node.ts';

const NEXT_RUNTIME =
	process.env.JNS_NEXT_RUNTIME ??
	join(RELEASE, 'wbuild', 'jns-runtime', 'next.compact.compressed.wasm');

/** The code of a runtime one version later, with one more logic. */
export const nextRuntime = (): Buffer => readFileSync(NEXT_RUNTIME);

/** The hash of no code that is known: authorizing it takes back what was authorized before. */
export const NO_CODE: Hex = `0x${'00'.repeat(32)}`;

/** The hash by which a code is authorized, BLAKE2b of 256 bits. */
export const codeHash = (api: ApiPromise, code: Buffer): Hex => api.registry.hash(code).toHex();

/** The call with which the council authorizes the code of that hash. */
export const authorizing = (api: ApiPromise, hash: Hex): Call =>
	api.tx.council.dispatchRoot(api.tx.system.authorizeUpgrade(hash));

/** The call that uploads a code. Anybody may send it, without a signature. */
export const uploading = (api: ApiPromise, code: Buffer): Call =>
	api.tx.system.applyAuthorizedUpgrade(`0x${code.toString('hex')}`);

/**
 * What the SDK logs when a code is applied: that weighs a whole block, to leave no room for anything
 * else that the old runtime would execute, and the call declares less.
 */
const WHOLE_BLOCK = /ERROR .* Post dispatch weight is greater than pre dispatch weight\./;

/**
 * Uploads a code that is authorized, and returns a connection to the runtime one version later, once
 * that is final. The old one is closed: polkadot.js fetches the new metadata by itself, but reads the
 * blocks before the upgrade with it too, and has lost the runtime API.
 */
export async function upgrade(
	node: JnsNode,
	api: ApiPromise,
	code: Buffer,
): Promise<ApiPromise> {
	const before = api.runtimeVersion.specVersion.toNumber();
	const head = (await api.rpc.chain.getFinalizedHead()).toHex();
	assert.equal(await specVersion(api, head), before);
	// Not followed, since the events of its block are among what polkadot.js would misread.
	await uploading(api, code).send();
	const upgraded = async ({ hash }: Header) =>
		(await specVersion(api, hash.toHex())) === before + 1;
	const { hash, number } = await finalizedHeadWith(api, 'the upgrade is final', upgraded);
	// The first block of the new runtime is the one behind that which has its code.
	await finalizedHead(api, number.toNumber() + 1);
	node.takeExpectedFaults(WHOLE_BLOCK);

	const renewed = await reconnect(node);
	assert.equal(await specVersion(renewed, hash.toHex()), before + 1);
	const last = (await renewed.query.system.lastRuntimeUpgrade()).toJSON();
	assert.equal((last as { specVersion: number }).specVersion, before + 1);
	return renewed;
}

/** The version of the runtime whose code is in the state of that block. */
export async function specVersion(api: ApiPromise, block: Hex): Promise<number> {
	return (await api.rpc.state.getRuntimeVersion(block)).specVersion.toNumber();
}
