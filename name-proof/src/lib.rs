//! # Proofs of names
//!
//! What the chain says about a name or an ID, checked without a node: that there is a record, or that
//! there is none. Whoever checks trusts a set of GRANDPA's authorities ([`Authorities`]), and nobody
//! else: not the server that sent the document, not the connection.
//!
//! A [`Document`] has three parts, each of which vouches for the next:
//!
//! 1. the *justification*: the authorities' votes, which finalize a block ([`finality`]),
//! 2. the block's *header*, whose hash is what they voted for, and which has the state's root,
//! 3. the *nodes* of the state's trie on the way from that root to the question's keys ([`keys`]).
//!
//! [`verify`] goes that way. The answer in the document is there to be read by people: one that is not
//! what the state says is an error.
//!
//! The set of authorities changes in every era. [`warp::follow`] leads from one that is trusted, or from
//! the genesis block's hash alone, to those after it.
//!
//! ## Limitations
//!
//! A proof is of one block, and an old one stays valid for those who trust the set of then: whoever needs
//! to know of now looks at the block's number, and at the set's.

#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
#![cfg_attr(
	not(test),
	warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)
)]

pub mod document;
pub mod finality;
pub mod keys;
mod state;
#[cfg(test)]
mod tests;
pub mod warp;

pub use document::{Answer, Authorities, Authority, Document, Question};

use codec::{Decode, DecodeAll, Encode};
use jns_primitives::{BlockNumber, Hash, Header};
use sp_consensus_grandpa::{AuthorityId, GrandpaJustification, SetId};
use sp_core::ByteArray;

/// Why a document proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
	/// A document of another time.
	#[error("the document has format {0}, and this program knows {known}", known = Document::FORMAT)]
	UnknownFormat(u32),
	/// The council has no store for names, so that nothing is proven about any.
	#[error("the council has no store for names at that block")]
	NoStore,
	/// A part is not the encoding of anything.
	#[error("the document's {0} cannot be read")]
	Unreadable(&'static str),
	/// One key twice.
	#[error("the authorities are no set: {id} is there twice", id = hex(.0))]
	RepeatedAuthority(AuthorityId),
	/// The votes are stated to be those of another set.
	#[error(
		"the proof is by the authorities' set {by}, and those that are trusted are set {trusted}"
	)]
	OtherSet {
		/// The set that the document states.
		by: SetId,
		/// The set of the authorities.
		trusted: SetId,
	},
	/// The votes finalize another block.
	#[error("the votes are for another block than the header's")]
	OtherBlock,
	/// A vote of nobody.
	#[error("{id} voted and is no authority", id = hex(.0))]
	UnknownVoter(AuthorityId),
	/// A vote that was not signed like this.
	#[error("the signature of {id} is not of this vote in this round and set", id = hex(.0))]
	BadSignature(AuthorityId),
	/// The same vote twice.
	#[error("a vote of {id} is there twice", id = hex(.0))]
	RepeatedVote(AuthorityId),
	/// Not more than two thirds.
	#[error(
		"the block has the votes of {weight} of {total}, and more than two thirds finalize it"
	)]
	TooFewVotes {
		/// The weight of those who voted for it.
		weight: u128,
		/// The weight of all.
		total: u128,
	},
	/// The nodes do not reach from the root to the keys.
	#[error("the nodes do not prove what the block's state has there: {0}")]
	BadNodes(String),
	/// The state has something else there.
	#[error("the state's {0} is none that this program knows")]
	UnknownLayout(&'static str),
	/// The genesis block is needed, and a document that begins with another set comes first.
	#[error("no warp proof begins with the genesis block")]
	NoGenesis,
	/// Another chain.
	#[error("the warp proof begins with the genesis block {its:?}, and {trusted:?} is trusted")]
	OtherGenesis {
		/// The hash of the document's genesis block.
		its: Hash,
		/// The hash that is trusted.
		trusted: Hash,
	},
	/// A document is missing in between.
	#[error("the warp proof begins with set {from}, and the last known one is set {known}")]
	Gap {
		/// The first set that it is about.
		from: SetId,
		/// The last that is known.
		known: SetId,
	},
	/// The block is not the last of its set.
	#[error("block {0} announces no authorities that votes can pass on to")]
	NothingAnnounced(BlockNumber),
	/// The state answers otherwise.
	#[error("the block's state answers otherwise than the document")]
	OtherAnswer,
}

/// What a document proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
	/// What was asked.
	pub question: Question,
	/// What the state says; nothing if it has no such name or ID.
	pub answer: Option<Answer>,
	/// Height of the block in whose state that stands.
	pub number: BlockNumber,
	/// Its hash.
	pub hash: Hash,
}

/// Checks a document against the authorities that are trusted.
pub fn verify(document: &Document, authorities: &Authorities) -> Result<Verified, ProofError> {
	if document.format != Document::FORMAT {
		return Err(ProofError::UnknownFormat(document.format));
	}
	let header: Header = decode(&document.header.0, "header")?;
	let justification = decode(&document.justification.0, "justification")?;
	if document.set_id != authorities.set_id {
		return Err(ProofError::OtherSet { by: document.set_id, trusted: authorities.set_id });
	}
	finality::verify(&header, &justification, authorities)?;
	let nodes = document.nodes.iter().map(|node| node.0.clone());
	let answer = state::answer(&document.question, header.state_root, nodes)?;
	if answer != document.answer {
		return Err(ProofError::OtherAnswer);
	}
	let question = document.question.clone();
	Ok(Verified { question, answer, number: header.number, hash: header.hash() })
}

impl Document {
	/// The document of these parts, with what the state answers. The votes are not looked at.
	pub fn new(
		question: Question,
		header: &Header,
		set_id: SetId,
		justification: &GrandpaJustification<Header>,
		nodes: impl IntoIterator<Item = Vec<u8>>,
	) -> Result<Self, ProofError> {
		let nodes: Vec<_> = nodes.into_iter().collect();
		Ok(Self {
			format: Self::FORMAT,
			answer: state::answer(&question, header.state_root, nodes.iter().cloned())?,
			question,
			header: header.encode().into(),
			set_id,
			justification: justification.encode().into(),
			nodes: nodes.into_iter().map(Into::into).collect(),
		})
	}
}

/// A key as the authorities' file has it.
fn hex(id: &AuthorityId) -> String {
	format!("{:?}", Hash::from_slice(id.as_slice()))
}

fn decode<T: Decode>(bytes: &[u8], what: &'static str) -> Result<T, ProofError> {
	T::decode_all(&mut &bytes[..]).map_err(|_| ProofError::Unreadable(what))
}
