//! The archive in which a Jami client keeps and exports an account.
//!
//! As its sources have it (jami-daemon: `fileutils.cpp`, `archiver.cpp`,
//! `jamidht/accountarchive.cpp`; OpenDHT: `crypto.cpp`), the account is a JSON object. The member
//! `ringAccountKey` is base64 of the account's private key, which is the PEM text of a PKCS#8 RSA
//! key, or its DER. The object is written
//!
//! * without a password: as gzip;
//! * with one: as zlib, locked, without anything that tells so:
//!
//! | bytes | what |
//! |---|---|
//! | 16 | salt |
//! | 12 | nonce of AES-256-GCM |
//! | as many as the zlib data | what that makes of it |
//! | 16 | tag |
//!
//! The key is the SHA-256 of Argon2i (version 0x13, 16 passes, 64 MiB, one lane, 32 bytes) of
//! password and salt. Either may be packed in gzip once more, since some web servers do that.
//!
//! So it has been from 2016-10, when accounts came to have several devices, to 2026-08 at least;
//! until 2017-08 there always was a password. Since 2024-01 a client can also open and write an
//! archive by the key itself, which it made of password and salt before: the password opens that as
//! well.

use crate::{
	key::AccountKey,
	secret::{read_up_to, MAX_SECRET},
	Error,
};
use aes_gcm::{aead::AeadInPlace, Aes256Gcm, KeyInit};
use argon2::{Algorithm, Argon2, Params, Version};
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use jns_primitives::client::read_base64;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{borrow::Cow, io::Read};
use zeroize::Zeroizing;

/// The longest archive that is read, and the most that it may unpack to. One has some ten
/// kilobytes, with many contacts a few hundred.
pub const MAX_ARCHIVE: u64 = 8 * 1024 * 1024;

const SALT_LEN: usize = 16;
const NONCE_LEN: usize = 12;
const TAG_LEN: usize = 16;
/// How often an archive may be packed.
const MAX_LAYERS: usize = 2;

#[derive(Deserialize)]
struct Account<'a> {
	#[serde(rename = "ringAccountKey", borrow)]
	key: Option<Cow<'a, str>>,
}

/// The account's key. The password is asked for if the archive has one.
pub fn account_key(
	archive: &[u8],
	password: impl FnOnce() -> Result<Zeroizing<String>, Error>,
) -> Result<AccountKey, Error> {
	let mut content = Zeroizing::new(archive.to_vec());
	for _ in 0..MAX_LAYERS {
		if is_gzip(&content) {
			content = unpack(MultiGzDecoder::new(&content[..]))?;
		}
	}
	// What is locked is never text, at that length.
	if std::str::from_utf8(&content).is_err() {
		let unlocked = unlock(&content, &password()?)?;
		content = if is_gzip(&unlocked) {
			unpack(MultiGzDecoder::new(&unlocked[..]))?
		} else {
			unpack(ZlibDecoder::new(&unlocked[..]))?
		};
	}
	let damaged = |_| Error::DamagedArchive("it holds no account in JSON");
	let account: Account = serde_json::from_slice(&content).map_err(damaged)?;
	let encoded = Zeroizing::new(account.key.ok_or(Error::NoAccountKey)?.into_owned());
	if encoded.is_empty() {
		return Err(Error::NoAccountKey);
	}
	if encoded.len() as u64 > MAX_SECRET {
		return Err(Error::DamagedKey);
	}
	let key = Zeroizing::new(read_base64(encoded.as_bytes()).ok_or(Error::DamagedKey)?);
	if key.starts_with(b"-----BEGIN") {
		AccountKey::from_pem(&key)
	} else {
		AccountKey::from_der(&key)
	}
}

fn is_gzip(bytes: &[u8]) -> bool {
	bytes.starts_with(&[0x1f, 0x8b, 0x08])
}

fn unpack(packed: impl Read) -> Result<Zeroizing<Vec<u8>>, Error> {
	read_up_to(packed, MAX_SECRET, MAX_ARCHIVE)
		.map_err(|_| Error::DamagedArchive("it cannot be unpacked"))?
		.ok_or(Error::OversizedArchive { limit: MAX_ARCHIVE })
}

fn unlock(locked: &[u8], password: &str) -> Result<Zeroizing<Vec<u8>>, Error> {
	const CUT_OFF: Error = Error::DamagedArchive("it is too short");
	let (salt, rest) = locked.split_at_checked(SALT_LEN).ok_or(CUT_OFF)?;
	let (nonce, rest) = rest.split_at_checked(NONCE_LEN).ok_or(CUT_OFF)?;
	let len = rest.len().checked_sub(TAG_LEN).filter(|len| *len > 0).ok_or(CUT_OFF)?;
	let (body, tag) = rest.split_at(len);

	let params = Params::new(64 * 1024, 16, 1, Some(32)).map_err(|_| Error::WrongPassword)?;
	let mut stretched = Zeroizing::new([0; 32]);
	Argon2::new(Algorithm::Argon2i, Version::V0x13, params)
		.hash_password_into(password.as_bytes(), salt, &mut stretched[..])
		.map_err(|_| Error::WrongPassword)?;
	let key = Zeroizing::new(<[u8; 32]>::from(Sha256::digest(&stretched[..])));

	let mut body = Zeroizing::new(body.to_vec());
	Aes256Gcm::new((&*key).into())
		.decrypt_in_place_detached(nonce.into(), b"", &mut body, tag.into())
		.map_err(|_| Error::WrongPassword)?;
	Ok(body)
}
