//! What the calls of `pallet_eternal_storage` weigh.
//!
//! Written by `scripts/weights` on 2026-11-23, on AMD EPYC, in wasm, in 20 steps of
//! 20 repetitions each. Not edited by hand.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of `pallet_eternal_storage`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_eternal_storage::WeightInfo for WeightInfo<T> {
	fn create_store() -> Weight {
		// At least 66_759 nanoseconds.
		Weight::from_parts(70_714_000, 3604)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn set_logic() -> Weight {
		// At least 15_292 nanoseconds.
		Weight::from_parts(18_618_000, 3632)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn offer_ownership() -> Weight {
		// At least 15_482 nanoseconds.
		Weight::from_parts(35_492_000, 3632)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn accept_ownership() -> Weight {
		// At least 117_304 nanoseconds.
		Weight::from_parts(149_421_000, 6218)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	fn delete_store() -> Weight {
		// At least 59_077 nanoseconds.
		Weight::from_parts(93_759_000, 3632)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// `l` is in `0..=4096`.
	fn set(l: u32) -> Weight {
		// At least 131_935 nanoseconds.
		Weight::from_parts(155_147_881, 7682)
			.saturating_add(Weight::from_parts(956, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn remove() -> Weight {
		// At least 77_064 nanoseconds.
		Weight::from_parts(101_410_000, 7682)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// `n` is in `1..=64`.
	fn write_batch(n: u32) -> Weight {
		// At least 138_275 nanoseconds.
		Weight::from_parts(101_968_853, 3632)
			.saturating_add(Weight::from_parts(87_520_098, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 6692).saturating_mul(n.into()))
	}
}
