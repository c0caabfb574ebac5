//! Subcommands that are ours.

pub mod jami;
