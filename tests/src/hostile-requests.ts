// By hand: sends a name server requests that are too long or make no sense, and tells what is answered
// and what that costs the node. `npm run --silent hostile-requests HOST:PORT PID [COUNT]`; see
// docs/benchmarks/name-server.md.

import { readdirSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const [address, pid, count = '1000'] = process.argv.slice(2) as [string, string, string?];
const [host, port] = address.split(':') as [string, string];
/** Requests at a time. */
const AT_A_TIME = 100;
/** What is sent again and again, until the server has had enough of it or this many bytes are sent. */
const MOST = 16 * 1024 * 1024;
const POST = 'POST /name/alice HTTP/1.1\r\nHost: a\r\n';
const chunk = 'x'.repeat(64 * 1024);

/** A beginning, and what follows it without an end. */
const KINDS: Record<string, [() => string | Buffer, string]> = {
	'a request line without an end': [() => 'GET /', chunk],
	'headers without an end': [() => 'GET / HTTP/1.1\r\n', `X-A: ${'y'.repeat(1_000)}\r\n`.repeat(60)],
	'a body of a gigabyte': [() => `${POST}Content-Length: 1073741824\r\n\r\n`, chunk],
	'chunks without an end': [
		() => `${POST}Transfer-Encoding: chunked\r\n\r\n`,
		`10000\r\n${chunk}\r\n`,
	],
	'JSON that is nested deeply': [
		() => `${POST}Content-Length: 16000\r\n\r\n${'['.repeat(16_000)}`,
		'',
	],
	'no HTTP at all': [() => randomBytes(4_096), ''],
};

let [memory, files] = [0, 0];
const openFiles = () => readdirSync(`/proc/${pid}/fd`).length;
const measure = () => {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	memory = Math.max(memory, Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024);
	files = Math.max(files, openFiles());
};
const cost = () => `at most ${Math.round(memory)} MiB, ${files} file descriptors`;

/** The status that is answered, or that the connection was closed; and how much was sent. */
function send(begin: string | Buffer, rest: string): Promise<[string, number]> {
	return new Promise((resolve) => {
		let answer = '';
		const socket = connect(Number(port), host);
		const more = () => {
			while (rest && socket.writable && socket.bytesWritten < MOST) {
				if (!socket.write(rest)) {
					return;
				}
			}
		};
		socket.on('connect', () => {
			socket.write(begin);
			more();
		});
		socket.on('drain', more);
		socket.on('data', (data) => {
			answer += data.toString('latin1');
		});
		socket.on('error', () => undefined);
		socket.on('close', () => {
			const status = /^HTTP\/1\.[01] (\d+)/.exec(answer)?.[1] ?? 'closed';
			resolve([status, socket.bytesWritten]);
		});
		// A kept connection would stay open.
		socket.on('data', () => socket.end());
	});
}

measure();
console.log(`before: ${cost()}`);
const timer = setInterval(measure, 50);
for (const [kind, [begin, rest]] of Object.entries(KINDS)) {
	const [outcomes, begun] = [new Map<string, number>(), performance.now()];
	let [left, most] = [Number(count), 0];
	const client = async () => {
		while (left > 0) {
			left -= 1;
			const [outcome, sent] = await send(begin(), rest);
			outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
			most = Math.max(most, sent);
		}
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, client));
	const told = [...outcomes].map(([outcome, times]) => `${outcome} ${times} times`).join(', ');
	const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
	console.log(`${kind}: ${told}, after ${most} bytes at most, in ${seconds} s; ${cost()}`);
}

// Requests without a limit whose answers nobody reads, until the server has closed its ends.
const [before, begun] = [openFiles(), performance.now()];
const unread = Array.from({ length: AT_A_TIME }, () => {
	const socket = connect(Number(port), host);
	socket.on('error', () => undefined);
	socket.write('GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(10_000));
	return socket;
});
const seconds = () => (performance.now() - begun) / 1_000;
while (seconds() < 1 || openFiles() > before) {
	await new Promise((resolve) => setTimeout(resolve, 50));
}
console.log(`answers that nobody reads: closed after ${seconds().toFixed(1)} s; ${cost()}`);
unread.forEach((socket) => socket.destroy());
clearInterval(timer);
const reply = await fetch(`http://${address}/health`);
measure();
console.log(`after: ${cost()}; an answer: ${reply.status}`);
