//! What the council's origin does, and that nobody else does it.

use super::*;
use frame_support::traits::EnsureOrigin;
use jns_primitives::{
	council::LabelledStores,
	storage::{OwnerLogic, ResolveLogic},
};

fn label(s: &str) -> Label {
	s.as_bytes().to_vec().try_into().unwrap()
}

#[test]
fn the_council_owns_its_stores() {
	execute(|| {
		assert_ok!(Council::create_store(council(), label("a")));
		assert_ok!(Council::create_store(council(), label("b")));
		assert_eq!(Created::get(), [Council::account_id(); 2]);
		System::assert_last_event(Event::StoreAdded { label: label("b"), store: 1 }.into());
		assert_eq!(Council::store_of(b"b"), Some(1));
		assert_eq!(Council::store_of(b"c"), None);
		assert_eq!(Council::store_of(&[0; 33]), None);
		assert_noop!(Council::create_store(council(), label("a")), Error::<Test>::LabelTaken);
		assert_noop!(Council::create_store(council(), label("c")), Error::<Test>::TooManyStores);
		assert_eq!(Council::info().stores.len(), 2);
	});
}

#[test]
fn the_council_takes_over_a_store_that_is_offered() {
	execute(|| {
		assert_noop!(
			Council::accept_store(signed(ALICE), label("a"), 7),
			sp_runtime::traits::BadOrigin
		);
		assert_noop!(
			Council::accept_store(council(), label("a"), 6),
			DispatchError::Other("not offered")
		);
		assert_ok!(Council::accept_store(council(), label("a"), 7));
		assert_eq!(Council::store_of(b"a"), Some(7));
		assert_noop!(Council::create_store(council(), label("a")), Error::<Test>::LabelTaken);
	});
}

#[test]
fn selecting_a_logic_covers_every_store_at_once() {
	execute(|| {
		let mine = Council::account_id();
		assert_eq!(Council::logic_of(&mine), OwnerLogic::Selected(None));
		assert_ok!(Council::select_logic(council(), Some(7)));
		assert_eq!(Council::logic_of(&mine), OwnerLogic::Selected(Some(7)));
		assert_eq!(Council::logic_of(&ALICE), OwnerLogic::PerStore);
		assert_ok!(Council::select_logic(council(), None));
		System::assert_last_event(Event::LogicSelected { logic: None }.into());
		assert_eq!(Council::logic_of(&mine), OwnerLogic::Selected(None));
	});
}

#[test]
fn only_the_council_has_its_origin() {
	execute(|| {
		use sp_runtime::traits::BadOrigin;
		let heap: RuntimeCall = frame_system::Call::set_heap_pages { pages: 1 }.into();
		for origin in [signed(ALICE), RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert!(EnsureCouncil::<Test>::try_origin(origin.clone()).is_err());
			assert_noop!(Council::create_store(origin.clone(), label("a")), BadOrigin);
			assert_noop!(Council::select_logic(origin.clone(), Some(7)), BadOrigin);
			assert_noop!(Council::dispatch_root(origin, Box::new(heap.clone())), BadOrigin);
		}
		assert_eq!(EnsureCouncil::<Test>::try_origin(council()).ok(), Some(Council::account_id()));
	});
}

#[test]
fn root_is_a_closed_list() {
	execute(|| {
		let heap: RuntimeCall = frame_system::Call::set_heap_pages { pages: 1 }.into();
		assert_ok!(Council::dispatch_root(council(), Box::new(heap.clone())));
		System::assert_last_event(Event::RootDispatched.into());
		for carrier in [
			RuntimeCall::from(pallet_utility::Call::batch { calls: vec![heap.clone()] }),
			pallet_utility::Call::batch_all { calls: vec![heap.clone()] }.into(),
			pallet_utility::Call::as_derivative { index: 0, call: Box::new(heap.clone()) }.into(),
			Call::dispatch_root { call: Box::new(heap.clone()) }.into(),
			frame_system::Call::set_code { code: vec![] }.into(),
			frame_system::Call::kill_prefix { prefix: vec![], subkeys: 1 }.into(),
		] {
			assert_storage_noop!({
				let result = Council::dispatch_root(council(), Box::new(carrier));
				assert_eq!(result.unwrap_err().error, Error::<Test>::NotAdmitted.into());
			});
		}
	});
}

#[test]
fn batches_compose_with_the_door() {
	execute(|| {
		let heap: RuntimeCall = frame_system::Call::set_heap_pages { pages: 9 }.into();
		let index = propose(
			pallet_utility::Call::batch_all {
				calls: vec![select(7), Call::dispatch_root { call: Box::new(heap) }.into()],
			}
			.into(),
		);
		assert_ok!(vote(ALICE, index, true));
		assert_ok!(vote(BOB, index, true));
		assert_eq!(ending(index), Some(Ending::Executed(Ok(()))));
		assert_eq!(SelectedLogic::<Test>::get(), Some(7));
		assert!(sp_io::storage::exists(sp_core::storage::well_known_keys::HEAP_PAGES));
	});
}

#[test]
fn a_label_with_a_typing_error_is_dropped() {
	execute(|| {
		assert_ok!(Council::create_store(council(), label("nmaes")));
		let drop = || Council::drop_label(council(), label("nmaes"));
		assert_noop!(
			Council::drop_label(signed(ALICE), label("nmaes")),
			sp_runtime::traits::BadOrigin
		);
		assert_noop!(Council::drop_label(council(), label("names")), Error::<Test>::NoLabel);
		// What was written for a label stays with it.
		Filled::set(vec![0]);
		assert_noop!(drop(), Error::<Test>::NotEmpty);
		Filled::set(vec![]);
		assert!(Council::is_labelled(0));
		assert_ok!(drop());
		System::assert_last_event(Event::LabelDropped { label: label("nmaes"), store: 0 }.into());
		assert!(!Council::is_labelled(0));
		assert_eq!(Council::store_of(b"nmaes"), None);
		assert_noop!(drop(), Error::<Test>::NoLabel);
		assert_ok!(Council::create_store(council(), label("nmaes")));
	});
}

#[test]
fn a_store_has_one_label() {
	execute(|| {
		assert_ok!(Council::add_store(label("a"), 7));
		assert_noop!(Council::add_store(label("b"), 7), Error::<Test>::LabelTaken);
	});
}

#[test]
fn the_logic_that_was_selected_last_before_is_known() {
	execute(|| {
		let select = |logic| {
			assert_ok!(Council::select_logic(council(), logic));
		};
		assert_eq!(FormerLogic::<Test>::get(), None);
		for (next, former) in
			[(Some(1), None), (Some(1), None), (Some(2), Some(1)), (None, Some(2)), (None, Some(2))]
		{
			select(next);
			assert_eq!(FormerLogic::<Test>::get(), former, "{next:?}");
		}
		select(Some(2));
		assert_eq!(FormerLogic::<Test>::get(), Some(2));
	});
}

#[test]
fn a_batch_that_goes_on_after_an_error_is_not_what_the_outcome_says() {
	execute(|| {
		let heap: RuntimeCall = frame_system::Call::set_heap_pages { pages: 9 }.into();
		let calls = vec![select(7), heap, select(8)];
		let batch = pallet_utility::Call::batch { calls: calls.clone() };
		let index = propose(batch.into());
		assert_ok!(vote(ALICE, index, true));
		assert_ok!(vote(BOB, index, true));
		// So the guide says batchAll, always.
		assert_eq!(ending(index), Some(Ending::Executed(Ok(()))));
		assert_eq!(SelectedLogic::<Test>::get(), Some(7));
		let index = propose(pallet_utility::Call::batch_all { calls }.into());
		assert_ok!(vote(ALICE, index, true));
		assert_ok!(vote(BOB, index, true));
		assert_eq!(ending(index), Some(Ending::Executed(Err(DispatchError::BadOrigin))));
	});
}
