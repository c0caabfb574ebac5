//! What holding the council's slot costs those who want to keep others from it, while nobody answers;
//! with the live numbers.

use super::*;
use crate::numbers::LIVE;
use frame_support::traits::fungible::Mutate;
use pallet_council::{MemberOf, OpenProposal, Outcomes};

/// Blocks of a minute, a day and thirty days.
const TIMES: [BlockNumber; 3] = [20, 28_800, 864_000];

/// How a griefer holds the slot.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
	/// Lets each proposal expire, after so many blocks.
	Expire(BlockNumber),
	/// Withdraws each proposal, and proposes again in the same block.
	Withdraw,
}

/// Who they are: so many accounts, each with so many thousandths of all stake.
struct Griefers {
	who: &'static str,
	accounts: u32,
	thousandths: u32,
}

const GRIEFERS: [Griefers; 6] = [
	Griefers { who: "dust, 0.9 %", accounts: 1, thousandths: 9 },
	Griefers { who: "1 %", accounts: 1, thousandths: 10 },
	Griefers { who: "a third", accounts: 1, thousandths: 333 },
	Griefers { who: "a third, as 33 accounts", accounts: 33, thousandths: 10 },
	Griefers { who: "a third, as 3 accounts", accounts: 3, thousandths: 111 },
	Griefers { who: "just under half, as 49 accounts", accounts: 49, thousandths: 10 },
];

fn griefer(n: u32) -> AccountId {
	sp_io::hashing::blake2_256(&n.encode()).into()
}

/// A chain on which they have held that stake, and money without end, for long enough.
fn among(griefers: &Griefers) -> sp_io::TestExternalities {
	let mut ext = chain_with("development", LIVE);
	ext.execute_with(|| {
		let stake = genesis_config_presets::TOTAL_STAKE / 1_000 * Stake::from(griefers.thousandths);
		for n in 0..griefers.accounts {
			assert_ok!(Council::delegate(signed(Alice), griefer(n), stake));
			Balances::set_balance(&griefer(n), 1_000_000_000 * JNS);
		}
		System::set_block_number(LIVE.council_cool_down + 2);
	});
	ext
}

/// Blocks of that time in which nobody else could propose, and the money that is lost.
fn hold(griefers: &Griefers, way: Way, time: BlockNumber) -> (BlockNumber, Balance) {
	let Griefers { accounts, .. } = *griefers;
	let begin = System::block_number();
	let issued = Balances::total_issuance();
	let mut held = 0;
	while System::block_number() < begin + time {
		let now = System::block_number();
		if let Some(open) = OpenProposal::<Runtime>::get().filter(|_| way == Way::Withdraw) {
			let proposer = RuntimeOrigin::signed(open.proposer);
			let _ = Council::withdraw(proposer, open.index);
		}
		let lifetime = match way {
			Way::Expire(lifetime) => lifetime,
			Way::Withdraw => LIVE.notice_period + 1,
		};
		let proposer = (0..accounts).map(griefer).find(|who| {
			let call = Box::new(frame_system::Call::remark { remark: vec![] }.into());
			Council::propose(RuntimeOrigin::signed(who.clone()), call, lifetime).is_ok()
		});
		if proposer.is_some() {
			// Whoever is for it votes for it: a tenth saves the deposit.
			let index = OpenProposal::<Runtime>::get().unwrap().index;
			for who in (0..accounts).map(griefer) {
				let origin = RuntimeOrigin::signed(who);
				assert_ok!(Council::vote(origin, index, open_hash(), true));
			}
		}
		// On to the block in which something can change.
		let open = OpenProposal::<Runtime>::get().filter(|open| open.end >= now);
		let next = match (&open, way) {
			(Some(_), Way::Withdraw) => now + 1,
			(Some(open), Way::Expire(_)) => open.end + 1,
			(None, _) => {
				let from = |who| MemberOf::<Runtime>::get(who).and_then(|m| m.proposes_from);
				let end = OpenProposal::<Runtime>::get().map(|open| open.end);
				let expired = end.map_or(0, |end| end + LIVE.council_cool_down);
				let soonest = (0..accounts).map(griefer).filter_map(from).min();
				soonest.unwrap_or(begin + time).max(expired.min(begin + time)).max(now + 1)
			},
		};
		let next = next.min(begin + time);
		held += if open.is_some() { next - now } else { 0 };
		System::set_block_number(next);
	}
	(held, issued - Balances::total_issuance())
}

#[test]
fn the_table_of_what_holding_the_slot_costs_is_true() {
	let cell = |(held, lost): (BlockNumber, Balance), time: BlockNumber| {
		let percent = f64::from(held) * 100.0 / f64::from(time);
		format!("{percent:.1} %, {} JNS", lost.div_ceil(JNS))
	};
	let mut table = String::new();
	let ways = [
		("shortest proposals", Way::Expire(LIVE.notice_period + 1)),
		("longest proposals", Way::Expire(configs::MaxLifetime::get())),
		("withdrawn each block", Way::Withdraw),
	];
	for griefers in GRIEFERS {
		for (name, way) in ways {
			let cells = TIMES.map(|time| {
				// Every block is like another.
				let (time, times) = if way == Way::Withdraw { (20, time / 20) } else { (time, 1) };
				let (held, lost) = among(&griefers).execute_with(|| hold(&griefers, way, time));
				cell((held, lost * Balance::from(times)), time)
			});
			table += &format!("| {} | {name} | {} |\n", griefers.who, cells.join(" | "));
		}
	}
	let documented = include_str!("../../../pallets/council/README.md");
	assert!(documented.contains(&table), "pallets/council/README.md should have:\n{table}");
}

#[test]
fn the_majority_answers_in_one_transaction_whatever_the_way() {
	use pallet_council::Call::{force_delegate, propose, vote};
	use sp_runtime::traits::Dispatchable;
	let [_, _, _, third, _, half] = GRIEFERS;
	for griefers in [third, half] {
		among(&griefers).execute_with(|| {
			hold(&griefers, Way::Withdraw, 5);
			let open = OpenProposal::<Runtime>::get().unwrap();
			let held = open.call_hash;
			let amount = MemberOf::<Runtime>::get(&open.proposer).unwrap().stake;
			let take: RuntimeCall =
				force_delegate { from: open.proposer.clone(), to: Alice.to_account_id(), amount }
					.into();
			let (index, lifetime) = (open.index, LIVE.notice_period + 1_200);
			let calls = vec![
				vote { index, call_hash: held, aye: false }.into(),
				propose { call: Box::new(take.clone()), lifetime }.into(),
			];
			let batch = RuntimeCall::from(pallet_utility::Call::batch_all { calls });
			assert_ok!(batch.dispatch(signed(Alice)));
			let ending = Outcomes::<Runtime>::get(index).unwrap().ending;
			assert_eq!(ending, pallet_council::Ending::Rejected);
			// The slot is the majority's for a day, and then that stake is.
			for who in (0..griefers.accounts).map(griefer) {
				let call = Box::new(frame_system::Call::remark { remark: vec![] }.into());
				let again = Council::propose(RuntimeOrigin::signed(who), call, lifetime);
				assert_eq!(again, Err(pallet_council::Error::<Runtime>::SlotTaken.into()));
			}
			System::set_block_number(System::block_number() + LIVE.notice_period);
			assert_ok!(Council::vote(signed(Alice), index + 1, hash_of(&take), true));
			assert!(MemberOf::<Runtime>::get(&open.proposer).is_none_or(|m| m.stake == 0));
		});
	}
}
