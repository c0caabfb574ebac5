//! What a later release might bring, for the tests of upgrades: a logic that takes long names alone,
//! and a call that panics. The runtime macro wants the module to exist; the pallet is in the runtime
//! that the feature `next` builds, and in no other.

use crate::AccountId;
use alloc::vec::Vec;
use frame_support::{pallet_prelude::*, traits::EnsureOrigin, PalletId};
use frame_system::pallet_prelude::*;
use jns_primitives::{api::Admission, storage::Payer, JamiId};
use pallet_name_logic::registry::{self, Registry, Request};
use sp_runtime::traits::AccountIdConversion;

pub use pallet::*;

/// Least length of a name, in bytes.
const MIN_LEN: usize = 8;

/// The logic's account, as a type.
pub struct Account<T>(core::marker::PhantomData<T>);

impl<T: Config> Get<AccountId> for Account<T> {
	fn get() -> AccountId {
		T::PalletId::get().into_account_truncating()
	}
}

type Names<T> = Registry<T, Account<T>>;

/// What this logic makes of a registration.
pub fn admission<T: Config>(request: Request) -> Admission {
	if request.name.len() < MIN_LEN {
		return Admission::Refused;
	}
	Names::<T>::admission(request)
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config<AccountId = AccountId> + registry::Config {
		/// From which the logic's account is derived.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Who may call what panics.
		type PanicOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// What a registration weighs.
		type RegisterWeight: Get<Weight>;
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The name is shorter than eight bytes.
		TooShort,
		/// The name, its ID or the proof stand against it.
		Refused,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers a name of at least eight bytes for an ID.
		#[pallet::call_index(0)]
		#[pallet::weight(T::RegisterWeight::get())]
		pub fn register(
			origin: OriginFor<T>,
			name: Vec<u8>,
			id: JamiId,
			key: Vec<u8>,
			signature: Vec<u8>,
		) -> DispatchResult {
			let payer = Payer::signed(origin)?;
			ensure!(name.len() >= MIN_LEN, Error::<T>::TooShort);
			let request = Request { name, id, key, signature };
			let admissible = Names::<T>::admit(request).map_err(|_| Error::<T>::Refused)?;
			Names::<T>::register(admissible, &payer).map_err(|_| Error::<T>::Refused)?;
			Ok(())
		}

		/// Panics, as only a mistake can.
		#[pallet::call_index(1)]
		#[pallet::weight(T::RegisterWeight::get())]
		pub fn panic(origin: OriginFor<T>) -> DispatchResult {
			T::PanicOrigin::ensure_origin(origin)?;
			panic!("a call that panics")
		}
	}
}
