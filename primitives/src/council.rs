//! The council as the other pallets and the runtime API see it.

use crate::storage::StoreId;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

use crate::{Balance, BlockNumber, Hash, Stake};

/// Number of a proposal, never reused.
pub type ProposalIndex = u32;
/// Longest label, in bytes.
pub const MAX_LABEL_LEN: u32 = 32;
/// What a council store is for, such as `jns.names`.
pub type Label = BoundedVec<u8, ConstU32<MAX_LABEL_LEN>>;

/// Finding the council's stores by their use.
pub trait LabelledStores {
	/// The store with that label.
	fn store_of(label: &[u8]) -> Option<StoreId>;

	/// Whether the store has a label.
	fn is_labelled(store: StoreId) -> bool;
}

/// The votes on a proposal, in stake.
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
pub struct Tally {
	/// Stake in favour.
	pub ayes: Stake,
	/// Stake against.
	pub nays: Stake,
}

/// What is certain about a proposal once votes are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
	/// More than half of all stake is in favour.
	Passed,
	/// So much is against that more than half can no longer be in favour.
	Rejected,
	/// Neither.
	Open,
}

impl Tally {
	/// Stake on one side.
	pub fn side(&mut self, aye: bool) -> &mut Stake {
		if aye {
			&mut self.ayes
		} else {
			&mut self.nays
		}
	}

	/// Stake in favour that is still lacking to pass: more than half of the total.
	pub fn needed(&self, total: Stake) -> Stake {
		(total / 2).saturating_add(1).saturating_sub(self.ayes)
	}

	/// Judges against the total stake: passed with ayes > total − ayes, rejected with
	/// nays ≥ total − nays. Exact, and without overflow while both sides together are at most the
	/// total.
	pub fn verdict(&self, total: Stake) -> Verdict {
		if self.ayes > total.saturating_sub(self.ayes) {
			Verdict::Passed
		} else if self.nays >= total.saturating_sub(self.nays) {
			Verdict::Rejected
		} else {
			Verdict::Open
		}
	}
}

/// The open proposal, for whoever asks through the runtime API.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ProposalInfo<AccountId> {
	/// Its number.
	pub index: ProposalIndex,
	/// Who made it.
	pub proposer: AccountId,
	/// Hash of the encoded call, which votes name.
	pub call_hash: Hash,
	/// The encoded call.
	pub call: Vec<u8>,
	/// The votes so far.
	pub tally: Tally,
	/// Stake in favour that it still lacks.
	pub stake_needed: Stake,
	/// The block in which it was made.
	pub opened: BlockNumber,
	/// The first block in which it can pass.
	pub passes_from: BlockNumber,
	/// Blocks until then; none if the coming block is it, or is behind it.
	pub notice_left: BlockNumber,
	/// The last block in which it can be voted on.
	pub end: BlockNumber,
	/// Blocks for which it can still be voted on, the coming one included.
	pub blocks_left: BlockNumber,
	/// Whether nobody can vote on it any more: its time is over, or the runtime's calls changed.
	pub overdue: bool,
	/// What is held from the proposer.
	pub deposit: Balance,
}

/// A member, for whoever asks through the runtime API.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct MemberInfo<AccountId> {
	/// Who it is.
	pub account: AccountId,
	/// The stake held now.
	pub stake: Stake,
	/// How much a vote on the open proposal weighs; the stake if none is open.
	pub weight: Stake,
	/// The vote on the open proposal.
	pub vote: Option<bool>,
	/// The first block in which the member may propose, if it holds enough for that.
	pub proposes_from: Option<BlockNumber>,
}

/// The council's state, for whoever asks through the runtime API.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct CouncilInfo<AccountId> {
	/// The council's own account: the owner of its stores.
	pub account: AccountId,
	/// All stake there is.
	pub total_stake: Stake,
	/// The open proposal, if any.
	pub proposal: Option<ProposalInfo<AccountId>>,
	/// The selected logic: the account that may write to the council's stores.
	pub logic: Option<AccountId>,
	/// The council's stores by their labels.
	pub stores: Vec<(Label, StoreId)>,
	/// Hash of the code that anybody can upload as the next runtime, if the council has decided so.
	pub authorized_upgrade: Option<Hash>,
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn exactly_half_never_passes_and_rejects() {
		for total in [1, 2, 3, 10, 11, u64::MAX.into(), Stake::MAX - 1, Stake::MAX] {
			let half = total / 2;
			let verdict = |ayes, nays| Tally { ayes, nays }.verdict(total);
			assert_eq!(verdict(half, 0), Verdict::Open, "{total}");
			assert_eq!(verdict(half + 1, 0), Verdict::Passed, "{total}");
			assert_eq!(verdict(total, 0), Verdict::Passed, "{total}");
			assert_eq!(verdict(0, total), Verdict::Rejected, "{total}");
			assert_eq!(verdict(0, total - half), Verdict::Rejected, "{total}");
			assert_eq!(Tally { ayes: half, nays: 0 }.needed(total), 1, "{total}");
			assert_eq!(Tally { ayes: half + 1, nays: 0 }.needed(total), 0, "{total}");
			let just_under = (total - half).saturating_sub(1);
			assert_eq!(verdict(0, just_under), Verdict::Open, "{total}");
		}
	}
}
