// Where names lie in the eternal storage; see `primitives/src/layout.rs`.

import type { ApiPromise } from '@polkadot/api';
import type { Hex } from './fixtures.ts';

/** The store for names, which the development chain begins with. */
export const STORE = 0;

const hash = (api: ApiPromise, ...parts: (string | Uint8Array)[]): Uint8Array =>
	api.registry.hash(Buffer.concat(parts.map((part) => Buffer.from(part)))).toU8a();
const hex = (key: Uint8Array): Hex => `0x${Buffer.from(key).toString('hex')}`;

const record = (api: ApiPromise, name: string) => hash(api, 'jns/record/', name);

export const recordKey = (api: ApiPromise, name: string): Hex => hex(record(api, name));

/** Where it is marked that an ID registered a name. */
export const markKey = (api: ApiPromise, name: string, id: Hex): Hex =>
	hex(hash(api, 'jns/mark/', record(api, name), Buffer.from(id.slice(2), 'hex')));
