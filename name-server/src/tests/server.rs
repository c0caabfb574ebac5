//! A running server, and a client that writes what it is told to.

use super::{chain::TestChain, until};
use crate::{metrics::Metrics, NameServer, Options};
use jns_primitives::{
	client::{write_base64, write_key},
	test_support::{identities::small_test_keys, Registration},
};
use serde_json::{json, Value};
use std::{net::SocketAddr, sync::Arc};
use tempfile::TempDir;
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpStream,
	task::JoinHandle,
};

/// What was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
	pub status: u16,
	pub head: String,
	pub body: Value,
}

impl Reply {
	pub fn is_later(&self) -> bool {
		self.status == 503 && self.head.contains("retry-after: ")
	}
}

pub struct Server {
	pub chain: Arc<TestChain>,
	pub address: SocketAddr,
	pub folder: Arc<TempDir>,
	pub metrics: Arc<Metrics>,
	task: JoinHandle<()>,
}

impl Server {
	pub async fn start() -> Self {
		Self::with(|_| ()).await
	}

	pub async fn with(set: impl FnOnce(&mut Options)) -> Self {
		let folder = Arc::new(tempfile::tempdir().unwrap());
		Self::on(Arc::new(TestChain::new()), folder, set).await
	}

	/// On a chain and a journal that are there already.
	pub async fn on(
		chain: Arc<TestChain>,
		folder: Arc<TempDir>,
		set: impl FnOnce(&mut Options),
	) -> Self {
		let journal = folder.path().join("journal");
		let mut options = Options::new("127.0.0.1:0".parse().unwrap(), journal);
		options.registrations_per_minute = 10_000;
		options.connections_per_address = 10_000;
		set(&mut options);
		let server = NameServer::bind(options, &*chain, None).unwrap();
		let address = server.address().unwrap();
		let metrics = server.metrics.clone();
		let task = tokio::spawn(server.run(chain.clone()));
		Self { chain, address, folder, metrics, task }
	}

	/// Ends it as a kill does, and waits until its journal is free.
	pub async fn kill(self) -> (Arc<TestChain>, Arc<TempDir>) {
		self.task.abort();
		let _ = self.task.await;
		(self.chain, self.folder)
	}

	/// Until it answers look-ups.
	pub async fn ready(&self) -> &Self {
		until("answers", async || self.get("/name/nobody").await.status != 503).await;
		self
	}

	/// Until that many clients wait for registrations in the queue.
	pub async fn until_waiting(&self, count: u64) {
		until("waiting clients", async || self.metrics.waiting.get() >= count).await;
	}

	/// Sends these bytes and reads all that comes.
	pub async fn raw(&self, request: impl AsRef<[u8]>) -> Reply {
		raw(self.address, request.as_ref().to_vec()).await
	}

	pub async fn get(&self, path: &str) -> Reply {
		self.raw(request("GET", path, "")).await
	}

	/// Posts, while the test goes on.
	pub fn post(&self, path: &str, body: &str) -> JoinHandle<Reply> {
		tokio::spawn(raw(self.address, request("POST", path, body)))
	}

	/// Posts a registration as clients do.
	pub fn register(&self, registration: &Registration) -> JoinHandle<Reply> {
		let name = String::from_utf8(registration.name.clone()).unwrap();
		self.post(&format!("/name/{name}"), &body(registration).to_string())
	}
}

async fn raw(address: SocketAddr, request: Vec<u8>) -> Reply {
	let mut stream = TcpStream::connect(address).await.unwrap();
	// A server that answers before it has read all may close.
	let _ = stream.write_all(&request).await;
	let mut answer = Vec::new();
	let _ = stream.read_to_end(&mut answer).await;
	let answer = String::from_utf8(answer).unwrap();
	let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
	let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
	let body = serde_json::from_str(body).unwrap_or(Value::Null);
	Reply { status, head: head.to_lowercase(), body }
}

/// A request with the headers of Jami's daemon.
pub fn request(method: &str, path: &str, body: &str) -> Vec<u8> {
	let length =
		if method == "POST" { format!("Content-Length: {}\r\n", body.len()) } else { "".into() };
	format!(
		"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nContent-Type: application/json\r\n\
		{length}Connection: close\r\n\r\n{body}"
	)
	.into_bytes()
}

/// What a client posts.
pub fn body(registration: &Registration) -> Value {
	json!({
		"addr": hex(&registration.id.0),
		"owner": "02224ddd807b75d81e5ce1bb2835325258f92c01",
		"signature": write_base64(&registration.signature),
		"publickey": write_key(&registration.key),
	})
}

pub fn hex(bytes: &[u8]) -> String {
	bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Registrations of different names by different keys.
pub fn different(count: usize) -> Vec<Registration> {
	let keys = small_test_keys(count).into_iter().enumerate();
	keys.map(|(n, key)| key.registration(format!("name-{n}").into_bytes())).collect()
}
