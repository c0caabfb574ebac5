//! Where in the chain's state the answers lie.
//!
//! The store of names is what the council has under the label `jns.names`:
//!
//! ```text
//! twox128("Council") ++ twox128("StoreOf") ++ blake2_128(label) ++ label
//! ```
//!
//! with the label as SCALE bytes, that is with its length before it. What is there is the store's
//! number. In that store an entry lies at
//!
//! ```text
//! twox128("EternalStorage") ++ twox128("EntryOf")
//!     ++ twox64(store) ++ store ++ twox64(kind) ++ kind ++ blake2_128(key) ++ key
//! ```
//!
//! A record has the kind [`ValueKind::Bytes`] and the key [`layout::record_key`] of its name, the name of
//! an ID the kind [`ValueKind::String`] and the key [`layout::reverse_key`]. An entry begins with its
//! value, behind which is a deposit.
//!
//! The authorities that finalize blocks lie at
//!
//! ```text
//! twox128("Grandpa") ++ twox128("Authorities")
//! ```
//!
//! The runtime's tests compare these keys with its pallets'.

use crate::Question;
use codec::Encode;
use jns_primitives::{
	layout,
	storage::{Key, StoreId, ValueKind},
};
use sp_io::hashing::{blake2_128, twox_128, twox_64};

/// Where the number of the store of names lies.
pub fn store() -> Vec<u8> {
	[prefix("Council", "StoreOf"), by_blake2(&layout::NAMES_LABEL.encode())].concat()
}

/// Where the list of authorities lies.
pub fn authorities() -> Vec<u8> {
	prefix("Grandpa", "Authorities")
}

/// Where an entry of a store lies.
pub fn entry(store: StoreId, kind: ValueKind, key: &Key) -> Vec<u8> {
	let entries = prefix("EternalStorage", "EntryOf");
	[entries, by_twox(&store.encode()), by_twox(&kind.encode()), by_blake2(key)].concat()
}

impl Question {
	/// Where the answer lies in the store of names.
	pub fn entry(&self, store: StoreId) -> Vec<u8> {
		match self {
			Self::Name(name) => entry(store, ValueKind::Bytes, &layout::record_key(name)),
			Self::Id(id) => entry(store, ValueKind::String, &layout::reverse_key(id)),
		}
	}

	/// All that has to be proven, given the store of names as the state has it.
	pub fn keys(&self, store_of_names: Option<StoreId>) -> Vec<Vec<u8>> {
		[store()].into_iter().chain(store_of_names.map(|store| self.entry(store))).collect()
	}
}

fn prefix(pallet: &str, item: &str) -> Vec<u8> {
	[twox_128(pallet.as_bytes()), twox_128(item.as_bytes())].concat()
}

fn by_twox(key: &[u8]) -> Vec<u8> {
	[&twox_64(key)[..], key].concat()
}

fn by_blake2(key: &[u8]) -> Vec<u8> {
	[&blake2_128(key)[..], key].concat()
}
