//! What the calls weigh. The runtime measures it; here is only what there is to measure.

use frame_support::weights::Weight;

/// One weight for each call, or for each of its outcomes.
pub trait WeightInfo {
	/// A registration with a key of 2048 bits.
	fn register_2048() -> Weight;
	/// A registration with a key of 3072 bits.
	fn register_3072() -> Weight;
	/// A registration with a key of 4096 bits.
	fn register_4096() -> Weight;
	/// A registration that is refused before its proof is verified.
	fn register_refused() -> Weight;
}

/// For tests: a tenth of a millisecond each.
impl WeightInfo for () {
	fn register_2048() -> Weight {
		ONE
	}
	fn register_3072() -> Weight {
		ONE
	}
	fn register_4096() -> Weight {
		ONE
	}
	fn register_refused() -> Weight {
		ONE
	}
}

const ONE: Weight = Weight::from_parts(100_000_000, 10_000);
