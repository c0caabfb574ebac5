//! What elections and changes of session weigh.
//!
//! The SDK's figure for the election is a plane through points between 1,000 and 2,000 voters: for
//! each vote that a voter could have it takes 2.6 seconds, so that the election of one validator by
//! itself took 42. What is here grows with the work: in each of its rounds, one for each validator
//! that is elected, the election visits every vote once to score and once to update.
//!
//! An election of 100 of 200 candidates by 1,000 voters with 16 votes each took 80 ms in native code on
//! AMD EPYC, the reading of its voters included (`runtime/src/tests/elections.rs` prints that). It is
//! registered as 192 ms for solving alone, since wasm takes up to twice as long: the rest is reserve.

use crate::configs::MAX_VALIDATORS;
use frame_support::{
	traits::Get,
	weights::{
		constants::{WEIGHT_REF_TIME_PER_MICROS, WEIGHT_REF_TIME_PER_NANOS},
		Weight,
	},
};

/// Weights of the on-chain election.
pub struct WeightInfo;

fn nanos(n: u64) -> Weight {
	Weight::from_parts(WEIGHT_REF_TIME_PER_NANOS.saturating_mul(n), 0)
}

fn micros(n: u64) -> Weight {
	Weight::from_parts(WEIGHT_REF_TIME_PER_MICROS.saturating_mul(n), 0)
}

/// A vote, visited in a round.
const NANOS_PER_VOTE_AND_ROUND: u64 = 100;
/// A vote, read before the rounds, and normalised and sorted after them.
const NANOS_PER_VOTE: u64 = 2_000;
/// A candidate, visited in a round.
const NANOS_PER_TARGET_AND_ROUND: u64 = 100;

impl frame_election_provider_support::WeightInfo for WeightInfo {
	fn phragmen(voters: u32, targets: u32, votes_per_voter: u32) -> Weight {
		let rounds = u64::from(targets.min(MAX_VALIDATORS));
		let votes = u64::from(voters).saturating_mul(votes_per_voter.into());
		nanos(NANOS_PER_VOTE_AND_ROUND)
			.saturating_mul(votes.saturating_mul(rounds))
			.saturating_add(nanos(NANOS_PER_VOTE).saturating_mul(votes))
			.saturating_add(
				nanos(NANOS_PER_TARGET_AND_ROUND)
					.saturating_mul(rounds.saturating_mul(targets.into())),
			)
	}

	// Not the solver of this chain.
	fn phragmms(voters: u32, targets: u32, votes_per_voter: u32) -> Weight {
		Self::phragmen(voters, targets, votes_per_voter)
	}
}

/// A change of session with so many validators: their keys are loaded and stored for the session, BABE,
/// GRANDPA and authority discovery, and the tree of the keys' owners is built.
pub fn rotate_session<T: frame_system::Config>(validators: u32) -> Weight {
	micros(500)
		.saturating_add(micros(100).saturating_mul(validators.into()))
		.saturating_add(T::DbWeight::get().reads(u64::from(validators).saturating_add(50)))
		.saturating_add(T::DbWeight::get().writes(40))
}

/// What planning an era stores for so many elected validators with so many pages of voters, and what
/// it removes of the oldest era that is remembered, which is taken to be as large.
pub fn plan_era<T: frame_system::Config>(elected: u32, pages: u32) -> Weight {
	let stored = u64::from(elected).saturating_mul(2).saturating_add(pages.into());
	// The oldest era has a list of claims for each validator besides.
	let removed = stored.saturating_add(elected.into());
	let touched = stored.saturating_add(removed);
	// A page has 64 voters.
	micros(50)
		.saturating_mul(touched)
		.saturating_add(T::DbWeight::get().reads(touched))
		.saturating_add(T::DbWeight::get().writes(touched))
}

/// Slashing so many bonds, each of which is a ledger, a balance, a hold and a total.
pub fn apply_slashes<T: frame_system::Config>(bonds: u32) -> Weight {
	micros(50).saturating_add(T::DbWeight::get().reads_writes(6, 5)).saturating_mul(bonds.into())
}
