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

/// A value, or one as a call is given it.
pub(crate) fn text<V: From<Value<u64>>>(s: &str) -> V {
	Value::String(s.as_bytes().to_vec().try_into().unwrap()).into()
}

/// The same of bytes.
pub(crate) fn bytes<V: From<Value<u64>>>(len: usize) -> V {
	Value::Bytes(vec![7; len].try_into().unwrap()).into()
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
