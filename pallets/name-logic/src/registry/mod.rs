//! What every logic shares: the rules about names, over the eternal storage.

mod council;
mod endings;
mod registering;
#[cfg(any(feature = "fuzzing", feature = "try-runtime", test))]
mod try_state;

pub use council::Keys;
pub use endings::Ended;
pub use registering::{Registration, Request};

use crate::Rules;
use alloc::{vec, vec::Vec};
use codec::Encode;
use core::marker::PhantomData;
use frame_support::{
	ensure,
	traits::{EnsureOrigin, Get},
};
use jns_primitives::{
	api::{NameEntry, NameStatus},
	council::LabelledStores,
	layout::{
		cool_down_key, hand_over_key, mark_key, pack, record_key, reservation_key, reverse_key,
		take_back_key, unpack, NAMES_LABEL,
	},
	name::NameError,
	proof::{KeyError, PublicKey, SignatureError},
	statement::Action,
	storage::{Batch, EternalStorage, Key, Payer, StoreId, Value, ValueKind, Write},
	BlockNumber, HandOver, Hash, JamiId, Name, NameRecord, Reservation, TakeBack, VersionedRecord,
};
use sp_runtime::{traits::Zero, DispatchError, SaturatedConversion};

/// What all logics of a runtime have in common.
pub trait Config: frame_system::Config<Hash = Hash> {
	/// The council, which reserves, assigns and removes names, and pays no deposit.
	type CouncilOrigin: EnsureOrigin<Self::RuntimeOrigin>;

	/// Where names are kept.
	type Storage: EternalStorage<Self::AccountId>;

	/// Where the store for names is found.
	type Stores: LabelledStores;

	/// For how many blocks a name is free for nobody after it was released or removed.
	type CoolDown: Get<BlockNumber>;

	/// Most blocks for which a hand-over can wait to be accepted.
	type MaxHandOver: Get<BlockNumber>;
}

/// Why something is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
	/// The bytes are not a name, or not one that exists under these rules.
	InvalidName(NameError),
	/// The bytes are not an accepted key.
	InvalidKey(KeyError),
	/// The key's hash is not the ID.
	KeyMismatch,
	/// The signature is not the key's, of what it has to sign.
	InvalidSignature(SignatureError),
	/// The name belongs to another ID.
	NameTaken,
	/// The ID has another name.
	IdTaken,
	/// The ID had the name before: its proof of then is dead.
	Spent,
	/// The name was released or removed not long ago.
	CoolingDown,
	/// The council keeps the name back.
	Reserved,
	/// The name has no record.
	NotRegistered,
	/// The name is neither handed over nor assigned to the ID, nor can it take the name back.
	NotOffered,
	/// The deadline is in the past, or too far away.
	DeadlineOutOfRange,
	/// The ID has the name already.
	SameId,
	/// The logic's rules do not let a key do that.
	NotAllowed,
	/// The logic's rules do not admit the request.
	NotAdmitted,
	/// There is no such reservation.
	NotReserved,
	/// Nothing about the name has expired.
	NothingExpired,
	/// The council has no store for names.
	NoStore,
	/// What the store has cannot be read, or contradicts itself.
	Corrupt,
	/// What the store has about the name can be read, and contradicts nothing.
	NotCorrupt,
	/// The storage refused.
	Storage(DispatchError),
}

/// The names, as the logic with the account `A` and the rules `R` reads and writes them.
pub struct Registry<T, A, R>(PhantomData<(T, A, R)>);

/// A name's place in the store.
#[derive(Clone, Debug)]
struct Place {
	store: StoreId,
	/// Of the record; what else there is about the name hangs on it.
	key: Key,
}

/// Reading.
impl<T: Config, A: Get<T::AccountId>, R: Rules> Registry<T, A, R> {
	/// The store in which names live. While there is none, nothing can be said about any name.
	pub fn store() -> Result<StoreId, Refusal> {
		T::Stores::store_of(NAMES_LABEL).ok_or(Refusal::NoStore)
	}

	/// The record of a name.
	pub fn record(name: &Name) -> Result<Option<NameRecord>, Refusal> {
		Self::record_at(&Place { store: Self::store()?, key: record_key(name) })
	}

	/// The name of an ID.
	pub fn name_of(id: &JamiId) -> Result<Option<Name>, Refusal> {
		Self::name_in(Self::store()?, id)
	}

	/// Everything that is kept about a name.
	pub fn status(name: &Name) -> Result<NameStatus, Refusal> {
		let place = Place { store: Self::store()?, key: record_key(name) };
		Ok(NameStatus {
			record: Self::record_at(&place)?,
			hand_over: Self::hand_over_at(&place)?,
			take_back: Self::take_back_at(&place)?,
			reservation: Self::reservation_at(&place)?,
			free_from: Self::free_from(&place)?,
		})
	}

	/// Whether an ID has held a name and lost it, so that its first proof of it is dead.
	pub fn is_spent(name: &Name, id: &JamiId) -> Result<bool, Refusal> {
		let place = Place { store: Self::store()?, key: record_key(name) };
		let has_it = Self::record_at(&place)?.is_some_and(|record| record.id == *id);
		Ok(!has_it && Self::is_marked(&place, id))
	}

	/// Returns up to `limit` records, in the order in which the state has them, beginning behind a
	/// record key. What cannot be read, or lies at another name's key, is there without its record.
	pub fn page(after: Option<&Key>, limit: u32) -> Result<Vec<NameEntry>, Refusal> {
		let page = T::Storage::page(Self::store()?, ValueKind::Bytes, after, limit);
		let entry = |(key, value)| NameEntry { record_key: key, record: decode(&key, value).ok() };
		Ok(page.into_iter().map(entry).collect())
	}

	/// The place of something about a name, if this logic may write there now.
	fn writable(key: Key) -> Result<Place, Refusal> {
		let store = Self::store()?;
		T::Storage::ensure_logic(store, &A::get()).map_err(Refusal::Storage)?;
		Ok(Place { store, key })
	}

	/// The name, its place and its record, if it has one and this logic may write now.
	fn registered(name: &[u8]) -> Result<(Place, NameRecord), Refusal> {
		let name = Name::try_from(name).map_err(Refusal::InvalidName)?;
		let place = Self::writable(record_key(&name))?;
		let record = Self::record_at(&place)?.ok_or(Refusal::NotRegistered)?;
		Ok((place, record))
	}

	fn get(place: &Place, kind: ValueKind, key: &Key) -> Option<Value<T::AccountId>> {
		T::Storage::get(place.store, kind, key)
	}

	fn record_at(place: &Place) -> Result<Option<NameRecord>, Refusal> {
		let value = Self::get(place, ValueKind::Bytes, &place.key);
		value.map(|value| decode(&place.key, value)).transpose()
	}

	fn name_in(store: StoreId, id: &JamiId) -> Result<Option<Name>, Refusal> {
		T::Storage::get(store, ValueKind::String, &reverse_key(id))
			.map(|value| {
				let bytes = value.into_string().ok_or(Refusal::Corrupt)?;
				bytes.try_into().map_err(|_| Refusal::Corrupt)
			})
			.transpose()
	}

	fn hand_over_at(place: &Place) -> Result<Option<HandOver>, Refusal> {
		Self::word(place, &hand_over_key(&place.key))
	}

	fn take_back_at(place: &Place) -> Result<Option<TakeBack>, Refusal> {
		Self::word(place, &take_back_key(&place.key))
	}

	fn reservation_at(place: &Place) -> Result<Option<Reservation>, Refusal> {
		Self::word(place, &reservation_key(&place.key))
	}

	fn word<W: codec::Decode>(place: &Place, key: &Key) -> Result<Option<W>, Refusal> {
		Self::get(place, ValueKind::Bytes32, key)
			.map(|value| value.into_bytes32().and_then(|b| unpack(&b)).ok_or(Refusal::Corrupt))
			.transpose()
	}

	fn free_from(place: &Place) -> Result<Option<BlockNumber>, Refusal> {
		Self::get(place, ValueKind::Uint256, &cool_down_key(&place.key))
			.map(|value| {
				value.into_uint256().and_then(|n| n.try_into().ok()).ok_or(Refusal::Corrupt)
			})
			.transpose()
	}

	fn is_marked(place: &Place, id: &JamiId) -> bool {
		Self::get(place, ValueKind::Bool, &mark_key(&place.key, id)).is_some()
	}
}

/// Writing.
impl<T: Config, A: Get<T::AccountId>, R: Rules> Registry<T, A, R> {
	fn now() -> BlockNumber {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	fn write(
		place: &Place,
		batch: Vec<Write<T::AccountId>>,
		payer: &Payer<T::AccountId>,
	) -> Result<(), Refusal> {
		let batch = Batch::try_from(batch).map_err(|_| Refusal::Corrupt)?;
		T::Storage::write(place.store, &A::get(), batch, payer).map_err(Refusal::Storage)
	}

	fn set_record(place: &Place, record: &NameRecord) -> Result<Write<T::AccountId>, Refusal> {
		let record = VersionedRecord::from(record.clone());
		let bytes = record.encode().try_into().map_err(|_| Refusal::Corrupt)?;
		Ok(Write::Set { key: place.key, value: Value::Bytes(bytes) })
	}

	fn set_word(key: Key, word: &impl Encode) -> Result<Write<T::AccountId>, Refusal> {
		let word = pack(word).ok_or(Refusal::Corrupt)?;
		Ok(Write::Set { key, value: Value::Bytes32(word) })
	}

	fn remove_word(key: Key) -> Write<T::AccountId> {
		Write::Remove { kind: ValueKind::Bytes32, key }
	}

	fn remove_reverse(id: &JamiId) -> Write<T::AccountId> {
		Write::Remove { kind: ValueKind::String, key: reverse_key(id) }
	}

	fn set_reverse(record: &NameRecord) -> Result<Write<T::AccountId>, Refusal> {
		let name = record.name.as_bytes().to_vec().try_into().map_err(|_| Refusal::Corrupt)?;
		Ok(Write::Set { key: reverse_key(&record.id), value: Value::String(name) })
	}

	fn set_mark(place: &Place, id: &JamiId) -> Write<T::AccountId> {
		Write::Set { key: mark_key(&place.key, id), value: Value::Bool(true) }
	}

	/// Lays the mark of that pair, unless it lies there: whoever paid for it goes on paying.
	fn mark(place: &Place, id: &JamiId) -> Option<Write<T::AccountId>> {
		(!Self::is_marked(place, id)).then(|| Self::set_mark(place, id))
	}

	/// Checks what the record's own key says about it.
	fn ensure_stated(
		record: &NameRecord,
		action: &Action,
		signature: &[u8],
	) -> Result<(), Refusal> {
		let key = PublicKey::from_der(&record.key).map_err(Refusal::InvalidKey)?;
		let (block, sequence) = (record.block, record.sequence);
		Self::ensure_signed(&key, action, &record.name, block, sequence, signature)
	}

	fn ensure_signed(
		key: &PublicKey,
		action: &Action,
		name: &Name,
		block: BlockNumber,
		sequence: u32,
		signature: &[u8],
	) -> Result<(), Refusal> {
		let genesis = frame_system::Pallet::<T>::block_hash(
			frame_system::pallet_prelude::BlockNumberFor::<T>::zero(),
		);
		let statement = action.statement(&genesis, name, block, sequence);
		key.verify(&statement, signature).map_err(Refusal::InvalidSignature)
	}
}

/// Reads what lies at a record key, if it is the record of the name whose key that is.
fn decode<AccountId>(key: &Key, value: Value<AccountId>) -> Result<NameRecord, Refusal> {
	let bytes = value.into_bytes().ok_or(Refusal::Corrupt)?;
	let record = VersionedRecord::read(&bytes).ok_or(Refusal::Corrupt)?;
	ensure!(record_key(&record.name) == *key, Refusal::Corrupt);
	Ok(record)
}
