// The proposals of a guide, one after the other. Each knows its number: the chain counts them.

import type { ApiPromise } from '@polkadot/api';
import type { Call, Finalized } from './chain.ts';
import type { Step } from './guide.ts';

/** How long a proposal of a guide is open, in blocks: an hour, for whoever reads on meanwhile. */
export const LIFETIME = 1_200;

type Claim = (done: Finalized) => Promise<void>;

export class Agenda {
	/** Number of the last proposal. */
	index = -1;

	constructor(readonly api: ApiPromise) {}

	/** Alice proposes a call. */
	proposal(what: string, call: Call, claim?: Claim, lifetime = LIFETIME): Step {
		this.index += 1;
		return {
			title: `Alice proposes ${what}`,
			signer: 'Alice',
			call: this.api.tx.council.propose(call, lifetime),
			...(claim && { claim }),
		};
	}

	/** Alice proposes something that hangs on a file. */
	unlinkedProposal(what: string, propose: () => Call): Step {
		this.index += 1;
		return {
			title: `Alice proposes ${what}`,
			signer: 'Alice',
			get call() {
				return propose();
			},
			unlinked: true,
		};
	}

	/** A vote on the last proposal. */
	vote(signer: string, aye: boolean, what: string, claim: Claim): Step {
		const call = this.api.tx.council.vote(this.index, aye);
		return { title: `${signer} ${what}`, signer, call, claim };
	}

	/** Alice proposes a call and votes for it. */
	passing(what: string, call: Call, result: string, claim: Claim): Step[] {
		const proposal = this.proposal(what, call);
		return [proposal, this.vote('Alice', true, `votes for it: ${result}`, claim)];
	}
}
