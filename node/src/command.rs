//! What each subcommand does. Signals are the runner's: SIGINT and SIGTERM end the node cleanly.

use std::sync::Arc;

use sc_cli::SubstrateCli;
use sc_network::config::NetworkBackendType;
use sc_service::{Configuration, TaskManager};

use crate::{
	chain_spec::{self, ChainSpec},
	cli::{Cli, Subcommand},
	commands, name_server, precautions,
	service::{self, FullBackend, FullClient},
};
use jns_primitives::{Block, BlockNumber};

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"JNS Node".into()
	}

	fn impl_version() -> String {
		env!("JNS_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		"the JNS developers".into()
	}

	fn support_url() -> String {
		"https://jami.net".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
		Ok(match id {
			"dev" => Box::new(chain_spec::development()?),
			"local" => Box::new(chain_spec::local()?),
			// There is no live network yet, and to guess one would mislead.
			"" => {
				return Err("choose a chain with --chain: `dev` (one validator), `local` (four \
					validators) or the path of a chain specification"
					.into())
			},
			path => Box::new(ChainSpec::from_json_file(path.into())?),
		})
	}
}

/// Reads the command line and does what it says.
pub fn run() -> sc_cli::Result<()> {
	let cli = Cli::from_args();
	match &cli.subcommand {
		None => cli.create_runner(&cli.run)?.run_node_until_exit(|config| async move {
			if matches!(config.network.network_backend, NetworkBackendType::Libp2p) {
				return Err(sc_cli::Error::Input(
					"--network-backend libp2p is not built in: leave the option out".into(),
				));
			}
			let spec = config.chain_spec.cloned_box();
			let base_path = config.base_path.path().to_owned();
			let name_server = cli.name_server.options(&config.base_path.config_dir(spec.id()));
			if let Some(options) = &name_server {
				precautions::check_public_rpc(&config.rpc, &options.rpc_url);
			}
			if !cli.no_hardware_benchmarks {
				precautions::check_hardware(&config);
			}
			let (tasks, node) = service::new_full(config)?;
			precautions::monitor_storage(&tasks, &base_path, cli.storage_monitor)?;
			if let Some(options) = name_server {
				name_server::start(&tasks, &node, options, spec)?;
			}
			Ok(tasks)
		}),
		Some(Subcommand::Key(cmd)) => cmd.run(&cli),
		Some(Subcommand::Jami(cmd)) => commands::jami::run(cmd),
		Some(Subcommand::Authorities(cmd)) => commands::proof::authorities(cmd),
		Some(Subcommand::VerifyProof(cmd)) => commands::proof::verify_proof(cmd),
		Some(Subcommand::VerifyWarpProof(cmd)) => commands::proof::verify_warp_proof(cmd),
		Some(Subcommand::RescueFinality(cmd)) => commands::rescue::run(cmd),
		Some(Subcommand::ExportChainSpec(cmd)) => cmd.run(cli.load_spec(&cmd.chain)?),
		Some(Subcommand::CheckBlock(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let parts = service::new_partial(&config)?;
			Ok((cmd.run(parts.client, parts.import_queue), parts.task_manager))
		}),
		Some(Subcommand::ExportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let (client, _, tasks) = chain_ops(&config)?;
			Ok((cmd.run(client, config.database), tasks))
		}),
		Some(Subcommand::ExportState(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let (client, _, tasks) = chain_ops(&config)?;
			Ok((cmd.run(client, config.chain_spec), tasks))
		}),
		Some(Subcommand::ImportBlocks(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let parts = service::new_partial(&config)?;
			Ok((cmd.run(parts.client, parts.import_queue), parts.task_manager))
		}),
		Some(Subcommand::PurgeChain(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run(config.database))
		},
		Some(Subcommand::Revert(cmd)) => cli.create_runner(cmd)?.async_run(|config| {
			let (client, backend, tasks) = chain_ops(&config)?;
			let reverted =
				cmd.run::<Block, _, _>(client, backend, Some(Box::new(revert_consensus)));
			Ok((reverted, tasks))
		}),
		Some(Subcommand::ChainInfo(cmd)) => {
			cli.create_runner(cmd)?.sync_run(|config| cmd.run::<Block>(&config))
		},
	}
}

/// The parts for a subcommand that imports nothing.
fn chain_ops(
	config: &Configuration,
) -> sc_cli::Result<(Arc<FullClient>, Arc<FullBackend>, TaskManager)> {
	let mut parts = service::new_partial(config)?;
	// Without its queue the import worker ends, and an essential task that ends is an error.
	parts.task_manager.keep_alive(parts.import_queue);
	Ok((parts.client, parts.backend, parts.task_manager))
}

/// BABE and GRANDPA keep data beside the blocks, which would otherwise speak of blocks long gone.
fn revert_consensus(
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	blocks: BlockNumber,
) -> sc_cli::Result<()> {
	sc_consensus_babe::revert(client.clone(), backend, blocks)?;
	sc_consensus_grandpa::revert(client, blocks)?;
	Ok(())
}
