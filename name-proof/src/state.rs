//! What the state answers, as the nodes of its trie prove it.

use crate::{keys, Answer, ProofError, Question};
use codec::{Decode, DecodeAll};
use jns_primitives::{
	storage::{StoreId, Value},
	AccountId, Hash, Name, NameRecord, VersionedRecord,
};
use sp_runtime::traits::BlakeTwo256;
use sp_trie::{LayoutV1, MemoryDB, StorageProof};

/// The answer, or nothing where the state has none. That is proven too: by the node at which the way to
/// the key ends.
pub fn answer(
	question: &Question,
	root: Hash,
	nodes: impl IntoIterator<Item = Vec<u8>>,
) -> Result<Option<Answer>, ProofError> {
	let nodes = StorageProof::new(nodes).into_memory_db::<BlakeTwo256>();
	let store = read(&nodes, &root, &keys::store())?.ok_or(ProofError::NoStore)?;
	let store = StoreId::decode_all(&mut &store[..])
		.map_err(|_| ProofError::UnknownLayout("store of names"))?;
	let Some(entry) = read(&nodes, &root, &question.entry(store))? else { return Ok(None) };
	let answer = match question {
		Question::Name(name) => {
			record(&entry).filter(|record| record.name == *name).map(Answer::Record)
		},
		Question::Id(_) => reverse(&entry).map(Answer::Name),
	};
	answer.map(Some).ok_or(ProofError::UnknownLayout("entry"))
}

/// What the state has at one key.
pub fn at(
	key: &[u8],
	root: Hash,
	nodes: impl IntoIterator<Item = Vec<u8>>,
) -> Result<Option<Vec<u8>>, ProofError> {
	read(&StorageProof::new(nodes).into_memory_db(), &root, key)
}

fn read(
	nodes: &MemoryDB<BlakeTwo256>,
	root: &Hash,
	key: &[u8],
) -> Result<Option<Vec<u8>>, ProofError> {
	// This layout reads nodes of the earlier one as well.
	sp_trie::read_trie_value::<LayoutV1<BlakeTwo256>, _>(nodes, root, key, None, None)
		.map_err(|why| ProofError::BadNodes(why.to_string()))
}

/// The value of an entry, whose deposit matters to nobody here.
fn value(mut entry: &[u8]) -> Option<Value<AccountId>> {
	Value::decode(&mut entry).ok()
}

fn record(entry: &[u8]) -> Option<NameRecord> {
	let bytes = value(entry)?.into_bytes()?;
	VersionedRecord::read(&bytes)
}

fn reverse(entry: &[u8]) -> Option<Name> {
	value(entry)?.into_string()?.try_into().ok()
}
