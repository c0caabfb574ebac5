//! The queue of registrations: from a proof that holds to what finalized state says of it.
//!
//! One task owns the queue. What it does follows from two states, read anew whenever a block comes:
//!
//! * the **finalized** one decides. As soon as it has an answer ([`Admission`]) other than "nothing
//!   stands against it", whoever waits gets that answer;
//! * the **best** one tells what is left to send: registrations that it would admit and that no
//!   transaction of ours which can still be included carries.
//!
//! So there is nothing to repair after a reorganisation, a lost transaction, a nonce that somebody else
//! used, or a restart: what is not in the state is sent again.

use crate::{
	budget::Budget,
	chain::{Head, SubmitError, TxEnd},
	journal::{Change, Entry, Journal, Kept, Key, Registration},
	metrics::Metrics,
	since_epoch, Chain, Options, LOG_TARGET,
};
use jns_primitives::{
	api::{Admission, MAX_BATCHED_CALLS},
	Balance, BlockNumber, JamiId, Nonce, MILLI_JNS,
};
use std::{
	collections::{BTreeMap, BTreeSet},
	future::Future,
	sync::Arc,
	time::{Duration, Instant},
};
use tokio::sync::{mpsc, oneshot, watch};

/// Blocks within which a transaction has to be included.
const LIFETIME: BlockNumber = 32;
/// Blocks that a transaction waits for, while it is included in none, before it is sent again with a tip.
const PATIENCE: BlockNumber = 4;
/// The first tip. Each later one is twice as much as the last.
const FIRST_TIP: Balance = MILLI_JNS;
/// The largest tip: some times the fee of a registration, so that a flood gets dear before it gets far.
pub(crate) const MAX_TIP: Balance = 16 * MILLI_JNS;
/// Finalized blocks for which an acknowledged registration stays in the journal: some minutes, which
/// is much longer than a database takes to write what it has in memory.
const KEEP: BlockNumber = 128;
/// Transactions that may be under way at a time.
const MAX_IN_FLIGHT: usize = 32;
/// Registrations that go alone; if more are waiting, they go in batches.
const SINGLES: usize = 8;
/// Times that a registration is included and fails without a reason in the state.
const MAX_FAILURES: u8 = 3;
/// How long a registration stays in the queue that nobody can decide.
const MAX_AGE: Duration = Duration::from_secs(3_600);
/// Clients that wait for one registration.
const MAX_WAITING: usize = 64;
/// How long look-ups wait for acknowledged registrations that a restart has lost.
const MAX_RECOVERY: Duration = Duration::from_secs(600);
/// Requests that are taken into the journal with one commit.
const MAX_COMMIT: usize = 256;

/// What became of a registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
	/// What finalized state says.
	Decided(Admission),
	/// Nobody pays for it now; after this time somebody may.
	Exhausted(Duration),
	/// There is no sponsor.
	Unsponsored,
	/// The runtime wants transactions that are not known here.
	UnknownTransactions,
	/// Too many wait.
	Full,
	/// It was included and failed, or could not be included for long.
	Failed,
}

/// The way into the queue.
pub struct Registrar {
	asks: mpsc::Sender<Ask>,
}

struct Ask {
	registration: Registration,
	reply: oneshot::Sender<Outcome>,
}

impl Registrar {
	/// Queues a registration whose proof holds, and waits until it is decided. It stays in the queue
	/// when nobody waits any longer.
	pub async fn register(&self, registration: Registration) -> Outcome {
		let (reply, outcome) = oneshot::channel();
		if self.asks.try_send(Ask { registration, reply }).is_err() {
			return Outcome::Full;
		}
		outcome.await.unwrap_or(Outcome::Failed)
	}
}

/// Begins a queue with what the journal kept. Returns the way in, whether all that was acknowledged
/// is in the finalized state, and the task.
pub fn start<C: Chain>(
	chain: Arc<C>,
	journal: Journal,
	kept: Kept,
	options: Options,
	metrics: Arc<Metrics>,
) -> (Registrar, watch::Receiver<bool>, impl Future<Output = ()>) {
	let (asks, asked) = mpsc::channel(options.queue.max(1));
	let (recovered, is_recovered) = watch::channel(false);
	// At most one message for each transaction that is sent.
	let (ends, ended) = mpsc::unbounded_channel();
	let mut worker = Worker {
		chain,
		journal: Arc::new(journal),
		budget: kept.budget,
		options,
		metrics,
		jobs: BTreeMap::new(),
		numbers: BTreeMap::new(),
		settled: BTreeMap::new(),
		txs: BTreeMap::new(),
		ends,
		next: 0,
		recovered,
		begun: Instant::now(),
	};
	for Entry { registration, settled } in kept.entries {
		worker.add(registration, settled.is_some());
	}
	(Registrar { asks }, is_recovered, worker.run(asked, ended))
}

/// Number of a registration in the queue, in the order of arrival.
type JobId = u64;

struct Job {
	registration: Registration,
	waiting: Vec<oneshot::Sender<Outcome>>,
	since: Instant,
	/// It was acknowledged before a restart, so it must come back.
	acknowledged: bool,
	failures: u8,
	/// The transaction that carries it.
	tx: Option<Nonce>,
	/// Tip of its next transaction: the last one was in no block for long.
	tip: Balance,
}

struct Tx {
	number: u64,
	jobs: Vec<JobId>,
	/// The block behind which it was sent.
	sent_at: BlockNumber,
	/// The last block that can include it.
	dies_at: BlockNumber,
	tip: Balance,
}

/// The transaction with that nonce and number has left the pool.
type Ended = (Nonce, u64, TxEnd);

struct Worker<C> {
	chain: Arc<C>,
	journal: Arc<Journal>,
	budget: Budget,
	options: Options,
	metrics: Arc<Metrics>,
	jobs: BTreeMap<JobId, Job>,
	numbers: BTreeMap<Key, JobId>,
	/// Acknowledged registrations that the journal still has, and since which block.
	settled: BTreeMap<Key, BlockNumber>,
	txs: BTreeMap<Nonce, Tx>,
	ends: mpsc::UnboundedSender<Ended>,
	next: u64,
	recovered: watch::Sender<bool>,
	begun: Instant,
}

impl<C: Chain> Worker<C> {
	/// Ends when the node does, which drops what blocks come from.
	async fn run(
		mut self,
		mut asked: mpsc::Receiver<Ask>,
		mut ended: mpsc::UnboundedReceiver<Ended>,
	) {
		let (mut finalized, mut best) = (self.chain.finalized(), self.chain.best());
		// What the journal kept is decided or sent before anything is served.
		let head = *finalized.borrow_and_update();
		self.conclude(head).await;
		let tip = *best.borrow_and_update();
		self.submit(tip).await;
		self.report();
		loop {
			tokio::select! {
				first = asked.recv() => {
					let Some(first) = first else { return };
					let mut asks = vec![first];
					while let (true, Ok(ask)) = (asks.len() < MAX_COMMIT, asked.try_recv()) {
						asks.push(ask);
					}
					let head = *best.borrow();
					self.take_in(asks, head).await;
				},
				changed = finalized.changed() => {
					let Ok(()) = changed else { return };
					let head = *finalized.borrow_and_update();
					self.conclude(head).await;
				},
				changed = best.changed() => {
					let Ok(()) = changed else { return };
				},
				Some((nonce, number, end)) = ended.recv() => {
					if end == TxEnd::Gone {
						self.forget(nonce, number);
					}
				},
			}
			let tip = *best.borrow_and_update();
			self.submit(tip).await;
			self.report();
		}
	}

	/// Puts a registration at the end of the queue.
	fn add(&mut self, registration: Registration, acknowledged: bool) -> JobId {
		let id = self.next;
		self.next = self.next.saturating_add(1);
		self.numbers.insert(registration.key(), id);
		let job = Job {
			registration,
			waiting: Vec::new(),
			since: Instant::now(),
			acknowledged,
			failures: 0,
			tx: None,
			tip: 0,
		};
		self.jobs.insert(id, job);
		id
	}

	fn remove(&mut self, id: JobId) -> Option<Job> {
		let job = self.jobs.remove(&id)?;
		self.numbers.remove(&job.registration.key());
		Some(job)
	}

	/// Takes requests into the queue, those for which there is room and money, once they are in the
	/// journal.
	async fn take_in(&mut self, asks: Vec<Ask>, best: Head) {
		let means = self.means(best).await;
		let now = since_epoch();
		let limits = [self.options.per_minute, self.options.per_day];
		let (mut added, mut changes) = (Vec::new(), Vec::new());
		for Ask { registration, reply } in asks {
			let known = self.numbers.get(&registration.key()).copied();
			if let Some(job) = known.and_then(|id| self.jobs.get_mut(&id)) {
				job.waiting.retain(|waiting| !waiting.is_closed());
				if job.waiting.len() < MAX_WAITING {
					job.waiting.push(reply);
				} else {
					let _ = reply.send(Outcome::Full);
				}
				continue;
			}
			let affordable = match &means {
				Ok(most) if self.jobs.len() < *most => Ok(()),
				Ok(_) => Err(Outcome::Exhausted(Duration::from_secs(600))),
				Err(outcome) => Err(outcome.clone()),
			};
			let room =
				if self.jobs.len() < self.options.queue { Ok(()) } else { Err(Outcome::Full) };
			let mut paid = || self.budget.spend(limits, now).map_err(Outcome::Exhausted);
			if let Err(outcome) = affordable.and(room).and_then(|()| paid()) {
				let exhausted = matches!(outcome, Outcome::Exhausted(_));
				if exhausted {
					self.metrics.exhausted.set(1);
				}
				let _ = reply.send(outcome);
				continue;
			}
			self.metrics.exhausted.set(0);
			changes.push(Change::Put(Entry { registration: registration.clone(), settled: None }));
			let id = self.add(registration, false);
			added.push(id);
			if let Some(job) = self.jobs.get_mut(&id) {
				job.waiting.push(reply);
			}
		}
		if !changes.is_empty() && !self.commit(changes).await {
			// What is not in the journal is not sent.
			added.into_iter().for_each(|id| self.reply(id, Outcome::Full));
		}
	}

	/// How many registrations the sponsor can pay for, those in the queue included.
	async fn means(&self, best: Head) -> Result<usize, Outcome> {
		let read = async {
			let price = self.chain.registration_price(best.hash).await?;
			Ok::<_, crate::chain::ChainError>((price, self.chain.sponsor(best.hash).await?))
		};
		match read.await {
			Ok((price, Some(sponsor))) => {
				let spendable = sponsor.spendable.saturating_sub(self.options.reserve);
				Ok(usize::try_from(spendable / price.max(1)).unwrap_or(usize::MAX))
			},
			Ok((_, None)) => Err(Outcome::Unsponsored),
			Err(why) => {
				tracing::warn!(target: LOG_TARGET, %why, "the sponsor's account cannot be read");
				Err(Outcome::Failed)
			},
		}
	}

	/// Writes to the journal, and tells whether it is on the disk.
	async fn commit(&self, changes: Vec<Change>) -> bool {
		let (journal, budget) = (self.journal.clone(), self.budget);
		let written = tokio::task::spawn_blocking(move || journal.commit(&changes, &budget)).await;
		let why = match written {
			Ok(Ok(())) => return true,
			Ok(Err(why)) => why.to_string(),
			// The node is stopping.
			Err(why) if why.is_cancelled() => return false,
			Err(why) => why.to_string(),
		};
		tracing::error!(target: LOG_TARGET, %why, "the journal cannot be written");
		false
	}

	/// Takes a registration out of the queue and tells whoever waits for it.
	fn reply(&mut self, id: JobId, outcome: Outcome) {
		for waiting in self.remove(id).into_iter().flat_map(|job| job.waiting) {
			let _ = waiting.send(outcome.clone());
		}
	}

	/// Asks finalized state for every registration of the queue.
	async fn conclude(&mut self, head: Head) {
		self.drop_final(head).await;
		let mut changes: Vec<Change> = Vec::new();
		let old = |since: &BlockNumber| since.saturating_add(KEEP) <= head.number;
		self.settled.retain(|key, since| {
			let done = old(since);
			if done {
				changes.push(Change::Remove(key.clone()));
			}
			!done
		});
		let mut outcomes = Vec::new();
		for (id, job) in &self.jobs {
			// The runtime is executed here, and a full queue takes long: look-ups go on in between.
			tokio::task::yield_now().await;
			let Registration { name, key, .. } = &job.registration;
			let admission = match self.chain.admission(head.hash, name, key).await {
				Ok(admission) => admission,
				Err(why) => {
					tracing::warn!(target: LOG_TARGET, %why, "a registration cannot be decided");
					break;
				},
			};
			let outcome = match admission {
				Admission::Open if job.failures >= MAX_FAILURES => Outcome::Failed,
				Admission::Open | Admission::Corrupt => {
					if job.since.elapsed() < MAX_AGE {
						continue;
					}
					Outcome::Failed
				},
				// It may be the transaction of a moment ago that is not final yet, or the council's
				// emergency stop: what was acknowledged waits for its end.
				Admission::Closed if job.acknowledged => continue,
				decided => Outcome::Decided(decided),
			};
			outcomes.push((*id, outcome));
		}
		for (id, outcome) in &outcomes {
			let Some(job) = self.jobs.get(id) else { continue };
			let registration = job.registration.clone();
			let registered = *outcome == Outcome::Decided(Admission::Registered);
			tracing::debug!(
				target: LOG_TARGET,
				registration = id,
				registered,
				seconds = job.since.elapsed().as_secs(),
				"a registration is decided"
			);
			if job.acknowledged && !registered {
				// The one name that is logged: somebody has to be told.
				tracing::error!(
					target: LOG_TARGET,
					name = %String::from_utf8_lossy(&registration.name),
					?outcome,
					"what was acknowledged before a restart is not registered"
				);
			}
			if registered {
				self.settled.insert(registration.key(), head.number);
				changes.push(Change::Put(Entry { registration, settled: Some(head.number) }));
			} else {
				changes.push(Change::Remove(registration.key()));
			}
		}
		// Whoever waits is told what the state says, even if the journal could not be written.
		if !changes.is_empty() {
			self.commit(changes).await;
		}
		for (id, outcome) in outcomes {
			self.reply(id, outcome);
		}
	}

	/// Forgets the transactions whose nonces are used up for good.
	async fn drop_final(&mut self, head: Head) {
		let nonce = match self.chain.sponsor(head.hash).await {
			Ok(Some(sponsor)) => {
				let balance = u64::try_from(sponsor.spendable / MILLI_JNS).unwrap_or(u64::MAX);
				self.metrics.sponsor_balance.set(balance);
				sponsor.nonce
			},
			Ok(None) => return,
			Err(why) => {
				tracing::warn!(target: LOG_TARGET, %why, "the sponsor's account cannot be read");
				return;
			},
		};
		let pending = self.txs.split_off(&nonce);
		for tx in std::mem::replace(&mut self.txs, pending).into_values() {
			for id in tx.jobs {
				if let Some(job) = self.jobs.get_mut(&id) {
					job.tx = None;
					// If it is decided, this is not looked at.
					job.failures = job.failures.saturating_add(1);
				}
			}
		}
	}

	/// Forgets a transaction that will not be included, unless its nonce has another one since.
	fn forget(&mut self, nonce: Nonce, number: u64) {
		if self.txs.get(&nonce).is_some_and(|tx| tx.number == number) {
			self.metrics.lost.inc();
			self.release(nonce);
		}
	}

	fn release(&mut self, nonce: Nonce) {
		let Some(tx) = self.txs.remove(&nonce) else { return };
		for id in tx.jobs {
			if let Some(job) = self.jobs.get_mut(&id) {
				job.tx = None;
			}
		}
	}

	/// Sends what no transaction carries and the best state would admit.
	async fn submit(&mut self, best: Head) {
		let dead: Vec<_> =
			self.txs.iter().filter(|(_, tx)| tx.dies_at < best.number).map(|(n, _)| *n).collect();
		dead.into_iter().for_each(|nonce| self.release(nonce));
		self.raise_tips(best).await;
		if self.jobs.values().all(|job| job.tx.is_some()) {
			return;
		}
		if let Err(why) = self.try_submit(best).await {
			self.metrics.lost.inc();
			tracing::warn!(target: LOG_TARGET, %why, "registrations wait");
		}
	}

	/// Has what waits for long sent again under the same nonce, with a larger tip: it takes the place of
	/// what is in the pool. Only the next nonce is looked at, since those behind it wait for that.
	async fn raise_tips(&mut self, best: Head) {
		let Ok(Some(sponsor)) = self.chain.sponsor(best.hash).await else { return };
		let waits =
			|tx: &Tx| tx.tip < MAX_TIP && tx.sent_at.saturating_add(PATIENCE) <= best.number;
		let Some(tx) = self.txs.get(&sponsor.nonce).filter(|tx| waits(tx)) else { return };
		let tip = tx.tip.saturating_mul(2).clamp(FIRST_TIP, MAX_TIP);
		for id in tx.jobs.clone() {
			if let Some(job) = self.jobs.get_mut(&id) {
				job.tip = tip;
			}
		}
		self.release(sponsor.nonce);
	}

	async fn try_submit(&mut self, best: Head) -> Result<(), SubmitError> {
		if !self.chain.writes_known_transactions(best.hash).await? {
			self.metrics.unknown_transactions.set(1);
			self.give_up(Outcome::UnknownTransactions).await;
			return Ok(());
		}
		self.metrics.unknown_transactions.set(0);
		let Some(sponsor) = self.chain.sponsor(best.hash).await? else {
			self.give_up(Outcome::Unsponsored).await;
			return Ok(());
		};
		let mut free = (sponsor.nonce..).filter(|nonce| !self.txs.contains_key(nonce));
		let slots: Vec<Nonce> =
			free.by_ref().take(MAX_IN_FLIGHT.saturating_sub(self.txs.len())).collect();
		drop(free);
		let ready = self.ready(best, slots.len().saturating_mul(MAX_BATCHED_CALLS)).await?;
		if ready.is_empty() {
			// Transactions behind a nonce that nothing will use are never included.
			let gap = slots.first().copied().unwrap_or(Nonce::MAX);
			let stuck: Vec<_> = self.txs.range(gap..).map(|(nonce, _)| *nonce).collect();
			stuck.into_iter().for_each(|nonce| self.release(nonce));
			return Ok(());
		}
		let size = if ready.len() <= SINGLES { 1 } else { MAX_BATCHED_CALLS };
		for (jobs, nonce) in ready.chunks(size).zip(slots) {
			self.send(best, jobs, nonce).await?;
		}
		Ok(())
	}

	/// Registrations that can be sent, in the order of their arrival, at most so many. Of those that
	/// want the same name or have the same ID, one at a time.
	async fn ready(&self, best: Head, most: usize) -> Result<Vec<JobId>, SubmitError> {
		let mut names: BTreeSet<&[u8]> = BTreeSet::new();
		let mut ids: BTreeSet<JamiId> = BTreeSet::new();
		let mut ready = Vec::new();
		let carried = |job: &Job| job.tx.is_some();
		let jobs = self.jobs.values().filter(|job| carried(job));
		for job in jobs {
			names.insert(&job.registration.name);
			ids.insert(job.registration.id);
		}
		for (id, job) in self.jobs.iter().filter(|(_, job)| !carried(job)) {
			if ready.len() >= most {
				break;
			}
			let Registration { name, id: whose, key, .. } = &job.registration;
			let (new_name, new_id) = (names.insert(name), ids.insert(*whose));
			if !new_name || !new_id || job.failures >= MAX_FAILURES {
				continue;
			}
			tokio::task::yield_now().await;
			// Anything else is decided once it is final.
			if self.chain.admission(best.hash, name, key).await? == Admission::Open {
				ready.push(*id);
			}
		}
		Ok(ready)
	}

	async fn send(&mut self, best: Head, jobs: &[JobId], nonce: Nonce) -> Result<(), SubmitError> {
		let mut calls = Vec::with_capacity(jobs.len());
		for job in jobs.iter().filter_map(|id| self.jobs.get(id)) {
			let Registration { name, key, signature, .. } = &job.registration;
			let call = self.chain.registration_call(best.hash, name, key, signature).await?;
			let Some(call) = call else { return Ok(()) };
			calls.push(call);
		}
		let call = match &mut calls[..] {
			[only] => Some(std::mem::take(only)),
			_ => self.chain.batch_call(best.hash, calls).await?,
		};
		let Some(call) = call else { return Ok(()) };
		let tips = jobs.iter().filter_map(|id| self.jobs.get(id)).map(|job| job.tip);
		let tip = tips.max().unwrap_or_default();
		let end = self.chain.submit(best, call, nonce, LIFETIME, tip).await?;
		self.metrics.submitted.inc();
		tracing::debug!(
			target: LOG_TARGET,
			nonce,
			tip,
			registrations = ?jobs,
			block = best.number,
			"a transaction is sent"
		);
		let number = self.next;
		self.next = self.next.saturating_add(1);
		let ends = self.ends.clone();
		tokio::spawn(async move {
			// Nobody listens when the server stops.
			let _ = ends.send((nonce, number, end.await));
		});
		for id in jobs {
			if let Some(job) = self.jobs.get_mut(id) {
				job.tx = Some(nonce);
			}
		}
		let dies_at = best.number.saturating_add(LIFETIME);
		let (sent_at, jobs) = (best.number, jobs.to_vec());
		self.txs.insert(nonce, Tx { number, jobs, sent_at, dies_at, tip });
		Ok(())
	}

	/// Tells all that wait that nothing can be sent, and forgets them; but not what is acknowledged,
	/// nor what a transaction carries that may be included.
	async fn give_up(&mut self, outcome: Outcome) {
		let left: Vec<JobId> = self
			.jobs
			.iter()
			.filter(|(_, job)| !job.acknowledged && job.tx.is_none())
			.map(|(id, _)| *id)
			.collect();
		let removed = left.iter().filter_map(|id| self.jobs.get(id));
		let changes: Vec<_> = removed.map(|job| Change::Remove(job.registration.key())).collect();
		if !changes.is_empty() {
			self.commit(changes).await;
		}
		left.into_iter().for_each(|id| self.reply(id, outcome.clone()));
	}

	fn report(&self) {
		let lost = self.jobs.values().filter(|job| job.acknowledged).count();
		if !*self.recovered.borrow() {
			let late = self.begun.elapsed() > MAX_RECOVERY;
			if late && lost > 0 {
				tracing::error!(
					target: LOG_TARGET,
					lost,
					"acknowledged registrations are lost, and names are served without them"
				);
			}
			if lost == 0 || late {
				self.recovered.send_replace(true);
			}
		}
		let now = since_epoch();
		let left = self.budget.left([self.options.per_minute, self.options.per_day], now);
		let metrics = &self.metrics;
		metrics.unrecovered.set(lost as u64);
		metrics.queue.set(self.jobs.len() as u64);
		metrics.waiting.set(self.jobs.values().map(|job| job.waiting.len() as u64).sum());
		metrics.journal.set(self.jobs.len().saturating_add(self.settled.len()) as u64);
		metrics.in_flight.set(self.txs.len() as u64);
		metrics.budget_left.set(left[1].into());
	}
}
