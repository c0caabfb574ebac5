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
	/// The vote that rejects a proposal.
	fn vote_rejecting() -> Weight;
	/// The vote that executes a proposal, without the weight of its call, by encoded length.
	fn vote_deciding(l: u32) -> Weight;
	/// `close`.
	fn close() -> Weight;
	/// `withdraw`.
	fn withdraw() -> Weight;
	/// `create_store`.
	fn create_store() -> Weight;
	/// `drop_label`.
	fn drop_label() -> Weight;
	/// `accept_store`.
	fn accept_store() -> Weight;
	/// `select_logic`.
	fn select_logic() -> Weight;
	/// The door, without what goes through it.
	fn dispatch_root() -> Weight;
}

/// For tests: another weight for each, in hundredths of a millisecond.
impl WeightInfo for () {
	fn delegate() -> Weight {
		hundredths(1)
	}
	fn propose(_l: u32) -> Weight {
		hundredths(2)
	}
	fn vote() -> Weight {
		hundredths(3)
	}
	fn vote_rejecting() -> Weight {
		hundredths(4)
	}
	fn vote_deciding(_l: u32) -> Weight {
		hundredths(5)
	}
	fn close() -> Weight {
		hundredths(6)
	}
	fn withdraw() -> Weight {
		hundredths(7)
	}
	fn create_store() -> Weight {
		hundredths(8)
	}
	fn drop_label() -> Weight {
		hundredths(9)
	}
	fn accept_store() -> Weight {
		hundredths(10)
	}
	fn select_logic() -> Weight {
		hundredths(11)
	}
	fn dispatch_root() -> Weight {
		hundredths(12)
	}
}

const fn hundredths(n: u64) -> Weight {
	Weight::from_parts(10_000_000, 1_000).saturating_mul(n)
}
