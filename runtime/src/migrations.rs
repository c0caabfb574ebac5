//! What an upgrade changes in the state. A released entry is removed with the next release.

/// Migrations that run in the block of the upgrade.
pub type SingleBlock = (Unreleased,);

/// Those of the release in the making.
pub type Unreleased = ();

/// Migrations that take several blocks.
#[cfg(not(feature = "runtime-benchmarks"))]
pub type MultiBlock = ();
