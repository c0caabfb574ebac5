//! The public RSA operation, s^65537 mod n, fast where it runs: in wasm without SIMD.
//!
//! Numbers are digits of 28 bits, least significant first, each in a `u64`. A product of two digits
//! has 56 bits and a column of a product adds at most 147 of them, so **carries wait**: 147 * (2^28 -
//! 1)^2 + 2^37 < 2^64. What leads to a column may wrap, since all of it is arithmetic modulo 2^64 and
//! the column itself fits. The tests run all this a second time with exact integers (`checked`), which
//! fail where a bound does not hold that is stated here.
//!
//! - A square takes half the products (Handbook of Applied Cryptography, 14.16), and from 80 digits
//!   on three quarters of that half (Karatsuba, Ofman 1962), without signs or carries.
//! - Reduction is Montgomery's (Montgomery 1985; Handbook, 14.32), four digits at a time, with R =
//!   2^(28 len), where len is 148, 112 or 76 digits, with one product for two (see `clear`). R > 2^48
//!   n, so results stay below 2n without a subtraction (Walter 1999).
//! - s * R mod n is one long division (Knuth, The Art of Computer Programming 2, 4.3.1): cheaper than
//!   finding R^2 mod n. The last product takes the plain s and so leaves Montgomery's form.
//!
//! Everything here is public; the time taken depends on it.

use super::column::{column, number, quotient, shift, Column};
use alloc::{vec, vec::Vec};
use core::num::{NonZeroU64, Wrapping};

/// Bits of a digit.
const BITS: usize = 28;
const MASK: Column = column((1 << BITS) - 1);
const ZERO: Column = column(0);
/// Digits of a 4096-bit number, rounded up to a multiple of four.
const MAX_LEN: usize = 148;
/// Digits up to which halving a square does not pay.
const LEAF: usize = 80;
/// At least half of `MAX_LEN`, in whole fours.
const MAX_HALF: usize = 76;

/// A number's digits, with zeros above.
type Number = [Column; MAX_LEN];
/// Columns of a product, with zeros above.
type Product = [Column; 2 * MAX_LEN];

/// `base`^65537 mod `modulus`, all big-endian and equally long.
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
	let mut power = modulus.enter(&plain);
	let (plain, power) = (plain.get(..modulus.len)?, power.get_mut(..modulus.len)?);
	for _ in 0..16 {
		let mut t: Product = [ZERO; 2 * MAX_LEN];
		square(power, t.get_mut(..modulus.columns())?);
		modulus.reduce(&mut t, power)?;
	}
	let mut t: Product = [ZERO; 2 * MAX_LEN];
	add_product(power, plain, t.get_mut(..modulus.columns())?);
	modulus.reduce(&mut t, power)?;
	modulus.subtract_once(power);
	Some(bytes(power, base.len()))
}

/// An odd modulus n of exactly 2048, 3072 or 4096 bits.
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
	/// Reads a big-endian number, if it is such a modulus.
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
		if top >> 31 == 0 || number(lowest) & 1 == 0 {
			return None;
		}
		// Newton's iteration: x * n is 1 modulo 2^3 for x = n, then modulo 2^6, 2^12, 2^24, 2^48.
		let lowest = Wrapping(number(lowest));
		let mut inverse = lowest;
		for _ in 0..4 {
			inverse *= Wrapping(2) - lowest * inverse;
		}
		let negated_inverse = column((-inverse).0) & MASK;
		let top = NonZeroU64::new(top.into())?;
		Some(Self { digits, len, significant, top_bits, top, negated_inverse })
	}

	/// Columns of a product of two numbers in use.
	fn columns(&self) -> usize {
		self.len.wrapping_mul(2) // At most 296.
	}

	/// A number below 2n that is `s` * R modulo n, for `s` below n.
	///
	/// Long division, a digit at a time, of a signed remainder p: with q = p * 2^28 / n rounded, p
	/// becomes p * 2^28 - q * n. The highest 60 bits of p * 2^28 and 32 of n give q, wrong by less than
	/// 1/2 + 1/8. So |p| < 5/8 n, and after the first digit |q| < 5/8 * 2^28 + 1: a column stays below
	/// 147 * 5/8 * 2^56 + 2^58 < 2^63 on either side of zero.
	fn enter(&self, s: &Number) -> Number {
		let mut columns: Product = [ZERO; 2 * MAX_LEN];
		if let Some(high) = columns.get_mut(self.len..) {
			for (column, s) in high.iter_mut().zip(s) {
				*column = *s;
			}
		}
		let n = self.digits.get(..self.len).unwrap_or_default();
		// Rounds, and keeps the dividend positive: |p| * 2^28 / n < 2^29.
		let bias = column(self.top.get() << 29) + column(self.top.get() >> 1);
		// Places the highest 28 + top_bits bits, then those below, into 60.
		let (up, down) = (32_usize.wrapping_sub(self.top_bits), self.top_bits.wrapping_sub(4));
		for lowest in (0..self.len).rev() {
			let p = columns.get_mut(lowest..).unwrap_or_default();
			// `over` is the highest column of the last remainder.
			if let Some([d, c, b, a, over, ..]) = p.get_mut(self.significant.wrapping_sub(4)..) {
				*a += *over << BITS;
				let top = (*a << up) + shift(*b + carry(*c + carry(*d)), down);
				let is_first = lowest.wrapping_add(1) == self.len;
				let q = quotient(top + bias, self.top, is_first);
				for (p, n) in p.iter_mut().zip(n) {
					*p -= q * *n;
				}
			}
		}
		// p + n, which is above zero.
		let mut out = [ZERO; MAX_LEN];
		let mut c = ZERO;
		for ((out, p), n) in out.iter_mut().zip(columns).zip(n).take(self.significant) {
			let v = p + *n + c;
			*out = v & MASK;
			c = carry(v);
		}
		out
	}

	/// Montgomery's reduction: `out` is `t` / R modulo n and at most n + `t` / R.
	fn reduce(&self, t: &mut Product, out: &mut [Column]) -> Option<()> {
		let t = t.get_mut(..self.columns())?;
		// With the carries of a square still in it, a column would pass 2^64.
		let mut c = ZERO;
		for t in t.iter_mut() {
			let v = *t + c;
			*t = v & MASK;
			c = v >> BITS;
		}
		let mut own = [ZERO; MAX_LEN];
		let mut c = clear(t, self.digits.get(..self.len)?, self.negated_inverse, &mut own)?;
		// What the columns lack grows by the last four of `own`, one each, and then shrinks by own[4]
		// and so on. The first four, which are zero, make room for the growth.
		let (low, high) = own.split_at_mut_checked(self.len.wrapping_sub(4))?;
		let mut sum = low.iter().fold(ZERO, |sum, own| sum + *own);
		for (low, high) in low.iter_mut().zip(high.first_chunk::<4>()?) {
			*low = -*high;
		}
		for ((out, t), own) in out.iter_mut().zip(t.get(self.len..)?).zip(own) {
			sum -= own;
			let v = *t + sum + c;
			*out = v & MASK;
			c = v >> BITS;
		}
		Some(())
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
	shift(v, BITS)
}

/// Adds q * `n` to `t`, twice as long, for the q that makes its lower half zero modulo R; of that half
/// only the carry out of it is kept: the result.
///
/// A pair q_i n_j + q_j n_i costs one product, (q_i - q_j) (n_j - n_i) + q_i n_i + q_j n_j (Weimerskirch,
/// Paar 2006). Those of digits with themselves, `own`, are left out of `t`: a column k lacks the sum of
/// own[i] over all i for which i and k - i are digits from 4 on. The first four digits are multiplied
/// as usual, with own[i] = 0, since the next quotients need them at once.
///
/// Never `None`: every length follows from that of `n`. To leave where a slice is short, rather than to
/// skip what would follow, is 7 % faster in wasm.
#[inline(never)] // On its own, it has more registers.
fn clear(t: &mut [Column], n: &[Column], inverse: Column, own: &mut Number) -> Option<Column> {
	let mut q = [ZERO; MAX_LEN];
	let (&lowest, n_rest) = n.split_first_chunk()?;
	let (&mut first, mut t) = t.split_first_chunk_mut()?;
	let (f, mut c) = quotients(first, lowest, inverse, ZERO);
	add(t.first_chunk_mut()?, upper(f, lowest));
	let mut sum = ZERO;
	for (at, &m) in (4_usize..).step_by(4).zip(n_rest.as_chunks().0) {
		let (&mut [t0, t1, t2, t3], t_rest) = t.split_first_chunk_mut()?;
		let &[o0, o1, o2, o3] = own.get(at.wrapping_sub(4)..)?.first_chunk()?;
		let [l0, l1, l2, l3] = lower(f, m);
		let s0 = sum + o0;
		let s1 = s0 + o1;
		let s2 = s1 + o2;
		sum = s2 + o3;
		let columns = [t0 + s0 + l0, t1 + s1 + l1, t2 + s2 + l2, t3 + sum + l3];
		let x;
		(x, c) = quotients(columns, lowest, inverse, c);
		let next = t_rest.first_chunk_mut()?;
		add(next, upper(f, m));
		add(next, upper(x, lowest));
		add_pairs(t_rest, q.get(4..at)?, n.get(4..at)?, x, m);
		let ([x0, x1, x2, x3], [m0, m1, m2, m3]) = (x, m);
		*own.get_mut(at..)?.first_chunk_mut()? = [x0 * m0, x1 * m1, x2 * m2, x3 * m3];
		*q.get_mut(at..)?.first_chunk_mut()? = x;
		add(t_rest.get_mut(at.wrapping_sub(3)..)?.first_chunk_mut()?, pairs(x, m));
		t = t_rest;
	}
	Some(c)
}

/// `t` += `by`.
#[inline(always)]
fn add<const N: usize>(t: &mut [Column; N], by: [Column; N]) {
	for (t, by) in t.iter_mut().zip(by) {
		*t += by;
	}
}

/// The lower four columns of `a` * `b`.
#[inline(always)]
fn lower(a: [Column; 4], b: [Column; 4]) -> [Column; 4] {
	let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (a, b);
	[a0 * b0, a0 * b1 + a1 * b0, a0 * b2 + a1 * b1 + a2 * b0, a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0]
}

/// The upper three columns of `a` * `b`.
#[inline(always)]
fn upper(a: [Column; 4], b: [Column; 4]) -> [Column; 3] {
	let ([_, a1, a2, a3], [_, b1, b2, b3]) = (a, b);
	[a1 * b3 + a2 * b2 + a3 * b1, a2 * b3 + a3 * b2, a3 * b3]
}

/// The columns of (`x`_i - `x`_j) (`m`_j - `m`_i) for all i < j.
#[inline(always)]
fn pairs(x: [Column; 4], m: [Column; 4]) -> [Column; 5] {
	let ([x0, x1, x2, x3], [m0, m1, m2, m3]) = (x, m);
	[
		(x0 - x1) * (m1 - m0),
		(x0 - x2) * (m2 - m0),
		(x0 - x3) * (m3 - m0) + (x1 - x2) * (m2 - m1),
		(x1 - x3) * (m3 - m1),
		(x2 - x3) * (m3 - m2),
	]
}

/// Adds (`q`_i - `x`_j) (`m`_j - `n`_i) to column i + j of `t`, for all i and j; `t` is longer than `q`
/// and `n`, whose length is a multiple of four.
///
/// Most time goes here: 32 products' worth for 12 reads and 4 writes.
#[inline(never)] // On its own, it has more registers.
fn add_pairs(t: &mut [Column], q: &[Column], n: &[Column], x: [Column; 4], m: [Column; 4]) {
	// Sums need no copy of an operand in x86, so both differences are sums and the product negative.
	let ([x0, x1, x2, x3], [m0, m1, m2, m3]) = (x.map(|x| -x), m.map(|m| -m));
	let Some((body, tail)) = t.split_at_mut_checked(q.len()) else { return };
	let (mut a, mut b, mut c) = (ZERO, ZERO, ZERO);
	let (body, _) = body.as_chunks_mut();
	for (([t0, t1, t2, t3], &[q0, q1, q2, q3]), &[n0, n1, n2, n3]) in
		body.iter_mut().zip(q.as_chunks().0).zip(n.as_chunks().0)
	{
		*t0 -= a + (q0 + x0) * (n0 + m0);
		let d = b + (q0 + x1) * (n0 + m1);
		let e = c + (q0 + x2) * (n0 + m2);
		let f = (q0 + x3) * (n0 + m3);
		*t1 -= d + (q1 + x0) * (n1 + m0);
		let e = e + (q1 + x1) * (n1 + m1);
		let f = f + (q1 + x2) * (n1 + m2);
		let g = (q1 + x3) * (n1 + m3);
		*t2 -= e + (q2 + x0) * (n2 + m0);
		let f = f + (q2 + x1) * (n2 + m1);
		let g = g + (q2 + x2) * (n2 + m2);
		let h = (q2 + x3) * (n2 + m3);
		*t3 -= f + (q3 + x0) * (n3 + m0);
		a = g + (q3 + x1) * (n3 + m1);
		b = h + (q3 + x2) * (n3 + m2);
		c = (q3 + x3) * (n3 + m3);
	}
	if let Some([t0, t1, t2]) = tail.first_chunk_mut() {
		*t0 -= a;
		*t1 -= b;
		*t2 -= c;
	}
}

/// The four digits q for which `t` + q * `n` is zero modulo 2^112, and the carry out of it; `c` is the
/// carry into `t`.
#[inline(always)]
fn quotients(t: [Column; 4], n: [Column; 4], inverse: Column, c: Column) -> ([Column; 4], Column) {
	let ([t0, t1, t2, t3], [n0, n1, n2, n3]) = (t, n);
	let v = t0 + c;
	let q0 = (v * inverse) & MASK;
	let c = (v + q0 * n0) >> BITS;
	let v = t1 + q0 * n1 + c;
	let q1 = (v * inverse) & MASK;
	let c = (v + q1 * n0) >> BITS;
	let v = t2 + (q0 * n2 + q1 * n1) + c;
	let q2 = (v * inverse) & MASK;
	let c = (v + q2 * n0) >> BITS;
	let v = t3 + (q0 * n3 + q1 * n2 + q2 * n1) + c;
	let q3 = (v * inverse) & MASK;
	let c = (v + q3 * n0) >> BITS;
	([q0, q1, q2, q3], c)
}

/// `t` = `a`^2, for `t` zero and twice as long; `a.len()` is a multiple of four.
fn square(a: &[Column], t: &mut [Column]) {
	if a.len() <= LEAF {
		return add_square(a, t);
	}
	let h = a.len().div_ceil(8).wrapping_mul(4);
	let mut d = [ZERO; MAX_HALF];
	let mut d_squared = [ZERO; 2 * MAX_HALF];
	let (Some((low, high)), Some((t_low, t_high)), Some(d), Some(d_squared)) = (
		a.split_at_checked(h),
		t.split_at_mut_checked(h.wrapping_mul(2)),
		d.get_mut(..h),
		d_squared.get_mut(..h.wrapping_mul(2)),
	) else {
		return;
	};
	square(low, t_low);
	square(high, t_high);
	for ((d, low), high) in d.iter_mut().zip(low).zip(padded(high)) {
		*d = *low - high;
	}
	square(d, d_squared);
	join(t, d_squared);
}

/// Karatsuba's last step: `t` is z0 + z2 * x^2 and becomes z0 + (z0 + z2 - `z1`) * x + z2 * x^2. With h
/// columns below x, z0 and `z1` have 2h columns, and z2 more than h.
fn join(t: &mut [Column], z1: &[Column]) {
	let h = z1.len() / 2;
	let Some((z1_low, z1_high)) = z1.split_at_checked(h) else { return };
	let Some((z0_low, t)) = t.split_at_mut_checked(h) else { return };
	let Some((z0_high, t)) = t.split_at_mut_checked(h) else { return };
	let Some((z2_low, z2_high)) = t.split_at_mut_checked(h) else { return };
	let ends = z0_low.iter().zip(padded(z2_high)).zip(z1_low).zip(z1_high);
	for ((x, y), (((z0, z2), z1_low), z1_high)) in z0_high.iter_mut().zip(z2_low).zip(ends) {
		let both = *x + *y;
		*x = both + *z0 - *z1_low;
		*y = both + z2 - *z1_high;
	}
}

/// The columns, and zeros for ever.
fn padded(columns: &[Column]) -> impl Iterator<Item = Column> + '_ {
	columns.iter().copied().chain(core::iter::repeat(ZERO))
}

/// `t` += `a`^2, four digits at a time, for `t` twice as long; `a.len()` is a multiple of four.
#[inline(never)] // On its own, its inner loop stays in registers.
fn add_square(mut a: &[Column], mut t: &mut [Column]) {
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
		add_row(t_rest, doubled, a_rest, [ZERO; 3]);
		(a, t) = (a_rest, t_rest.get_mut(4..).unwrap_or_default());
	}
}

/// `t` += `a` * `b`, four digits of `a` at a time, for `t` as long as both; lengths are multiples of
/// four.
#[inline(never)] // On its own, its inner loop stays in registers.
fn add_product(a: &[Column], b: &[Column], mut t: &mut [Column]) {
	for four in a.as_chunks().0 {
		add_row(t, *four, b, [ZERO; 3]);
		t = t.get_mut(4..).unwrap_or_default();
	}
}

/// Adds to `t` the product of `four` and `b`, with the digits `before` it, highest first, but leaves
/// out the columns below `b`. `t` is longer than `b`; `b.len()` is a multiple of four.
///
/// Most of the rest of the time goes here: 16 products for 8 reads and 4 writes.
#[inline(always)]
fn add_row(t: &mut [Column], four: [Column; 4], b: &[Column], before: [Column; 3]) {
	let [f0, f1, f2, f3] = four;
	let [mut w1, mut w2, mut w3] = before;
	let Some((body, tail)) = t.split_at_mut_checked(b.len()) else { return };
	let (body, _) = body.as_chunks_mut();
	for ([t0, t1, t2, t3], &[b0, b1, b2, b3]) in body.iter_mut().zip(b.as_chunks().0) {
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
	// Seven bytes are two digits.
	for (pair, chunk) in out.as_chunks_mut().0.iter_mut().zip(be.rchunks(7)) {
		let v = chunk.iter().fold(ZERO, |v, byte| v << 8 | column((*byte).into()));
		*pair = [v & MASK, v >> BITS];
	}
	out
}

/// The number as `len` big-endian bytes, which hold it.
fn bytes(digits: &[Column], len: usize) -> Vec<u8> {
	let mut out = vec![0; len];
	for (chunk, [low, high]) in out.rchunks_mut(7).zip(digits.as_chunks().0) {
		let be = number(*low | *high << BITS).to_be_bytes();
		for (out, byte) in chunk.iter_mut().rev().zip(be.iter().rev()) {
			*out = *byte;
		}
	}
	out
}

#[cfg(test)]
mod tests {
	use super::*;
	use num_bigint::BigUint;

	const LENGTHS: [usize; 3] = [256, 384, 512];

	/// SplitMix64 (Steele, Lea, Flood 2014).
	struct Random(u64);

	impl Random {
		fn next(&mut self) -> u64 {
			self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
			let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
			let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
			z ^ z >> 31
		}

		/// Either even bits, or digits that are mostly all zeros or all ones.
		fn number(&mut self, len: usize) -> BigUint {
			let extreme = self.next().is_multiple_of(2);
			let number = (0..len).fold(BigUint::ZERO, |number, _| {
				let digit = self.next() >> 36;
				let digit = match self.next() % 8 {
					0..=2 if extreme => 0,
					3..=5 if extreme => (1 << 28) - 1,
					_ => digit,
				};
				(number << 28u32) + digit
			});
			number % (BigUint::from(1u8) << (8 * len))
		}

		fn modulus(&mut self, len: usize) -> BigUint {
			self.number(len) | BigUint::from(1u8) << (8 * len - 1) | BigUint::from(1u8)
		}
	}

	fn to_bytes(number: &BigUint, len: usize) -> Vec<u8> {
		let be = number.to_bytes_be();
		[&vec![0; len - be.len()], &be[..]].concat()
	}

	fn assert_pow(base: &BigUint, modulus: &BigUint, len: usize) {
		let expected = base.modpow(&BigUint::from(65537u32), modulus);
		assert_eq!(
			pow_65537(&to_bytes(base, len), &to_bytes(modulus, len)),
			Some(to_bytes(&expected, len)),
			"{base:x}^65537 mod {modulus:x}"
		);
	}

	#[test]
	fn random_powers_are_those_of_num_bigint() {
		let mut random = Random(1);
		for len in LENGTHS {
			for _ in 0..300 {
				let modulus = random.modulus(len);
				assert_pow(&(random.number(len) % &modulus), &modulus, len);
			}
		}
	}

	#[test]
	fn powers_at_the_edges_are_those_of_num_bigint() {
		let one = BigUint::from(1u8);
		for len in LENGTHS {
			let top = &one << (8 * len - 1);
			let ones = (&top << 1u8) - 1u8;
			let sparse = (0..len * 8 / 28).fold(BigUint::ZERO, |n, _| (n << 28u8) + 1u8);
			for modulus in [
				ones.clone(),
				&ones - 2u8,
				&ones - (&one << 28u8),
				&ones - (&top >> 28u8),
				&top + 1u8,
				&top + 3u8,
				&top + (&one << (4 * len)) + 1u8,
				&top | sparse,
			] {
				for base in [
					BigUint::ZERO,
					one.clone(),
					BigUint::from(2u8),
					&modulus - 1u8,
					&modulus - 2u8,
					&modulus - (&one << 28u8),
					&modulus >> 1u8,
					&top - 1u8,
					(&top >> 27u8) - 1u8,
				] {
					assert_pow(&base, &modulus, len);
				}
			}
		}
	}

	/// The base of which the first digits of the quotient are that one: modulus * digit / (2^28 - 1).
	fn with_large_quotients(modulus: &BigUint, digit: u32) -> BigUint {
		modulus * digit / ((1u32 << 28) - 1)
	}

	/// Quotients that are rounded wrongly have digits of twice the size, and columns that overflow: this
	/// modulus, whose digits are nearly all ones, shows it.
	#[test]
	fn quotients_are_rounded_at_a_half() {
		let one = BigUint::from(1u8);
		let largest = (1u32 << 28) - 1;
		for len in LENGTHS {
			for top in [0xc000_0003_u32, 0x8000_0001, 0xffff_ffff, 0xaaaa_aaab] {
				for ones in [8 * len - 52, 8 * len - 60, 8 * len - 33] {
					let low = (&one << ones) - &one;
					let modulus = (BigUint::from(top) << (8 * len - 32)) | low;
					for digit in [largest - 63, largest - 1, largest / 2, largest / 8 * 5, 3] {
						assert_pow(&with_large_quotients(&modulus, digit), &modulus, len);
					}
				}
			}
		}
	}

	/// Large digits in both: quotients whose digits are near their bound, and moduli whose digits are, so
	/// that columns are as large as they get. Random numbers never do that.
	#[test]
	fn columns_are_as_large_as_they_get() {
		let one = BigUint::from(1u8);
		let mut random = Random(3);
		for len in LENGTHS {
			for _ in 0..150 {
				let ones = 8 * len - 32 - (random.next() % 80) as usize;
				let top = 1 << 31 | (random.next() >> 33) as u32 | 3;
				let low = (&one << ones) - &one - (random.next() % 3 * 2);
				let modulus = (BigUint::from(top) << (8 * len - 32)) | low;
				let digit = (1 << 28) - 1 - (random.next() >> 36 >> (random.next() % 28)) as u32;
				assert_pow(&(with_large_quotients(&modulus, digit) % &modulus), &modulus, len);
				// Halves are rounded either way.
				let half = (&modulus * (2 * digit + 1)) >> 29u8;
				assert_pow(&(half % &modulus), &modulus, len);
			}
		}
	}

	/// A multiple of p is nothing modulo p^2, which Montgomery's reduction gives as p^2 itself.
	#[test]
	fn a_result_of_n_becomes_zero() {
		let mut random = Random(2);
		for len in LENGTHS {
			let p = random.modulus(len / 2) | BigUint::from(7u8) << (4 * len - 3);
			let modulus = &p * &p;
			for k in 1..20u8 {
				assert_pow(&(&p * k), &modulus, len);
				assert_pow(&(&modulus - &p * k), &modulus, len);
			}
		}
	}

	#[test]
	fn what_is_no_such_modulus_or_base_is_refused() {
		for len in LENGTHS {
			let modulus = vec![0xff; len];
			let base = vec![0x7f; len];
			assert!(pow_65537(&base, &modulus).is_some());
			assert_eq!(pow_65537(&modulus, &modulus), None);
			assert_eq!(pow_65537(&base[1..], &modulus), None);
			assert_eq!(pow_65537(&base[1..], &modulus[1..]), None);
			let mut even = modulus.clone();
			even[len - 1] = 0xfe;
			assert_eq!(pow_65537(&base, &even), None);
			let mut small = modulus.clone();
			small[0] = 0x7f;
			assert_eq!(pow_65537(&vec![0; len], &small), None);
		}
		assert_eq!(pow_65537(&[], &[]), None);
	}
}
