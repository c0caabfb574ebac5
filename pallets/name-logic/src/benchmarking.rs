//! What the calls of all logics cost, by their dearest outcomes: every entry that they touch was paid
//! for by another account.

use super::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::{account, v2::*, BenchmarkError};
use frame_system::RawOrigin;
use jns_primitives::{
	layout::record_key,
	proof::KeySize,
	storage::MAX_BATCH,
	test_support::{
		genuine_registrations, small_key_registrations, statements, Registration as Genuine,
	},
};

/// A selected logic, in block 1 of a chain whose genesis hash is zero.
fn begin<T: Config>() {
	frame_system::BlockHash::<T>::insert(BlockNumberFor::<T>::from(0u32), Hash::zero());
	go_to::<T>(1);
	T::BenchmarkHelper::select(Pallet::<T>::account_id());
}

fn go_to<T: Config>(block: u32) {
	frame_system::Pallet::<T>::set_block_number(block.into());
}

fn funded<T: Config>(name: &'static str) -> RawOrigin<T::AccountId> {
	let who: T::AccountId = account(name, 0, 0);
	T::BenchmarkHelper::fund(&who);
	RawOrigin::Signed(who)
}

fn caller<T: Config>() -> RawOrigin<T::AccountId> {
	let who: T::AccountId = whitelisted_caller();
	T::BenchmarkHelper::fund(&who);
	RawOrigin::Signed(who)
}

fn council<T: Config>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::CouncilOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

fn of_size(size: KeySize) -> Genuine {
	genuine_registrations()
		.into_iter()
		.chain(small_key_registrations())
		.find(|r| KeySize::of_der(&r.key) == Some(size))
		.expect("there is one of each size")
}

fn register<T: Config>(origin: RawOrigin<T::AccountId>, r: &Genuine) {
	Pallet::<T>::register(origin.into(), r.name.clone(), r.id, r.key.clone(), r.signature.clone())
		.expect("it is genuine");
}

fn hand_over<T: Config>(origin: RawOrigin<T::AccountId>) {
	let s = statements();
	Pallet::<T>::hand_over(origin.into(), s.owner.name, s.heir.id, 2, s.hand_over)
		.expect("it is signed");
}

fn has_name<T: Config>(id: &JamiId) -> bool {
	Names::<T>::name_of(id).is_ok_and(|name| name.is_some())
}

fn key_of(name: &[u8]) -> Key {
	record_key(&Name::try_from(name).expect("it is a name"))
}

/// So many record keys.
fn keys(n: u32) -> Keys {
	(0..n)
		.map(|n| {
			let mut key = Key::default();
			key[..4].copy_from_slice(&n.to_le_bytes());
			key
		})
		.collect::<Vec<_>>()
		.try_into()
		.expect("there are as many at most")
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn register_2048() {
		begin::<T>();
		let r = of_size(KeySize::Rsa2048);
		#[extrinsic_call]
		register(caller::<T>(), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(has_name::<T>(&r.id));
	}

	#[benchmark]
	fn register_3072() {
		begin::<T>();
		let r = of_size(KeySize::Rsa3072);
		#[extrinsic_call]
		register(caller::<T>(), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(has_name::<T>(&r.id));
	}

	#[benchmark]
	fn register_4096() {
		begin::<T>();
		let r = of_size(KeySize::Rsa4096);
		#[extrinsic_call]
		register(caller::<T>(), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(has_name::<T>(&r.id));
	}

	#[benchmark]
	fn register_assigned() -> Result<(), BenchmarkError> {
		begin::<T>();
		let s = statements();
		super::register::<T>(funded::<T>("owner"), &s.owner);
		let releaser = funded::<T>("releaser");
		Pallet::<T>::release(releaser.into(), s.owner.name.clone(), s.release)?;
		Pallet::<T>::assign(council::<T>()?, key_of(&s.owner.name), s.heir.id)?;
		go_to::<T>(2);
		let r = s.heir;
		#[extrinsic_call]
		register(caller::<T>(), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(has_name::<T>(&r.id));
		Ok(())
	}

	#[benchmark]
	fn register_handed_over() {
		begin::<T>();
		let s = statements();
		super::register::<T>(funded::<T>("owner"), &s.owner);
		super::hand_over::<T>(funded::<T>("giver"));
		let r = s.heir;
		#[extrinsic_call]
		register(caller::<T>(), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(has_name::<T>(&r.id));
		assert!(!has_name::<T>(&s.owner.id));
	}

	/// The dearest refusal: everything is read, and the name turns out to be spent.
	#[benchmark]
	fn register_refused() -> Result<(), BenchmarkError> {
		begin::<T>();
		let s = statements();
		super::register::<T>(funded::<T>("owner"), &s.owner);
		Pallet::<T>::release(funded::<T>("releaser").into(), s.owner.name.clone(), s.release)?;
		Pallet::<T>::assign(council::<T>()?, key_of(&s.owner.name), s.owner.id)?;
		go_to::<T>(2);
		let (r, origin) = (s.owner, caller::<T>());
		let result;
		#[block]
		{
			result = Pallet::<T>::register(origin.into(), r.name, r.id, r.key, r.signature);
		}
		assert_eq!(result.map_err(|e| e.error), Err(Error::<T>::Spent.into()));
		Ok(())
	}

	#[benchmark]
	fn accept() {
		begin::<T>();
		let s = statements();
		super::register::<T>(funded::<T>("owner"), &s.owner);
		super::hand_over::<T>(funded::<T>("giver"));
		let r = s.heir;
		#[extrinsic_call]
		accept(
			caller::<T>(),
			r.name.clone(),
			r.id,
			r.key.clone(),
			r.signature.clone(),
			s.accept.clone(),
		);
		assert!(has_name::<T>(&r.id));
	}

	#[benchmark]
	fn clear_expired() -> Result<(), BenchmarkError> {
		begin::<T>();
		let s = statements();
		super::register::<T>(funded::<T>("owner"), &s.owner);
		Pallet::<T>::release(funded::<T>("releaser").into(), s.owner.name.clone(), s.release)?;
		go_to::<T>(u32::MAX);
		let key = key_of(&s.owner.name);
		#[extrinsic_call]
		clear_expired(caller::<T>(), key);
		assert_eq!(
			Names::<T>::status(&Name::try_from(&s.owner.name[..]).expect("it is a name")),
			Ok(Default::default())
		);
		Ok(())
	}

	#[benchmark]
	fn reserve(n: Linear<1, MAX_BATCH>) -> Result<(), BenchmarkError> {
		begin::<T>();
		let origin = council::<T>()?;
		let keys = keys(n);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, keys.clone());
		assert_eq!(Names::<T>::unreserve(&keys), Ok(()));
		Ok(())
	}

	#[benchmark]
	fn unreserve(n: Linear<1, MAX_BATCH>) -> Result<(), BenchmarkError> {
		begin::<T>();
		let origin = council::<T>()?;
		let keys = keys(n);
		Pallet::<T>::reserve(origin.clone(), keys.clone())?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, keys.clone());
		assert_eq!(Names::<T>::unreserve(&keys), Err(registry::Refusal::NotReserved));
		Ok(())
	}

	#[benchmark]
	fn assign() -> Result<(), BenchmarkError> {
		begin::<T>();
		let origin = council::<T>()?;
		let r = statements().heir;
		let key = key_of(&r.name);
		Pallet::<T>::reserve(origin.clone(), vec![key].try_into().expect("it is one"))?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, key, r.id);
		go_to::<T>(2);
		super::register::<T>(funded::<T>("heir"), &r);
		Ok(())
	}

	#[benchmark]
	fn remove() -> Result<(), BenchmarkError> {
		begin::<T>();
		let origin = council::<T>()?;
		let s = statements();
		super::register::<T>(funded::<T>("owner"), &s.owner);
		super::hand_over::<T>(funded::<T>("giver"));
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, s.owner.name.clone(), Hash::zero());
		assert!(!has_name::<T>(&s.owner.id));
		Ok(())
	}

	#[benchmark]
	fn release() {
		begin::<T>();
		let s = statements();
		super::register::<T>(funded::<T>("owner"), &s.owner);
		#[extrinsic_call]
		release(caller::<T>(), s.owner.name.clone(), s.release.clone());
		assert!(!has_name::<T>(&s.owner.id));
	}

	#[benchmark]
	fn hand_over() {
		begin::<T>();
		let s = statements();
		super::register::<T>(funded::<T>("owner"), &s.owner);
		#[extrinsic_call]
		hand_over(caller::<T>(), s.owner.name.clone(), s.heir.id, 2, s.hand_over.clone());
		super::register::<T>(funded::<T>("heir"), &s.heir);
	}

	#[benchmark]
	fn cancel_hand_over() {
		begin::<T>();
		let s = statements();
		super::register::<T>(funded::<T>("owner"), &s.owner);
		super::hand_over::<T>(funded::<T>("giver"));
		#[extrinsic_call]
		cancel_hand_over(caller::<T>(), s.owner.name.clone(), s.cancel_hand_over.clone());
		let name = Name::try_from(&s.owner.name[..]).expect("it is a name");
		assert_eq!(Names::<T>::status(&name).map(|status| status.hand_over), Ok(None));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
