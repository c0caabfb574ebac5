//! What every implementor of [`EternalStorage`] does, as one suite.

use crate::storage::*;
use alloc::{vec, vec::Vec};
use core::fmt::Debug;
use sp_core::U256;
use sp_runtime::DispatchError;

/// Why an implementor refuses to write.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
	/// There is no such store.
	StoreNotFound,
	/// The account is not the store's logic.
	NotLogic,
	/// There is no value to remove.
	NotFound,
	/// The string is not UTF-8.
	InvalidUtf8,
}

/// An empty store, and who is who about it.
pub struct Setting<AccountId> {
	/// The store.
	pub store: StoreId,
	/// Its logic.
	pub logic: AccountId,
	/// Somebody else.
	pub stranger: AccountId,
	/// Who can pay for a few hundred values.
	pub payer: Payer<AccountId>,
}

/// An implementor, ready to be examined.
pub trait Subject {
	/// Its accounts.
	type AccountId: Clone + Debug + PartialEq;
	/// What is examined.
	type Storage: EternalStorage<Self::AccountId>;

	/// Runs a body on a new state with an empty store.
	fn examine(body: fn(Setting<Self::AccountId>));
	/// A digest of everything the implementor keeps.
	fn digest() -> Vec<u8>;
	/// Its error for a fault: each has its own.
	fn error(fault: Fault) -> DispatchError;
}

/// Examines everything.
pub fn examine<S: Subject>() {
	S::examine(kinds_are_apart::<S>);
	S::examine(values_come_back_as_they_were_written::<S>);
	S::examine(only_the_logic_writes::<S>);
	S::examine(a_batch_is_made_in_its_order::<S>);
	S::examine(a_batch_is_all_or_nothing::<S>);
	S::examine(pages_show_each_value_once::<S>);
}

fn text<A>(text: &[u8]) -> Value<A> {
	Value::String(text.to_vec().try_into().expect("it is short"))
}

fn bytes<A>(len: usize) -> Value<A> {
	Value::Bytes(vec![7; len].try_into().expect("within the bound"))
}

fn set<A>(key: u8, value: Value<A>) -> Write<A> {
	Write::Set { key: [key; 32], value }
}

fn remove<A>(kind: ValueKind, key: u8) -> Write<A> {
	Write::Remove { kind, key: [key; 32] }
}

/// One value of each kind.
pub fn samples<A>(account: A) -> [Value<A>; 7] {
	[
		Value::Bool(true),
		Value::Int256((-5).into()),
		Value::Uint256(U256::from(5)),
		text("na\u{ef}ve".as_bytes()),
		bytes(3),
		Value::Address(account),
		Value::Bytes32([9; 32]),
	]
}

impl<A: Clone + Debug + PartialEq> Setting<A> {
	fn write<S: Subject<AccountId = A>>(&self, batch: Vec<Write<A>>) -> Result<(), DispatchError> {
		let batch = Batch::try_from(batch).expect("within the bound");
		S::Storage::write(self.store, &self.logic, batch, &self.payer)
	}

	fn get<S: Subject<AccountId = A>>(&self, kind: ValueKind, key: u8) -> Option<Value<A>> {
		S::Storage::get(self.store, kind, &[key; 32])
	}

	/// Those writes are refused for that reason, and nothing changes, although the caller goes on.
	#[track_caller]
	fn refused<S: Subject<AccountId = A>>(&self, batch: Vec<Write<A>>, fault: Fault) {
		let before = S::digest();
		assert_eq!(self.write::<S>(batch), Err(S::error(fault)));
		assert_eq!(S::digest(), before, "something changed: {fault:?}");
	}
}

fn kinds_are_apart<S: Subject>(at: Setting<S::AccountId>) {
	for value in samples(at.stranger.clone()) {
		assert_eq!(at.get::<S>(value.kind(), 1), None);
		at.write::<S>(vec![set(1, value)]).expect("the logic may write");
	}
	for value in samples(at.stranger.clone()) {
		assert_eq!(at.get::<S>(value.kind(), 1), Some(value.clone()));
		at.write::<S>(vec![remove(value.kind(), 1)]).expect("it is there");
		assert_eq!(at.get::<S>(value.kind(), 1), None);
		at.refused::<S>(vec![remove(value.kind(), 1)], Fault::NotFound);
	}
}

fn values_come_back_as_they_were_written<S: Subject>(at: Setting<S::AccountId>) {
	let long = MAX_VALUE_LEN as usize;
	let extremes = [
		Value::Bool(false),
		Value::Int256(I256([0xff; 32])),
		Value::Int256(i128::MIN.into()),
		Value::Uint256(U256::zero()),
		Value::Uint256(U256::MAX),
		text(b""),
		text(&vec![b'x'; long]),
		bytes(0),
		bytes(long),
		Value::Bytes32([0; 32]),
	];
	for value in extremes {
		at.write::<S>(vec![set(2, value.clone())]).expect("the logic may write");
		assert_eq!(at.get::<S>(value.kind(), 2), Some(value));
	}
	for broken in [&[0xff][..], &[b'a', 0xc3], &[0xed, 0xa0, 0x80]] {
		at.refused::<S>(vec![set(2, text(broken))], Fault::InvalidUtf8);
	}
}

fn only_the_logic_writes<S: Subject>(mut at: Setting<S::AccountId>) {
	at.write::<S>(vec![set(1, bytes(1))]).expect("the logic may write");
	let (store, logic) = (at.store, at.logic.clone());
	assert_eq!(S::Storage::ensure_logic(store, &logic), Ok(()));
	at.logic = at.stranger.clone();
	at.refused::<S>(vec![set(1, bytes(2))], Fault::NotLogic);
	at.refused::<S>(vec![remove(ValueKind::Bytes, 1)], Fault::NotLogic);
	at.refused::<S>(vec![], Fault::NotLogic);
	assert_eq!(S::Storage::ensure_logic(store, &at.logic), Err(S::error(Fault::NotLogic)));
	at.logic = logic;
	at.store = StoreId::MAX;
	at.refused::<S>(vec![set(1, bytes(2))], Fault::StoreNotFound);
	assert_eq!(at.get::<S>(ValueKind::Bytes, 1), None);
}

fn a_batch_is_made_in_its_order<S: Subject>(at: Setting<S::AccountId>) {
	let twice = vec![set(1, bytes(1)), set(1, bytes(2)), set(2, bytes(3))];
	at.write::<S>(twice).expect("the logic may write");
	assert_eq!(at.get::<S>(ValueKind::Bytes, 1), Some(bytes(2)));
	let moved = vec![
		remove(ValueKind::Bytes, 1),
		set(1, text(b"instead")),
		remove(ValueKind::Bytes, 2),
		set(2, bytes(4)),
	];
	at.write::<S>(moved).expect("what is removed is there");
	assert_eq!(at.get::<S>(ValueKind::Bytes, 1), None);
	assert_eq!(at.get::<S>(ValueKind::String, 1), Some(text(b"instead")));
	assert_eq!(at.get::<S>(ValueKind::Bytes, 2), Some(bytes(4)));
	let full = (0..MAX_BATCH as u8).map(|n| set(n, Value::Bool(true))).collect();
	at.write::<S>(full).expect("as many as a batch can have");
	at.write::<S>(vec![]).expect("nothing is a batch too");
}

fn a_batch_is_all_or_nothing<S: Subject>(at: Setting<S::AccountId>) {
	at.write::<S>(vec![set(1, bytes(1))]).expect("the logic may write");
	let gone = vec![set(3, bytes(1)), remove(ValueKind::Bytes, 1), remove(ValueKind::Bytes, 1)];
	at.refused::<S>(gone, Fault::NotFound);
	let broken = vec![set(1, bytes(2)), set(4, text(&[0xff]))];
	at.refused::<S>(broken, Fault::InvalidUtf8);
}

fn pages_show_each_value_once<S: Subject>(at: Setting<S::AccountId>) {
	const COUNT: u8 = 10;
	for key in 0..COUNT {
		let batch = vec![set(key, bytes(key.into())), set(key, text(b"of another kind"))];
		at.write::<S>(batch).expect("the logic may write");
	}
	let (mut seen, mut after) = (vec![], None);
	loop {
		let page = S::Storage::page(at.store, ValueKind::Bytes, after.as_ref(), 3);
		assert!(page.len() <= 3, "a page is bounded");
		let Some((last, _)) = page.last() else { break };
		after = Some(*last);
		seen.extend(page);
	}
	seen.sort_by_key(|(key, _)| *key);
	let all: Vec<_> = (0..COUNT).map(|key| ([key; 32], bytes(key.into()))).collect();
	assert_eq!(seen, all);
	assert_eq!(S::Storage::page(at.store, ValueKind::Bytes, None, 0), vec![]);
}
