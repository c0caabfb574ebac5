//! Writing, removing and reading values, and who pays for them.

use super::*;
use frame_support::{assert_noop, assert_ok};
use jns_primitives::storage::EternalStorage as _;

#[test]
fn a_key_of_one_kind_does_not_exist_under_another() {
	execute(|| {
		let store = alices_store();
		for (n, value) in samples().into_iter().enumerate() {
			assert_eq!(EternalStorage::store_info(store).unwrap().entry_count, n as u64);
			assert_eq!(get(store, value.kind(), 1), None);
			assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), value.clone()));
			System::assert_last_event(
				Event::ValueSet { store, kind: value.kind(), key: key(1) }.into(),
			);
		}
		for value in samples() {
			assert_eq!(get(store, value.kind(), 1), Some(value.clone()));
			assert_ok!(EternalStorage::remove(signed(LOGIC), store, value.kind(), key(1)));
			assert_eq!(get(store, value.kind(), 1), None);
		}
		assert_eq!(EternalStorage::store_info(store).unwrap().entry_count, 0);
		assert_eq!(held(LOGIC), 0);
	});
}

#[test]
fn only_the_logic_writes() {
	execute(|| {
		let store = alices_store();
		assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), text("x")));
		for who in [ALICE, BOB] {
			assert_noop!(
				EternalStorage::set(signed(who), store, key(1), text("y")),
				Error::<Test>::NotLogic
			);
			assert_noop!(
				EternalStorage::remove(signed(who), store, Kind::String, key(1)),
				Error::<Test>::NotLogic
			);
		}
		assert_noop!(
			EternalStorage::set(council(), store, key(1), text("y")),
			sp_runtime::traits::BadOrigin
		);
		assert_noop!(
			EternalStorage::set(signed(LOGIC), store + 1, key(1), text("y")),
			Error::<Test>::StoreNotFound
		);
		assert_noop!(
			EternalStorage::remove(signed(LOGIC), store, Kind::Bytes, key(1)),
			Error::<Test>::NotFound
		);
	});
}

#[test]
fn a_string_is_utf8() {
	execute(|| {
		let store = alices_store();
		let broken = Value::String(vec![b'a', 0xff].try_into().unwrap());
		assert_noop!(
			EternalStorage::set(signed(LOGIC), store, key(1), broken),
			Error::<Test>::InvalidUtf8
		);
	});
}

#[test]
fn the_deposit_follows_the_value() {
	execute(|| {
		let store = alices_store();
		// 100 for the entry and 2 for each of its 10 + 2 bytes.
		assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), bytes(10)));
		assert_eq!(held(LOGIC), 124);
		assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), bytes(20)));
		assert_eq!(held(LOGIC), 144);
		assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), bytes(0)));
		assert_eq!(held(LOGIC), 104);
		// The price changes, the ticket does not until it is written again.
		EntryBase::set(1);
		assert_ok!(EternalStorage::remove(signed(LOGIC), store, Kind::Bytes, key(1)));
		assert_eq!(held(LOGIC), 0);
	});
}

#[test]
fn overwriting_returns_the_deposit_of_another_payer() {
	execute(|| {
		let store = council_store();
		let payer = |who| Payer::signed(signed(who)).unwrap();
		type Storage = crate::Pallet<Test>;
		assert_ok!(Storage::do_set(&LOGIC, store, key(1), bytes(10), &payer(ALICE)));
		assert_eq!((held(ALICE), held(BOB), held(LOGIC)), (124, 0, 0));
		EntryBase::set(50);
		assert_ok!(Storage::do_set(&LOGIC, store, key(1), bytes(10), &payer(BOB)));
		assert_eq!((held(ALICE), held(BOB), held(LOGIC)), (0, 74, 0));
		let exempt = Payer::exempt::<_, frame_system::EnsureRoot<u64>>(council()).unwrap();
		assert_ok!(Storage::do_set(&LOGIC, store, key(1), bytes(10), &exempt));
		assert_eq!((held(ALICE), held(BOB), held(LOGIC)), (0, 0, 0));
		assert_ok!(Storage::do_set(&LOGIC, store, key(1), bytes(10), &payer(BOB)));
		assert_ok!(Storage::do_remove(&LOGIC, store, Kind::Bytes, &key(1)));
		assert_eq!((held(ALICE), held(BOB), held(LOGIC)), (0, 0, 0));
	});
}

#[test]
fn a_value_that_nobody_can_pay_is_not_written() {
	execute(|| {
		let store = alices_store();
		assert_ok!(EternalStorage::set_logic(signed(ALICE), store, Some(77)));
		assert!(frame_support::storage::with_storage_layer(|| {
			EternalStorage::set(signed(77), store, key(1), bytes(1))
		})
		.is_err());
		assert_eq!(get(store, Kind::Bytes, 1), None);
	});
}

#[test]
fn a_payer_is_made_from_an_origin_alone() {
	execute(|| {
		assert!(Payer::<u64>::signed(council()).is_err());
		assert!(Payer::<u64>::signed(RuntimeOrigin::none()).is_err());
		assert!(Payer::<u64>::exempt::<_, frame_system::EnsureRoot<u64>>(signed(ALICE)).is_err());
		assert_eq!(Payer::signed(signed(ALICE)).unwrap().account(), Some(&ALICE));
	});
}

#[test]
fn pages_show_every_value_once() {
	execute(|| {
		let store = alices_store();
		for n in 0..10 {
			assert_ok!(EternalStorage::set(signed(LOGIC), store, key(n), bytes(n as usize)));
			assert_ok!(EternalStorage::set(signed(LOGIC), store, key(n), text("another kind")));
		}
		let mut seen = vec![];
		loop {
			let after = seen.last();
			let page = EternalStorage::page(store, Kind::Bytes, after, 3);
			assert!(page.len() <= 3);
			if page.is_empty() {
				break;
			}
			seen.extend(page.into_iter().map(|(key, _)| key));
		}
		seen.sort();
		assert_eq!(seen, (0..10).map(key).collect::<Vec<_>>());
	});
}

#[test]
fn the_invariants_notice_what_they_claim() {
	let broken = |damage: fn(StoreId)| {
		new_test_ext().execute_with(|| {
			let store = alices_store();
			EternalStorage::set(signed(LOGIC), store, key(1), text("x")).unwrap();
			EternalStorage::do_try_state().unwrap();
			damage(store);
			EternalStorage::do_try_state().is_err()
		})
	};
	assert!(broken(|id| EntryOf::<Test>::remove((id, Kind::String, key(1)))));
	assert!(broken(|id| EntryOf::<Test>::mutate((id, Kind::String, key(1)), |entry| {
		entry.as_mut().unwrap().value = Value::Bool(true)
	})));
	assert!(broken(|id| EntryOf::<Test>::mutate((id, Kind::String, key(1)), |entry| {
		entry.as_mut().unwrap().value = Value::String(vec![0xff].try_into().unwrap())
	})));
	assert!(broken(Stores::<Test>::remove));
	assert!(broken(|_| NextStoreId::<Test>::put(0)));
	assert!(broken(|id| Stores::<Test>::mutate(id, |store| {
		store.as_mut().unwrap().deposit = None
	})));
}
