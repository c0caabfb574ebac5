//! Forced changes of GRANDPA's authorities, which no vote proves, as a chain's specification lists
//! them; and what a new node does with the list.
//!
//! A full sync follows a forced change by the announcement in a header. A warp sync follows votes,
//! and ends where a change has none: it begins behind the last change that is listed. The headers
//! before that come later and carry changes that never took effect, without votes for them.

use std::sync::{
	atomic::{AtomicBool, Ordering},
	Arc,
};

use codec::{DecodeAll, Encode};
use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult};
use sc_consensus_grandpa::{
	find_forced_change, find_scheduled_change, warp_proof::NetworkProvider, AuthoritySet,
	SharedAuthoritySet,
};
use sc_network_sync::strategy::warp::{
	EncodedProof, VerificationResult, Verifier, WarpSyncProvider,
};
use serde::{Deserialize, Serialize};
use sp_blockchain::HeaderBackend;
use sp_consensus_grandpa::{AuthorityId, AuthorityList, AuthorityWeight, SetId};
use sp_core::{ed25519, H256};
use sp_runtime::traits::Header as _;

use crate::service::{FullBackend, FullClient, GrandpaImport};
use jns_primitives::{Block, BlockNumber, Hash, Header};

type Error = Box<dyn std::error::Error + Send + Sync>;

/// The specification's extension.
pub type GrandpaHardForks = Option<Vec<GrandpaHardFork>>;

/// A forced change, by a block that the new authorities finalized.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GrandpaHardFork {
	/// Number of the new set.
	pub set_id: SetId,
	/// Authorities of the new set.
	pub authorities: Vec<Authority>,
	/// Block that they finalized.
	pub block: ForkBlock,
	/// Last block that the old authorities finalized.
	pub last_finalized: BlockNumber,
}

/// An authority, as `jns-node authorities` writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
	/// Public key of its votes, Ed25519.
	pub key: H256,
	/// Weight of its vote.
	pub weight: AuthorityWeight,
}

/// A block by its number and its hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForkBlock {
	/// Number of the block.
	pub number: BlockNumber,
	/// Hash of the block.
	pub hash: Hash,
}

impl GrandpaHardFork {
	/// The new set, as GRANDPA has it at its beginning.
	fn authority_set(&self) -> Result<AuthoritySet<Hash, BlockNumber>, Error> {
		let key = |key: H256| AuthorityId::from(ed25519::Public::from_raw(key.0));
		let list: AuthorityList =
			self.authorities.iter().map(|one| (key(one.key), one.weight)).collect();
		if list.is_empty() || list.iter().any(|(_, weight)| *weight == 0) {
			return Err(
				format!("grandpaHardForks: set {} has no valid authorities", self.set_id).into()
			);
		}
		// There is no constructor: two empty lists and no block are pending, and no change is known.
		let pending = ((Vec::<()>::new(), None::<BlockNumber>), Vec::<()>::new());
		let encoded = (list, self.set_id, pending, Vec::<(SetId, BlockNumber)>::new()).encode();
		Ok(AuthoritySet::decode_all(&mut &encoded[..])?)
	}

	/// Whether the fork left a block behind without votes.
	fn covers(&self, number: BlockNumber) -> bool {
		self.last_finalized < number && number <= self.block.number
	}
}

/// The last fork of a list, where a warp sync begins.
fn last(forks: &[GrandpaHardFork]) -> Option<&GrandpaHardFork> {
	forks.iter().max_by_key(|fork| fork.block.number)
}

/// Provider of warp proofs that begins behind the last hard fork, and reports proofs that lead
/// nowhere.
pub struct WarpProofs {
	/// Generates proofs, and verifies those that begin with the genesis block.
	provider: NetworkProvider<Block, FullBackend>,
	/// Verifies proofs that begin with the last fork, whose block this is.
	from_fork: Option<(NetworkProvider<Block, FullBackend>, ForkBlock)>,
	reported: Arc<AtomicBool>,
}

impl WarpProofs {
	pub fn new(
		backend: Arc<FullBackend>,
		authority_set: SharedAuthoritySet<Hash, BlockNumber>,
		forks: &[GrandpaHardFork],
	) -> Result<Self, Error> {
		let provider = |set: SharedAuthoritySet<Hash, BlockNumber>| {
			NetworkProvider::<Block, FullBackend>::new(backend.clone(), set, Vec::new())
		};
		let begin = |fork: &GrandpaHardFork| {
			fork.authority_set().map(|set| (provider(set.into()), fork.block.clone()))
		};
		Ok(Self {
			from_fork: last(forks).map(begin).transpose()?,
			provider: provider(authority_set),
			reported: Arc::default(),
		})
	}
}

impl WarpSyncProvider<Block> for WarpProofs {
	fn generate(&self, start: Hash) -> Result<EncodedProof, Error> {
		self.provider.generate(start)
	}

	fn create_verifier(&self) -> Box<dyn Verifier<Block>> {
		let (provider, begin) = match &self.from_fork {
			Some((provider, block)) => (provider, Some(block.clone())),
			None => (&self.provider, None),
		};
		Box::new(WarpVerifier {
			inner: provider.create_verifier(),
			proven: begin.as_ref().map_or(0, |block| block.number),
			begin: begin.map(|block| block.hash),
			reported: self.reported.clone(),
		})
	}
}

/// Verifier that begins with a hard fork's block, if there is one.
struct WarpVerifier {
	inner: Box<dyn Verifier<Block>>,
	/// Block with which the first proof begins, until it is verified; `None` for the genesis block.
	begin: Option<Hash>,
	/// Number of the last block that is proven.
	proven: BlockNumber,
	/// Whether a proof that leads nowhere was reported, since the process began.
	reported: Arc<AtomicBool>,
}

impl Verifier<Block> for WarpVerifier {
	fn verify(&mut self, proof: &EncodedProof) -> Result<VerificationResult<Block>, Error> {
		let verified = self.inner.verify(proof).inspect_err(|why| {
			if !self.reported.swap(true, Ordering::Relaxed) {
				log::warn!("{}", no_proof_beyond(self.proven, why));
			}
		})?;
		self.begin = None;
		self.proven = match &verified {
			VerificationResult::Complete(header, _) => *header.number(),
			VerificationResult::Partial(blocks) => {
				blocks.last().map_or(self.proven, |(header, _)| *header.number())
			},
		};
		Ok(verified)
	}

	fn next_proof_context(&self) -> Hash {
		self.begin.unwrap_or_else(|| self.inner.next_proof_context())
	}

	fn status(&self) -> Option<String> {
		self.inner.status()
	}
}

fn no_proof_beyond(number: BlockNumber, why: &Error) -> String {
	format!(
		"Warp sync finds no proof beyond block {number}: {why}. After a forced change of the \
		authorities there is none: use --sync full, or a chain specification that lists the change \
		under grandpaHardForks"
	)
}

/// GRANDPA's block import, past which go old blocks whose changes of authorities a hard fork voided.
/// GRANDPA would demand the votes for these changes, and there are none.
#[derive(Clone)]
pub struct ForkImport {
	inner: GrandpaImport,
	client: Arc<FullClient>,
	forks: Arc<[GrandpaHardFork]>,
}

impl ForkImport {
	pub fn new(inner: GrandpaImport, client: Arc<FullClient>, forks: &[GrandpaHardFork]) -> Self {
		Self { inner, client, forks: forks.into() }
	}

	/// Whether a block is old, and announces a change that a listed fork voided.
	fn is_void(&self, block: &BlockImportParams<Block>) -> bool {
		block.justifications.is_none()
			&& !block.with_state()
			&& *block.header.number() <= self.client.info().finalized_number
			&& announces_void_change(&block.header, &self.forks)
	}
}

fn announces_void_change(header: &Header, forks: &[GrandpaHardFork]) -> bool {
	let announces = find_forced_change::<Block>(header).is_some()
		|| find_scheduled_change::<Block>(header).is_some();
	announces && forks.iter().any(|fork| fork.covers(*header.number()))
}

#[async_trait::async_trait]
impl BlockImport<Block> for ForkImport {
	type Error = <GrandpaImport as BlockImport<Block>>::Error;

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
		if self.is_void(&block) {
			return self.client.import_block(block).await;
		}
		self.inner.import_block(block).await
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_consensus_grandpa::{ConsensusLog, ScheduledChange, GRANDPA_ENGINE_ID};
	use sp_keyring::Ed25519Keyring::{Alice, Bob};
	use sp_runtime::{Digest, DigestItem};

	fn fork() -> GrandpaHardFork {
		GrandpaHardFork {
			set_id: 5,
			authorities: [Alice, Bob]
				.map(|of| Authority { key: of.to_h256_public(), weight: 1 })
				.to_vec(),
			block: ForkBlock { number: 190, hash: Hash::repeat_byte(0xab) },
			last_finalized: 43,
		}
	}

	#[test]
	fn a_fork_is_read_as_it_is_documented() {
		let alice = format!("{:?}", Alice.to_h256_public());
		let bob = format!("{:?}", Bob.to_h256_public());
		let hash = format!("0x{}", "ab".repeat(32));
		let json = serde_json::json!({
			"setId": 5,
			"authorities": [{ "key": alice, "weight": 1 }, { "key": bob, "weight": 1 }],
			"block": { "number": 190, "hash": hash },
			"lastFinalized": 43,
		});
		assert_eq!(serde_json::from_value::<GrandpaHardFork>(json.clone()).unwrap(), fork());
		assert_eq!(serde_json::to_value(fork()).unwrap(), json);
		for field in ["setId", "authorities", "block", "lastFinalized"] {
			let mut incomplete = json.clone();
			incomplete.as_object_mut().unwrap().remove(field);
			assert!(serde_json::from_value::<GrandpaHardFork>(incomplete).is_err(), "{field}");
		}
	}

	#[test]
	fn the_set_of_a_fork_is_grandpas() {
		let set: SharedAuthoritySet<Hash, BlockNumber> = fork().authority_set().unwrap().into();
		assert_eq!(set.set_id(), 5);
		let voters = set.current_authorities();
		assert_eq!(voters.len().get(), 2);
		assert!(voters.contains(&Alice.public().into()) && voters.contains(&Bob.public().into()));
		assert_eq!(
			set.authority_set_changes().encode(),
			Vec::<(SetId, BlockNumber)>::new().encode()
		);

		let nobody = GrandpaHardFork { authorities: Vec::new(), ..fork() };
		assert!(nobody.authority_set().unwrap_err().to_string().contains("set 5"));
		let mut weightless = fork();
		weightless.authorities[0].weight = 0;
		assert!(weightless.authority_set().is_err());
	}

	#[test]
	fn a_warp_sync_begins_with_the_fork_at_the_highest_block() {
		let mut later = fork();
		later.block.number = 300;
		assert_eq!(last(&[]), None);
		assert_eq!(last(&[later.clone(), fork()]), Some(&later));
	}

	#[test]
	fn only_changes_that_a_fork_voided_go_past_grandpa() {
		let next_authorities = vec![(Alice.public().into(), 1)];
		let change = ScheduledChange { next_authorities, delay: 0 };
		let log = |log: ConsensusLog<BlockNumber>| {
			vec![DigestItem::Consensus(GRANDPA_ENGINE_ID, log.encode())]
		};
		let scheduled = log(ConsensusLog::ScheduledChange(change.clone()));
		let forced = log(ConsensusLog::ForcedChange(43, change));
		let void = |number, logs: &[DigestItem], forks: &[GrandpaHardFork]| {
			let header = Header {
				number,
				parent_hash: Hash::zero(),
				state_root: Hash::zero(),
				extrinsics_root: Hash::zero(),
				digest: Digest { logs: logs.to_vec() },
			};
			announces_void_change(&header, forks)
		};
		for logs in [&scheduled, &forced] {
			assert!(void(44, logs, &[fork()]) && void(190, logs, &[fork()]));
			assert!(!void(43, logs, &[fork()]), "the old authorities voted for it");
			assert!(!void(191, logs, &[fork()]), "the new ones did");
			assert!(!void(100, logs, &[]));
		}
		assert!(!void(100, &[], &[fork()]), "it announces nothing");
	}

	/// A verifier that knows one proof.
	struct Mock(Header);

	impl Verifier<Block> for Mock {
		fn verify(&mut self, proof: &EncodedProof) -> Result<VerificationResult<Block>, Error> {
			match &proof.0[..] {
				b"good" => Ok(VerificationResult::Partial(vec![(
					self.0.clone(),
					sp_runtime::Justifications::from((GRANDPA_ENGINE_ID, Vec::new())),
				)])),
				_ => Err("invalid commit".into()),
			}
		}

		fn next_proof_context(&self) -> Hash {
			self.0.hash()
		}

		fn status(&self) -> Option<String> {
			None
		}
	}

	#[test]
	fn a_verifier_begins_with_its_fork_and_reports_one_proof_that_leads_nowhere() {
		let header = Header {
			number: 200,
			parent_hash: Hash::zero(),
			state_root: Hash::zero(),
			extrinsics_root: Hash::zero(),
			digest: Digest::default(),
		};
		let reported = Arc::<AtomicBool>::default();
		let begin = fork().block;
		let mut verifier = WarpVerifier {
			inner: Box::new(Mock(header.clone())),
			begin: Some(begin.hash),
			proven: begin.number,
			reported: reported.clone(),
		};
		assert_eq!(verifier.next_proof_context(), begin.hash);
		assert!(verifier.verify(&EncodedProof(b"good".to_vec())).is_ok());
		assert_eq!((verifier.next_proof_context(), verifier.proven), (header.hash(), 200));
		assert!(!reported.load(Ordering::Relaxed));
		assert!(verifier.verify(&EncodedProof(b"bad".to_vec())).is_err());
		assert!(reported.load(Ordering::Relaxed));
		assert_eq!((verifier.next_proof_context(), verifier.proven), (header.hash(), 200));
		let text = no_proof_beyond(200, &"invalid commit".into());
		assert!(text.starts_with("Warp sync finds no proof beyond block 200: invalid commit. "));
	}
}
