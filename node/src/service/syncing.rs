//! Starts to sync.

use std::{sync::Arc, time::Duration};

use sc_network::{
	config::FullNetworkConfiguration, service::NotificationMetrics,
	Litep2pNetworkBackend as Network, NetworkBackend,
};
use sc_network_sync::{
	engine::SyncingEngine, service::network::NetworkServiceProvider, SyncingService,
};
use sc_service::{Configuration, Error, ImportQueue as _, TaskManager, WarpSyncConfig};
use sp_consensus::block_validation::DefaultBlockAnnounceValidator;

use super::{FullClient, ImportQueue};
use crate::consensus::sync::VerifiedSync;
use jns_primitives::{Block, Hash};

/// How the network is told of the announcements of blocks.
type AnnouncementsConfig = <Network as NetworkBackend<Block, Hash>>::NotificationProtocolConfig;

/// Starts to sync as the SDK does, but for the strategy, which believes no peer about being in sync.
/// Returns what the network is built with.
pub fn start(
	config: &Configuration,
	net_config: &mut FullNetworkConfiguration<Block, Hash, Network>,
	metrics: &NotificationMetrics,
	client: Arc<FullClient>,
	tasks: &TaskManager,
	import_queue: &ImportQueue,
	warp_sync: WarpSyncConfig<Block>,
	slot_duration: Duration,
) -> Result<(SyncingService<Block>, AnnouncementsConfig, NetworkServiceProvider), Error> {
	let (protocol_id, fork_id) = (config.protocol_id(), config.chain_spec.fork_id());
	let provider = NetworkServiceProvider::new();
	let peers = &config.network.default_peers_set;
	let block_downloader = sc_service::build_default_block_downloader(
		&protocol_id,
		fork_id,
		net_config,
		provider.handle(),
		client.clone(),
		peers.in_peers.saturating_add(peers.out_peers) as usize,
		&tasks.spawn_handle(),
	);
	let strategy = sc_service::build_polkadot_syncing_strategy(
		protocol_id.clone(),
		fork_id,
		net_config,
		Some(warp_sync),
		block_downloader,
		client.clone(),
		&tasks.spawn_handle(),
		config.prometheus_registry(),
		sc_service::default_gap_sync_body_policy(config.blocks_pruning),
	)?;
	let (engine, service, announce_config) = SyncingEngine::new(
		(&config.role).into(),
		client.clone(),
		config.prometheus_registry(),
		metrics.clone(),
		net_config,
		protocol_id,
		fork_id,
		Box::new(DefaultBlockAnnounceValidator),
		Box::new(VerifiedSync::new(strategy, client, slot_duration)),
		provider.handle(),
		import_queue.service(),
		net_config.peer_store_handle(),
	)?;
	tasks.spawn_essential_handle().spawn_blocking("syncing", None, engine.run());
	Ok((service, announce_config, provider))
}
