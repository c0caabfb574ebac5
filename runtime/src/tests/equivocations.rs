//! Reports of equivocations enter a pool or a block only if they hold.

use super::{
	blocks::{header, pre_digest, Blocks},
	*,
};
use crate::numbers;
use frame_support::{hypothetically, traits::KeyOwnerProofSystem};
use sp_consensus_babe::digests::CompatibleDigestItem;
use sp_core::{ed25519, sr25519, Pair};
use sp_keyring::Ed25519Keyring;
use sp_runtime::{
	transaction_validity::{
		InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
	},
	DigestItem,
};
use sp_session::MembershipProof;

type BabeProof = sp_consensus_babe::EquivocationProof<Header>;
type GrandpaProof = sp_consensus_grandpa::EquivocationProof<Hash, BlockNumber>;

/// Place of the validator who cheats. The first one makes all blocks.
const OFFENDER: usize = 1;

const BAD_PROOF: TransactionValidityError =
	TransactionValidityError::Invalid(InvalidTransaction::BadProof);

/// A local chain in the era behind its first election.
fn started() -> Blocks {
	let mut chain = Blocks::new("local", numbers::LOCAL);
	chain.run(70);
	assert!(chain.with(Session::current_index) >= 3);
	chain
}

/// Returns the verdict of a node's pool on its own report.
fn validate(call: &RuntimeCall) -> TransactionValidity {
	let report = UncheckedExtrinsic::new_bare(call.clone());
	hypothetically!(Executive::validate_transaction(TransactionSource::Local, report, Hash::zero()))
}

/// Checks that neither a pool nor a block takes the report.
fn is_refused(chain: &mut Blocks, call: RuntimeCall, why: &str) {
	chain.room();
	assert_eq!(chain.with(|| validate(&call)).unwrap_err(), BAD_PROOF, "{why}");
	let before = chain.with(|| pallet_offences::Reports::<Runtime>::iter().count());
	let made = chain.make(|| vec![Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(call))]);
	assert_eq!(made.results, [Err(BAD_PROOF)], "{why}");
	let after = chain.with(|| pallet_offences::Reports::<Runtime>::iter().count());
	assert_eq!(before, after, "{why}");
}

/// Checks that a pool and a block take the report once, and that the offender is slashed.
fn is_punished(chain: &mut Blocks, call: RuntimeCall) {
	chain.room();
	assert_ok!(chain.with(|| validate(&call)));
	let report = UncheckedExtrinsic::new_bare(call.clone());
	let made = chain.make(|| vec![Executive::apply_extrinsic(report.clone())]);
	assert_eq!(made.results, [Ok(Ok(()))]);
	let happened = |what: fn(&RuntimeEvent) -> bool| made.events.iter().any(what);
	assert!(happened(|event| matches!(
		event,
		RuntimeEvent::Offences(pallet_offences::Event::Offence { .. })
	)));
	assert!(happened(|event| matches!(
		event,
		RuntimeEvent::Staking(pallet_staking::Event::SlashReported { .. })
	)));
	// The same is not taken again.
	let stale = TransactionValidityError::Invalid(InvalidTransaction::Stale);
	assert_eq!(chain.with(|| validate(&call)).unwrap_err(), stale);
	chain.room();
	let made = chain.make(|| vec![Executive::apply_extrinsic(report)]);
	assert_eq!(made.results, [Err(stale)]);
}

/// Proof that a key is a validator's in this session.
fn owner<Id: Clone>(
	chain: &mut Blocks,
	kind: sp_core::crypto::KeyTypeId,
	key: &Id,
) -> MembershipProof
where
	Historical: KeyOwnerProofSystem<(sp_core::crypto::KeyTypeId, Id), Proof = MembershipProof>,
{
	chain.with(|| Historical::prove((kind, key.clone()))).expect("it is a validator's")
}

fn babe_owner(chain: &mut Blocks, proof: &BabeProof) -> MembershipProof {
	owner(chain, sp_consensus_babe::KEY_TYPE, &proof.offender)
}

fn grandpa_owner(chain: &mut Blocks, proof: &GrandpaProof) -> MembershipProof {
	owner(chain, sp_consensus_grandpa::KEY_TYPE, proof.offender())
}

fn babe_report(proof: BabeProof, key_owner_proof: MembershipProof) -> RuntimeCall {
	let equivocation_proof = Box::new(proof);
	pallet_babe::Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof }.into()
}

fn grandpa_report(proof: GrandpaProof, key_owner_proof: MembershipProof) -> RuntimeCall {
	let equivocation_proof = Box::new(proof);
	pallet_grandpa::Call::report_equivocation_unsigned { equivocation_proof, key_owner_proof }
		.into()
}

/// Key of the authority who cheats.
fn cheating_author(chain: &mut Blocks) -> sr25519::Pair {
	let (key, _) = chain.with(|| Babe::authorities()[OFFENDER].clone());
	let is_it = |ring: &Sr25519Keyring| sp_consensus_babe::AuthorityId::from(ring.public()) == key;
	Sr25519Keyring::iter().find(is_it).expect("it is a development key").pair()
}

/// A sealed header of that slot; headers of different numbers are different.
fn sealed(number: BlockNumber, slot: u64, author: &sr25519::Pair) -> Header {
	let mut header = header(number, Hash::zero(), pre_digest(slot, OFFENDER as u32));
	let seal = author.sign(header.hash().as_bytes());
	header.digest.push(<DigestItem as CompatibleDigestItem>::babe_seal(seal.into()));
	header
}

/// Two sealed headers of the last block's slot.
fn double_block(chain: &mut Blocks, author: &sr25519::Pair) -> BabeProof {
	let slot = chain.slot() - 1;
	BabeProof {
		offender: author.public().into(),
		slot: slot.into(),
		first_header: sealed(7, slot, author),
		second_header: sealed(8, slot, author),
	}
}

#[test]
fn two_blocks_in_a_slot_are_punished() {
	let mut chain = started();
	let author = cheating_author(&mut chain);
	let proof = double_block(&mut chain, &author);
	let owner = babe_owner(&mut chain, &proof);
	is_punished(&mut chain, babe_report(proof, owner));
	assert_eq!(chain.with(Session::disabled_validators), [OFFENDER as u32]);
}

#[test]
fn two_blocks_in_a_slot_are_punished_in_a_later_session_and_behind_skipped_ones() {
	for skipped in [0, 100] {
		let mut chain = started();
		chain.skip(skipped);
		chain.run(25);
		let author = cheating_author(&mut chain);
		let proof = double_block(&mut chain, &author);
		let owner = babe_owner(&mut chain, &proof);
		chain.run(25);
		is_punished(&mut chain, babe_report(proof, owner));
	}
}

#[test]
fn a_report_of_two_blocks_that_does_not_hold_is_refused() {
	let mut chain = started();
	let author = cheating_author(&mut chain);
	let early = chain.with(|| {
		let key = (sp_consensus_babe::KEY_TYPE, Babe::authorities()[OFFENDER].0.clone());
		Historical::prove(key).unwrap()
	});
	// The session of the headers is the next one, and that of all reports.
	chain.run(12);
	let stranger = Sr25519Keyring::Eve.pair();
	let other = chain.with(|| Babe::authorities()[OFFENDER + 1].0.clone());
	let genuine = double_block(&mut chain, &author);
	let slot = *genuine.slot;
	let without_seal = |mut header: Header| {
		header.digest.pop();
		header
	};
	let mut of_another_author = genuine.clone();
	of_another_author.offender = other;
	let cases: Vec<(&str, BabeProof)> = vec![
		(
			"the seals were taken off, as the SDK's import does",
			BabeProof {
				first_header: without_seal(genuine.first_header.clone()),
				second_header: without_seal(genuine.second_header.clone()),
				..genuine.clone()
			},
		),
		(
			"one seal was taken off",
			BabeProof {
				second_header: without_seal(genuine.second_header.clone()),
				..genuine.clone()
			},
		),
		(
			"it is the same header twice",
			BabeProof { second_header: genuine.first_header.clone(), ..genuine.clone() },
		),
		(
			"a stranger sealed one of them",
			BabeProof { second_header: sealed(8, slot, &stranger), ..genuine.clone() },
		),
		(
			"they are of different slots",
			BabeProof { second_header: sealed(8, slot - 1, &author), ..genuine.clone() },
		),
		("it names another slot", BabeProof { slot: (slot - 1).into(), ..genuine.clone() }),
		("it names another validator", of_another_author),
	];
	for (why, proof) in cases {
		let owner = babe_owner(&mut chain, &proof);
		is_refused(&mut chain, babe_report(proof, owner), why);
	}
	let call = babe_report(genuine.clone(), early);
	is_refused(&mut chain, call, "the key is proven for another session");
	let mut owner = babe_owner(&mut chain, &genuine);
	let proven = owner.clone();
	owner.trie_nodes.pop();
	is_refused(&mut chain, babe_report(genuine.clone(), owner), "the key is not proven");
	is_punished(&mut chain, babe_report(genuine, proven));
}

/// A vote of a kind, 0 for a prevote and 1 for a precommit, for a block of that number.
type Vote = (Hash, BlockNumber, ed25519::Signature);

fn vote(kind: u8, number: BlockNumber, round: u64, set: u64, voter: &ed25519::Pair) -> Vote {
	let target = Hash::repeat_byte(number as u8);
	let message = (kind, target, number);
	let payload = sp_consensus_grandpa::localized_payload(round, set, &message);
	(target, number, voter.sign(&payload))
}

/// A proof of two votes, as it is encoded.
fn double_vote(
	kind: u8,
	round: u64,
	set: u64,
	who: ed25519::Public,
	votes: [Vote; 2],
) -> GrandpaProof {
	let encoded = (set, kind, round, who, votes).encode();
	GrandpaProof::decode(&mut &encoded[..]).unwrap()
}

/// Key of the voter who cheats, and the set that votes.
fn cheating_voter(chain: &mut Blocks) -> (ed25519::Pair, u64) {
	let (key, _) = chain.with(|| Grandpa::grandpa_authorities()[OFFENDER].clone());
	let is_it =
		|ring: &Ed25519Keyring| sp_consensus_grandpa::AuthorityId::from(ring.public()) == key;
	let pair = Ed25519Keyring::iter().find(is_it).expect("it is a development key").pair();
	(pair, chain.with(pallet_grandpa::CurrentSetId::<Runtime>::get))
}

#[test]
fn two_votes_in_a_round_are_punished() {
	for kind in [0, 1] {
		let mut chain = started();
		let (voter, set) = cheating_voter(&mut chain);
		let votes = [1, 2].map(|number| vote(kind, number, 5, set, &voter));
		let proof = double_vote(kind, 5, set, voter.public(), votes);
		let owner = grandpa_owner(&mut chain, &proof);
		is_punished(&mut chain, grandpa_report(proof, owner));
		assert_eq!(chain.with(Session::disabled_validators), [OFFENDER as u32]);
	}
}

#[test]
fn a_report_of_two_votes_that_does_not_hold_is_refused() {
	let mut chain = started();
	let (voter, set) = cheating_voter(&mut chain);
	let stranger = Ed25519Keyring::Eve.pair();
	let me = voter.public();
	let (other, _) = chain.with(|| Grandpa::grandpa_authorities()[OFFENDER + 1].clone());
	let other: ed25519::Public = other.into();
	let by = |number, round, set, who: &ed25519::Pair| vote(0, number, round, set, who);
	let [first, second] = [by(1, 5, set, &voter), by(2, 5, set, &voter)];
	for (why, proof) in [
		("it is the same vote twice", double_vote(0, 5, set, me, [first, first])),
		(
			"a stranger signed one of them",
			double_vote(0, 5, set, me, [first, by(2, 5, set, &stranger)]),
		),
		("one is of another round", double_vote(0, 5, set, me, [first, by(2, 6, set, &voter)])),
		("one is of another set", double_vote(0, 5, set, me, [first, by(2, 5, set + 1, &voter)])),
		("one is of another kind", double_vote(0, 5, set, me, [first, vote(1, 2, 5, set, &voter)])),
		("it names another voter", double_vote(0, 5, set, other, [first, second])),
		(
			"the voter was none in that set, as far as the proof of the key says",
			double_vote(0, 5, 0, me, [by(1, 5, 0, &voter), by(2, 5, 0, &voter)]),
		),
		(
			"there has been no such set",
			double_vote(0, 5, 99, me, [by(1, 5, 99, &voter), by(2, 5, 99, &voter)]),
		),
	] {
		let owner = grandpa_owner(&mut chain, &proof);
		is_refused(&mut chain, grandpa_report(proof, owner), why);
	}
	let genuine = double_vote(0, 5, set, me, [first, second]);
	let mut owner = grandpa_owner(&mut chain, &genuine);
	let proven = owner.clone();
	owner.trie_nodes.pop();
	is_refused(&mut chain, grandpa_report(genuine.clone(), owner), "the key is not proven");
	is_punished(&mut chain, grandpa_report(genuine, proven));
}
