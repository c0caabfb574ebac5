//! How the pallets are configured, by domain.

mod accounts;
mod consensus;
mod elections;
mod governance;
mod money;
mod names;
mod slashing;
mod system;

pub use accounts::ProxyType;
pub use consensus::{MAX_VALIDATORS, MAX_VOTERS, SLOT_MILLIS};
pub use elections::BagThresholds;
pub use governance::{MaxLifetime, RootCalls};
pub use money::{deposit, FixedRate, ToAuthor, EXISTENTIAL_DEPOSIT};
pub use names::registration_price;
pub use slashing::ISOLATED_SLASH;
pub use system::{RuntimeBlockLength, RuntimeBlockWeights};
