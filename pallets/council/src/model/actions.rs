//! What accounts and time can do, as data that a property test or a fuzzer chooses.

use super::*;
#[cfg(feature = "fuzzing")]
use arbitrary::{Arbitrary, Result, Unstructured};

/// How many accounts there are: so few that they meet.
pub const ACCOUNTS: u64 = 6;

/// One of them, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who(pub u64);

#[cfg(feature = "fuzzing")]
impl<'a> Arbitrary<'a> for Who {
	fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
		bytes.int_in_range(1..=ACCOUNTS).map(Self)
	}
}

/// What an account or time can do.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "fuzzing", derive(Arbitrary))]
pub enum Action {
	/// Moves stake, by its holder's signature or by force.
	Delegate {
		/// Whose it is.
		from: Who,
		/// Whose it becomes.
		to: Who,
		/// How much.
		amount: Amount,
		/// Whether the council does it.
		forced: bool,
	},
	/// Opens a proposal.
	Propose {
		/// Whose.
		who: Who,
		/// What.
		what: Proposed,
		/// For so many blocks.
		lifetime: u8,
	},
	/// Votes on the open proposal.
	Vote {
		/// Whose vote.
		who: Who,
		/// In favour or against.
		aye: bool,
		/// Whether it names another call.
		other: bool,
	},
	/// Ends a proposal whose time is over.
	Close {
		/// Who asks for it: anybody.
		who: Who,
	},
	/// Takes the open proposal back.
	Withdraw {
		/// Who asks for it: not always the proposer.
		who: Who,
	},
	/// So many blocks pass.
	Blocks(u8),
	/// An upgrade of the runtime changes its calls.
	NewCalls,
}

/// Amounts that are at the edges of the rules, of what an account holds. All stake there is fits a byte.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "fuzzing", derive(Arbitrary))]
pub enum Amount {
	/// All of it.
	All,
	/// Less than that.
	AllBut(u8),
	/// Whatever it is.
	Exactly(u8),
}

impl Amount {
	pub(super) fn of(self, held: Stake) -> Stake {
		match self {
			Self::All => held,
			Self::AllBut(less) => held.saturating_sub(less.into()),
			Self::Exactly(amount) => amount.into(),
		}
	}
}

/// What a proposal does when it passes.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "fuzzing", derive(Arbitrary))]
pub enum Proposed {
	/// Selects no logic, which is urgent.
	Freeze,
	/// Selects a logic.
	Select(u8),
	/// Selects one, and fails after that.
	SelectAndFail(u8),
	/// Moves stake by force; the amount is that of the time of proposing.
	Move {
		/// Whose it is.
		from: Who,
		/// Whose it becomes.
		to: Who,
		/// How much.
		amount: Amount,
	},
	/// Votes, which is heavier than a proposal can be.
	Vote,
	/// Is longer than a proposal can be.
	Remark,
}

/// The same with the amount.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Plan {
	Freeze,
	Select(u64),
	SelectAndFail(u64),
	Move { from: Who, to: Who, amount: Stake },
	Refused(Refused),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Refused {
	TooHeavy,
	TooLong,
}

impl Proposed {
	pub(super) fn plan(self, stake: impl Fn(Who) -> Stake) -> Plan {
		match self {
			Self::Freeze => Plan::Freeze,
			Self::Select(logic) => Plan::Select(logic.into()),
			Self::SelectAndFail(logic) => Plan::SelectAndFail(logic.into()),
			Self::Move { from, to, amount } => {
				Plan::Move { from, to, amount: amount.of(stake(from)) }
			},
			Self::Vote => Plan::Refused(Refused::TooHeavy),
			Self::Remark => Plan::Refused(Refused::TooLong),
		}
	}
}

impl Plan {
	pub(super) fn call(self) -> RuntimeCall {
		match self {
			Self::Freeze => Call::select_logic { logic: None }.into(),
			Self::Select(logic) => select(logic),
			Self::SelectAndFail(logic) => pallet_utility::Call::batch_all {
				calls: vec![select(logic), frame_system::Call::set_heap_pages { pages: 1 }.into()],
			}
			.into(),
			Self::Move { from: Who(from), to: Who(to), amount } => {
				Call::force_delegate { from, to, amount }.into()
			},
			Self::Refused(Refused::TooHeavy) => {
				Call::vote { index: 0, call_hash: Hash::zero(), aye: true }.into()
			},
			Self::Refused(Refused::TooLong) => {
				frame_system::Call::remark { remark: vec![0; 1_024] }.into()
			},
		}
	}
}
