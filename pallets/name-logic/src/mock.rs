//! A runtime with the eternal storage, one council store for names, and the logics.

use crate::{living, permanent, registry};
use frame_support::{
	derive_impl, parameter_types,
	traits::{EitherOf, LinearStoragePrice, VariantCountOf},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use jns_primitives::{
	council::LabelledStores,
	layout::NAMES_LABEL,
	storage::{OwnerLogic, ResolveLogic, StoreId},
	AccountId, Balance, BlockNumber,
};
use sp_runtime::{traits::IdentityLookup, BuildStorage};

pub const ENDOWMENT: Balance = 1_000_000_000;

pub fn alice() -> AccountId {
	AccountId::new([1; 32])
}

pub fn bob() -> AccountId {
	AccountId::new([2; 32])
}

/// The owner of the store for names.
pub fn council() -> AccountId {
	AccountId::new([99; 32])
}

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
	#[runtime::pallet_index(3)]
	pub type Permanent = permanent;
	#[runtime::pallet_index(4)]
	pub type Living = living;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlockU32<Test>;
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = frame_support::traits::ConstU128<1>;
	type AccountStore = System;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
}

parameter_types! {
	pub const EntryBase: Balance = 100;
	pub const EntrySlope: Balance = 1;
	pub const Nothing: Balance = 0;
	pub const PermanentId: PalletId = PalletId(*b"jns/perm");
	pub const LivingId: PalletId = PalletId(*b"jns/live");
	pub const CoolDown: BlockNumber = 10;
	pub const MaxHandOver: BlockNumber = 20;
	pub static Store: Option<StoreId> = Some(0);
	pub static SelectedLogic: Option<AccountId> = Some(Permanent::account_id());
	pub CouncilAccount: AccountId = council();
}

pub struct Council;
impl ResolveLogic<AccountId> for Council {
	fn logic_of(owner: &AccountId) -> OwnerLogic<AccountId> {
		if *owner == council() {
			OwnerLogic::Selected(SelectedLogic::get())
		} else {
			OwnerLogic::PerStore
		}
	}
}
impl LabelledStores for Council {
	fn store_of(label: &[u8]) -> Option<StoreId> {
		Store::get().filter(|_| label == NAMES_LABEL)
	}

	fn is_labelled(store: StoreId) -> bool {
		Store::get() == Some(store)
	}
}

impl pallet_eternal_storage::Config for Test {
	type OwnerOrigin =
		EitherOf<EnsureSigned<AccountId>, EnsureRootWithSuccess<AccountId, CouncilAccount>>;
	type Owners = Council;
	type Labels = Council;
	type Currency = Balances;
	type StorePrice = LinearStoragePrice<Nothing, Nothing, Balance>;
	type EntryPrice = LinearStoragePrice<EntryBase, EntrySlope, Balance>;
	type WeightInfo = ();
}

impl registry::Config for Test {
	type CouncilOrigin = EnsureRoot<AccountId>;
	type Storage = EternalStorage;
	type Stores = Council;
	type CoolDown = CoolDown;
	type MaxHandOver = MaxHandOver;
}

impl permanent::Config for Test {
	type PalletId = PermanentId;
	type WeightInfo = ();
}

impl living::Config for Test {
	type PalletId = LivingId;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Council;
}

#[cfg(feature = "runtime-benchmarks")]
impl living::BenchmarkHelper<AccountId> for Council {
	fn select(logic: AccountId) {
		if !pallet_eternal_storage::Stores::<Test>::contains_key(0) {
			EternalStorage::create_store(RuntimeOrigin::root()).unwrap();
		}
		SelectedLogic::set(Some(logic));
	}
	fn fund(who: &AccountId) {
		use frame_support::traits::fungible::Mutate;
		Balances::set_balance(who, ENDOWMENT);
	}
}

pub fn new_test_ext() -> sp_io::TestExternalities {
	jns_primitives::test_support::fail_on_defensive();
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: [alice(), bob()].map(|who| (who, ENDOWMENT)).into(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		EternalStorage::create_store(RuntimeOrigin::root()).unwrap();
	});
	ext
}

/// Runs a test's body from block 1 and checks the names' invariants after it.
pub fn execute(body: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		body();
		permanent::Names::<Test>::do_try_state().unwrap();
	})
}
