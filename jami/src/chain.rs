//! What a connection to a node does for the tool.

use jns_primitives::{api::NameStatus, statement::Action, BlockNumber, Hash, JamiId, Name};

/// Why a node gave no answer that can be used. It must tell nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the node gave no answer: {}", printable(.0))]
pub struct ChainError(pub String);

/// What others wrote, without what a terminal would obey.
pub(crate) fn printable(text: &str) -> String {
	text.chars().filter(|c| !c.is_control()).take(1000).collect()
}

/// What became of a call that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
	/// The block in which it is, which is final.
	pub block: Hash,
	/// Why it failed there, if it did.
	pub outcome: Result<(), String>,
}

/// A chain, as a node tells of it. Everything blocks until there is an answer. The calls are those
/// of the runtime API ([`jns_primitives::api::NamesApi`]), nothing if that composes none.
pub trait Chain {
	/// Hash of the genesis block.
	fn genesis(&self) -> Result<Hash, ChainError>;
	/// Number of the last final block, of which the other answers are.
	fn finalized(&self) -> Result<BlockNumber, ChainError>;
	/// Everything that is kept about a name.
	fn name_status(&self, name: &Name) -> Result<NameStatus, ChainError>;
	/// Whether that ID had that name before.
	fn is_spent(&self, name: &Name, id: &JamiId) -> Result<bool, ChainError>;
	/// The call that registers a name.
	fn registration_call(
		&self,
		name: &Name,
		key: &[u8],
		signature: &[u8],
	) -> Result<Option<Vec<u8>>, ChainError>;
	/// The call that accepts or claims a name.
	fn acceptance_call(
		&self,
		name: &Name,
		key: &[u8],
		signature: &[u8],
		statement: &[u8],
	) -> Result<Option<Vec<u8>>, ChainError>;
	/// The call for another statement.
	fn statement_call(
		&self,
		name: &Name,
		action: Action,
		statement: &[u8],
	) -> Result<Option<Vec<u8>>, ChainError>;
	/// Signs a call with the account of that secret URI, sends it, and waits until it is final. The
	/// URI goes nowhere else.
	fn submit(&self, call: &[u8], payer: &str) -> Result<Submitted, ChainError>;
}
