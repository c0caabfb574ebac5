//! The chain as the name server sees it: this node's client, its pool and its keystore.

use std::{
	collections::VecDeque,
	future::Future,
	sync::{
		atomic::{AtomicU32, Ordering},
		Arc, Mutex, PoisonError,
	},
	time::Duration,
};

use codec::Decode;
use frame_metadata::{RuntimeMetadata, RuntimeMetadataPrefixed};
use frame_system_rpc_runtime_api::AccountNonceApi;
use futures::{
	future::BoxFuture,
	stream::{self, StreamExt},
};
use sc_client_api::BlockchainEvents;
use sc_network_sync::{SyncStatusProvider, SyncingService};
use sc_service::{ChainSpec, ChainType, TaskManager};
use sc_transaction_pool_api::{
	error::IntoPoolError, TransactionPool, TransactionSource, TransactionStatus,
};
use serde_json::Value;
use sp_api::{Core, Metadata, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_core::{crypto::KeyTypeId, storage::well_known_keys};
use sp_keystore::KeystorePtr;
use sp_runtime::{generic::Era, traits::Header as _, OpaqueExtrinsic};
use tokio::sync::watch;

use crate::{
	name_proof,
	service::{FullBackend, FullClient, FullPool, Node},
	warp_proof::Sets,
};
use jns_name_proof::Question;
use jns_name_server::{
	chain::{Chain, ChainError, Head, Overview, Pieces, Sponsor, Standing, SubmitError, TxEnd},
	NameServer, Options,
};
use jns_primitives::{
	api::{Admission, ComposedCall, CouncilApi, NameQueryError, NamesApi, SponsorApi, MAX_PAGE},
	council::MemberInfo,
	layout::NAMES_LABEL,
	storage::{Key, Value as Stored},
	AccountId, Balance, BlockNumber, Hash, Header, JamiId, Name, NameRecord, Nonce,
	VersionedRecord,
};
use jns_runtime::{
	signing::{self, Signed},
	RuntimeCall,
};

/// The sponsor's key in the keystore: `jns-node key insert --key-type spon --scheme sr25519`.
pub const SPONSOR: KeyTypeId = KeyTypeId(*b"spon");
/// Who sponsors on a development chain, whose preset gives it money.
const DEVELOPMENT_SPONSOR: &str = "//One";

/// The metadata's version in which a runtime tells what its transactions carry.
const METADATA: u32 = 15;
const METADATA_API: &str = "the runtime gives no metadata of version 15";
/// How often sync state and peers are looked at.
const SYNC_PERIOD: Duration = Duration::from_secs(1);
/// Pages of members that are read for an overview, which is made for every finalized block.
const MEMBER_PAGES: usize = 16;
/// Names registered last that are remembered.
const LATEST_KEPT: usize = 100;
/// Names registered last that are told.
const LATEST_TOLD: usize = 20;

/// Binds the name server and spawns it. The node does not start with one that cannot work.
pub fn start(
	tasks: &TaskManager,
	node: &Arc<Node>,
	options: Options,
	spec: Box<dyn ChainSpec>,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
	let chain = Arc::new(NodeChain::new(tasks, node, spec)?);
	let server = NameServer::bind(options, &*chain, node.registry.as_ref())?;
	tasks.spawn_essential_handle().spawn("name-server", Some("name-server"), server.run(chain));
	Ok(())
}

struct NodeChain {
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	pool: Arc<FullPool>,
	keystore: KeystorePtr,
	sponsor: Option<sp_core::sr25519::Public>,
	standing: watch::Receiver<Standing>,
	peers: Arc<AtomicU32>,
	slot_millis: u64,
	latest: Latest,
	finalized: watch::Receiver<Head>,
	best: watch::Receiver<Head>,
	genesis: Hash,
	sets: Arc<Sets>,
	history: Arc<Mutex<History>>,
	/// Whether the transactions of the runtime of that version are known.
	known: Mutex<Option<(u32, bool)>>,
}

fn failed(why: impl std::fmt::Display) -> ChainError {
	ChainError(why.to_string())
}

impl NodeChain {
	fn new(
		tasks: &TaskManager,
		node: &Arc<Node>,
		spec: Box<dyn ChainSpec>,
	) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
		let (client, keystore) = (node.client.clone(), node.keystore.clone());
		let development = spec.chain_type() == ChainType::Development;
		let mut keys = keystore.sr25519_public_keys(SPONSOR);
		if keys.is_empty() && development {
			keys.push(keystore.sr25519_generate_new(SPONSOR, Some(DEVELOPMENT_SPONSOR))?);
		}
		if keys.len() > 1 {
			return Err(
				"the keystore has more than one key of the type `spon`: which one pays for \
				registrations? Remove the others' files from the keystore"
					.into(),
			);
		}
		let sponsor = keys.pop();
		match sponsor {
			Some(key) => log::info!("Name server: {} pays for registrations", AccountId::from(key)),
			None => log::warn!("Name server: no key `spon` in the keystore, so no registrations"),
		}
		let slot_millis = sc_consensus_babe::configuration(&*client)?.slot_duration().as_millis();
		let info = client.info();
		let at = |number: BlockNumber, hash: Hash| -> Result<Head, sp_blockchain::Error> {
			let header = client.header(hash)?;
			let made_at = header.and_then(|header| made_at(&header, slot_millis));
			Ok(Head { number, hash, made_at })
		};
		let finalized = watch::Sender::new(at(info.finalized_number, info.finalized_hash)?);
		let best = watch::Sender::new(at(info.best_number, info.best_hash)?);
		let history = Arc::new(Mutex::new(History::default()));
		let standing = watch::Sender::new(Standing { syncing: true, lonely: false });
		let chain = Self {
			sponsor,
			standing: standing.subscribe(),
			peers: Arc::default(),
			slot_millis,
			latest: Latest::beginning(&client, info.finalized_hash),
			finalized: finalized.subscribe(),
			best: best.subscribe(),
			genesis: info.genesis_hash,
			sets: Arc::new(Sets::new(node, spec)),
			history: history.clone(),
			known: Mutex::new(None),
			pool: node.pool.clone(),
			client: client.clone(),
			backend: node.backend.clone(),
			keystore,
		};
		let follow = follow_blocks(client, slot_millis, finalized, best, history);
		let spawner = tasks.spawn_essential_handle();
		spawner.spawn("name-server-blocks", Some("name-server"), follow);
		let peers = chain.peers.clone();
		let follow = follow_sync(node.sync.clone(), !development, standing, peers);
		spawner.spawn("name-server-sync", Some("name-server"), follow);
		let follow = follow_names(node.client.clone(), chain.latest.clone());
		spawner.spawn("name-server-names", Some("name-server"), follow);
		Ok(chain)
	}

	fn account(&self) -> Option<AccountId> {
		self.sponsor.map(AccountId::from)
	}

	fn api(
		&self,
	) -> sp_api::ApiRef<'_, <FullClient as ProvideRuntimeApi<jns_primitives::Block>>::Api> {
		self.client.runtime_api()
	}

	fn prove(&self, question: Question) -> Result<Option<Value>, ChainError> {
		let proof = name_proof::make(&self.client, &self.backend, question).map_err(failed)?;
		proof.map(serde_json::to_value).transpose().map_err(failed)
	}

	/// Members, and whether those are all.
	fn members(&self, at: Hash) -> Result<(Vec<MemberInfo<AccountId>>, bool), ChainError> {
		let api = self.api();
		let mut members: Vec<MemberInfo<AccountId>> = Vec::new();
		for _ in 0..MEMBER_PAGES {
			let last = members.last().map(|member| member.account.clone());
			let page = CouncilApi::<_, AccountId, RuntimeCall>::members(&*api, at, last, MAX_PAGE)
				.map_err(failed)?;
			let is_last = page.len() < MAX_PAGE as usize;
			members.extend(page);
			if is_last {
				return Ok((members, true));
			}
		}
		Ok((members, false))
	}

	/// The calls that vote for the open proposal and against it.
	fn votes(&self, at: Hash) -> Option<[Vec<u8>; 2]> {
		let api = self.api();
		let vote = |aye| {
			let call = CouncilApi::<_, AccountId, RuntimeCall>::vote_call(&*api, at, aye);
			// A runtime that does not compose it gives none.
			call.ok().flatten().map(|call| call.encoded)
		};
		Some([vote(true)?, vote(false)?])
	}

	fn overview_of(&self, at: Hash) -> Result<Overview, ChainError> {
		let council =
			CouncilApi::<_, AccountId, RuntimeCall>::council(&*self.api(), at).map_err(failed)?;
		let (members, all_members) = self.members(at)?;
		let votes = council.proposal.as_ref().and_then(|_| self.votes(at));
		let latest = self.latest.told(&self.client, at);
		let logics = self.api().logics(at).map_err(failed)?;
		Ok(Overview { council, logics, members, all_members, votes, latest })
	}

	/// Whether this program can write transactions for the runtime of that block.
	fn is_known(&self, at: Hash) -> Result<bool, ChainError> {
		let version = self.api().version(at).map_err(failed)?;
		let mut known = self.known.lock().map_err(failed)?;
		if let Some((spec_version, is_known)) = *known {
			if spec_version == version.spec_version {
				return Ok(is_known);
			}
		}
		let metadata = self.api().metadata_at_version(at, METADATA).map_err(failed)?;
		let metadata = metadata.ok_or_else(|| failed(METADATA_API))?;
		let is_known = writes_known_transactions(version.transaction_version, &metadata)?;
		if !is_known {
			log::error!(
				"The runtime's version {} wants transactions that this program does not know: it \
				registers no names until it is upgraded",
				version.spec_version
			);
		}
		*known = Some((version.spec_version, is_known));
		Ok(is_known)
	}
}

/// Whether a runtime of that version and metadata wants the transactions that this program writes.
fn writes_known_transactions(version: u32, metadata: &[u8]) -> Result<bool, ChainError> {
	Ok(version == jns_runtime::VERSION.transaction_version
		&& extensions(metadata)? == signing::extension_names())
}

/// The names of what a runtime's transactions carry, in their order.
fn extensions(metadata: &[u8]) -> Result<Vec<String>, ChainError> {
	let metadata = RuntimeMetadataPrefixed::decode(&mut &metadata[..]).map_err(failed)?;
	let RuntimeMetadata::V15(metadata) = metadata.1 else { return Err(failed(METADATA_API)) };
	Ok(metadata.extrinsic.signed_extensions.into_iter().map(|one| one.identifier).collect())
}

/// When a block was made, by its slot.
fn made_at(header: &Header, slot_millis: u64) -> Option<Duration> {
	if *header.number() == 0 {
		return None;
	}
	let digest = sc_consensus_babe::find_pre_digest::<jns_primitives::Block>(header).ok()?;
	Some(Duration::from_millis(digest.slot().saturating_mul(slot_millis)))
}

async fn follow_blocks(
	client: Arc<FullClient>,
	slot_millis: u64,
	finalized: watch::Sender<Head>,
	best: watch::Sender<Head>,
	history: Arc<Mutex<History>>,
) {
	// Unfiltered: the node does not know where pallets keep what.
	let Ok(mut changes) = client.storage_changes_notification_stream(None, None) else { return };
	let history = || history.lock().unwrap_or_else(PoisonError::into_inner);
	let mut finality = client.finality_notification_stream();
	let mut imports = client.import_notification_stream();
	let mut looks = tokio::time::interval(SYNC_PERIOD);
	let head = |hash| {
		let header = client.header(hash).ok().flatten()?;
		Some(Head { number: header.number, hash, made_at: made_at(&header, slot_millis) })
	};
	loop {
		tokio::select! {
			// What a block changed is known before it is final.
			biased;
			notification = changes.next() => {
				let Some(notification) = notification else { return };
				let keys = notification.changes.iter().map(|(_, key, _)| &key.0[..]);
				history().import(notification.block, keys);
			},
			notification = finality.next() => {
				let Some(notification) = notification else { return };
				notification.tree_route.iter().for_each(|block| history().finalize(*block));
				history().finalize(notification.hash);
				finalized.send_replace(Head {
					number: *notification.header.number(),
					hash: notification.hash,
					made_at: made_at(&notification.header, slot_millis),
				});
			},
			notification = imports.next() => {
				let Some(notification) = notification else { return };
				if notification.is_new_best {
					best.send_replace(Head {
						number: *notification.header.number(),
						hash: notification.hash,
						made_at: made_at(&notification.header, slot_millis),
					});
				}
			},
			// Blocks of an initial sync come without notifications.
			_ = looks.tick() => {
				let info = client.info();
				if finalized.borrow().hash != info.finalized_hash {
					let Some(head) = head(info.finalized_hash) else { continue };
					history().forget();
					finalized.send_replace(head);
				}
				if best.borrow().hash != info.best_hash {
					let Some(head) = head(info.best_hash) else { continue };
					best.send_replace(head);
				}
			},
		}
	}
}

async fn follow_sync(
	sync: Arc<SyncingService<jns_primitives::Block>>,
	needs_peers: bool,
	standing: watch::Sender<Standing>,
	peers: Arc<AtomicU32>,
) {
	loop {
		let Ok(status) = sync.status().await else { return };
		let syncing = status.state.is_major_syncing();
		let lonely = needs_peers && status.num_peers == 0;
		standing.send_replace(Standing { syncing, lonely });
		peers.store(status.num_peers, Ordering::Relaxed);
		tokio::time::sleep(SYNC_PERIOD).await;
	}
}

/// What changed in the state of the last finalized blocks.
#[derive(Default)]
struct History {
	/// By imported block. Forks that were never best are not here.
	imported: VecDeque<(Hash, Changed)>,
	/// Each is the parent of the next; nothing if it is not known what changed in it.
	finalized: VecDeque<(Hash, Option<Changed>)>,
}

/// What changed in a block.
struct Changed {
	/// Whether anything else did that answers depend on: the runtime, the selected logic, or where names
	/// are kept.
	rules: bool,
	/// The last bytes of the keys; those of the stores end with the place in a store.
	places: Vec<Key>,
}

impl History {
	/// How many blocks are remembered.
	const LEN: usize = 256;

	fn import<'a>(&mut self, block: Hash, keys: impl Iterator<Item = &'a [u8]>) {
		// Of the pallet's prefix and the item's. Which names exist is the selected logic's rule.
		let selected_logic = sp_io::hashing::twox_128(b"SelectedLogic");
		let mut changed = Changed { rules: false, places: Vec::new() };
		for key in keys {
			changed.rules |= key == well_known_keys::CODE
				|| key.ends_with(NAMES_LABEL)
				|| key.ends_with(&selected_logic);
			changed.places.extend(key.last_chunk::<32>());
		}
		self.imported.push_back((block, changed));
		if self.imported.len() > Self::LEN {
			self.imported.pop_front();
		}
	}

	/// Takes note that blocks were finalized unseen: it is not known what changed in them.
	fn forget(&mut self) {
		self.finalized.clear();
	}

	fn finalize(&mut self, block: Hash) {
		let found = self.imported.iter().position(|(hash, _)| *hash == block);
		let changed = found.and_then(|at| self.imported.remove(at)).map(|(_, changed)| changed);
		self.finalized.push_back((block, changed));
		if self.finalized.len() > Self::LEN {
			self.finalized.pop_front();
		}
	}

	fn between(&self, from: Hash, to: Hash) -> Option<Vec<Key>> {
		let at = |block| self.finalized.iter().position(|(hash, _)| *hash == block);
		let (first, last) = (at(from)?.checked_add(1)?, at(to)?);
		let mut places = Vec::new();
		for (_, changed) in
			self.finalized.range(first..).take(last.checked_sub(first)?.checked_add(1)?)
		{
			let changed = changed.as_ref().filter(|changed| !changed.rules)?;
			places.extend_from_slice(&changed.places);
		}
		Some(places)
	}
}

/// Names that were registered last, newest first. No state has them in that order, so that this is a
/// list of whom to ask for, and what is told of them is the state's.
#[derive(Clone, Default)]
struct Latest(Arc<Mutex<VecDeque<Name>>>);

impl Latest {
	/// The latest of one page of all names, where the list begins.
	fn beginning(client: &FullClient, at: Hash) -> Self {
		let latest = Self::default();
		let page = client.runtime_api().names(at, None, MAX_PAGE);
		let page = page.ok().and_then(Result::ok).unwrap_or_default();
		let mut records: Vec<_> = page.into_iter().filter_map(|entry| entry.record).collect();
		records.sort_by_key(|record| record.block);
		records.into_iter().for_each(|record| latest.add(record.name));
		latest
	}

	fn add(&self, name: Name) {
		let Ok(mut names) = self.0.lock() else { return };
		names.retain(|known| *known != name);
		names.push_front(name);
		names.truncate(LATEST_KEPT);
	}

	/// The records of those that are there.
	fn told(&self, client: &FullClient, at: Hash) -> Vec<NameRecord> {
		let names = self.0.lock().map(|names| names.clone()).unwrap_or_default();
		let api = client.runtime_api();
		let mut records: Vec<NameRecord> = names
			.iter()
			.filter_map(|name| api.resolve(at, name.as_bytes().to_vec()).ok()?.ok()?)
			.take(LATEST_TOLD)
			.collect();
		records.sort_by_key(|record| std::cmp::Reverse(record.block));
		records
	}
}

/// Remembers the names that blocks register.
async fn follow_names(client: Arc<FullClient>, latest: Latest) {
	// Whatever changes: keys are the runtime's affair, and a filter would have to know each whole.
	let Ok(mut changes) = client.storage_changes_notification_stream(None, None) else {
		log::warn!("Name server: the names registered last are not told");
		return std::future::pending().await;
	};
	while let Some(notification) = changes.next().await {
		let Ok(Some(number)) = client.number(notification.block) else { continue };
		let written = notification.changes.iter().filter_map(|(_, _, value)| value);
		let registered = written
			.filter_map(|value| written_record(&value.0))
			.filter(|record| record.block == number)
			.take(LATEST_KEPT);
		for record in registered {
			// Anybody can write the like into a store of their own.
			let name = record.name.as_bytes().to_vec();
			let resolved = client.runtime_api().resolve(notification.block, name);
			if matches!(resolved, Ok(Ok(Some(found))) if found == record) {
				latest.add(record.name);
			}
		}
	}
}

/// The record that a value of the state begins with, if it looks like one.
fn written_record(value: &[u8]) -> Option<NameRecord> {
	let bytes = Stored::<AccountId>::decode(&mut &value[..]).ok()?.into_bytes()?;
	VersionedRecord::read(&bytes)
}

/// An answer that is there at once: the node executes the runtime in this process.
fn at_once<T: Send>(answer: T) -> impl Future<Output = T> + Send {
	std::future::ready(answer)
}

impl Chain for NodeChain {
	fn standing(&self) -> Standing {
		*self.standing.borrow()
	}

	fn finalized(&self) -> watch::Receiver<Head> {
		self.finalized.clone()
	}

	fn best(&self) -> watch::Receiver<Head> {
		self.best.clone()
	}

	fn changes(&self, from: Hash, to: Hash) -> Option<Vec<Key>> {
		self.history.lock().unwrap_or_else(PoisonError::into_inner).between(from, to)
	}

	fn resolve(
		&self,
		at: Hash,
		name: &[u8],
	) -> impl Future<Output = Result<Result<Option<NameRecord>, NameQueryError>, ChainError>> + Send
	{
		at_once(self.api().resolve(at, name.to_vec()).map_err(failed))
	}

	fn name_of(
		&self,
		at: Hash,
		id: JamiId,
	) -> impl Future<Output = Result<Option<Name>, ChainError>> + Send {
		let told = self.api().name_of(at, id).map_err(failed);
		at_once(told.and_then(|name| name.map_err(|why| failed(format!("no answer: {why:?}")))))
	}

	fn admission(
		&self,
		at: Hash,
		name: &[u8],
		key: &[u8],
	) -> impl Future<Output = Result<Admission, ChainError>> + Send {
		at_once(self.api().admission(at, name.to_vec(), key.to_vec()).map_err(failed))
	}

	fn registration_call(
		&self,
		at: Hash,
		name: &[u8],
		key: &[u8],
		signature: &[u8],
	) -> impl Future<Output = Result<Option<Vec<u8>>, ChainError>> + Send {
		let (name, key, signature) = (name.to_vec(), key.to_vec(), signature.to_vec());
		let call = self.api().registration_call(at, name, key, signature);
		at_once(call.map(|call| call.map(|call| call.encoded)).map_err(failed))
	}

	fn batch_call(
		&self,
		at: Hash,
		calls: Vec<Vec<u8>>,
	) -> impl Future<Output = Result<Option<Vec<u8>>, ChainError>> + Send {
		let calls = calls.into_iter().map(|encoded| ComposedCall { encoded }).collect();
		let call = SponsorApi::<_, AccountId>::batch_call(&*self.api(), at, calls);
		at_once(call.map(|call| call.map(|call| call.encoded)).map_err(failed))
	}

	fn registration_price(
		&self,
		at: Hash,
	) -> impl Future<Output = Result<Balance, ChainError>> + Send {
		at_once(SponsorApi::<_, AccountId>::registration_price(&*self.api(), at).map_err(failed))
	}

	fn sponsor(
		&self,
		at: Hash,
	) -> impl Future<Output = Result<Option<Sponsor>, ChainError>> + Send {
		let read = |who: AccountId| {
			let api = self.api();
			let spendable = api.spendable(at, who.clone()).map_err(failed)?;
			let nonce = api.account_nonce(at, who).map_err(failed)?;
			Ok(Sponsor { spendable, nonce })
		};
		at_once(self.account().map(read).transpose())
	}

	fn writes_known_transactions(
		&self,
		at: Hash,
	) -> impl Future<Output = Result<bool, ChainError>> + Send {
		at_once(self.is_known(at))
	}

	async fn submit(
		&self,
		at: Head,
		call: Vec<u8>,
		nonce: Nonce,
		lifetime: BlockNumber,
		tip: Balance,
	) -> Result<BoxFuture<'static, TxEnd>, SubmitError> {
		let key = self.sponsor.ok_or_else(|| failed("there is no sponsor"))?;
		let version = self.api().version(at.hash).map_err(failed)?;
		let extrinsic = signing::sign_composed(
			&call,
			AccountId::from(key),
			signing::extension(nonce, Era::mortal(u64::from(lifetime), u64::from(at.number)), tip),
			Signed {
				spec_version: version.spec_version,
				genesis: self.genesis,
				era_begin: at.hash,
			},
			|payload| self.keystore.sr25519_sign(SPONSOR, &key, payload).ok().flatten(),
		)
		.ok_or_else(|| failed("the sponsor's key cannot sign"))?;
		let extrinsic = OpaqueExtrinsic::decode(&mut &extrinsic[..]).map_err(failed)?;
		let statuses = self
			.pool
			.submit_and_watch(at.hash, TransactionSource::Local, extrinsic)
			.await
			.map_err(|error| match error.into_pool_error() {
				Ok(sc_transaction_pool_api::error::Error::ImmediatelyDropped) => {
					SubmitError::PoolFull
				},
				Ok(error) => SubmitError::Refused(error.to_string()),
				Err(error) => SubmitError::Chain(failed(error)),
			})?;
		let mut statuses = Box::pin(statuses);
		Ok(Box::pin(async move {
			while let Some(status) = statuses.next().await {
				match status {
					TransactionStatus::Finalized(_) => return TxEnd::Finalized,
					TransactionStatus::Usurped(_)
					| TransactionStatus::Dropped
					| TransactionStatus::Invalid
					| TransactionStatus::FinalityTimeout(_) => return TxEnd::Gone,
					_ => (),
				}
			}
			TxEnd::Gone
		}))
	}

	fn prove_name(
		&self,
		name: Name,
	) -> impl Future<Output = Result<Option<Value>, ChainError>> + Send {
		at_once(self.prove(Question::Name(name)))
	}

	fn prove_id(
		&self,
		id: JamiId,
	) -> impl Future<Output = Result<Option<Value>, ChainError>> + Send {
		at_once(self.prove(Question::Id(id)))
	}

	async fn warp_proof(&self, from: u64) -> Result<Option<Pieces>, ChainError> {
		let sets = self.sets.clone();
		// The genesis block's state may have to be made, which takes long.
		let made = tokio::task::spawn_blocking(move || sets.warp_proof(from));
		let pieces = made.await.map_err(failed)?.map_err(failed)?;
		Ok(pieces.map(|pieces| stream::iter(pieces.map(|piece| piece.map_err(failed))).boxed()))
	}

	fn genesis(&self) -> Hash {
		self.genesis
	}

	fn peers(&self) -> u32 {
		self.peers.load(Ordering::Relaxed)
	}

	fn block_time(&self) -> Duration {
		Duration::from_millis(self.slot_millis)
	}

	fn overview(&self, at: Hash) -> impl Future<Output = Result<Overview, ChainError>> + Send {
		at_once(self.overview_of(at))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	#[test]
	fn what_changed_is_known_between_finalized_blocks_and_otherwise_nothing_is_said() {
		let block = Hash::repeat_byte;
		let place = |byte| [&[0xee; 40][..], &[byte; 32]].concat();
		let mut history = History::default();
		let (one, two, nine) = (place(1), place(2), place(9));
		history.import(block(1), [&one[..]].into_iter());
		history.import(block(2), [&two[..], b"short"].into_iter());
		history.import(block(0xf2), [&nine[..]].into_iter());
		history.import(block(3), std::iter::empty());
		(0..=3).for_each(|n| history.finalize(block(n)));
		assert_eq!(history.between(block(0), block(3)), Some(vec![[1; 32], [2; 32]]));
		assert_eq!(history.between(block(1), block(2)), Some(vec![[2; 32]]));
		assert_eq!(history.between(block(2), block(3)), Some(vec![]));
		assert_eq!(history.between(block(3), block(2)), None);
		assert_eq!(history.between(block(9), block(3)), None);

		// A fork that was never best, a new runtime, a new place for names, another logic.
		history.finalize(block(4));
		assert_eq!(history.between(block(3), block(4)), None);
		let hash = sp_io::hashing::twox_128;
		for (n, key) in [
			(5, b":code".to_vec()),
			(6, [&[0xee; 48][..], NAMES_LABEL].concat()),
			(7, [hash(b"Council"), hash(b"SelectedLogic")].concat()),
		] {
			history.import(block(n), [&key[..]].into_iter());
			history.finalize(block(n));
			assert_eq!(history.between(block(n - 1), block(n)), None);
		}
	}

	#[test]
	fn transactions_are_known_by_their_version_and_by_what_they_carry() {
		let version = jns_runtime::VERSION.transaction_version;
		let metadata_at = |version| {
			let at = || jns_runtime::Runtime::metadata_at_version(version).unwrap();
			sp_io::TestExternalities::default().execute_with(|| Vec::from(&at()[..]))
		};
		let metadata = metadata_at(METADATA);
		assert_eq!(writes_known_transactions(version, &metadata), Ok(true));
		assert_eq!(writes_known_transactions(version + 1, &metadata), Ok(false));

		// The same runtime with one extension fewer, and with two in another order.
		let mut decoded = RuntimeMetadataPrefixed::decode(&mut &metadata[..]).unwrap();
		let RuntimeMetadata::V15(v15) = &mut decoded.1 else { panic!("it is of that version") };
		v15.extrinsic.signed_extensions.swap(0, 1);
		assert_eq!(writes_known_transactions(version, &decoded.encode()), Ok(false));
		let RuntimeMetadata::V15(v15) = &mut decoded.1 else { panic!("it is of that version") };
		v15.extrinsic.signed_extensions.swap(0, 1);
		v15.extrinsic.signed_extensions.pop();
		assert_eq!(writes_known_transactions(version, &decoded.encode()), Ok(false));

		let other = metadata_at(14);
		assert_eq!(writes_known_transactions(version, &other), Err(failed(METADATA_API)));
		assert!(writes_known_transactions(version, &metadata[1..]).is_err());
	}
}
