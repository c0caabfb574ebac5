//! What the calls of `pallet_grandpa` weigh.
//!
//! Written by `scripts/weights` on 2026-11-22, on AMD EPYC, in wasm, in 20 steps of
//! 10 repetitions each. Not edited by hand.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of `pallet_grandpa`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo<T> {
	/// `x` is in `0..=1`.
	pub fn check_equivocation_proof(x: u32) -> Weight {
		// At least 77_214 nanoseconds.
		Weight::from_parts(91_051_454, 0)
			.saturating_add(Weight::from_parts(530_730, 0).saturating_mul(x.into()))
			.saturating_add(T::DbWeight::get().reads(0))
			.saturating_add(T::DbWeight::get().writes(0))
	}
	pub fn note_stalled() -> Weight {
		// At least 3_135 nanoseconds.
		Weight::from_parts(3_735_000, 0)
			.saturating_add(T::DbWeight::get().reads(0))
			.saturating_add(T::DbWeight::get().writes(1))
	}
}
