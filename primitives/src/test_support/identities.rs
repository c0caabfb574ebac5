//! Jami identities in bulk: every pair of a pool of committed primes is an RSA-4096 key. Anybody can
//! sign with them: they are for tests alone.

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

/// One prime, and the private exponent modulo it.
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

/// Signs by the Chinese remainder theorem (RFC 8017, 5.1.2), with the inverse of `q` modulo `p`.
fn registration(p: &Prime, q: &Prime, inverse: &BigUint, name: Vec<u8>) -> Registration {
	let modulus = &p.value * &q.value;
	let key = PublicKey::encode(&modulus.to_bytes_be()).expect("the modulus has 4096 bits");
	let id: JamiId = PublicKey::from_der(&key).expect("this is how keys are written").id();
	let block = BigUint::from_bytes_be(&expected_block(&name, 512));
	let (of_p, of_q) = (p.power(&block), q.power(&block));
	let difference = (&p.value + &of_p - (&of_q % &p.value)) % &p.value;
	let signature = &of_q + &q.value * ((difference * inverse) % &p.value);
	let bytes = signature.to_bytes_be();
	let mut padded = alloc::vec![0; 512 - bytes.len()];
	padded.extend(bytes);
	Registration { name, id, key, signature: padded }
}

/// Up to 1,035 identities, each with its proof of a name: `pool-0000` and so on.
pub fn identities(count: usize) -> Vec<Registration> {
	let primes = primes();
	let pairs = (0..primes.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
	let pairs: Vec<_> = pairs.take(count).enumerate().collect();
	assert_eq!(pairs.len(), count, "the pool has fewer");
	let sign = |(n, (i, j)): &(usize, (usize, usize))| {
		let (p, q) = (&primes[*i], &primes[*j]);
		let inverse = q.value.modinv(&p.value).expect("they are different primes");
		registration(p, q, &inverse, format!("pool-{n:04}").into_bytes())
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
