//! Claims about names that live, under both logics where both have a say.

use super::*;
use crate::{
	mock::{execute as execute_mock, *},
	permanent,
};
use frame_support::{
	assert_noop, assert_ok, storage::with_storage_layer, traits::fungible::InspectHold,
};
use jns_primitives::{
	layout::record_key,
	statement::Action,
	storage::{Value, ValueKind, Write},
	test_support::{
		identities::{small_test_keys, TestKey},
		Registration as Proof,
	},
	AccountId, NameRecord,
};
use sp_runtime::{traits::BadOrigin, BuildStorage, DispatchResult};
use std::sync::LazyLock;

/// The owner, the heir, and a stranger.
static KEYS: LazyLock<Vec<TestKey>> = LazyLock::new(|| small_test_keys(3));
const OWNER: usize = 0;
const HEIR: usize = 1;
const STRANGER: usize = 2;
const NAME: &str = "alice";

fn id(who: usize) -> JamiId {
	KEYS[who].id()
}

fn proof(who: usize, name: &str) -> Proof {
	KEYS[who].registration(name.as_bytes().to_vec())
}

/// Runs a test's body in block 1 while this logic is selected.
fn execute(body: impl FnOnce()) {
	execute_mock(|| {
		select_living();
		body();
	})
}

fn select_living() {
	SelectedLogic::set(Some(Living::account_id()));
}

fn select_permanent() {
	SelectedLogic::set(Some(Permanent::account_id()));
}

fn go_to(block: BlockNumber) {
	System::set_block_number(block);
}

/// Registers by whichever logic is selected.
fn register(payer: AccountId, proof: Proof) -> DispatchResult {
	let Proof { name, id, key, signature } = proof;
	let origin = RuntimeOrigin::signed(payer);
	with_storage_layer(|| {
		if SelectedLogic::get() == Some(Living::account_id()) {
			Living::register(origin, name, id, key, signature)
		} else {
			Permanent::register(origin, name, id, key, signature)
		}
	})
	.map(|_| ())
	.map_err(|e| e.error)
}

/// Registers the name with the proof that everybody has seen.
fn register_plainly(who: usize) -> DispatchResult {
	register(bob(), proof(who, NAME))
}

fn accept(who: usize, statement: Vec<u8>) -> DispatchResult {
	let Proof { name, id, key, signature } = proof(who, NAME);
	let origin = RuntimeOrigin::signed(bob());
	with_storage_layer(|| {
		if SelectedLogic::get() == Some(Living::account_id()) {
			Living::accept(origin, name, id, key, signature, statement)
		} else {
			Permanent::accept(origin, name, id, key, signature, statement)
		}
	})
	.map(|_| ())
	.map_err(|e| e.error)
}

fn name() -> Name {
	NAME.as_bytes().try_into().unwrap()
}

fn key() -> Key {
	record_key(&name())
}

fn keys() -> Keys {
	Keys::truncate_from(vec![key()])
}

fn record() -> NameRecord {
	Names::<Test>::record(&name()).unwrap().expect("it is registered")
}

fn owner() -> Option<JamiId> {
	Names::<Test>::record(&name()).unwrap().map(|record| record.id)
}

/// What a key signs about the name, at that block and sequence of the record.
fn sign_at(who: usize, action: Action, block: BlockNumber, sequence: u32) -> Vec<u8> {
	KEYS[who].sign(&action.statement(&System::block_hash(0), &name(), block, sequence))
}

/// What a key signs about the name as it stands.
fn sign(who: usize, action: Action) -> Vec<u8> {
	let NameRecord { block, sequence, .. } = record();
	sign_at(who, action, block, sequence)
}

fn release(statement: Vec<u8>) -> DispatchResult {
	Living::release(RuntimeOrigin::signed(bob()), NAME.into(), statement)
}

fn hand_over(to: usize, deadline: BlockNumber, statement: Vec<u8>) -> DispatchResult {
	Living::hand_over(RuntimeOrigin::signed(bob()), NAME.into(), id(to), deadline, statement)
}

fn cancel(statement: Vec<u8>) -> DispatchResult {
	Living::cancel_hand_over(RuntimeOrigin::signed(bob()), NAME.into(), statement)
}

/// The owner allows the heir to take over, and nothing more.
fn hand_over_to_heir(deadline: BlockNumber) -> Vec<u8> {
	let statement = sign(OWNER, Action::HandOver { to: id(HEIR), deadline });
	assert_ok!(hand_over(HEIR, deadline, statement.clone()));
	statement
}

fn remove() -> DispatchResult {
	let reason = Hash::repeat_byte(7);
	if SelectedLogic::get() == Some(Living::account_id()) {
		Living::remove(RuntimeOrigin::root(), NAME.into(), reason)
	} else {
		Permanent::remove(RuntimeOrigin::root(), NAME.into(), reason)
	}
}

fn assign(who: usize) -> DispatchResult {
	if SelectedLogic::get() == Some(Living::account_id()) {
		Living::assign(RuntimeOrigin::root(), key(), id(who))
	} else {
		Permanent::assign(RuntimeOrigin::root(), key(), id(who))
	}
}

fn held(who: AccountId) -> u128 {
	Balances::balance_on_hold(&pallet_eternal_storage::HoldReason::Entry.into(), &who)
}

const MARK: u128 = 100 + 2;
const WORD: u128 = 100 + 33;
const MISMATCH: SignatureError = SignatureError::Mismatch;

/// Both logics' error of that name.
macro_rules! assert_refused {
	($result:expr, $error:ident $(($why:expr))?) => {
		let root = sp_io::storage::root(sp_runtime::StateVersion::V1);
		let error: DispatchError = if SelectedLogic::get() == Some(Permanent::account_id()) {
			permanent::Error::<Test>::$error $(($why))?.into()
		} else {
			Error::<Test>::$error $(($why))?.into()
		};
		assert_eq!($result, Err(error));
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), root);
	};
}

#[test]
fn a_released_name_is_anybodys_after_its_cool_down_and_not_before() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		go_to(5);
		assert_ok!(release(sign(OWNER, Action::Release)));
		let free_from = 5 + CoolDown::get();
		System::assert_last_event(
			Event::Released { name: name(), id: id(OWNER), free_from }.into(),
		);
		assert_eq!(owner(), None);
		assert_eq!(Names::<Test>::name_of(&id(OWNER)), Ok(None));
		for select in [select_permanent, select_living] {
			select();
			go_to(free_from - 1);
			assert_refused!(register_plainly(STRANGER), CoolingDown);
			go_to(free_from);
			frame_support::hypothetically!({
				assert_ok!(register_plainly(STRANGER));
				assert_eq!(owner(), Some(id(STRANGER)));
			});
		}
		// The ID is free for another name at once.
		assert_ok!(register(alice(), proof(OWNER, "another")));
	});
}

#[test]
fn every_old_proof_is_dead_under_both_logics() {
	let roads: [(&str, fn()); 3] = [
		("release", || release(sign(OWNER, Action::Release)).unwrap()),
		("removal", || remove().unwrap()),
		("hand-over", || {
			hand_over_to_heir(10);
			assert_ok!(register_plainly(HEIR));
			assert_ok!(release(sign(HEIR, Action::Release)));
			go_to(1_000);
			assert_refused!(register_plainly(HEIR), Spent);
		}),
	];
	for (road, end) in roads {
		execute(|| {
			assert_ok!(register_plainly(OWNER));
			end();
			go_to(1_000);
			for select in [select_living, select_permanent, select_living] {
				select();
				assert_refused!(register_plainly(OWNER), Spent);
			}
			assert_eq!(owner(), None, "{road}");
			// The same bytes by whoever else pays.
			assert_refused!(register(alice(), proof(OWNER, NAME)), Spent);
			// Nor while somebody else has the name, and after that one has left.
			assert_ok!(register_plainly(STRANGER));
			assert_refused!(register_plainly(OWNER), NameTaken);
			assert_ok!(release(sign(STRANGER, Action::Release)));
			go_to(2_000);
			for select in [select_permanent, select_living] {
				select();
				assert_refused!(register_plainly(OWNER), Spent);
				assert_refused!(register_plainly(STRANGER), Spent);
			}
		});
	}
}

#[test]
fn an_unmodified_client_takes_a_name_over_by_registering_it() {
	for select in [select_living, select_permanent] {
		execute(|| {
			assert_ok!(register_plainly(OWNER));
			assert_refused!(register_plainly(HEIR), NameTaken);
			hand_over_to_heir(10);
			System::assert_last_event(
				Event::HandedOver { name: name(), from: id(OWNER), to: id(HEIR), deadline: 10 }
					.into(),
			);
			// It is the owner's until then, and nobody else's after.
			assert_eq!(owner(), Some(id(OWNER)));
			select();
			assert_refused!(register_plainly(STRANGER), NameTaken);
			go_to(4);
			assert_ok!(register_plainly(HEIR));
			let NameRecord { id: now, block, sequence, .. } = record();
			assert_eq!((now, block, sequence), (id(HEIR), 4, 2));
			assert_eq!(Names::<Test>::name_of(&id(OWNER)), Ok(None));
			assert_eq!(Names::<Test>::name_of(&id(HEIR)), Ok(Some(name())));
			assert_eq!(Names::<Test>::status(&name()).unwrap().hand_over, None);
			assert_refused!(register_plainly(OWNER), NameTaken);
			// Registering again is what clients do.
			assert_ok!(register_plainly(HEIR));
			assert_eq!(record().sequence, 2);
		});
	}
}

#[test]
fn a_hand_over_holds_until_its_deadline_that_block_included() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		hand_over_to_heir(10);
		for select in [select_permanent, select_living] {
			select();
			go_to(11);
			assert_refused!(register_plainly(HEIR), NameTaken);
			assert_refused!(accept(HEIR, sign(HEIR, Action::Accept)), NameTaken);
			go_to(10);
			frame_support::hypothetically!({
				assert_ok!(register_plainly(HEIR));
			});
		}
	});
}

#[test]
fn a_deadline_is_neither_past_nor_far() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		go_to(5);
		let latest = 5 + MaxHandOver::get();
		for deadline in [0, 4, 5, latest + 1, u32::MAX] {
			let statement = sign(OWNER, Action::HandOver { to: id(HEIR), deadline });
			assert_noop!(hand_over(HEIR, deadline, statement), Error::<Test>::DeadlineOutOfRange);
		}
		for deadline in [6, latest] {
			frame_support::hypothetically!({
				hand_over_to_heir(deadline);
			});
		}
		let statement = sign(OWNER, Action::HandOver { to: id(OWNER), deadline: 10 });
		assert_noop!(hand_over(OWNER, 10, statement), Error::<Test>::SameId);
	});
}

#[test]
fn what_was_cancelled_cannot_be_accepted_nor_replayed() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		let statement = hand_over_to_heir(15);
		let cancellation = sign(OWNER, Action::CancelHandOver);
		assert_ok!(cancel(cancellation.clone()));
		System::assert_last_event(Event::HandOverCancelled { name: name(), id: id(OWNER) }.into());
		assert_refused!(register_plainly(HEIR), NameTaken);
		assert_refused!(hand_over(HEIR, 15, statement), InvalidSignature(MISMATCH));
		assert_refused!(cancel(cancellation.clone()), NotOffered);
		// A new one is not touched by what was signed about the last.
		hand_over_to_heir(15);
		assert_refused!(cancel(cancellation), InvalidSignature(MISMATCH));
		assert_ok!(register_plainly(HEIR));
	});
}

#[test]
fn a_later_hand_over_takes_the_place_of_an_earlier_one() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		hand_over_to_heir(15);
		let statement = sign(OWNER, Action::HandOver { to: id(STRANGER), deadline: 12 });
		assert_ok!(hand_over(STRANGER, 12, statement));
		assert_refused!(register_plainly(HEIR), NameTaken);
		assert_ok!(register_plainly(STRANGER));
	});
}

#[test]
fn a_release_ends_a_hand_over() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		hand_over_to_heir(15);
		assert_ok!(release(sign(OWNER, Action::Release)));
		assert_refused!(register_plainly(HEIR), CoolingDown);
		assert_eq!(Names::<Test>::status(&name()).unwrap().hand_over, None);
	});
}

#[test]
fn a_statement_holds_for_one_chain_name_action_record_and_key() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		let NameRecord { block, sequence, .. } = record();
		let good = Action::Release;
		let here = System::block_hash(0);
		let other_name = Name::try_from(&b"alicf"[..]).unwrap();
		let handed = Action::HandOver { to: id(HEIR), deadline: 10 };
		for (what, bytes) in [
			("another chain", good.statement(&Hash::repeat_byte(1), &name(), block, sequence)),
			("another name", good.statement(&here, &other_name, block, sequence)),
			("another action", handed.statement(&here, &name(), block, sequence)),
			("another block", good.statement(&here, &name(), block + 1, sequence)),
			("another sequence", good.statement(&here, &name(), block, sequence + 1)),
			("the name alone", NAME.as_bytes().to_vec()),
			("nothing", vec![]),
		] {
			let result = release(KEYS[OWNER].sign(&bytes));
			assert_eq!(result, Err(Error::<Test>::InvalidSignature(MISMATCH).into()), "{what}");
		}
		assert_refused!(release(sign(HEIR, good)), InvalidSignature(MISMATCH));
		assert_refused!(release(vec![]), InvalidSignature(SignatureError::WrongLength));
		// Another ID or another deadline than was signed.
		let statement = sign(OWNER, handed);
		assert_refused!(hand_over(STRANGER, 10, statement.clone()), InvalidSignature(MISMATCH));
		assert_refused!(hand_over(HEIR, 11, statement), InvalidSignature(MISMATCH));
		// Cancelling is not releasing.
		hand_over_to_heir(10);
		assert_refused!(release(sign(OWNER, Action::CancelHandOver)), InvalidSignature(MISMATCH));
		assert_refused!(cancel(sign(OWNER, Action::Release)), InvalidSignature(MISMATCH));
		assert_ok!(release(sign(OWNER, good)));
	});
}

#[test]
fn a_statement_about_one_record_says_nothing_about_the_next() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		// Signed, shown to somebody, never sent.
		let unsent = sign(OWNER, Action::Release);
		hand_over_to_heir(10);
		let unsent_too = sign(OWNER, Action::Release);
		assert_ok!(register_plainly(HEIR));
		// And back, within the same block.
		let statement = sign(HEIR, Action::HandOver { to: id(OWNER), deadline: 10 });
		assert_ok!(hand_over(OWNER, 10, statement));
		assert_ok!(accept(OWNER, sign(OWNER, Action::Accept)));
		assert_eq!(record().block, 1);
		assert_refused!(release(unsent), InvalidSignature(MISMATCH));
		assert_refused!(release(unsent_too), InvalidSignature(MISMATCH));
		assert_eq!(owner(), Some(id(OWNER)));
	});
}

#[test]
fn a_former_owner_takes_a_name_back_only_by_signing_that_he_does() {
	for select in [select_living, select_permanent] {
		execute(|| {
			assert_ok!(register_plainly(OWNER));
			hand_over_to_heir(10);
			assert_ok!(register_plainly(HEIR));
			go_to(2);
			let statement = sign(HEIR, Action::HandOver { to: id(OWNER), deadline: 20 });
			assert_ok!(hand_over(OWNER, 20, statement));
			select();
			// Anybody has the old proof.
			assert_refused!(register_plainly(OWNER), Spent);
			// By the new key, not by the old one, and as accepting.
			assert_refused!(accept(OWNER, sign(HEIR, Action::Accept)), InvalidSignature(MISMATCH));
			assert_refused!(accept(OWNER, sign(OWNER, Action::Claim)), InvalidSignature(MISMATCH));
			assert_refused!(
				accept(OWNER, sign(OWNER, Action::Release)),
				InvalidSignature(MISMATCH)
			);
			let statement = sign(OWNER, Action::Accept);
			assert_ok!(accept(OWNER, statement.clone()));
			assert_eq!(owner(), Some(id(OWNER)));
			// The acceptance is dead as soon as it was used.
			select_living();
			assert_ok!(release(sign(OWNER, Action::Release)));
			go_to(1_000);
			assert_refused!(accept(OWNER, statement.clone()), NotOffered);
			assert_ok!(register_plainly(HEIR_OF_ANOTHER));
			let offer = Action::HandOver { to: id(OWNER), deadline: 1_010 };
			assert_ok!(hand_over(OWNER, 1_010, sign(HEIR_OF_ANOTHER, offer)));
			assert_refused!(accept(OWNER, statement), InvalidSignature(MISMATCH));
		});
	}
}
const HEIR_OF_ANOTHER: usize = STRANGER;

#[test]
fn an_acceptance_serves_who_never_had_the_name_too() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		assert_refused!(accept(HEIR, sign(HEIR, Action::Accept)), NameTaken);
		hand_over_to_heir(10);
		assert_refused!(accept(STRANGER, sign(STRANGER, Action::Accept)), NameTaken);
		assert_ok!(accept(HEIR, sign(HEIR, Action::Accept)));
		System::assert_last_event(
			Event::TakenOver { name: name(), from: id(OWNER), to: id(HEIR), payer: bob() }.into(),
		);
		// A free name is registered, not accepted.
		let Proof { name, id, key, signature } = proof(STRANGER, "free-name");
		let origin = RuntimeOrigin::signed(bob());
		let result = Living::accept(origin, name, id, key, signature, vec![]);
		assert_refused!(result.map(|_| ()).map_err(|e| e.error), NotOffered);
	});
}

#[test]
fn a_proof_sent_first_by_somebody_else_gives_the_name_to_its_key() {
	execute(|| {
		// Bob saw Alice's transaction in the pool and was faster.
		assert_ok!(register(bob(), proof(OWNER, NAME)));
		assert_eq!(owner(), Some(id(OWNER)));
		let (paid, root) = (held(bob()), sp_io::storage::root(sp_runtime::StateVersion::V1));
		assert!(paid > 0);
		assert_ok!(register(alice(), proof(OWNER, NAME)));
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), root);
		assert_eq!((held(alice()), held(bob())), (0, paid));
		// The same with a statement: it does what it says, and Bob pays.
		assert_ok!(release(sign(OWNER, Action::Release)));
		assert_eq!(owner(), None);
		assert_eq!(held(alice()), 0);
	});
}

#[test]
fn two_ids_race_for_a_name_and_the_first_in_the_block_has_it() {
	execute(|| {
		assert_ok!(register(alice(), proof(OWNER, NAME)));
		assert_refused!(register(bob(), proof(HEIR, NAME)), NameTaken);
		assert_eq!(owner(), Some(id(OWNER)));
		// The loser's ID is free for another.
		assert_ok!(register(bob(), proof(HEIR, "another")));
	});
}

#[test]
fn an_id_has_one_name_on_every_road() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		assert_ok!(register(alice(), proof(HEIR, "another")));
		assert_refused!(register(alice(), proof(HEIR, "a-third")), IdTaken);
		hand_over_to_heir(10);
		assert_refused!(register_plainly(HEIR), IdTaken);
		assert_refused!(accept(HEIR, sign(HEIR, Action::Accept)), IdTaken);
		assert_ok!(assign(HEIR));
		assert_ok!(release(sign(OWNER, Action::Release)));
		go_to(2);
		assert_refused!(register_plainly(HEIR), IdTaken);
		// Once it has let the other go, it can.
		let statement = Action::Release.statement(
			&System::block_hash(0),
			&Name::try_from(&b"another"[..]).unwrap(),
			1,
			0,
		);
		let statement = KEYS[HEIR].sign(&statement);
		assert_ok!(Living::release(RuntimeOrigin::signed(bob()), b"another".to_vec(), statement));
		assert_ok!(register_plainly(HEIR));
	});
}

#[test]
fn the_mark_is_paid_for_by_the_registration_for_ever() {
	execute(|| {
		assert_ok!(register(alice(), proof(OWNER, NAME)));
		let all = held(alice());
		assert!(all > MARK);
		// Bob sends the release: what he pays is the cool-down's, and Alice gets back all but the mark.
		assert_ok!(release(sign(OWNER, Action::Release)));
		assert_eq!((held(alice()), held(bob())), (MARK, WORD));
		go_to(1_000);
		assert_ok!(register(bob(), proof(HEIR, NAME)));
		assert_eq!(held(alice()), MARK);
		assert_ok!(remove());
		assert_eq!(
			(held(alice()), held(bob())),
			(MARK, MARK),
			"the council pays for the cool-down"
		);
	});
}

#[test]
fn whoever_sends_a_statement_pays_for_what_it_writes() {
	execute(|| {
		assert_ok!(register(alice(), proof(OWNER, NAME)));
		let all = held(alice());
		let record_deposit = 100 + 3 + codec::Encode::encoded_size(&record()) as u128;
		hand_over_to_heir(10);
		assert_eq!((held(alice()), held(bob())), (all - record_deposit, record_deposit + WORD));
		// The heir's sponsor is somebody else again.
		assert_ok!(register(alice(), proof(HEIR, NAME)));
		assert_eq!((held(alice()), held(bob())), (all + MARK, 0));
	});
}

#[test]
fn what_has_expired_is_cleared_by_anybody_for_whoever_paid() {
	for select in [select_living, select_permanent] {
		execute(|| {
			assert_ok!(register(alice(), proof(OWNER, NAME)));
			hand_over_to_heir(10);
			let clear = || {
				let origin = RuntimeOrigin::signed(alice());
				if SelectedLogic::get() == Some(Living::account_id()) {
					Living::clear_expired(origin, key())
				} else {
					Permanent::clear_expired(origin, key())
				}
			};
			select();
			go_to(10);
			assert_refused!(clear(), NothingExpired);
			go_to(11);
			let before = held(bob());
			assert_ok!(clear());
			assert_eq!(held(bob()), before - WORD);
			assert_refused!(clear(), NothingExpired);
			select_living();
			assert_ok!(release(sign(OWNER, Action::Release)));
			select();
			go_to(11 + CoolDown::get() - 1);
			assert_refused!(clear(), NothingExpired);
			go_to(11 + CoolDown::get());
			assert_ok!(clear());
			assert_eq!(held(bob()), 0);
			assert_refused!(register_plainly(OWNER), Spent);
		});
	}
}

#[test]
fn the_council_reserves_by_key_and_gives_free_again() {
	for select in [select_living, select_permanent] {
		execute(|| {
			select();
			let living = SelectedLogic::get() == Some(Living::account_id());
			let root = RuntimeOrigin::root;
			let reserve = || match living {
				true => Living::reserve(root(), keys()),
				false => Permanent::reserve(root(), keys()),
			};
			let unreserve = || match living {
				true => Living::unreserve(root(), keys()),
				false => Permanent::unreserve(root(), keys()),
			};
			assert_refused!(unreserve(), NotReserved);
			assert_ok!(reserve());
			assert_ok!(reserve());
			assert_refused!(register_plainly(OWNER), Reserved);
			// The other logic heeds it too.
			for other in [select_permanent, select_living] {
				other();
				assert_refused!(register_plainly(OWNER), Reserved);
			}
			select();
			assert_ok!(unreserve());
			assert_ok!(register_plainly(OWNER));
			// Whoever has it keeps it, and can hand it over.
			assert_ok!(reserve());
			assert_ok!(register_plainly(OWNER));
			select_living();
			hand_over_to_heir(10);
			assert_ok!(register_plainly(HEIR));
			assert_ok!(release(sign(HEIR, Action::Release)));
			go_to(1_000);
			assert_refused!(register_plainly(STRANGER), Reserved);
		});
	}
}

#[test]
fn an_assignment_is_for_one_id_once_from_the_next_block_on() {
	for select in [select_living, select_permanent] {
		execute(|| {
			select();
			assert_ok!(assign(HEIR));
			assert_refused!(register_plainly(HEIR), Reserved);
			go_to(2);
			assert_refused!(register_plainly(OWNER), Reserved);
			assert_ok!(register_plainly(HEIR));
			assert_eq!(owner(), Some(id(HEIR)));
			// The registrant pays for the record, its reverse and the mark, not for the council's word.
			let record_deposit = 100 + 3 + codec::Encode::encoded_size(&record()) as u128;
			assert_eq!(held(bob()), record_deposit + 100 + 2 + NAME.len() as u128 + MARK);
			// When it ends, it is the council's again.
			assert_ok!(remove());
			go_to(1_000);
			assert_refused!(register_plainly(STRANGER), Reserved);
			assert_refused!(register_plainly(HEIR), Reserved);
		});
	}
}

#[test]
fn an_assignment_does_not_wait_for_the_cool_down() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		go_to(2);
		assert_ok!(remove());
		assert_ok!(assign(HEIR));
		go_to(3);
		assert_refused!(register_plainly(STRANGER), Reserved);
		assert_ok!(register_plainly(HEIR));
		assert_eq!(Names::<Test>::status(&name()).unwrap().free_from, None);
	});
}

#[test]
fn a_name_removed_by_mistake_comes_back_to_its_key() {
	for select in [select_living, select_permanent] {
		execute(|| {
			select();
			assert_ok!(register_plainly(OWNER));
			go_to(2);
			assert_ok!(remove());
			assert_ok!(assign(OWNER));
			go_to(3);
			// Not by whoever kept the old proof.
			assert_refused!(register_plainly(OWNER), Spent);
			let claim = sign_at(OWNER, Action::Claim, 2, 0);
			let wrong = sign_at(OWNER, Action::Claim, 1, 0);
			assert_refused!(accept(OWNER, wrong), InvalidSignature(MISMATCH));
			let wrong = sign_at(OWNER, Action::Accept, 2, 0);
			assert_refused!(accept(OWNER, wrong), InvalidSignature(MISMATCH));
			assert_ok!(accept(OWNER, claim.clone()));
			assert_eq!(owner(), Some(id(OWNER)));
			// The claim is dead after the next removal and assignment.
			go_to(4);
			assert_ok!(remove());
			assert_ok!(assign(OWNER));
			go_to(5);
			assert_refused!(accept(OWNER, claim), InvalidSignature(MISMATCH));
		});
	}
}

#[test]
fn the_council_removes_with_a_reason_under_both_logics() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		hand_over_to_heir(10);
		assert_ok!(remove());
		let reason = Hash::repeat_byte(7);
		let free_from = 1 + CoolDown::get();
		System::assert_last_event(
			Event::Removed { name: name(), id: id(OWNER), reason, free_from }.into(),
		);
		assert_refused!(register_plainly(HEIR), CoolingDown);
		assert_refused!(remove(), NotRegistered);
		go_to(1_000);
		select_permanent();
		assert_ok!(register_plainly(STRANGER));
		assert_ok!(remove());
		let free_from = 1_000 + CoolDown::get();
		System::assert_last_event(
			permanent::Event::Removed { name: name(), id: id(STRANGER), reason, free_from }.into(),
		);
	});
}

#[test]
fn only_the_council_decides_for_the_council() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		for origin in [RuntimeOrigin::signed(alice()), RuntimeOrigin::none()] {
			let origin = || origin.clone();
			assert_noop!(Living::reserve(origin(), keys()), BadOrigin);
			assert_noop!(Living::unreserve(origin(), keys()), BadOrigin);
			assert_noop!(Living::assign(origin(), key(), id(HEIR)), BadOrigin);
			assert_noop!(Living::remove(origin(), NAME.into(), Hash::zero()), BadOrigin);
			assert_noop!(Permanent::reserve(origin(), keys()), BadOrigin);
			assert_noop!(Permanent::unreserve(origin(), keys()), BadOrigin);
			assert_noop!(Permanent::assign(origin(), key(), id(HEIR)), BadOrigin);
			assert_noop!(Permanent::remove(origin(), NAME.into(), Hash::zero()), BadOrigin);
		}
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			let origin = || origin.clone();
			let statement = || sign(OWNER, Action::Release);
			assert_noop!(Living::release(origin(), NAME.into(), statement()), BadOrigin);
			assert_noop!(
				Living::hand_over(origin(), NAME.into(), id(HEIR), 9, statement()),
				BadOrigin
			);
			assert_noop!(Living::cancel_hand_over(origin(), NAME.into(), statement()), BadOrigin);
			assert_noop!(Living::clear_expired(origin(), key()), BadOrigin);
			let Proof { name, id, key, signature } = proof(OWNER, NAME);
			assert_noop!(
				Living::accept(origin(), name, id, key, signature, statement()),
				BadOrigin
			);
		}
	});
}

#[test]
fn nothing_is_done_by_a_logic_that_is_not_selected() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		hand_over_to_heir(10);
		for (selected, error) in [
			(None, pallet_eternal_storage::Error::<Test>::NoLogic),
			(Some(Permanent::account_id()), pallet_eternal_storage::Error::<Test>::NotLogic),
		] {
			SelectedLogic::set(selected);
			let error = DispatchError::from(error);
			let root = RuntimeOrigin::root;
			// With statements that hold.
			assert_noop!(release(sign(OWNER, Action::Release)), error);
			let again = Action::HandOver { to: id(HEIR), deadline: 9 };
			assert_noop!(hand_over(HEIR, 9, sign(OWNER, again)), error);
			assert_noop!(cancel(sign(OWNER, Action::CancelHandOver)), error);
			assert_noop!(Living::clear_expired(RuntimeOrigin::signed(bob()), key()), error);
			assert_noop!(Living::reserve(root(), keys()), error);
			assert_noop!(Living::unreserve(root(), keys()), error);
			assert_noop!(Living::assign(root(), key(), id(HEIR)), error);
			assert_noop!(Living::remove(root(), NAME.into(), Hash::zero()), error);
			let Proof { name, id, key, signature } = proof(HEIR, NAME);
			let origin = RuntimeOrigin::signed(bob());
			let statement = sign(HEIR, Action::Accept);
			let refused = Living::accept(origin, name, id, key, signature, statement).unwrap_err();
			assert_eq!(refused.error, error);
			assert_eq!(
				refused.post_info.actual_weight,
				Some(<() as WeightInfo>::register_refused())
			);
		}
	});
}

#[test]
fn permanent_has_exactly_the_calls_that_it_allows() {
	use frame_support::traits::GetCallName;
	let shared =
		["register", "accept", "clear_expired", "reserve", "unreserve", "assign", "remove"];
	assert_eq!(permanent::Call::<Test>::get_call_names(), shared);
	let living = [&shared[..], &["release", "hand_over", "cancel_hand_over"]].concat();
	assert_eq!(Call::<Test>::get_call_names(), living);
}

#[test]
fn what_is_no_name_or_has_no_record_is_refused() {
	execute(|| {
		let origin = || RuntimeOrigin::signed(bob());
		assert_refused!(release(vec![]), NotRegistered);
		assert_refused!(cancel(vec![]), NotRegistered);
		assert_refused!(hand_over(HEIR, 10, vec![]), NotRegistered);
		assert_refused!(
			Living::release(origin(), b"ALICE".to_vec(), vec![]),
			InvalidName(NameError::InvalidCharacter)
		);
		assert_refused!(
			Living::remove(RuntimeOrigin::root(), b"al".to_vec(), Hash::zero()),
			InvalidName(NameError::TooShort)
		);
		assert_ok!(register_plainly(OWNER));
		assert_refused!(cancel(sign(OWNER, Action::CancelHandOver)), NotOffered);
	});
}

#[test]
fn a_record_that_another_logic_left_without_a_mark_is_marked_when_it_ends() {
	execute(|| {
		assert_ok!(register_plainly(OWNER));
		let mark = jns_primitives::layout::mark_key(&key(), &id(OWNER));
		SelectedLogic::set(Some(bob()));
		let signed = || RuntimeOrigin::signed(bob());
		assert_ok!(EternalStorage::remove(signed(), 0, ValueKind::Bool, mark));
		select_living();
		assert!(Names::<Test>::do_try_state().is_err(), "the invariants notice");
		assert_ok!(release(sign(OWNER, Action::Release)));
		go_to(1_000);
		assert_refused!(register_plainly(OWNER), Spent);
	});
}

#[test]
fn the_invariants_notice_what_they_claim() {
	let mark_of = |who| jns_primitives::layout::mark_key(&key(), &id(who));
	let damages: [(&str, Write<AccountId>); 5] = [
		("no mark", Write::Remove { kind: ValueKind::Bool, key: mark_of(OWNER) }),
		("a mark that says no", Write::Set { key: mark_of(HEIR), value: Value::Bool(false) }),
		(
			"a cool-down of a name that is taken",
			Write::Set {
				key: jns_primitives::layout::cool_down_key(&key()),
				value: Value::Uint256(9.into()),
			},
		),
		(
			"a cool-down that is no block",
			Write::Set { key: [1; 32], value: Value::Uint256(u64::MAX.into()) },
		),
		(
			"a hand-over that cannot be read",
			Write::Set {
				key: jns_primitives::layout::hand_over_key(&key()),
				value: Value::Bytes32([0xff; 32]),
			},
		),
	];
	for (what, damage) in damages {
		new_test_ext().execute_with(|| {
			select_living();
			assert_ok!(register_plainly(OWNER));
			assert_ok!(Names::<Test>::do_try_state());
			SelectedLogic::set(Some(bob()));
			let batch = vec![damage.into()];
			assert_ok!(EternalStorage::write_batch(RuntimeOrigin::signed(bob()), 0, batch));
			assert!(Names::<Test>::do_try_state().is_err(), "{what}");
		});
	}
}

#[test]
fn a_chain_begins_with_its_reserved_names() {
	execute(|| {
		let genesis = GenesisConfig::<Test> {
			reserved: vec![NAME.into(), "bob".into()],
			..Default::default()
		};
		genesis.build();
		assert_refused!(register_plainly(OWNER), Reserved);
		assert_ok!(register(alice(), proof(OWNER, "another")));
	});
	// One that could not be heeded stops the chain before it begins.
	for (selected, name) in [(None, "alice"), (Some(Living::account_id()), "Alice")] {
		let build = || {
			new_test_ext().execute_with(|| {
				SelectedLogic::set(selected.clone());
				GenesisConfig::<Test> { reserved: vec![name.into()], ..Default::default() }.build();
			})
		};
		assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(build)).is_err(), "{name}");
	}
	assert!(GenesisConfig::<Test>::default().build_storage().is_ok());
}
