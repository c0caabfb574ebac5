//! Balances, fees, deposits and rewards.

use super::consensus::SLOT_MILLIS;
use crate::{
	chain_parameters::{EpochDuration, SessionsPerEra},
	*,
};
use frame_support::{
	parameter_types,
	traits::{
		fungible::{Balanced, Credit},
		ConstU32, ConstU8, OnUnbalanced, VariantCountOf,
	},
	weights::{constants::WEIGHT_REF_TIME_PER_SECOND, Weight, WeightToFee},
};
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{traits::One, FixedPointNumber, Perbill, Perquintill};

/// What is held for that much state: it costs every node, for as long as it stays.
pub const fn deposit(items: u32, bytes: u32) -> Balance {
	items as Balance * DEPOSIT_PER_ITEM + bytes as Balance * DEPOSIT_PER_BYTE
}

/// Held for an entry of the state, whatever its size: its keys and its place in the trie.
pub const DEPOSIT_PER_ITEM: Balance = 20 * MILLI_JNS;
/// Held for a byte of the state.
pub const DEPOSIT_PER_BYTE: Balance = MILLI_JNS / 10;

/// Least that an account can hold: not less than is held for any other entry of that size, which is
/// 0.028 JNS.
pub const EXISTENTIAL_DEPOSIT: Balance = 30 * MILLI_JNS;

parameter_types! {
	pub const ExistentialDeposit: Balance = EXISTENTIAL_DEPOSIT;
}

impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type Balance = Balance;
	// Dust is burnt.
	type DustRemoval = ();
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
	type DoneSlashHandler = ();
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
}

/// A second of execution, a whole block, costs 1 JNS; so registering a name costs some thousandths.
pub struct SecondsToJns;
impl WeightToFee for SecondsToJns {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		// JNS is 10^12 units and a second 10^12 picoseconds.
		const UNITS_PER_REF_TIME: Balance = JNS / WEIGHT_REF_TIME_PER_SECOND as Balance;
		Balance::from(weight.ref_time()).saturating_mul(UNITS_PER_REF_TIME)
	}
}

/// A byte of a block costs a millionth of a JNS, so that all the bytes that Normal transactions can
/// have of a block, 1 MiB, cost a little more than a block's weight, 1 JNS.
pub struct BytesToJns;
impl WeightToFee for BytesToJns {
	type Balance = Balance;

	fn weight_to_fee(weight: &Weight) -> Balance {
		// The pallet hands over the length as if it was time.
		Balance::from(weight.ref_time()).saturating_mul(JNS / 1_000_000)
	}
}

/// Fees and tips go to the block's author; without one they are burnt.
pub struct ToAuthor;
impl OnUnbalanced<Credit<AccountId, Balances>> for ToAuthor {
	fn on_nonzero_unbalanced(amount: Credit<AccountId, Balances>) {
		if let Some(author) = Authorship::author() {
			// Fails when the author's account is gone and the amount too small to make it again:
			// then it is burnt.
			let _ = Balances::resolve(&author, amount);
		}
	}
}

parameter_types! {
	/// Fees rise while blocks are fuller than this.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// By at most 0.15 % a block: they double within half an hour of full blocks.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(2, 1_000);
	/// Never below the prices stated here.
	pub MinimumMultiplier: Multiplier = Multiplier::one();
	/// Never above a thousand times those, so that a flood cannot price everybody out for days.
	pub MaximumMultiplier: Multiplier = Multiplier::saturating_from_integer(1_000);
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = FungibleAdapter<Balances, ToAuthor>;
	type WeightToFee = SecondsToJns;
	type LengthToFee = BytesToJns;
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Self,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	// What goes before others is decided by `AdmitOperational`, not by its fee.
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

/// Rewards: a fixed yearly rate of all money, to the stakers, whatever share of it is staked.
pub struct FixedRate;

impl FixedRate {
	/// What is made in a year.
	pub const YEARLY: Perbill = Perbill::from_percent(5);
	/// A Julian year.
	const YEAR_MILLIS: u64 = 365 * 24 * 3_600_000 + 6 * 3_600_000;

	/// The longest time that an era is paid for: two eras of this chain, whose eras differ in length.
	fn max_era_millis() -> u64 {
		EpochDuration::get()
			.saturating_mul(SessionsPerEra::get().into())
			.saturating_mul(SLOT_MILLIS)
			.saturating_mul(2)
			.min(Self::YEAR_MILLIS)
	}
}

impl sp_staking::EraPayout<Balance> for FixedRate {
	fn era_payout(_: Balance, total_issuance: Balance, era_millis: u64) -> (Balance, Balance) {
		// A chain that slept has nothing to pay for: nobody worked.
		let paid_millis = era_millis.min(Self::max_era_millis());
		let portion = Perbill::from_rational(paid_millis, Self::YEAR_MILLIS);
		(portion * (Self::YEARLY * total_issuance), 0)
	}
}
