//! The release that this is.

use crate::*;

release! {
	spec_version: 1_000,
	logics: (PermanentNames, LivingNames),
	more_pallets: {}
}
