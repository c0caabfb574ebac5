//! Tells operators what the council is about to decide, on every node: by gauges, and by a line of the
//! log for each proposal.

use std::{sync::Arc, time::Duration};

use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use substrate_prometheus_endpoint::{register, Gauge, PrometheusError, Registry, F64, U64};

use crate::service::FullClient;
use jns_primitives::{api::CouncilApi, council::CouncilInfo, AccountId, Hash};
use jns_runtime::RuntimeCall;

/// Time between two looks: two slots.
const PERIOD: Duration = Duration::from_secs(6);

/// The figures of the open proposal, each 0 while there is none.
struct Metrics {
	open: Gauge<U64>,
	blocks_left: Gauge<U64>,
	notice_left: Gauge<U64>,
	stake_needed: Gauge<F64>,
	upgrade_authorized: Gauge<U64>,
}

impl Metrics {
	fn new(registry: &Registry) -> Result<Self, PrometheusError> {
		let number = |name: &str, help: &str| register(Gauge::new(name, help)?, registry);
		Ok(Self {
			open: number("jns_council_proposal_open", "1 while a proposal can be voted on.")?,
			blocks_left: number(
				"jns_council_blocks_left",
				"Blocks for which the open proposal can still be voted on.",
			)?,
			notice_left: number(
				"jns_council_notice_left",
				"Blocks until the open proposal can pass.",
			)?,
			stake_needed: register(
				Gauge::new(
					"jns_council_stake_needed_ratio",
					"Share of all stake that the open proposal lacks to pass.",
				)?,
				registry,
			)?,
			upgrade_authorized: number(
				"jns_council_upgrade_authorized",
				"1 while anybody can upload the next runtime.",
			)?,
		})
	}

	fn set(&self, council: &CouncilInfo<AccountId>) {
		let maybe_open = council.proposal.as_ref().filter(|open| !open.overdue);
		self.open.set(u64::from(maybe_open.is_some()));
		self.blocks_left.set(maybe_open.map_or(0, |open| open.blocks_left.into()));
		self.notice_left.set(maybe_open.map_or(0, |open| open.notice_left.into()));
		self.stake_needed.set(
			maybe_open
				.map_or(0.0, |open| open.stake_needed as f64 / council.total_stake.max(1) as f64),
		);
		self.upgrade_authorized.set(u64::from(council.authorized_upgrade.is_some()));
	}
}

/// Proposal and upgrade of which the log has a line already.
#[derive(Default)]
struct Said {
	proposal: Option<(u32, Hash)>,
	upgrade: Option<Hash>,
}

/// Lines for the log about what it has no line of yet.
fn news(said: &mut Said, council: &CouncilInfo<AccountId>) -> Vec<String> {
	let mut news = Vec::new();
	let maybe_open = council.proposal.as_ref().filter(|open| !open.overdue);
	let proposal = maybe_open.map(|open| (open.index, open.call_hash));
	if let Some(open) = maybe_open.filter(|_| said.proposal != proposal) {
		news.push(format!(
			"proposal {} of {} can pass from block {} on, and be voted on until block {}; its call has \
			the hash {:?}",
			open.index, open.proposer, open.passes_from, open.end, open.call_hash,
		));
	}
	if let Some(hash) = council.authorized_upgrade.filter(|hash| said.upgrade != Some(*hash)) {
		news.push(format!("anybody can upload the runtime with the hash {hash:?} now"));
	}
	*said = Said { proposal, upgrade: council.authorized_upgrade };
	news
}

/// Looks at the finalized state until the node stops.
pub async fn watch(client: Arc<FullClient>, registry: Option<Registry>) {
	let metrics = registry.as_ref().map(Metrics::new).transpose().unwrap_or_else(|why| {
		log::warn!("The metrics of the council are not there: {why}");
		None
	});
	let mut said = Said::default();
	loop {
		let at = client.info().finalized_hash;
		let api = client.runtime_api();
		// A node that is about to fetch the state has none.
		let council = CouncilApi::<_, AccountId, RuntimeCall>::council(&*api, at);
		if let Ok(council) = council {
			news(&mut said, &council).iter().for_each(|line| log::info!("Council: {line}"));
			if let Some(metrics) = &metrics {
				metrics.set(&council);
			}
		}
		tokio::time::sleep(PERIOD).await;
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use jns_primitives::council::{ProposalInfo, Tally};

	fn council(open: bool, upgrade: Option<Hash>) -> CouncilInfo<AccountId> {
		let proposal = ProposalInfo {
			index: 7,
			proposer: [1; 32].into(),
			call_hash: Hash::repeat_byte(2),
			call: vec![],
			tally: Tally { ayes: 25, nays: 0 },
			stake_needed: 25,
			opened: 10,
			passes_from: 30,
			notice_left: 15,
			end: 50,
			blocks_left: 36,
			overdue: false,
			deposit: 1,
		};
		CouncilInfo {
			account: [0; 32].into(),
			total_stake: 100,
			proposal: open.then_some(proposal),
			logic: None,
			stores: vec![],
			authorized_upgrade: upgrade,
		}
	}

	#[test]
	fn each_proposal_and_upgrade_is_said_once() {
		let mut said = Said::default();
		let hash = Hash::repeat_byte(3);
		assert!(news(&mut said, &council(false, None)).is_empty());
		let lines = news(&mut said, &council(true, None));
		assert!(lines[0].contains("can pass from block 30 on"), "{lines:?}");
		assert!(news(&mut said, &council(true, None)).is_empty());
		let lines = news(&mut said, &council(false, Some(hash)));
		assert!(lines[0].contains("0x0303"), "{lines:?}");
		assert!(news(&mut said, &council(false, Some(hash))).is_empty());
		// Another proposal under the same number, as on another fork.
		let mut other = council(true, Some(hash));
		news(&mut said, &other);
		other.proposal.as_mut().unwrap().call_hash = hash;
		assert_eq!(news(&mut said, &other).len(), 1);
	}

	#[test]
	fn the_figures_are_those_of_the_open_proposal() {
		let metrics = Metrics::new(&Registry::new()).unwrap();
		metrics.set(&council(true, None));
		assert_eq!((metrics.open.get(), metrics.blocks_left.get()), (1, 36));
		assert_eq!((metrics.notice_left.get(), metrics.stake_needed.get()), (15, 0.25));
		let mut overdue = council(true, Some(Hash::zero()));
		overdue.proposal.as_mut().unwrap().overdue = true;
		metrics.set(&overdue);
		assert_eq!((metrics.open.get(), metrics.stake_needed.get()), (0, 0.0));
		assert_eq!(metrics.upgrade_authorized.get(), 1);
	}
}
