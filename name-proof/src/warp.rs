//! From one set of authorities to the next, and so from the genesis block to the set of today.
//!
//! The last block that a set finalizes announces the next set in its header, so a block that the known
//! set finalized tells whom to trust after it. At the beginning is the set in the genesis block's state,
//! which the hash of that block vouches for. Nodes that warp to the end of a chain are sent the same.
//!
//! ## Limitations
//!
//! Whoever gets hold of enough keys of a set that is long gone, whose stake is free again, can sign
//! another sequel. The younger the set that one begins with, the fewer such keys there are.

use crate::{decode, finality, keys, state, Authorities, ProofError};
use codec::{DecodeAll, Encode};
use jns_primitives::{BlockNumber, Hash, Header};
use serde::{Deserialize, Serialize};
use sp_consensus_grandpa::{
	AuthorityList, ConsensusLog, GrandpaJustification, SetId, GRANDPA_ENGINE_ID,
};
use sp_core::Bytes;
use sp_runtime::{generic::OpaqueDigestItemId, traits::Header as _};

/// What is trusted to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
	/// The hash of the genesis block.
	Genesis(Hash),
	/// A set of authorities.
	Authorities(Authorities),
}

/// How sets of authorities followed one another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WarpProof {
	/// How the document is written: [`Self::FORMAT`].
	pub format: u32,
	/// The genesis block, if that is where it begins.
	pub genesis: Option<Genesis>,
	/// The number of the set that finalized the first of these blocks.
	pub set_id: SetId,
	/// The last block of that set and of each that follows.
	pub fragments: Vec<Fragment>,
	/// Whether the server knew no more of them.
	pub complete: bool,
}

/// The genesis block and what its state has of authorities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Genesis {
	/// Its header.
	pub header: Bytes,
	/// Nodes of the state's trie.
	pub nodes: Vec<Bytes>,
}

/// The last block of a set, which announces the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fragment {
	/// Its header.
	pub header: Bytes,
	/// The set's votes for it.
	pub justification: Bytes,
}

impl WarpProof {
	/// The format that is written and read here.
	pub const FORMAT: u32 = 1;
}

impl Genesis {
	/// The document's part of these, whose truth is not looked at.
	pub fn new(header: &Header, nodes: impl IntoIterator<Item = Vec<u8>>) -> Self {
		let nodes = nodes.into_iter().map(Into::into).collect();
		Self { header: header.encode().into(), nodes }
	}

	/// The first set.
	fn authorities(&self, trusted: Hash) -> Result<Authorities, ProofError> {
		let header: Header = decode(&self.header, "genesis block")?;
		if header.hash() != trusted {
			return Err(ProofError::OtherGenesis { its: header.hash(), trusted });
		}
		let nodes = self.nodes.iter().map(|node| node.0.clone());
		let list = state::at(&keys::authorities(), header.state_root, nodes)?
			.and_then(|list| AuthorityList::decode_all(&mut &list[..]).ok())
			.ok_or(ProofError::UnknownLayout("list of authorities"))?;
		Ok(Authorities::new(0, list))
	}
}

impl Fragment {
	/// The document's part of these, whose truth is not looked at.
	pub fn new(header: &Header, justification: Vec<u8>) -> Self {
		Self { header: header.encode().into(), justification: justification.into() }
	}

	/// Bytes of the block's header and of its votes.
	pub fn size(&self) -> usize {
		self.header.len().saturating_add(self.justification.len())
	}

	/// The set that follows the one that finalized this block.
	fn next(&self, set: &Authorities) -> Result<Authorities, ProofError> {
		let header = decode(&self.header, "header")?;
		let justification: GrandpaJustification<Header> =
			decode(&self.justification, "justification")?;
		finality::verify(&header, &justification, set)?;
		let list = announced(&header).ok_or(ProofError::NothingAnnounced(header.number))?;
		let next = set.set_id.checked_add(1).ok_or(ProofError::NothingAnnounced(header.number))?;
		Ok(Authorities::new(next, list))
	}
}

/// The authorities that a block announces, which finalize what comes after it.
///
/// Nothing if it announces none, or in a way that votes do not pass on: for a later block, or by force
/// after finality has stalled.
pub fn announced(header: &Header) -> Option<AuthorityList> {
	let grandpa = OpaqueDigestItemId::Consensus(&GRANDPA_ENGINE_ID);
	let logs = header.digest().logs().iter().filter_map(|log| log.try_to(grandpa));
	let mut announced = None;
	for log in logs {
		match log {
			ConsensusLog::<BlockNumber>::ScheduledChange(change) if change.delay == 0 => {
				announced.get_or_insert(change.next_authorities);
			},
			ConsensusLog::ScheduledChange(_) | ConsensusLog::ForcedChange(..) => return None,
			_ => (),
		}
	}
	announced
}

/// The sets that follow from what is trusted, each with the number after that of the one before; the
/// first is the trusted one. Documents are read in their order, and may say again what is known.
pub fn follow(trust: Trust, proofs: &[WarpProof]) -> Result<Vec<Authorities>, ProofError> {
	let first = match trust {
		Trust::Authorities(authorities) => authorities,
		Trust::Genesis(hash) => proofs
			.first()
			.and_then(|proof| proof.genesis.as_ref())
			.ok_or(ProofError::NoGenesis)?
			.authorities(hash)?,
	};
	let mut last = first;
	let mut sets = Vec::new();
	for proof in proofs {
		if proof.format != WarpProof::FORMAT {
			return Err(ProofError::UnknownFormat(proof.format));
		}
		let known = last
			.set_id
			.checked_sub(proof.set_id)
			.ok_or(ProofError::Gap { from: proof.set_id, known: last.set_id })?;
		for fragment in proof.fragments.iter().skip(known.try_into().unwrap_or(usize::MAX)) {
			let next = fragment.next(&last)?;
			sets.push(std::mem::replace(&mut last, next));
		}
	}
	sets.push(last);
	Ok(sets)
}
