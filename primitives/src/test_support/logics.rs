//! What every name logic of a runtime does, as one suite: whoever writes a logic runs it on that.

#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)] // It is a test.

use super::{
	identities::{small_test_keys, TestKey},
	Registration,
};
use crate::{
	api::{Admission, ComposedCall, NameStatus},
	layout::record_key,
	statement::Action,
	storage::Key,
	AccountId, Balance, BlockNumber, Hash, JamiId, Name, NameRecord, Reservation,
};
use alloc::{vec, vec::Vec};
use sp_runtime::{DispatchError, DispatchResult};

/// Who makes a call.
#[derive(Clone, Copy, Debug)]
pub enum By {
	/// An account with money for many names.
	Payer,
	/// Another one.
	Sponsor,
	/// The council.
	Council,
}

/// What the council decides about names.
#[derive(Clone, Debug)]
pub enum Decision {
	/// Keeps a name back.
	Reserve(Key),
	/// Keeps it back no longer.
	Unreserve(Key),
	/// Keeps it back for one ID.
	Assign(Key, JamiId),
	/// Takes it away.
	Remove(Name),
}

/// A logic in its runtime, ready to be examined.
pub trait Subject {
	/// A name that exists under the logic and under the one of [`Subject::living`].
	const NAME: &'static str = "alice-in-wonderland";

	/// Runs a body on a new chain in block 1 that has a store for names, while the logic is selected.
	fn examine(body: fn());
	/// Returns the logic's account.
	fn account() -> AccountId;
	/// Returns the account of a logic that lets keys release their names and hand them over.
	fn living() -> AccountId;
	/// Selects a logic, or none.
	fn select(logic: Option<AccountId>);
	/// Goes to a block.
	fn go_to(block: BlockNumber);
	/// Returns for how many blocks a name cools down.
	fn cool_down() -> BlockNumber;
	/// Returns the genesis hash.
	fn genesis() -> Hash;
	/// Makes a call as a transaction does: it does everything or nothing.
	fn dispatch(by: By, call: ComposedCall) -> DispatchResult;
	/// Returns what is held for entries of the storage.
	fn held(by: By) -> Balance;
	/// Returns a digest of the whole store for names.
	fn content() -> Hash;
	/// Returns how many events the selected logic has deposited.
	fn events() -> usize;
	/// Returns the call by which the selected logic does what the council decides.
	fn decision(decision: Decision) -> ComposedCall;
	/// As the runtime API has it.
	fn registration_call(r: Registration) -> Option<ComposedCall>;
	/// As the runtime API has it.
	fn acceptance_call(r: Registration, statement: Vec<u8>) -> Option<ComposedCall>;
	/// As the runtime API has it.
	fn statement_call(name: Vec<u8>, action: Action, statement: Vec<u8>) -> Option<ComposedCall>;
	/// As the runtime API has it.
	fn admission(name: Vec<u8>, key: Vec<u8>) -> Admission;
	/// As the runtime API has it.
	fn status(name: &Name) -> NameStatus;
	/// As the runtime API has it.
	fn name_of(id: JamiId) -> Option<Name>;
}

/// Examines everything.
pub fn examine<S: Subject>() {
	S::examine(whoever_proves_a_free_name_gets_it::<S>);
	S::examine(no_proof_is_good_for_anything_else::<S>);
	S::examine(the_council_keeps_back_and_assigns::<S>);
	S::examine(what_the_council_took_away_stays_away::<S>);
	S::examine(a_hand_over_is_heeded::<S>);
	S::examine(a_release_is_heeded::<S>);
	S::examine(whoever_sends_pays_and_gets_it_back::<S>);
	S::examine(what_is_not_selected_does_nothing::<S>);
	S::examine(swapping_moves_not_a_byte_in_any_state::<S>);
}

const OWNER: usize = 0;
const HEIR: usize = 1;
const STRANGER: usize = 2;

fn keys() -> Vec<TestKey> {
	small_test_keys(3)
}

fn id(who: usize) -> JamiId {
	keys()[who].id()
}

fn name<S: Subject>() -> Name {
	S::NAME.as_bytes().try_into().expect("it is a name")
}

fn key<S: Subject>() -> Key {
	record_key(&name::<S>())
}

fn proof<S: Subject>(who: usize) -> Registration {
	keys()[who].registration(S::NAME.as_bytes().to_vec())
}

/// Makes a call that the selected logic must make an event of, if it changes anything.
fn done<S: Subject>(by: By, call: ComposedCall) {
	let (content, events) = (S::content(), S::events());
	S::dispatch(by, call).expect("it is allowed");
	assert_eq!(S::content() != content, S::events() != events, "what changes has an event");
}

/// Makes a call in vain, which changes nothing.
#[track_caller]
fn refused<S: Subject>(by: By, call: ComposedCall) -> DispatchError {
	let content = S::content();
	let why = S::dispatch(by, call).expect_err("it is refused");
	assert_eq!(S::content(), content);
	why
}

fn registration<S: Subject>(r: Registration) -> ComposedCall {
	S::registration_call(r).expect("a selected logic composes registrations")
}

/// Registers the name, which the logic says before.
fn register<S: Subject>(who: usize) {
	let r = proof::<S>(who);
	assert_eq!(S::admission(r.name.clone(), r.key.clone()), Admission::Open);
	done::<S>(By::Payer, registration::<S>(r.clone()));
	assert_eq!(owner::<S>(), Some(id(who)));
	assert_eq!(S::name_of(id(who)), Some(name::<S>()));
	assert_eq!(S::admission(r.name, r.key), Admission::Registered);
}

/// Checks that an ID cannot register the name, and that the logic says why before.
#[track_caller]
fn cannot_register<S: Subject>(who: usize, why: Admission) {
	let r = proof::<S>(who);
	assert_eq!(S::admission(r.name.clone(), r.key.clone()), why);
	refused::<S>(By::Payer, registration::<S>(r));
}

fn owner<S: Subject>() -> Option<JamiId> {
	S::status(&name::<S>()).record.map(|record| record.id)
}

fn decide<S: Subject>(decision: Decision) {
	done::<S>(By::Council, S::decision(decision));
}

fn sign_at<S: Subject>(who: usize, action: Action, block: BlockNumber, sequence: u32) -> Vec<u8> {
	keys()[who].sign(&action.statement(&S::genesis(), &name::<S>(), block, sequence))
}

fn accept<S: Subject>(who: usize, statement: Vec<u8>) -> ComposedCall {
	let call = S::acceptance_call(proof::<S>(who), statement);
	call.expect("a selected logic composes acceptances")
}

/// Has the record's key state something, under the logic that lets it; then the examined one is
/// selected again.
fn state<S: Subject>(who: usize, action: Action) {
	S::select(Some(S::living()));
	let NameRecord { block, sequence, .. } =
		S::status(&name::<S>()).record.expect("it is registered");
	let statement = sign_at::<S>(who, action, block, sequence);
	let call = S::statement_call(S::NAME.as_bytes().to_vec(), action, statement);
	done::<S>(By::Payer, call.expect("that logic lets keys do this"));
	S::select(Some(S::account()));
}

fn hand_over<S: Subject>(deadline: BlockNumber) {
	state::<S>(OWNER, Action::HandOver { to: id(HEIR), deadline });
}

fn whoever_proves_a_free_name_gets_it<S: Subject>() {
	register::<S>(OWNER);
	cannot_register::<S>(HEIR, Admission::NameTaken { by: id(OWNER) });
	let another = [S::NAME, "-2"].concat().into_bytes();
	let second = keys()[OWNER].registration(another.clone());
	let told = S::admission(another, second.key.clone());
	assert_eq!(told, Admission::IdTaken { name: name::<S>() });
	refused::<S>(By::Payer, registration::<S>(second));
	// Clients repeat.
	let content = S::content();
	S::go_to(2);
	done::<S>(By::Sponsor, registration::<S>(proof::<S>(OWNER)));
	assert_eq!(S::content(), content);
}

fn no_proof_is_good_for_anything_else<S: Subject>() {
	let good = proof::<S>(OWNER);
	let other_name = [S::NAME, "-2"].concat().into_bytes();
	let mut forged = good.signature.clone();
	forged[100] ^= 1;
	for bad in [
		Registration { name: other_name, ..good.clone() },
		Registration { signature: forged.clone(), ..good.clone() },
		Registration { signature: proof::<S>(HEIR).signature, ..good.clone() },
		Registration { key: proof::<S>(HEIR).key, ..good.clone() },
		Registration { name: b"a/b".to_vec(), ..good.clone() },
		Registration { name: vec![], ..good.clone() },
	] {
		refused::<S>(By::Payer, registration::<S>(bad));
	}
	register::<S>(OWNER);
	refused::<S>(By::Payer, registration::<S>(Registration { signature: forged, ..good }));
}

fn the_council_keeps_back_and_assigns<S: Subject>() {
	let key = key::<S>();
	for by in [By::Payer, By::Sponsor] {
		for decision in [Decision::Reserve(key), Decision::Assign(key, id(OWNER))] {
			assert_eq!(refused::<S>(by, S::decision(decision)), DispatchError::BadOrigin);
		}
	}
	decide::<S>(Decision::Reserve(key));
	cannot_register::<S>(OWNER, Admission::Reserved);
	decide::<S>(Decision::Unreserve(key));
	decide::<S>(Decision::Assign(key, id(HEIR)));
	S::go_to(2);
	cannot_register::<S>(OWNER, Admission::Reserved);
	register::<S>(HEIR);
	let Some(Reservation { assigned_to, .. }) = S::status(&name::<S>()).reservation else {
		panic!("an assignment holds once, and the name stays reserved");
	};
	assert_eq!(assigned_to, None);
	let removal = S::decision(Decision::Remove(name::<S>()));
	assert_eq!(refused::<S>(By::Payer, removal), DispatchError::BadOrigin);
}

fn what_the_council_took_away_stays_away<S: Subject>() {
	register::<S>(OWNER);
	S::go_to(5);
	decide::<S>(Decision::Remove(name::<S>()));
	assert_eq!((owner::<S>(), S::name_of(id(OWNER))), (None, None));
	let free_from = 5 + S::cool_down();
	cannot_register::<S>(HEIR, Admission::CoolingDown { free_from });
	S::go_to(6);
	let take_back = sign_at::<S>(OWNER, Action::TakeBack, 5, 0);
	refused::<S>(By::Payer, accept::<S>(OWNER, take_back));
	S::go_to(free_from);
	cannot_register::<S>(OWNER, Admission::Spent);
	// But by a claim of what the council assigns again.
	decide::<S>(Decision::Assign(key::<S>(), id(OWNER)));
	S::go_to(free_from + 1);
	cannot_register::<S>(OWNER, Admission::Spent);
	let claim = sign_at::<S>(OWNER, Action::Claim, free_from, 0);
	done::<S>(By::Payer, accept::<S>(OWNER, claim));
	assert_eq!(owner::<S>(), Some(id(OWNER)));
}

fn a_hand_over_is_heeded<S: Subject>() {
	register::<S>(OWNER);
	hand_over::<S>(9);
	cannot_register::<S>(STRANGER, Admission::NameTaken { by: id(OWNER) });
	S::go_to(10);
	cannot_register::<S>(HEIR, Admission::NameTaken { by: id(OWNER) });
	S::go_to(9);
	register::<S>(HEIR);
	assert_eq!(S::name_of(id(OWNER)), None);
	cannot_register::<S>(OWNER, Admission::NameTaken { by: id(HEIR) });
	// And back, which the former owner has to sign.
	state::<S>(HEIR, Action::HandOver { to: id(OWNER), deadline: 20 });
	cannot_register::<S>(OWNER, Admission::Spent);
	let NameRecord { block, sequence, .. } = S::status(&name::<S>()).record.expect("it is there");
	let accepted = sign_at::<S>(OWNER, Action::Accept, block, sequence);
	refused::<S>(
		By::Payer,
		accept::<S>(OWNER, sign_at::<S>(HEIR, Action::Accept, block, sequence)),
	);
	done::<S>(By::Payer, accept::<S>(OWNER, accepted));
	assert_eq!(owner::<S>(), Some(id(OWNER)));
}

fn a_release_is_heeded<S: Subject>() {
	register::<S>(OWNER);
	S::go_to(5);
	state::<S>(OWNER, Action::Release);
	let free_from = 5 + S::cool_down();
	let take_back = || accept::<S>(OWNER, sign_at::<S>(OWNER, Action::TakeBack, 5, 0));
	refused::<S>(By::Payer, take_back());
	S::go_to(6);
	cannot_register::<S>(STRANGER, Admission::CoolingDown { free_from });
	cannot_register::<S>(OWNER, Admission::Spent);
	let strangers = sign_at::<S>(STRANGER, Action::TakeBack, 5, 0);
	refused::<S>(By::Payer, accept::<S>(STRANGER, strangers));
	done::<S>(By::Payer, take_back());
	assert_eq!(owner::<S>(), Some(id(OWNER)));
	state::<S>(OWNER, Action::Release);
	S::go_to(6 + S::cool_down());
	refused::<S>(By::Payer, take_back());
	cannot_register::<S>(OWNER, Admission::Spent);
	register::<S>(STRANGER);
}

fn whoever_sends_pays_and_gets_it_back<S: Subject>() {
	done::<S>(By::Sponsor, registration::<S>(proof::<S>(OWNER)));
	let paid = S::held(By::Sponsor);
	assert!(paid > 0);
	assert_eq!(S::held(By::Payer), 0);
	// The heir's payer pays for the heir, and the mark of the owner stays his sponsor's.
	hand_over::<S>(9);
	done::<S>(By::Payer, registration::<S>(proof::<S>(HEIR)));
	let mark = S::held(By::Sponsor);
	assert!(0 < mark && mark < paid);
	assert_eq!(S::held(By::Payer), paid);
	decide::<S>(Decision::Remove(name::<S>()));
	assert_eq!((S::held(By::Payer), S::held(By::Sponsor)), (mark, mark));
}

fn what_is_not_selected_does_nothing<S: Subject>() {
	register::<S>(OWNER);
	let accepted = sign_at::<S>(OWNER, Action::Accept, 1, 0);
	let calls = [
		(By::Payer, registration::<S>(proof::<S>(HEIR))),
		(By::Payer, registration::<S>(proof::<S>(OWNER))),
		(By::Payer, accept::<S>(OWNER, accepted)),
		(By::Council, S::decision(Decision::Reserve(key::<S>()))),
		(By::Council, S::decision(Decision::Assign(key::<S>(), id(HEIR)))),
		(By::Council, S::decision(Decision::Remove(name::<S>()))),
	];
	for selected in [None, Some(AccountId::new([7; 32]))] {
		S::select(selected);
		for (by, call) in calls.clone() {
			refused::<S>(by, call);
		}
		assert_eq!(S::registration_call(proof::<S>(HEIR)), None);
		let heirs = proof::<S>(HEIR);
		assert_eq!(S::admission(heirs.name, heirs.key), Admission::Closed);
		// Names resolve all the same, and whoever has one is told so.
		assert_eq!(owner::<S>(), Some(id(OWNER)));
		let owners = proof::<S>(OWNER);
		assert_eq!(S::admission(owners.name, owners.key), Admission::Registered);
	}
}

fn swapping_moves_not_a_byte_in_any_state<S: Subject>() {
	let swap = || {
		let (content, status) = (S::content(), S::status(&name::<S>()));
		for logic in [Some(S::living()), None, Some(AccountId::new([7; 32])), Some(S::account())] {
			S::select(logic);
			assert_eq!((S::content(), S::status(&name::<S>())), (content, status.clone()));
		}
		content
	};
	let mut contents = vec![swap()];
	let steps: [fn(); 8] = [
		|| register::<S>(OWNER),
		|| hand_over::<S>(9),
		|| register::<S>(HEIR),
		|| state::<S>(HEIR, Action::Release),
		|| decide::<S>(Decision::Reserve(key::<S>())),
		|| decide::<S>(Decision::Assign(key::<S>(), id(STRANGER))),
		|| {
			S::go_to(2);
			register::<S>(STRANGER);
		},
		|| decide::<S>(Decision::Remove(name::<S>())),
	];
	for step in steps {
		step();
		contents.push(swap());
	}
	let distinct = contents.iter().collect::<alloc::collections::BTreeSet<_>>();
	assert_eq!(distinct.len(), contents.len(), "the digest notices every state");
}
