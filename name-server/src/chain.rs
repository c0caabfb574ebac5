//! What the name server needs of a chain, in this process or behind a connection.

use futures::{future::BoxFuture, stream::BoxStream};
use jns_primitives::{
	api::{Admission, LogicInfo, NameQueryError},
	council::{CouncilInfo, MemberInfo},
	storage::Key,
	AccountId, Balance, BlockNumber, Hash, JamiId, Name, NameRecord, Nonce,
};
use serde_json::Value;
use std::{future::Future, time::Duration};
use tokio::sync::watch;

/// A block, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
	/// Its height.
	pub number: BlockNumber,
	/// Its hash.
	pub hash: Hash,
	/// When it was made, since the Unix epoch; the genesis block does not tell.
	pub made_at: Option<Duration>,
}

/// How the node stands to its chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
	/// It is importing blocks that others have had for long.
	pub syncing: bool,
	/// It has no peers, and should have.
	pub lonely: bool,
}

/// The account that pays for registrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sponsor {
	/// What it can spend and stay alive.
	pub spendable: Balance,
	/// The nonce of its next transaction.
	pub nonce: Nonce,
}

/// What people want to see of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
	/// Everything about the council but its members.
	pub council: CouncilInfo<AccountId>,
	/// The logics that the runtime has.
	pub logics: Vec<LogicInfo>,
	/// The members, in any order.
	pub members: Vec<MemberInfo<AccountId>>,
	/// Whether those are all.
	pub all_members: bool,
	/// The calls that vote for the open proposal and against it, if the runtime composes them.
	pub votes: Option<[Vec<u8>; 2]>,
	/// The names registered last, as far as the node knows; newest first.
	pub latest: Vec<NameRecord>,
}

/// The chain gave no answer that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ChainError(pub String);

/// A long document in JSON, piece by piece, each made when the one before it is sent.
pub type Pieces = BoxStream<'static, Result<String, ChainError>>;

/// Why a transaction did not get into the pool.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
	/// There is no room.
	#[error("the transaction pool is full")]
	PoolFull,
	/// The pool finds it invalid.
	#[error("the transaction pool refused it: {0}")]
	Refused(String),
	/// It could not be made.
	#[error(transparent)]
	Chain(#[from] ChainError),
}

/// How a transaction ended, as the pool tells it: a hint, never what an answer rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TxEnd {
	/// It is in a finalized block.
	Finalized,
	/// The pool has it no longer.
	Gone,
}

/// A chain. Every answer but a proof is of the block `at`.
pub trait Chain: Send + Sync + 'static {
	/// How the node stands now.
	fn standing(&self) -> Standing;

	/// The last finalized block, as it moves.
	fn finalized(&self) -> watch::Receiver<Head>;

	/// The best block, as it moves.
	fn best(&self) -> watch::Receiver<Head>;

	/// The places in the stores that changed from one finalized block to another: those of
	/// [`jns_primitives::layout`] among them, or more. Nothing if that is not known, or if other things
	/// changed that names depend on.
	fn changes(&self, from: Hash, to: Hash) -> Option<Vec<Key>>;

	/// The record of a name.
	fn resolve(
		&self,
		at: Hash,
		name: &[u8],
	) -> impl Future<Output = Result<Result<Option<NameRecord>, NameQueryError>, ChainError>> + Send;

	/// The name of an ID.
	fn name_of(
		&self,
		at: Hash,
		id: JamiId,
	) -> impl Future<Output = Result<Option<Name>, ChainError>> + Send;

	/// What the selected logic makes of a registration.
	fn admission(
		&self,
		at: Hash,
		name: &[u8],
		key: &[u8],
	) -> impl Future<Output = Result<Admission, ChainError>> + Send;

	/// The call that registers a name, if the selected logic has one.
	fn registration_call(
		&self,
		at: Hash,
		name: &[u8],
		key: &[u8],
		signature: &[u8],
	) -> impl Future<Output = Result<Option<Vec<u8>>, ChainError>> + Send;

	/// The call that makes all these calls; nothing if they are too many.
	fn batch_call(
		&self,
		at: Hash,
		calls: Vec<Vec<u8>>,
	) -> impl Future<Output = Result<Option<Vec<u8>>, ChainError>> + Send;

	/// The most that a registration takes from the sponsor.
	fn registration_price(
		&self,
		at: Hash,
	) -> impl Future<Output = Result<Balance, ChainError>> + Send;

	/// The account that pays, if there is one.
	fn sponsor(&self, at: Hash)
		-> impl Future<Output = Result<Option<Sponsor>, ChainError>> + Send;

	/// Whether the runtime's transactions are of the version and carry the extensions that are known
	/// here.
	fn writes_known_transactions(
		&self,
		at: Hash,
	) -> impl Future<Output = Result<bool, ChainError>> + Send;

	/// Signs a call for the sponsor and puts it into the pool, valid for `lifetime` blocks from `at` on
	/// and only for the runtime of `at`, in the place of one with the same nonce and a smaller tip. What
	/// it returns ends with the transaction.
	fn submit(
		&self,
		at: Head,
		call: Vec<u8>,
		nonce: Nonce,
		lifetime: BlockNumber,
		tip: Balance,
	) -> impl Future<Output = Result<BoxFuture<'static, TxEnd>, SubmitError>> + Send;

	/// The document that proves the record of a name, or that it has none: of the block which the
	/// latest justification finalizes. Nothing while there is no such block.
	fn prove_name(
		&self,
		name: Name,
	) -> impl Future<Output = Result<Option<Value>, ChainError>> + Send;

	/// The same for the name of an ID.
	fn prove_id(
		&self,
		id: JamiId,
	) -> impl Future<Output = Result<Option<Value>, ChainError>> + Send;

	/// The document that leads from the authorities' set of that number to those after it, or a part of
	/// it that ends earlier. Nothing if this node does not know how that set ended, or that it has not.
	fn warp_proof(
		&self,
		from: u64,
	) -> impl Future<Output = Result<Option<Pieces>, ChainError>> + Send;

	/// Hash of the genesis block.
	fn genesis(&self) -> Hash;

	/// How many other nodes this one is connected to.
	fn peers(&self) -> u32;

	/// The time from one block to the next.
	fn block_time(&self) -> Duration;

	/// What people want to see.
	fn overview(&self, at: Hash) -> impl Future<Output = Result<Overview, ChainError>> + Send;
}
