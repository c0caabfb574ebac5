//! What holds of the names after every block.

use super::*;
use sp_runtime::TryRuntimeError;

impl<T: Config, A: Get<T::AccountId>, R: Rules> Registry<T, A, R> {
	/// 1. Every record lies at the key of its name, and its ID's reverse entry has that name.
	/// 2. Every record's pair of name and ID is marked, so that it is spent as soon as the name is
	///    another's.
	/// 3. What hangs on a record can be read. No name with a record cools down, can be taken back, or
	///    is handed over to whose it is.
	///
	/// What lies at other keys is a later logic's, and may be anything but bytes, which are records.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let Ok(store) = Self::store() else { return Ok(()) };
		for (key, value) in Self::all(store, ValueKind::Bytes) {
			let record = decode(&key, value)
				.map_err(|_| "a record cannot be read, or lies at another name's key")?;
			let place = Place { store, key };
			ensure!(
				Self::name_in(store, &record.id) == Ok(Some(record.name)),
				"a record's ID has another name"
			);
			ensure!(Self::is_marked(&place, &record.id), "a record is not marked");
			ensure!(Self::free_from(&place) == Ok(None), "a name with a record cools down");
			ensure!(
				Self::take_back_at(&place) == Ok(None),
				"a name with a record can be taken back"
			);
			let offer = Self::hand_over_at(&place).map_err(|_| "a hand-over cannot be decoded")?;
			ensure!(
				offer.is_none_or(|offer| offer.to != record.id),
				"a name is handed over to whose it is"
			);
			ensure!(Self::reservation_at(&place).is_ok(), "a reservation cannot be decoded");
		}
		Ok(())
	}

	fn all(store: StoreId, kind: ValueKind) -> Vec<(Key, Value<T::AccountId>)> {
		const PAGE: u32 = 1_000;
		let mut entries: Vec<_> = T::Storage::page(store, kind, None, PAGE);
		while let Some((last, _)) = entries.last() {
			let more = T::Storage::page(store, kind, Some(last), PAGE);
			if more.is_empty() {
				break;
			}
			entries.extend(more);
		}
		entries
	}
}
