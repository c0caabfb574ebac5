//! What the council decides about names.

use super::*;

#[test]
fn the_council_reserves_by_key_and_gives_free_again() {
	for which in JAMI {
		living(|| {
			which.select();
			assert_refused!(unreserve(), NotReserved);
			assert_ok!(reserve());
			assert_ok!(reserve());
			assert_refused!(register_plainly(OWNER), Reserved);
			// The other logic heeds it too.
			for other in JAMI {
				other.select();
				assert_refused!(register_plainly(OWNER), Reserved);
			}
			which.select();
			assert_ok!(unreserve());
			assert_ok!(register_plainly(OWNER));
			// Whoever has it keeps it, and can hand it over.
			assert_ok!(reserve());
			assert_ok!(register_plainly(OWNER));
			Which::Living.select();
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
	for which in JAMI {
		living(|| {
			which.select();
			assert_ok!(assign(HEIR));
			assert_refused!(register_plainly(HEIR), Reserved);
			go_to(2);
			assert_refused!(register_plainly(OWNER), Reserved);
			assert_ok!(register_plainly(HEIR));
			assert_eq!(owner(), Some(id(HEIR)));
			// The registrant pays for the record, its reverse and the mark, not for the council's word.
			let record_deposit = record_deposit();
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
	living(|| {
		assert_ok!(register_plainly(OWNER));
		go_to(2);
		assert_ok!(remove());
		assert_ok!(assign(HEIR));
		go_to(3);
		assert_refused!(register_plainly(STRANGER), Reserved);
		assert_ok!(register_plainly(HEIR));
		assert_eq!(Names::status(&name()).unwrap().free_from, None);
	});
}

#[test]
fn a_name_removed_by_mistake_comes_back_to_its_key() {
	for which in JAMI {
		living(|| {
			which.select();
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
	living(|| {
		assert_ok!(register_plainly(OWNER));
		hand_over_to_heir(10);
		assert_ok!(remove());
		let reason = Hash::repeat_byte(7);
		let free_from = 1 + CoolDown::get();
		Which::selected().assert_last_event(Event::Removed {
			name: name(),
			id: id(OWNER),
			reason,
			free_from,
		});
		assert_refused!(register_plainly(HEIR), CoolingDown);
		assert_refused!(remove(), NotRegistered);
		go_to(1_000);
		Which::Permanent.select();
		assert_ok!(register_plainly(STRANGER));
		assert_ok!(remove());
		let free_from = 1_000 + CoolDown::get();
		Which::selected().assert_last_event(Event::Removed {
			name: name(),
			id: id(STRANGER),
			reason,
			free_from,
		});
	});
}

#[test]
fn everybody_has_calls_of_his_own() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		let statement = || sign(OWNER, Action::Release);
		let name = || NAME.as_bytes().to_vec();
		let councils = [
			Call::reserve { keys: keys() },
			Call::unreserve { keys: keys() },
			Call::assign { key: key(), id: id(HEIR) },
			Call::remove { name: name(), reason: Hash::zero() },
			Call::purge { key: key(), id: None },
		];
		let anybodys = [
			registration(proof(HEIR, "another")),
			acceptance(OWNER, statement()),
			Call::release { name: name(), statement: statement() },
			Call::hand_over { name: name(), to: id(HEIR), deadline: 9, statement: statement() },
			Call::cancel_hand_over { name: name(), statement: statement() },
			Call::clear_expired { key: key() },
			Call::adopt { name: name() },
		];
		let (signed, none) = (RuntimeOrigin::signed(alice()), RuntimeOrigin::none());
		for which in Which::ALL {
			for (calls, origins) in [
				(&councils[..], [signed.clone(), none.clone()]),
				(&anybodys[..], [RuntimeOrigin::root(), none.clone()]),
			] {
				for (call, origin) in calls.iter().flat_map(|c| origins.iter().map(move |o| (c, o)))
				{
					let refused = which.call(call.clone(), origin.clone()).unwrap_err();
					assert_eq!(refused.error, DispatchError::BadOrigin, "{call:?}");
				}
			}
		}
	});
}

#[test]
fn a_chain_begins_with_its_reserved_names() {
	use crate::GenesisConfig;
	use frame_support::{instances::Instance2, traits::BuildGenesisConfig};
	let genesis = |names: &[&str]| GenesisConfig::<Test, Instance2> {
		reserved: names.iter().map(|name| name.to_string()).collect(),
		..Default::default()
	};
	living(|| {
		genesis(&[NAME, "bob"]).build();
		assert_refused!(register_plainly(OWNER), Reserved);
		assert_ok!(register(alice(), proof(OWNER, "another")));
	});
	// One that could not be heeded stops the chain before it begins.
	for (selected, name) in [(None, "alice"), (Some(Which::Living.account()), "Alice")] {
		let build = || {
			new_test_ext().execute_with(|| {
				SelectedLogic::set(selected.clone());
				genesis(&[name]).build();
			})
		};
		assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(build)).is_err(), "{name}");
	}
	new_test_ext().execute_with(|| genesis(&[]).build());
}
