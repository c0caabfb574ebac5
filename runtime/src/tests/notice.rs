//! Which proposals pass at once, and from whom they take stake.

use super::*;
use crate::{configs::Proposals, numbers::LIVE};
use pallet_council::{Call as Council_, Error, Proposable};
use pallet_staking::Call as StakingCall;
use pallet_utility::Call as UtilityCall;
use sp_runtime::DispatchError;

type Calls = Vec<RuntimeCall>;

fn root(call: impl Into<RuntimeCall>) -> RuntimeCall {
	Council_::dispatch_root { call: Box::new(call.into()) }.into()
}

fn select(logic: Option<AccountId>) -> RuntimeCall {
	Council_::select_logic { logic }.into()
}

fn stalled(delay: u32, best_finalized_block_number: u32) -> RuntimeCall {
	root(pallet_grandpa::Call::note_stalled { delay, best_finalized_block_number })
}

fn unstake(who: Sr25519Keyring) -> RuntimeCall {
	root(StakingCall::force_unstake { stash: who.to_account_id(), num_slashing_spans: 0 })
}

fn cancel() -> RuntimeCall {
	StakingCall::cancel_deferred_slash { era: 0, slash_indices: vec![0] }.into()
}

/// What stops or undoes something, and what brings finality back.
fn urgent() -> Calls {
	let one = vec![
		select(None),
		stalled(5, 0),
		unstake(Sr25519Keyring::DaveStash),
		root(StakingCall::force_new_era {}),
		cancel(),
	];
	let all = UtilityCall::batch_all { calls: one.clone() }.into();
	[one, vec![all]].concat()
}

/// What is much like it, and is not.
fn others() -> Calls {
	vec![
		select(Some(LivingNames::account_id())),
		stalled(5, u32::MAX),
		stalled(u32::MAX, 0),
		root(StakingCall::force_no_eras {}),
		root(StakingCall::set_validator_count { new: 4 }),
		root(frame_system::Call::authorize_upgrade { code_hash: Hash::zero() }),
		UtilityCall::batch { calls: vec![select(None)] }.into(),
		UtilityCall::force_batch { calls: vec![select(None)] }.into(),
		UtilityCall::batch_all { calls: vec![select(None), cancel(), stalled(0, 0)] }.into(),
		Council_::force_delegate {
			from: Alice.to_account_id(),
			to: Bob.to_account_id(),
			amount: 1_000,
		}
		.into(),
	]
}

#[test]
fn the_list_of_what_is_urgent_is_closed() {
	chain("local").execute_with(|| {
		for call in urgent() {
			assert!(Proposals::is_urgent(&call), "{call:?}");
		}
		for call in others() {
			assert!(!Proposals::is_urgent(&call), "{call:?}");
		}
	});
}

#[test]
fn nothing_else_that_the_runtime_has_is_urgent() {
	use frame_support::traits::GetCallMetadata;
	chain("local").execute_with(|| {
		let names: Vec<_> = pins::every_call()
			.into_iter()
			.filter(Proposals::is_urgent)
			.map(|call| call.get_call_metadata())
			.map(|name| (name.pallet_name, name.function_name))
			.collect();
		let cancel = ("Staking", "cancel_deferred_slash");
		// Their arguments there: no logic, and no calls.
		let (none, empty) = (("Council", "select_logic"), ("Utility", "batch_all"));
		assert_eq!(names, [cancel, empty, none]);
	});
}

#[test]
fn a_new_logic_is_taken_back_at_once() {
	chain("development").execute_with(|| {
		let (old, new) = (Some(PermanentNames::account_id()), Some(LivingNames::account_id()));
		assert!(!Proposals::is_urgent(&select(new.clone())));
		pass(select(new.clone()));
		assert!(Proposals::is_urgent(&select(old.clone())));
		// A logic that is frozen is thawed as quickly.
		pass(select(None));
		assert!(Proposals::is_urgent(&select(new)));
		assert!(!Proposals::is_urgent(&select(old)));
	});
}

#[test]
fn a_day_passes_on_a_live_chain() {
	chain_with("local", LIVE).execute_with(|| {
		let propose =
			|call: RuntimeCall, lifetime| Council::propose(signed(Alice), Box::new(call), lifetime);
		let notice = LIVE.notice_period;
		for call in others() {
			let result = propose(call.clone(), notice);
			assert_eq!(result, Err(Error::<Runtime>::BadLifetime.into()), "{call:?}");
			frame_support::hypothetically!({
				assert_ok!(propose(call.clone(), notice + 20));
				let vote = || Council::vote(signed(Alice), 0, hash_of(&call), true);
				let early = DispatchError::from(Error::<Runtime>::TooEarly);
				assert_eq!(vote().unwrap_err().error, early);
				System::set_block_number(notice);
				assert_eq!(vote().unwrap_err().error, early);
				System::set_block_number(notice + 1);
				assert_ok!(vote());
			});
		}
		for call in urgent() {
			frame_support::hypothetically!({
				assert_ok!(propose(call.clone(), 20));
				assert_ok!(Council::vote(signed(Alice), 0, hash_of(&call), true));
			});
		}
	});
}

#[test]
fn whoever_loses_stake_by_a_proposal_is_found_in_every_batch() {
	let take = |from: Sr25519Keyring| -> RuntimeCall {
		let (from, to) = (from.to_account_id(), Alice.to_account_id());
		Council_::force_delegate { from, to, amount: 1_000 }.into()
	};
	let both = || vec![take(Bob), remark(), take(Sr25519Keyring::Dave)];
	let bound = vec![Bob.to_account_id(), Sr25519Keyring::Dave.to_account_id()];
	for batch in [
		UtilityCall::batch { calls: both() },
		UtilityCall::batch_all { calls: both() },
		UtilityCall::force_batch { calls: both() },
		UtilityCall::if_else {
			main: Box::new(take(Bob)),
			fallback: Box::new(take(Sr25519Keyring::Dave)),
		},
		UtilityCall::batch_all { calls: vec![UtilityCall::batch { calls: both() }.into()] },
	] {
		assert_eq!(Proposals::takes_from(&batch.into()), bound);
	}
	assert!(Proposals::takes_from(&select(None)).is_empty());
}

#[test]
fn the_emergency_recipe_works_on_a_live_chain() {
	chain_with("development", LIVE).execute_with(|| {
		let (alice, bob) = (Alice.to_account_id(), Bob.to_account_id());
		let stake = |who: &AccountId| {
			pallet_council::MemberOf::<Runtime>::get(who).unwrap_or_default().stake
		};
		assert_ok!(Council::delegate(signed(Alice), bob.clone(), stake(&alice) / 3));
		System::set_block_number(LIVE.council_cool_down + 2);
		let held = remark();
		let longest = configs::MaxLifetime::get();
		assert_ok!(Council::propose(signed(Bob), Box::new(held.clone()), longest));
		// In one transaction the majority rejects, and announces that it takes the stake.
		let amount = stake(&bob);
		let take: RuntimeCall =
			Council_::force_delegate { from: bob.clone(), to: alice.clone(), amount }.into();
		let nay = Council_::vote { index: 0, call_hash: hash_of(&held), aye: false };
		let lifetime = LIVE.notice_period + 1_200;
		let propose = Council_::propose { call: Box::new(take.clone()), lifetime };
		let batch = UtilityCall::batch_all { calls: vec![nay.into(), propose.into()] };
		use sp_runtime::traits::Dispatchable;
		assert_ok!(RuntimeCall::from(batch).dispatch(signed(Alice)));
		// Bob neither moves away nor holds the slot again.
		let dave = Sr25519Keyring::Dave.to_account_id();
		let away = Council::delegate(signed(Bob), dave, amount);
		assert_eq!(away, Err(Error::<Runtime>::Bound.into()));
		System::set_block_number(System::block_number() + LIVE.notice_period);
		assert_ok!(Council::vote(signed(Alice), 1, hash_of(&take), true));
		assert_eq!(stake(&bob), 0);
	});
}

fn remark() -> RuntimeCall {
	frame_system::Call::remark { remark: vec![] }.into()
}
