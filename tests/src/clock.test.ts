// Machines whose clocks are wrong.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, describe, test } from 'node:test';
import type { Header } from '@polkadot/types/interfaces';
import * as chain from './chain.ts';
import { clock } from './clock.ts';
import { address, join, type Member } from './network.ts';
import { BINARY, JnsNode, stopAll, temporaryDirectory } from './node.ts';

/** Seconds by which a clock is wrong, many slots. */
const WRONG = 40;
/** The same where a restart has to fit in between. */
const FAST = 90;

/** A block's slot: behind the kind of claim, one byte, and the author's index, four. */
function slotOf({ digest }: Header): bigint {
	const log = digest.logs.find((log) => log.isPreRuntime)!;
	return Buffer.from(log.asPreRuntime[1].toU8a(true)).readBigUInt64LE(5);
}

describe('a clock that is wrong', () => {
	after(stopAll);

	test('makes a validator sign no slot twice when it is set back', async () => {
		const basePath = temporaryDirectory();
		const fast = await JnsNode.start('fast', ['--dev'], basePath, clock(FAST));
		const signed = slotOf(await chain.finalizedHead(await chain.connect(fast), 3));
		await fast.stop();
		// The others had refused its blocks: none of them is on the chain to which it comes back.
		execFileSync(BINARY, ['purge-chain', '--dev', '--base-path', basePath, '-y']);

		const right = await JnsNode.start('right', ['--dev'], basePath);
		await right.logged(/(Authoring is refused)/);
		const first = await chain.finalizedHead(await chain.connect(right), 1);
		assert.ok(slotOf(first) > signed, `${slotOf(first)} is later than ${signed}`);
		right.takeExpectedFaults(/Authoring is refused: this key has signed slot \d+ already/);
		const refused = await right.metrics('jns_authoring_refused_total');
		assert.ok([...refused.values()].every((count) => count > 0), 'it is counted');
	});

	test('is named in the log', async () => {
		const node = await JnsNode.start('right', ['--dev']);
		const right: Member = { node, api: await chain.connect(node) };
		const bootnode = await address(right);
		const watch = async (name: string, seconds: number) => {
			const start = () => join('dev', name, [], bootnode, undefined, clock(seconds));
			const { node } = await start();
			await node.logged(new RegExp(`Check this machine's clock: .* seems to be (${name})`));
		};
		await Promise.all([watch('slow', -WRONG), watch('fast', WRONG)]);
	});
});
