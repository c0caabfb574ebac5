//! What holds of the names after every block.

use super::*;
use sp_runtime::TryRuntimeError;

impl<T: Config, A: Get<T::AccountId>> Registry<T, A> {
	/// 1. Every record lies at the key of its name, and its ID's reverse entry has that name.
	/// 2. There are as many reverse entries as records.
	/// 3. Every record's pair of name and ID is marked, so that it is spent as soon as the name is
	///    another's.
	/// 4. No name with a record cools down, or is handed over to whose it is.
	/// 5. Every mark says true, and every cool-down is a block.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let Ok(store) = Self::store() else { return Ok(()) };
		let records = Self::all(store, ValueKind::Bytes);
		ensure!(
			records.len() == Self::all(store, ValueKind::String).len(),
			"names and reverse entries differ in number"
		);
		for (key, value) in records {
			let record = decode(value).map_err(|_| "a record cannot be decoded")?;
			ensure!(key == record_key(&record.name), "a record lies at another name's key");
			let place = Place { store, key };
			ensure!(
				Self::name_in(store, &record.id) == Ok(Some(record.name)),
				"a record's ID has another name"
			);
			ensure!(Self::is_marked(&place, &record.id), "a record is not marked");
			ensure!(Self::free_from(&place) == Ok(None), "a name with a record cools down");
			let offer = Self::hand_over_at(&place).map_err(|_| "a hand-over cannot be decoded")?;
			ensure!(
				offer.is_none_or(|offer| offer.to != record.id),
				"a name is handed over to whose it is"
			);
			ensure!(Self::reservation_at(&place).is_ok(), "a reservation cannot be decoded");
		}
		for (_, mark) in Self::all(store, ValueKind::Bool) {
			ensure!(mark == Value::Bool(true), "a mark does not say true");
		}
		for (_, block) in Self::all(store, ValueKind::Uint256) {
			let block = block.into_uint256().and_then(|n| BlockNumber::try_from(n).ok());
			ensure!(block.is_some(), "a cool-down is no block");
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
