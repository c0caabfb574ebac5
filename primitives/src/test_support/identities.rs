//! Jami identities in bulk: every pair of a pool of committed primes is an RSA-4096 key. Anybody can
//! sign with them: they are for tests alone.

// Natively, on a committed fixture.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use super::Registration;
use crate::{
	proof::{expected_block, PublicKey},
	JamiId,
};
use alloc::{format, string::String, vec::Vec};
use num_bigint::BigUint;

/// 46 primes of 2048 bits in hex, such that every product of two has 4096 bits.
const PRIMES: &str = include_str!("../../fixtures/test-primes.json");
/// 4 primes of 1024 bits, such that every product of two has 2048 bits.
const SMALL_PRIMES: &str = include_str!("../../fixtures/test-primes-1024.json");
const EXPONENT: u32 = 65537;

/// One prime, and the private exponent modulo it less one.
#[derive(Clone)]
struct Prime {
	value: BigUint,
	exponent: BigUint,
}

impl Prime {
	/// The private power of a number below the modulus, modulo this prime.
	fn power(&self, base: &BigUint) -> BigUint {
		(base % &self.value).modpow(&self.exponent, &self.value)
	}
}

fn primes(json: &str) -> Vec<Prime> {
	let hex: Vec<String> = serde_json::from_str(json).expect("the fixture is valid JSON");
	hex.iter()
		.map(|hex| {
			let value = BigUint::parse_bytes(hex.as_bytes(), 16).expect("the fixture has hex");
			let exponent = BigUint::from(EXPONENT)
				.modinv(&(&value - 1u32))
				.expect("the exponent divides no prime less one");
			Prime { value, exponent }
		})
		.collect()
}

/// A key of the pool, private half and all.
pub struct TestKey {
	p: Prime,
	q: Prime,
	/// Of `q`, modulo `p`.
	inverse: BigUint,
}

impl TestKey {
	fn new(p: &Prime, q: &Prime) -> Self {
		let inverse = q.value.modinv(&p.value).expect("they are different primes");
		Self { p: p.clone(), q: q.clone(), inverse }
	}

	/// The big-endian modulus.
	pub fn modulus(&self) -> Vec<u8> {
		(&self.p.value * &self.q.value).to_bytes_be()
	}

	/// The key's DER SubjectPublicKeyInfo.
	pub fn der(&self) -> Vec<u8> {
		PublicKey::encode(&self.modulus()).expect("the modulus has an accepted size")
	}

	/// The ID that this key has.
	pub fn id(&self) -> JamiId {
		PublicKey::from_der(&self.der()).expect("this is how keys are written").id()
	}

	/// The private power of a big-endian block below the modulus, as long as that: by the Chinese
	/// remainder theorem (RFC 8017, 5.1.2).
	pub fn private_power(&self, block: &[u8]) -> Vec<u8> {
		let len = self.modulus().len();
		let block = BigUint::from_bytes_be(block);
		let (of_p, of_q) = (self.p.power(&block), self.q.power(&block));
		let difference = (&self.p.value + &of_p - (&of_q % &self.p.value)) % &self.p.value;
		let power = &of_q + &self.q.value * ((difference * &self.inverse) % &self.p.value);
		let bytes = power.to_bytes_be();
		[alloc::vec![0; len - bytes.len()], bytes].concat()
	}

	/// The signature of a message.
	pub fn sign(&self, message: &[u8]) -> Vec<u8> {
		self.private_power(&expected_block(message, self.modulus().len()))
	}

	/// The proof of a name.
	pub fn registration(&self, name: Vec<u8>) -> Registration {
		let signature = self.sign(&name);
		Registration { name, id: self.id(), key: self.der(), signature }
	}
}

/// The first key of the pool.
pub fn test_key() -> TestKey {
	let primes = primes(PRIMES);
	let [p, q, ..] = &primes[..] else { unreachable!("the pool has more") };
	TestKey::new(p, q)
}

/// So many keys of the pool, RSA-4096, in the order of [`identities`].
pub fn test_keys(count: usize) -> Vec<TestKey> {
	pairs(&primes(PRIMES), count)
}

/// Up to 6 keys of RSA-2048, which sign several times as fast.
pub fn small_test_keys(count: usize) -> Vec<TestKey> {
	pairs(&primes(SMALL_PRIMES), count)
}

fn pairs(primes: &[Prime], count: usize) -> Vec<TestKey> {
	let keys: Vec<_> = (0..primes.len())
		.flat_map(|j| (0..j).map(move |i| (i, j)))
		.take(count)
		.map(|(i, j)| TestKey::new(&primes[i], &primes[j]))
		.collect();
	assert_eq!(keys.len(), count, "the pool has fewer");
	keys
}

/// Up to 1,035 identities, each with its proof of a name: `pool-0000` and so on.
pub fn identities(count: usize) -> Vec<Registration> {
	let keys: Vec<_> = test_keys(count).into_iter().enumerate().collect();
	let sign = |(n, key): &(usize, TestKey)| key.registration(format!("pool-{n:04}").into_bytes());
	// On as many cores as there are: a signature takes some ten milliseconds.
	let cores = std::thread::available_parallelism().map_or(1, usize::from);
	let share = keys.len().div_ceil(cores).max(1);
	std::thread::scope(|scope| {
		let parts: Vec<_> = keys
			.chunks(share)
			.map(|part| scope.spawn(move || part.iter().map(sign).collect::<Vec<_>>()))
			.collect();
		parts.into_iter().flat_map(|part| part.join().expect("it does not panic")).collect()
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::collections::BTreeSet;

	#[test]
	fn the_pool_makes_genuine_proofs() {
		let mut all = identities(60);
		all.extend(small_test_keys(6).iter().map(|key| key.registration(b"small".to_vec())));
		let ids: BTreeSet<_> = all.iter().map(|r| r.id).collect();
		assert_eq!(ids.len(), all.len(), "every identity is another");
		for r in &all {
			let key = PublicKey::from_der(&r.key).unwrap();
			assert_eq!(key.id(), r.id);
			assert_eq!(key.verify(&r.name, &r.signature), Ok(()));
			assert!(key.verify(b"another", &r.signature).is_err());
		}
	}

	#[test]
	fn the_statements_of_the_benchmarks_are_what_the_pool_signs() {
		use crate::{statement::Action, Hash, Name};
		let [owner, heir] = &test_keys(2)[..] else { unreachable!("there are two") };
		let name = b"pool-0000".to_vec();
		let (to, deadline) = (heir.id(), 2);
		let of = |key: &TestKey, action: Action, sequence| {
			let name = Name::try_from(&name[..]).unwrap();
			key.sign(&action.statement(&Hash::zero(), &name, 1, sequence))
		};
		let expected: alloc::collections::BTreeMap<_, _> = [
			("owner key", owner.der()),
			("owner signature", owner.sign(&name)),
			("heir key", heir.der()),
			("heir signature", heir.sign(&name)),
			("release", of(owner, Action::Release, 0)),
			("release offered", of(owner, Action::Release, 1)),
			("hand over", of(owner, Action::HandOver { to, deadline }, 0)),
			("cancel hand over", of(owner, Action::CancelHandOver, 1)),
			("accept", of(heir, Action::Accept, 1)),
		]
		.map(|(field, bytes)| (field, hex::encode(bytes)))
		.into();
		let expected = serde_json::to_string_pretty(&expected).unwrap();
		let committed = crate::test_support::STATEMENTS;
		assert!(
			committed.trim() == expected,
			"fixtures/test-statements.json should be\n{expected}"
		);
	}
}
