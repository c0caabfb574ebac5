//! How the pallets are configured, by domain.

mod accounts;
mod consensus;
mod elections;
mod equivocation;
mod governance;
mod keys;
mod money;
mod names;
mod proposals;
mod root_calls;
mod slashing;
mod system;

pub use accounts::ProxyType;
pub use consensus::{MAX_VALIDATORS, MAX_VOTERS, SLOT_MILLIS};
pub use elections::BagThresholds;
pub use governance::MaxLifetime;
pub use money::{deposit, FixedRate, ToAuthor, EXISTENTIAL_DEPOSIT};
pub use names::registration_price;
pub use proposals::Proposals;
pub use root_calls::{
	validator_bond_limit, RootCalls, MAX_FORCED_DELAY, MAX_STALL, MIN_VALIDATOR_BOND,
};
pub use slashing::ISOLATED_SLASH;
pub use system::{RuntimeBlockLength, RuntimeBlockWeights};
