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
		// At least 67_410 nanoseconds.
		Weight::from_parts(78_917_000, 3604)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn set_logic() -> Weight {
		// At least 15_623 nanoseconds.
		Weight::from_parts(23_625_000, 3632)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn offer_ownership() -> Weight {
		// At least 15_673 nanoseconds.
		Weight::from_parts(20_200_000, 3632)
			.saturating_add(T::DbWeight::get().reads(1))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn accept_ownership() -> Weight {
		// At least 116_212 nanoseconds.
		Weight::from_parts(136_972_000, 6218)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(6))
	}
	fn delete_store() -> Weight {
		// At least 61_441 nanoseconds.
		Weight::from_parts(71_316_000, 3632)
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().writes(3))
	}
	/// `l` is in `0..=4096`.
	fn set(l: u32) -> Weight {
		// At least 132_386 nanoseconds.
		Weight::from_parts(146_691_807, 7682)
			.saturating_add(Weight::from_parts(232, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn remove() -> Weight {
		// At least 76_964 nanoseconds.
		Weight::from_parts(88_170_000, 7682)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	/// `n` is in `1..=64`.
	fn write_batch(n: u32) -> Weight {
		// At least 134_148 nanoseconds.
		Weight::from_parts(42_115_201, 3632)
			.saturating_add(Weight::from_parts(71_200_622, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 6692).saturating_mul(n.into()))
	}
}
