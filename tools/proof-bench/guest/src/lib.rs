//! Ways to compute s^65537 mod n, and what else a proof costs, one export each.
//!
//! An export takes what the executor gives a runtime's function: the place and length of `rounds`
//! (u32, little-endian), the key's DER (550 bytes, RSA-4096), the signature (512) and the name. It
//! gives back place and length of the last round's result. Keys are read anew in each round, as a
//! runtime reads them.

#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

use alloc::vec::Vec;
use core::hint::black_box;

#[path = "../../../../primitives/src/proof/column.rs"]
mod column;
#[path = "../../../../primitives/src/proof/modpow.rs"]
#[allow(dead_code)]
mod modpow;

/// What every way gets.
#[derive(Clone, Copy)]
pub struct Input<'a> {
	pub der: &'a [u8],
	pub signature: &'a [u8],
	pub name: &'a [u8],
}

impl<'a> Input<'a> {
	pub fn modulus(&self) -> &'a [u8] {
		&self.der[33..545]
	}
}

/// A way, from an input to its result.
pub type Way = fn(Input) -> Vec<u8>;

pub fn ours(i: Input) -> Vec<u8> {
	modpow::pow_65537(i.signature, i.modulus()).unwrap_or_default()
}

pub fn num_bigint_0_4(i: Input) -> Vec<u8> {
	use num_bigint::BigUint;
	padded(
		&BigUint::from_bytes_be(i.signature)
			.modpow(&BigUint::from(65537u32), &BigUint::from_bytes_be(i.modulus()))
			.to_bytes_be(),
	)
}

pub fn num_bigint_0_5(i: Input) -> Vec<u8> {
	use num_bigint_05::BigUint;
	padded(
		&BigUint::from_bytes_be(i.signature)
			.modpow(&BigUint::from(65537u32), &BigUint::from_bytes_be(i.modulus()))
			.to_bytes_be(),
	)
}

pub fn num_bigint_dig_0_8(i: Input) -> Vec<u8> {
	use num_bigint_dig::BigUint;
	padded(
		&BigUint::from_bytes_be(i.signature)
			.modpow(&BigUint::from(65537u32), &BigUint::from_bytes_be(i.modulus()))
			.to_bytes_be(),
	)
}

pub fn dashu_0_6(i: Input) -> Vec<u8> {
	use dashu_int::{fast_div::ConstDivisor, modular::IntoRing, UBig};
	let ring = ConstDivisor::new(UBig::from_be_bytes(i.modulus()));
	let power = UBig::from_be_bytes(i.signature).into_ring(&ring).pow(&UBig::from(65537u32));
	padded(&power.residue().to_be_bytes())
}

pub fn crypto_bigint_boxed(i: Input) -> Vec<u8> {
	use crypto_bigint::{
		modular::{BoxedMontyForm, BoxedMontyParams},
		BoxedUint, Odd,
	};
	let Some(n) = Odd::new(BoxedUint::from_be_slice_vartime(i.modulus())).into_option() else {
		return Vec::new();
	};
	let params = BoxedMontyParams::new_vartime(n);
	let s = BoxedMontyForm::new(BoxedUint::from_be_slice_vartime(i.signature), &params);
	let mut power = s.clone();
	for _ in 0..16 {
		power = power.square();
	}
	padded(&(power * s).retrieve().to_be_bytes())
}

pub fn crypto_bigint_fixed(i: Input) -> Vec<u8> {
	use crypto_bigint::{
		modular::{FixedMontyForm, FixedMontyParams},
		Odd, U4096,
	};
	let Some(n) = Odd::new(U4096::from_be_slice(i.modulus())).into_option() else {
		return Vec::new();
	};
	let params = FixedMontyParams::new_vartime(n);
	let s = FixedMontyForm::new(&U4096::from_be_slice(i.signature), &params);
	let mut power = s;
	for _ in 0..16 {
		power = power.square();
	}
	padded((power * s).retrieve().to_be_bytes().as_ref())
}

/// DER of DigestInfo { { sha512, NULL }, OCTET STRING of 64 bytes }, less those bytes.
const DIGEST_INFO: [u8; 19] = [
	0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03, 0x05,
	0x00, 0x04, 0x40,
];

/// The whole verification but for the ID; the signature itself stands for "good".
pub fn rsa_0_9(i: Input) -> Vec<u8> {
	use rsa_09::{BigUint, Pkcs1v15Sign, RsaPublicKey};
	let scheme = Pkcs1v15Sign { hash_len: Some(64), prefix: DIGEST_INFO.into() };
	let good = RsaPublicKey::new(BigUint::from_bytes_be(i.modulus()), BigUint::from(65537u32))
		.and_then(|key| key.verify(scheme, &sha512(i), i.signature));
	good.map(|()| i.signature.to_vec()).unwrap_or_default()
}

/// As [`rsa_0_9`].
pub fn rsa_0_10(i: Input) -> Vec<u8> {
	use rsa_010::{BoxedUint, Pkcs1v15Sign, RsaPublicKey};
	let scheme = Pkcs1v15Sign { hash_len: Some(64), prefix: DIGEST_INFO.into() };
	let n = BoxedUint::from_be_slice_vartime(i.modulus());
	let good = RsaPublicKey::new(n, BoxedUint::from(65537u32))
		.and_then(|key| key.verify(scheme, &sha512(i), i.signature));
	good.map(|()| i.signature.to_vec()).unwrap_or_default()
}

pub fn sha1(i: Input) -> Vec<u8> {
	use sha1::Digest;
	sha1::Sha1::digest(i.der).to_vec()
}

pub fn sha512(i: Input) -> Vec<u8> {
	use sha2::Digest;
	sha2::Sha512::digest(i.name).to_vec()
}

/// A number as 512 big-endian bytes.
fn padded(be: &[u8]) -> Vec<u8> {
	let mut out = alloc::vec![0; 512usize.saturating_sub(be.len())];
	out.extend_from_slice(be);
	out
}

/// Runs a way on call data as the exports get it.
pub fn run(way: Way, data: &[u8]) -> Vec<u8> {
	let (rounds, rest) = data.split_at(4);
	let (der, rest) = rest.split_at(550);
	let (signature, name) = rest.split_at(512);
	let rounds = u32::from_le_bytes([rounds[0], rounds[1], rounds[2], rounds[3]]);
	let mut result = Vec::new();
	for _ in 0..rounds {
		drop(core::mem::take(&mut result));
		#[cfg(target_arch = "wasm32")]
		// SAFETY: between rounds nothing is allocated; the data is the executor's.
		unsafe {
			wasm::forget_all();
		}
		result = black_box(way(black_box(Input { der, signature, name })));
	}
	result
}

macro_rules! ways {
	($($name:ident)*) => {
		/// Every way, by the name of its export.
		pub const WAYS: &[(&str, Way)] = &[$((stringify!($name), $name)),*];

		#[cfg(target_arch = "wasm32")]
		mod exports {
			$(
				/// Called by the executor with memory that it owns.
				#[export_name = stringify!($name)]
				unsafe extern "C" fn $name(data: *const u8, len: usize) -> u64 {
					super::wasm::call(super::$name, core::slice::from_raw_parts(data, len))
				}
			)*
		}
	};
}

ways!(
	ours num_bigint_0_4 num_bigint_0_5 num_bigint_dig_0_8 dashu_0_6 crypto_bigint_boxed
	crypto_bigint_fixed rsa_0_9 rsa_0_10 sha1 sha512
);

#[cfg(target_arch = "wasm32")]
mod wasm {
	use core::{
		alloc::{GlobalAlloc, Layout},
		cell::UnsafeCell,
	};

	const SIZE: usize = 1 << 20;

	/// A stack, emptied between rounds: fresh pages and the cost of the node's allocator are not what
	/// is measured.
	struct Stack(UnsafeCell<([u128; SIZE / 16], usize)>);

	// SAFETY: wasm has one thread.
	unsafe impl Sync for Stack {}

	// SAFETY: blocks are aligned to 16, inside the array, and apart until all are forgotten.
	unsafe impl GlobalAlloc for Stack {
		unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
			let (memory, next) = &mut *self.0.get();
			let len = layout.size().next_multiple_of(16);
			if len > SIZE - *next || layout.align() > 16 {
				return core::ptr::null_mut();
			}
			let at = *next;
			*next += len;
			memory.as_mut_ptr().cast::<u8>().add(at)
		}

		unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
	}

	#[global_allocator]
	static ALLOCATOR: Stack = Stack(UnsafeCell::new(([0; SIZE / 16], 0)));

	/// Makes all memory free again.
	///
	/// # Safety
	///
	/// Nothing allocated may be used afterwards.
	pub unsafe fn forget_all() {
		(*ALLOCATOR.0.get()).1 = 0;
	}

	#[panic_handler]
	fn panic(_: &core::panic::PanicInfo) -> ! {
		core::arch::wasm32::unreachable()
	}

	/// Runs a way; place and length of its result, as the executor wants them.
	pub fn call(way: super::Way, data: &[u8]) -> u64 {
		let result = super::run(way, data).leak();
		(result.len() as u64) << 32 | result.as_ptr() as u64
	}
}
