//! Elections at their full size, and what the blocks weigh that hold them.

use super::{eras::*, full_blocks::transaction, *};
use crate::configs::{BagThresholds, EXISTENTIAL_DEPOSIT, MAX_VALIDATORS, MAX_VOTERS};
use frame_election_provider_support::SortedListProvider;
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo},
	traits::fungible::Inspect,
	weights::Weight,
};
use pallet_staking::{
	Call as StakingCall, CurrentEra, ErasStakersOverview, RewardDestination, UnappliedSlashes,
};
use sp_runtime::traits::Dispatchable;
use sp_staking::offence::ReportOffence;
use std::time::{Duration, Instant};

/// Checks that the list of voters has every voter once, in the bag that its score belongs to.
fn check_voter_list() {
	let bag = |score: u64| BagThresholds::get().iter().find(|bound| score <= **bound).copied();
	let mut voters = std::collections::BTreeSet::new();
	let mut last = None;
	for who in VoterList::iter() {
		let score = VoterList::get_score(&who).unwrap();
		// The highest bag, which has no bound, comes first.
		let bag = bag(score).unwrap_or(u64::MAX);
		assert!(last.is_none_or(|last| bag <= last), "{who} is out of order");
		last = Some(bag);
		assert!(
			pallet_staking::Validators::<Runtime>::contains_key(&who)
				|| pallet_staking::Nominators::<Runtime>::contains_key(&who)
		);
		assert!(voters.insert(who));
	}
	assert_eq!(voters.len(), VoterList::count() as usize);
	let all = pallet_staking::Validators::<Runtime>::count()
		+ pallet_staking::Nominators::<Runtime>::count();
	assert_eq!(VoterList::count(), all);
}

/// Makes the next block, which begins a session, and returns what it weighs and how long it took.
fn weigh_next_session() -> (Weight, Duration) {
	let slot = next_epoch_slot();
	let start = Instant::now();
	begin_block(slot);
	let took = start.elapsed();
	let weight = System::block_weight().total();
	Executive::finalize_block();
	(weight, took)
}

/// Makes blocks until the next era is planned, and returns what the block weighs that plans it.
fn weigh_election() -> (Weight, Duration) {
	let planned = CurrentEra::<Runtime>::get();
	loop {
		let weighed = weigh_next_session();
		if CurrentEra::<Runtime>::get() != planned {
			return weighed;
		}
	}
}

/// Fails unless that much fits a block, and leaves a quarter of it to transactions.
fn assert_fits(what: &str, weight: Weight) {
	let max = configs::RuntimeBlockWeights::get().max_block;
	let percent = weight.ref_time() * 100 / max.ref_time();
	println!("{what}: {percent} % of a block");
	assert!(percent <= 75, "{what} weighs {percent} % of a block");
}

fn total(who: &AccountId) -> Balance {
	<Balances as Inspect<AccountId>>::total_balance(who)
}

fn signed_by(who: &AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.clone())
}

/// A thousand who vote for the first validator alone.
fn thousand_for_one(bond: Balance) -> Vec<Nominator> {
	vec![(bond, vec![0]); 1_000]
}

#[test]
fn bags_are_a_geometric_series_from_the_least_bond_to_all_votes() {
	let bounds = BagThresholds::get();
	assert_eq!(Balance::from(bounds[0]), EXISTENTIAL_DEPOSIT);
	for pair in bounds.windows(2) {
		assert_eq!(pair[1], pair[0] + pair[0] / 10);
	}
	let last = bounds[bounds.len() - 1];
	assert_eq!(
		last.checked_add(last / 10),
		None,
		"the bag above the last is as wide as the others"
	);
}

#[test]
fn a_thousand_poor_nominators_keep_no_rich_one_out() {
	let poor = vec![(10 * JNS, vec![0]); 1_100];
	begin(genesis_with(DEVELOPMENT, 4, 4, poor)).execute_with(|| {
		block(1_000);
		// More than an election takes have come before, and there is room for him,
		assert!(VoterList::count() > MAX_VOTERS);
		let (bond, payee) = (100_000 * JNS, RewardDestination::Staked);
		assert_ok!(Staking::bond(signed(Bob), bond, payee.clone()));
		assert_ok!(Staking::nominate(signed(Bob), vec![stash(1).into()]));
		// and for another poor one, though not among those who vote.
		assert_ok!(Staking::bond(signed(Alice), 10 * JNS, payee));
		assert_ok!(Staking::nominate(signed(Alice), vec![stash(1).into()]));
		check_voter_list();
		weigh_election();
		let era = CurrentEra::<Runtime>::get().unwrap();
		let exposure = Staking::eras_stakers(era, &stash(1));
		let others: Vec<_> =
			exposure.others.iter().map(|other| (&other.who, other.value)).collect();
		assert_eq!(others, [(&Bob.to_account_id(), bond)]);
		// All candidates are richer than the poor, and vote too.
		let voters = |index| Staking::eras_stakers(era, &stash(index)).others.len() as u32;
		assert_eq!(voters(0), MAX_VOTERS - 4 - 1);
		assert_eq!((voters(2), voters(3)), (0, 0));
		assert_eq!(exposure.own, BOND);
	});
}

#[test]
fn a_slashed_voter_sinks_by_itself() {
	chain_of(DEVELOPMENT, 4).execute_with(|| {
		next_era();
		let due = active_era() + bonding();
		let session_index = Session::current_index();
		for offender in [0, 1].map(stash) {
			assert_ok!(Offences::report_offence(
				vec![],
				pallet_babe::EquivocationOffence {
					slot: 10_000.into(),
					session_index,
					validator_set_count: 4,
					offender: (offender, ()),
				},
			));
		}
		let score = || VoterList::get_score(&stash(0)).unwrap();
		let before = score();
		while active_era() < due {
			assert_eq!(score(), before);
			next_session();
		}
		// Five voters are looked at in a block.
		let ledger = pallet_staking::Ledger::<Runtime>::get(stash(0)).unwrap();
		for slot in 1..=4 {
			block(*pallet_babe::CurrentSlot::<Runtime>::get() + slot);
		}
		assert!(ledger.active < BOND / 10);
		assert_eq!(Balance::from(score()), ledger.active);
		check_voter_list();
	});
}

#[test]
fn an_election_at_full_size_fits_its_block() {
	let candidates = 2 * MAX_VALIDATORS;
	// Richer than the candidates, so that all who vote have 16 votes.
	let nominators = (0..MAX_VOTERS)
		.map(|index| {
			let votes = (0..16).map(|vote| (index * 7 + vote * 13) % candidates).collect();
			(2 * BOND + Balance::from(index) * JNS, votes)
		})
		.collect();
	let config = genesis_with(DEVELOPMENT, candidates, MAX_VALIDATORS, nominators);
	begin(config).execute_with(|| {
		block(1_000);
		check_voter_list();
		next_era();
		let (weight, took) = weigh_election();
		println!("an election at full size took {took:?} in native code");
		let era = CurrentEra::<Runtime>::get().unwrap();
		assert_eq!(ErasStakersOverview::<Runtime>::iter_prefix(era).count(), 100);
		let nominated: Balance = ErasStakersOverview::<Runtime>::iter_prefix_values(era)
			.map(|overview| overview.total - overview.own)
			.sum();
		assert!(nominated > Balance::from(MAX_VOTERS) * 2 * BOND - JNS, "all thousand voted");
		assert_fits("an election at full size", weight);
		// The session after it begins the era.
		let (weight, took) = weigh_next_session();
		println!("beginning the era took {took:?} in native code");
		assert_eq!(active_era(), era);
		assert_eq!(Session::validators().len(), 100);
		assert_fits("beginning its era", weight);
	});
}

#[test]
fn blocks_that_end_sessions_and_eras_of_a_development_chain_have_room_for_transactions() {
	chain("development").execute_with(|| {
		block(1_000);
		let mut eras = 0;
		for nonce in 0..12 {
			let planned = CurrentEra::<Runtime>::get();
			begin_block(next_epoch_slot());
			eras += u32::from(CurrentEra::<Runtime>::get() != planned);
			let weight = System::block_weight().total();
			let max = configs::RuntimeBlockWeights::get().max_block;
			assert!(weight.ref_time() < max.ref_time() / 5, "{weight}");
			let remark = frame_system::Call::remark { remark: vec![] }.into();
			let sent = transaction(Bob, nonce, remark, 0);
			assert_ok!(Executive::apply_extrinsic(sent).expect("it fits"));
			Executive::finalize_block();
		}
		assert_eq!(eras, 4);
	});
}

#[test]
fn an_era_is_paid_out_to_a_thousand_nominators() {
	use pallet_staking_runtime_api::runtime_decl_for_staking_api::StakingApi;
	let pending = <Runtime as StakingApi<Block, Balance, AccountId>>::pending_rewards;
	let pages = <Runtime as StakingApi<Block, Balance, AccountId>>::eras_stakers_page_count;
	let quota = <Runtime as StakingApi<Block, Balance, AccountId>>::nominations_quota(JNS);
	let config = genesis_with(LIVE, 4, 4, thousand_for_one(2 * BOND));
	begin(config).execute_with(|| {
		assert_eq!(quota, 16);
		block(1_000);
		next_era();
		let era = active_era();
		let index = Session::validators().iter().position(|who| *who == stash(0)).unwrap();
		begin_block_of(*pallet_babe::CurrentSlot::<Runtime>::get() + 1, index as u32);
		Executive::finalize_block();
		assert!(!pending(era + 1, stash(0)));
		next_era();
		// A thousand voters fill sixteen pages of 64; the last ones may be taken by candidates.
		assert_eq!(pages(era, stash(0)), 16);
		let voted = Staking::eras_stakers(era, &stash(0)).others;
		assert!(voted.len() > 990, "{}", voted.len());
		let before: Vec<_> = voted.iter().map(|voter| total(&voter.who)).collect();
		let normal = configs::RuntimeBlockWeights::get().get(DispatchClass::Normal).clone();
		for page in 0..16 {
			assert!(pending(era, stash(0)));
			let call = RuntimeCall::from(StakingCall::payout_stakers_by_page {
				validator_stash: stash(0),
				era,
				page,
			});
			assert!(call.get_dispatch_info().call_weight.all_lte(normal.max_extrinsic.unwrap()));
			assert_ok!(call.dispatch(signed(Bob)));
		}
		assert!(!pending(era, stash(0)));
		for (voter, before) in voted.iter().zip(before) {
			assert!(total(&voter.who) > before, "{} is not paid", voter.who);
		}

		// One of them leaves.
		let who = nominator(0);
		let bonded = pallet_staking::Ledger::<Runtime>::get(&who).unwrap().total;
		assert!(bonded > 2 * BOND, "rewards are bonded too");
		assert_ok!(Staking::bond_extra(signed_by(&who), JNS / 2));
		assert_ok!(Staking::chill(signed_by(&who)));
		assert_ok!(Staking::unbond(signed_by(&who), bonded + JNS / 2));
		check_voter_list();
		let unbonded = active_era();
		while active_era() < unbonded + bonding() {
			assert_ok!(Staking::withdraw_unbonded(signed_by(&who), 0));
			assert!(pallet_staking::Bonded::<Runtime>::contains_key(&who));
			next_era();
		}
		assert_ok!(Staking::withdraw_unbonded(signed_by(&who), 0));
		assert!(!pallet_staking::Bonded::<Runtime>::contains_key(&who));
		assert_eq!(Balances::free_balance(&who), total(&who));
	});
}

#[test]
fn a_report_about_a_validator_with_a_thousand_nominators_fits_and_so_does_its_slash() {
	type Weights = weights::equivocations::WeightInfo<Runtime>;
	let normal = configs::RuntimeBlockWeights::get().get(DispatchClass::Normal).clone();
	let max = normal.max_extrinsic.unwrap();
	// What the two reports declare: all validators, and as many nominators as one can have.
	let declared = <Weights as pallet_babe::WeightInfo>::report_equivocation(100, MAX_VOTERS);
	assert!(declared.all_lte(max), "{declared}");
	let declared = <Weights as pallet_grandpa::WeightInfo>::report_equivocation(100, MAX_VOTERS);
	assert!(declared.all_lte(max), "{declared}");
	println!("a report: {} ms", declared.ref_time() / 1_000_000_000);

	let config = genesis_with(DEVELOPMENT, 100, 100, thousand_for_one(2 * BOND));
	begin(config).execute_with(|| {
		block(1_000);
		next_era();
		let (era, session_index) = (active_era(), Session::current_index());
		let voters = Staking::eras_stakers(era, &stash(0)).others.len();
		assert_eq!(voters, 1_000);
		let start = Instant::now();
		assert_ok!(Offences::report_offence(
			vec![],
			pallet_babe::EquivocationOffence {
				slot: 10_000.into(),
				session_index,
				validator_set_count: 4,
				offender: (stash(0), ()),
			},
		));
		println!("reporting took {:?} in native code", start.elapsed());
		let due = era + bonding();
		assert_eq!(UnappliedSlashes::<Runtime>::get(due)[0].others.len(), 1_000);
		let before = total(&nominator(7));
		while active_era() + 1 < due || !is_last_session() {
			next_session();
		}
		let (weight, took) = weigh_next_session();
		println!("slashing a thousand nominators took {took:?} in native code");
		assert_eq!(active_era(), due);
		assert_eq!(before - total(&nominator(7)), 2 * BOND / 100);
		assert_fits("beginning an era with a thousand slashes", weight);
	});
}
