//! Placeholder until measured.

use core::marker::PhantomData;
use frame_support::weights::Weight;

/// Weights of `pallet_eternal_storage`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_eternal_storage::WeightInfo for WeightInfo<T> {
	fn create_store() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn set_logic() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn offer_ownership() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn accept_ownership() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn delete_store() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn set(_l: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn remove() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
}
