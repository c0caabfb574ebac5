//! Checks before a node starts: the machine, the disk, and who can reach its RPC.

use std::{fs, net::IpAddr, path::Path};

use sc_service::{
	config::{RpcConfiguration, RpcMethods},
	ChainType, Configuration, TaskManager,
};
use sc_storage_monitor::{StorageMonitorParams, StorageMonitorService};
use sc_sysinfo::{Metric, Requirement, Requirements, Throughput};

/// Least throughput of a validator's machine. Rough numbers, below those of an ordinary server with an
/// SSD: what a block may weigh was measured on such a one.
fn requirements() -> Requirements {
	let least = |metric, mibs| Requirement {
		metric,
		minimum: Throughput::from_mibs(mibs),
		validator_only: false,
	};
	Requirements(vec![
		least(Metric::Blake2256, 500.0),
		least(Metric::MemCopy, 4_096.0),
		least(Metric::DiskSeqWrite, 200.0),
		least(Metric::DiskRndWrite, 100.0),
	])
}

/// Measures the machine of a live chain's validator, which takes a second, and warns of a slow one.
pub fn check_hardware(config: &Configuration) {
	if !config.role.is_authority() || config.chain_spec.chain_type() != ChainType::Live {
		return;
	}
	let directory = config.base_path.path();
	let scratch = fs::create_dir_all(directory).is_ok().then_some(directory);
	let requirements = requirements();
	let measured = sc_sysinfo::gather_hwbench(scratch, &requirements);
	sc_sysinfo::print_hwbench(&measured);
	if let Err(failures) = requirements.check_hardware(&measured, false) {
		log::warn!(
			"This machine is slow for a validator: {failures}. Its blocks may come too late for their \
			slots"
		);
	}
}

/// Ends the node, cleanly, when the disk of its database and its journal is almost full.
pub fn monitor_storage(
	tasks: &TaskManager,
	base_path: &Path,
	params: StorageMonitorParams,
) -> Result<(), sc_service::Error> {
	StorageMonitorService::try_spawn(params, base_path.into(), &tasks.spawn_essential_handle())
		.map_err(|why| sc_service::Error::Application(why.into()))
}

/// Warns if the page leads strangers to an RPC that answers methods for operators.
pub fn check_public_rpc(rpc: &RpcConfiguration, public_url: &str) {
	if let Some(warning) = public_rpc_warning(answers_unsafe_methods(rpc), public_url) {
		log::warn!("{warning}");
	}
}

fn public_rpc_warning(unsafe_methods: bool, public_url: &str) -> Option<String> {
	if !unsafe_methods || is_local(host(public_url)) {
		return None;
	}
	Some(format!(
		"--name-server-rpc-url names {public_url}, where others can reach an RPC. If that leads to \
		this node, they can call its unsafe methods too (insert keys, remove transactions), since a \
		proxy's connections are local: start the node with --rpc-methods safe, and never let others \
		reach a validator's RPC"
	))
}

/// Whether some connection may call the methods that are for operators: over loopback all may,
/// unless told otherwise, and everybody who comes by a proxy comes over loopback.
fn answers_unsafe_methods(rpc: &RpcConfiguration) -> bool {
	let open = |local: bool, methods: &RpcMethods| match methods {
		RpcMethods::Safe => false,
		RpcMethods::Unsafe => true,
		RpcMethods::Auto => local,
	};
	match &rpc.addr {
		Some(endpoints) => {
			endpoints.iter().any(|one| open(one.listen_addr.ip().is_loopback(), &one.rpc_methods))
		},
		None => open(true, &rpc.methods),
	}
}

/// The host of a URL.
fn host(url: &str) -> &str {
	let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
	let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
	let host = authority.rsplit('@').next().unwrap_or_default();
	match host.strip_prefix('[').and_then(|v6| v6.split_once(']')) {
		Some((v6, _)) => v6,
		None => host.split(':').next().unwrap_or_default(),
	}
}

fn is_local(host: &str) -> bool {
	let name = host.trim_end_matches('.').to_ascii_lowercase();
	name == "localhost"
		|| name.ends_with(".localhost")
		|| host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_public_url_is_told_from_one_of_this_machine() {
		for local in [
			"ws://127.0.0.1:9944",
			"ws://127.8.0.1",
			"ws://localhost:9944/",
			"WS://LocalHost",
			"ws://node.localhost:1",
			"ws://[::1]:9944/path",
			"ws://user@localhost:1?query",
		] {
			assert!(is_local(host(local)), "{local}");
			assert_eq!(public_rpc_warning(true, local), None);
		}
		for public in [
			"wss://rpc.example.org",
			"wss://rpc.example.org:443/ns",
			"ws://10.0.0.1:9944",
			"wss://[2001:db8::1]:443",
			"wss://localhost.example.org",
			"wss://localhost@example.org",
		] {
			assert!(!is_local(host(public)), "{public}");
			let warning = public_rpc_warning(true, public).unwrap();
			assert!(
				warning.contains(public) && warning.contains("--rpc-methods safe"),
				"{warning}"
			);
			assert_eq!(public_rpc_warning(false, public), None);
		}
	}

	#[test]
	fn a_machine_that_is_slow_is_told() {
		let measured = |score| sc_sysinfo::HwBench {
			cpu_hashrate_score: Throughput::from_mibs(score),
			parallel_cpu_hashrate_score: Throughput::from_mibs(score),
			parallel_cpu_cores: 1,
			memory_memcpy_score: Throughput::from_mibs(8.0 * score),
			disk_sequential_write_score: Some(Throughput::from_mibs(score)),
			disk_random_write_score: Some(Throughput::from_mibs(score)),
		};
		assert!(requirements().check_hardware(&measured(600.0), false).is_ok());
		let failures = requirements().check_hardware(&measured(150.0), false).unwrap_err();
		assert_eq!(failures.0.len(), 3, "{failures}");
	}
}
