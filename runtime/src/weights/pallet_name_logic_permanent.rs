//! What the calls of `pallet_name_logic::permanent` weigh.
//!
//! Written by `scripts/weights` on 2026-11-22, on AMD EPYC, in wasm, in 20 steps of
//! 10 repetitions each. Not edited by hand.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of `pallet_name_logic::permanent`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_name_logic::permanent::WeightInfo for WeightInfo<T> {
	fn register_2048() -> Weight {
		// At least 203_311 nanoseconds.
		Weight::from_parts(218_464_000, 14374)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn register_3072() -> Weight {
		// At least 273_324 nanoseconds.
		Weight::from_parts(290_780_000, 14374)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn register_4096() -> Weight {
		// At least 365_501 nanoseconds.
		Weight::from_parts(382_186_000, 14374)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn register_refused() -> Weight {
		// At least 42_252 nanoseconds.
		Weight::from_parts(46_319_000, 14374)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(0))
	}
}
