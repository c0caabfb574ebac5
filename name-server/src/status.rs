//! The state of the chain as the page shows it: `GET /status`.

use crate::{
	chain::{Head, Overview},
	since_epoch, App, Chain, LOG_TARGET,
};
use jns_primitives::{
	api::LogicInfo,
	council::{MemberInfo, ProposalInfo},
	AccountId, Stake,
};
use serde_json::{json, Value};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Members that are told, those with the most stake.
const MEMBERS: usize = 32;
/// Names that are told.
const NAMES: usize = 20;
/// The longest call, in bytes, that is told in full.
const MAX_CALL: usize = 512;
/// The least time between two snapshots: a node that catches up finalizes many blocks in a second.
const PAUSE: Duration = Duration::from_secs(1);

/// The last snapshot of what is told. It is made when somebody asks, and at most once for a finalized
/// block, so that asking often costs nothing.
#[derive(Default)]
pub struct Snapshots(Mutex<Option<Snapshot>>);

struct Snapshot {
	of: Head,
	made: Instant,
	state: Value,
}

impl<C: Chain> App<C> {
	/// What is true at this moment, and the snapshot.
	pub(crate) async fn status(&self) -> Value {
		let finalized = *self.finalized.borrow();
		let age = finalized.made_at.map(|made_at| since_epoch().saturating_sub(made_at).as_secs());
		let unready = self.head().err();
		json!({
			"best": self.chain.best().borrow().number,
			"finalized": finalized.number,
			"finalizedAge": age,
			"peers": self.chain.peers(),
			"answers": unready.is_none(),
			"why": unready.map(|why| why.to_string()),
			"state": self.snapshot(finalized).await,
		})
	}

	async fn snapshot(&self, finalized: Head) -> Value {
		// Whoever comes meanwhile waits for the same.
		let mut kept = self.status.0.lock().await;
		if let Some(kept) = &*kept {
			if kept.of == finalized || kept.made.elapsed() < PAUSE {
				return kept.state.clone();
			}
		}
		let state = match self.chain.overview(finalized.hash).await {
			Ok(overview) => {
				told(finalized, overview, self.chain.block_time(), &self.options.rpc_url)
			},
			// A node that is about to fetch the state has none.
			Err(why) => {
				tracing::debug!(target: LOG_TARGET, %why, "there is no overview");
				Value::Null
			},
		};
		*kept = Some(Snapshot { of: finalized, made: Instant::now(), state: state.clone() });
		state
	}
}

/// Stakes are strings: a number of JSON would lose digits.
fn told(of: Head, overview: Overview, block_time: Duration, rpc_url: &str) -> Value {
	let Overview { council, logics, mut members, all_members, votes, latest } = overview;
	let count = members.len();
	members.sort_by_key(|member| std::cmp::Reverse(member.stake));
	members.truncate(MEMBERS);
	let total = council.total_stake;
	let latest = latest.iter().take(NAMES).map(|record| {
		json!({
			"name": record.name.as_str(),
			"addr": crate::http::addr(&record.id),
			"block": record.block,
		})
	});
	json!({
		"block": of.number,
		"logic": council.logic.as_ref().map(|account| logic(account, &logics)),
		"totalStake": total.to_string(),
		"memberCount": all_members.then_some(count),
		"members": members.iter().map(member).collect::<Vec<_>>(),
		"proposal": council.proposal.map(|open| proposal(open, total, votes, block_time, rpc_url)),
		"authorizedUpgrade": council.authorized_upgrade.map(|hash| hex(&hash.0)),
		"latest": latest.collect::<Vec<_>>(),
	})
}

fn logic(account: &AccountId, logics: &[LogicInfo]) -> Value {
	let known = logics.iter().find(|known| known.account == *account);
	json!({ "account": account.to_string(), "name": known.map(|known| &known.name) })
}

fn member(member: &MemberInfo<AccountId>) -> Value {
	json!({
		"account": member.account.to_string(),
		"stake": member.stake.to_string(),
		"vote": member.vote,
	})
}

fn proposal(
	open: ProposalInfo<AccountId>,
	total: Stake,
	votes: Option<[Vec<u8>; 2]>,
	block_time: Duration,
	rpc_url: &str,
) -> Value {
	let seconds = |blocks| block_time.saturating_mul(blocks).as_secs();
	let is_short = open.call.len() <= MAX_CALL;
	let links = votes.map(|votes| votes.map(|call| link(rpc_url, &call)));
	json!({
		"index": open.index,
		"proposer": open.proposer.to_string(),
		"ayes": open.tally.ayes.to_string(),
		"nays": open.tally.nays.to_string(),
		// More than half of all stake.
		"passesWith": (total / 2).saturating_add(1).to_string(),
		"end": open.end,
		"blocksLeft": open.blocks_left,
		"secondsLeft": seconds(open.blocks_left),
		"passesFrom": open.passes_from,
		"noticeLeft": open.notice_left,
		"noticeSeconds": seconds(open.notice_left),
		"overdue": open.overdue,
		"callHash": hex(&open.call_hash.0),
		"callLength": open.call.len(),
		"call": is_short.then(|| hex(&open.call)),
		// For whoever wants to read it; a longer one is no address.
		"callLink": is_short.then(|| link(rpc_url, &open.call)),
		"vote": links.map(|[aye, nay]| json!({ "aye": aye, "nay": nay })),
	})
}

fn hex(bytes: &[u8]) -> String {
	format!("0x{}", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

/// Where polkadot.js Apps has a call ready to be signed.
fn link(rpc_url: &str, call: &[u8]) -> String {
	let escaped = rpc_url.bytes().map(|byte| match byte {
		b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
			char::from(byte).to_string()
		},
		_ => format!("%{byte:02X}"),
	});
	let escaped: String = escaped.collect();
	format!("https://polkadot.js.org/apps/?rpc={escaped}#/extrinsics/decode/{}", hex(call))
}
