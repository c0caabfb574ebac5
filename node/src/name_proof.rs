//! What this node's state and the latest justification prove about a name or an ID.

use codec::DecodeAll;
use sc_client_api::{Backend, ProofProvider, StorageKey, StorageProvider};
use sc_consensus_grandpa::{best_justification, GrandpaApi};
use sp_api::ProvideRuntimeApi;
use sp_runtime::traits::Header as _;

use crate::service::{FullBackend, FullClient};
use jns_name_proof::{keys, Document, Question};
use jns_primitives::{storage::StoreId, Block, Hash};

type Error = Box<dyn std::error::Error + Send + Sync>;

/// The proof at the block that the latest justification finalizes; nothing while there is none, as after
/// a warp sync, and while the state of that block is not here.
pub fn make(
	client: &FullClient,
	backend: &FullBackend,
	question: Question,
) -> Result<Option<Document>, Error> {
	let Some(latest) = best_justification::<_, Block>(client)? else { return Ok(None) };
	let (number, hash) = latest.target();
	let Some(header) = client.header(hash)? else { return Ok(None) };
	let parent = *header.parent_hash();
	let has_state = backend.have_state_at(hash, number)
		&& backend.have_state_at(parent, number.saturating_sub(1));
	if !has_state {
		return Ok(None);
	}
	// A block is finalized by the authorities that its parent's state has.
	let set_id = client.runtime_api().current_set_id(parent)?;
	let store = store_of_names(client, hash)?;
	let keys = question.keys(store);
	let nodes = client.read_proof(hash, &mut keys.iter().map(Vec::as_slice))?;
	let votes = &latest.justification;
	Ok(Some(Document::new(question, &header, set_id, votes, nodes.into_iter_nodes())?))
}

fn store_of_names(client: &FullClient, at: Hash) -> Result<Option<StoreId>, Error> {
	let store = client.storage(at, &StorageKey(keys::store()))?;
	Ok(store.map(|store| StoreId::decode_all(&mut &store.0[..])).transpose()?)
}
