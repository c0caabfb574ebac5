//! Signs no slot twice, whatever the clock says.
//!
//! A validator whose clock is set back would author the slots once more that it has authored before,
//! and be punished for it. The last slot that each key signed is therefore on the disk before the
//! block is imported and published. The chain's own database cannot do that: it writes later.

use std::{path::Path, sync::Arc};

use redb::{Database, ReadableTable, TableDefinition};
use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult};
use sp_consensus::{BlockOrigin, Error as ConsensusError};
use sp_consensus_babe::{AuthorityId, Slot};
use substrate_prometheus_endpoint::{register, Counter, PrometheusError, Registry, U64};

use super::Authors;
use jns_primitives::Block;

/// Last slot that each key signed.
const SLOTS: TableDefinition<&[u8], u64> = TableDefinition::new("slots");

/// Name of the file, in the chain's folder of the base path.
pub const FILE: &str = "signed-slots";

/// Reason why a slot is not signed, or not known to be.
#[derive(Debug, thiserror::Error)]
pub enum SignedSlotsError {
	/// The key has signed that slot, or a later one.
	#[error(
		"this key has signed slot {last} already, so it does not sign slot {slot}: the clock was set \
		back. Set it right and wait, or register new session keys"
	)]
	Signed { last: u64, slot: u64 },
	/// The file cannot be read or written.
	#[error("the file of signed slots: {0}")]
	Database(#[from] redb::Error),
}

/// The last slot that each key signed, in one file that no other process can open meanwhile.
pub struct SignedSlots {
	database: Database,
}

impl SignedSlots {
	/// Opens the file, or begins one.
	pub fn open(path: &Path) -> Result<Self, SignedSlotsError> {
		let database = Database::create(path).map_err(redb::Error::from)?;
		Ok(Self { database })
	}

	/// Notes that a key signs a slot, on the disk, unless it has signed that or a later one.
	fn sign(&self, key: &AuthorityId, slot: Slot) -> Result<(), SignedSlotsError> {
		let transaction = self.database.begin_write().map_err(redb::Error::from)?;
		{
			let mut slots = transaction.open_table(SLOTS).map_err(redb::Error::from)?;
			let key: &[u8] = key.as_ref();
			let last = slots.get(key).map_err(redb::Error::from)?.map(|last| last.value());
			if let Some(last) = last.filter(|last| *last >= *slot) {
				return Err(SignedSlotsError::Signed { last, slot: *slot });
			}
			slots.insert(key, *slot).map_err(redb::Error::from)?;
		}
		transaction.commit().map_err(redb::Error::from)?;
		Ok(())
	}
}

/// A block import for authoring, which takes a block of this node only when its slot is new.
#[derive(Clone)]
pub struct SignOnce<I> {
	inner: I,
	authors: Authors,
	slots: Arc<SignedSlots>,
	refused: Option<Counter<U64>>,
}

impl<I> SignOnce<I> {
	/// Wraps the import that a node's own blocks go through.
	pub fn new(
		inner: I,
		authors: Authors,
		slots: SignedSlots,
		registry: Option<&Registry>,
	) -> Result<Self, PrometheusError> {
		let counter = |registry| {
			let name = "jns_authoring_refused_total";
			let help = "Slots of this validator's that it did not sign, having signed a later one.";
			register(Counter::new(name, help)?, registry)
		};
		let refused = registry.map(counter).transpose()?;
		Ok(Self { inner, authors, slots: Arc::new(slots), refused })
	}
}

#[async_trait::async_trait]
impl<I> BlockImport<Block> for SignOnce<I>
where
	I: BlockImport<Block, Error = ConsensusError> + Send + Sync,
{
	type Error = ConsensusError;

	async fn check_block(
		&self,
		block: BlockCheckParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		self.inner.check_block(block).await
	}

	async fn import_block(
		&self,
		block: BlockImportParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		if block.origin == BlockOrigin::Own {
			let Some((slot, author)) = self.authors.author(&block) else {
				return Err(ConsensusError::ClientImport("the block's author is unknown".into()));
			};
			if let Err(error) = self.slots.sign(&author, slot) {
				if let Some(refused) = &self.refused {
					refused.inc();
				}
				log::error!("Authoring is refused: {error}");
				return Err(ConsensusError::Other(Box::new(error)));
			}
		}
		self.inner.import_block(block).await
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_keyring::Sr25519Keyring::{Alice, Bob};

	#[test]
	fn a_slot_is_signed_once_and_none_before_it() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join(FILE);
		let (alice, bob) = (AuthorityId::from(Alice.public()), AuthorityId::from(Bob.public()));
		let slots = SignedSlots::open(&path).unwrap();
		slots.sign(&alice, 7.into()).unwrap();
		for slot in [7, 6, 0] {
			let refused = slots.sign(&alice, slot.into());
			assert!(matches!(refused, Err(SignedSlotsError::Signed { last: 7, .. })), "{slot}");
		}
		slots.sign(&alice, 9.into()).unwrap();
		// Another key has slots of its own.
		slots.sign(&bob, 3.into()).unwrap();
	}

	#[test]
	fn what_was_signed_is_known_after_a_restart() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join(FILE);
		let alice = AuthorityId::from(Alice.public());
		SignedSlots::open(&path).unwrap().sign(&alice, 7.into()).unwrap();
		let slots = SignedSlots::open(&path).unwrap();
		assert!(slots.sign(&alice, 7.into()).is_err());
		slots.sign(&alice, 8.into()).unwrap();
	}

	#[test]
	fn one_process_has_the_file() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join(FILE);
		let _slots = SignedSlots::open(&path).unwrap();
		assert!(matches!(SignedSlots::open(&path), Err(SignedSlotsError::Database(_))));
	}
}
