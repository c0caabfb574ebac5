//! What the rules of an instance decide, and what they do not.

use super::*;
use crate::{registry::Request, Logics as _};
use jns_primitives::{
	api::{Admission, NameStatus},
	name::MAX_NAME_LEN,
};

#[test]
fn which_names_exist_is_the_logics_rule() {
	execute(|| {
		let cafe = proof(OWNER, "caf\u{e9}");
		Which::Permanent.select();
		assert_refused!(register(bob(), cafe.clone()), InvalidName(NameError::InvalidCharacter));
		assert_refused!(register(bob(), proof(HEIR, "a")), InvalidName(NameError::TooShort));
		Which::Wide.select();
		assert_ok!(register(bob(), cafe.clone()));
		assert_ok!(register(bob(), proof(HEIR, "a")));
		let longest = "x".repeat(MAX_NAME_LEN as usize);
		assert_ok!(register(bob(), proof(STRANGER, &longest)));
		// Whoever has one keeps it under other rules: it resolves, repeats and ends.
		for which in JAMI {
			which.select();
			let name = Name::try_from(&cafe.name[..]).unwrap();
			assert_eq!(Names::record(&name).unwrap().unwrap().id, id(OWNER));
			assert_eq!(Names::name_of(&id(OWNER)), Ok(Some(name)));
			assert_ok!(register(bob(), cafe.clone()));
			assert_refused!(register(bob(), proof(HEIR, "caf\u{e9}")), NameTaken);
		}
		let reason = Hash::zero();
		assert_ok!(by_council(Call::remove { name: cafe.name.clone(), reason }));
		go_to(1_000);
		let cafes = proof(HEIR, "caf\u{e9}");
		assert_refused!(register(bob(), cafes), InvalidName(NameError::InvalidCharacter));
	});
}

#[test]
fn a_logic_refuses_what_its_rules_do_not_admit() {
	execute(|| {
		Which::Wide.select();
		assert_refused!(register(bob(), proof(OWNER, "forbidden")), NotAdmitted);
		let Proof { name, id, key, .. } = proof(OWNER, "forbidden");
		let request = Request { name, id, key, signature: vec![] };
		let selected = Which::Wide.account();
		assert_eq!(Logics::admission(&selected, request), Some(Admission::Refused));
		Which::Living.select();
		assert_ok!(register(bob(), proof(OWNER, "forbidden")));
		// What is registered can be repeated under any rules.
		Which::Wide.select();
		assert_ok!(register(bob(), proof(OWNER, "forbidden")));
	});
}

#[test]
fn what_the_rules_do_not_allow_is_refused_before_anything_is_verified() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		let statement = sign(OWNER, Action::Release);
		let offer = sign(OWNER, Action::HandOver { to: id(HEIR), deadline: 9 });
		hand_over_to_heir(9);
		Which::Permanent.select();
		assert_refused!(release(statement), NotAllowed);
		assert_refused!(release(vec![]), NotAllowed);
		assert_refused!(hand_over(HEIR, 9, offer), NotAllowed);
		assert_refused!(cancel(sign(OWNER, Action::CancelHandOver)), NotAllowed);
		// Even while another logic is selected, and about names that there are not.
		Which::Living.select();
		let released = Call::release { name: b"nobody".to_vec(), statement: vec![] };
		let refused = Which::Permanent.call(released, RuntimeOrigin::signed(bob())).unwrap_err();
		assert_eq!(refused.error, Which::Permanent.error(Error::NotAllowed));
		// What takes a name with a statement has a rule of its own.
		assert_ok!(release(sign(OWNER, Action::Release)));
		go_to(2);
		Which::Wide.select();
		let statement = sign_at(OWNER, Action::TakeBack, 1, 0);
		assert_refused!(accept(OWNER, statement.clone()), NotAllowed);
		Which::Permanent.select();
		assert_ok!(accept(OWNER, statement));
	});
}

#[test]
fn the_tuple_answers_for_the_logic_that_is_asked_for() {
	let request = |who: usize| {
		let Proof { name, id, key, signature } = proof(who, NAME);
		Request { name, id, key, signature }
	};
	execute(|| {
		let all = [
			(Which::Permanent.account(), "PermanentNames"),
			(Which::Living.account(), "LivingNames"),
			(Which::Wide.account(), "WideNames"),
		];
		assert_eq!(Logics::all(), all);
		for which in Which::ALL {
			which.select();
			let selected = which.account();
			assert_eq!(Logics::admission(&selected, request(OWNER)), Some(Admission::Open));
			let composed = Logics::registration(&selected, request(OWNER)).unwrap();
			assert!(Logics::is_own(&composed));
			frame_support::hypothetically!({
				use sp_runtime::traits::Dispatchable;
				assert_ok!(composed.dispatch(RuntimeOrigin::signed(bob())));
				which.assert_last_event(Event::Registered {
					name: name(),
					id: id(OWNER),
					payer: bob(),
				});
			});
			assert!(Logics::acceptance(&selected, request(OWNER), vec![]).is_some());
			let stated = |action| Logics::statement(&selected, NAME.into(), action, vec![]);
			let composes = which != Which::Permanent;
			assert_eq!(stated(Action::Release).is_some(), composes);
			assert_eq!(stated(Action::CancelHandOver).is_some(), composes);
			let offer = Action::HandOver { to: id(HEIR), deadline: 9 };
			assert_eq!(stated(offer).is_some(), composes);
			for action in [Action::Accept, Action::Claim, Action::TakeBack] {
				assert_eq!(stated(action), None, "those need a proof");
			}
		}
		// Another account is no logic of the tuple.
		assert_eq!(Logics::admission(&bob(), request(OWNER)), None);
		assert_eq!(Logics::registration(&bob(), request(OWNER)), None);
		assert_eq!(Logics::acceptance(&bob(), request(OWNER), vec![]), None);
		assert_eq!(Logics::statement(&bob(), NAME.into(), Action::Release, vec![]), None);
		let remark = frame_system::Call::<Test>::remark { remark: vec![] };
		assert!(!Logics::is_own(&remark.into()));
		assert_eq!(Names::status(&name()), Ok(NameStatus::default()));
	});
}

/// The lengths of what the dearest registration leaves are those of the storage, but for a byte that
/// a short name's length does not take.
#[test]
fn the_dearest_registration_is_the_dearest() {
	execute(|| {
		let key = &jns_primitives::test_support::genuine_registrations()[0];
		Which::Permanent.select();
		let dearest = Logics::dearest_registrations();
		assert_eq!(dearest.len(), Which::ALL.len());
		let price = |footprint: &[u32]| -> u128 {
			footprint
				.iter()
				.map(|len| EntryBase::get() + EntrySlope::get() * u128::from(*len))
				.sum()
		};
		assert_ok!(register(alice(), key.clone()));
		let longer = u128::from(jns_primitives::name::MAX_JAMI_NAME_LEN) - key.name.len() as u128;
		let paid = held(alice()) + 2 * longer;
		let asked = price(&dearest[0].1);
		assert!(paid <= asked && asked <= paid + 3, "{paid} of {asked}");
		assert!(price(&dearest[2].1) > asked);
	});
}
