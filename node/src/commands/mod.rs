//! Subcommands that are ours.

pub mod jami;
pub mod proof;
pub mod rescue;
