//! Actions on stores, and an independent model of what they do: the pallet and the model are driven
//! side by side.

use crate::{mock::*, *};
use frame_support::{
	assert_ok,
	traits::fungible::{InspectHold, Mutate},
};
use jns_primitives::storage::{I256, MAX_BATCH};
use sp_core::U256;
use std::collections::BTreeMap;

/// Accounts 1 to 4 own stores and write; the fourth has money for one store and little more.
pub const ACCOUNTS: u64 = 4;
const POOR: u64 = 4;
const RICH: u64 = 1_000_000_000;
const PURSE: u64 = 1_500;

/// What an account can do.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "fuzzing", derive(arbitrary::Arbitrary))]
pub enum Action {
	/// Account 0 is the council.
	CreateStore {
		who: u8,
	},
	SetLogic {
		who: u8,
		store: u8,
		logic: Option<u8>,
	},
	Offer {
		who: u8,
		store: u8,
		to: Option<u8>,
	},
	Accept {
		who: u8,
		store: u8,
	},
	Delete {
		who: u8,
		store: u8,
	},
	/// Selects the logic of the council's stores.
	Select {
		logic: Option<u8>,
	},
	/// On the signed road.
	Write {
		who: u8,
		store: u8,
		changes: Vec<Change>,
	},
	/// On the road of pallets: somebody else pays, or nobody does.
	WriteFor {
		logic: u8,
		payer: Option<u8>,
		store: u8,
		changes: Vec<Change>,
	},
	/// Changes what an entry costs from now on.
	Price {
		base: u8,
		slope: u8,
	},
}

/// One write of a batch.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(feature = "fuzzing", derive(arbitrary::Arbitrary))]
pub enum Change {
	Set { kind: u8, key: u8, len: u8 },
	SetBrokenText { key: u8 },
	Remove { kind: u8, key: u8 },
}

/// 0 is the council, the others come round.
fn account(n: u8) -> u64 {
	match u64::from(n) % (ACCOUNTS + 1) {
		0 => COUNCIL,
		who => who,
	}
}

fn origin(who: u64) -> RuntimeOrigin {
	match who {
		COUNCIL => RuntimeOrigin::root(),
		_ => RuntimeOrigin::signed(who),
	}
}

fn kind(n: u8) -> ValueKind {
	ValueKind::ALL[n as usize % ValueKind::ALL.len()]
}

impl Change {
	fn write(self) -> Write<u64> {
		let at = |key: u8| [key % 4; 32];
		match self {
			Self::Remove { kind: of, key } => Write::Remove { kind: kind(of), key: at(key) },
			Self::SetBrokenText { key } => {
				let value = Value::String(vec![0xff].try_into().expect("it is short"));
				Write::Set { key: at(key), value }
			},
			Self::Set { kind: of, key, len } => {
				let bytes = vec![len; len as usize].try_into().expect("it is short");
				let value = match kind(of) {
					ValueKind::Bool => Value::Bool(len % 2 == 0),
					ValueKind::Int256 => Value::Int256(I256::from(-i128::from(len))),
					ValueKind::Uint256 => Value::Uint256(U256::from(len)),
					ValueKind::String => Value::String(
						vec![b'a' + len % 26; len as usize].try_into().expect("it is short"),
					),
					ValueKind::Bytes => Value::Bytes(bytes),
					ValueKind::Address => Value::Address(len.into()),
					ValueKind::Bytes32 => Value::Bytes32([len; 32]),
				};
				Write::Set { key: at(key), value }
			},
		}
	}
}

type Paid = Option<(u64, u64)>;
type Values = BTreeMap<(ValueKind, Key), (Value<u64>, Paid)>;

#[derive(Clone, Debug, Default, PartialEq)]
struct ModelStore {
	owner: u64,
	logic: Option<u64>,
	offered_to: Option<u64>,
	paid: Paid,
	values: Values,
}

/// The rules, as plainly as they can be written.
#[derive(Clone)]
struct Model {
	stores: BTreeMap<StoreId, ModelStore>,
	next: StoreId,
	selected: Option<u64>,
	base: u64,
	slope: u64,
}

impl Model {
	/// What is held from an account for stores and for values.
	fn held(&self, who: u64) -> (u64, u64) {
		let of = |paid: &Paid| paid.filter(|(payer, _)| *payer == who).map_or(0, |(_, sum)| sum);
		let stores = self.stores.values().map(|store| of(&store.paid)).sum();
		let values = self.stores.values().flat_map(|store| store.values.values());
		(stores, values.map(|(_, paid)| of(paid)).sum())
	}

	/// Nobody owes more than it had, less the least balance.
	fn solvent(&self) -> bool {
		(1..=ACCOUNTS).all(|who| {
			let (stores, values) = self.held(who);
			stores + values < if who == POOR { PURSE } else { RICH }
		})
	}

	fn writers(&self, store: &ModelStore) -> Option<u64> {
		if store.owner == COUNCIL {
			self.selected
		} else {
			store.logic
		}
	}

	fn write(&mut self, logic: u64, payer: Option<u64>, id: StoreId, batch: &[Write<u64>]) -> bool {
		let (base, slope) = (self.base, self.slope);
		let Some(store) = self.stores.get(&id) else { return false };
		if self.writers(store) != Some(logic) {
			return false;
		}
		let values = &mut self.stores.get_mut(&id).expect("it was there").values;
		batch.iter().all(|write| match write {
			Write::Set { value: Value::String(text), .. } if text.contains(&0xff) => false,
			Write::Set { key, value } => {
				let price = base + slope * value.encoded_size() as u64;
				let paid = payer.map(|payer| (payer, price));
				values.insert((value.kind(), *key), (value.clone(), paid));
				true
			},
			Write::Remove { kind, key } => values.remove(&(*kind, *key)).is_some(),
		})
	}

	/// Whether the action succeeds; if not, the model is not to be used any more.
	fn act(&mut self, action: &Action) -> bool {
		let of = |who: u8, stores: &BTreeMap<StoreId, ModelStore>, id: u8| {
			stores.get(&id.into()).is_some_and(|store| store.owner == account(who))
		};
		let price = |who: u64| (who != COUNCIL).then_some((who, StoreBase::get()));
		match action {
			Action::CreateStore { who } => {
				let owner = account(*who);
				let store = ModelStore { owner, paid: price(owner), ..Default::default() };
				self.stores.insert(self.next, store);
				self.next += 1;
			},
			Action::SetLogic { who, store, logic } => {
				if !of(*who, &self.stores, *store) || account(*who) == COUNCIL {
					return false;
				}
				let store = self.stores.get_mut(&(*store).into()).expect("it has an owner");
				store.logic = logic.map(account);
			},
			Action::Offer { who, store, to } => {
				if !of(*who, &self.stores, *store) {
					return false;
				}
				let store = self.stores.get_mut(&(*store).into()).expect("it has an owner");
				store.offered_to = to.map(account);
			},
			Action::Accept { who, store } => {
				let who = account(*who);
				let Some(store) = self.stores.get_mut(&(*store).into()) else { return false };
				if store.offered_to != Some(who) {
					return false;
				}
				(store.owner, store.offered_to, store.paid) = (who, None, price(who));
			},
			Action::Delete { who, store } => {
				let id = StoreId::from(*store);
				if !of(*who, &self.stores, *store) || !self.stores[&id].values.is_empty() {
					return false;
				}
				self.stores.remove(&id);
			},
			Action::Select { logic } => self.selected = logic.map(account),
			Action::Write { who, store, changes } => {
				let who = account(*who);
				if who == COUNCIL
					|| changes.len() > MAX_BATCH as usize
					|| !self.write(who, Some(who), (*store).into(), &batch(changes))
				{
					return false;
				}
			},
			Action::WriteFor { logic, payer, store, changes } => {
				let payer = payer.map(account).filter(|who| *who != COUNCIL);
				if !self.write(account(*logic), payer, (*store).into(), &batch(changes)) {
					return false;
				}
			},
			Action::Price { base, slope } => {
				(self.base, self.slope) = ((*base).into(), (*slope).into())
			},
		}
		self.solvent()
	}
}

fn batch(changes: &[Change]) -> Vec<Write<u64>> {
	changes.iter().take(MAX_BATCH as usize).map(|change| change.write()).collect()
}

/// The same action on the pallet.
fn act(action: &Action) -> DispatchResult {
	let given = |changes: &[Change]| changes.iter().map(|change| change.write().into()).collect();
	frame_support::storage::with_storage_layer(|| match action {
		Action::CreateStore { who } => EternalStorage::create_store(origin(account(*who))),
		Action::SetLogic { who, store, logic } => {
			EternalStorage::set_logic(origin(account(*who)), (*store).into(), logic.map(account))
		},
		Action::Offer { who, store, to } => {
			EternalStorage::offer_ownership(origin(account(*who)), (*store).into(), to.map(account))
		},
		Action::Accept { who, store } => {
			EternalStorage::accept_ownership(origin(account(*who)), (*store).into())
		},
		Action::Delete { who, store } => {
			EternalStorage::delete_store(origin(account(*who)), (*store).into())
		},
		Action::Select { logic } => {
			SelectedLogic::set(logic.map(account));
			Ok(())
		},
		Action::Write { who, store, changes } => {
			let origin = origin(account(*who));
			EternalStorage::write_batch(origin, (*store).into(), given(changes))
		},
		Action::WriteFor { logic, payer, store, changes } => {
			let payer = match payer.map(account).filter(|who| *who != COUNCIL) {
				Some(who) => Payer::signed(origin(who)),
				None => Payer::exempt::<_, frame_system::EnsureRoot<u64>>(RuntimeOrigin::root()),
			}?;
			let logic = account(*logic);
			EternalStorage::do_write(&logic, (*store).into(), batch(changes), &payer)
		},
		Action::Price { base, slope } => {
			EntryBase::set((*base).into());
			EntrySlope::set((*slope).into());
			Ok(())
		},
	})
}

/// Everything that the pallet keeps, in the model's terms.
fn kept() -> BTreeMap<StoreId, ModelStore> {
	let paid = |deposit: Option<Deposit<u64, u64>>| deposit.map(|d| (d.payer, d.amount));
	let mut stores: BTreeMap<_, _> = Stores::<Test>::iter()
		.map(|(id, Store { owner, logic, offered_to, deposit, .. })| {
			let values = Values::new();
			(id, ModelStore { owner, logic, offered_to, paid: paid(deposit), values })
		})
		.collect();
	for ((id, kind, key), Entry { value, deposit }) in EntryOf::<Test>::iter() {
		let store = stores.get_mut(&id).expect("a value lies in a store");
		store.values.insert((kind, key), (value, paid(deposit)));
	}
	stores
}

/// Does the actions, on the pallet and on the model, and compares the two after each of them.
pub fn drive(actions: &[Action]) {
	new_test_ext().execute_with(|| {
		for who in 1..=ACCOUNTS {
			Balances::set_balance(&who, if who == POOR { PURSE } else { RICH });
		}
		EntryBase::set(100);
		EntrySlope::set(2);
		SelectedLogic::set(None);
		let mut model =
			Model { stores: BTreeMap::new(), next: 0, selected: None, base: 100, slope: 2 };
		for (n, action) in actions.iter().enumerate() {
			let mut after = model.clone();
			let expected = after.act(action);
			let result = act(action);
			assert_eq!(result.is_ok(), expected, "{n}: {action:?}: {result:?}");
			if expected {
				model = after;
			}
			assert_eq!(kept(), model.stores, "{n}: {action:?}");
			for who in 1..=ACCOUNTS {
				let held = |reason: HoldReason| Balances::balance_on_hold(&reason.into(), &who);
				let both = (held(HoldReason::Store), held(HoldReason::Entry));
				assert_eq!(both, model.held(who), "{n}: {action:?}: {who}");
			}
			assert_ok!(EternalStorage::do_try_state());
		}
	});
}
