//! What can be done with names, and an independent model of what comes of it: the logics and the model
//! are driven side by side.

use crate::{
	mock::*,
	permanent::Names,
	registry::{Keys, Refusal},
};
use frame_support::{
	dispatch::DispatchResultWithPostInfo,
	storage::with_storage_layer,
	traits::fungible::{InspectHold, Mutate},
};
use jns_primitives::{
	layout::record_key,
	proof::KeySize,
	statement::Action as Statement,
	test_support::{
		identities::{small_test_keys, TestKey},
		Registration as Proof,
	},
	AccountId, BlockNumber, HandOver, Hash, Name, Reservation,
};
use sp_runtime::DispatchResult;
use std::{
	collections::{BTreeMap, BTreeSet},
	sync::LazyLock,
};

const NAMES: [&str; 3] = ["alice", "bob_01", "carol-with-a-longer-name"];
const IDS: usize = 4;
const PAYERS: usize = 3;

/// What somebody does. Numbers come round.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "fuzzing", derive(arbitrary::Arbitrary))]
pub enum Action {
	/// With the genuine proof, by either logic.
	Register { logic: bool, name: u8, id: u8, payer: u8 },
	/// Signs something about a name as it stands, and sends it; not necessarily with the right key.
	State { logic: bool, name: u8, id: u8, what: What, payer: u8 },
	/// Sends what was signed before, whatever has happened since.
	Replay { logic: bool, which: u8, payer: u8 },
	/// Clears what has expired.
	Clear { logic: bool, name: u8, payer: u8 },
	/// The council keeps a name back.
	Reserve { logic: bool, name: u8 },
	/// The council gives it free.
	Unreserve { logic: bool, name: u8 },
	/// The council keeps it for one ID.
	Assign { logic: bool, name: u8, id: u8 },
	/// The council takes it away.
	Remove { logic: bool, name: u8 },
	/// The council selects a logic, or none.
	Select { logic: Option<bool> },
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

fn logic_account(living: bool) -> AccountId {
	if living {
		Living::account_id()
	} else {
		Permanent::account_id()
	}
}

#[derive(Clone, Debug, PartialEq)]
struct Record {
	id: usize,
	block: BlockNumber,
	sequence: u32,
}

/// What is kept about a name, each part with whoever pays for it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Kept {
	record: Option<(Record, AccountId)>,
	/// Whoever registered it last.
	reverse_payer: Option<AccountId>,
	offer: Option<(usize, BlockNumber, AccountId)>,
	reservation: Option<(Option<usize>, BlockNumber)>,
	free_from: Option<(BlockNumber, Option<AccountId>)>,
}

/// The rules, as plainly as they can be written.
#[derive(Clone, Default)]
struct Model {
	names: [Kept; NAMES.len()],
	/// Which ID registered which name, and who paid for the mark.
	marks: BTreeMap<(usize, usize), AccountId>,
	selected: Option<bool>,
	now: BlockNumber,
}

impl Model {
	fn name_of(&self, id: usize) -> Option<usize> {
		let has = |kept: &Kept| kept.record.as_ref().is_some_and(|(record, _)| record.id == id);
		self.names.iter().position(has)
	}

	/// An ID takes a name, with its proof and perhaps with a statement besides.
	fn take(&mut self, n: usize, id: usize, stated: Option<&Stated>, payer: AccountId) -> bool {
		let now = self.now;
		let other_name = self.name_of(id);
		let spent = self.marks.contains_key(&(n, id));
		let kept = &mut self.names[n];
		let sequence = match &kept.record {
			Some((record, _)) if record.id == id => return true,
			Some((record, _)) => {
				let offered =
					kept.offer.as_ref().is_some_and(|(to, until, _)| *to == id && now <= *until);
				let signed = stated.is_none_or(|s| {
					(s.action, s.block, s.sequence)
						== (Statement::Accept, record.block, record.sequence)
				});
				if !offered || !signed {
					return false;
				}
				record.sequence + 1
			},
			None => {
				match kept.reservation {
					Some((Some(to), since)) if to == id && since < now => {
						let signed = stated.is_none_or(|s| {
							(s.action, s.block, s.sequence) == (Statement::Claim, since, 0)
						});
						if !signed {
							return false;
						}
					},
					Some(_) => return false,
					None => {
						let cooling = kept.free_from.as_ref().is_some_and(|(from, _)| now < *from);
						if cooling || stated.is_some() {
							return false;
						}
					},
				}
				0
			},
		};
		if other_name.is_some() || (spent && stated.is_none()) {
			return false;
		}
		let was_free = kept.record.is_none();
		kept.record = Some((Record { id, block: now, sequence }, payer.clone()));
		kept.reverse_payer = Some(payer.clone());
		kept.offer = None;
		if was_free {
			kept.free_from = None;
			if kept.reservation.is_some() {
				kept.reservation = Some((None, now));
			}
		}
		self.marks.entry((n, id)).or_insert(payer);
		true
	}

	fn end(&mut self, n: usize, payer: Option<AccountId>) {
		let free_from = Some((self.now + CoolDown::get(), payer));
		let reservation = self.names[n].reservation;
		self.names[n] = Kept { free_from, reservation, ..Default::default() };
	}

	/// What a statement comes to. A signature by another key than the record's states nothing.
	fn state(&mut self, stated: &Stated, logic: bool, payer: AccountId) -> bool {
		let now = self.now;
		if let Statement::Accept | Statement::Claim = stated.action {
			return self.selected == Some(logic)
				&& self.take(stated.name, stated.signer, Some(stated), payer);
		}
		if self.selected != Some(true) {
			return false;
		}
		let kept = &mut self.names[stated.name];
		let Some((record, record_payer)) = &mut kept.record else { return false };
		let current = (record.id, record.block, record.sequence);
		if current != (stated.signer, stated.block, stated.sequence) {
			return false;
		}
		match stated.action {
			Statement::Release => self.end(stated.name, Some(payer)),
			Statement::HandOver { to, deadline } => {
				let to = IDENTITIES.iter().position(|i| i.key.id() == to).expect("it is known");
				if to == record.id || deadline <= now || deadline > now + MaxHandOver::get() {
					return false;
				}
				record.sequence += 1;
				*record_payer = payer.clone();
				kept.offer = Some((to, deadline, payer));
			},
			_ => {
				if kept.offer.take().is_none() {
					return false;
				}
				record.sequence += 1;
				*record_payer = payer;
			},
		}
		true
	}

	/// Whether the action succeeds; if not, the model is not to be used any more.
	fn act(&mut self, action: &Action, stated: Option<&Stated>) -> bool {
		let of = |n: u8| n as usize % NAMES.len();
		let selected = self.selected;
		let now = self.now;
		match action {
			Action::Register { logic, name, id, payer: who } => {
				selected == Some(*logic)
					&& self.take(of(*name), *id as usize % IDS, None, payer(*who))
			},
			Action::State { logic, payer: who, .. } | Action::Replay { logic, payer: who, .. } => {
				stated.is_none_or(|stated| self.state(stated, *logic, payer(*who)))
			},
			Action::Clear { logic, name, .. } => {
				let kept = &mut self.names[of(*name)];
				let offer = kept.offer.take_if(|(_, until, _)| *until < now).is_some();
				let free = kept.free_from.take_if(|(from, _)| *from <= now).is_some();
				selected == Some(*logic) && (offer || free)
			},
			Action::Reserve { logic, name } => {
				self.names[of(*name)].reservation = Some((None, now));
				selected == Some(*logic)
			},
			Action::Unreserve { logic, name } => {
				let reserved = self.names[of(*name)].reservation.take().is_some();
				selected == Some(*logic) && reserved
			},
			Action::Assign { logic, name, id } => {
				self.names[of(*name)].reservation = Some((Some(*id as usize % IDS), now));
				selected == Some(*logic)
			},
			Action::Remove { logic, name } => {
				let registered = self.names[of(*name)].record.is_some();
				self.end(of(*name), None);
				selected == Some(*logic) && registered
			},
			Action::Select { logic } => {
				self.selected = *logic;
				true
			},
			Action::Blocks { n } => {
				self.now += BlockNumber::from(*n);
				true
			},
		}
	}

	/// What is held from an account: a hundred for an entry and one for each byte of its value, whose
	/// kind is a byte and whose length takes one or two.
	fn held(&self, who: &AccountId) -> u128 {
		let (key, signature) = (KeySize::Rsa2048.der_len(), KeySize::Rsa2048.modulus_len());
		let mut sum = 0;
		let mut add = |payer: Option<&AccountId>, len: usize| {
			if payer == Some(who) {
				sum += EntryBase::get() + EntrySlope::get() * len as u128;
			}
		};
		for (kept, name) in self.names.iter().zip(NAMES) {
			let text = 1 + name.len();
			let record = text + 20 + (2 + key) + (2 + signature) + 4 + 4;
			add(kept.record.as_ref().map(|(_, payer)| payer), 1 + 2 + record);
			add(kept.reverse_payer.as_ref(), 1 + text);
			add(kept.offer.as_ref().map(|(_, _, payer)| payer), 33);
			add(kept.free_from.as_ref().and_then(|(_, payer)| payer.as_ref()), 33);
		}
		for payer in self.marks.values() {
			add(Some(payer), 2);
		}
		sum
	}
}

fn with_info(result: DispatchResult) -> DispatchResultWithPostInfo {
	result.map(|()| ().into()).map_err(Into::into)
}

/// Sends a proof, to one of the logics.
fn register(logic: bool, proof: &Proof, who: AccountId) -> DispatchResultWithPostInfo {
	let Proof { name, id, key, signature } = proof.clone();
	let origin = RuntimeOrigin::signed(who);
	match logic {
		true => Living::register(origin, name, id, key, signature),
		false => Permanent::register(origin, name, id, key, signature),
	}
}

/// Sends a statement.
fn state(logic: bool, stated: &Stated, who: AccountId) -> DispatchResultWithPostInfo {
	let origin = RuntimeOrigin::signed(who);
	let Proof { name, id, key, signature } = IDENTITIES[stated.signer].proofs[stated.name].clone();
	let statement = stated.signature.clone();
	match stated.action {
		Statement::Release => with_info(Living::release(origin, name, statement)),
		Statement::HandOver { to, deadline } => {
			with_info(Living::hand_over(origin, name, to, deadline, statement))
		},
		Statement::CancelHandOver => with_info(Living::cancel_hand_over(origin, name, statement)),
		Statement::Accept | Statement::Claim => match logic {
			true => Living::accept(origin, name, id, key, signature, statement),
			false => Permanent::accept(origin, name, id, key, signature, statement),
		},
	}
}

/// The same action on the pallets.
fn act(action: &Action, stated: Option<&Stated>) -> DispatchResultWithPostInfo {
	let of = |n: &u8| *n as usize % NAMES.len();
	let key = |n: &u8| record_key(&name(of(n)));
	let keys = |n: &u8| Keys::truncate_from(vec![key(n)]);
	let council = RuntimeOrigin::root;
	match action {
		Action::Register { logic, name, id, payer: who } => {
			register(*logic, &IDENTITIES[*id as usize % IDS].proofs[of(name)], payer(*who))
		},
		Action::State { logic, payer: who, .. } | Action::Replay { logic, payer: who, .. } => {
			stated.map_or(Ok(().into()), |stated| state(*logic, stated, payer(*who)))
		},
		Action::Clear { logic, name, payer: who } => {
			let origin = RuntimeOrigin::signed(payer(*who));
			with_info(match logic {
				true => Living::clear_expired(origin, key(name)),
				false => Permanent::clear_expired(origin, key(name)),
			})
		},
		Action::Reserve { logic: true, name } => with_info(Living::reserve(council(), keys(name))),
		Action::Reserve { name, .. } => with_info(Permanent::reserve(council(), keys(name))),
		Action::Unreserve { logic: true, name } => {
			with_info(Living::unreserve(council(), keys(name)))
		},
		Action::Unreserve { name, .. } => with_info(Permanent::unreserve(council(), keys(name))),
		Action::Assign { logic, name, id } => {
			let id = IDENTITIES[*id as usize % IDS].key.id();
			with_info(match logic {
				true => Living::assign(council(), key(name), id),
				false => Permanent::assign(council(), key(name), id),
			})
		},
		Action::Remove { logic, name } => {
			let name = NAMES[of(name)].as_bytes().to_vec();
			with_info(match logic {
				true => Living::remove(council(), name, Hash::zero()),
				false => Permanent::remove(council(), name, Hash::zero()),
			})
		},
		Action::Select { logic } => {
			SelectedLogic::set(logic.map(logic_account));
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
	};
	let (block, sequence) = match (action, &kept.record, kept.reservation) {
		(Statement::Claim, _, Some((_, since))) => (since, 0),
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
		let status = Names::<Test>::status(&name(n))?;
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
		let reservation =
			kept.reservation.map(|(to, since)| Reservation { assigned_to: to.map(id), since });
		assert_eq!(status.reservation, reservation);
		assert_eq!(status.free_from, kept.free_from.as_ref().map(|(from, _)| *from));
		for signer in 0..IDS {
			let owns = record.as_ref().is_some_and(|record| record.id == signer);
			let spent = model.marks.contains_key(&(n, signer)) && !owns;
			assert_eq!(Names::<Test>::is_spent(&name(n), &id(signer))?, spent);
		}
	}
	for id in 0..IDS {
		let expected = model.name_of(id).map(name);
		assert_eq!(Names::<Test>::name_of(&IDENTITIES[id].key.id())?, expected);
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
			Balances::set_balance(&payer(n), ENDOWMENT);
		}
		SelectedLogic::set(Some(logic_account(true)));
		let mut model = Model { selected: Some(true), now: 1, ..Default::default() };
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
			let result = with_storage_layer(|| act(action, stated.as_ref()));
			assert_eq!(result.is_ok(), expected, "{n}: {action:?}: {stated:?}: {result:?}");
			if !expected {
				model = before.clone();
			}
			compare(&model).expect("what the state has can be read");
			for (n, (then, now)) in before.names.iter().zip(&model.names).enumerate() {
				let of = |kept: &Kept| kept.record.as_ref().map(|(r, _)| (r.block, r.sequence));
				if let Some(at) = of(now).filter(|at| Some(*at) != of(then)) {
					assert!(seen.insert((n, at)), "{action:?}: {n} had {at:?} before");
				}
			}
			Names::<Test>::do_try_state().expect("the invariants hold");
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
		]
	}

	fn action() -> impl Strategy<Value = Action> {
		// Mostly the logic that is mostly selected.
		let logic = || prop_oneof![4 => Just(true), 1 => Just(false)];
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
			2 => prop_oneof![3 => Just(Some(true)), 2 => Just(Some(false)), 1 => Just(None)]
				.prop_map(|logic| Action::Select { logic }),
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
