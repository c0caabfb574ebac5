//! Numbers of each kind of chain, which its genesis writes once: `docs/adr/0001` has them as a
//! table.

use crate::{chain_parameters, BlockNumber};
use sp_staking::{EraIndex, SessionIndex};

/// Numbers in which kinds of chains differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
	/// Kind of chain that they are for.
	pub kind: &'static str,
	/// Slots in an epoch, which is a session too.
	pub epoch_slots: u64,
	/// Sessions in an era: the time between two elections and two rewards.
	pub sessions_per_era: SessionIndex,
	/// Eras for which a bond stays liable after it is withdrawn.
	pub bonding_eras: EraIndex,
	/// Blocks for which a name is free for nobody after it was released or removed.
	pub name_cool_down: BlockNumber,
	/// Blocks for which whoever proposes must have held the stake, and waits after a failure.
	pub council_cool_down: BlockNumber,
	/// Blocks for which a proposal is open before it can pass.
	pub notice_period: BlockNumber,
}

/// One validator: eras of three minutes, so that one can watch them turn.
pub const DEVELOPMENT: Numbers = Numbers {
	kind: "development",
	epoch_slots: 20,
	sessions_per_era: 3,
	bonding_eras: 3,
	name_cool_down: 20,
	council_cool_down: 5,
	notice_period: 0,
};

/// Several validators on one machine, as quick as a development chain.
pub const LOCAL: Numbers = Numbers { kind: "local", ..DEVELOPMENT };

/// A chain that people rely on: hour-long epochs survive an outage, and four eras a day keep
/// elections and rewards rare.
pub const LIVE: Numbers = Numbers {
	kind: "live",
	epoch_slots: 1_200,
	sessions_per_era: 6,
	bonding_eras: 28,
	name_cool_down: 864_000,
	council_cool_down: 28_800,
	notice_period: 28_800,
};

/// All kinds of chains.
pub const ALL: [Numbers; 3] = [DEVELOPMENT, LOCAL, LIVE];

impl<T: chain_parameters::Config> From<Numbers> for chain_parameters::GenesisConfig<T> {
	fn from(numbers: Numbers) -> Self {
		Self {
			epoch_duration: Some(numbers.epoch_slots),
			sessions_per_era: Some(numbers.sessions_per_era),
			bonding_duration: Some(numbers.bonding_eras),
			name_cool_down: Some(numbers.name_cool_down),
			council_cool_down: Some(numbers.council_cool_down),
			notice_period: Some(numbers.notice_period),
			..Default::default()
		}
	}
}
