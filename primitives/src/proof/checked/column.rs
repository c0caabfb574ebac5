//! Columns as exact integers. Where a column is read, it has to fit into 64 bits, as `modpow` says.

use core::{
	num::NonZeroU64,
	ops::{Add, AddAssign, BitAnd, BitOr, Mul, Neg, Shl, Shr, Sub, SubAssign},
};

/// A digit, a difference of digits, or a column before its carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Column(i128);

pub(super) const fn column(n: u64) -> Column {
	Column(n as i128)
}

pub(super) fn number(v: Column) -> u64 {
	v.0.try_into().expect("a column is not negative and below 2^64")
}

pub(super) fn shift(v: Column, by: usize) -> Column {
	i64::try_from(v.0).expect("a signed column is below 2^63 on either side of zero");
	Column(v.0 >> by)
}

pub(super) fn quotient(dividend: Column, divisor: NonZeroU64, is_first: bool) -> Column {
	let q = i128::from(number(dividend) / divisor) - (1 << 29);
	let bound = if is_first { 1 << 28 } else { (5 << 25) + 1 };
	assert!(q.abs() <= bound, "a digit of a quotient is at most {bound}: {q}");
	Column(q)
}

macro_rules! exact {
	($($trait:ident $method:ident $checked:ident),*) => {$(
		impl $trait for Column {
			type Output = Self;
			fn $method(self, other: Self) -> Self {
				Self(self.0.$checked(other.0).expect("an exact integer has room"))
			}
		}
	)*};
}
exact!(Add add checked_add, Sub sub checked_sub, Mul mul checked_mul);

impl AddAssign for Column {
	fn add_assign(&mut self, other: Self) {
		*self = *self + other;
	}
}

impl SubAssign for Column {
	fn sub_assign(&mut self, other: Self) {
		*self = *self - other;
	}
}

impl Neg for Column {
	type Output = Self;
	fn neg(self) -> Self {
		Self(-self.0)
	}
}

impl BitAnd for Column {
	type Output = Self;
	fn bitand(self, other: Self) -> Self {
		Self(self.0 & other.0)
	}
}

impl BitOr for Column {
	type Output = Self;
	fn bitor(self, other: Self) -> Self {
		Self(self.0 | other.0)
	}
}

impl Shl<usize> for Column {
	type Output = Self;
	fn shl(self, by: usize) -> Self {
		self * Self(1 << by)
	}
}

/// The carry of a column without a sign.
impl Shr<usize> for Column {
	type Output = Self;
	fn shr(self, by: usize) -> Self {
		column(number(self) >> by)
	}
}
