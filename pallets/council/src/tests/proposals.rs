//! Proposing, voting, early ends, execution, expiry.

use super::*;
use frame_support::{dispatch::GetDispatchInfo, hypothetically};
use sp_runtime::traits::Hash as _;

#[test]
fn a_proposal_passes_with_the_vote_that_makes_more_than_half() {
	execute(|| {
		let index = propose(select(7));
		let first = vote(ALICE, index, true).unwrap();
		assert_eq!(first.pays_fee, Pays::Yes);
		assert_eq!(SelectedLogic::<Test>::get(), None, "exactly half does not pass");
		let deciding = vote(CHARLIE, index, true).unwrap();
		assert_eq!(deciding.pays_fee, Pays::No);
		assert_eq!(SelectedLogic::<Test>::get(), Some(7));
		assert_eq!(ending(index), Some(Ending::Executed(Ok(()))));
		assert_eq!(OpenProposal::<Test>::get(), None);
		System::assert_last_event(
			Event::Ended {
				index,
				tally: Tally { ayes: 70, nays: 0 },
				ending: Ending::Executed(Ok(())),
				deposit_lost: false,
			}
			.into(),
		);
		// At once there is room for the next.
		propose(select(8));
	});
}

#[test]
fn exactly_half_against_rejects() {
	execute(|| {
		let index = propose(select(7));
		assert_ok!(vote(BOB, index, false));
		assert_ok!(vote(CHARLIE, index, false));
		assert_eq!(ending(index), Some(Ending::Rejected));
		assert_eq!(SelectedLogic::<Test>::get(), None);
		assert_no_vote(ALICE, index, true, Error::<Test>::NotOpen);
	});
}

#[test]
fn a_vote_can_be_changed_until_the_end() {
	execute(|| {
		let index = propose(select(7));
		assert_ok!(vote(BOB, index, false));
		assert_no_vote(BOB, index, false, Error::<Test>::SameVote);
		assert_ok!(vote(BOB, index, true));
		assert_eq!(tally(), (30, 0));
		System::assert_last_event(
			Event::Voted {
				index,
				who: BOB,
				aye: true,
				weight: 30,
				tally: Tally { ayes: 30, nays: 0 },
			}
			.into(),
		);
	});
}

#[test]
fn a_vote_on_one_proposal_is_none_on_the_next() {
	execute(|| {
		let first = propose(select(7));
		assert_ok!(vote(BOB, first, true));
		assert_ok!(vote(ALICE, first, true));
		let second = propose(select(8));
		assert_eq!(tally(), (0, 0));
		assert_ok!(vote(BOB, second, true));
		assert_eq!(tally(), (30, 0));
		assert_no_vote(BOB, first, true, Error::<Test>::NotOpen);
	});
}

#[test]
fn only_members_propose_and_vote() {
	execute(|| {
		assert_noop!(
			Council::propose(signed(DAVE), Box::new(select(7)), 10),
			Error::<Test>::NotMember
		);
		let index = propose(select(7));
		assert_no_vote(DAVE, index, true, Error::<Test>::NotMember);
		assert!(Council::vote(council(), index, hash(select(7)), true).is_err());
		// An emptied record has a weight, but no stake to propose with.
		assert_ok!(Council::delegate(signed(CHARLIE), BOB, 20));
		blocks_pass(11);
		assert_noop!(
			Council::propose(signed(CHARLIE), Box::new(select(7)), 10),
			Error::<Test>::NotMember
		);
	});
}

#[test]
fn there_is_one_proposal_at_a_time() {
	execute(|| {
		let index = propose(select(7));
		assert_noop!(
			Council::propose(signed(BOB), Box::new(select(8)), 10),
			Error::<Test>::SlotTaken
		);
		assert_noop!(Council::close(signed(BOB), index), Error::<Test>::StillOpen);
		assert_noop!(Council::close(signed(BOB), index + 1), Error::<Test>::NotOpen);
	});
}

#[test]
fn an_expired_proposal_makes_room() {
	execute(|| {
		let first = propose(select(7));
		blocks_pass(10);
		assert_ok!(vote(ALICE, first, true));
		blocks_pass(1);
		assert_no_vote(BOB, first, true, Error::<Test>::Expired);
		// By the next proposal.
		let second = propose_by(BOB, select(8));
		assert_eq!(ending(first), Some(Ending::Expired));
		blocks_pass(11);
		// Or by anybody, free of fee.
		assert_eq!(Council::close(signed(DAVE), second).unwrap().pays_fee, Pays::No);
		assert_eq!(ending(second), Some(Ending::Expired));
		assert_eq!(SelectedLogic::<Test>::get(), None);
		assert_noop!(Council::close(signed(DAVE), second), Error::<Test>::NotOpen);
	});
}

#[test]
fn a_proposal_does_not_survive_a_change_of_the_calls() {
	execute(|| {
		let index = propose(select(7));
		TransactionVersion::set(2);
		assert_no_vote(ALICE, index, true, Error::<Test>::Outdated);
		assert!(Council::info().proposal.unwrap().overdue);
		hypothetically!({
			assert_ok!(Council::close(signed(DAVE), index));
			assert_eq!(ending(index), Some(Ending::Outdated));
		});
		// Withdrawn or made room for, it is as free.
		hypothetically!({
			assert_ok!(Council::withdraw(signed(ALICE), index));
			assert_eq!(ending(index), Some(Ending::Outdated));
		});
		hypothetically!({
			propose_by(BOB, select(8));
			assert_eq!(ending(index), Some(Ending::Outdated));
			assert!(!Outcomes::<Test>::get(index).unwrap().deposit_lost);
		});
		// One whose time was over has expired, whenever that is noticed.
		blocks_pass(11);
		assert_ok!(Council::close(signed(DAVE), index));
		assert_eq!(ending(index), Some(Ending::Expired));
	});
}

#[test]
fn a_failing_call_frees_the_slot_and_keeps_its_error() {
	execute(|| {
		let batch = pallet_utility::Call::batch_all {
			calls: vec![select(7), frame_system::Call::set_heap_pages { pages: 1 }.into()],
		};
		let index = propose(batch.into());
		assert_ok!(vote(ALICE, index, true));
		assert_ok!(vote(BOB, index, true));
		assert_eq!(ending(index), Some(Ending::Executed(Err(DispatchError::BadOrigin))));
		assert_eq!(SelectedLogic::<Test>::get(), None, "it changed nothing");
		propose(select(8));
	});
}

#[test]
fn a_proposal_cannot_propose_vote_close_or_delegate() {
	execute(|| {
		for call in [
			Call::propose { call: Box::new(select(7)), lifetime: 10 },
			Call::close { index: 0 },
			Call::delegate { to: BOB, amount: 10 },
			Call::withdraw { index: 0 },
		] {
			let index = propose(RuntimeCall::Council(call));
			assert_ok!(vote(ALICE, index, true));
			assert_ok!(vote(BOB, index, true));
			assert_eq!(ending(index), Some(Ending::Executed(Err(DispatchError::BadOrigin))));
		}
		// A vote declares more than the heaviest proposal.
		let vote =
			RuntimeCall::Council(Call::vote { index: 0, call_hash: Hash::zero(), aye: true });
		assert_noop!(Council::propose(signed(ALICE), Box::new(vote), 10), Error::<Test>::TooHeavy);
	});
}

#[test]
fn a_call_that_cannot_be_decoded_frees_the_slot() {
	execute(|| {
		let index = propose(select(7));
		OpenCall::<Test>::put(BoundedVec::try_from(vec![0xff; 8]).unwrap());
		assert_ok!(vote(ALICE, index, true));
		assert_ok!(vote(BOB, index, true));
		let error = Error::<Test>::Undecodable.into();
		assert_eq!(ending(index), Some(Ending::Executed(Err(error))));
	});
}

#[test]
fn a_call_too_heavy_is_refused_when_proposed_and_fails_when_it_became_so() {
	execute(|| {
		let weight = select(7).get_dispatch_info().call_weight;
		MaxProposalWeight::set(weight.saturating_sub(Weight::from_parts(1, 0)));
		assert_noop!(
			Council::propose(signed(ALICE), Box::new(select(7)), 10),
			Error::<Test>::TooHeavy
		);
		MaxProposalWeight::set(weight);
		let index = propose(select(7));
		MaxProposalWeight::set(weight.saturating_sub(Weight::from_parts(0, 1)));
		assert_ok!(vote(ALICE, index, true));
		assert_ok!(vote(BOB, index, true));
		let error = Error::<Test>::TooHeavy.into();
		assert_eq!(ending(index), Some(Ending::Executed(Err(error))));
	});
}

#[test]
fn a_proposal_has_bounds() {
	execute(|| {
		for lifetime in [0, 1, 101, u32::MAX] {
			assert_noop!(
				Council::propose(signed(ALICE), Box::new(select(7)), lifetime),
				Error::<Test>::BadLifetime
			);
		}
		let remark = |len| RuntimeCall::from(frame_system::Call::remark { remark: vec![0; len] });
		assert_noop!(
			Council::propose(signed(ALICE), Box::new(remark(1024)), 10),
			Error::<Test>::TooLong
		);
		assert_ok!(Council::propose(signed(ALICE), Box::new(remark(1020)), 100));
	});
}

#[test]
fn the_last_outcomes_are_kept() {
	execute(|| {
		for _ in 0..5 {
			blocks_pass(50);
			let index = propose(select(7));
			assert_ok!(vote(ALICE, index, false));
		}
		let mut kept: Vec<_> = Outcomes::<Test>::iter_keys().collect();
		kept.sort();
		assert_eq!(kept, [2, 3, 4]);
		let last = Outcomes::<Test>::get(4).unwrap();
		assert_eq!(
			(last.proposer, last.opened, last.at, last.deposit_lost),
			(ALICE, 251, 251, true)
		);
		assert_eq!(last.tally, Tally { ayes: 0, nays: 50 });
	});
}

/// The hash of a call, as voters see it.
fn hash(call: RuntimeCall) -> Hash {
	<Test as frame_system::Config>::Hashing::hash_of(&call)
}

#[test]
fn a_vote_is_for_the_call_that_it_names() {
	execute_among(&[(ALICE, 60), (BOB, 10), (CHARLIE, 30)], || {
		// Alice is about to propose and to vote; Bob sees that, and is first.
		let theft: RuntimeCall = Call::force_delegate { from: ALICE, to: BOB, amount: 60 }.into();
		let (wanted, index) = (select(7), 0);
		let vote = || {
			let call_hash = hash(wanted.clone());
			RuntimeCall::from(Call::vote { index, call_hash, aye: true })
		};
		propose_by(BOB, theft);
		hypothetically!({
			assert_noop!(
				Council::propose(signed(ALICE), Box::new(wanted.clone()), 10),
				Error::<Test>::SlotTaken
			);
			let blind = Council::vote(signed(ALICE), index, hash(wanted.clone()), true);
			assert_eq!(blind.unwrap_err().error, Error::<Test>::OtherCall.into());
		});
		// A batch that goes on after the first error gets no further.
		let propose = Call::propose { call: Box::new(wanted.clone()), lifetime: 10 }.into();
		let batch: RuntimeCall =
			pallet_utility::Call::force_batch { calls: vec![propose, vote()] }.into();
		assert_ok!(batch.dispatch(signed(ALICE)));
		assert_eq!((stake(ALICE), stake(BOB), tally()), (60, 10, (0, 0)));
	});
}
