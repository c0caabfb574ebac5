//! The bodies of the calls.

use crate::*;
use codec::DecodeLimit;
use frame_support::{
	defensive, defensive_assert,
	dispatch::{extract_actual_weight, DispatchErrorWithPostInfo, WithPostDispatchInfo},
	traits::tokens::{Fortitude::Force, Precision::BestEffort},
	MAX_EXTRINSIC_DEPTH,
};
use sp_runtime::{
	traits::{CheckedDiv, Hash, Saturating, Zero},
	SaturatedConversion,
};

/// How many queued records a delegation, proposal or close looks at: more than one of them can queue.
const CLEANED_PER_CALL: u32 = 2;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_delegate(
		from: T::AccountId,
		to: T::AccountId,
		amount: Stake,
	) -> DispatchResult {
		ensure!(from != to, Error::<T>::ToSelf);
		let maybe_open = OpenProposal::<T>::get().map(|proposal| proposal.index);
		Self::clean_emptied(maybe_open);

		let mut giver = MemberOf::<T>::get(&from).ok_or(Error::<T>::NotMember)?;
		let left = giver.stake.checked_sub(amount).ok_or(Error::<T>::InsufficientStake)?;
		let mut receiver = MemberOf::<T>::get(&to).unwrap_or_default();
		let received = receiver.stake.checked_add(amount).ok_or(Error::<T>::Defensive)?;
		let min = T::MinStake::get();
		ensure!(amount > 0 && received >= min, Error::<T>::BelowMinStake);
		ensure!(left == 0 || left >= min, Error::<T>::BelowMinStake);

		receiver.snapshot(maybe_open);
		Self::set_stake(&mut receiver, received);
		MemberOf::<T>::insert(&to, receiver);

		giver.snapshot(maybe_open);
		Self::set_stake(&mut giver, left);
		match maybe_open {
			None if left == 0 => MemberOf::<T>::remove(&from),
			Some(index) if left == 0 => {
				MemberOf::<T>::insert(&from, giver);
				EmptiedEnds::<T>::mutate(|(_, free)| {
					Emptied::<T>::insert(*free, (index, &from));
					*free = free.saturating_add(1); // 2^64 delegations do not happen.
				});
			},
			_ => MemberOf::<T>::insert(&from, giver),
		}
		Self::deposit_event(Event::Delegated { from, to, amount });
		Ok(())
	}

	pub(crate) fn do_propose(
		proposer: T::AccountId,
		call: <T as Config>::RuntimeCall,
		lifetime: BlockNumberFor<T>,
	) -> DispatchResult {
		let member = MemberOf::<T>::get(&proposer).ok_or(Error::<T>::NotMember)?;
		ensure!(member.stake > 0, Error::<T>::NotMember);
		let now = frame_system::Pallet::<T>::block_number();
		let from = member.proposes_from.ok_or(Error::<T>::TooLittleStake)?;
		ensure!(now >= from, Error::<T>::CoolingDown);
		if let Some(open) = OpenProposal::<T>::get() {
			let ending = Self::overdue(&open).ok_or(Error::<T>::SlotTaken)?;
			Self::end(open, ending);
		}
		Self::clean_emptied(None);
		ensure!(
			lifetime >= T::MinLifetime::get() && lifetime <= T::MaxLifetime::get(),
			Error::<T>::BadLifetime
		);
		ensure!(
			call.get_dispatch_info().call_weight.all_lte(T::MaxProposalWeight::get()),
			Error::<T>::TooHeavy
		);
		let encoded = BoundedVec::try_from(call.encode()).map_err(|_| Error::<T>::TooLong)?;
		let index = NextIndex::<T>::get();
		NextIndex::<T>::put(index.checked_add(1).ok_or(Error::<T>::TooManyProposals)?);

		let deposit = Self::deposit_for(encoded.len() as u32);
		T::Currency::hold(&HoldReason::Proposal.into(), &proposer, deposit)?;

		let call_hash = T::Hashing::hash(&encoded);
		let end = now.saturating_add(lifetime);
		OpenCall::<T>::put(encoded);
		OpenProposal::<T>::put(Proposal {
			index,
			proposer: proposer.clone(),
			call_hash,
			end,
			transaction_version: T::Version::get().transaction_version,
			tally: Tally::default(),
			deposit,
			doublings: Self::doublings(),
		});
		Self::deposit_event(Event::Proposed { index, proposer, call_hash, end, deposit });
		Ok(())
	}

	pub(crate) fn do_vote(
		who: T::AccountId,
		index: ProposalIndex,
		aye: bool,
	) -> DispatchResultWithPostInfo {
		let undecided = T::WeightInfo::vote();
		let verdict =
			Self::count_vote(&who, index, aye).map_err(|error| error.with_weight(undecided))?;
		match verdict {
			(_, Verdict::Open) => Ok(Some(undecided).into()),
			(proposal, Verdict::Rejected) => {
				Self::end(proposal, Ending::Rejected);
				Ok((Some(undecided), Pays::No).into())
			},
			(proposal, Verdict::Passed) => {
				let len = OpenCall::<T>::decode_len().unwrap_or_default() as u32;
				let call_weight = Self::execute(proposal);
				let weight = T::WeightInfo::vote_deciding(len).saturating_add(call_weight);
				Ok((Some(weight), Pays::No).into())
			},
		}
	}

	/// Puts a vote in the place of the member's last one on this proposal, if any.
	fn count_vote(
		who: &T::AccountId,
		index: ProposalIndex,
		aye: bool,
	) -> Result<(ProposalFor<T>, Verdict), DispatchError> {
		let mut proposal = OpenProposal::<T>::get()
			.filter(|open| open.index == index)
			.ok_or(Error::<T>::NotOpen)?;
		match Self::overdue(&proposal) {
			Some(Ending::Outdated) => return Err(Error::<T>::Outdated.into()),
			Some(_) => return Err(Error::<T>::Expired.into()),
			None => (),
		}
		let mut member = MemberOf::<T>::get(who).ok_or(Error::<T>::NotMember)?;
		let weight = member.weight(index);
		ensure!(weight > 0, Error::<T>::NoWeight);
		let maybe_last = member.vote_on(index);
		ensure!(maybe_last != Some(aye), Error::<T>::SameVote);

		if let Some(last) = maybe_last {
			let side = proposal.tally.side(last);
			*side = side.checked_sub(weight).ok_or(Error::<T>::Defensive)?;
		}
		let side = proposal.tally.side(aye);
		*side = side.checked_add(weight).ok_or(Error::<T>::Defensive)?;
		member.vote = Some((index, aye));
		MemberOf::<T>::insert(who, member);
		OpenProposal::<T>::put(&proposal);
		let tally = proposal.tally;
		Self::deposit_event(Event::Voted { index, who: who.clone(), aye, weight, tally });
		Ok((proposal, tally.verdict(TotalStake::<T>::get())))
	}

	/// Executes a proposal that passed and returns the weight of its call. The slot is free before
	/// the call is dispatched (goal 4).
	fn execute(proposal: ProposalFor<T>) -> Weight {
		let maybe_call = Self::decode_open_call();
		Self::free_slot();
		let (result, weight) = match maybe_call {
			None => (Err(Error::<T>::Undecodable.into()), Weight::zero()),
			Some(call) => {
				let info = call.get_dispatch_info();
				// An upgrade may have made it heavier than it was when it was proposed.
				if info.call_weight.all_lte(T::MaxProposalWeight::get()) {
					let result = call.dispatch(Origin::Council.into());
					let weight = extract_actual_weight(&result, &info);
					(result.map(|_| ()).map_err(|e| e.error), weight)
				} else {
					(Err(Error::<T>::TooHeavy.into()), Weight::zero())
				}
			},
		};
		Self::record(proposal, Ending::Executed(result));
		weight
	}

	pub(crate) fn decode_open_call() -> Option<<T as Config>::RuntimeCall> {
		let encoded = OpenCall::<T>::get()?;
		<T as Config>::RuntimeCall::decode_all_with_depth_limit(
			MAX_EXTRINSIC_DEPTH,
			&mut &encoded[..],
		)
		.ok()
	}

	pub(crate) fn do_close(index: ProposalIndex) -> DispatchResult {
		let open = OpenProposal::<T>::get()
			.filter(|open| open.index == index)
			.ok_or(Error::<T>::NotOpen)?;
		let ending = Self::overdue(&open).ok_or(Error::<T>::StillOpen)?;
		Self::end(open, ending);
		Self::clean_emptied(None);
		Ok(())
	}

	pub(crate) fn do_withdraw(who: T::AccountId, index: ProposalIndex) -> DispatchResult {
		let open = OpenProposal::<T>::get()
			.filter(|open| open.index == index)
			.ok_or(Error::<T>::NotOpen)?;
		ensure!(open.proposer == who, Error::<T>::NotProposer);
		// Or nobody would lose the deposit by letting a proposal expire.
		ensure!(!matches!(Self::overdue(&open), Some(Ending::Expired)), Error::<T>::Expired);
		let own = MemberOf::<T>::get(&who)
			.filter(|member| member.vote_on(index).is_some())
			.map_or(0, |member| member.weight(index));
		ensure!(open.tally.ayes.saturating_add(open.tally.nays) == own, Error::<T>::VotedOn);
		Self::end(open, Ending::Withdrawn);
		Self::clean_emptied(None);
		Ok(())
	}

	pub(crate) fn do_create_store(label: Label) -> DispatchResult {
		let store = T::Stores::create(Self::account_id())?;
		Self::add_store(label, store)
	}

	pub(crate) fn do_accept_store(label: Label, store: StoreId) -> DispatchResult {
		T::Stores::accept(Self::account_id(), store)?;
		Self::add_store(label, store)
	}

	fn add_store(label: Label, store: StoreId) -> DispatchResult {
		ensure!(!StoreOf::<T>::contains_key(&label), Error::<T>::LabelTaken);
		ensure!(StoreOf::<T>::count() < T::MaxStores::get(), Error::<T>::TooManyStores);
		StoreOf::<T>::insert(&label, store);
		Self::deposit_event(Event::StoreAdded { label, store });
		Ok(())
	}

	pub(crate) fn do_dispatch_root(call: <T as Config>::RuntimeCall) -> DispatchResultWithPostInfo {
		let own = T::WeightInfo::dispatch_root();
		ensure!(T::RootCalls::contains(&call), Error::<T>::NotAdmitted.with_weight(own));
		let info = call.get_dispatch_info();
		let result = call.dispatch_bypass_filter(frame_system::RawOrigin::Root.into());
		let weight = own.saturating_add(extract_actual_weight(&result, &info));
		match result {
			Ok(_) => {
				Self::deposit_event(Event::RootDispatched { result: Ok(()) });
				Ok(Some(weight).into())
			},
			Err(DispatchErrorWithPostInfo { error, .. }) => Err(error.with_weight(weight)),
		}
	}

	/// How the open proposal must end, if nobody can vote on it any more.
	fn overdue(open: &ProposalFor<T>) -> Option<Ending> {
		if open.transaction_version != T::Version::get().transaction_version {
			Some(Ending::Outdated)
		} else if frame_system::Pallet::<T>::block_number() > open.end {
			Some(Ending::Expired)
		} else {
			None
		}
	}

	fn end(proposal: ProposalFor<T>, ending: Ending) {
		Self::free_slot();
		Self::record(proposal, ending);
	}

	fn free_slot() {
		OpenProposal::<T>::kill();
		OpenCall::<T>::kill();
	}

	/// Keeps the outcome in the place of the oldest one that is kept.
	fn record(proposal: ProposalFor<T>, ending: Ending) {
		let Proposal { index, proposer, call_hash, tally, deposit, doublings, .. } = proposal;
		let at = frame_system::Pallet::<T>::block_number();
		let deposit_lost = match ending {
			Ending::Rejected => true,
			Ending::Expired => tally.ayes < TotalStake::<T>::get().div_ceil(10),
			Ending::Executed(_) | Ending::Outdated | Ending::Withdrawn => false,
		};
		let reason = HoldReason::Proposal.into();
		let settled = if deposit_lost {
			// The time for which it held the slot was none without a loss.
			let doublings = doublings.saturating_add(1).min(T::MaxDoublings::get());
			LastLosses::<T>::put(Losses { doublings, at });
			T::Currency::burn_held(&reason, &proposer, deposit, BestEffort, Force)
		} else {
			T::Currency::release(&reason, &proposer, deposit, BestEffort)
		};
		defensive_assert!(settled.is_ok(), "the deposit was held");
		let outcome = Outcome { proposer, call_hash, tally, ending, at, deposit_lost };
		Outcomes::<T>::insert(index, outcome);
		if let Some(oldest) = index.checked_sub(T::MaxOutcomes::get()) {
			Outcomes::<T>::remove(oldest);
		}
		Self::deposit_event(Event::Ended { index, tally, ending, deposit_lost });
	}

	/// Removes up to [`CLEANED_PER_CALL`] queued records that are still empty and whose weight no
	/// open proposal needs.
	fn clean_emptied(maybe_open: Option<ProposalIndex>) {
		let (mut first, free) = EmptiedEnds::<T>::get();
		let before = first;
		for _ in 0..CLEANED_PER_CALL {
			if first == free {
				break;
			}
			let Some((queued_under, who)) = Emptied::<T>::get(first) else {
				defensive!("the queue has a gap");
				break;
			};
			if maybe_open == Some(queued_under) {
				break;
			}
			Emptied::<T>::remove(first);
			first = first.saturating_add(1); // At most `free`.
			MemberOf::<T>::mutate_exists(&who, |maybe_member| {
				let needed = |member: &MemberRecordFor<T>| {
					member.snapshot.is_some_and(|(index, _)| Some(index) == maybe_open)
				};
				if maybe_member.as_ref().is_some_and(|m| m.stake.is_zero() && !needed(m)) {
					*maybe_member = None;
				}
			});
		}
		if first != before {
			EmptiedEnds::<T>::put((first, free));
		}
	}

	/// What has to be deposited now for proposing a call of that encoded length.
	pub fn deposit_for(len: u32) -> BalanceOf<T> {
		let once = T::DepositPerByte::get()
			.saturating_mul(len.into())
			.saturating_add(T::DepositBase::get());
		once.saturating_mul(2u32.saturating_pow(Self::doublings()).into())
	}

	/// How often the next deposit is doubled: once for each recent loss, less the longest lifetimes
	/// that have passed without one.
	pub(crate) fn doublings() -> u32 {
		let Losses { doublings, at } = LastLosses::<T>::get();
		let passed = frame_system::Pallet::<T>::block_number().saturating_sub(at);
		let halvings = passed.checked_div(&T::MaxLifetime::get()).unwrap_or_else(Zero::zero);
		doublings.saturating_sub(halvings.saturated_into())
	}

	/// Least stake with which a member may propose.
	pub fn propose_stake() -> Stake {
		T::ProposeShare::get().mul_ceil(TotalStake::<T>::get())
	}

	/// Changes a member's stake, and with it from when on it may propose.
	fn set_stake(member: &mut MemberRecordFor<T>, stake: Stake) {
		member.stake = stake;
		member.proposes_from = (stake >= Self::propose_stake()).then(|| {
			let now = frame_system::Pallet::<T>::block_number();
			member.proposes_from.unwrap_or_else(|| now.saturating_add(T::CoolDown::get()))
		});
	}

	/// What a vote declares: the deciding one executes the heaviest proposal.
	pub fn max_vote_weight() -> Weight {
		T::WeightInfo::vote()
			.max(T::WeightInfo::vote_deciding(T::MaxProposalLen::get()))
			.saturating_add(T::MaxProposalWeight::get())
	}
}
