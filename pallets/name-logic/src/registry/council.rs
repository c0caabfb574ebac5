//! What the council alone decides about names.

use super::*;
use frame_support::BoundedVec;
use frame_system::{EnsureRoot, RawOrigin};
use jns_primitives::storage::MAX_BATCH;

/// Record keys of names, which do not tell the names.
pub type Keys = BoundedVec<Key, frame_support::traits::ConstU32<MAX_BATCH>>;

impl<T: Config, A: Get<T::AccountId>, R: Rules> Registry<T, A, R> {
	/// Keeps names back from everybody. One that was assigned no longer is.
	pub fn reserve(keys: &[Key]) -> Result<(), Refusal> {
		let place = Self::writable(Key::default())?;
		let reservation = Reservation { assigned_to: None, since: Self::now() };
		let batch = keys
			.iter()
			.map(|key| Self::set_word(reservation_key(key), &reservation))
			.collect::<Result<_, _>>()?;
		Self::write(&place, batch, &Self::nobody()?)
	}

	/// Lets everybody register names that were reserved or assigned.
	pub fn unreserve(keys: &[Key]) -> Result<(), Refusal> {
		let store = Self::writable(Key::default())?.store;
		let mut batch = Vec::with_capacity(keys.len());
		for key in keys {
			let place = Place { store, key: *key };
			ensure!(Self::reservation_at(&place)?.is_some(), Refusal::NotReserved);
			batch.push(Self::remove_word(reservation_key(key)));
		}
		Self::write(&Place { store, key: Key::default() }, batch, &Self::nobody()?)
	}

	/// Keeps a name back from everybody but one ID.
	pub fn assign(key: Key, id: JamiId) -> Result<(), Refusal> {
		let place = Self::writable(key)?;
		let reservation = Reservation { assigned_to: Some(id), since: Self::now() };
		let batch = vec![Self::set_word(reservation_key(&key), &reservation)?];
		Self::write(&place, batch, &Self::nobody()?)
	}

	/// Removes what the store has about a name and nobody can read: its record, and whatever hangs on
	/// that. A name whose record goes cools down. Of `id`, if given, goes the reverse entry that cannot
	/// be read or names a name which is not its, and its mark is laid.
	pub fn purge(key: Key, id: Option<&JamiId>) -> Result<(), Refusal> {
		let place = Self::writable(key)?;
		let mut batch = vec![];
		let cool_down = cool_down_key(&key);
		if Self::record_at(&place).is_err() {
			let free_from = Self::now().saturating_add(T::CoolDown::get().max(1));
			batch.push(Write::Remove { kind: ValueKind::Bytes, key });
			batch.push(Write::Set { key: cool_down, value: Value::Uint256(free_from.into()) });
		} else if Self::free_from(&place).is_err() {
			batch.push(Write::Remove { kind: ValueKind::Uint256, key: cool_down });
		}
		if Self::hand_over_at(&place).is_err() {
			batch.push(Self::remove_word(hand_over_key(&key)));
		}
		if Self::take_back_at(&place).is_err() {
			batch.push(Self::remove_word(take_back_key(&key)));
		}
		if Self::reservation_at(&place).is_err() {
			batch.push(Self::remove_word(reservation_key(&key)));
		}
		if let Some(id) = id {
			if !Self::has_what_it_says(place.store, id) {
				batch.push(Self::remove_reverse(id));
			}
		}
		ensure!(!batch.is_empty(), Refusal::NotCorrupt);
		batch.extend(id.and_then(|id| Self::mark(&place, id)));
		Self::write(&place, batch, &Self::nobody()?)
	}

	/// Whether an ID's reverse entry is true, or there is none.
	fn has_what_it_says(store: StoreId, id: &JamiId) -> bool {
		match Self::name_in(store, id) {
			Ok(None) => true,
			Ok(Some(name)) => Self::record_at(&Place { store, key: record_key(&name) })
				.is_ok_and(|record| record.is_some_and(|record| record.id == *id)),
			Err(_) => false,
		}
	}

	/// Reserves the names of a list at genesis.
	///
	/// # Panics
	///
	/// If one is not a name that exists under the rules, or if this logic is not the selected one.
	pub fn reserve_at_genesis(names: &[alloc::string::String]) {
		let keys: Vec<_> = names
			.iter()
			.map(|name| {
				let name = Name::try_from(name.as_bytes())
					.and_then(|name| R::check_name(&name).map(|()| name));
				record_key(&name.expect("what is reserved at genesis is a name"))
			})
			.collect();
		for keys in keys.chunks(MAX_BATCH as usize) {
			Self::reserve(keys).expect("names are reserved by the logic selected at genesis");
		}
	}

	/// Returns a payer who pays nothing: for what the council decides, and what follows from that. Made
	/// from an origin that nobody signed, which the storage's trait cannot tell: that logics do not
	/// charge whom they please rests on their review.
	pub(crate) fn nobody() -> Result<Payer<T::AccountId>, Refusal> {
		let root: T::RuntimeOrigin = RawOrigin::Root.into();
		Payer::exempt::<_, EnsureRoot<T::AccountId>>(root)
			.map_err(|bad_origin| Refusal::Storage(bad_origin.into()))
	}
}
