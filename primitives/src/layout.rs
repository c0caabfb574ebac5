//! How names lie in the eternal storage: what one logic leaves, the next one finds.
//!
//! | key | kind | value |
//! |---|---|---|
//! | [`record_key`] = blake2-256(`jns/record/` ++ name) | bytes | SCALE of [`VersionedRecord`] |
//! | [`reverse_key`] = blake2-256(`jns/reverse/` ++ ID) | string | the name |
//! | [`mark_key`] = blake2-256(`jns/mark/` ++ record key ++ ID) | bool | true |
//! | [`cool_down_key`] = blake2-256(`jns/cool-down/` ++ record key) | uint256 | first block in which the name is free again |
//! | [`hand_over_key`] = blake2-256(`jns/hand-over/` ++ record key) | bytes32 | SCALE of [`HandOver`], then zeros |
//! | [`take_back_key`] = blake2-256(`jns/take-back/` ++ record key) | bytes32 | SCALE of [`TakeBack`], then zeros |
//! | [`reservation_key`] = blake2-256(`jns/reservation/` ++ record key) | bytes32 | SCALE of [`Reservation`], then zeros |
//!
//! All that is kept about a name hangs on its record key, which names it without telling it. A later
//! layout takes other prefixes. What a later logic keeps besides lies at keys of its own, in any kind but
//! `bytes`: those hold records and nothing else, so that they can be paged. A field that all records
//! shall have makes a new [`VersionedRecord`].
//!
//! A **mark** is laid with the registration and never lifted: as soon as the name is not that ID's any
//! more, by whatever road, the pair is *spent*, and the proof with which it was registered is dead.

use crate::{
	proof::{JamiId, KeyBytes, SignatureBytes},
	storage::Key,
	BlockNumber, Name,
};
use codec::{Decode, DecodeAll, DecodeWithMemTracking, Encode, MaxEncodedLen};
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

/// A record as it lies in the storage: its first byte says in which version.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum VersionedRecord {
	/// The first.
	#[codec(index = 1)]
	V1(NameRecord),
}

impl VersionedRecord {
	/// Reads a stored record; `None` if the bytes are not one of a version that is known here.
	pub fn read(bytes: &[u8]) -> Option<NameRecord> {
		match Self::decode_all(&mut &bytes[..]) {
			Ok(Self::V1(record)) => Some(record),
			Err(_) => None,
		}
	}
}

impl From<NameRecord> for VersionedRecord {
	fn from(record: NameRecord) -> Self {
		Self::V1(record)
	}
}

/// A name that its owner allows another ID to take over.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct HandOver {
	/// Who may.
	pub to: JamiId,
	/// The last block in which it may.
	pub deadline: BlockNumber,
}

/// A released name that its former ID alone may take back while it cools down.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct TakeBack {
	/// Who may.
	pub by: JamiId,
	/// The block in which it was released. It can be taken back from the next one on.
	pub since: BlockNumber,
}

/// A name that the council keeps back.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Reservation {
	/// Who may register it all the same.
	pub assigned_to: Option<JamiId>,
	/// The block in which the council decided this.
	pub since: BlockNumber,
}

/// Where the record of a name lies.
pub fn record_key(name: &Name) -> Key {
	hash(b"jns/record/", name.as_bytes())
}

/// Where the name of an ID lies.
pub fn reverse_key(id: &JamiId) -> Key {
	hash(b"jns/reverse/", &id.0)
}

/// Where it is marked that an ID registered the name with that record key.
pub fn mark_key(record: &Key, id: &JamiId) -> Key {
	hash(b"jns/mark/", &[&record[..], &id.0].concat())
}

/// Where the end of the cool-down of the name with that record key lies.
pub fn cool_down_key(record: &Key) -> Key {
	hash(b"jns/cool-down/", record)
}

/// Where the [`HandOver`] of the name with that record key lies.
pub fn hand_over_key(record: &Key) -> Key {
	hash(b"jns/hand-over/", record)
}

/// Where the [`TakeBack`] of the name with that record key lies.
pub fn take_back_key(record: &Key) -> Key {
	hash(b"jns/take-back/", record)
}

/// Where the [`Reservation`] of the name with that record key lies.
pub fn reservation_key(record: &Key) -> Key {
	hash(b"jns/reservation/", record)
}

/// The SCALE encoding of something small, filled up with zeros; nothing if it is longer than that.
pub fn pack(value: &impl Encode) -> Option<[u8; 32]> {
	let mut packed = [0; 32];
	let encoded = value.encode();
	packed.get_mut(..encoded.len())?.copy_from_slice(&encoded);
	Some(packed)
}

/// What [`pack`] packed.
pub fn unpack<T: Decode>(packed: &[u8; 32]) -> Option<T> {
	let rest = &mut &packed[..];
	let value = T::decode(rest).ok()?;
	rest.iter().all(|byte| *byte == 0).then_some(value)
}

fn hash(prefix: &[u8], rest: &[u8]) -> Key {
	blake2_256(&[prefix, rest].concat())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn small_values_fill_a_word() {
		for assigned_to in [None, Some(JamiId([7; 20]))] {
			let reservation = Reservation { assigned_to, since: 9 };
			let packed = pack(&reservation).unwrap();
			assert_eq!(unpack(&packed), Some(reservation));
			let mut tail = packed;
			tail[31] = 1;
			assert_eq!(unpack::<Reservation>(&tail), None);
		}
		let hand_over = HandOver { to: JamiId([1; 20]), deadline: u32::MAX };
		assert_eq!(unpack(&pack(&hand_over).unwrap()), Some(hand_over));
		assert_eq!(pack(&[1u8; 33]), None);
		assert_eq!(unpack::<Reservation>(&[0xff; 32]), None);
	}

	#[test]
	fn a_record_says_in_which_version_it_is_written() {
		let record = NameRecord {
			name: Name::try_from("caf\u{e9}".as_bytes()).unwrap(),
			id: JamiId([3; 20]),
			key: Default::default(),
			signature: Default::default(),
			block: 7,
			sequence: 2,
		};
		let bytes = VersionedRecord::from(record.clone()).encode();
		assert_eq!(bytes, [&[1][..], &record.encode()].concat());
		assert_eq!(VersionedRecord::read(&bytes), Some(record.clone()));
		let later = [&[2][..], &record.encode()].concat();
		let longer = [&bytes[..], &[0]].concat();
		for unknown in [&later[..], &longer, &bytes[..9], &record.encode(), &[]] {
			assert_eq!(VersionedRecord::read(unknown), None);
		}
	}

	#[test]
	fn every_use_of_a_name_has_a_key_of_its_own() {
		let record = record_key(&Name::try_from(&b"alice"[..]).unwrap());
		let (a, b) = (JamiId([1; 20]), JamiId([2; 20]));
		let keys = [
			record,
			reverse_key(&a),
			mark_key(&record, &a),
			mark_key(&record, &b),
			cool_down_key(&record),
			hand_over_key(&record),
			take_back_key(&record),
			reservation_key(&record),
		];
		let distinct: alloc::collections::BTreeSet<_> = keys.iter().collect();
		assert_eq!(distinct.len(), keys.len());
	}
}
