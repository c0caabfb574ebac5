//! Random calls of many members through blocks, against an independent model of the article's rule:
//! a proposal weighs every vote by the stake held when it was made.

use super::*;
use frame_support::traits::fungible::Mutate;
use proptest::prelude::*;
use std::collections::BTreeMap;

const ACCOUNTS: u64 = 6;
const GENESIS: [(u64, Stake); 3] = [(1, 50), (2, 30), (3, 21)];
const TOTAL: Stake = 101;
const COOL_DOWN: u32 = 50;

/// What an account or time can do.
#[derive(Clone, Copy, Debug)]
enum Action {
	Delegate { from: u64, to: u64, amount: Amount },
	Propose { who: u64, lifetime: u32 },
	Vote { who: u64, aye: bool },
	Close { who: u64 },
	Withdraw { who: u64 },
	Blocks(u32),
}

/// Amounts that are at the edges of the rules.
#[derive(Clone, Copy, Debug)]
enum Amount {
	All,
	AllBut(Stake),
	Exactly(Stake),
}

fn actions() -> impl Strategy<Value = Vec<Action>> {
	let who = || 1..=ACCOUNTS;
	let amount = prop_oneof![
		3 => Just(Amount::All),
		2 => (1..12 as Stake).prop_map(Amount::AllBut),
		3 => (0..40 as Stake).prop_map(Amount::Exactly),
	];
	let action = prop_oneof![
		5 => (who(), who(), amount)
			.prop_map(|(from, to, amount)| Action::Delegate { from, to, amount }),
		2 => (who(), 1..20u32).prop_map(|(who, lifetime)| Action::Propose { who, lifetime }),
		5 => (who(), any::<bool>()).prop_map(|(who, aye)| Action::Vote { who, aye }),
		1 => who().prop_map(|who| Action::Close { who }),
		1 => who().prop_map(|who| Action::Withdraw { who }),
		2 => prop_oneof![4 => 1..4u32, 1 => 40..60u32].prop_map(Action::Blocks),
	];
	prop::collection::vec(action, 1..120)
}

/// The open proposal of the model: the stakes as they were, and who voted what.
struct Open {
	index: ProposalIndex,
	proposer: u64,
	end: u32,
	stakes: BTreeMap<u64, Stake>,
	votes: BTreeMap<u64, bool>,
}

impl Open {
	fn sum(&self, aye: bool) -> Stake {
		self.votes.iter().filter(|(_, vote)| **vote == aye).map(|(who, _)| self.stakes[who]).sum()
	}
}

/// The article, as plainly as it can be written.
struct Model {
	stakes: BTreeMap<u64, Stake>,
	proposes_from: BTreeMap<u64, u32>,
	open: Option<Open>,
	next: ProposalIndex,
	now: u32,
	executed: u32,
}

impl Model {
	fn new() -> Self {
		Self {
			stakes: GENESIS.into(),
			proposes_from: GENESIS.map(|(who, _)| (who, 0)).into(),
			open: None,
			next: 0,
			now: 1,
			executed: 0,
		}
	}

	fn stake(&self, who: u64) -> Stake {
		self.stakes.get(&who).copied().unwrap_or(0)
	}

	fn set(&mut self, who: u64, stake: Stake) {
		self.stakes.insert(who, stake);
		self.stakes.retain(|_, stake| *stake > 0);
		if stake >= 2 {
			let from = self.now + COOL_DOWN;
			self.proposes_from.entry(who).or_insert(from);
		} else {
			self.proposes_from.remove(&who);
		}
	}

	/// Whether the action succeeds; if so it is done.
	fn act(&mut self, action: Action) -> bool {
		match action {
			Action::Blocks(n) => {
				self.now += n;
				true
			},
			Action::Delegate { from, to, amount } => {
				let held = self.stake(from);
				let amount = amount.of(held);
				let left = held.checked_sub(amount);
				let enough = |stake: Stake| stake >= MIN;
				let fine = from != to
					&& amount > 0 && enough(self.stake(to) + amount)
					&& left.is_some_and(|left| left == 0 || enough(left));
				if fine {
					self.set(to, self.stake(to) + amount);
					self.set(from, held - amount);
				}
				fine
			},
			Action::Propose { who, lifetime } => {
				let over = self.open.as_ref().is_none_or(|open| self.now > open.end);
				let ripe = self.proposes_from.get(&who).is_some_and(|from| self.now >= *from);
				let fine = over && ripe && (2..=100).contains(&lifetime);
				if fine {
					self.open = Some(Open {
						index: self.next,
						proposer: who,
						end: self.now + lifetime,
						stakes: self.stakes.clone(),
						votes: BTreeMap::new(),
					});
					self.next += 1;
				}
				fine
			},
			Action::Vote { who, aye } => {
				let now = self.now;
				let Some(open) = self.open.as_mut().filter(|open| now <= open.end) else {
					return false;
				};
				if !open.stakes.contains_key(&who) || open.votes.get(&who) == Some(&aye) {
					return false;
				}
				open.votes.insert(who, aye);
				if 2 * open.sum(true) > TOTAL {
					self.executed += 1;
					self.open = None;
				} else if 2 * open.sum(false) >= TOTAL {
					self.open = None;
				}
				true
			},
			Action::Close { .. } => {
				let fine = self.open.as_ref().is_some_and(|open| self.now > open.end);
				if fine {
					self.open = None;
				}
				fine
			},
			Action::Withdraw { who } => {
				let fine = self.open.as_ref().is_some_and(|open| {
					open.proposer == who && open.votes.keys().all(|voter| *voter == who)
				});
				if fine {
					self.open = None;
				}
				fine
			},
		}
	}
}

impl Amount {
	fn of(self, held: Stake) -> Stake {
		match self {
			Self::All => held,
			Self::AllBut(less) => held.saturating_sub(less),
			Self::Exactly(amount) => amount,
		}
	}
}

/// The same action on the pallet.
fn act(action: Action) -> bool {
	let index = OpenProposal::<Test>::get().map_or(ProposalIndex::MAX, |open| open.index);
	frame_support::storage::with_storage_layer(|| match action {
		Action::Delegate { from, to, amount } => {
			Council::delegate(signed(from), to, amount.of(stake(from)))
		},
		Action::Propose { who, lifetime } => {
			Council::propose(signed(who), Box::new(select(7)), lifetime)
		},
		Action::Vote { who, aye } => {
			Council::vote(signed(who), index, aye).map(|_| ()).map_err(|e| e.error)
		},
		Action::Close { who } => {
			Council::close(signed(who), index).map(|_| ()).map_err(|e| e.error)
		},
		Action::Withdraw { who } => Council::withdraw(signed(who), index),
		Action::Blocks(n) => {
			blocks_pass(n);
			Ok(())
		},
	})
	.is_ok()
}

fn executed() -> u32 {
	let events = System::events().into_iter().map(|record| record.event);
	events
		.filter(|event| matches!(event, RuntimeEvent::Council(Event::LogicSelected { .. })))
		.count() as u32
}

proptest! {
	#![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

	#[test]
	fn the_pallet_does_what_the_article_says(actions in actions()) {
		execute_among(&GENESIS, || {
			for who in 1..=ACCOUNTS {
				Balances::set_balance(&who, 1_000_000_000);
			}
			let mut model = Model::new();
			for (n, action) in actions.into_iter().enumerate() {
				assert_eq!(act(action), model.act(action), "{n}: {action:?}");
				Council::do_try_state().unwrap();
				let stakes: BTreeMap<_, _> = MemberOf::<Test>::iter()
					.filter(|(_, member)| member.stake > 0)
					.map(|(who, member)| (who, member.stake))
					.collect();
				assert_eq!(stakes, model.stakes, "{n}: {action:?}");
				let open = OpenProposal::<Test>::get()
					.map(|open| (open.index, open.end, open.tally.ayes, open.tally.nays));
				let expected =
					model.open.as_ref().map(|o| (o.index, o.end, o.sum(true), o.sum(false)));
				assert_eq!(open, expected, "{n}: {action:?}");
				assert_eq!(executed(), model.executed, "{n}: {action:?}");
			}
		});
	}
}
