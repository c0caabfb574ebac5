//! Writing, removing and reading values, and who pays for them.

use super::*;
use frame_support::{assert_noop, assert_ok};
use jns_primitives::{
	storage::{MAX_BATCH, MAX_VALUE_LEN},
	test_support::conformance::samples,
};

#[test]
fn a_change_is_counted_and_told() {
	execute(|| {
		let store = alices_store();
		let count = || EternalStorage::store_info(store).unwrap().entry_count;
		for (n, value) in samples(BOB).into_iter().enumerate() {
			assert_eq!(count(), n as u64);
			assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), value.clone().into()));
			let kind = value.kind();
			System::assert_has_event(Event::ValueSet { store, kind, key: key(1) }.into());
			assert_ok!(EternalStorage::set(signed(LOGIC), store, key(1), value.into()));
			assert_eq!(count(), n as u64 + 1, "overwriting adds none");
		}
		for kind in ValueKind::ALL {
			assert_ok!(EternalStorage::remove(signed(LOGIC), store, kind, key(1)));
			System::assert_has_event(Event::ValueRemoved { store, kind, key: key(1) }.into());
		}
		assert_eq!((count(), held(LOGIC)), (0, 0));
	});
}

#[test]
fn a_batch_is_one_hold() {
	execute(|| {
		let store = alices_store();
		let set = |n, len| GivenWrite::Set { key: key(n), value: bytes(len) };
		let remove = |n| GivenWrite::Remove { kind: Kind::Bytes, key: key(n) };
		let holds = || {
			let events = System::events().into_iter().map(|record| record.event);
			let is_hold = |event: &RuntimeEvent| match event {
				RuntimeEvent::Balances(pallet_balances::Event::Held { reason, .. }) => {
					*reason == HoldReason::Entry.into()
				},
				_ => false,
			};
			events.filter(is_hold).count()
		};
		let many = vec![set(1, 10), set(2, 10), set(3, 10), remove(2)];
		assert_ok!(EternalStorage::write_batch(signed(LOGIC), store, many));
		assert_eq!((held(LOGIC), holds()), (2 * 124, 1));
		// What is freed pays for what is new.
		let swapped = vec![remove(1), remove(3), set(4, 20)];
		assert_ok!(EternalStorage::write_batch(signed(LOGIC), store, swapped));
		assert_eq!((held(LOGIC), holds()), (144, 1));
		let failing = vec![remove(4), remove(4)];
		assert_noop!(
			EternalStorage::write_batch(signed(LOGIC), store, failing),
			Error::<Test>::NotFound
		);
		assert_noop!(
			EternalStorage::write_batch(signed(BOB), store, vec![]),
			Error::<Test>::NotLogic
		);
	});
}

#[test]
fn a_batch_has_a_bound() {
	let writes = |n| vec![Write::<u64>::Remove { kind: Kind::Bytes, key: key(1) }; n].encode();
	assert!(Batch::<u64>::decode(&mut &writes(64)[..]).is_ok());
	assert!(Batch::<u64>::decode(&mut &writes(65)[..]).is_err());
	let long = (Kind::Bytes, vec![0u8; 4097]).encode();
	assert!(Value::<u64>::decode(&mut &long[..]).is_err());
	let short = (Kind::Bytes, vec![0u8; 4096]).encode();
	assert!(Value::<u64>::decode(&mut &short[..]).is_ok());
}

#[test]
fn what_a_call_is_given_is_encoded_as_what_is_stored() {
	for value in samples(BOB) {
		let write = Write::Set { key: key(1), value: value.clone() };
		let remove = Write::Remove { kind: value.kind(), key: key(1) };
		let given = GivenValue::decode(&mut &value.encode()[..]).unwrap();
		assert_eq!((given.encode(), given.bounded()), (value.encode(), Some(value)));
		for write in [write, remove] {
			let given = GivenWrite::decode(&mut &write.encode()[..]).unwrap();
			assert_eq!((given.encode(), given.bounded()), (write.encode(), Some(write)));
		}
	}
}

#[test]
fn what_is_too_long_is_told_so_and_changes_nothing() {
	execute(|| {
		let store = alices_store();
		let max = MAX_VALUE_LEN as usize;
		let set = |value| EternalStorage::set(signed(LOGIC), store, key(1), value);
		for kind in [GivenValue::String, GivenValue::Bytes] {
			assert_noop!(set(kind(vec![b'x'; max + 1])), Error::<Test>::TooLong);
			let batch = vec![
				GivenWrite::Set { key: key(2), value: bytes(1) },
				GivenWrite::Set { key: key(1), value: kind(vec![b'x'; max + 1]) },
			];
			assert_noop!(
				EternalStorage::write_batch(signed(LOGIC), store, batch),
				Error::<Test>::TooLong
			);
			assert_ok!(set(kind(vec![b'x'; max])));
		}
	});
}

#[test]
fn too_many_changes_are_told_so_and_cost_no_more() {
	execute(|| {
		let store = alices_store();
		let write = |n| GivenWrite::Set { key: key(n), value: bytes(MAX_VALUE_LEN as usize) };
		let many = |n: u32| (0..n as u8).map(write).collect::<Vec<_>>();
		assert_noop!(
			EternalStorage::write_batch(signed(LOGIC), store, many(MAX_BATCH + 1)),
			Error::<Test>::TooManyWrites
		);
		assert_ok!(EternalStorage::write_batch(signed(LOGIC), store, many(MAX_BATCH)));
		let weight = |n| EternalStorage::batch_weight(&many(n));
		assert!(weight(MAX_BATCH - 1).all_lt(weight(MAX_BATCH)));
		assert_eq!(weight(MAX_BATCH), weight(3 * MAX_BATCH));
	});
}

#[test]
fn a_hostile_owner_and_logic_change_nobody_elses_balance() {
	execute(|| {
		let before = Balances::free_balance(ALICE);
		// Bob owns a store whose logic he is, offers it to Alice and takes it back, and overwrites,
		// removes and batches as he likes.
		let store = NextStoreId::<Test>::get();
		assert_ok!(EternalStorage::create_store(signed(BOB)));
		assert_ok!(EternalStorage::set_logic(signed(BOB), store, Some(BOB)));
		assert_ok!(EternalStorage::offer_ownership(signed(BOB), store, Some(ALICE)));
		assert_ok!(EternalStorage::set(signed(BOB), store, key(1), GivenValue::Address(ALICE)));
		assert_ok!(EternalStorage::set(signed(BOB), store, key(1), bytes(9)));
		assert_ok!(EternalStorage::remove(signed(BOB), store, Kind::Bytes, key(1)));
		assert_eq!(
			(Balances::free_balance(ALICE), held(ALICE), held_for_stores(ALICE)),
			(before, 0, 0)
		);
		// Not even over what Alice paid for, when she was the logic: she gets it back.
		assert_ok!(EternalStorage::set_logic(signed(BOB), store, Some(ALICE)));
		assert_ok!(EternalStorage::set(signed(ALICE), store, key(2), bytes(10)));
		assert_eq!(held(ALICE), 124);
		assert_ok!(EternalStorage::set_logic(signed(BOB), store, Some(BOB)));
		EntryBase::set(5_000);
		assert_ok!(EternalStorage::set(signed(BOB), store, key(2), bytes(10)));
		assert_eq!((Balances::free_balance(ALICE), held(ALICE)), (before, 0));
	});
}

#[test]
fn a_list_of_stores_per_owner() {
	execute(|| {
		let stores: Vec<_> = (0..5).map(|_| alices_store()).collect();
		let foreign = council_store();
		let of = |who| {
			let mut all = vec![];
			loop {
				let page = EternalStorage::stores_of(&who, all.last().copied(), 2);
				assert!(page.len() <= 2);
				if page.is_empty() {
					break;
				}
				all.extend(page);
			}
			all.sort();
			all
		};
		assert_eq!((of(ALICE), of(COUNCIL), of(BOB)), (stores.clone(), vec![foreign], vec![]));
		assert_ok!(EternalStorage::offer_ownership(signed(ALICE), stores[0], Some(BOB)));
		assert!(of(BOB).is_empty(), "nothing is received unasked");
		assert_ok!(EternalStorage::accept_ownership(signed(BOB), stores[0]));
		assert_ok!(EternalStorage::delete_store(signed(ALICE), stores[1]));
		assert_eq!((of(ALICE), of(BOB)), (stores[2..].to_vec(), vec![stores[0]]));
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
		let set = |payer| {
			let write = Write::Set { key: key(1), value: bytes(10) };
			EternalStorage::do_write(&LOGIC, store, [write], &payer)
		};
		assert_ok!(set(payer(ALICE)));
		assert_eq!((held(ALICE), held(BOB), held(LOGIC)), (124, 0, 0));
		EntryBase::set(50);
		assert_ok!(set(payer(BOB)));
		assert_eq!((held(ALICE), held(BOB), held(LOGIC)), (0, 74, 0));
		let exempt = Payer::exempt::<_, frame_system::EnsureRoot<u64>>(council()).unwrap();
		assert_ok!(set(exempt));
		assert_eq!((held(ALICE), held(BOB), held(LOGIC)), (0, 0, 0));
		assert_ok!(set(payer(BOB)));
		let remove = Write::Remove { kind: Kind::Bytes, key: key(1) };
		assert_ok!(EternalStorage::do_write(&LOGIC, store, [remove], &payer(ALICE)));
		assert_eq!((held(ALICE), held(BOB), held(LOGIC)), (0, 0, 0));
	});
}

#[test]
fn a_value_that_nobody_can_pay_is_not_written() {
	execute(|| {
		let store = alices_store();
		assert_ok!(EternalStorage::set_logic(signed(ALICE), store, Some(77)));
		assert_noop!(
			EternalStorage::set(signed(77), store, key(1), bytes(1)),
			sp_runtime::TokenError::FundsUnavailable
		);
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
	assert!(broken(|id| StoresOf::<Test>::remove(ALICE, id)));
	assert!(broken(|id| StoresOf::<Test>::insert(BOB, id, ())));
	assert!(broken(
		|_| <Balances as MutateHold<_>>::hold(&HoldReason::Entry.into(), &LOGIC, 1).unwrap()
	));
	assert!(broken(
		|_| <Balances as MutateHold<_>>::hold(&HoldReason::Store.into(), &ALICE, 1).unwrap()
	));
}

#[test]
fn a_payer_below_a_raised_existential_deposit_keeps_nobody_from_removing_or_overwriting() {
	type Pallet = EternalStorage;
	execute(|| {
		let store = alices_store();
		let set = |n, len| Pallet::set(signed(LOGIC), store, key(n), bytes(len));
		assert_ok!(set(1, 10));
		assert_ok!(set(2, 10));
		assert_eq!(held(LOGIC), 2 * 124);

		// The logic's account has given away all that is not held, but for the old minimum.
		let left = Balances::free_balance(LOGIC) - 1;
		assert_ok!(Balances::transfer_keep_alive(signed(LOGIC), ALICE, left));
		ExistentialDeposit::set(10_000);
		let total = Balances::total_issuance();
		assert_ok!(Pallet::remove(signed(LOGIC), store, Kind::Bytes, key(1)));
		assert_eq!((held(LOGIC), Balances::free_balance(LOGIC)), (124, 1));
		assert_ok!(set(2, 5));
		assert_eq!((held(LOGIC), Balances::free_balance(LOGIC)), (114, 1));
		assert_eq!(Balances::total_issuance(), total - 124 - 10);
		let reason = HoldReason::Entry.into();
		let burned = pallet_balances::Event::BurnedHeld { reason, who: LOGIC, amount: 124 };
		System::assert_has_event(burned.into());

		// Whoever can receive a refund gets it.
		assert_ok!(Balances::transfer_keep_alive(signed(ALICE), LOGIC, 10_000));
		assert_ok!(Pallet::remove(signed(LOGIC), store, Kind::Bytes, key(2)));
		assert_eq!((held(LOGIC), Balances::free_balance(LOGIC)), (0, 10_115));
		assert_eq!(Balances::total_issuance(), total - 124 - 10);
	});
}

#[test]
fn an_owner_below_a_raised_existential_deposit_deletes_its_store() {
	execute(|| {
		let store = alices_store();
		let left = Balances::free_balance(ALICE) - 1;
		assert_ok!(Balances::transfer_keep_alive(signed(ALICE), BOB, left));
		ExistentialDeposit::set(10_000);
		assert_ok!(EternalStorage::delete_store(signed(ALICE), store));
		assert_eq!(EternalStorage::store_info(store), None);
		assert_eq!(Balances::balance_on_hold(&HoldReason::Store.into(), &ALICE), 0);
	});
}
