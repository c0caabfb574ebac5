//! Names: 1 to 128 bytes of UTF-8 without `/`. Which of them exist is the rule of each name logic; today
//! those that Jami's clients have always known, `[a-z0-9_-]{3,32}`.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, Input, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec, PalletError};
use scale_info::{Type, TypeDefPrimitive, TypeInfo};

/// Longest name, in bytes.
pub const MAX_NAME_LEN: u32 = 128;
/// Shortest of Jami's names, in bytes.
pub const MIN_JAMI_NAME_LEN: u32 = 3;
/// Longest of Jami's names, in bytes.
pub const MAX_JAMI_NAME_LEN: u32 = 32;

/// Why bytes are not a name, or not one that exists under a logic.
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
	/// It has fewer bytes than the shortest name.
	TooShort,
	/// It has more bytes than the longest name.
	TooLong,
	/// It has a character that no name has. Upper case is folded by clients and servers, not by the
	/// chain.
	InvalidCharacter,
	/// It is not UTF-8.
	InvalidUtf8,
}

/// A valid name. It cannot be made, nor decoded, from anything else.
///
/// No name has a `/`: whatever else a key signs ([`crate::statement`]) has one, so that it cannot be
/// taken for the registration of a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, MaxEncodedLen)]
pub struct Name(BoundedVec<u8, ConstU32<MAX_NAME_LEN>>);

impl Name {
	/// The name's bytes, which are UTF-8.
	pub fn as_bytes(&self) -> &[u8] {
		&self.0
	}

	/// The name as text.
	pub fn as_str(&self) -> &str {
		core::str::from_utf8(&self.0).unwrap_or_default()
	}

	/// Checks that this is one of the names that Jami's clients have always known.
	///
	/// ## Errors
	/// `TooShort` below [`MIN_JAMI_NAME_LEN`], `TooLong` above [`MAX_JAMI_NAME_LEN`], `InvalidCharacter`
	/// for what is not in `[a-z0-9_-]`.
	pub fn check_jami(&self) -> Result<(), NameError> {
		let len = self.0.len() as u32;
		if !self.0.iter().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-')) {
			return Err(NameError::InvalidCharacter);
		}
		if len < MIN_JAMI_NAME_LEN {
			return Err(NameError::TooShort);
		}
		if len > MAX_JAMI_NAME_LEN {
			return Err(NameError::TooLong);
		}
		Ok(())
	}
}

impl TryFrom<Vec<u8>> for Name {
	type Error = NameError;

	fn try_from(bytes: Vec<u8>) -> Result<Self, NameError> {
		let bytes = BoundedVec::try_from(bytes).map_err(|_| NameError::TooLong)?;
		if bytes.is_empty() {
			return Err(NameError::TooShort);
		}
		if core::str::from_utf8(&bytes).is_err() {
			return Err(NameError::InvalidUtf8);
		}
		if bytes.contains(&b'/') {
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
	fn a_name_is_a_short_text_without_a_slash() {
		for good in ["a", "Alice", "caf\u{e9}", "a b", &"x".repeat(128), &"\u{65e5}".repeat(42)] {
			assert_eq!(Name::try_from(good.as_bytes()).unwrap().as_str(), good);
		}
		for (bad, why) in [
			(&b""[..], NameError::TooShort),
			(&[b'x'; 129], NameError::TooLong),
			(b"a/b", NameError::InvalidCharacter),
			(b"caf\xe9", NameError::InvalidUtf8),
			(b"\xed\xa0\x80", NameError::InvalidUtf8),
		] {
			assert_eq!(Name::try_from(bad), Err(why), "{bad:?}");
		}
	}

	#[test]
	fn jamis_names_are_what_the_clients_check() {
		let check = |text: &str| Name::try_from(text.as_bytes()).unwrap().check_jami();
		for good in ["abc", "a-b", "___", "0-9", "try400-64", &"x".repeat(32)] {
			assert_eq!(check(good), Ok(()), "{good:?}");
		}
		for (bad, why) in [
			("ab", NameError::TooShort),
			(&"x".repeat(33), NameError::TooLong),
			("Alice", NameError::InvalidCharacter),
			("a b", NameError::InvalidCharacter),
			("caf\u{e9}", NameError::InvalidCharacter),
			("a.b", NameError::InvalidCharacter),
			("abc\0", NameError::InvalidCharacter),
		] {
			assert_eq!(check(bad), Err(why), "{bad:?}");
		}
	}

	#[test]
	fn decoding_checks_the_syntax() {
		let good = Name::try_from("caf\u{e9}".as_bytes()).unwrap();
		assert_eq!(Name::decode(&mut &good.encode()[..]).unwrap(), good);
		assert!(Name::decode(&mut &b"a/b".to_vec().encode()[..]).is_err());
		assert!(Name::decode(&mut &[b'a'; 129].to_vec().encode()[..]).is_err());
	}
}
