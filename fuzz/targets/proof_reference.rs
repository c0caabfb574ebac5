//! For every odd modulus of an accepted size and every signature, the power that is compared with the
//! expected block, and the verdict, are those of the crate `rsa`.
#![no_main]

use arbitrary::Arbitrary;
use jns_fuzz::{modulus_len, spki, stretch};
use jns_primitives::proof::{PublicKey, SignatureError};
use libfuzzer_sys::fuzz_target;
use rsa::{hazmat::rsa_encrypt, BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest, Sha512};

#[derive(Arbitrary, Debug)]
struct Input {
	size: u8,
	modulus: Vec<u8>,
	signature: Signature,
	/// What the verdict is asked for; not always, since it takes both powers again.
	message: Option<Vec<u8>>,
}

#[derive(Arbitrary, Debug)]
enum Signature {
	Bytes(Vec<u8>),
	/// The modulus less that.
	Below(u64),
}

fuzz_target!(|input: Input| {
	let len = modulus_len(input.size);
	let mut modulus = stretch(&input.modulus, len);
	modulus[0] |= 0x80;
	modulus[len - 1] |= 1;
	let number = BigUint::from_bytes_be(&modulus);
	let signature = match input.signature {
		Signature::Bytes(bytes) => stretch(&bytes, len),
		Signature::Below(less) => (&number - BigUint::from(less)).to_bytes_be(),
	};

	let der = spki(&modulus);
	let ours = PublicKey::from_der(&der).expect("it is an accepted key");
	let reference = RsaPublicKey::new(number.clone(), 65_537u32.into()).expect("so it is there");
	let power = ours.recover(&signature).map(|bytes| BigUint::from_bytes_be(&bytes));
	let signed = BigUint::from_bytes_be(&signature);
	if signature.len() != len {
		assert_eq!(power, Err(SignatureError::WrongLength));
	} else if signed >= number {
		assert_eq!(power, Err(SignatureError::OutOfRange));
	} else {
		assert_eq!(power, Ok(rsa_encrypt(&reference, &signed).unwrap()));
	}
	if let Some(message) = input.message {
		let digest = Sha512::digest(&message);
		let verdict = reference.verify(Pkcs1v15Sign::new::<Sha512>(), &digest, &signature);
		assert_eq!(ours.verify(&message, &signature).is_ok(), verdict.is_ok());
	}
});
