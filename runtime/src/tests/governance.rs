//! What the council can do, and that nobody else can.

use super::*;
use crate::configs::RootCalls;
use frame_support::traits::{Contains, EnsureOrigin};
use pallet_council::{Ending, EnsureCouncil};
use sp_runtime::{DispatchError, Perbill};

fn dispatch_root(call: impl Into<RuntimeCall>) -> pallet_council::Call<Runtime> {
	pallet_council::Call::dispatch_root { call: Box::new(call.into()) }
}

#[test]
fn the_council_authorizes_an_upgrade() {
	chain("development").execute_with(|| {
		let code_hash = Hash::repeat_byte(7);
		let ending = pass(dispatch_root(frame_system::Call::authorize_upgrade { code_hash }));
		assert_eq!(ending, Ending::Executed(Ok(())));
		assert_eq!(*System::authorized_upgrade().unwrap().code_hash(), code_hash);
	});
}

#[test]
fn the_council_governs_staking() {
	chain("local").execute_with(|| {
		let batch = pallet_utility::Call::batch_all {
			calls: vec![
				dispatch_root(pallet_staking::Call::set_validator_count { new: 7 }).into(),
				pallet_staking::Call::set_min_commission { new: Perbill::from_percent(3) }.into(),
			],
		};
		assert_eq!(pass(batch), Ending::Executed(Ok(())));
		assert_eq!(pallet_staking::ValidatorCount::<Runtime>::get(), 7);
		assert_eq!(pallet_staking::MinCommission::<Runtime>::get(), Perbill::from_percent(3));
	});
}

#[test]
fn root_calls_are_a_closed_list_of_leaves() {
	let authorize: RuntimeCall =
		frame_system::Call::authorize_upgrade { code_hash: Default::default() }.into();
	let boxed = || Box::new(authorize.clone());
	let alice = || Alice.to_account_id();
	for admitted in [
		authorize.clone(),
		pallet_staking::Call::force_new_era {}.into(),
		pallet_staking::Call::force_unstake { stash: alice(), num_slashing_spans: 0 }.into(),
		pallet_grandpa::Call::note_stalled { delay: 1, best_finalized_block_number: 0 }.into(),
	] {
		assert!(RootCalls::contains(&admitted), "{admitted:?}");
	}
	for refused in [
		frame_system::Call::set_code { code: vec![] }.into(),
		frame_system::Call::set_code_without_checks { code: vec![] }.into(),
		frame_system::Call::authorize_upgrade_without_checks { code_hash: Default::default() }
			.into(),
		frame_system::Call::set_storage { items: vec![] }.into(),
		frame_system::Call::kill_storage { keys: vec![] }.into(),
		frame_system::Call::kill_prefix { prefix: vec![], subkeys: 0 }.into(),
		pallet_balances::Call::force_set_balance { who: alice().into(), new_free: 0 }.into(),
		pallet_utility::Call::batch { calls: vec![authorize.clone()] }.into(),
		pallet_utility::Call::batch_all { calls: vec![authorize.clone()] }.into(),
		pallet_utility::Call::force_batch { calls: vec![authorize.clone()] }.into(),
		pallet_utility::Call::as_derivative { index: 0, call: boxed() }.into(),
		pallet_utility::Call::dispatch_as {
			as_origin: Box::new(frame_system::RawOrigin::Root.into()),
			call: boxed(),
		}
		.into(),
		pallet_proxy::Call::proxy { real: alice().into(), force_proxy_type: None, call: boxed() }
			.into(),
		pallet_multisig::Call::as_multi_threshold_1 { other_signatories: vec![], call: boxed() }
			.into(),
		RuntimeCall::from(dispatch_root(authorize.clone())),
	] {
		assert!(!RootCalls::contains(&refused), "{refused:?}");
	}
}

#[test]
fn the_council_is_not_root() {
	chain("development").execute_with(|| {
		let ending = pass(frame_system::Call::authorize_upgrade { code_hash: Hash::zero() });
		assert_eq!(ending, Ending::Executed(Err(DispatchError::BadOrigin)));
		// Nor does a call that takes another origin along make it root.
		let ending = pass(pallet_utility::Call::dispatch_as {
			as_origin: Box::new(frame_system::RawOrigin::Root.into()),
			call: Box::new(
				frame_system::Call::authorize_upgrade { code_hash: Hash::zero() }.into(),
			),
		});
		assert_eq!(ending, Ending::Executed(Err(DispatchError::BadOrigin)));
		assert!(System::authorized_upgrade().is_none());
	});
}

#[test]
fn only_the_council_passes_its_origin() {
	chain("development").execute_with(|| {
		for origin in [signed(Alice), RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert!(EnsureCouncil::<Runtime>::try_origin(origin).is_err());
		}
		let council = RuntimeOrigin::from(pallet_council::Origin::Council);
		assert_eq!(EnsureCouncil::<Runtime>::try_origin(council).ok(), Some(Council::account_id()));
	});
}

#[test]
fn names_are_frozen_while_no_logic_is_selected() {
	use jns_primitives::test_support::genuine_registrations;
	chain("development").execute_with(|| {
		let all = genuine_registrations();
		assert_ok!(register(Bob, &all[0]));
		let select = |logic| pallet_council::Call::select_logic { logic };
		assert_eq!(pass(select(None)), Ending::Executed(Ok(())));
		assert_eq!(
			register(Bob, &all[1]).unwrap_err().error,
			pallet_eternal_storage::Error::<Runtime>::NoLogic.into()
		);
		assert_eq!(pass(select(Some(Permanent::account_id()))), Ending::Executed(Ok(())));
		assert_ok!(register(Bob, &all[1]));
	});
}
