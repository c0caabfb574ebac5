//! What the calls of `pallet_eternal_storage` weigh.
//!
//! Written by `scripts/weights` on 2026-11-22, on AMD EPYC, in wasm, in 20 steps of
//! 10 repetitions each. Not edited by hand.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of `pallet_eternal_storage`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_eternal_storage::WeightInfo for WeightInfo<T> {
	fn create_store() -> Weight {
		// At least 62_433 nanoseconds.
		Weight::from_parts(65_197_000, 3604)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	fn set_logic() -> Weight {
		// At least 15_022 nanoseconds.
		Weight::from_parts(17_395_000, 3632)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn offer_ownership() -> Weight {
		// At least 15_122 nanoseconds.
		Weight::from_parts(16_685_000, 3632)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn accept_ownership() -> Weight {
		// At least 108_330 nanoseconds.
		Weight::from_parts(114_480_000, 6218)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn delete_store() -> Weight {
		// At least 56_043 nanoseconds.
		Weight::from_parts(59_589_000, 3632)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// `l` is in `0..=4096`.
	fn set(l: u32) -> Weight {
		// At least 124_985 nanoseconds.
		Weight::from_parts(131_601_689, 7682)
			.saturating_add(Weight::from_parts(463, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn remove() -> Weight {
		// At least 71_145 nanoseconds.
		Weight::from_parts(75_371_000, 7682)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	fn write_batch(n: u32) -> Weight {
		<Self as pallet_eternal_storage::WeightInfo>::remove().saturating_mul(n.into())
	}
}
