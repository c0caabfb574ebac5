//! Transactions of others do not keep votes out.

use super::*;
use crate::signing::{extension, sign, Signed};
use sp_runtime::{
	generic::Era,
	traits::Header as _,
	transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
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

/// Fills the block with such calls of Bob's, until none fits any more.
fn fill(call: impl Fn() -> RuntimeCall) {
	let full = TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);
	for nonce in System::account_nonce(Bob.to_account_id()).. {
		match Executive::apply_extrinsic(transaction(Bob, nonce, call(), JNS)) {
			Ok(result) => result.expect("a call that fits succeeds"),
			Err(error) => {
				assert_eq!(error, full);
				assert!(nonce > 3, "some fitted");
				return;
			},
		}
	}
}

fn remark(len: usize) -> RuntimeCall {
	frame_system::Call::remark { remark: vec![0; len] }.into()
}

#[test]
fn a_full_block_has_room_for_a_proposal_and_its_deciding_vote() {
	// Full of weight, and full of bytes.
	let transfer = || {
		RuntimeCall::from(pallet_balances::Call::transfer_keep_alive {
			dest: Sr25519Keyring::Dave.to_account_id().into(),
			value: JNS,
		})
	};
	for call in [Box::new(transfer) as Box<dyn Fn() -> RuntimeCall>, Box::new(|| remark(100_000))] {
		chain("development").execute_with(|| {
			Executive::initialize_block(&Header::new(
				2,
				Default::default(),
				Default::default(),
				Default::default(),
				Default::default(),
			));
			fill(call);
			let select = pallet_council::Call::select_logic { logic: None };
			let propose =
				pallet_council::Call::propose { call: Box::new(select.into()), lifetime: 100 };
			let vote = pallet_council::Call::vote { index: 0, aye: true };
			for (nonce, call) in [RuntimeCall::from(propose), vote.into()].into_iter().enumerate() {
				let xt = transaction(Alice, nonce as Nonce, call, 0);
				assert_ok!(Executive::apply_extrinsic(xt).unwrap());
			}
			assert_eq!(pallet_council::SelectedLogic::<Runtime>::get(), None);
		});
	}
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
		Executive::initialize_block(&Header::new(
			2,
			Default::default(),
			Default::default(),
			Default::default(),
			Default::default(),
		));
		let free = || Balances::free_balance(Bob.to_account_id());
		let (before, nonce) = (free(), System::account_nonce(Bob.to_account_id()));
		fill(|| remark(100_000));
		fill(|| remark(1_000));
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

#[test]
fn a_vote_goes_first_unless_others_tip_a_hundred_times_their_fee() {
	chain("development").execute_with(|| {
		let call = pallet_council::Call::select_logic { logic: None };
		assert_ok!(Council::propose(signed(Alice), Box::new(call.into()), 100));
		let priority = |xt: UncheckedExtrinsic| {
			let source = TransactionSource::External;
			Executive::validate_transaction(source, xt, Hash::zero()).unwrap().priority
		};
		let vote = pallet_council::Call::vote { index: 0, aye: true };
		let vote = priority(transaction(Alice, 0, vote.into(), 0));
		let fee = {
			let xt = transaction(Bob, 0, remark(1), 0);
			TransactionPayment::query_info(xt.clone(), xt.encoded_size() as u32).partial_fee
		};
		let tipped = |times| priority(transaction(Bob, 0, remark(1), times * fee));
		assert!(vote > tipped(100), "{vote} {}", tipped(100));
	});
}
