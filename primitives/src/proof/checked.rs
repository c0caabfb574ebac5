//! The modular power with columns that are exact integers and fail where a bound does not hold.

mod column;
#[path = "modpow.rs"]
mod modpow;
