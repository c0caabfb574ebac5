//! What the calls of all logics cost, by their dearest outcomes: every entry that they touch was paid
//! for by another account.

use super::*;
use alloc::{vec, vec::Vec};
use frame_benchmarking::{account, v2::*, BenchmarkError};
use frame_system::RawOrigin;
use jns_primitives::{
	layout::{
		cool_down_key, hand_over_key, record_key, reservation_key, reverse_key, take_back_key,
	},
	proof::KeySize,
	storage::{EternalStorage, Value, Write, MAX_BATCH},
	test_support::{
		genuine_registrations, small_key_registrations, statements, Registration as Genuine,
	},
};

/// A selected logic, in block 1 of a chain whose genesis hash is zero.
fn begin<T: Config<I>, I: 'static>() {
	frame_system::BlockHash::<T>::insert(BlockNumberFor::<T>::from(0u32), Hash::zero());
	go_to::<T, I>(1);
	<T as Config<I>>::BenchmarkHelper::select(Pallet::<T, I>::account_id());
}

fn go_to<T: Config<I>, I: 'static>(block: u32) {
	frame_system::Pallet::<T>::set_block_number(block.into());
}

fn funded<T: Config<I>, I: 'static>(name: &'static str) -> RawOrigin<T::AccountId> {
	let who: T::AccountId = account(name, 0, 0);
	<T as Config<I>>::BenchmarkHelper::fund(&who);
	RawOrigin::Signed(who)
}

fn caller<T: Config<I>, I: 'static>() -> RawOrigin<T::AccountId> {
	let who: T::AccountId = whitelisted_caller();
	<T as Config<I>>::BenchmarkHelper::fund(&who);
	RawOrigin::Signed(who)
}

fn council<T: Config<I>, I: 'static>() -> Result<T::RuntimeOrigin, BenchmarkError> {
	T::CouncilOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)
}

fn of_size(size: KeySize) -> Genuine {
	genuine_registrations()
		.into_iter()
		.chain(small_key_registrations())
		.find(|r| KeySize::of_der(&r.key) == Some(size))
		.expect("there is one of each size")
}

fn register<T: Config<I>, I: 'static>(origin: RawOrigin<T::AccountId>, r: &Genuine) {
	Pallet::<T, I>::register(
		origin.into(),
		r.name.clone(),
		r.id,
		r.key.clone(),
		r.signature.clone(),
	)
	.expect("it is genuine");
}

fn hand_over<T: Config<I>, I: 'static>(origin: RawOrigin<T::AccountId>) {
	let s = statements();
	Pallet::<T, I>::hand_over(origin.into(), s.owner.name, s.heir.id, 2, s.hand_over)
		.expect("it is signed");
}

fn has_name<T: Config<I>, I: 'static>(id: &JamiId) -> bool {
	Names::<T, I>::name_of(id).is_ok_and(|name| name.is_some())
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

/// The instance on which the tests run the benchmarks.
#[cfg(test)]
type Benched<T> = Pallet<T, frame_support::instances::Instance2>;

#[instance_benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn register_2048() {
		begin::<T, I>();
		let r = of_size(KeySize::Rsa2048);
		#[extrinsic_call]
		register(caller::<T, I>(), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(has_name::<T, I>(&r.id));
	}

	#[benchmark]
	fn register_3072() {
		begin::<T, I>();
		let r = of_size(KeySize::Rsa3072);
		#[extrinsic_call]
		register(caller::<T, I>(), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(has_name::<T, I>(&r.id));
	}

	#[benchmark]
	fn register_4096() {
		begin::<T, I>();
		let r = of_size(KeySize::Rsa4096);
		#[extrinsic_call]
		register(caller::<T, I>(), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(has_name::<T, I>(&r.id));
	}

	#[benchmark]
	fn register_assigned() -> Result<(), BenchmarkError> {
		begin::<T, I>();
		let s = statements();
		super::register::<T, I>(funded::<T, I>("owner"), &s.owner);
		let releaser = funded::<T, I>("releaser");
		Pallet::<T, I>::release(releaser.into(), s.owner.name.clone(), s.release)?;
		Pallet::<T, I>::assign(council::<T, I>()?, key_of(&s.owner.name), s.heir.id)?;
		go_to::<T, I>(2);
		let r = s.heir;
		#[extrinsic_call]
		register(caller::<T, I>(), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(has_name::<T, I>(&r.id));
		Ok(())
	}

	#[benchmark]
	fn register_handed_over() {
		begin::<T, I>();
		let s = statements();
		super::register::<T, I>(funded::<T, I>("owner"), &s.owner);
		super::hand_over::<T, I>(funded::<T, I>("giver"));
		let r = s.heir;
		#[extrinsic_call]
		register(caller::<T, I>(), r.name.clone(), r.id, r.key.clone(), r.signature.clone());
		assert!(has_name::<T, I>(&r.id));
		assert!(!has_name::<T, I>(&s.owner.id));
	}

	/// The dearest refusal: everything is read, and the name turns out to be its to take back alone.
	#[benchmark]
	fn register_refused() -> Result<(), BenchmarkError> {
		begin::<T, I>();
		let s = statements();
		super::register::<T, I>(funded::<T, I>("owner"), &s.owner);
		Pallet::<T, I>::release(
			funded::<T, I>("releaser").into(),
			s.owner.name.clone(),
			s.release,
		)?;
		go_to::<T, I>(2);
		let (r, origin) = (s.owner, caller::<T, I>());
		let result;
		#[block]
		{
			result = Pallet::<T, I>::register(origin.into(), r.name, r.id, r.key, r.signature);
		}
		assert_eq!(result.map_err(|e| e.error), Err(Error::<T, I>::Spent.into()));
		Ok(())
	}

	#[benchmark]
	fn accept() {
		begin::<T, I>();
		let s = statements();
		super::register::<T, I>(funded::<T, I>("owner"), &s.owner);
		super::hand_over::<T, I>(funded::<T, I>("giver"));
		let r = s.heir;
		#[extrinsic_call]
		accept(
			caller::<T, I>(),
			r.name.clone(),
			r.id,
			r.key.clone(),
			r.signature.clone(),
			s.accept.clone(),
		);
		assert!(has_name::<T, I>(&r.id));
	}

	#[benchmark]
	fn clear_expired() -> Result<(), BenchmarkError> {
		begin::<T, I>();
		let s = statements();
		super::register::<T, I>(funded::<T, I>("owner"), &s.owner);
		Pallet::<T, I>::release(
			funded::<T, I>("releaser").into(),
			s.owner.name.clone(),
			s.release,
		)?;
		go_to::<T, I>(u32::MAX);
		let key = key_of(&s.owner.name);
		#[extrinsic_call]
		clear_expired(caller::<T, I>(), key);
		assert_eq!(
			Names::<T, I>::status(&Name::try_from(&s.owner.name[..]).expect("it is a name")),
			Ok(Default::default())
		);
		Ok(())
	}

	#[benchmark]
	fn reserve(n: Linear<1, MAX_BATCH>) -> Result<(), BenchmarkError> {
		begin::<T, I>();
		let origin = council::<T, I>()?;
		let keys = keys(n);
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, keys.clone());
		assert_eq!(Names::<T, I>::unreserve(&keys), Ok(()));
		Ok(())
	}

	#[benchmark]
	fn unreserve(n: Linear<1, MAX_BATCH>) -> Result<(), BenchmarkError> {
		begin::<T, I>();
		let origin = council::<T, I>()?;
		let keys = keys(n);
		Pallet::<T, I>::reserve(origin.clone(), keys.clone())?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, keys.clone());
		assert_eq!(Names::<T, I>::unreserve(&keys), Err(registry::Refusal::NotReserved));
		Ok(())
	}

	#[benchmark]
	fn assign() -> Result<(), BenchmarkError> {
		begin::<T, I>();
		let origin = council::<T, I>()?;
		let r = statements().heir;
		let key = key_of(&r.name);
		Pallet::<T, I>::reserve(origin.clone(), vec![key].try_into().expect("it is one"))?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, key, r.id);
		go_to::<T, I>(2);
		super::register::<T, I>(funded::<T, I>("heir"), &r);
		Ok(())
	}

	#[benchmark]
	fn remove() -> Result<(), BenchmarkError> {
		begin::<T, I>();
		let origin = council::<T, I>()?;
		let s = statements();
		super::register::<T, I>(funded::<T, I>("owner"), &s.owner);
		super::hand_over::<T, I>(funded::<T, I>("giver"));
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, s.owner.name.clone(), Hash::zero());
		assert!(!has_name::<T, I>(&s.owner.id));
		Ok(())
	}

	#[benchmark]
	fn release() {
		begin::<T, I>();
		let s = statements();
		super::register::<T, I>(funded::<T, I>("owner"), &s.owner);
		super::hand_over::<T, I>(funded::<T, I>("giver"));
		#[extrinsic_call]
		release(caller::<T, I>(), s.owner.name.clone(), s.release_offered.clone());
		assert!(!has_name::<T, I>(&s.owner.id));
	}

	#[benchmark]
	fn hand_over() {
		begin::<T, I>();
		let s = statements();
		super::register::<T, I>(funded::<T, I>("owner"), &s.owner);
		#[extrinsic_call]
		hand_over(caller::<T, I>(), s.owner.name.clone(), s.heir.id, 2, s.hand_over.clone());
		super::register::<T, I>(funded::<T, I>("heir"), &s.heir);
	}

	#[benchmark]
	fn cancel_hand_over() {
		begin::<T, I>();
		let s = statements();
		super::register::<T, I>(funded::<T, I>("owner"), &s.owner);
		super::hand_over::<T, I>(funded::<T, I>("giver"));
		#[extrinsic_call]
		cancel_hand_over(caller::<T, I>(), s.owner.name.clone(), s.cancel_hand_over.clone());
		let name = Name::try_from(&s.owner.name[..]).expect("it is a name");
		assert_eq!(Names::<T, I>::status(&name).map(|status| status.hand_over), Ok(None));
	}

	#[benchmark]
	fn adopt() {
		begin::<T, I>();
		let r = statements().owner;
		super::register::<T, I>(funded::<T, I>("owner"), &r);
		super::hand_over::<T, I>(funded::<T, I>("giver"));
		#[extrinsic_call]
		adopt(caller::<T, I>(), r.name.clone());
		assert!(has_name::<T, I>(&r.id));
	}

	/// All that can be wrong is, and each was paid for by another account.
	#[benchmark]
	fn purge() -> Result<(), BenchmarkError> {
		begin::<T, I>();
		let origin = council::<T, I>()?;
		let r = statements().owner;
		let key = key_of(&r.name);
		let no_word = || Value::Bytes32([0xff; 32]);
		let bytes = |bytes: &[u8]| bytes.to_vec().try_into().expect("it is short");
		for (payer, at, value) in [
			("record", key, Value::Bytes(bytes(&[0xff]))),
			("cool-down", cool_down_key(&key), Value::Uint256(u64::MAX.into())),
			("hand-over", hand_over_key(&key), no_word()),
			("take-back", take_back_key(&key), no_word()),
			("reservation", reservation_key(&key), no_word()),
			("reverse", reverse_key(&r.id), Value::String(bytes(b"a/b"))),
		] {
			let origin = T::RuntimeOrigin::from(funded::<T, I>(payer));
			let payer = Payer::signed(origin).expect("it is signed");
			let batch = vec![Write::Set { key: at, value }].try_into().expect("it is one");
			let store = Names::<T, I>::store().expect("there is one");
			T::Storage::write(store, &Pallet::<T, I>::account_id(), batch, &payer)?;
		}
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, key, Some(r.id));
		assert_eq!(Names::<T, I>::name_of(&r.id), Ok(None));
		Ok(())
	}

	impl_benchmark_test_suite!(Benched, crate::mock::new_test_ext(), crate::mock::Test);
}
