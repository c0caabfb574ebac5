//! What must not move unseen.

use super::*;
use crate::configs::ProxyType;
use frame_support::traits::{InstanceFilter, PalletInfoAccess};

#[test]
fn pallet_indices_are_pinned() {
	let all = [
		(System::index(), System::name(), 0),
		(Timestamp::index(), Timestamp::name(), 1),
		(ChainParameters::index(), ChainParameters::name(), 2),
		(Babe::index(), Babe::name(), 10),
		(Authorship::index(), Authorship::name(), 11),
		(Balances::index(), Balances::name(), 12),
		(TransactionPayment::index(), TransactionPayment::name(), 13),
		(Staking::index(), Staking::name(), 14),
		(Offences::index(), Offences::name(), 15),
		(Historical::index(), Historical::name(), 16),
		(Session::index(), Session::name(), 17),
		(Grandpa::index(), Grandpa::name(), 18),
		(AuthorityDiscovery::index(), AuthorityDiscovery::name(), 19),
		(VoterList::index(), VoterList::name(), 20),
		(GrandpaSets::index(), GrandpaSets::name(), 21),
		(Utility::index(), Utility::name(), 30),
		(Proxy::index(), Proxy::name(), 31),
		(Multisig::index(), Multisig::name(), 32),
		(Migrations::index(), Migrations::name(), 40),
		(EternalStorage::index(), EternalStorage::name(), 50),
		(Council::index(), Council::name(), 51),
		(PermanentNames::index(), PermanentNames::name(), 52),
		(LivingNames::index(), LivingNames::name(), 53),
	];
	for (index, name, pinned) in all {
		assert_eq!(index, pinned, "{name}");
	}
	assert_eq!(
		<AllPalletsWithSystem as frame_support::traits::PalletsInfoAccess>::count(),
		all.len()
	);
}

#[test]
fn a_call_stays_small_in_memory() {
	assert!(core::mem::size_of::<RuntimeCall>() <= 230);
}

#[test]
fn metadata_comes_in_three_versions() {
	chain("development").execute_with(|| {
		for version in [14, 15, 16] {
			assert!(Runtime::metadata_versions().contains(&version));
			assert!(Runtime::metadata_at_version(version).is_some());
		}
	});
}

#[test]
fn the_council_has_no_storage_that_polkadot_js_takes_for_collectives() {
	use frame_support::traits::StorageInfoTrait;
	let names: Vec<_> = Council::storage_info()
		.into_iter()
		.map(|info| String::from_utf8(info.storage_name).unwrap())
		.collect();
	assert!(names.contains(&"MemberOf".into()), "{names:?}");
	for taken in ["Prime", "Members", "Proposals", "ProposalOf", "ProposalCount", "Voting"] {
		assert!(!names.contains(&taken.into()), "{taken}");
	}
}

#[test]
fn proxies_do_what_their_type_says_and_no_more() {
	let transfer = RuntimeCall::Balances(pallet_balances::Call::transfer_all {
		dest: Bob.to_account_id().into(),
		keep_alive: false,
	});
	let delegate =
		RuntimeCall::Council(pallet_council::Call::delegate { to: Bob.to_account_id(), amount: 1 });
	let call_hash = Hash::zero();
	let vote = RuntimeCall::Council(pallet_council::Call::vote { index: 0, call_hash, aye: true });
	let chill = RuntimeCall::Staking(pallet_staking::Call::chill {});
	let register = RuntimeCall::PermanentNames(pallet_name_logic::Call::register {
		name: vec![],
		id: Default::default(),
		key: vec![],
		signature: vec![],
	});
	let release = RuntimeCall::LivingNames(pallet_name_logic::Call::release {
		name: vec![],
		statement: vec![],
	});
	for (kind, allowed) in [
		(ProxyType::Any, [true, true, true, true, true, true]),
		(ProxyType::NonTransfer, [false, false, true, true, true, true]),
		(ProxyType::Staking, [false, false, false, true, false, false]),
		(ProxyType::Voting, [false, false, true, false, false, false]),
		(ProxyType::Names, [false, false, false, false, true, true]),
	] {
		let calls = [&transfer, &delegate, &vote, &chill, &register, &release];
		assert_eq!(calls.map(|call| kind.filter(call)), allowed, "{kind:?}");
	}
}

#[test]
fn a_proxy_for_voting_makes_these_calls_of_the_council() {
	use frame_support::traits::GetCallMetadata;
	let allowed: Vec<_> = every_call()
		.into_iter()
		.filter(|call| ProxyType::Voting.filter(call))
		.map(|call| call.get_call_metadata())
		.filter(|name| name.pallet_name != "Utility")
		.map(|name| (name.pallet_name, name.function_name))
		.collect();
	let council = |call| ("Council", call);
	assert_eq!(allowed, ["propose", "vote", "close", "withdraw"].map(council));
}

/// Every call of the runtime, each once, with zeros for its arguments, or ones.
pub fn every_call() -> Vec<RuntimeCall> {
	use frame_support::traits::GetCallMetadata;
	let mut calls = Vec::new();
	for pallet in 0..=u8::MAX {
		for call in 0..=u8::MAX {
			calls.extend([0, 1].iter().find_map(|argument| {
				let mut bytes = vec![*argument; 1_000];
				bytes[..2].copy_from_slice(&[pallet, call]);
				RuntimeCall::decode(&mut &bytes[..]).ok()
			}));
		}
	}
	// These are arguments of every call, or this list would lack some.
	let mut found: Vec<_> = calls.iter().map(|call| call.get_call_metadata()).collect();
	let mut all: Vec<_> = RuntimeCall::get_module_names()
		.iter()
		.flat_map(|pallet| {
			RuntimeCall::get_call_names(pallet).iter().map(move |call| (*pallet, *call))
		})
		.collect();
	found.sort_by_key(|call| (call.pallet_name, call.function_name));
	all.sort();
	let found: Vec<_> =
		found.into_iter().map(|call| (call.pallet_name, call.function_name)).collect();
	assert_eq!(found, all);
	calls
}

/// All of a pallet's calls.
const ALL: &[&str] = &["*"];

/// What the proxy type `NonTransfer` refuses of each pallet that has calls.
const REFUSED_TO_NON_TRANSFER: &[(&str, &[&str])] = &[
	("Babe", &[]),
	("Balances", ALL),
	("Council", &["delegate"]),
	("EternalStorage", &["offer_ownership"]),
	("Grandpa", &[]),
	("LivingNames", &[]),
	("Migrations", ALL),
	("Multisig", &[]),
	("PermanentNames", &[]),
	("Proxy", &[]),
	("Session", &[]),
	("Staking", &["set_payee"]),
	("System", &[]),
	("Timestamp", ALL),
	("Utility", &[]),
	("VoterList", &[]),
];

#[test]
fn every_pallet_is_decided_on_for_the_proxy_type_non_transfer() {
	use frame_support::traits::GetCallMetadata;
	let mut pallets = RuntimeCall::get_module_names().to_vec();
	pallets.sort();
	let decided: Vec<_> = REFUSED_TO_NON_TRANSFER.iter().map(|(pallet, _)| *pallet).collect();
	assert_eq!(pallets, decided, "decide what NonTransfer may do with a new pallet");
	for call in every_call() {
		let name = call.get_call_metadata();
		let (_, refused) = REFUSED_TO_NON_TRANSFER
			.iter()
			.find(|(pallet, _)| *pallet == name.pallet_name)
			.expect("it is decided");
		let is_refused = *refused == ALL || refused.contains(&name.function_name);
		assert_eq!(ProxyType::NonTransfer.filter(&call), !is_refused, "{name:?}");
	}
}

#[test]
fn a_proxy_cannot_make_a_wider_one() {
	let kinds = [
		ProxyType::Any,
		ProxyType::NonTransfer,
		ProxyType::Staking,
		ProxyType::Voting,
		ProxyType::Names,
	];
	for call in every_call() {
		for wide in kinds {
			for narrow in kinds.iter().filter(|narrow| wide.is_superset(narrow)) {
				assert!(
					wide.filter(&call) || !narrow.filter(&call),
					"{wide:?} {narrow:?} {call:?}"
				);
			}
		}
	}
}

#[test]
fn a_proxy_redirects_no_rewards() {
	use pallet_staking::{Call as StakingCall, RewardDestination};
	let thief = || RewardDestination::Account(Bob.to_account_id());
	chain("development").execute_with(|| {
		let (alice, bob) = (Alice.to_account_id(), Bob.to_account_id());
		let payee = || pallet_staking::Payee::<Runtime>::get(&alice);
		let by_proxy = |call: RuntimeCall| {
			let real = alice.clone().into();
			assert_ok!(Proxy::proxy(signed(Bob), real, None, Box::new(call)));
		};
		for kind in [ProxyType::NonTransfer, ProxyType::Staking] {
			assert_ok!(Proxy::add_proxy(signed(Alice), bob.clone().into(), kind, 0));
			by_proxy(StakingCall::bond { value: 100 * JNS, payee: thief() }.into());
			assert_eq!(payee(), None);
			let value = 100 * JNS;
			by_proxy(StakingCall::bond { value, payee: RewardDestination::Staked }.into());
			assert_eq!(payee(), Some(RewardDestination::Staked));
			by_proxy(StakingCall::set_payee { payee: thief() }.into());
			assert_eq!(payee(), Some(RewardDestination::Staked));
			assert_ok!(Staking::force_unstake(RuntimeOrigin::root(), alice.clone(), 0));
			assert_ok!(Proxy::remove_proxies(signed(Alice)));
		}
	});
}

#[test]
fn a_batch_carries_nothing_past_a_proxy() {
	chain("development").execute_with(|| {
		let (alice, bob) = (Alice.to_account_id(), Bob.to_account_id());
		assert_ok!(Proxy::add_proxy(signed(Alice), bob.clone().into(), ProxyType::Voting, 0));
		let delegate = pallet_council::Call::delegate { to: bob.clone(), amount: 10_000 };
		let batch = pallet_utility::Call::batch { calls: vec![delegate.into()] };
		let before = pallet_council::MemberOf::<Runtime>::get(&alice);
		assert_ok!(Proxy::proxy(signed(Bob), alice.clone().into(), None, Box::new(batch.into())));
		assert_eq!(pallet_council::MemberOf::<Runtime>::get(&alice), before);
		assert_eq!(pallet_council::MemberOf::<Runtime>::get(&bob), None);
	});
}
