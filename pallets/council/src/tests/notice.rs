//! Nothing passes unannounced, and nobody moves away from what is announced.

use super::*;
use frame_support::hypothetically;

const NOTICE: u32 = 20;

fn propose_for(who: u64, call: RuntimeCall, lifetime: u32) -> DispatchResult {
	Council::propose(signed(who), Box::new(call), lifetime)
}

fn theft() -> RuntimeCall {
	Call::force_delegate { from: CHARLIE, to: BOB, amount: 20 }.into()
}

fn freeze() -> RuntimeCall {
	Call::select_logic { logic: None }.into()
}

fn execute_with_notice(body: impl FnOnce()) {
	NoticePeriod::set(NOTICE);
	execute(body)
}

#[test]
fn nothing_passes_before_its_notice_is_over() {
	execute_with_notice(|| {
		assert_ok!(propose_for(ALICE, select(7), NOTICE + 1));
		assert_ok!(vote(ALICE, 0, true));
		let open = OpenProposal::<Test>::get().unwrap();
		assert_eq!((open.opened, open.passes_from, open.end), (1, 21, 22));
		// Who decides is told to come again; who does not can vote at any time.
		assert_no_vote(BOB, 0, true, Error::<Test>::TooEarly);
		blocks_pass(NOTICE - 1);
		assert_eq!(Council::info().proposal.unwrap().notice_left, 0, "the coming block is it");
		assert_no_vote(BOB, 0, true, Error::<Test>::TooEarly);
		blocks_pass(1);
		assert_ok!(vote(BOB, 0, true));
		assert_eq!(ending(0), Some(Ending::Executed(Ok(()))));
	});
}

#[test]
fn what_is_announced_can_be_rejected_at_once() {
	execute_with_notice(|| {
		assert_ok!(propose_for(ALICE, select(7), NOTICE + 1));
		assert_eq!(Council::info().proposal.unwrap().notice_left, NOTICE - 1);
		assert_ok!(vote(BOB, 0, false));
		assert_ok!(vote(CHARLIE, 0, false));
		assert_eq!(ending(0), Some(Ending::Rejected));
	});
}

#[test]
fn a_lifetime_exceeds_the_notice() {
	execute_with_notice(|| {
		for lifetime in [2, NOTICE - 1, NOTICE] {
			let result = propose_for(ALICE, select(7), lifetime);
			assert_noop!(result, Error::<Test>::BadLifetime);
		}
		// What is urgent gives none, alone or in a batch of nothing else.
		let batch = |calls| RuntimeCall::from(pallet_utility::Call::batch_all { calls });
		assert_noop!(
			propose_for(ALICE, batch(vec![freeze(), select(7)]), 2),
			Error::<Test>::BadLifetime
		);
		for urgent in [freeze(), batch(vec![freeze(), freeze()])] {
			hypothetically!({
				assert_ok!(propose_for(ALICE, urgent, 2));
				assert_ok!(vote(ALICE, 0, true));
				assert_ok!(vote(BOB, 0, true));
				assert_eq!(ending(0), Some(Ending::Executed(Ok(()))));
			});
		}
	});
}

#[test]
fn whoever_hears_of_it_changes_its_mind_in_time() {
	execute_with_notice(|| {
		assert_ok!(propose_for(ALICE, select(7), NOTICE + 10));
		assert_ok!(vote(CHARLIE, 0, true));
		assert_ok!(vote(CHARLIE, 0, false));
		blocks_pass(NOTICE);
		assert_ok!(vote(ALICE, 0, true));
		assert_eq!(tally(), (50, 20));
	});
}

#[test]
fn the_target_does_not_move_its_stake_first() {
	execute_with_notice(|| {
		let batch = pallet_utility::Call::batch_all { calls: vec![select(7), theft()] };
		for call in [theft(), batch.into()] {
			hypothetically!({
				assert_ok!(propose_for(ALICE, call, NOTICE + 5));
				let away = || Council::delegate(signed(CHARLIE), DAVE, 20);
				assert_noop!(away(), Error::<Test>::Bound);
				// Others are free, and what comes in stays.
				assert_ok!(Council::delegate(signed(BOB), CHARLIE, 10));
				hypothetically!({
					blocks_pass(NOTICE);
					assert_noop!(away(), Error::<Test>::Bound);
					assert_ok!(vote(ALICE, 0, true));
					assert_ok!(vote(BOB, 0, true));
					assert_eq!((stake(CHARLIE), stake(BOB)), (10, 40));
					assert_ok!(Council::delegate(signed(CHARLIE), DAVE, 10));
				});
				// Nobody is bound by what nobody can vote on.
				hypothetically!({
					TransactionVersion::mutate(|version| *version += 1);
					assert_ok!(away());
				});
				blocks_pass(NOTICE + 6);
				assert_ok!(away());
			});
		}
	});
}

#[test]
fn a_proposal_takes_stake_from_sixteen_accounts_at_most() {
	execute(|| {
		let batch = |n: u64| {
			let one = |from| Call::force_delegate { from, to: BOB, amount: 20 }.into();
			RuntimeCall::from(pallet_utility::Call::batch_all {
				calls: (100..100 + n).map(one).collect(),
			})
		};
		let most = u64::from(MAX_BOUND);
		assert_noop!(propose_for(ALICE, batch(most + 1), 10), Error::<Test>::TooManyBound);
		assert_ok!(propose_for(ALICE, batch(most), 10));
	});
}
