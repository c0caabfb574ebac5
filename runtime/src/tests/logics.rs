//! Each of the runtime's logics, as the suite for logics examines it.

use super::*;
use jns_primitives::{
	api::{runtime_decl_for_names_api::NamesApi, Admission, ComposedCall, NameStatus},
	layout::NAMES_LABEL,
	statement::Action,
	test_support::logics::{self, By, Decision, Subject},
	JamiId, Name,
};
use pallet_eternal_storage::EntryOf;
use pallet_name_logic::{Call, Logics as _};
use sp_runtime::{
	traits::{Dispatchable, Hash as _},
	DispatchResult,
};

/// The logic at that place of the tuple.
struct LogicAt<const PLACE: usize>;

/// The account of the logic with that name.
fn account_of(name: &str) -> AccountId {
	let all = Logics::all();
	all.into_iter().find(|(_, of)| *of == name).expect("the runtime has it").0
}

/// The index of a pallet, as calls and events begin with it.
fn pallet_index(account: &AccountId) -> u8 {
	let r = Registration { name: vec![], id: Default::default(), key: vec![], signature: vec![] };
	let Registration { name, id, key, signature } = r;
	let request = pallet_name_logic::registry::Request { name, id, key, signature };
	Logics::registration(account, request).expect("it is a logic").encode()[0]
}

fn origin(by: By) -> RuntimeOrigin {
	match by {
		By::Payer => signed(Bob),
		By::Sponsor => signed(Sr25519Keyring::Charlie),
		By::Council => pallet_council::Origin::Council.into(),
	}
}

impl<const PLACE: usize> Subject for LogicAt<PLACE> {
	fn examine(body: fn()) {
		chain("development").execute_with(|| {
			System::set_block_number(1);
			Self::select(Some(Self::account()));
			body();
		})
	}

	fn account() -> AccountId {
		Logics::all()[PLACE].0.clone()
	}

	fn living() -> AccountId {
		account_of("LivingNames")
	}

	fn select(logic: Option<AccountId>) {
		pallet_council::SelectedLogic::<Runtime>::set(logic);
	}

	fn go_to(block: BlockNumber) {
		System::set_block_number(block);
	}

	fn cool_down() -> BlockNumber {
		chain_parameters::NameCoolDown::get()
	}

	fn genesis() -> Hash {
		System::block_hash(0)
	}

	fn dispatch(by: By, call: ComposedCall) -> DispatchResult {
		let call = RuntimeCall::decode(&mut &call.encoded[..]).expect("it is a call");
		call.dispatch(origin(by)).map(|_| ()).map_err(|why| why.error)
	}

	fn held(by: By) -> Balance {
		use frame_support::traits::fungible::InspectHold;
		let who = frame_system::ensure_signed(origin(by)).expect("the council pays nothing");
		Balances::balance_on_hold(&pallet_eternal_storage::HoldReason::Entry.into(), &who)
	}

	fn content() -> Hash {
		use jns_primitives::council::LabelledStores;
		let store = Council::store_of(NAMES_LABEL).expect("it is made at genesis");
		let mut entries: Vec<_> = EntryOf::<Runtime>::iter_prefix((store,)).collect();
		entries.sort_by_key(|(key, _)| *key);
		<Runtime as frame_system::Config>::Hashing::hash_of(&entries)
	}

	fn events() -> usize {
		let logics: Vec<_> = Logics::all().iter().map(|(of, _)| pallet_index(of)).collect();
		let all = System::read_events_no_consensus();
		all.filter(|record| logics.contains(&record.event.encode()[0])).count()
	}

	fn decision(decision: Decision) -> ComposedCall {
		let call = match decision {
			Decision::Reserve(key) => {
				Call::<Runtime, Instance1>::reserve { keys: vec![key].try_into().unwrap() }
			},
			Decision::Unreserve(key) => Call::unreserve { keys: vec![key].try_into().unwrap() },
			Decision::Assign(key, id) => Call::assign { key, id },
			Decision::Remove(name) => {
				Call::remove { name: name.as_bytes().to_vec(), reason: Hash::zero() }
			},
		};
		// All instances encode their calls alike.
		ComposedCall { encoded: [vec![pallet_index(&Self::account())], call.encode()].concat() }
	}

	fn registration_call(r: Registration) -> Option<ComposedCall> {
		<Runtime as NamesApi<Block>>::registration_call(r.name, r.key, r.signature)
	}

	fn acceptance_call(r: Registration, statement: Vec<u8>) -> Option<ComposedCall> {
		<Runtime as NamesApi<Block>>::acceptance_call(r.name, r.key, r.signature, statement)
	}

	fn statement_call(name: Vec<u8>, action: Action, statement: Vec<u8>) -> Option<ComposedCall> {
		<Runtime as NamesApi<Block>>::statement_call(name, action, statement)
	}

	fn admission(name: Vec<u8>, key: Vec<u8>) -> Admission {
		<Runtime as NamesApi<Block>>::admission(name, key)
	}

	fn status(name: &Name) -> NameStatus {
		<Runtime as NamesApi<Block>>::name_status(name.as_bytes().to_vec()).unwrap()
	}

	fn name_of(id: JamiId) -> Option<Name> {
		<Runtime as NamesApi<Block>>::name_of(id).unwrap()
	}
}

/// What `docs/logics.md` shows is what is compiled, shipped and selected in the tests of upgrades.
#[test]
fn the_documented_logic_is_the_one_of_the_next_release() {
	let guide = include_str!("../../../docs/logics.md");
	let source = include_str!("../next/long_names.rs");
	let (_, code) = source.split_once("\n\n").unwrap();
	assert!(guide.contains(&format!("```rust\n{code}```")), "docs/logics.md should have:\n{code}");
	assert!(code.lines().count() < 45);
}

#[test]
fn each_logic_conforms() {
	let examine: [fn(); 3] = [
		logics::examine::<LogicAt<0>>,
		logics::examine::<LogicAt<1>>,
		// Of the release to which the tests upgrade.
		logics::examine::<LogicAt<2>>,
	];
	let count = Logics::all().len();
	assert!((2..=examine.len()).contains(&count));
	examine[..count].iter().for_each(|examine| examine());
}
