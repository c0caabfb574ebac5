//! Who validates, for how long, and what happens to those who cheat.

use super::{
	elections::{Election, WeighedRotation},
	equivocation::Verified,
	keys::CandidatesWithKeys,
	money::FixedRate,
	slashing::{CappedWhenAlone, SlashDeferDuration},
};
use crate::{
	chain_parameters::{BondingDuration, EpochDuration, SessionsPerEra},
	*,
};
use frame_election_provider_support::onchain;
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64, Get, Nothing},
};
use pallet_council::EnsureCouncil;
use pallet_session::historical::{IdentificationTuple, NoteHistoricalRoot};
use sp_runtime::traits::{ConvertInto, OpaqueKeys};

/// Milliseconds in a slot. Half of Polkadot's: a user who registers a name waits for finality.
pub const SLOT_MILLIS: u64 = 3_000;

/// Most validators. GRANDPA's votes grow with their square, and the election runs on chain.
pub const MAX_VALIDATORS: u32 = 100;

/// Most validators and nominators who vote in an election, which the block that holds it must bear:
/// those with the largest bonds, of however many there are.
pub const MAX_VOTERS: u32 = 1_000;

/// How long an equivocation can be reported, in slots.
pub struct ReportLongevity;
impl Get<u64> for ReportLongevity {
	fn get() -> u64 {
		u64::from(BondingDuration::get())
			.saturating_mul(u64::from(SessionsPerEra::get()))
			.saturating_mul(EpochDuration::get())
	}
}

/// GRANDPA's authority sets are remembered for as long as their offences can be reported.
pub struct MaxSetIdSessionEntries;
impl Get<u64> for MaxSetIdSessionEntries {
	fn get() -> u64 {
		u64::from(BondingDuration::get()).saturating_mul(u64::from(SessionsPerEra::get()))
	}
}

impl pallet_babe::Config for Runtime {
	type EpochDuration = EpochDuration;
	type ExpectedBlockTime = ConstU64<SLOT_MILLIS>;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = Session;
	type WeightInfo = weights::equivocations::WeightInfo<Runtime>;
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type MaxNominators = ConstU32<MAX_VOTERS>;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem = Verified<
		pallet_babe::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>,
	>;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::equivocations::WeightInfo<Runtime>;
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
	type MaxNominators = ConstU32<MAX_VOTERS>;
	type MaxSetIdSessionEntries = MaxSetIdSessionEntries;
	type KeyOwnerProof = sp_session::MembershipProof;
	type EquivocationReportSystem = Verified<
		pallet_grandpa::EquivocationReportSystem<Self, Offences, Historical, ReportLongevity>,
	>;
}

impl grandpa_sets::Config for Runtime {}

// Validators report equivocations in extrinsics without a signature.
impl<C> frame_system::offchain::CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extrinsic = UncheckedExtrinsic;
	type RuntimeCall = RuntimeCall;
}

impl<C> frame_system::offchain::CreateBare<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
	type EventHandler = Staking;
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = WeighedRotation;
	type NextSessionRotation = Babe;
	type SessionManager = NoteHistoricalRoot<Self, Staking>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}

parameter_types! {
	/// Three public keys and their index.
	pub const KeyDeposit: Balance = super::money::deposit(4, 3 * (32 + 36));
}

impl pallet_session::historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = pallet_staking::UnitIdentificationOf<Self>;
}

impl pallet_authority_discovery::Config for Runtime {
	type MaxAuthorities = ConstU32<MAX_VALIDATORS>;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = IdentificationTuple<Self>;
	type OnOffenceHandler = CappedWhenAlone;
}

/// Sizes that the pallet's own benchmarks use.
pub struct StakingBenchmarks;
impl pallet_staking::BenchmarkingConfig for StakingBenchmarks {
	type MaxValidators = ConstU32<MAX_VALIDATORS>;
	type MaxNominators = ConstU32<MAX_VOTERS>;
}

impl pallet_staking::Config for Runtime {
	type OldCurrency = Balances;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type CurrencyBalance = Balance;
	type UnixTime = Timestamp;
	type CurrencyToVote = sp_staking::currency_to_vote::U128CurrencyToVote;
	type ElectionProvider = onchain::OnChainExecution<Election>;
	type GenesisElectionProvider = Self::ElectionProvider;
	type NominationsQuota = pallet_staking::FixedNominationsQuota<16>;
	/// Rewards can be claimed for 84 eras: three weeks on a live chain.
	type HistoryDepth = ConstU32<84>;
	// There is no treasury: what is not paid out is never made, what is slashed is burnt.
	type RewardRemainder = ();
	type RuntimeEvent = RuntimeEvent;
	type Slash = ();
	type Reward = ();
	type SessionsPerEra = SessionsPerEra;
	type BondingDuration = BondingDuration;
	type SlashDeferDuration = SlashDeferDuration;
	type AdminOrigin = EnsureCouncil<Runtime>;
	type SessionInterface = Self;
	type EraPayout = FixedRate;
	type NextNewSession = Session;
	type MaxExposurePageSize = ConstU32<64>;
	type MaxValidatorSet = ConstU32<MAX_VALIDATORS>;
	// Sorted, so that the poor cannot keep the rich out of an election, however many they are.
	type VoterList = VoterList;
	type TargetList = CandidatesWithKeys;
	type MaxUnlockingChunks = ConstU32<32>;
	type MaxControllersInDeprecationBatch = ConstU32<100>;
	type EventListeners = ();
	// Nobody is barred from staking.
	type Filter = Nothing;
	type BenchmarkingConfig = StakingBenchmarks;
	type WeightInfo = pallet_staking::weights::SubstrateWeight<Runtime>;
}
