//! What the council alone decides about names.

use super::*;
use frame_support::BoundedVec;
use frame_system::{EnsureRoot, RawOrigin};
use jns_primitives::storage::MAX_BATCH;

/// Record keys of names, which do not tell the names.
pub type Keys = BoundedVec<Key, frame_support::traits::ConstU32<MAX_BATCH>>;

impl<T: Config, A: Get<T::AccountId>> Registry<T, A> {
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

	/// Reserves the names of a list at genesis.
	///
	/// # Panics
	///
	/// If one is not a name, or if this logic is not the selected one.
	pub fn reserve_at_genesis(names: &[alloc::string::String]) {
		let keys: Vec<_> = names
			.iter()
			.map(|name| {
				let name = Name::try_from(name.as_bytes());
				record_key(&name.expect("what is reserved at genesis is a name"))
			})
			.collect();
		for keys in keys.chunks(MAX_BATCH as usize) {
			Self::reserve(keys).expect("names are reserved by the logic selected at genesis");
		}
	}

	/// Whoever does not pay: for what the council decides, and what follows from that.
	pub(crate) fn nobody() -> Result<Payer<T::AccountId>, Refusal> {
		let root: T::RuntimeOrigin = RawOrigin::Root.into();
		Payer::exempt::<_, EnsureRoot<T::AccountId>>(root)
			.map_err(|bad_origin| Refusal::Storage(bad_origin.into()))
	}
}
