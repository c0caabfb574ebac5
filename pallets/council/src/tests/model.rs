//! Random calls of many members through blocks, against the model.

use crate::model::*;
use proptest::prelude::*;

fn actions() -> impl Strategy<Value = Vec<Action>> {
	let who = || (1..=ACCOUNTS).prop_map(Who);
	let amount = || {
		prop_oneof![
			3 => Just(Amount::All),
			2 => (1..12u8).prop_map(Amount::AllBut),
			3 => (0..40u8).prop_map(Amount::Exactly),
		]
	};
	let what = prop_oneof![
		2 => Just(Proposed::Freeze),
		4 => any::<u8>().prop_map(Proposed::Select),
		1 => any::<u8>().prop_map(Proposed::SelectAndFail),
		4 => (who(), who(), amount())
			.prop_map(|(from, to, amount)| Proposed::Move { from, to, amount }),
		1 => prop_oneof![Just(Proposed::Vote), Just(Proposed::Remark)],
	];
	let action = prop_oneof![
		10 => (who(), who(), amount(), prop::bool::weighted(0.2))
			.prop_map(|(from, to, amount, forced)| Action::Delegate { from, to, amount, forced }),
		4 => (who(), what, prop_oneof![9 => 1..25u8, 1 => any::<u8>()])
			.prop_map(|(who, what, lifetime)| Action::Propose { who, what, lifetime }),
		10 => (who(), any::<bool>(), prop::bool::weighted(0.05))
			.prop_map(|(who, aye, other)| Action::Vote { who, aye, other }),
		2 => who().prop_map(|who| Action::Close { who }),
		2 => who().prop_map(|who| Action::Withdraw { who }),
		4 => prop_oneof![4 => 1..6u8, 1 => 40..110u8].prop_map(Action::Blocks),
		1 => Just(Action::NewCalls),
	];
	prop::collection::vec(action, 1..120)
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

	#[test]
	fn the_pallet_does_what_the_article_says(actions in actions()) {
		drive(&actions);
	}
}
