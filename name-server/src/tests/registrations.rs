//! What clients post, and what is answered at once.

use super::{chain::PRICE, server::*};
use jns_primitives::{
	client::write_base64,
	test_support::{genuine_registrations, identities::test_keys},
	JNS,
};
use serde_json::{json, Value};
use std::time::Duration;

/// The genuine registrations, as they were posted.
fn genuine_posts() -> Vec<Value> {
	let file = include_str!("../../../primitives/fixtures/registrations.json");
	serde_json::from_str(file).unwrap()
}

fn posted(recorded: &Value) -> String {
	let field = |name: &str| (name.to_string(), recorded[name].clone());
	let fields = ["addr", "owner", "signature", "publickey"].map(field);
	Value::Object(fields.into_iter().collect()).to_string()
}

#[tokio::test]
async fn what_the_daemon_posted_registers_byte_for_byte() {
	let server = Server::start().await;
	server.ready().await;
	// Seven of the eight can stand together.
	let mut posts = genuine_posts();
	posts.dedup_by_key(|post| post["name"].clone());
	assert_eq!(posts.len(), 7);
	let answers: Vec<_> = posts
		.iter()
		.map(|post| {
			server.post(&format!("/name/{}", post["name"].as_str().unwrap()), &posted(post))
		})
		.collect();
	server.chain.until_submitted(7).await;
	server.chain.author_and_finalize();
	for answer in answers {
		let reply = answer.await.unwrap();
		assert_eq!((reply.status, reply.body), (200, json!({ "success": true })));
	}
	for post in &posts {
		let addr = post["addr"].as_str().unwrap();
		let reply = server.get(&format!("/addr/{addr}")).await;
		assert_eq!(reply.body["name"], post["name"]);
	}
}

#[tokio::test]
async fn a_post_may_be_chunked_in_mixed_case_behind_a_prefix_and_its_key_without_a_zero() {
	let server = Server::with(|options| options.path_prefix = "/ns".into()).await;
	server.ready().await;
	let registrations = genuine_registrations();
	let bare = body(&registrations[1]).to_string();
	let key = jns_primitives::client::read_base64(
		body(&registrations[1])["publickey"].as_str().unwrap().as_bytes(),
	);
	assert!(!key.unwrap().ends_with(&[0]));
	let mixed = server.post("//ns/name/ALICE-test_1", &bare);
	server.chain.until_submitted(1).await;

	let recorded = &genuine_posts()[2];
	let text = posted(recorded);
	let (first, second) = text.split_at(100);
	let chunked = format!(
		"POST /name/{} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n\
		{:x}\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n",
		recorded["name"].as_str().unwrap(),
		first.len(),
		second.len(),
	);
	let (chunked, ()) = tokio::join!(server.raw(chunked), async {
		server.chain.until_submitted(2).await;
		server.chain.author_and_finalize();
	});
	assert_eq!(chunked.status, 200);
	assert_eq!(mixed.await.unwrap().status, 200);
	// An `owner` is never looked at.
	let mut without = body(&registrations[1]);
	without.as_object_mut().unwrap().remove("owner");
	assert_eq!(server.post("/name/alice-test_1", &without.to_string()).await.unwrap().status, 200);
}

#[tokio::test]
async fn what_is_malformed_is_400_and_what_is_unproven_401_and_neither_costs_anything() {
	let server = Server::start().await;
	server.ready().await;
	let registrations = genuine_registrations();
	let (alice, other) = (&registrations[1], &registrations[2]);
	let with = |field: &str, value: Value| {
		let mut body = body(alice);
		body[field] = value;
		body.to_string()
	};
	let without = |field: &str| {
		let mut body = body(alice);
		body.as_object_mut().unwrap().remove(field);
		body.to_string()
	};
	let mut forged = alice.signature.clone();
	forged[100] ^= 1;
	let cases = [
		("", 400),
		("{", 400),
		("[]", 400),
		("\"alice\"", 400),
		(&without("addr"), 400),
		(&without("publickey"), 400),
		(&without("signature"), 400),
		(&with("addr", 5.into()), 400),
		(&with("addr", "0x00".into()), 400),
		(&with("publickey", "?".into()), 400),
		(&with("signature", "?".into()), 400),
		(&format!("{}{}", body(alice), " ".repeat(20_000)), 400),
		(&with("addr", hex(&other.id.0).into()), 401),
		(&with("publickey", write_base64(b"key").into()), 401),
		(&with("publickey", body(other)["publickey"].clone()), 401),
		(&with("signature", write_base64(&forged).into()), 401),
		(&with("signature", "".into()), 401),
		(&body(other).to_string(), 401),
	];
	for (body, status) in cases {
		let reply = server.post("/name/alice-test_1", body).await.unwrap();
		assert_eq!(reply.status, status, "{body}");
		assert!(reply.body["error"].is_string(), "{body}");
	}
	// Of what can never be a name, even a proof is of no use.
	let key = &test_keys(1)[0];
	for name in ["ab", "a.b", &"a".repeat(33)] {
		let path = format!("/name/{name}");
		let registration = key.registration(name.as_bytes().to_vec());
		let reply = server.post(&path, &body(&registration).to_string()).await.unwrap();
		assert_eq!(reply.status, 400, "{name}");
	}
	assert_eq!(server.chain.submitted(), []);
}

#[tokio::test]
async fn names_and_ids_that_are_taken_are_403_as_they_were() {
	let server = Server::start().await;
	server.ready().await;
	let keys = test_keys(2);
	let [alice, bob] = [0, 1].map(|n| keys[n].registration(b"alice".to_vec()));
	let posted = server.register(&alice);
	server.chain.until_submitted(1).await;
	server.chain.author_and_finalize();
	assert_eq!(posted.await.unwrap().status, 200);

	// The same again succeeds.
	let again = server.register(&alice).await.unwrap();
	assert_eq!((again.status, again.body), (200, json!({ "success": true })));
	let taken = server.register(&bob).await.unwrap();
	let owner = format!("0x{}", hex(&alice.id.0));
	assert_eq!((taken.status, taken.body), (403, json!({ "success": false, "owner": owner })));
	let second = server.register(&keys[0].registration(b"alicia".to_vec())).await.unwrap();
	let expected = json!({ "success": false, "name": "alice", "addr": owner });
	assert_eq!((second.status, second.body), (403, expected));
	server.chain.reserve("council");
	server.chain.finalize();
	let reserved = server.register(&keys[1].registration(b"council".to_vec())).await.unwrap();
	assert_eq!((reserved.status, &reserved.body["success"]), (403, &json!(false)));
	assert_eq!(server.chain.submitted().len(), 1);

	// To whom a name is being handed over, it is not taken.
	server.chain.offer("alice", bob.id);
	server.chain.finalize();
	let accepted = server.register(&bob);
	server.chain.until_submitted(2).await;
	server.chain.author_and_finalize();
	assert_eq!(accepted.await.unwrap().status, 200);
	let resolved = server.get("/name/alice").await;
	assert_eq!(resolved.body["addr"], format!("0x{}", hex(&bob.id.0)));
}

#[tokio::test]
async fn frozen_names_are_read_and_not_registered() {
	let server = Server::start().await;
	server.ready().await;
	let registrations = different(3);
	let [first, second, third] = &registrations[..] else { unreachable!("three were asked for") };
	let posted = server.register(first);
	server.chain.until_submitted(1).await;
	server.chain.author_and_finalize();
	assert_eq!(posted.await.unwrap().status, 200);

	let waiting = server.register(second);
	server.chain.until_submitted(2).await;
	server.chain.open(false);
	server.chain.finalize();
	assert!(waiting.await.unwrap().is_later());
	assert!(server.register(third).await.unwrap().is_later());
	assert_eq!(server.get("/name/name-0").await.status, 200);
	assert_eq!(server.register(first).await.unwrap().status, 200);
	assert_eq!(server.chain.submitted().len(), 2);

	server.chain.open(true);
	server.chain.finalize();
	let posted = server.register(third);
	server.chain.until_submitted(3).await;
	server.chain.author_and_finalize();
	assert_eq!(posted.await.unwrap().status, 200);
}

#[tokio::test]
async fn transactions_that_are_not_known_are_not_written() {
	let server = Server::start().await;
	server.ready().await;
	server.chain.know_transactions(false);
	let [first, second] = &different(2)[..] else { unreachable!("two were asked for") };
	let reply = server.register(first).await.unwrap();
	assert!(reply.is_later());
	assert!(reply.body["error"].as_str().unwrap().contains("upgraded"));
	assert_eq!(server.metrics.unknown_transactions.get(), 1);
	assert_eq!(server.get("/name/name-0").await.status, 404);
	server.chain.know_transactions(true);
	let posted = server.register(second);
	server.chain.until_submitted(1).await;
	assert_eq!(server.metrics.unknown_transactions.get(), 0);
	server.chain.author_and_finalize();
	assert_eq!(posted.await.unwrap().status, 200);
}

#[tokio::test]
async fn without_a_sponsor_there_are_look_ups_alone() {
	let server = Server::start().await;
	server.ready().await;
	server.chain.sponsor(false);
	assert!(server.register(&different(1)[0]).await.unwrap().is_later());
	assert_eq!(server.get("/name/name-0").await.status, 404);
	assert_eq!(server.chain.submitted(), []);
}

#[tokio::test]
async fn a_sponsor_that_runs_dry_keeps_its_reserve() {
	let server = Server::with(|options| options.reserve = JNS).await;
	server.ready().await;
	server.chain.money(JNS + 2 * PRICE);
	let registrations = different(4);
	let first = server.register(&registrations[0]);
	let second = server.register(&registrations[1]);
	server.chain.until_submitted(2).await;
	// What waits is paid for already, as it were.
	assert!(server.register(&registrations[2]).await.unwrap().is_later());
	server.chain.author_and_finalize();
	assert_eq!(first.await.unwrap().status, 200);
	assert_eq!(second.await.unwrap().status, 200);
	assert!(server.register(&registrations[2]).await.unwrap().is_later());
	assert_eq!(server.chain.submitted().len(), 2);
	server.chain.money(JNS + PRICE);
	let third = server.register(&registrations[2]);
	server.chain.until_submitted(3).await;
	server.chain.author_and_finalize();
	assert_eq!(third.await.unwrap().status, 200);
}

#[tokio::test]
async fn the_budget_is_over_all_clients_and_survives_a_restart() {
	let set = |options: &mut crate::Options| {
		options.per_minute = 1_000;
		options.per_day = 2;
	};
	let server = Server::with(set).await;
	server.ready().await;
	let registrations = different(3);
	let posted: Vec<_> = registrations[..2].iter().map(|r| server.register(r)).collect();
	server.chain.until_submitted(2).await;
	server.chain.author_and_finalize();
	for reply in posted {
		assert_eq!(reply.await.unwrap().status, 200);
	}
	assert!(server.register(&registrations[2]).await.unwrap().is_later());
	// What is registered costs nothing.
	assert_eq!(server.register(&registrations[0]).await.unwrap().status, 200);

	let (chain, folder) = server.kill().await;
	let server = Server::on(chain, folder, set).await;
	server.ready().await;
	assert!(server.register(&registrations[2]).await.unwrap().is_later());
	assert_eq!(server.chain.submitted().len(), 2);
}

#[tokio::test]
async fn names_that_are_too_short_to_be_paid_for_are_refused() {
	let server = Server::with(|options| options.min_sponsored_len = 7).await;
	server.ready().await;
	let reply = server.register(&different(1)[0]).await.unwrap();
	assert_eq!((reply.status, &reply.body["success"]), (403, &json!(false)));
}

#[tokio::test]
async fn what_is_not_decided_in_time_is_said_to_be_so_and_the_same_post_finds_the_outcome() {
	let server = Server::with(|options| options.decision_time = Duration::from_millis(100)).await;
	server.ready().await;
	let registration = &different(1)[0];
	let late = server.register(registration).await.unwrap();
	assert!(late.is_later());
	assert!(late.body["error"].as_str().unwrap().contains("under way"));
	server.chain.author_and_finalize();
	assert_eq!(server.register(registration).await.unwrap().status, 200);
	assert_eq!(server.chain.submitted().len(), 1);
}

#[tokio::test]
async fn one_address_cannot_register_without_end() {
	let server = Server::with(|options| options.registrations_per_minute = 2).await;
	server.ready().await;
	let bad = || server.post("/name/alice", "{}");
	let statuses = [bad().await.unwrap(), bad().await.unwrap(), bad().await.unwrap()];
	assert_eq!([statuses[0].status, statuses[1].status], [400, 400]);
	assert!(statuses[2].is_later());
}
