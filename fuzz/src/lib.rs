//! What the targets for proofs share.

use jns_primitives::proof::{KeySize, PublicKey};

/// Whether that is accepted as a proof.
pub fn proves(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
	PublicKey::from_der(key).is_ok_and(|key| key.verify(message, signature).is_ok())
}

/// Length of the modulus of one of the accepted sizes, in bytes.
pub fn modulus_len(choice: u8) -> usize {
	KeySize::ALL[usize::from(choice) % KeySize::ALL.len()].modulus_len()
}

/// Exactly so many bytes: the last one is repeated, or the rest left out.
pub fn stretch(bytes: &[u8], len: usize) -> Vec<u8> {
	let mut bytes = bytes.to_vec();
	bytes.resize(len, bytes.last().copied().unwrap_or(0));
	bytes
}

/// The DER SubjectPublicKeyInfo of a key with that modulus and the exponent 65537, unless the first
/// byte of the modulus is below 0x80.
pub fn spki(modulus: &[u8]) -> Vec<u8> {
	let integers = [tlv(0x02, &[&[0], modulus].concat()), tlv(0x02, &[1, 0, 1])].concat();
	let rsa_encryption = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
	let algorithm = [tlv(0x06, &rsa_encryption), tlv(0x05, &[])].concat();
	let key = [&[0], &tlv(0x30, &integers)[..]].concat();
	tlv(0x30, &[tlv(0x30, &algorithm), tlv(0x03, &key)].concat())
}

fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
	let len = value.len();
	let head = match len {
		0..=0x7f => vec![tag, len as u8],
		0x80..=0xff => vec![tag, 0x81, len as u8],
		_ => vec![tag, 0x82, (len >> 8) as u8, len as u8],
	};
	[&head, value].concat()
}
