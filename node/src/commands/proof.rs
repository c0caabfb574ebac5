//! Checking what a name server proves: whom to trust, and what follows from that.

use std::{
	fmt::Display,
	fs,
	path::{Path, PathBuf},
};

use serde::de::DeserializeOwned;

use super::jami::Node;
use jns_name_proof::{
	verify,
	warp::{follow, Trust, WarpProof},
	Answer, Authorities, Document, Question, Verified,
};
use jns_primitives::{Hash, JamiId};

#[derive(Debug, clap::Args)]
pub struct AuthoritiesCmd {
	/// A node to ask, which is believed: your own.
	#[arg(long, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
	node: String,

	/// Write the set that finalized the block with this hash, and not the one that is to finalize the
	/// next block. The node must have the state of the block before it.
	#[arg(long, value_name = "HASH")]
	block: Option<Hash>,
}

#[derive(Debug, clap::Args)]
pub struct VerifyProofCmd {
	/// The document, as `/name/NAME/proof` and `/addr/ID/proof` of a name server answer it.
	file: PathBuf,

	#[command(flatten)]
	trusted: Trusted,

	/// How the authorities changed since what is trusted, as `/warp-proof/SET` of a name server answers
	/// it. Several files in the order of their sets.
	#[arg(long = "warp-proof", value_name = "FILE", num_args = 1..)]
	warp_proofs: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct VerifyWarpProofCmd {
	/// The documents, as `/warp-proof/SET` of a name server answers them, in the order of their sets.
	#[arg(required = true, value_name = "FILE")]
	files: Vec<PathBuf>,

	#[command(flatten)]
	trusted: Trusted,
}

/// What is trusted to begin with.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct Trusted {
	/// The authorities that are trusted, as `jns-node authorities` and `jns-node verify-warp-proof`
	/// write them.
	#[arg(long, value_name = "FILE")]
	authorities: Option<PathBuf>,

	/// The hash of the genesis block, if nothing else is trusted: a warp proof leads on from there.
	#[arg(long, value_name = "HASH")]
	genesis: Option<Hash>,
}

impl Trusted {
	/// The set with that number, where it follows from what is trusted, or else the last that does.
	fn authorities(
		&self,
		warp_proofs: &[WarpProof],
		set_id: Option<u64>,
	) -> sc_cli::Result<Authorities> {
		let trust = match (&self.authorities, self.genesis) {
			(Some(file), _) => Trust::Authorities(read(file)?),
			(None, Some(genesis)) => Trust::Genesis(genesis),
			(None, None) => {
				return Err(failed("neither authorities nor a genesis block are trusted"))
			},
		};
		let mut sets = follow(trust, warp_proofs)
			.map_err(|why| failed(format!("the authorities are not known: {why}")))?;
		let wanted = sets.iter().position(|set| Some(set.set_id) == set_id);
		let last = sets.len().saturating_sub(1);
		Ok(sets.swap_remove(wanted.unwrap_or(last)))
	}
}

/// Writes the authorities that a node knows.
pub fn authorities(command: &AuthoritiesCmd) -> sc_cli::Result<()> {
	let node = Node::connect(&command.node)
		.map_err(|why| failed(format!("{} does not answer: {why}", command.node)))?;
	let asked = || {
		// The state after a block has the set that finalizes the next one.
		let at = match command.block {
			Some(block) => node.header(block)?.parent_hash,
			None => node.finalized_head()?,
		};
		let set_id = node.query_at(at, "GrandpaApi_current_set_id", ())?;
		let list = node.query_at(at, "GrandpaApi_grandpa_authorities", ())?;
		Ok(Authorities::new(set_id, list))
	};
	print(&asked().map_err(|why: jns_jami::ChainError| failed(why))?)
}

/// Follows the authorities from what is trusted, and writes the last of them.
pub fn verify_warp_proof(command: &VerifyWarpProofCmd) -> sc_cli::Result<()> {
	let proofs = read_all(&command.files)?;
	let authorities = command.trusted.authorities(&proofs, None)?;
	print(&authorities)?;
	if proofs.last().is_some_and(|proof| !proof.complete) {
		eprintln!("The server knows of later ones: /warp-proof/{} has them.", authorities.set_id);
	}
	Ok(())
}

fn print(authorities: &Authorities) -> sc_cli::Result<()> {
	println!("{}", serde_json::to_string_pretty(authorities).map_err(failed)?);
	Ok(())
}

/// Checks a document, and prints what it proves.
pub fn verify_proof(command: &VerifyProofCmd) -> sc_cli::Result<()> {
	let document: Document = read(&command.file)?;
	let warp_proofs = read_all(&command.warp_proofs)?;
	let authorities = command.trusted.authorities(&warp_proofs, Some(document.set_id))?;
	let verified = verify(&document, &authorities)
		.map_err(|why| failed(format!("{} proves nothing: {why}", command.file.display())))?;
	println!("{}", in_words(&verified));
	println!(
		"as of block {} ({:?}), which the authorities' set {} finalized",
		verified.number, verified.hash, authorities.set_id
	);
	Ok(())
}

fn read<T: DeserializeOwned>(file: &Path) -> sc_cli::Result<T> {
	let text = fs::read(file).map_err(|why| failed(format!("{}: {why}", file.display())))?;
	serde_json::from_slice(&text)
		.map_err(|why| failed(format!("{} is not such a document: {why}", file.display())))
}

fn read_all<T: DeserializeOwned>(files: &[PathBuf]) -> sc_cli::Result<Vec<T>> {
	files.iter().map(|file| read(file)).collect()
}

fn in_words(Verified { question, answer, .. }: &Verified) -> String {
	let asked = match question {
		Question::Name(name) => name.as_str().escape_debug().to_string(),
		Question::Id(id) => to_hex(id),
	};
	match answer {
		Some(Answer::Record(record)) => {
			format!("{asked} is the name of {}, since block {}", to_hex(&record.id), record.block)
		},
		Some(Answer::Name(name)) => {
			format!("{asked} has the name {}", name.as_str().escape_debug())
		},
		None => match question {
			Question::Name(_) => format!("{asked} is nobody's name"),
			Question::Id(_) => format!("{asked} has no name"),
		},
	}
}

fn to_hex(id: &JamiId) -> String {
	format!("0x{}", hex::encode(id.0))
}

fn failed(why: impl Display) -> sc_cli::Error {
	sc_cli::Error::Application(why.to_string().into())
}
