//! The public RSA operation, s^65537 mod n, fast where it runs: in wasm without SIMD.
//!
//! Numbers are columns of radix 2^28, least significant first, each in a `u64`. A product of two
//! digits has 56 bits and a column of a product adds at most 147 of them, so that **carries are
//! left for later**: 147 * (2^28 - 1)^2 + 2^37 < 2^64. As long as the true value of a column fits,
//! all that leads to it may wrap, since it is arithmetic modulo 2^64. That makes Karatsuba's method
//! (Karatsuba, Ofman 1963) free of signs and carries, and it pays from 56 digits.
//!
//! - Squares take half the products (Handbook of Applied Cryptography, 14.16).
//! - Reduction is Montgomery's (Montgomery 1985; Handbook, 14.32) with R = 2^(28 len), where len is
//!   148, 112 or 76. Quotients are found four at a time, and a block of quotients meets the rest of
//!   the modulus in one multiplication. R > 2^48 n, so results stay below 2n unsubtracted
//!   (Walter 1999).
//! - s * R mod n is one long division (Knuth, TAOCP 2, 4.3.1), cheaper than finding R^2 mod n. The
//!   last product takes the plain s, which leaves Montgomery's form for nothing.
//!
//! Variable time: everything here is public.

use alloc::{vec, vec::Vec};
use core::num::{NonZeroU64, Wrapping};

/// A digit, or a column before its carry.
type Column = Wrapping<u64>;

/// Bits of a digit.
const BITS: usize = 28;
const MASK: Column = Wrapping((1 << BITS) - 1);
const ZERO: Column = Wrapping(0);
/// Digits of a 4096-bit number, rounded up to a multiple of four.
const MAX_LEN: usize = 148;
/// Digits from which on halving no longer pays.
const LEAF: usize = 40;
/// At least half of `MAX_LEN`, in whole fours.
const MAX_HALF: usize = 76;

type Number = [Column; MAX_LEN];
type Product = [Column; 2 * MAX_LEN];

/// `base`^65537 mod `modulus`, big-endian and as long as `modulus`.
///
/// `None` unless both are 256, 384 or 512 bytes, `modulus` is odd with its highest bit set, and
/// `base` is below it.
pub(crate) fn pow_65537(base: &[u8], modulus: &[u8]) -> Option<Vec<u8>> {
	// Equally long, so that the order of bytes is the order of numbers.
	if base.len() != modulus.len() || base >= modulus {
		return None;
	}
	let modulus = Modulus::new(modulus)?;
	let plain = digits(base);
	let plain = plain.get(..modulus.len)?;
	let mut power = modulus.enter(plain);
	for _ in 0..16 {
		let power = power.get_mut(..modulus.len)?;
		let mut t = [ZERO; 2 * MAX_LEN];
		let t = t.get_mut(..modulus.len << 1)?;
		square(power, t);
		modulus.reduce(t, power);
	}
	let power = power.get_mut(..modulus.len)?;
	let mut t = [ZERO; 2 * MAX_LEN];
	let t = t.get_mut(..modulus.len << 1)?;
	multiply(power, plain, t);
	modulus.reduce(t, power);
	modulus.subtract_once(power);
	Some(bytes(power, base.len()))
}

/// An odd modulus of exactly 2048, 3072 or 4096 bits.
struct Modulus {
	digits: Number,
	/// Digits in use, a multiple of four: 76, 112 or 148.
	len: usize,
	/// Digits that are not zero: 74, 110 or 147.
	significant: usize,
	/// Bits of the highest of those: 4, 20 or 8.
	top_bits: usize,
	/// The highest 32 bits.
	top: NonZeroU64,
	/// -1/n mod 2^28.
	negated_inverse: Column,
}

impl Modulus {
	/// Reads a big-endian number.
	fn new(be: &[u8]) -> Option<Self> {
		let (len, significant, top_bits) = match be.len() {
			256 => (76, 74, 4),
			384 => (112, 110, 20),
			512 => (148, 147, 8),
			_ => return None,
		};
		let top = u32::from_be_bytes(*be.first_chunk()?);
		let digits = digits(be);
		let lowest = *digits.first()?;
		if top >> 31 == 0 || lowest.0 & 1 == 0 {
			return None;
		}
		// Newton's iteration: x * n = 1 modulo 2^3 for x = n, then 2^6, 2^12, 2^24, 2^48.
		let mut inverse = lowest;
		for _ in 0..4 {
			inverse *= Wrapping(2) - lowest * inverse;
		}
		let negated_inverse = -inverse & MASK;
		let top = NonZeroU64::new(top.into())?;
		Some(Self { digits, len, significant, top_bits, top, negated_inverse })
	}

	/// `s` * R mod n, or that plus n; `s` below n.
	///
	/// Long division, a digit at a time, of the signed remainder p: q is p * 2^28 / n rounded, p
	/// becomes p * 2^28 - q * n. From the highest 60 bits of p * 2^28 and 32 of n, q is wrong by less
	/// than 1/2 + 1/8, so |p| < 5/8 n and, after the first digit, |q| < 5/8 * 2^28: a column stays
	/// below 147 * 5/8 * 2^56 + 2^57 < 2^63.
	fn enter(&self, s: &[Column]) -> Number {
		let mut columns = [ZERO; 2 * MAX_LEN];
		if let Some(high) = columns.get_mut(self.len..) {
			for (column, s) in high.iter_mut().zip(s) {
				*column = *s;
			}
		}
		// Keeps the dividend positive, and rounds.
		let bias = Wrapping(self.top.get() << 29 | self.top.get() >> 1);
		let n = self.digits.get(..self.len).unwrap_or_default();
		let (up, down) = (32usize.wrapping_sub(self.top_bits), self.top_bits.wrapping_sub(4));
		for from in (0..self.len).rev() {
			let Some(p) = columns.get_mut(from..) else { break };
			if let Some([d, c, b, a, over, ..]) = p.get_mut(self.significant.wrapping_sub(4)..) {
				*a += *over << BITS;
				let high = (*a << up) + floor_shift(*b + carry(*c + carry(*d)), down);
				let q = Wrapping((high + bias).0 / self.top) - Wrapping(1 << 29);
				for (p, n) in p.iter_mut().zip(n) {
					*p -= q * *n;
				}
			}
		}
		// p + n, which is positive and below 2n.
		let mut out = [ZERO; MAX_LEN];
		let mut c = ZERO;
		for ((out, p), n) in out.iter_mut().zip(&columns).zip(n).take(self.significant) {
			let v = *p + *n + c;
			*out = v & MASK;
			c = carry(v);
		}
		out
	}

	/// Montgomery's reduction: `out` = `t` / R mod n, at most n + `t` / R; `t` of 2 len columns.
	fn reduce(&self, t: &mut [Column], out: &mut [Column]) {
		// With the square's own carries left in, a column could reach 2^65.
		let mut c = ZERO;
		for t in t.iter_mut() {
			let v = *t + c;
			*t = v & MASK;
			c = v >> BITS;
		}
		let mut quotients = [ZERO; MAX_LEN];
		let (Some(n), Some(q)) = (self.digits.get(..self.len), quotients.get_mut(..self.len))
		else {
			return;
		};
		let mut c = clear(t, n, self.negated_inverse, q, ZERO);
		for (out, t) in out.iter_mut().zip(t.get(self.len..).unwrap_or_default()) {
			let v = *t + c;
			*out = v & MASK;
			c = v >> BITS;
		}
	}

	/// Brings a number below 2n below n.
	fn subtract_once(&self, a: &mut [Column]) {
		let mut difference = [ZERO; MAX_LEN];
		let mut c = ZERO;
		for ((d, a), n) in difference.iter_mut().zip(a.iter()).zip(&self.digits) {
			let v = *a - *n + c;
			*d = v & MASK;
			c = carry(v);
		}
		if c == ZERO {
			for (a, d) in a.iter_mut().zip(difference) {
				*a = d;
			}
		}
	}
}

/// What a signed column gives to the next.
fn carry(v: Column) -> Column {
	floor_shift(v, BITS)
}

/// `v` / 2^`by`, rounded down, `v` signed.
fn floor_shift(v: Column, by: usize) -> Column {
	Wrapping((Wrapping(v.0.cast_signed()) >> by).0.cast_unsigned())
}

/// Adds multiples of `n` to `t` until its lowest `n.len()` columns are zero modulo R, and gives the
/// carry out of them.
///
/// `t` is longer by the length of the whole modulus; of what lies below its result only the carry is
/// kept. `q` takes the multiples.
fn clear(t: &mut [Column], n: &[Column], inverse: Column, q: &mut [Column], c: Column) -> Column {
	if n.len() <= LEAF {
		return clear_leaf(t, n, inverse, q, c);
	}
	let low = half(n.len());
	let high = n.len().wrapping_sub(low);
	let (Some((q_low, q_high)), Some((n_low, n_rest)), Some((n_first, n_last))) =
		(q.split_at_mut_checked(low), n.split_at_checked(low), n.split_at_checked(high))
	else {
		return c;
	};
	let c = clear(t, n_low, inverse, q_low, c);
	let Some(t) = t.get_mut(low..) else { return c };
	add_product(q_low, n_rest, t);
	let c = clear(t, n_first, inverse, q_high, c);
	let Some(t) = t.get_mut(high..) else { return c };
	add_product(q_high, n_last, t);
	c
}

/// `clear`, four columns at a time.
fn clear_leaf(
	mut t: &mut [Column],
	n: &[Column],
	inverse: Column,
	q: &mut [Column],
	mut c: Column,
) -> Column {
	let Some((&[n0, n1, n2, n3], n_rest)) = n.split_first_chunk() else { return c };
	for q in q.as_chunks_mut().0 {
		let Some(([t0, t1, t2, t3], t_rest)) = t.split_first_chunk_mut() else { return c };
		let v = *t0 + c;
		let q0 = v * inverse & MASK;
		c = (v + q0 * n0) >> BITS;
		let v = *t1 + q0 * n1 + c;
		let q1 = v * inverse & MASK;
		c = (v + q1 * n0) >> BITS;
		let v = *t2 + (q0 * n2 + q1 * n1) + c;
		let q2 = v * inverse & MASK;
		c = (v + q2 * n0) >> BITS;
		let v = *t3 + (q0 * n3 + q1 * n2 + q2 * n1) + c;
		let q3 = v * inverse & MASK;
		c = (v + q3 * n0) >> BITS;
		*q = [q0, q1, q2, q3];
		add_rows(t_rest, *q, n_rest, [n3, n2, n1]);
		t = t_rest;
	}
	c
}

/// Where to split so many digits: at least half, in whole fours.
fn half(len: usize) -> usize {
	len.div_ceil(8) << 2
}

/// `t` = `a`^2, for `t` zero and twice as long; lengths are multiples of four.
fn square(a: &[Column], t: &mut [Column]) {
	let h = half(a.len());
	if a.len() <= LEAF {
		return add_square_leaf(a, t);
	}
	let mut d = [ZERO; MAX_HALF];
	let mut d2 = [ZERO; 2 * MAX_HALF];
	let (Some((low, high)), Some((t_low, t_high)), Some(d), Some(d2)) = (
		a.split_at_checked(h),
		t.split_at_mut_checked(h << 1),
		d.get_mut(..h),
		d2.get_mut(..h << 1),
	) else {
		return;
	};
	square(low, t_low);
	square(high, t_high);
	difference(low, high, d);
	square(d, d2);
	join(t, d2);
}

/// `t` = `a` * `b`, for `t` zero and as long as both; lengths are multiples of four.
fn multiply(a: &[Column], b: &[Column], t: &mut [Column]) {
	let h = half(a.len().max(b.len()));
	if a.len().min(b.len()) <= LEAF {
		return add_product_leaf(a, b, t);
	}
	let (mut d, mut e) = ([ZERO; MAX_HALF], [ZERO; MAX_HALF]);
	let mut de = [ZERO; 2 * MAX_HALF];
	let (Some((a_low, a_high)), Some((b_low, b_high))) =
		(a.split_at_checked(h), b.split_at_checked(h))
	else {
		return;
	};
	let (Some((t_low, t_high)), Some(d), Some(e), Some(de)) =
		(t.split_at_mut_checked(h << 1), d.get_mut(..h), e.get_mut(..h), de.get_mut(..h << 1))
	else {
		return;
	};
	multiply(a_low, b_low, t_low);
	multiply(a_high, b_high, t_high);
	difference(a_low, a_high, d);
	difference(b_low, b_high, e);
	multiply(d, e, de);
	join(t, de);
}

/// `t` += `a` * `b`.
fn add_product(a: &[Column], b: &[Column], t: &mut [Column]) {
	if a.len().min(b.len()) <= LEAF {
		return add_product_leaf(a, b, t);
	}
	let mut product: Product = [ZERO; 2 * MAX_LEN];
	if let Some(product) = product.get_mut(..a.len().wrapping_add(b.len())) {
		multiply(a, b, product);
		for (t, p) in t.iter_mut().zip(product) {
			*t += *p;
		}
	}
}

/// `d` = `low` - `high`, column by column; `high` may be shorter.
fn difference(low: &[Column], high: &[Column], d: &mut [Column]) {
	let high = high.iter().copied().chain(core::iter::repeat(ZERO));
	for ((d, low), high) in d.iter_mut().zip(low).zip(high) {
		*d = *low - high;
	}
}

/// Karatsuba's last step: given z0 + z2 * x^2 in `t`, adds (z0 + z2 - `z1`) * x, where x is the
/// weight of column h and `z1` has 2h columns; z2 may have fewer, but more than h.
fn join(t: &mut [Column], z1: &[Column]) {
	let h = z1.len() >> 1;
	let (Some((z1_low, z1_high)), Some((z0_low, t))) =
		(z1.split_at_checked(h), t.split_at_mut_checked(h))
	else {
		return;
	};
	let Some((z0_high, t)) = t.split_at_mut_checked(h) else { return };
	let Some((z2_low, z2_high)) = t.split_at_mut_checked(h) else { return };
	let z2_high = z2_high.iter().copied().chain(core::iter::repeat(ZERO));
	let parts = z0_high.iter_mut().zip(z2_low).zip(z0_low).zip(z2_high).zip(z1_low).zip(z1_high);
	for (((((x, y), z0_low), z2_high), z1_low), z1_high) in parts {
		let both = *x + *y;
		*x = both + *z0_low - *z1_low;
		*y = both + z2_high - *z1_high;
	}
}

/// `t` += `a`^2, four digits at a time; `a.len()` is a multiple of four.
fn add_square_leaf(mut a: &[Column], mut t: &mut [Column]) {
	while let Some((&[a0, a1, a2, a3], a_rest)) = a.split_first_chunk() {
		let Some(([t0, t1, t2, t3], t_rest)) = t.split_first_chunk_mut() else { return };
		let doubled @ [d0, d1, d2, _] = [a0 << 1, a1 << 1, a2 << 1, a3 << 1];
		*t0 += a0 * a0;
		*t1 += d0 * a1;
		*t2 += d0 * a2 + a1 * a1;
		*t3 += d0 * a3 + d1 * a2;
		if let Some([t4, t5, t6, _]) = t_rest.first_chunk_mut() {
			*t4 += d1 * a3 + a2 * a2;
			*t5 += d2 * a3;
			*t6 += a3 * a3;
		}
		add_rows(t_rest, doubled, a_rest, [ZERO; 3]);
		(a, t) = (a_rest, t_rest.get_mut(4..).unwrap_or_default());
	}
}

/// `t` += `a` * `b`, four digits of `a` at a time; lengths are multiples of four.
fn add_product_leaf(a: &[Column], b: &[Column], mut t: &mut [Column]) {
	for four in a.as_chunks().0 {
		add_rows(t, *four, b, [ZERO; 3]);
		t = t.get_mut(4..).unwrap_or_default();
	}
}

/// `t` += `four` * (`b` with `before`, the digits below it, highest first), less the columns below
/// `t`. The inner loop of everything: 16 products for 8 reads and 4 writes.
#[inline(always)]
fn add_rows(t: &mut [Column], four: [Column; 4], b: &[Column], before: [Column; 3]) {
	let [f0, f1, f2, f3] = four;
	let [mut w1, mut w2, mut w3] = before;
	let Some((body, tail)) = t.split_at_mut_checked(b.len()) else { return };
	for ([t0, t1, t2, t3], &[b0, b1, b2, b3]) in
		body.as_chunks_mut().0.iter_mut().zip(b.as_chunks().0)
	{
		*t0 += f0 * b0 + f1 * w1 + f2 * w2 + f3 * w3;
		*t1 += f0 * b1 + f1 * b0 + f2 * w1 + f3 * w2;
		*t2 += f0 * b2 + f1 * b1 + f2 * b0 + f3 * w1;
		*t3 += f0 * b3 + f1 * b2 + f2 * b1 + f3 * b0;
		(w1, w2, w3) = (b3, b2, b1);
	}
	if let Some([t0, t1, t2]) = tail.first_chunk_mut() {
		*t0 += f1 * w1 + f2 * w2 + f3 * w3;
		*t1 += f2 * w1 + f3 * w2;
		*t2 += f3 * w1;
	}
}

/// The digits of a big-endian number of at most 512 bytes.
fn digits(be: &[u8]) -> Number {
	let mut out = [ZERO; MAX_LEN];
	let mut rest = be.rchunks(7);
	// Seven bytes are two digits.
	for pair in out.as_chunks_mut().0 {
		let chunk = rest.next().unwrap_or_default();
		let v = chunk.iter().fold(ZERO, |v, byte| v << 8 | Wrapping((*byte).into()));
		*pair = [v & MASK, v >> BITS];
	}
	out
}

/// The number as `len` big-endian bytes, which it fits.
fn bytes(digits: &[Column], len: usize) -> Vec<u8> {
	let mut out = vec![0; len];
	for (chunk, [low, high]) in out.rchunks_mut(7).zip(digits.as_chunks().0) {
		let be = (*low | *high << BITS).0.to_be_bytes();
		for (out, byte) in chunk.iter_mut().rev().zip(be.iter().rev()) {
			*out = *byte;
		}
	}
	out
}
