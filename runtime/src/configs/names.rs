//! The eternal storage and the logics that write names to it.

use super::money::{DEPOSIT_PER_BYTE, DEPOSIT_PER_ITEM};
use crate::*;
use frame_support::{
	parameter_types,
	traits::{fungible::HoldConsideration, EitherOf, LinearStoragePrice},
	PalletId,
};
use frame_system::EnsureSigned;
use pallet_council::EnsureCouncil;

parameter_types! {
	pub const PermanentPalletId: PalletId = PalletId(*b"jns/perm");
	pub const DepositPerItem: Balance = DEPOSIT_PER_ITEM;
	pub const DepositPerByte: Balance = DEPOSIT_PER_BYTE;
	pub const StoreHold: RuntimeHoldReason =
		RuntimeHoldReason::EternalStorage(pallet_eternal_storage::HoldReason::Store);
	pub const EntryHold: RuntimeHoldReason =
		RuntimeHoldReason::EternalStorage(pallet_eternal_storage::HoldReason::Entry);
}

/// What is held for state, by its footprint.
type Held<Reason> = HoldConsideration<
	AccountId,
	Balances,
	Reason,
	LinearStoragePrice<DepositPerItem, DepositPerByte, Balance>,
>;

impl pallet_eternal_storage::Config for Runtime {
	type OwnerOrigin = EitherOf<EnsureSigned<AccountId>, EnsureCouncil<Runtime>>;
	type Owners = Council;
	type StoreConsideration = Held<StoreHold>;
	type EntryConsideration = Held<EntryHold>;
	type WeightInfo = weights::pallet_eternal_storage::WeightInfo<Runtime>;
}

impl pallet_name_logic::permanent::Config for Runtime {
	type PalletId = PermanentPalletId;
	type Storage = EternalStorage;
	type Stores = Council;
	type WeightInfo = weights::pallet_name_logic_permanent::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = benchmarks::NamesHelper;
}
