//! Proofs of names speak of the places where this runtime's pallets put them.

use super::*;
use jns_name_proof::{keys, Answer, Document, Question};
use jns_primitives::{
	council::Label,
	layout::{self, NAMES_LABEL},
	storage::ValueKind,
	test_support::genuine_registrations,
	Header, JamiId, Name,
};
use sp_consensus_grandpa::{Commit, GrandpaJustification};
use sp_state_machine::prove_read_on_trie_backend as prove_read;

#[test]
fn the_keys_of_proofs_are_those_of_the_pallets() {
	let label = Label::try_from(NAMES_LABEL.to_vec()).unwrap();
	assert_eq!(keys::store(), pallet_council::StoreOf::<Runtime>::hashed_key_for(label));
	assert_eq!(keys::authorities(), pallet_grandpa::Authorities::<Runtime>::hashed_key());
	let name = Name::try_from(&b"alice"[..]).unwrap();
	for kind in ValueKind::ALL {
		let key = layout::record_key(&name);
		assert_eq!(
			keys::entry(5, kind, &key),
			pallet_eternal_storage::EntryOf::<Runtime>::hashed_key_for((5, kind, key))
		);
	}
}

#[test]
fn what_the_runtime_wrote_is_proven() {
	let registration = genuine_registrations()[1].clone();
	let mut ext = chain("development");
	let store = ext.execute_with(|| {
		assert_ok!(register(Alice, &registration));
		let label = Label::try_from(NAMES_LABEL.to_vec()).unwrap();
		pallet_council::StoreOf::<Runtime>::get(label)
	});
	ext.commit_all().unwrap();
	let header = Header {
		number: 1,
		parent_hash: Default::default(),
		state_root: *ext.backend.root(),
		extrinsics_root: Default::default(),
		digest: Default::default(),
	};
	let commit =
		Commit::<Header> { target_hash: header.hash(), target_number: 1, precommits: Vec::new() };
	let votes = GrandpaJustification { round: 1, commit, votes_ancestries: Vec::new() };
	let answer = |question: Question| {
		let nodes = prove_read(&ext.backend, question.keys(store)).unwrap().into_iter_nodes();
		Document::new(question, &header, 0, &votes, nodes).unwrap().answer
	};

	let name = Name::try_from(registration.name).unwrap();
	match answer(Question::Name(name.clone())) {
		Some(Answer::Record(record)) => {
			assert_eq!((&record.name, record.id), (&name, registration.id));
			assert_eq!(record.key.to_vec(), registration.key);
		},
		other => panic!("{other:?}"),
	}
	assert_eq!(answer(Question::Id(registration.id)), Some(Answer::Name(name)));
	let nobody = Name::try_from(&b"nobody"[..]).unwrap();
	assert_eq!(answer(Question::Name(nobody)), None);
	assert_eq!(answer(Question::Id(JamiId([4; 20]))), None);
}
