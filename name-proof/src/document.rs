//! The documents, which are JSON: what a server sends, and what whoever checks it trusts.
//!
//! Bytes are hexadecimal with `0x`; header, justification and nodes are SCALE, as nodes exchange them.

use crate::ProofError;
use jns_primitives::{JamiId, Name, NameRecord};
use serde::{Deserialize, Serialize};
use sp_consensus_grandpa::{AuthorityId, AuthorityList, AuthorityWeight, SetId};
use sp_core::{ed25519, ByteArray, Bytes, H256};
use std::collections::BTreeMap;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Question {
	/// The record of a name.
	Name(#[serde(with = "name")] Name),
	/// The name of an ID.
	Id(#[serde(with = "id")] JamiId),
}

/// What the state has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
	/// A name's record.
	Record(#[serde(with = "record")] NameRecord),
	/// An ID's name.
	Name(#[serde(with = "name")] Name),
}

/// What the chain says about a name or an ID, and why that is so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Document {
	/// How the document is written: [`Self::FORMAT`].
	pub format: u32,
	/// What is asked.
	pub question: Question,
	/// What the state says; `null` if it has no such name or ID.
	pub answer: Option<Answer>,
	/// The header of the block in whose state that stands.
	pub header: Bytes,
	/// The number of the authorities' set whose votes these are.
	pub set_id: SetId,
	/// The votes.
	pub justification: Bytes,
	/// Nodes of the state's trie.
	pub nodes: Vec<Bytes>,
}

impl Document {
	/// The format that is written and read here.
	pub const FORMAT: u32 = 1;
}

/// An authority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
	/// Its ed25519 key.
	pub key: H256,
	/// What its vote weighs.
	pub weight: AuthorityWeight,
}

/// The authorities that whoever checks a document trusts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Authorities {
	/// The number of their set, which each of them signs with its vote.
	pub set_id: SetId,
	/// All of them.
	pub authorities: Vec<Authority>,
}

impl Authorities {
	/// The set as GRANDPA has it.
	pub fn new(set_id: SetId, list: AuthorityList) -> Self {
		let authority = |(id, weight): (AuthorityId, _)| Authority {
			key: H256::from_slice(id.as_slice()),
			weight,
		};
		Self { set_id, authorities: list.into_iter().map(authority).collect() }
	}

	/// The weight of each authority.
	pub(crate) fn weights(&self) -> Result<BTreeMap<AuthorityId, AuthorityWeight>, ProofError> {
		let mut weights = BTreeMap::new();
		for Authority { key, weight } in &self.authorities {
			let id = AuthorityId::from(ed25519::Public::from_raw(key.0));
			if weights.insert(id.clone(), *weight).is_some() {
				return Err(ProofError::RepeatedAuthority(id));
			}
		}
		Ok(weights)
	}
}

/// A name as text.
mod name {
	use jns_primitives::Name;
	use serde::{de::Error, Deserialize, Deserializer, Serializer};

	pub fn serialize<S: Serializer>(name: &Name, to: S) -> Result<S::Ok, S::Error> {
		to.serialize_str(name.as_str())
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
		let text = String::deserialize(from)?;
		Name::try_from(text.as_bytes()).map_err(|_| D::Error::custom(format!("no name: {text:?}")))
	}
}

/// An ID in hexadecimal.
mod id {
	use jns_primitives::{client, JamiId};
	use serde::{de::Error, Deserialize, Deserializer, Serializer};

	pub fn serialize<S: Serializer>(id: &JamiId, to: S) -> Result<S::Ok, S::Error> {
		sp_core::bytes::serialize(&id.0, to)
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<JamiId, D::Error> {
		let text = String::deserialize(from)?;
		client::read_id(&text).ok_or_else(|| D::Error::custom(format!("no ID: {text:?}")))
	}
}

/// A record with its fields' names.
mod record {
	use jns_primitives::{BlockNumber, JamiId, Name, NameRecord};
	use serde::{de::Error, Deserialize, Deserializer, Serialize, Serializer};
	use sp_core::Bytes;

	#[derive(Serialize, Deserialize)]
	#[serde(rename_all = "camelCase", deny_unknown_fields)]
	struct Written {
		#[serde(with = "super::name")]
		name: Name,
		#[serde(with = "super::id")]
		id: JamiId,
		key: Bytes,
		signature: Bytes,
		block: BlockNumber,
		sequence: u32,
	}

	pub fn serialize<S: Serializer>(record: &NameRecord, to: S) -> Result<S::Ok, S::Error> {
		let NameRecord { name, id, key, signature, block, sequence } = record.clone();
		let (key, signature) = (Bytes(key.into_inner()), Bytes(signature.into_inner()));
		Written { name, id, key, signature, block, sequence }.serialize(to)
	}

	pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NameRecord, D::Error> {
		let Written { name, id, key, signature, block, sequence } = Written::deserialize(from)?;
		let long = |_| D::Error::custom("longer than any key or signature");
		let key = key.0.try_into().map_err(long)?;
		let signature = signature.0.try_into().map_err(long)?;
		Ok(NameRecord { name, id, key, signature, block, sequence })
	}
}
