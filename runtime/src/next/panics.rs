//! A call that panics, as only a mistake can.

use frame_support::{pallet_prelude::*, traits::EnsureOrigin};
use frame_system::pallet_prelude::*;

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
	use super::*;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Who may call it.
		type PanicOrigin: EnsureOrigin<Self::RuntimeOrigin>;
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Panics.
		#[pallet::call_index(0)]
		#[pallet::weight(Weight::zero())]
		pub fn panic(origin: OriginFor<T>) -> DispatchResult {
			T::PanicOrigin::ensure_origin(origin)?;
			panic!("a call that panics")
		}
	}
}
