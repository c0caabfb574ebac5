use super::*;
use crate::archive::{account_key, MAX_ARCHIVE};
use aes_gcm::{aead::Aead, Aes256Gcm, KeyInit};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const PLAIN_ID: &str = "19446fd55a641d32453b4eeefe8b4abd9b337243";
const LOCKED_ID: &str = "4825d5766497d8f4777eaed384cf7f5aa073521d";

/// The ID, with that password if one is asked for.
fn open(archive: &[u8], password: Option<&str>) -> Result<String, Error> {
	let ask = || password.map(|text| Zeroizing::new(text.to_owned())).ok_or(Error::NoPassword);
	account_key(archive, ask).map(|key| hex::encode(key.id().0))
}

fn lock(content: &[u8], password: &str) -> Vec<u8> {
	let salt = *b"\x7bsixteen bytes..";
	let params = argon2::Params::new(65_536, 16, 1, None).unwrap();
	let mut stretched = [0; 32];
	argon2::Argon2::new(argon2::Algorithm::Argon2i, argon2::Version::V0x13, params)
		.hash_password_into(password.as_bytes(), &salt, &mut stretched)
		.unwrap();
	let cipher = Aes256Gcm::new(&Sha256::digest(stretched));
	let sealed = cipher.encrypt(b"twelve bytes".into(), content).unwrap();
	[&salt[..], b"twelve bytes", &sealed].concat()
}

fn account(key: &[u8]) -> String {
	let (key, other) = (STANDARD.encode(key), STANDARD.encode(b"another"));
	format!(r#"{{"Account.alias":"alice","ringAccountKey":"{key}","ringCaKey":"{other}"}}"#)
}

#[test]
fn genuine_archives_open() {
	// A plain one asks for no password.
	assert_eq!(open(PLAIN_ARCHIVE, None).unwrap(), PLAIN_ID);
	assert_eq!(open(LOCKED_ARCHIVE, Some(ARCHIVE_PASSWORD)).unwrap(), LOCKED_ID);
}

#[test]
fn genuine_archives_open_when_a_web_server_packed_them_again() {
	assert_eq!(open(&gzip(PLAIN_ARCHIVE), None).unwrap(), PLAIN_ID);
	assert_eq!(open(&gzip(LOCKED_ARCHIVE), Some(ARCHIVE_PASSWORD)).unwrap(), LOCKED_ID);
	assert!(open(&gzip(&gzip(PLAIN_ARCHIVE)), Some("")).is_err());
}

#[test]
fn a_locked_archive_needs_its_password() {
	assert!(matches!(open(LOCKED_ARCHIVE, None), Err(Error::NoPassword)));
	for wrong in ["correct horse e", "", "correct horse é\n"] {
		assert!(matches!(open(LOCKED_ARCHIVE, Some(wrong)), Err(Error::WrongPassword)), "{wrong}");
	}
	let mut damaged = LOCKED_ARCHIVE.to_vec();
	damaged[9000] ^= 1;
	assert!(matches!(open(&damaged, Some(ARCHIVE_PASSWORD)), Err(Error::WrongPassword)));
}

#[test]
fn the_key_is_read_as_pem_and_as_der() {
	let made = Made::small(0);
	let id = hex::encode(key(0).id().0);
	let pem = made.pem();
	for content in [pem.clone().into_bytes(), format!("{pem}\0").into_bytes(), made.pkcs8()] {
		assert_eq!(open(&gzip(account(&content).as_bytes()), None).unwrap(), id);
	}
	// As JSON may have it, and not packed at all.
	let escaped = account(pem.as_bytes()).replace('/', "\\/");
	assert_eq!(open(escaped.as_bytes(), None).unwrap(), id);
	// Its salt begins as JSON does.
	let json = account(pem.as_bytes());
	assert_eq!(open(&lock(&zlib(json.as_bytes()), "a"), Some("a")).unwrap(), id);
	assert_eq!(open(&lock(&gzip(json.as_bytes()), "a"), Some("a")).unwrap(), id);
}

#[test]
fn what_is_no_account_is_refused() {
	for (json, is_without_key) in [
		("{}", true),
		(r#"{"ringAccountKey":""}"#, true),
		("", false),
		("[1]", false),
		(r#"{"ringAccountKey":7}"#, false),
		(r#"{"ringAccountKey":"%%"}"#, false),
		(r#"{"ringAccountKey":"YWxpY2U="}"#, false),
	] {
		let error = open(&gzip(json.as_bytes()), None).unwrap_err();
		assert_eq!(matches!(error, Error::NoAccountKey), is_without_key, "{json}: {error}");
	}
	let locked = open(&lock(b"not packed", "a"), Some("a"));
	assert!(matches!(locked, Err(Error::DamagedArchive(_))));
}

#[test]
fn a_cut_off_archive_is_refused() {
	for len in (0..PLAIN_ARCHIVE.len()).step_by(1009).chain([1, 2, 3, 10, 18]) {
		assert!(open(&PLAIN_ARCHIVE[..len], None).is_err(), "{len}");
	}
	for len in [1, 15, 16, 28, 44] {
		let error = open(&LOCKED_ARCHIVE[..len], Some(ARCHIVE_PASSWORD)).unwrap_err();
		assert!(matches!(error, Error::DamagedArchive(_)), "{len}: {error}");
	}
	let almost = &LOCKED_ARCHIVE[..LOCKED_ARCHIVE.len() - 1];
	assert!(matches!(open(almost, Some(ARCHIVE_PASSWORD)), Err(Error::WrongPassword)));
}

#[test]
fn an_archive_that_unpacks_to_too_much_is_refused() {
	let bomb = vec![b' '; MAX_ARCHIVE as usize + 1];
	for packed in [gzip(&bomb), gzip(&gzip(&bomb))] {
		assert!(packed.len() < 100_000);
		assert!(matches!(open(&packed, None), Err(Error::OversizedArchive { .. })));
	}
	let locked = lock(&zlib(&bomb), "a");
	assert!(matches!(open(&locked, Some("a")), Err(Error::OversizedArchive { .. })));
}
