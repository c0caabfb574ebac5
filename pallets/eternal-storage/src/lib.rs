//! # Eternal storage
//!
//! Stores of typed values that outlive the logic which writes them.
//!
//! ## Overview
//!
//! Rules change, data stays. A *store* has an *owner* and a *logic*: the owner says which account is
//! the logic, the logic alone writes, everybody reads. Replacing the rules is replacing the logic,
//! and not a byte of what is stored moves.
//!
//! ## Terminology
//!
//! * **Store**: values of seven kinds, each kind a map of its own from 32-byte keys.
//! * **Owner**: the account that made the store or accepted it.
//! * **Logic**: the account that may write: a pallet's, a person's, a multisig's.
//! * **Payer**: whoever's money is held for an entry.
//!
//! ## Low-level
//!
//! Goals:
//! 1. *One check decides who writes*, whatever road leads to it: the [`EternalStorage`] trait for
//!    pallets, signed extrinsics for everybody else.
//! 2. *The logic is resolved through the owner at the time of writing* ([`Config::Owners`]), so that
//!    an owner of many stores can swap the logic of all of them in one write.
//! 3. *Nobody's money is held without a signature*: on the signed road the payer is the signer; on the
//!    trait's it is a [`Payer`], which is made from an origin alone.
//! 4. *Deposits follow what is stored*: an entry keeps its payer and what was held; overwriting and
//!    removing return that to whoever paid it, whatever the price is by then.
//! 5. *A batch is all or nothing*, and one hold: what its payer owes and gets back is summed up first.
//!
//! A value lies at `EntryOf(store, kind, key)`: the kinds share a map but not their keys.
//!
//! ## Limitations
//!
//! The pallet knows no naming rule, and no rule at all about what a value means.
//!
//! [`EternalStorage`]: jns_primitives::storage::EternalStorage
//! [`Payer`]: jns_primitives::storage::Payer

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
// Nothing on chain may panic or wrap.
#![cfg_attr(
	not(any(feature = "fuzzing", test)),
	warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod deposits;
mod dispatch;
mod impls;
#[cfg(any(feature = "fuzzing", test))]
mod mock;
#[cfg(any(feature = "fuzzing", test))]
#[allow(missing_docs)] // The actions say themselves what they do.
pub mod model;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "fuzzing", feature = "try-runtime", test))]
mod try_state;
pub mod weights;

use alloc::{vec, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	pallet_prelude::*,
	traits::{
		fungible::{Inspect, Mutate as FungibleMutate, MutateHold},
		Footprint,
	},
};
use frame_system::pallet_prelude::*;
use jns_primitives::{
	council::LabelledStores,
	storage::{
		Batch, GivenValue, GivenWrite, Key, Payer, ResolveLogic, StoreId, Value, ValueKind, Write,
	},
};
use scale_info::TypeInfo;
use sp_runtime::traits::Convert;

pub use pallet::*;
pub use weights::WeightInfo;

/// An amount of money in a runtime.
pub type BalanceOf<T> =
	<<T as Config>::Currency as Inspect<<T as frame_system::Config>::AccountId>>::Balance;

/// A deposit and the account whose money it is.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Deposit<AccountId, Balance> {
	/// Whose money is held, and who gets it back.
	pub payer: AccountId,
	/// How much is.
	pub amount: Balance,
}

/// What the pallet keeps about a store, apart from its values.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Store<AccountId, Balance> {
	/// Who sets the logic.
	pub owner: AccountId,
	/// Who may write, unless the owner decides that for all its stores at once.
	pub logic: Option<AccountId>,
	/// To whom the owner offers the store.
	pub offered_to: Option<AccountId>,
	/// Number of values in it.
	pub entry_count: u64,
	/// What is held for the store itself; nothing is when its owner is exempt.
	pub deposit: Option<Deposit<AccountId, Balance>>,
}

/// A value and what is held for it.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Entry<AccountId, Balance> {
	/// The value.
	pub value: Value<AccountId>,
	/// What is held for it; nothing is for an exempt payer.
	pub deposit: Option<Deposit<AccountId, Balance>>,
}

/// [`Store`] of a runtime.
pub type StoreFor<T> = Store<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
/// [`Entry`] of a runtime.
pub type EntryFor<T> = Entry<<T as frame_system::Config>::AccountId, BalanceOf<T>>;

#[frame_support::pallet]
pub mod pallet {
	use super::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// Who acts as the owner of stores: signed accounts, and whatever else has an account of its
		/// own for that.
		type OwnerOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = Self::AccountId>;

		/// Which owners decide the logic of all their stores at once. Those pay no deposit for a
		/// store.
		type Owners: ResolveLogic<Self::AccountId>;

		/// Which stores are labelled. Those stay where they are.
		type Labels: LabelledStores;

		/// Holds the deposits.
		type Currency: MutateHold<Self::AccountId, Reason: From<HoldReason>>
			+ FungibleMutate<Self::AccountId>;

		/// What is held for a store itself.
		type StorePrice: Convert<Footprint, BalanceOf<Self>>;

		/// What is held for a value.
		type EntryPrice: Convert<Footprint, BalanceOf<Self>>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}

	/// Number of the next store.
	#[pallet::storage]
	pub type NextStoreId<T> = StorageValue<_, StoreId, ValueQuery>;

	/// The stores by their numbers.
	// Numbers are given out in order and cannot be chosen.
	#[pallet::storage]
	pub type Stores<T: Config> = StorageMap<_, Twox64Concat, StoreId, StoreFor<T>>;

	/// The stores of each owner: one list per owner, as long as that pays for.
	// Owners are chosen by users, numbers are not.
	#[pallet::storage]
	pub type StoresOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, StoreId, (), OptionQuery>;

	/// The values by store, kind and key.
	// Keys are chosen by whoever writes, hence the cryptographic hash; the other two are not.
	#[pallet::storage]
	pub type EntryOf<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, StoreId>,
			NMapKey<Twox64Concat, ValueKind>,
			NMapKey<Blake2_128Concat, Key>,
		),
		EntryFor<T>,
	>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A store was made.
		StoreCreated {
			/// Its number.
			store: StoreId,
			/// Its owner.
			owner: T::AccountId,
		},
		/// The owner set who may write to a store.
		LogicSet {
			/// The store.
			store: StoreId,
			/// The account that may write; nobody if empty.
			logic: Option<T::AccountId>,
		},
		/// The owner offered a store to another account, or withdrew the offer.
		OwnershipOffered {
			/// The store.
			store: StoreId,
			/// To whom; to nobody if empty.
			to: Option<T::AccountId>,
		},
		/// A store has a new owner, who accepted it.
		OwnershipAccepted {
			/// The store.
			store: StoreId,
			/// The new owner.
			owner: T::AccountId,
		},
		/// An empty store was deleted.
		StoreDeleted {
			/// The store.
			store: StoreId,
		},
		/// A value was written.
		ValueSet {
			/// The store.
			store: StoreId,
			/// The value's kind.
			kind: ValueKind,
			/// Its key.
			key: Key,
		},
		/// A value was removed.
		ValueRemoved {
			/// The store.
			store: StoreId,
			/// The value's kind.
			kind: ValueKind,
			/// Its key.
			key: Key,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no store with that number.
		StoreNotFound,
		/// The account does not own the store.
		NotOwner,
		/// The store is not offered to the account.
		NotOffered,
		/// The account is not the store's logic.
		NotLogic,
		/// The store has no logic: nobody can write to it now.
		NoLogic,
		/// The owner decides the logic of all its stores at once, not of this one.
		LogicSetByOwner,
		/// The store still has values.
		NotEmpty,
		/// There is no value of that kind at that key.
		NotFound,
		/// The string is not UTF-8.
		InvalidUtf8,
		/// There are as many stores as there can be.
		TooManyStores,
		/// The string or byte string is longer than 4096 bytes.
		TooLong,
		/// The batch has more than 64 changes.
		TooManyWrites,
		/// The store has a label: it can be neither given away nor deleted.
		Labelled,
	}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// A store.
		#[codec(index = 0)]
		Store,
		/// A value in a store.
		#[codec(index = 1)]
		Entry,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Makes an empty store.
		///
		/// ## Dispatch Origin
		/// An owner: a signed account or the council.
		///
		/// ## Details
		/// A deposit is held from the owner, unless it is exempt. The store has no logic yet.
		///
		/// ## Events
		/// [`Event::StoreCreated`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::create_store())]
		pub fn create_store(origin: OriginFor<T>) -> DispatchResult {
			let owner = T::OwnerOrigin::ensure_origin(origin)?;
			Self::do_create_store(owner).map(|_| ())
		}

		/// Sets who may write to a store, or with `None` that nobody may.
		///
		/// ## Dispatch Origin
		/// The store's owner.
		///
		/// ## Errors
		/// [`Error::LogicSetByOwner`] for the council's stores, whose logic it selects for all at
		/// once.
		///
		/// ## Events
		/// [`Event::LogicSet`]
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_logic())]
		pub fn set_logic(
			origin: OriginFor<T>,
			store: StoreId,
			logic: Option<T::AccountId>,
		) -> DispatchResult {
			let owner = T::OwnerOrigin::ensure_origin(origin)?;
			Self::do_set_logic(owner, store, logic)
		}

		/// Offers a store to another account, or with `None` withdraws the offer.
		///
		/// ## Dispatch Origin
		/// The store's owner.
		///
		/// ## Errors
		/// [`Error::Labelled`] for a store that has a label.
		///
		/// ## Events
		/// [`Event::OwnershipOffered`]
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::offer_ownership())]
		pub fn offer_ownership(
			origin: OriginFor<T>,
			store: StoreId,
			to: Option<T::AccountId>,
		) -> DispatchResult {
			let owner = T::OwnerOrigin::ensure_origin(origin)?;
			Self::do_offer_ownership(owner, store, to)
		}

		/// Becomes the owner of a store that is offered.
		///
		/// ## Dispatch Origin
		/// The account to which the store is offered.
		///
		/// ## Details
		/// The new owner's deposit takes the place of the old one's. The logic stays.
		///
		/// ## Events
		/// [`Event::OwnershipAccepted`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::accept_ownership())]
		pub fn accept_ownership(origin: OriginFor<T>, store: StoreId) -> DispatchResult {
			let who = T::OwnerOrigin::ensure_origin(origin)?;
			Self::do_accept_ownership(who, store)
		}

		/// Deletes an empty store.
		///
		/// ## Dispatch Origin
		/// The store's owner.
		///
		/// ## Details
		/// Its deposit is returned. Its number is never used again. A labelled store cannot be deleted.
		///
		/// ## Events
		/// [`Event::StoreDeleted`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::delete_store())]
		pub fn delete_store(origin: OriginFor<T>, store: StoreId) -> DispatchResult {
			let owner = T::OwnerOrigin::ensure_origin(origin)?;
			Self::do_delete_store(owner, store)
		}

		/// Writes a value, over what its kind has at that key.
		///
		/// ## Dispatch Origin
		/// The store's logic, signed.
		///
		/// ## Details
		/// A deposit is held from the signer. The one held for what was there goes back to whoever
		/// paid it.
		///
		/// ## Errors
		/// [`Error::TooLong`] for a string or byte string of more than 4096 bytes, and
		/// [`Error::InvalidUtf8`] for a string that is no text.
		///
		/// ## Events
		/// [`Event::ValueSet`]
		///
		/// ## Complexity
		/// Linear in the value's length.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set(value.encoded_size() as u32))]
		pub fn set(
			origin: OriginFor<T>,
			store: StoreId,
			key: Key,
			value: GivenValue<T::AccountId>,
		) -> DispatchResult {
			Self::write_signed(origin, store, vec![GivenWrite::Set { key, value }])
		}

		/// Removes a value.
		///
		/// ## Dispatch Origin
		/// The store's logic, signed.
		///
		/// ## Details
		/// Its deposit goes back to whoever paid it.
		///
		/// ## Events
		/// [`Event::ValueRemoved`]
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::remove())]
		pub fn remove(
			origin: OriginFor<T>,
			store: StoreId,
			kind: ValueKind,
			key: Key,
		) -> DispatchResult {
			Self::write_signed(origin, store, vec![GivenWrite::Remove { kind, key }])
		}

		/// Makes several changes in their order, or none if one of them fails.
		///
		/// ## Dispatch Origin
		/// The store's logic, signed.
		///
		/// ## Details
		/// As [`Pallet::set`] and [`Pallet::remove`], with one hold for all deposits together.
		///
		/// ## Errors
		/// Those of [`Pallet::set`] and [`Pallet::remove`], and [`Error::TooManyWrites`] for more than
		/// 64 changes.
		///
		/// ## Events
		/// [`Event::ValueSet`] and [`Event::ValueRemoved`], in the order of the changes.
		///
		/// ## Complexity
		/// Linear in the number of changes and in the length of the values.
		#[pallet::call_index(7)]
		#[pallet::weight(Pallet::<T>::batch_weight(batch))]
		pub fn write_batch(
			origin: OriginFor<T>,
			store: StoreId,
			batch: Vec<GivenWrite<T::AccountId>>,
		) -> DispatchResult {
			Self::write_signed(origin, store, batch)
		}
	}
}
