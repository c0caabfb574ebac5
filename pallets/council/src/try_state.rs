//! What holds after every block.

use crate::*;
use alloc::collections::BTreeSet;
use frame_support::traits::fungible::InspectHold;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// 1. The members' stakes sum to the total.
	/// 2. A record below the least stake is empty, and queued.
	/// 3. The open tally equals the weights of the votes tagged with it, and weights sum to the total.
	/// 4. A proposal and its call are open together, under a number already given out.
	/// 5. The queue is without gaps.
	/// 6. Exactly the members with enough stake may propose, now or later.
	/// 7. The proposer's deposit is held.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let queued = Self::try_queue()?;
		let maybe_open = OpenProposal::<T>::get();
		let (mut stakes, mut weights, mut tally): (Stake, Stake, _) = (0, 0, Tally::default());
		for (who, member) in MemberOf::<T>::iter() {
			let add = |sum: Stake, more| {
				sum.checked_add(more).ok_or(TryRuntimeError::from("stakes exceed their type"))
			};
			stakes = add(stakes, member.stake)?;
			if member.stake < T::MinStake::get() {
				ensure!(member.stake == 0, "a member has less than the least stake");
				ensure!(queued.contains(&who), "an empty record is not queued");
			}
			ensure!(
				member.proposes_from.is_some() == (member.stake >= Self::propose_stake()),
				"a member may propose with too little, or may not with enough"
			);
			if let Some(open) = &maybe_open {
				let weight = member.weight(open.index);
				weights = add(weights, weight)?;
				if let Some(aye) = member.vote_on(open.index) {
					let side = tally.side(aye);
					*side = add(*side, weight)?;
				}
			}
		}
		let total = TotalStake::<T>::get();
		ensure!(stakes == total, "the stakes do not sum to the total");
		ensure!(
			maybe_open.is_some() == OpenCall::<T>::exists(),
			"a proposal lacks its call, or a call its proposal"
		);
		if let Some(open) = maybe_open {
			ensure!(weights == total, "the weights do not sum to the total");
			ensure!(open.tally == tally, "the tally differs from the votes");
			let held = T::Currency::balance_on_hold(&HoldReason::Proposal.into(), &open.proposer);
			ensure!(held >= open.deposit, "the deposit is not held");
			ensure!(open.index < NextIndex::<T>::get(), "a proposal has a number of the future");
		}
		Ok(())
	}

	fn try_queue() -> Result<BTreeSet<T::AccountId>, TryRuntimeError> {
		let (first, free) = EmptiedEnds::<T>::get();
		let queued: Vec<_> = (first..free).filter_map(Emptied::<T>::get).collect();
		let count = Emptied::<T>::iter().count() as u64;
		ensure!(
			free.checked_sub(first) == Some(count) && queued.len() as u64 == count,
			"the queue has a gap"
		);
		Ok(queued.into_iter().map(|(_, who)| who).collect())
	}
}
