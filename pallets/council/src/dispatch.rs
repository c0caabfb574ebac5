//! The bodies of the calls.

use crate::*;
use codec::DecodeLimit;
use frame_support::{
	defensive_assert,
	dispatch::{extract_actual_weight, DispatchErrorWithPostInfo, WithPostDispatchInfo},
	traits::tokens::{Fortitude::Force, Precision::BestEffort},
	MAX_EXTRINSIC_DEPTH,
};
use sp_runtime::traits::{Hash as _, Saturating, Zero};

/// Number of listed records that a call looks at: more than a call can add.
const CLEANED_PER_CALL: usize = 2;

/// A vote that would count, before it does.
struct Vote<T: Config> {
	proposal: ProposalFor<T>,
	member: MemberRecordFor<T>,
	weight: Stake,
	verdict: Verdict,
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_delegate(
		from: T::AccountId,
		to: T::AccountId,
		amount: Stake,
	) -> DispatchResult {
		ensure!(from != to, Error::<T>::ToSelf);
		let maybe_open = OpenProposal::<T>::get().map(|proposal| proposal.index);
		if maybe_open.is_none() {
			Self::clean_emptied();
		}

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
			// A record that is missing weighs nothing either.
			Some(index) if left == 0 && giver.weight(index) > 0 => {
				MemberOf::<T>::insert(&from, giver);
				Emptied::<T>::insert(&from, ());
			},
			_ if left == 0 => MemberOf::<T>::remove(&from),
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
		Self::check_proposer(&proposer)?;
		if let Some(open) = OpenProposal::<T>::get() {
			let ending = Self::overdue(&open).ok_or(Error::<T>::SlotTaken)?;
			Self::end(open, ending);
		}
		Self::clean_emptied();
		let notice = if T::Calls::is_urgent(&call) {
			BlockNumberFor::<T>::zero()
		} else {
			T::NoticePeriod::get()
		};
		ensure!(
			lifetime >= T::MinLifetime::get()
				&& lifetime <= T::MaxLifetime::get()
				&& lifetime > notice,
			Error::<T>::BadLifetime
		);
		ensure!(
			call.get_dispatch_info().call_weight.all_lte(T::MaxProposalWeight::get()),
			Error::<T>::TooHeavy
		);
		let bound = T::Calls::takes_from(&call).try_into().map_err(|_| Error::<T>::TooManyBound)?;
		let encoded = BoundedVec::try_from(call.encode()).map_err(|_| Error::<T>::TooLong)?;
		let index = NextIndex::<T>::get();
		NextIndex::<T>::put(index.checked_add(1).ok_or(Error::<T>::TooManyProposals)?);

		let deposit = Self::deposit_for(encoded.len() as u32);
		T::Currency::hold(&HoldReason::Proposal.into(), &proposer, deposit)?;

		let call_hash = T::Hashing::hash(&encoded);
		let opened = frame_system::Pallet::<T>::block_number();
		let passes_from = opened.saturating_add(notice);
		let end = opened.saturating_add(lifetime);
		OpenCall::<T>::put(encoded);
		OpenProposal::<T>::put(Proposal {
			index,
			proposer: proposer.clone(),
			call_hash,
			opened,
			passes_from,
			end,
			transaction_version: T::Version::get().transaction_version,
			tally: Tally::default(),
			deposit,
			bound,
		});
		Self::deposit_event(Event::Proposed {
			index,
			proposer,
			call_hash,
			passes_from,
			end,
			deposit,
		});
		Ok(())
	}

	/// Checks that the account may propose now, whatever that is.
	///
	/// ## Errors
	/// Why it may not: [`Error::NotMember`], [`Error::TooLittleStake`], [`Error::SlotTaken`],
	/// [`Error::CoolingDown`].
	pub fn check_proposer(who: &T::AccountId) -> DispatchResult {
		let member = MemberOf::<T>::get(who).filter(|member| member.stake > 0);
		let member = member.ok_or(Error::<T>::NotMember)?;
		// The share may have grown since.
		ensure!(member.stake >= Self::propose_stake(), Error::<T>::TooLittleStake);
		let mut from = member.proposes_from.ok_or(Error::<T>::TooLittleStake)?;
		if let Some(open) = OpenProposal::<T>::get() {
			let ending = Self::overdue(&open).ok_or(Error::<T>::SlotTaken)?;
			if open.proposer == *who {
				from = from.max(Self::proposes_again(&open, ending));
			}
		}
		ensure!(frame_system::Pallet::<T>::block_number() >= from, Error::<T>::CoolingDown);
		Ok(())
	}

	/// Checks that a vote would count now, and returns its weight.
	///
	/// ## Errors
	/// Those of [`Pallet::vote`].
	pub fn check_vote(
		who: &T::AccountId,
		index: ProposalIndex,
		call_hash: T::Hash,
		aye: bool,
	) -> Result<Stake, DispatchError> {
		Self::prepare_vote(who, index, call_hash, aye).map(|vote| vote.weight)
	}

	pub(crate) fn do_vote(
		who: T::AccountId,
		index: ProposalIndex,
		call_hash: T::Hash,
		aye: bool,
	) -> DispatchResultWithPostInfo {
		let undecided = T::WeightInfo::vote();
		let Vote { proposal, mut member, weight, verdict } =
			Self::prepare_vote(&who, index, call_hash, aye)
				.map_err(|error| error.with_weight(undecided))?;
		member.vote = Some((index, aye));
		MemberOf::<T>::insert(&who, member);
		OpenProposal::<T>::put(&proposal);
		let tally = proposal.tally;
		Self::deposit_event(Event::Voted { index, who, aye, weight, tally });
		match verdict {
			Verdict::Open => Ok(Some(undecided).into()),
			Verdict::Rejected => {
				Self::end(proposal, Ending::Rejected);
				Ok((Some(T::WeightInfo::vote_rejecting()), Pays::No).into())
			},
			Verdict::Passed => {
				let len = OpenCall::<T>::decode_len().unwrap_or_default() as u32;
				let call_weight = Self::execute(proposal);
				let weight = T::WeightInfo::vote_deciding(len).saturating_add(call_weight);
				Ok((Some(weight), Pays::No).into())
			},
		}
	}

	/// Puts a vote in the place of the member's last one on this proposal, if any; stores nothing.
	fn prepare_vote(
		who: &T::AccountId,
		index: ProposalIndex,
		call_hash: T::Hash,
		aye: bool,
	) -> Result<Vote<T>, DispatchError> {
		let mut proposal = Self::open(index)?;
		ensure!(proposal.call_hash == call_hash, Error::<T>::OtherCall);
		match Self::overdue(&proposal) {
			Some(Ending::Outdated) => return Err(Error::<T>::Outdated.into()),
			Some(_) => return Err(Error::<T>::Expired.into()),
			None => (),
		}
		let member = MemberOf::<T>::get(who).ok_or(Error::<T>::NotMember)?;
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
		let verdict = proposal.tally.verdict(TotalStake::<T>::get());
		let early = frame_system::Pallet::<T>::block_number() < proposal.passes_from;
		ensure!(!(early && verdict == Verdict::Passed), Error::<T>::TooEarly);
		Ok(Vote { proposal, member, weight, verdict })
	}

	/// The open proposal, if it has that number.
	fn open(index: ProposalIndex) -> Result<ProposalFor<T>, Error<T>> {
		OpenProposal::<T>::get().filter(|open| open.index == index).ok_or(Error::<T>::NotOpen)
	}

	/// Executes a proposal that passed and returns the weight of its call. The slot is free before
	/// the call is dispatched (goal 4).
	fn execute(proposal: ProposalFor<T>) -> Weight {
		let maybe_call = Self::proposed_call();
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
		Self::record(proposal, Ending::Executed(result), weight);
		weight
	}

	/// The open proposal's call; nothing if there is none, or if it cannot be decoded any more.
	pub fn proposed_call() -> Option<<T as Config>::RuntimeCall> {
		let encoded = OpenCall::<T>::get()?;
		<T as Config>::RuntimeCall::decode_all_with_depth_limit(
			MAX_EXTRINSIC_DEPTH,
			&mut &encoded[..],
		)
		.ok()
	}

	pub(crate) fn do_close(index: ProposalIndex) -> DispatchResult {
		let open = Self::open(index)?;
		let ending = Self::overdue(&open).ok_or(Error::<T>::StillOpen)?;
		Self::end(open, ending);
		Self::clean_emptied();
		Ok(())
	}

	pub(crate) fn do_withdraw(who: T::AccountId, index: ProposalIndex) -> DispatchResult {
		let open = Self::open(index)?;
		ensure!(open.proposer == who, Error::<T>::NotProposer);
		let ending = match Self::overdue(&open) {
			// Or nobody would cool down whose proposal expires.
			Some(Ending::Expired) => return Err(Error::<T>::Expired.into()),
			// An upgrade voided it, and costs nothing.
			Some(ending) => ending,
			None => Ending::Withdrawn,
		};
		Self::end(open, ending);
		Self::clean_emptied();
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

	pub(crate) fn add_store(label: Label, store: StoreId) -> DispatchResult {
		ensure!(!StoreOf::<T>::contains_key(&label), Error::<T>::LabelTaken);
		ensure!(!LabelOf::<T>::contains_key(store), Error::<T>::LabelTaken);
		ensure!(StoreOf::<T>::count() < T::MaxStores::get(), Error::<T>::TooManyStores);
		StoreOf::<T>::insert(&label, store);
		LabelOf::<T>::insert(store, &label);
		Self::deposit_event(Event::StoreAdded { label, store });
		Ok(())
	}

	pub(crate) fn do_drop_label(label: Label) -> DispatchResult {
		let store = StoreOf::<T>::take(&label).ok_or(Error::<T>::NoLabel)?;
		ensure!(T::Stores::is_empty(store), Error::<T>::NotEmpty);
		LabelOf::<T>::remove(store);
		Self::deposit_event(Event::LabelDropped { label, store });
		Ok(())
	}

	pub(crate) fn do_select_logic(logic: Option<T::AccountId>) {
		let selected = SelectedLogic::<T>::get();
		if selected.is_some() && selected != logic {
			FormerLogic::<T>::set(selected);
		}
		SelectedLogic::<T>::set(logic.clone());
		Self::deposit_event(Event::LogicSelected { logic });
	}

	pub(crate) fn do_dispatch_root(call: <T as Config>::RuntimeCall) -> DispatchResultWithPostInfo {
		let own = T::WeightInfo::dispatch_root();
		ensure!(T::RootCalls::contains(&call), Error::<T>::NotAdmitted.with_weight(own));
		let info = call.get_dispatch_info();
		let result = call.dispatch_bypass_filter(frame_system::RawOrigin::Root.into());
		let weight = own.saturating_add(extract_actual_weight(&result, &info));
		match result {
			Ok(_) => {
				Self::deposit_event(Event::RootDispatched);
				Ok(Some(weight).into())
			},
			Err(DispatchErrorWithPostInfo { error, .. }) => Err(error.with_weight(weight)),
		}
	}

	/// How the open proposal must end, if nobody can vote on it any more.
	pub(crate) fn overdue(open: &ProposalFor<T>) -> Option<Ending> {
		// Its time was over before an upgrade, or after it: that is the same.
		if frame_system::Pallet::<T>::block_number() > open.end {
			Some(Ending::Expired)
		} else if open.transaction_version != T::Version::get().transaction_version {
			Some(Ending::Outdated)
		} else {
			None
		}
	}

	/// The first block in which the proposer may propose again, after an ending in this block.
	fn proposes_again(proposal: &ProposalFor<T>, ending: Ending) -> BlockNumberFor<T> {
		match ending {
			Ending::Rejected => {
				frame_system::Pallet::<T>::block_number().saturating_add(T::CoolDown::get())
			},
			// Whenever that is noticed.
			Ending::Expired => proposal.end.saturating_add(T::CoolDown::get()),
			Ending::Executed(_) | Ending::Outdated | Ending::Withdrawn => 0u32.into(),
		}
	}

	/// Checks that no open proposal takes stake from the account.
	pub(crate) fn ensure_not_bound(who: &T::AccountId) -> DispatchResult {
		let binds =
			|open: &ProposalFor<T>| open.bound.contains(who) && Self::overdue(open).is_none();
		ensure!(!OpenProposal::<T>::get().is_some_and(|open| binds(&open)), Error::<T>::Bound);
		Ok(())
	}

	fn end(proposal: ProposalFor<T>, ending: Ending) {
		Self::free_slot();
		Self::record(proposal, ending, Weight::zero());
	}

	fn free_slot() {
		OpenProposal::<T>::kill();
		OpenCall::<T>::kill();
	}

	/// Settles the deposit, and keeps the outcome in the place of the oldest one that is kept.
	fn record(proposal: ProposalFor<T>, ending: Ending, call_weight: Weight) {
		let again = Self::proposes_again(&proposal, ending);
		let Proposal { index, proposer, call_hash, opened, tally, deposit, .. } = proposal;
		let at = frame_system::Pallet::<T>::block_number();
		let backed = tally.ayes >= TotalStake::<T>::get().div_ceil(10);
		let deposit_lost = match ending {
			Ending::Rejected | Ending::Expired | Ending::Withdrawn => !backed,
			Ending::Executed(_) | Ending::Outdated => false,
		};
		let reason = HoldReason::Proposal.into();
		let settled = if deposit_lost {
			T::Currency::burn_held(&reason, &proposer, deposit, BestEffort, Force)
		} else {
			T::Currency::release(&reason, &proposer, deposit, BestEffort)
		};
		defensive_assert!(settled.is_ok(), "the deposit was held");
		// Who holds too little by now cools down when that is enough again.
		MemberOf::<T>::mutate_extant(&proposer, |member| {
			member.proposes_from = member.proposes_from.map(|from| from.max(again));
		});
		Outcomes::<T>::insert(
			index,
			Outcome { proposer, call_hash, tally, ending, opened, at, deposit_lost, call_weight },
		);
		if let Some(oldest) = index.checked_sub(T::MaxOutcomes::get()) {
			Outcomes::<T>::remove(oldest);
		}
		Self::deposit_event(Event::Ended { index, tally, ending, deposit_lost });
	}

	/// Removes up to [`CLEANED_PER_CALL`] listed records that are still empty. No proposal is open,
	/// which could need their weight.
	fn clean_emptied() {
		for (who, ()) in Emptied::<T>::drain().take(CLEANED_PER_CALL) {
			MemberOf::<T>::mutate_exists(&who, |member| {
				*member = member.take().filter(|member| member.stake > 0);
			});
		}
	}

	/// Deposit for proposing a call of that encoded length.
	pub fn deposit_for(len: u32) -> BalanceOf<T> {
		T::DepositPerByte::get().saturating_mul(len.into()).saturating_add(T::DepositBase::get())
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

	/// What a vote declares: one in favour can execute the heaviest proposal, one against none.
	pub fn vote_weight(aye: bool) -> Weight {
		let counted = T::WeightInfo::vote().max(T::WeightInfo::vote_rejecting());
		if !aye {
			return counted;
		}
		counted
			.max(T::WeightInfo::vote_deciding(T::MaxProposalLen::get()))
			.saturating_add(T::MaxProposalWeight::get())
	}
}
