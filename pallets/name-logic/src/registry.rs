//! What every logic shares: finding, proving and writing records.

use alloc::{vec, vec::Vec};
use codec::{DecodeAll, Encode};
use core::marker::PhantomData;
use frame_support::{ensure, traits::Get};
use jns_primitives::{
	council::LabelledStores,
	layout::{record_key, reverse_key, NAMES_LABEL},
	name::NameError,
	proof::{KeyError, PublicKey, SignatureError},
	storage::{Batch, EternalStorage, Payer, StoreId, Value, ValueKind, Write},
	BlockNumber, JamiId, Name, NameRecord,
};
use sp_runtime::DispatchError;

/// Why a registration is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
	/// The bytes are not a name.
	InvalidName(NameError),
	/// The bytes are not an accepted key.
	InvalidKey(KeyError),
	/// The key's hash is not the ID.
	ForeignKey,
	/// The signature is not the key's, of this name.
	InvalidSignature(SignatureError),
	/// The name belongs to another ID.
	NameTaken,
	/// The ID has another name.
	IdTaken,
	/// The council has no store for names.
	NoStore,
	/// A record cannot be decoded, or contradicts another.
	Corrupt,
	/// The storage refused.
	Storage(DispatchError),
}

/// A registration as it was asked for.
pub struct Request {
	/// The name, lower case.
	pub name: Vec<u8>,
	/// For whom.
	pub id: JamiId,
	/// The key's DER SubjectPublicKeyInfo.
	pub key: Vec<u8>,
	/// The key's signature of the name.
	pub signature: Vec<u8>,
}

/// A request that nothing in the state stands against, but whose proof is not verified yet.
pub struct Admissible {
	request: Request,
	name: Name,
	store: StoreId,
	registered: bool,
}

/// What a registration came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registration {
	/// There is a new record.
	New(Name),
	/// The very same was registered before.
	Unchanged,
}

/// The names, as a logic with an account of its own reads and writes them. `S` stores, `L` finds the
/// store, `A` is the logic's account.
pub struct Registry<AccountId, S, L, A>(PhantomData<(AccountId, S, L, A)>);

impl<AccountId, S, L, A> Registry<AccountId, S, L, A>
where
	AccountId: Clone,
	S: EternalStorage<AccountId>,
	L: LabelledStores,
	A: Get<AccountId>,
{
	/// The store in which names live.
	pub fn store() -> Option<StoreId> {
		L::store_of(NAMES_LABEL)
	}

	/// The record of a name.
	pub fn record(name: &Name) -> Result<Option<NameRecord>, Refusal> {
		let Some(store) = Self::store() else { return Ok(None) };
		S::get(store, ValueKind::Bytes, &record_key(name)).map(decode).transpose()
	}

	/// The name of an ID.
	pub fn name_of(id: &JamiId) -> Result<Option<Name>, Refusal> {
		let Some(store) = Self::store() else { return Ok(None) };
		S::get(store, ValueKind::String, &reverse_key(id))
			.map(|value| {
				let bytes = value.into_string().ok_or(Refusal::Corrupt)?;
				bytes.try_into().map_err(|_| Refusal::Corrupt)
			})
			.transpose()
	}

	/// Up to `limit` records, in the order in which the state has them, beginning behind a name.
	pub fn page(after: Option<&Name>, limit: u32) -> Vec<NameRecord> {
		let Some(store) = Self::store() else { return Vec::new() };
		S::page(store, ValueKind::Bytes, after.map(record_key).as_ref(), limit)
			.into_iter()
			.filter_map(|(_, value)| decode(value).ok())
			.collect()
	}

	/// Everything about a request but its proof, which is the dear part.
	pub fn admit(request: Request) -> Result<Admissible, Refusal> {
		let store = Self::store().ok_or(Refusal::NoStore)?;
		S::ensure_logic(store, &A::get()).map_err(Refusal::Storage)?;
		let name = Name::try_from(&request.name[..]).map_err(Refusal::InvalidName)?;
		let registered = match Self::record(&name)? {
			Some(record) => {
				// The key too: two keys with one ID would be a collision of SHA-1.
				let same = record.id == request.id && record.key[..] == request.key[..];
				ensure!(same, Refusal::NameTaken);
				true
			},
			None => {
				ensure!(Self::name_of(&request.id)?.is_none(), Refusal::IdTaken);
				false
			},
		};
		Ok(Admissible { request, name, store, registered })
	}

	/// Verifies the proof and writes the record, if it is not there already.
	pub fn register(
		admissible: Admissible,
		now: BlockNumber,
		payer: &Payer<AccountId>,
	) -> Result<Registration, Refusal> {
		let Admissible { request: Request { id, key, signature, .. }, name, store, registered } =
			admissible;
		let public = PublicKey::from_der(&key).map_err(Refusal::InvalidKey)?;
		ensure!(public.id() == id, Refusal::ForeignKey);
		public.verify(name.as_bytes(), &signature).map_err(Refusal::InvalidSignature)?;
		if registered {
			return Ok(Registration::Unchanged);
		}
		let record = NameRecord {
			name: name.clone(),
			id,
			key: key.try_into().map_err(|_| Refusal::Corrupt)?,
			signature: signature.try_into().map_err(|_| Refusal::Corrupt)?,
			block: now,
			sequence: 0,
		};
		let bytes = record.encode().try_into().map_err(|_| Refusal::Corrupt)?;
		let text = name.as_bytes().to_vec().try_into().map_err(|_| Refusal::Corrupt)?;
		let batch = Batch::truncate_from(vec![
			Write::Set { key: record_key(&name), value: Value::Bytes(bytes) },
			Write::Set { key: reverse_key(&id), value: Value::String(text) },
		]);
		S::write(store, &A::get(), batch, payer).map_err(Refusal::Storage)?;
		Ok(Registration::New(name))
	}

	/// What holds of the names after every block:
	/// 1. Every record lies at the key of its name, and its ID's reverse entry has that name.
	/// 2. There are as many reverse entries as records.
	#[cfg(any(feature = "try-runtime", test))]
	pub fn do_try_state() -> Result<(), sp_runtime::TryRuntimeError> {
		const PAGE: u32 = 1_000;
		let Some(store) = Self::store() else { return Ok(()) };
		let all = |kind| {
			let mut entries: Vec<_> = S::page(store, kind, None, PAGE);
			while let Some((last, _)) = entries.last() {
				let more = S::page(store, kind, Some(last), PAGE);
				if more.is_empty() {
					break;
				}
				entries.extend(more);
			}
			entries
		};
		let records = all(ValueKind::Bytes);
		ensure!(
			records.len() == all(ValueKind::String).len(),
			"names and reverse entries differ in number"
		);
		for (key, value) in records {
			let record = decode(value).map_err(|_| "a record cannot be decoded")?;
			ensure!(key == record_key(&record.name), "a record lies at another name's key");
			ensure!(
				Self::name_of(&record.id) == Ok(Some(record.name)),
				"a record's ID has another name"
			);
		}
		Ok(())
	}
}

fn decode<AccountId>(value: Value<AccountId>) -> Result<NameRecord, Refusal> {
	let bytes = value.into_bytes().ok_or(Refusal::Corrupt)?;
	NameRecord::decode_all(&mut &bytes[..]).map_err(|_| Refusal::Corrupt)
}
