//! The RPC methods beside those that every SDK node has. A method that is not safe to expose asks
//! by itself whether its connection may call it.

use std::{error::Error, sync::Arc};

use jsonrpsee::RpcModule;
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_babe_rpc::{Babe, BabeApiServer};
use sc_consensus_grandpa::{FinalityProofProvider, GrandpaJustificationStream};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sc_service::ChainSpec;
use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
use substrate_frame_rpc_system::{System, SystemApiServer};

use crate::service::{FullBackend, Node};
use jns_primitives::Block;

/// What the methods read from.
pub struct Deps {
	pub node: Arc<Node>,
	pub chain_spec: Box<dyn ChainSpec>,
	pub babe_worker: BabeWorkerHandle<Block>,
	pub justifications: GrandpaJustificationStream<Block>,
}

/// Builds the module for one server; a node has two, one of them in memory.
pub fn create(
	deps: &Deps,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>> {
	let Deps { node, chain_spec, babe_worker, justifications } = deps;
	let (client, authority_set) = (&node.client, &node.authority_set);
	let mut module = RpcModule::new(());

	module.merge(System::<_, _, Block>::new(client.clone(), node.pool.clone()).into_rpc())?;
	module.merge(TransactionPayment::<_, Block>::new(client.clone()).into_rpc())?;
	let babe = Babe::new(
		client.clone(),
		babe_worker.clone(),
		node.keystore.clone(),
		node.select_chain.clone(),
	);
	module.merge(babe.into_rpc())?;
	let finality_proofs = FinalityProofProvider::<FullBackend, Block>::new_for_service(
		node.backend.clone(),
		Some(authority_set.clone()),
	);
	let grandpa = Grandpa::new(
		executor,
		authority_set.clone(),
		node.voter_state.clone(),
		justifications.clone(),
		finality_proofs,
	);
	module.merge(grandpa.into_rpc())?;
	let sync_state = SyncState::new(
		chain_spec.cloned_box(),
		client.clone(),
		authority_set.clone(),
		babe_worker.clone(),
	)?;
	module.merge(sync_state.into_rpc())?;

	Ok(module)
}
