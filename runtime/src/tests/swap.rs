//! The point of it all: the logic is replaced, and not a byte of what is stored moves.

use super::*;
use jns_primitives::{
	api::MAX_PAGE,
	layout::NAMES_LABEL,
	storage::{GivenValue, StoreId, ValueKind},
	test_support::identities::identities,
	Name,
};
use pallet_council::{Call as CouncilCall, Ending};
use pallet_eternal_storage::{EntryOf, Error as StorageError};
type Names = pallet_name_logic::Names<Runtime, Instance1>;
use sp_runtime::{traits::Hash as _, DispatchError};

const NAMES: usize = 1_000;

fn select(logic: Option<AccountId>) {
	let ending = pass(CouncilCall::select_logic { logic });
	assert_eq!(ending, Ending::Executed(Ok(())));
}

fn store() -> StoreId {
	let label: jns_primitives::council::Label = NAMES_LABEL.to_vec().try_into().unwrap();
	pallet_council::StoreOf::<Runtime>::get(label).unwrap()
}

/// A hash of everything in the store, by its keys in the state.
fn content() -> Hash {
	let mut entries: Vec<_> = EntryOf::<Runtime>::iter_prefix((store(),)).collect();
	entries.sort_by_key(|(key, _)| *key);
	<Runtime as frame_system::Config>::Hashing::hash_of(&entries)
}

/// Every name resolves as it was registered, both ways, and no other does.
fn assert_resolves(all: &[Registration]) {
	for r in all {
		let name = Name::try_from(&r.name[..]).unwrap();
		let record = Names::record(&name).unwrap().unwrap();
		assert_eq!((record.id, &record.key[..]), (r.id, &r.key[..]));
		assert_eq!(Names::name_of(&r.id), Ok(Some(name)));
	}
	let (mut count, mut after) = (0, None);
	loop {
		let page = Names::page(after.as_ref(), MAX_PAGE).unwrap();
		count += page.len();
		let Some(last) = page.last() else { break };
		after = Some(last.record_key);
	}
	assert_eq!(count, all.len());
}

#[track_caller]
fn assert_refused(r: &Registration, error: StorageError<Runtime>) {
	assert_eq!(register(Bob, r).unwrap_err().error, DispatchError::from(error));
}

#[test]
fn a_thousand_names_outlive_their_logic() {
	let mut all = identities(NAMES + 2);
	let (another, late) = (all.pop().unwrap(), all.pop().unwrap());
	chain("development").execute_with(|| {
		for r in &all {
			assert_ok!(register(Bob, r));
		}
		let before = content();
		let unchanged = || {
			assert_eq!(content(), before);
			assert_resolves(&all);
		};
		unchanged();

		// Another logic: here a person's account. From that moment on the first one is refused.
		let dave = Sr25519Keyring::Dave;
		select(Some(dave.to_account_id()));
		unchanged();
		assert_refused(&late, StorageError::NotLogic);
		assert_refused(&all[0], StorageError::NotLogic);
		let (id, key) = (store(), [7; 32]);
		assert_ok!(EternalStorage::set(signed(dave), id, key, GivenValue::Bool(true)));
		assert_ok!(EternalStorage::remove(signed(dave), id, ValueKind::Bool, key));
		unchanged();

		// Back, and nobody at all.
		select(Some(PermanentNames::account_id()));
		unchanged();
		assert_eq!(
			EternalStorage::set(signed(dave), id, key, GivenValue::Bool(true)),
			Err(StorageError::<Runtime>::NotLogic.into())
		);
		select(None);
		unchanged();
		assert_refused(&late, StorageError::NoLogic);

		select(Some(PermanentNames::account_id()));
		unchanged();
		assert_ok!(register(Bob, &late));
		all.push(late);
		assert_ne!(content(), before, "the hash notices a new name");
		assert_resolves(&all);
		assert!(Names::name_of(&another.id).unwrap().is_none());
	});
}
