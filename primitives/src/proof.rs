//! The proof that an ID wants a name: the account's RSA public key and its signature of the name.
//!
//! A Jami ID is the SHA-1 of the key's DER SubjectPublicKeyInfo (RFC 5280, 4.1.2.7; RFC 8017, A.1),
//! so a key must have exactly one accepted encoding, or its owner would have several IDs. With the
//! only exponent that Jami makes, 65537, everything but the modulus is fixed for a given size: the
//! encoding is written again around the modulus and compared whole. The signature is
//! RSASSA-PKCS1-v1_5 with SHA-512 (RFC 8017, 8.2.2), and the recovered block is compared with the one
//! expected encoding rather than parsed.

#[cfg(test)]
mod checked;
mod column;
mod modpow;
#[cfg(test)]
mod tests;

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec, PalletError};
use modpow::pow_65537;
use scale_info::TypeInfo;
use sha1::{Digest, Sha1};
use sha2::Sha512;

/// Bytes of the longest accepted key: RSA-4096.
pub const MAX_KEY_LEN: u32 = 550;
/// Bytes of the longest accepted signature: RSA-4096.
pub const MAX_SIGNATURE_LEN: u32 = 512;

/// A public key's accepted encoding, as kept in a record.
pub type KeyBytes = BoundedVec<u8, ConstU32<MAX_KEY_LEN>>;
/// A signature, as kept in a record.
pub type SignatureBytes = BoundedVec<u8, ConstU32<MAX_SIGNATURE_LEN>>;

/// A Jami ID: the SHA-1 of the account key's DER encoding, 20 bytes.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct JamiId(pub [u8; 20]);

/// Why bytes are not an accepted public key.
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
pub enum KeyError {
	/// Not as long as the encoding of a 2048, 3072 or 4096-bit key with exponent 65537.
	UnsupportedSize,
	/// As long as an accepted key, but not its one encoding.
	NotCanonical,
	/// The exponent is not 65537.
	UnsupportedExponent,
	/// The modulus has fewer bits than its size says, or is even.
	BadModulus,
}

/// Why a signature does not prove anything.
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
pub enum SignatureError {
	/// Not exactly as long as the modulus.
	WrongLength,
	/// Not smaller than the modulus.
	OutOfRange,
	/// Not this key's signature of this message.
	Mismatch,
}

/// The sizes of key that are accepted; verification costs differ between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySize {
	/// 2048 bits.
	Rsa2048,
	/// 3072 bits.
	Rsa3072,
	/// 4096 bits: what Jami makes.
	Rsa4096,
}

/// INTEGER 65537, the last bytes of every accepted key.
const EXPONENT: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];

impl KeySize {
	/// Every accepted size.
	pub const ALL: [Self; 3] = [Self::Rsa2048, Self::Rsa3072, Self::Rsa4096];

	/// Length of the modulus and of a signature, in bytes.
	pub const fn modulus_len(self) -> usize {
		match self {
			Self::Rsa2048 => 256,
			Self::Rsa3072 => 384,
			Self::Rsa4096 => 512,
		}
	}

	/// Length of the key's DER encoding, in bytes.
	pub const fn der_len(self) -> usize {
		self.modulus_len().saturating_add(38)
	}

	/// The size that a key of this length has, if any.
	pub fn of_der(der: &[u8]) -> Option<Self> {
		Self::ALL.into_iter().find(|size| size.der_len() == der.len())
	}

	/// What precedes the modulus: SEQUENCE { SEQUENCE { rsaEncryption, NULL }, BIT STRING {
	/// SEQUENCE { INTEGER ..., with the zero byte that keeps the modulus positive.
	fn prefix(self) -> [u8; 33] {
		let len = self.modulus_len() as u16; // At most 512.
		let [a, b] = len.saturating_add(34).to_be_bytes();
		let [c, d] = len.saturating_add(15).to_be_bytes();
		let [e, f] = len.saturating_add(10).to_be_bytes();
		let [g, h] = len.saturating_add(1).to_be_bytes();
		[
			0x30, 0x82, a, b, // SEQUENCE
			0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05,
			0x00, // SEQUENCE { OID 1.2.840.113549.1.1.1, NULL }
			0x03, 0x82, c, d, 0x00, // BIT STRING without unused bits
			0x30, 0x82, e, f, // SEQUENCE
			0x02, 0x82, g, h, 0x00, // INTEGER
		]
	}
}

/// An accepted public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey<'a> {
	der: &'a [u8],
	modulus: &'a [u8],
	size: KeySize,
}

impl<'a> PublicKey<'a> {
	/// Reads a DER SubjectPublicKeyInfo, accepting exactly one encoding per key.
	pub fn from_der(der: &'a [u8]) -> Result<Self, KeyError> {
		let size = KeySize::of_der(der).ok_or(KeyError::UnsupportedSize)?;
		let body = der.strip_prefix(&size.prefix()[..]).ok_or(KeyError::NotCanonical)?;
		let (modulus, exponent) =
			body.split_at_checked(size.modulus_len()).ok_or(KeyError::NotCanonical)?;
		if exponent != EXPONENT {
			return Err(match exponent {
				[0x02, 0x03, ..] => KeyError::UnsupportedExponent,
				_ => KeyError::NotCanonical,
			});
		}
		match (modulus.first(), modulus.last()) {
			(Some(first), Some(last)) if first & 0x80 != 0 && last & 1 != 0 => {
				Ok(Self { der, modulus, size })
			},
			_ => Err(KeyError::BadModulus),
		}
	}

	/// The one accepted encoding of the key with that big-endian modulus, if that has an accepted
	/// size.
	#[cfg(feature = "test-support")]
	pub fn encode(modulus: &[u8]) -> Option<Vec<u8>> {
		let size = KeySize::ALL.into_iter().find(|size| size.modulus_len() == modulus.len())?;
		Some([&size.prefix()[..], modulus, &EXPONENT].concat())
	}

	/// The ID that this key has.
	pub fn id(&self) -> JamiId {
		JamiId(Sha1::digest(self.der).into())
	}

	/// The key's size.
	pub fn size(&self) -> KeySize {
		self.size
	}

	/// Checks that `signature` is this key's RSASSA-PKCS1-v1_5 signature with SHA-512 of `message`.
	pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), SignatureError> {
		if self.recover(signature)? == expected_block(message, self.size.modulus_len()) {
			Ok(())
		} else {
			Err(SignatureError::Mismatch)
		}
	}

	/// The block to which `signature` opens: its power of the exponent modulo the modulus, big-endian
	/// and as long as that. For those who compare it with another library's.
	pub fn recover(&self, signature: &[u8]) -> Result<Vec<u8>, SignatureError> {
		if signature.len() != self.size.modulus_len() {
			return Err(SignatureError::WrongLength);
		}
		// A key's modulus is odd and has its highest bit set, so that only this is left.
		pow_65537(signature, self.modulus).ok_or(SignatureError::OutOfRange)
	}
}

/// EMSA-PKCS1-v1_5 (RFC 8017, 9.2) of `message` with SHA-512, `len` bytes.
pub(crate) fn expected_block(message: &[u8], len: usize) -> Vec<u8> {
	const DIGEST_INFO_LEN: usize = 19;
	/// DER of DigestInfo { { sha512, NULL }, OCTET STRING of 64 bytes }, less those bytes.
	const DIGEST_INFO: [u8; DIGEST_INFO_LEN] = [
		0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03,
		0x05, 0x00, 0x04, 0x40,
	];
	let mut block = Vec::with_capacity(len);
	block.extend([0x00, 0x01]);
	block.resize(len.saturating_sub(DIGEST_INFO_LEN.saturating_add(65)), 0xff);
	block.push(0x00);
	block.extend(DIGEST_INFO);
	block.extend(Sha512::digest(message));
	block
}
