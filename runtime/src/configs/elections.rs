//! Elections: who votes, who is elected, and what the sessions weigh in which that happens.

use super::{
	consensus::{MAX_VALIDATORS, MAX_VOTERS},
	money::EXISTENTIAL_DEPOSIT,
};
use crate::*;
use frame_election_provider_support::{
	bounds::{ElectionBounds, ElectionBoundsBuilder},
	onchain, SequentialPhragmen, VoteWeight,
};
use frame_support::{
	dispatch::DispatchClass,
	parameter_types,
	traits::{ConstBool, ConstU32},
};
use pallet_session::ShouldEndSession;
use sp_runtime::Perbill;

parameter_types! {
	/// Most voters and candidates that an election takes. The voters are the first of the sorted
	/// list; more candidates than this make every election fail, so that genesis and the council's
	/// list of root calls keep their number below it.
	pub ElectionLimits: ElectionBounds = ElectionBoundsBuilder::default()
		.voters_count(MAX_VOTERS.into())
		.targets_count((2 * MAX_VALIDATORS).into())
		.build();
}

/// The election: on chain, in the block that plans the era.
pub struct Election;
impl onchain::Config for Election {
	type Sort = ConstBool<true>;
	type System = Runtime;
	type Solver = SequentialPhragmen<AccountId, Perbill>;
	type MaxBackersPerWinner = ConstU32<MAX_VOTERS>;
	type MaxWinnersPerPage = ConstU32<MAX_VALIDATORS>;
	type DataProvider = Staking;
	type WeightInfo = weights::elections::WeightInfo;
	type Bounds = ElectionLimits;
}

/// Number of thresholds between the bags of voters.
const BAGS: usize = 213;

/// Upper bounds of the bags in which voters are sorted by their bonds.
///
/// A geometric series: each bound is a tenth above the one before. It begins with the least that can
/// be bonded, the existential deposit, and the bag after the last bound ends with the most votes that
/// there are. A voter's votes are its bond in the smallest unit of money as long as all the money is
/// below 2⁶⁴ of them, 18.4 million JNS, and its bond divided so that all the money is 2⁶⁴ votes once
/// there is more: so the series covers all bonds whatever the issuance, and stays as it is. Within a
/// bag voters stand in the order in which they came, so that no two of whom the later one is put last
/// differ by more than a tenth.
const fn bag_thresholds() -> [VoteWeight; BAGS] {
	let mut thresholds = [0; BAGS];
	// A literal below 2^64, as the test of the series confirms.
	let mut threshold = EXISTENTIAL_DEPOSIT as VoteWeight;
	let mut bag = 0;
	while bag < BAGS {
		thresholds[bag] = threshold;
		threshold = threshold.saturating_add(threshold / 10);
		bag += 1;
	}
	thresholds
}

static THRESHOLDS: [VoteWeight; BAGS] = bag_thresholds();

parameter_types! {
	pub const BagThresholds: &'static [VoteWeight] = &THRESHOLDS;
}

impl pallet_bags_list::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ScoreProvider = Staking;
	type BagThresholds = BagThresholds;
	type Score = VoteWeight;
	// Rewards and slashes move voters from bag to bag; what a block has left over follows them. A
	// thousand voters are looked at in ten minutes.
	type MaxAutoRebagPerBlock = ConstU32<5>;
	// The SDK's figures: the list's cost is reads and writes, which have this chain's prices.
	type WeightInfo = pallet_bags_list::weights::SubstrateWeight<Runtime>;
}

/// Ends sessions when BABE's epochs end, and registers what that weighs.
///
/// The session pallet takes the whole block for every change of session, as it cannot know what its
/// handlers do, so that no block of that kind had room for a registration. This runtime knows: it
/// rotates the session itself when the pallet asks, and answers that there is nothing more to do.
pub struct WeighedRotation;
impl ShouldEndSession<BlockNumber> for WeighedRotation {
	fn should_end_session(now: BlockNumber) -> bool {
		if Babe::should_end_session(now) {
			let slashed = slashes_due();
			let planned = pallet_staking::CurrentEra::<Runtime>::get();
			Session::rotate_session();
			let mut weight = weights::elections::rotate_session::<Runtime>(validators())
				.saturating_add(weights::elections::apply_slashes::<Runtime>(slashed));
			let now_planned = pallet_staking::CurrentEra::<Runtime>::get();
			if now_planned != planned {
				let (elected, pages) = exposures(now_planned.unwrap_or_default());
				weight =
					weight.saturating_add(weights::elections::plan_era::<Runtime>(elected, pages));
			}
			System::register_extra_weight_unchecked(weight, DispatchClass::Mandatory);
		}
		false
	}
}

/// Returns how many validators work in this session.
fn validators() -> u32 {
	u32::try_from(Session::validators().len()).unwrap_or(u32::MAX)
}

/// Returns how many bonds will be slashed when the era begins that is planned, if the next session is
/// its first.
fn slashes_due() -> u32 {
	let next = pallet_staking::ActiveEra::<Runtime>::get()
		.map_or(0, |active| active.index.saturating_add(1));
	let bonds = pallet_staking::UnappliedSlashes::<Runtime>::get(next)
		.iter()
		.map(|slash| slash.others.len().saturating_add(slash.reporters.len()).saturating_add(1))
		.fold(0, usize::saturating_add);
	u32::try_from(bonds).unwrap_or(u32::MAX)
}

/// Returns how many validators were elected for an era, and how many pages their voters fill.
fn exposures(era: sp_staking::EraIndex) -> (u32, u32) {
	pallet_staking::ErasStakersOverview::<Runtime>::iter_prefix_values(era).fold(
		(0, 0),
		|(elected, pages): (u32, u32), overview| {
			(elected.saturating_add(1), pages.saturating_add(overview.page_count))
		},
	)
}
