//! The runtime API: all that a client needs to know of the chain.

use crate::{
	council::{CouncilInfo, MemberInfo},
	name::NameError,
	proof::{JamiId, KeyError},
	statement::Action,
	storage::{Key, StoreId, Value, ValueKind},
	AccountId, Balance, BlockNumber, HandOver, Name, NameRecord, Reservation, TakeBack,
};
use alloc::{string::String, vec::Vec};
use codec::{Codec, Decode, Encode};
use scale_info::TypeInfo;

/// Most entries that one call of a paged function returns.
pub const MAX_PAGE: u32 = 256;

/// Most calls that [`SponsorApi::batch_call`] puts together.
///
/// [`SponsorApi::batch_call`]: runtime_decl_for_sponsor_api::SponsorApi::batch_call
pub const MAX_BATCHED_CALLS: usize = 64;

/// A store, for whoever asks through the runtime API.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct StoreInfo<AccountId> {
	/// Who owns it.
	pub owner: AccountId,
	/// Who may write to it now.
	pub logic: Option<AccountId>,
	/// To whom the owner offers it.
	pub offered_to: Option<AccountId>,
	/// Number of values in it.
	pub entry_count: u64,
}

/// Why a question about a name has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum NameQueryError {
	/// It is not a name, or none that exists under the selected logic.
	Invalid(NameError),
	/// What the state has about it cannot be read.
	Corrupt,
	/// The council has no store for names, so that nothing can be said about any.
	NoStore,
}

/// Everything that is kept about a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct NameStatus {
	/// What it resolves to.
	pub record: Option<NameRecord>,
	/// The ID that may take it over, perhaps behind the deadline.
	pub hand_over: Option<HandOver>,
	/// The ID that released it and may take it back until it is free again.
	pub take_back: Option<TakeBack>,
	/// Whether the council keeps it back, and for whom.
	pub reservation: Option<Reservation>,
	/// The first block in which it is free again, perhaps in the past.
	pub free_from: Option<BlockNumber>,
}

/// A name's record as it is paged.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct NameEntry {
	/// Where it lies in the store; the next page begins behind it.
	pub record_key: Key,
	/// The record; `None` if what lies there cannot be read.
	pub record: Option<NameRecord>,
}

/// A logic of the runtime, of which the council selects one.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct LogicInfo {
	/// The account that stands for it.
	pub account: AccountId,
	/// What it is called in the runtime's metadata.
	pub name: String,
}

/// What the selected logic makes of a registration, as far as the state decides it: all but the proof.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Admission {
	/// This key has the name.
	Registered,
	/// Nothing stands against it: the name is free, kept for the ID, or handed over to it.
	Open,
	/// The name belongs to another ID.
	NameTaken {
		/// Whose it is.
		by: JamiId,
	},
	/// The ID has another name.
	IdTaken {
		/// Which.
		name: Name,
	},
	/// The ID had the name before, and needs an acceptance to get it again.
	Spent,
	/// The name was released or removed not long ago.
	CoolingDown {
		/// The first block in which it is free again.
		free_from: BlockNumber,
	},
	/// The council keeps the name back.
	Reserved,
	/// No logic is selected, or one that takes no registrations from accounts.
	Closed,
	/// It is not a name.
	InvalidName(NameError),
	/// It is not a key.
	InvalidKey(KeyError),
	/// The logic refuses it for a reason of its own.
	Refused,
	/// What the state has about it cannot be read.
	Corrupt,
}

/// A call that the runtime composed. A type of its own, since some clients read an optional byte
/// string wrongly.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ComposedCall {
	/// The encoded call, to be signed as it is.
	pub encoded: Vec<u8>,
}

/// A session key: its type, and the public key.
pub type SessionKey = ([u8; 4], Vec<u8>);

/// A validator of the present session.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ValidatorInfo<AccountId> {
	/// Account whose bond answers for it.
	pub account: AccountId,
	/// Keys with which it authors and votes now.
	pub keys: Vec<SessionKey>,
	/// Keys that it has registered, for the sessions after the next.
	pub registered_keys: Vec<SessionKey>,
	/// Whether it may author no block until the era ends, since it was caught at an offence.
	pub disabled: bool,
	/// Slashes of its own bond that have not taken effect yet.
	pub deferred_slash: Balance,
}

/// The state of the elections.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct EraInfo {
	/// Number of the present session.
	pub session: u32,
	/// Number of the present era.
	pub active_era: u32,
	/// Beginning of the present era, in milliseconds since 1970; `None` in its first block.
	pub started: Option<u64>,
	/// Length of an era when no slot is missed, in milliseconds; `None` if eras are switched off.
	pub length: Option<u64>,
}

sp_api::decl_runtime_apis! {
	/// Names and the IDs they belong to.
	pub trait NamesApi {
		/// Returns the record of a name; `Invalid` if it has none, and none exists under the selected
		/// logic.
		fn resolve(name: Vec<u8>) -> Result<Option<NameRecord>, NameQueryError>;
		/// The name of an ID.
		fn name_of(id: JamiId) -> Result<Option<Name>, NameQueryError>;
		/// Returns up to `limit` records (at most [`MAX_PAGE`]), in the order in which the state has
		/// them, beginning behind the record key `after`. Fewer than asked for means that there are no
		/// more: what cannot be read is there, without a record.
		fn names(after: Option<Key>, limit: u32) -> Result<Vec<NameEntry>, NameQueryError>;
		/// Returns where the record of a name lies: what the council reserves and assigns by.
		fn record_key(name: Vec<u8>) -> Result<Key, NameQueryError>;
		/// Returns the logics that the runtime has.
		fn logics() -> Vec<LogicInfo>;
		/// Everything that is kept about a name.
		fn name_status(name: Vec<u8>) -> Result<NameStatus, NameQueryError>;
		/// Returns whether an ID had a name before, so that it needs an acceptance to get it again.
		fn is_spent(name: Name, id: JamiId) -> Result<bool, NameQueryError>;
		/// The call that does with a name what its key states, with the selected logic; nothing if that
		/// does not offer it.
		fn statement_call(
			name: Vec<u8>,
			action: Action,
			statement: Vec<u8>,
		) -> Option<ComposedCall>;
		/// The call that takes a name with a statement of the new key (accepted, claimed, taken back),
		/// with the selected logic; nothing if that does not offer it or the key is none.
		fn acceptance_call(
			name: Vec<u8>,
			key: Vec<u8>,
			signature: Vec<u8>,
			statement: Vec<u8>,
		) -> Option<ComposedCall>;
		/// The call that registers a name with the selected logic, or nothing if that takes no
		/// registrations or the key is none.
		fn registration_call(
			name: Vec<u8>,
			key: Vec<u8>,
			signature: Vec<u8>,
		) -> Option<ComposedCall>;
		/// What the selected logic would make of a registration by that key now.
		fn admission(name: Vec<u8>, key: Vec<u8>) -> Admission;
	}

	/// What an account needs to know that registers names for others.
	pub trait SponsorApi<AccountId: Codec> {
		/// The most that a registration takes from whoever pays: fee and deposit.
		fn registration_price() -> Balance;
		/// What an account can spend and stay alive.
		fn spendable(who: AccountId) -> Balance;
		/// One call that makes all of these, whether or not some fail; nothing if they are too many
		/// or one cannot be decoded.
		fn batch_call(calls: Vec<ComposedCall>) -> Option<ComposedCall>;
	}

	/// The council: its stakes, its open proposal, its stores.
	pub trait CouncilApi<AccountId: Codec, Call: Codec> {
		/// Everything about the council but its members.
		fn council() -> CouncilInfo<AccountId>;
		/// The open proposal's call, decoded; nothing if there is none, or if it cannot be decoded.
		fn proposed_call() -> Option<Call>;
		/// The call that votes on the open proposal; nothing if there is none.
		fn vote_call(aye: bool) -> Option<ComposedCall>;
		/// A member, or whoever still has weight on the open proposal.
		fn member(who: AccountId) -> Option<MemberInfo<AccountId>>;
		/// Up to `limit` members (at most [`MAX_PAGE`]), in the order in which the state has them,
		/// beginning behind the account `after`.
		fn members(after: Option<AccountId>, limit: u32) -> Vec<MemberInfo<AccountId>>;
		/// What has to be deposited now for proposing a call of that encoded length, in bytes.
		fn proposal_deposit(len: u32) -> Balance;
		/// The logic that the council has selected.
		fn selected_logic() -> Option<AccountId>;
	}

	/// The eternal storage.
	pub trait StoresApi<AccountId: Codec> {
		/// A store.
		fn store(id: StoreId) -> Option<StoreInfo<AccountId>>;
		/// Up to `limit` stores (at most [`MAX_PAGE`]) from the number `from` on.
		fn stores(from: StoreId, limit: u32) -> Vec<(StoreId, StoreInfo<AccountId>)>;
		/// Up to `limit` stores (at most [`MAX_PAGE`]) of one owner, in the order in which the state
		/// has them, beginning behind the store `after`.
		fn stores_of(owner: AccountId, after: Option<StoreId>, limit: u32) -> Vec<StoreId>;
		/// One value of a store.
		fn value(id: StoreId, kind: ValueKind, key: Key) -> Option<Value<AccountId>>;
		/// Up to `limit` values of a kind (at most [`MAX_PAGE`]), in the order in which the state has
		/// them, beginning behind the key `after`.
		fn values(
			id: StoreId,
			kind: ValueKind,
			after: Option<Key>,
			limit: u32,
		) -> Vec<(Key, Value<AccountId>)>;
	}
	/// The validators, as their nodes watch themselves.
	pub trait ValidatorsApi<AccountId: Codec> {
		/// Returns the validators of the present session, in the order of their indices.
		fn validators() -> Vec<ValidatorInfo<AccountId>>;
		/// Returns the state of the elections.
		fn era() -> EraInfo;
	}
}
