//! Placeholder until measured.

use core::marker::PhantomData;
use frame_support::weights::Weight;

/// Weights of `pallet_council`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_council::WeightInfo for WeightInfo<T> {
	fn delegate() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn propose(_l: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn vote() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn vote_deciding(_l: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn close() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn create_store() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn select_logic() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn dispatch_root() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn withdraw() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn accept_store() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
}
