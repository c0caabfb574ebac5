//! Genuine registrations, changed: they prove what they did as long as nothing changed.
#![no_main]

use arbitrary::Arbitrary;
use jns_fuzz::proves;
use jns_primitives::test_support::{genuine_registrations, small_key_registrations, Registration};
use libfuzzer_sys::fuzz_target;
use rsa::BigUint;
use std::sync::LazyLock;

static GENUINE: LazyLock<Vec<Registration>> =
	LazyLock::new(|| [genuine_registrations(), small_key_registrations()].concat());

#[derive(Arbitrary, Debug)]
struct Edit {
	of: Field,
	at: u16,
	change: Change,
}

#[derive(Arbitrary, Debug, Clone, Copy)]
enum Field {
	Key,
	Name,
	Signature,
}

#[derive(Arbitrary, Debug)]
enum Change {
	Xor(u8),
	Insert(u8),
	Remove,
	Truncate,
	/// With what another registration has there.
	Replace(u8),
	/// By the number that it lacks to the modulus.
	Negate,
}

fn genuine(choice: u8) -> &'static Registration {
	&GENUINE[usize::from(choice) % GENUINE.len()]
}

fn field(registration: &Registration, of: Field) -> &Vec<u8> {
	match of {
		Field::Key => &registration.key,
		Field::Name => &registration.name,
		Field::Signature => &registration.signature,
	}
}

fn edit(registration: &mut Registration, Edit { of, at, change }: Edit) {
	let mut bytes = field(registration, of).clone();
	// Where they end is a place, too.
	let at = usize::from(at) % (bytes.len() + 1);
	match change {
		Change::Xor(with) => {
			if let Some(byte) = bytes.get_mut(at) {
				*byte ^= with;
			}
		},
		Change::Insert(byte) => bytes.insert(at, byte),
		Change::Remove => {
			if at < bytes.len() {
				bytes.remove(at);
			}
		},
		Change::Truncate => bytes.truncate(at),
		Change::Replace(by) => bytes = field(genuine(by), of).clone(),
		Change::Negate => {
			let modulus = registration.key.get(33..registration.key.len().saturating_sub(5));
			let modulus = BigUint::from_bytes_be(modulus.unwrap_or_default());
			let number = BigUint::from_bytes_be(&bytes);
			if number < modulus {
				bytes = (modulus - number).to_bytes_be();
			}
		},
	}
	match of {
		Field::Key => registration.key = bytes,
		Field::Name => registration.name = bytes,
		Field::Signature => registration.signature = bytes,
	}
}

fuzz_target!(|input: (u8, Vec<Edit>)| {
	let mut changed = genuine(input.0).clone();
	for one in input.1 {
		edit(&mut changed, one);
	}
	let same = |r: &Registration| {
		[Field::Key, Field::Name, Field::Signature]
			.into_iter()
			.all(|of| field(r, of) == field(&changed, of))
	};
	let proven = proves(&changed.key, &changed.name, &changed.signature);
	assert_eq!(proven, GENUINE.iter().any(same));
});
