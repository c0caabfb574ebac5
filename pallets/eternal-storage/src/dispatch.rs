//! The bodies of the calls.

use crate::*;
use frame_support::traits::Consideration;
use jns_primitives::storage::OwnerLogic;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create_store(owner: T::AccountId) -> Result<StoreId, DispatchError> {
		let store = NextStoreId::<T>::get();
		let next = store.checked_add(1).ok_or(Error::<T>::TooManyStores)?;
		let deposit = Self::hold_for_store(&owner)?;
		NextStoreId::<T>::put(next);
		Stores::<T>::insert(
			store,
			Store { owner: owner.clone(), logic: None, offered_to: None, entry_count: 0, deposit },
		);
		Self::deposit_event(Event::StoreCreated { store, owner });
		Ok(store)
	}

	pub(crate) fn do_set_logic(
		owner: T::AccountId,
		id: StoreId,
		logic: Option<T::AccountId>,
	) -> DispatchResult {
		let mut store = Self::owned(&owner, id)?;
		ensure!(T::Owners::logic_of(&owner) == OwnerLogic::PerStore, Error::<T>::LogicSetByOwner);
		store.logic = logic.clone();
		Stores::<T>::insert(id, store);
		Self::deposit_event(Event::LogicSet { store: id, logic });
		Ok(())
	}

	pub(crate) fn do_offer_ownership(
		owner: T::AccountId,
		id: StoreId,
		to: Option<T::AccountId>,
	) -> DispatchResult {
		let mut store = Self::owned(&owner, id)?;
		store.offered_to = to.clone();
		Stores::<T>::insert(id, store);
		Self::deposit_event(Event::OwnershipOffered { store: id, to });
		Ok(())
	}

	pub(crate) fn do_accept_ownership(who: T::AccountId, id: StoreId) -> DispatchResult {
		let mut store = Stores::<T>::get(id).ok_or(Error::<T>::StoreNotFound)?;
		ensure!(store.offered_to.as_ref() == Some(&who), Error::<T>::NotOffered);
		let deposit = Self::hold_for_store(&who)?;
		if let Some(old) = core::mem::replace(&mut store.deposit, deposit) {
			old.ticket.drop(&old.payer)?;
		}
		store.owner = who.clone();
		store.offered_to = None;
		Stores::<T>::insert(id, store);
		Self::deposit_event(Event::OwnershipAccepted { store: id, owner: who });
		Ok(())
	}

	pub(crate) fn do_delete_store(owner: T::AccountId, id: StoreId) -> DispatchResult {
		let store = Self::owned(&owner, id)?;
		ensure!(store.entry_count == 0, Error::<T>::NotEmpty);
		if let Some(deposit) = store.deposit {
			deposit.ticket.drop(&deposit.payer)?;
		}
		Stores::<T>::remove(id);
		Self::deposit_event(Event::StoreDeleted { store: id });
		Ok(())
	}

	pub(crate) fn do_set(
		logic: &T::AccountId,
		id: StoreId,
		key: Key,
		value: Value<T::AccountId>,
		payer: &Payer<T::AccountId>,
	) -> DispatchResult {
		let mut store = Self::writable(logic, id)?;
		if let Value::String(bytes) = &value {
			ensure!(core::str::from_utf8(bytes).is_ok(), Error::<T>::InvalidUtf8);
		}
		let kind = value.kind();
		let footprint = Footprint::from_parts(1, value.encoded_size());
		let old = EntryOf::<T>::get((id, kind, key));
		if old.is_none() {
			store.entry_count = store.entry_count.saturating_add(1); // The state holds fewer than 2^64.
			Stores::<T>::insert(id, store);
		}
		let deposit = match (old.and_then(|entry| entry.deposit), payer.account()) {
			(Some(old), Some(payer)) if old.payer == *payer => {
				let ticket = old.ticket.update(payer, footprint)?;
				Some(Deposit { payer: old.payer, ticket })
			},
			(old, maybe_payer) => {
				let new = maybe_payer
					.map(|payer| -> Result<_, DispatchError> {
						let ticket = T::EntryConsideration::new(payer, footprint)?;
						Ok(Deposit { payer: payer.clone(), ticket })
					})
					.transpose()?;
				if let Some(old) = old {
					old.ticket.drop(&old.payer)?;
				}
				new
			},
		};
		EntryOf::<T>::insert((id, kind, key), Entry { value, deposit });
		Self::deposit_event(Event::ValueSet { store: id, kind, key });
		Ok(())
	}

	pub(crate) fn do_remove(
		logic: &T::AccountId,
		id: StoreId,
		kind: ValueKind,
		key: &Key,
	) -> DispatchResult {
		let mut store = Self::writable(logic, id)?;
		let entry = EntryOf::<T>::take((id, kind, *key)).ok_or(Error::<T>::NotFound)?;
		if let Some(deposit) = entry.deposit {
			deposit.ticket.drop(&deposit.payer)?;
		}
		store.entry_count = store.entry_count.saturating_sub(1); // It counted this one.
		Stores::<T>::insert(id, store);
		Self::deposit_event(Event::ValueRemoved { store: id, kind, key: *key });
		Ok(())
	}

	/// Who may write to a store of that record now.
	pub fn logic_of(store: &StoreFor<T>) -> Option<T::AccountId> {
		match T::Owners::logic_of(&store.owner) {
			OwnerLogic::PerStore => store.logic.clone(),
			OwnerLogic::Selected(logic) => logic,
		}
	}

	/// The store, if `logic` may write to it now (goals 1 and 2).
	pub(crate) fn writable(
		logic: &T::AccountId,
		id: StoreId,
	) -> Result<StoreFor<T>, DispatchError> {
		let store = Stores::<T>::get(id).ok_or(Error::<T>::StoreNotFound)?;
		match Self::logic_of(&store) {
			None => Err(Error::<T>::NoLogic.into()),
			Some(account) if account != *logic => Err(Error::<T>::NotLogic.into()),
			Some(_) => Ok(store),
		}
	}

	/// The store, if `owner` owns it.
	fn owned(owner: &T::AccountId, id: StoreId) -> Result<StoreFor<T>, DispatchError> {
		let store = Stores::<T>::get(id).ok_or(Error::<T>::StoreNotFound)?;
		ensure!(store.owner == *owner, Error::<T>::NotOwner);
		Ok(store)
	}

	/// Holds the deposit for a store from its owner, unless that one is exempt.
	fn hold_for_store(
		owner: &T::AccountId,
	) -> Result<Option<Deposit<T::AccountId, T::StoreConsideration>>, DispatchError> {
		if T::Owners::logic_of(owner) != OwnerLogic::PerStore {
			return Ok(None);
		}
		let footprint = Footprint::from_parts(1, StoreFor::<T>::max_encoded_len());
		let ticket = T::StoreConsideration::new(owner, footprint)?;
		Ok(Some(Deposit { payer: owner.clone(), ticket }))
	}
}
