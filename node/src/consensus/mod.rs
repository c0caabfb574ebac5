//! Additions to the SDK's consensus: being in sync rests on verified blocks, equivocations are
//! reported, and no slot is signed twice.

pub mod equivocations;
pub mod signed_slots;
pub mod sync;
pub mod watch;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sc_consensus::BlockImportParams;
use sc_consensus_babe::{
	find_pre_digest, BabeConfiguration, BabeIntermediate, BabeLink, Epoch, INTERMEDIATE_KEY,
};
use sc_consensus_epochs::SharedEpochChanges;
use sp_consensus_babe::{AuthorityId, Slot};

use jns_primitives::{Block, Header};

/// Finds who signed a block that BABE has verified, or made.
#[derive(Clone)]
pub struct Authors {
	epochs: SharedEpochChanges<Block, Epoch>,
	config: BabeConfiguration,
}

impl Authors {
	/// Shares the epochs that BABE follows.
	pub fn new(link: &BabeLink<Block>) -> Self {
		Self { epochs: link.epoch_changes().clone(), config: link.config().clone() }
	}

	/// Returns the slot and the author of a block whose seal BABE has verified, or made. Blocks
	/// that come with a state or fill a gap were not verified so, and have none.
	fn author(&self, block: &BlockImportParams<Block>) -> Option<(Slot, AuthorityId)> {
		let intermediate: &BabeIntermediate<Block> =
			block.get_intermediate(INTERMEDIATE_KEY).ok()?;
		let digest = find_pre_digest::<Block>(&block.header).ok()?;
		let epochs = self.epochs.shared_data();
		let epoch = epochs.viable_epoch(&intermediate.epoch_descriptor, |slot| {
			Epoch::genesis(&self.config, slot)
		})?;
		let (author, _) = epoch.as_ref().authorities.get(digest.authority_index() as usize)?;
		Some((digest.slot(), author.clone()))
	}
}

/// Returns the slot of a block; the genesis block has none.
fn slot_of(header: &Header) -> Option<Slot> {
	if header.number == 0 {
		return None;
	}
	find_pre_digest::<Block>(header).ok().map(|digest| digest.slot())
}

/// Returns the time by this machine's clock, since 1970.
fn unix_time() -> Duration {
	SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
