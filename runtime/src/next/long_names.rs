//! Names that live, and have at least eight characters.

use crate::*;
use frame_support::{instances::Instance3, parameter_types, PalletId};
use jns_primitives::{name::NameError, statement::Action, Name};
use pallet_name_logic::{Living, Rules};

/// Least length of a name, in bytes.
const MIN_LEN: usize = 8;

/// The rules.
pub struct LongNamesRules;

impl Rules for LongNamesRules {
	const MAX_NAME_LEN: u32 = Living::MAX_NAME_LEN;

	fn check_name(name: &Name) -> Result<(), NameError> {
		if name.as_bytes().len() < MIN_LEN {
			return Err(NameError::TooShort);
		}
		Living::check_name(name)
	}

	fn allows(action: &Action) -> bool {
		Living::allows(action)
	}
}

parameter_types! {
	pub const LongNamesPalletId: PalletId = PalletId(*b"jns/long");
}

impl pallet_name_logic::Config<Instance3> for Runtime {
	type PalletId = LongNamesPalletId;
	type Rules = LongNamesRules;
	type WeightInfo = weights::pallet_name_logic::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = benchmarks::NamesHelper;
}
