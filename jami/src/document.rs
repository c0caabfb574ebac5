//! What the tool makes, as JSON, and what such a document proves.

use crate::Error;
use codec::Encode;
use jns_primitives::{
	client::{Posted, PostedProof},
	proof::PublicKey,
	statement::Action,
	BlockNumber, Hash, JamiId, Name,
};
use serde::{Deserialize, Serialize};

/// The longest document that is read. One has some ten kilobytes.
pub const MAX_DOCUMENT: u64 = 64 * 1024;

const APPS: &str = "https://polkadot.js.org/apps/?rpc=";
const DECODE: &str = "#/extrinsics/decode/";

/// What a key says about a name, with all that is needed to verify it. Binary fields are
/// hexadecimal with `0x`, IDs without.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
	/// The name.
	pub name: String,
	/// Whose key it is.
	pub id: String,
	/// The key's DER SubjectPublicKeyInfo.
	pub key: String,
	/// The key's signature of the name, where the ID is to get it.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub signature: Option<String>,
	/// What is stated about the name, where anything is.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub statement: Option<Statement>,
	/// The call that a node composed of this, encoded.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub call: Option<String>,
	/// A page that shows the call, and signs it with the payer's wallet.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub link: Option<String>,
}

/// A statement about a name (`primitives/src/statement.rs`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
	/// What is stated.
	pub action: Kind,
	/// To whom the name is handed over.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub to: Option<String>,
	/// The last block in which that one can accept.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub deadline: Option<BlockNumber>,
	/// Hash of the chain's genesis block.
	pub genesis: String,
	/// The record's block, or that of the assignment or release.
	pub block: BlockNumber,
	/// The record's sequence, or zero.
	pub sequence: u32,
	/// All that as it is signed.
	pub bytes: String,
	/// The key's signature of these bytes.
	pub signature: String,
}

/// The name of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // They are those of `Action`.
pub enum Kind {
	Release,
	HandOver,
	CancelHandOver,
	Accept,
	Claim,
	TakeBack,
}

impl From<&Action> for Kind {
	fn from(action: &Action) -> Self {
		match action {
			Action::Release => Self::Release,
			Action::HandOver { .. } => Self::HandOver,
			Action::CancelHandOver => Self::CancelHandOver,
			Action::Accept => Self::Accept,
			Action::Claim => Self::Claim,
			Action::TakeBack => Self::TakeBack,
		}
	}
}

/// Everything that a document says, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
	/// The name.
	pub name: Name,
	/// Whose key it is.
	pub id: JamiId,
	/// The key's accepted encoding.
	pub key: Vec<u8>,
	/// The key's signature of the name.
	pub signature: Option<Vec<u8>>,
	/// What the key states.
	pub stated: Option<Stated>,
}

/// A statement with its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
	/// What is stated.
	pub action: Action,
	/// Hash of the chain's genesis block.
	pub genesis: Hash,
	/// The record's block, or that of the assignment or release.
	pub block: BlockNumber,
	/// The record's sequence, or zero.
	pub sequence: u32,
	/// The signature.
	pub signature: Vec<u8>,
}

impl Proof {
	/// The document, without a call.
	pub fn document(&self) -> Document {
		Document {
			name: self.name.as_str().into(),
			id: hex::encode(self.id.0),
			key: hexadecimal(&self.key),
			signature: self.signature.as_deref().map(hexadecimal),
			statement: self.stated.as_ref().map(|stated| {
				let (to, deadline) = match stated.action {
					Action::HandOver { to, deadline } => (Some(hex::encode(to.0)), Some(deadline)),
					_ => (None, None),
				};
				Statement {
					action: (&stated.action).into(),
					to,
					deadline,
					genesis: hexadecimal(&stated.genesis.0),
					block: stated.block,
					sequence: stated.sequence,
					bytes: hexadecimal(&stated.bytes(&self.name)),
					signature: hexadecimal(&stated.signature),
				}
			}),
			call: None,
			link: None,
		}
	}

	/// What a call that does this has behind the numbers of pallet and call.
	pub fn arguments(&self) -> Option<Vec<u8>> {
		let (name, id, key) = (&self.name, &self.id, &self.key);
		match (&self.signature, &self.stated) {
			(Some(signature), None) => Some((name, id, key, signature).encode()),
			(signature, Some(Stated { action, signature: statement, .. })) => match action {
				Action::Release | Action::CancelHandOver => Some((name, statement).encode()),
				Action::HandOver { to, deadline } => Some((name, to, deadline, statement).encode()),
				Action::Accept | Action::Claim | Action::TakeBack => {
					Some((name, id, key, signature.as_ref()?, statement).encode())
				},
			},
			(None, None) => None,
		}
	}

	/// Whether a call does this, as far as its bytes tell: the two numbers in front are the
	/// chain's.
	pub fn is_said_by(&self, call: &[u8]) -> bool {
		self.arguments().is_some_and(|arguments| call.get(2..) == Some(&arguments[..]))
	}

	/// Checks the signatures.
	fn verify(&self) -> Result<(), Error> {
		let key = PublicKey::from_der(&self.key).map_err(|why| {
			Error::not_proven(format!("the chain does not take the key ({why:?})"))
		})?;
		if key.id() != self.id {
			return Err(Error::not_proven("the key is not that of the ID"));
		}
		if let Some(signature) = &self.signature {
			key.verify(self.name.as_bytes(), signature)
				.map_err(|_| Error::not_proven("the signature is not the key's for this name"))?;
		}
		if let Some(stated) = &self.stated {
			key.verify(&stated.bytes(&self.name), &stated.signature)
				.map_err(|_| Error::not_proven("the statement is not signed by the key"))?;
		}
		if self.arguments().is_none() {
			return Err(Error::not_proven("a signature of the name is missing"));
		}
		Ok(())
	}

	/// What it proves, in words.
	pub fn words(&self) -> String {
		let (name, id) = (self.name.as_str(), hex::encode(self.id.0));
		let Some(stated) = &self.stated else {
			return format!(
				"The key of {id} wants the name {name}.\n\
				 Whoever has this can register the name for that ID, on any chain, while nobody has \
				 the name and the ID has none and never had it."
			);
		};
		let Stated { genesis, block, sequence, .. } = stated;
		let what = match stated.action {
			Action::Release => "gives the name up".into(),
			Action::HandOver { to, deadline } => {
				format!("hands it over to {} until block {deadline}", hex::encode(to.0))
			},
			Action::CancelHandOver => "takes its hand-over back".into(),
			Action::Accept => "takes it over from the ID that hands it over".into(),
			Action::Claim => "takes it as the council assigned it".into(),
			Action::TakeBack => "takes it back, which it released".into(),
		};
		let of = match stated.action {
			Action::Claim => format!("the assignment of block {block}"),
			Action::TakeBack => format!("the release of block {block}"),
			_ => format!("the record of block {block}, sequence {sequence}"),
		};
		format!(
			"The key of {id} states of the name {name} that it {what}.\n\
			 This holds for {of}, on the chain {genesis:?}, and nowhere else. Whoever has it can \
			 send it; only the chain knows whether it still holds."
		)
	}
}

/// Reads a name that a terminal shows as it is: without what it would obey, or write backwards.
pub(crate) fn plain_name(text: &str) -> Result<Name, Error> {
	let is_unseen = |c: char| {
		c.is_control()
			|| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
	};
	if text.contains(is_unseen) {
		return Err(Error::not_proven(format!("{text:?} has characters that cannot be seen")));
	}
	Name::try_from(text.as_bytes())
		.map_err(|why| Error::not_proven(format!("{text:?} is no name ({why:?})")))
}

impl Stated {
	/// What is signed.
	pub fn bytes(&self, name: &Name) -> Vec<u8> {
		self.action.statement(&self.genesis, name, self.block, self.sequence)
	}
}

impl Document {
	/// What the document says, if that is proven.
	pub fn proof(&self) -> Result<Proof, Error> {
		let name = plain_name(&self.name)?;
		let stated = self.statement.as_ref().map(|statement| -> Result<_, Error> {
			let id = |text: &Option<String>| text.as_deref().map(plain_id).transpose();
			let action = match (statement.action, id(&statement.to)?, statement.deadline) {
				(Kind::HandOver, Some(to), Some(deadline)) => Action::HandOver { to, deadline },
				(Kind::Release, None, None) => Action::Release,
				(Kind::CancelHandOver, None, None) => Action::CancelHandOver,
				(Kind::Accept, None, None) => Action::Accept,
				(Kind::Claim, None, None) => Action::Claim,
				(Kind::TakeBack, None, None) => Action::TakeBack,
				_ => return Err(Error::not_proven("`to` and `deadline` belong to a hand-over")),
			};
			let genesis = bytes("the hash of the genesis block", &statement.genesis)?;
			let genesis: [u8; 32] = genesis
				.try_into()
				.map_err(|_| Error::not_proven("the hash of the genesis block has 32 bytes"))?;
			let stated = Stated {
				action,
				genesis: genesis.into(),
				block: statement.block,
				sequence: statement.sequence,
				signature: bytes("the statement's signature", &statement.signature)?,
			};
			if bytes("the statement", &statement.bytes)? != stated.bytes(&name) {
				return Err(Error::not_proven("the bytes of the statement say something else"));
			}
			Ok(stated)
		});
		let proof = Proof {
			name,
			id: plain_id(&self.id)?,
			key: bytes("the key", &self.key)?,
			signature: self.signature.as_deref().map(|s| bytes("the signature", s)).transpose()?,
			stated: stated.transpose()?,
		};
		proof.verify()?;
		if let Some(call) = &self.call {
			if !proof.is_said_by(&bytes("the call", call)?) {
				return Err(Error::not_proven("the call says something else"));
			}
		}
		if let Some(link) = &self.link {
			let shown = link.strip_prefix(APPS).and_then(|rest| rest.split_once(DECODE));
			if shown.map(|(_, call)| call) != self.call.as_deref() {
				return Err(Error::not_proven("the link leads elsewhere"));
			}
		}
		Ok(proof)
	}
}

/// What a client posts to a name server. The name stands in the request's path.
#[derive(Deserialize)]
struct NamedPost {
	#[serde(default)]
	name: Option<String>,
	#[serde(flatten)]
	posted: Posted,
}

/// Reads a document of the tool, or a body posted to a name server with the name that it is posted
/// for, and verifies it.
pub fn check(text: &[u8], name: Option<&str>) -> Result<Proof, Error> {
	let json: serde_json::Value = serde_json::from_slice(text)
		.map_err(|_| Error::not_proven("it is not JSON, or more than one document"))?;
	if json.get("publickey").is_none() {
		// From the text, in which a field that stands twice is seen.
		let document: Document = serde_json::from_slice(text).map_err(|why| {
			Error::not_proven(format!("it is no document that this tool understands: {}", at(&why)))
		})?;
		if name.is_some_and(|name| name != document.name) {
			return Err(Error::not_proven("it is about another name"));
		}
		return document.proof();
	}
	let NamedPost { name: named, posted } = serde_json::from_slice(text).map_err(|why| {
		Error::not_proven(format!(
			"it is nothing that a client posts to a name server: {}",
			at(&why)
		))
	})?;
	// As a name server does.
	let folded = |name: &str| name.to_ascii_lowercase();
	let name = match (name.map(folded), named.as_deref().map(folded)) {
		(Some(a), Some(b)) if a != b => return Err(Error::not_proven("it is about another name")),
		(Some(name), _) | (None, Some(name)) => name,
		(None, None) => {
			return Err(Error::not_proven("it does not tell which name, so add `--name NAME`"))
		},
	};
	let name = plain_name(&name)?;
	let PostedProof { id, key, signature } =
		posted.decode().map_err(|why| Error::not_proven(why.to_string()))?;
	let proof = Proof { name, id, key, signature: Some(signature), stated: None };
	proof.verify()?;
	Ok(proof)
}

/// Where the fault is. Not more, since that would show what others wrote to a terminal as it is.
fn at(why: &serde_json::Error) -> String {
	format!("see line {}, column {}", why.line(), why.column())
}

/// The page that shows a call and signs it with a wallet.
pub fn link(node: &str, call: &[u8]) -> String {
	// A node answers both on one port, and the page speaks the one.
	let node = match node.split_once("://") {
		Some(("http", rest)) => format!("ws://{rest}"),
		Some(("https", rest)) => format!("wss://{rest}"),
		_ => node.into(),
	};
	let encoded: String = node
		.bytes()
		.map(|byte| match byte {
			b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
				char::from(byte).to_string()
			},
			_ => format!("%{byte:02X}"),
		})
		.collect();
	format!("{APPS}{encoded}{DECODE}{}", hexadecimal(call))
}

/// With `0x`.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

fn bytes(what: &str, text: &str) -> Result<Vec<u8>, Error> {
	text.strip_prefix("0x")
		.and_then(|digits| hex::decode(digits).ok())
		.ok_or_else(|| Error::not_proven(format!("{what} is not hexadecimal with 0x")))
}

fn plain_id(text: &str) -> Result<JamiId, Error> {
	// One way to write it, as the clients have.
	let lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
	hex::decode(text)
		.ok()
		.filter(|_| lower)
		.and_then(|bytes| bytes.try_into().ok())
		.map(JamiId)
		.ok_or_else(|| Error::not_proven("an ID is 40 digits of lower-case hexadecimal"))
}
