//! What the calls weigh. The runtime measures it; here is only what there is to measure.

use frame_support::weights::Weight;

/// One weight for each call, or for each of its outcomes.
pub trait WeightInfo {
	/// `create_store`.
	fn create_store() -> Weight;
	/// `set_logic`.
	fn set_logic() -> Weight;
	/// `offer_ownership`.
	fn offer_ownership() -> Weight;
	/// `accept_ownership`.
	fn accept_ownership() -> Weight;
	/// `delete_store`.
	fn delete_store() -> Weight;
	/// `set`, by encoded length.
	fn set(l: u32) -> Weight;
	/// `remove`.
	fn remove() -> Weight;
	/// `write_batch`, by number of changes, without the length of the values.
	fn write_batch(n: u32) -> Weight;
}

/// For tests: a tenth of a millisecond each.
impl WeightInfo for () {
	fn create_store() -> Weight {
		ONE
	}
	fn set_logic() -> Weight {
		ONE
	}
	fn offer_ownership() -> Weight {
		ONE
	}
	fn accept_ownership() -> Weight {
		ONE
	}
	fn delete_store() -> Weight {
		ONE
	}
	fn set(_l: u32) -> Weight {
		ONE
	}
	fn remove() -> Weight {
		ONE
	}
	fn write_batch(n: u32) -> Weight {
		ONE.saturating_mul(n.into())
	}
}

const ONE: Weight = Weight::from_parts(100_000_000, 10_000);
