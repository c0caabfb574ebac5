//! How an ID gets a name, shown on genuine registrations.

use super::*;
use crate::WeightInfo;
use frame_support::dispatch::GetDispatchInfo;
use jns_primitives::{
	proof::KeyError,
	test_support::{genuine_registrations, small_key_registrations},
};

fn name(r: &Proof) -> Name {
	Name::try_from(&r.name[..]).unwrap()
}

fn record(r: &Proof) -> Option<NameRecord> {
	Names::record(&name(r)).unwrap()
}

/// Alice registers it in vain, and nothing changes.
#[track_caller]
fn assert_refused(r: &Proof, error: Error<Test, Instance1>) {
	let before = root();
	assert_eq!(register(alice(), r.clone()), Err(Which::selected().error(error)));
	assert_eq!(root(), before);
}

#[test]
fn genuine_registrations_resolve_both_ways() {
	execute(|| {
		let mut all = genuine_registrations();
		all.remove(5); // It wants the name of the one before.
		all.extend(small_key_registrations());
		for r in &all {
			assert_ok!(register(alice(), r.clone()));
			Which::Permanent.assert_last_event(Event::Registered {
				name: name(r),
				id: r.id,
				payer: alice(),
			});
			assert_eq!(
				record(r).unwrap(),
				NameRecord {
					name: name(r),
					id: r.id,
					key: r.key.clone().try_into().unwrap(),
					signature: r.signature.clone().try_into().unwrap(),
					block: 1,
					sequence: 0,
				}
			);
			assert_eq!(Names::name_of(&r.id), Ok(Some(name(r))));
		}
		// Pages show each once.
		let mut seen: Vec<NameRecord> = vec![];
		loop {
			let after = seen.last().map(|r| record_key(&r.name));
			let page = Names::page(after.as_ref(), 2).unwrap();
			if page.is_empty() {
				break;
			}
			seen.extend(page.into_iter().map(|entry| entry.record.unwrap()));
		}
		let mut names: Vec<_> = seen.into_iter().map(|r| r.name).collect();
		names.sort();
		let mut expected: Vec<_> = all.iter().map(name).collect();
		expected.sort();
		assert_eq!(names, expected);
	});
}

#[test]
fn the_sender_pays_the_deposit_whoever_it_is() {
	execute(|| {
		let all = genuine_registrations();
		assert_ok!(register(bob(), all[0].clone()));
		let reason = pallet_eternal_storage::HoldReason::Entry.into();
		let held = Balances::balance_on_hold(&reason, &bob());
		let stored = jns_primitives::VersionedRecord::from(record(&all[0]).unwrap());
		let record_len = stored.encoded_size() as u128;
		// Three entries; each value with its kind, and with its length if it has one. The mark is a bool.
		let (record, reverse, mark) = (record_len + 3, all[0].name.len() as u128 + 2, 2);
		assert_eq!(held, 3 * 100 + record + reverse + mark);
		assert_eq!(Balances::balance_on_hold(&reason, &alice()), 0);
	});
}

#[test]
fn the_same_again_succeeds_and_changes_nothing() {
	execute(|| {
		let r = &genuine_registrations()[0];
		assert_ok!(register(alice(), r.clone()));
		System::set_block_number(9);
		let before = root();
		assert_ok!(register(bob(), r.clone()));
		assert_eq!(root(), before);
		assert_eq!(record(r).unwrap().block, 1);
	});
}

#[test]
fn a_name_has_one_id() {
	execute(|| {
		let all = genuine_registrations();
		assert_eq!(all[4].name, all[5].name);
		assert_ok!(register(alice(), all[4].clone()));
		assert_refused(&all[5], Error::NameTaken);
		assert_eq!(record(&all[5]).unwrap().id, all[4].id);
	});
}

#[test]
fn an_id_has_one_name() {
	execute(|| {
		let all = genuine_registrations();
		assert_ok!(register(alice(), all[0].clone()));
		let second = Proof { name: b"another".to_vec(), ..all[0].clone() };
		assert_refused(&second, Error::IdTaken);
	});
}

#[test]
fn a_proof_holds_for_its_name_its_key_and_its_id_alone() {
	execute(|| {
		let all = genuine_registrations();
		let good = &all[0];
		let mismatch = Error::InvalidSignature(SignatureError::Mismatch);
		assert_refused(&Proof { name: b"another".to_vec(), ..good.clone() }, mismatch);
		let mismatch = Error::InvalidSignature(SignatureError::Mismatch);
		assert_refused(&Proof { signature: all[1].signature.clone(), ..good.clone() }, mismatch);
		assert_refused(&Proof { id: all[1].id, ..good.clone() }, Error::KeyMismatch);
		assert_refused(&Proof { key: all[1].key.clone(), ..good.clone() }, Error::KeyMismatch);
		let short = Proof { signature: good.signature[1..].to_vec(), ..good.clone() };
		assert_refused(&short, Error::InvalidSignature(SignatureError::WrongLength));
		let nul = Proof { key: [&good.key[..], &[0]].concat(), ..good.clone() };
		assert_refused(&nul, Error::InvalidKey(KeyError::UnsupportedSize));
		let empty = Proof { key: vec![], signature: vec![], ..good.clone() };
		assert_refused(&empty, Error::InvalidKey(KeyError::UnsupportedSize));
		assert_ok!(register(alice(), good.clone()));
	});
}

#[test]
fn a_forged_repetition_is_refused_too() {
	execute(|| {
		let r = &genuine_registrations()[0];
		assert_ok!(register(alice(), r.clone()));
		let mut forged = r.clone();
		forged.signature[100] ^= 1;
		assert_refused(&forged, Error::InvalidSignature(SignatureError::Mismatch));
	});
}

#[test]
fn the_chain_folds_no_case() {
	execute(|| {
		let good = &genuine_registrations()[0];
		for (bytes, why) in [
			(good.name.to_ascii_uppercase(), NameError::InvalidCharacter),
			(b"ab".to_vec(), NameError::TooShort),
			(vec![b'x'; 33], NameError::TooLong),
		] {
			let r = Proof { name: bytes, ..good.clone() };
			assert_refused(&r, Error::InvalidName(why));
		}
	});
}

#[test]
fn a_logic_that_is_not_selected_fails_before_it_verifies() {
	execute(|| {
		let r = &genuine_registrations()[0];
		let mut forged = r.clone();
		forged.signature[100] ^= 1;
		let declared = RuntimeCall::from(registration(r.clone())).get_dispatch_info().call_weight;
		for (selected, error) in [
			(None, pallet_eternal_storage::Error::<Test>::NoLogic),
			(Some(bob()), pallet_eternal_storage::Error::<Test>::NotLogic),
		] {
			SelectedLogic::set(selected);
			let signed = || RuntimeOrigin::signed(alice());
			let send = |r: &Proof| Which::Permanent.call(registration(r.clone()), signed());
			let failed = send(r).unwrap_err();
			assert_eq!(failed.error, error.into());
			assert_eq!(
				failed.post_info.actual_weight,
				Some(<() as WeightInfo>::register_refused())
			);
			assert!(declared.all_gte(failed.post_info.actual_weight.unwrap()));
			// A proof that does not hold is refused for the same reason.
			assert_eq!(send(&forged), Err(failed));
		}
		Which::Permanent.select();
		Store::set(None);
		assert_refused(r, Error::NoStore);
		// Whoever reads is told the same, and never that there is no such name.
		let refusal = crate::registry::Refusal::NoStore;
		assert_eq!(Names::record(&name(r)), Err(refusal.clone()));
		assert_eq!(Names::name_of(&r.id), Err(refusal.clone()));
		assert_eq!(Names::status(&name(r)), Err(refusal.clone()));
		assert_eq!(Names::is_spent(&name(r), &r.id), Err(refusal.clone()));
		assert_eq!(Names::page(None, 1), Err(refusal));
	});
}

#[test]
fn what_is_registered_resolves_under_any_logic_and_none() {
	execute(|| {
		let r = &genuine_registrations()[0];
		assert_ok!(register(alice(), r.clone()));
		for selected in [None, Some(bob())] {
			SelectedLogic::set(selected);
			assert_eq!(record(r).unwrap().id, r.id);
		}
	});
}

#[test]
fn a_registration_that_cannot_be_paid_changes_nothing() {
	execute(|| {
		let r = &genuine_registrations()[0];
		let result = register(AccountId::new([7; 32]), r.clone());
		assert!(matches!(result, Err(DispatchError::Token(_))));
		assert_eq!(record(r), None);
	});
}
