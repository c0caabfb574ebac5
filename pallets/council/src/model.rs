//! The article's rule and the pallet beside it, driven by the same actions: by the property test and by
//! `fuzz/`.

mod actions;
mod article;

pub use actions::*;

use crate::{mock::*, *};
use alloc::collections::BTreeMap;
use article::*;
use frame_support::traits::fungible::{Inspect, Mutate};

/// Does the actions to the pallet and the model and panics as soon as these disagree, or the pallet's
/// state is broken.
pub fn drive(actions: &[Action]) {
	TransactionVersion::set(1);
	ProposeShare::set(Perbill::from_percent(20));
	NoticePeriod::set(NOTICE);
	execute_among(&GENESIS, || {
		let mut model = Model::new();
		for (who, money) in &model.money {
			Balances::set_balance(&who.0, *money);
		}
		for action in actions {
			assert_eq!(act(*action, |who| model.stake(who)), model.act(*action), "{action:?}");
			Council::do_try_state().unwrap();
			assert_agreement(&model);
		}
	});
}

/// The same action on the pallet.
fn act(action: Action, stake: impl Fn(Who) -> Stake) -> bool {
	let (index, call_hash) = OpenProposal::<Test>::get()
		.map_or((ProposalIndex::MAX, Hash::zero()), |open| (open.index, open.call_hash));
	let (origin, call) = match action {
		Action::Delegate { from, to: Who(to), amount, forced } => {
			let (amount, Who(from)) = (amount.of(stake(from)), from);
			match forced {
				false => (signed(from), Call::delegate { to, amount }),
				true => (council(), Call::force_delegate { from, to, amount }),
			}
		},
		Action::Propose { who, what, lifetime } => {
			let call = Box::new(what.plan(stake).call());
			(signed(who.0), Call::propose { call, lifetime: lifetime.into() })
		},
		Action::Vote { who, aye, other } => {
			let call_hash = if other { Hash::repeat_byte(0xff) } else { call_hash };
			(signed(who.0), Call::vote { index, call_hash, aye })
		},
		Action::Close { who } => (signed(who.0), Call::close { index }),
		Action::Withdraw { who } => (signed(who.0), Call::withdraw { index }),
		Action::Blocks(n) => {
			blocks_pass(n.into());
			return true;
		},
		Action::NewCalls => {
			TransactionVersion::mutate(|version| *version += 1);
			return true;
		},
	};
	RuntimeCall::Council(call).dispatch(origin).is_ok()
}

/// That the pallet says what the model says.
fn assert_agreement(model: &Model) {
	let stakes = MemberOf::<Test>::iter().map(|(who, member)| (Who(who), member.stake));
	assert_eq!(stakes.filter(|(_, stake)| *stake > 0).collect::<BTreeMap<_, _>>(), model.stakes);
	let open = OpenProposal::<Test>::get()
		.map(|open| (open.index, open.end, open.tally.ayes, open.tally.nays));
	let expected = |open: &Open| {
		(model.ended.len() as ProposalIndex, open.end, open.sum(true), open.sum(false))
	};
	assert_eq!(open, model.open.as_ref().map(expected));
	for (who, money) in &model.money {
		let deposits = model.open.iter().filter(|open| open.proposer == *who);
		assert_eq!(held(who.0), deposits.map(|open| open.deposit).sum::<u64>());
		assert_eq!(Balances::total_balance(&who.0), *money);
	}
	assert_eq!(SelectedLogic::<Test>::get(), model.selected);
	let kept = Outcomes::<Test>::iter()
		.map(|(index, o)| (index as usize, (o.ending.into(), o.deposit_lost)));
	let last = model.ended.iter().copied().enumerate().rev().take(3);
	assert_eq!(kept.collect::<BTreeMap<_, _>>(), last.collect());
}
