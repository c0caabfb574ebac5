// A network of validators of the chain `local`, or of one like it.

import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import { JnsNode } from './node.ts';

/** The validators of the chain `local`, as the command line calls them. */
export const VALIDATORS = ['alice', 'bob', 'charlie', 'dave'];

export interface Member {
	node: JnsNode;
	api: ApiPromise;
}

/** Starts a node of a chain that knows the address of another one. */
export async function join(
	spec: string,
	name: string,
	args: string[],
	bootnode?: string,
	basePath?: string,
	env?: Record<string, string>,
): Promise<Member> {
	const key = '--unsafe-force-node-key-generation';
	const others = bootnode ? ['--bootnodes', bootnode] : [];
	const all = ['--chain', spec, key, ...args, ...others];
	const node = await JnsNode.start(name, all, basePath, env);
	return { node, api: await chain.connect(node) };
}

/** Where others reach a node. */
export async function address({ api }: Member): Promise<string> {
	const [address] = await api.rpc.system.localListenAddresses();
	return String(address);
}

/** Starts these validators, the first of which the others know. */
export async function validators(
	spec: string,
	names = VALIDATORS,
	args: string[] = [],
	basePath: (name: string) => string | undefined = () => undefined,
): Promise<[Member, ...Member[]]> {
	const start = (name: string, bootnode?: string) =>
		join(spec, name, [`--${name}`, ...args], bootnode, basePath(name));
	const first = await start(names[0]!);
	const bootnode = await address(first);
	const others = await Promise.all(names.slice(1).map((name) => start(name, bootnode)));
	return [first, ...others];
}

/** Waits until a node has so many peers. */
export async function hasPeers({ api, node }: Member, count: number): Promise<void> {
	const what = `${node.name} has ${count} peers`;
	await chain.bestHead(api, 'peers', what, async () => {
		const { peers } = await api.rpc.system.health();
		return peers.toNumber() >= count;
	});
}
