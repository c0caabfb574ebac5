//! What the calls of `pallet_council` weigh.
//!
//! Written by `scripts/weights` on 2026-11-22, on AMD EPYC, in wasm, in 20 steps of
//! 10 repetitions each. Not edited by hand.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of `pallet_council`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_council::WeightInfo for WeightInfo<T> {
	fn delegate() -> Weight {
		// At least 55_883 nanoseconds.
		Weight::from_parts(61_631_000, 11274)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	/// `l` is in `6..=65536`.
	fn propose(l: u32) -> Weight {
		// At least 146_577 nanoseconds.
		Weight::from_parts(156_772_965, 8703)
			.saturating_add(Weight::from_parts(1_779, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	fn vote() -> Weight {
		// At least 25_227 nanoseconds.
		Weight::from_parts(37_195_000, 3561)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	/// `l` is in `6..=65536`.
	fn vote_deciding(l: u32) -> Weight {
		// At least 86_788 nanoseconds.
		Weight::from_parts(113_263_673, 67025)
			.saturating_add(Weight::from_parts(1_496, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	fn close() -> Weight {
		// At least 80_889 nanoseconds.
		Weight::from_parts(87_399_000, 6132)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	fn withdraw() -> Weight {
		// At least 94_109 nanoseconds.
		Weight::from_parts(129_391_000, 8703)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	fn accept_store() -> Weight {
		// At least 77_535 nanoseconds.
		Weight::from_parts(82_533_000, 3632)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	fn create_store() -> Weight {
		// At least 28_923 nanoseconds.
		Weight::from_parts(31_466_000, 3518)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn select_logic() -> Weight {
		// At least 6_430 nanoseconds.
		Weight::from_parts(7_261_000, 0)
			.saturating_add(T::DbWeight::get().reads(0))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn dispatch_root() -> Weight {
		// At least 3_114 nanoseconds.
		Weight::from_parts(4_036_000, 0)
			.saturating_add(T::DbWeight::get().reads(0))
			.saturating_add(T::DbWeight::get().writes(0))
	}
}
