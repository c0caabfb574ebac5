//! What the tests share: keys, files that hold them, a chain that says what it is told to say, and
//! the command line, of which nothing that is written may hold a secret.

mod archives;
mod commands;
mod documents;
mod files;
mod keys;

use crate::{
	chain::{Chain, ChainError, Submitted},
	cli::JamiCmd,
	run::{run, Io},
	Error,
};
use base64::{engine::general_purpose::STANDARD, Engine};
use clap::Parser;
use codec::Encode;
use jns_primitives::{
	api::NameStatus,
	statement::Action,
	test_support::identities::{small_test_keys, TestKey},
	BlockNumber, HandOver, Hash, JamiId, Name, NameRecord,
};
use num_bigint::BigUint;
use std::{cell::RefCell, io::Write, os::unix::fs::PermissionsExt, path::PathBuf, rc::Rc};

const PRIMES_2048: &str = include_str!("../../../primitives/fixtures/test-primes.json");
const PRIMES_1024: &str = include_str!("../../../primitives/fixtures/test-primes-1024.json");
const PEMS: &str = include_str!("../../fixtures/test-keys.json");
const PLAIN_ARCHIVE: &[u8] = include_bytes!("../../fixtures/archive-plain.gz");
const LOCKED_ARCHIVE: &[u8] = include_bytes!("../../fixtures/archive-locked.gz");
const ARCHIVE_PASSWORD: &str = "correct horse é";
const PAYER: &str = "//Payer//of-the-tests";
const GENESIS: Hash = Hash::repeat_byte(0xaa);

fn pem(which: &str) -> String {
	let all: std::collections::BTreeMap<String, String> = serde_json::from_str(PEMS).unwrap();
	all[which].clone()
}

fn name(text: &str) -> Name {
	Name::try_from(text.as_bytes()).unwrap()
}

/// A private key of two primes of the pool, written without any library for keys.
struct Made {
	pkcs1: Vec<u8>,
	/// The numbers that are secret.
	secrets: Vec<Vec<u8>>,
}

impl Made {
	fn new(primes: &str, p: usize, q: usize) -> Self {
		let primes: Vec<String> = serde_json::from_str(primes).unwrap();
		let prime = |n: usize| BigUint::parse_bytes(primes[n].as_bytes(), 16).unwrap();
		let (p, q, e, one) = (prime(p), prime(q), BigUint::from(65537u32), BigUint::from(1u32));
		let d = e.modinv(&((&p - &one) * (&q - &one))).unwrap();
		let numbers = [
			BigUint::ZERO,
			&p * &q,
			e,
			d.clone(),
			p.clone(),
			q.clone(),
			&d % (&p - &one),
			&d % (&q - &one),
			q.modinv(&p).unwrap(),
		];
		let secrets = numbers[3..].iter().map(BigUint::to_bytes_be).collect();
		let integers: Vec<_> = numbers
			.iter()
			.map(|number| {
				let bytes = number.to_bytes_be();
				let sign = if bytes[0] & 0x80 == 0 { vec![] } else { vec![0] };
				tlv(0x02, &[sign, bytes].concat())
			})
			.collect();
		Self { pkcs1: tlv(0x30, &integers.concat()), secrets }
	}

	/// The n-th of [`small_test_keys`].
	fn small(n: usize) -> Self {
		let (p, q) = [(0, 1), (0, 2), (1, 2)][n];
		Self::new(PRIMES_1024, p, q)
	}

	fn pkcs8(&self) -> Vec<u8> {
		let rsa = hex::decode("300d06092a864886f70d0101010500").unwrap();
		tlv(0x30, &[tlv(0x02, &[0]), rsa, tlv(0x04, &self.pkcs1)].concat())
	}

	fn pem(&self) -> String {
		as_pem("PRIVATE KEY", &self.pkcs8())
	}
}

fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
	let len = content.len();
	let head = match len {
		0..128 => vec![tag, len as u8],
		128..256 => vec![tag, 0x81, len as u8],
		_ => vec![tag, 0x82, (len >> 8) as u8, len as u8],
	};
	[&head[..], content].concat()
}

fn as_pem(label: &str, der: &[u8]) -> String {
	let body = STANDARD.encode(der);
	let lines: Vec<_> =
		body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
	format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// A folder with the keys of the tests.
struct Files {
	dir: tempfile::TempDir,
	secrets: Vec<String>,
}

impl Files {
	fn new() -> Self {
		let files = Self { dir: tempfile::tempdir().unwrap(), secrets: Vec::new() };
		files.with("payer", PAYER.as_bytes())
	}

	/// With a key of [`small_test_keys`] in `pem`.
	fn with_key(n: usize) -> Self {
		let key = Made::small(n);
		let mut files = Self::new().with("pem", key.pem().as_bytes());
		for number in &key.secrets {
			files.secrets.extend([hex::encode(number), STANDARD.encode(number)]);
			files.secrets.push(BigUint::from_bytes_be(number).to_string());
		}
		files
	}

	fn with(mut self, file: &str, content: &[u8]) -> Self {
		self.write(file, content, 0o600);
		if let Ok(text) = std::str::from_utf8(content) {
			let lines = text.lines().filter(|line| !line.starts_with("-----"));
			self.secrets.extend(lines.map(Into::into));
		}
		self
	}

	fn write(&self, file: &str, content: &[u8], mode: u32) {
		let path = self.path(file);
		std::fs::write(&path, content).unwrap();
		std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
	}

	fn path(&self, file: &str) -> PathBuf {
		self.dir.path().join(file)
	}

	/// Runs a command line in which `@file` is a file of this folder.
	fn run(&self, line: &str, chain: Option<&Rc<Mock>>, typed: Option<&str>) -> Ran {
		#[derive(clap::Parser)]
		struct Cli {
			#[command(subcommand)]
			command: JamiCmd,
		}
		let words = line.split_whitespace().map(|word| match word.strip_prefix('@') {
			Some(file) => self.path(file).display().to_string(),
			None => word.to_owned(),
		});
		let cli = match Cli::try_parse_from(std::iter::once("jami".into()).chain(words)) {
			Ok(cli) => cli,
			Err(why) => return Ran { usage: Some(why.to_string()), ..Ran::default() },
		};
		let (mut output, mut words) = (vec![], vec![]);
		let result = run(
			&cli.command,
			&mut |_| match chain {
				Some(chain) => Ok(Box::new(chain.clone())),
				None => panic!("this should ask no node"),
			},
			&mut Io {
				input: &mut typed.unwrap_or_default().as_bytes(),
				is_interactive: typed.is_some(),
				password: &mut || Err(std::io::ErrorKind::NotFound.into()),
				output: &mut output,
				words: &mut words,
			},
		);
		let ran = Ran {
			usage: None,
			error: result.err(),
			output: String::from_utf8(output).unwrap(),
			words: String::from_utf8(words).unwrap(),
		};
		let said = format!("{ran:?} {}", ran.message());
		for secret in &self.secrets {
			assert!(!said.contains(secret), "{line} tells a secret");
		}
		ran
	}

	/// Runs what should succeed.
	fn works(&self, line: &str, chain: Option<&Rc<Mock>>) -> Ran {
		let ran = self.run(line, chain, None);
		assert!(ran.usage.is_none() && ran.error.is_none(), "{line}: {ran:?}");
		ran
	}

	/// Runs what should fail, and gives the message.
	fn fails(&self, line: &str, chain: Option<&Rc<Mock>>) -> String {
		let ran = self.run(line, chain, None);
		assert!(ran.error.is_some(), "{line}: {ran:?}");
		assert_eq!(ran.output, "", "{line} prints something all the same");
		ran.message()
	}
}

/// What came of a command.
#[derive(Debug, Default)]
struct Ran {
	/// What `clap` has against the command line.
	usage: Option<String>,
	error: Option<Error>,
	output: String,
	words: String,
}

impl Ran {
	fn message(&self) -> String {
		self.error.as_ref().map(ToString::to_string).unwrap_or_default()
	}
}

/// A chain that says what it is told to say, and remembers what was sent.
struct Mock {
	genesis: Hash,
	finalized: BlockNumber,
	status: NameStatus,
	is_spent: bool,
	/// What the node does to the calls that it composes.
	twist: fn(Vec<u8>) -> Option<Vec<u8>>,
	outcome: Result<(), String>,
	/// Whether the connection breaks while it sends.
	breaks: bool,
	sent: RefCell<Vec<(Vec<u8>, String)>>,
}

impl Mock {
	fn new(status: NameStatus) -> Self {
		Self {
			genesis: GENESIS,
			finalized: 100,
			status,
			is_spent: false,
			twist: Some,
			outcome: Ok(()),
			breaks: false,
			sent: RefCell::default(),
		}
	}

	/// A chain on which a key of [`small_test_keys`] has `alice`.
	fn owned_by(n: usize) -> Self {
		Self::new(NameStatus { record: Some(record(n)), ..NameStatus::default() })
	}

	fn handed_over(mut self, to: JamiId, deadline: BlockNumber) -> Self {
		self.status.hand_over = Some(HandOver { to, deadline });
		self
	}

	fn call(&self, number: u8, arguments: impl Encode) -> Result<Option<Vec<u8>>, ChainError> {
		Ok((self.twist)([vec![42, number], arguments.encode()].concat()))
	}
}

fn key(n: usize) -> TestKey {
	small_test_keys(3).remove(n)
}

fn record(n: usize) -> NameRecord {
	let key = key(n);
	NameRecord {
		name: name("alice"),
		id: key.id(),
		key: key.der().try_into().unwrap(),
		signature: key.sign(b"alice").try_into().unwrap(),
		block: 7,
		sequence: 3,
	}
}

impl Chain for Rc<Mock> {
	fn genesis(&self) -> Result<Hash, ChainError> {
		Ok(self.genesis)
	}
	fn finalized(&self) -> Result<BlockNumber, ChainError> {
		Ok(self.finalized)
	}
	fn name_status(&self, _: &Name) -> Result<NameStatus, ChainError> {
		Ok(self.status.clone())
	}
	fn is_spent(&self, _: &Name, _: &JamiId) -> Result<bool, ChainError> {
		Ok(self.is_spent)
	}
	// With the types that the calls have, and the ID as the runtime adds it.
	fn registration_call(
		&self,
		name: &Name,
		key: &[u8],
		signature: &[u8],
	) -> Result<Option<Vec<u8>>, ChainError> {
		let id = jns_primitives::proof::PublicKey::from_der(key).unwrap().id();
		self.call(0, (name.as_bytes().to_vec(), id, key.to_vec(), signature.to_vec()))
	}
	fn acceptance_call(
		&self,
		name: &Name,
		key: &[u8],
		signature: &[u8],
		statement: &[u8],
	) -> Result<Option<Vec<u8>>, ChainError> {
		let id = jns_primitives::proof::PublicKey::from_der(key).unwrap().id();
		let proof = (name.as_bytes().to_vec(), id, key.to_vec(), signature.to_vec());
		self.call(1, (proof, statement.to_vec()))
	}
	fn statement_call(
		&self,
		name: &Name,
		action: Action,
		statement: &[u8],
	) -> Result<Option<Vec<u8>>, ChainError> {
		let (name, statement) = (name.as_bytes().to_vec(), statement.to_vec());
		match action {
			Action::HandOver { to, deadline } => self.call(3, (name, to, deadline, statement)),
			_ => self.call(2, (name, statement)),
		}
	}
	fn submit(&self, call: &[u8], payer: &str) -> Result<Submitted, ChainError> {
		self.sent.borrow_mut().push((call.to_vec(), payer.into()));
		if self.breaks {
			return Err(ChainError("it went away".into()));
		}
		Ok(Submitted { block: Hash::repeat_byte(0xbb), outcome: self.outcome.clone() })
	}
}

fn gzip(content: &[u8]) -> Vec<u8> {
	let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::default());
	encoder.write_all(content).unwrap();
	encoder.finish().unwrap()
}

fn zlib(content: &[u8]) -> Vec<u8> {
	let mut encoder = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::default());
	encoder.write_all(content).unwrap();
	encoder.finish().unwrap()
}
