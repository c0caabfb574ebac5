//! Columns as the chain has them: integers modulo 2^64.

use core::num::{NonZeroU64, Wrapping};

/// A digit, a difference of digits, or a column before its carry.
pub(super) type Column = Wrapping<u64>;

/// Returns that number as a column.
#[inline(always)]
pub(super) const fn column(n: u64) -> Column {
	Wrapping(n)
}

/// Returns a column that is not negative as a number.
#[inline(always)]
pub(super) fn number(v: Column) -> u64 {
	v.0
}

/// Returns `v` / 2^`by`, rounded down, for signed `v`.
#[inline(always)]
pub(super) fn shift(v: Column, by: usize) -> Column {
	Wrapping((Wrapping(v.0.cast_signed()) >> by).0.cast_unsigned())
}

/// Returns a signed digit of a quotient: `dividend`, which has 2^29 and a half too much, divided by
/// `divisor`.
#[inline(always)]
pub(super) fn quotient(dividend: Column, divisor: NonZeroU64, _is_first: bool) -> Column {
	Wrapping(dividend.0 / divisor) - Wrapping(1 << 29)
}
