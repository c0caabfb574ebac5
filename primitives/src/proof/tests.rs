//! Tables of keys and signatures: genuine ones prove, and nothing a byte away from them does.

use super::*;
use crate::test_support::{
	genuine_registrations,
	identities::{test_key, TestKey},
	small_key_registrations,
};
use alloc::vec;
use sha2::Sha256;

const NAME: &[u8] = b"alice";

#[test]
fn genuine_registrations_are_proven() {
	let all = genuine_registrations();
	assert_eq!(all.len(), 8);
	for r in all {
		let key = PublicKey::from_der(&r.key).unwrap();
		assert_eq!((key.id(), key.size()), (r.id, KeySize::Rsa4096));
		assert_eq!(key.verify(&r.name, &r.signature), Ok(()));
	}
}

#[test]
fn smaller_keys_prove_too() {
	let sizes = small_key_registrations().into_iter().map(|r| {
		let key = PublicKey::from_der(&r.key).unwrap();
		assert_eq!(key.id(), r.id);
		assert_eq!(key.verify(&r.name, &r.signature), Ok(()));
		assert_eq!(key.verify(b"another", &r.signature), Err(SignatureError::Mismatch));
		key.size()
	});
	assert_eq!(sizes.collect::<Vec<_>>(), [KeySize::Rsa2048, KeySize::Rsa3072]);
}

#[test]
fn every_byte_around_the_modulus_is_fixed() {
	let good = genuine_registrations()[0].key.clone();
	for at in (0..33).chain(545..550) {
		for flip in [1, 2, 0x80] {
			let mut bytes = good.clone();
			bytes[at] ^= flip;
			let error = PublicKey::from_der(&bytes).unwrap_err();
			let of_exponent = (547..550).contains(&at);
			let expected = match of_exponent {
				true => KeyError::UnsupportedExponent,
				false => KeyError::NotCanonical,
			};
			assert_eq!(error, expected, "byte {at}");
		}
	}
}

/// Tag, length in the fewest bytes, value.
fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
	let [.., a, b] = value.len().to_be_bytes();
	let head = match value.len() {
		0..=0x7f => vec![tag, b],
		0x80..=0xff => vec![tag, 0x81, b],
		_ => vec![tag, 0x82, a, b],
	};
	[head, value.to_vec()].concat()
}

const RSA_ENCRYPTION: &[u8] = &[0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const NULL: &[u8] = &[5, 0];
const F4: &[u8] = &[2, 3, 1, 0, 1];

/// A SubjectPublicKeyInfo of an algorithm and the parts of an RSAPublicKey.
fn spki(algorithm: &[&[u8]], unused_bits: u8, integers: &[&[u8]]) -> Vec<u8> {
	let key = [&[unused_bits], &tlv(0x30, &integers.concat())[..]].concat();
	tlv(0x30, &[tlv(0x30, &algorithm.concat()), tlv(3, &key)].concat())
}

/// The INTEGER of a modulus with its highest bit set.
fn positive(modulus: &[u8]) -> Vec<u8> {
	tlv(2, &[&[0], modulus].concat())
}

#[test]
fn a_key_has_one_encoding() {
	use KeyError::*;
	let n = test_key().modulus();
	let number = positive(&n);
	let rsa: &[&[u8]] = &[RSA_ENCRYPTION, NULL];
	let good = spki(rsa, 0, &[&number, F4]);
	assert!(PublicKey::from_der(&good).is_ok());
	assert_eq!(PublicKey::encode(&n), Some(good.clone()));

	let with = |at: usize, from: &[u8], to: &[u8]| {
		assert_eq!(&good[at..at + from.len()], from);
		[&good[..at], to, &good[at + from.len()..]].concat()
	};
	let sized = |bits: usize| {
		let mut modulus = vec![0xff; bits.div_ceil(8)];
		modulus[0] >>= (8 - bits % 8) % 8;
		let integer = if modulus[0] < 0x80 { tlv(2, &modulus) } else { positive(&modulus) };
		spki(rsa, 0, &[&integer, F4])
	};
	let last = |to: u8| [&n[..511], &[to]].concat();
	let inner = [number.clone(), F4.to_vec()].concat();
	let ec = [0x06, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
	let p256 = [0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
	let point = |len| tlv(3, &[vec![0, 4], vec![7; len]].concat());
	let ed25519 = tlv(0x30, &[tlv(0x30, &[6, 3, 0x2b, 0x65, 0x70]), point(31)].concat());
	let pss = [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10];
	let md5 = [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 4];

	let table: Vec<(&str, Vec<u8>, KeyError)> = vec![
		("nothing", vec![], UnsupportedSize),
		("zeros", vec![0; 550], NotCanonical),
		("ones", vec![0xff; 550], NotCanonical),
		("one byte less", good[..549].to_vec(), UnsupportedSize),
		("without its first byte", good[1..].to_vec(), UnsupportedSize),
		("a trailing zero", [&good[..], &[0]].concat(), UnsupportedSize),
		("twice", [&good[..], &good[..]].concat(), UnsupportedSize),
		("no NULL", spki(&[RSA_ENCRYPTION], 0, &[&number, F4]), UnsupportedSize),
		("two NULLs", spki(&[RSA_ENCRYPTION, NULL, NULL], 0, &[&number, F4]), UnsupportedSize),
		(
			"a NULL of one byte",
			spki(&[RSA_ENCRYPTION, &[5, 1, 0]], 0, &[&number, F4]),
			UnsupportedSize,
		),
		(
			"an empty sequence for NULL",
			spki(&[RSA_ENCRYPTION, &[0x30, 0]], 0, &[&number, F4]),
			NotCanonical,
		),
		(
			"NULL's length in two bytes",
			spki(&[RSA_ENCRYPTION, &[5, 0x81, 0]], 0, &[&number, F4]),
			UnsupportedSize,
		),
		("of RSASSA-PSS", spki(&[&pss, NULL], 0, &[&number, F4]), NotCanonical),
		("of md5WithRSAEncryption", spki(&[&md5, NULL], 0, &[&number, F4]), NotCanonical),
		("an unused bit", spki(rsa, 1, &[&number, F4]), NotCanonical),
		("seven unused bits", spki(rsa, 7, &[&number, F4]), NotCanonical),
		(
			"a leading zero more",
			spki(rsa, 0, &[&tlv(2, &[&[0, 0], &n[..]].concat()), F4]),
			UnsupportedSize,
		),
		("a negative modulus", spki(rsa, 0, &[&tlv(2, &n), F4]), UnsupportedSize),
		(
			"a negative modulus of the right length",
			spki(rsa, 0, &[&tlv(2, &[&[0xff], &n[..]].concat()), F4]),
			NotCanonical,
		),
		("no exponent", spki(rsa, 0, &[&number]), UnsupportedSize),
		("no modulus", spki(rsa, 0, &[F4]), UnsupportedSize),
		("the exponent first", spki(rsa, 0, &[F4, &number]), NotCanonical),
		("a third integer", spki(rsa, 0, &[&number, F4, &[2, 1, 0]]), UnsupportedSize),
		("the exponent 3", spki(rsa, 0, &[&number, &[2, 1, 3]]), UnsupportedSize),
		(
			"the exponent 3 in three bytes",
			spki(rsa, 0, &[&number, &[2, 3, 0, 0, 3]]),
			UnsupportedExponent,
		),
		("the exponent 1", spki(rsa, 0, &[&number, &[2, 3, 0, 0, 1]]), UnsupportedExponent),
		("the exponent 0", spki(rsa, 0, &[&number, &[2, 3, 0, 0, 0]]), UnsupportedExponent),
		("an even exponent", spki(rsa, 0, &[&number, &[2, 3, 1, 0, 0]]), UnsupportedExponent),
		("the exponent 65539", spki(rsa, 0, &[&number, &[2, 3, 1, 0, 3]]), UnsupportedExponent),
		("a negative exponent", spki(rsa, 0, &[&number, &[2, 3, 0x81, 0, 1]]), UnsupportedExponent),
		(
			"a leading zero in the exponent",
			spki(rsa, 0, &[&number, &[2, 4, 0, 1, 0, 1]]),
			UnsupportedSize,
		),
		(
			"the exponent as an octet string",
			spki(rsa, 0, &[&number, &[4, 3, 1, 0, 1]]),
			NotCanonical,
		),
		(
			"an indefinite length outside",
			[&with(0, &[0x30, 0x82, 2, 0x22], &[0x30, 0x80])[..], &[0, 0]].concat(),
			NotCanonical,
		),
		("an indefinite length inside", with(24, &[0x30, 0x82], &[0x30, 0x80]), NotCanonical),
		("a length in three bytes", with(0, &[0x30, 0x82], &[0x30, 0x83, 0]), UnsupportedSize),
		(
			"the algorithm's length in two bytes",
			with(4, &[0x30, 13], &[0x30, 0x81, 13]),
			UnsupportedSize,
		),
		("a set for a sequence", with(0, &[0x30], &[0x31]), NotCanonical),
		("an octet string for the bit string", with(19, &[3], &[4]), NotCanonical),
		("a constructed bit string", with(19, &[3], &[0x23]), NotCanonical),
		("a length one too long", with(2, &[2, 0x22], &[2, 0x23]), NotCanonical),
		("a modulus' length one too short", with(30, &[2, 1], &[2, 0]), NotCanonical),
		("an RSAPublicKey alone", tlv(0x30, &inner), UnsupportedSize),
		("its bit string alone", good[19..].to_vec(), UnsupportedSize),
		("text before", [b"-----BEGIN PUBLIC KEY-----\n", &good[..]].concat(), UnsupportedSize),
		(
			"a client's trailing NUL, in a key one byte short",
			[&good[..549], &[0]].concat(),
			UnsupportedExponent,
		),
		(
			"an EC key",
			tlv(0x30, &[tlv(0x30, &[&ec[..], &p256].concat()), point(64)].concat()),
			UnsupportedSize,
		),
		(
			"an EC key as long as an RSA key",
			tlv(0x30, &[tlv(0x30, &[&ec[..], &p256].concat()), point(519)].concat()),
			NotCanonical,
		),
		("an Ed25519 key", ed25519, UnsupportedSize),
		("an even modulus", spki(rsa, 0, &[&positive(&last(0)), F4]), BadModulus),
		("an even modulus, again", spki(rsa, 0, &[&positive(&last(0xfe)), F4]), BadModulus),
		(
			"4095 bits in the room of 4096",
			spki(rsa, 0, &[&positive(&[&[0x7f], &n[1..]].concat()), F4]),
			BadModulus,
		),
		("a modulus of zeros", spki(rsa, 0, &[&positive(&[0; 512]), F4]), BadModulus),
		("512 bits", sized(512), UnsupportedSize),
		("1024 bits", sized(1024), UnsupportedSize),
		("2040 bits", sized(2040), UnsupportedSize),
		("2047 bits", sized(2047), UnsupportedSize),
		("2049 bits", sized(2049), NotCanonical),
		("2056 bits", sized(2056), UnsupportedSize),
		("4095 bits", sized(4095), UnsupportedSize),
		("4097 bits", sized(4097), NotCanonical),
		("4104 bits", sized(4104), UnsupportedSize),
		("8192 bits", sized(8192), UnsupportedSize),
	];
	assert!(table.len() > 60);
	for (what, key, error) in table {
		assert_eq!(PublicKey::from_der(&key).map(|key| key.id()), Err(error), "{what}");
	}
}

/// `00 type ff.. 00 rest`, 512 bytes.
fn padded(block_type: u8, rest: &[u8]) -> Vec<u8> {
	let fill = vec![0xff; 509 - rest.len()];
	[&[0, block_type], &fill[..], &[0], rest].concat()
}

/// DigestInfo of a hash with the last number of its OID under 2.16.840.1.101.3.4.2.
fn digest_info(oid: u8, parameters: &[u8], hash: &[u8]) -> Vec<u8> {
	let oid = [0x06, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, oid];
	tlv(0x30, &[tlv(0x30, &[&oid, parameters].concat()), tlv(4, hash)].concat())
}

/// EMSA-PSS (RFC 8017, 9.1.1) with SHA-512, MGF1 and a salt of 64 bytes.
fn pss(message: &[u8]) -> Vec<u8> {
	let (salt, hash) = ([7; 64], Sha512::digest(message));
	let h = Sha512::digest([&[0; 8], &hash[..], &salt].concat());
	let mut db = [&vec![0; 512 - 64 - 64 - 2][..], &[1], &salt].concat();
	let mask = (0u32..).flat_map(|n| Sha512::digest([&h[..], &n.to_be_bytes()].concat()));
	db.iter_mut().zip(mask).for_each(|(byte, mask)| *byte ^= mask);
	db[0] &= 0x7f;
	[&db[..], &h, &[0xbc]].concat()
}

#[test]
fn a_signature_opens_to_the_one_expected_block() {
	let key = test_key();
	let r = key.registration(NAME.to_vec());
	let public = PublicKey::from_der(&r.key).unwrap();
	assert_eq!(public.verify(NAME, &r.signature), Ok(()));
	let hash = Sha512::digest(NAME).to_vec();
	let good = digest_info(3, NULL, &hash);
	assert_eq!(padded(1, &good), expected_block(NAME, 512));

	let changed = |at: usize, to: u8| {
		let mut block = padded(1, &good);
		assert_ne!(block[at], to);
		block[at] = to;
		block
	};
	// The digest early and rubbish behind it, which parsers do not look at (Bleichenbacher 2006).
	let early = |fill: usize, rubbish: u8| {
		let head = [&[0, 1], &vec![0xff; fill][..], &[0], &good[..]].concat();
		let rest = vec![rubbish; 512 - head.len()];
		[head, rest].concat()
	};
	let long_form = [&[0x30, 0x81, 0x51], &good[2..]].concat();
	let appended = tlv(0x30, &[&good[2..], NULL].concat());
	let in_parameters = digest_info(3, &tlv(4, &[0xaa; 200]), &hash);
	let table: Vec<(&str, Vec<u8>)> = vec![
		("block type 0", padded(0, &good)),
		("block type 2", padded(2, &good)),
		("a first byte of 1", changed(0, 1)),
		("a gap in the padding", changed(100, 0)),
		("another byte in the padding", changed(300, 0xfe)),
		("no separator", changed(511 - good.len(), 0xff)),
		("no padding but eight bytes", early(8, 0)),
		("no padding at all", early(0, 0)),
		("rubbish behind the digest", early(8, 0xaa)),
		("one byte behind the digest", early(425, 0)),
		("no NULL", padded(1, &digest_info(3, &[], &hash))),
		("rubbish in the parameters", padded(1, &in_parameters)),
		("a NULL at the end", padded(1, &appended)),
		("a length in two bytes", padded(1, &long_form)),
		("SHA-256 for SHA-512", padded(1, &digest_info(1, NULL, &Sha256::digest(NAME)))),
		("SHA-256's OID with SHA-512's hash", padded(1, &digest_info(1, NULL, &hash))),
		(
			"SHA-512's OID with SHA-256's hash",
			padded(1, &digest_info(3, NULL, &Sha256::digest(NAME))),
		),
		("SHA-384's OID", padded(1, &digest_info(2, NULL, &hash[..48]))),
		("SHA-512/256's OID", padded(1, &digest_info(6, NULL, &hash[..32]))),
		("a hash cut short", padded(1, &digest_info(3, NULL, &hash[..63]))),
		("an empty hash", padded(1, &digest_info(3, NULL, &[]))),
		("a hash alone", padded(1, &hash)),
		("the name itself", padded(1, NAME)),
		("nothing", padded(1, &[])),
		("another name", expected_block(b"alicf", 512)),
		("the name in upper case", expected_block(b"ALICE", 512)),
		("the name with a NUL", expected_block(b"alice\0", 512)),
		("the hash of the hash", padded(1, &digest_info(3, NULL, &Sha512::digest(&hash)))),
		("a smaller key's block", [vec![0; 256], expected_block(NAME, 256)].concat()),
		("RSASSA-PSS", pss(NAME)),
	];
	for (what, block) in &table {
		let signature = key.private_power(block);
		let opened = public.recover(&signature).unwrap();
		assert_eq!(opened, *block, "{what}: the signature is the key's");
		assert_eq!(public.verify(NAME, &signature), Err(SignatureError::Mismatch), "{what}");
	}
	assert_eq!(table.len(), 30);
	assert_no_bytes_beside(&key, &r.signature, &public);
}

/// What is no signature at all, or a good one written otherwise.
fn assert_no_bytes_beside(key: &TestKey, good: &[u8], public: &PublicKey) {
	use num_bigint::BigUint;
	use SignatureError::*;
	let n = key.modulus();
	let (number, signature) = (BigUint::from_bytes_be(&n), BigUint::from_bytes_be(good));
	let bytes = |number: BigUint| {
		let bytes = number.to_bytes_be();
		[vec![0; 512usize.saturating_sub(bytes.len())], bytes].concat()
	};
	let one = BigUint::from(1u8);
	let flipped = |at: usize| {
		let mut bytes = good.to_vec();
		bytes[at] ^= 1;
		bytes
	};
	let foreign = genuine_registrations().remove(0);
	for (what, signature, error) in [
		("nothing", vec![], WrongLength),
		("one byte less", good[1..].to_vec(), WrongLength),
		("one byte less at the end", good[..511].to_vec(), WrongLength),
		("a zero before", [&[0], good].concat(), WrongLength),
		("a zero behind", [good, &[0]].concat(), WrongLength),
		("in a bit string", tlv(3, good), WrongLength),
		("a smaller key's length", good[256..].to_vec(), WrongLength),
		("0", vec![0; 512], Mismatch),
		("1", bytes(one.clone()), Mismatch),
		("the modulus less one", bytes(&number - &one), Mismatch),
		("the modulus", n.clone(), OutOfRange),
		("the modulus and one", bytes(&number + &one), OutOfRange),
		("the largest number", vec![0xff; 512], OutOfRange),
		("the signature, negative", bytes(&number - &signature), Mismatch),
		("backwards", good.iter().rev().copied().collect(), Mismatch),
		("its first bit", flipped(100), Mismatch),
		("its last bit", flipped(511), Mismatch),
		("the expected block itself", expected_block(NAME, 512), Mismatch),
		("another key's", foreign.signature, Mismatch),
	] {
		let result = public.verify(NAME, &signature);
		// Backwards it may be above the modulus, which is no signature either.
		let larger = signature.len() == 512 && signature >= n;
		assert_eq!(result, Err(if larger { OutOfRange } else { error }), "{what}");
	}
	// The same number, once more around.
	let around = &signature + &number;
	let expected = if around.bits() > 4096 { WrongLength } else { OutOfRange };
	assert_eq!(public.verify(NAME, &bytes(around)), Err(expected));
}
