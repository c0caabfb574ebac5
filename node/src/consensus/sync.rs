//! Being in sync, as far as this node has verified it itself.
//!
//! The SDK's strategy believes that it is behind when the median of the best numbers that peers
//! claim says so. Whoever connects as many nodes as a validator has honest peers could stop it. Here
//! the claims only say whom to ask for blocks: a node is behind while its own best block is old *and*
//! blocks that are old too are being imported. On a chain that is finalized, no one can make such
//! blocks, since a block's slot is later than its parent's.

use std::{
	any::Any,
	sync::Arc,
	time::{Duration, Instant},
};

use sc_consensus::{BlockImportError, BlockImportStatus};
use sc_network::ProtocolName;
use sc_network_common::sync::message::BlockAnnounce;
use sc_network_sync::{
	service::network::NetworkServiceHandle,
	strategy::{StrategyKey, SyncingAction, SyncingStrategy},
	types::{SyncState, SyncStatus},
	WarpSyncPhase,
};
use sc_network_types::PeerId;
use sp_blockchain::{Error as ClientError, HeaderBackend};
use sp_consensus::BlockOrigin;

use super::{slot_of, unix_time};
use jns_primitives::{Block, BlockNumber, Hash, Header};

/// Age from which a block is old: ten slots. So many slots in a row stay empty once in a thousand
/// times with half of the validators gone.
const OLD: Duration = Duration::from_secs(30);

/// Time after the import of an old block in which the next one is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Time after the start of the process in which the peers' claims count, so that a node that was
/// away does not author on its old best block before the first blocks of the others arrive.
const START: Duration = Duration::from_secs(30);

/// Time between two warnings about the machine's clock.
const CLOCK_WARNINGS: Duration = Duration::from_secs(60);

/// The outcome of a batch of blocks in the import queue.
type Results = Vec<(Result<BlockImportStatus<BlockNumber>, BlockImportError>, Hash)>;

/// A syncing strategy whose word on being in sync rests on verified blocks. Authoring, the gossip of
/// transactions, RPC and the name server all ask it, through the SDK's syncing service.
pub struct VerifiedSync<C> {
	inner: Box<dyn SyncingStrategy<Block>>,
	client: Arc<C>,
	slot_millis: u64,
	began: Instant,
	progress: Progress,
	/// Best block at the last look.
	best: Hash,
	clock: Clock,
}

/// The evidence for being behind. Times are since the start of the process.
#[derive(Default)]
struct Progress {
	/// Time at which an old block was imported last.
	last_old_import: Option<Duration>,
}

impl Progress {
	/// Whether it has to be asked at all how old the best block is.
	fn is_possible(&self, now: Duration, peers_claim: bool) -> bool {
		let imports = self.last_old_import.is_some_and(|last| now.saturating_sub(last) < PATIENCE);
		imports || (peers_claim && now < START)
	}
}

impl<C: HeaderBackend<Block>> VerifiedSync<C> {
	/// Wraps the strategy that downloads blocks.
	pub fn new(
		inner: Box<dyn SyncingStrategy<Block>>,
		client: Arc<C>,
		slot_duration: Duration,
	) -> Self {
		Self {
			inner,
			slot_millis: slot_duration.as_millis() as u64,
			began: Instant::now(),
			progress: Progress::default(),
			best: client.info().best_hash,
			client,
			clock: Clock::default(),
		}
	}

	/// Returns how long ago a block's slot began; a block without slot is as old as can be.
	fn age(&self, header: &Header) -> Duration {
		let Some(slot) = slot_of(header) else { return Duration::MAX };
		unix_time().saturating_sub(Duration::from_millis(slot.saturating_mul(self.slot_millis)))
	}

	/// Whether the best block or its parent is old. The parent counts since this node may have
	/// authored the best one itself, before it knew that it is behind.
	fn best_is_old(&self) -> bool {
		let header = |hash| self.client.header(hash).ok().flatten();
		let Some(best) = header(self.client.info().best_hash) else { return true };
		if self.age(&best) > OLD {
			return true;
		}
		header(best.parent_hash).is_none_or(|parent| self.age(&parent) > OLD)
	}

	/// Whether the strategy downloads a proof or a state instead of blocks.
	fn skips_ahead(status: &SyncStatus<Block>) -> bool {
		let warps = status.warp_sync.as_ref().is_some_and(|warp| {
			// The blocks before the one that was warped to, which nobody waits for.
			!matches!(warp.phase, WarpSyncPhase::DownloadingBlocks(_))
		});
		warps || status.state_sync.is_some()
	}

	/// Takes a new best block as evidence. A batch of heavy blocks takes longer than the next one is
	/// waited for, and each of them becomes the best.
	fn note_best(&mut self) {
		let best = self.client.info().best_hash;
		if best == self.best {
			return;
		}
		self.best = best;
		let header = self.client.header(best).ok().flatten();
		if header.is_some_and(|header| self.age(&header) > OLD) {
			self.progress.last_old_import = Some(self.began.elapsed());
		}
	}

	/// Takes what the import queue made of a batch of blocks as evidence.
	fn note(&mut self, results: &Results) {
		let now = self.began.elapsed();
		let newest = results.iter().rev().find_map(|(result, hash)| match result {
			Ok(BlockImportStatus::ImportedUnknown(..)) => Some(*hash),
			_ => None,
		});
		let in_future = results.iter().any(|(result, _)| {
			matches!(result, Err(BlockImportError::VerificationFailed(_, why))
				if why.contains("too far in the future"))
		});
		let header = newest.and_then(|hash| self.client.header(hash).ok().flatten());
		let age = header.map(|header| self.age(&header));
		if age.is_some_and(|age| age > OLD) {
			self.progress.last_old_import = Some(now);
		}
		let behind = age.filter(|_| !self.inner.is_major_syncing());
		if let Some(fault) = self.clock.note(now, in_future, behind) {
			log::warn!("Check this machine's clock: {fault}");
		}
	}
}

impl<C: HeaderBackend<Block>> SyncingStrategy<Block> for VerifiedSync<C> {
	fn is_major_syncing(&self) -> bool {
		let peers_claim = self.inner.is_major_syncing();
		if peers_claim && Self::skips_ahead(&self.inner.status()) {
			return true;
		}
		self.progress.is_possible(self.began.elapsed(), peers_claim) && self.best_is_old()
	}

	fn status(&self) -> SyncStatus<Block> {
		let mut status = self.inner.status();
		let best = || self.client.info().best_number;
		status.state = match (self.is_major_syncing(), status.state) {
			(false, _) => SyncState::Idle,
			(true, SyncState::Idle) => SyncState::Importing { target: best() },
			(true, state) => state,
		};
		status
	}

	fn on_blocks_processed(&mut self, imported: usize, count: usize, results: Results) {
		self.note(&results);
		self.inner.on_blocks_processed(imported, count, results);
	}

	fn actions(
		&mut self,
		network_service: &NetworkServiceHandle,
	) -> Result<Vec<SyncingAction<Block>>, ClientError> {
		self.note_best();
		let mut actions = self.inner.actions(network_service)?;
		if !self.is_major_syncing() {
			// The import of a block of an initial sync is not announced within the node: the pool
			// would not learn of it.
			for action in &mut actions {
				if let SyncingAction::ImportBlocks { origin, .. } = action {
					if *origin == BlockOrigin::NetworkInitialSync {
						*origin = BlockOrigin::NetworkBroadcast;
					}
				}
			}
		}
		Ok(actions)
	}

	// All else is the inner strategy's.

	fn add_peer(&mut self, peer_id: PeerId, best_hash: Hash, best_number: BlockNumber) {
		self.inner.add_peer(peer_id, best_hash, best_number);
	}

	fn remove_peer(&mut self, peer_id: &PeerId) {
		self.inner.remove_peer(peer_id);
	}

	fn on_validated_block_announce(
		&mut self,
		is_best: bool,
		peer_id: PeerId,
		announce: &BlockAnnounce<Header>,
	) -> Option<(Hash, BlockNumber)> {
		self.inner.on_validated_block_announce(is_best, peer_id, announce)
	}

	fn set_sync_fork_request(&mut self, peers: Vec<PeerId>, hash: &Hash, number: BlockNumber) {
		self.inner.set_sync_fork_request(peers, hash, number);
	}

	fn request_justification(&mut self, hash: &Hash, number: BlockNumber) {
		self.inner.request_justification(hash, number);
	}

	fn clear_justification_requests(&mut self) {
		self.inner.clear_justification_requests();
	}

	fn on_justification_import(&mut self, hash: Hash, number: BlockNumber, success: bool) {
		self.inner.on_justification_import(hash, number, success);
	}

	fn on_generic_response(
		&mut self,
		peer_id: &PeerId,
		key: StrategyKey,
		protocol_name: ProtocolName,
		response: Box<dyn Any + Send>,
	) {
		self.inner.on_generic_response(peer_id, key, protocol_name, response);
	}

	fn on_block_finalized(&mut self, hash: &Hash, number: BlockNumber) {
		self.inner.on_block_finalized(hash, number);
	}

	fn update_chain_info(&mut self, best_hash: &Hash, best_number: BlockNumber) {
		self.inner.update_chain_info(best_hash, best_number);
	}

	fn num_peers(&self) -> usize {
		self.inner.num_peers()
	}

	fn num_downloaded_blocks(&self) -> usize {
		self.inner.num_downloaded_blocks()
	}

	fn num_sync_requests(&self) -> usize {
		self.inner.num_sync_requests()
	}
}

/// Signs that this machine's clock is wrong, as the blocks of others show it.
#[derive(Default)]
struct Clock {
	/// Ages at which the last blocks arrived, newest last.
	ages: std::collections::VecDeque<Duration>,
	/// Time of the last warning, since the start of the process.
	warned: Option<Duration>,
}

impl Clock {
	/// Blocks that have to agree, so that one slow block is no sign.
	const BLOCKS: usize = 10;
	/// Age at which no block in a row arrives in time: two slots.
	const LATE: Duration = Duration::from_secs(6);

	/// Takes the age of a block that arrived while no peer claims to be ahead, or that one lay in the
	/// future. Returns what is wrong, once in a while.
	fn note(&mut self, now: Duration, in_future: bool, age: Option<Duration>) -> Option<String> {
		if let Some(age) = age {
			self.ages.push_back(age);
			if self.ages.len() > Self::BLOCKS {
				self.ages.pop_front();
			}
		}
		let least = self.ages.iter().min().filter(|_| self.ages.len() == Self::BLOCKS);
		let fault = if in_future {
			"a block of another node lies in its future, so it seems to be slow".to_string()
		} else if let Some(least) = least.filter(|least| **least > Self::LATE) {
			format!(
				"blocks of other nodes arrive {} seconds late, so it seems to be fast",
				least.as_secs()
			)
		} else {
			return None;
		};
		if self.warned.is_some_and(|last| now.saturating_sub(last) < CLOCK_WARNINGS) {
			return None;
		}
		self.warned = Some(now);
		Some(fault)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sc_consensus::ImportedAux;
	use sc_network_sync::{service::network::NetworkServiceProvider, WarpSyncProgress};
	use sp_blockchain::{BlockStatus, Info, Result as ChainResult};
	use sp_consensus_babe::digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest};
	use sp_runtime::{Digest, DigestItem};

	const SLOT: Duration = Duration::from_secs(3);

	/// A chain of blocks of these ages, oldest first, above a genesis block.
	struct Chain(Vec<Header>);

	impl Chain {
		fn new(ages: &[u64]) -> Self {
			let mut chain = vec![header(0, Hash::default(), None)];
			for age in ages {
				let parent = chain.last().unwrap();
				chain.push(header(parent.number + 1, parent.hash(), Some(*age)));
			}
			Self(chain)
		}
	}

	fn header(number: BlockNumber, parent_hash: Hash, age: Option<u64>) -> Header {
		let logs = age.map(|age| {
			let since = unix_time() - Duration::from_secs(age);
			let slot = (since.as_millis() / SLOT.as_millis()) as u64;
			let digest = SecondaryPlainPreDigest { authority_index: 0, slot: slot.into() };
			DigestItem::babe_pre_digest(PreDigest::SecondaryPlain(digest))
		});
		Header {
			parent_hash,
			number,
			state_root: Hash::default(),
			extrinsics_root: Hash::default(),
			digest: Digest { logs: logs.into_iter().collect() },
		}
	}

	impl HeaderBackend<Block> for Chain {
		fn header(&self, hash: Hash) -> ChainResult<Option<Header>> {
			Ok(self.0.iter().find(|header| header.hash() == hash).cloned())
		}

		fn info(&self) -> Info<Block> {
			let best = self.0.last().unwrap();
			Info {
				best_hash: best.hash(),
				best_number: best.number,
				genesis_hash: self.0[0].hash(),
				finalized_hash: self.0[0].hash(),
				finalized_number: 0,
				finalized_state: None,
				number_leaves: 1,
				block_gap: None,
			}
		}

		fn status(&self, _: Hash) -> ChainResult<BlockStatus> {
			unreachable!("nobody asks")
		}

		fn number(&self, _: Hash) -> ChainResult<Option<BlockNumber>> {
			unreachable!("nobody asks")
		}

		fn hash(&self, _: BlockNumber) -> ChainResult<Option<Hash>> {
			unreachable!("nobody asks")
		}
	}

	/// A strategy that believes what its peers claim.
	struct Believer {
		claims: bool,
		warp_sync: Option<WarpSyncProgress<Block>>,
	}

	impl SyncingStrategy<Block> for Believer {
		fn is_major_syncing(&self) -> bool {
			self.claims
		}

		fn status(&self) -> SyncStatus<Block> {
			let downloading = SyncState::Downloading { target: 458 };
			SyncStatus {
				state: if self.claims { downloading } else { SyncState::Idle },
				best_seen_block: None,
				num_peers: 6,
				queued_blocks: 0,
				state_sync: None,
				warp_sync: self.warp_sync.clone(),
			}
		}

		fn actions(
			&mut self,
			_: &NetworkServiceHandle,
		) -> Result<Vec<SyncingAction<Block>>, ClientError> {
			let origin = BlockOrigin::NetworkInitialSync;
			Ok(vec![SyncingAction::ImportBlocks { origin, blocks: Vec::new() }])
		}

		fn on_blocks_processed(&mut self, _: usize, _: usize, _: Results) {}

		fn add_peer(&mut self, _: PeerId, _: Hash, _: BlockNumber) {}
		fn remove_peer(&mut self, _: &PeerId) {}
		fn on_validated_block_announce(
			&mut self,
			_: bool,
			_: PeerId,
			_: &BlockAnnounce<Header>,
		) -> Option<(Hash, BlockNumber)> {
			None
		}
		fn set_sync_fork_request(&mut self, _: Vec<PeerId>, _: &Hash, _: BlockNumber) {}
		fn request_justification(&mut self, _: &Hash, _: BlockNumber) {}
		fn clear_justification_requests(&mut self) {}
		fn on_justification_import(&mut self, _: Hash, _: BlockNumber, _: bool) {}
		fn on_generic_response(
			&mut self,
			_: &PeerId,
			_: StrategyKey,
			_: ProtocolName,
			_: Box<dyn Any + Send>,
		) {
		}
		fn on_block_finalized(&mut self, _: &Hash, _: BlockNumber) {}
		fn update_chain_info(&mut self, _: &Hash, _: BlockNumber) {}
		fn num_peers(&self) -> usize {
			6
		}
		fn num_downloaded_blocks(&self) -> usize {
			0
		}
		fn num_sync_requests(&self) -> usize {
			0
		}
	}

	/// A strategy over blocks of these ages, in a process of that age, whose peers claim more.
	fn sync(ages: &[u64], process_age: u64) -> VerifiedSync<Chain> {
		let inner = Box::new(Believer { claims: true, warp_sync: None });
		let mut sync = VerifiedSync::new(inner, Arc::new(Chain::new(ages)), SLOT);
		sync.began = Instant::now().checked_sub(Duration::from_secs(process_age)).unwrap();
		sync
	}

	fn origin(sync: &mut VerifiedSync<Chain>) -> BlockOrigin {
		let actions = sync.actions(&NetworkServiceProvider::new().handle()).unwrap();
		match &actions[..] {
			[SyncingAction::ImportBlocks { origin, .. }] => *origin,
			other => panic!("{other:?}"),
		}
	}

	/// The import queue's report of the best block.
	fn import_best(sync: &mut VerifiedSync<Chain>) {
		let info = sync.client.info();
		let status =
			BlockImportStatus::ImportedUnknown(info.best_number, ImportedAux::default(), None);
		sync.on_blocks_processed(1, 1, vec![(Ok(status), info.best_hash)]);
	}

	#[test]
	fn no_claim_stops_a_node_whose_best_block_is_young() {
		for process_age in [1, 600] {
			let mut sync = sync(&[6, 3], process_age);
			assert!(sync.inner.is_major_syncing());
			assert!(!sync.is_major_syncing());
			assert_eq!(sync.status().state, SyncState::Idle);
			assert_eq!(origin(&mut sync), BlockOrigin::NetworkBroadcast);
			// Nor does it with the blocks that honest nodes send meanwhile.
			import_best(&mut sync);
			assert!(!sync.is_major_syncing());
		}
	}

	#[test]
	fn no_claim_stops_a_chain_that_slept_for_longer_than_a_start_takes() {
		assert!(sync(&[6_000, 5_997], 29).is_major_syncing());
		assert!(!sync(&[6_000, 5_997], 31).is_major_syncing());
		// The first block of the network after its sleep is no evidence of being behind.
		let mut awake = sync(&[6_000, 3], 31);
		import_best(&mut awake);
		assert!(!awake.is_major_syncing());
	}

	#[test]
	fn a_node_that_imports_old_blocks_is_behind_until_they_end() {
		let mut sync = sync(&[6_000, 5_997], 600);
		import_best(&mut sync);
		assert!(sync.is_major_syncing());
		assert_eq!(sync.status().state, SyncState::Downloading { target: 458 });
		assert_eq!(origin(&mut sync), BlockOrigin::NetworkInitialSync);
		sync.inner = Box::new(Believer { claims: false, warp_sync: None });
		assert!(sync.is_major_syncing());
		assert_eq!(sync.status().state, SyncState::Importing { target: 2 });
		// Nothing came for longer than it is waited for.
		sync.began = sync.began.checked_sub(PATIENCE).unwrap();
		assert!(!sync.is_major_syncing());
	}

	#[test]
	fn a_best_block_that_is_old_is_evidence_before_its_batch_ends() {
		let mut sync = sync(&[6_000, 5_997], 600);
		assert!(!sync.is_major_syncing());
		sync.client = Arc::new(Chain::new(&[6_000, 5_997, 5_994]));
		assert_eq!(origin(&mut sync), BlockOrigin::NetworkInitialSync);
		assert!(sync.is_major_syncing());
	}

	#[test]
	fn a_block_of_its_own_on_an_old_one_does_not_end_it() {
		let mut sync = sync(&[6_000, 5_997], 600);
		import_best(&mut sync);
		let authored = Chain::new(&[6_000, 5_997, 1]);
		sync.client = Arc::new(authored);
		assert!(sync.is_major_syncing());
	}

	#[test]
	fn a_warp_sync_is_one_and_filling_the_gap_behind_it_is_not() {
		for (phase, syncing) in [
			(WarpSyncPhase::DownloadingWarpProofs, true),
			(WarpSyncPhase::DownloadingBlocks(7), false),
		] {
			let mut sync = sync(&[6, 3], 600);
			let warp_sync = Some(WarpSyncProgress { phase, total_bytes: 0, status: None });
			sync.inner = Box::new(Believer { claims: true, warp_sync });
			assert_eq!(sync.is_major_syncing(), syncing);
		}
	}

	#[test]
	fn a_wrong_clock_is_named_once_in_a_while() {
		let (mut clock, second) = (Clock::default(), Duration::from_secs(1));
		assert!(clock.note(second, true, None).unwrap().contains("slow"));
		assert!(clock.note(second * 2, true, None).is_none());
		assert!(clock.note(second * 61, true, None).is_some());

		let mut clock = Clock::default();
		// One late block is no sign, ten are.
		for _ in 1..Clock::BLOCKS {
			assert!(clock.note(second, false, Some(second * 40)).is_none());
		}
		assert!(clock.note(second, false, Some(second * 30)).unwrap().contains("30 seconds late"));
		// And ten of which one was in time are none.
		let mut clock = Clock::default();
		for age in [40, 40, 40, 2, 40, 40, 40, 40, 40, 40] {
			assert!(clock.note(second, false, Some(second * age)).is_none());
		}
	}
}
