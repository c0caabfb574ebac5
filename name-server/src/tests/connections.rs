//! Connections, whatever comes over them.

use super::{
	chain::{LONG, LONG_SET},
	server::*,
	until,
};
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
		let mut more = connect(&server, "127.0.0.2").await;
		assert!(matches!(more.read(&mut [0]).await, Ok(0) | Err(_)), "it is closed");
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
