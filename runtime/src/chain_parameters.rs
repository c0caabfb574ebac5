//! Numbers in which chains differ, written once at genesis: one wasm serves every chain, and changing
//! most of them later would break it. The pallet has no calls.

use frame_support::{pallet_prelude::*, parameter_types};
use jns_primitives::BlockNumber;
use sp_staking::{EraIndex, SessionIndex};

pub use pallet::*;

parameter_types! {
	/// Slots in an epoch, which is a session too.
	pub storage EpochDuration: u64 = 20;
	/// Sessions in an era: the time between two elections and two rewards.
	pub storage SessionsPerEra: SessionIndex = 3;
	/// Eras for which a bond stays liable after it is withdrawn.
	pub storage BondingDuration: EraIndex = 3;
	/// Blocks for which a name is free for nobody after it was released or removed: 30 days.
	pub storage NameCoolDown: BlockNumber = 864_000;
	/// Blocks for which a member of the council must have held the stake for proposing, and for which
	/// it does not propose again after its proposal failed: a day.
	pub storage CouncilCoolDown: BlockNumber = 28_800;
	/// Blocks for which a proposal is open before it can pass: a day.
	pub storage NoticePeriod: BlockNumber = 28_800;
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {}

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Slots in an epoch; the default if nothing is given.
		pub epoch_duration: Option<u64>,
		/// Sessions in an era; the default if nothing is given.
		pub sessions_per_era: Option<SessionIndex>,
		/// Eras for which a bond stays liable; the default if nothing is given.
		pub bonding_duration: Option<EraIndex>,
		/// Blocks for which a name cools down; the default if nothing is given.
		pub name_cool_down: Option<BlockNumber>,
		/// Blocks of the council's cool-down; the default if nothing is given.
		pub council_cool_down: Option<BlockNumber>,
		/// Blocks of the notice of proposals; the default if nothing is given.
		pub notice_period: Option<BlockNumber>,
		/// Nothing.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			// Written always: a later runtime's defaults must not reach into a chain that runs.
			EpochDuration::set(&self.epoch_duration.unwrap_or(EpochDuration::get()));
			SessionsPerEra::set(&self.sessions_per_era.unwrap_or(SessionsPerEra::get()));
			BondingDuration::set(&self.bonding_duration.unwrap_or(BondingDuration::get()));
			NameCoolDown::set(&self.name_cool_down.unwrap_or(NameCoolDown::get()));
			CouncilCoolDown::set(&self.council_cool_down.unwrap_or(CouncilCoolDown::get()));
			NoticePeriod::set(&self.notice_period.unwrap_or(NoticePeriod::get()));
			assert!(EpochDuration::get() > 0, "an epoch has slots");
			assert!(
				SessionsPerEra::get() > 1,
				"bonds can be ended before the last session of an era"
			);
			assert!(BondingDuration::get() > 0, "an offence can be reported in time");
			assert!(
				NoticePeriod::get() < crate::configs::MaxLifetime::get(),
				"a proposal is open for longer than its notice"
			);
		}
	}
}
