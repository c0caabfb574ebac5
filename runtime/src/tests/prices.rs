//! What things cost, as `docs/prices.md` says.

use super::*;
use frame_support::{
	dispatch::{GetDispatchInfo, PostDispatchInfo},
	traits::fungible::{Inspect, InspectHold},
};
use jns_primitives::test_support::genuine_registrations;
use pallet_council::Call as CouncilCall;
type LivingCall = pallet_name_logic::Call<Runtime, Instance2>;
use sp_runtime::{generic::Era, MultiSignature};

/// Micro-JNS, rounded up, as JNS.
fn jns(amount: Balance) -> String {
	let micro = amount.div_ceil(JNS / 1_000_000);
	format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000)
}

/// The call as a transaction of Alice's.
fn transaction(call: &RuntimeCall) -> UncheckedExtrinsic {
	let extension = crate::signing::extension(100, Era::mortal(64, 1), 0);
	let signature = MultiSignature::Sr25519([0; 64].into());
	let from = Alice.to_account_id().into();
	UncheckedExtrinsic::new_signed(call.clone(), from, signature, extension)
}

/// The fee that is taken when the call is sent, at the lowest multiplier.
fn fee(call: &RuntimeCall) -> Balance {
	let xt = transaction(call);
	TransactionPayment::compute_fee(xt.encode().len() as u32, &xt.get_dispatch_info(), 0)
}

/// The fee of a registration, less what is given back because the name was free.
fn registration_fee(r: &Registration, done: &PostDispatchInfo) -> Balance {
	let xt = transaction(&registration(r));
	let (len, info) = (xt.encode().len() as u32, xt.get_dispatch_info());
	let whole = PostDispatchInfo {
		actual_weight: done.actual_weight.map(|w| w.saturating_add(info.extension_weight)),
		..*done
	};
	TransactionPayment::compute_actual_fee(len, &info, &whole, 0)
}

/// What `who` has on hold.
fn held(who: Sr25519Keyring) -> Balance {
	Balances::total_balance_on_hold(&who.to_account_id())
}

fn registration(r: &Registration) -> RuntimeCall {
	RuntimeCall::PermanentNames(pallet_name_logic::Call::register {
		name: r.name.clone(),
		id: r.id,
		key: r.key.clone(),
		signature: r.signature.clone(),
	})
}

#[test]
fn so_many_registrations_fit_into_a_block() {
	use frame_support::dispatch::DispatchClass::Normal;
	let limits = <Runtime as frame_system::Config>::BlockWeights::get();
	let normal = limits.get(Normal);
	let r = &genuine_registrations()[1];
	let info = transaction(&registration(r)).get_dispatch_info();
	// The weight of the dearest road is given back at once.
	let one = chain("development").execute_with(|| {
		let weight = register(Bob, r).unwrap().actual_weight.unwrap();
		assert!(weight.all_lt(info.call_weight));
		info.extension_weight.saturating_add(weight).saturating_add(normal.base_extrinsic)
	});
	let room = normal.max_total.unwrap().saturating_sub(limits.base_block);
	let fit = room.checked_div_per_component(&one).unwrap();
	let sentence = format!("A block has room for {fit} registrations");
	let documented = include_str!("../../../docs/prices.md");
	assert!(documented.contains(&sentence), "docs/prices.md should say: {sentence}");
}

#[test]
fn the_price_that_a_sponsor_is_told_is_enough_and_not_much_more() {
	let r = &genuine_registrations()[1];
	chain("development").execute_with(|| {
		let free = || <Balances as Inspect<AccountId>>::balance(&Bob.to_account_id());
		let told = configs::registration_price();
		let before = free();
		assert_ok!(register(Bob, r));
		let taken = fee(&registration(r)) + before - free();
		assert!(told >= taken, "{told} is less than {taken}");
		assert!(told < taken + taken / 20, "{told} is much more than {taken}");
	});
}

#[test]
fn the_table_of_prices_is_true() {
	let r = &genuine_registrations()[1];
	// A bytes32 or an uint256: a cool-down, a take-back, a hand-over.
	let word = configs::deposit(1, 33);
	let mut table = String::new();
	chain("development").execute_with(|| {
		let mut of = |what: &str, fee: Balance, deposit: Balance| {
			table += &format!("| {what} | {} | {} |\n", jns(fee), jns(deposit));
		};
		let done = register(Bob, r).unwrap();
		of("register a name of 12 characters", registration_fee(r, &done), held(Bob));
		of("the same, before the refund", fee(&registration(r)), held(Bob));
		let signature = vec![0; 512];
		let name = || r.name.clone();
		let statement = || signature.clone();
		of(
			"release it",
			fee(&LivingCall::release { name: name(), statement: statement() }.into()),
			2 * word,
		);
		of(
			"hand it over: the record's deposit, and",
			fee(&LivingCall::hand_over {
				name: name(),
				to: r.id,
				deadline: 0,
				statement: statement(),
			}
			.into()),
			word,
		);
		let mut row = |what: &str, call: RuntimeCall, deposit: Balance| {
			of(what, fee(&call), deposit);
		};
		let before = held(Alice);
		assert_ok!(EternalStorage::create_store(signed(Alice)));
		row(
			"make a store of one's own",
			pallet_eternal_storage::Call::create_store {}.into(),
			held(Alice) - before,
		);
		row(
			"delegate stake",
			CouncilCall::delegate { to: Bob.to_account_id(), amount: 1_000_000 }.into(),
			0,
		);
		let select = CouncilCall::select_logic { logic: None };
		row(
			"propose to select a logic",
			CouncilCall::propose { call: Box::new(select.clone().into()), lifetime: 100 }.into(),
			Council::deposit_for(RuntimeCall::from(select).encoded_size() as u32),
		);
		let vote =
			|aye| RuntimeCall::from(CouncilCall::vote { index: 0, call_hash: Hash::zero(), aye });
		row("vote in favour, before the refund", vote(true), 0);
		row("vote against", vote(false), 0);
		row(
			"transfer money",
			pallet_balances::Call::transfer_keep_alive {
				dest: Bob.to_account_id().into(),
				value: JNS,
			}
			.into(),
			0,
		);
	});
	let documented = include_str!("../../../docs/prices.md");
	assert!(documented.contains(&table), "docs/prices.md should have:\n{table}");
}

#[test]
fn fees_and_tips_go_to_the_author() {
	use frame_support::traits::{fungible::Balanced, OnUnbalanced};
	chain("development").execute_with(|| {
		let author = Session::validators()[0].clone();
		let digest = sp_runtime::generic::Digest {
			logs: vec![<sp_runtime::DigestItem as sp_consensus_babe::digests::CompatibleDigestItem>::babe_pre_digest(
				sp_consensus_babe::digests::PreDigest::SecondaryPlain(
					sp_consensus_babe::digests::SecondaryPlainPreDigest {
						authority_index: 0,
						slot: 1.into(),
					},
				),
			)],
		};
		System::reset_events();
		System::initialize(&2, &Hash::zero(), &digest);
		let (before, issued) = (Balances::free_balance(&author), Balances::total_issuance());
		let fee = Balances::withdraw(
			&Bob.to_account_id(),
			5 * MILLI_JNS,
			frame_support::traits::tokens::Precision::Exact,
			frame_support::traits::tokens::Preservation::Preserve,
			frame_support::traits::tokens::Fortitude::Polite,
		)
		.unwrap();
		configs::ToAuthor::on_unbalanced(fee);
		assert_eq!(Balances::free_balance(&author), before + 5 * MILLI_JNS);
		assert_eq!(Balances::total_issuance(), issued);
	});
}

#[test]
fn rewards_are_a_fixed_yearly_rate_for_two_eras_at_most() {
	use super::eras::{DEVELOPMENT, LEAST, LIVE};
	use crate::{
		chain_parameters::{EpochDuration, SessionsPerEra},
		configs::FixedRate,
	};
	use sp_staking::EraPayout;
	const YEAR_MILLIS: u64 = 31_557_600_000;
	let issued = 36_525 * 24 * JNS;
	let payout = |millis| FixedRate::era_payout(0, issued, millis);
	// Five per cent a year.
	let expected = |millis: u64| issued / 20 * Balance::from(millis) / Balance::from(YEAR_MILLIS);
	for numbers in [LEAST, DEVELOPMENT, LIVE] {
		sp_io::TestExternalities::default().execute_with(|| {
			EpochDuration::set(&numbers.epoch_slots);
			SessionsPerEra::set(&numbers.sessions);
			let era = numbers.epoch_slots * u64::from(numbers.sessions) * configs::SLOT_MILLIS;
			// `Perbill` rounds to a billionth of a year's rewards.
			let rounding = issued / 20 / 1_000_000_000 + 1;
			for (millis, paid) in [
				(0, 0),
				(era, era),
				(2 * era, 2 * era),
				(2 * era + 1, 2 * era),
				(10 * era, 2 * era),
				(10 * YEAR_MILLIS, 2 * era),
			] {
				let (stakers, rest) = payout(millis);
				assert!(stakers.abs_diff(expected(paid)) <= rounding, "{numbers:?} {millis}");
				assert_eq!(rest, 0);
			}
		});
	}
}

#[test]
fn a_chain_that_slept_for_a_month_pays_for_two_eras() {
	use super::eras::{active_era, block, chain_of, next_era, next_session, DEVELOPMENT, LIVE};
	const YEAR_MILLIS: Balance = 31_557_600_000;
	for numbers in [DEVELOPMENT, LIVE] {
		chain_of(numbers, 4).execute_with(|| {
			next_era();
			let slept = active_era();
			next_session();
			const MONTH_SLOTS: u64 = 30 * 24 * 3_600_000 / configs::SLOT_MILLIS;
			block(*pallet_babe::CurrentSlot::<Runtime>::get() + MONTH_SLOTS);
			while active_era() == slept {
				next_session();
			}
			let era = numbers.epoch_slots * u64::from(numbers.sessions) * configs::SLOT_MILLIS;
			let issued = Balances::total_issuance();
			// Five per cent.
			let year = issued / 20;
			let expected = year * Balance::from(2 * era) / YEAR_MILLIS;
			let paid = pallet_staking::ErasValidatorReward::<Runtime>::get(slept).unwrap();
			assert!(paid.abs_diff(expected) <= expected / 1_000, "{paid} {expected}");
			// The month itself would have cost many times as much.
			assert!(year * 30 * 24 * 3_600_000 / YEAR_MILLIS > 10 * paid);
		});
	}
}

#[test]
fn an_account_is_worth_no_less_than_any_other_entry_of_its_size() {
	use codec::MaxEncodedLen;
	type AccountInfo = frame_system::AccountInfo<Nonce, pallet_balances::AccountData<Balance>>;
	let entry = configs::deposit(1, AccountInfo::max_encoded_len() as u32);
	assert_eq!(entry, 28 * MILLI_JNS);
	let existential = <Balances as Inspect<AccountId>>::minimum_balance();
	assert!(existential >= entry, "{existential}");
	let documented = include_str!("../../../docs/prices.md");
	let milli = existential / MILLI_JNS;
	let sentence =
		format!("An account holds {}.{:02} JNS at least", milli / 1_000, milli % 1_000 / 10);
	assert!(documented.contains(&sentence), "docs/prices.md should say: {sentence}");
}
