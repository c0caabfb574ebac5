//! What each outcome weighs, and who pays.

use super::*;
use frame_support::dispatch::{DispatchClass, GetDispatchInfo};

type Weights = ();

fn declared(call: Call<Test>) -> Weight {
	RuntimeCall::from(call).get_dispatch_info().call_weight
}

#[test]
fn a_vote_in_favour_declares_the_heaviest_proposal() {
	let call_hash = Hash::zero();
	let most = <Weights as WeightInfo>::vote_deciding(1_024) + MaxProposalWeight::get();
	assert_eq!(declared(Call::vote { index: 0, call_hash, aye: true }), most);
	let against = <Weights as WeightInfo>::vote_rejecting();
	assert_eq!(declared(Call::vote { index: 0, call_hash, aye: false }), against);
}

#[test]
fn each_outcome_of_a_vote_is_refunded_to_what_it_did() {
	execute(|| {
		let index = propose(select(7));
		let undecided = vote(ALICE, index, true).unwrap();
		assert_eq!(undecided.actual_weight, Some(Weights::vote()));
		assert_eq!(undecided.pays_fee, Pays::Yes);

		let failing = vote(ALICE, index, true).unwrap_err().post_info;
		assert_eq!(failing.actual_weight, Some(Weights::vote()));
		assert_eq!(failing.pays_fee, Pays::Yes);

		let deciding = vote(BOB, index, true).unwrap();
		let executed = Weights::vote_deciding(0) + Weights::select_logic();
		assert_eq!(deciding.actual_weight, Some(executed));
		assert_eq!(deciding.pays_fee, Pays::No);

		let index = propose(select(8));
		assert_ok!(vote(BOB, index, false));
		let rejecting = vote(CHARLIE, index, false).unwrap();
		assert_eq!(rejecting.actual_weight, Some(Weights::vote_rejecting()));
		assert_eq!(rejecting.pays_fee, Pays::No);
	});
}

#[test]
fn only_proposing_and_voting_go_before_others() {
	let class = |call: Call<Test>| RuntimeCall::from(call).get_dispatch_info().class;
	let call_hash = Hash::zero();
	assert_eq!(class(Call::vote { index: 0, call_hash, aye: true }), DispatchClass::Operational);
	assert_eq!(class(Call::vote { index: 0, call_hash, aye: false }), DispatchClass::Operational);
	let call = Box::new(select(7));
	assert_eq!(class(Call::propose { call, lifetime: 10 }), DispatchClass::Operational);
	for call in [
		Call::close { index: 0 },
		Call::withdraw { index: 0 },
		Call::delegate { to: BOB, amount: 10 },
	] {
		assert_eq!(class(call), DispatchClass::Normal);
	}
}
