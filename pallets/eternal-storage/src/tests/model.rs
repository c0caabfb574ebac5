//! Random actions of owners and writers, against the model.

use crate::model::{drive, Action, Change};
use proptest::{collection::vec, option, prelude::*};

fn changes() -> impl Strategy<Value = Vec<Change>> {
	let change = prop_oneof![
		6 => (0..7u8, 0..4u8, 0..40u8).prop_map(|(kind, key, len)| Change::Set { kind, key, len }),
		1 => (0..4u8).prop_map(|key| Change::SetBrokenText { key }),
		3 => (0..7u8, 0..4u8).prop_map(|(kind, key)| Change::Remove { kind, key }),
	];
	vec(change, 0..6)
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
	let who = || 0..5u8;
	let store = || 0..4u8;
	let action = prop_oneof![
		2 => who().prop_map(|who| Action::CreateStore { who }),
		3 => (who(), store(), option::of(who()))
			.prop_map(|(who, store, logic)| Action::SetLogic { who, store, logic }),
		2 => (who(), store(), option::of(who()))
			.prop_map(|(who, store, to)| Action::Offer { who, store, to }),
		2 => (who(), store()).prop_map(|(who, store)| Action::Accept { who, store }),
		1 => (who(), store()).prop_map(|(who, store)| Action::Delete { who, store }),
		2 => option::of(who()).prop_map(|logic| Action::Select { logic }),
		6 => (who(), store(), changes())
			.prop_map(|(who, store, changes)| Action::Write { who, store, changes }),
		6 => (who(), option::of(who()), store(), changes()).prop_map(
			|(logic, payer, store, changes)| Action::WriteFor { logic, payer, store, changes }
		),
		1 => (0..200u8, 0..4u8).prop_map(|(base, slope)| Action::Price { base, slope }),
	];
	vec(action, 1..100)
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

	#[test]
	fn the_pallet_does_what_the_model_says(actions in actions()) {
		drive(&actions);
	}
}
