//! The eternal storage and the logics that write names to it.

use super::money::{deposit, DEPOSIT_PER_BYTE, DEPOSIT_PER_ITEM};
use crate::*;
use codec::Encode;
use frame_support::{
	dispatch::GetDispatchInfo,
	instances::{Instance1, Instance2},
	parameter_types,
	traits::{EitherOf, LinearStoragePrice},
	PalletId,
};
use frame_system::EnsureSigned;
use pallet_council::EnsureCouncil;
use pallet_name_logic::Logics as _;

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
	type Labels = Council;
	type Currency = Balances;
	type StorePrice = Price;
	type EntryPrice = Price;
	type WeightInfo = weights::pallet_eternal_storage::WeightInfo<Runtime>;
}

/// One weight for all logics: they do the same work for the same call.
type LogicWeights = weights::pallet_name_logic::WeightInfo<Runtime>;

impl pallet_name_logic::registry::Config for Runtime {
	type CouncilOrigin = EnsureCouncil<Runtime>;
	type Storage = EternalStorage;
	type Stores = Council;
	type CoolDown = chain_parameters::NameCoolDown;
	type MaxHandOver = MaxHandOver;
}

impl pallet_name_logic::Config<Instance1> for Runtime {
	type PalletId = PermanentPalletId;
	type Rules = pallet_name_logic::Permanent;
	type WeightInfo = LogicWeights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = benchmarks::NamesHelper;
}

impl pallet_name_logic::Config<Instance2> for Runtime {
	type PalletId = LivingPalletId;
	type Rules = pallet_name_logic::Living;
	type WeightInfo = LogicWeights;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = benchmarks::NamesHelper;
}

/// Returns the most that a registration takes from whoever pays, whichever logic is selected: the fee
/// before what is given back of it, of the longest name and key, and the deposits for what it leaves.
pub fn registration_price() -> Balance {
	/// A transaction's signature, its account and its extensions; generously.
	const ENVELOPE: u32 = 160;
	let price = |(call, footprint): (RuntimeCall, Vec<u32>)| {
		let len = (call.encoded_size() as u32).saturating_add(ENVELOPE);
		let fee = TransactionPayment::compute_fee(len, &call.get_dispatch_info(), 0);
		let deposits = footprint.into_iter().map(|len| deposit(1, len));
		deposits.fold(fee, Balance::saturating_add)
	};
	Logics::dearest_registrations().into_iter().map(price).max().unwrap_or_default()
}
