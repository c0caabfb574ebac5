//! # JNS primitives
//!
//! What the runtime, the node and the tools share: names and IDs ([`Name`], [`JamiId`]), the
//! ownership proof ([`proof`]), what keys sign about their names ([`statement`]), how names lie in the
//! eternal storage ([`layout`]), the traits through which the pallets know each other ([`storage`],
//! [`council`]) and the runtime API ([`api`]). Natively there is also how clients write all this (`client`).

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
// Nothing on chain may panic or wrap.
#![cfg_attr(
	not(test),
	warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)
)]

extern crate alloc;

pub mod api;
#[cfg(feature = "std")]
pub mod client;
pub mod council;
pub mod layout;
pub mod name;
pub mod proof;
pub mod statement;
pub mod storage;
#[cfg(any(feature = "test-support", test))]
pub mod test_support;

pub use layout::{HandOver, NameRecord, Reservation, TakeBack, VersionedRecord};
pub use name::{Name, NameError};
pub use proof::JamiId;

use sp_runtime::{
	generic,
	traits::{BlakeTwo256, IdentifyAccount, Verify},
	MultiSignature, OpaqueExtrinsic,
};

/// How extrinsics are signed: ed25519, sr25519 or ecdsa.
pub type Signature = MultiSignature;
/// An account: a public key or its hash.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// An amount of the token, in its smallest unit (10^-12 JNS).
pub type Balance = u128;
/// Height of a block.
pub type BlockNumber = u32;
/// Number of transactions an account has sent.
pub type Nonce = u32;
/// A 256-bit hash.
pub type Hash = sp_core::H256;
/// A block's header.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block whose extrinsics are opaque: all that the node needs to know of it.
pub type Block = generic::Block<Header, OpaqueExtrinsic>;
/// Voting weight in the council. Its total is fixed at genesis.
pub type Stake = u128;

/// The token's decimal unit.
pub const JNS: Balance = 1_000_000_000_000;
/// A thousandth of [`JNS`].
pub const MILLI_JNS: Balance = JNS / 1_000;
