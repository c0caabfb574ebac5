//! The eternal storage and the logics that write names to it.

use super::money::{deposit, DEPOSIT_PER_BYTE, DEPOSIT_PER_ITEM};
use crate::*;
use alloc::vec;
use codec::{Encode, MaxEncodedLen};
use frame_support::{
	dispatch::GetDispatchInfo,
	parameter_types,
	traits::{EitherOf, LinearStoragePrice},
	BoundedVec, PalletId,
};
use frame_system::EnsureSigned;
use jns_primitives::{
	name::MAX_NAME_LEN,
	proof::{MAX_KEY_LEN, MAX_SIGNATURE_LEN},
	storage::Value,
	JamiId, NameRecord,
};
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
	type Labels = Council;
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

/// The most that a registration takes from whoever pays: the fee before what is given back of it, of
/// the longest name and key, and the deposits for its record, its ID's name and its mark.
pub fn registration_price() -> Balance {
	/// A transaction's signature, its account and its extensions; generously.
	const ENVELOPE: u32 = 160;
	let call = RuntimeCall::from(pallet_name_logic::permanent::Call::register {
		name: vec![0; MAX_NAME_LEN as usize],
		id: JamiId::default(),
		key: vec![0; MAX_KEY_LEN as usize],
		signature: vec![0; MAX_SIGNATURE_LEN as usize],
	});
	let len = (call.encoded_size() as u32).saturating_add(ENVELOPE);
	let info = call.get_dispatch_info();
	let record: Value<AccountId> =
		Value::Bytes(BoundedVec::truncate_from(vec![0; NameRecord::max_encoded_len()]));
	let reverse: Value<AccountId> =
		Value::String(BoundedVec::truncate_from(vec![0; MAX_NAME_LEN as usize]));
	let mark: Value<AccountId> = Value::Bool(true);
	[record, reverse, mark]
		.iter()
		.map(|value| deposit(1, value.encoded_size() as u32))
		.fold(TransactionPayment::compute_fee(len, &info, 0), Balance::saturating_add)
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
