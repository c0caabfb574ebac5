//! Limits the candidates of elections to those who have registered session keys.
//!
//! `pallet-staking` takes candidates without keys, and the session leaves out whoever it elects of
//! them. A stranger who bonded enough for all seats and registered no keys would end the chain with
//! an empty set of authorities.

use crate::*;
use alloc::boxed::Box;
use frame_election_provider_support::SortedListProvider;
use pallet_staking::UseValidatorsMap;

/// Whether an account has registered session keys.
fn has_keys(who: &AccountId) -> bool {
	pallet_session::NextKeys::<Runtime>::contains_key(who)
}

type All = UseValidatorsMap<Runtime>;
type ListError = <All as SortedListProvider<AccountId>>::Error;

/// The candidates of an election: validators who have registered session keys. Others keep their
/// bond, and can be elected when they have keys. The session asks for the keys in the same block.
pub struct CandidatesWithKeys;
impl SortedListProvider<AccountId> for CandidatesWithKeys {
	type Error = ListError;
	type Score = <All as SortedListProvider<AccountId>>::Score;

	fn iter() -> Box<dyn Iterator<Item = AccountId>> {
		Box::new(All::iter().filter(has_keys))
	}

	fn iter_from(start: &AccountId) -> Result<Box<dyn Iterator<Item = AccountId>>, ListError> {
		Ok(Box::new(All::iter_from(start)?.filter(has_keys)))
	}

	// All else is about every validator, as the staking pallet counts them.

	fn count() -> u32 {
		All::count()
	}

	fn contains(id: &AccountId) -> bool {
		All::contains(id)
	}

	fn on_insert(id: AccountId, score: Self::Score) -> Result<(), ListError> {
		All::on_insert(id, score)
	}

	fn on_update(id: &AccountId, score: Self::Score) -> Result<(), ListError> {
		All::on_update(id, score)
	}

	fn get_score(id: &AccountId) -> Result<Self::Score, ListError> {
		All::get_score(id)
	}

	fn on_remove(id: &AccountId) -> Result<(), ListError> {
		All::on_remove(id)
	}

	fn unsafe_regenerate(
		all: impl IntoIterator<Item = AccountId>,
		score_of: Box<dyn Fn(&AccountId) -> Option<Self::Score>>,
	) -> u32 {
		All::unsafe_regenerate(all, score_of)
	}

	fn unsafe_clear() {
		All::unsafe_clear()
	}

	#[cfg(feature = "try-runtime")]
	fn try_state() -> Result<(), sp_runtime::TryRuntimeError> {
		All::try_state()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn score_update_worst_case(who: &AccountId, is_increase: bool) -> Self::Score {
		All::score_update_worst_case(who, is_increase)
	}

	fn lock() {
		All::lock()
	}

	fn unlock() {
		All::unlock()
	}
}
