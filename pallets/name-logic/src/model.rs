//! What can be done with names, and an independent model of what comes of it: the logics and the model
//! are driven side by side.

use crate::{
	mock::*,
	registry::{Keys, Refusal},
	Call,
};
use frame_support::{
	dispatch::DispatchResultWithPostInfo,
	instances::Instance1,
	storage::with_storage_layer,
	traits::fungible::{InspectHold, Mutate},
};
use jns_primitives::{
	layout::{mark_key, record_key, reverse_key},
	proof::KeySize,
	statement::Action as Statement,
	storage::{Key, ValueKind},
	test_support::{
		identities::{small_test_keys, TestKey},
		Registration as Proof,
	},
	AccountId, BlockNumber, HandOver, Hash, Name, Reservation, TakeBack,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::LazyLock,
};

const NAMES: [&str; 3] = ["alice", "bob_01", "carol-with-a-longer-name"];
const IDS: usize = 4;
const PAYERS: usize = 3;
/// What the last payer has: enough for two names, by the prices at first.
const POOR: u128 = 2_000;

/// What somebody does. Numbers come round.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "fuzzing", derive(arbitrary::Arbitrary))]
pub enum Action {
	/// With the genuine proof.
	Register { logic: Which, name: u8, id: u8, payer: u8 },
	/// Signs something about a name as it stands, and sends it; not necessarily with the right key.
	State { logic: Which, name: u8, id: u8, what: What, payer: u8 },
	/// Sends what was signed before, whatever has happened since.
	Replay { logic: Which, which: u8, payer: u8 },
	/// Clears what has expired.
	Clear { logic: Which, name: u8, payer: u8 },
	/// Pays for a name instead.
	Adopt { logic: Which, name: u8, payer: u8 },
	/// The council keeps a name back.
	Reserve { logic: Which, name: u8 },
	/// The council gives it free.
	Unreserve { logic: Which, name: u8 },
	/// The council keeps it for one ID.
	Assign { logic: Which, name: u8, id: u8 },
	/// The council takes it away.
	Remove { logic: Which, name: u8 },
	/// The council selects a logic, or none.
	Select { logic: Option<Which> },
	/// A logic of another kind, selected for a moment, removes the mark of a pair.
	Unmark { name: u8, id: u8 },
	/// Such a logic removes the reverse entry of an ID.
	Forget { id: u8 },
	/// Deposits cost that much for a byte from now on.
	Price { slope: u8 },
	/// Time passes.
	Blocks { n: u8 },
}

/// What an ID signs.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "fuzzing", derive(arbitrary::Arbitrary))]
pub enum What {
	Release,
	HandOver { to: u8, blocks: u8 },
	Cancel,
	Accept,
	Claim,
	TakeBack,
}

/// Something signed.
#[derive(Clone, Debug)]
struct Stated {
	name: usize,
	signer: usize,
	action: Statement,
	block: BlockNumber,
	sequence: u32,
	signature: Vec<u8>,
}

struct Identity {
	key: TestKey,
	/// Its proof of each of the names.
	proofs: Vec<Proof>,
}

static IDENTITIES: LazyLock<Vec<Identity>> = LazyLock::new(|| {
	small_test_keys(IDS)
		.into_iter()
		.map(|key| {
			let proof = |name: &&str| key.registration(name.as_bytes().to_vec());
			let proofs = NAMES.iter().map(proof).collect();
			Identity { key, proofs }
		})
		.collect()
});

fn name(n: usize) -> Name {
	NAMES[n].as_bytes().try_into().expect("it is a name")
}

fn payer(n: u8) -> AccountId {
	AccountId::new([n % PAYERS as u8 + 1; 32])
}

#[derive(Clone, Debug, PartialEq)]
struct Record {
	id: usize,
	block: BlockNumber,
	sequence: u32,
}

/// Who pays for an entry, and how much is held for it; nothing for what the council decided.
type Paid = Option<(AccountId, u128)>;

/// What is kept about a name, each part with what is paid for it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kept {
	record: Option<(Record, Paid)>,
	offer: Option<(usize, BlockNumber, Paid)>,
	take_back: Option<(usize, BlockNumber, Paid)>,
	reservation: Option<(Option<usize>, BlockNumber)>,
	free_from: Option<(BlockNumber, Paid)>,
}

/// The rules, as plainly as they can be written.
#[derive(Clone, Default)]
struct Model {
	names: [Kept; NAMES.len()],
	/// Which name an ID has.
	reverses: BTreeMap<usize, (usize, Paid)>,
	/// Which ID registered which name.
	marks: BTreeMap<(usize, usize), Paid>,
	selected: Option<Which>,
	now: BlockNumber,
	/// What a byte costs.
	slope: u128,
}

/// Length of a word and of a uint256 in the storage, with the byte for the kind.
const WORD: usize = 33;
/// The same of a mark.
const MARK: usize = 2;

impl Model {
	/// What somebody pays for a value of that encoded length.
	fn paid(&self, payer: &Option<AccountId>, len: usize) -> Paid {
		payer.as_ref().map(|who| (who.clone(), EntryBase::get() + self.slope * len as u128))
	}

	/// A kind is a byte, and a length takes one or two.
	fn record_len(n: usize) -> usize {
		let (key, signature) = (KeySize::Rsa2048.der_len(), KeySize::Rsa2048.modulus_len());
		let record = 1 + (1 + NAMES[n].len()) + 20 + (2 + key) + (2 + signature) + 4 + 4;
		1 + 2 + record
	}

	/// An ID takes a name, with its proof and perhaps with a statement besides.
	fn take(
		&mut self,
		logic: Which,
		n: usize,
		id: usize,
		stated: Option<&Stated>,
		payer: AccountId,
	) -> bool {
		let now = self.now;
		let kept = self.names[n].clone();
		let says = |action, block, sequence| {
			stated.is_none_or(|s| (s.action, s.block, s.sequence) == (action, block, sequence))
		};
		// The action whose statement it takes, if it takes one.
		let (action, sequence, from) = match &kept.record {
			Some((record, _)) if record.id == id => return true,
			Some((record, _)) => {
				let offered =
					kept.offer.as_ref().is_some_and(|(to, until, _)| *to == id && now <= *until);
				if !offered || !says(Statement::Accept, record.block, record.sequence) {
					return false;
				}
				(Statement::Accept, record.sequence + 1, Some(record.id))
			},
			None => {
				let cooling = kept.free_from.as_ref().is_some_and(|(from, _)| now < *from);
				match (kept.reservation, kept.take_back) {
					(Some((Some(to), since)), _) if to == id && since < now => {
						if !says(Statement::Claim, since, 0) {
							return false;
						}
						(Statement::Claim, 0, None)
					},
					(Some(_), _) => return false,
					(None, Some((by, since, _))) if cooling && by == id && since < now => {
						if stated.is_none() || !says(Statement::TakeBack, since, 0) {
							return false;
						}
						(Statement::TakeBack, 0, None)
					},
					_ if cooling || stated.is_some() => return false,
					// No statement, whose rule does not matter.
					_ => (Statement::Accept, 0, None),
				}
			},
		};
		let spent = self.marks.contains_key(&(n, id));
		let allowed = stated.is_none() || logic.allows(&action);
		if self.reverses.contains_key(&id) || (spent && stated.is_none()) || !allowed {
			return false;
		}
		let payer = Some(payer);
		let record =
			Some((Record { id, block: now, sequence }, self.paid(&payer, Self::record_len(n))));
		let reservation = match from {
			None => kept.reservation.map(|_| (None, now)),
			Some(_) => kept.reservation,
		};
		// A hand-over leaves a cool-down as it is, of which there is none.
		self.names[n] = Kept { record, reservation, ..Default::default() };
		if let Some(from) = from {
			self.forget(n, from);
			self.mark(n, from, &payer);
		}
		self.reverses.insert(id, (n, self.paid(&payer, 2 + NAMES[n].len())));
		self.mark(n, id, &payer);
		true
	}

	fn mark(&mut self, n: usize, id: usize, payer: &Option<AccountId>) {
		let paid = self.paid(payer, MARK);
		self.marks.entry((n, id)).or_insert(paid);
	}

	/// Removes an ID's reverse entry, if that is of this name.
	fn forget(&mut self, n: usize, id: usize) {
		if self.reverses.get(&id).is_some_and(|(of, _)| *of == n) {
			self.reverses.remove(&id);
		}
	}

	fn end(&mut self, n: usize, is_release: bool, payer: Option<AccountId>) -> bool {
		let Some((Record { id, .. }, _)) = self.names[n].record else { return false };
		let word = self.paid(&payer, WORD);
		self.names[n] = Kept {
			free_from: Some((self.now + CoolDown::get(), word.clone())),
			take_back: is_release.then_some((id, self.now, word)),
			reservation: self.names[n].reservation,
			..Default::default()
		};
		self.forget(n, id);
		self.mark(n, id, &payer);
		true
	}

	/// What a statement comes to. A signature by another key than the record's states nothing.
	fn state(&mut self, stated: &Stated, logic: Which, payer: AccountId) -> bool {
		let now = self.now;
		if self.selected != Some(logic) {
			return false;
		}
		if let Statement::Accept | Statement::Claim | Statement::TakeBack = stated.action {
			return self.take(logic, stated.name, stated.signer, Some(stated), payer);
		}
		if !logic.allows(&stated.action) {
			return false;
		}
		let payer = Some(payer);
		let record_paid = self.paid(&payer, Self::record_len(stated.name));
		let word_paid = self.paid(&payer, WORD);
		let kept = &mut self.names[stated.name];
		let Some((record, paid)) = &mut kept.record else { return false };
		let current = (record.id, record.block, record.sequence);
		if current != (stated.signer, stated.block, stated.sequence) {
			return false;
		}
		match stated.action {
			Statement::Release => return self.end(stated.name, true, payer),
			Statement::HandOver { to, deadline } => {
				let to = IDENTITIES.iter().position(|i| i.key.id() == to).expect("it is known");
				if to == record.id || deadline <= now || deadline > now + MaxHandOver::get() {
					return false;
				}
				kept.offer = Some((to, deadline, word_paid));
			},
			_ => {
				if kept.offer.take().is_none() {
					return false;
				}
			},
		}
		record.sequence += 1;
		*paid = record_paid;
		true
	}

	/// Does the action and returns whether it succeeds; if not, the model is not to be used any more.
	fn act(&mut self, action: &Action, stated: Option<&Stated>) -> bool {
		let before = self.clone();
		self.apply(action, stated) && self.can_pay(&before)
	}

	fn apply(&mut self, action: &Action, stated: Option<&Stated>) -> bool {
		let of = |n: &u8| *n as usize % NAMES.len();
		let selected = self.selected;
		let now = self.now;
		match action {
			Action::Register { logic, name, id, payer: who } => {
				selected == Some(*logic)
					&& self.take(*logic, of(name), *id as usize % IDS, None, payer(*who))
			},
			Action::State { logic, payer: who, .. } | Action::Replay { logic, payer: who, .. } => {
				stated.is_none_or(|stated| self.state(stated, *logic, payer(*who)))
			},
			Action::Clear { logic, name, .. } => {
				let kept = &mut self.names[of(name)];
				let offer = kept.offer.take_if(|(_, until, _)| *until < now).is_some();
				let free = kept.free_from.take_if(|(from, _)| *from <= now).is_some();
				if free {
					kept.take_back = None;
				}
				selected == Some(*logic) && (offer || free)
			},
			Action::Adopt { logic, name, payer: who } => {
				let (n, who) = (of(name), Some(payer(*who)));
				let record_paid = self.paid(&who, Self::record_len(n));
				let Some((record, paid)) = &mut self.names[n].record else { return false };
				*paid = record_paid;
				let id = record.id;
				let (reverse, mark) = (self.paid(&who, 2 + NAMES[n].len()), self.paid(&who, MARK));
				self.reverses.insert(id, (n, reverse));
				self.marks.insert((n, id), mark);
				selected == Some(*logic)
			},
			Action::Reserve { logic, name } => {
				self.names[of(name)].reservation = Some((None, now));
				selected == Some(*logic)
			},
			Action::Unreserve { logic, name } => {
				let reserved = self.names[of(name)].reservation.take().is_some();
				selected == Some(*logic) && reserved
			},
			Action::Assign { logic, name, id } => {
				self.names[of(name)].reservation = Some((Some(*id as usize % IDS), now));
				selected == Some(*logic)
			},
			Action::Remove { logic, name } => {
				selected == Some(*logic) && self.end(of(name), false, None)
			},
			Action::Select { logic } => {
				self.selected = *logic;
				true
			},
			Action::Unmark { name, id } => {
				self.marks.remove(&(of(name), *id as usize % IDS)).is_some()
			},
			Action::Forget { id } => self.reverses.remove(&(*id as usize % IDS)).is_some(),
			Action::Price { slope } => {
				self.slope = u128::from(slope % 4);
				true
			},
			Action::Blocks { n } => {
				self.now += BlockNumber::from(*n);
				true
			},
		}
	}

	/// What is held from an account.
	fn held(&self, who: &AccountId) -> u128 {
		let of = |paid: &Paid| match paid {
			Some((payer, amount)) if payer == who => *amount,
			_ => 0,
		};
		let kept = self.names.iter().flat_map(|kept| {
			[
				kept.record.as_ref().map(|(_, paid)| paid),
				kept.offer.as_ref().map(|(_, _, paid)| paid),
				kept.take_back.as_ref().map(|(_, _, paid)| paid),
				kept.free_from.as_ref().map(|(_, paid)| paid),
			]
		});
		let paid = kept.flatten().chain(self.reverses.values().map(|(_, paid)| paid));
		paid.chain(self.marks.values()).map(of).sum()
	}

	/// Whether everybody can pay what is held from him now and was not before.
	fn can_pay(&self, before: &Self) -> bool {
		(0..PAYERS as u8).map(payer).all(|who| {
			let (then, now) = (before.held(&who), self.held(&who));
			now <= then || now < endowment(&who)
		})
	}
}

/// What an account has at first: the last one can pay for a name or two.
fn endowment(who: &AccountId) -> u128 {
	if *who == payer(PAYERS as u8 - 1) {
		POOR
	} else {
		ENDOWMENT
	}
}

/// What sends a statement.
fn stating(stated: &Stated) -> Call<Test, Instance1> {
	let Proof { name, id, key, signature } = IDENTITIES[stated.signer].proofs[stated.name].clone();
	let statement = stated.signature.clone();
	match stated.action {
		Statement::Release => Call::release { name, statement },
		Statement::HandOver { to, deadline } => Call::hand_over { name, to, deadline, statement },
		Statement::CancelHandOver => Call::cancel_hand_over { name, statement },
		Statement::Accept | Statement::Claim | Statement::TakeBack => {
			Call::accept { name, id, key, signature, statement }
		},
	}
}

/// A logic of another kind removes something.
fn remove_as_stranger(kind: ValueKind, key: Key) -> DispatchResultWithPostInfo {
	let stranger = AccountId::new([200; 32]);
	let selected = SelectedLogic::get();
	SelectedLogic::set(Some(stranger.clone()));
	let removed = with_storage_layer(|| {
		EternalStorage::remove(RuntimeOrigin::signed(stranger), 0, kind, key)
	});
	SelectedLogic::set(selected);
	removed.map(|()| ().into()).map_err(Into::into)
}

/// The same action on the pallets.
fn act(action: &Action, stated: Option<&Stated>) -> DispatchResultWithPostInfo {
	let of = |n: &u8| *n as usize % NAMES.len();
	let id = |n: &u8| IDENTITIES[*n as usize % IDS].key.id();
	let key = |n: &u8| record_key(&name(of(n)));
	let keys = |n: &u8| Keys::truncate_from(vec![key(n)]);
	let text = |n: &u8| NAMES[of(n)].as_bytes().to_vec();
	let signed = |who: &u8| RuntimeOrigin::signed(payer(*who));
	let council = RuntimeOrigin::root;
	match action {
		Action::Register { logic, name, id, payer } => {
			let proof = IDENTITIES[*id as usize % IDS].proofs[of(name)].clone();
			let Proof { name, id, key, signature } = proof;
			logic.call(Call::register { name, id, key, signature }, signed(payer))
		},
		Action::State { logic, payer, .. } | Action::Replay { logic, payer, .. } => {
			stated.map_or(Ok(().into()), |stated| logic.call(stating(stated), signed(payer)))
		},
		Action::Clear { logic, name, payer } => {
			logic.call(Call::clear_expired { key: key(name) }, signed(payer))
		},
		Action::Adopt { logic, name, payer } => {
			logic.call(Call::adopt { name: text(name) }, signed(payer))
		},
		Action::Reserve { logic, name } => {
			logic.call(Call::reserve { keys: keys(name) }, council())
		},
		Action::Unreserve { logic, name } => {
			logic.call(Call::unreserve { keys: keys(name) }, council())
		},
		Action::Assign { logic, name, id: n } => {
			logic.call(Call::assign { key: key(name), id: id(n) }, council())
		},
		Action::Remove { logic, name } => {
			logic.call(Call::remove { name: text(name), reason: Hash::zero() }, council())
		},
		Action::Select { logic } => {
			SelectedLogic::set(logic.map(Which::account));
			Ok(().into())
		},
		Action::Unmark { name, id: n } => {
			remove_as_stranger(ValueKind::Bool, mark_key(&key(name), &id(n)))
		},
		Action::Forget { id: n } => remove_as_stranger(ValueKind::String, reverse_key(&id(n))),
		Action::Price { slope } => {
			EntrySlope::set(u128::from(slope % 4));
			Ok(().into())
		},
		Action::Blocks { n } => {
			System::set_block_number(System::block_number() + BlockNumber::from(*n));
			Ok(().into())
		},
	}
}

/// Signs something about a name as it stands.
fn sign(name: usize, signer: usize, what: What, model: &Model) -> Stated {
	let kept = &model.names[name];
	let action = match what {
		What::Release => Statement::Release,
		What::HandOver { to, blocks } => Statement::HandOver {
			to: IDENTITIES[to as usize % IDS].key.id(),
			deadline: model.now + BlockNumber::from(blocks % 25),
		},
		What::Cancel => Statement::CancelHandOver,
		What::Accept => Statement::Accept,
		What::Claim => Statement::Claim,
		What::TakeBack => Statement::TakeBack,
	};
	let (block, sequence) = match (action, &kept.record, kept.reservation) {
		(Statement::Claim, _, Some((_, since))) => (since, 0),
		(Statement::TakeBack, ..) => (kept.take_back.as_ref().map_or(0, |(_, since, _)| *since), 0),
		(_, Some((record, _)), _) => (record.block, record.sequence),
		_ => (0, 0),
	};
	let bytes = action.statement(&System::block_hash(0), &self::name(name), block, sequence);
	let signature = IDENTITIES[signer].key.sign(&bytes);
	Stated { name, signer, action, block, sequence, signature }
}

/// What the state has, compared with the model.
fn compare(model: &Model) -> Result<(), Refusal> {
	for (n, kept) in model.names.iter().enumerate() {
		let status = Names::status(&name(n))?;
		let record = kept.record.as_ref().map(|(record, _)| record.clone());
		let found = status.record.map(|r| {
			let id = IDENTITIES.iter().position(|i| i.key.id() == r.id).expect("it is known");
			let proof = &IDENTITIES[id].proofs[n];
			assert_eq!((&r.key[..], &r.signature[..]), (&proof.key[..], &proof.signature[..]));
			Record { id, block: r.block, sequence: r.sequence }
		});
		assert_eq!(found, record);
		let id = |n: usize| IDENTITIES[n].key.id();
		let offer = kept
			.offer
			.as_ref()
			.map(|(to, deadline, _)| HandOver { to: id(*to), deadline: *deadline });
		assert_eq!(status.hand_over, offer);
		let take_back = kept.take_back.as_ref();
		let take_back = take_back.map(|(by, since, _)| TakeBack { by: id(*by), since: *since });
		assert_eq!(status.take_back, take_back);
		let reservation =
			kept.reservation.map(|(to, since)| Reservation { assigned_to: to.map(id), since });
		assert_eq!(status.reservation, reservation);
		assert_eq!(status.free_from, kept.free_from.as_ref().map(|(from, _)| *from));
		for signer in 0..IDS {
			let owns = record.as_ref().is_some_and(|record| record.id == signer);
			let spent = model.marks.contains_key(&(n, signer)) && !owns;
			assert_eq!(Names::is_spent(&name(n), &id(signer))?, spent);
		}
	}
	for id in 0..IDS {
		let expected = model.reverses.get(&id).map(|(of, _)| name(*of));
		assert_eq!(Names::name_of(&IDENTITIES[id].key.id())?, expected);
	}
	let reason = pallet_eternal_storage::HoldReason::Entry.into();
	for n in 0..PAYERS as u8 {
		assert_eq!(Balances::balance_on_hold(&reason, &payer(n)), model.held(&payer(n)));
	}
	Ok(())
}

/// Does the actions, on the logics and on the model, and compares the two after each of them.
pub fn drive(actions: &[Action]) {
	new_test_ext().execute_with(|| {
		for n in 0..PAYERS as u8 {
			Balances::set_balance(&payer(n), endowment(&payer(n)));
		}
		EntrySlope::set(1);
		Which::Living.select();
		let selected = Some(Which::Living);
		let mut model = Model { selected, now: 1, slope: 1, ..Default::default() };
		// What a stranger left need not be as the logics leave it.
		let mut is_touched = false;
		let mut signed: Vec<Stated> = vec![];
		// (block, sequence) that each name's records have had: none twice.
		let mut seen = BTreeSet::new();
		for (n, action) in actions.iter().enumerate() {
			let stated = match action {
				Action::State { name, id, what, .. } => {
					let (name, id) = (*name as usize % NAMES.len(), *id as usize % IDS);
					signed.push(sign(name, id, *what, &model));
					signed.last().cloned()
				},
				Action::Replay { which, .. } if !signed.is_empty() => {
					Some(signed[*which as usize % signed.len()].clone())
				},
				_ => None,
			};
			let before = model.clone();
			let expected = model.act(action, stated.as_ref());
			let result = act(action, stated.as_ref());
			assert_eq!(result.is_ok(), expected, "{n}: {action:?}: {stated:?}: {result:?}");
			if !expected {
				model = before.clone();
			}
			is_touched |=
				expected && matches!(action, Action::Unmark { .. } | Action::Forget { .. });
			compare(&model).expect("what the state has can be read");
			for (n, (then, now)) in before.names.iter().zip(&model.names).enumerate() {
				let of = |kept: &Kept| kept.record.as_ref().map(|(r, _)| (r.block, r.sequence));
				if let Some(at) = of(now).filter(|at| Some(*at) != of(then)) {
					assert!(seen.insert((n, at)), "{action:?}: {n} had {at:?} before");
				}
			}
			if !is_touched {
				Names::do_try_state().expect("the invariants hold");
			}
		}
	});
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn what() -> impl Strategy<Value = What> {
		prop_oneof![
			Just(What::Release),
			(0..IDS as u8, 0..25u8).prop_map(|(to, blocks)| What::HandOver { to, blocks }),
			Just(What::Cancel),
			Just(What::Accept),
			Just(What::Claim),
			Just(What::TakeBack),
		]
	}

	fn action() -> impl Strategy<Value = Action> {
		// Mostly the logic that is mostly selected.
		let logic = || prop_oneof![6 => Just(Which::Living), 2 => Just(Which::Permanent), 1 => Just(Which::Wide)];
		let name = || 0..NAMES.len() as u8;
		let id = || 0..IDS as u8;
		let payer = || 0..PAYERS as u8;
		prop_oneof![
			6 => (logic(), name(), id(), payer())
				.prop_map(|(logic, name, id, payer)| Action::Register { logic, name, id, payer }),
			8 => (logic(), name(), id(), what(), payer()).prop_map(
				|(logic, name, id, what, payer)| Action::State { logic, name, id, what, payer }
			),
			3 => (logic(), any::<u8>(), payer())
				.prop_map(|(logic, which, payer)| Action::Replay { logic, which, payer }),
			1 => (logic(), name(), payer())
				.prop_map(|(logic, name, payer)| Action::Clear { logic, name, payer }),
			1 => (logic(), name()).prop_map(|(logic, name)| Action::Reserve { logic, name }),
			1 => (logic(), name()).prop_map(|(logic, name)| Action::Unreserve { logic, name }),
			2 => (logic(), name(), id())
				.prop_map(|(logic, name, id)| Action::Assign { logic, name, id }),
			1 => (logic(), name()).prop_map(|(logic, name)| Action::Remove { logic, name }),
			2 => prop_oneof![8 => logic().prop_map(Some), 1 => Just(None)]
				.prop_map(|logic| Action::Select { logic }),
			1 => (logic(), name(), payer())
				.prop_map(|(logic, name, payer)| Action::Adopt { logic, name, payer }),
			1 => (name(), id()).prop_map(|(name, id)| Action::Unmark { name, id }),
			1 => id().prop_map(|id| Action::Forget { id }),
			1 => (0..4u8).prop_map(|slope| Action::Price { slope }),
			3 => (0..12u8).prop_map(|n| Action::Blocks { n }),
		]
	}

	proptest! {
		#![proptest_config(ProptestConfig { cases: 100, max_shrink_iters: 200, ..Default::default() })]

		#[test]
		fn the_logics_do_what_the_model_says(actions in prop::collection::vec(action(), 1..120)) {
			drive(&actions);
		}
	}
}
