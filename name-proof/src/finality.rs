//! Whether a block is final, by the votes for it.

use crate::{Authorities, ProofError};
use jns_primitives::{Hash, Header};
use sp_consensus_grandpa::{
	check_message_signature_with_buffer, AuthorityId, GrandpaJustification, Message, Precommit,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Fails unless authorities with more than two thirds of the weight voted, in one round, for the block or
/// for one above it.
///
/// Every vote has to be an authority's and signed by it. One that is for neither, as those who vote twice
/// in a round make them, does not count; nor does anybody count twice.
pub fn verify(
	header: &Header,
	justification: &GrandpaJustification<Header>,
	authorities: &Authorities,
) -> Result<(), ProofError> {
	let weights = authorities.weights()?;
	let (hash, commit) = (header.hash(), &justification.commit);
	if (commit.target_hash, commit.target_number) != (hash, header.number) {
		return Err(ProofError::OtherBlock);
	}
	let above: HashMap<Hash, &Header> =
		justification.votes_ancestries.iter().map(|header| (header.hash(), header)).collect();
	let mut seen = BTreeSet::new();
	let mut supporters = BTreeMap::new();
	let mut buffer = Vec::new();
	for vote in &commit.precommits {
		let voter = || vote.id.clone();
		let weight = *weights.get(&vote.id).ok_or_else(|| ProofError::UnknownVoter(voter()))?;
		let message = Message::<Header>::Precommit(vote.precommit.clone());
		let signed = check_message_signature_with_buffer(
			&message,
			&vote.id,
			&vote.signature,
			justification.round,
			authorities.set_id,
			&mut buffer,
		);
		if !signed.is_valid() {
			return Err(ProofError::BadSignature(voter()));
		}
		if !seen.insert((voter(), vote.precommit.target_hash, vote.precommit.target_number)) {
			return Err(ProofError::RepeatedVote(voter()));
		}
		if supports(&vote.precommit, header, hash, &above) {
			supporters.insert(voter(), weight);
		}
	}
	let weight = sum(&supporters);
	let total = sum(&weights);
	// No sum of 64-bit weights comes near to what cannot be tripled in 128 bits.
	if weight.saturating_mul(3) <= total.saturating_mul(2) {
		return Err(ProofError::TooFewVotes { weight, total });
	}
	Ok(())
}

/// Whether a vote is for that block or for one above it, by the headers in between.
fn supports(
	vote: &Precommit<Header>,
	header: &Header,
	hash: Hash,
	above: &HashMap<Hash, &Header>,
) -> bool {
	let mut at = vote.target_hash;
	if at == hash {
		return vote.target_number == header.number;
	}
	if above.get(&at).is_none_or(|header| header.number != vote.target_number) {
		return false;
	}
	// Hashes make no circles, so this ends.
	while let Some(header) = above.get(&at) {
		at = header.parent_hash;
		if at == hash {
			return true;
		}
	}
	false
}

fn sum(weights: &BTreeMap<AuthorityId, u64>) -> u128 {
	weights.values().map(|weight| u128::from(*weight)).fold(0, u128::saturating_add)
}
