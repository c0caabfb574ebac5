//! How an ID loses a name, or allows that.

use super::*;

/// A record that ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
	/// The name.
	pub name: Name,
	/// Whose it was.
	pub id: JamiId,
	/// The first block in which the name is free again.
	pub free_from: BlockNumber,
}

impl<T: Config, A: Get<T::AccountId>, R: Rules> Registry<T, A, R> {
	/// Gives a name up, as its key states.
	pub fn release(
		name: &[u8],
		statement: &[u8],
		payer: &Payer<T::AccountId>,
	) -> Result<Ended, Refusal> {
		Self::ensure_allowed(&Action::Release)?;
		let (place, record) = Self::registered(name)?;
		Self::ensure_stated(&record, &Action::Release, statement)?;
		let take_back = TakeBack { by: record.id, since: Self::now() };
		Self::end(&place, record, Some(take_back), payer)
	}

	/// Allows another ID to take a name over, as its key states.
	pub fn hand_over(
		name: &[u8],
		offer: HandOver,
		statement: &[u8],
		payer: &Payer<T::AccountId>,
	) -> Result<NameRecord, Refusal> {
		let HandOver { to, deadline } = offer;
		Self::ensure_allowed(&Action::HandOver { to, deadline })?;
		let (place, mut record) = Self::registered(name)?;
		ensure!(to != record.id, Refusal::SameId);
		let now = Self::now();
		let latest = now.saturating_add(T::MaxHandOver::get());
		ensure!(now < deadline && deadline <= latest, Refusal::DeadlineOutOfRange);
		Self::ensure_stated(&record, &Action::HandOver { to, deadline }, statement)?;
		record.sequence = record.sequence.checked_add(1).ok_or(Refusal::Corrupt)?;
		let batch = vec![
			Self::set_record(&place, &record)?,
			Self::set_word(hand_over_key(&place.key), &offer)?,
		];
		Self::write(&place, batch, payer)?;
		Ok(record)
	}

	/// Takes that back, as the key states.
	pub fn cancel_hand_over(
		name: &[u8],
		statement: &[u8],
		payer: &Payer<T::AccountId>,
	) -> Result<NameRecord, Refusal> {
		Self::ensure_allowed(&Action::CancelHandOver)?;
		let (place, mut record) = Self::registered(name)?;
		ensure!(Self::hand_over_at(&place)?.is_some(), Refusal::NotOffered);
		Self::ensure_stated(&record, &Action::CancelHandOver, statement)?;
		record.sequence = record.sequence.checked_add(1).ok_or(Refusal::Corrupt)?;
		let batch =
			vec![Self::set_record(&place, &record)?, Self::remove_word(hand_over_key(&place.key))];
		Self::write(&place, batch, payer)?;
		Ok(record)
	}

	/// Takes a name away from its ID.
	pub fn remove(name: &[u8], payer: &Payer<T::AccountId>) -> Result<Ended, Refusal> {
		let (place, record) = Self::registered(name)?;
		Self::end(&place, record, None, payer)
	}

	/// Writes a record, its reverse entry and its mark again as they are, so that the payer's deposit
	/// takes the place of whoever's it was.
	pub fn adopt(name: &[u8], payer: &Payer<T::AccountId>) -> Result<NameRecord, Refusal> {
		let (place, record) = Self::registered(name)?;
		let batch = vec![
			Self::set_record(&place, &record)?,
			Self::set_reverse(&record)?,
			Self::set_mark(&place, &record.id),
		];
		Self::write(&place, batch, payer)?;
		Ok(record)
	}

	/// Removes a hand-over behind its deadline, a cool-down that is over and what allowed to take the
	/// name back until then, which nothing heeds any more: whoever paid for them gets it back.
	pub fn clear_expired(key: Key, payer: &Payer<T::AccountId>) -> Result<(), Refusal> {
		let place = Self::writable(key)?;
		let now = Self::now();
		let mut batch = vec![];
		if Self::hand_over_at(&place)?.is_some_and(|offer| offer.deadline < now) {
			batch.push(Self::remove_word(hand_over_key(&key)));
		}
		if Self::free_from(&place)?.is_some_and(|free_from| free_from <= now) {
			batch.extend(Self::forget_ending(&place)?);
		}
		ensure!(!batch.is_empty(), Refusal::NothingExpired);
		Self::write(&place, batch, payer)
	}

	/// Every record ends here, unless another takes its place.
	fn end(
		place: &Place,
		record: NameRecord,
		take_back: Option<TakeBack>,
		payer: &Payer<T::AccountId>,
	) -> Result<Ended, Refusal> {
		// Never in this block, whatever the cool-down.
		let free_from = Self::now().saturating_add(T::CoolDown::get().max(1));
		let mut batch = vec![
			Write::Remove { kind: ValueKind::Bytes, key: place.key },
			Write::Set { key: cool_down_key(&place.key), value: Value::Uint256(free_from.into()) },
		];
		batch.extend(Self::forget_reverse(place, &record));
		batch.extend(Self::mark(place, &record.id));
		if Self::hand_over_at(place)?.is_some() {
			batch.push(Self::remove_word(hand_over_key(&place.key)));
		}
		if let Some(take_back) = take_back {
			batch.push(Self::set_word(take_back_key(&place.key), &take_back)?);
		}
		Self::write(place, batch, payer)?;
		Ok(Ended { name: record.name, id: record.id, free_from })
	}

	/// What removes the traces of an ending: that the name cools down, and who can take it back.
	pub(super) fn forget_ending(place: &Place) -> Result<Vec<Write<T::AccountId>>, Refusal> {
		let mut batch = vec![];
		if Self::free_from(place)?.is_some() {
			let key = cool_down_key(&place.key);
			batch.push(Write::Remove { kind: ValueKind::Uint256, key });
		}
		if Self::take_back_at(place)?.is_some() {
			batch.push(Self::remove_word(take_back_key(&place.key)));
		}
		Ok(batch)
	}

	/// What removes a record's reverse entry. Another logic may have left the record without one, or its
	/// ID with another name.
	pub(super) fn forget_reverse(
		place: &Place,
		record: &NameRecord,
	) -> Option<Write<T::AccountId>> {
		(Self::name_in(place.store, &record.id) == Ok(Some(record.name.clone())))
			.then(|| Self::remove_reverse(&record.id))
	}

	fn ensure_allowed(action: &Action) -> Result<(), Refusal> {
		ensure!(R::allows(action), Refusal::NotAllowed);
		Ok(())
	}
}
