// Real node processes, on free loopback ports and with temporary base paths. None outlives the
// process that started it.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { within } from './wait.ts';

/** Where cargo puts what it builds. */
export const RELEASE = join(
	process.env.CARGO_TARGET_DIR ?? join(homedir(), '.cache', 'jns', 'target'),
	'release',
);

/** The node, which is every tool besides. */
export const BINARY = process.env.JNS_NODE ?? join(RELEASE, 'jns-node');

const ARGS = [
	// The system chooses a free port, and the log tells which.
	['--rpc-port', '0'],
	['--prometheus-port', '0'],
	['--no-mdns', '--no-telemetry'],
	// Without details a line does not show its level.
	['--detailed-log-output', '--disable-log-color'],
].flat();

const SERVES = /Running JSON-RPC server: addr=(127\.0\.0\.1:\d+)/;
const FAULT = /^\S+ \S+ ERROR |panicked at /;
/** What the SDK's tasks say at an end that was asked for, in whatever order their channels close. */
const FAREWELL = new RegExp(
	[
		'Essential task `[a-z-]+` failed\\. Shutting down service',
		'Terminating `SyncingEngine` because `NotificationService` has terminated',
		'GRANDPA voter error: network error: Gossip engine future finished',
	].join('|'),
);

/** How many log lines of each node a failed run prints. */
const TAIL = 30;

export interface Exit {
	code: number | null;
	signal: NodeJS.Signals | null;
}

const nodes: JnsNode[] = [];
const directories: string[] = [];

process.once('exit', (code) => {
	for (const node of nodes) {
		node.kill();
		if (code !== 0) {
			console.error(`--- the last lines of ${node.name}`);
			console.error(node.log.slice(-TAIL).join('\n'));
		}
	}
	for (const directory of directories) {
		rmSync(directory, { recursive: true, force: true });
	}
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => process.exit(1));
}

/** A base path that is deleted when this process ends. */
export function temporaryDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), 'jns-test-'));
	directories.push(directory);
	return directory;
}

/** A loopback port that was free a moment ago. */
async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}

export class JnsNode {
	readonly log: string[] = [];
	/** Close the connections to the node. */
	readonly closers: (() => Promise<void>)[] = [];
	readonly exit: Promise<Exit>;
	private readonly followers = new Set<(line: string) => void>();
	private readonly process: ChildProcess;
	private address = '';
	private running = true;
	private ending = false;
	private faults: string[] = [];

	private constructor(
		readonly name: string,
		args: string[],
		env: Record<string, string>,
	) {
		const stdio: ['ignore', 'ignore', 'pipe'] = ['ignore', 'ignore', 'pipe'];
		this.process = spawn(BINARY, [...args, ...ARGS], {
			stdio,
			env: { ...process.env, ...env },
		});
		this.exit = new Promise((resolve, reject) => {
			this.process.once('error', reject);
			this.process.once('close', (code, signal) => {
				this.running = false;
				resolve({ code, signal });
			});
		});
	}

	/** Starts a node and waits until it serves RPC. */
	static async start(
		name: string,
		args: string[],
		basePath = temporaryDirectory(),
		env: Record<string, string> = {},
	): Promise<JnsNode> {
		// Fixed, since a validator that does not tell its own address logs an error.
		const address = `/ip4/127.0.0.1/tcp/${await freePort()}`;
		const network = ['--listen-addr', address, '--public-addr', address];
		const node = new JnsNode(name, [...args, ...network, '--base-path', basePath], env);
		nodes.push(node);
		const serves = new Promise<string>((resolve) => {
			createInterface(node.process.stderr!).on('line', (line) => {
				node.log.push(line);
				for (const follow of node.followers) {
					follow(line);
				}
				if (FAULT.test(line) && !(node.ending && FAREWELL.test(line))) {
					node.faults.push(line);
				}
				const found = SERVES.exec(line);
				if (found?.[1]) {
					resolve(found[1]);
				}
			});
		});
		const ended = node.exit.then(({ code, signal }) => {
			throw new Error(`${name} ended before it served RPC: code ${code}, signal ${signal}`);
		});
		node.address = await within('start', `${name} serves RPC`, Promise.race([serves, ended]));
		return node;
	}

	/** The first group of the first log line that looks like this, which may be there already. */
	async logged(pattern: RegExp): Promise<string> {
		let follow: ((line: string) => void) | undefined;
		const found = new Promise<string>((resolve) => {
			follow = (line) => {
				const match = pattern.exec(line);
				if (match) {
					resolve(match[1]!);
				}
			};
			this.log.forEach(follow);
			this.followers.add(follow);
		});
		try {
			return await within('start', `${this.name} logs ${pattern}`, found);
		} finally {
			this.followers.delete(follow!);
		}
	}

	/** The metrics whose names begin so, as Prometheus reads them: by name and labels. */
	async metrics(prefix: string): Promise<Map<string, number>> {
		const address = await this.logged(/Prometheus exporter started at (\S+)/);
		const text = await (await fetch(`http://${address}/metrics`)).text();
		const lines = text.split('\n').filter((line) => line.startsWith(prefix));
		return new Map(
			lines.map((line) => {
				const at = line.lastIndexOf(' ');
				return [line.slice(prefix.length, at), Number(line.slice(at + 1))];
			}),
		);
	}

	/** What the node answers to an RPC that polkadot.js does not know. */
	async rpc<T>(method: string, ...params: unknown[]): Promise<T> {
		const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
		const headers = { 'content-type': 'application/json' };
		const url = `http://${this.address}`;
		const reply = await (await fetch(url, { method: 'POST', headers, body })).json();
		const { result, error } = reply as { result?: T; error?: unknown };
		assert.equal(error, undefined, `${method}: ${JSON.stringify(error)}`);
		return result!;
	}

	get url(): string {
		return `ws://${this.address}`;
	}

	/** Signals the node and waits for its end. */
	async end(signal: NodeJS.Signals): Promise<Exit> {
		this.ending = true;
		this.process.kill(signal);
		return within('stop', `${this.name} ends on ${signal}`, this.exit);
	}

	/** Closes the connections to the node. */
	async disconnect(): Promise<void> {
		await Promise.all(this.closers.splice(0).map((close) => close()));
	}

	/** Closes the connections to the node and ends it, cleanly. */
	async stop(): Promise<void> {
		await this.disconnect();
		if (this.running) {
			assert.deepEqual(await this.end('SIGTERM'), { code: 0, signal: null }, this.name);
		}
	}

	/** Takes the process no more time, as a machine that sleeps does. */
	suspend(): void {
		this.process.kill('SIGSTOP');
	}

	/** Lets it go on. */
	resume(): void {
		this.process.kill('SIGCONT');
	}

	kill(): void {
		if (this.running) {
			this.process.kill('SIGKILL');
		}
	}

	/** The errors and panics in the log since the last call. */
	takeFaults(): string[] {
		return this.faults.splice(0);
	}

	/** Takes them, of which there must be some, and all of one of these kinds. */
	takeExpectedFaults(...kinds: RegExp[]): void {
		const faults = this.takeFaults();
		const others = faults.filter((line) => !kinds.some((kind) => kind.test(line)));
		assert.deepEqual(others, [], `${this.name} logged other errors than ${kinds}`);
		assert.notEqual(faults.length, 0, `${this.name} logged no error, but ${kinds} is expected`);
	}
}

/** Fails if a node logged an error or a panic since the last call. */
export function assertNoFaults(): void {
	const faults = nodes.flatMap((node) =>
		node.takeFaults().map((line) => `${node.name}: ${line}`),
	);
	assert.deepEqual(faults, [], 'a node logged an error');
}

/** Stops every node that still runs. */
export async function stopAll(): Promise<void> {
	await Promise.all(nodes.map((node) => node.stop()));
	assertNoFaults();
}
