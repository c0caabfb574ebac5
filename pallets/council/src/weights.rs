//! What the calls weigh. The runtime measures it; here is only what there is to measure.

use frame_support::weights::Weight;

/// One weight for each call, or for each of its outcomes.
pub trait WeightInfo {
	/// `delegate`.
	fn delegate() -> Weight;
	/// `propose`, by encoded length.
	fn propose(l: u32) -> Weight;
	/// A vote that decides nothing.
	fn vote() -> Weight;
	/// The vote that executes a proposal, without the weight of its call, by encoded length.
	fn vote_deciding(l: u32) -> Weight;
	/// `close`.
	fn close() -> Weight;
	/// `withdraw`.
	fn withdraw() -> Weight;
	/// `create_store`.
	fn create_store() -> Weight;
	/// `accept_store`.
	fn accept_store() -> Weight;
	/// `select_logic`.
	fn select_logic() -> Weight;
	/// The door, without what goes through it.
	fn dispatch_root() -> Weight;
}

/// For tests: a tenth of a millisecond each.
impl WeightInfo for () {
	fn delegate() -> Weight {
		ONE
	}
	fn propose(_l: u32) -> Weight {
		ONE
	}
	fn vote() -> Weight {
		ONE
	}
	fn vote_deciding(_l: u32) -> Weight {
		ONE
	}
	fn close() -> Weight {
		ONE
	}
	fn withdraw() -> Weight {
		ONE
	}
	fn create_store() -> Weight {
		ONE
	}
	fn accept_store() -> Weight {
		ONE
	}
	fn select_logic() -> Weight {
		ONE
	}
	fn dispatch_root() -> Weight {
		ONE
	}
}

const ONE: Weight = Weight::from_parts(100_000_000, 10_000);
