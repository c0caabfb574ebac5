//! Answers what validators' nodes ask about themselves.

use crate::{
	chain_parameters::{EpochDuration, SessionsPerEra},
	configs::SLOT_MILLIS,
	*,
};
use jns_primitives::api::{EraInfo, SessionKey, ValidatorInfo};
use pallet_staking::Forcing;
use sp_core::crypto::{key_types, ByteArray};
use sp_runtime::traits::OpaqueKeys;

/// Returns the validators of the present session, in the order of their indices.
pub fn validators() -> Vec<ValidatorInfo<AccountId>> {
	let (babe, grandpa) = (Babe::authorities(), Grandpa::grandpa_authorities());
	let disabled = Session::disabled_validators();
	let mut slashes: Vec<_> = pallet_staking::UnappliedSlashes::<Runtime>::iter_values()
		.flatten()
		.map(|slash| (slash.validator, slash.own))
		.collect();
	slashes.sort();
	let infos = Session::validators().into_iter().zip(0u32..).map(|(account, index)| {
		let at = index as usize;
		let babe = babe.get(at).map(|(key, _)| (key_types::BABE.0, key.to_raw_vec()));
		let grandpa = grandpa.get(at).map(|(key, _)| (key_types::GRANDPA.0, key.to_raw_vec()));
		let first = slashes.partition_point(|(who, _)| *who < account);
		let own = slashes.iter().skip(first).take_while(|(who, _)| *who == account);
		ValidatorInfo {
			keys: babe.into_iter().chain(grandpa).collect(),
			registered_keys: registered_keys(&account),
			disabled: disabled.contains(&index),
			deferred_slash: own.fold(0, |sum: Balance, (_, own)| sum.saturating_add(*own)),
			account,
		}
	});
	infos.collect()
}

/// Returns the keys that a validator has registered.
fn registered_keys(account: &AccountId) -> Vec<SessionKey> {
	let Some(keys) = pallet_session::NextKeys::<Runtime>::get(account) else { return Vec::new() };
	let raw = |id: &sp_core::crypto::KeyTypeId| (id.0, keys.get_raw(*id).to_vec());
	SessionKeys::key_ids().iter().map(raw).collect()
}

/// Returns the state of the elections.
pub fn era() -> EraInfo {
	let active = pallet_staking::ActiveEra::<Runtime>::get();
	let length = EpochDuration::get()
		.saturating_mul(SessionsPerEra::get().into())
		.saturating_mul(SLOT_MILLIS);
	let stands_still = pallet_staking::ForceEra::<Runtime>::get() == Forcing::ForceNone;
	EraInfo {
		session: pallet_session::CurrentIndex::<Runtime>::get(),
		active_era: active.as_ref().map_or(0, |era| era.index),
		started: active.and_then(|era| era.start),
		length: (!stands_still).then_some(length),
	}
}
