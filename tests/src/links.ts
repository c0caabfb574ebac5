// Prints the tour for the README.

import { connect } from './chain.ts';
import { JnsNode, stopAll } from './node.ts';
import { link, steps } from './tour.ts';

const api = await connect(await JnsNode.start('alice', ['--dev']));
for (const [at, { title, signer, call }] of (await steps(api)).entries()) {
	console.log(`${at + 1}. [${title}](${link(call)}); signed by ${signer}.`);
}
await stopAll();
