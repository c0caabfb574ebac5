// Prints the hash of a runtime's code and a link that proposes to upgrade to it:
// `npm run --silent upgrade-links -- FILE`.

import { readFileSync } from 'node:fs';
import { connect } from './chain.ts';
import { link } from './guide.ts';
import { JnsNode, stopAll } from './node.ts';
import { codeHash, proposingUpgrade } from './upgrade.ts';

const [file] = process.argv.slice(2);
if (!file) {
	throw new Error('which file? npm run --silent upgrade-links -- FILE');
}
const api = await connect(await JnsNode.start('alice', ['--dev']));
const hash = codeHash(api, readFileSync(file));
console.log(hash);
console.log(link(proposingUpgrade(api, hash)));
await stopAll();
