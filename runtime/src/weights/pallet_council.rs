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
		// At least 55_983 nanoseconds.
		Weight::from_parts(62_202_000, 11274)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(8))
	}
	/// `l` is in `6..=65536`.
	fn propose(l: u32) -> Weight {
		// At least 146_777 nanoseconds.
		Weight::from_parts(169_538_485, 8703)
			.saturating_add(Weight::from_parts(2_096, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(11))
			.saturating_add(T::DbWeight::get().writes(12))
	}
	fn vote() -> Weight {
		// At least 25_098 nanoseconds.
		Weight::from_parts(28_483_000, 3561)
			.saturating_add(T::DbWeight::get().reads(3))
			.saturating_add(T::DbWeight::get().writes(2))
	}
	fn vote_rejecting() -> Weight {
		// Not measured yet: more than `vote` and what `close` does to settle a proposal.
		Weight::from_parts(120_000_000, 8703)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(9))
	}
	/// `l` is in `6..=65536`.
	fn vote_deciding(l: u32) -> Weight {
		// At least 86_628 nanoseconds.
		Weight::from_parts(102_900_463, 67025)
			.saturating_add(Weight::from_parts(993, 0).saturating_mul(l.into()))
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	fn close() -> Weight {
		// At least 81_080 nanoseconds.
		Weight::from_parts(92_047_000, 6132)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(11))
	}
	fn withdraw() -> Weight {
		// At least 92_767 nanoseconds.
		Weight::from_parts(101_560_000, 8703)
			.saturating_add(T::DbWeight::get().reads(9))
			.saturating_add(T::DbWeight::get().writes(10))
	}
	fn accept_store() -> Weight {
		// At least 83_654 nanoseconds.
		Weight::from_parts(102_722_000, 3632)
			.saturating_add(T::DbWeight::get().reads(6))
			.saturating_add(T::DbWeight::get().writes(7))
	}
	fn create_store() -> Weight {
		// At least 31_216 nanoseconds.
		Weight::from_parts(34_120_000, 3518)
			.saturating_add(T::DbWeight::get().reads(4))
			.saturating_add(T::DbWeight::get().writes(5))
	}
	fn drop_label() -> Weight {
		// Not measured yet: more than `create_store`.
		Weight::from_parts(40_000_000, 3518)
			.saturating_add(T::DbWeight::get().reads(5))
			.saturating_add(T::DbWeight::get().writes(4))
	}
	fn select_logic() -> Weight {
		// At least 6_459 nanoseconds.
		Weight::from_parts(7_491_000, 0)
			.saturating_add(T::DbWeight::get().reads(0))
			.saturating_add(T::DbWeight::get().writes(1))
	}
	fn dispatch_root() -> Weight {
		// At least 3_435 nanoseconds.
		Weight::from_parts(6_640_000, 0)
			.saturating_add(T::DbWeight::get().reads(0))
			.saturating_add(T::DbWeight::get().writes(0))
	}
}
