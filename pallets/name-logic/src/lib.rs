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
//! * [`living`]: a name can be released, and handed over to another ID.
//!
//! Under both, the council reserves names, assigns them and takes them away.
//!
//! ## Terminology
//!
//! * **Proof**: a key and its signature of the name. Whoever has seen one can send it.
//! * **Statement**: what a key signs about a name that it has or gets
//!   ([`jns_primitives::statement`]). It holds once.
//! * **Mark**: a pair of name and ID that was registered. It is *spent* once the name is not that ID's
//!   any more.
//! * **Hand-over**: the record's key allows another ID to take the name over, until a deadline.
//! * **Cool-down**: the time in which a name that ended is free for nobody.
//!
//! ## Low-level
//!
//! Goals:
//! 1. *No state of its own*: everything is in the eternal storage, in the layout of
//!    [`jns_primitives::layout`], so that the next logic finds it.
//! 2. *What is not selected costs nothing*: a logic that may not write fails before it verifies.
//! 3. *Proven on chain*: the key hashes to the ID, and its signature of the name verifies.
//! 4. *What has ended stays ended*: the mark is laid with the registration, paid for by it and never
//!    lifted, so that no road on which a record ends, of this logic or of a later one, can forget it.
//! 5. *All logics heed what any of them left*: marks, cool-downs, hand-overs and reservations.
//!
//! ## Limitations
//!
//! A proof holds for whoever sends it, whenever, until its name is registered: once given, a name
//! cannot be un-signed. An ID that has ever signed a name can be made to have it while it has none.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
// Nothing on chain may panic or wrap.
#![cfg_attr(
	not(any(feature = "fuzzing", test)),
	warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)
)]

extern crate alloc;

pub mod living;
#[cfg(any(feature = "fuzzing", test))]
mod mock;
#[cfg(any(feature = "fuzzing", test))]
#[allow(missing_docs)] // The actions say themselves what they do.
pub mod model;
pub mod permanent;
pub mod registry;
pub mod weights;

pub use weights::WeightInfo;
