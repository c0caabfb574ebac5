//! Three sets after one another, from a genesis block on, and all that can be wrong with such a sequel.

use super::*;
use crate::warp::{follow, Fragment, Genesis, Trust, WarpProof};
use sp_consensus_grandpa::{AuthorityList, ConsensusLog, ScheduledChange, GRANDPA_ENGINE_ID};
use sp_runtime::{Digest, DigestItem};
use Trust::Authorities as Set;

fn list(keys: &[Ed25519Keyring]) -> AuthorityList {
	keys.iter().map(|key| (key.public().into(), 1)).collect()
}

/// The sets of this chain, by their numbers.
fn sets() -> [Authorities; 4] {
	[set(0, &FOUR), set(1, &FOUR), set(2, &[Bob, Eve]), set(3, &[Eve])]
}

fn genesis_state() -> InMemoryBackend<BlakeTwo256> {
	let mut entries = entries(&record());
	entries.push((keys::authorities(), list(&FOUR).encode()));
	state(entries)
}

fn genesis_header() -> Header {
	header(0, Hash::zero(), genesis_state().storage_root([].into_iter(), StateVersion::V1).0)
}

fn trust() -> Trust {
	Trust::Genesis(genesis_header().hash())
}

fn genesis() -> Genesis {
	let nodes = prove_read(&genesis_state(), [keys::authorities()]).unwrap();
	Genesis::new(&genesis_header(), nodes.into_iter_nodes())
}

fn log(log: ConsensusLog<BlockNumber>) -> DigestItem {
	DigestItem::Consensus(GRANDPA_ENGINE_ID, log.encode())
}

fn announcement(keys: &[Ed25519Keyring]) -> ConsensusLog<BlockNumber> {
	ConsensusLog::ScheduledChange(ScheduledChange { next_authorities: list(keys), delay: 0 })
}

/// A block with these logs, for which these have voted as that set.
fn fragment(
	number: BlockNumber,
	logs: Vec<DigestItem>,
	voters: &[Ed25519Keyring],
	set: SetId,
) -> Fragment {
	let mut header = header(number, Hash::repeat_byte(1), Hash::repeat_byte(2));
	header.digest = Digest { logs };
	let votes = voters.iter().map(|voter| vote_in(*voter, &header, ROUND, set)).collect();
	Fragment::new(&header, justification(&header, votes, vec![]).encode())
}

fn change(
	number: BlockNumber,
	to: &[Ed25519Keyring],
	voters: &[Ed25519Keyring],
	set: SetId,
) -> Fragment {
	let others = DigestItem::Seal(*b"BABE", vec![1]);
	let more = log(ConsensusLog::OnDisabled(0));
	fragment(number, vec![others, more, log(announcement(to))], voters, set)
}

fn proof() -> WarpProof {
	WarpProof {
		format: WarpProof::FORMAT,
		genesis: Some(genesis()),
		set_id: 0,
		fragments: vec![
			change(10, &FOUR, &[Alice, Bob, Charlie], 0),
			change(20, &[Bob, Eve], &[Bob, Charlie, Dave], 1),
			change(30, &[Eve], &[Bob, Eve], 2),
		],
		complete: true,
	}
}

fn edited(edit: impl FnOnce(&mut WarpProof)) -> WarpProof {
	let mut proof = proof();
	edit(&mut proof);
	proof
}

/// What is behind the first `n` fragments.
fn after(n: usize) -> WarpProof {
	edited(|proof| {
		proof.genesis = None;
		proof.set_id = n as SetId;
		proof.fragments.drain(..n);
	})
}

fn until(n: usize) -> WarpProof {
	edited(|proof| {
		proof.fragments.truncate(n);
		proof.complete = false;
	})
}

fn reread(proof: &WarpProof) -> WarpProof {
	serde_json::from_str(&serde_json::to_string(proof).unwrap()).unwrap()
}

#[test]
fn each_set_leads_to_the_next_from_genesis_or_from_any_of_them() {
	let [zero, one, two, three] = sets();
	let all = vec![zero.clone(), one.clone(), two.clone(), three.clone()];
	assert_eq!(follow(trust(), &[reread(&proof())]), Ok(all.clone()));
	// In parts, which may overlap.
	assert_eq!(follow(trust(), &[until(1), after(1)]), Ok(all.clone()));
	assert_eq!(follow(trust(), &[until(2), after(1), proof()]), Ok(all.clone()));
	// From a set that is trusted, by what begins with it or before it.
	assert_eq!(follow(Set(one.clone()), &[after(1)]), Ok(all[1..].to_vec()));
	assert_eq!(follow(Set(two.clone()), &[proof()]), Ok(all[2..].to_vec()));
	// To where it goes, which may be nowhere.
	assert_eq!(follow(trust(), &[until(2)]), Ok(all[..3].to_vec()));
	assert_eq!(follow(trust(), &[until(0)]), Ok(vec![zero]));
	assert_eq!(follow(Set(three.clone()), &[proof()]), Ok(vec![three.clone()]));
	assert_eq!(follow(Set(three.clone()), &[]), Ok(vec![three]));
}

#[test]
fn a_proof_is_checked_by_the_set_that_was_followed_to() {
	let sets = follow(trust(), &[proof()]).unwrap();
	let mut by_two = proof_of_the_name();
	let header: Header = decode(&by_two.header, "header").unwrap();
	let votes = [Bob, Eve].map(|voter| vote_in(voter, &header, ROUND, 2)).into();
	by_two.set_id = 2;
	by_two.justification = justification(&header, votes, vec![]).encode().into();
	assert!(verify(&by_two, &sets[2]).is_ok());
	assert_eq!(verify(&by_two, &sets[3]), Err(ProofError::OtherSet { by: 2, trusted: 3 }));
}

#[test]
fn what_is_tampered_with_leads_nowhere() {
	let with = |at: usize, fragment: Fragment| edited(|proof| proof.fragments[at] = fragment);
	let three = &[Alice, Bob, Charlie][..];
	let delayed = ScheduledChange { next_authorities: list(&[Eve]), delay: 1 };
	let forced = ScheduledChange { next_authorities: list(&[Eve]), delay: 0 };
	let by_force = log(ConsensusLog::ForcedChange(5, forced));
	let nothing = |n| ProofError::NothingAnnounced(n);
	let bad = |error: &ProofError| matches!(error, ProofError::BadSignature(_));
	let few = |weight, total| ProofError::TooFewVotes { weight, total };
	let other = genesis_header().hash();
	let mut foreign = genesis_header();
	foreign.extrinsics_root = Hash::zero();
	let foreign = Genesis { header: foreign.encode().into(), ..genesis() };
	let mut poor = genesis();
	poor.nodes.pop();
	let longest = poor.nodes.iter().map(|node| node.len()).max().unwrap();
	poor.nodes.retain(|node| node.len() < longest);

	let exact = [
		("two of four", with(0, change(10, &FOUR, &[Alice, Bob], 0)), few(2, 4)),
		("no votes", with(1, change(20, &[Eve], &[], 1)), few(0, 4)),
		("one of the new set of two", with(2, change(30, &[Eve], &[Eve], 2)), few(1, 2)),
		("no change", with(0, fragment(10, vec![], three, 0)), nothing(10)),
		(
			"a change for a later block",
			with(0, fragment(10, vec![log(ConsensusLog::ScheduledChange(delayed))], three, 0)),
			nothing(10),
		),
		("by force", with(0, fragment(10, vec![by_force.clone()], three, 0)), nothing(10)),
		(
			"by force as well",
			with(0, fragment(10, vec![log(announcement(&[Eve])), by_force], three, 0)),
			nothing(10),
		),
		("without the genesis block", edited(|proof| proof.genesis = None), ProofError::NoGenesis),
		(
			"another genesis block",
			edited(|proof| proof.genesis = Some(foreign.clone())),
			ProofError::OtherGenesis {
				its: decode::<Header>(&foreign.header, "").unwrap().hash(),
				trusted: other,
			},
		),
		(
			"begins too late",
			edited(|proof| proof.set_id = 1),
			ProofError::Gap { from: 1, known: 0 },
		),
		("another format", edited(|proof| proof.format = 2), ProofError::UnknownFormat(2)),
		(
			"no header",
			edited(|proof| proof.fragments[1].header = vec![1].into()),
			ProofError::Unreadable("header"),
		),
		(
			"no votes that can be read",
			edited(|proof| proof.fragments[1].justification = vec![1].into()),
			ProofError::Unreadable("justification"),
		),
		(
			"the votes for another block",
			edited(|proof| {
				proof.fragments[0].justification = change(11, &FOUR, three, 0).justification
			}),
			ProofError::OtherBlock,
		),
	];
	for (what, proof, expected) in exact {
		assert_eq!(follow(trust(), &[reread(&proof)]), Err(expected), "{what}");
	}
	let alike: [(_, _, fn(&ProofError) -> bool); 5] = [
		("votes as another set", with(1, change(20, &[Eve], three, 0)), bad),
		("a fragment left out", edited(|proof| drop(proof.fragments.remove(0))), bad),
		("in another order", edited(|proof| proof.fragments.swap(1, 2)), |error| {
			matches!(error, ProofError::UnknownVoter(_) | ProofError::BadSignature(_))
		}),
		("strangers' votes", with(0, change(10, &FOUR, &[Eve], 0)), |error| {
			matches!(error, ProofError::UnknownVoter(_))
		}),
		("a node left out", edited(|proof| proof.genesis = Some(poor)), |error| {
			matches!(error, ProofError::BadNodes(_))
		}),
	];
	for (what, proof, found) in alike {
		let error = follow(trust(), &[reread(&proof)]).expect_err(what);
		assert!(found(&error), "{what}: {error:?}");
	}
	// Another set of authorities than the chain's is as good as another chain.
	let error = follow(Set(set(0, &[Eve])), &[proof()]).unwrap_err();
	assert!(matches!(error, ProofError::UnknownVoter(_)), "{error:?}");
	let numbers_end = Set(set(SetId::MAX, &FOUR));
	let last = edited(|proof| {
		proof.set_id = SetId::MAX;
		proof.fragments = vec![change(10, &FOUR, three, SetId::MAX)];
	});
	assert_eq!(follow(numbers_end, &[last]), Err(nothing(10)));
}

#[test]
fn a_state_without_authorities_vouches_for_none() {
	let state = state(entries(&record()));
	let root = state.storage_root([].into_iter(), StateVersion::V1).0;
	let header = header(0, Hash::zero(), root);
	let nodes = prove_read(&state, [keys::authorities()]).unwrap();
	let genesis = Genesis::new(&header, nodes.into_iter_nodes());
	assert_eq!(
		follow(Trust::Genesis(header.hash()), &[edited(|proof| proof.genesis = Some(genesis))]),
		Err(ProofError::UnknownLayout("list of authorities"))
	);
}

/// What was written once can be read for as long as the format has its number; the fuzzer begins with it.
#[test]
fn documents_are_written_as_they_were() {
	let authorities = set(SET, &FOUR);
	let genesis = genesis_header().hash();
	let written = serde_json::json!({
		"proof": proof_of_the_name(),
		"authorities": authorities,
		"warpProof": proof(),
		"genesis": genesis,
	});
	let kept: serde_json::Value =
		serde_json::from_str(include_str!("../../documents/format-1.json")).unwrap();
	assert!(written == kept, "not as in documents/format-1.json:\n{written:#}");
}
