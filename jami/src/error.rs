//! What can go wrong. Every message says what to do.

use crate::chain::{printable, ChainError};
use jns_primitives::{BlockNumber, JamiId, Name};
use std::path::PathBuf;

/// Why nothing was done, or not all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// A file cannot be read.
	#[error("cannot read {}: {why}. Check the path and who may read it.", path.display())]
	Unreadable {
		/// Which.
		path: PathBuf,
		/// What the system says.
		why: std::io::Error,
	},
	/// A file with a secret is open to others.
	#[error(
		"{path} can be read or written by others than its owner. Run `chmod 600 {path}`.",
		path = path.display()
	)]
	LooseMode {
		/// Which.
		path: PathBuf,
	},
	/// Not a file.
	#[error("{} is not a regular file. Give the path of a file.", path.display())]
	NotAFile {
		/// Which.
		path: PathBuf,
	},
	/// More bytes than any such file has.
	#[error(
		"{} is longer than {limit} bytes. Give another file: this one is not what it should be.",
		path.display()
	)]
	TooLong {
		/// Which.
		path: PathBuf,
		/// The most that is read.
		limit: u64,
	},
	/// A file that should have a line with a secret has none, or more, or no text.
	#[error(
		"{} should hold the secret alone, as one line of text. Write it again.",
		path.display()
	)]
	NotASecret {
		/// Which.
		path: PathBuf,
	},

	/// No private key in the PEM.
	#[error(
		"there is no private key in it{}. Give a PEM file with a line `-----BEGIN PRIVATE KEY-----` \
		 or `-----BEGIN RSA PRIVATE KEY-----`.",
		found.as_ref().map(|found| format!(", only `{found}`")).unwrap_or_default()
	)]
	NoPrivateKey {
		/// What there is instead.
		found: Option<&'static str>,
	},
	/// The private key is encrypted.
	#[error(
		"the private key is encrypted. Decrypt it into a file that only you can read: \
		 `(umask 077; openssl pkey -in FILE -out PLAIN.pem)`, and delete that afterwards."
	)]
	EncryptedPem,
	/// Not an RSA key.
	#[error("this is no RSA key. Give the key of a Jami account, which is RSA with 4096 bits.")]
	NotRsa,
	/// The key cannot be parsed, or is inconsistent.
	#[error("the private key is damaged. Export it again, or give another file.")]
	DamagedKey,
	/// An RSA key that the chain does not accept.
	#[error(
		"the chain does not take this key. Give an RSA key of 2048, 3072 or 4096 bits with the \
		 exponent 65537, such as a Jami account's."
	)]
	UnacceptedKey,
	/// What was signed does not verify.
	#[error(
		"the key made a wrong signature: it is damaged. Export it again, or give another file."
	)]
	WrongSignature,

	/// The archive cannot be unpacked.
	#[error("the archive is damaged or cut off ({0}). Export it again from the Jami client.")]
	DamagedArchive(&'static str),
	/// The archive is too large.
	#[error(
		"the archive unpacks to more than {limit} bytes. Give the archive that the Jami client \
		 exported: this one is not."
	)]
	OversizedArchive {
		/// The most that is unpacked.
		limit: u64,
	},
	/// The archive holds no account key.
	#[error(
		"the archive holds no account key (`ringAccountKey`). Export the account from a Jami client \
		 that has it; accounts of a management server have no such key."
	)]
	NoAccountKey,
	/// The archive does not open with this password.
	#[error(
		"the archive does not open: the password is wrong, or the archive damaged. Try again."
	)]
	WrongPassword,
	/// There is nobody to ask for the password.
	#[error(
		"the archive has a password and there is no terminal to ask for it. Use `--password-file`."
	)]
	NoPassword,

	/// Nothing tells which chain and which record are meant.
	#[error("{what} is not known. Give `--node URL`, or {option}.")]
	FactMissing {
		/// What.
		what: &'static str,
		/// How it is given otherwise.
		option: &'static str,
	},
	/// The node is on another chain than was said.
	#[error(
		"the node's chain begins with {found}, not with {expected}. Ask a node of the right chain, \
		 or correct `--genesis`."
	)]
	WrongChain {
		/// As the node says.
		found: String,
		/// As was said.
		expected: String,
	},
	/// Not an address of a node.
	#[error(
		"{0} is not the address of a node. Give one like `ws://127.0.0.1:9944`, without a password in it."
	)]
	BadUrl(String),
	/// The node did not answer, or not as it should.
	#[error("{0}. Ask again, or another node.")]
	Chain(#[from] ChainError),
	/// The node composed a call that says something else.
	#[error(
		"the call that the node composed does not say what was asked for. Do not sign it; ask \
		 another node."
	)]
	ForeignCall,
	/// The rules in force do not offer this.
	#[error(
		"the chain's present rules do not offer this. Wait until the council selects rules that do \
		 (docs/names.md, \"Two logics\")."
	)]
	NotOffered,
	/// Nobody has the name.
	#[error("nobody has the name {name}. Register it instead, or correct the name.")]
	NotRegistered {
		/// Which.
		name: String,
	},
	/// The name belongs to another ID.
	#[error("{name} belongs to {owner}, and this key is that of {id}. Use the owner's key.")]
	NotYours {
		/// Which.
		name: String,
		/// Whose it is.
		owner: String,
		/// Whose key this is.
		id: String,
	},
	/// The name belongs to another ID that does not hand it over to this one.
	#[error(
		"{name} belongs to {owner} until they hand it over to {id}. Take another name, or ask \
		 them."
	)]
	NameTaken {
		/// Which.
		name: String,
		/// Whose it is.
		owner: String,
		/// Who wants it.
		id: String,
	},
	/// The council keeps the name back.
	#[error(
		"the council keeps {name} back. Take another name, or ask the council to assign it to \
		 {id}."
	)]
	Reserved {
		/// Which.
		name: String,
		/// Who wants it.
		id: String,
	},
	/// The name is not free yet.
	#[error("{name} is free from block {free_from} on. Try again then.")]
	CoolingDown {
		/// Which.
		name: String,
		/// The first block in which it is free.
		free_from: BlockNumber,
	},
	/// The ID had the name before, so that its proof is dead.
	#[error(
		"this ID had {name} before, and the proof of that is dead. Use `accept` once its owner hands \
		 it over to {id}, or `claim` once the council assigns it."
	)]
	Spent {
		/// Which.
		name: String,
		/// Who wants it.
		id: String,
	},
	/// The name is not handed over to this ID.
	#[error(
		"{name} is not handed over to {id} now. Ask the owner to hand it over, and be sure to come \
		 before the deadline."
	)]
	NotHandedOver {
		/// Which.
		name: String,
		/// Who wants it.
		id: String,
	},
	/// There is no hand-over to cancel.
	#[error("{name} is not handed over to anybody. There is nothing to cancel.")]
	NothingToCancel {
		/// Which.
		name: String,
	},
	/// This ID released the name, which cools down.
	#[error(
		"this ID released {name}, and can take it back with `take-back` before block {free_from}."
	)]
	Released {
		/// Which.
		name: String,
		/// The first block in which it is free again.
		free_from: BlockNumber,
	},
	/// The name was not released by this ID, or does not cool down any more.
	#[error(
		"{id} cannot take {name} back: it did not release it, or the cool-down is over. Use the right \
		 key, or take another name."
	)]
	NotReleased {
		/// Which.
		name: String,
		/// Who wants it.
		id: String,
	},
	/// The name is not assigned to this ID.
	#[error(
		"the council has not assigned {name} to {id}. Ask the council to, or use the right key."
	)]
	NotAssigned {
		/// Which.
		name: String,
		/// Who wants it.
		id: String,
	},
	/// A hand-over to oneself.
	#[error("{0} has the name already. Give the ID of somebody else.")]
	SameId(String),
	/// A deadline that is over, or a number of blocks that is too great.
	#[error(
		"the deadline, block {deadline}, is not after the present block, {now}. Give a later one."
	)]
	DeadlineOver {
		/// What was asked for.
		deadline: BlockNumber,
		/// The last final block.
		now: BlockNumber,
	},

	/// Nobody confirmed.
	#[error(
		"nothing was done: this needs `{0}` to be typed at a terminal. Run it at one, or add \
		 `--yes`."
	)]
	Unconfirmed(String),
	/// Something else was typed.
	#[error("nothing was done, since the name was not typed. Run it again and type `{0}`.")]
	Declined(String),
	/// The call is in a block and failed.
	#[error(
		"the call is final in block {block} and failed there: {}. The fee is paid. Correct the \
		 cause and send it again.",
		printable(why)
	)]
	Failed {
		/// In which block.
		block: String,
		/// As the chain says.
		why: String,
	},
	/// Nobody knows whether the call was sent.
	#[error(
		"{0}. The call may be on its way: before sending it again, look whether it is in a \
		 block."
	)]
	Unsure(ChainError),
	/// A document that proves nothing.
	#[error("this proves nothing: {0}. Do not rely on it; ask for another.")]
	NotProven(String),
	/// Output or input failed.
	#[error("the terminal or file cannot be written or read: {0}. Run it again.")]
	Io(#[from] std::io::Error),
}

impl Error {
	pub(crate) fn not_proven(why: impl Into<String>) -> Self {
		Self::NotProven(why.into())
	}

	pub(crate) fn spent(name: &Name, id: &JamiId) -> Self {
		Self::Spent { name: name.as_str().into(), id: hex::encode(id.0) }
	}
}
