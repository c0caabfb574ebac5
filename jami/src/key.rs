//! An account's private key.

use crate::Error;
use base64::{engine::general_purpose::STANDARD, Engine};
use jns_primitives::{proof::PublicKey, JamiId};
use ring::{
	rand::SystemRandom,
	rsa::{KeyPair, PublicKeyComponents},
	signature::RSA_PKCS1_SHA512,
};
use zeroize::Zeroizing;

const EXPONENT: [u8; 3] = [1, 0, 1];
/// What `ring` says of keys that the chain does not take either.
const UNACCEPTED: [&str; 3] = ["TooSmall", "TooLarge", "PrivateModulusLenNotMultipleOf512Bits"];

/// A private RSA key that the chain accepts. It cannot be printed.
pub struct AccountKey {
	pair: KeyPair,
	der: Vec<u8>,
	id: JamiId,
}

impl AccountKey {
	/// Reads the first private key of a PEM text: PKCS#8 or PKCS#1, not encrypted.
	pub fn from_pem(pem: &[u8]) -> Result<Self, Error> {
		let text = std::str::from_utf8(pem).map_err(|_| Error::NoPrivateKey { found: None })?;
		let mut lines = text.split(['\r', '\n', '\0']).map(str::trim);
		let mut found = None;
		loop {
			let Some(line) = lines.next() else { return Err(Error::NoPrivateKey { found }) };
			let label =
				line.strip_prefix("-----BEGIN ").and_then(|rest| rest.strip_suffix("-----"));
			match label {
				Some("PRIVATE KEY" | "RSA PRIVATE KEY") => break,
				Some("ENCRYPTED PRIVATE KEY") => return Err(Error::EncryptedPem),
				// Of named curves, DSA, OpenSSH's own format.
				Some(label) if label.ends_with("PRIVATE KEY") => return Err(Error::NotRsa),
				Some("PUBLIC KEY" | "RSA PUBLIC KEY") => found = Some("PUBLIC KEY"),
				Some("CERTIFICATE") => found = Some("CERTIFICATE"),
				_ => (),
			}
		}
		let mut body = Zeroizing::new(String::with_capacity(text.len()));
		loop {
			match lines.next() {
				Some(line) if line.starts_with("-----END ") => break,
				Some(line) if line.contains("ENCRYPTED") => return Err(Error::EncryptedPem),
				Some(line) => body.push_str(line),
				None => return Err(Error::DamagedKey),
			}
		}
		let der = Zeroizing::new(STANDARD.decode(&body[..]).map_err(|_| Error::DamagedKey)?);
		Self::from_der(&der)
	}

	/// Reads the DER of a private key: PKCS#8 or PKCS#1.
	pub fn from_der(der: &[u8]) -> Result<Self, Error> {
		let pair = match KeyPair::from_pkcs8(der) {
			Ok(pair) => pair,
			// PKCS#1 is refused as that, and PKCS#8 is refused here in turn.
			Err(first) => KeyPair::from_der(der).map_err(|second| {
				let reasons = [first.to_string(), second.to_string()];
				let has = |why: &str| reasons.iter().any(|reason| reason == why);
				if has("WrongAlgorithm") {
					Error::NotRsa
				} else if UNACCEPTED.into_iter().any(has) {
					Error::UnacceptedKey
				} else {
					Error::DamagedKey
				}
			})?,
		};
		let PublicKeyComponents { n, e }: PublicKeyComponents<Vec<u8>> = pair.public().into();
		if e != EXPONENT {
			return Err(Error::UnacceptedKey);
		}
		let der = PublicKey::encode(&n).ok_or(Error::UnacceptedKey)?;
		let id = PublicKey::from_der(&der).map_err(|_| Error::UnacceptedKey)?.id();
		Ok(Self { pair, der, id })
	}

	/// The ID that this key has.
	pub fn id(&self) -> JamiId {
		self.id
	}

	/// The public key's one accepted encoding.
	pub fn public(&self) -> &[u8] {
		&self.der
	}

	/// The signature of a message, as the chain verifies it.
	pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
		let mut signature = vec![0; self.pair.public().modulus_len()];
		self.pair
			.sign(&RSA_PKCS1_SHA512, &SystemRandom::new(), message, &mut signature)
			.map_err(|_| Error::WrongSignature)?;
		PublicKey::from_der(&self.der)
			.map_err(|_| Error::UnacceptedKey)?
			.verify(message, &signature)
			.map_err(|_| Error::WrongSignature)?;
		Ok(signature)
	}
}
