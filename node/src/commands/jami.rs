//! The connection to a node behind `jns-node jami`, which other subcommands use as well.

use std::time::Duration;

use codec::{Decode, Encode};
use jsonrpsee::{
	core::client::{ClientT, Subscription, SubscriptionClientT},
	rpc_params,
	ws_client::{WsClient, WsClientBuilder},
};
use serde::de::DeserializeOwned;
use serde_json::{json, Value};
use sp_core::{sr25519, Pair};
use sp_runtime::{generic::Era, traits::Header as _, DispatchError};
use tokio::runtime::Runtime as Tokio;

use jns_jami::{Chain, ChainError, JamiCmd, Submitted};
use jns_primitives::{
	api::{ComposedCall, NameQueryError, NameStatus},
	statement::Action,
	AccountId, BlockNumber, Hash, Header, JamiId, Name, Nonce,
};
use jns_runtime::{
	signing::{extension, sign, Signed},
	RuntimeCall, RuntimeError, RuntimeEvent, VERSION,
};

/// Blocks within which a transaction has to be in one.
const ERA: u64 = 64;
/// Longest wait for an answer, and for a transaction to be final: eras are longer than this only while
/// finality stands still.
const ANSWER: Duration = Duration::from_secs(30);
const FINALITY: Duration = Duration::from_secs(600);

/// Runs a command of the tool.
pub fn run(command: &JamiCmd) -> sc_cli::Result<()> {
	jns_jami::run_on_terminal(command, &mut |url| Ok(Box::new(Node::connect(url)?)))
		.map_err(|error| sc_cli::Error::Application(error.into()))
}

/// A node that answers over WebSocket.
pub struct Node {
	tokio: Tokio,
	client: WsClient,
}

fn failed(error: impl std::fmt::Display) -> ChainError {
	ChainError(error.to_string())
}

/// Bytes as JSON-RPC has them.
fn to_hex(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

fn unhex(text: &str) -> Result<Vec<u8>, ChainError> {
	hex::decode(text.trim_start_matches("0x"))
		.map_err(|_| failed("it sent what is not hexadecimal"))
}

impl Node {
	pub fn connect(url: &str) -> Result<Self, ChainError> {
		let tokio = tokio::runtime::Builder::new_multi_thread()
			.worker_threads(1)
			.enable_all()
			.build()
			.map_err(failed)?;
		let builder = WsClientBuilder::default().request_timeout(ANSWER).connection_timeout(ANSWER);
		let client = tokio.block_on(builder.build(url)).map_err(failed)?;
		Ok(Self { tokio, client })
	}

	/// The answer to an RPC.
	pub fn ask<T: DeserializeOwned>(&self, method: &str, params: Value) -> Result<T, ChainError> {
		let Value::Array(params) = params else { return Err(failed("no parameters")) };
		let mut array = jsonrpsee::core::params::ArrayParams::new();
		for param in params {
			array.insert(param).map_err(failed)?;
		}
		self.tokio.block_on(self.client.request(method, array)).map_err(failed)
	}

	pub fn finalized_head(&self) -> Result<Hash, ChainError> {
		self.ask("chain_getFinalizedHead", json!([]))
	}

	pub fn header(&self, block: Hash) -> Result<Header, ChainError> {
		self.ask("chain_getHeader", json!([block]))
	}

	/// What the runtime API answers as of the last final block.
	fn query<T: Decode>(&self, function: &str, arguments: impl Encode) -> Result<T, ChainError> {
		self.query_at(self.finalized_head()?, function, arguments)
	}

	/// What it answers as of that block.
	pub fn query_at<T: Decode>(
		&self,
		at: Hash,
		function: &str,
		arguments: impl Encode,
	) -> Result<T, ChainError> {
		let arguments = to_hex(&arguments.encode());
		let answer: String = self.ask("state_call", json!([function, arguments, at]))?;
		T::decode(&mut &unhex(&answer)?[..])
			.map_err(|_| failed(format!("its runtime's {function} is not the one known here")))
	}

	fn compose(
		&self,
		function: &str,
		arguments: impl Encode,
	) -> Result<Option<Vec<u8>>, ChainError> {
		let composed: Option<ComposedCall> = self.query(function, arguments)?;
		Ok(composed.map(|call| call.encoded))
	}

	/// Waits until a transaction is final, and tells in which block.
	async fn until_final(&self, extrinsic: &str) -> Result<Hash, ChainError> {
		let mut statuses: Subscription<Value> = self
			.client
			.subscribe(
				"author_submitAndWatchExtrinsic",
				rpc_params![extrinsic],
				"author_unwatchExtrinsic",
			)
			.await
			.map_err(failed)?;
		while let Some(status) = statuses.next().await {
			let status = status.map_err(failed)?;
			if let Some(block) = status.get("finalized") {
				return serde_json::from_value(block.clone()).map_err(failed);
			}
			let waits = ["ready", "future", "broadcast", "inBlock", "retracted"];
			let is = |name: &&str| status == **name || status.get(name).is_some();
			if !waits.iter().any(is) {
				return Err(failed(format!("the transaction left the pool: {status}")));
			}
		}
		Err(failed("the connection ended before the transaction was final"))
	}

	/// What became of a transaction, by the events of its block.
	fn outcome(&self, block: Hash, extrinsic: &str) -> Result<Result<(), String>, ChainError> {
		let signed: Value = self.ask("chain_getBlock", json!([block]))?;
		let index = signed["block"]["extrinsics"]
			.as_array()
			.and_then(|all| all.iter().position(|one| *one == *extrinsic))
			.ok_or_else(|| failed("the block does not have the transaction"))?;
		let key =
			[sp_io::hashing::twox_128(b"System"), sp_io::hashing::twox_128(b"Events")].concat();
		let events: String = self.ask("state_getStorage", json!([to_hex(&key), block]))?;
		type Record = frame_system::EventRecord<RuntimeEvent, Hash>;
		let events = Vec::<Record>::decode(&mut &unhex(&events)?[..])
			.map_err(|_| failed("its runtime's events are not those known here"))?;
		let phase = frame_system::Phase::ApplyExtrinsic(index as u32);
		for record in events.into_iter().filter(|record| record.phase == phase) {
			match record.event {
				RuntimeEvent::System(frame_system::Event::ExtrinsicSuccess { .. }) => {
					return Ok(Ok(()));
				},
				RuntimeEvent::System(frame_system::Event::ExtrinsicFailed {
					dispatch_error,
					..
				}) => return Ok(Err(in_words(dispatch_error))),
				_ => (),
			}
		}
		Err(failed("the block does not tell what became of the transaction"))
	}
}

/// An error as the pallets name it.
fn in_words(error: DispatchError) -> String {
	if let DispatchError::Module(module) = error {
		let bytes = [&[module.index], &module.error[..]].concat();
		if let Ok(error) = RuntimeError::decode(&mut &bytes[..]) {
			return format!("{error:?}");
		}
	}
	format!("{error:?}")
}

impl Chain for Node {
	fn genesis(&self) -> Result<Hash, ChainError> {
		self.ask("chain_getBlockHash", json!([0]))
	}

	fn finalized(&self) -> Result<BlockNumber, ChainError> {
		Ok(*self.header(self.finalized_head()?)?.number())
	}

	fn name_status(&self, name: &Name) -> Result<NameStatus, ChainError> {
		let status: Result<NameStatus, NameQueryError> =
			self.query("NamesApi_name_status", name)?;
		status.map_err(|error| failed(format!("the name's state cannot be read: {error:?}")))
	}

	fn is_spent(&self, name: &Name, id: &JamiId) -> Result<bool, ChainError> {
		let spent: Result<bool, NameQueryError> = self.query("NamesApi_is_spent", (name, id))?;
		spent.map_err(|error| failed(format!("the name's state cannot be read: {error:?}")))
	}

	fn registration_call(
		&self,
		name: &Name,
		key: &[u8],
		signature: &[u8],
	) -> Result<Option<Vec<u8>>, ChainError> {
		self.compose("NamesApi_registration_call", (name, key, signature))
	}

	fn acceptance_call(
		&self,
		name: &Name,
		key: &[u8],
		signature: &[u8],
		statement: &[u8],
	) -> Result<Option<Vec<u8>>, ChainError> {
		self.compose("NamesApi_acceptance_call", (name, key, signature, statement))
	}

	fn statement_call(
		&self,
		name: &Name,
		action: Action,
		statement: &[u8],
	) -> Result<Option<Vec<u8>>, ChainError> {
		self.compose("NamesApi_statement_call", (name, action, statement))
	}

	fn submit(&self, call: &[u8], payer: &str) -> Result<Submitted, ChainError> {
		// The library's error could repeat what it could not read.
		let signer = sr25519::Pair::from_string(payer, None)
			.map_err(|_| failed("the payer's secret URI cannot be read"))?;
		let version: Value = self.ask("state_getRuntimeVersion", json!([]))?;
		let number = |field: &str| version[field].as_u64().and_then(|n| u32::try_from(n).ok());
		let (Some(spec_version), Some(transaction_version)) =
			(number("specVersion"), number("transactionVersion"))
		else {
			return Err(failed("it tells no version"));
		};
		if transaction_version != VERSION.transaction_version {
			return Err(failed(format!(
				"its transactions have version {transaction_version}, and this program writes \
				those of version {}: use the call in polkadot.js Apps, or a newer program",
				VERSION.transaction_version
			)));
		}
		let call = RuntimeCall::decode(&mut &call[..])
			.map_err(|_| failed("the call is none that this program knows"))?;
		let who = AccountId::from(signer.public());
		let nonce: Nonce = self.ask("system_accountNextIndex", json!([who]))?;
		let era_begin = self.finalized_head()?;
		let era = Era::mortal(ERA, u64::from(*self.header(era_begin)?.number()));
		let on = Signed { spec_version, genesis: self.genesis()?, era_begin };
		let extrinsic = to_hex(&sign(call, &signer, extension(nonce, era, 0), on).encode());
		let block = self
			.tokio
			.block_on(async { tokio::time::timeout(FINALITY, self.until_final(&extrinsic)).await })
			.unwrap_or_else(|_| Err(failed("the transaction is not final after ten minutes")))?;
		Ok(Submitted { block, outcome: self.outcome(block, &extrinsic)? })
	}
}
