//! Transactions of others do not keep votes out.

use super::*;
use crate::signing::{extension, sign, Signed};
use sp_runtime::{
	generic::Era,
	traits::Header as _,
	transaction_validity::{InvalidTransaction, TransactionValidityError},
};

/// A signed transaction.
pub fn transaction(
	who: Sr25519Keyring,
	nonce: Nonce,
	call: RuntimeCall,
	tip: Balance,
) -> UncheckedExtrinsic {
	let genesis = System::block_hash(0);
	let on = Signed { spec_version: VERSION.spec_version, genesis, era_begin: genesis };
	sign(call, &who.pair(), extension(nonce, Era::Immortal, tip), on)
}

/// Begins a block.
fn begin_block() {
	Executive::initialize_block(&Header::new(
		System::block_number() + 1,
		Default::default(),
		Default::default(),
		Default::default(),
		Default::default(),
	));
}

/// Fills the block with such calls of somebody's, until none fits any more. Returns how many did.
fn fill(who: Sr25519Keyring, call: impl Fn() -> RuntimeCall) -> u32 {
	let full = TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);
	let first = System::account_nonce(who.to_account_id());
	for nonce in first.. {
		match Executive::apply_extrinsic(transaction(who, nonce, call(), JNS)) {
			Ok(result) => result.expect("a call that fits succeeds"),
			Err(error) => {
				assert_eq!(error, full);
				return nonce - first;
			},
		}
	}
	unreachable!("a block is full at some time")
}

fn remark(len: usize) -> RuntimeCall {
	frame_system::Call::remark { remark: vec![0; len] }.into()
}

fn transfer() -> RuntimeCall {
	pallet_balances::Call::transfer_keep_alive {
		dest: Sr25519Keyring::Dave.to_account_id().into(),
		value: JNS,
	}
	.into()
}

/// The heaviest call that can be proposed, or close to it: removing entries that are not there.
fn heaviest() -> RuntimeCall {
	use frame_support::dispatch::GetDispatchInfo;
	let most = <Runtime as pallet_council::Config>::MaxProposalWeight::get();
	let batch = |n| {
		let calls = vec![pallet_council::Call::select_logic { logic: None }.into(); n];
		RuntimeCall::from(pallet_utility::Call::batch_all { calls })
	};
	let fits = |n: &usize| batch(*n).get_dispatch_info().call_weight.all_lte(most);
	let n = (1..10_000).take_while(fits).last().unwrap();
	assert!(n > 10);
	batch(n)
}

#[test]
fn a_full_block_has_room_for_the_heaviest_proposal_and_its_deciding_vote() {
	use pallet_council::Call::{propose, vote};
	// Full of weight, and full of bytes.
	for filler in [transfer as fn() -> RuntimeCall, || remark(100_000)] {
		chain("development").execute_with(|| {
			begin_block();
			assert!(fill(Bob, filler) > 3);
			let call = heaviest();
			let call_hash = hash_of(&call);
			let calls = [
				RuntimeCall::from(propose { call: Box::new(call), lifetime: 100 }),
				vote { index: 0, call_hash, aye: true }.into(),
			];
			for (nonce, call) in calls.into_iter().enumerate() {
				let xt = transaction(Alice, nonce as Nonce, call, 0);
				assert_ok!(Executive::apply_extrinsic(xt).unwrap());
			}
			let outcome = pallet_council::Outcomes::<Runtime>::get(0).unwrap();
			assert_eq!(outcome.ending, pallet_council::Ending::Executed(Ok(())));
		});
	}
}

#[test]
fn votes_of_proxies_leave_room_for_others() {
	use configs::ProxyType::Voting;
	use pallet_council::Call::vote;
	use Sr25519Keyring::{Dave, Eve, Ferdie, One};
	chain("development").execute_with(|| {
		let members = [Bob, Dave, Eve, Ferdie, One];
		for who in members {
			assert_ok!(Council::delegate(signed(Alice), who.to_account_id(), 10_000_000));
			assert_ok!(Proxy::add_proxy(
				signed(who),
				Sr25519Keyring::BobStash.to_account_id().into(),
				Voting,
				0
			));
		}
		let call = heaviest();
		let call_hash = hash_of(&call);
		assert_ok!(Council::propose(signed(Alice), Box::new(call), 100));
		begin_block();
		let by_proxy = |real: Sr25519Keyring, aye| {
			RuntimeCall::from(pallet_proxy::Call::proxy {
				real: real.to_account_id().into(),
				force_proxy_type: None,
				call: Box::new(vote { index: 0, call_hash, aye }.into()),
			})
		};
		// Five accounts change their minds, one after the other, for as long as they are let.
		let mut nonce = 0;
		'block: for turn in 0.. {
			for who in members {
				let xt =
					transaction(Sr25519Keyring::BobStash, nonce, by_proxy(who, turn % 2 == 0), 0);
				if Executive::apply_extrinsic(xt).is_err() {
					break 'block;
				}
				nonce += 1;
			}
			if nonce > 100 {
				break;
			}
		}
		assert!(nonce > 100, "each is refunded to what it did: {nonce} fitted");
		let xt = transaction(Alice, 0, vote { index: 0, call_hash, aye: true }.into(), 0);
		assert_ok!(Executive::apply_extrinsic(xt).unwrap());
		assert!(pallet_council::Outcomes::<Runtime>::contains_key(0));
	});
}

#[test]
fn a_deciding_vote_through_a_proxy_is_as_free_and_as_light_as_another() {
	use frame_support::dispatch::DispatchClass::Operational;
	use pallet_council::Call::{propose, vote};
	let used_by = |proxied: bool| {
		chain("development").execute_with(|| {
			assert_ok!(Proxy::add_proxy(
				signed(Alice),
				Bob.to_account_id().into(),
				configs::ProxyType::Voting,
				0
			));
			let call: RuntimeCall = pallet_council::Call::select_logic { logic: None }.into();
			let call_hash = hash_of(&call);
			let opening = propose { call: Box::new(call), lifetime: 100 };
			assert_ok!(RuntimeCall::from(opening).dispatch(signed(Alice)));
			begin_block();
			let vote = RuntimeCall::from(vote { index: 0, call_hash, aye: true });
			let by_proxy = RuntimeCall::from(pallet_proxy::Call::proxy {
				real: Alice.to_account_id().into(),
				force_proxy_type: None,
				call: Box::new(vote.clone()),
			});
			let (who, call) = if proxied { (Bob, by_proxy) } else { (Alice, vote) };
			let free = || Balances::free_balance(who.to_account_id());
			let before = (free(), *System::block_weight().get(Operational));
			let xt = transaction(who, 0, call, 0);
			assert_ok!(Executive::apply_extrinsic(xt).unwrap());
			assert!(pallet_council::Outcomes::<Runtime>::contains_key(0));
			let after = (free(), *System::block_weight().get(Operational));
			let held = if proxied { 0 } else { Council::deposit_for(3) };
			assert!(after.0 + held >= before.0, "it pays no fee");
			after.1.saturating_sub(before.1)
		})
	};
	use sp_runtime::traits::Dispatchable;
	let (direct, proxied) = (used_by(false), used_by(true));
	// The proxy itself, and the longest call in place of this one.
	assert!(proxied.ref_time() < direct.ref_time() + 300_000_000, "{proxied:?} {direct:?}");
}

#[test]
fn a_block_full_of_bytes_arrives_within_a_third_of_its_slot_and_costs_as_much_as_one_full_of_weight(
) {
	use frame_support::dispatch::DispatchClass::{Normal, Operational};
	/// Bits that a modest line transfers in a second.
	const LINE: u64 = 10_000_000;
	let limits = configs::RuntimeBlockLength::get();
	let normal = *limits.max.get(Normal);
	chain("development").execute_with(|| {
		begin_block();
		let free = || Balances::free_balance(Bob.to_account_id());
		let (before, nonce) = (free(), System::account_nonce(Bob.to_account_id()));
		fill(Bob, || remark(100_000));
		fill(Bob, || remark(1_000));
		let bytes = System::block_size();
		assert!(bytes <= normal && bytes > normal - 2_000, "{bytes}");
		let millis = u64::from(bytes) * 8 * 1_000 / LINE;
		assert!(millis <= configs::SLOT_MILLIS / 3, "{millis} ms");
		let sent = System::account_nonce(Bob.to_account_id()) - nonce;
		// `fill` tips a JNS each.
		let fees = before - free() - Balance::from(sent) * JNS;
		assert!(fees >= JNS, "{fees}");
	});
	// A runtime upgrade, of up to 2 MiB, still fits beside it.
	assert!(*limits.max.get(Operational) - normal >= 2 * 1024 * 1024);
}
