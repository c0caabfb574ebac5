//! What the calls cost at worst.

use super::*;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::traits::fungible::Mutate;
use frame_system::RawOrigin;
use jns_primitives::storage::{MAX_BATCH, MAX_VALUE_LEN};
use sp_runtime::traits::Saturating;

/// An account that can pay for some stores and a few hundred values.
fn fund<T: Config>(who: T::AccountId) -> T::AccountId {
	let store = T::StorePrice::convert(Footprint::from_parts(1, StoreFor::<T>::max_encoded_len()));
	let entry = T::EntryPrice::convert(Footprint::from_parts(1, 2 * MAX_VALUE_LEN as usize));
	let all = store.saturating_add(entry).saturating_mul(100u32.into());
	T::Currency::set_balance(&who, all.saturating_add(T::Currency::minimum_balance()));
	who
}

fn funded<T: Config>() -> T::AccountId {
	fund::<T>(whitelisted_caller())
}

fn payer<T: Config>(who: T::AccountId) -> Payer<T::AccountId> {
	Payer::signed::<T::RuntimeOrigin>(RawOrigin::Signed(who).into()).expect("it is signed")
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
		_(RawOrigin::Signed(owner.clone()));
		assert!(Stores::<T>::iter_values().any(|store| store.owner == owner));
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
		let old = fund::<T>(account("old", 0, 0));
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
		let old = payer::<T>(fund::<T>(account("old", 0, 0)));
		let write = Write::Set { key, value: bytes::<T>(MAX_VALUE_LEN / 2) };
		Pallet::<T>::do_write(&logic, store, [write], &old).expect("the payer is funded");
		#[extrinsic_call]
		_(RawOrigin::Signed(logic), store, key, bytes::<T>(l).into());
		let entry = EntryOf::<T>::get((store, ValueKind::String, key)).expect("it was set");
		assert_eq!(entry.value, bytes::<T>(l));
	}

	#[benchmark]
	fn remove() {
		let logic = funded::<T>();
		let store = store::<T>(&logic);
		let key = [1; 32];
		let old = payer::<T>(fund::<T>(account("old", 0, 0)));
		let write = Write::Set { key, value: bytes::<T>(MAX_VALUE_LEN) };
		Pallet::<T>::do_write(&logic, store, [write], &old).expect("the payer is funded");
		#[extrinsic_call]
		_(RawOrigin::Signed(logic), store, ValueKind::String, key);
		assert!(!EntryOf::<T>::contains_key((store, ValueKind::String, key)));
	}

	/// `n`: number of changes. Each replaces a value for which somebody else paid.
	#[benchmark]
	fn write_batch(n: Linear<1, MAX_BATCH>) {
		let logic = funded::<T>();
		let store = store::<T>(&logic);
		let write = |n: u32| Write::Set { key: [n as u8; 32], value: bytes::<T>(0) };
		for n in 0..n {
			let old = payer::<T>(fund::<T>(account("old", n, 0)));
			Pallet::<T>::do_write(&logic, store, [write(n)], &old).expect("the payer is funded");
		}
		let batch = (0..n).map(|n| write(n).into()).collect::<Vec<_>>();
		#[extrinsic_call]
		_(RawOrigin::Signed(logic.clone()), store, batch);
		let payers = EntryOf::<T>::iter_prefix_values((store,)).filter_map(|entry| entry.deposit);
		assert_eq!(payers.filter(|deposit| deposit.payer == logic).count(), n as usize);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
