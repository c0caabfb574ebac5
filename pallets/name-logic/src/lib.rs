//! # Name logic
//!
//! Who may register a Jami name. Each logic is an instance of this pallet with [`Rules`] of its own; the
//! council selects one of them, and the eternal storage lets only that one write.
//!
//! ## Overview
//!
//! A name belongs to a Jami ID, which is the hash of a public key. Whoever shows that key and its
//! signature of the name registers it for the ID; who sends the transaction, and pays, may be
//! anybody.
//!
//! * [`Permanent`]: a name is registered once, for ever.
//! * [`Living`]: a name can be released, and handed over to another ID.
//!
//! Under all rules the council reserves names, assigns them and takes them away. A runtime lists its
//! logics once, as [`Logics`]; all that it answers to clients follows from that.
//!
//! ## Terminology
//!
//! * **Proof**: a key and its signature of the name. Whoever has seen one can send it.
//! * **Statement**: what a key signs about a name that it has or gets
//!   ([`jns_primitives::statement`]). It holds once.
//! * **Mark**: a pair of name and ID that was registered. It is *spent* once the name is not that ID's
//!   any more.
//! * **Hand-over**: the record's key allows another ID to take the name over, until a deadline.
//! * **Cool-down**: the time in which a name that ended is free for nobody. Whoever released it can take
//!   it back meanwhile.
//!
//! ## Low-level
//!
//! Goals:
//! 1. *No state of its own*: everything is in the eternal storage, in the layout of
//!    [`jns_primitives::layout`], so that the next logic finds it.
//! 2. *What is not selected costs nothing*: a logic that may not write fails before it verifies.
//! 3. *Proven on chain*: the key hashes to the ID, and its signature of the name verifies.
//! 4. *What has ended stays ended*: the mark is laid with the registration, paid for by it and never
//!    lifted, so that no road on which a record ends, of this logic or of a later one, can forget it.
//! 5. *All logics heed what any of them left*: marks, cool-downs, hand-overs, take-backs and
//!    reservations.
//!
//! ## Limitations
//!
//! A proof holds for whoever sends it, whenever, until its name is registered: once given, a name
//! cannot be un-signed. An ID that has ever signed a name can be made to have it while it has none.

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
mod logic;
#[cfg(any(feature = "fuzzing", test))]
mod mock;
#[cfg(any(feature = "fuzzing", test))]
#[allow(missing_docs)] // The actions say themselves what they do.
pub mod model;
pub mod registry;
mod rules;
#[cfg(test)]
mod tests;
pub mod weights;

pub use logic::{Logic, Logics};
pub use pallet::*;
pub use rules::{Living, Permanent, Rules};
pub use weights::WeightInfo;

use alloc::{string::String, vec::Vec};
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, WithPostDispatchInfo},
	pallet_prelude::*,
	PalletId,
};
use frame_system::pallet_prelude::*;
use jns_primitives::{
	name::NameError,
	proof::{KeyError, SignatureError},
	storage::{Key, Payer},
	BlockNumber, HandOver, Hash, JamiId, Name,
};
use registry::{Ended, Keys, Refusal, Registration, Registry, Request};
use sp_runtime::traits::AccountIdConversion;
use weights::{of_free, of_registration};

/// An instance's account, as a type.
pub struct Account<T, I>(core::marker::PhantomData<(T, I)>);

impl<T: Config<I>, I: 'static> Get<T::AccountId> for Account<T, I> {
	fn get() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}
}

/// The names, as this logic reads and writes them.
pub type Names<T, I> = Registry<T, Account<T, I>, <T as Config<I>>::Rules>;

/// Prepares what the benchmarks need and this crate cannot name.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId> {
	/// Makes the store for names, if it is missing, and selects that logic.
	fn select(logic: AccountId);
	/// Gives the account enough for a registration.
	fn fund(who: &AccountId);
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;

	#[pallet::pallet]
	pub struct Pallet<T, I = ()>(_);

	#[pallet::config]
	pub trait Config<I: 'static = ()>:
		frame_system::Config<RuntimeEvent: From<Event<Self, I>>> + registry::Config
	{
		/// From which the logic's account is derived, the one to select. Nobody can sign for that.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// What this instance allows.
		type Rules: Rules;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;

		/// Prepares the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// What a chain begins with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config<I>, I: 'static = ()> {
		/// Names that the council keeps back. Only the logic that is selected at genesis can have any.
		pub reserved: Vec<String>,
		/// Nothing.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<(T, I)>,
	}

	#[pallet::genesis_build]
	impl<T: Config<I>, I: 'static> BuildGenesisConfig for GenesisConfig<T, I> {
		fn build(&self) {
			Names::<T, I>::reserve_at_genesis(&self.reserved);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config<I>, I: 'static = ()> {
		/// A free name was registered.
		Registered {
			/// The name.
			name: Name,
			/// Whose it is.
			id: JamiId,
			/// Who paid.
			payer: T::AccountId,
		},
		/// A name that was handed over has been taken over.
		TakenOver {
			/// The name.
			name: Name,
			/// Whose it was.
			from: JamiId,
			/// Whose it is.
			to: JamiId,
			/// Who paid.
			payer: T::AccountId,
		},
		/// What had expired about a name was cleared away.
		ExpiredCleared {
			/// The name's record key.
			key: Key,
		},
		/// The council keeps names back.
		Reserved {
			/// Their record keys.
			// Not `keys`, which polkadot.js has a method for.
			record_keys: Keys,
		},
		/// The council keeps names back no longer.
		Unreserved {
			/// Their record keys.
			// Not `keys`, which polkadot.js has a method for.
			record_keys: Keys,
		},
		/// The council lets one ID register a name.
		Assigned {
			/// The name's record key.
			key: Key,
			/// The ID.
			id: JamiId,
		},
		/// The council took a name away.
		Removed {
			/// The name.
			name: Name,
			/// Whose it was.
			id: JamiId,
			/// Hash of the reason, which is told elsewhere.
			reason: Hash,
			/// The first block in which it can be registered again.
			free_from: BlockNumber,
		},
		/// A name was released.
		Released {
			/// The name.
			name: Name,
			/// Whose it was.
			id: JamiId,
			/// The first block in which it can be registered again.
			free_from: BlockNumber,
		},
		/// Another ID may take a name over.
		HandedOver {
			/// The name.
			name: Name,
			/// Whose it is.
			from: JamiId,
			/// Who may take it over.
			to: JamiId,
			/// The last block in which that is possible.
			deadline: BlockNumber,
		},
		/// A name is not handed over any more.
		HandOverCancelled {
			/// The name.
			name: Name,
			/// Whose it is.
			id: JamiId,
		},
		/// Somebody else pays for a name now.
		Adopted {
			/// The name.
			name: Name,
			/// Whose it is.
			id: JamiId,
			/// Who pays.
			payer: T::AccountId,
		},
		/// The council removed what nobody could read.
		Purged {
			/// The name's record key.
			key: Key,
			/// The ID whose reverse entry was looked at.
			id: Option<JamiId>,
		},
	}

	#[pallet::error]
	pub enum Error<T, I = ()> {
		/// The bytes are not a name, or no name of these exists under the logic's rules.
		InvalidName(NameError),
		/// The bytes are not an RSA key in the one accepted encoding.
		InvalidKey(KeyError),
		/// The key's hash is not the ID.
		KeyMismatch,
		/// The signature is not the key's, of this name or of this statement about it.
		InvalidSignature(SignatureError),
		/// The name belongs to another ID.
		NameTaken,
		/// The ID has another name.
		IdTaken,
		/// The ID had this name before: its proof of then is dead, and it needs an acceptance.
		Spent,
		/// The name was released or removed not long ago, and is free for nobody yet.
		CoolingDown,
		/// The council keeps the name back.
		Reserved,
		/// The name has no record.
		NotRegistered,
		/// The name is neither handed over nor assigned to the ID, nor can the ID take it back.
		NotOffered,
		/// The name is not reserved.
		NotReserved,
		/// Nothing about the name has expired.
		NothingExpired,
		/// The council has no store for names.
		NoStore,
		/// What the store has about the name or the ID cannot be read, or contradicts itself.
		Corrupt,
		/// The deadline is in the past, or too far away.
		DeadlineOutOfRange,
		/// The ID has the name already.
		SameId,
		/// The logic's rules do not let keys do that.
		NotAllowed,
		/// The logic's rules do not admit the request.
		NotAdmitted,
		/// What the store has about the name and the ID can be read, and contradicts nothing.
		NotCorrupt,
	}

	#[pallet::hooks]
	impl<T: Config<I>, I: 'static> Hooks<BlockNumberFor<T>> for Pallet<T, I> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Names::<T, I>::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config<I>, I: 'static> Pallet<T, I> {
		/// Registers a name for an ID.
		///
		/// ## Dispatch Origin
		/// Signed by anybody, who pays the fee and the deposit.
		///
		/// ## Details
		/// `key` is the DER SubjectPublicKeyInfo whose SHA-1 is `id`, and `signature` its
		/// RSASSA-PKCS1-v1_5 signature with SHA-512 of the name. A name that is handed over to the ID
		/// is taken over; whoever paid for what it had gets that back. The same registration again
		/// succeeds and changes nothing.
		///
		/// ## Errors
		/// The storage's `NotLogic` or `NoLogic` while the council has not selected this logic.
		///
		/// ## Events
		/// [`Event::Registered`] or [`Event::TakenOver`], unless nothing changed.
		///
		/// ## Complexity
		/// By the key's size.
		#[pallet::call_index(0)]
		#[pallet::weight(of_registration::<<T as Config<I>>::WeightInfo>(key))]
		pub fn register(
			origin: OriginFor<T>,
			name: Vec<u8>,
			id: JamiId,
			key: Vec<u8>,
			signature: Vec<u8>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin.clone())?;
			let payer = Payer::signed(origin)?;
			let (free, most) = (
				of_free::<<T as Config<I>>::WeightInfo>(&key),
				of_registration::<<T as Config<I>>::WeightInfo>(&key),
			);
			let admissible =
				Names::<T, I>::admit(Request { name, id, key, signature }).map_err(|r| {
					refused::<T, I>(r).with_weight(<T as Config<I>>::WeightInfo::register_refused())
				})?;
			let weight = if admissible.is_unusual() { most } else { free };
			let done = Names::<T, I>::register(admissible, &payer)
				.map_err(|r| refused::<T, I>(r).with_weight(weight))?;
			Self::deposit_registration(done, id, who);
			Ok(Some(weight).into())
		}

		/// Takes a name that is handed over or assigned to an ID which had it before, or which it released.
		///
		/// ## Dispatch Origin
		/// Signed by anybody, who pays the fee and the deposit.
		///
		/// ## Details
		/// The proof with which the ID once had the name is dead: whoever saw it could send it. So it
		/// signs as well that it takes the name now: the [`Action::Accept`] of the record which hands
		/// it over, the [`Action::Claim`] of what the council assigned, or the [`Action::TakeBack`] of
		/// its own release while the name cools down.
		///
		/// ## Errors
		/// [`Error::NotOffered`] if the name is free but not assigned, [`Error::CoolingDown`] if another
		/// ID released it.
		///
		/// ## Events
		/// [`Event::TakenOver`] or [`Event::Registered`]
		///
		/// [`Action::Accept`]: jns_primitives::statement::Action::Accept
		/// [`Action::Claim`]: jns_primitives::statement::Action::Claim
		/// [`Action::TakeBack`]: jns_primitives::statement::Action::TakeBack
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config<I>>::WeightInfo::accept())]
		pub fn accept(
			origin: OriginFor<T>,
			name: Vec<u8>,
			id: JamiId,
			key: Vec<u8>,
			signature: Vec<u8>,
			statement: Vec<u8>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin.clone())?;
			let payer = Payer::signed(origin)?;
			let admissible = Names::<T, I>::admit_acceptance(Request { name, id, key, signature })
				.map_err(|r| {
					refused::<T, I>(r).with_weight(<T as Config<I>>::WeightInfo::register_refused())
				})?;
			let done =
				Names::<T, I>::accept(admissible, &statement, &payer).map_err(refused::<T, I>)?;
			Self::deposit_registration(done, id, who);
			Ok(().into())
		}

		/// Clears away a hand-over behind its deadline and a cool-down that is over.
		///
		/// ## Dispatch Origin
		/// Signed by anybody.
		///
		/// ## Details
		/// Nothing heeds them any more. Whoever paid for them gets it back.
		///
		/// ## Events
		/// [`Event::ExpiredCleared`]
		#[pallet::call_index(2)]
		#[pallet::weight(<T as Config<I>>::WeightInfo::clear_expired())]
		pub fn clear_expired(origin: OriginFor<T>, key: Key) -> DispatchResult {
			let payer = Payer::signed(origin)?;
			Names::<T, I>::clear_expired(key, &payer).map_err(refused::<T, I>)?;
			Self::deposit_event(Event::ExpiredCleared { key });
			Ok(())
		}

		/// Keeps names back: nobody can register them.
		///
		/// ## Dispatch Origin
		/// The council.
		///
		/// ## Details
		/// By their record keys, so that a proposal does not spell them out. Who has such a name keeps
		/// it, and can hand it over. An assignment of it ends.
		///
		/// ## Events
		/// [`Event::Reserved`]
		///
		/// ## Complexity
		/// Linear in the number of names.
		#[pallet::call_index(3)]
		#[pallet::weight(<T as Config<I>>::WeightInfo::reserve(keys.len() as u32))]
		pub fn reserve(origin: OriginFor<T>, keys: Keys) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Names::<T, I>::reserve(&keys).map_err(refused::<T, I>)?;
			Self::deposit_event(Event::Reserved { record_keys: keys });
			Ok(())
		}

		/// Keeps names back no longer, whether reserved or assigned.
		///
		/// ## Dispatch Origin
		/// The council.
		///
		/// ## Events
		/// [`Event::Unreserved`]
		///
		/// ## Complexity
		/// Linear in the number of names.
		#[pallet::call_index(4)]
		#[pallet::weight(<T as Config<I>>::WeightInfo::unreserve(keys.len() as u32))]
		pub fn unreserve(origin: OriginFor<T>, keys: Keys) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Names::<T, I>::unreserve(&keys).map_err(refused::<T, I>)?;
			Self::deposit_event(Event::Unreserved { record_keys: keys });
			Ok(())
		}

		/// Keeps a name back for one ID, whose proof then suffices from the next block on.
		///
		/// ## Dispatch Origin
		/// The council.
		///
		/// ## Details
		/// Holds once, and despite a cool-down: when the ID has the name, it is reserved for nobody
		/// again, in case it ends.
		///
		/// ## Events
		/// [`Event::Assigned`]
		#[pallet::call_index(5)]
		#[pallet::weight(<T as Config<I>>::WeightInfo::assign())]
		pub fn assign(origin: OriginFor<T>, key: Key, id: JamiId) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Names::<T, I>::assign(key, id).map_err(refused::<T, I>)?;
			Self::deposit_event(Event::Assigned { key, id });
			Ok(())
		}

		/// Takes a name away from its ID.
		///
		/// ## Dispatch Origin
		/// The council.
		///
		/// ## Details
		/// The proof with which it was registered is dead, and the name cools down. Whoever paid for
		/// it gets that back, but for the mark.
		///
		/// ## Events
		/// [`Event::Removed`]
		#[pallet::call_index(6)]
		#[pallet::weight(<T as Config<I>>::WeightInfo::remove())]
		pub fn remove(origin: OriginFor<T>, name: Vec<u8>, reason: Hash) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			let payer = Names::<T, I>::nobody().map_err(refused::<T, I>)?;
			let Ended { name, id, free_from } =
				Names::<T, I>::remove(&name, &payer).map_err(refused::<T, I>)?;
			Self::deposit_event(Event::Removed { name, id, reason, free_from });
			Ok(())
		}

		/// Gives a name up, as its key states.
		///
		/// ## Dispatch Origin
		/// Signed by anybody, who pays the fee, and a deposit while the name cools down.
		///
		/// ## Details
		/// `statement` is the signature of the [`Action::Release`] by the record's key. The proof with
		/// which the name was registered is dead. Whoever paid for it gets that back, but for the
		/// mark. From the next block on, until the cool-down is over, the ID can take the name back with
		/// [`Pallet::accept`].
		///
		/// ## Errors
		/// [`Error::NotAllowed`] under rules that let no key do this, before anything is verified.
		///
		/// ## Events
		/// [`Event::Released`]
		///
		/// [`Action::Release`]: jns_primitives::statement::Action::Release
		#[pallet::call_index(7)]
		#[pallet::weight(<T as Config<I>>::WeightInfo::release())]
		pub fn release(origin: OriginFor<T>, name: Vec<u8>, statement: Vec<u8>) -> DispatchResult {
			let payer = Payer::signed(origin)?;
			let Ended { name, id, free_from } =
				Names::<T, I>::release(&name, &statement, &payer).map_err(refused::<T, I>)?;
			Self::deposit_event(Event::Released { name, id, free_from });
			Ok(())
		}

		/// Allows another ID to take a name over, as its key states.
		///
		/// ## Dispatch Origin
		/// Signed by anybody, who pays the fee and the deposits of the record and of the hand-over.
		///
		/// ## Details
		/// `statement` is the signature of the [`Action::HandOver`] by the record's key. Until the
		/// deadline, that block included, the other ID takes the name over by registering it, as any
		/// client does, or by [`Pallet::accept`] if it had the name before. Takes the place of what was
		/// handed over to somebody else.
		///
		/// ## Errors
		/// [`Error::NotAllowed`] under rules that let no key do this, before anything is verified.
		///
		/// ## Events
		/// [`Event::HandedOver`]
		///
		/// [`Action::HandOver`]: jns_primitives::statement::Action::HandOver
		#[pallet::call_index(8)]
		#[pallet::weight(<T as Config<I>>::WeightInfo::hand_over())]
		pub fn hand_over(
			origin: OriginFor<T>,
			name: Vec<u8>,
			to: JamiId,
			deadline: BlockNumber,
			statement: Vec<u8>,
		) -> DispatchResult {
			let payer = Payer::signed(origin)?;
			let offer = HandOver { to, deadline };
			let record = Names::<T, I>::hand_over(&name, offer, &statement, &payer)
				.map_err(refused::<T, I>)?;
			let (name, from) = (record.name, record.id);
			Self::deposit_event(Event::HandedOver { name, from, to, deadline });
			Ok(())
		}

		/// Hands a name over no longer, as its key states.
		///
		/// ## Dispatch Origin
		/// Signed by anybody, who pays the fee and the deposit of the record.
		///
		/// ## Details
		/// `statement` is the signature of the [`Action::CancelHandOver`] by the record's key.
		///
		/// ## Errors
		/// [`Error::NotAllowed`] under rules that let no key do this, before anything is verified.
		///
		/// ## Events
		/// [`Event::HandOverCancelled`]
		///
		/// [`Action::CancelHandOver`]: jns_primitives::statement::Action::CancelHandOver
		#[pallet::call_index(9)]
		#[pallet::weight(<T as Config<I>>::WeightInfo::cancel_hand_over())]
		pub fn cancel_hand_over(
			origin: OriginFor<T>,
			name: Vec<u8>,
			statement: Vec<u8>,
		) -> DispatchResult {
			let payer = Payer::signed(origin)?;
			let record = Names::<T, I>::cancel_hand_over(&name, &statement, &payer)
				.map_err(refused::<T, I>)?;
			let (name, id) = (record.name, record.id);
			Self::deposit_event(Event::HandOverCancelled { name, id });
			Ok(())
		}

		/// Pays for a name from now on.
		///
		/// ## Dispatch Origin
		/// Signed by anybody, who pays the fee and the deposits of the record, of its ID's name and of its
		/// mark.
		///
		/// ## Details
		/// Whoever paid for them gets that back. The payer has no power over the name.
		///
		/// ## Events
		/// [`Event::Adopted`]
		#[pallet::call_index(10)]
		#[pallet::weight(<T as Config<I>>::WeightInfo::adopt())]
		pub fn adopt(origin: OriginFor<T>, name: Vec<u8>) -> DispatchResult {
			let who = ensure_signed(origin.clone())?;
			let payer = Payer::signed(origin)?;
			let record = Names::<T, I>::adopt(&name, &payer).map_err(refused::<T, I>)?;
			let (name, id) = (record.name, record.id);
			Self::deposit_event(Event::Adopted { name, id, payer: who });
			Ok(())
		}

		/// Removes what the store has about a name or an ID and nobody can read.
		///
		/// ## Dispatch Origin
		/// The council.
		///
		/// ## Details
		/// By the name's record key, since a record that cannot be read tells no name. What can be read
		/// stays. A name whose record goes cools down. If `id` is given, its reverse entry goes too
		/// unless it is true, and it needs an acceptance to get this name again.
		///
		/// ## Errors
		/// [`Error::NotCorrupt`] if nothing is wrong with the name and the ID.
		///
		/// ## Events
		/// [`Event::Purged`]
		#[pallet::call_index(11)]
		#[pallet::weight(<T as Config<I>>::WeightInfo::purge())]
		pub fn purge(origin: OriginFor<T>, key: Key, id: Option<JamiId>) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Names::<T, I>::purge(key, id.as_ref()).map_err(refused::<T, I>)?;
			Self::deposit_event(Event::Purged { key, id });
			Ok(())
		}
	}

	impl<T: Config<I>, I: 'static> Pallet<T, I> {
		/// The account that the council selects to make this the logic.
		pub fn account_id() -> T::AccountId {
			Account::<T, I>::get()
		}

		fn deposit_registration(done: Registration, id: JamiId, payer: T::AccountId) {
			match done {
				Registration::New(name) => {
					Self::deposit_event(Event::Registered { name, id, payer });
				},
				Registration::TakenOver(name, from) => {
					Self::deposit_event(Event::TakenOver { name, from, to: id, payer });
				},
				Registration::Unchanged => (),
			}
		}
	}
}

fn refused<T: Config<I>, I: 'static>(refusal: Refusal) -> DispatchError {
	match refusal {
		Refusal::InvalidName(why) => Error::<T, I>::InvalidName(why).into(),
		Refusal::InvalidKey(why) => Error::<T, I>::InvalidKey(why).into(),
		Refusal::KeyMismatch => Error::<T, I>::KeyMismatch.into(),
		Refusal::InvalidSignature(why) => Error::<T, I>::InvalidSignature(why).into(),
		Refusal::NameTaken => Error::<T, I>::NameTaken.into(),
		Refusal::IdTaken => Error::<T, I>::IdTaken.into(),
		Refusal::Spent => Error::<T, I>::Spent.into(),
		Refusal::CoolingDown => Error::<T, I>::CoolingDown.into(),
		Refusal::Reserved => Error::<T, I>::Reserved.into(),
		Refusal::NotRegistered => Error::<T, I>::NotRegistered.into(),
		Refusal::NotOffered => Error::<T, I>::NotOffered.into(),
		Refusal::NotReserved => Error::<T, I>::NotReserved.into(),
		Refusal::NothingExpired => Error::<T, I>::NothingExpired.into(),
		Refusal::NoStore => Error::<T, I>::NoStore.into(),
		Refusal::Corrupt => Error::<T, I>::Corrupt.into(),
		Refusal::Storage(error) => error,
		Refusal::SameId => Error::<T, I>::SameId.into(),
		Refusal::DeadlineOutOfRange => Error::<T, I>::DeadlineOutOfRange.into(),
		Refusal::NotAllowed => Error::<T, I>::NotAllowed.into(),
		Refusal::NotAdmitted => Error::<T, I>::NotAdmitted.into(),
		Refusal::NotCorrupt => Error::<T, I>::NotCorrupt.into(),
	}
}
