//! Slashes: how long they wait, what they cost, and why nobody withdraws ahead of them.

use crate::{chain_parameters::BondingDuration, *};
use frame_support::{
	traits::{Contains, Get},
	weights::Weight,
};
use pallet_session::historical::IdentificationTuple;
use pallet_staking::{ActiveEra, Call as StakingCall, CurrentEra};
use sp_runtime::Perbill;
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler},
	EraIndex, SessionIndex,
};

/// Eras between an offence and its slash, during which the council can cancel the slash.
///
/// A slash is filed under the era of its *offence*, plus this, plus one, and is applied only when
/// exactly that era begins. So one era less than the bonding duration is the largest number at which
/// an unbonded offender is still bound, and the smallest at which every report that comes within the
/// bonding duration comes in time. A bonding duration of one era leaves none: slashes are applied at
/// once, and the council cannot cancel them.
pub struct SlashDeferDuration;
impl Get<EraIndex> for SlashDeferDuration {
	fn get() -> EraIndex {
		BondingDuration::get().saturating_sub(1)
	}
}

/// Filter of all calls: refuses to unbond and to withdraw while the next era is planned but has not
/// begun, which is the last session of every era.
///
/// The staking pallet counts the time of an unbonding in planned eras, and applies slashes when eras
/// begin. Without this filter an offender would withdraw one session before the slash. `unbond` is
/// refused too, because it withdraws by itself when its list of chunks is full. Root, which is how the
/// council unstakes somebody by force, passes every filter. An era therefore has two sessions at
/// least; while the council has eras forced in every session, nobody unbonds.
pub struct NoWithdrawalBeforeSlashes;
impl Contains<RuntimeCall> for NoWithdrawalBeforeSlashes {
	fn contains(call: &RuntimeCall) -> bool {
		let withdraws = matches!(
			call,
			RuntimeCall::Staking(
				StakingCall::unbond { .. } | StakingCall::withdraw_unbonded { .. }
			)
		);
		!withdraws || !is_next_era_planned()
	}
}

/// Returns whether an era is planned that has not begun.
fn is_next_era_planned() -> bool {
	CurrentEra::<Runtime>::get() > ActiveEra::<Runtime>::get().map(|era| era.index)
}

/// Largest part of its bond that a validator loses by an offence in which no other took part.
///
/// The formula of equivocations, the square of three times the offenders' share of all validators, is
/// made for hundreds of validators; it would take 56 % of the bond of one of four for a mistake that
/// harms nobody. ADR 15 has the reasons.
pub const ISOLATED_SLASH: Perbill = Perbill::from_percent(1);

/// Handler of offences: hands them to the staking pallet, and caps the slash of a lone offender.
///
/// Offences are concurrent if they are of one kind and in one slot or round. The staking pallet takes
/// the difference from those who were slashed before, so that the order of the reports makes none.
pub struct CappedWhenAlone;
impl OnOffenceHandler<AccountId, IdentificationTuple<Runtime>, Weight> for CappedWhenAlone {
	fn on_offence(
		offenders: &[OffenceDetails<AccountId, IdentificationTuple<Runtime>>],
		slash_fraction: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		type Handler = Staking;
		if let ([_], [fraction]) = (offenders, slash_fraction) {
			let capped = (*fraction).min(ISOLATED_SLASH);
			return <Handler as OnOffenceHandler<_, _, _>>::on_offence(
				offenders,
				&[capped],
				session,
			);
		}
		<Handler as OnOffenceHandler<_, _, _>>::on_offence(offenders, slash_fraction, session)
	}
}
