//! Connections, whatever comes over them.

use super::{
	chain::{LONG, LONG_SET},
	server::*,
	until,
};
use jns_primitives::test_support::identities::small_test_keys;
use std::time::Duration;
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::{TcpSocket, TcpStream},
};

/// A connection from another loopback address.
async fn connect(server: &Server, from: &str) -> TcpStream {
	let socket = TcpSocket::new_v4().unwrap();
	socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
	socket.connect(server.address).await.unwrap()
}

/// Until the server closes a connection.
async fn closed(mut stream: TcpStream) {
	let end = tokio::time::timeout(Duration::from_secs(60), stream.read(&mut [0])).await;
	assert!(matches!(end.expect("it stays open"), Ok(0) | Err(_)), "it is closed");
}

/// What is answered over a connection, up to its end.
async fn get(mut stream: TcpStream, path: &str) -> String {
	let mut answer = String::new();
	let _ = stream.write_all(&request("GET", path, "")).await;
	let _ = stream.read_to_string(&mut answer).await;
	answer
}

#[tokio::test]
async fn whoever_holds_too_many_is_cut_off_and_nobody_else() {
	let server = Server::with(|options| {
		options.connections = 10;
		options.connections_per_address = 4;
	})
	.await;
	let mut idle = Vec::new();
	for _ in 0..4 {
		idle.push(connect(&server, "127.0.0.2").await);
	}
	until("four", async || server.metrics.connections.get() == 4).await;
	// Many more than there are slots for all.
	for _ in 0..30 {
		closed(connect(&server, "127.0.0.2").await).await;
	}
	assert_eq!(server.metrics.refused_connections.get(), 30);
	assert_eq!(server.metrics.connections.get(), 4);
	let answer = get(connect(&server, "127.0.0.3").await, "/health").await;
	assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
	// One of theirs that ends makes room for one.
	drop(idle.pop());
	until("three", async || server.metrics.connections.get() == 3).await;
	let answer = get(connect(&server, "127.0.0.2").await, "/health").await;
	assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn whoever_holds_all_of_them_keeps_nobody_out() {
	let server = Server::with(|options| {
		options.connections = 4;
		options.request_time = Duration::from_secs(3_600);
	})
	.await;
	server.ready().await;
	// The oldest of them waits for its answer.
	let alice = small_test_keys(1)[0].registration(b"alice".to_vec());
	let waiting = server.register(&alice);
	server.until_waiting(1).await;
	let mut idle = Vec::new();
	for _ in 0..3 {
		let mut slow = connect(&server, "127.0.0.2").await;
		slow.write_all(b"GET /health HT").await.unwrap();
		idle.push(slow);
		let open = 1 + idle.len() as u64;
		until("it is there", async || server.metrics.connections.get() == open).await;
	}
	for cut_off in 1..=2 {
		let answer = get(connect(&server, "127.0.0.3").await, "/health").await;
		assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
		assert_eq!(server.metrics.displaced_connections.get(), cut_off);
		closed(idle.remove(0)).await;
		let again = connect(&server, "127.0.0.2").await;
		until("it is there", async || server.metrics.connections.get() == 4).await;
		idle.push(again);
	}
	server.chain.until_submitted(1).await;
	server.chain.author_and_finalize();
	assert_eq!(waiting.await.unwrap().status, 200);
	// The others are there as before.
	idle[0].write_all(b"TP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
	let mut begin = [0; 12];
	idle[0].read_exact(&mut begin).await.unwrap();
	assert_eq!(&begin, b"HTTP/1.1 200");
}

#[tokio::test]
async fn where_all_are_busy_one_more_waits() {
	let server = Server::with(|options| options.connections = 3).await;
	server.ready().await;
	let keys = small_test_keys(3);
	let mut waiting = Vec::new();
	for (key, name) in keys.iter().zip(["alice", "bob", "carol"]) {
		waiting.push(server.register(&key.registration(name.into())));
		server.until_waiting(waiting.len() as u64).await;
	}
	let mut health = tokio::spawn(get(connect(&server, "127.0.0.3").await, "/health"));
	server.chain.until_submitted(1).await;
	assert!(futures::poll!(&mut health).is_pending());
	server.chain.author_and_finalize();
	server.chain.author_and_finalize();
	for posted in waiting {
		assert_eq!(posted.await.unwrap().status, 200);
	}
	assert!(health.await.unwrap().starts_with("HTTP/1.1 200"));
	assert_eq!(server.metrics.displaced_connections.get(), 0);
}

#[tokio::test]
async fn idle_and_slow_ones_end() {
	let server = Server::with(|options| options.request_time = Duration::from_millis(200)).await;
	let silent = connect(&server, "127.0.0.2").await;
	let mut slow = connect(&server, "127.0.0.2").await;
	slow.write_all(b"GET /health HT").await.unwrap();
	let mut kept = connect(&server, "127.0.0.2").await;
	kept.write_all(b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
	let mut body = connect(&server, "127.0.0.2").await;
	body.write_all(b"POST /name/alice HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{")
		.await
		.unwrap();
	let mut answers = Vec::new();
	for mut stream in [silent, slow, kept, body] {
		let mut answer = String::new();
		// The server ends each of them, or this would wait for ever.
		let _ = stream.read_to_string(&mut answer).await;
		answers.push(answer);
	}
	assert_eq!(answers[0], "");
	assert!(!answers[1].contains("HTTP/1.1 200"), "{}", answers[1]);
	assert!(answers[2].starts_with("HTTP/1.1 200"), "{}", answers[2]);
	assert!(answers[3].starts_with("HTTP/1.1 400"), "{}", answers[3]);
	until("none", async || server.metrics.connections.get() == 0).await;
}

/// Requests at once whose answers no socket holds.
const MANY: usize = 5_000;

#[tokio::test]
async fn whoever_reads_nothing_is_cut_off() {
	let server = Server::with(|options| options.request_time = Duration::from_millis(200)).await;
	server.ready().await;
	let long = format!("GET /warp-proof/{LONG_SET} HTTP/1.1\r\nHost: a\r\n\r\n");
	let many = "GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n".repeat(MANY);
	let document = server.get("/openapi.json").await.body.to_string().len();
	let mut answers = Vec::new();
	for (requests, whole) in [(long, LONG), (many, MANY * document)] {
		let mut stream = connect(&server, "127.0.0.2").await;
		stream.write_all(requests.as_bytes()).await.unwrap();
		answers.push((stream, whole));
	}
	until("both", async || server.metrics.connections.get() == 2).await;
	until("none", async || server.metrics.connections.get() == 0).await;
	for (mut stream, whole) in answers {
		let mut answer = Vec::new();
		let _ = stream.read_to_end(&mut answer).await;
		assert!(answer.starts_with(b"HTTP/1.1 200"));
		assert!(answer.len() < whole, "it was not all sent");
	}
}
