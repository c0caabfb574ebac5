//! Claims about stakes, votes, execution and stores.

mod delegate;
mod deposits;
mod model;
mod notice;
mod proposals;
mod stores;
mod weights;

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, assert_storage_noop};

pub(crate) fn propose_by(who: u64, call: RuntimeCall) -> ProposalIndex {
	assert_ok!(Council::propose(signed(who), Box::new(call), 10));
	OpenProposal::<Test>::get().unwrap().index
}

pub(crate) fn propose(call: RuntimeCall) -> ProposalIndex {
	propose_by(ALICE, call)
}

/// Votes on the call that is open.
pub(crate) fn vote(who: u64, index: ProposalIndex, aye: bool) -> DispatchResultWithPostInfo {
	let call_hash = OpenProposal::<Test>::get().map(|open| open.call_hash).unwrap_or_default();
	Council::vote(signed(who), index, call_hash, aye)
}

pub(crate) fn stake(who: u64) -> Stake {
	MemberOf::<Test>::get(who).unwrap_or_default().stake
}

pub(crate) fn tally() -> (Stake, Stake) {
	let tally = OpenProposal::<Test>::get().unwrap().tally;
	(tally.ayes, tally.nays)
}

pub(crate) fn ending(index: ProposalIndex) -> Option<Ending> {
	Outcomes::<Test>::get(index).map(|outcome| outcome.ending)
}

/// That vote is refused for that reason, and nothing changes.
#[track_caller]
pub(crate) fn assert_no_vote(who: u64, index: ProposalIndex, aye: bool, error: Error<Test>) {
	assert_storage_noop!({
		let result = vote(who, index, aye);
		assert_eq!(result.unwrap_err().error, error.into());
	});
}
