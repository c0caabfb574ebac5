//! What the runtime tells of a registration before it is sent is what becomes of it.

use super::*;
use jns_primitives::{
	api::{runtime_decl_for_names_api::NamesApi, Admission, ComposedCall, MAX_BATCHED_CALLS},
	layout::record_key,
	name::NameError,
	proof::KeyError,
	test_support::identities::test_keys,
	Name,
};

fn admission(r: &Registration) -> Admission {
	<Runtime as NamesApi<Block>>::admission(r.name.clone(), r.key.clone())
}

/// Registers with the call that the runtime composes.
fn register_composed(r: &Registration) -> Result<(), sp_runtime::DispatchError> {
	use sp_runtime::traits::Dispatchable;
	let composed = <Runtime as NamesApi<Block>>::registration_call(
		r.name.clone(),
		r.key.clone(),
		r.signature.clone(),
	);
	let call = RuntimeCall::decode(&mut &composed.unwrap().encoded[..]).unwrap();
	call.dispatch(signed(Bob)).map(|_| ()).map_err(|why| why.error)
}

/// Fails unless the answer is that, and the registration then succeeds or not as it says.
fn assert_admission(r: &Registration, expected: Admission) {
	assert_eq!(admission(r), expected);
	let succeeds = matches!(expected, Admission::Open | Admission::Registered);
	frame_support::hypothetically!(assert_eq!(register_composed(r).is_ok(), succeeds));
}

fn key_of(name: &[u8]) -> [u8; 32] {
	record_key(&Name::try_from(name).unwrap())
}

#[test]
fn an_admission_says_what_becomes_of_a_registration() {
	let keys = test_keys(3);
	let alice = keys[0].registration(b"alice".to_vec());
	for (logic, index) in [(PermanentNames::account_id(), 52), (LivingNames::account_id(), 53)] {
		chain("development").execute_with(|| {
			// All instances encode their calls alike.
			let by_vote = |call: pallet_name_logic::Call<Runtime, Instance1>| {
				let encoded = [vec![index], call.encode()].concat();
				pass(RuntimeCall::decode(&mut &encoded[..]).unwrap());
			};
			pass(pallet_council::Call::select_logic { logic: Some(logic.clone()) });
			assert_admission(&alice, Admission::Open);
			assert_ok!(register_composed(&alice));
			assert_admission(&alice, Admission::Registered);
			let bobs = keys[1].registration(b"alice".to_vec());
			assert_admission(&bobs, Admission::NameTaken { by: alice.id });
			let name = Name::try_from(&b"alice"[..]).unwrap();
			let second = keys[0].registration(b"alicia".to_vec());
			assert_admission(&second, Admission::IdTaken { name });
			assert_admission(&keys[1].registration(b"council".to_vec()), Admission::Reserved);

			let key = key_of(b"council");
			let id = keys[1].id();
			by_vote(pallet_name_logic::Call::assign { key, id });
			System::set_block_number(5);
			assert_admission(&keys[1].registration(b"council".to_vec()), Admission::Open);
			assert_admission(&keys[2].registration(b"council".to_vec()), Admission::Reserved);

			let (name, reason) = (b"alice".to_vec(), Hash::zero());
			by_vote(pallet_name_logic::Call::remove { name, reason });
			let free_from = 5 + chain_parameters::NameCoolDown::get();
			assert_admission(&bobs, Admission::CoolingDown { free_from });
			System::set_block_number(free_from);
			assert_admission(&bobs, Admission::Open);
			assert_admission(&alice, Admission::Spent);

			let invalid = |name: &[u8]| {
				<Runtime as NamesApi<Block>>::admission(name.to_vec(), alice.key.clone())
			};
			assert_eq!(invalid(b"Alice"), Admission::InvalidName(NameError::InvalidCharacter));
			assert_eq!(invalid(b"al"), Admission::InvalidName(NameError::TooShort));
			let no_key = <Runtime as NamesApi<Block>>::admission(b"alice".to_vec(), vec![1]);
			assert_eq!(no_key, Admission::InvalidKey(KeyError::UnsupportedSize));

			assert_ok!(register_composed(&bobs));
			for other in [None, Some(Bob.to_account_id())] {
				pass(pallet_council::Call::select_logic { logic: other });
				assert_eq!(admission(&bobs), Admission::Registered);
				assert_eq!(admission(&keys[2].registration(b"carol".to_vec())), Admission::Closed);
			}
		});
	}
}

#[test]
fn a_batch_of_composed_calls_registers_what_it_can() {
	use jns_primitives::api::runtime_decl_for_sponsor_api::SponsorApi;
	let batch = |calls| <Runtime as SponsorApi<Block, AccountId>>::batch_call(calls);
	let keys = test_keys(3);
	chain("development").execute_with(|| {
		let wanted = [
			keys[0].registration(b"alice".to_vec()),
			keys[1].registration(b"alice".to_vec()),
			keys[2].registration(b"carol".to_vec()),
		];
		let composed = |r: &Registration| {
			<Runtime as NamesApi<Block>>::registration_call(
				r.name.clone(),
				r.key.clone(),
				r.signature.clone(),
			)
			.unwrap()
		};
		let call = batch(wanted.iter().map(composed).collect()).unwrap();
		let call = RuntimeCall::decode(&mut &call.encoded[..]).unwrap();
		assert_ok!(sp_runtime::traits::Dispatchable::dispatch(call, signed(Bob)));
		assert_eq!(wanted.each_ref().map(admission)[0], Admission::Registered);
		assert_eq!(admission(&wanted[1]), Admission::NameTaken { by: wanted[0].id });
		assert_eq!(admission(&wanted[2]), Admission::Registered);

		let one = composed(&wanted[0]);
		assert!(batch(vec![one.clone(); MAX_BATCHED_CALLS]).is_some());
		assert!(batch(vec![one; MAX_BATCHED_CALLS + 1]).is_none());
		assert!(batch(vec![ComposedCall { encoded: vec![0xff] }]).is_none());
	});
}
