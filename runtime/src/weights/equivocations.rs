//! What reports of equivocations weigh, in the terms of the pallets that take them.
//!
//! The SDK's pallets benchmark the check of a proof, but nothing that takes the offence from there:
//! a report also verifies that the key was a validator's, and slashes that validator and whoever
//! nominated it. Those two parts have the SDK's figures for time (`default_weights.rs` of both
//! pallets), its counts of accesses, and this chain's prices for them.
//!
//! The proof and the ownership of the key are checked twice in a block: before the report is
//! dispatched and when it is. A pool checks them once, for reports of its own node alone: two
//! signatures (0.09 ms), the ownership (some 0.1 ms with a hundred validators) and six reads.

use super::{pallet_babe as babe, pallet_grandpa as grandpa};
use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{
		constants::{WEIGHT_REF_TIME_PER_MICROS, WEIGHT_REF_TIME_PER_NANOS},
		Weight,
	},
};

/// Weights of `pallet_babe` and `pallet_grandpa`.
pub struct WeightInfo<T>(PhantomData<T>);

fn micros(n: u64) -> Weight {
	Weight::from_parts(WEIGHT_REF_TIME_PER_MICROS.saturating_mul(n), 0)
}

/// A report about one of `validators`, who has up to `nominators`, whose proof is checked in
/// `check`.
fn report<T: frame_system::Config>(check: Weight, validators: u32, nominators: u32) -> Weight {
	let (validators, nominators) = (u64::from(validators.max(100)), u64::from(nominators));
	let accesses = nominators.saturating_mul(3);
	let membership = micros(35)
		.saturating_add(
			Weight::from_parts(175 * WEIGHT_REF_TIME_PER_NANOS, 0).saturating_mul(validators),
		)
		.saturating_add(T::DbWeight::get().reads(5));
	let offence = micros(110)
		.saturating_add(micros(25).saturating_mul(nominators))
		.saturating_add(T::DbWeight::get().reads(accesses.saturating_add(14)))
		.saturating_add(T::DbWeight::get().writes(accesses.saturating_add(10)));
	check.saturating_add(membership).saturating_mul(2).saturating_add(offence)
}

impl<T: frame_system::Config> pallet_babe::WeightInfo for WeightInfo<T> {
	fn plan_config_change() -> Weight {
		T::DbWeight::get().writes(1)
	}

	fn report_equivocation(validators: u32, nominators: u32) -> Weight {
		report::<T>(babe::WeightInfo::<T>::check_equivocation_proof(1), validators, nominators)
	}
}

impl<T: frame_system::Config> pallet_grandpa::WeightInfo for WeightInfo<T> {
	fn report_equivocation(validators: u32, nominators: u32) -> Weight {
		// Two reads more, twice: which session a set of authorities belonged to.
		report::<T>(grandpa::WeightInfo::<T>::check_equivocation_proof(1), validators, nominators)
			.saturating_add(T::DbWeight::get().reads(4))
	}

	fn note_stalled() -> Weight {
		grandpa::WeightInfo::<T>::note_stalled()
	}
}
