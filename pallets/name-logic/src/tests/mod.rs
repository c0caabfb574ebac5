//! Claims about names, on genuine proofs. Whichever logic is selected does the calls.

mod council;
mod endings;
mod registering;
mod rules;
mod unreadable;

use crate::{mock::*, registry::Keys, Call, Error, Event};
use codec::Encode;
use frame_support::{assert_ok, instances::Instance1, traits::fungible::InspectHold};
use jns_primitives::{
	layout::record_key,
	name::NameError,
	proof::SignatureError,
	statement::Action,
	storage::Key,
	test_support::{
		identities::{small_test_keys, TestKey},
		Registration as Proof,
	},
	AccountId, BlockNumber, Hash, JamiId, Name, NameRecord,
};
use sp_runtime::{DispatchError, DispatchResult};
use std::sync::LazyLock;

/// The owner, the heir, and a stranger.
static KEYS: LazyLock<Vec<TestKey>> = LazyLock::new(|| small_test_keys(3));
const OWNER: usize = 0;
const HEIR: usize = 1;
const STRANGER: usize = 2;
const NAME: &str = "alice";

/// The logics that allow everything to everybody, or as good as.
const JAMI: [Which; 2] = [Which::Living, Which::Permanent];

const MARK: u128 = 100 + 2;
const WORD: u128 = 100 + 33;
const MISMATCH: SignatureError = SignatureError::Mismatch;

type Asked = Call<Test, Instance1>;

/// Runs a test's body in block 1 while names live.
fn living(body: impl FnOnce()) {
	execute(|| {
		Which::Living.select();
		body();
	})
}

fn go_to(block: BlockNumber) {
	System::set_block_number(block);
}

/// Does a call by whichever logic is selected.
fn dispatch(call: Asked, origin: RuntimeOrigin) -> DispatchResult {
	Which::selected().call(call, origin).map(|_| ()).map_err(|e| e.error)
}

/// Bob does a call.
fn by_bob(call: Asked) -> DispatchResult {
	dispatch(call, RuntimeOrigin::signed(bob()))
}

fn by_council(call: Asked) -> DispatchResult {
	dispatch(call, RuntimeOrigin::root())
}

fn registration(proof: Proof) -> Asked {
	let Proof { name, id, key, signature } = proof;
	Call::register { name, id, key, signature }
}

fn register(payer: AccountId, proof: Proof) -> DispatchResult {
	dispatch(registration(proof), RuntimeOrigin::signed(payer))
}

/// Registers the name with the proof that everybody has seen.
fn register_plainly(who: usize) -> DispatchResult {
	register(bob(), proof(who, NAME))
}

fn acceptance(who: usize, statement: Vec<u8>) -> Asked {
	let Proof { name, id, key, signature } = proof(who, NAME);
	Call::accept { name, id, key, signature, statement }
}

fn accept(who: usize, statement: Vec<u8>) -> DispatchResult {
	by_bob(acceptance(who, statement))
}

fn id(who: usize) -> JamiId {
	KEYS[who].id()
}

fn proof(who: usize, name: &str) -> Proof {
	KEYS[who].registration(name.as_bytes().to_vec())
}

fn name() -> Name {
	NAME.as_bytes().try_into().unwrap()
}

fn key() -> Key {
	record_key(&name())
}

fn keys() -> Keys {
	Keys::truncate_from(vec![key()])
}

fn record() -> NameRecord {
	Names::record(&name()).unwrap().expect("it is registered")
}

fn owner() -> Option<JamiId> {
	Names::record(&name()).unwrap().map(|record| record.id)
}

/// What a key signs about the name, at that block and sequence.
fn sign_at(who: usize, action: Action, block: BlockNumber, sequence: u32) -> Vec<u8> {
	KEYS[who].sign(&action.statement(&System::block_hash(0), &name(), block, sequence))
}

/// What a key signs about the name as it stands.
fn sign(who: usize, action: Action) -> Vec<u8> {
	let NameRecord { block, sequence, .. } = record();
	sign_at(who, action, block, sequence)
}

fn release(statement: Vec<u8>) -> DispatchResult {
	by_bob(Call::release { name: NAME.into(), statement })
}

fn hand_over(to: usize, deadline: BlockNumber, statement: Vec<u8>) -> DispatchResult {
	by_bob(Call::hand_over { name: NAME.into(), to: id(to), deadline, statement })
}

fn cancel(statement: Vec<u8>) -> DispatchResult {
	by_bob(Call::cancel_hand_over { name: NAME.into(), statement })
}

/// The owner allows the heir to take over, and nothing more.
fn hand_over_to_heir(deadline: BlockNumber) -> Vec<u8> {
	let statement = sign(OWNER, Action::HandOver { to: id(HEIR), deadline });
	assert_ok!(hand_over(HEIR, deadline, statement.clone()));
	statement
}

fn remove() -> DispatchResult {
	by_council(Call::remove { name: NAME.into(), reason: Hash::repeat_byte(7) })
}

fn reserve() -> DispatchResult {
	by_council(Call::reserve { keys: keys() })
}

fn unreserve() -> DispatchResult {
	by_council(Call::unreserve { keys: keys() })
}

fn assign(who: usize) -> DispatchResult {
	by_council(Call::assign { key: key(), id: id(who) })
}

fn clear() -> DispatchResult {
	by_bob(Call::clear_expired { key: key() })
}

fn held(who: AccountId) -> u128 {
	Balances::balance_on_hold(&pallet_eternal_storage::HoldReason::Entry.into(), &who)
}

fn record_deposit() -> u128 {
	let stored = jns_primitives::VersionedRecord::from(record());
	100 + 3 + stored.encoded_size() as u128
}

fn root() -> Vec<u8> {
	sp_io::storage::root(sp_runtime::StateVersion::V1)
}

/// Does a call that fails with that error of the selected logic, and changes nothing.
macro_rules! assert_refused {
	($result:expr, $error:ident $(($why:expr))?) => {
		let before = root();
		let error = Which::selected().error(Error::$error $(($why))?);
		assert_eq!($result, Err(error));
		assert_eq!(root(), before);
	};
}
use assert_refused;
