//! The rules of Jami's name service today: a name is registered once, for ever.

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
mod tests;
pub mod weights;

use crate::registry::{Refusal, Registration, Registry, Request};
use alloc::vec::Vec;
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, WithPostDispatchInfo},
	pallet_prelude::*,
	PalletId,
};
use frame_system::pallet_prelude::*;
use jns_primitives::{
	council::LabelledStores,
	name::NameError,
	proof::{KeyError, KeySize, SignatureError},
	storage::{EternalStorage, Payer},
	BlockNumber, JamiId, Name,
};
use sp_runtime::{traits::AccountIdConversion, SaturatedConversion};

pub use pallet::*;
pub use weights::WeightInfo;

/// The logic's account, as a type.
pub struct Account<T>(core::marker::PhantomData<T>);

impl<T: Config> Get<T::AccountId> for Account<T> {
	fn get() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}
}

/// The names, as this logic reads and writes them.
pub type Names<T> = Registry<
	<T as frame_system::Config>::AccountId,
	<T as Config>::Storage,
	<T as Config>::Stores,
	Account<T>,
>;

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
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<RuntimeEvent: From<Event<Self>>> {
		/// From which the logic's account is derived, the one to select. Nobody can sign for that.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Where names are kept.
		type Storage: EternalStorage<Self::AccountId>;

		/// Where the store for names is found.
		type Stores: LabelledStores;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;

		/// Prepares the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A name was registered.
		Registered {
			/// The name.
			name: Name,
			/// Whose it is.
			id: JamiId,
			/// Who paid.
			payer: T::AccountId,
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
		/// The signature is not the key's, of this name.
		InvalidSignature(SignatureError),
		/// The name belongs to another ID.
		NameTaken,
		/// The ID has another name.
		IdTaken,
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
		/// RSASSA-PKCS1-v1_5 signature with SHA-512 of the name. The same registration again
		/// succeeds and changes nothing.
		///
		/// ## Errors
		/// The storage's `NotLogic` or `NoLogic` while the council has not selected this logic.
		///
		/// ## Events
		/// [`Event::Registered`], unless nothing changed.
		///
		/// ## Complexity
		/// By the key's size.
		#[pallet::call_index(0)]
		#[pallet::weight(weight_of::<T>(key))]
		pub fn register(
			origin: OriginFor<T>,
			name: Vec<u8>,
			id: JamiId,
			key: Vec<u8>,
			signature: Vec<u8>,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin.clone())?;
			let payer = Payer::signed(origin)?;
			let admissible = Names::<T>::admit(Request { name, id, key, signature })
				.map_err(|r| refused::<T>(r).with_weight(T::WeightInfo::register_refused()))?;
			let now = frame_system::Pallet::<T>::block_number().saturated_into::<BlockNumber>();
			match Names::<T>::register(admissible, now, &payer).map_err(refused::<T>)? {
				Registration::New(name) => {
					Self::deposit_event(Event::Registered { name, id, payer: who });
				},
				Registration::Unchanged => (),
			}
			Ok(().into())
		}
	}

	impl<T: Config> Pallet<T> {
		/// The account that the council selects to make this the logic.
		pub fn account_id() -> T::AccountId {
			Account::<T>::get()
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
		Refusal::NoStore => Error::<T>::NoStore.into(),
		Refusal::Corrupt => Error::<T>::Corrupt.into(),
		Refusal::Storage(error) => error,
	}
}

/// One weight per size of key. A key of no accepted size fails before anything dear.
fn weight_of<T: Config>(key: &[u8]) -> Weight {
	match KeySize::of_der(key) {
		Some(KeySize::Rsa4096) => T::WeightInfo::register_4096(),
		Some(KeySize::Rsa3072) => T::WeightInfo::register_3072(),
		Some(KeySize::Rsa2048) | None => T::WeightInfo::register_2048(),
	}
}
