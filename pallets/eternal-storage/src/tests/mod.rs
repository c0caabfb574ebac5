//! Claims about stores, writers and deposits.

mod owners;
mod values;

use crate::{mock::*, *};
use frame_support::traits::fungible::{InspectHold, MutateHold};
use sp_core::U256;
use std::collections::BTreeMap;

pub(crate) type Kind = ValueKind;

pub(crate) fn key(n: u8) -> Key {
	[n; 32]
}

pub(crate) fn text(s: &str) -> Value<u64> {
	Value::String(s.as_bytes().to_vec().try_into().unwrap())
}

pub(crate) fn bytes(len: usize) -> Value<u64> {
	Value::Bytes(vec![7; len].try_into().unwrap())
}

pub(crate) fn signed(who: u64) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub(crate) fn council() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// What is held from `who` for values.
pub(crate) fn held(who: u64) -> u64 {
	Balances::balance_on_hold(&EntryHold::get(), &who)
}

/// What is held from `who` for stores.
pub(crate) fn held_for_stores(who: u64) -> u64 {
	Balances::balance_on_hold(&StoreHold::get(), &who)
}

/// A store of Alice's with [`LOGIC`] as its logic.
pub(crate) fn alices_store() -> StoreId {
	let store = NextStoreId::<Test>::get();
	EternalStorage::create_store(signed(ALICE)).unwrap();
	EternalStorage::set_logic(signed(ALICE), store, Some(LOGIC)).unwrap();
	store
}

/// A store of the council's.
pub(crate) fn council_store() -> StoreId {
	let store = NextStoreId::<Test>::get();
	EternalStorage::create_store(council()).unwrap();
	store
}

pub(crate) fn get(store: StoreId, kind: Kind, at: u8) -> Option<Value<u64>> {
	EntryOf::<Test>::get((store, kind, key(at))).map(|entry| entry.value)
}

pub(crate) fn samples() -> [Value<u64>; 7] {
	[
		Value::Bool(true),
		Value::Int256((-5).into()),
		Value::Uint256(U256::MAX),
		text("na\u{ef}ve"),
		bytes(3),
		Value::Address(BOB),
		Value::Bytes32([9; 32]),
	]
}

/// The tickets of an account add up to what is held from it.
pub(crate) fn holds_equal_tickets() {
	let amount = |ticket: &[u8]| u64::decode(&mut &ticket[..]).unwrap();
	let mut entries = BTreeMap::<u64, u64>::new();
	for entry in EntryOf::<Test>::iter_values() {
		if let Some(deposit) = entry.deposit {
			*entries.entry(deposit.payer).or_default() += amount(&deposit.ticket.encode());
		}
	}
	let mut stores = BTreeMap::<u64, u64>::new();
	for store in Stores::<Test>::iter_values() {
		if let Some(deposit) = store.deposit {
			*stores.entry(deposit.payer).or_default() += amount(&deposit.ticket.encode());
		}
	}
	for who in [ALICE, BOB, LOGIC, COUNCIL] {
		assert_eq!(entries.get(&who).copied().unwrap_or(0), held(who));
		assert_eq!(stores.get(&who).copied().unwrap_or(0), held_for_stores(who));
	}
}

#[test]
fn the_invariants_notice_a_hold_without_a_ticket() {
	new_test_ext().execute_with(|| {
		Balances::hold(&EntryHold::get(), &ALICE, 5).unwrap();
		assert!(std::panic::catch_unwind(holds_equal_tickets).is_err());
	});
}
