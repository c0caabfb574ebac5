//! The slot cannot be held hostage: who may propose, and what wasting the slot costs.

use super::*;
use frame_support::{hypothetically, traits::fungible::Inspect};
use sp_runtime::traits::Hash as _;

type Hashing = <Test as frame_system::Config>::Hashing;

/// Encoded length of [`select`].
fn len() -> u64 {
	select(7).encoded_size() as u64
}

/// What is held for it.
fn once() -> u64 {
	1_000 + 10 * len()
}

/// Alice proposes and rejects it herself.
fn lose() {
	let index = propose(select(7));
	assert_ok!(vote(ALICE, index, false));
	assert_eq!(ending(index), Some(Ending::Rejected));
}

#[test]
fn a_proposer_holds_a_share_of_all_stake() {
	ProposeShare::set(Perbill::from_percent(25));
	execute(|| {
		assert_noop!(
			Council::propose(signed(CHARLIE), Box::new(select(7)), 10),
			Error::<Test>::TooLittleStake
		);
		propose_by(BOB, select(7));
	});
	// Of an odd total the share is rounded up.
	ProposeShare::set(Perbill::from_percent(50));
	execute_among(&[(ALICE, 51), (BOB, 50)], || {
		assert_eq!(Council::propose_stake(), 51);
		assert_noop!(
			Council::propose(signed(BOB), Box::new(select(7)), 10),
			Error::<Test>::TooLittleStake
		);
	});
}

#[test]
fn moving_stake_to_a_fresh_account_gains_nothing() {
	execute(|| {
		assert_ok!(Council::delegate(signed(ALICE), DAVE, 25));
		for _ in 0..2 {
			assert_noop!(
				Council::propose(signed(DAVE), Box::new(select(7)), 10),
				Error::<Test>::CoolingDown
			);
			blocks_pass(24);
		}
		blocks_pass(2);
		assert_ok!(Council::propose(signed(DAVE), Box::new(select(7)), 10));
	});
}

#[test]
fn the_cool_down_begins_again_after_an_interruption() {
	ProposeShare::set(Perbill::from_percent(25));
	execute(|| {
		assert_ok!(Council::delegate(signed(BOB), CHARLIE, 10));
		assert_ok!(Council::delegate(signed(CHARLIE), BOB, 10));
		blocks_pass(49);
		assert_noop!(
			Council::propose(signed(BOB), Box::new(select(7)), 10),
			Error::<Test>::CoolingDown
		);
		// More stake on top of enough is no interruption.
		assert_ok!(Council::delegate(signed(ALICE), BOB, 10));
		blocks_pass(1);
		propose_by(BOB, select(7));
	});
}

#[test]
fn a_proposal_that_passes_returns_its_deposit() {
	execute(|| {
		let index = propose(select(7));
		assert_eq!(held(ALICE), once());
		assert_ok!(vote(ALICE, index, true));
		assert_ok!(vote(BOB, index, true));
		assert_eq!(held(ALICE), 0);
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT);
		// One whose call fails did not waste the slot either.
		let index = propose(frame_system::Call::set_heap_pages { pages: 1 }.into());
		assert_ok!(vote(ALICE, index, true));
		assert_ok!(vote(BOB, index, true));
		assert_eq!(ending(index), Some(Ending::Executed(Err(DispatchError::BadOrigin))));
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT);
	});
}

#[test]
fn a_lost_deposit_is_burnt() {
	execute(|| {
		let issued = Balances::total_issuance();
		lose();
		assert_eq!(held(ALICE), 0);
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT - once());
		assert_eq!(Balances::total_issuance(), issued - once());
	});
}

#[test]
fn a_deposit_is_lost_without_a_tenth_in_favour_however_the_proposal_failed() {
	execute_among(&[(ALICE, 79), (BOB, 10), (CHARLIE, 11), (DAVE, 11)], || {
		assert_eq!(TotalStake::<Test>::get(), 111);
		let reject = |index| {
			assert_ok!(vote(ALICE, index, false));
		};
		let expire = |index| {
			blocks_pass(11);
			assert_ok!(Council::close(signed(DAVE), index));
		};
		let withdraw = |index| {
			assert_ok!(Council::withdraw(signed(ALICE), index));
		};
		let fail: [(&dyn Fn(ProposalIndex), Ending); 3] = [
			(&reject, Ending::Rejected),
			(&expire, Ending::Expired),
			(&withdraw, Ending::Withdrawn),
		];
		for (fail, how) in fail {
			// A tenth of 111 is 11.1: 11 is less, 21 is more.
			for (voters, lost) in
				[(vec![], true), (vec![CHARLIE], true), (vec![BOB, CHARLIE], false)]
			{
				hypothetically!({
					let index = propose(select(7));
					for voter in voters {
						assert_ok!(vote(voter, index, true));
					}
					fail(index);
					let outcome = Outcomes::<Test>::get(index).unwrap();
					assert_eq!((outcome.ending, outcome.deposit_lost), (how, lost));
					let left = if lost { ENDOWMENT - once() } else { ENDOWMENT };
					assert_eq!(Balances::total_balance(&ALICE), left);
				});
			}
		}
	});
}

#[test]
fn an_upgrade_that_voids_a_proposal_returns_its_deposit() {
	execute(|| {
		let index = propose_by(BOB, select(7));
		assert_eq!(held(BOB), once());
		TransactionVersion::set(2);
		assert_ok!(Council::close(signed(DAVE), index));
		assert_eq!(held(BOB), 0);
		assert_eq!(Balances::total_balance(&BOB), ENDOWMENT);
	});
}

#[test]
fn whoever_failed_cools_down() {
	execute(|| {
		let again = |who| Council::propose(signed(who), Box::new(select(8)), 10);
		lose();
		assert_noop!(again(ALICE), Error::<Test>::CoolingDown);
		// Nor does stake that was away for a while propose earlier.
		assert_ok!(Council::delegate(signed(ALICE), BOB, 50));
		assert_ok!(Council::delegate(signed(BOB), ALICE, 50));
		blocks_pass(49);
		assert_noop!(again(ALICE), Error::<Test>::CoolingDown);
		hypothetically!({
			assert_ok!(again(BOB));
		});
		blocks_pass(1);
		assert_ok!(again(ALICE));
	});
}

#[test]
fn whose_proposal_expired_cools_down_from_its_end_whoever_notices() {
	execute(|| {
		propose(select(7));
		blocks_pass(10 + 49);
		let again = || Council::propose(signed(ALICE), Box::new(select(8)), 10);
		assert_noop!(again(), Error::<Test>::CoolingDown);
		hypothetically!({
			assert_ok!(Council::close(signed(DAVE), 0));
			assert_noop!(again(), Error::<Test>::CoolingDown);
			blocks_pass(1);
			assert_ok!(again());
		});
		hypothetically!({
			propose_by(BOB, select(9));
			assert_ok!(Council::withdraw(signed(BOB), 1));
			assert_noop!(again(), Error::<Test>::CoolingDown);
		});
		blocks_pass(1);
		assert_ok!(again());
		assert_eq!(ending(0), Some(Ending::Expired));
	});
}

#[test]
fn whoever_passed_or_withdrew_or_was_voided_does_not_cool_down() {
	execute(|| {
		let index = propose(select(7));
		assert_ok!(vote(ALICE, index, true));
		assert_ok!(vote(BOB, index, true));
		let index = propose(select(8));
		assert_ok!(Council::withdraw(signed(ALICE), index));
		propose(select(9));
		TransactionVersion::set(2);
		propose(select(10));
	});
}

#[test]
fn the_proposer_withdraws_at_any_time_before_the_end() {
	execute(|| {
		let index = propose(select(7));
		assert_noop!(Council::withdraw(signed(BOB), index), Error::<Test>::NotProposer);
		assert_noop!(Council::withdraw(signed(ALICE), index + 1), Error::<Test>::NotOpen);
		// Who is for it: the own vote counts as well.
		assert_ok!(vote(CHARLIE, index, true));
		assert_ok!(vote(BOB, index, false));
		hypothetically!({
			blocks_pass(11);
			assert_noop!(Council::withdraw(signed(ALICE), index), Error::<Test>::Expired);
		});
		blocks_pass(10);
		assert_ok!(Council::withdraw(signed(ALICE), index));
		assert_eq!(ending(index), Some(Ending::Withdrawn));
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT);
	});
}

#[test]
fn a_deposit_that_cannot_be_paid_leaves_the_slot_free() {
	execute(|| {
		assert_ok!(Council::delegate(signed(ALICE), 77, 25));
		blocks_pass(50);
		assert!(Council::propose(signed(77), Box::new(select(7)), 10).is_err());
		hypothetically!({
			assert_ok!(Council::propose(signed(BOB), Box::new(select(7)), 10));
		});
	});
}

#[test]
fn a_share_that_grew_binds_old_members_too() {
	execute(|| {
		ProposeShare::set(Perbill::from_percent(25));
		assert_noop!(
			Council::propose(signed(CHARLIE), Box::new(select(7)), 10),
			Error::<Test>::TooLittleStake
		);
	});
}

#[test]
fn the_majority_ends_it_in_one_transaction() {
	execute_among(&[(ALICE, 60), (BOB, 40)], || {
		let index = propose_by(BOB, select(7));
		let take: RuntimeCall = Call::force_delegate { from: BOB, to: ALICE, amount: 40 }.into();
		let call_hash = |call: &RuntimeCall| Hashing::hash_of(call);
		let nay = Call::vote { index, call_hash: call_hash(&select(7)), aye: false };
		let propose = Call::propose { call: Box::new(take.clone()), lifetime: 10 };
		let aye = Call::vote { index: index + 1, call_hash: call_hash(&take), aye: true };
		let calls = [nay, propose, aye].map(RuntimeCall::from).to_vec();
		let batch = RuntimeCall::from(pallet_utility::Call::batch_all { calls });
		assert_ok!(batch.dispatch(signed(ALICE)));
		assert_eq!((stake(ALICE), stake(BOB)), (100, 0));
	});
}
