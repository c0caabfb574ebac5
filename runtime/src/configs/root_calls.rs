//! The calls that go through the council's door to root, and the arguments that keep the chain
//! alive.
//!
//! Each argument is judged when the call is dispatched, against the state of that block. What is
//! compared lies outside the reach of the calls themselves (the validators of the session, what
//! they bond), so that a batch of many small steps gets no further than one step. `docs/adr/0013`
//! has the reasons.

use crate::{configs::MAX_VALIDATORS, *};
use core::ops::RangeInclusive;
use frame_support::traits::Contains;
use frame_system::Call as SystemCall;
use pallet_grandpa::Call as GrandpaCall;
use pallet_staking::{Call as StakingCall, ConfigOp};
use sp_staking::StakingAccount::Stash;

/// Blocks that a forced change of GRANDPA's authorities may wait: ten minutes. The SDK multiplies
/// that number without a check, in a hook.
pub const MAX_FORCED_DELAY: BlockNumber = 200;

/// Blocks by which finality may have fallen behind: ninety days. Voters walk that way for each
/// vote.
pub const MAX_STALL: BlockNumber = 90 * 24 * 1_200;

/// Least that the council can ask a validator to bond: filling the seats of an election with
/// validators who do not work is not for nothing.
pub const MIN_VALIDATOR_BOND: Balance = 100 * JNS;

/// The closed list of what the council may do as root. Every entry is a leaf: none carries a call,
/// writes arbitrary state, or sets code without the check of its version.
pub struct RootCalls;
impl Contains<RuntimeCall> for RootCalls {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::System(SystemCall::authorize_upgrade { .. }) => true,
			RuntimeCall::Grandpa(GrandpaCall::note_stalled {
				delay,
				best_finalized_block_number,
			}) => {
				(1..=MAX_FORCED_DELAY).contains(delay)
					&& no_change_pends(*best_finalized_block_number)
			},
			RuntimeCall::Staking(call) => keeps_elections(call),
			_ => false,
		}
	}
}

/// Whether no change of GRANDPA's authorities up to this block is pending, as far as the runtime
/// can know.
///
/// No node imports the block in which a forced change takes effect while a change up to the number
/// given is not final there. What is final the runtime does not know, but it knows the youngest
/// change, and takes it for pending. The best block is never below that one.
fn no_change_pends(number: BlockNumber) -> bool {
	let now = System::block_number();
	// No change has begun the first set.
	let set = pallet_grandpa::CurrentSetId::<Runtime>::get();
	let below = grandpa_sets::SetStarts::<Runtime>::get(set).unwrap_or(now);
	(now.saturating_sub(MAX_STALL)..below).contains(&number)
}

/// Whether validators can be elected after this call as before.
fn keeps_elections(call: &StakingCall<Runtime>) -> bool {
	use pallet_staking::ValidatorCount;
	let count = ValidatorCount::<Runtime>::get;
	match call {
		StakingCall::set_validator_count { new } => validator_counts().contains(new),
		StakingCall::increase_validator_count { additional } => {
			count().checked_add(*additional).is_some_and(|new| validator_counts().contains(&new))
		},
		StakingCall::scale_validator_count { factor } => count()
			.checked_add(factor.mul_floor(count()))
			.is_some_and(|new| validator_counts().contains(&new)),
		StakingCall::set_staking_configs {
			min_nominator_bond,
			min_validator_bond,
			max_validator_count,
			// Elections take the voters with the most stake, however many there are. Nobody who
			// bonds the least that a validator may bond can be chilled by others, whatever the
			// threshold.
			max_nominator_count: _,
			chill_threshold: _,
			min_commission: _,
			max_staked_rewards: _,
		} => {
			candidates_fit(max_validator_count)
				&& validators_reach(min_validator_bond)
				&& nominators_bond_less(min_nominator_bond, min_validator_bond)
		},
		// More than a third could break finality and lose nothing.
		StakingCall::set_invulnerables { invulnerables } => {
			invulnerables.is_empty() || invulnerables.len().saturating_mul(3) < active_validators()
		},
		StakingCall::force_unstake { stash, .. } => {
			use pallet_staking::Validators;
			!Validators::<Runtime>::contains_key(stash)
				|| Validators::<Runtime>::count() > least_validators()
		},
		// Undone by the next, which needs blocks alone.
		StakingCall::force_no_eras {} | StakingCall::force_new_era {} => true,
		_ => false,
	}
}

/// Number of validators of this session. No call changes it before the next.
fn active_validators() -> usize {
	pallet_session::Validators::<Runtime>::decode_len().unwrap_or_default()
}

/// Least number of validators for whom an election counts.
fn least_validators() -> u32 {
	pallet_staking::MinimumValidatorCount::<Runtime>::get().max(1)
}

/// Number of validators of whom at least one works while half of this session's do: more than half
/// of them, and as many as an election needs.
fn enough_validators() -> u32 {
	let most = u32::try_from(active_validators() / 2).unwrap_or(MAX_VALIDATORS);
	most.saturating_add(1).max(least_validators())
}

/// Numbers of validators that can be asked for.
fn validator_counts() -> RangeInclusive<u32> {
	enough_validators()..=MAX_VALIDATORS
}

/// Whether all candidates fit, and an election bears them: with more than twice the most
/// validators, or without a maximum, it fails for ever.
fn candidates_fit(maximum: &ConfigOp<u32>) -> bool {
	use pallet_staking::{ValidatorCount, Validators};
	match maximum {
		ConfigOp::Noop => true,
		ConfigOp::Set(maximum) => {
			let least = Validators::<Runtime>::count().max(ValidatorCount::<Runtime>::get());
			(least..=MAX_VALIDATORS.saturating_mul(2)).contains(maximum)
		},
		ConfigOp::Remove => false,
	}
}

/// Whether enough validators bond the least bond. The others can be chilled by anybody, once a
/// threshold is set.
fn validators_reach(bond: &ConfigOp<Balance>) -> bool {
	match bond {
		ConfigOp::Noop => true,
		ConfigOp::Set(bond) => {
			let lowered = || *bond <= pallet_staking::MinValidatorBond::<Runtime>::get();
			*bond >= MIN_VALIDATOR_BOND && (lowered() || *bond <= validator_bond_limit())
		},
		ConfigOp::Remove => false,
	}
}

/// Highest least bond that the council can ask of validators: enough of this session's bond as
/// much.
pub fn validator_bond_limit() -> Balance {
	let mut bonds: Vec<Balance> = Session::validators()
		.into_iter()
		.filter(|stash| pallet_staking::Validators::<Runtime>::contains_key(stash))
		.filter_map(|stash| Staking::ledger(Stash(stash)).ok())
		.map(|ledger| ledger.active)
		.collect();
	bonds.sort_unstable_by(|a, b| b.cmp(a));
	let last = usize::try_from(enough_validators()).unwrap_or(usize::MAX).saturating_sub(1);
	bonds.get(last).copied().unwrap_or_default()
}

/// Whether a nominator need not bond more than a validator.
fn nominators_bond_less(nominator: &ConfigOp<Balance>, validator: &ConfigOp<Balance>) -> bool {
	let ConfigOp::Set(nominator) = nominator else {
		return true;
	};
	match validator {
		ConfigOp::Set(validator) => nominator <= validator,
		_ => *nominator <= pallet_staking::MinValidatorBond::<Runtime>::get(),
	}
}
