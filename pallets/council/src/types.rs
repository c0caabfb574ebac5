//! What the pallet keeps.

use crate::*;
use frame_support::traits::fungible::Inspect;

/// An amount of money in a runtime.
pub type BalanceOf<T> =
	<<T as Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;

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
pub struct MemberRecord<BlockNumber> {
	/// The stake held now.
	pub stake: Stake,
	/// The first block in which the member may propose: one cool-down after it came to hold enough
	/// for that, without interruption since, and one after its last proposal failed.
	pub proposes_from: Option<BlockNumber>,
	/// The stake held when that proposal was made, if it changed since.
	pub snapshot: Option<(ProposalIndex, Stake)>,
	/// The last vote, and on which proposal.
	pub vote: Option<(ProposalIndex, bool)>,
}

impl<BlockNumber> MemberRecord<BlockNumber> {
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

/// [`MemberRecord`] of a runtime.
pub type MemberRecordFor<T> = MemberRecord<BlockNumberFor<T>>;

/// What a runtime knows of the calls that can be proposed.
pub trait Proposable<AccountId, Call> {
	/// Whether a call can pass as soon as it is proposed. Every other one gives notice.
	fn is_urgent(call: &Call) -> bool;

	/// The accounts whose stake a call moves by force.
	fn takes_from(call: &Call) -> Vec<AccountId>;
}

/// Most accounts from which one proposal can take stake.
pub const MAX_BOUND: u32 = 16;

/// A proposal, apart from its call.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Proposal<AccountId, BlockNumber, Hash, Balance> {
	/// Its number.
	pub index: ProposalIndex,
	/// Who made it.
	pub proposer: AccountId,
	/// Hash of the encoded call.
	pub call_hash: Hash,
	/// The block in which it was made.
	pub opened: BlockNumber,
	/// The first block in which it can pass.
	pub passes_from: BlockNumber,
	/// The last block in which it can be voted on.
	pub end: BlockNumber,
	/// The `transaction_version` under which the call was decoded.
	pub transaction_version: u32,
	/// The votes so far.
	pub tally: Tally,
	/// What is held from the proposer.
	pub deposit: Balance,
	/// The accounts from which it takes stake. None of them can give it away meanwhile.
	pub bound: BoundedVec<AccountId, ConstU32<MAX_BOUND>>,
}

/// [`Proposal`] of a runtime.
pub type ProposalFor<T> = Proposal<
	<T as frame_system::Config>::AccountId,
	BlockNumberFor<T>,
	<T as frame_system::Config>::Hash,
	BalanceOf<T>,
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
	/// Its proposer withdrew it.
	Withdrawn,
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
	/// The block in which it was made.
	pub opened: BlockNumber,
	/// The block in which it ended.
	pub at: BlockNumber,
	/// Whether the proposer lost the deposit.
	pub deposit_lost: bool,
	/// What its call weighed, if it was executed.
	pub call_weight: Weight,
}

/// [`Outcome`] of a runtime.
pub type OutcomeFor<T> = Outcome<
	<T as frame_system::Config>::AccountId,
	BlockNumberFor<T>,
	<T as frame_system::Config>::Hash,
>;
