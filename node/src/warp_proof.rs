//! How the authorities' sets followed one another, as this node's blocks tell it.

use std::{
	iter,
	sync::{Arc, Mutex, PoisonError},
};

use codec::{Decode, Encode};
use sc_client_api::{Backend, ProofProvider};
use sc_consensus_grandpa::{AuthoritySetChanges, SharedAuthoritySet};
use sc_service::ChainSpec;
use sp_blockchain::{Backend as _, HeaderBackend};
use sp_consensus_grandpa::{SetId, GRANDPA_ENGINE_ID};
use sp_core::storage::Storage;
use sp_runtime::{traits::BlakeTwo256, BuildStorage};
use sp_state_machine::{prove_read_on_trie_backend, InMemoryBackend};

use crate::service::{FullBackend, FullClient, Node};
use jns_name_proof::{
	keys,
	warp::{announced, Fragment, Genesis, WarpProof},
};
use jns_primitives::{BlockNumber, Hash, Header};

type Error = Box<dyn std::error::Error + Send + Sync>;

/// Bytes of headers and votes after which a document ends. JSON has twice as many.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The sets of authorities there have been.
pub struct Sets {
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	changes: SharedAuthoritySet<Hash, BlockNumber>,
	spec: Box<dyn ChainSpec>,
	/// Once it has been asked for.
	genesis: Mutex<Option<Genesis>>,
}

impl Sets {
	pub fn new(node: &Node, spec: Box<dyn ChainSpec>) -> Self {
		Self {
			client: node.client.clone(),
			backend: node.backend.clone(),
			changes: node.authority_set.clone(),
			spec,
			genesis: Mutex::default(),
		}
	}

	/// The document of how that set ended and those after it, as far as there is room, in pieces that are
	/// made when they are asked for. Nothing if it is not known here.
	pub fn warp_proof(
		self: &Arc<Self>,
		from: SetId,
	) -> Result<Option<impl Iterator<Item = Result<String, Error>> + Send>, Error> {
		let current = self.changes.set_id();
		let mut ends = ends(&self.changes.authority_set_changes())?;
		let Some(begin) = begin(&ends, from, current) else { return Ok(None) };
		ends.drain(..begin);
		if let Some((_, number)) = ends.first() {
			if self.fragment(*number)?.is_none() {
				return Ok(None);
			}
		}
		let genesis = (from == 0).then(|| self.genesis()).transpose()?;
		let sets = self.clone();
		let fragments =
			ends.into_iter().map_while(move |(_, number)| sets.fragment(number).transpose());
		Ok(Some(pieces(genesis, from, fragments, MOST_BYTES)?))
	}

	/// The last block of a set; nothing if votes do not lead on from it, or are not here.
	fn fragment(&self, number: BlockNumber) -> Result<Option<Fragment>, Error> {
		let blockchain = self.backend.blockchain();
		let Some(hash) = blockchain.hash(number)? else { return Ok(None) };
		let header = blockchain.header(hash)?.filter(|header| announced(header).is_some());
		let votes = blockchain
			.justifications(hash)?
			.and_then(|votes| votes.into_justification(GRANDPA_ENGINE_ID));
		Ok(header.zip(votes).map(|(header, votes)| Fragment::new(&header, votes)))
	}

	fn genesis(&self) -> Result<Genesis, Error> {
		let mut known = self.genesis.lock().unwrap_or_else(PoisonError::into_inner);
		if let Some(genesis) = &*known {
			return Ok(genesis.clone());
		}
		let hash = self.client.info().genesis_hash;
		let header = self.client.header(hash)?.ok_or("there is no genesis block")?;
		// A node that prunes has the state no longer, and what it was made from.
		let genesis = match self.backend.have_state_at(hash, 0) {
			true => {
				let key = keys::authorities();
				let nodes = self.client.read_proof(hash, &mut std::iter::once(&key[..]))?;
				Genesis::new(&header, nodes.into_iter_nodes())
			},
			false => made_again(&header, self.spec.as_storage_builder())?,
		};
		Ok(known.insert(genesis).clone())
	}
}

/// Each set that ended, with the number of its last block.
fn ends(changes: &AuthoritySetChanges<BlockNumber>) -> Result<Vec<(SetId, BlockNumber)>, Error> {
	// They tell it only from the genesis block on, and a node that warped here has no such beginning.
	Ok(Decode::decode(&mut &changes.encode()[..])?)
}

/// Where in that list a set is, or where it will be if it is the current one; nothing if it is not known.
fn begin(ends: &[(SetId, BlockNumber)], from: SetId, current: SetId) -> Option<usize> {
	let found = ends.binary_search_by_key(&from, |(set, _)| *set);
	found.ok().or((from == current).then_some(ends.len()))
}

/// A document of these parts, which ends before its headers and votes are more than so many bytes. The
/// first fragment is told however long it is, or nobody would ever come past it.
fn pieces(
	genesis: Option<Genesis>,
	set_id: SetId,
	mut fragments: impl Iterator<Item = Result<Fragment, Error>> + Send,
	most: usize,
) -> Result<impl Iterator<Item = Result<String, Error>> + Send, Error> {
	let format = WarpProof::FORMAT;
	let genesis = serde_json::to_string(&genesis)?;
	let head = format!(r#"{{"format":{format},"genesis":{genesis},"setId":{set_id},"fragments":["#);
	let (mut size, mut ended) = (0usize, false);
	let rest = iter::from_fn(move || {
		if ended {
			return None;
		}
		let fragment = match fragments.next().transpose() {
			Ok(fragment) => fragment,
			Err(why) => {
				ended = true;
				return Some(Err(why));
			},
		};
		let complete = fragment.is_none();
		let comma = if size == 0 { "" } else { "," };
		let fits = |fragment: &Fragment| {
			let first = size == 0;
			size = size.saturating_add(fragment.size());
			first || size <= most
		};
		let Some(fragment) = fragment.filter(fits) else {
			ended = true;
			return Some(Ok(format!(r#"],"complete":{complete}}}"#)));
		};
		let json = serde_json::to_string(&fragment);
		Some(json.map(|json| format!("{comma}{json}")).map_err(Into::into))
	});
	Ok(iter::once(Ok(head)).chain(rest))
}

/// The genesis block's part of a document, by the state that the specification of its chain describes.
fn made_again(header: &Header, spec: &dyn BuildStorage) -> Result<Genesis, Error> {
	let storage: Storage = spec.build_storage()?;
	let state =
		InMemoryBackend::<BlakeTwo256>::from((storage, jns_runtime::VERSION.state_version()));
	if *state.root() != header.state_root {
		return Err("the specification of the chain does not have the genesis block's state".into());
	}
	let nodes =
		prove_read_on_trie_backend(&state, [keys::authorities()]).map_err(|why| why.to_string())?;
	Ok(Genesis::new(header, nodes.into_iter_nodes()))
}

#[cfg(test)]
mod tests {
	use super::*;
	use jns_name_proof::warp::{follow, Trust};

	#[test]
	fn the_state_of_the_genesis_block_is_made_again_and_must_be_that_of_its_header() {
		let spec = crate::chain_spec::development().unwrap();
		let storage = spec.build_storage().unwrap();
		let state = InMemoryBackend::<BlakeTwo256>::from((
			storage.clone(),
			jns_runtime::VERSION.state_version(),
		));
		let mut header = Header {
			number: 0,
			parent_hash: Hash::zero(),
			state_root: *state.root(),
			extrinsics_root: Hash::zero(),
			digest: Default::default(),
		};
		let proof = WarpProof {
			format: WarpProof::FORMAT,
			genesis: Some(made_again(&header, &storage).unwrap()),
			set_id: 0,
			fragments: Vec::new(),
			complete: true,
		};
		let sets = follow(Trust::Genesis(header.hash()), &[proof]).unwrap();
		assert_eq!(sets.len(), 1);
		let alice = sp_keyring::Ed25519Keyring::Alice.to_h256_public();
		assert_eq!(sets[0].authorities.iter().map(|one| one.key).collect::<Vec<_>>(), [alice]);
		header.state_root = Hash::zero();
		assert!(made_again(&header, &storage).is_err());
	}

	#[test]
	fn what_followed_a_set_is_known_from_where_this_node_began() {
		let ends = [(4, 100), (5, 200), (6, 300)];
		assert_eq!(begin(&ends, 5, 7), Some(1));
		assert_eq!(begin(&ends, 4, 7), Some(0));
		assert_eq!(begin(&ends, 7, 7), Some(3), "it has not ended");
		assert_eq!(begin(&ends, 8, 7), None, "it has not begun");
		assert_eq!(begin(&ends, 3, 7), None, "it was before this node's time");
		assert_eq!(begin(&[], 0, 0), Some(0));
	}

	#[test]
	fn pieces_are_a_document_that_ends_where_there_is_no_more_room() {
		let genesis = Genesis { header: vec![1].into(), nodes: vec![vec![2, 3].into()] };
		let fragment =
			|n: u8| Fragment { header: vec![n; 6].into(), justification: vec![n; 4].into() };
		let all = [1, 2, 3].map(fragment);
		let document = |genesis: Option<Genesis>, of: &[Fragment], most| -> WarpProof {
			let fragments: Vec<_> = of.iter().cloned().map(Ok).collect();
			let pieces = pieces(genesis, 7, fragments.into_iter(), most).unwrap();
			serde_json::from_str(&pieces.collect::<Result<String, _>>().unwrap()).unwrap()
		};
		let expected = |genesis: Option<Genesis>, fragments: &[Fragment], complete| WarpProof {
			format: WarpProof::FORMAT,
			genesis,
			set_id: 7,
			fragments: fragments.to_vec(),
			complete,
		};
		let begun = Some(genesis);
		assert_eq!(document(begun.clone(), &all, 30), expected(begun.clone(), &all, true));
		assert_eq!(document(None, &all, 29), expected(None, &all[..2], false));
		assert_eq!(document(None, &all, 1), expected(None, &all[..1], false));
		assert_eq!(document(begun.clone(), &[], 1), expected(begun, &[], true));
		// One that cannot be made to its end does not end like one that was.
		let broken = [Ok(fragment(1)), Err("the disk".into()), Ok(fragment(2))];
		let mut pieces = pieces(None, 7, broken.into_iter(), 30).unwrap().skip(2);
		assert!(pieces.next().unwrap().is_err() && pieces.next().is_none());
	}

	#[test]
	fn the_ends_of_sets_are_read_as_they_are_written() {
		let written = vec![(0 as SetId, 10 as BlockNumber), (1, 20)];
		let changes = AuthoritySetChanges::<BlockNumber>::from(written.clone());
		assert_eq!(ends(&changes).unwrap(), written);
	}
}
