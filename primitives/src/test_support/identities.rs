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

fn primes() -> Vec<Prime> {
	let hex: Vec<String> = serde_json::from_str(PRIMES).expect("the fixture is valid JSON");
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

	/// The big-endian modulus, 512 bytes.
	pub fn modulus(&self) -> Vec<u8> {
		(&self.p.value * &self.q.value).to_bytes_be()
	}

	/// The private power of a big-endian block below the modulus, 512 bytes: by the Chinese remainder
	/// theorem (RFC 8017, 5.1.2).
	pub fn private_power(&self, block: &[u8]) -> Vec<u8> {
		let block = BigUint::from_bytes_be(block);
		let (of_p, of_q) = (self.p.power(&block), self.q.power(&block));
		let difference = (&self.p.value + &of_p - (&of_q % &self.p.value)) % &self.p.value;
		let power = &of_q + &self.q.value * ((difference * &self.inverse) % &self.p.value);
		let bytes = power.to_bytes_be();
		[alloc::vec![0; 512 - bytes.len()], bytes].concat()
	}

	/// The proof of a name.
	pub fn registration(&self, name: Vec<u8>) -> Registration {
		let key = PublicKey::encode(&self.modulus()).expect("the modulus has 4096 bits");
		let id: JamiId = PublicKey::from_der(&key).expect("this is how keys are written").id();
		let signature = self.private_power(&expected_block(&name, 512));
		Registration { name, id, key, signature }
	}
}

/// The first key of the pool.
pub fn test_key() -> TestKey {
	let primes = primes();
	let [p, q, ..] = &primes[..] else { unreachable!("the pool has more") };
	TestKey::new(p, q)
}

/// Up to 1,035 identities, each with its proof of a name: `pool-0000` and so on.
pub fn identities(count: usize) -> Vec<Registration> {
	let primes = primes();
	let pairs = (0..primes.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
	let pairs: Vec<_> = pairs.take(count).enumerate().collect();
	assert_eq!(pairs.len(), count, "the pool has fewer");
	let sign = |(n, (i, j)): &(usize, (usize, usize))| {
		TestKey::new(&primes[*i], &primes[*j]).registration(format!("pool-{n:04}").into_bytes())
	};
	// On as many cores as there are: a signature takes some ten milliseconds.
	let cores = std::thread::available_parallelism().map_or(1, usize::from);
	let share = pairs.len().div_ceil(cores).max(1);
	std::thread::scope(|scope| {
		let parts: Vec<_> = pairs
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
		let all = identities(60);
		let ids: BTreeSet<_> = all.iter().map(|r| r.id).collect();
		assert_eq!(ids.len(), all.len(), "every identity is another");
		for r in &all {
			let key = PublicKey::from_der(&r.key).unwrap();
			assert_eq!(key.id(), r.id);
			assert_eq!(key.verify(&r.name, &r.signature), Ok(()));
			assert!(key.verify(b"another", &r.signature).is_err());
		}
	}
}
