//! Whoever cheats is slashed, however late it is reported and however fast he leaves.

use super::{eras::*, *};
use crate::configs::ISOLATED_SLASH;
use frame_support::traits::fungible::Inspect;
use pallet_babe::EquivocationOffence;
use pallet_staking::{Call as StakingCall, UnappliedSlashes};
use sp_runtime::{traits::Dispatchable, DispatchError, Perbill};
use sp_staking::offence::ReportOffence;

/// Reports that a validator signed two blocks in a slot of that session.
fn report(offender: AccountId, slot: u64, session_index: u32, validator_set_count: u32) {
	assert_ok!(Offences::report_offence(
		vec![],
		EquivocationOffence {
			slot: slot.into(),
			session_index,
			validator_set_count,
			offender: (offender, ()),
		},
	));
}

fn dispatch(who: &AccountId, call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	let call: RuntimeCall = call.into();
	call.dispatch(RuntimeOrigin::signed(who.clone())).map(|_| ()).map_err(|why| why.error)
}

fn withdraw() -> RuntimeCall {
	StakingCall::withdraw_unbonded { num_slashing_spans: 32 }.into()
}

fn filtered() -> Result<(), DispatchError> {
	Err(frame_system::Error::<Runtime>::CallFiltered.into())
}

fn total(who: &AccountId) -> Balance {
	<Balances as Inspect<AccountId>>::total_balance(who)
}

fn is_bonded(who: &AccountId) -> bool {
	pallet_staking::Bonded::<Runtime>::contains_key(who)
}

/// Tries to withdraw by all the ways there are.
fn try_to_withdraw(who: &AccountId) {
	let _ = dispatch(who, withdraw());
	let _ = dispatch(who, pallet_utility::Call::batch { calls: vec![withdraw()] });
	let _ = dispatch(who, pallet_utility::Call::force_batch { calls: vec![withdraw()] });
}

#[test]
fn an_offence_is_slashed_however_late_it_is_reported() {
	for numbers in [LEAST, DEVELOPMENT, LIVE] {
		// The offender with the number k is reported k eras late.
		let offenders = numbers.bonding;
		let validators = offenders + 4;
		chain_of(numbers, validators).execute_with(|| {
			next_era();
			let (era, session) = (active_era(), Session::current_index());
			// All of them have cheated, know it, and leave at once.
			for who in (0..offenders).map(stash) {
				assert_ok!(dispatch(&who, StakingCall::unbond { value: BOND }));
			}
			while active_era() < era + bonding() {
				(0..offenders).map(stash).for_each(|who| try_to_withdraw(&who));
				if is_last_session() {
					// As late as it can be in that era.
					let k = active_era() - era;
					report(stash(k), 10_000 + u64::from(k), session, validators);
				}
				next_session();
			}
			(0..offenders).map(stash).for_each(|who| try_to_withdraw(&who));
			let slash = expected_slash(1, validators) * BOND;
			assert!(slash > 0);
			for k in 0..offenders {
				let lost = ENDOWMENT - total(&stash(k));
				assert_eq!(lost, slash, "reported {k} eras late, with {numbers:?}");
				// Nobody was kept longer than the bonding duration either.
				assert!(!is_bonded(&stash(k)), "reported {k} eras late, with {numbers:?}");
			}
			assert_eq!(total(&stash(offenders)), ENDOWMENT);
		});
	}
}

/// The part that so many offenders at once lose each.
fn expected_slash(offenders: u32, validators: u32) -> Perbill {
	let formula = Perbill::from_rational(3 * offenders, validators).square();
	if offenders == 1 {
		formula.min(ISOLATED_SLASH)
	} else {
		formula
	}
}

#[test]
fn nobody_withdraws_while_the_next_era_is_planned() {
	chain_of(DEVELOPMENT, 4).execute_with(|| {
		let (who, proxy) = (stash(0), stash(1));
		assert_ok!(dispatch(
			&who,
			pallet_proxy::Call::add_proxy {
				delegate: proxy.clone().into(),
				proxy_type: configs::ProxyType::Any,
				delay: 0,
			}
		));
		next_era();
		let unbond = || RuntimeCall::from(StakingCall::unbond { value: JNS });
		assert_ok!(dispatch(&who, unbond()));
		while active_era() < bonding() || !is_last_session() {
			next_session();
		}
		// The chunk is due, in planned eras.
		let due = || pallet_staking::CurrentEra::<Runtime>::get() >= Some(1 + bonding());
		assert!(due());
		let ledger = || pallet_staking::Ledger::<Runtime>::get(&who).unwrap();
		let before = ledger();
		for call in [withdraw(), unbond()] {
			assert_eq!(dispatch(&who, call.clone()), filtered());
			let batch = pallet_utility::Call::batch_all { calls: vec![call.clone()] };
			assert_eq!(dispatch(&who, batch), filtered());
			// A batch that goes on, and a proxy, succeed themselves and do nothing.
			let batch = pallet_utility::Call::force_batch { calls: vec![call.clone()] };
			assert_ok!(dispatch(&who, batch));
			let by_proxy = pallet_proxy::Call::proxy {
				real: who.clone().into(),
				force_proxy_type: None,
				call: Box::new(call),
			};
			assert_ok!(dispatch(&proxy, by_proxy));
			assert_eq!(ledger(), before);
		}
		// Everything else works.
		assert_ok!(dispatch(&who, StakingCall::bond_extra { max_additional: JNS }));
		assert_ok!(dispatch(&who, StakingCall::chill {}));
		// And a session later, the slashes having been applied, so does this.
		next_session();
		let before = ledger();
		assert_ok!(dispatch(&who, withdraw()));
		assert_eq!(ledger().total, before.total - JNS);
		assert_ok!(dispatch(&who, unbond()));
	});
}

#[test]
fn the_council_unstakes_by_force_at_any_time() {
	chain_of(DEVELOPMENT, 4).execute_with(|| {
		while !is_last_session() {
			next_session();
		}
		let call = StakingCall::force_unstake { stash: stash(0), num_slashing_spans: 0 };
		let call = pallet_council::Call::dispatch_root { call: Box::new(call.into()) };
		assert_eq!(pass(call), pallet_council::Ending::Executed(Ok(())));
		assert!(!is_bonded(&stash(0)));
	});
}

#[test]
fn the_council_cancels_a_slash_in_time() {
	for numbers in [DEVELOPMENT, LIVE] {
		chain_of(numbers, 10).execute_with(|| {
			next_era();
			let (era, session) = (active_era(), Session::current_index());
			report(stash(0), 10_000, session, 10);
			report(stash(1), 10_001, session, 10);
			let due = era + bonding();
			while active_era() + 1 < due || !is_last_session() {
				next_session();
			}
			// Until the last block before it.
			assert_eq!((total(&stash(0)), total(&stash(1))), (ENDOWMENT, ENDOWMENT));
			let filed = UnappliedSlashes::<Runtime>::get(due);
			assert_eq!(filed[0].validator, stash(0));
			assert_eq!(filed.len(), 2);
			let cancel = StakingCall::cancel_deferred_slash { era: due, slash_indices: vec![0] };
			assert_eq!(pass(cancel), pallet_council::Ending::Executed(Ok(())));
			next_session();
			assert_eq!(active_era(), due);
			assert_eq!(total(&stash(0)), ENDOWMENT);
			assert_eq!(total(&stash(1)), ENDOWMENT - expected_slash(1, 10) * BOND);
		});
	}
}

#[test]
fn the_council_raises_a_lone_offenders_slash() {
	chain_of(DEVELOPMENT, 4).execute_with(|| {
		next_era();
		let (era, session) = (active_era(), Session::current_index());
		report(stash(0), 10_000, session, 4);
		let raise = StakingCall::manual_slash {
			validator_stash: stash(0),
			era,
			slash_fraction: Perbill::from_percent(80),
		};
		assert_eq!(pass(raise), pallet_council::Ending::Executed(Ok(())));
		while active_era() < era + bonding() {
			next_session();
		}
		assert_eq!(ENDOWMENT - total(&stash(0)), Perbill::from_percent(80) * BOND);
	});
}

#[test]
fn the_table_of_what_double_votes_cost_is_true() {
	let mut table = String::new();
	for validators in [4u32, 10, 30, 100] {
		let third = validators.div_ceil(3);
		let percent = |offenders: u32| {
			chain_of(DEVELOPMENT, validators).execute_with(|| {
				next_era();
				let (era, session) = (active_era(), Session::current_index());
				for who in (0..offenders).map(stash) {
					report(who, 10_000, session, validators);
				}
				let filed = UnappliedSlashes::<Runtime>::get(era + bonding());
				let lost = |who: AccountId| -> Balance {
					filed.iter().filter(|slash| slash.validator == who).map(|slash| slash.own).sum()
				};
				let expected = expected_slash(offenders, validators) * BOND;
				for who in (0..offenders).map(stash) {
					// Each of the differences is rounded.
					assert!(lost(who).abs_diff(expected) <= offenders.into());
				}
				let hundredths = Perbill::from_rational(lost(stash(0)), BOND) * 10_000u32;
				format!("{}.{:02} %", hundredths / 100, hundredths % 100)
			})
		};
		let formula = Perbill::from_rational(3, validators).square() * 10_000u32;
		table += &format!(
			"| {validators} | {}.{:02} % | {} | {} | {} ({third}) |\n",
			formula / 100,
			formula % 100,
			percent(1),
			percent(2),
			percent(third)
		);
	}
	let documented = include_str!("../../../docs/adr/0015-what-a-lone-double-vote-costs.md");
	assert!(documented.contains(&table), "ADR 15 should have:\n{table}");
}

#[test]
fn a_lone_offender_is_disabled_at_once() {
	chain_of(DEVELOPMENT, 4).execute_with(|| {
		next_era();
		let index = Session::validators().iter().position(|who| *who == stash(0)).unwrap();
		report(stash(0), 10_000, Session::current_index(), 4);
		assert_eq!(Session::disabled_validators(), [index as u32]);
	});
}
