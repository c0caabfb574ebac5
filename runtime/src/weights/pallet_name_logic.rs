//! What the calls of `pallet_name_logic` weigh.
//!
//! Written by `scripts/weights` on 2026-11-23, on AMD EPYC, in wasm, in 20 steps of
//! 20 repetitions each. Not edited by hand.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of `pallet_name_logic`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_name_logic::WeightInfo for WeightInfo<T> {
	fn register_2048() -> Weight {
		// At least 263_050 nanoseconds.
		Weight::from_parts(291_482_000, 34450)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	fn register_3072() -> Weight {
		// At least 322_888 nanoseconds.
		Weight::from_parts(360_584_000, 34450)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	fn register_4096() -> Weight {
		// At least 403_738 nanoseconds.
		Weight::from_parts(473_301_000, 34450)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	fn register_assigned() -> Weight {
		// At least 507_651 nanoseconds.
		Weight::from_parts(821_326_000, 34450)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	fn register_handed_over() -> Weight {
		// At least 530_275 nanoseconds.
		Weight::from_parts(700_347_000, 41142)
			.saturating_add(T::DbWeight::get().reads(14))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	fn register_refused() -> Weight {
		// At least 64_055 nanoseconds.
		Weight::from_parts(88_411_000, 34450)
			.saturating_add(T::DbWeight::get().reads(8))
			.saturating_add(T::DbWeight::get().writes(0))
	}
	fn accept() -> Weight {
		// At least 738_112 nanoseconds.
		Weight::from_parts(1_140_898_000, 41142)
			.saturating_add(T::DbWeight::get().reads(15))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	fn clear_expired() -> Weight {
		// At least 131_725 nanoseconds.
		Weight::from_parts(144_734_000, 14374)
			.saturating_add(T::DbWeight::get().reads(7))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// `n` is in `1..=64`.
	fn reserve(n: u32) -> Weight {
		// At least 48_852 nanoseconds.
		Weight::from_parts(56_523_581, 3632)
			.saturating_add(Weight::from_parts(23_162_194, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 6692).saturating_mul(n.into()))
	}
	/// `n` is in `1..=64`.
	fn unreserve(n: u32) -> Weight {
		// At least 51_506 nanoseconds.
		Weight::from_parts(47_438_119, 3632)
			.saturating_add(Weight::from_parts(26_293_941, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 6692).saturating_mul(n.into()))
	}
	fn assign() -> Weight {
		// At least 46_709 nanoseconds.
		Weight::from_parts(55_442_000, 7682)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn remove() -> Weight {
		// At least 206_255 nanoseconds.
		Weight::from_parts(221_568_000, 34450)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	fn release() -> Weight {
		// At least 437_297 nanoseconds.
		Weight::from_parts(715_419_000, 34450)
			.saturating_add(T::DbWeight::get().reads(13))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	fn hand_over() -> Weight {
		// At least 412_691 nanoseconds.
		Weight::from_parts(731_643_000, 14374)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	fn cancel_hand_over() -> Weight {
		// At least 414_894 nanoseconds.
		Weight::from_parts(470_166_000, 14374)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	// Estimated.
	fn adopt() -> Weight {
		Weight::from_parts(300_000_000, 34450)
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	// Estimated.
	fn purge() -> Weight {
		Weight::from_parts(300_000_000, 34450)
			.saturating_add(T::DbWeight::get().reads(16))
			.saturating_add(T::DbWeight::get().writes(12))
	}
}
