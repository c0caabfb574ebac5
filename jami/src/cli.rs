//! The command line. The doc comments are the help text.

use jns_primitives::{BlockNumber, Hash, JamiId, Name};
use std::path::PathBuf;

/// What can be done with an account's key.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum JamiCmd {
	/// Print the Jami ID of a key.
	Id(KeySource),

	/// Prove that the key wants a name.
	///
	/// Needs nothing of the chain. The proof is public for ever once it is sent: whoever has it can
	/// register the name for this ID, while nobody has the name and the ID has none and never had
	/// it.
	Register(Register),

	/// Give one's name up.
	///
	/// During the cool-down this ID alone can take it back; then it is free for everybody else, for ever.
	Release(Recorded),

	/// Allow another ID to take one's name over.
	///
	/// Until that has happened it can be cancelled.
	HandOver(HandOver),

	/// Take a hand-over back.
	CancelHandOver(Recorded),

	/// Take over a name that is handed over to this ID, and which it had before.
	///
	/// An ID that never had the name simply registers it.
	Accept(Recorded),

	/// Take a name that the council has assigned to this ID, and which it had before.
	///
	/// An ID that never had the name simply registers it.
	Claim(Claim),

	/// Take a name back that this ID released, while it cools down.
	///
	/// From the block after the release on. What the council decided about the name meanwhile comes
	/// first.
	TakeBack(TakeBack),

	/// Print the record key of a name: what the council reserves and assigns names by.
	RecordKey {
		/// The name, in lower case.
		#[arg(value_parser = parse_name)]
		name: Name,
	},

	/// Say what a document proves: one that this tool printed, or what a client posts to a name
	/// server.
	Check(Check),
}

/// Where the private key is. The file must be readable by its owner alone.
#[derive(Clone, Debug, clap::Args)]
pub struct KeySource {
	/// The key as PEM: PKCS#8 or PKCS#1, not encrypted.
	#[arg(long, value_name = "FILE", required_unless_present = "archive")]
	pub pem: Option<PathBuf>,

	/// The account as a Jami client exported it.
	#[arg(long, value_name = "FILE", conflicts_with = "pem")]
	pub archive: Option<PathBuf>,

	/// A file with the archive's password. Otherwise it is asked for.
	#[arg(long, value_name = "FILE", requires = "archive", conflicts_with = "pem")]
	pub password_file: Option<PathBuf>,
}

/// Which chain is meant, and what comes of it.
#[derive(Clone, Debug, clap::Args)]
pub struct ChainSource {
	/// A node to ask, such as ws://127.0.0.1:9944. It also composes the call.
	#[arg(long, value_name = "URL")]
	pub node: Option<String>,

	/// Hash of the genesis block. With --node: the one that it must have.
	#[arg(long, value_name = "HASH", value_parser = parse_hash)]
	pub genesis: Option<Hash>,

	/// Send the call, and wait until it is final.
	#[arg(long, requires = "node", requires = "payer_file")]
	pub submit: bool,

	/// A file with the secret URI of the account that pays.
	#[arg(long, value_name = "FILE", requires = "submit")]
	pub payer_file: Option<PathBuf>,

	/// Do not ask before what cannot be undone.
	#[arg(long)]
	pub yes: bool,
}

/// Which state of a name's record is meant, where no node tells.
#[derive(Clone, Debug, clap::Args)]
pub struct RecordSource {
	/// The block in which the name was registered or taken over.
	#[arg(long, value_name = "BLOCK", conflicts_with = "node")]
	pub block: Option<BlockNumber>,

	/// The record's sequence, which rises with each statement about the name.
	#[arg(long, value_name = "NUMBER", conflicts_with = "node")]
	pub sequence: Option<u32>,
}

/// A registration.
#[derive(Clone, Debug, clap::Args)]
pub struct Register {
	/// The name, in lower case.
	#[arg(value_parser = parse_name)]
	pub name: Name,
	/// Where the key is.
	#[command(flatten)]
	pub key: KeySource,
	/// Which chain.
	#[command(flatten)]
	pub chain: ChainSource,
}

/// A statement about a record.
#[derive(Clone, Debug, clap::Args)]
pub struct Recorded {
	/// The name, in lower case.
	#[arg(value_parser = parse_name)]
	pub name: Name,
	/// Where the key is.
	#[command(flatten)]
	pub key: KeySource,
	/// Which chain.
	#[command(flatten)]
	pub chain: ChainSource,
	/// Which record.
	#[command(flatten)]
	pub record: RecordSource,
}

/// A hand-over.
#[derive(Clone, Debug, clap::Args)]
pub struct HandOver {
	/// About which name.
	#[command(flatten)]
	pub about: Recorded,

	/// The Jami ID that may take the name over.
	#[arg(long, value_name = "ID", value_parser = parse_id)]
	pub to: JamiId,

	/// The last block in which it may.
	#[arg(long, value_name = "BLOCK", required_unless_present = "blocks")]
	pub deadline: Option<BlockNumber>,

	/// For how many blocks it may, from the last final one on.
	#[arg(long, value_name = "NUMBER", conflicts_with = "deadline", requires = "node")]
	pub blocks: Option<BlockNumber>,
}

/// A claim.
#[derive(Clone, Debug, clap::Args)]
pub struct Claim {
	/// The name, in lower case.
	#[arg(value_parser = parse_name)]
	pub name: Name,
	/// Where the key is.
	#[command(flatten)]
	pub key: KeySource,
	/// Which chain.
	#[command(flatten)]
	pub chain: ChainSource,
	/// The block in which the council assigned the name.
	#[arg(long, value_name = "BLOCK", conflicts_with = "node")]
	pub block: Option<BlockNumber>,
}

/// A take-back.
#[derive(Clone, Debug, clap::Args)]
pub struct TakeBack {
	/// The name, in lower case.
	#[arg(value_parser = parse_name)]
	pub name: Name,
	/// Where the key is.
	#[command(flatten)]
	pub key: KeySource,
	/// Which chain.
	#[command(flatten)]
	pub chain: ChainSource,
	/// The block in which the name was released.
	#[arg(long, value_name = "BLOCK", conflicts_with = "node")]
	pub block: Option<BlockNumber>,
}

/// A check.
#[derive(Clone, Debug, clap::Args)]
pub struct Check {
	/// The document.
	#[arg(value_name = "FILE")]
	pub file: PathBuf,

	/// The name that it should be about. Needed for what a client posts.
	#[arg(long)]
	pub name: Option<String>,
}

fn parse_name(text: &str) -> Result<Name, String> {
	if text != text.to_lowercase() {
		return Err("names are in lower case".into());
	}
	crate::document::plain_name(text)
		.map_err(|_| {
			"a name is a text of at most 128 bytes without `/`; most are 3 to 32 of a-z, 0-9, _ and -".into()
		})
}

fn parse_id(text: &str) -> Result<JamiId, String> {
	hex::decode(text.strip_prefix("0x").unwrap_or(text))
		.ok()
		.and_then(|bytes| bytes.try_into().ok())
		.map(JamiId)
		.ok_or_else(|| "an ID is 40 hexadecimal digits, as the Jami client shows it".into())
}

fn parse_hash(text: &str) -> Result<Hash, String> {
	hex::decode(text.strip_prefix("0x").unwrap_or(text))
		.ok()
		.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
		.map(Hash::from)
		.ok_or_else(|| "a hash is 64 hexadecimal digits".into())
}
