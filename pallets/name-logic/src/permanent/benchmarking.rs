//! What a registration costs, by the size of its key, and what a refusal costs.

use super::*;
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;
use jns_primitives::test_support::{
	genuine_registrations, small_key_registrations, Registration as Genuine,
};

/// A selected logic, a funded account and the registration by a key of that size.
fn prepare<T: Config>(size: KeySize) -> (T::AccountId, Genuine) {
	let who: T::AccountId = whitelisted_caller();
	T::BenchmarkHelper::select(Pallet::<T>::account_id());
	T::BenchmarkHelper::fund(&who);
	let r = genuine_registrations()
		.into_iter()
		.chain(small_key_registrations())
		.find(|r| KeySize::of_der(&r.key) == Some(size))
		.expect("there is one of each size");
	(who, r)
}

fn registered<T: Config>(r: &Genuine) -> bool {
	Names::<T>::name_of(&r.id).is_ok_and(|name| name.is_some())
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn register_2048() {
		let (who, r) = prepare::<T>(KeySize::Rsa2048);
		#[extrinsic_call]
		register(RawOrigin::Signed(who), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(registered::<T>(&r));
	}

	#[benchmark]
	fn register_3072() {
		let (who, r) = prepare::<T>(KeySize::Rsa3072);
		#[extrinsic_call]
		register(RawOrigin::Signed(who), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(registered::<T>(&r));
	}

	#[benchmark]
	fn register_4096() {
		let (who, r) = prepare::<T>(KeySize::Rsa4096);
		#[extrinsic_call]
		register(RawOrigin::Signed(who), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(registered::<T>(&r));
	}

	/// The dearest refusal: everything is read, and the ID turns out to have another name.
	#[benchmark]
	fn register_refused() {
		let (who, r) = prepare::<T>(KeySize::Rsa4096);
		let origin = RawOrigin::Signed(who);
		Pallet::<T>::register(
			origin.clone().into(),
			r.name.clone(),
			r.id,
			r.key.clone(),
			r.signature.clone(),
		)
		.expect("it is genuine");
		let result;
		#[block]
		{
			result = Pallet::<T>::register(
				origin.into(),
				b"another-name".to_vec(),
				r.id,
				r.key.clone(),
				r.signature.clone(),
			);
		}
		assert_eq!(result.map_err(|e| e.error), Err(Error::<T>::IdTaken.into()));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}
