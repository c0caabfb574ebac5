//! placeholder until measured

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of `pallet_babe`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo<T> {
	pub fn check_equivocation_proof(_x: u32) -> Weight {
		Weight::from_parts(100_000_000, 0).saturating_add(T::DbWeight::get().reads(0))
	}
	pub fn note_stalled() -> Weight {
		Weight::from_parts(10_000_000, 0)
	}
}
