//! # The tool for keys
//!
//! What a Jami account's key does for its name, done by the owner: proofs of a name and statements
//! about it are made, shown in words, checked, composed into calls and sent. `jns-node jami` is
//! this crate's command line ([`cli`]) and a connection to a node ([`chain::Chain`]).
//!
//! * The key comes from a PEM file ([`key`]) or from the archive that a Jami client exports
//!   ([`archive`]). Nothing of it is ever written: neither to a terminal, a file, a log, nor a node.
//! * What is signed is composed here, from facts that are shown first. A node is asked for facts and
//!   for calls, and neither is believed without a check where one is possible.
//! * What is made can be read again, and says what it proves ([`document`]).

#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

pub mod archive;
pub mod chain;
pub mod cli;
pub mod document;
pub mod error;
pub mod key;
mod run;
pub mod secret;
#[cfg(test)]
mod tests;

pub use chain::{Chain, ChainError, Submitted};
pub use cli::JamiCmd;
pub use error::Error;
pub use run::{run, run_on_terminal, Io};
