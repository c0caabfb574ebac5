//! The bodies of the calls.

use crate::{deposits::Bill, *};
use frame_support::storage::with_storage_layer;
use jns_primitives::storage::{OwnerLogic, MAX_BATCH};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_create_store(owner: T::AccountId) -> Result<StoreId, DispatchError> {
		let store = NextStoreId::<T>::get();
		let next = store.checked_add(1).ok_or(Error::<T>::TooManyStores)?;
		let mut bill = Bill::<T>::new();
		let deposit = Self::charge_for_store(&mut bill, &owner);
		bill.settle(HoldReason::Store)?;
		NextStoreId::<T>::put(next);
		StoresOf::<T>::insert(&owner, store, ());
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
		ensure!(to.is_none() || !T::Labels::is_labelled(id), Error::<T>::Labelled);
		store.offered_to = to.clone();
		Stores::<T>::insert(id, store);
		Self::deposit_event(Event::OwnershipOffered { store: id, to });
		Ok(())
	}

	pub(crate) fn do_accept_ownership(who: T::AccountId, id: StoreId) -> DispatchResult {
		let mut store = Stores::<T>::get(id).ok_or(Error::<T>::StoreNotFound)?;
		ensure!(store.offered_to.as_ref() == Some(&who), Error::<T>::NotOffered);
		ensure!(!T::Labels::is_labelled(id), Error::<T>::Labelled);
		let mut bill = Bill::<T>::new();
		let deposit = Self::charge_for_store(&mut bill, &who);
		bill.refund(core::mem::replace(&mut store.deposit, deposit));
		bill.settle(HoldReason::Store)?;
		StoresOf::<T>::remove(&store.owner, id);
		StoresOf::<T>::insert(&who, id, ());
		store.owner = who.clone();
		store.offered_to = None;
		Stores::<T>::insert(id, store);
		Self::deposit_event(Event::OwnershipAccepted { store: id, owner: who });
		Ok(())
	}

	pub(crate) fn do_delete_store(owner: T::AccountId, id: StoreId) -> DispatchResult {
		let store = Self::owned(&owner, id)?;
		ensure!(!T::Labels::is_labelled(id), Error::<T>::Labelled);
		ensure!(store.entry_count == 0, Error::<T>::NotEmpty);
		let mut bill = Bill::<T>::new();
		bill.refund(store.deposit);
		bill.settle(HoldReason::Store)?;
		StoresOf::<T>::remove(&owner, id);
		Stores::<T>::remove(id);
		Self::deposit_event(Event::StoreDeleted { store: id });
		Ok(())
	}

	/// Writes on the signed road: the logic signs, and pays. What is too much for the storage is
	/// refused before anything of a store is read.
	pub(crate) fn write_signed(
		origin: OriginFor<T>,
		store: StoreId,
		batch: Vec<GivenWrite<T::AccountId>>,
	) -> DispatchResult {
		let logic = ensure_signed(origin.clone())?;
		let payer = Payer::signed(origin)?;
		ensure!(batch.len() <= MAX_BATCH as usize, Error::<T>::TooManyWrites);
		let batch = batch
			.into_iter()
			.map(|write| write.bounded().ok_or(Error::<T>::TooLong))
			.collect::<Result<Vec<_>, _>>()?;
		Self::do_write(&logic, store, batch, &payer)
	}

	/// The one place in which values change (goals 1, 4 and 5).
	pub(crate) fn do_write(
		logic: &T::AccountId,
		id: StoreId,
		batch: impl IntoIterator<Item = Write<T::AccountId>>,
		payer: &Payer<T::AccountId>,
	) -> DispatchResult {
		let mut store = Self::writable(logic, id)?;
		let before = store.entry_count;
		// A caller may go on after an error.
		with_storage_layer(|| {
			let mut bill = Bill::<T>::new();
			for write in batch {
				match write {
					Write::Set { key, value } => {
						Self::set_value(&mut store, id, key, value, payer, &mut bill)?
					},
					Write::Remove { kind, key } => {
						Self::remove_value(&mut store, id, kind, key, &mut bill)?
					},
				}
			}
			if store.entry_count != before {
				Stores::<T>::insert(id, store);
			}
			bill.settle(HoldReason::Entry)
		})
	}

	fn set_value(
		store: &mut StoreFor<T>,
		id: StoreId,
		key: Key,
		value: Value<T::AccountId>,
		payer: &Payer<T::AccountId>,
		bill: &mut Bill<T>,
	) -> DispatchResult {
		if let Value::String(bytes) = &value {
			ensure!(core::str::from_utf8(bytes).is_ok(), Error::<T>::InvalidUtf8);
		}
		let kind = value.kind();
		match EntryOf::<T>::get((id, kind, key)) {
			Some(old) => bill.refund(old.deposit),
			None => store.entry_count = store.entry_count.saturating_add(1), // The state holds fewer.
		}
		let deposit = bill.charge::<T::EntryPrice>(payer.account(), value.encoded_size());
		EntryOf::<T>::insert((id, kind, key), Entry { value, deposit });
		Self::deposit_event(Event::ValueSet { store: id, kind, key });
		Ok(())
	}

	fn remove_value(
		store: &mut StoreFor<T>,
		id: StoreId,
		kind: ValueKind,
		key: Key,
		bill: &mut Bill<T>,
	) -> DispatchResult {
		let entry = EntryOf::<T>::take((id, kind, key)).ok_or(Error::<T>::NotFound)?;
		bill.refund(entry.deposit);
		store.entry_count = store.entry_count.saturating_sub(1); // It counted this one.
		Self::deposit_event(Event::ValueRemoved { store: id, kind, key });
		Ok(())
	}

	/// What a batch weighs: its changes, and the length of its values as [`Pallet::set`] has it. One of
	/// too many changes weighs as much as its first [`MAX_BATCH`]: it is refused before one is made, and
	/// its length is paid for as that of every transaction.
	pub(crate) fn batch_weight(batch: &[GivenWrite<T::AccountId>]) -> Weight {
		let batch = batch.iter().take(MAX_BATCH as usize);
		let n = batch.len() as u32;
		let len = batch.fold(0u32, |sum, write| match write {
			GivenWrite::Set { value, .. } => sum.saturating_add(value.encoded_size() as u32),
			GivenWrite::Remove { .. } => sum,
		});
		let of_length = T::WeightInfo::set(len).saturating_sub(T::WeightInfo::set(0));
		T::WeightInfo::write_batch(n).saturating_add(of_length)
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

	/// Charges an owner for a store, unless that one is exempt.
	fn charge_for_store(
		bill: &mut Bill<T>,
		owner: &T::AccountId,
	) -> Option<Deposit<T::AccountId, BalanceOf<T>>> {
		let payer = (T::Owners::logic_of(owner) == OwnerLogic::PerStore).then_some(owner);
		bill.charge::<T::StorePrice>(payer, StoreFor::<T>::max_encoded_len())
	}
}
