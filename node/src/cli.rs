//! The command line. Without a subcommand the node runs.

use std::{
	net::SocketAddr,
	path::{Path, PathBuf},
	time::Duration,
};

use sc_cli::{
	ChainInfoCmd, CheckBlockCmd, ExportBlocksCmd, ExportChainSpecCmd, ExportStateCmd,
	ImportBlocksCmd, KeySubcommand, PurgeChainCmd, RevertCmd, RunCmd,
};
use sc_storage_monitor::StorageMonitorParams;

use crate::commands::{
	proof::{AuthoritiesCmd, VerifyProofCmd, VerifyWarpProofCmd},
	rescue::RescueFinalityCmd,
};
use jns_name_server::{tls::Files, Options};
use jns_primitives::{Balance, JNS};

#[derive(Debug, clap::Parser)]
pub struct Cli {
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	#[command(flatten)]
	pub run: RunCmd,

	#[command(flatten)]
	pub storage_monitor: StorageMonitorParams,

	/// Do not measure the machine of a live chain's validator at the start.
	#[arg(long)]
	pub no_hardware_benchmarks: bool,

	#[command(flatten)]
	pub name_server: NameServerArgs,
}

/// The name server for Jami clients. Each option can stand in the environment as well, as
/// `JNS_NAME_SERVER…` in capitals.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Name server")]
#[group(skip)]
pub struct NameServerArgs {
	/// Serve Jami clients over HTTP at this address, such as 127.0.0.1:8080.
	#[arg(long, value_name = "ADDRESS", env = "JNS_NAME_SERVER")]
	name_server: Option<SocketAddr>,

	/// Speak TLS, with the certificates in this PEM file. It is read again when it changes.
	#[arg(
		long,
		value_name = "FILE",
		env = "JNS_NAME_SERVER_TLS_CERT",
		requires = "name_server",
		requires = "name_server_tls_key"
	)]
	name_server_tls_cert: Option<PathBuf>,

	/// The certificate's private key, a PEM file.
	#[arg(
		long,
		value_name = "FILE",
		env = "JNS_NAME_SERVER_TLS_KEY",
		requires = "name_server_tls_cert"
	)]
	name_server_tls_key: Option<PathBuf>,

	/// What stands before `/name/…` in the path of a request, such as /ns.
	#[arg(
		long,
		value_name = "PATH",
		env = "JNS_NAME_SERVER_PATH_PREFIX",
		requires = "name_server",
		value_parser = path_prefix
	)]
	name_server_path_prefix: Option<String>,

	/// The header in which the proxy before this server tells the client's address, such as
	/// X-Forwarded-For. Without a proxy, anybody could write it.
	#[arg(
		long,
		value_name = "HEADER",
		env = "JNS_NAME_SERVER_CLIENT_HEADER",
		requires = "name_server",
		value_parser = header_name
	)]
	name_server_client_header: Option<String>,

	/// Answer 503 while the last finalized block is older than this many seconds.
	#[arg(
		long,
		value_name = "SECONDS",
		env = "JNS_NAME_SERVER_MAX_LAG",
		default_value_t = 60,
		value_parser = clap::value_parser!(u64).range(10..)
	)]
	name_server_max_lag: u64,

	/// Answer 503 to a registration that is not decided after this many seconds.
	#[arg(
		long,
		value_name = "SECONDS",
		env = "JNS_NAME_SERVER_DECISION_TIME",
		default_value_t = 120,
		value_parser = clap::value_parser!(u64).range(1..=3_600)
	)]
	name_server_decision_time: u64,

	/// Pay for at most this many registrations in a minute, over all clients.
	#[arg(
		long,
		value_name = "COUNT",
		env = "JNS_NAME_SERVER_BUDGET_PER_MINUTE",
		default_value_t = 60
	)]
	name_server_budget_per_minute: u32,

	/// Pay for at most this many registrations in a day (UTC), over all clients.
	#[arg(
		long,
		value_name = "COUNT",
		env = "JNS_NAME_SERVER_BUDGET_PER_DAY",
		default_value_t = 5_000
	)]
	name_server_budget_per_day: u32,

	/// What the sponsor's account keeps in any case, in JNS.
	#[arg(long, value_name = "JNS", env = "JNS_NAME_SERVER_RESERVE", default_value_t = 1)]
	name_server_reserve: u32,

	/// Pay for no name that is shorter than this.
	#[arg(
		long,
		value_name = "LETTERS",
		env = "JNS_NAME_SERVER_MIN_LENGTH",
		default_value_t = 3,
		value_parser = clap::value_parser!(u8).range(3..=32)
	)]
	name_server_min_length: u8,

	/// Let at most this many registrations wait.
	#[arg(
		long,
		value_name = "COUNT",
		env = "JNS_NAME_SERVER_QUEUE",
		default_value_t = 4_096,
		value_parser = clap::value_parser!(u32).range(1..=100_000)
	)]
	name_server_queue: u32,

	/// Answer one address (of IPv6, one /64) at most this many look-ups in a minute.
	#[arg(
		long,
		value_name = "COUNT",
		env = "JNS_NAME_SERVER_LOOKUPS_PER_MINUTE",
		default_value_t = 1_200,
		value_parser = clap::value_parser!(u32).range(1..)
	)]
	name_server_lookups_per_minute: u32,

	/// Take from one address (of IPv6, one /64) at most this many registrations in a minute.
	#[arg(
		long,
		value_name = "COUNT",
		env = "JNS_NAME_SERVER_REGISTRATIONS_PER_MINUTE",
		default_value_t = 30,
		value_parser = clap::value_parser!(u32).range(1..)
	)]
	name_server_registrations_per_minute: u32,

	/// Keep at most this many answers in memory, of about two kilobytes each.
	#[arg(
		long,
		value_name = "COUNT",
		env = "JNS_NAME_SERVER_CACHE",
		default_value_t = 50_000,
		value_parser = clap::value_parser!(u32).range(..=10_000_000)
	)]
	name_server_cache: u32,

	/// Where people's browsers reach a node's WebSocket: the page's links to polkadot.js Apps name it.
	#[arg(
		long,
		value_name = "URL",
		env = "JNS_NAME_SERVER_RPC_URL",
		default_value = "ws://127.0.0.1:9944"
	)]
	name_server_rpc_url: String,

	/// Hold at most this many connections at a time.
	#[arg(
		long,
		value_name = "COUNT",
		env = "JNS_NAME_SERVER_CONNECTIONS",
		default_value_t = 4_096,
		value_parser = clap::value_parser!(u32).range(1..=1_000_000)
	)]
	name_server_connections: u32,

	/// Hold at most this many connections of one address (of IPv6, one /64) at a time. Behind a proxy
	/// that tells the client's address there is no such limit.
	#[arg(
		long,
		value_name = "COUNT",
		env = "JNS_NAME_SERVER_CONNECTIONS_PER_ADDRESS",
		default_value_t = 128,
		value_parser = clap::value_parser!(u32).range(1..)
	)]
	name_server_connections_per_address: u32,

	/// Give a client this many seconds to send a request, to be idle, and to take more of an answer.
	#[arg(
		long,
		value_name = "SECONDS",
		env = "JNS_NAME_SERVER_REQUEST_TIME",
		default_value_t = 15,
		value_parser = clap::value_parser!(u64).range(1..=3_600)
	)]
	name_server_request_time: u64,
}

impl NameServerArgs {
	/// The options of the name server that is asked for, if one is; its journal lies in `folder`.
	pub fn options(&self, folder: &Path) -> Option<Options> {
		Some(Options {
			listen: self.name_server?,
			tls: self
				.name_server_tls_cert
				.clone()
				.zip(self.name_server_tls_key.clone())
				.map(|(certificates, key)| Files { certificates, key }),
			journal: folder.join("name-server.journal"),
			path_prefix: self.name_server_path_prefix.clone().unwrap_or_default(),
			client_header: self.name_server_client_header.clone(),
			max_lag: Duration::from_secs(self.name_server_max_lag),
			decision_time: Duration::from_secs(self.name_server_decision_time),
			per_minute: self.name_server_budget_per_minute,
			per_day: self.name_server_budget_per_day,
			reserve: Balance::from(self.name_server_reserve).saturating_mul(JNS),
			min_sponsored_len: self.name_server_min_length.into(),
			queue: self.name_server_queue as usize,
			lookups_per_minute: self.name_server_lookups_per_minute,
			registrations_per_minute: self.name_server_registrations_per_minute,
			cache: self.name_server_cache as usize,
			rpc_url: self.name_server_rpc_url.clone(),
			connections: self.name_server_connections as usize,
			connections_per_address: self.name_server_connections_per_address as usize,
			request_time: Duration::from_secs(self.name_server_request_time),
		})
	}
}

fn path_prefix(text: &str) -> Result<String, String> {
	let bare = text.trim_end_matches('/');
	if !bare.starts_with('/') {
		return Err("it begins with a slash, such as /ns".into());
	}
	Ok(bare.into())
}

fn header_name(text: &str) -> Result<String, String> {
	let valid = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
	if text.is_empty() || !text.chars().all(valid) {
		return Err("it is no name of a header".into());
	}
	Ok(text.to_ascii_lowercase())
}

// The doc comments are the help text.
#[derive(Debug, clap::Subcommand)]
#[allow(clippy::large_enum_variant)] // One value per process.
pub enum Subcommand {
	/// Generate, inspect and insert keys.
	#[command(subcommand)]
	Key(KeySubcommand),

	/// Register a Jami name, give it up, hand it over: by the key of a Jami account.
	#[command(subcommand)]
	Jami(jns_jami::JamiCmd),

	/// Write the authorities that finalize blocks, by whom proofs of names are checked.
	Authorities(AuthoritiesCmd),

	/// Check a proof of a name or an ID from a name server, without asking anybody.
	VerifyProof(VerifyProofCmd),

	/// Check how the authorities changed, and write the last of them, without asking anybody.
	VerifyWarpProof(VerifyWarpProofCmd),

	/// Compose the council's proposals that end a stall of finality, from a node's finalized head.
	RescueFinality(RescueFinalityCmd),

	/// Write the specification of a chain as JSON.
	ExportChainSpec(ExportChainSpecCmd),

	/// Execute a block once more and check it.
	CheckBlock(CheckBlockCmd),

	/// Write blocks to a file.
	ExportBlocks(ExportBlocksCmd),

	/// Write the state of a block as a raw chain specification.
	ExportState(ExportStateCmd),

	/// Read blocks from a file.
	ImportBlocks(ImportBlocksCmd),

	/// Delete the database of a chain.
	PurgeChain(PurgeChainCmd),

	/// Take back the newest blocks that are not finalized.
	Revert(RevertCmd),

	/// Print the best, the finalized and the genesis block of the database.
	ChainInfo(ChainInfoCmd),
}
