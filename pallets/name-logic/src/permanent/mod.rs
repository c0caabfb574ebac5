//! The rules of Jami's name service today: a name is registered once, for ever. Only the council takes
//! it away again.

#[cfg(test)]
mod tests;

use crate::{
	registry::{self, Ended, Keys, Refusal, Registration, Registry, Request},
	weights::{of_free, of_registration, WeightInfo},
};
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
	BlockNumber, Hash, JamiId, Name,
};
use sp_runtime::traits::AccountIdConversion;

pub use pallet::*;

/// The logic's account, as a type.
pub struct Account<T>(core::marker::PhantomData<T>);

impl<T: Config> Get<T::AccountId> for Account<T> {
	fn get() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}
}

/// The names, as this logic reads and writes them.
pub type Names<T> = Registry<T, Account<T>>;

#[frame_support::pallet]
pub mod pallet {
	use super::*;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config:
		frame_system::Config<RuntimeEvent: From<Event<Self>>> + registry::Config
	{
		/// From which the logic's account is derived, the one to select. Nobody can sign for that.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;
	}

	/// What a chain begins with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Names that the council keeps back. Only the logic that is selected at genesis can have any.
		pub reserved: Vec<String>,
		/// Nothing.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			Names::<T>::reserve_at_genesis(&self.reserved);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
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
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The bytes are not a name: 3 to 32 of a-z, 0-9, underscore and hyphen.
		InvalidName(NameError),
		/// The bytes are not an RSA key in the one accepted encoding.
		InvalidKey(KeyError),
		/// The key's hash is not the ID.
		ForeignKey,
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
		/// The name is not handed over, or not assigned, to the ID.
		NotOffered,
		/// The name is not reserved.
		NotReserved,
		/// Nothing about the name has expired.
		NothingExpired,
		/// The council has no store for names.
		NoStore,
		/// A stored record cannot be decoded.
		Corrupt,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Names::<T>::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
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
		#[pallet::weight(of_registration::<T::WeightInfo>(key))]
		pub fn register(
			origin: OriginFor<T>,
			name: Vec<u8>,
			id: JamiId,
			key: Vec<u8>,
			signature: Vec<u8>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin.clone())?;
			let payer = Payer::signed(origin)?;
			let (free, most) =
				(of_free::<T::WeightInfo>(&key), of_registration::<T::WeightInfo>(&key));
			let admissible = Names::<T>::admit(Request { name, id, key, signature })
				.map_err(|r| refused::<T>(r).with_weight(T::WeightInfo::register_refused()))?;
			let weight = if admissible.is_unusual() { most } else { free };
			let done = Names::<T>::register(admissible, &payer)
				.map_err(|r| refused::<T>(r).with_weight(weight))?;
			Self::deposit_registration(done, id, who);
			Ok(Some(weight).into())
		}

		/// Takes over a name that is handed over or assigned to an ID which had it before.
		///
		/// ## Dispatch Origin
		/// Signed by anybody, who pays the fee and the deposit.
		///
		/// ## Details
		/// The proof with which the ID once had the name is dead: whoever saw it could send it. So it
		/// signs as well that it takes the name now: the [`Action::Accept`] of the record which hands
		/// it over, or the [`Action::Claim`] of what the council assigned.
		///
		/// ## Errors
		/// [`Error::NotOffered`] if the name is free but not assigned.
		///
		/// ## Events
		/// [`Event::TakenOver`] or [`Event::Registered`]
		///
		/// [`Action::Accept`]: jns_primitives::statement::Action::Accept
		/// [`Action::Claim`]: jns_primitives::statement::Action::Claim
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::accept())]
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
			let admissible = Names::<T>::admit_acceptance(Request { name, id, key, signature })
				.map_err(|r| refused::<T>(r).with_weight(T::WeightInfo::register_refused()))?;
			let done = Names::<T>::accept(admissible, &statement, &payer).map_err(refused::<T>)?;
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
		#[pallet::weight(T::WeightInfo::clear_expired())]
		pub fn clear_expired(origin: OriginFor<T>, key: Key) -> DispatchResult {
			let payer = Payer::signed(origin)?;
			Names::<T>::clear_expired(key, &payer).map_err(refused::<T>)?;
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
		#[pallet::weight(T::WeightInfo::reserve(keys.len() as u32))]
		pub fn reserve(origin: OriginFor<T>, keys: Keys) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Names::<T>::reserve(&keys).map_err(refused::<T>)?;
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
		#[pallet::weight(T::WeightInfo::unreserve(keys.len() as u32))]
		pub fn unreserve(origin: OriginFor<T>, keys: Keys) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Names::<T>::unreserve(&keys).map_err(refused::<T>)?;
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
		#[pallet::weight(T::WeightInfo::assign())]
		pub fn assign(origin: OriginFor<T>, key: Key, id: JamiId) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			Names::<T>::assign(key, id).map_err(refused::<T>)?;
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
		#[pallet::weight(T::WeightInfo::remove())]
		pub fn remove(origin: OriginFor<T>, name: Vec<u8>, reason: Hash) -> DispatchResult {
			T::CouncilOrigin::ensure_origin(origin)?;
			let payer = Names::<T>::nobody().map_err(refused::<T>)?;
			let Ended { name, id, free_from } =
				Names::<T>::remove(&name, &payer).map_err(refused::<T>)?;
			Self::deposit_event(Event::Removed { name, id, reason, free_from });
			Ok(())
		}
	}

	impl<T: Config> Pallet<T> {
		/// The account that the council selects to make this the logic.
		pub fn account_id() -> T::AccountId {
			Account::<T>::get()
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

fn refused<T: Config>(refusal: Refusal) -> DispatchError {
	match refusal {
		Refusal::InvalidName(why) => Error::<T>::InvalidName(why).into(),
		Refusal::InvalidKey(why) => Error::<T>::InvalidKey(why).into(),
		Refusal::ForeignKey => Error::<T>::ForeignKey.into(),
		Refusal::InvalidSignature(why) => Error::<T>::InvalidSignature(why).into(),
		Refusal::NameTaken => Error::<T>::NameTaken.into(),
		Refusal::IdTaken => Error::<T>::IdTaken.into(),
		Refusal::Spent => Error::<T>::Spent.into(),
		Refusal::CoolingDown => Error::<T>::CoolingDown.into(),
		Refusal::Reserved => Error::<T>::Reserved.into(),
		Refusal::NotRegistered => Error::<T>::NotRegistered.into(),
		Refusal::NotOffered => Error::<T>::NotOffered.into(),
		Refusal::NotReserved => Error::<T>::NotReserved.into(),
		Refusal::NothingExpired => Error::<T>::NothingExpired.into(),
		Refusal::NoStore => Error::<T>::NoStore.into(),
		Refusal::Corrupt => Error::<T>::Corrupt.into(),
		Refusal::Storage(error) => error,
		Refusal::SameId | Refusal::DeadlineOutOfRange => {
			defensive!("nothing is handed over by this logic");
			Error::<T>::Corrupt.into()
		},
	}
}
