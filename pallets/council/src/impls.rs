//! The council's account and origin, and the traits through which other pallets know it.

use crate::*;
use core::marker::PhantomData;
use jns_primitives::{
	council::{LabelledStores, ProposalInfo},
	storage::{OwnerLogic, ResolveLogic},
};
use sp_runtime::{
	traits::{AccountIdConversion, Saturating, Zero},
	SaturatedConversion,
};

/// Admits the council's origin, and succeeds with the council's account.
pub struct EnsureCouncil<T>(PhantomData<T>);

type OriginOf<T> = <T as frame_system::Config>::RuntimeOrigin;

impl<T: Config> EnsureOrigin<OriginOf<T>> for EnsureCouncil<T> {
	type Success = T::AccountId;

	fn try_origin(origin: OriginOf<T>) -> Result<Self::Success, OriginOf<T>> {
		origin.into().map(|Origin::Council| Pallet::<T>::account_id())
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<OriginOf<T>, ()> {
		Ok(Origin::Council.into())
	}
}

impl<T: Config> Pallet<T> {
	/// The account that owns the council's stores.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// What the runtime API tells about the council.
	pub fn info() -> CouncilInfo<T::AccountId> {
		CouncilInfo {
			account: Self::account_id(),
			total_stake: TotalStake::<T>::get(),
			proposal: OpenProposal::<T>::get().map(Self::proposal_info),
			logic: SelectedLogic::<T>::get(),
			stores: StoreOf::<T>::iter().collect(),
			authorized_upgrade: frame_system::Pallet::<T>::authorized_upgrade()
				// Its first field; the type shows none of them.
				.and_then(|upgrade| {
					upgrade.using_encoded(|mut bytes| Decode::decode(&mut bytes).ok())
				}),
		}
	}

	fn proposal_info(open: ProposalFor<T>) -> ProposalInfo<T::AccountId> {
		let now = frame_system::Pallet::<T>::block_number();
		let blocks_left = open.end.saturating_sub(now);
		ProposalInfo {
			index: open.index,
			overdue: blocks_left.is_zero() || Self::overdue(&open).is_some(),
			call_hash: open.call_hash,
			call: OpenCall::<T>::get().unwrap_or_default().into_inner(),
			stake_needed: open.tally.needed(TotalStake::<T>::get()),
			tally: open.tally,
			opened: open.opened.saturated_into(),
			passes_from: open.passes_from.saturated_into(),
			notice_left: open
				.passes_from
				.saturating_sub(now.saturating_add(1u32.into()))
				.saturated_into(),
			end: open.end.saturated_into(),
			blocks_left: blocks_left.saturated_into(),
			deposit: open.deposit.saturated_into(),
			proposer: open.proposer,
		}
	}
}

impl<T: Config> Pallet<T> {
	/// What the runtime API tells about a member.
	pub fn member_info(who: T::AccountId) -> Option<MemberInfo<T::AccountId>> {
		let record = MemberOf::<T>::get(&who)?;
		Some(Self::to_info(who, record))
	}

	/// Up to `limit` members, in the order in which the state has them, beginning behind `after`.
	pub fn member_infos(after: Option<T::AccountId>, limit: u32) -> Vec<MemberInfo<T::AccountId>> {
		let members = match after {
			Some(who) => MemberOf::<T>::iter_from(MemberOf::<T>::hashed_key_for(who)),
			None => MemberOf::<T>::iter(),
		};
		members.take(limit as usize).map(|(who, record)| Self::to_info(who, record)).collect()
	}

	fn to_info(account: T::AccountId, record: MemberRecordFor<T>) -> MemberInfo<T::AccountId> {
		let maybe_open = OpenProposal::<T>::get().map(|open| open.index);
		MemberInfo {
			account,
			stake: record.stake,
			weight: maybe_open.map_or(record.stake, |index| record.weight(index)),
			vote: maybe_open.and_then(|index| record.vote_on(index)),
			proposes_from: record.proposes_from.map(SaturatedConversion::saturated_into),
		}
	}
}

impl<T: Config> ResolveLogic<T::AccountId> for Pallet<T> {
	fn logic_of(owner: &T::AccountId) -> OwnerLogic<T::AccountId> {
		if *owner == Self::account_id() {
			OwnerLogic::Selected(SelectedLogic::<T>::get())
		} else {
			OwnerLogic::PerStore
		}
	}
}

impl<T: Config> LabelledStores for Pallet<T> {
	fn store_of(label: &[u8]) -> Option<StoreId> {
		StoreOf::<T>::get(Label::try_from(label.to_vec()).ok()?)
	}

	fn is_labelled(store: StoreId) -> bool {
		LabelOf::<T>::contains_key(store)
	}
}
