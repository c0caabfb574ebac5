//! The modular power with columns that are exact integers and fail where a bound does not hold.

mod column;
#[allow(clippy::duplicate_mod)] // Compiled over other columns.
#[path = "modpow.rs"]
mod modpow;
