//! How the pallets are configured, by domain.

mod accounts;
mod consensus;
mod equivocation;
mod governance;
mod money;
mod names;
mod root_calls;
mod system;

pub use accounts::ProxyType;
pub use consensus::{MAX_VALIDATORS, MAX_VOTERS, SLOT_MILLIS};
pub use governance::MaxLifetime;
pub use money::{deposit, FixedRate, ToAuthor};
pub use names::registration_price;
pub use root_calls::{
	validator_bond_limit, RootCalls, MAX_FORCED_DELAY, MAX_STALL, MIN_VALIDATOR_BOND,
};
pub use system::{RuntimeBlockLength, RuntimeBlockWeights};
