//! The long tasks of a node: authoring, votes on finality, discovery of the other validators.

use std::{sync::Arc, time::Duration};

use futures::StreamExt;
use sc_basic_authorship::ProposerFactory;
use sc_consensus_babe::{self as babe, BabeLink};
use sc_consensus_grandpa as grandpa;
use sc_network::{Event, NetworkEventStream, NotificationService, ProtocolName};
use sc_service::{Error, TaskManager};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;

use super::{inherents, BabeImport, FullClient, GrandpaLink, Node, JUSTIFICATION_PERIOD};
use crate::consensus::signed_slots::SignOnce;
use jns_primitives::Block;

/// Authors blocks, in the slots that belong to a key of the keystore.
pub fn start_babe(
	tasks: &TaskManager,
	node: &Node,
	block_import: SignOnce<BabeImport>,
	babe_link: BabeLink<Block>,
	force_authoring: bool,
) -> Result<(), Error> {
	let proposer = ProposerFactory::new(
		tasks.spawn_handle(),
		node.client.clone(),
		node.pool.clone(),
		node.registry.as_ref(),
		node.telemetry.clone(),
	);
	let author = babe::start_babe(babe::BabeParams {
		keystore: node.keystore.clone(),
		client: node.client.clone(),
		select_chain: node.select_chain.clone(),
		env: proposer,
		block_import,
		sync_oracle: node.sync.clone(),
		justification_sync_link: node.sync.clone(),
		create_inherent_data_providers: inherents(babe_link.config().slot_duration()),
		force_authoring,
		// Names are registered even while finality lags.
		backoff_authoring_blocks: None::<()>,
		babe_link,
		// A slot is three seconds and a block may weigh one. Half a slot is time enough to fill a
		// block, and the other half is left to send it and to execute it before the next slot.
		block_proposal_slot_portion: babe::SlotProportion::new(0.5),
		max_block_proposal_slot_portion: None,
		telemetry: node.telemetry.clone(),
	})?;
	tasks.spawn_essential_handle().spawn_blocking("babe-author", Some("babe"), author);
	Ok(())
}

/// Follows GRANDPA's rounds, and votes in them with the keys of a validator.
pub fn start_grandpa(
	tasks: &TaskManager,
	node: &Node,
	link: GrandpaLink,
	protocol_name: ProtocolName,
	notification_service: Box<dyn NotificationService>,
) -> Result<(), Error> {
	let config = grandpa::Config {
		// Time for a message to reach everybody. A round takes a few of these: less than a slot.
		gossip_duration: Duration::from_millis(333),
		justification_generation_period: JUSTIFICATION_PERIOD,
		observer_enabled: false,
		local_role: node.role,
		name: Some(node.network_config.node_name.clone()),
		// Who holds no key follows the votes of the others.
		keystore: node.role.is_authority().then(|| node.keystore.clone()),
		telemetry: node.telemetry.clone(),
		protocol_name,
	};
	let voter = grandpa::run_grandpa_voter(grandpa::GrandpaParams {
		config,
		link,
		network: node.network.clone(),
		sync: node.sync.clone(),
		notification_service,
		voting_rule: grandpa::VotingRulesBuilder::<Block, FullClient>::default().build(),
		prometheus_registry: node.registry.clone(),
		shared_voter_state: node.voter_state.clone(),
		telemetry: node.telemetry.clone(),
		offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(node.pool.clone()),
	})?;
	tasks.spawn_essential_handle().spawn_blocking("grandpa-voter", Some("grandpa"), voter);
	Ok(())
}

/// Tells the other validators where this one is, and finds them. The chain also works without.
pub fn start_discovery(tasks: &TaskManager, node: &Node) {
	let config = sc_authority_discovery::WorkerConfig {
		publish_non_global_ips: node.network_config.allow_non_globals_in_dht,
		public_addresses: node.network_config.public_addresses.clone(),
		// No node of this chain is so old that it publishes unsigned records.
		strict_record_validation: true,
		persisted_cache_directory: node.network_config.net_config_path.clone(),
		..Default::default()
	};
	let events = node.network.event_stream("authority-discovery");
	let dht_events = events.filter_map(|event| async move {
		let Event::Dht(event) = event else { return None };
		Some(event)
	});
	let (worker, _) = sc_authority_discovery::new_worker_and_service_with_config(
		config,
		node.client.clone(),
		Arc::new(node.network.clone()),
		Box::pin(dht_events),
		sc_authority_discovery::Role::PublishAndDiscover(node.keystore.clone()),
		node.registry.clone(),
		tasks.spawn_handle(),
	);
	tasks.spawn_handle().spawn("authority-discovery", Some("authority-discovery"), worker.run());
}
