//! What the council can do, and that nobody else can.

use super::*;
use crate::configs::RootCalls;
use frame_support::traits::{Contains, EnsureOrigin};
use pallet_council::{Ending, EnsureCouncil};
use sp_runtime::{traits::Dispatchable, DispatchError, Perbill};

fn dispatch_root(call: impl Into<RuntimeCall>) -> pallet_council::Call<Runtime> {
	pallet_council::Call::dispatch_root { call: Box::new(call.into()) }
}

#[test]
fn the_council_authorizes_an_upgrade() {
	chain("development").execute_with(|| {
		let code_hash = Hash::repeat_byte(7);
		let ending = pass(dispatch_root(frame_system::Call::authorize_upgrade { code_hash }));
		assert_eq!(ending, Ending::Executed(Ok(())));
		assert_eq!(*System::authorized_upgrade().unwrap().code_hash(), code_hash);
	});
}

#[test]
fn the_composed_vote_decides_the_open_proposal() {
	use jns_primitives::api::runtime_decl_for_council_api::CouncilApi;
	let vote_call = |aye| <Runtime as CouncilApi<Block, AccountId, RuntimeCall>>::vote_call(aye);
	chain("development").execute_with(|| {
		for aye in [true, false] {
			assert_eq!(vote_call(aye), None);
			let index = pallet_council::NextIndex::<Runtime>::get();
			let call: RuntimeCall = pallet_council::Call::select_logic { logic: None }.into();
			assert_ok!(Council::propose(signed(Alice), Box::new(call), 100));
			let call = RuntimeCall::decode(&mut &vote_call(aye).unwrap().encoded[..]).unwrap();
			assert_ok!(call.dispatch(signed(Alice)));
			let ending = pallet_council::Outcomes::<Runtime>::get(index).unwrap().ending;
			assert_eq!(ending == Ending::Executed(Ok(())), aye);
		}
	});
}

#[test]
fn the_council_governs_staking() {
	chain("local").execute_with(|| {
		let batch = pallet_utility::Call::batch_all {
			calls: vec![
				dispatch_root(pallet_staking::Call::set_validator_count { new: 7 }).into(),
				pallet_staking::Call::set_min_commission { new: Perbill::from_percent(3) }.into(),
			],
		};
		assert_eq!(pass(batch), Ending::Executed(Ok(())));
		assert_eq!(pallet_staking::ValidatorCount::<Runtime>::get(), 7);
		assert_eq!(pallet_staking::MinCommission::<Runtime>::get(), Perbill::from_percent(3));
	});
}

#[test]
fn everything_on_the_list_is_done_by_vote() {
	use pallet_staking::{Call as Staking, ConfigOp, Forcing};
	chain("local").execute_with(|| {
		let by_vote = |call: RuntimeCall| {
			assert!(RootCalls::contains(&call));
			assert_eq!(pass(dispatch_root(call)), Ending::Executed(Ok(())));
		};
		let validators = pallet_staking::ValidatorCount::<Runtime>::get;
		by_vote(Staking::set_validator_count { new: 7 }.into());
		by_vote(Staking::increase_validator_count { additional: 3 }.into());
		assert_eq!(validators(), 10);
		by_vote(
			Staking::scale_validator_count { factor: sp_runtime::Percent::from_percent(50) }.into(),
		);
		assert_eq!(validators(), 15);
		by_vote(
			Staking::set_staking_configs {
				min_nominator_bond: ConfigOp::Set(5 * JNS),
				min_validator_bond: ConfigOp::Noop,
				max_nominator_count: ConfigOp::Set(900),
				max_validator_count: ConfigOp::Noop,
				chill_threshold: ConfigOp::Remove,
				min_commission: ConfigOp::Noop,
				max_staked_rewards: ConfigOp::Noop,
			}
			.into(),
		);
		assert_eq!(pallet_staking::MinNominatorBond::<Runtime>::get(), 5 * JNS);
		assert_eq!(pallet_staking::MaxNominatorsCount::<Runtime>::get(), Some(900));
		let alice = || Alice.to_account_id();
		by_vote(Staking::set_invulnerables { invulnerables: vec![alice()] }.into());
		assert_eq!(pallet_staking::Invulnerables::<Runtime>::get().to_vec(), [alice()]);
		for (call, forcing) in [
			(Staking::force_no_eras {}, Forcing::ForceNone),
			(Staking::force_new_era {}, Forcing::ForceNew),
		] {
			by_vote(call.into());
			assert_eq!(pallet_staking::ForceEra::<Runtime>::get(), forcing);
		}
		let bond = pallet_staking::Call::<Runtime>::bond {
			value: 100 * JNS,
			payee: pallet_staking::RewardDestination::Staked,
		};
		assert_ok!(RuntimeCall::from(bond).dispatch(signed(Bob)));
		let bonded = || pallet_staking::Bonded::<Runtime>::contains_key(Bob.to_account_id());
		assert!(bonded());
		let stash = Bob.to_account_id();
		by_vote(Staking::force_unstake { stash, num_slashing_spans: 0 }.into());
		assert!(!bonded());

		let (delay, best_finalized_block_number) = (10, 0);
		by_vote(pallet_grandpa::Call::note_stalled { delay, best_finalized_block_number }.into());
		assert!(pallet_grandpa::Stalled::<Runtime>::exists());

		let code_hash = Hash::repeat_byte(7);
		by_vote(frame_system::Call::authorize_upgrade { code_hash }.into());
		assert!(System::authorized_upgrade().is_some());
	});
}

#[test]
fn an_authorization_lasts_until_another_takes_its_place() {
	chain("development").execute_with(|| {
		let code = vec![7; 100];
		let authorize = |code_hash| {
			let call = frame_system::Call::authorize_upgrade { code_hash };
			assert_eq!(pass(dispatch_root(call)), Ending::Executed(Ok(())));
		};
		use sp_runtime::traits::{BlakeTwo256, Hash as _};
		authorize(BlakeTwo256::hash(&code));
		System::set_block_number(10_000_000);
		assert!(System::authorized_upgrade().is_some(), "it never expires");
		// No code is known to have this hash.
		authorize(Hash::zero());
		assert_eq!(
			System::apply_authorized_upgrade(signed(Bob), code).unwrap_err().error,
			frame_system::Error::<Runtime>::Unauthorized.into()
		);
	});
}

#[test]
fn the_council_moves_a_lost_members_stake_and_accepts_offered_stores() {
	chain("development").execute_with(|| {
		let (alice, bob) = (Alice.to_account_id(), Bob.to_account_id());
		assert_ok!(Council::delegate(signed(Alice), bob.clone(), 10_000));
		let dave = Sr25519Keyring::Dave.to_account_id();
		let call = pallet_council::Call::force_delegate {
			from: bob.clone(),
			to: dave.clone(),
			amount: 10_000,
		};
		assert_eq!(pass(call), Ending::Executed(Ok(())));
		let stake = |who| pallet_council::MemberOf::<Runtime>::get(who).map(|m| m.stake);
		assert_eq!((stake(bob), stake(dave)), (None, Some(10_000)));
		assert!(stake(alice).is_some());

		let store = pallet_eternal_storage::NextStoreId::<Runtime>::get();
		assert_ok!(EternalStorage::create_store(signed(Bob)));
		assert_ok!(EternalStorage::offer_ownership(
			signed(Bob),
			store,
			Some(Council::account_id())
		));
		let label: jns_primitives::council::Label = b"bobs".to_vec().try_into().unwrap();
		let call = pallet_council::Call::accept_store { label: label.clone(), store };
		assert_eq!(pass(call), Ending::Executed(Ok(())));
		assert_eq!(pallet_council::StoreOf::<Runtime>::get(label), Some(store));
		let info = EternalStorage::store_info(store).unwrap();
		assert_eq!(info.owner, Council::account_id());
		assert_eq!(info.logic, Some(PermanentNames::account_id()));
	});
}

#[test]
fn the_council_is_not_root() {
	chain("development").execute_with(|| {
		let ending = pass(frame_system::Call::authorize_upgrade { code_hash: Hash::zero() });
		assert_eq!(ending, Ending::Executed(Err(DispatchError::BadOrigin)));
		// Nor does a call that takes another origin along make it root.
		let ending = pass(pallet_utility::Call::dispatch_as {
			as_origin: Box::new(frame_system::RawOrigin::Root.into()),
			call: Box::new(
				frame_system::Call::authorize_upgrade { code_hash: Hash::zero() }.into(),
			),
		});
		assert_eq!(ending, Ending::Executed(Err(DispatchError::BadOrigin)));
		assert!(System::authorized_upgrade().is_none());
	});
}

#[test]
fn only_the_council_passes_its_origin() {
	chain("development").execute_with(|| {
		for origin in [signed(Alice), RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert!(EnsureCouncil::<Runtime>::try_origin(origin).is_err());
		}
		let council = RuntimeOrigin::from(pallet_council::Origin::Council);
		assert_eq!(EnsureCouncil::<Runtime>::try_origin(council).ok(), Some(Council::account_id()));
	});
}

#[test]
fn the_council_reserves_assigns_and_removes_names_by_vote() {
	use jns_primitives::{layout::record_key, test_support::genuine_registrations, Name};
	use pallet_name_logic::{Call, Error};
	type LogicCall = Call<Runtime, Instance1>;
	type LogicError = Error<Runtime, Instance1>;
	let all = genuine_registrations();
	let r = &all[0];
	let key = record_key(&Name::try_from(&r.name[..]).unwrap());
	let keys = || vec![key].try_into().unwrap();
	let reason = Hash::repeat_byte(7);
	let name = || r.name.clone();
	for (logic, index) in [(PermanentNames::account_id(), 52), (LivingNames::account_id(), 53)] {
		chain("development").execute_with(|| {
			// All instances encode their calls alike.
			let of_logic = |call: LogicCall| {
				let encoded = [vec![index], call.encode()].concat();
				RuntimeCall::decode(&mut &encoded[..]).unwrap()
			};
			let by_vote = |call| assert_eq!(pass(of_logic(call)), Ending::Executed(Ok(())));
			let register = || {
				let (name, id, key, signature) = (name(), r.id, r.key.clone(), r.signature.clone());
				let call = of_logic(Call::register { name, id, key, signature });
				call.dispatch(signed(Bob)).map_err(|e| e.error)
			};
			let refused = |error: LogicError| match (register().unwrap_err(), error.into()) {
				(DispatchError::Module(why), DispatchError::Module(error)) => {
					assert_eq!((why.index, why.error), (index, error.error));
				},
				other => panic!("{other:?}"),
			};
			let select = pallet_council::Call::select_logic { logic: Some(logic) };
			assert_eq!(pass(select), Ending::Executed(Ok(())));
			by_vote(Call::reserve { keys: keys() });
			refused(Error::Reserved);
			by_vote(Call::assign { key, id: r.id });
			System::set_block_number(System::block_number() + 1);
			assert_ok!(register());
			by_vote(Call::remove { name: name(), reason });
			refused(Error::Reserved);
			by_vote(Call::unreserve { keys: keys() });
			refused(Error::CoolingDown);
			let cool_down = chain_parameters::NameCoolDown::get();
			System::set_block_number(System::block_number() + cool_down);
			refused(Error::Spent);
		});
	}
}

#[test]
fn names_that_the_preset_reserves_are_nobodys() {
	use jns_primitives::test_support::identities::test_key;
	chain("development").execute_with(|| {
		let r = test_key().registration(b"jami".to_vec());
		assert_eq!(
			register(Bob, &r).unwrap_err().error,
			pallet_name_logic::Error::<Runtime, Instance1>::Reserved.into()
		);
	});
}

#[test]
fn names_are_frozen_while_no_logic_is_selected() {
	use jns_primitives::test_support::genuine_registrations;
	chain("development").execute_with(|| {
		let all = genuine_registrations();
		assert_ok!(register(Bob, &all[0]));
		let select = |logic| pallet_council::Call::select_logic { logic };
		assert_eq!(pass(select(None)), Ending::Executed(Ok(())));
		assert_eq!(
			register(Bob, &all[1]).unwrap_err().error,
			pallet_eternal_storage::Error::<Runtime>::NoLogic.into()
		);
		assert_eq!(pass(select(Some(PermanentNames::account_id()))), Ending::Executed(Ok(())));
		assert_ok!(register(Bob, &all[1]));
	});
}
