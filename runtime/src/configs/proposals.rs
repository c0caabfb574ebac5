//! Which proposals need notice, and from whom they take stake.

use super::root_calls::RootCalls;
use crate::*;
use alloc::{vec, vec::Vec};
use frame_support::traits::Contains;
use pallet_council::{Call as CouncilCall, FormerLogic, Proposable};
use pallet_grandpa::Call as GrandpaCall;
use pallet_staking::Call as StakingCall;
use pallet_utility::Call as UtilityCall;

/// The closed list of calls that pass without notice: those that stop or undo something, and those
/// that bring finality back.
pub struct Proposals;
impl Proposable<AccountId, RuntimeCall> for Proposals {
	fn is_urgent(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Council(CouncilCall::select_logic { logic: None }) => true,
			RuntimeCall::Council(CouncilCall::select_logic { logic }) => {
				*logic == FormerLogic::<Runtime>::get()
			},
			RuntimeCall::Council(CouncilCall::dispatch_root { call }) => {
				let rescues = matches!(
					**call,
					RuntimeCall::Grandpa(GrandpaCall::note_stalled { .. })
						| RuntimeCall::Staking(
							StakingCall::force_unstake { .. } | StakingCall::force_new_era {}
						)
				);
				rescues && RootCalls::contains(call)
			},
			RuntimeCall::Staking(StakingCall::cancel_deferred_slash { .. }) => true,
			RuntimeCall::Utility(UtilityCall::batch_all { calls }) => {
				calls.iter().all(Self::is_urgent)
			},
			_ => false,
		}
	}

	fn takes_from(call: &RuntimeCall) -> Vec<AccountId> {
		match call {
			RuntimeCall::Council(CouncilCall::force_delegate { from, .. }) => vec![from.clone()],
			RuntimeCall::Utility(
				UtilityCall::batch { calls }
				| UtilityCall::batch_all { calls }
				| UtilityCall::force_batch { calls },
			) => calls.iter().flat_map(Self::takes_from).collect(),
			RuntimeCall::Utility(UtilityCall::if_else { main, fallback }) => {
				[main, fallback].into_iter().flat_map(|call| Self::takes_from(call)).collect()
			},
			_ => vec![],
		}
	}
}
