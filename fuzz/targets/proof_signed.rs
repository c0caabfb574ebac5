//! What the reference signs is proven, whatever the message; with one byte of the signature changed, it
//! is not. The keys are made for this, with `openssl genpkey`.
#![no_main]

use arbitrary::Arbitrary;
use jns_fuzz::{proves, spki};
use libfuzzer_sys::fuzz_target;
use rsa::{pkcs8::DecodePrivateKey, traits::PublicKeyParts, Pkcs1v15Sign, RsaPrivateKey};
use sha2::{Digest, Sha512};
use std::sync::LazyLock;

/// With the encodings of their public halves.
static KEYS: LazyLock<[(RsaPrivateKey, Vec<u8>); 3]> = LazyLock::new(|| {
	[
		include_str!("../keys/2048.pem"),
		include_str!("../keys/3072.pem"),
		include_str!("../keys/4096.pem"),
	]
	.map(|pem| {
		let key = RsaPrivateKey::from_pkcs8_pem(pem).unwrap();
		let der = spki(&key.n().to_bytes_be());
		(key, der)
	})
});

#[derive(Arbitrary, Debug)]
struct Input {
	key: u8,
	message: Vec<u8>,
	/// Where the signature is changed, and how.
	change: Option<(u16, u8)>,
}

fuzz_target!(|input: Input| {
	let (key, der) = &KEYS[usize::from(input.key) % KEYS.len()];
	let digest = Sha512::digest(&input.message);
	let mut signature = key.sign(Pkcs1v15Sign::new::<Sha512>(), &digest).unwrap();
	let (at, with) = input.change.unwrap_or((0, 0));
	let at = usize::from(at) % signature.len();
	signature[at] ^= with;
	assert_eq!(proves(der, &input.message, &signature), with == 0);
});
