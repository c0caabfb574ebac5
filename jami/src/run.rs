//! What the commands do.

use crate::{
	archive,
	chain::{Chain, ChainError},
	cli::{ChainSource, Check, JamiCmd, KeySource, RecordSource},
	document::{self, hexadecimal, Proof, Stated},
	key::AccountKey,
	secret, Error,
};
use jns_primitives::{
	api::NameStatus, layout::record_key, statement::Action, BlockNumber, Hash, JamiId, Name,
	NameRecord,
};
use std::io::{BufRead, IsTerminal, Write};
use zeroize::Zeroizing;

/// What connects to the node at an address.
pub type Connect<'a> = &'a mut dyn FnMut(&str) -> Result<Box<dyn Chain>, ChainError>;

/// Where a command reads and writes.
pub struct Io<'a> {
	/// What the user types.
	pub input: &'a mut dyn BufRead,
	/// Whether there is a user who types.
	pub is_interactive: bool,
	/// Asks for an archive's password, without showing it.
	pub password: &'a mut dyn FnMut() -> std::io::Result<String>,
	/// For what was made: documents, IDs, the result of a check.
	pub output: &'a mut dyn Write,
	/// For what the user should know besides.
	pub words: &'a mut dyn Write,
}

/// Runs a command at the terminal. It blocks, and so does what `connect` makes: not for async code.
pub fn run_on_terminal(command: &JamiCmd, connect: Connect) -> Result<(), Error> {
	let stdin = std::io::stdin();
	let is_interactive = stdin.is_terminal();
	run(
		command,
		connect,
		&mut Io {
			input: &mut stdin.lock(),
			is_interactive,
			password: &mut || rpassword::prompt_password("Password of the archive: "),
			// Not locked: a connection's threads may log meanwhile.
			output: &mut std::io::stdout(),
			words: &mut std::io::stderr(),
		},
	)
}

/// Runs a command.
pub fn run(command: &JamiCmd, connect: Connect, io: &mut Io) -> Result<(), Error> {
	let offline = RecordSource { block: None, sequence: None };
	let (name, key, chain, record, wish) = match command {
		JamiCmd::Id(source) => {
			let id = load(source, io)?.id();
			writeln!(io.output, "{}", hex::encode(id.0))?;
			return Ok(());
		},
		JamiCmd::Check(check) => return run_check(check, io),
		JamiCmd::Register(c) => (&c.name, &c.key, &c.chain, offline, Wish::Register),
		JamiCmd::Release(c) => (&c.name, &c.key, &c.chain, c.record.clone(), Wish::Release),
		JamiCmd::CancelHandOver(c) => (&c.name, &c.key, &c.chain, c.record.clone(), Wish::Cancel),
		JamiCmd::Accept(c) => (&c.name, &c.key, &c.chain, c.record.clone(), Wish::Accept),
		JamiCmd::HandOver(c) => {
			let wish = Wish::HandOver { to: c.to, deadline: c.deadline, blocks: c.blocks };
			(&c.about.name, &c.about.key, &c.about.chain, c.about.record.clone(), wish)
		},
		JamiCmd::TakeBack(c) => {
			let record = RecordSource { block: c.block, sequence: Some(0) };
			(&c.name, &c.key, &c.chain, record, Wish::TakeBack)
		},
		JamiCmd::RecordKey { name } => {
			writeln!(io.output, "{}", hexadecimal(&record_key(name)))?;
			return Ok(());
		},
		JamiCmd::Claim(c) => {
			let record = RecordSource { block: c.block, sequence: Some(0) };
			(&c.name, &c.key, &c.chain, record, Wish::Claim)
		},
	};
	// Before the key is touched.
	let payer = chain.payer_file.as_deref().map(secret::read_line).transpose()?;
	let key = load(key, io)?;
	Session { name, key, chain, record, wish, payer }.run(connect, io)
}

fn run_check(check: &Check, io: &mut Io) -> Result<(), Error> {
	let text = secret::read_public(&check.file, document::MAX_DOCUMENT)?;
	let proof = document::check(&text, check.name.as_deref())?;
	writeln!(io.output, "{}", proof.words())?;
	Ok(())
}

fn load(source: &KeySource, io: &mut Io) -> Result<AccountKey, Error> {
	match (&source.pem, &source.archive) {
		(Some(path), _) => AccountKey::from_pem(&secret::read(path, secret::MAX_SECRET)?),
		(None, Some(path)) => {
			// Looked at first, so that a file that is open to others is not used in part.
			let given = source.password_file.as_deref().map(secret::read_line).transpose()?;
			let archive = secret::read(path, archive::MAX_ARCHIVE)?;
			archive::account_key(&archive, || match given {
				Some(password) => Ok(password),
				None => (io.password)().map(Zeroizing::new).map_err(|_| Error::NoPassword),
			})
		},
		(None, None) => {
			Err(Error::FactMissing { what: "the key", option: "`--pem FILE` or `--archive FILE`" })
		},
	}
}

/// What is wanted with a name.
#[derive(Clone, Copy)]
enum Wish {
	Register,
	Release,
	HandOver { to: JamiId, deadline: Option<BlockNumber>, blocks: Option<BlockNumber> },
	Cancel,
	Accept,
	Claim,
	TakeBack,
}

/// What is to be signed besides the name.
struct Facts {
	action: Action,
	genesis: Hash,
	block: BlockNumber,
	sequence: u32,
}

/// One command about one name.
struct Session<'a> {
	name: &'a Name,
	key: AccountKey,
	chain: &'a ChainSource,
	record: RecordSource,
	wish: Wish,
	payer: Option<Zeroizing<String>>,
}

impl Session<'_> {
	fn run(&self, connect: Connect, io: &mut Io) -> Result<(), Error> {
		let node = match &self.chain.node {
			Some(url) => Some((url, connect(checked_url(url)?)?)),
			None => None,
		};
		let chain = node.as_ref().map(|(_, chain)| &**chain);
		if let (Some(chain), Some(expected)) = (chain, self.chain.genesis) {
			let found = chain.genesis()?;
			if found != expected {
				return Err(Error::WrongChain {
					found: format!("{found:?}"),
					expected: format!("{expected:?}"),
				});
			}
		}
		let facts = match chain {
			Some(chain) => {
				let Some(facts) = self.ask(chain)? else {
					let (name, id) = (self.name.as_str(), self.id());
					writeln!(io.words, "{name} belongs to {id} already. There is nothing to do.")?;
					return Ok(());
				};
				facts
			},
			None => self.take_from_options()?,
		};

		self.explain(facts.as_ref(), io)?;
		if self.chain.submit || matches!(self.wish, Wish::Release | Wish::HandOver { .. }) {
			self.confirm(io)?;
		}
		let proof = self.sign(facts)?;
		let mut document = proof.document();
		let call = match &node {
			Some((url, chain)) => {
				let call = compose(&**chain, &proof)?;
				document.call = Some(hexadecimal(&call));
				document.link = Some(document::link(url, &call));
				Some(call)
			},
			None => None,
		};
		// What is printed is what `check` accepts.
		document.proof()?;
		let json = serde_json::to_string_pretty(&document).map_err(std::io::Error::from)?;
		writeln!(io.output, "{json}")?;
		io.output.flush()?;

		if let (true, Some(chain), Some(call), Some(payer)) =
			(self.chain.submit, chain, call, &self.payer)
		{
			writeln!(io.words, "Sending it, and waiting until it is final.")?;
			let submitted = chain.submit(&call, payer).map_err(Error::Unsure)?;
			let block = format!("{:?}", submitted.block);
			submitted.outcome.map_err(|why| Error::Failed { block: block.clone(), why })?;
			writeln!(io.words, "Done. It is final in block {block}.")?;
		}
		Ok(())
	}

	fn id(&self) -> String {
		hex::encode(self.key.id().0)
	}

	/// What has to be stated, as the chain has it; nothing besides the name, for a registration.
	/// Nothing at all if there is nothing to do.
	fn ask(&self, chain: &dyn Chain) -> Result<Option<Option<Facts>>, Error> {
		let genesis = chain.genesis()?;
		let now = chain.finalized()?;
		let status = chain.name_status(self.name)?;
		if status.record.as_ref().is_some_and(|record| record.name != *self.name) {
			return Err(ChainError("it told of another name".into()).into());
		}
		let id = self.key.id();
		let (name, own) = (|| self.name.as_str().to_owned(), || self.id());
		let offered = status.hand_over.is_some_and(|offer| offer.to == id && now < offer.deadline);
		let of = |record: &NameRecord, action| {
			Some(Facts { action, genesis, block: record.block, sequence: record.sequence })
		};
		let is_getting =
			matches!(self.wish, Wish::Register | Wish::Accept | Wish::Claim | Wish::TakeBack);
		if is_getting && status.record.as_ref().is_some_and(|record| record.id == id) {
			return Ok(None);
		}
		let facts = match self.wish {
			Wish::Register => {
				self.ensure_free(&status, offered, now)?;
				if chain.is_spent(self.name, &id)? {
					return Err(Error::spent(self.name, &id));
				}
				None
			},
			Wish::Release => of(self.own(&status)?, Action::Release),
			Wish::HandOver { to, deadline, blocks } => {
				let record = self.own(&status)?;
				let deadline =
					deadline.unwrap_or_else(|| now.saturating_add(blocks.unwrap_or_default()));
				if to == id {
					return Err(Error::SameId(own()));
				}
				if deadline <= now {
					return Err(Error::DeadlineOver { deadline, now });
				}
				of(record, Action::HandOver { to, deadline })
			},
			Wish::Cancel => {
				let record = self.own(&status)?;
				if status.hand_over.is_none() {
					return Err(Error::NothingToCancel { name: name() });
				}
				of(record, Action::CancelHandOver)
			},
			Wish::Accept => match &status.record {
				Some(record) if offered => of(record, Action::Accept),
				_ => return Err(Error::NotHandedOver { name: name(), id: own() }),
			},
			Wish::Claim => {
				if let Some(record) = &status.record {
					let owner = hex::encode(record.id.0);
					return Err(Error::NameTaken { name: name(), owner, id: own() });
				}
				match status.reservation {
					Some(r) if r.assigned_to == Some(id) => {
						Some(Facts { action: Action::Claim, genesis, block: r.since, sequence: 0 })
					},
					_ => return Err(Error::NotAssigned { name: name(), id: own() }),
				}
			},
			Wish::TakeBack => {
				if let Some(record) = &status.record {
					let owner = hex::encode(record.id.0);
					return Err(Error::NameTaken { name: name(), owner, id: own() });
				}
				if status.reservation.is_some() {
					return Err(Error::Reserved { name: name(), id: own() });
				}
				// It has to be in a block behind the last final one.
				let cools = status.free_from.is_some_and(|from| now.saturating_add(1) < from);
				match status.take_back {
					Some(release) if release.by == id && cools => {
						let (action, block) = (Action::TakeBack, release.since);
						Some(Facts { action, genesis, block, sequence: 0 })
					},
					_ => return Err(Error::NotReleased { name: name(), id: own() }),
				}
			},
		};
		Ok(Some(facts))
	}

	/// The record, if it is this key's.
	fn own<'s>(&self, status: &'s NameStatus) -> Result<&'s NameRecord, Error> {
		let name = self.name.as_str().to_owned();
		let Some(record) = &status.record else { return Err(Error::NotRegistered { name }) };
		if record.id != self.key.id() {
			return Err(Error::NotYours { name, owner: hex::encode(record.id.0), id: self.id() });
		}
		Ok(record)
	}

	/// That the ID can have the name, as far as the name goes.
	fn ensure_free(
		&self,
		status: &NameStatus,
		offered: bool,
		now: BlockNumber,
	) -> Result<(), Error> {
		let (name, id) = (self.name.as_str().to_owned(), self.id());
		if let Some(record) = &status.record {
			let owner = hex::encode(record.id.0);
			return if offered { Ok(()) } else { Err(Error::NameTaken { name, owner, id }) };
		}
		match status.reservation {
			Some(r) if r.assigned_to == Some(self.key.id()) => return Ok(()),
			Some(_) => return Err(Error::Reserved { name, id }),
			None => (),
		}
		match status.free_from {
			Some(free_from) if now.saturating_add(1) < free_from => {
				match status.take_back.filter(|release| release.by == self.key.id()) {
					Some(_) => Err(Error::Released { name, free_from }),
					None => Err(Error::CoolingDown { name, free_from }),
				}
			},
			_ => Ok(()),
		}
	}

	/// What has to be stated, as the options have it.
	fn take_from_options(&self) -> Result<Option<Facts>, Error> {
		let missing = |what, option| Error::FactMissing { what, option };
		let action = match self.wish {
			Wish::Register => return Ok(None),
			Wish::Release => Action::Release,
			Wish::HandOver { to, .. } if to == self.key.id() => {
				return Err(Error::SameId(self.id()));
			},
			Wish::HandOver { to, deadline, .. } => {
				let missing = || missing("the deadline", "`--deadline BLOCK`");
				Action::HandOver { to, deadline: deadline.ok_or_else(missing)? }
			},
			Wish::Cancel => Action::CancelHandOver,
			Wish::Accept => Action::Accept,
			Wish::Claim => Action::Claim,
			Wish::TakeBack => Action::TakeBack,
		};
		let genesis = self.chain.genesis.ok_or_else(|| missing("the chain", "`--genesis HASH`"))?;
		let block = self.record.block.ok_or_else(|| {
			missing("the block of the record, assignment or release", "`--block BLOCK`")
		})?;
		let sequence = self
			.record
			.sequence
			.ok_or_else(|| missing("the record's sequence", "`--sequence NUMBER`"))?;
		Ok(Some(Facts { action, genesis, block, sequence }))
	}

	/// Tells what will be signed, what it does, and what is for ever.
	fn explain(&self, facts: Option<&Facts>, io: &mut Io) -> Result<(), Error> {
		let name = self.name.as_str();
		let words = &mut *io.words;
		writeln!(words, "Name:    {name}")?;
		writeln!(words, "ID:      {} (of the key)", self.id())?;
		if let Some(Facts { action, genesis, block, sequence }) = facts {
			writeln!(words, "Chain:   {genesis:?} (its genesis)")?;
			match action {
				Action::Claim => writeln!(words, "About:   the assignment of block {block}")?,
				Action::TakeBack => writeln!(words, "About:   the release of block {block}")?,
				_ => writeln!(words, "About:   the record of block {block}, sequence {sequence}")?,
			}
		}
		let wins = format!(
			"{name} becomes this ID's, which needs to be without another name then. The proof is \
			 public for ever: while nobody has {name} and this ID has no name, whoever has the proof \
			 can register it for this ID, until it has had the name and lost it."
		);
		let text = match facts.map(|facts| &facts.action) {
			None => format!("Signs:   the name, alone\n{wins}"),
			Some(Action::Release) => format!(
				"Signs:   that it gives the name up\n\
				 During the cool-down this ID alone can take {name} back. Then it is free for everybody \
				 but this ID, whose proof of it is dead, for ever. Clients that looked it up before \
				 go on calling this ID."
			),
			Some(Action::HandOver { to, deadline }) => format!(
				"Signs:   that it hands the name over\n\
				 To:      {}\n\
				 Until:   block {deadline}, the last one\n\
				 Until then that ID can take {name}, and then it is theirs for ever, unless they hand \
				 it over in turn. Compare their ID with the one that they told you. Before, it can be \
				 cancelled.",
				hex::encode(to.0)
			),
			Some(Action::CancelHandOver) => "Signs:   that it takes its hand-over back\n\
				 Unless the other ID is faster, the name stays this ID's."
				.into(),
			Some(Action::Accept) => {
				format!("Signs:   the name, and that it takes it over now\n{wins}")
			},
			Some(Action::Claim) => {
				format!("Signs:   the name, and that it takes it as it was assigned\n{wins}")
			},
			Some(Action::TakeBack) => {
				format!("Signs:   the name, and that it takes it back\n{wins}")
			},
		};
		writeln!(words, "{text}")?;
		if facts.is_some() {
			writeln!(
				words,
				"Whoever has the signed statement can send it, as long as nothing else has happened \
				 to the record."
			)?;
		}
		if self.chain.submit {
			writeln!(
				words,
				"It will be sent at once. The payer's account pays the fee, which is gone, and the \
				 deposits; some of them are never returned (docs/names.md, \"What it costs\"). Blocks \
				 keep for ever who paid."
			)?;
		}
		Ok(())
	}

	fn confirm(&self, io: &mut Io) -> Result<(), Error> {
		let name = self.name.as_str();
		if self.chain.yes {
			return Ok(());
		}
		if !io.is_interactive {
			return Err(Error::Unconfirmed(name.into()));
		}
		write!(io.words, "Type the name to go on: ")?;
		io.words.flush()?;
		let mut typed = String::new();
		io.input.read_line(&mut typed)?;
		if typed.trim() == name {
			Ok(())
		} else {
			Err(Error::Declined(name.into()))
		}
	}

	fn sign(&self, facts: Option<Facts>) -> Result<Proof, Error> {
		let stated = match facts {
			Some(Facts { action, genesis, block, sequence }) => {
				let bytes = action.statement(&genesis, self.name, block, sequence);
				let signature = self.key.sign(&bytes)?;
				Some(Stated { action, genesis, block, sequence, signature })
			},
			None => None,
		};
		let signature = match self.wish {
			Wish::Register | Wish::Accept | Wish::Claim | Wish::TakeBack => {
				Some(self.key.sign(self.name.as_bytes())?)
			},
			_ => None,
		};
		Ok(Proof {
			name: self.name.clone(),
			id: self.key.id(),
			key: self.key.public().to_vec(),
			signature,
			stated,
		})
	}
}

/// The call that a node composes, if that says what it should.
fn compose(chain: &dyn Chain, proof: &Proof) -> Result<Vec<u8>, Error> {
	let Proof { name, key, signature, stated, .. } = proof;
	let call = match (signature, stated) {
		(Some(signature), None) => chain.registration_call(name, key, signature)?,
		(Some(signature), Some(stated)) => {
			chain.acceptance_call(name, key, signature, &stated.signature)?
		},
		(None, Some(stated)) => chain.statement_call(name, stated.action, &stated.signature)?,
		(None, None) => None,
	};
	let call = call.ok_or(Error::NotOffered)?;
	if !proof.is_said_by(&call) {
		return Err(Error::ForeignCall);
	}
	Ok(call)
}

fn checked_url(url: &str) -> Result<&str, Error> {
	let rest = ["ws://", "wss://", "http://", "https://"]
		.iter()
		.find_map(|scheme| url.strip_prefix(scheme))
		.filter(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_graphic()));
	// A password in it would end up in the link.
	match rest {
		Some(rest) if !rest.contains('@') => Ok(url),
		Some(_) => Err(Error::BadUrl("this".into())),
		None => Err(Error::BadUrl(format!("{url:?}"))),
	}
}
