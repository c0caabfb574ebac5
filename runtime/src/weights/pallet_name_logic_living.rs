//! What the calls of `pallet_name_logic::living` weigh.
//!
//! Written by `scripts/weights` on 2026-11-23, on AMD EPYC, in wasm, in 20 steps of
//! 10 repetitions each. Not edited by hand.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of `pallet_name_logic::living`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_name_logic::living::WeightInfo for WeightInfo<T> {
	fn register_2048() -> Weight {
		// At least 270_601 nanoseconds.
		Weight::from_parts(445_319_000, 34450)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	fn register_3072() -> Weight {
		// At least 326_923 nanoseconds.
		Weight::from_parts(535_293_000, 34450)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	fn register_4096() -> Weight {
		// At least 403_918 nanoseconds.
		Weight::from_parts(452_590_000, 34450)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	fn register_assigned() -> Weight {
		// At least 486_410 nanoseconds.
		Weight::from_parts(789_879_000, 34450)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	fn register_handed_over() -> Weight {
		// At least 538_196 nanoseconds.
		Weight::from_parts(839_473_000, 41142)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	fn register_refused() -> Weight {
		// At least 65_487 nanoseconds.
		Weight::from_parts(98_235_000, 34450)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(0))
	}
	fn accept() -> Weight {
		// At least 787_736 nanoseconds.
		Weight::from_parts(1_317_280_000, 41142)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	fn clear_expired() -> Weight {
		// At least 143_222 nanoseconds.
		Weight::from_parts(246_856_000, 14374)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// `n` is in `1..=64`.
	fn reserve(n: u32) -> Weight {
		// At least 55_582 nanoseconds.
		Weight::from_parts(78_569_965, 3632)
			.saturating_add(Weight::from_parts(25_314_555, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 6692).saturating_mul(n.into()))
	}
	/// `n` is in `1..=64`.
	fn unreserve(n: u32) -> Weight {
		// At least 58_888 nanoseconds.
		Weight::from_parts(73_903_123, 3632)
			.saturating_add(Weight::from_parts(27_559_133, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 6692).saturating_mul(n.into()))
	}
	fn assign() -> Weight {
		// At least 47_941 nanoseconds.
		Weight::from_parts(86_908_000, 7682)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn remove() -> Weight {
		// At least 215_889 nanoseconds.
		Weight::from_parts(357_359_000, 34450)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	fn release() -> Weight {
		// At least 452_069 nanoseconds.
		Weight::from_parts(786_214_000, 34450)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	fn hand_over() -> Weight {
		// At least 431_188 nanoseconds.
		Weight::from_parts(752_514_000, 14374)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	fn cancel_hand_over() -> Weight {
		// At least 434_783 nanoseconds.
		Weight::from_parts(734_177_000, 14374)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}
}
