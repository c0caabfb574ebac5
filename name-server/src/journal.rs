//! What survives the process: the registrations that are under way or were acknowledged not long ago,
//! and the budget. A commit is on the disk when it returns.
//!
//! No answer rests on it: it only tells, after a restart, what has to be sent again.

use crate::budget::Budget;
use codec::{Decode, DecodeAll, Encode};
use jns_primitives::{BlockNumber, Hash, JamiId};
use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use std::path::Path;

const REGISTRATIONS: TableDefinition<&[u8], &[u8]> = TableDefinition::new("registrations");
const FACTS: TableDefinition<&str, &[u8]> = TableDefinition::new("facts");
const GENESIS: &str = "genesis";
const BUDGET: &str = "budget";

/// A registration whose proof holds.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Registration {
	/// The name, lower case.
	pub name: Vec<u8>,
	/// Whose it is to be.
	pub id: JamiId,
	/// The key's DER.
	pub key: Vec<u8>,
	/// Its signature of the name.
	pub signature: Vec<u8>,
}

/// What a registration is told from others by.
pub type Key = (Vec<u8>, JamiId);

impl Registration {
	/// Name and ID.
	pub fn key(&self) -> Key {
		(self.name.clone(), self.id)
	}
}

/// A registration in the journal.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Entry {
	/// What is registered.
	pub registration: Registration,
	/// The finalized block in which it was seen, once it was.
	pub settled: Option<BlockNumber>,
}

/// A change of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
	/// Has this entry from now on.
	Put(Entry),
	/// Has no such entry any more.
	Remove(Key),
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
	/// The file, or what is in it.
	#[error("the name server's journal: {0}")]
	Database(#[from] redb::Error),
	/// It is not of this chain.
	#[error(
		"the name server's journal belongs to another chain, that of the genesis {0:?}: move the file away"
	)]
	OtherChain(Hash),
	/// It was written by something else.
	#[error("the name server's journal cannot be read: move the file away")]
	Unreadable,
}

/// The journal, in one file that no other process can open meanwhile.
pub struct Journal {
	database: Database,
}

/// What a journal had when it was opened.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Kept {
	/// The registrations.
	pub entries: Vec<Entry>,
	/// The budget.
	pub budget: Budget,
}

impl Journal {
	/// Opens the journal of the chain with that genesis block, or begins one.
	pub fn open(path: &Path, genesis: Hash) -> Result<(Self, Kept), JournalError> {
		let database = Database::create(path).map_err(redb::Error::from)?;
		let journal = Self { database };
		let kept = journal.read(genesis)?;
		Ok((journal, kept))
	}

	fn read(&self, genesis: Hash) -> Result<Kept, JournalError> {
		let mut begun = Vec::new();
		{
			let transaction = self.database.begin_write().map_err(redb::Error::from)?;
			{
				let mut facts = transaction.open_table(FACTS).map_err(redb::Error::from)?;
				let found =
					facts.get(GENESIS).map_err(redb::Error::from)?.map(|g| g.value().to_vec());
				match found {
					Some(bytes) => begun = bytes,
					None => {
						let bytes: &[u8] = genesis.as_bytes();
						facts.insert(GENESIS, bytes).map_err(redb::Error::from)?;
					},
				}
				transaction.open_table(REGISTRATIONS).map_err(redb::Error::from)?;
			}
			transaction.commit().map_err(redb::Error::from)?;
		}
		if !begun.is_empty() && begun != genesis.as_bytes() {
			let other = Hash::decode_all(&mut &begun[..]).map_err(|_| JournalError::Unreadable)?;
			return Err(JournalError::OtherChain(other));
		}
		let transaction = self.database.begin_read().map_err(redb::Error::from)?;
		let facts = transaction.open_table(FACTS).map_err(redb::Error::from)?;
		let budget = match facts.get(BUDGET).map_err(redb::Error::from)? {
			Some(bytes) => {
				Budget::decode_all(&mut bytes.value()).map_err(|_| JournalError::Unreadable)?
			},
			None => Budget::default(),
		};
		let table = transaction.open_table(REGISTRATIONS).map_err(redb::Error::from)?;
		let mut entries = Vec::new();
		for row in table.iter().map_err(redb::Error::from)? {
			let (_, value) = row.map_err(redb::Error::from)?;
			let entry = Entry::decode_all(&mut value.value());
			entries.push(entry.map_err(|_| JournalError::Unreadable)?);
		}
		Ok(Kept { entries, budget })
	}

	/// Makes the changes, all or none, and writes the budget. They are on the disk afterwards.
	pub fn commit(&self, changes: &[Change], budget: &Budget) -> Result<(), JournalError> {
		Ok(self.write(changes, budget)?)
	}

	fn write(&self, changes: &[Change], budget: &Budget) -> Result<(), redb::Error> {
		let transaction = self.database.begin_write()?;
		{
			let mut table = transaction.open_table(REGISTRATIONS)?;
			for change in changes {
				match change {
					Change::Put(entry) => {
						let key = entry.registration.key().encode();
						table.insert(&key[..], &entry.encode()[..])?;
					},
					Change::Remove(key) => {
						table.remove(&key.encode()[..])?;
					},
				}
			}
			let mut facts = transaction.open_table(FACTS)?;
			facts.insert(BUDGET, &budget.encode()[..])?;
		}
		transaction.commit()?;
		Ok(())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::time::Duration;

	fn entry(name: &str, settled: Option<BlockNumber>) -> Entry {
		let registration = Registration {
			name: name.into(),
			id: JamiId([1; 20]),
			key: vec![2; 550],
			signature: vec![3; 512],
		};
		Entry { registration, settled }
	}

	#[test]
	fn what_is_committed_is_there_after_a_restart() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("journal");
		let genesis = Hash::repeat_byte(1);
		let mut budget = Budget::default();
		let (journal, kept) = Journal::open(&path, genesis).unwrap();
		assert_eq!(kept, Kept::default());
		budget.spend([9, 9], Duration::from_secs(1_800_000_000)).unwrap();
		let (alice, bob) = (entry("alice", None), entry("bob", Some(7)));
		let put = [Change::Put(alice.clone()), Change::Put(bob.clone())];
		journal.commit(&put, &budget).unwrap();
		drop(journal);

		let (journal, kept) = Journal::open(&path, genesis).unwrap();
		assert_eq!(kept, Kept { entries: vec![bob.clone(), alice.clone()], budget });
		let settled = Entry { settled: Some(9), ..alice.clone() };
		let changes = [Change::Put(settled.clone()), Change::Remove(bob.registration.key())];
		journal.commit(&changes, &budget).unwrap();
		drop(journal);
		let (_, kept) = Journal::open(&path, genesis).unwrap();
		assert_eq!(kept.entries, [settled]);
	}

	#[test]
	fn a_journal_belongs_to_one_chain_and_one_process() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("journal");
		let genesis = Hash::repeat_byte(1);
		let (journal, _) = Journal::open(&path, genesis).unwrap();
		assert!(matches!(Journal::open(&path, genesis), Err(JournalError::Database(_))));
		drop(journal);
		let other = Journal::open(&path, Hash::repeat_byte(2));
		assert!(matches!(other, Err(JournalError::OtherChain(found)) if found == genesis));
	}
}
