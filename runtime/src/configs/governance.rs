//! The council and what it may do as root.

use super::{
	money::DEPOSIT_PER_BYTE, proposals::Proposals, root_calls::RootCalls,
	system::RuntimeBlockWeights,
};
use crate::*;
use frame_support::{parameter_types, traits::ConstU32, weights::Weight, PalletId};
use sp_runtime::Perbill;

/// An hour, in blocks.
const HOURS: BlockNumber = (3_600_000 / super::consensus::SLOT_MILLIS) as BlockNumber;

parameter_types! {
	pub const CouncilPalletId: PalletId = PalletId(*b"jns/cncl");
	/// A millionth of the presets' total: dust cannot fill the state.
	pub const MinStake: Stake = 1_000;
	/// So that a hundred accounts at most can take the slot at a time.
	pub const ProposeShare: Perbill = Perbill::from_percent(1);
	/// Worth some four thousand registrations' fees, and returned to whoever has some support.
	pub const ProposalDepositBase: Balance = 10 * JNS;
	/// A call of 64 KiB deposits 6.5 JNS more.
	pub const ProposalDepositPerByte: Balance = DEPOSIT_PER_BYTE;
	/// A minute: long enough for one member to see it, for tests and emergencies.
	pub const MinLifetime: BlockNumber = HOURS / 60;
	/// Four weeks.
	pub const MaxLifetime: BlockNumber = 28 * 24 * HOURS;
	/// More than the heaviest batch of reservations has; a runtime's code is uploaded apart, by its
	/// hash.
	pub const MaxProposalLen: u32 = 64 * 1024;
	/// An eighth of a block: with the vote's own weight it fits into the quarter kept for
	/// Operational transactions.
	pub MaxProposalWeight: Weight = Perbill::from_rational(1u32, 8u32)
		* RuntimeBlockWeights::get().max_block;
}

impl pallet_council::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type Calls = Proposals;
	type RootCalls = RootCalls;
	type MinStake = MinStake;
	type ProposeShare = ProposeShare;
	type CoolDown = chain_parameters::CouncilCoolDown;
	type NoticePeriod = chain_parameters::NoticePeriod;
	type Currency = Balances;
	type DepositBase = ProposalDepositBase;
	type DepositPerByte = ProposalDepositPerByte;
	type MinLifetime = MinLifetime;
	type MaxLifetime = MaxLifetime;
	type MaxProposalLen = MaxProposalLen;
	type MaxProposalWeight = MaxProposalWeight;
	type MaxOutcomes = ConstU32<256>;
	type MaxStores = ConstU32<256>;
	type PalletId = CouncilPalletId;
	type Stores = EternalStorage;
	type WeightInfo = weights::root_calls::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = benchmarks::CouncilHelper;
}
