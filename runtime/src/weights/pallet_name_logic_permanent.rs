//! Placeholder until measured.

use core::marker::PhantomData;
use frame_support::weights::Weight;

/// Weights of `pallet_name_logic::permanent`.
pub struct WeightInfo<T>(PhantomData<T>);
impl<T: frame_system::Config> pallet_name_logic::permanent::WeightInfo for WeightInfo<T> {
	fn register_2048() -> Weight {
		Weight::from_parts(4_000_000_000, 10_000)
	}
	fn register_3072() -> Weight {
		Weight::from_parts(4_000_000_000, 10_000)
	}
	fn register_4096() -> Weight {
		Weight::from_parts(4_000_000_000, 10_000)
	}
	fn register_refused() -> Weight {
		Weight::from_parts(4_000_000_000, 10_000)
	}
}
