//! Making, handing over and deleting stores, and deciding who writes.

use super::*;
use frame_support::{assert_noop, assert_ok};

#[test]
fn a_store_costs_its_owner_a_deposit() {
	execute(|| {
		assert_ok!(EternalStorage::create_store(signed(ALICE)));
		assert_eq!(held_for_stores(ALICE), 1_000);
		System::assert_last_event(Event::StoreCreated { store: 0, owner: ALICE }.into());
		assert_eq!(EternalStorage::store_info(0).unwrap().logic, None);
	});
}

#[test]
fn an_exempt_owner_pays_nothing() {
	execute(|| {
		let store = council_store();
		assert_eq!(Stores::<Test>::get(store).unwrap().deposit, None);
		assert_eq!(held_for_stores(COUNCIL), 0);
	});
}

#[test]
fn a_store_cannot_be_made_without_money() {
	execute(|| {
		assert!(EternalStorage::create_store(signed(77)).is_err());
		assert_eq!(NextStoreId::<Test>::get(), 0);
	});
}

#[test]
fn only_the_owner_sets_the_logic() {
	execute(|| {
		let store = alices_store();
		for who in [BOB, LOGIC] {
			assert_noop!(
				EternalStorage::set_logic(signed(who), store, Some(who)),
				Error::<Test>::NotOwner
			);
		}
		assert_noop!(
			EternalStorage::set_logic(signed(ALICE), store + 1, None),
			Error::<Test>::StoreNotFound
		);
		assert_ok!(EternalStorage::set_logic(signed(ALICE), store, Some(BOB)));
		System::assert_last_event(Event::LogicSet { store, logic: Some(BOB) }.into());
		assert_ok!(EternalStorage::set(signed(BOB), store, key(1), text("x")));
	});
}

#[test]
fn the_council_selects_for_all_its_stores_at_once() {
	execute(|| {
		let (first, second) = (council_store(), council_store());
		for store in [first, second] {
			assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), text("one")));
			assert_noop!(
				EternalStorage::set_logic(council(), store, Some(BOB)),
				Error::<Test>::LogicSetByOwner
			);
		}
		SelectedLogic::set(Some(BOB));
		for store in [first, second] {
			assert_noop!(
				EternalStorage::set(signed(LOGIC), store, key(1), text("two")),
				Error::<Test>::NotLogic
			);
			assert_ok!(EternalStorage::set(signed(BOB), store, key(2), text("two")));
		}
		// With none selected nobody writes, and everything can be read.
		SelectedLogic::set(None);
		for store in [first, second] {
			for who in [LOGIC, BOB] {
				assert_noop!(
					EternalStorage::set(signed(who), store, key(3), text("three")),
					Error::<Test>::NoLogic
				);
				assert_noop!(
					EternalStorage::remove(signed(who), store, Kind::String, key(1)),
					Error::<Test>::NoLogic
				);
			}
			assert_eq!(get(store, Kind::String, 1), Some(text("one")));
			assert_eq!(get(store, Kind::String, 2), Some(text("two")));
		}
	});
}

#[test]
fn ownership_moves_by_offer_and_acceptance_alone() {
	execute(|| {
		let store = alices_store();
		assert_noop!(
			EternalStorage::accept_ownership(signed(BOB), store),
			Error::<Test>::NotOffered
		);
		assert_noop!(
			EternalStorage::offer_ownership(signed(BOB), store, Some(BOB)),
			Error::<Test>::NotOwner
		);
		assert_ok!(EternalStorage::offer_ownership(signed(ALICE), store, Some(BOB)));
		assert_ok!(EternalStorage::offer_ownership(signed(ALICE), store, None));
		assert_noop!(
			EternalStorage::accept_ownership(signed(BOB), store),
			Error::<Test>::NotOffered
		);
		assert_ok!(EternalStorage::offer_ownership(signed(ALICE), store, Some(BOB)));
		assert_ok!(EternalStorage::accept_ownership(signed(BOB), store));
		System::assert_last_event(Event::OwnershipAccepted { store, owner: BOB }.into());
		assert_eq!((held_for_stores(ALICE), held_for_stores(BOB)), (0, 1_000));
		// The logic stays until the new owner sets another, and the offer is spent.
		assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), text("x")));
		assert_noop!(
			EternalStorage::accept_ownership(signed(BOB), store),
			Error::<Test>::NotOffered
		);
	});
}

#[test]
fn a_store_that_the_council_accepts_falls_under_its_selection() {
	execute(|| {
		let store = alices_store();
		assert_ok!(EternalStorage::set_logic(signed(ALICE), store, Some(BOB)));
		assert_ok!(EternalStorage::offer_ownership(signed(ALICE), store, Some(COUNCIL)));
		assert_ok!(EternalStorage::accept_ownership(council(), store));
		assert_eq!(held_for_stores(ALICE), 0);
		assert_noop!(
			EternalStorage::set(signed(BOB), store, key(1), text("x")),
			Error::<Test>::NotLogic
		);
		assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), text("x")));
	});
}

#[test]
fn only_an_empty_store_can_be_deleted() {
	execute(|| {
		let store = alices_store();
		assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), text("x")));
		assert_noop!(EternalStorage::delete_store(signed(ALICE), store), Error::<Test>::NotEmpty);
		assert_ok!(EternalStorage::remove(signed(LOGIC), store, Kind::String, key(1)));
		assert_noop!(EternalStorage::delete_store(signed(LOGIC), store), Error::<Test>::NotOwner);
		assert_ok!(EternalStorage::delete_store(signed(ALICE), store));
		System::assert_last_event(Event::StoreDeleted { store }.into());
		assert_eq!(held_for_stores(ALICE), 0);
		assert_ne!(alices_store(), store);
		assert_noop!(
			EternalStorage::set(signed(LOGIC), store, key(1), text("x")),
			Error::<Test>::StoreNotFound
		);
	});
}

#[test]
fn a_labelled_store_is_neither_given_away_nor_deleted() {
	execute(|| {
		let store = council_store();
		assert_ok!(EternalStorage::offer_ownership(council(), store, Some(BOB)));
		Labelled::set(vec![store]);
		assert_noop!(EternalStorage::accept_ownership(signed(BOB), store), Error::<Test>::Labelled);
		assert_noop!(
			EternalStorage::offer_ownership(council(), store, Some(BOB)),
			Error::<Test>::Labelled
		);
		assert_noop!(EternalStorage::delete_store(council(), store), Error::<Test>::Labelled);
		// An offer from before is withdrawn.
		assert_ok!(EternalStorage::offer_ownership(council(), store, None));
		Labelled::set(vec![]);
		assert_ok!(EternalStorage::delete_store(council(), store));
	});
}

#[test]
fn a_registry_tells_what_is_empty_and_what_is_offered() {
	use jns_primitives::storage::StoreRegistry;
	execute(|| {
		let is_empty = |store| <EternalStorage as StoreRegistry<u64>>::is_empty(store);
		let is_offered = |store| <EternalStorage as StoreRegistry<u64>>::is_offered(store);
		let store = council_store();
		assert!(is_empty(store) && !is_offered(store));
		assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), text("one")));
		assert_ok!(EternalStorage::offer_ownership(council(), store, Some(BOB)));
		assert!(!is_empty(store) && is_offered(store));
		assert!(is_empty(store + 1) && !is_offered(store + 1), "there is none");
	});
}
