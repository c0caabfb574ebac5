//! What an operator watches.

use std::time::Duration;
use substrate_prometheus_endpoint::{
	register, Counter, CounterVec, Gauge, HistogramOpts, HistogramVec, Opts, PrometheusError,
	Registry, U64,
};

/// Seconds, from what a look-up takes to what a registration waits.
const BUCKETS: [f64; 12] =
	[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1.0, 5.0, 15.0, 60.0, 120.0];

/// The metrics, all of them beginning with `jns_name_server_`.
pub struct Metrics {
	requests: CounterVec<U64>,
	seconds: HistogramVec,
	/// Connections that are open.
	pub connections: Gauge<U64>,
	/// Connections that were cut off, since their address had too many.
	pub refused_connections: Counter<U64>,
	/// Idle connections that were cut off to make room for others.
	pub displaced_connections: Counter<U64>,
	/// Registrations that wait or are under way.
	pub queue: Gauge<U64>,
	/// Clients that wait for registrations.
	pub waiting: Gauge<U64>,
	/// Entries of the journal.
	pub journal: Gauge<U64>,
	/// Transactions that were sent and are not final.
	pub in_flight: Gauge<U64>,
	/// Transactions that were sent.
	pub submitted: Counter<U64>,
	/// Transactions that the pool refused or lost.
	pub lost: Counter<U64>,
	/// What the sponsor can spend, in thousandths of a JNS.
	pub sponsor_balance: Gauge<U64>,
	/// What the sponsor's budget of the day has left, in registrations.
	pub budget_left: Gauge<U64>,
	/// 1 from a registration on that budget or money did not suffice for, until one is taken again.
	pub exhausted: Gauge<U64>,
	/// 1 while the runtime's transactions are not those that are known here.
	pub unknown_transactions: Gauge<U64>,
	/// Seconds since the last finalized block was made; of a chain that has none, since the start.
	pub finality_age: Gauge<U64>,
	/// Acknowledged registrations that a restart has lost and that are not back.
	pub unrecovered: Gauge<U64>,
}

impl Metrics {
	/// Metrics in the node's registry, or in none.
	pub fn new(registry: Option<&Registry>) -> Result<Self, PrometheusError> {
		let own = Registry::new();
		let registry = registry.unwrap_or(&own);
		let name = |name: &str| format!("jns_name_server_{name}");
		let gauge = |id: &str, help: &str| register(Gauge::<U64>::new(name(id), help)?, registry);
		let counter =
			|id: &str, help: &str| register(Counter::<U64>::new(name(id), help)?, registry);
		let requests = CounterVec::new(
			Opts::new(name("requests_total"), "Requests, by route and status"),
			&["route", "status"],
		)?;
		let seconds = HistogramVec::new(
			HistogramOpts::new(name("request_seconds"), "Time to answer, by route")
				.buckets(BUCKETS.to_vec()),
			&["route"],
		)?;
		Ok(Self {
			requests: register(requests, registry)?,
			seconds: register(seconds, registry)?,
			connections: gauge("connections", "Connections that are open")?,
			refused_connections: counter(
				"connections_refused_total",
				"Connections cut off at once, since their address had too many",
			)?,
			displaced_connections: counter(
				"connections_displaced_total",
				"Idle connections cut off to make room for others",
			)?,
			queue: gauge("queue", "Registrations that wait or are under way")?,
			waiting: gauge("waiting_clients", "Clients that wait for registrations")?,
			journal: gauge("journal_entries", "Entries of the journal")?,
			in_flight: gauge("transactions_in_flight", "Transactions that are not final yet")?,
			submitted: counter("transactions_submitted_total", "Transactions that were sent")?,
			lost: counter("transactions_lost_total", "Transactions that the pool refused or lost")?,
			sponsor_balance: gauge(
				"sponsor_spendable_milli_jns",
				"What the sponsor can spend, in thousandths of a JNS",
			)?,
			budget_left: gauge(
				"budget_left_today",
				"Registrations that are paid for today, still",
			)?,
			exhausted: gauge(
				"sponsor_exhausted",
				"1 since budget or money did not suffice, until a registration is taken again",
			)?,
			unknown_transactions: gauge(
				"unknown_transactions",
				"1 while the runtime wants transactions that this program cannot write",
			)?,
			finality_age: gauge(
				"finality_age_seconds",
				"Age of the last finalized block, in seconds",
			)?,
			unrecovered: gauge(
				"unrecovered_registrations",
				"Acknowledged registrations that a restart lost and that are not back yet",
			)?,
		})
	}

	/// Counts an answer.
	pub fn answered(&self, route: &str, status: u16, took: Duration) {
		self.requests.with_label_values(&[route, &status.to_string()]).inc();
		self.seconds.with_label_values(&[route]).observe(took.as_secs_f64());
	}
}
