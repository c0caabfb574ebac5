//! Numbers of GRANDPA's sets of authorities, as the votes count them.
//!
//! `pallet-grandpa` counts every change that it announces. The voters count those that are final, and
//! a forced change, which ends a stall, as one more. So after a stall in which eras began the
//! pallet's number would be ahead of the voters' for ever: reports of double votes, proofs of names
//! and nodes that warp would take a number that nobody signs. This pallet stands between the session
//! and `pallet-grandpa`, notes in which block each set began, and sets the number right.

use sp_consensus_grandpa::{AuthorityId, SetId};

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::{Get, OneSessionHandler},
	};
	use frame_system::pallet_prelude::BlockNumberFor;
	use pallet_grandpa::{CurrentSetId, Pallet as Grandpa, SetIdSession, Stalled};
	use sp_runtime::{BoundToRuntimeAppPublic, Saturating};

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config:
		frame_system::Config + pallet_grandpa::Config + pallet_session::Config
	{
	}

	/// Block from which each set of authorities finalizes, when all before it is final. The first
	/// set has none.
	#[pallet::storage]
	pub type SetStarts<T: Config> = StorageMap<_, Twox64Concat, SetId, BlockNumberFor<T>>;

	impl<T: Config> Pallet<T> {
		/// Returns the number of the set that finalizes the blocks behind this final one.
		fn set_behind(block: BlockNumberFor<T>) -> SetId {
			let mut set = CurrentSetId::<T>::get();
			while SetStarts::<T>::get(set).is_some_and(|start| start > block) {
				set.saturating_dec();
			}
			set
		}

		/// Gives a forced change the number behind that of the last set that was final, and forgets
		/// the sets that never came to vote.
		fn count_as_voters(announced: SetId, forced: SetId) {
			let session = SetIdSession::<T>::get(announced);
			for set in forced..=announced {
				SetIdSession::<T>::remove(set);
				SetStarts::<T>::remove(set);
			}
			if let Some(session) = session {
				SetIdSession::<T>::insert(forced, session);
			}
			CurrentSetId::<T>::put(forced);
		}
	}

	impl<T: Config> BoundToRuntimeAppPublic for Pallet<T> {
		type Public = AuthorityId;
	}

	impl<T: Config> OneSessionHandler<T::AccountId> for Pallet<T> {
		type Key = AuthorityId;

		fn on_genesis_session<'a, I: 'a>(validators: I)
		where
			I: Iterator<Item = (&'a T::AccountId, AuthorityId)>,
		{
			Grandpa::<T>::on_genesis_session(validators)
		}

		fn on_new_session<'a, I: 'a>(changed: bool, validators: I, queued: I)
		where
			I: Iterator<Item = (&'a T::AccountId, AuthorityId)>,
		{
			let (former, stall) = (CurrentSetId::<T>::get(), Stalled::<T>::get());
			let forced = stall.map(|(_, final_block)| Self::set_behind(final_block));
			Grandpa::<T>::on_new_session(changed, validators, queued);
			let mut current = CurrentSetId::<T>::get();
			if current == former {
				// No set begins; a forced change may have to wait for another one.
				return;
			}
			let mut start = frame_system::Pallet::<T>::block_number();
			if let (Some((delay, _)), Some(last)) = (stall, forced) {
				let forced = last.saturating_add(1);
				Self::count_as_voters(current, forced);
				current = forced;
				start = start.saturating_add(delay);
			}
			SetStarts::<T>::insert(current, start);
			// As long as the pallet remembers the sessions of sets.
			let kept = T::MaxSetIdSessionEntries::get().max(1);
			if let Some(old) = current.checked_sub(kept) {
				SetStarts::<T>::remove(old);
			}
		}

		fn on_before_session_ending() {
			Grandpa::<T>::on_before_session_ending()
		}

		fn on_disabled(index: u32) {
			<Grandpa<T> as OneSessionHandler<T::AccountId>>::on_disabled(index)
		}
	}
}
