//! The article's rule, as plainly as it can be written. A proposal weighs every vote by the stake held
//! when it was made.

use super::*;

pub(super) const GENESIS: [(u64, Stake); 3] = [(1, 50), (2, 30), (3, 21)];
const TOTAL: Stake = 101;
/// A fifth of all stake, rounded up: what the third member has.
const TO_PROPOSE: Stake = 21;
const COOL_DOWN: u32 = 50;
const LONGEST: u32 = 100;
pub(super) const NOTICE: u32 = 5;
/// The last account can make a single deposit, perhaps not even that.
const MONEY: [u64; ACCOUNTS as usize] = [1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 30, 1_500];

/// The open proposal: the stakes as they were, and who voted what.
#[derive(Clone)]
pub(super) struct Open {
	pub(super) proposer: Who,
	plan: Plan,
	opened: u32,
	pub(super) end: u32,
	version: u32,
	pub(super) deposit: u64,
	stakes: BTreeMap<Who, Stake>,
	votes: BTreeMap<Who, bool>,
}

impl Open {
	pub(super) fn sum(&self, aye: bool) -> Stake {
		self.votes.iter().filter(|(_, vote)| **vote == aye).map(|(who, _)| self.stakes[who]).sum()
	}
}

/// How a proposal ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
	Executed { succeeded: bool },
	Rejected,
	Expired,
	Outdated,
	Withdrawn,
}

#[derive(Clone)]
pub(super) struct Model {
	now: u32,
	version: u32,
	pub(super) stakes: BTreeMap<Who, Stake>,
	proposes_from: BTreeMap<Who, u32>,
	pub(super) money: BTreeMap<Who, u64>,
	pub(super) open: Option<Open>,
	/// How each proposal ended, and whether its deposit was lost.
	pub(super) ended: Vec<(End, bool)>,
	pub(super) selected: Option<u64>,
}

impl Model {
	pub(super) fn new() -> Self {
		let genesis = || GENESIS.into_iter().map(|(who, stake)| (Who(who), stake));
		Self {
			now: 1,
			version: 1,
			stakes: genesis().collect(),
			proposes_from: genesis().map(|(who, _)| (who, 0)).collect(),
			money: (1..).map(Who).zip(MONEY).collect(),
			open: None,
			ended: vec![],
			selected: None,
		}
	}

	pub(super) fn stake(&self, who: Who) -> Stake {
		self.stakes.get(&who).copied().unwrap_or(0)
	}

	fn set(&mut self, who: Who, stake: Stake) {
		self.stakes.insert(who, stake);
		self.stakes.retain(|_, stake| *stake > 0);
		if stake >= TO_PROPOSE {
			let from = self.now + COOL_DOWN;
			self.proposes_from.entry(who).or_insert(from);
		} else {
			self.proposes_from.remove(&who);
		}
	}

	fn delegate(&mut self, from: Who, to: Who, amount: Stake) -> bool {
		let left = self.stake(from).checked_sub(amount);
		let received = self.stake(to) + amount;
		let fine = from != to
			&& amount > 0
			&& received >= MIN
			&& left.is_some_and(|left| left == 0 || left >= MIN);
		if fine {
			self.set(from, self.stake(from) - amount);
			self.set(to, received);
		}
		fine
	}

	/// How the open proposal has to end, if there is no voting on it any more.
	fn overdue(&self) -> Option<End> {
		let open = self.open.as_ref()?;
		if self.now > open.end {
			Some(End::Expired)
		} else {
			(open.version != self.version).then_some(End::Outdated)
		}
	}

	/// Whether the open proposal takes stake from somebody, who keeps it so long.
	fn binds(&self, who: Who) -> bool {
		let takes = |open: &Open| matches!(open.plan, Plan::Move { from, .. } if from == who);
		self.open.as_ref().is_some_and(takes) && self.overdue().is_none()
	}

	fn end(&mut self, end: End) {
		let open = self.open.take().unwrap();
		let failed = matches!(end, End::Rejected | End::Expired | End::Withdrawn);
		let lost = failed && 10 * open.sum(true) < TOTAL;
		if lost {
			*self.money.get_mut(&open.proposer).unwrap() -= open.deposit;
		}
		let again = match end {
			End::Rejected => self.now + COOL_DOWN,
			End::Expired => open.end + COOL_DOWN,
			_ => 0,
		};
		if let Some(from) = self.proposes_from.get_mut(&open.proposer) {
			*from = again.max(*from);
		}
		self.ended.push((end, lost));
	}

	fn propose(&mut self, who: Who, plan: Plan, lifetime: u32) -> bool {
		let mut after = self.clone();
		if let Some(end) = self.overdue() {
			after.end(end);
		}
		let deposit = 1_000 + 10 * plan.call().encoded_size() as u64;
		let least = if plan == Plan::Freeze { 2 } else { NOTICE + 1 };
		let fine = after.open.is_none()
			&& after.proposes_from.get(&who).is_some_and(|from| self.now >= *from)
			&& (least..=LONGEST).contains(&lifetime)
			&& !matches!(plan, Plan::Refused(_))
			// The account does not die of it.
			&& after.money[&who] > deposit;
		if fine {
			after.open = Some(Open {
				proposer: who,
				plan,
				opened: self.now,
				end: self.now + lifetime,
				version: self.version,
				deposit,
				stakes: self.stakes.clone(),
				votes: BTreeMap::new(),
			});
			*self = after;
		}
		fine
	}

	fn vote(&mut self, who: Who, aye: bool) -> bool {
		if self.overdue().is_some() {
			return false;
		}
		let Some(open) = &mut self.open else { return false };
		if !open.stakes.contains_key(&who) || open.votes.get(&who) == Some(&aye) {
			return false;
		}
		let mut after = open.clone();
		after.votes.insert(who, aye);
		let passes = 2 * after.sum(true) > TOTAL;
		if passes && after.plan != Plan::Freeze && self.now < after.opened + NOTICE {
			return false;
		}
		*open = after;
		if passes {
			let succeeded = match open.plan {
				Plan::Freeze => {
					self.selected = None;
					true
				},
				Plan::Select(logic) => {
					self.selected = Some(logic);
					true
				},
				Plan::Move { from, to, amount } => self.delegate(from, to, amount),
				_ => false,
			};
			self.end(End::Executed { succeeded });
		} else if 2 * open.sum(false) >= TOTAL {
			self.end(End::Rejected);
		}
		true
	}

	fn end_if(&mut self, end: Option<End>) -> bool {
		end.map(|end| self.end(end)).is_some()
	}

	/// Whether the action succeeds; if so it is done.
	pub(super) fn act(&mut self, action: Action) -> bool {
		match action {
			Action::Delegate { from, to, amount, forced } => {
				(forced || !self.binds(from))
					&& self.delegate(from, to, amount.of(self.stake(from)))
			},
			Action::Propose { who, what, lifetime } => {
				self.propose(who, what.plan(|who| self.stake(who)), lifetime.into())
			},
			Action::Vote { who, aye, other } => !other && self.vote(who, aye),
			Action::Close { .. } => self.end_if(self.overdue()),
			Action::Withdraw { who } => {
				let end = self.overdue().unwrap_or(End::Withdrawn);
				let own = self.open.as_ref().is_some_and(|open| open.proposer == who);
				self.end_if((own && end != End::Expired).then_some(end))
			},
			Action::Blocks(n) => {
				self.now += u32::from(n);
				true
			},
			Action::NewCalls => {
				self.version += 1;
				true
			},
		}
	}
}

impl From<Ending> for End {
	fn from(ending: Ending) -> Self {
		match ending {
			Ending::Executed(result) => Self::Executed { succeeded: result.is_ok() },
			Ending::Rejected => Self::Rejected,
			Ending::Expired => Self::Expired,
			Ending::Outdated => Self::Outdated,
			Ending::Withdrawn => Self::Withdrawn,
		}
	}
}
