//! A runtime with the storage, balances and one exempt owner.

use crate as pallet_eternal_storage;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU64, EitherOf, LinearStoragePrice, VariantCountOf},
};
use frame_system::{EnsureRootWithSuccess, EnsureSigned};
use jns_primitives::{
	council::LabelledStores,
	storage::{OwnerLogic, ResolveLogic, StoreId},
};
use sp_runtime::BuildStorage;

pub const ALICE: u64 = 1;
pub const BOB: u64 = 2;
pub const LOGIC: u64 = 10;
/// The owner that decides for all its stores at once, and acts by the root origin here.
pub const COUNCIL: u64 = 99;
pub const ENDOWMENT: u64 = 1_000_000;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeTask
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type EternalStorage = pallet_eternal_storage;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type ExistentialDeposit = ExistentialDeposit;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
}

parameter_types! {
	pub static ExistentialDeposit: u64 = 1;
	pub static StoreBase: u64 = 1_000;
	pub static EntryBase: u64 = 100;
	pub static EntrySlope: u64 = 2;
	pub static SelectedLogic: Option<u64> = Some(LOGIC);
	/// The stores that have a label.
	pub static Labelled: Vec<StoreId> = vec![];
}

pub struct Owners;
impl ResolveLogic<u64> for Owners {
	fn logic_of(owner: &u64) -> OwnerLogic<u64> {
		match *owner {
			COUNCIL => OwnerLogic::Selected(SelectedLogic::get()),
			_ => OwnerLogic::PerStore,
		}
	}
}

pub struct Labels;
impl LabelledStores for Labels {
	fn store_of(_: &[u8]) -> Option<StoreId> {
		None
	}

	fn is_labelled(store: StoreId) -> bool {
		Labelled::get().contains(&store)
	}
}

impl pallet_eternal_storage::Config for Test {
	type OwnerOrigin = EitherOf<EnsureSigned<u64>, EnsureRootWithSuccess<u64, ConstU64<COUNCIL>>>;
	type Owners = Owners;
	type Labels = Labels;
	type Currency = Balances;
	type StorePrice = LinearStoragePrice<StoreBase, ConstU64<0>, u64>;
	type EntryPrice = LinearStoragePrice<EntryBase, EntrySlope, u64>;
	type WeightInfo = ();
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	jns_primitives::test_support::fail_on_defensive();
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: [ALICE, BOB, LOGIC].map(|who| (who, ENDOWMENT)).into(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs a test's body from block 1 and checks the pallet's invariants after it.
pub fn execute(body: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		body();
		EternalStorage::do_try_state().unwrap();
	})
}
