//! A state with one name, finalized by four authorities, and all that can be wrong with its proof.

use crate::*;
use finality_grandpa::SignedPrecommit;
use jns_primitives::{
	layout::{record_key, reverse_key},
	storage::{Value, ValueKind},
	test_support::genuine_registrations,
	AccountId, Balance, JamiId, Name, NameRecord, VersionedRecord,
};
use sp_consensus_grandpa::{localized_payload, Commit, Message, Precommit};
use sp_core::storage::StateVersion;
use sp_keyring::Ed25519Keyring::{self, Alice, Bob, Charlie, Dave, Eve};
use sp_runtime::{traits::BlakeTwo256, BoundedVec};
use sp_state_machine::{prove_read_on_trie_backend as prove_read, Backend, InMemoryBackend};

mod warp;

const SET: SetId = 7;
const ROUND: u64 = 30;
const STORE: u32 = 3;
const FOUR: [Ed25519Keyring; 4] = [Alice, Bob, Charlie, Dave];

type Vote =
	SignedPrecommit<Hash, BlockNumber, sp_consensus_grandpa::AuthoritySignature, AuthorityId>;
type Justification = GrandpaJustification<Header>;

fn name(text: &str) -> Name {
	Name::try_from(text.as_bytes()).unwrap()
}

fn record() -> NameRecord {
	let genuine = genuine_registrations()[1].clone();
	NameRecord {
		name: name(core::str::from_utf8(&genuine.name).unwrap()),
		id: genuine.id,
		key: genuine.key.try_into().unwrap(),
		signature: genuine.signature.try_into().unwrap(),
		block: 12,
		sequence: 1,
	}
}

fn entry(value: Value<AccountId>) -> Vec<u8> {
	let deposit: Option<(AccountId, Balance)> = Some((AccountId::new([9; 32]), 5));
	(value, deposit).encode()
}

fn bytes(bytes: Vec<u8>) -> BoundedVec<u8, sp_core::ConstU32<4096>> {
	bytes.try_into().unwrap()
}

/// Everything about that name, between much that is not about it.
/// A record as it is stored.
fn stored(record: &NameRecord) -> Vec<u8> {
	VersionedRecord::from(record.clone()).encode()
}

fn entries(record: &NameRecord) -> Vec<(Vec<u8>, Vec<u8>)> {
	let value = entry(Value::Bytes(bytes(stored(record))));
	let reverse = entry(Value::String(bytes(record.name.as_bytes().to_vec())));
	let mut all = vec![
		(keys::store(), STORE.encode()),
		(keys::entry(STORE, ValueKind::Bytes, &record_key(&record.name)), value),
		(keys::entry(STORE, ValueKind::String, &reverse_key(&record.id)), reverse),
	];
	all.extend((0..100u8).map(|n| (vec![n.wrapping_mul(37); 40], vec![n; 50])));
	all.extend((0..100u8).map(|n| {
		(keys::entry(STORE, ValueKind::Bytes, &[n; 32]), entry(Value::Bytes(bytes(vec![n; 600]))))
	}));
	all
}

fn state(entries: Vec<(Vec<u8>, Vec<u8>)>) -> InMemoryBackend<BlakeTwo256> {
	let entries = entries.into_iter().map(|(key, value)| (key, Some(value))).collect();
	(vec![(None, entries)], StateVersion::V1).into()
}

fn header(number: BlockNumber, parent_hash: Hash, state_root: Hash) -> Header {
	Header {
		number,
		parent_hash,
		state_root,
		extrinsics_root: Hash::repeat_byte(5),
		digest: Default::default(),
	}
}

fn vote_in(voter: Ed25519Keyring, target: &Header, round: u64, set: SetId) -> Vote {
	let precommit =
		Precommit::<Header> { target_hash: target.hash(), target_number: target.number };
	let message = Message::<Header>::Precommit(precommit.clone());
	let signature = voter.sign(&localized_payload(round, set, &message)).into();
	SignedPrecommit { precommit, signature, id: voter.public().into() }
}

fn vote(voter: Ed25519Keyring, target: &Header) -> Vote {
	vote_in(voter, target, ROUND, SET)
}

fn justification(target: &Header, precommits: Vec<Vote>, between: Vec<Header>) -> Justification {
	let (target_hash, target_number) = (target.hash(), target.number);
	let commit = Commit::<Header> { target_hash, target_number, precommits };
	GrandpaJustification { round: ROUND, commit, votes_ancestries: between }
}

fn set(id: SetId, keys: &[Ed25519Keyring]) -> Authorities {
	Authorities::new(id, keys.iter().map(|key| (key.public().into(), 1)).collect())
}

/// The proof of an answer in that state, with the votes of three of four.
fn proof_in(state: &InMemoryBackend<BlakeTwo256>, question: Question) -> Document {
	try_proof_in(state, question).unwrap()
}

fn try_proof_in(
	state: &InMemoryBackend<BlakeTwo256>,
	question: Question,
) -> Result<Document, ProofError> {
	let root = state.storage_root([].into_iter(), StateVersion::V1).0;
	let header = header(20, Hash::repeat_byte(1), root);
	let nodes = prove_read(state, question.keys(Some(STORE))).unwrap();
	let votes = [Alice, Bob, Charlie].map(|voter| vote(voter, &header)).into();
	let justification = justification(&header, votes, vec![]);
	Document::new(question, &header, SET, &justification, nodes.into_iter_nodes())
}

fn proof(question: Question) -> Document {
	proof_in(&state(entries(&record())), question)
}

fn proof_of_the_name() -> Document {
	proof(Question::Name(record().name))
}

impl Document {
	fn with_justification(mut self, change: impl FnOnce(&mut Justification, &Header)) -> Self {
		let header = decode(&self.header, "header").unwrap();
		let mut justification = decode(&self.justification, "justification").unwrap();
		change(&mut justification, &header);
		self.justification = justification.encode().into();
		self
	}

	fn with_votes(self, votes: impl Fn(&Header) -> Vec<Vote>) -> Self {
		self.with_justification(|justification, header| {
			justification.commit.precommits = votes(header);
		})
	}

	/// The same with another header, for which all have voted.
	fn with_header(mut self, change: impl FnOnce(&mut Header)) -> Self {
		let mut header: Header = decode(&self.header, "header").unwrap();
		change(&mut header);
		let votes = FOUR.map(|voter| vote(voter, &header)).into();
		self.header = header.encode().into();
		self.justification = justification(&header, votes, vec![]).encode().into();
		self
	}

	/// As it is read from a file.
	fn reread(&self) -> Self {
		serde_json::from_str(&serde_json::to_string(self).unwrap()).unwrap()
	}
}

#[test]
fn presence_and_absence_are_proven_of_names_and_of_ids() {
	let record = record();
	let found = Answer::Record(record.clone());
	let cases = [
		(Question::Name(record.name.clone()), Some(found)),
		(Question::Name(name("nobody")), None),
		(Question::Id(record.id), Some(Answer::Name(record.name.clone()))),
		(Question::Id(JamiId([4; 20])), None),
	];
	for (question, answer) in cases {
		let proof = proof(question.clone()).reread();
		let header: Header = decode(&proof.header, "header").unwrap();
		let expected = Verified { question, answer, number: 20, hash: header.hash() };
		assert_eq!(verify(&proof, &set(SET, &FOUR)), Ok(expected));
	}
}

#[test]
fn a_chain_without_a_store_of_names_proves_nothing_about_any() {
	let mut entries = entries(&record());
	entries.remove(0);
	for question in [Question::Name(record().name), Question::Id(record().id)] {
		let proof = try_proof_in(&state(entries.clone()), question);
		assert_eq!(proof.map(|_| ()), Err(ProofError::NoStore));
	}
}

#[test]
fn the_document_is_for_people_too() {
	let proof = serde_json::to_value(proof_of_the_name()).unwrap();
	assert_eq!(proof["question"]["name"], "alice-test_1");
	assert_eq!(proof["answer"]["record"]["name"], "alice-test_1");
	let id = proof["answer"]["record"]["id"].as_str().unwrap().to_owned();
	assert!(id.starts_with("0x") && id.len() == 42, "{id}");
	assert_eq!((&proof["format"], &proof["setId"]), (&1.into(), &SET.into()));
	let authorities = serde_json::to_value(set(SET, &[Alice])).unwrap();
	assert_eq!(authorities["setId"], SET);
	assert_eq!(authorities["authorities"][0]["weight"], 1);
	let key = authorities["authorities"][0]["key"].as_str().unwrap().to_owned();
	assert_eq!(key, format!("{:?}", Alice.to_h256_public()));
}

#[test]
fn a_document_says_nothing_but_what_is_known_here() {
	let proof = serde_json::to_value(proof_of_the_name()).unwrap();
	for (field, value) in [
		("question", serde_json::json!({ "name": "not/a name" })),
		("question", serde_json::json!({ "id": "0x12" })),
		("question", serde_json::json!({ "other": "alice" })),
		("answer", serde_json::json!({ "record": {} })),
		("header", "0xzz".into()),
		("nodes", serde_json::json!(["0xxy"])),
		("setId", (-1).into()),
		("more", 1.into()),
	] {
		let mut proof = proof.clone();
		proof[field] = value.clone();
		assert!(serde_json::from_value::<Document>(proof).is_err(), "{field}: {value}");
	}
}

/// A way to tamper with a proof, and what it is found out by.
struct Case {
	what: &'static str,
	proof: Document,
	trusted: Authorities,
	found: fn(&ProofError) -> bool,
}

fn case(what: &'static str, proof: Document, found: fn(&ProofError) -> bool) -> Case {
	Case { what, proof, trusted: set(SET, &FOUR), found }
}

fn assert_found_out(cases: impl IntoIterator<Item = Case>) {
	for Case { what, proof, trusted, found } in cases {
		let error = verify(&proof, &trusted).expect_err(what);
		assert!(found(&error), "{what}: {error:?}");
	}
}

fn is_too_few(error: &ProofError) -> bool {
	matches!(error, ProofError::TooFewVotes { .. })
}

fn is_bad_signature(error: &ProofError) -> bool {
	matches!(error, ProofError::BadSignature(_))
}

fn is_bad_nodes(error: &ProofError) -> bool {
	matches!(error, ProofError::BadNodes(_))
}

fn is_other_answer(error: &ProofError) -> bool {
	*error == ProofError::OtherAnswer
}

fn edited(mut proof: Document, edit: impl FnOnce(&mut Document)) -> Document {
	edit(&mut proof);
	proof
}

fn tampered(edit: impl FnOnce(&mut Document)) -> Document {
	edited(proof_of_the_name(), edit)
}

fn with_record(edit: impl FnOnce(&mut NameRecord)) -> Document {
	let mut record = record();
	edit(&mut record);
	tampered(|proof| proof.answer = Some(Answer::Record(record)))
}

#[test]
fn a_tampered_answer_is_found_out() {
	let absent = || proof(Question::Name(name("nobody")));
	let by_id = || proof(Question::Id(record().id));
	let stolen = NameRecord { id: JamiId([4; 20]), ..record() };
	let nodes_of = |record: &NameRecord| {
		proof_in(&state(entries(record)), Question::Name(record.name.clone())).nodes
	};
	let answer = Some(Answer::Record(stolen.clone()));
	assert_found_out([
		case("another ID", with_record(|record| record.id.0[0] ^= 1), is_other_answer),
		case("another key", with_record(|record| record.key[40] ^= 1), is_other_answer),
		case("another signature", with_record(|record| record.signature[0] ^= 1), is_other_answer),
		case("another block", with_record(|record| record.block += 1), is_other_answer),
		case("another sequence", with_record(|record| record.sequence += 1), is_other_answer),
		case("another name in the record", with_record(|r| r.name = name("bob")), is_other_answer),
		case("no record", tampered(|proof| proof.answer = None), is_other_answer),
		case(
			"a record where there is none",
			edited(absent(), |proof| proof.answer = Some(Answer::Record(record()))),
			is_other_answer,
		),
		case(
			"another name for an ID",
			edited(by_id(), |proof| proof.answer = Some(Answer::Name(name("bob")))),
			is_other_answer,
		),
		case("no name for an ID", edited(by_id(), |proof| proof.answer = None), is_other_answer),
		// The nodes of the question's neighbours may be enough to show that it is not there.
		case(
			"another name in the question",
			tampered(|proof| proof.question = Question::Name(name("bob"))),
			|error| is_bad_nodes(error) || is_other_answer(error),
		),
		case(
			"another ID in the question",
			edited(by_id(), |proof| proof.question = Question::Id(JamiId([4; 20]))),
			|error| is_bad_nodes(error) || is_other_answer(error),
		),
		case(
			"a name in the question after an ID",
			tampered(|proof| proof.question = Question::Id(record().id)),
			|error| is_bad_nodes(error) || is_other_answer(error),
		),
		case(
			"another state with its answer",
			tampered(|proof| {
				(proof.nodes, proof.answer) = (nodes_of(&stolen), answer);
			}),
			is_bad_nodes,
		),
	]);
}

#[test]
fn a_tampered_node_is_found_out_whichever_it_is() {
	let count = proof_of_the_name().nodes.len();
	assert!(count > 4, "the trie has depth: {count}");
	for at in 0..count {
		assert_found_out([
			case("a bit of a node", tampered(|proof| proof.nodes[at].0[3] ^= 1), is_bad_nodes),
			case("a node cut", tampered(|p| p.nodes[at].0.truncate(20)), is_bad_nodes),
			case("a node less", tampered(|p| drop(p.nodes.remove(at))), is_bad_nodes),
		]);
	}
	assert_found_out([case("no nodes", tampered(|proof| proof.nodes.clear()), is_bad_nodes)]);
	for at in 0..proof(Question::Name(name("nobody"))).nodes.len() {
		let less = edited(proof(Question::Name(name("nobody"))), |p| drop(p.nodes.remove(at)));
		assert_found_out([case("absence with a node less", less, is_bad_nodes)]);
	}
}

#[test]
fn a_state_that_is_laid_out_otherwise_is_told_from_absence() {
	for (at, value) in [
		(0, b"??".to_vec()),
		(1, vec![]),
		(1, entry(Value::Bool(true))),
		(1, entry(Value::Bytes(bytes(vec![1, 2, 3])))),
		(1, entry(Value::Bytes(bytes(stored(&NameRecord { name: name("bob"), ..record() }))))),
	] {
		let mut entries = entries(&record());
		entries[at].1 = value;
		let state = state(entries);
		let root = state.storage_root([].into_iter(), StateVersion::V1).0;
		let mut proof = proof_of_the_name().with_header(|header| header.state_root = root);
		let nodes = prove_read(&state, proof.question.keys(Some(STORE))).unwrap();
		proof.nodes = nodes.into_iter_nodes().map(Into::into).collect();
		let unknown = |error: &ProofError| matches!(error, ProofError::UnknownLayout(_));
		assert_found_out([case("another layout", proof, unknown)]);
	}
}

#[test]
fn a_tampered_header_is_found_out() {
	let header = |edit: fn(&mut Header)| {
		tampered(|proof| {
			let mut header: Header = decode(&proof.header, "header").unwrap();
			edit(&mut header);
			proof.header = header.encode().into();
		})
	};
	let other_block = |error: &ProofError| *error == ProofError::OtherBlock;
	let unreadable = |error: &ProofError| *error == ProofError::Unreadable("header");
	assert_found_out([
		case("another number", header(|header| header.number += 1), other_block),
		case("another parent", header(|header| header.parent_hash.0[0] ^= 1), other_block),
		case("another state", header(|header| header.state_root.0[0] ^= 1), other_block),
		case("other extrinsics", header(|header| header.extrinsics_root.0[0] ^= 1), other_block),
		case("half a header", tampered(|proof| proof.header.0.truncate(40)), unreadable),
		case("more than a header", tampered(|proof| proof.header.0.push(0)), unreadable),
		// Even if they had voted for it: the nodes are not those of its state.
		case(
			"another state that is final",
			proof_of_the_name().with_header(|header| header.state_root.0[0] ^= 1),
			is_bad_nodes,
		),
		// The document is of a block with a greater number than the one that was voted for.
		case(
			"another number in the commit",
			proof_of_the_name().with_justification(|all, _| all.commit.target_number += 1),
			other_block,
		),
		case(
			"another hash in the commit",
			proof_of_the_name().with_justification(|all, _| all.commit.target_hash.0[0] ^= 1),
			other_block,
		),
	]);
}

#[test]
fn a_tampered_vote_is_found_out() {
	let votes = |change: fn(&mut Vec<Vote>)| {
		proof_of_the_name().with_justification(|all, _| change(&mut all.commit.precommits))
	};
	let repeated = |error: &ProofError| matches!(error, ProofError::RepeatedVote(_));
	let unreadable = |error: &ProofError| *error == ProofError::Unreadable("justification");
	assert_found_out([
		case(
			"another signature",
			votes(|votes| votes[0].signature = votes[1].signature.clone()),
			is_bad_signature,
		),
		case("another target", votes(|votes| votes[2].precommit.target_hash.0[0] ^= 1), {
			is_bad_signature
		}),
		case("another height", votes(|votes| votes[2].precommit.target_number += 1), {
			is_bad_signature
		}),
		case("another's name", votes(|votes| votes[0].id = Dave.public().into()), is_bad_signature),
		case("another round", proof_of_the_name().with_justification(|all, _| all.round += 1), {
			is_bad_signature
		}),
		case("a stranger's name", votes(|votes| votes[0].id = Eve.public().into()), |error| {
			*error == ProofError::UnknownVoter(Eve.public().into())
		}),
		case("a vote twice", votes(|votes| votes.push(votes[0].clone())), repeated),
		case(
			"a vote twice in the place of another",
			votes(|votes| votes[2] = votes[0].clone()),
			repeated,
		),
		case("half a justification", tampered(|proof| proof.justification.0.truncate(100)), {
			unreadable
		}),
		case("more than a justification", tampered(|proof| proof.justification.0.push(0)), {
			unreadable
		}),
		case("no justification", tampered(|proof| proof.justification.0.clear()), unreadable),
	]);
}

#[test]
fn too_few_votes_are_found_out() {
	let child_of = |header: &Header| crate::tests::header(21, header.hash(), Hash::zero());
	let proof = proof_of_the_name;
	let of_two = |header: &Header| [Alice, Bob].map(|voter| vote(voter, header)).to_vec();
	let with_a_stray = |stray: fn(&Header) -> Header| {
		proof().with_votes(|header| [of_two(header), vec![vote(Charlie, &stray(header))]].concat())
	};
	assert_found_out([
		case("none", proof().with_votes(|_| vec![]), is_too_few),
		case("two of four", proof().with_votes(of_two), |error| {
			*error == ProofError::TooFewVotes { weight: 2, total: 4 }
		}),
		Case {
			what: "two of three, which is not more than two thirds",
			trusted: set(SET, &[Alice, Bob, Charlie]),
			..case("", proof().with_votes(of_two), is_too_few)
		},
		case(
			"a third for another block",
			with_a_stray(|_| header(20, Hash::zero(), Hash::zero())),
			is_too_few,
		),
		case(
			"a third for one above it, as nobody shows",
			with_a_stray(|it| header(21, it.hash(), Hash::zero())),
			is_too_few,
		),
		case(
			"a third for the block below",
			with_a_stray(|_| header(19, Hash::zero(), Hash::zero())),
			is_too_few,
		),
		case(
			"a third that says another height of one above it",
			proof().with_justification(|all, it| {
				let child = child_of(it);
				let lie = Header { number: 22, ..child.clone() };
				let mut stray = vote(Charlie, &lie);
				stray.precommit.target_hash = child.hash();
				let message = Message::<Header>::Precommit(stray.precommit.clone());
				stray.signature = Charlie.sign(&localized_payload(ROUND, SET, &message)).into();
				all.commit.precommits = [of_two(it), vec![stray]].concat();
				all.votes_ancestries = vec![child];
			}),
			is_too_few,
		),
		case(
			"one who votes for two blocks, and counts once",
			proof().with_justification(|all, it| {
				let child = child_of(it);
				all.commit.precommits = [of_two(it), vec![vote(Alice, &child)]].concat();
				all.votes_ancestries = vec![child];
			}),
			is_too_few,
		),
	]);
}

#[test]
fn other_authorities_and_sets_are_found_out() {
	let other_set =
		|error: &ProofError| matches!(error, ProofError::OtherSet { by: 8, trusted: 7 });
	let strangers = [Eve, Ed25519Keyring::Ferdie, Ed25519Keyring::One, Ed25519Keyring::Two];
	let twice = [Alice, Bob, Charlie, Alice];
	let heavy = |heavy| {
		let mut trusted = set(SET, &FOUR);
		trusted.authorities[3].weight = heavy;
		trusted
	};
	assert_found_out([
		case("another set in the document", tampered(|proof| proof.set_id += 1), other_set),
		Case {
			what: "another set in the document and with the authorities",
			trusted: set(SET + 1, &FOUR),
			..case("", tampered(|proof| proof.set_id += 1), is_bad_signature)
		},
		case(
			"votes of the set before, for which all have voted",
			proof_of_the_name()
				.with_votes(|header| FOUR.map(|it| vote_in(it, header, ROUND, SET - 1)).to_vec()),
			is_bad_signature,
		),
		Case {
			what: "another chain's authorities",
			trusted: set(SET, &strangers),
			..case("", proof_of_the_name(), |error| matches!(error, ProofError::UnknownVoter(_)))
		},
		Case {
			what: "one authority who has more than a third and did not vote",
			trusted: heavy(2),
			..case("", proof_of_the_name(), |error| {
				*error == ProofError::TooFewVotes { weight: 3, total: 5 }
			})
		},
		Case {
			what: "weights that fill their type",
			trusted: heavy(u64::MAX),
			..case("", proof_of_the_name(), is_too_few)
		},
		Case {
			what: "authorities that are there twice",
			trusted: set(SET, &twice),
			..case("", proof_of_the_name(), |error| {
				matches!(error, ProofError::RepeatedAuthority(_))
			})
		},
		Case {
			what: "no authorities",
			trusted: set(SET, &[]),
			..case("", proof_of_the_name().with_votes(|_| vec![]), is_too_few)
		},
		case("another format", tampered(|proof| proof.format = 2), |error| {
			*error == ProofError::UnknownFormat(2)
		}),
	]);
}

#[test]
fn what_says_the_same_in_another_way_holds() {
	let trusted = set(SET, &FOUR);
	let in_order = proof_of_the_name();
	let above = |all: &mut Justification, it: &Header, swapped: bool| {
		let child = header(21, it.hash(), Hash::zero());
		let grandchild = header(22, child.hash(), Hash::zero());
		all.commit.precommits =
			vec![vote(Alice, it), vote(Bob, &child), vote(Charlie, &grandchild)];
		all.votes_ancestries = vec![child, grandchild];
		if swapped {
			all.votes_ancestries.reverse();
		}
	};
	let proofs = [
		in_order.clone().with_justification(|all, _| all.commit.precommits.reverse()),
		edited(in_order.clone(), |proof| proof.nodes.reverse()),
		edited(in_order.clone(), |proof| proof.nodes.push(proof.nodes[0].clone())),
		edited(in_order.clone(), |proof| proof.nodes.push(vec![1, 2, 3].into())),
		in_order.clone().with_votes(|it| FOUR.map(|voter| vote(voter, it)).to_vec()),
		// Votes for blocks above it are votes for it.
		in_order.clone().with_justification(|all, it| above(all, it, false)),
		in_order.clone().with_justification(|all, it| above(all, it, true)),
		// Somebody voted twice, and enough others once.
		in_order.clone().with_justification(|all, it| {
			let fork = header(20, Hash::zero(), Hash::zero());
			all.commit.precommits.push(vote(Alice, &fork));
			all.commit.precommits.push(vote(Dave, &fork));
			all.votes_ancestries = vec![it.clone()];
		}),
	];
	let expected = verify(&in_order, &trusted).unwrap();
	for (at, proof) in proofs.into_iter().enumerate() {
		assert_eq!(verify(&proof.reread(), &trusted), Ok(expected.clone()), "{at}");
	}
}
