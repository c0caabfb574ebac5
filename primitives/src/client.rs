//! How Jami clients write a registration, and read one: JSON with keys and signatures in base64.
//!
//! A key is base64 of its PEM text, in nearly every shipped client with a byte of zero behind it. All
//! this is a matter of the edges: the chain sees DER, a Jami ID and a signature.

use crate::JamiId;
use alloc::{format, string::String, vec::Vec};
use base64::{
	alphabet,
	engine::{general_purpose::STANDARD, DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
	Engine,
};
use serde::Deserialize;

/// Base64 as clients write it, with `=` at its end or without.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
	&alphabet::STANDARD,
	GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

const BEGIN: &str = "-----BEGIN PUBLIC KEY-----";
const END: &str = "-----END PUBLIC KEY-----";

/// What a client posts to register a name. It states an `owner` too, which nobody ever signs for.
#[derive(Clone, Debug, Deserialize)]
pub struct Posted {
	/// The Jami ID, in hexadecimal.
	pub addr: String,
	/// Base64 of the signature.
	pub signature: String,
	/// Base64 of the key's PEM text, or of its DER.
	pub publickey: String,
}

/// What is posted, decoded; nothing of it is verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostedProof {
	/// The ID that is stated.
	pub id: JamiId,
	/// The key's DER, if it is one.
	pub key: Vec<u8>,
	/// The signature.
	pub signature: Vec<u8>,
}

/// Which field cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostedError {
	/// Not forty hexadecimal digits.
	Addr,
	/// Not base64 of a public key.
	PublicKey,
	/// Not base64.
	Signature,
}

impl core::fmt::Display for PostedError {
	fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
		f.write_str(match self {
			Self::Addr => "`addr` is not an ID, 40 digits of hexadecimal",
			Self::PublicKey => "`publickey` is not base64 of a public key",
			Self::Signature => "`signature` is not base64",
		})
	}
}

impl Posted {
	/// Reads all fields.
	pub fn decode(&self) -> Result<PostedProof, PostedError> {
		Ok(PostedProof {
			id: read_id(&self.addr).ok_or(PostedError::Addr)?,
			key: read_key(&self.publickey).ok_or(PostedError::PublicKey)?,
			signature: read_base64(self.signature.as_bytes()).ok_or(PostedError::Signature)?,
		})
	}
}

/// An ID in hexadecimal of either case, with `0x` or one of the schemes of Jami's addresses before it
/// or without.
pub fn read_id(text: &str) -> Option<JamiId> {
	let bare = ["ring:", "jami:"].iter().find_map(|scheme| text.strip_prefix(scheme));
	let digits = bare.unwrap_or(text);
	let digits = digits.strip_prefix("0x").unwrap_or(digits);
	hex::decode(digits).ok()?.try_into().ok().map(JamiId)
}

/// The DER in base64 of a PEM text, mostly with a byte of zero behind it, or of the DER itself.
pub fn read_key(text: &str) -> Option<Vec<u8>> {
	let decoded = read_base64(text.as_bytes())?;
	if !decoded.starts_with(b"-----BEGIN") {
		return Some(decoded);
	}
	let pem = core::str::from_utf8(&decoded).ok()?;
	let pem = pem.strip_suffix('\0').unwrap_or(pem).trim();
	let body = pem.strip_prefix(BEGIN)?.strip_suffix(END)?;
	let body: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
	read_base64(&body)
}

/// The bytes that clients write in base64.
pub fn read_base64(text: &[u8]) -> Option<Vec<u8>> {
	LENIENT.decode(text).ok()
}

/// A key's DER as clients read it: base64 of its PEM text.
pub fn write_key(der: &[u8]) -> String {
	let body = STANDARD.encode(der);
	let mut pem = format!("{BEGIN}\n");
	for line in body.as_bytes().chunks(64) {
		pem.extend(line.iter().map(|byte| char::from(*byte)));
		pem.push('\n');
	}
	pem.push_str(END);
	pem.push('\n');
	STANDARD.encode(pem)
}

/// Bytes in base64.
pub fn write_base64(bytes: &[u8]) -> String {
	STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::test_support::genuine_registrations;
	use alloc::vec;

	#[test]
	fn ids_are_read_as_clients_and_their_users_write_them() {
		let id = JamiId([0xab; 20]);
		let digits = "ab".repeat(20);
		for text in [
			digits.clone(),
			digits.to_uppercase(),
			format!("0x{digits}"),
			format!("ring:{digits}"),
			format!("jami:0x{digits}"),
		] {
			assert_eq!(read_id(&text), Some(id), "{text}");
		}
		for text in ["", "0x", &digits[1..], &digits[2..], "jami:", &format!("0X{digits}")] {
			assert_eq!(read_id(text), None, "{text}");
		}
	}

	#[test]
	fn a_key_is_read_as_it_is_written() {
		for registration in genuine_registrations() {
			assert_eq!(read_key(&write_key(&registration.key)), Some(registration.key));
		}
	}

	#[test]
	fn a_key_may_be_pem_or_der_and_end_with_a_zero() {
		let der = vec![0x30, 1, 2, 3];
		let pem = format!("{BEGIN}\r\nMAEC\r\nAw==\r\n{END}");
		for text in [pem.clone(), format!("{pem}\0"), format!("{pem}\n\0")] {
			assert_eq!(read_key(&STANDARD.encode(&text)), Some(der.clone()), "{text:?}");
		}
		assert_eq!(read_key(&STANDARD.encode(&der)), Some(der));
		let other = pem.replace("PUBLIC KEY", "CERTIFICATE");
		assert_eq!(read_key(&STANDARD.encode(other)), None);
		assert_eq!(read_key("not base64!"), None);
	}
}
