//! Reports validators who sign two blocks in one slot.
//!
//! The SDK's import of BABE blocks looks for them too, but it compares headers whose seals it has
//! taken off, and no runtime believes a report without seals (`docs/adr/0017-reports-of-equivocations.md`).
//! This import goes around it and compares whole headers. The SDK's reports go to [`NoReports`].

use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex, PoisonError},
	time::Duration,
};

use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult};
use sc_transaction_pool_api::{
	error::Error as PoolError, LocalTransactionPool, OffchainTransactionPoolFactory,
	TransactionSource,
};
use sp_api::{ApiExt, ProvideRuntimeApi};
use sp_consensus::{Error as ConsensusError, SelectChain};
use sp_consensus_babe::{AuthorityId, BabeApi, EquivocationProof, Slot, KEY_TYPE};
use sp_core::ByteArray;
use sp_keystore::KeystorePtr;
use sp_transaction_pool::runtime_api::TaggedTransactionQueue;
use substrate_prometheus_endpoint::{register, Counter, PrometheusError, Registry, U64};

use super::{unix_time, Authors};
use crate::service::{FullClient, FullSelectChain};
use jns_primitives::{Block, Hash, Header};

/// Slots for which headers are remembered, as many as the SDK does: 50 minutes.
const REMEMBERED: u64 = 1_000;

/// One header of each slot and author, of the last slots.
#[derive(Default)]
struct Seen(BTreeMap<(Slot, AuthorityId), First>);

/// The first header that was seen of a slot and an author.
struct First {
	header: Header,
	/// Whether there was a second one. A report about one pair punishes enough.
	reported: bool,
}

impl Seen {
	/// Takes a sealed header whose seal holds. Returns the proof if it is the second of its slot
	/// and author.
	fn note(
		&mut self,
		now: Slot,
		slot: Slot,
		author: &AuthorityId,
		header: Header,
	) -> Option<EquivocationProof<Header>> {
		let oldest = now.saturating_sub(REMEMBERED);
		while self.0.first_key_value().is_some_and(|((slot, _), _)| *slot < oldest) {
			self.0.pop_first();
		}
		if slot < oldest {
			return None;
		}
		let first = self
			.0
			.entry((slot, author.clone()))
			.or_insert_with(|| First { header: header.clone(), reported: false });
		if first.reported || first.header.hash() == header.hash() {
			return None;
		}
		first.reported = true;
		Some(EquivocationProof {
			offender: author.clone(),
			slot,
			first_header: first.header.clone(),
			second_header: header,
		})
	}
}

/// Means to find equivocations and to report them.
pub struct Reporter {
	client: Arc<FullClient>,
	select_chain: FullSelectChain,
	pool: OffchainTransactionPoolFactory<Block>,
	keystore: KeystorePtr,
	authors: Authors,
	slot_millis: u64,
	seen: Mutex<Seen>,
	seen_total: Option<Counter<U64>>,
}

impl Reporter {
	/// Puts a reporter together.
	pub fn new(
		client: Arc<FullClient>,
		select_chain: FullSelectChain,
		pool: OffchainTransactionPoolFactory<Block>,
		keystore: KeystorePtr,
		authors: Authors,
		slot_duration: Duration,
		registry: Option<&Registry>,
	) -> Result<Self, PrometheusError> {
		let counter = |registry| {
			let name = "jns_block_equivocations_total";
			let help = "Pairs of a slot and a validator who was seen to sign two blocks in it.";
			register(Counter::new(name, help)?, registry)
		};
		Ok(Self {
			client,
			select_chain,
			pool,
			keystore,
			authors,
			slot_millis: slot_duration.as_millis() as u64,
			seen: Mutex::default(),
			seen_total: registry.map(counter).transpose()?,
		})
	}

	/// Takes a block on its way into the database. Returns the proof if its author has signed
	/// another one in that slot.
	fn note(&self, block: &BlockImportParams<Block>) -> Option<EquivocationProof<Header>> {
		let (slot, author) = self.authors.author(block)?;
		let now = Slot::from((unix_time().as_millis() as u64).checked_div(self.slot_millis)?);
		let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
		seen.note(now, slot, &author, block.post_header())
	}

	/// Logs, counts and reports an equivocation. A report of a key of this node's own never leaves
	/// it: the chain would punish its operator, who has to end one of two nodes.
	async fn report(&self, proof: EquivocationProof<Header>, parent: Hash) {
		if let Some(total) = &self.seen_total {
			total.inc();
		}
		let (author, slot) = (proof.offender.clone(), proof.slot);
		let hashes = [proof.first_header.hash(), proof.second_header.hash()];
		log::warn!(
			"Validator {author} has signed two blocks in slot {}: {:?} and {:?}",
			*slot,
			hashes[0],
			hashes[1]
		);
		if self.keystore.has_keys(&[(author.to_raw_vec(), KEY_TYPE)]) {
			log::error!(
				"The validator that signed two blocks has this node's key: another node runs with \
				it. End one of them. This node reports nothing about itself"
			);
			return;
		}
		match self.submit(proof, parent).await {
			Ok(true) => log::info!("Validator {author} is reported to the chain"),
			Ok(false) => {
				log::warn!("Validator {author} could not be reported: no proof of its key")
			},
			Err(error) => log::warn!("Validator {author} could not be reported: {error}"),
		}
	}

	/// Sends a report into the pool. Returns whether the chain knows the key.
	async fn submit(
		&self,
		proof: EquivocationProof<Header>,
		parent: Hash,
	) -> Result<bool, Box<dyn std::error::Error + Send + Sync>> {
		let best = self.select_chain.best_chain().await?.hash();
		// The key is of the session of that block, which the parent of an epoch's first one is not.
		let mut key_proof = None;
		for at in [parent, best] {
			key_proof = self.client.runtime_api().generate_key_ownership_proof(
				at,
				proof.slot,
				proof.offender.clone(),
			)?;
			if key_proof.is_some() {
				break;
			}
		}
		let Some(key_proof) = key_proof else { return Ok(false) };
		let mut api = self.client.runtime_api();
		api.register_extension(self.pool.offchain_transaction_pool(best));
		let sent = api.submit_report_equivocation_unsigned_extrinsic(best, proof, key_proof)?;
		sent.map(|()| true).ok_or_else(|| "the pool refused it".into())
	}
}

/// A block import that looks at each block, reports what has to be, and hands it on.
#[derive(Clone)]
pub struct ReportEquivocations<I> {
	inner: I,
	reporter: Arc<Reporter>,
}

impl<I> ReportEquivocations<I> {
	/// Goes around the SDK's import.
	pub fn new(inner: I, reporter: Reporter) -> Self {
		Self { inner, reporter: Arc::new(reporter) }
	}
}

#[async_trait::async_trait]
impl<I> BlockImport<Block> for ReportEquivocations<I>
where
	I: BlockImport<Block, Error = ConsensusError> + Send + Sync,
{
	type Error = ConsensusError;

	async fn check_block(
		&self,
		block: BlockCheckParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		self.inner.check_block(block).await
	}

	async fn import_block(
		&self,
		block: BlockImportParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		// Before the import: a block that cannot be imported was signed all the same.
		if let Some(proof) = self.reporter.note(&block) {
			self.reporter.report(proof, block.header.parent_hash).await;
		}
		self.inner.import_block(block).await
	}
}

/// A pool that takes nothing, for the reports of the SDK's import.
pub struct NoReports {
	client: Arc<FullClient>,
}

impl NoReports {
	/// Needs the client to see whether a report would hold.
	pub fn new(client: Arc<FullClient>) -> Self {
		Self { client }
	}
}

impl LocalTransactionPool for NoReports {
	type Block = Block;
	type Hash = Hash;
	type Error = PoolError;

	fn submit_local(
		&self,
		at: Hash,
		report: <Block as sp_runtime::traits::Block>::Extrinsic,
	) -> Result<Hash, PoolError> {
		let api = self.client.runtime_api();
		let verdict = api.validate_transaction(at, TransactionSource::Local, report, at);
		if matches!(verdict, Ok(Ok(_))) {
			// An end-to-end test fails on this line: then the SDK is mended.
			log::warn!("The SDK's own report of an equivocation holds: this node's is not needed");
		}
		// Not an error, which the runtime would log.
		Ok(Hash::default())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use sp_consensus_babe::{
		check_equivocation_proof,
		digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
	};
	use sp_core::Pair;
	use sp_keyring::Sr25519Keyring::{self, Alice, Bob};
	use sp_runtime::{Digest, DigestItem};

	/// A sealed header of a slot. No two seals are the same.
	fn sealed(author: Sr25519Keyring, slot: u64, number: u32) -> Header {
		let digest = SecondaryPlainPreDigest { authority_index: 0, slot: slot.into() };
		let mut header = Header {
			parent_hash: Hash::default(),
			number,
			state_root: Hash::default(),
			extrinsics_root: Hash::default(),
			digest: Digest {
				logs: vec![DigestItem::babe_pre_digest(PreDigest::SecondaryPlain(digest))],
			},
		};
		let seal = author.pair().sign(header.hash().encode().as_slice());
		header.digest.logs.push(DigestItem::babe_seal(seal.into()));
		header
	}

	fn id(key: Sr25519Keyring) -> AuthorityId {
		key.public().into()
	}

	#[test]
	fn two_headers_of_one_slot_and_author_are_proof() {
		let mut seen = Seen::default();
		let mut note =
			|author, slot: u64, header| seen.note(slot.into(), slot.into(), &id(author), header);
		let first = sealed(Alice, 7, 1);
		assert!(note(Alice, 7, first.clone()).is_none());
		// Neither the same header again, nor another author's or another slot's.
		assert!(note(Alice, 7, first).is_none());
		assert!(note(Bob, 7, sealed(Bob, 7, 2)).is_none());
		assert!(note(Alice, 8, sealed(Alice, 8, 2)).is_none());
		let proof = note(Alice, 7, sealed(Alice, 7, 2)).unwrap();
		assert!(check_equivocation_proof(proof));
		// One report is enough.
		assert!(note(Alice, 7, sealed(Alice, 7, 3)).is_none());
	}

	#[test]
	fn an_old_header_is_forgotten_and_costs_nothing() {
		let mut seen = Seen::default();
		let (first, now) = (Slot::from(7), Slot::from(7 + REMEMBERED + 1));
		seen.note(first, first, &id(Alice), sealed(Alice, 7, 1));
		assert!(seen.note(now, first, &id(Alice), sealed(Alice, 7, 2)).is_none());
		assert!(seen.0.is_empty());
		// At the edge it is remembered.
		let slot = Slot::from(8);
		assert!(seen.note(now, slot, &id(Alice), sealed(Alice, 8, 1)).is_none());
		assert!(seen.note(now, slot, &id(Alice), sealed(Alice, 8, 2)).is_some());
	}
}
