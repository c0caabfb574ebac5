//! The syntax of names: `[a-z0-9_-]{3,32}`.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, Input, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec, PalletError};
use scale_info::{Type, TypeDefPrimitive, TypeInfo};

/// Shortest name, in bytes.
pub const MIN_NAME_LEN: u32 = 3;
/// Longest name, in bytes.
pub const MAX_NAME_LEN: u32 = 32;

/// Why bytes are not a name.
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
	PalletError,
	TypeInfo,
)]
pub enum NameError {
	/// Fewer than [`MIN_NAME_LEN`] bytes.
	TooShort,
	/// More than [`MAX_NAME_LEN`] bytes.
	TooLong,
	/// A byte outside `[a-z0-9_-]`. Upper case is folded by clients and servers, not by the chain.
	InvalidCharacter,
}

/// A valid name. It cannot be made, nor decoded, from anything else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, MaxEncodedLen)]
pub struct Name(BoundedVec<u8, ConstU32<MAX_NAME_LEN>>);

impl Name {
	/// The name's bytes, which are ASCII.
	pub fn as_bytes(&self) -> &[u8] {
		&self.0
	}

	/// The name as text.
	pub fn as_str(&self) -> &str {
		core::str::from_utf8(&self.0).unwrap_or_default()
	}
}

impl TryFrom<Vec<u8>> for Name {
	type Error = NameError;

	fn try_from(bytes: Vec<u8>) -> Result<Self, NameError> {
		let bytes = BoundedVec::try_from(bytes).map_err(|_| NameError::TooLong)?;
		if bytes.len() < MIN_NAME_LEN as usize {
			return Err(NameError::TooShort);
		}
		if !bytes.iter().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-')) {
			return Err(NameError::InvalidCharacter);
		}
		Ok(Self(bytes))
	}
}

impl TryFrom<&[u8]> for Name {
	type Error = NameError;

	fn try_from(bytes: &[u8]) -> Result<Self, NameError> {
		if bytes.len() > MAX_NAME_LEN as usize {
			return Err(NameError::TooLong);
		}
		bytes.to_vec().try_into()
	}
}

impl Decode for Name {
	fn decode<I: Input>(input: &mut I) -> Result<Self, codec::Error> {
		let bytes = BoundedVec::<u8, ConstU32<MAX_NAME_LEN>>::decode(input)?;
		bytes.into_inner().try_into().map_err(|_| "not a name".into())
	}
}

impl DecodeWithMemTracking for Name {}

// Text to whoever reads the metadata, so that explorers show letters.
impl TypeInfo for Name {
	type Identity = Self;

	fn type_info() -> Type {
		TypeDefPrimitive::Str.into()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn syntax_is_what_the_clients_check() {
		for good in ["abc", "a-b", "___", "0-9", "try400-64", &"x".repeat(32)] {
			let name = Name::try_from(good.as_bytes()).unwrap();
			assert_eq!(name.as_str(), good);
		}
		for (bad, why) in [
			("", NameError::TooShort),
			("ab", NameError::TooShort),
			(&"x".repeat(33), NameError::TooLong),
			("Alice", NameError::InvalidCharacter),
			("a b", NameError::InvalidCharacter),
			("caf\u{e9}", NameError::InvalidCharacter),
			("a.b", NameError::InvalidCharacter),
			("abc\0", NameError::InvalidCharacter),
		] {
			assert_eq!(Name::try_from(bad.as_bytes()), Err(why), "{bad:?}");
		}
	}

	#[test]
	fn decoding_checks_the_syntax() {
		let good = Name::try_from(&b"alice"[..]).unwrap();
		assert_eq!(Name::decode(&mut &good.encode()[..]).unwrap(), good);
		assert!(Name::decode(&mut &b"Alice".to_vec().encode()[..]).is_err());
		assert!(Name::decode(&mut &[b'a'; 33].to_vec().encode()[..]).is_err());
	}
}
