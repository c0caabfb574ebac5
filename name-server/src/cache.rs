//! Answers of the last finalized block, kept until a later one changes what they are about.
//!
//! Entries are known by the places of [`layout`]: a name's record, an ID's name. All of them are of one
//! block. When a request comes for a later one, what changed in between is forgotten and the rest is of
//! that block now, so an answer is never older than finality.
//!
//! [`layout`]: jns_primitives::layout

use crate::{
	chain::{Chain, ChainError, Head},
	http::Found,
};
use jns_primitives::{storage::Key, BlockNumber, Hash};
use moka::sync::Cache as Entries;
use std::{
	future::Future,
	sync::{Arc, PoisonError, RwLock},
};

/// The cache. Nothing is cached if it has no room.
pub struct Cache {
	entries: Entries<Key, Arc<Found>>,
	/// Of which block the entries are. Whoever adds one holds it for reading, and checks it.
	at: RwLock<(BlockNumber, Hash)>,
}

impl Cache {
	/// An empty cache with room for so many answers.
	pub fn new(room: usize) -> Self {
		let entries = Entries::new(room as u64);
		Self { entries, at: RwLock::default() }
	}

	/// What is known at that block of what lies at a place; `read` reads it from the state.
	pub async fn get(
		&self,
		chain: &impl Chain,
		head: Head,
		key: Key,
		read: impl Future<Output = Result<Found, ChainError>> + Send,
	) -> Result<Arc<Found>, ChainError> {
		self.advance(chain, head);
		if self.is_at(head) {
			if let Some(found) = self.entries.get(&key) {
				return Ok(found);
			}
		}
		let found = Arc::new(read.await?);
		// It may be of an older block by now.
		let at = self.at.read().unwrap_or_else(PoisonError::into_inner);
		if at.1 == head.hash {
			self.entries.insert(key, found.clone());
		}
		Ok(found)
	}

	fn is_at(&self, head: Head) -> bool {
		self.at.read().unwrap_or_else(PoisonError::into_inner).1 == head.hash
	}

	/// Makes the entries those of that block, if it is a later one.
	fn advance(&self, chain: &impl Chain, head: Head) {
		if self.is_at(head) {
			return;
		}
		let mut at = self.at.write().unwrap_or_else(PoisonError::into_inner);
		// Who asks for an older block came late, and reads it from the state.
		if at.0 >= head.number && at.1 != Hash::default() {
			return;
		}
		match chain.changes(at.1, head.hash) {
			Some(keys) => keys.iter().for_each(|key| self.entries.invalidate(key)),
			None => self.entries.invalidate_all(),
		}
		*at = (head.number, head.hash);
	}
}
