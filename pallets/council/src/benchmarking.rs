//! What the calls cost at worst.

use super::*;
use alloc::vec;
use frame_benchmarking::v2::*;
use frame_support::traits::fungible::{Inspect, Mutate};
use frame_system::RawOrigin;
use jns_primitives::council::MAX_LABEL_LEN;
use sp_runtime::traits::Saturating;

/// A quarter of all stake in [`prepare`].
fn quarter<T: Config>() -> Stake {
	T::MinStake::get().saturating_mul(1_000)
}

/// Four members with a quarter of all stake each: no vote decides before the third.
fn prepare<T: Config>() -> [T::AccountId; 4] {
	let _ = MemberOf::<T>::clear(u32::MAX, None);
	TotalStake::<T>::put(quarter::<T>().saturating_mul(4));
	[0, 1, 2, 3].map(|n| {
		let who: T::AccountId = account("member", n, 0);
		let proposes_from = Some(0u32.into());
		let stake = quarter::<T>();
		MemberOf::<T>::insert(&who, MemberRecord { stake, proposes_from, ..Default::default() });
		let deposit = Pallet::<T>::deposit_for(T::MaxProposalLen::get());
		let rich = deposit.saturating_mul(4u32.into()).max(T::Currency::minimum_balance());
		T::Currency::set_balance(&who, rich.saturating_mul(2u32.into()));
		who
	})
}

/// Fills the council: as many members more, each with the least stake, and as many past proposals.
fn populate<T: Config>(members: u32) {
	for n in 0..members {
		let who: T::AccountId = account("crowd", n, 0);
		let record = MemberRecord { stake: T::MinStake::get(), ..Default::default() };
		MemberOf::<T>::insert(who, record);
	}
	TotalStake::<T>::mutate(|total| {
		*total = total.saturating_add(T::MinStake::get().saturating_mul(members.into()))
	});
	NextIndex::<T>::put(members);
}

/// Lists two emptied records, so that the call has to remove them.
fn list_emptied<T: Config>() {
	for n in 0..2 {
		let who: T::AccountId = account("emptied", n, 0);
		MemberOf::<T>::insert(&who, MemberRecordFor::<T>::default());
		Emptied::<T>::insert(who, ());
	}
}

/// So that the oldest outcome makes room.
fn fill_outcomes<T: Config>() {
	NextIndex::<T>::put(T::MaxOutcomes::get());
	for index in 0..T::MaxOutcomes::get() {
		Outcomes::<T>::insert(
			index,
			Outcome {
				proposer: account("past", 0, 0),
				call_hash: Default::default(),
				tally: Tally::default(),
				ending: Ending::Withdrawn,
				opened: 0u32.into(),
				at: 0u32.into(),
				deposit_lost: false,
				call_weight: Weight::zero(),
			},
		);
	}
}

fn remark<T: Config>(len: u32) -> Box<<T as Config>::RuntimeCall> {
	// Pallet and call index, and up to four bytes of length.
	let remark = vec![0; len.saturating_sub(6) as usize];
	Box::new(frame_system::Call::<T>::remark { remark }.into())
}

/// The shortest that is allowed.
fn lifetime<T: Config>() -> BlockNumberFor<T> {
	T::MinLifetime::get().max(T::NoticePeriod::get().saturating_add(1u32.into()))
}

/// The time to pass has come.
fn pass_notice<T: Config>() {
	frame_system::Pallet::<T>::set_block_number(T::NoticePeriod::get().saturating_add(1u32.into()));
}

fn hash_of_open<T: Config>() -> Hash {
	OpenProposal::<T>::get().expect("it is open").call_hash
}

fn vote_by<T: Config>(who: T::AccountId, index: ProposalIndex, aye: bool) {
	Pallet::<T>::do_vote(who, index, hash_of_open::<T>(), aye).expect("it is open");
}

fn open<T: Config>(proposer: &T::AccountId, len: u32) -> ProposalIndex {
	Pallet::<T>::do_propose(proposer.clone(), *remark::<T>(len), lifetime::<T>())
		.expect("the slot is free");
	OpenProposal::<T>::get().expect("it is open").index
}

fn expire<T: Config>() {
	OpenProposal::<T>::mutate(|open| {
		if let Some(open) = open {
			open.end = 0u32.into();
		}
	});
	frame_system::Pallet::<T>::set_block_number(
		T::CoolDown::get().saturating_mul(2u32.into()).saturating_add(1u32.into()),
	);
}

#[benchmarks]
mod benches {
	use super::*;

	/// To a new member, emptying the giver, with two listed records to remove. While a proposal is open
	/// there is less to do: the giver is listed instead.
	#[benchmark]
	fn delegate() {
		let [from, ..] = prepare::<T>();
		list_emptied::<T>();
		let to: T::AccountId = account("new", 0, 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(from.clone()), to.clone(), quarter::<T>());
		assert_eq!(Emptied::<T>::iter().count(), 0);
		assert!(!MemberOf::<T>::contains_key(from));
		assert_eq!(MemberOf::<T>::get(to).map(|member| member.stake), Some(quarter::<T>()));
	}

	/// In the place of another member's, which expired. `l`: encoded length of the call.
	#[benchmark]
	fn propose(l: Linear<6, { T::MaxProposalLen::get() }>) {
		let [who, other, ..] = prepare::<T>();
		fill_outcomes::<T>();
		open::<T>(&other, T::MaxProposalLen::get());
		expire::<T>();
		list_emptied::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(who), remark::<T>(l), lifetime::<T>());
		assert!(OpenProposal::<T>::exists());
		assert_eq!(Emptied::<T>::iter().count(), 0);
	}

	/// A changed vote that decides nothing.
	#[benchmark]
	fn vote() {
		let [who, ..] = prepare::<T>();
		let index = open::<T>(&who, T::MaxProposalLen::get());
		vote_by::<T>(who.clone(), index, false);
		let call_hash = hash_of_open::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(who), index, call_hash, true);
		assert_eq!(OpenProposal::<T>::get().map(|open| open.tally.ayes), Some(quarter::<T>()));
	}

	/// The vote that rejects, after a vote in favour was changed. The deposit is lost.
	#[benchmark]
	fn vote_rejecting() {
		let [first, second, ..] = prepare::<T>();
		fill_outcomes::<T>();
		let index = open::<T>(&first, T::MaxProposalLen::get());
		vote_by::<T>(first, index, false);
		vote_by::<T>(second.clone(), index, true);
		let call_hash = hash_of_open::<T>();
		#[extrinsic_call]
		vote(RawOrigin::Signed(second), index, call_hash, false);
		let outcome = Outcomes::<T>::get(index).expect("it ended");
		assert_eq!((outcome.ending, outcome.deposit_lost), (Ending::Rejected, true));
	}

	/// The vote that executes a call which does nothing. `l`: encoded length of the call.
	#[benchmark]
	fn vote_deciding(l: Linear<6, { T::MaxProposalLen::get() }>) {
		let [first, second, third, _] = prepare::<T>();
		fill_outcomes::<T>();
		let index = open::<T>(&first, l);
		for who in [first, second] {
			vote_by::<T>(who, index, true);
		}
		pass_notice::<T>();
		let call_hash = hash_of_open::<T>();
		#[extrinsic_call]
		vote(RawOrigin::Signed(third), index, call_hash, true);
		let outcome = Outcomes::<T>::get(index).expect("it ended");
		assert_eq!(outcome.ending, Ending::Executed(Ok(())));
	}

	#[benchmark]
	fn close() {
		let [who, ..] = prepare::<T>();
		fill_outcomes::<T>();
		let index = open::<T>(&who, T::MaxProposalLen::get());
		expire::<T>();
		list_emptied::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(who), index);
		assert!(!OpenProposal::<T>::exists());
		assert_eq!(Emptied::<T>::iter().count(), 0);
	}

	#[benchmark]
	fn withdraw() {
		let [who, ..] = prepare::<T>();
		fill_outcomes::<T>();
		let index = open::<T>(&who, T::MaxProposalLen::get());
		list_emptied::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(who), index);
		assert!(!OpenProposal::<T>::exists());
		assert_eq!(Emptied::<T>::iter().count(), 0);
	}

	#[benchmark]
	fn accept_store() {
		let label: Label = vec![b'x'; MAX_LABEL_LEN as usize].try_into().expect("within the bound");
		let store = T::BenchmarkHelper::offer_store(Pallet::<T>::account_id());
		#[extrinsic_call]
		_(Origin::Council, label.clone(), store);
		assert!(StoreOf::<T>::contains_key(label));
	}

	#[benchmark]
	fn create_store() {
		let label: Label = vec![b'x'; MAX_LABEL_LEN as usize].try_into().expect("within the bound");
		#[extrinsic_call]
		_(Origin::Council, label.clone());
		assert!(StoreOf::<T>::contains_key(label));
	}

	#[benchmark]
	fn drop_label() {
		let label: Label = vec![b'x'; MAX_LABEL_LEN as usize].try_into().expect("within the bound");
		Pallet::<T>::do_create_store(label.clone()).expect("it is exempt");
		#[extrinsic_call]
		_(Origin::Council, label.clone());
		assert!(!StoreOf::<T>::contains_key(label));
	}

	#[benchmark]
	fn select_logic() {
		let logic: T::AccountId = account("logic", 0, 0);
		SelectedLogic::<T>::put(account::<T::AccountId>("former", 0, 0));
		#[extrinsic_call]
		_(Origin::Council, Some(logic.clone()));
		assert_eq!(SelectedLogic::<T>::get(), Some(logic));
	}

	/// The door itself, without what goes through it: a call that is not admitted costs as much.
	#[benchmark]
	fn dispatch_root() {
		let call = remark::<T>(100);
		let result;
		#[block]
		{
			result = Pallet::<T>::dispatch_root(Origin::Council.into(), call);
		}
		assert_eq!(result.map_err(|e| e.error), Err(Error::<T>::NotAdmitted.into()));
	}

	// The same again among `m` members, and after as many proposals: see `docs/benchmarks/scale.md`.
	// Not for weights.

	#[benchmark(extra)]
	fn delegate_among(m: Linear<10, 100_000>) {
		let [from, ..] = prepare::<T>();
		populate::<T>(m);
		list_emptied::<T>();
		let to: T::AccountId = account("new", 0, 0);
		#[extrinsic_call]
		delegate(RawOrigin::Signed(from), to.clone(), quarter::<T>());
		assert!(MemberOf::<T>::contains_key(to));
	}

	#[benchmark(extra)]
	fn propose_among(m: Linear<10, 100_000>) {
		let [who, ..] = prepare::<T>();
		populate::<T>(m);
		list_emptied::<T>();
		#[extrinsic_call]
		propose(RawOrigin::Signed(who), remark::<T>(100), lifetime::<T>());
		assert!(OpenProposal::<T>::exists());
	}

	#[benchmark(extra)]
	fn vote_among(m: Linear<10, 100_000>) {
		let [who, ..] = prepare::<T>();
		populate::<T>(m);
		let index = open::<T>(&who, 100);
		let call_hash = hash_of_open::<T>();
		#[extrinsic_call]
		vote(RawOrigin::Signed(who), index, call_hash, true);
		assert!(OpenProposal::<T>::exists());
	}

	#[benchmark(extra)]
	fn vote_deciding_among(m: Linear<10, 100_000>) {
		let [who, ..] = prepare::<T>();
		populate::<T>(m);
		let index = open::<T>(&who, 100);
		// All the others have voted.
		OpenProposal::<T>::mutate(|open| {
			if let Some(open) = open {
				open.tally.ayes = TotalStake::<T>::get().saturating_sub(quarter::<T>());
			}
		});
		pass_notice::<T>();
		let call_hash = hash_of_open::<T>();
		#[extrinsic_call]
		vote(RawOrigin::Signed(who), index, call_hash, true);
		assert!(!OpenProposal::<T>::exists());
	}

	#[benchmark(extra)]
	fn close_among(m: Linear<10, 100_000>) {
		let [who, ..] = prepare::<T>();
		populate::<T>(m);
		let index = open::<T>(&who, 100);
		expire::<T>();
		list_emptied::<T>();
		#[extrinsic_call]
		close(RawOrigin::Signed(who), index);
		assert!(!OpenProposal::<T>::exists());
	}

	/// With `s` stores of the council's.
	#[benchmark(extra)]
	fn select_logic_among(s: Linear<1, 10_000>) {
		for n in 0..s {
			let store = T::Stores::create(Pallet::<T>::account_id()).expect("it is exempt");
			let label: Label = n.encode().try_into().expect("it is short");
			StoreOf::<T>::insert(label, store);
		}
		let logic: T::AccountId = account("logic", 0, 0);
		#[extrinsic_call]
		select_logic(Origin::Council, Some(logic.clone()));
		assert_eq!(SelectedLogic::<T>::get(), Some(logic));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
