// The proposals of a guide, one after the other. Each knows its number: the chain counts them.

import type { ApiPromise } from '@polkadot/api';
import type { Call, Finalized } from './chain.ts';
import { callHash } from './council.ts';
import type { Step } from './guide.ts';

/** How long a proposal of a guide is open, in blocks: an hour, for whoever reads on meanwhile. */
export const LIFETIME = 1_200;

type Claim = (done: Finalized) => Promise<void>;

export class Agenda {
	/** Number of the last proposal. */
	index = -1;
	/** The call of the last proposal; one that hangs on a file is not known yet. */
	private proposed: () => Call = () => {
		throw new Error('nothing is proposed');
	};
	private unlinked = false;

	constructor(readonly api: ApiPromise) {}

	/** Alice proposes a call. */
	proposal(what: string, call: Call, claim?: Claim, lifetime = LIFETIME): Step {
		this.index += 1;
		this.proposed = () => call;
		this.unlinked = false;
		return {
			title: `Alice proposes ${what}`,
			signer: 'Alice',
			call: this.api.tx.council.propose(call, lifetime),
			...(claim && { claim }),
		};
	}

	/** Alice proposes something that hangs on a file. */
	unlinkedProposal(what: string, proposed: () => Call): Step {
		this.index += 1;
		this.proposed = proposed;
		this.unlinked = true;
		const { api } = this;
		return {
			title: `Alice proposes ${what}`,
			signer: 'Alice',
			get call() {
				return api.tx.council.propose(proposed(), LIFETIME);
			},
			unlinked: true,
		};
	}

	/** A vote on the last proposal. */
	vote(signer: string, aye: boolean, what: string, claim: Claim): Step {
		const { api, index, proposed } = this;
		const voting = () => api.tx.council.vote(index, callHash(api, proposed()), aye);
		const step = { title: `${signer} ${what}`, signer, claim };
		if (!this.unlinked) {
			return { ...step, call: voting() };
		}
		return {
			...step,
			get call() {
				return voting();
			},
			unlinked: true,
		};
	}

	/** Rejects what somebody proposed besides, proposes another call, and votes for that. */
	answering(rejected: Call, call: Call): Call {
		const { council, utility } = this.api.tx;
		this.index += 2;
		return utility.batchAll([
			council.vote(this.index - 1, callHash(this.api, rejected), false),
			council.propose(call, LIFETIME),
			council.vote(this.index, callHash(this.api, call), true),
		]);
	}

	/** Alice proposes a call and votes for it. */
	passing(what: string, call: Call, result: string, claim: Claim): Step[] {
		const proposal = this.proposal(what, call);
		return [proposal, this.vote('Alice', true, `votes for it: ${result}`, claim)];
	}
}
