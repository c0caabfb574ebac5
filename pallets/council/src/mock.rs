//! A runtime with the council and a recording registry of stores.

use crate as pallet_council;
use crate::*;
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU128, ConstU32, ConstU64, VariantCountOf},
};
use sp_runtime::BuildStorage;

pub const ALICE: u64 = 1;
pub const BOB: u64 = 2;
pub const CHARLIE: u64 = 3;
pub const DAVE: u64 = 4;
/// What each of them has at first.
pub const ENDOWMENT: u64 = 10_000_000;
/// Least stake of a member.
pub const MIN: Stake = 10;

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
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(2)]
	pub type Council = pallet_council;
	#[runtime::pallet_index(3)]
	pub type Balances = pallet_balances;
}

parameter_types! {
	pub static TransactionVersion: u32 = 1;
	pub Version: sp_version::RuntimeVersion = sp_version::RuntimeVersion {
		transaction_version: TransactionVersion::get(),
		..Default::default()
	};
	/// Who was given which store.
	pub static Created: Vec<u64> = vec![];
	pub static ProposeShare: Perbill = Perbill::from_percent(1);
	pub static NoticePeriod: u32 = 0;
	/// The stores in which something is.
	pub static Filled: Vec<StoreId> = vec![];
	pub const CouncilId: PalletId = PalletId(*b"jns/cncl");
	pub static MaxProposalWeight: Weight = Weight::from_parts(1_000_000_000, 1_000_000);
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlockU32<Test>;
	type Version = Version;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
}

impl pallet_utility::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = ();
}

pub struct Registry;
impl StoreRegistry<u64> for Registry {
	/// Only number 7 is offered.
	fn accept(owner: u64, store: StoreId) -> DispatchResult {
		ensure!(store == 7, DispatchError::Other("not offered"));
		Self::create(owner).map(|_| ())
	}

	fn is_empty(store: StoreId) -> bool {
		!Filled::get().contains(&store)
	}

	fn is_offered(store: StoreId) -> bool {
		store == 7
	}

	fn create(owner: u64) -> Result<StoreId, DispatchError> {
		let mut created = Created::get();
		created.push(owner);
		Created::set(created.clone());
		Ok(created.len() as u32 - 1)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<u64> for Registry {
	fn offer_store(_: u64) -> StoreId {
		7
	}
}

/// Admits `set_heap_pages`, whatever it carries.
pub struct RootCalls;
impl Contains<RuntimeCall> for RootCalls {
	fn contains(call: &RuntimeCall) -> bool {
		matches!(call, RuntimeCall::System(frame_system::Call::set_heap_pages { .. }))
	}
}

/// To select no logic is urgent, and so are batches of that.
pub struct Calls;
impl Proposable<u64, RuntimeCall> for Calls {
	fn is_urgent(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Council(Call::select_logic { logic: None }) => true,
			RuntimeCall::Utility(pallet_utility::Call::batch_all { calls }) => {
				calls.iter().all(Self::is_urgent)
			},
			_ => false,
		}
	}

	fn takes_from(call: &RuntimeCall) -> Vec<u64> {
		match call {
			RuntimeCall::Council(Call::force_delegate { from, .. }) => vec![*from],
			RuntimeCall::Utility(pallet_utility::Call::batch_all { calls }) => {
				calls.iter().flat_map(Self::takes_from).collect()
			},
			_ => vec![],
		}
	}
}

impl pallet_council::Config for Test {
	type RuntimeCall = RuntimeCall;
	type Calls = Calls;
	type RootCalls = RootCalls;
	type MinStake = ConstU128<MIN>;
	type ProposeShare = ProposeShare;
	type CoolDown = ConstU32<50>;
	type NoticePeriod = NoticePeriod;
	type Currency = Balances;
	type DepositBase = ConstU64<1_000>;
	type DepositPerByte = ConstU64<10>;
	type MinLifetime = ConstU32<2>;
	type MaxLifetime = ConstU32<100>;
	type MaxProposalLen = ConstU32<1024>;
	type MaxProposalWeight = MaxProposalWeight;
	type MaxOutcomes = ConstU32<3>;
	type MaxStores = ConstU32<2>;
	type PalletId = CouncilId;
	type Stores = Registry;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Registry;
}

pub fn ext_with(members: Vec<(u64, Stake)>) -> sp_io::TestExternalities {
	jns_primitives::test_support::fail_on_defensive();
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: [ALICE, BOB, CHARLIE, DAVE].map(|who| (who, ENDOWMENT)).into(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_council::GenesisConfig::<Test> { members, ..Default::default() }
		.assimilate_storage(&mut storage)
		.unwrap();
	let mut ext = sp_io::TestExternalities::from(storage);
	ext.execute_with(|| System::set_block_number(1));
	ext
}

#[cfg(feature = "runtime-benchmarks")]
pub fn new_test_ext() -> sp_io::TestExternalities {
	ext_with(vec![(ALICE, 1_000)])
}

/// Runs a test's body from block 1 among those members, and checks the invariants after it.
pub fn execute_among(members: &[(u64, Stake)], body: impl FnOnce()) {
	ext_with(members.to_vec()).execute_with(|| {
		body();
		Council::do_try_state().unwrap();
	})
}

/// Alice 50, Bob 30, Charlie 20: a hundred in all.
pub fn execute(body: impl FnOnce()) {
	execute_among(&[(ALICE, 50), (BOB, 30), (CHARLIE, 20)], body)
}

pub fn signed(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub fn council() -> RuntimeOrigin {
	Origin::Council.into()
}

/// A call that succeeds with the council's origin, and can be seen to have happened.
pub fn select(logic: u64) -> RuntimeCall {
	Call::select_logic { logic: Some(logic) }.into()
}

pub fn blocks_pass(n: u32) {
	System::set_block_number(System::block_number() + n);
}

/// What is held from `who` for a proposal.
pub fn held(who: u64) -> u64 {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&HoldReason::Proposal.into(), &who)
}
