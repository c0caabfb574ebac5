//! Placeholder, to be replaced by the tool's figures.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::weights::Weight;

pub trait WeightInfo {
	fn delegate() -> Weight;
	fn propose(l: u32) -> Weight;
	fn vote() -> Weight;
	fn vote_deciding(l: u32) -> Weight;
	fn close() -> Weight;
	fn create_store() -> Weight;
	fn select_logic() -> Weight;
	fn dispatch_root() -> Weight;
	fn withdraw() -> Weight;
	fn accept_store() -> Weight;
}

pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
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

impl WeightInfo for () {
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
