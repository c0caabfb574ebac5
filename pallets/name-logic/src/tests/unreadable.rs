//! What another logic left that these do not write.

use super::*;
use crate::registry::Refusal;
use jns_primitives::{
	api::NameEntry,
	layout::{
		cool_down_key, hand_over_key, mark_key, pack, reservation_key, reverse_key, take_back_key,
	},
	storage::{Value, ValueKind, Write},
	HandOver, TakeBack, VersionedRecord,
};

/// Runs a test's body in block 1 while names live, and checks no invariants after it.
fn damaged(body: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		Which::Living.select();
		body();
	})
}

/// Writes as a logic of another kind, which is selected for that moment.
fn write(writes: Vec<Write<AccountId>>) {
	let selected = SelectedLogic::get();
	SelectedLogic::set(Some(bob()));
	let batch = writes.into_iter().map(Into::into).collect();
	assert_ok!(EternalStorage::write_batch(RuntimeOrigin::signed(bob()), 0, batch));
	SelectedLogic::set(selected);
}

fn set(key: Key, value: Value<AccountId>) -> Write<AccountId> {
	Write::Set { key, value }
}

fn bytes(bytes: &[u8]) -> Value<AccountId> {
	Value::Bytes(bytes.to_vec().try_into().unwrap())
}

fn stored(record: NameRecord) -> Value<AccountId> {
	bytes(&VersionedRecord::from(record).encode())
}

fn packed(word: &impl Encode) -> Value<AccountId> {
	Value::Bytes32(pack(word).unwrap())
}

/// What nothing reads as a word about a name.
const NO_WORD: Value<AccountId> = Value::Bytes32([0xff; 32]);

/// The record of the owner's registration in block 1.
fn owners_record() -> NameRecord {
	let Proof { name, id, key, signature } = proof(OWNER, NAME);
	NameRecord {
		name: name.try_into().unwrap(),
		id,
		key: key.try_into().unwrap(),
		signature: signature.try_into().unwrap(),
		block: 1,
		sequence: 0,
	}
}

fn purge(who: Option<usize>) -> DispatchResult {
	by_council(Call::purge { key: key(), id: who.map(id) })
}

#[test]
fn a_record_that_another_logic_left_without_a_mark_is_marked_when_it_ends() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		write(vec![Write::Remove { kind: ValueKind::Bool, key: mark_key(&key(), &id(OWNER)) }]);
		assert!(Names::do_try_state().is_err(), "the invariants notice");
		assert_ok!(release(sign(OWNER, Action::Release)));
		go_to(1_000);
		assert_refused!(register_plainly(OWNER), Spent);
	});
}

#[test]
fn a_record_that_another_logic_left_without_a_reverse_entry_ends_all_the_same() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		write(vec![Write::Remove { kind: ValueKind::String, key: reverse_key(&id(OWNER)) }]);
		assert!(Names::do_try_state().is_err(), "the invariants notice");
		frame_support::hypothetically!({
			assert_ok!(remove());
		});
		assert_ok!(release(sign(OWNER, Action::Release)));
	});
	// The reverse entry of another name stays.
	living(|| {
		assert_ok!(register_plainly(OWNER));
		let other = Value::String(b"other".to_vec().try_into().unwrap());
		write(vec![set(reverse_key(&id(OWNER)), other)]);
		assert_ok!(remove());
		assert_eq!(Names::name_of(&id(OWNER)), Ok(Some(Name::try_from(&b"other"[..]).unwrap())));
		assert_ok!(purge(Some(OWNER)));
		assert_eq!(Names::name_of(&id(OWNER)), Ok(None));
	});
}

#[test]
fn the_invariants_notice_what_they_claim() {
	let other = NameRecord { id: JamiId([9; 20]), ..owners_record() };
	let damages = [
		("no mark", Write::Remove { kind: ValueKind::Bool, key: mark_key(&key(), &id(OWNER)) }),
		("a record that cannot be read", set(key(), bytes(&[1]))),
		("a record of another version", set(key(), bytes(&[2]))),
		("another's record", set(key(), stored(other))),
		("a record at another key", set([7; 32], stored(owners_record()))),
		(
			"a cool-down of a name that is taken",
			set(cool_down_key(&key()), Value::Uint256(9.into())),
		),
		("a take-back of a name that is taken", {
			let released = TakeBack { by: id(OWNER), since: 0 };
			set(take_back_key(&key()), packed(&released))
		}),
		("a hand-over that cannot be read", set(hand_over_key(&key()), NO_WORD)),
		("a hand-over to whose it is", {
			let offer = HandOver { to: id(OWNER), deadline: 9 };
			set(hand_over_key(&key()), packed(&offer))
		}),
		("a reservation that cannot be read", { set(reservation_key(&key()), NO_WORD) }),
	];
	for (what, damage) in damages {
		damaged(|| {
			assert_ok!(register_plainly(OWNER));
			assert_ok!(Names::do_try_state());
			write(vec![damage]);
			assert!(Names::do_try_state().is_err(), "{what}");
		});
	}
}

#[test]
fn a_successors_values_are_left_room() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		write(vec![
			set([1; 32], Value::Uint256(u128::MAX.into())),
			set([2; 32], Value::String(b"a skeleton".to_vec().try_into().unwrap())),
			set([3; 32], Value::Bool(false)),
			set([4; 32], NO_WORD),
			set([5; 32], Value::Address(bob())),
		]);
		assert_ok!(Names::do_try_state());
	});
}

#[test]
fn what_cannot_be_read_is_never_said_to_be_absent() {
	damaged(|| {
		assert_ok!(register_plainly(OWNER));
		let corrupt = || Some(Refusal::Corrupt);
		let read = || {
			(
				Names::record(&name()).err(),
				Names::status(&name()).err(),
				Names::is_spent(&name(), &id(HEIR)).err(),
				Names::name_of(&id(OWNER)).err(),
			)
		};
		frame_support::hypothetically!({
			write(vec![set(key(), bytes(&[2, 7]))]);
			assert_eq!(read(), (corrupt(), corrupt(), corrupt(), None));
			assert_refused!(register_plainly(HEIR), Corrupt);
			assert_refused!(remove(), Corrupt);
		});
		for word in [hand_over_key(&key()), take_back_key(&key()), reservation_key(&key())] {
			frame_support::hypothetically!({
				write(vec![set(word, NO_WORD)]);
				assert_eq!(read(), (None, corrupt(), None, None));
			});
		}
		write(vec![set(
			reverse_key(&id(OWNER)),
			Value::String(b"a/b".to_vec().try_into().unwrap()),
		)]);
		assert_eq!(read(), (None, None, None, corrupt()));
		assert_refused!(register(bob(), proof(OWNER, "another")), Corrupt);
	});
}

#[test]
fn a_page_shows_what_it_cannot_read_and_goes_on() {
	damaged(|| {
		for (who, name) in [(OWNER, "alice"), (HEIR, "bob"), (STRANGER, "carol")] {
			assert_ok!(register(bob(), proof(who, name)));
		}
		write(vec![
			set([0; 32], bytes(&[0xff])),
			set([0x80; 32], stored(owners_record())),
			set([0xff; 32], bytes(&[])),
		]);
		let mut seen: Vec<NameEntry> = vec![];
		loop {
			let page = Names::page(seen.last().map(|entry| &entry.record_key), 2).unwrap();
			seen.extend_from_slice(&page);
			if page.len() < 2 {
				break;
			}
		}
		assert_eq!(seen.len(), 6);
		let readable: Vec<_> = seen.iter().filter_map(|entry| entry.record.as_ref()).collect();
		assert_eq!(readable.len(), 3, "a record at another name's key is none");
		for entry in &seen {
			let name = entry.record.as_ref().map(|record| record_key(&record.name));
			assert!(name.is_none_or(|key| key == entry.record_key));
		}
	});
}

#[test]
fn the_council_removes_what_cannot_be_read_and_nothing_else() {
	for which in JAMI {
		living(|| {
			which.select();
			assert_ok!(register(alice(), proof(OWNER, NAME)));
			assert_refused!(purge(None), NotCorrupt);
			assert_refused!(purge(Some(OWNER)), NotCorrupt);
			assert_refused!(purge(Some(STRANGER)), NotCorrupt);

			write(vec![set(hand_over_key(&key()), NO_WORD)]);
			assert_ok!(purge(None));
			assert_eq!(owner(), Some(id(OWNER)), "the record can be read");
			assert_eq!(Names::status(&name()).unwrap().hand_over, None);

			write(vec![
				set(key(), bytes(&[2])),
				set(cool_down_key(&key()), Value::Uint256(u64::MAX.into())),
				set(take_back_key(&key()), NO_WORD),
				set(reservation_key(&key()), NO_WORD),
				Write::Remove { kind: ValueKind::Bool, key: mark_key(&key(), &id(OWNER)) },
			]);
			assert_ok!(purge(Some(OWNER)));
			which.assert_last_event(Event::Purged { key: key(), id: Some(id(OWNER)) });
			let free_from = Some(1 + CoolDown::get());
			let left = jns_primitives::api::NameStatus { free_from, ..Default::default() };
			assert_eq!(Names::status(&name()), Ok(left));
			assert_eq!(Names::name_of(&id(OWNER)), Ok(None));
			assert_eq!((held(alice()), held(bob())), (0, 0));
			assert_ok!(Names::do_try_state());
			// The ID is free for another name, and the name for another ID; the old proof is dead.
			go_to(1_000);
			assert_refused!(register_plainly(OWNER), Spent);
			assert_ok!(register(bob(), proof(OWNER, "another")));
			assert_ok!(register_plainly(HEIR));
		});
	}
}
