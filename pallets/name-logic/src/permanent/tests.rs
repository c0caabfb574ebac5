//! Claims about registering a name for ever, shown on genuine registrations.

use super::*;
use crate::mock::{EternalStorage, *};
use frame_support::{
	assert_noop, assert_ok, dispatch::GetDispatchInfo, traits::fungible::InspectHold,
};
use jns_primitives::{
	layout::record_key,
	storage::{GivenValue, ValueKind},
	test_support::{genuine_registrations, small_key_registrations, Registration as Genuine},
	AccountId, NameRecord,
};

fn register(who: AccountId, r: &Genuine) -> DispatchResultWithPostInfo {
	Permanent::register(
		RuntimeOrigin::signed(who),
		r.name.clone(),
		r.id,
		r.key.clone(),
		r.signature.clone(),
	)
}

fn root() -> Vec<u8> {
	sp_io::storage::root(sp_runtime::StateVersion::V1)
}

fn name(r: &Genuine) -> Name {
	Name::try_from(&r.name[..]).unwrap()
}

fn record(r: &Genuine) -> Option<NameRecord> {
	Names::<Test>::record(&name(r)).unwrap()
}

fn assert_refused(r: &Genuine, error: impl Into<DispatchError>) {
	let before = root();
	let result = frame_support::storage::with_storage_layer(|| register(alice(), r));
	assert_eq!(result.unwrap_err().error, error.into());
	assert_eq!(root(), before);
}

#[test]
fn genuine_registrations_resolve_both_ways() {
	execute(|| {
		let mut all = genuine_registrations();
		all.remove(5); // It wants the name of the one before.
		all.extend(small_key_registrations());
		for r in &all {
			assert_ok!(register(alice(), r));
			System::assert_last_event(
				Event::Registered { name: name(r), id: r.id, payer: alice() }.into(),
			);
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
			assert_eq!(Names::<Test>::name_of(&r.id), Ok(Some(name(r))));
		}
		// Pages show each once.
		let mut seen: Vec<NameRecord> = vec![];
		loop {
			let page = Names::<Test>::page(seen.last().map(|r| &r.name), 2).unwrap();
			if page.is_empty() {
				break;
			}
			seen.extend(page);
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
		assert_ok!(register(bob(), &all[0]));
		let reason = pallet_eternal_storage::HoldReason::Entry.into();
		let held = Balances::balance_on_hold(&reason, &bob());
		let record_len = record(&all[0]).unwrap().encoded_size() as u128;
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
		assert_ok!(register(alice(), r));
		System::set_block_number(9);
		let before = root();
		assert_ok!(register(bob(), r));
		assert_eq!(root(), before);
		assert_eq!(record(r).unwrap().block, 1);
	});
}

#[test]
fn a_name_has_one_id() {
	execute(|| {
		let all = genuine_registrations();
		assert_eq!(all[4].name, all[5].name);
		assert_ok!(register(alice(), &all[4]));
		assert_refused(&all[5], Error::<Test>::NameTaken);
		assert_eq!(record(&all[5]).unwrap().id, all[4].id);
	});
}

#[test]
fn an_id_has_one_name() {
	execute(|| {
		let all = genuine_registrations();
		assert_ok!(register(alice(), &all[0]));
		let second = Genuine { name: b"another".to_vec(), ..all[0].clone() };
		assert_refused(&second, Error::<Test>::IdTaken);
	});
}

#[test]
fn a_proof_holds_for_its_name_its_key_and_its_id_alone() {
	execute(|| {
		let all = genuine_registrations();
		let good = &all[0];
		let mismatch = Error::<Test>::InvalidSignature(SignatureError::Mismatch);
		assert_refused(&Genuine { name: b"another".to_vec(), ..good.clone() }, mismatch);
		let mismatch = Error::<Test>::InvalidSignature(SignatureError::Mismatch);
		assert_refused(&Genuine { signature: all[1].signature.clone(), ..good.clone() }, mismatch);
		assert_refused(&Genuine { id: all[1].id, ..good.clone() }, Error::<Test>::ForeignKey);
		assert_refused(
			&Genuine { key: all[1].key.clone(), ..good.clone() },
			Error::<Test>::ForeignKey,
		);
		let short = Genuine { signature: good.signature[1..].to_vec(), ..good.clone() };
		assert_refused(&short, Error::<Test>::InvalidSignature(SignatureError::WrongLength));
		let nul = Genuine { key: [&good.key[..], &[0]].concat(), ..good.clone() };
		assert_refused(&nul, Error::<Test>::InvalidKey(KeyError::UnsupportedSize));
		let empty = Genuine { key: vec![], signature: vec![], ..good.clone() };
		assert_refused(&empty, Error::<Test>::InvalidKey(KeyError::UnsupportedSize));
		assert_ok!(register(alice(), good));
	});
}

#[test]
fn a_forged_repetition_is_refused_too() {
	execute(|| {
		let r = &genuine_registrations()[0];
		assert_ok!(register(alice(), r));
		let mut forged = r.clone();
		forged.signature[100] ^= 1;
		assert_refused(&forged, Error::<Test>::InvalidSignature(SignatureError::Mismatch));
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
			let r = Genuine { name: bytes, ..good.clone() };
			assert_refused(&r, Error::<Test>::InvalidName(why));
		}
	});
}

#[test]
fn a_logic_that_is_not_selected_fails_before_it_verifies() {
	execute(|| {
		let r = &genuine_registrations()[0];
		let call = RuntimeCall::from(Call::<Test>::register {
			name: r.name.clone(),
			id: r.id,
			key: r.key.clone(),
			signature: r.signature.clone(),
		});
		for (selected, error) in [
			(None, pallet_eternal_storage::Error::<Test>::NoLogic),
			(Some(bob()), pallet_eternal_storage::Error::<Test>::NotLogic),
		] {
			SelectedLogic::set(selected);
			let failed = register(alice(), r).unwrap_err();
			assert_eq!(
				failed.post_info.actual_weight,
				Some(<() as WeightInfo>::register_refused())
			);
			assert!(call
				.get_dispatch_info()
				.call_weight
				.all_gte(failed.post_info.actual_weight.unwrap()));
			// A proof that does not hold is refused for the same reason.
			assert_refused(r, error);
		}
		Store::set(None);
		assert_refused(r, Error::<Test>::NoStore);
		// Whoever reads is told the same, and never that there is no such name.
		let refusal = crate::registry::Refusal::NoStore;
		assert_eq!(Names::<Test>::record(&name(r)), Err(refusal.clone()));
		assert_eq!(Names::<Test>::name_of(&r.id), Err(refusal.clone()));
		assert_eq!(Names::<Test>::status(&name(r)), Err(refusal.clone()));
		assert_eq!(Names::<Test>::is_spent(&name(r), &r.id), Err(refusal.clone()));
		assert_eq!(Names::<Test>::page(None, 1), Err(refusal));
	});
}

#[test]
fn what_is_registered_resolves_under_any_logic_and_none() {
	execute(|| {
		let r = &genuine_registrations()[0];
		assert_ok!(register(alice(), r));
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
		let result =
			frame_support::storage::with_storage_layer(|| register(AccountId::new([7; 32]), r));
		assert!(matches!(result.unwrap_err().error, DispatchError::Token(_)));
		assert_eq!(record(r), None);
	});
}

#[test]
fn only_signed_accounts_register() {
	execute(|| {
		let r = &genuine_registrations()[0];
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(
				Permanent::register(
					origin,
					r.name.clone(),
					r.id,
					r.key.clone(),
					r.signature.clone()
				),
				sp_runtime::traits::BadOrigin
			);
		}
	});
}

#[test]
fn the_invariants_notice_what_they_claim() {
	let all = genuine_registrations();
	let broken = |damage: &dyn Fn()| {
		new_test_ext().execute_with(|| {
			register(alice(), &all[0]).unwrap();
			Names::<Test>::do_try_state().unwrap();
			damage();
			Names::<Test>::do_try_state().is_err()
		})
	};
	let key = record_key(&name(&all[0]));
	let signed = || RuntimeOrigin::signed(bob());
	let set = |key, value| {
		SelectedLogic::set(Some(bob()));
		EternalStorage::set(signed(), 0, key, value).unwrap();
		SelectedLogic::set(Some(Permanent::account_id()));
	};
	assert!(broken(&|| {
		SelectedLogic::set(Some(bob()));
		EternalStorage::remove(signed(), 0, ValueKind::Bytes, key).unwrap();
		SelectedLogic::set(Some(Permanent::account_id()));
	}));
	assert!(broken(&|| set(key, GivenValue::Bytes(vec![1]))));
	assert!(broken(&|| {
		let mut other = record(&all[0]).unwrap();
		other.id = all[1].id;
		set(key, GivenValue::Bytes(codec::Encode::encode(&other)));
	}));
	assert!(broken(&|| set([7; 32], GivenValue::String(b"abc".to_vec()))));
}
