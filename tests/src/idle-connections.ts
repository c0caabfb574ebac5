// By hand: opens many connections to a name server, half of which say nothing and half of which send a
// request a byte a second, and tells what that costs the node and whether others are still answered. They
// come from one loopback address or from several, and who asks besides has one of its own.
// `npm run --silent idle-connections HOST:PORT PID [COUNT [ADDRESSES]]`; see docs/benchmarks/name-server.md.

import { readdirSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const [address, pid, count = '10000', addresses = '1'] = process.argv.slice(2) as [
	string,
	string,
	string?,
	string?,
];
const [host, port] = address.split(':') as [string, string];
const REQUEST = 'GET /name/nobody-at-all HTTP/1.1\r\nHost: slow\r\n\r\n';
const SECONDS = 60;
/** Milliseconds until another client gives up. */
const PATIENCE = 9_000;

const cost = () => {
	const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1];
	const files = readdirSync(`/proc/${pid}/fd`).length;
	return `${Math.round(Number(memory) / 1024)} MiB, ${files} file descriptors`;
};
const answered = async () => {
	const begun = performance.now();
	const outcome = await new Promise<string>((resolve) => {
		const options = { localAddress: '127.0.0.1', agent: false, timeout: PATIENCE };
		const request = get(`http://${address}/health`, options, ({ statusCode }) =>
			resolve(String(statusCode)),
		);
		request.once('timeout', () => request.destroy());
		request.once('error', () => resolve('none'));
	});
	return `${outcome} after ${Math.round(performance.now() - begun)} ms`;
};

console.log(`before: ${cost()}; an answer: ${await answered()}`);
let [open, closed] = [0, 0];
const sockets: Socket[] = Array.from({ length: Number(count) }, (_, at) => {
	const localAddress = `127.0.1.${1 + (at % Number(addresses))}`;
	const socket = connect({ port: Number(port), host, localAddress });
	socket.on('connect', () => (open += 1));
	socket.on('close', () => (closed += 1));
	socket.on('error', () => undefined);
	socket.resume();
	return socket;
});
for (let second = 0; second < SECONDS; second += 1) {
	for (const [at, socket] of sockets.entries()) {
		if (at % 2 === 0 && socket.writable) {
			socket.write(REQUEST.charAt(second % REQUEST.length));
		}
	}
	if (second % 10 === 5) {
		const asked = answered();
		console.log(`second ${second}: ${open} opened, ${closed} closed by the server; ${cost()}`);
		console.log(`  an answer to another client: ${await asked}`);
	}
	await pause(1_000);
}
sockets.forEach((socket) => socket.destroy());
await pause(2_000);
console.log(`after: ${cost()}; an answer: ${await answered()}`);
