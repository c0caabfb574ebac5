//! What the council's calls weigh with the judgement of what goes through its door to root.
//!
//! The measured weight of the door is that of a call without arguments. Here it also reads what the
//! worst arguments are compared with: the bond of each validator of the session.

use super::pallet_council as measured;
use crate::configs::MAX_VALIDATORS;
use core::marker::PhantomData;
use frame_support::{
	traits::Get,
	weights::{constants::WEIGHT_REF_TIME_PER_MICROS, Weight},
};

/// Weights of `pallet_council`.
pub struct WeightInfo<T>(PhantomData<T>);

/// Reads for each validator: whether it is a candidate, its controller, its ledger, its payee.
const READS_PER_VALIDATOR: u64 = 4;
/// Reads whatever the number of validators: counts and maxima.
const OTHER_READS: u64 = 6;

impl<T: frame_system::Config> pallet_council::WeightInfo for WeightInfo<T> {
	fn delegate() -> Weight {
		measured::WeightInfo::<T>::delegate()
	}

	fn propose(l: u32) -> Weight {
		measured::WeightInfo::<T>::propose(l)
	}

	fn vote() -> Weight {
		measured::WeightInfo::<T>::vote()
	}

	fn vote_deciding(l: u32) -> Weight {
		measured::WeightInfo::<T>::vote_deciding(l)
	}

	fn vote_rejecting() -> Weight {
		measured::WeightInfo::<T>::vote_rejecting()
	}

	fn close() -> Weight {
		measured::WeightInfo::<T>::close()
	}

	fn withdraw() -> Weight {
		measured::WeightInfo::<T>::withdraw()
	}

	fn create_store() -> Weight {
		measured::WeightInfo::<T>::create_store()
	}

	fn drop_label() -> Weight {
		measured::WeightInfo::<T>::drop_label()
	}

	fn accept_store() -> Weight {
		measured::WeightInfo::<T>::accept_store()
	}

	fn select_logic() -> Weight {
		measured::WeightInfo::<T>::select_logic()
	}

	fn dispatch_root() -> Weight {
		let validators = u64::from(MAX_VALIDATORS);
		let reads = validators.saturating_mul(READS_PER_VALIDATOR).saturating_add(OTHER_READS);
		// Decoding a validator's entries takes less than five microseconds.
		let decoding = validators.saturating_mul(5).saturating_mul(WEIGHT_REF_TIME_PER_MICROS);
		measured::WeightInfo::<T>::dispatch_root()
			.saturating_add(Weight::from_parts(decoding, 0))
			.saturating_add(T::DbWeight::get().reads(reads))
	}
}
