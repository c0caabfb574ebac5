//! Which Operational transactions get into blocks, and which of them first.

use super::{full_blocks::transaction, *};
use crate::operational::NOT_ADMITTED;
use configs::ProxyType;
use pallet_council::{Call as CouncilCall, Error};
use pallet_proxy::Call as ProxyCall;
use pallet_utility::Call as UtilityCall;
use sp_runtime::{
	traits::Dispatchable,
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
	},
	DispatchError,
};
use Sr25519Keyring::{Charlie, Dave, Eve};

/// What the pool says of a transaction.
fn validate(who: Sr25519Keyring, call: impl Into<RuntimeCall>) -> TransactionValidity {
	let nonce = System::account_nonce(who.to_account_id());
	tipped(who, nonce, call, 0)
}

fn tipped(
	who: Sr25519Keyring,
	nonce: Nonce,
	call: impl Into<RuntimeCall>,
	tip: Balance,
) -> TransactionValidity {
	let xt = transaction(who, nonce, call.into(), tip);
	let source = TransactionSource::External;
	// It begins a block, which changes the state.
	frame_support::hypothetically!(Executive::validate_transaction(source, xt, Hash::zero()))
}

fn custom(code: u8) -> TransactionValidity {
	Err(TransactionValidityError::Invalid(InvalidTransaction::Custom(code)))
}

/// The refusal with an error of the council.
fn error(error: Error<Runtime>) -> TransactionValidity {
	let DispatchError::Module(error) = error.into() else { panic!("it is a pallet's") };
	custom(error.error[0])
}

fn freeze() -> RuntimeCall {
	CouncilCall::select_logic { logic: None }.into()
}

fn propose(call: RuntimeCall) -> RuntimeCall {
	CouncilCall::propose { call: Box::new(call), lifetime: 100 }.into()
}

fn vote(index: u32, aye: bool) -> RuntimeCall {
	CouncilCall::vote { index, call_hash: hash_of(&freeze()), aye }.into()
}

fn proxied(real: Sr25519Keyring, call: RuntimeCall) -> RuntimeCall {
	let real = real.to_account_id().into();
	ProxyCall::proxy { real, force_proxy_type: None, call: Box::new(call) }.into()
}

fn all(calls: Vec<RuntimeCall>) -> RuntimeCall {
	UtilityCall::batch_all { calls }.into()
}

fn heap_pages() -> RuntimeCall {
	frame_system::Call::set_heap_pages { pages: 9 }.into()
}

/// Alice has 60 % of the stake, Charlie 29 %, Bob 10 %, Eve 1 %.
fn execute(body: impl FnOnce()) {
	chain("development").execute_with(|| {
		for (who, percent) in [(Charlie, 29), (Bob, 10), (Eve, 1)] {
			let amount = genesis_config_presets::TOTAL_STAKE / 100 * percent;
			assert_ok!(Council::delegate(signed(Alice), who.to_account_id(), amount));
		}
		System::set_block_number(1_000);
		body();
	})
}

#[test]
fn a_flood_that_needs_nothing_is_refused() {
	execute(|| {
		for flood in [
			heap_pages(),
			UtilityCall::batch { calls: vec![heap_pages()] }.into(),
			all(vec![heap_pages()]),
			UtilityCall::as_derivative { index: 0, call: Box::new(heap_pages()) }.into(),
			proxied(Dave, heap_pages()),
			// Signed, it would be as good for a flood as any other.
			frame_system::Call::apply_authorized_upgrade { code: vec![0; 1_000] }.into(),
			UtilityCall::batch { calls: vec![vote(0, true)] }.into(),
			UtilityCall::force_batch { calls: vec![propose(freeze())] }.into(),
		] {
			for who in [Alice, Dave] {
				assert_eq!(validate(who, flood.clone()), custom(NOT_ADMITTED), "{flood:?}");
			}
		}
		// These wait in the queue with everybody's, and their price rises with it.
		for normal in [
			CouncilCall::close { index: 7 }.into(),
			CouncilCall::withdraw { index: 7 }.into(),
			all(vec![CouncilCall::close { index: 7 }.into()]),
		] {
			let waits = validate(Dave, normal).unwrap();
			assert!(waits.priority < 1 << 60);
		}
	});
}

#[test]
fn nobody_bare_is_admitted_but_who_uploads_what_is_authorized() {
	execute(|| {
		let bare = |call: RuntimeCall| {
			let xt = UncheckedExtrinsic::new_bare(call);
			let source = TransactionSource::External;
			frame_support::hypothetically!(Executive::validate_transaction(
				source,
				xt,
				Hash::zero()
			))
		};
		let code = crate::WASM_BINARY.unwrap().to_vec();
		let upload = || frame_system::Call::apply_authorized_upgrade { code: code.clone() }.into();
		for call in [heap_pages(), vote(0, true), upload()] {
			assert!(bare(call).is_err());
		}
		let code_hash = sp_io::hashing::blake2_256(&code).into();
		// Or code of this version would be no upgrade.
		let authorize = frame_system::Call::authorize_upgrade_without_checks { code_hash };
		assert_ok!(RuntimeCall::from(authorize).dispatch(RuntimeOrigin::root()));
		assert_ok!(bare(upload()));
		assert!(bare(heap_pages()).is_err());
		let other = frame_system::Call::apply_authorized_upgrade { code: vec![0; 1_000] };
		assert!(bare(other.into()).is_err());
	});
}

#[test]
fn only_who_may_propose_now_is_admitted_to_propose() {
	execute(|| {
		assert_eq!(validate(Dave, propose(freeze())), error(Error::NotMember));
		assert_ok!(Council::delegate(signed(Eve), Dave.to_account_id(), 5_000));
		assert_eq!(validate(Eve, propose(freeze())), error(Error::TooLittleStake));
		assert_eq!(validate(Dave, propose(freeze())), error(Error::TooLittleStake));
		assert_ok!(validate(Bob, propose(freeze())));
		assert_ok!(Council::propose(signed(Bob), Box::new(freeze()), 100));
		assert_eq!(validate(Charlie, propose(freeze())), error(Error::SlotTaken));
		assert_ok!(Council::vote(signed(Alice), 0, hash_of(&freeze()), false));
		assert_eq!(validate(Bob, propose(freeze())), error(Error::CoolingDown));
		assert_ok!(validate(Charlie, propose(freeze())));
	});
}

#[test]
fn only_a_vote_that_counts_is_admitted() {
	execute(|| {
		assert_eq!(validate(Alice, vote(0, true)), error(Error::NotOpen));
		assert_ok!(Council::propose(signed(Alice), Box::new(freeze()), 100));
		assert_ok!(validate(Bob, vote(0, true)));
		assert_eq!(validate(Dave, vote(0, true)), error(Error::NotMember));
		assert_eq!(validate(Bob, vote(1, true)), error(Error::NotOpen));
		let other = CouncilCall::vote { index: 0, call_hash: Hash::zero(), aye: true };
		assert_eq!(validate(Bob, other), error(Error::OtherCall));
		assert_ok!(Council::delegate(signed(Bob), Dave.to_account_id(), 10_000));
		assert_eq!(validate(Dave, vote(0, true)), error(Error::NoWeight));
		assert_ok!(Council::vote(signed(Bob), 0, hash_of(&freeze()), true));
		assert_eq!(validate(Bob, vote(0, true)), error(Error::SameVote));
		assert_ok!(validate(Bob, vote(0, false)));
		System::set_block_number(1_100);
		assert_eq!(validate(Charlie, vote(0, true)), error(Error::Expired));
	});
	chain_with("development", crate::numbers::LIVE).execute_with(|| {
		let call = heap_pages();
		let longest = configs::MaxLifetime::get();
		assert_ok!(Council::propose(signed(Alice), Box::new(call.clone()), longest));
		let vote = CouncilCall::vote { index: 0, call_hash: hash_of(&call), aye: true };
		assert_eq!(validate(Alice, vote), error(Error::TooEarly));
	});
}

#[test]
fn a_call_is_admitted_in_a_proxy_and_at_the_head_of_a_short_batch() {
	execute(|| {
		let add = |of: Sr25519Keyring, kind, delay| {
			assert_ok!(Proxy::add_proxy(signed(of), Dave.to_account_id().into(), kind, delay));
		};
		let close = || RuntimeCall::from(CouncilCall::close { index: 0 });
		assert_ok!(Council::propose(signed(Alice), Box::new(freeze()), 100));
		assert_eq!(validate(Dave, proxied(Bob, vote(0, true))), custom(NOT_ADMITTED));
		add(Bob, ProxyType::Voting, 0);
		add(Eve, ProxyType::Names, 0);
		add(Charlie, ProxyType::Voting, 5);
		for (call, admitted) in [
			(proxied(Bob, vote(0, true)), true),
			(proxied(Bob, all(vec![vote(0, true)])), true),
			(proxied(Bob, proxied(Bob, vote(0, true))), false),
			// Its type does not allow it, or only after a time.
			(proxied(Eve, vote(0, true)), false),
			(proxied(Charlie, vote(0, true)), false),
			(proxied(Bob, proxied(Bob, proxied(Bob, vote(0, true)))), false),
			(proxied(Bob, all(vec![all(vec![vote(0, true)])])), false),
		] {
			assert_eq!(validate(Dave, call.clone()).is_ok(), admitted, "{call:?}");
		}
		let recipe = || vec![vote(0, false), propose(freeze()), vote(1, true)];
		for (calls, admitted) in [
			(recipe(), true),
			(vec![vote(0, true); 4], true),
			(vec![vote(0, true); 5], false),
			// Whatever comes first has to be fine.
			(vec![vote(1, true), vote(0, true)], false),
			(vec![propose(freeze()), vote(0, true)], false),
			(vec![vote(0, true), heap_pages()], false),
		] {
			assert_eq!(validate(Bob, all(calls.clone())).is_ok(), admitted, "{calls:?}");
		}
		// A batch with a call of another class is of that class.
		let waits = validate(Bob, all(vec![vote(0, true), close()])).unwrap();
		assert!(waits.priority < 1 << 60);
	});
}

#[test]
fn votes_go_first_and_among_them_the_most_stake() {
	execute(|| {
		assert_ok!(Council::propose(signed(Alice), Box::new(freeze()), 100));
		let priority = |who| validate(who, vote(0, true)).unwrap().priority;
		assert!(priority(Alice) > priority(Charlie));
		assert!(priority(Charlie) > priority(Bob));
		assert!(priority(Bob) > priority(Eve));
		// Whatever somebody tips.
		let remark = frame_system::Call::remark { remark: vec![] };
		let tip = Balances::free_balance(Dave.to_account_id()) / 2;
		let tipped = tipped(Dave, 0, remark, tip).unwrap().priority;
		assert!(priority(Eve) > tipped, "{} {tipped}", priority(Eve));
	});
}

#[test]
fn one_vote_of_a_member_waits_at_a_time() {
	execute(|| {
		assert_ok!(Council::propose(signed(Alice), Box::new(freeze()), 100));
		let tags = |who, nonce, aye| tipped(who, nonce, vote(0, aye), 0).unwrap().provides;
		let shared = |a: &[Vec<u8>], b: &[Vec<u8>]| a.iter().filter(|tag| b.contains(tag)).count();
		let (first, second) = (tags(Bob, 0, true), tags(Bob, 1, false));
		assert_eq!(shared(&first, &second), 1, "one takes the place of the other");
		assert_eq!(shared(&first, &tags(Eve, 0, true)), 0);
		// By a proxy it is the same vote.
		assert_ok!(Proxy::add_proxy(
			signed(Bob),
			Dave.to_account_id().into(),
			ProxyType::Voting,
			0
		));
		let by_proxy = validate(Dave, proxied(Bob, vote(0, true))).unwrap().provides;
		assert_eq!(shared(&first, &by_proxy), 1);
	});
}
