//! How the pallets are configured, by domain.

mod accounts;
mod consensus;
mod governance;
mod money;
mod names;
mod system;

pub use accounts::ProxyType;
pub use consensus::{MAX_VALIDATORS, MAX_VOTERS, SLOT_MILLIS};
pub use governance::{MaxLifetime, RootCalls};
pub use money::{deposit, FixedRate, ToAuthor};
pub use names::registration_price;
pub use system::{RuntimeBlockLength, RuntimeBlockWeights};
