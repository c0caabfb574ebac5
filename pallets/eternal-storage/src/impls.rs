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

	fn is_empty(store: StoreId) -> bool {
		Stores::<T>::get(store).is_none_or(|store| store.entry_count == 0)
	}

	fn is_offered(store: StoreId) -> bool {
		Stores::<T>::get(store).is_some_and(|store| store.offered_to.is_some())
	}
}

impl<T: Config> EternalStorage<T::AccountId> for Pallet<T> {
	fn ensure_logic(store: StoreId, logic: &T::AccountId) -> DispatchResult {
		Self::writable(logic, store).map(|_| ())
	}

	fn get(store: StoreId, kind: ValueKind, key: &Key) -> Option<Value<T::AccountId>> {
		EntryOf::<T>::get((store, kind, *key)).map(|entry| entry.value)
	}

	fn write(
		store: StoreId,
		logic: &T::AccountId,
		batch: Batch<T::AccountId>,
		payer: &Payer<T::AccountId>,
	) -> DispatchResult {
		Self::do_write(logic, store, batch, payer)
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
			offered_to: store.offered_to,
			entry_count: store.entry_count,
		})
	}

	/// Up to `limit` stores of one owner, in the order in which the state has them, beginning behind
	/// the store `after`.
	pub fn stores_of(owner: &T::AccountId, after: Option<StoreId>, limit: u32) -> Vec<StoreId> {
		let stores = match after {
			Some(store) => StoresOf::<T>::iter_key_prefix_from(
				owner,
				StoresOf::<T>::hashed_key_for(owner, store),
			),
			None => StoresOf::<T>::iter_key_prefix(owner),
		};
		stores.take(limit as usize).collect()
	}

	/// Up to `limit` stores from the number `from` on. Deleted ones count against the limit, so that
	/// the work is bounded.
	pub fn store_infos(from: StoreId, limit: u32) -> Vec<(StoreId, StoreInfo<T::AccountId>)> {
		(from..NextStoreId::<T>::get().min(from.saturating_add(limit)))
			.filter_map(|id| Some((id, Self::store_info(id)?)))
			.collect()
	}
}
