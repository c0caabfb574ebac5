//! Placeholder, to be replaced by the tool's figures.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::weights::Weight;

pub trait WeightInfo {
	fn register_2048() -> Weight;
	fn register_3072() -> Weight;
	fn register_4096() -> Weight;
	fn register_refused() -> Weight;
}

pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	fn register_2048() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn register_3072() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn register_4096() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn register_refused() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
}

impl WeightInfo for () {
	fn register_2048() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn register_3072() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn register_4096() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn register_refused() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
}
