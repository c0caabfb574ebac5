//! What holds after every block.

use crate::*;
use frame_support::traits::fungible::InspectHold;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// 1. The members' stakes sum to the total.
	/// 2. A record below the least stake is empty, and listed.
	/// 3. The open tally equals the weights of the votes tagged with it, and weights sum to the total.
	/// 4. A proposal and its call are open together, under a number already given out.
	/// 5. The open proposal's deposit is held, and nothing else is for a proposal of its proposer's.
	/// 6. No record is tagged with a proposal of the future, and no more outcomes are kept than allowed.
	/// 7. Labels and stores are in pairs.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let maybe_open = OpenProposal::<T>::get();
		let (mut stakes, mut weights, mut tally): (Stake, Stake, _) = (0, 0, Tally::default());
		for (who, member) in MemberOf::<T>::iter() {
			let add = |sum: Stake, more| {
				sum.checked_add(more).ok_or(TryRuntimeError::from("stakes exceed their type"))
			};
			stakes = add(stakes, member.stake)?;
			if member.stake < T::MinStake::get() {
				ensure!(member.stake == 0, "a member has less than the least stake");
				ensure!(Emptied::<T>::contains_key(&who), "an empty record is not listed");
			}
			let tags = [member.snapshot.map(|(of, _)| of), member.vote.map(|(of, _)| of)];
			ensure!(
				tags.into_iter().flatten().all(|of| of < NextIndex::<T>::get()),
				"a record is tagged with a proposal of the future"
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
			ensure!(held == open.deposit, "the deposit is not what is held");
			ensure!(open.index < NextIndex::<T>::get(), "a proposal has a number of the future");
		}
		ensure!(
			Outcomes::<T>::iter().count() <= T::MaxOutcomes::get() as usize,
			"more outcomes are kept than allowed"
		);
		ensure!(
			LabelOf::<T>::iter().count() == StoreOf::<T>::iter().count(),
			"a store has two labels, or a label two stores"
		);
		for (label, store) in StoreOf::<T>::iter() {
			ensure!(LabelOf::<T>::get(store) == Some(label), "a store does not know its label");
		}
		Ok(())
	}
}
