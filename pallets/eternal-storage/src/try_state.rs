//! What holds after every block.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::traits::fungible::InspectHold;
use jns_primitives::storage::OwnerLogic;
use sp_runtime::{traits::Saturating, TryRuntimeError};

/// What is held from whom.
type Held<T> = BTreeMap<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

impl<T: Config> Pallet<T> {
	/// 1. A value lies under its own kind, and a string is UTF-8.
	/// 2. Every value lies in a store, which counts it.
	/// 3. No store has a number that is still to be given out.
	/// 4. A store has a deposit exactly if its owner is not exempt.
	/// 5. Every store is in its owner's list, and in no other.
	/// 6. From every payer exactly its deposits are held.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		let mut counts = BTreeMap::<StoreId, u64>::new();
		let mut held = Held::<T>::new();
		for ((store, kind, _), entry) in EntryOf::<T>::iter() {
			ensure!(entry.value.kind() == kind, "a value lies under another kind");
			if let Value::String(bytes) = &entry.value {
				ensure!(core::str::from_utf8(bytes).is_ok(), "a string is not UTF-8");
			}
			let count = counts.entry(store).or_default();
			*count = count.saturating_add(1);
			Self::add(&mut held, entry.deposit);
		}
		Self::try_held(HoldReason::Entry, held)?;

		let next = NextStoreId::<T>::get();
		let (mut held, mut stores) = (Held::<T>::new(), 0);
		for (id, store) in Stores::<T>::iter() {
			ensure!(counts.remove(&id).unwrap_or(0) == store.entry_count, "a store miscounts");
			ensure!(id < next, "a store has a number of the future");
			let exempt = T::Owners::logic_of(&store.owner) != OwnerLogic::PerStore;
			ensure!(store.deposit.is_none() == exempt, "a store's deposit is wrong");
			ensure!(StoresOf::<T>::contains_key(&store.owner, id), "a store is in no list");
			Self::add(&mut held, store.deposit);
			stores = stores.saturating_add(1);
		}
		ensure!(counts.is_empty(), "a value lies in no store");
		ensure!(StoresOf::<T>::iter_keys().count() == stores, "a list has somebody else's store");
		Self::try_held(HoldReason::Store, held)
	}

	fn add(held: &mut Held<T>, deposit: Option<Deposit<T::AccountId, BalanceOf<T>>>) {
		if let Some(Deposit { payer, amount }) = deposit {
			let sum = held.entry(payer).or_default();
			*sum = sum.saturating_add(amount);
		}
	}

	fn try_held(reason: HoldReason, held: Held<T>) -> Result<(), TryRuntimeError> {
		let reason = reason.into();
		for (who, sum) in held {
			ensure!(
				T::Currency::balance_on_hold(&reason, &who) == sum,
				"what is held differs from the deposits"
			);
		}
		Ok(())
	}
}
