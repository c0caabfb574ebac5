// By hand: fills blocks with transfers on a node that authors, and tells how long the fullest took to
// make there and to arrive at a second node. `npm run full-block [transfers]`, on a quiet machine.

import type { ApiPromise } from '@polkadot/api';
import * as chain from './chain.ts';
import { JnsNode, stopAll } from './node.ts';

const TRANSFERS = Number(process.argv[2] ?? 6000);
/** Few enough that no account has more in the pool than it takes. */
const SENDERS = 60;

const author = await JnsNode.start('author', ['--dev', '--pool-limit', '20000']);
const api: ApiPromise = await chain.connect(author);
const [address] = await api.rpc.system.localListenAddresses();
const second = await JnsNode.start('second', ['--chain', 'dev', '--bootnodes', String(address)]);

const senders = await chain.freshAccounts(api, SENDERS);
const signing = senders.flatMap((sender, n) =>
	Array.from({ length: Math.ceil(TRANSFERS / SENDERS) }, (_, nonce) => {
		const to = senders[(n + 1) % SENDERS]!.address;
		return api.tx.balances.transferKeepAlive(to, 1).signAsync(sender, { nonce, era: 0 });
	}),
);
const calls = await Promise.all(signing);
await Promise.all(calls.map((call) => api.rpc.author.submitExtrinsic(call)));
const start = (await api.rpc.chain.getHeader()).number.toNumber();
await chain.finalizedHead(api, start + 8);

/** Milliseconds since the epoch of the log line that matches. */
function logged(node: JnsNode, pattern: RegExp): { time: number; found: RegExpExecArray } | null {
	for (const line of node.log) {
		const found = pattern.exec(line);
		if (found) {
			return { time: Date.parse(`${line.slice(0, 23).replace(' ', 'T')}Z`), found };
		}
	}
	return null;
}

for (let height = start; height <= start + 8; height++) {
	const hash = await api.rpc.chain.getBlockHash(height);
	const { block } = await api.rpc.chain.getBlock(hash);
	const { normal } = await (await api.at(hash)).query.system.blockWeight<any>();
	const made = logged(author, new RegExp(`Prepared block for proposing at ${height} \\((\\d+) ms\\)`));
	const sealed = logged(author, new RegExp(`Pre-sealed block for proposal at ${height}\\.`));
	const imported = logged(second, new RegExp(`Imported #${height} `));
	console.log(
		[
			`#${height}`,
			`${block.extrinsics.length} extrinsics`,
			`${block.encodedLength} bytes`,
			`weight ${(Number(normal.refTime) / 1e9).toFixed(0)} ms`,
			`made in ${made?.found[1]} ms`,
			`imported by the second node ${imported && sealed && imported.time - sealed.time} ms after it was sealed`,
		].join(', '),
	);
}
await stopAll();
