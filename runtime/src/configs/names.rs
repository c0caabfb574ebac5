//! The eternal storage and the logics that write names to it.

use super::money::{DEPOSIT_PER_BYTE, DEPOSIT_PER_ITEM};
use crate::*;
use frame_support::{
	parameter_types,
	traits::{EitherOf, LinearStoragePrice},
	PalletId,
};
use frame_system::EnsureSigned;
use pallet_council::EnsureCouncil;

parameter_types! {
	pub const PermanentPalletId: PalletId = PalletId(*b"jns/perm");
	pub const DepositPerItem: Balance = DEPOSIT_PER_ITEM;
	pub const DepositPerByte: Balance = DEPOSIT_PER_BYTE;
}

/// What is held for state, by its footprint.
type Price = LinearStoragePrice<DepositPerItem, DepositPerByte, Balance>;

impl pallet_eternal_storage::Config for Runtime {
	type OwnerOrigin = EitherOf<EnsureSigned<AccountId>, EnsureCouncil<Runtime>>;
	type Owners = Council;
	type Currency = Balances;
	type StorePrice = Price;
	type EntryPrice = Price;
	type WeightInfo = weights::pallet_eternal_storage::WeightInfo<Runtime>;
}

#[cfg(feature = "next")]
parameter_types! {
	pub const NextPalletId: PalletId = PalletId(*b"jns/next");
	pub RegisterWeight: frame_support::weights::Weight = {
		use pallet_name_logic::permanent::WeightInfo;
		weights::pallet_name_logic_permanent::WeightInfo::<Runtime>::register_4096()
	};
}

#[cfg(feature = "next")]
impl next_logic::Config for Runtime {
	type PalletId = NextPalletId;
	type Storage = EternalStorage;
	type Stores = Council;
	type PanicOrigin = EnsureCouncil<Runtime>;
	type RegisterWeight = RegisterWeight;
}

impl pallet_name_logic::permanent::Config for Runtime {
	type PalletId = PermanentPalletId;
	type Storage = EternalStorage;
	type Stores = Council;
	type WeightInfo = weights::pallet_name_logic_permanent::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = benchmarks::NamesHelper;
}
