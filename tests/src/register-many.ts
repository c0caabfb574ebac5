// By hand: posts registrations to a name server, so many a second, and tells how many were acknowledged
// and how long that took. `npm run --silent register-many HOST:PORT [COUNT [RATE]]`; see
// docs/benchmarks/name-server.md.

import { setTimeout as pause } from 'node:timers/promises';
import { identities } from './identities.ts';
import { posting } from './name-server.ts';

const [address, count = '1000', rate = '50'] = process.argv.slice(2) as [string, string?, string?];
const posts = identities(Number(count)).map(posting);

const outcomes = new Map<number, number>();
const seconds: number[] = [];
const post = async ({ name, body }: (typeof posts)[number]) => {
	const begun = performance.now();
	const reply = await fetch(`http://${address}/name/${name}`, { method: 'POST', body });
	await reply.text();
	outcomes.set(reply.status, (outcomes.get(reply.status) ?? 0) + 1);
	seconds.push((performance.now() - begun) / 1_000);
};

const begun = performance.now();
const posted: Promise<void>[] = [];
for (const [at, one] of posts.entries()) {
	const due = begun + (at * 1_000) / Number(rate);
	await pause(Math.max(0, due - performance.now()));
	posted.push(post(one));
}
await Promise.all(posted);
seconds.sort((a, b) => a - b);
const quantile = (q: number) => seconds[Math.ceil(q * seconds.length) - 1]!.toFixed(1);
const told = [...outcomes].map(([status, times]) => `${status} ${times} times`).join(', ');
const whole = ((performance.now() - begun) / 1_000).toFixed(1);
console.log(`registrations: ${told}, in ${whole} s; p50 ${quantile(0.5)} s, p99 ${quantile(0.99)} s`);
