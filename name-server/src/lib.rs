//! # The name server
//!
//! Serves Jami clients over HTTP, as the name server they were made for: three requests to look a name
//! up, to look an ID up, and to register a name.
//!
//! * **Answers are reads of finalized state.** A registration is acknowledged when finalized state shows
//!   name, ID and key, never by an event of a transaction.
//! * **Never a guess.** To clients "not found" means that a name is free or that the user has none, and
//!   they act on it. While the node cannot know, every answer is 503.
//! * **Nothing acknowledged is lost.** Whatever is sent is in a [`journal`] first, and stays there until
//!   well past finality.
//! * The chain is known through [`chain::Chain`] alone, which is the runtime API and little more, so that
//!   a runtime upgrade moves nothing here.
//!
//! The code map: [`http`] has the routes, [`registrar`] the queue of registrations, [`cache`]
//! what was looked up, [`budget`] what the
//! sponsor may spend, [`limits`] how often an address may ask, [`metrics`] what an operator watches.
//! `page` is what people see, and `status` what it is told of the chain.

#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

pub mod budget;
pub mod cache;
pub mod chain;
pub mod http;
mod idle;
pub mod journal;
pub mod limits;
pub mod metrics;
pub mod openapi;
pub mod options;
mod page;
pub mod registrar;
mod server;
mod status;
#[cfg(test)]
mod tests;
pub mod tls;

pub use chain::Chain;
pub use options::Options;
pub use server::NameServer;

use cache::Cache;
use chain::Head;
use limits::Limits;
use metrics::Metrics;
use registrar::Registrar;
use std::{
	sync::Arc,
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::sync::watch;

const LOG_TARGET: &str = "name-server";

/// Why nothing can be said now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unready {
	/// The node is behind the chain.
	#[error("the node is syncing")]
	Syncing,
	/// Nobody tells the node of the chain.
	#[error("the node has no peers")]
	Lonely,
	/// The last finalized block is too old.
	#[error("finality stands still")]
	Stale,
	/// What was acknowledged before a restart is being brought back.
	#[error("the node is recovering")]
	Recovering,
}

/// The time of now.
fn since_epoch() -> Duration {
	SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// What every request is answered with.
pub struct App<C> {
	chain: Arc<C>,
	options: Options,
	registrar: Registrar,
	limits: Limits,
	cache: Cache,
	metrics: Arc<Metrics>,
	finalized: watch::Receiver<Head>,
	status: status::Snapshots,
	/// False until what was acknowledged before a restart is in the finalized state.
	recovered: watch::Receiver<bool>,
}

impl<C: Chain> App<C> {
	/// The block of which to answer, or why there can be no answer.
	fn head(&self) -> Result<Head, Unready> {
		let standing = self.chain.standing();
		if standing.syncing {
			return Err(Unready::Syncing);
		}
		if standing.lonely {
			return Err(Unready::Lonely);
		}
		let head = *self.finalized.borrow();
		// The first block has no time; a chain that has finalized nothing knows no names yet.
		let age = head.made_at.map(|made_at| since_epoch().saturating_sub(made_at));
		if age.is_none_or(|age| age > self.options.max_lag) {
			return Err(Unready::Stale);
		}
		if !*self.recovered.borrow() {
			return Err(Unready::Recovering);
		}
		Ok(head)
	}
}
