// A validator that is killed right after it acknowledged a registration: nothing acknowledged is lost,
// and what was under way is found by the same request.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ALL } from './extent.ts';
import { identities } from './identities.ts';
import { assertRegistered, NameServer, type Posted, posting, SERVING } from './name-server.ts';
import { assertNoFaults, JnsNode, stopAll, temporaryDirectory } from './node.ts';

/** Chains that are killed at a time, and how often each: fifty kills in all tests, ten in the usual. */
const CHAINS = 5;
const KILLS = ALL ? 10 : 2;
/** Registrations between two kills: some are acknowledged, others under way. */
const LOAD = 8;
/** A block's time, so that they are spread over some blocks. */
const SPREAD = 3_000;

/** Five nodes that start at once keep two cores busy for longer than a block should be old. */
const PATIENT = [...SERVING, '--name-server-max-lag', '600'];

/** Calls `work` every so many milliseconds, until it is told to stop. */
function every(milliseconds: number, work: () => void): () => void {
	const timer = setInterval(work, milliseconds);
	work();
	return () => clearInterval(timer);
}

/** Kills one chain's only validator again and again. Returns how many names it acknowledged. */
async function life(chain: number, posts: Posted[]): Promise<number> {
	const basePath = temporaryDirectory();
	const acknowledged: Posted[] = [];
	let open: Posted[] = [];
	for (let kill = 0; kill <= KILLS; kill += 1) {
		const node = await JnsNode.start(`chain ${chain}, ${kill}`, ['--dev', ...PATIENT], basePath);
		const server = await NameServer.of(node);
		await server.ready();
		for (const post of acknowledged) {
			await server.assertName(post);
		}
		// What was under way when it was killed: the same request finds the outcome.
		(await Promise.all(open.map((post) => server.post(post)))).forEach(assertRegistered);
		acknowledged.push(...open);
		open = [];
		if (kill === KILLS) {
			await node.stop();
			break;
		}

		const load = posts.slice(kill * LOAD, (kill + 1) * LOAD);
		open = [...load];
		const waiting = [...load];
		await new Promise<void>((resolve, reject) => {
			const stop = every(SPREAD / 2, () => {
				const post = waiting.shift();
				if (!post) {
					return stop();
				}
				const answered = server.post(post).then((reply) => {
					assertRegistered(reply);
					open.splice(open.indexOf(post), 1);
					acknowledged.push(post);
					// Right after the answer.
					node.kill();
					stop();
					resolve();
				});
				// Those that a kill cuts off.
				answered.catch((error) => (open.length === load.length ? reject(error) : undefined));
			});
		});
		assert.deepEqual(await node.exit, { code: null, signal: 'SIGKILL' });
		assertNoFaults();
		// Those that were never sent are none of the next life's.
		open = open.filter((post) => !waiting.includes(post));
	}
	return acknowledged.length;
}

describe('a validator that is killed', () => {
	after(stopAll);

	test(`loses no acknowledged name, ${CHAINS * KILLS} times`, async () => {
		const posts = identities(CHAINS * KILLS * LOAD).map(posting);
		const share = (chain: number) =>
			posts.slice(chain * KILLS * LOAD, (chain + 1) * KILLS * LOAD);
		const lives = Array.from({ length: CHAINS }, (_, chain) => life(chain, share(chain)));
		const counts = await Promise.all(lives);
		assert.ok(
			counts.every((count) => count >= KILLS),
			`each kill came after an answer: ${counts}`,
		);
	});
});
