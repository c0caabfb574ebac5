//! # Name logic
//!
//! Who may register a Jami name. Each logic is a pallet of its own with exactly the calls that it
//! allows; the council selects one of them, and the eternal storage lets only that one write.
//!
//! ## Overview
//!
//! A name belongs to a Jami ID, which is the hash of a public key. Whoever shows that key and its
//! signature of the name registers it for the ID; who sends the transaction, and pays, may be
//! anybody.
//!
//! * [`permanent`]: a name is registered once, for ever.
//!
//! ## Low-level
//!
//! Goals:
//! 1. *No state of its own*: everything is in the eternal storage, in the layout of
//!    [`jns_primitives::layout`], so that the next logic finds it.
//! 2. *What is not selected costs nothing*: a logic that may not write fails before it verifies.
//! 3. *Proven on chain*: the key hashes to the ID, and its signature of the name verifies.
//!
//! ## Limitations
//!
//! A proof holds for whoever sends it, whenever: once given, a name cannot be un-signed.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
// Nothing on chain may panic or wrap.
#![cfg_attr(
	not(test),
	warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)
)]

extern crate alloc;

#[cfg(test)]
mod mock;
pub mod permanent;
pub mod registry;
