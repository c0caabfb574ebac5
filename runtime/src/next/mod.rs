//! A later release, to which the tests upgrade a chain: it takes the place of `release.rs` in the wasm
//! that `tools/next-runtime` builds, and is in no other.

mod long_names;
mod panics;

use crate::*;

impl panics::Config for Runtime {
	type PanicOrigin = pallet_council::EnsureCouncil<Runtime>;
}

release! {
	spec_version: 1_001,
	logics: (PermanentNames, LivingNames, LongNames),
	more_pallets: {
		#[runtime::pallet_index(200)]
		pub type LongNames = pallet_name_logic<Instance3>;
		#[runtime::pallet_index(201)]
		pub type Panics = panics;
	}
}
