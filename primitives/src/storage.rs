//! The eternal storage as its users see it: typed values, who pays for them, and the traits.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	dispatch::DispatchResult,
	traits::{ConstU32, EnsureOrigin, OriginTrait},
	BoundedVec,
};
use scale_info::{Type, TypeDefPrimitive, TypeInfo};
use sp_core::U256;
use sp_runtime::{traits::BadOrigin, DispatchError};

/// Number of a store, never reused.
pub type StoreId = u32;
/// Where a value lies in a store, apart from its kind.
pub type Key = [u8; 32];
/// Longest string or byte string, in bytes.
pub const MAX_VALUE_LEN: u32 = 4096;
/// Most writes in a batch.
pub const MAX_BATCH: u32 = 64;
/// A string's or byte string's bytes.
pub type ValueBytes = BoundedVec<u8, ConstU32<MAX_VALUE_LEN>>;

/// A signed 256-bit integer, in two's complement and little-endian as SCALE has integers.
#[derive(
	Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen,
)]
pub struct I256(pub [u8; 32]);

impl TypeInfo for I256 {
	type Identity = Self;

	fn type_info() -> Type {
		TypeDefPrimitive::I256.into()
	}
}

impl From<i128> for I256 {
	fn from(value: i128) -> Self {
		let mut bytes = [if value < 0 { 0xff } else { 0 }; 32];
		bytes[..16].copy_from_slice(&value.to_le_bytes());
		Self(bytes)
	}
}

/// The seven kinds of value. A key of one kind does not exist under another.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ValueKind {
	/// True or false.
	Bool,
	/// A signed 256-bit integer.
	Int256,
	/// An unsigned 256-bit integer.
	Uint256,
	/// UTF-8 text.
	String,
	/// Any bytes.
	Bytes,
	/// An account.
	Address,
	/// Exactly 32 bytes.
	Bytes32,
}

impl ValueKind {
	/// Every kind, in the order of their encoding.
	pub const ALL: [Self; 7] = [
		Self::Bool,
		Self::Int256,
		Self::Uint256,
		Self::String,
		Self::Bytes,
		Self::Address,
		Self::Bytes32,
	];
}

/// A typed value.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Value<AccountId> {
	/// True or false.
	Bool(bool),
	/// A signed 256-bit integer.
	Int256(I256),
	/// An unsigned 256-bit integer.
	Uint256(U256),
	/// UTF-8 text.
	String(ValueBytes),
	/// Any bytes.
	Bytes(ValueBytes),
	/// An account.
	Address(AccountId),
	/// Exactly 32 bytes.
	Bytes32([u8; 32]),
}

impl<AccountId> Value<AccountId> {
	/// Under which kind it is stored.
	pub fn kind(&self) -> ValueKind {
		match self {
			Self::Bool(_) => ValueKind::Bool,
			Self::Int256(_) => ValueKind::Int256,
			Self::Uint256(_) => ValueKind::Uint256,
			Self::String(_) => ValueKind::String,
			Self::Bytes(_) => ValueKind::Bytes,
			Self::Address(_) => ValueKind::Address,
			Self::Bytes32(_) => ValueKind::Bytes32,
		}
	}

	/// The bytes of a `Bytes` value.
	pub fn into_bytes(self) -> Option<Vec<u8>> {
		match self {
			Self::Bytes(bytes) => Some(bytes.into_inner()),
			_ => None,
		}
	}

	/// The bytes of a `String` value.
	pub fn into_string(self) -> Option<Vec<u8>> {
		match self {
			Self::String(bytes) => Some(bytes.into_inner()),
			_ => None,
		}
	}

	/// The number of a `Uint256` value.
	pub fn into_uint256(self) -> Option<U256> {
		match self {
			Self::Uint256(number) => Some(number),
			_ => None,
		}
	}

	/// The bytes of a `Bytes32` value.
	pub fn into_bytes32(self) -> Option<[u8; 32]> {
		match self {
			Self::Bytes32(bytes) => Some(bytes),
			_ => None,
		}
	}
}

/// One change of a store.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Write<AccountId> {
	/// Puts a value in the place of what its kind has at that key.
	Set {
		/// Where.
		key: Key,
		/// What.
		value: Value<AccountId>,
	},
	/// Removes a value.
	Remove {
		/// Of which kind.
		kind: ValueKind,
		/// Where.
		key: Key,
	},
}

/// A value as a call is given it: a [`Value`] whose string may have any length, encoded in the same
/// way. So a string that is too long gets an error of ours and not one of decoding.
// Not a `Value` with a parameter: clients tell types by their paths, which two of one path confuse.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum GivenValue<AccountId> {
	/// True or false.
	Bool(bool),
	/// A signed 256-bit integer.
	Int256(I256),
	/// An unsigned 256-bit integer.
	Uint256(U256),
	/// UTF-8 text, of which at most 4096 bytes are stored.
	String(Vec<u8>),
	/// Any bytes, of which at most 4096 are stored.
	Bytes(Vec<u8>),
	/// An account.
	Address(AccountId),
	/// Exactly 32 bytes.
	Bytes32([u8; 32]),
}

impl<AccountId> GivenValue<AccountId> {
	/// The value as it can be stored, unless its string is longer than [`MAX_VALUE_LEN`].
	pub fn bounded(self) -> Option<Value<AccountId>> {
		Some(match self {
			Self::Bool(value) => Value::Bool(value),
			Self::Int256(number) => Value::Int256(number),
			Self::Uint256(number) => Value::Uint256(number),
			Self::String(bytes) => Value::String(bytes.try_into().ok()?),
			Self::Bytes(bytes) => Value::Bytes(bytes.try_into().ok()?),
			Self::Address(account) => Value::Address(account),
			Self::Bytes32(bytes) => Value::Bytes32(bytes),
		})
	}
}

impl<AccountId> From<Value<AccountId>> for GivenValue<AccountId> {
	fn from(value: Value<AccountId>) -> Self {
		match value {
			Value::Bool(value) => Self::Bool(value),
			Value::Int256(number) => Self::Int256(number),
			Value::Uint256(number) => Self::Uint256(number),
			Value::String(bytes) => Self::String(bytes.into_inner()),
			Value::Bytes(bytes) => Self::Bytes(bytes.into_inner()),
			Value::Address(account) => Self::Address(account),
			Value::Bytes32(bytes) => Self::Bytes32(bytes),
		}
	}
}

/// One change of a store as a call is given it: a [`Write`] with a [`GivenValue`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum GivenWrite<AccountId> {
	/// Puts a value in the place of what its kind has at that key.
	Set {
		/// Where.
		key: Key,
		/// What.
		value: GivenValue<AccountId>,
	},
	/// Removes a value.
	Remove {
		/// Of which kind.
		kind: ValueKind,
		/// Where.
		key: Key,
	},
}

impl<AccountId> GivenWrite<AccountId> {
	/// The change as it can be made, unless its string is longer than [`MAX_VALUE_LEN`].
	pub fn bounded(self) -> Option<Write<AccountId>> {
		Some(match self {
			Self::Set { key, value } => Write::Set { key, value: value.bounded()? },
			Self::Remove { kind, key } => Write::Remove { kind, key },
		})
	}
}

impl<AccountId> From<Write<AccountId>> for GivenWrite<AccountId> {
	fn from(write: Write<AccountId>) -> Self {
		match write {
			Write::Set { key, value } => Self::Set { key, value: value.into() },
			Write::Remove { kind, key } => Self::Remove { kind, key },
		}
	}
}

/// Changes of one store, made in this order, all or none of them.
pub type Batch<AccountId> = BoundedVec<Write<AccountId>, ConstU32<MAX_BATCH>>;

/// Who pays the deposit of what is stored.
///
/// Made from an origin, never from an account: a logic charges whoever signed the extrinsic that it
/// executes. That is a convention which review keeps, and no guarantee against code that makes itself an
/// origin, as any pallet can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payer<AccountId>(Option<AccountId>);

impl<AccountId: Clone> Payer<AccountId> {
	/// The account that signed.
	pub fn signed<O: OriginTrait<AccountId = AccountId>>(origin: O) -> Result<Self, BadOrigin> {
		origin.into_signer().map(|who| Self(Some(who))).ok_or(BadOrigin)
	}

	/// Nobody: for the origin that `Exempt` admits.
	pub fn exempt<O, Exempt: EnsureOrigin<O>>(origin: O) -> Result<Self, BadOrigin> {
		Exempt::ensure_origin(origin).map(|_| Self(None))
	}

	/// The account that pays, if any does.
	pub fn account(&self) -> Option<&AccountId> {
		self.0.as_ref()
	}
}

/// Making and taking over stores.
pub trait StoreRegistry<AccountId> {
	/// Makes an empty store without a deposit and returns its number: for owners that resolve their
	/// logic by themselves.
	fn create(owner: AccountId) -> Result<StoreId, DispatchError>;

	/// Makes `owner` the owner of a store that is offered to it.
	fn accept(owner: AccountId, store: StoreId) -> DispatchResult;

	/// Whether nothing is in the store. One that does not exist is empty.
	fn is_empty(store: StoreId) -> bool;

	/// Whether the store is offered to somebody.
	fn is_offered(store: StoreId) -> bool;
}

/// Reading and writing stores, as logic pallets do.
pub trait EternalStorage<AccountId> {
	/// Fails unless `logic` may write to the store now.
	fn ensure_logic(store: StoreId, logic: &AccountId) -> DispatchResult;

	/// The value of that kind at that key.
	fn get(store: StoreId, kind: ValueKind, key: &Key) -> Option<Value<AccountId>>;

	/// Makes all changes of a batch in their order, or none if one fails. The deposits of what is set
	/// are taken from `payer` in one hold; those of what it replaces or removes are returned to
	/// whoever paid them.
	fn write(
		store: StoreId,
		logic: &AccountId,
		batch: Batch<AccountId>,
		payer: &Payer<AccountId>,
	) -> DispatchResult;

	/// Up to `limit` values of one kind, in the order of their place in the state, beginning behind
	/// that of the key `after`.
	fn page(
		store: StoreId,
		kind: ValueKind,
		after: Option<&Key>,
		limit: u32,
	) -> Vec<(Key, Value<AccountId>)>;
}

/// The logic of a store as far as its owner decides it for all its stores at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnerLogic<AccountId> {
	/// The owner sets the logic of each store.
	PerStore,
	/// The logic of all the owner's stores; with none, nobody can write.
	Selected(Option<AccountId>),
}

/// Resolves the logic of a store through its owner, at the time of writing.
pub trait ResolveLogic<AccountId> {
	/// What the owner decides for all its stores.
	fn logic_of(owner: &AccountId) -> OwnerLogic<AccountId>;
}

impl<AccountId> ResolveLogic<AccountId> for () {
	fn logic_of(_: &AccountId) -> OwnerLogic<AccountId> {
		OwnerLogic::PerStore
	}
}
