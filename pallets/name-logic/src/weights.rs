//! What the calls of the logics weigh. The runtime measures it; here is only what there is to measure.
//! All logics do the same work for the same call, so that one measurement serves them all.

use frame_support::weights::Weight;
use jns_primitives::proof::KeySize;

/// One weight for each call, or for each of its outcomes.
pub trait WeightInfo {
	/// A registration of a free name with a key of 2048 bits.
	fn register_2048() -> Weight;
	/// A registration of a free name with a key of 3072 bits.
	fn register_3072() -> Weight;
	/// A registration of a free name with a key of 4096 bits.
	fn register_4096() -> Weight;
	/// A registration, with a key of 4096 bits, of a name that was assigned after a cool-down.
	fn register_assigned() -> Weight;
	/// A registration, with a key of 4096 bits, of a name that is handed over.
	fn register_handed_over() -> Weight;
	/// A registration that is refused before its proof is verified.
	fn register_refused() -> Weight;
	/// An acceptance.
	fn accept() -> Weight;
	/// Clearing what has expired.
	fn clear_expired() -> Weight;
	/// A reservation of that many names.
	fn reserve(n: u32) -> Weight;
	/// The end of the reservation of that many names.
	fn unreserve(n: u32) -> Weight;
	/// An assignment.
	fn assign() -> Weight;
	/// A removal.
	fn remove() -> Weight;
	/// A release.
	fn release() -> Weight;
	/// A hand-over.
	fn hand_over() -> Weight;
	/// The cancellation of a hand-over.
	fn cancel_hand_over() -> Weight;
	/// An adoption.
	fn adopt() -> Weight;
	/// A purge.
	fn purge() -> Weight;
}

/// What registering a free name weighs. A key of no accepted size fails before anything dear.
pub(crate) fn of_free<W: WeightInfo>(key: &[u8]) -> Weight {
	match KeySize::of_der(key) {
		Some(KeySize::Rsa4096) => W::register_4096(),
		Some(KeySize::Rsa3072) => W::register_3072(),
		Some(KeySize::Rsa2048) | None => W::register_2048(),
	}
}

/// What a registration weighs at most: the state decides which road it takes.
pub(crate) fn of_registration<W: WeightInfo>(key: &[u8]) -> Weight {
	let dearest = W::register_assigned().max(W::register_handed_over());
	of_free::<W>(key).saturating_add(dearest.saturating_sub(W::register_4096()))
}

/// For tests: a tenth of a millisecond each, and twice that for what is not usual.
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
	fn register_assigned() -> Weight {
		TWO
	}
	fn register_handed_over() -> Weight {
		TWO
	}
	fn register_refused() -> Weight {
		ONE
	}
	fn accept() -> Weight {
		TWO
	}
	fn clear_expired() -> Weight {
		ONE
	}
	fn reserve(n: u32) -> Weight {
		ONE.saturating_mul(n.into())
	}
	fn unreserve(n: u32) -> Weight {
		ONE.saturating_mul(n.into())
	}
	fn assign() -> Weight {
		ONE
	}
	fn remove() -> Weight {
		ONE
	}
	fn release() -> Weight {
		ONE
	}
	fn hand_over() -> Weight {
		ONE
	}
	fn cancel_hand_over() -> Weight {
		ONE
	}
	fn adopt() -> Weight {
		ONE
	}
	fn purge() -> Weight {
		ONE
	}
}

const ONE: Weight = Weight::from_parts(100_000_000, 10_000);
const TWO: Weight = Weight::from_parts(200_000_000, 20_000);
