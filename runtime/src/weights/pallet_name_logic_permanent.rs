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
		// At least 853_633 nanoseconds.
		Weight::from_parts(873_833_000, 14374)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn register_3072() -> Weight {
		// At least 1_651_094 nanoseconds.
		Weight::from_parts(1_719_255_000, 14374)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn register_4096() -> Weight {
		// At least 2_767_156 nanoseconds.
		Weight::from_parts(2_883_137_000, 14374)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn register_refused() -> Weight {
		// At least 44_216 nanoseconds.
		Weight::from_parts(50_274_000, 14374)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(0))
	}
}
