//! Claims about stores, writers and deposits.

mod conformance;
mod model;
mod owners;
mod values;

use crate::{mock::*, *};
use frame_support::traits::fungible::InspectHold;

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
	Balances::balance_on_hold(&HoldReason::Entry.into(), &who)
}

/// What is held from `who` for stores.
pub(crate) fn held_for_stores(who: u64) -> u64 {
	Balances::balance_on_hold(&HoldReason::Store.into(), &who)
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
