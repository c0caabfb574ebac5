//! Placeholder, to be replaced by the tool's figures.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::weights::Weight;

pub trait WeightInfo {
	fn create_store() -> Weight;
	fn set_logic() -> Weight;
	fn offer_ownership() -> Weight;
	fn accept_ownership() -> Weight;
	fn delete_store() -> Weight;
	fn set(l: u32) -> Weight;
	fn remove() -> Weight;
}

pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
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

impl WeightInfo for () {
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
