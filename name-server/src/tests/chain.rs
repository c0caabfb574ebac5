//! A chain of blocks that a test makes, finalizes and takes back, with a pool and one sponsor.

use super::until;
use crate::chain::*;
use codec::{Decode, Encode};
use futures::{future::BoxFuture, StreamExt};
use jns_primitives::{
	api::{Admission, LogicInfo, NameQueryError},
	council::{CouncilInfo, MemberInfo, ProposalInfo, Tally},
	layout::{record_key, reverse_key},
	proof::PublicKey,
	storage::Key,
	Balance, BlockNumber, Hash, JamiId, Name, NameRecord, Nonce, Stake, JNS,
};
use serde_json::{json, Value};
use std::{
	collections::{BTreeMap, BTreeSet, HashMap},
	iter::repeat_n,
	sync::{
		atomic::{AtomicUsize, Ordering},
		Mutex, MutexGuard,
	},
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::sync::{oneshot, watch};

/// The authorities' sets there have been.
pub const SETS: u64 = 3;
/// The one whose document is long.
pub const LONG_SET: u64 = 1;
/// Its bytes, more than any socket holds.
pub const LONG: usize = 1 << 30;
const PIECE: usize = 1 << 16;

/// What a registration costs.
pub const PRICE: Balance = JNS / 5;

#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Call {
	name: Vec<u8>,
	key: Vec<u8>,
	signature: Vec<u8>,
}

/// The state after a block.
#[derive(Clone, Default)]
struct State {
	names: BTreeMap<Vec<u8>, NameRecord>,
	nonce: Nonce,
	money: Balance,
	/// Names that another key may take over, and whose.
	offered: BTreeMap<Vec<u8>, JamiId>,
	reserved: Vec<Vec<u8>>,
	/// The votes on the open proposal.
	tally: Option<Tally>,
	open: bool,
}

struct Tx {
	calls: Vec<Call>,
	nonce: Nonce,
	dies_at: BlockNumber,
	tip: Balance,
	end: Option<oneshot::Sender<TxEnd>>,
}

struct Inner {
	/// By height.
	blocks: Vec<(Hash, State)>,
	states: HashMap<Hash, State>,
	pool: Vec<Tx>,
	pool_full: bool,
	known_transactions: bool,
	sponsored: bool,
	justified: bool,
	/// The nonces of all that was submitted.
	submitted: Vec<(Nonce, usize)>,
	tips: Vec<Balance>,
	fork: u8,
	reads: usize,
}

pub struct TestChain {
	inner: Mutex<Inner>,
	pub standing: Mutex<Standing>,
	/// How often the overview was asked for.
	pub overviews: AtomicUsize,
	finalized: watch::Sender<Head>,
	best: watch::Sender<Head>,
}

fn head(number: usize, hash: Hash) -> Head {
	let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
	Head { number: number as BlockNumber, hash, made_at: Some(now) }
}

impl TestChain {
	pub fn new() -> Self {
		let state = State { money: 1_000 * JNS, open: true, ..Default::default() };
		let genesis = Hash::repeat_byte(0xee);
		let inner = Inner {
			blocks: vec![(genesis, state.clone())],
			states: [(genesis, state)].into(),
			pool: Vec::new(),
			pool_full: false,
			known_transactions: true,
			sponsored: true,
			justified: false,
			submitted: Vec::new(),
			tips: Vec::new(),
			fork: 0,
			reads: 0,
		};
		Self {
			inner: Mutex::new(inner),
			standing: Mutex::default(),
			overviews: AtomicUsize::default(),
			finalized: watch::Sender::new(head(0, genesis)),
			best: watch::Sender::new(head(0, genesis)),
		}
	}

	fn inner(&self) -> MutexGuard<'_, Inner> {
		self.inner.lock().unwrap()
	}

	fn state(&self, at: Hash) -> State {
		self.inner().states[&at].clone()
	}

	/// Changes the best state by a block of its own.
	fn edit(&self, change: impl FnOnce(&mut State)) {
		self.block(|_, state| change(state));
	}

	fn block(&self, fill: impl FnOnce(&mut Inner, &mut State)) {
		let head = {
			let mut inner = self.inner();
			let mut state = inner.blocks.last().unwrap().1.clone();
			fill(&mut inner, &mut state);
			let number = inner.blocks.len();
			let hash =
				Hash::from_slice(&[&[inner.fork; 28][..], &(number as u32).to_be_bytes()].concat());
			inner.blocks.push((hash, state.clone()));
			inner.states.insert(hash, state);
			head(number, hash)
		};
		self.best.send_replace(head);
	}

	/// Makes a block of what is in the pool and can be included.
	pub fn author(&self) {
		self.block(|inner, state| {
			let number = inner.blocks.len() as BlockNumber;
			inner.pool.sort_by_key(|tx| tx.nonce);
			for tx in inner.pool.iter().filter(|tx| tx.dies_at >= number) {
				if tx.nonce == state.nonce {
					state.nonce += 1;
					for call in &tx.calls {
						register(state, call, number);
					}
				}
			}
		});
	}

	/// An empty block.
	pub fn author_empty(&self) {
		self.block(|_, _| ());
	}

	/// Finalizes the best block.
	pub fn finalize(&self) {
		let head = {
			let mut inner = self.inner();
			let (hash, state) = inner.blocks.last().cloned().unwrap();
			let number = inner.blocks.len() - 1;
			inner.pool.retain_mut(|tx| {
				let done = tx.nonce < state.nonce;
				if done {
					tx.end.take().map(|end| end.send(TxEnd::Finalized));
				}
				!done
			});
			head(number, hash)
		};
		self.finalized.send_replace(head);
	}

	/// Makes the last finalized block that much older.
	pub fn age(&self, by: Duration) {
		self.finalized.send_modify(|head| head.made_at = head.made_at.map(|at| at - by));
	}

	pub fn author_and_finalize(&self) {
		self.author();
		self.finalize();
	}

	/// Takes back all blocks that are not final, and makes an empty one in place of each.
	pub fn reorganize(&self) {
		let height = self.finalized.borrow().number as usize;
		let lost = {
			let mut inner = self.inner();
			let lost = inner.blocks.len() - 1 - height;
			inner.blocks.truncate(height + 1);
			inner.fork += 1;
			lost
		};
		(0..=lost).for_each(|_| self.author_empty());
	}

	/// Loses the transactions of the pool, and says so.
	pub fn lose_pool(&self) {
		for tx in self.inner().pool.drain(..) {
			if let Some(end) = tx.end {
				let _ = end.send(TxEnd::Gone);
			}
		}
	}

	pub fn fill_pool(&self, full: bool) {
		self.inner().pool_full = full;
	}

	pub fn know_transactions(&self, known: bool) {
		self.inner().known_transactions = known;
	}

	pub fn sponsor(&self, sponsored: bool) {
		self.inner().sponsored = sponsored;
	}

	/// Nonces and numbers of calls of all that was submitted.
	pub fn submitted(&self) -> Vec<(Nonce, usize)> {
		self.inner().submitted.clone()
	}

	/// Tips of all transactions, in the order in which they were sent.
	pub fn tips(&self) -> Vec<Balance> {
		self.inner().tips.clone()
	}

	/// How often a name or an ID was read from the state.
	pub fn reads(&self) -> usize {
		self.inner().reads
	}

	/// A transaction of the sponsor's from elsewhere.
	pub fn use_nonce(&self) {
		self.edit(|state| state.nonce += 1);
	}

	pub fn open(&self, open: bool) {
		self.edit(|state| state.open = open);
	}

	pub fn reserve(&self, name: &str) {
		self.edit(|state| state.reserved.push(name.into()));
	}

	pub fn offer(&self, name: &str, to: JamiId) {
		self.edit(|state| {
			state.offered.insert(name.into(), to);
		});
	}

	/// Opens a proposal with these votes.
	pub fn propose(&self, tally: Tally) {
		self.edit(|state| state.tally = Some(tally));
	}

	pub fn money(&self, money: Balance) {
		self.edit(|state| state.money = money);
	}

	/// What a restarted node may find: the state of before, without a name.
	pub fn forget(&self, name: &str) {
		self.edit(|state| {
			state.names.remove(name.as_bytes());
		});
	}

	/// Whether a block is justified, so that there are proofs.
	pub fn justify(&self, justified: bool) {
		self.inner().justified = justified;
	}

	/// Until the name server has submitted that many transactions.
	pub async fn until_submitted(&self, count: usize) {
		until("transactions", async || self.inner().submitted.len() >= count).await;
	}
}

fn admission(state: &State, name: &[u8], key: &[u8]) -> Admission {
	let id = PublicKey::from_der(key).unwrap().id();
	let name = match Name::try_from(name).and_then(|name| name.check_jami().map(|()| name)) {
		Ok(name) => name,
		Err(why) => return Admission::InvalidName(why),
	};
	match state.names.get(name.as_bytes()) {
		Some(record) if record.id == id => return Admission::Registered,
		_ if !state.open => return Admission::Closed,
		Some(_) if state.offered.get(name.as_bytes()) == Some(&id) => (),
		Some(record) => return Admission::NameTaken { by: record.id },
		None if state.reserved.contains(&name.as_bytes().to_vec()) => return Admission::Reserved,
		None => (),
	}
	match state.names.values().find(|record| record.id == id) {
		Some(record) => Admission::IdTaken { name: record.name.clone() },
		None => Admission::Open,
	}
}

fn register(state: &mut State, call: &Call, block: BlockNumber) {
	state.money = state.money.saturating_sub(PRICE);
	if admission(state, &call.name, &call.key) != Admission::Open {
		return;
	}
	let record = NameRecord {
		name: Name::try_from(&call.name[..]).unwrap(),
		id: PublicKey::from_der(&call.key).unwrap().id(),
		key: call.key.clone().try_into().unwrap(),
		signature: call.signature.clone().try_into().unwrap(),
		block,
		sequence: 0,
	};
	state.names.insert(call.name.clone(), record);
}

impl Chain for TestChain {
	fn standing(&self) -> Standing {
		*self.standing.lock().unwrap()
	}

	fn finalized(&self) -> watch::Receiver<Head> {
		self.finalized.subscribe()
	}

	fn best(&self) -> watch::Receiver<Head> {
		self.best.subscribe()
	}

	fn changes(&self, from: Hash, to: Hash) -> Option<Vec<Key>> {
		let inner = self.inner();
		let (old, new) = (inner.states.get(&from)?, inner.states.get(&to)?);
		let records = |state: &State| {
			let known = state.names.values().map(|record| (record.name.clone(), record.id));
			known.collect::<BTreeSet<_>>()
		};
		let (old, new) = (records(old), records(new));
		let changed = old.symmetric_difference(&new);
		Some(changed.flat_map(|(name, id)| [record_key(name), reverse_key(id)]).collect())
	}

	async fn resolve(
		&self,
		at: Hash,
		name: &[u8],
	) -> Result<Result<Option<NameRecord>, NameQueryError>, ChainError> {
		self.inner().reads += 1;
		let record = self.state(at).names.get(name).cloned();
		Ok(match Name::try_from(name).and_then(|name| name.check_jami()) {
			Err(why) if record.is_none() => Err(NameQueryError::Invalid(why)),
			_ => Ok(record),
		})
	}

	async fn name_of(&self, at: Hash, id: JamiId) -> Result<Option<Name>, ChainError> {
		self.inner().reads += 1;
		let state = self.state(at);
		Ok(state.names.values().find(|record| record.id == id).map(|record| record.name.clone()))
	}

	async fn admission(&self, at: Hash, name: &[u8], key: &[u8]) -> Result<Admission, ChainError> {
		Ok(admission(&self.state(at), name, key))
	}

	async fn registration_call(
		&self,
		at: Hash,
		name: &[u8],
		key: &[u8],
		signature: &[u8],
	) -> Result<Option<Vec<u8>>, ChainError> {
		let call = Call { name: name.into(), key: key.into(), signature: signature.into() };
		Ok(self.state(at).open.then(|| vec![call].encode()))
	}

	async fn batch_call(
		&self,
		_: Hash,
		calls: Vec<Vec<u8>>,
	) -> Result<Option<Vec<u8>>, ChainError> {
		let calls: Vec<Call> =
			calls.iter().flat_map(|call| Vec::<Call>::decode(&mut &call[..]).unwrap()).collect();
		Ok(Some(calls.encode()))
	}

	async fn registration_price(&self, _: Hash) -> Result<Balance, ChainError> {
		Ok(PRICE)
	}

	async fn sponsor(&self, at: Hash) -> Result<Option<Sponsor>, ChainError> {
		if !self.inner().sponsored {
			return Ok(None);
		}
		let state = self.state(at);
		Ok(Some(Sponsor { spendable: state.money, nonce: state.nonce }))
	}

	async fn writes_known_transactions(&self, _: Hash) -> Result<bool, ChainError> {
		Ok(self.inner().known_transactions)
	}

	async fn submit(
		&self,
		at: Head,
		call: Vec<u8>,
		nonce: Nonce,
		lifetime: BlockNumber,
		tip: Balance,
	) -> Result<BoxFuture<'static, TxEnd>, SubmitError> {
		let calls = Vec::<Call>::decode(&mut &call[..]).unwrap();
		let mut inner = self.inner();
		if inner.pool_full {
			return Err(SubmitError::PoolFull);
		}
		inner.submitted.push((nonce, calls.len()));
		inner.tips.push(tip);
		// It takes the place of one that tips less.
		let usurped = inner.pool.iter().position(|tx| tx.nonce == nonce && tx.tip < tip);
		if let Some(end) = usurped.and_then(|at| inner.pool.remove(at).end) {
			let _ = end.send(TxEnd::Gone);
		}
		let (end, ended) = oneshot::channel();
		let dies_at = at.number + lifetime;
		inner.pool.push(Tx { calls, nonce, dies_at, tip, end: Some(end) });
		Ok(Box::pin(async move { ended.await.unwrap_or(TxEnd::Gone) }))
	}

	async fn prove_name(&self, name: Name) -> Result<Option<Value>, ChainError> {
		Ok(self.inner().justified.then(|| json!({ "of name": name.as_str() })))
	}

	async fn prove_id(&self, id: JamiId) -> Result<Option<Value>, ChainError> {
		Ok(self.inner().justified.then(|| json!({ "of ID": id.0 })))
	}

	async fn warp_proof(&self, from: u64) -> Result<Option<Pieces>, ChainError> {
		let spaces = if from == LONG_SET { LONG / PIECE } else { 0 };
		let pieces = [format!("{{\"setId\":{from}")]
			.into_iter()
			.chain(repeat_n(" ".repeat(PIECE), spaces))
			.chain(["}".into()]);
		Ok((from < SETS).then(|| futures::stream::iter(pieces.map(Ok)).boxed()))
	}

	fn genesis(&self) -> Hash {
		self.inner().blocks[0].0
	}

	fn peers(&self) -> u32 {
		7
	}

	fn block_time(&self) -> Duration {
		Duration::from_secs(3)
	}

	async fn overview(&self, at: Hash) -> Result<Overview, ChainError> {
		self.overviews.fetch_add(1, Ordering::Relaxed);
		let state = self.state(at);
		let mut logic = [0; 32];
		logic[..12].copy_from_slice(b"modljns/live");
		let total_stake = Stake::MAX / 2 * 2;
		let council = CouncilInfo {
			account: [1; 32].into(),
			total_stake,
			proposal: state.tally.map(|tally| ProposalInfo {
				index: 5,
				proposer: [2; 32].into(),
				call_hash: Hash::repeat_byte(7),
				call: vec![6; 9],
				opened: 900,
				passes_from: 970,
				notice_left: 10,
				overdue: false,
				tally,
				stake_needed: tally.needed(total_stake),
				end: 1_000,
				blocks_left: 40,
				deposit: JNS,
			}),
			logic: Some(logic.into()),
			stores: Vec::new(),
			authorized_upgrade: Some(Hash::repeat_byte(8)),
		};
		let member = |n: u8| MemberInfo {
			account: [n; 32].into(),
			stake: Stake::from(n) * 1_000,
			weight: 0,
			vote: (n == 40).then_some(true),
			proposes_from: None,
		};
		let votes = state.tally.map(|_| [vec![0xa1], vec![0xa0]]);
		let mut latest: Vec<_> = state.names.into_values().collect();
		latest.sort_by_key(|record| std::cmp::Reverse(record.block));
		let members = (1..=40).map(member).collect();
		let info = |account| LogicInfo { account, name: "LivingNames".into() };
		let logics = council.logic.iter().cloned().map(info).collect();
		Ok(Overview { council, logics, members, all_members: true, votes, latest })
	}
}
