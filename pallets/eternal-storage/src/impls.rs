//! The traits through which other pallets use the storage.

use crate::*;
use alloc::vec::Vec;
use jns_primitives::{
	api::StoreInfo,
	storage::{EternalStorage, StoreRegistry},
};

impl<T: Config> StoreRegistry<T::AccountId> for Pallet<T> {
	fn create(owner: T::AccountId) -> Result<StoreId, DispatchError> {
		Self::do_create_store(owner)
	}

	fn accept(owner: T::AccountId, store: StoreId) -> DispatchResult {
		Self::do_accept_ownership(owner, store)
	}
}

impl<T: Config> EternalStorage<T::AccountId> for Pallet<T> {
	fn ensure_logic(store: StoreId, logic: &T::AccountId) -> DispatchResult {
		Self::writable(logic, store).map(|_| ())
	}

	fn get(store: StoreId, kind: ValueKind, key: &Key) -> Option<Value<T::AccountId>> {
		EntryOf::<T>::get((store, kind, *key)).map(|entry| entry.value)
	}

	fn set(
		store: StoreId,
		logic: &T::AccountId,
		key: Key,
		value: Value<T::AccountId>,
		payer: &Payer<T::AccountId>,
	) -> DispatchResult {
		Self::do_set(logic, store, key, value, payer)
	}

	fn remove(store: StoreId, logic: &T::AccountId, kind: ValueKind, key: &Key) -> DispatchResult {
		Self::do_remove(logic, store, kind, key)
	}

	fn page(
		store: StoreId,
		kind: ValueKind,
		after: Option<&Key>,
		limit: u32,
	) -> Vec<(Key, Value<T::AccountId>)> {
		let entries = match after {
			Some(key) => EntryOf::<T>::iter_prefix_from(
				(store, kind),
				EntryOf::<T>::hashed_key_for((store, kind, *key)),
			),
			None => EntryOf::<T>::iter_prefix((store, kind)),
		};
		entries.take(limit as usize).map(|(key, entry)| (key, entry.value)).collect()
	}
}

/// What the runtime API tells about stores.
impl<T: Config> Pallet<T> {
	/// A store.
	pub fn store_info(id: StoreId) -> Option<StoreInfo<T::AccountId>> {
		Stores::<T>::get(id).map(|store| StoreInfo {
			logic: Self::logic_of(&store),
			owner: store.owner,
			entry_count: store.entry_count,
		})
	}

	/// Up to `limit` stores from the number `from` on. Deleted ones count against the limit, so that
	/// the work is bounded.
	pub fn store_infos(from: StoreId, limit: u32) -> Vec<(StoreId, StoreInfo<T::AccountId>)> {
		(from..NextStoreId::<T>::get().min(from.saturating_add(limit)))
			.filter_map(|id| Some((id, Self::store_info(id)?)))
			.collect()
	}
}
