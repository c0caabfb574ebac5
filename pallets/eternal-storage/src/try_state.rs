//! What holds after every block.

use crate::*;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// 1. A value lies under its own kind, and a string is UTF-8.
	/// 2. Every value lies in a store, which counts it.
	/// 3. No store has a number that is still to be given out.
	/// 4. A store has a deposit exactly if its owner is not exempt.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut counts = alloc::collections::BTreeMap::<StoreId, u64>::new();
		for ((store, kind, _), entry) in EntryOf::<T>::iter() {
			ensure!(entry.value.kind() == kind, "a value lies under another kind");
			if let Value::String(bytes) = &entry.value {
				ensure!(core::str::from_utf8(bytes).is_ok(), "a string is not UTF-8");
			}
			let count = counts.entry(store).or_default();
			*count = count.saturating_add(1);
		}
		let next = NextStoreId::<T>::get();
		for (id, store) in Stores::<T>::iter() {
			ensure!(counts.remove(&id).unwrap_or(0) == store.entry_count, "a store miscounts");
			ensure!(id < next, "a store has a number of the future");
			let exempt =
				T::Owners::logic_of(&store.owner) != jns_primitives::storage::OwnerLogic::PerStore;
			ensure!(store.deposit.is_none() == exempt, "a store's deposit is wrong");
		}
		ensure!(counts.is_empty(), "a value lies in no store");
		Ok(())
	}
}
