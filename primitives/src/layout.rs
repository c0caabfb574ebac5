//! How names lie in the eternal storage: what one logic leaves, the next one finds.
//!
//! | key | kind | value |
//! |---|---|---|
//! | [`record_key`] = blake2-256(`jns/record/` ++ name) | bytes | SCALE of [`NameRecord`] |
//! | [`reverse_key`] = blake2-256(`jns/reverse/` ++ ID) | string | the name |
//!
//! The store's `bytes` hold records and nothing else, so that they can be paged. A later layout takes
//! other prefixes.

use crate::{
	proof::{JamiId, KeyBytes, SignatureBytes},
	storage::Key,
	BlockNumber, Name,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_io::hashing::blake2_256;

/// The council's label of the store in which names live.
pub const NAMES_LABEL: &[u8] = b"jns.names";

/// What a name resolves to.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct NameRecord {
	/// The name itself, since its key in the storage is a hash.
	pub name: Name,
	/// Whose name it is.
	pub id: JamiId,
	/// The DER SubjectPublicKeyInfo whose SHA-1 is the ID.
	pub key: KeyBytes,
	/// The key's RSASSA-PKCS1-v1_5 signature with SHA-512 of the name.
	pub signature: SignatureBytes,
	/// The block in which the name was registered.
	pub block: BlockNumber,
	/// Number of actions that the key has signed about this name since.
	pub sequence: u32,
}

/// Where the record of a name lies.
pub fn record_key(name: &Name) -> Key {
	hash(b"jns/record/", name.as_bytes())
}

/// Where the name of an ID lies.
pub fn reverse_key(id: &JamiId) -> Key {
	hash(b"jns/reverse/", &id.0)
}

fn hash(prefix: &[u8], rest: &[u8]) -> Key {
	blake2_256(&[prefix, rest].concat())
}
