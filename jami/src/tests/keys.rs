use super::*;
use crate::key::AccountKey;
use jns_primitives::{
	proof::PublicKey,
	test_support::{identities::test_keys, small_key_registrations},
};

fn refusal(pem: &str) -> Error {
	AccountKey::from_pem(pem.as_bytes()).err().expect("it is refused")
}

fn prime(n: usize) -> BigUint {
	let primes: Vec<String> = serde_json::from_str(PRIMES_1024).unwrap();
	BigUint::parse_bytes(primes[n].as_bytes(), 16).unwrap()
}

#[test]
fn keys_of_every_accepted_size_and_form_sign_as_the_chain_verifies() {
	// Some have the greater prime first, some the smaller.
	let orders = [(0, 1), (0, 2), (1, 2)].map(|(p, q)| prime(p) > prime(q));
	assert!(orders.contains(&true) && orders.contains(&false));
	let pool: Vec<_> = (0..3).map(|n| (Made::small(n), key(n))).collect();
	let large = (Made::new(PRIMES_2048, 0, 1), test_keys(1).remove(0));
	for (made, expected) in pool.into_iter().chain([large]) {
		let pems = [made.pem(), as_pem("RSA PRIVATE KEY", &made.pkcs1)];
		let ders = [made.pkcs8(), made.pkcs1];
		let of_pems = pems.iter().map(|pem| AccountKey::from_pem(pem.as_bytes()).ok().unwrap());
		let of_ders = ders.iter().map(|der| AccountKey::from_der(der).ok().unwrap());
		for key in of_pems.chain(of_ders) {
			assert_eq!(key.id(), expected.id());
			assert_eq!(key.public(), expected.der());
			assert_eq!(key.sign(b"alice").unwrap(), expected.sign(b"alice"));
		}
	}
}

#[test]
fn keys_of_openssl_are_read() {
	for form in ["rsa-3072", "rsa-3072-pkcs1"] {
		let key = AccountKey::from_pem(pem(form).as_bytes()).ok().unwrap();
		assert_eq!(hex::encode(key.id().0), "5164f8167d41ebcbb8f27607ae43e9bc81871ce4");
		let signature = key.sign(b"alice").unwrap();
		let public = PublicKey::from_der(key.public()).unwrap();
		assert_eq!(public.verify(b"alice", &signature), Ok(()));
		assert!(public.verify(b"alicf", &signature).is_err());
	}
	// Other sizes of the chain's own fixtures.
	assert!(small_key_registrations().iter().all(|r| PublicKey::from_der(&r.key).is_ok()));
}

#[test]
fn a_key_behind_other_blocks_or_with_other_line_ends_is_read() {
	let key = pem("rsa-3072");
	for text in [
		format!("{}{key}", pem("public")),
		format!("Some words\n\n{key}{key}"),
		key.replace('\n', "\r\n"),
		format!("{key}\0"),
	] {
		assert!(AccountKey::from_pem(text.as_bytes()).is_ok(), "{}", &text[..40]);
	}
}

#[test]
fn encrypted_keys_are_refused_with_the_command_that_decrypts_them() {
	for which in ["encrypted-pkcs8", "encrypted-pkcs1"] {
		let error = refusal(&pem(which));
		assert!(matches!(error, Error::EncryptedPem), "{which}: {error}");
		assert!(error.to_string().contains("openssl pkey -in FILE"));
	}
}

#[test]
fn keys_that_the_chain_does_not_take_are_refused() {
	for which in ["rsa-1024", "rsa-2560", "exponent-3", "exponent-65539"] {
		let error = refusal(&pem(which));
		assert!(matches!(error, Error::UnacceptedKey), "{which}: {error}");
	}
	for which in ["ec", "ec-sec1", "ed25519", "rsa-pss"] {
		let error = refusal(&pem(which));
		assert!(matches!(error, Error::NotRsa), "{which}: {error}");
	}
	for text in [pem("public"), String::new(), "alice".into()] {
		assert!(matches!(refusal(&text), Error::NoPrivateKey { .. }), "{text}");
	}
}

#[test]
fn damaged_keys_make_no_signatures() {
	let made = Made::small(0);
	for len in (0..made.pkcs1.len()).step_by(7) {
		assert!(AccountKey::from_der(&made.pkcs1[..len]).is_err());
	}
	let pem = made.pem();
	let cut_off = &pem[..pem.len() / 2];
	assert!(matches!(refusal(cut_off), Error::DamagedKey));
	assert!(matches!(refusal(&pem.replacen("MII", "M!I", 1)), Error::DamagedKey));
	let mut signed = 0;
	for at in (0..made.pkcs1.len()).step_by(5) {
		let mut der = made.pkcs1.clone();
		der[at] ^= 1;
		// The private exponent is of no use beside the rest, so that damage to it does no harm.
		if let Ok(signature) = AccountKey::from_der(&der).and_then(|key| key.sign(b"alice")) {
			assert_eq!(signature, key(0).sign(b"alice"));
			signed += 1;
		}
	}
	assert!(signed < made.pkcs1.len() / 5 / 3, "{signed}");
}
