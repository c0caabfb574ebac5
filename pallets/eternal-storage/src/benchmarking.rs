//! What the calls cost at worst.

use super::*;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use jns_primitives::storage::MAX_VALUE_LEN;

/// An account that can pay for a store and a value.
fn funded<T: Config>() -> T::AccountId {
	let who: T::AccountId = whitelisted_caller();
	T::StoreConsideration::ensure_successful(
		&who,
		Footprint::from_parts(2, 2 * StoreFor::<T>::max_encoded_len()),
	);
	T::EntryConsideration::ensure_successful(
		&who,
		Footprint::from_parts(2, 3 * MAX_VALUE_LEN as usize),
	);
	who
}

/// A store whose owner is its logic too.
fn store<T: Config>(owner: &T::AccountId) -> StoreId {
	let store = Pallet::<T>::do_create_store(owner.clone()).expect("the owner is funded");
	Pallet::<T>::do_set_logic(owner.clone(), store, Some(owner.clone())).expect("it owns it");
	store
}

fn bytes<T: Config>(len: u32) -> Value<T::AccountId> {
	Value::String(alloc::vec![b'x'; len as usize].try_into().expect("within the bound"))
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn create_store() {
		let owner = funded::<T>();
		#[extrinsic_call]
		_(RawOrigin::Signed(owner));
		assert!(Stores::<T>::contains_key(0));
	}

	#[benchmark]
	fn set_logic() {
		let owner = funded::<T>();
		let store = store::<T>(&owner);
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), store, None);
		assert_eq!(Stores::<T>::get(store).and_then(|store| store.logic), None);
	}

	#[benchmark]
	fn offer_ownership() {
		let owner = funded::<T>();
		let store = store::<T>(&owner);
		#[extrinsic_call]
		_(RawOrigin::Signed(owner.clone()), store, Some(owner.clone()));
		assert!(Stores::<T>::get(store).is_some_and(|store| store.offered_to.is_some()));
	}

	#[benchmark]
	fn accept_ownership() {
		let old: T::AccountId = account("old", 0, 0);
		T::StoreConsideration::ensure_successful(
			&old,
			Footprint::from_parts(2, 2 * StoreFor::<T>::max_encoded_len()),
		);
		let store = store::<T>(&old);
		let new = funded::<T>();
		Pallet::<T>::do_offer_ownership(old, store, Some(new.clone())).expect("it owns it");
		#[extrinsic_call]
		_(RawOrigin::Signed(new.clone()), store);
		assert_eq!(Stores::<T>::get(store).map(|store| store.owner), Some(new));
	}

	#[benchmark]
	fn delete_store() {
		let owner = funded::<T>();
		let store = store::<T>(&owner);
		#[extrinsic_call]
		_(RawOrigin::Signed(owner), store);
		assert!(!Stores::<T>::contains_key(store));
	}

	/// `l`: length of the value. The worst case returns another payer's deposit.
	#[benchmark]
	fn set(l: Linear<0, MAX_VALUE_LEN>) {
		let logic = funded::<T>();
		let store = store::<T>(&logic);
		let key = [1; 32];
		let old: T::AccountId = account("old", 0, 0);
		let footprint = Footprint::from_parts(1, MAX_VALUE_LEN as usize);
		T::EntryConsideration::ensure_successful(&old, footprint);
		T::EntryConsideration::ensure_successful(&old, footprint);
		let payer =
			Payer::signed::<T::RuntimeOrigin>(RawOrigin::Signed(old).into()).expect("it is signed");
		Pallet::<T>::do_set(&logic, store, key, bytes::<T>(MAX_VALUE_LEN / 2), &payer)
			.expect("the payer is funded");
		#[extrinsic_call]
		_(RawOrigin::Signed(logic), store, key, bytes::<T>(l));
		let entry = EntryOf::<T>::get((store, ValueKind::String, key)).expect("it was set");
		assert_eq!(entry.value, bytes::<T>(l));
	}

	#[benchmark]
	fn remove() {
		let logic = funded::<T>();
		let store = store::<T>(&logic);
		let key = [1; 32];
		let payer = Payer::signed::<T::RuntimeOrigin>(RawOrigin::Signed(logic.clone()).into())
			.expect("it is signed");
		Pallet::<T>::do_set(&logic, store, key, bytes::<T>(MAX_VALUE_LEN), &payer)
			.expect("the payer is funded");
		#[extrinsic_call]
		_(RawOrigin::Signed(logic), store, ValueKind::String, key);
		assert_eq!(EntryOf::<T>::iter().count(), 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
