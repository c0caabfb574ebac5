//! Blocks, the database's prices, and upgrades.

use super::{consensus::SLOT_MILLIS, slashing::NoWithdrawalBeforeSlashes};
use crate::*;
use frame_support::{
	derive_impl,
	dispatch::DispatchClass,
	migrations::FailedMigrationHandler,
	parameter_types,
	traits::{ConstU32, ConstU64},
	weights::{
		constants::{ParityDbWeight, WEIGHT_REF_TIME_PER_SECOND},
		Weight,
	},
};
use frame_system::limits::{BlockLength, BlockWeights};
use sp_runtime::{traits::AccountIdLookup, Perbill};

/// What a block may weigh: a third of its 3-second slot. The rest is for gossip and for the import by
/// others, who execute it again.
const MAX_BLOCK_WEIGHT: Weight = Weight::from_parts(WEIGHT_REF_TIME_PER_SECOND, u64::MAX);

/// Share of a block's weight for Normal transactions; a quarter is kept for Operational ones, so
/// that full blocks of other people's transactions keep no vote out.
const NORMAL_RATIO: Perbill = Perbill::from_percent(75);

/// Bytes in a block: room for a runtime upgrade (under 2 MiB compressed) and votes beside Normal
/// transactions. It is what the proposer puts into a block, `DEFAULT_BLOCK_SIZE_LIMIT` of
/// `sc-basic-authorship`, which has 512 bytes more for the header: a limit above that one would be a
/// promise that no author keeps.
const MAX_BLOCK_LENGTH: u32 = 4 * 1024 * 1024;

/// Bytes of Normal transactions in a block: at 10 Mbit/s they are transferred in 0.84 seconds, less
/// than a third of the slot. Blocks that are full of weight do not get there: all the registrations
/// that a block has room for are some 0.8 MB.
const MAX_NORMAL_LENGTH: u32 = 1024 * 1024;

parameter_types! {
	pub RuntimeBlockWeights: BlockWeights =
		BlockWeights::with_sensible_defaults(MAX_BLOCK_WEIGHT, NORMAL_RATIO);
	pub RuntimeBlockLength: BlockLength = BlockLength::builder()
		.max_length(MAX_BLOCK_LENGTH)
		.modify_max_length_for_class(DispatchClass::Normal, |max| *max = MAX_NORMAL_LENGTH)
		.build();
	pub const Version: RuntimeVersion = VERSION;
	/// A mortal transaction can name any of the last 4096 blocks, 3.4 hours.
	pub const BlockHashCount: BlockNumber = 4096;
	/// Under which addresses are written: the generic prefix, which every wallet knows.
	pub const Ss58Prefix: u16 = 42;
}

#[derive_impl(frame_system::config_preludes::SolochainDefaultConfig)]
impl frame_system::Config for Runtime {
	// Every call is guarded by its own origin; see there for the two that this refuses at times.
	type BaseCallFilter = NoWithdrawalBeforeSlashes;
	type Block = Block;
	type Nonce = Nonce;
	type Hash = Hash;
	type AccountId = AccountId;
	type Lookup = AccountIdLookup<AccountId, ()>;
	type BlockWeights = RuntimeBlockWeights;
	type BlockLength = RuntimeBlockLength;
	type BlockHashCount = BlockHashCount;
	type DbWeight = ParityDbWeight;
	type Version = Version;
	type AccountData = pallet_balances::AccountData<Balance>;
	type SS58Prefix = Ss58Prefix;
	type MaxConsumers = ConstU32<16>;
	type SystemWeightInfo = frame_system::weights::SubstrateWeight<Runtime>;
	type ExtensionsWeightInfo = frame_system::SubstrateExtensionsWeight<Runtime>;
	type SingleBlockMigrations = migrations::SingleBlock;
	type MultiBlockMigrator = Migrations;
}

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = Babe;
	/// Half a slot, as BABE wants it.
	type MinimumPeriod = ConstU64<{ SLOT_MILLIS / 2 }>;
	type WeightInfo = pallet_timestamp::weights::SubstrateWeight<Runtime>;
}

impl chain_parameters::Config for Runtime {}

/// Lets transactions in again after a migration failed: a council that is locked out could not mend
/// it.
pub struct ResumeExtrinsics;
impl FailedMigrationHandler for ResumeExtrinsics {
	fn failed(_: Option<u32>) -> frame_support::migrations::FailedMigrationHandling {
		frame_support::migrations::FailedMigrationHandling::ForceUnstuck
	}
}

parameter_types! {
	/// A migration's step may take half of a block.
	pub MaxServiceWeight: Weight = Perbill::from_percent(50) * MAX_BLOCK_WEIGHT;
}

impl pallet_migrations::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	#[cfg(not(feature = "runtime-benchmarks"))]
	type Migrations = migrations::MultiBlock;
	#[cfg(feature = "runtime-benchmarks")]
	type Migrations = pallet_migrations::mock_helpers::MockedMigrations;
	type CursorMaxLen = ConstU32<65_536>;
	type IdentifierMaxLen = ConstU32<256>;
	type MigrationStatusHandler = ();
	type FailedMigrationHandler = ResumeExtrinsics;
	type MaxServiceWeight = MaxServiceWeight;
	type WeightInfo = pallet_migrations::weights::SubstrateWeight<Runtime>;
}
