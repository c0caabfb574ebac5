//! The slot cannot be held hostage: who may propose, and what wasting the slot costs.

use super::*;
use frame_support::{hypothetically, traits::fungible::Inspect};

/// Encoded length of [`select`].
fn len() -> u64 {
	select(7).encoded_size() as u64
}

/// What is held for it while nothing has been lost.
fn once() -> u64 {
	1_000 + 10 * len()
}

/// Alice proposes and rejects it herself.
fn lose() {
	let index = propose(select(7));
	assert_ok!(Council::vote(signed(ALICE), index, false));
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
		assert_ok!(Council::vote(signed(ALICE), index, true));
		assert_ok!(Council::vote(signed(BOB), index, true));
		assert_eq!(held(ALICE), 0);
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT);
		// One whose call fails did not waste the slot either.
		let index = propose(frame_system::Call::set_heap_pages { pages: 1 }.into());
		assert_ok!(Council::vote(signed(ALICE), index, true));
		assert_ok!(Council::vote(signed(BOB), index, true));
		assert_eq!(ending(index), Some(Ending::Executed(Err(DispatchError::BadOrigin))));
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT);
		assert_eq!(Council::doublings(), 0);
	});
}

#[test]
fn a_rejected_proposal_loses_its_deposit() {
	execute(|| {
		let issued = Balances::total_issuance();
		lose();
		assert_eq!(held(ALICE), 0);
		assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT - once());
		assert_eq!(Balances::total_issuance(), issued - once(), "it is burnt");
	});
}

#[test]
fn an_expired_proposal_loses_its_deposit_without_a_tenth_in_favour() {
	execute_among(&[(ALICE, 79), (BOB, 10), (CHARLIE, 11), (DAVE, 11)], || {
		assert_eq!(TotalStake::<Test>::get(), 111);
		// A tenth of 111 is 11.1: 11 is less, 21 is more.
		for (voters, lost) in [(vec![], true), (vec![CHARLIE], true), (vec![BOB, CHARLIE], false)] {
			hypothetically!({
				let index = propose(select(7));
				for voter in voters {
					assert_ok!(Council::vote(signed(voter), index, true));
				}
				blocks_pass(11);
				assert_ok!(Council::close(signed(DAVE), index));
				let outcome = Outcomes::<Test>::get(index).unwrap();
				assert_eq!((outcome.ending, outcome.deposit_lost), (Ending::Expired, lost));
				let left = if lost { ENDOWMENT - once() } else { ENDOWMENT };
				assert_eq!(Balances::total_balance(&ALICE), left);
			});
		}
	});
}

#[test]
fn the_next_deposit_doubles_whoever_makes_it_and_is_bounded() {
	execute(|| {
		for factor in [1, 2, 4, 8, 8, 8] {
			hypothetically!({
				propose_by(BOB, select(7));
				assert_eq!(held(BOB), factor * once());
			});
			lose();
		}
		// It halves with each longest lifetime that passes without a loss.
		for factor in [8, 4, 2, 1, 1] {
			assert_eq!(Council::deposit_for(len() as u32), factor * once());
			blocks_pass(100);
		}
	});
}

#[test]
fn a_deposit_is_returned_as_it_was_held() {
	execute(|| {
		lose();
		let index = propose_by(BOB, select(7));
		assert_eq!(held(BOB), 2 * once());
		blocks_pass(100);
		assert_eq!(Council::deposit_for(len() as u32), once(), "the price fell meanwhile");
		TransactionVersion::set(2);
		assert_ok!(Council::close(signed(DAVE), index));
		assert_eq!(held(BOB), 0);
		assert_eq!(Balances::total_balance(&BOB), ENDOWMENT);
	});
}

#[test]
fn the_proposer_withdraws_while_nobody_else_has_voted() {
	execute(|| {
		let index = propose(select(7));
		assert_noop!(Council::withdraw(signed(BOB), index), Error::<Test>::NotProposer);
		assert_noop!(Council::withdraw(signed(ALICE), index + 1), Error::<Test>::NotOpen);
		hypothetically!({
			assert_ok!(Council::withdraw(signed(ALICE), index));
			assert_eq!(ending(index), Some(Ending::Withdrawn));
			assert_eq!(Balances::total_balance(&ALICE), ENDOWMENT);
			assert_eq!((held(ALICE), Council::doublings()), (0, 0));
		});
		// The own vote does not stand in the way, whatever became of the stake.
		assert_ok!(Council::vote(signed(ALICE), index, true));
		assert_ok!(Council::delegate(signed(ALICE), DAVE, 20));
		hypothetically!({
			assert_ok!(Council::withdraw(signed(ALICE), index));
		});
		hypothetically!({
			assert_ok!(Council::vote(signed(CHARLIE), index, false));
			assert_noop!(Council::withdraw(signed(ALICE), index), Error::<Test>::VotedOn);
		});
		hypothetically!({
			blocks_pass(11);
			assert_noop!(Council::withdraw(signed(ALICE), index), Error::<Test>::Expired);
		});
		assert_ok!(Council::withdraw(signed(ALICE), index));
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

/// What holding the slot for one longest lifetime after another costs, in deposits of a proposal: a
/// loss each time, so that each costs twice the last until the bound.
#[test]
fn the_table_of_what_holding_the_slot_costs_is_true() {
	let table: Vec<u64> = {
		let mut costs = vec![];
		execute(|| {
			for _ in 0..6 {
				let before = Balances::total_balance(&ALICE);
				assert_ok!(Council::propose(signed(ALICE), Box::new(select(7)), 100));
				let index = OpenProposal::<Test>::get().unwrap().index;
				blocks_pass(101);
				assert_ok!(Council::close(signed(ALICE), index));
				costs.push((before - Balances::total_balance(&ALICE)) / once());
			}
		});
		costs
	};
	assert_eq!(table, [1, 2, 4, 8, 8, 8]);
}
