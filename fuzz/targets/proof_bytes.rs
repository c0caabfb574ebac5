//! Arbitrary bytes never panic and never prove anything; a key that is accepted is the reference's
//! encoding of it.
#![no_main]

use arbitrary::Arbitrary;
use jns_fuzz::{modulus_len, proves, spki, stretch};
use jns_primitives::proof::PublicKey;
use libfuzzer_sys::fuzz_target;
use rsa::{
	pkcs8::{DecodePublicKey, EncodePublicKey},
	RsaPublicKey,
};

#[derive(Arbitrary, Debug)]
struct Input {
	key: Key,
	message: Vec<u8>,
	signature: Vec<u8>,
	/// Whether the signature is made as long as a modulus.
	of_size: Option<u8>,
}

#[derive(Arbitrary, Debug)]
enum Key {
	Raw(Vec<u8>),
	/// The encoding of a key with that modulus.
	Around(u8, Vec<u8>),
}

fuzz_target!(|input: Input| {
	let key = match input.key {
		Key::Raw(bytes) => bytes,
		Key::Around(size, modulus) => spki(&stretch(&modulus, modulus_len(size))),
	};
	let signature = match input.of_size {
		Some(size) => stretch(&input.signature, modulus_len(size)),
		None => input.signature,
	};
	assert!(!proves(&key, &input.message, &signature));
	if let Ok(ours) = PublicKey::from_der(&key) {
		let _ = ours.id();
		let reference = RsaPublicKey::from_public_key_der(&key).expect("the reference accepts it");
		assert_eq!(reference.to_public_key_der().unwrap().as_bytes(), key);
	}
});
