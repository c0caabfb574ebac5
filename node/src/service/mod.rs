//! Puts the node together: `new_partial` builds the parts, `new_full` wires and starts them.

mod syncing;
mod tasks;

use std::sync::Arc;

use sc_consensus::{DefaultImportQueue, LongestChain};
use sc_consensus_babe::{self as babe, BabeBlockImport, BabeLink, BabeWorkerHandle};
use sc_consensus_grandpa::{
	self as grandpa, GrandpaBlockImport, LinkHalf, SharedAuthoritySet, SharedVoterState,
};
use sc_executor::WasmExecutor;
use sc_network::{
	config::FullNetworkConfiguration, Litep2pNetworkBackend as Network, NetworkBackend,
};
use sc_network_sync::SyncingService;
use sc_service::{
	config::NetworkConfiguration, BuildNetworkAdvancedParams, Configuration, Error,
	PartialComponents, Role, SpawnTasksParams, TFullBackend, TFullClient, TaskManager,
	WarpSyncConfig,
};
use sc_telemetry::{Telemetry, TelemetryHandle, TelemetryWorker};
use sc_transaction_pool::TransactionPoolHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_babe::inherents::{BabeCreateInherentDataProviders, InherentDataProvider};
use sp_io::SubstrateHostFunctions;
use sp_keystore::KeystorePtr;
use substrate_prometheus_endpoint::Registry;

use crate::{
	chain_spec::hard_forks,
	consensus::{
		equivocations::{NoReports, ReportEquivocations, Reporter},
		signed_slots::{self, SignOnce, SignedSlots},
		watch::watch,
		Authors,
	},
	council_watch,
	hard_forks::{ForkImport, WarpProofs},
	rpc,
};
use jns_primitives::{Block, BlockNumber, Hash};
use jns_runtime::RuntimeApi;

pub type FullBackend = TFullBackend<Block>;
pub type FullClient = TFullClient<Block, RuntimeApi, WasmExecutor<SubstrateHostFunctions>>;
pub type FullPool = TransactionPoolHandle<Block, FullClient>;
pub type FullSelectChain = LongestChain<FullBackend, Block>;
pub type ImportQueue = DefaultImportQueue<Block>;

pub type GrandpaImport = GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
type GrandpaLink = LinkHalf<Block, FullClient, FullSelectChain>;
type Inherents = BabeCreateInherentDataProviders<Block>;
type BabeImport =
	ReportEquivocations<BabeBlockImport<Block, FullClient, ForkImport, Inherents, FullSelectChain>>;

/// What `new_full` needs beyond the parts that the SDK names.
pub struct Consensus {
	babe_import: BabeImport,
	babe_link: BabeLink<Block>,
	babe_worker: BabeWorkerHandle<Block>,
	grandpa_link: GrandpaLink,
	telemetry: Option<Telemetry>,
}

pub type Partial =
	PartialComponents<FullClient, FullBackend, FullSelectChain, ImportQueue, FullPool, Consensus>;

/// The parts of a running node that its tasks share.
pub struct Node {
	pub client: Arc<FullClient>,
	pub backend: Arc<FullBackend>,
	pub pool: Arc<FullPool>,
	pub select_chain: FullSelectChain,
	pub keystore: KeystorePtr,
	pub sync: Arc<SyncingService<Block>>,
	pub authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	pub voter_state: SharedVoterState,
	network: Arc<dyn sc_network::service::traits::NetworkService>,
	network_config: NetworkConfiguration,
	role: Role,
	pub registry: Option<Registry>,
	telemetry: Option<TelemetryHandle>,
}

/// GRANDPA keeps a justification at least every so many blocks, here about 26 minutes: enough for
/// whoever asks for a proof of finality, and little to store.
const JUSTIFICATION_PERIOD: u32 = 512;

/// Builds the parts, without network or authoring. Subcommands work on these alone.
pub fn new_partial(config: &Configuration) -> Result<Partial, Error> {
	let endpoints = config.telemetry_endpoints.clone().filter(|list| !list.is_empty());
	// Sixteen messages may wait for the network, further ones are dropped.
	let worker = endpoints.as_ref().map(|_| TelemetryWorker::new(16)).transpose()?;
	let telemetry = worker.as_ref().zip(endpoints).map(|(w, list)| w.handle().new_telemetry(list));
	let telemetry_handle = telemetry.as_ref().map(Telemetry::handle);

	let (client, backend, keystore_container, mut task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry_handle.clone(),
			sc_service::new_wasm_executor::<SubstrateHostFunctions>(&config.executor),
			// A node that prunes blocks must still be able to prove finality to a warp sync.
			vec![Arc::new(grandpa::GrandpaPruningFilter)],
		)?;
	let client = Arc::new(client);
	if let Some(worker) = worker {
		task_manager.spawn_handle().spawn("telemetry", Some("telemetry"), worker.run());
	}
	let select_chain = LongestChain::new(backend.clone());
	let pool: FullPool = sc_transaction_pool::Builder::new(
		task_manager.spawn_essential_handle(),
		client.clone(),
		config.role.is_authority().into(),
	)
	.with_options(config.transaction_pool.clone())
	.with_prometheus(config.prometheus_registry())
	.build();
	let pool = Arc::new(pool);

	let (grandpa_import, grandpa_link): (GrandpaImport, GrandpaLink) = grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry_handle.clone(),
	)?;
	let babe_config = babe::configuration(&*client)?;
	let slot_duration = babe_config.slot_duration();
	let (babe_import, babe_link) = babe::block_import(
		babe_config,
		ForkImport::new(grandpa_import.clone(), client.clone(), hard_forks(&*config.chain_spec)),
		client.clone(),
		inherents(slot_duration),
		select_chain.clone(),
		OffchainTransactionPoolFactory::new(NoReports::new(client.clone())),
	)?;
	let reporter = Reporter::new(
		client.clone(),
		select_chain.clone(),
		OffchainTransactionPoolFactory::new(pool.clone()),
		keystore_container.keystore(),
		Authors::new(&babe_link),
		slot_duration.as_duration(),
		config.prometheus_registry(),
	)?;
	let babe_import = ReportEquivocations::new(babe_import, reporter);
	let (import_queue, babe_worker) = babe::import_queue(babe::ImportQueueParams {
		link: babe_link.clone(),
		block_import: babe_import.clone(),
		justification_import: Some(Box::new(grandpa_import)),
		client: client.clone(),
		slot_duration,
		spawner: &task_manager.spawn_essential_handle(),
		registry: config.prometheus_registry(),
		telemetry: telemetry_handle,
	})?;
	// BABE's worker is essential and ends with its last handle, so one stays with the tasks.
	task_manager.keep_alive(babe_worker.clone());

	Ok(PartialComponents {
		client,
		backend,
		task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool: pool,
		other: Consensus { babe_import, babe_link, babe_worker, grandpa_link, telemetry },
	})
}

/// What an author states about the time, and an importer checks: the clock and its slot.
fn inherents(slot_duration: sp_consensus_babe::SlotDuration) -> Inherents {
	Arc::new(move |_parent: Hash, ()| async move {
		let now = sp_timestamp::InherentDataProvider::from_system_time();
		let slot = InherentDataProvider::from_timestamp_and_slot_duration(*now, slot_duration);
		Ok((slot, now))
	})
}

/// Starts a validator or a full node.
pub fn new_full(config: Configuration) -> Result<(TaskManager, Arc<Node>), Error> {
	let mut parts = new_partial(&config)?;
	let Consensus { babe_import, babe_link, babe_worker, grandpa_link, mut telemetry } =
		parts.other;
	let authority_set = grandpa_link.shared_authority_set().clone();
	let registry = config.prometheus_registry().cloned();

	let metrics =
		<Network as NetworkBackend<Block, Hash>>::register_notification_metrics(registry.as_ref());
	let mut net_config =
		FullNetworkConfiguration::<Block, Hash, Network>::new(&config.network, registry.clone());
	let genesis_hash = parts.client.chain_info().genesis_hash;
	let protocol = grandpa::protocol_standard_name(&genesis_hash, &config.chain_spec);
	let (grandpa_set, notifications) = grandpa::grandpa_peers_set_config::<Block, Network>(
		protocol.clone(),
		metrics.clone(),
		net_config.peer_store_handle(),
	);
	net_config.add_notification_protocol(grandpa_set);
	let warp_sync = WarpProofs::new(
		parts.backend.clone(),
		authority_set.clone(),
		hard_forks(&*config.chain_spec),
	)
	.map_err(Error::Application)?;
	let slot_duration = babe_link.config().slot_duration().as_duration();
	let (sync_service, block_announce_config, network_service_provider) = syncing::start(
		&config,
		&mut net_config,
		&metrics,
		parts.client.clone(),
		&parts.task_manager,
		&parts.import_queue,
		WarpSyncConfig::WithProvider(Arc::new(warp_sync)),
		slot_duration,
	)?;
	let (network, system_rpc_tx, tx_handler_controller, sync, _) =
		sc_service::build_network_advanced(BuildNetworkAdvancedParams {
			role: config.role,
			protocol_id: config.protocol_id(),
			fork_id: config.chain_spec.fork_id(),
			announce_block: config.announce_block,
			net_config,
			client: parts.client.clone(),
			transaction_pool: parts.transaction_pool.clone(),
			spawn_handle: parts.task_manager.spawn_handle(),
			spawn_essential_handle: parts.task_manager.spawn_essential_handle(),
			import_queue: parts.import_queue,
			sync_service,
			block_announce_config,
			network_service_provider,
			metrics_registry: registry.as_ref(),
			metrics,
			blocks_pruning: config.blocks_pruning,
		})?;

	let node = Arc::new(Node {
		client: parts.client,
		backend: parts.backend,
		pool: parts.transaction_pool,
		select_chain: parts.select_chain,
		keystore: parts.keystore_container.keystore(),
		sync,
		authority_set,
		voter_state: SharedVoterState::empty(),
		network,
		network_config: config.network.clone(),
		role: config.role,
		registry,
		telemetry: telemetry.as_ref().map(Telemetry::handle),
	});
	let rpc_deps = rpc::Deps {
		node: node.clone(),
		chain_spec: config.chain_spec.cloned_box(),
		babe_worker,
		justifications: grandpa_link.justification_stream(),
	};
	let (force_authoring, votes) = (config.force_authoring, !config.disable_grandpa);
	let signed_slots = config.base_path.config_dir(config.chain_spec.id()).join(signed_slots::FILE);
	sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: node.client.clone(),
		backend: node.backend.clone(),
		task_manager: &mut parts.task_manager,
		keystore: node.keystore.clone(),
		transaction_pool: node.pool.clone(),
		rpc_builder: Box::new(move |executor| {
			rpc::create(&rpc_deps, executor).map_err(Error::Application)
		}),
		network: node.network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: node.sync.clone(),
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	let tasks = parts.task_manager;
	if node.role.is_authority() {
		let slots =
			SignedSlots::open(&signed_slots).map_err(|error| Error::Other(error.to_string()))?;
		let authors = Authors::new(&babe_link);
		let import = SignOnce::new(babe_import, authors, slots, node.registry.as_ref())?;
		tasks::start_babe(&tasks, &node, import, babe_link, force_authoring)?;
		tasks::start_discovery(&tasks, &node);
		let watch = watch(node.client.clone(), node.keystore.clone(), node.registry.clone());
		tasks.spawn_handle().spawn("validator-watch", Some("validator-watch"), watch);
	}
	let council = council_watch::watch(node.client.clone(), node.registry.clone());
	tasks.spawn_handle().spawn("council-watch", Some("council-watch"), council);
	if votes {
		tasks::start_grandpa(&tasks, &node, grandpa_link, protocol, notifications)?;
	}
	Ok((tasks, node))
}
