//! What a key says about its name besides wanting it: the bytes that it signs.
//!
//! A statement is the SCALE encoding, one part after the other, of
//!
//! | part | type |
//! |---|---|
//! | [`DOMAIN`] | `[u8; 9]` |
//! | hash of the genesis block | `[u8; 32]` |
//! | the action's number | `u8` |
//! | the name | string |
//! | block | `u32` |
//! | sequence | `u32` |
//! | for a hand-over: the new ID, and the last block in which it can accept | `[u8; 20]`, `u32` |
//!
//! signed as the name is, RSASSA-PKCS1-v1_5 with SHA-512. Block and sequence are the record's; for
//! [`Action::Claim`] and [`Action::TakeBack`], which are about no record, they are the block of the
//! assignment or of the release, and zero. The sequence rises with each statement that the chain accepts about a record, and a later record of the
//! same name has a later block or a higher sequence: a statement holds once, on one chain. It has
//! a `/` and no name has, so that it proves no registration, nor does a name make a statement.

use crate::{proof::JamiId, BlockNumber, Hash, Name};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;

/// What every statement begins with.
pub const DOMAIN: [u8; 9] = *b"jns/names";

/// What a key has done with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Action {
	/// Gives the name up. Signed by the record's key.
	Release,
	/// Allows another ID to take the name over. Signed by the record's key.
	HandOver {
		/// Which ID.
		to: JamiId,
		/// The last block in which it can.
		deadline: BlockNumber,
	},
	/// Takes that back. Signed by the record's key.
	CancelHandOver,
	/// Takes a name over that is handed over, and which the ID has held before. Signed by the new key.
	Accept,
	/// Takes a name that the council has assigned, and which the ID has held before. Signed by the new
	/// key.
	Claim,
	/// Takes a name back that was released, while it cools down. Signed by the key that released it.
	TakeBack,
}

impl Action {
	fn number(&self) -> u8 {
		match self {
			Self::Release => 0,
			Self::HandOver { .. } => 1,
			Self::CancelHandOver => 2,
			Self::Accept => 3,
			Self::Claim => 4,
			Self::TakeBack => 5,
		}
	}

	/// The bytes to sign for that name on the chain with that genesis.
	pub fn statement(
		&self,
		genesis: &Hash,
		name: &Name,
		block: BlockNumber,
		sequence: u32,
	) -> Vec<u8> {
		let common = (DOMAIN, genesis, self.number(), name, block, sequence).encode();
		match self {
			Self::HandOver { to, deadline } => [common, (to, deadline).encode()].concat(),
			_ => common,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::collections::BTreeSet;

	#[test]
	fn a_statement_is_written_as_documented() {
		let name = Name::try_from(&b"alice"[..]).unwrap();
		let action = Action::HandOver { to: JamiId([0xbb; 20]), deadline: 0x0403_0201 };
		let expected = [
			&b"jns/names"[..],
			&[0xaa; 32],
			&[1],
			&[5 << 2],
			b"alice",
			&[7, 0, 0, 0],
			&[9, 0, 0, 0],
			&[0xbb; 20],
			&[1, 2, 3, 4],
		]
		.concat();
		assert_eq!(action.statement(&Hash::repeat_byte(0xaa), &name, 7, 9), expected);
	}

	#[test]
	fn no_two_statements_are_the_same() {
		let mut seen = BTreeSet::new();
		let mut count = 0;
		for action in [
			Action::Release,
			Action::HandOver { to: JamiId([1; 20]), deadline: 1 },
			Action::HandOver { to: JamiId([1; 20]), deadline: 2 },
			Action::HandOver { to: JamiId([2; 20]), deadline: 1 },
			Action::CancelHandOver,
			Action::Accept,
			Action::Claim,
			Action::TakeBack,
		] {
			for genesis in [Hash::zero(), Hash::repeat_byte(1)] {
				for name in ["alice", "alicf", "alice1"] {
					let name = Name::try_from(name.as_bytes()).unwrap();
					for (block, sequence) in [(0, 0), (0, 1), (1, 0)] {
						let bytes = action.statement(&genesis, &name, block, sequence);
						assert!(bytes.starts_with(b"jns/"), "no name does");
						seen.insert(bytes);
						count += 1;
					}
				}
			}
		}
		assert_eq!(seen.len(), count);
	}
}
