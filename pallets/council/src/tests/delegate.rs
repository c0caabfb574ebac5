//! Stake moves, and counts once.

use super::*;

#[test]
fn stake_moves_and_is_conserved() {
	execute(|| {
		assert_ok!(Council::delegate(signed(ALICE), DAVE, 20));
		System::assert_last_event(Event::Delegated { from: ALICE, to: DAVE, amount: 20 }.into());
		assert_eq!((stake(ALICE), stake(DAVE)), (30, 20));
		assert_ok!(Council::delegate(signed(DAVE), BOB, 20));
		assert_eq!((stake(DAVE), stake(BOB)), (0, 50));
		assert!(!MemberOf::<Test>::contains_key(DAVE));
		assert_eq!(TotalStake::<Test>::get(), 100);
	});
}

#[test]
fn what_cannot_be_delegated() {
	execute(|| {
		assert_noop!(Council::delegate(signed(ALICE), ALICE, 10), Error::<Test>::ToSelf);
		assert_noop!(Council::delegate(signed(DAVE), ALICE, 10), Error::<Test>::NotMember);
		assert_noop!(Council::delegate(signed(ALICE), BOB, 51), Error::<Test>::InsufficientStake);
		assert_noop!(
			Council::delegate(signed(ALICE), BOB, Stake::MAX),
			Error::<Test>::InsufficientStake
		);
		assert_noop!(Council::delegate(signed(ALICE), BOB, 0), Error::<Test>::BelowMinStake);
		assert_noop!(Council::delegate(signed(ALICE), DAVE, 9), Error::<Test>::BelowMinStake);
		assert_noop!(Council::delegate(signed(ALICE), BOB, 41), Error::<Test>::BelowMinStake);
		assert_noop!(Council::delegate(council(), BOB, 10), sp_runtime::traits::BadOrigin);
		// To a member even dust can go, and all of it can.
		assert_ok!(Council::delegate(signed(ALICE), BOB, 1));
		assert_ok!(Council::delegate(signed(ALICE), BOB, 49));
	});
}

#[test]
fn stake_delegated_after_the_proposal_counts_where_it_was() {
	execute(|| {
		let index = propose(select(7));
		// The vote stands, and the receiver's weight does not grow.
		assert_ok!(vote(CHARLIE, index, true));
		assert_ok!(Council::delegate(signed(CHARLIE), BOB, 20));
		assert_eq!(tally(), (20, 0));
		Council::do_try_state().unwrap();
		assert_ok!(vote(BOB, index, false));
		assert_eq!(tally(), (20, 30));
		// Emptied as it is, the giver can still change its vote.
		assert_ok!(vote(CHARLIE, index, false));
		assert_eq!(ending(index), Some(Ending::Rejected));
	});
}

#[test]
fn a_new_member_has_no_weight_on_the_open_proposal() {
	execute(|| {
		let index = propose(select(7));
		assert_ok!(Council::delegate(signed(ALICE), DAVE, 50));
		assert_no_vote(DAVE, index, true, Error::<Test>::NoWeight);
		// Stake that comes back does not count twice either.
		assert_ok!(Council::delegate(signed(DAVE), ALICE, 50));
		assert_ok!(vote(ALICE, index, true));
		assert_eq!(tally(), (50, 0));
	});
}

#[test]
fn vote_delegate_vote_counts_once() {
	execute(|| {
		let index = propose(select(7));
		assert_ok!(vote(BOB, index, true));
		assert_ok!(Council::delegate(signed(BOB), CHARLIE, 30));
		assert_ok!(vote(CHARLIE, index, true));
		assert_eq!(tally(), (50, 0));
	});
}

#[test]
fn a_stake_passed_through_a_thousand_accounts_counts_once_and_leaves_nothing() {
	execute(|| {
		let index = propose(select(7));
		let hops = 100..1_100;
		let mut holder = CHARLIE;
		for next in hops.clone() {
			assert_ok!(Council::delegate(signed(holder), next, 20));
			if next % 100 == 0 {
				Council::do_try_state().unwrap();
			}
			assert_no_vote(next, index, true, Error::<Test>::NoWeight);
			holder = next;
		}
		assert_ok!(vote(CHARLIE, index, true));
		assert_eq!(tally(), (20, 0));
		assert_ok!(vote(ALICE, index, true));
		assert_eq!(ending(index), Some(Ending::Executed(Ok(()))));
		// Those that weighed nothing were removed at once; the next delegation removes the other.
		assert_eq!(Emptied::<Test>::iter_keys().collect::<Vec<_>>(), [CHARLIE]);
		assert_eq!(MemberOf::<Test>::iter().count(), 4);
		assert_ok!(Council::delegate(signed(ALICE), BOB, 10));
		assert_eq!(Emptied::<Test>::iter().count(), 0);
		assert_eq!(MemberOf::<Test>::iter().count(), 3);
		assert_eq!(stake(1_099), 20);
	});
}

#[test]
fn stake_that_goes_to_and_fro_is_listed_once() {
	execute(|| {
		let index = propose(select(7));
		for _ in 0..100 {
			assert_ok!(Council::delegate(signed(CHARLIE), DAVE, 20));
			assert_ok!(Council::delegate(signed(DAVE), CHARLIE, 20));
		}
		assert_eq!(Emptied::<Test>::iter_keys().collect::<Vec<_>>(), [CHARLIE]);
		assert_ok!(vote(CHARLIE, index, true));
		assert_eq!(tally(), (20, 0));
	});
}

#[test]
fn a_record_refilled_while_it_is_listed_stays() {
	execute(|| {
		let index = propose(select(7));
		assert_ok!(Council::delegate(signed(CHARLIE), BOB, 20));
		assert_ok!(vote(ALICE, index, true));
		assert_ok!(vote(BOB, index, true));
		assert_eq!(ending(index), Some(Ending::Executed(Ok(()))));
		// Refilled before anything was removed.
		assert_ok!(Council::force_delegate(council(), BOB, CHARLIE, 20));
		assert_eq!(Emptied::<Test>::iter().count(), 0);
		assert_eq!(stake(CHARLIE), 20);
		let second = propose(select(8));
		assert_ok!(vote(CHARLIE, second, true));
		assert_eq!(tally(), (20, 0));
	});
}

#[test]
fn an_emptied_record_keeps_its_weight_on_one_proposal_alone() {
	execute(|| {
		let first = propose(select(7));
		for who in [BOB, CHARLIE] {
			assert_ok!(Council::delegate(signed(who), DAVE, stake(who)));
		}
		assert_ok!(vote(ALICE, first, false));
		assert_eq!(ending(first), Some(Ending::Rejected));
		// A rejecting vote removes nothing; the next proposal removes both before it opens.
		assert_eq!(Emptied::<Test>::iter().count(), 2);
		assert_ok!(Council::delegate(signed(DAVE), BOB, 30));
		assert!(!MemberOf::<Test>::contains_key(CHARLIE));
		blocks_pass(50);
		let second = propose_by(BOB, select(8));
		assert_no_vote(CHARLIE, second, true, Error::<Test>::NotMember);
		assert_ok!(Council::delegate(signed(DAVE), CHARLIE, 20));
		assert_no_vote(CHARLIE, second, true, Error::<Test>::NoWeight);
		assert_ok!(vote(DAVE, second, true));
		assert_eq!(tally(), (20, 0));
	});
}

#[test]
fn closing_and_withdrawing_remove_what_is_listed() {
	use frame_support::hypothetically;
	execute(|| {
		let index = propose(select(7));
		for who in [BOB, CHARLIE] {
			assert_ok!(Council::delegate(signed(who), DAVE, stake(who)));
		}
		let removed = || {
			assert_eq!(Emptied::<Test>::iter().count(), 0);
			assert_eq!(MemberOf::<Test>::iter().count(), 2);
		};
		hypothetically!({
			assert_ok!(Council::withdraw(signed(ALICE), index));
			removed();
		});
		hypothetically!({
			blocks_pass(11);
			assert_ok!(Council::close(signed(DAVE), index));
			removed();
		});
	});
}

#[test]
fn a_total_of_the_largest_number_does_not_overflow() {
	for total in [u64::MAX as Stake, Stake::MAX] {
		let half = total / 2;
		execute_among(&[(ALICE, half), (BOB, total - half)], || {
			let index = propose(select(7));
			assert_ok!(vote(ALICE, index, true));
			assert!(OpenProposal::<Test>::exists());
			assert_ok!(vote(BOB, index, true));
			assert_eq!(ending(index), Some(Ending::Executed(Ok(()))));
			assert_ok!(Council::delegate(signed(ALICE), BOB, half));
			assert_eq!(stake(BOB), total);
		});
	}
}

#[test]
fn the_council_moves_a_lost_members_stake() {
	execute(|| {
		let call = || Call::force_delegate { from: CHARLIE, to: DAVE, amount: 20 };
		assert_noop!(
			Council::force_delegate(signed(CHARLIE), CHARLIE, DAVE, 20),
			sp_runtime::traits::BadOrigin
		);
		let index = propose(RuntimeCall::Council(call()));
		assert_ok!(vote(ALICE, index, true));
		assert_ok!(vote(BOB, index, true));
		assert_eq!(ending(index), Some(Ending::Executed(Ok(()))));
		assert_eq!((stake(CHARLIE), stake(DAVE)), (0, 20));
		assert!(!MemberOf::<Test>::contains_key(CHARLIE));
	});
}
