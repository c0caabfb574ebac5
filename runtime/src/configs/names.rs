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
	pub const LivingPalletId: PalletId = PalletId(*b"jns/live");
	/// Four weeks, in blocks: time enough for whoever is away.
	pub const MaxHandOver: BlockNumber =
		(28 * 24 * 3_600_000 / super::consensus::SLOT_MILLIS) as BlockNumber;
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

/// One weight for all logics: they do the same work for the same call.
type LogicWeights = weights::pallet_name_logic_living::WeightInfo<Runtime>;

impl pallet_name_logic::registry::Config for Runtime {
	type CouncilOrigin = EnsureCouncil<Runtime>;
	type Storage = EternalStorage;
	type Stores = Council;
	type CoolDown = chain_parameters::NameCoolDown;
	type MaxHandOver = MaxHandOver;
}

impl pallet_name_logic::permanent::Config for Runtime {
	type PalletId = PermanentPalletId;
	type WeightInfo = LogicWeights;
}

impl pallet_name_logic::living::Config for Runtime {
	type PalletId = LivingPalletId;
	type WeightInfo = LogicWeights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = benchmarks::NamesHelper;
}

#[cfg(feature = "next")]
parameter_types! {
	pub const NextPalletId: PalletId = PalletId(*b"jns/next");
	pub RegisterWeight: frame_support::weights::Weight = {
		use pallet_name_logic::WeightInfo;
		LogicWeights::register_handed_over()
	};
}

#[cfg(feature = "next")]
impl next_logic::Config for Runtime {
	type PalletId = NextPalletId;
	type PanicOrigin = EnsureCouncil<Runtime>;
	type RegisterWeight = RegisterWeight;
}
