//! What clients look up.

use super::server::*;
use crate::chain::Standing;
use jns_primitives::{proof::PublicKey, test_support::genuine_registrations};
use serde_json::json;

/// A server that has registered the first genuine name.
async fn with_a_name() -> (Server, jns_primitives::test_support::Registration) {
	let server = Server::with(|options| options.path_prefix = "/ns".into()).await;
	let registration = genuine_registrations()[1].clone();
	server.ready().await;
	let posted = server.register(&registration);
	server.chain.until_submitted(1).await;
	server.chain.author_and_finalize();
	assert_eq!(posted.await.unwrap().status, 200);
	(server, registration)
}

#[tokio::test]
async fn a_name_is_found_however_clients_write_it() {
	let (server, registration) = with_a_name().await;
	let name = String::from_utf8(registration.name.clone()).unwrap();
	assert_eq!(name, "alice-test_1");
	for path in [
		"/name/alice-test_1",
		"/name/ALICE-Test_1",
		"/name/%61lice%2Dtest_1",
		"//name/alice-test_1",
		"/name/alice-test_1/",
		"/ns/name/alice-test_1",
		"/ns//name/alice-test_1",
		"/name/alice-test_1?x=1",
	] {
		let reply = server.get(path).await;
		assert_eq!(reply.status, 200, "{path}");
		assert!(reply.head.contains("content-type: application/json"), "{path}");
		assert_eq!(reply.body["name"], name, "{path}");
		assert_eq!(reply.body["addr"], format!("0x{}", hex(&registration.id.0)), "{path}");
		// What a client verifies.
		let key = jns_primitives::client::read_key(reply.body["publickey"].as_str().unwrap());
		let signature = jns_primitives::client::read_base64(
			reply.body["signature"].as_str().unwrap().as_bytes(),
		);
		let key = key.unwrap();
		let key = PublicKey::from_der(&key).unwrap();
		assert_eq!(key.id(), registration.id);
		key.verify(name.as_bytes(), &signature.unwrap()).unwrap();
	}
	let reply = server.get("/name/alice-test_1/publickey").await;
	assert_eq!(reply.body["name"], name);
	assert_eq!(reply.body["publickey"], jns_primitives::client::write_key(&registration.key));
	let reply = server.get("/name/ALICE-test_1/signature").await;
	assert_eq!(
		reply.body,
		json!({
			"name": name,
			"signature": jns_primitives::client::write_base64(&registration.signature),
		})
	);
}

#[tokio::test]
async fn an_id_is_found_however_clients_write_it() {
	let (server, registration) = with_a_name().await;
	let digits = hex(&registration.id.0);
	for path in [
		format!("/addr/{digits}"),
		format!("/addr/0x{digits}"),
		format!("/addr/ring:{digits}"),
		format!("/addr/jami:{digits}"),
		format!("/addr/{}", digits.to_uppercase()),
		format!("/ns/addr/{digits}/"),
	] {
		let reply = server.get(&path).await;
		assert_eq!((reply.status, reply.body), (200, json!({ "name": "alice-test_1" })), "{path}");
	}
}

#[tokio::test]
async fn what_is_not_there_is_404_and_what_cannot_be_is_400() {
	let (server, registration) = with_a_name().await;
	let cases = [
		("/name/bob", 404, json!({ "error": "name not registered" })),
		("/name/bob/publickey", 404, json!({ "error": "name not registered" })),
		(
			"/addr/0000000000000000000000000000000000000000",
			404,
			json!({ "error": "address not registered" }),
		),
		("/name", 404, json!({ "error": "there is nothing here" })),
		("/name/alice-test_1/owner", 404, json!({ "error": "there is nothing here" })),
	];
	for (path, status, body) in cases {
		let reply = server.get(path).await;
		assert_eq!((reply.status, reply.body), (status, body), "{path}");
	}
	let long = format!("/name/{}", "a".repeat(33));
	for path in ["/name/ab", "/name/a.b", "/name/%C3%A9t%C3%A9", "/name/%ff%fe%fd", &long] {
		assert_eq!(server.get(path).await.status, 400, "{path}");
	}
	let digits = hex(&registration.id.0);
	for path in ["/addr/alice", &format!("/addr/{}", &digits[1..]), &format!("/addr/{digits}00")] {
		assert_eq!(server.get(path).await.status, 400, "{path}");
	}
	assert_eq!(server.raw(request("PUT", "/name/bob", "")).await.status, 405);
}

#[tokio::test]
async fn every_answer_is_503_while_the_node_cannot_know() {
	let (server, registration) = with_a_name().await;
	let digits = hex(&registration.id.0);
	let paths = [
		"/name/alice-test_1".into(),
		"/name/nobody".into(),
		"/name/alice-test_1/publickey".into(),
		"/name/alice-test_1/signature".into(),
		format!("/addr/{digits}"),
		"/addr/0000000000000000000000000000000000000000".into(),
	];
	for standing in
		[Standing { syncing: true, lonely: false }, Standing { syncing: false, lonely: true }]
	{
		*server.chain.standing.lock().unwrap() = standing;
		for path in &paths {
			assert!(server.get(path).await.is_later(), "{path}");
		}
		assert!(server.register(&registration).await.unwrap().is_later());
	}
	*server.chain.standing.lock().unwrap() = Standing::default();
	assert_eq!(server.get(&paths[0]).await.status, 200);
	server.chain.age(std::time::Duration::from_secs(61));
	for path in &paths {
		assert!(server.get(path).await.is_later(), "{path}");
	}
	assert!(server.register(&registration).await.unwrap().is_later());
	server.chain.author_and_finalize();
	assert_eq!(server.get(&paths[0]).await.status, 200);
}

#[tokio::test]
async fn only_finalized_state_is_answered_from() {
	let server = Server::start().await;
	server.ready().await;
	let registration = &genuine_registrations()[1];
	let posted = server.register(registration);
	server.chain.until_submitted(1).await;
	server.chain.author();
	assert_eq!(server.get("/name/alice-test_1").await.status, 404);
	assert!(!posted.is_finished());
	server.chain.finalize();
	assert_eq!(posted.await.unwrap().body, json!({ "success": true }));
	assert_eq!(server.get("/name/alice-test_1").await.status, 200);
}

#[tokio::test]
async fn http_1_0_and_kept_connections_are_spoken() {
	let (server, _) = with_a_name().await;
	let reply = server.raw("GET /name/alice-test_1 HTTP/1.0\r\n\r\n").await;
	assert_eq!(reply.status, 200);
	assert!(reply.head.starts_with("http/1.0 200"));
	let twice = "GET /name/alice-test_1 HTTP/1.1\r\nHost: a\r\n\r\n\
		GET /name/bob HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
	let mut stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
	tokio::io::AsyncWriteExt::write_all(&mut stream, twice.as_bytes()).await.unwrap();
	let mut answers = String::new();
	tokio::io::AsyncReadExt::read_to_string(&mut stream, &mut answers).await.unwrap();
	assert!(answers.starts_with("HTTP/1.1 200"), "{answers}");
	assert!(answers.contains("HTTP/1.1 404"), "{answers}");
	assert!(server.raw(request("HEAD", "/name/alice-test_1", "")).await.status == 200);
}

#[tokio::test]
async fn one_address_cannot_look_up_without_end() {
	let server = Server::with(|options| options.lookups_per_minute = 3).await;
	let mut statuses = Vec::new();
	for _ in 0..5 {
		statuses.push(server.get("/addr/0000000000000000000000000000000000000000").await);
	}
	// Never a 4xx, which would make clients forget their names.
	assert!(statuses[3..].iter().all(Reply::is_later), "{statuses:?}");
	assert_eq!(statuses[3].body, json!({ "error": "too many requests" }));
}

#[tokio::test]
async fn a_head_without_end_is_refused_and_a_slow_one_is_cut_off() {
	let server = Server::with(|options| {
		options.request_time = std::time::Duration::from_millis(200);
	})
	.await;
	let long = format!("GET /name/{} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(20_000));
	let status = server.raw(long).await.status;
	assert!([414, 431].contains(&status), "{status}");
	// The server ends the connection, or this would wait for ever.
	let reply = server.raw("GET /name/alice HTTP/1.1\r\nHost: a\r\n").await;
	assert_ne!(reply.status, 200);
}

#[tokio::test]
async fn an_answer_that_is_kept_is_never_older_than_finality() {
	let (server, registration) = with_a_name().await;
	let id = format!("/addr/{}", hex(&registration.id.0));
	let reads = server.chain.reads();
	for _ in 0..3 {
		assert_eq!(server.get("/name/alice-test_1").await.status, 200);
		assert_eq!(server.get("/name/bob").await.status, 404);
		assert_eq!(server.get(&id).await.status, 200);
	}
	assert_eq!(server.chain.reads(), reads + 3, "the state was read once for each");
	// A block that changes none of them.
	server.chain.author_and_finalize();
	assert_eq!(server.get("/name/alice-test_1").await.status, 200);
	assert_eq!(server.chain.reads(), reads + 3);

	server.chain.forget("alice-test_1");
	assert_eq!(server.get("/name/alice-test_1").await.status, 200);
	server.chain.finalize();
	assert_eq!(server.get("/name/alice-test_1").await.status, 404);
	assert_eq!(server.get(&id).await.status, 404);
	assert_eq!(server.get("/name/bob").await.status, 404);
	assert_eq!(server.chain.reads(), reads + 5, "only what changed was read again");
}

#[tokio::test]
async fn proofs_are_503_until_a_block_is_justified_and_of_what_is_not_there_as_well() {
	let (server, registration) = with_a_name().await;
	let digits = hex(&registration.id.0);
	let nobody = [0u8; 20];
	let cases = [
		("/name/ALICE-test_1/proof".into(), json!({ "of name": "alice-test_1" })),
		("/ns/name/nobody/proof".into(), json!({ "of name": "nobody" })),
		(format!("/addr/jami:{digits}/proof"), json!({ "of ID": registration.id.0 })),
		(format!("/addr/{}/proof", "00".repeat(20)), json!({ "of ID": nobody })),
	];
	for (path, _) in &cases {
		assert!(server.get(path).await.is_later(), "{path}");
	}
	server.chain.justify(true);
	for (path, document) in &cases {
		let reply = server.get(path).await;
		assert_eq!((reply.status, &reply.body), (200, document), "{path}");
	}
	for path in ["/name/a%2Fb/proof", "/addr/12/proof"] {
		assert_eq!(server.get(path).await.status, 400, "{path}");
	}
	server.chain.age(std::time::Duration::from_secs(61));
	for (path, _) in &cases {
		assert!(server.get(path).await.is_later(), "{path}");
	}
}

#[tokio::test]
async fn the_sequel_of_a_known_set_is_told_and_counts_as_a_long_answer() {
	let server = Server::with(|options| options.lookups_per_minute = 350).await;
	server.ready().await;
	// As of old, so that the answer is not cut into pieces.
	let reply = server.raw("GET /warp-proof/2 HTTP/1.0\r\n\r\n").await;
	assert_eq!((reply.status, reply.body), (200, json!({ "setId": 2 })));
	assert_eq!(server.get("/warp-proof/3").await.status, 404);
	server.chain.standing.lock().unwrap().syncing = true;
	let syncing = server.get("/warp-proof/0").await;
	server.chain.standing.lock().unwrap().syncing = false;
	let many = server.get("/warp-proof/0").await;
	assert!(syncing.is_later() && many.is_later());
	assert_ne!(syncing.body, many.body);
	assert_eq!(many.body["error"], "too many requests");
	for no_set in ["-1", "1.5", "alice", "18446744073709551616"] {
		assert_eq!(server.get(&format!("/warp-proof/{no_set}")).await.status, 400, "{no_set}");
	}
}
