//! What the pallet keeps.

use crate::*;

/// A member's record.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct MemberRecord {
	/// The stake held now.
	pub stake: Stake,
	/// The stake held when that proposal was made, if it changed since.
	pub snapshot: Option<(ProposalIndex, Stake)>,
	/// The last vote, and on which proposal.
	pub vote: Option<(ProposalIndex, bool)>,
}

impl MemberRecord {
	/// How much a vote on that proposal weighs.
	pub fn weight(&self, index: ProposalIndex) -> Stake {
		match self.snapshot {
			Some((of, stake)) if of == index => stake,
			_ => self.stake,
		}
	}

	/// The vote on that proposal.
	pub fn vote_on(&self, index: ProposalIndex) -> Option<bool> {
		self.vote.and_then(|(of, aye)| (of == index).then_some(aye))
	}

	/// Keeps the weight on the open proposal, before the stake changes.
	pub(crate) fn snapshot(&mut self, maybe_open: Option<ProposalIndex>) {
		if let Some(index) = maybe_open {
			self.snapshot = Some((index, self.weight(index)));
		}
	}
}

/// A proposal, apart from its call.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Proposal<AccountId, BlockNumber, Hash> {
	/// Its number.
	pub index: ProposalIndex,
	/// Who made it.
	pub proposer: AccountId,
	/// Hash of the encoded call.
	pub call_hash: Hash,
	/// The last block in which it can be voted on.
	pub end: BlockNumber,
	/// The `transaction_version` under which the call was decoded.
	pub transaction_version: u32,
	/// The votes so far.
	pub tally: Tally,
}

/// [`Proposal`] of a runtime.
pub type ProposalFor<T> = Proposal<
	<T as frame_system::Config>::AccountId,
	BlockNumberFor<T>,
	<T as frame_system::Config>::Hash,
>;

/// How a proposal ended.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Ending {
	/// It passed and was executed; the error, if it failed.
	Executed(DispatchResult),
	/// More than half of all stake could no longer be in favour.
	Rejected,
	/// Its time ran out.
	Expired,
	/// The runtime's calls changed while it was open.
	Outdated,
}

/// A past proposal.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Outcome<AccountId, BlockNumber, Hash> {
	/// Who made it.
	pub proposer: AccountId,
	/// Hash of the encoded call.
	pub call_hash: Hash,
	/// Its votes.
	pub tally: Tally,
	/// How it ended.
	pub ending: Ending,
	/// The block in which it ended.
	pub at: BlockNumber,
}

/// [`Outcome`] of a runtime.
pub type OutcomeFor<T> = Outcome<
	<T as frame_system::Config>::AccountId,
	BlockNumberFor<T>,
	<T as frame_system::Config>::Hash,
>;
