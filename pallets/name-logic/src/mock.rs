//! A runtime with the eternal storage, one council store for names, and the logics.

use crate::{
	self as pallet_name_logic,
	registry::{self, Refusal, Request},
	Call, Error, Event, Rules,
};
use codec::{Decode, Encode};
use frame_support::{
	derive_impl,
	dispatch::DispatchResultWithPostInfo,
	ensure,
	instances::{Instance1, Instance2, Instance3},
	parameter_types,
	storage::with_storage_layer,
	traits::{EitherOf, LinearStoragePrice, VariantCountOf},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use jns_primitives::{
	council::LabelledStores,
	layout::NAMES_LABEL,
	name::NameError,
	statement::Action,
	storage::{OwnerLogic, ResolveLogic, StoreId},
	AccountId, Balance, BlockNumber, Name,
};
use sp_runtime::{
	traits::{Dispatchable, IdentityLookup},
	BuildStorage, DispatchError, ModuleError,
};

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
	pub type PermanentNames = pallet_name_logic<Instance1>;
	#[runtime::pallet_index(4)]
	pub type LivingNames = pallet_name_logic<Instance2>;
	#[runtime::pallet_index(5)]
	pub type WideNames = pallet_name_logic<Instance3>;
}

/// The logics that the tests go through.
pub type Logics = (PermanentNames, LivingNames, WideNames);

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
	pub static EntrySlope: Balance = 1;
	pub const Nothing: Balance = 0;
	pub const PermanentId: PalletId = PalletId(*b"jns/perm");
	pub const WideId: PalletId = PalletId(*b"jns/wide");
	pub const LivingId: PalletId = PalletId(*b"jns/live");
	pub const CoolDown: BlockNumber = 10;
	pub const MaxHandOver: BlockNumber = 20;
	pub static Store: Option<StoreId> = Some(0);
	pub static SelectedLogic: Option<AccountId> = Some(PermanentNames::account_id());
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

impl crate::Config<Instance1> for Test {
	type PalletId = PermanentId;
	type Rules = crate::Permanent;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Council;
}

impl crate::Config<Instance2> for Test {
	type PalletId = LivingId;
	type Rules = crate::Living;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Council;
}

/// Any text is a name, but for one word, and what was handed over is accepted alone.
pub struct Wide;
impl Rules for Wide {
	const MAX_NAME_LEN: u32 = jns_primitives::name::MAX_NAME_LEN;

	fn check_name(_: &Name) -> Result<(), NameError> {
		Ok(())
	}

	fn admit(request: &Request) -> Result<(), Refusal> {
		ensure!(request.name != b"forbidden", Refusal::NotAdmitted);
		Ok(())
	}

	fn allows(action: &Action) -> bool {
		!matches!(action, Action::Claim | Action::TakeBack)
	}
}

impl crate::Config<Instance3> for Test {
	type PalletId = WideId;
	type Rules = Wide;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Council;
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::BenchmarkHelper<AccountId> for Council {
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

/// One of the logics, by its place in [`Logics`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "fuzzing", derive(arbitrary::Arbitrary))]
pub enum Which {
	Permanent,
	Living,
	Wide,
}

impl Which {
	pub const ALL: [Self; 3] = [Self::Permanent, Self::Living, Self::Wide];

	pub fn account(self) -> AccountId {
		match self {
			Self::Permanent => PermanentNames::account_id(),
			Self::Living => LivingNames::account_id(),
			Self::Wide => WideNames::account_id(),
		}
	}

	fn index(self) -> u8 {
		3 + self as u8
	}

	/// Whether its rules let a key do that.
	pub fn allows(self, action: &Action) -> bool {
		match self {
			Self::Permanent => crate::Permanent::allows(action),
			Self::Living => crate::Living::allows(action),
			Self::Wide => Wide::allows(action),
		}
	}

	/// Selects it.
	pub fn select(self) {
		SelectedLogic::set(Some(self.account()));
	}

	/// The one that is selected.
	pub fn selected() -> Self {
		let selected = SelectedLogic::get();
		Self::ALL.into_iter().find(|which| Some(which.account()) == selected).expect("one is")
	}

	/// Does a call by this logic. All instances' calls are encoded alike.
	pub fn call(
		self,
		call: Call<Test, Instance1>,
		origin: RuntimeOrigin,
	) -> DispatchResultWithPostInfo {
		let encoded = [&[self.index()][..], &call.encode()].concat();
		let call = RuntimeCall::decode(&mut &encoded[..]).expect("it is a call of an instance");
		with_storage_layer(|| call.dispatch(origin))
	}

	/// An error, as this logic gives it.
	pub fn error(self, error: Error<Test, Instance1>) -> DispatchError {
		match error.into() {
			DispatchError::Module(error) => {
				DispatchError::Module(ModuleError { index: self.index(), ..error })
			},
			other => other,
		}
	}

	/// Checks that the last event is this one of this logic.
	#[track_caller]
	pub fn assert_last_event(self, event: Event<Test, Instance1>) {
		let encoded = [&[self.index()][..], &event.encode()].concat();
		let event = RuntimeEvent::decode(&mut &encoded[..]).expect("it is an instance's event");
		System::assert_last_event(event);
	}
}

/// Names, read.
pub type Names = crate::Names<Test, Instance1>;

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
		Names::do_try_state().unwrap();
	})
}
