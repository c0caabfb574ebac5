//! How an operator sets the name server up.

use crate::tls::Files;
use jns_primitives::{Balance, JNS};
use std::{net::SocketAddr, path::PathBuf, time::Duration};

/// Settings of a name server.
#[derive(Clone, Debug)]
pub struct Options {
	/// Where to listen.
	pub listen: SocketAddr,
	/// The certificate to speak TLS with; without one it is plain HTTP.
	pub tls: Option<Files>,
	/// The file of the journal.
	pub journal: PathBuf,
	/// What stands before the routes in a request's path, such as `/ns`; empty for nothing.
	pub path_prefix: String,
	/// The header in which a trusted proxy tells the client's address.
	pub client_header: Option<String>,
	/// How old the last finalized block may be for answers to rest on it.
	pub max_lag: Duration,
	/// How long a registration is waited for.
	pub decision_time: Duration,
	/// Registrations that are paid for, over all clients, in a minute of the clock.
	pub per_minute: u32,
	/// The same in a day (UTC).
	pub per_day: u32,
	/// What the sponsor's account keeps in any case.
	pub reserve: Balance,
	/// Shortest name that is paid for, in bytes.
	pub min_sponsored_len: usize,
	/// Registrations that may wait.
	pub queue: usize,
	/// Look-ups of one address in a minute.
	pub lookups_per_minute: u32,
	/// Registrations that one address may ask for in a minute.
	pub registrations_per_minute: u32,
	/// Answers that are kept, of about two kilobytes each.
	pub cache: usize,
	/// The node's WebSocket address for people's browsers, which links to polkadot.js Apps name.
	pub rpc_url: String,
	/// Connections at a time.
	pub connections: usize,
	/// Those of one address, unless a trusted proxy tells whose requests they carry.
	pub connections_per_address: usize,
	/// How long a client may take to send its request, and a connection may be idle.
	pub request_time: Duration,
}

impl Options {
	/// What is usual.
	pub fn new(listen: SocketAddr, journal: PathBuf) -> Self {
		Self {
			listen,
			tls: None,
			journal,
			path_prefix: String::new(),
			client_header: None,
			max_lag: Duration::from_secs(60),
			decision_time: Duration::from_secs(120),
			per_minute: 60,
			per_day: 5_000,
			reserve: JNS,
			min_sponsored_len: 3,
			queue: 4_096,
			lookups_per_minute: 1_200,
			registrations_per_minute: 30,
			cache: 50_000,
			rpc_url: "ws://127.0.0.1:9944".into(),
			connections: 4_096,
			connections_per_address: 128,
			request_time: Duration::from_secs(15),
		}
	}
}
