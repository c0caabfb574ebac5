// The name server as Jami clients speak to it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Registration } from './fixtures.ts';
import type { JnsNode } from './node.ts';
import { within } from './wait.ts';

/** With these a node serves clients at a free port, and one address may ask as often as it likes. */
export const SERVING = [
	['--name-server', '127.0.0.1:0'],
	['--name-server-lookups-per-minute', '1000000'],
	['--name-server-registrations-per-minute', '1000000'],
	['--name-server-connections-per-address', '4000'],
	['--name-server-budget-per-minute', '1000000'],
	['--name-server-budget-per-day', '1000000'],
].flat();

export interface Reply {
	status: number;
	body: Record<string, unknown>;
	retryAfter: string | null;
}

/** A body that the daemon posted, to the byte. */
export interface Posted {
	name: string;
	addr: string;
	body: string;
}

const file = new URL('../../primitives/fixtures/registrations.json', import.meta.url);

/** What the real daemon posted; names that stand twice are there once. */
export const genuinePosts: Posted[] = (
	JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>[]
)
	.filter(({ name }, at, all) => all.findIndex((other) => other.name === name) === at)
	.map(({ name, addr, owner, signature, publickey }) => ({
		name: name!,
		addr: addr!,
		body: JSON.stringify({ addr, owner, signature, publickey }),
	}));

const base64 = (hexadecimal: string) =>
	Buffer.from(hexadecimal.slice(2), 'hex').toString('base64');

/** What a client posts for a registration: the key as PEM, with a byte of zero behind it. */
export function posting({ name, id, key, signature }: Registration): Posted {
	const lines = base64(key).match(/.{1,64}/g)!;
	const pem = ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', '\0'];
	const body = JSON.stringify({
		addr: id.slice(2),
		owner: '02224ddd807b75d81e5ce1bb2835325258f92c01',
		signature: base64(signature),
		publickey: Buffer.from(pem.join('\n')).toString('base64'),
	});
	return { name, addr: id.slice(2), body };
}

/** Asks a name server, as the daemon does. */
async function ask(url: string, method: string, path: string, body?: string): Promise<Reply> {
	const headers = { accept: '*/*', 'content-type': 'application/json', connection: 'close' };
	const reply = await fetch(`${url}${path}`, { method, headers, ...(body && { body }) });
	return {
		status: reply.status,
		body: (await reply.json()) as Record<string, unknown>,
		retryAfter: reply.headers.get('retry-after'),
	};
}

/** The name server of a node. */
export class NameServer {
	private constructor(
		readonly url: string,
		private readonly node: JnsNode,
	) {}

	static async of(node: JnsNode): Promise<NameServer> {
		return new NameServer(await node.logged(/Name server url=(http:\S+)/), node);
	}

	get(path: string): Promise<Reply> {
		return ask(this.url, 'GET', path);
	}

	/** Posts, and waits for as long as the server does. */
	post({ name, body }: Posted): Promise<Reply> {
		const reply = ask(this.url, 'POST', `/name/${name}`, body);
		return within('finality', `the registration of ${name}`, reply);
	}

	/** Until it answers look-ups. */
	async ready(): Promise<void> {
		await this.node.logged(/Name server (answers=true)/);
	}

	/** Fails unless the name is the ID's, both ways. */
	async assertName({ name, addr }: Posted): Promise<void> {
		const found = await this.get(`/name/${name}`);
		assert.equal(found.status, 200, `${name} is found`);
		assert.equal(found.body.name, name);
		assert.equal(found.body.addr, `0x${addr}`);
		const reverse = await this.get(`/addr/${addr}`);
		assert.deepEqual([reverse.status, reverse.body], [200, { name }]);
	}
}

export const SUCCESS = { success: true };

/** Fails unless a registration was acknowledged. */
export function assertRegistered({ status, body }: Reply): void {
	assert.deepEqual([status, body], [200, SUCCESS]);
}

/** Fails unless a request is to be made again later. */
export function assertLater({ status, retryAfter, body }: Reply): void {
	assert.equal(status, 503, JSON.stringify(body));
	assert.match(retryAfter ?? '', /^\d+$/);
}
