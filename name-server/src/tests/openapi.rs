//! The OpenAPI document says what the server does: every reply that stands in it is asked for here.

use super::server::*;
use crate::openapi::{ID, NAME, OPERATIONS};
use jns_primitives::{client::read_id, test_support::identities::test_keys, Name};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// Method, path and status of a reply, and what it was.
type Seen = BTreeMap<(&'static str, &'static str, u16), Reply>;

async fn ask(
	server: &Server,
	seen: &mut Seen,
	operation: (&'static str, &'static str),
	path: &str,
	body: &str,
) {
	let (method, documented) = operation;
	let reply = server.raw(request(&method.to_uppercase(), path, body)).await;
	seen.insert((method, documented, reply.status), reply);
}

#[tokio::test]
async fn every_documented_reply_is_given_and_no_other() {
	let server = Server::start().await;
	server.ready().await;
	let keys = test_keys(2);
	let [alice, bobs] = [0, 1].map(|n| keys[n].registration(b"alice".to_vec()));
	let posted = server.register(&alice);
	server.chain.until_submitted(1).await;
	server.chain.author_and_finalize();
	assert_eq!(posted.await.unwrap().status, 200);

	server.chain.justify(true);
	let mut seen = Seen::new();
	let digits = hex(&alice.id.0);
	let (good, taken) = (body(&alice).to_string(), body(&bobs).to_string());
	for is_known in [true, false] {
		if !is_known {
			server.chain.standing.lock().unwrap().syncing = true;
		}
		for (operation, known, unknown, invalid) in [
			("/name/{name}", "/name/alice", "/name/bob", "/name/b"),
			(
				"/name/{name}/publickey",
				"/name/alice/publickey",
				"/name/bob/publickey",
				"/name/b/publickey",
			),
			(
				"/name/{name}/signature",
				"/name/alice/signature",
				"/name/bob/signature",
				"/name/b/signature",
			),
			(
				"/addr/{id}",
				&format!("/addr/{digits}"),
				&format!("/addr/{}", "0".repeat(40)),
				"/addr/0",
			),
			("/name/{name}/proof", "/name/alice/proof", "/name/bob/proof", "/name/a%2Fb/proof"),
			(
				"/addr/{id}/proof",
				&format!("/addr/{digits}/proof"),
				&format!("/addr/{}/proof", "0".repeat(40)),
				"/addr/0/proof",
			),
			("/warp-proof/{set}", "/warp-proof/0", "/warp-proof/9", "/warp-proof/x"),
		] {
			for path in [known, unknown, invalid] {
				ask(&server, &mut seen, ("get", operation), path, "").await;
			}
		}
		for body in [&good, &taken, "{}", &good.replace(&digits, &"0".repeat(40))] {
			ask(&server, &mut seen, ("post", "/name/{name}"), "/name/alice", body).await;
		}
		for path in ["/health", "/ready", "/status", "/openapi.json"] {
			ask(&server, &mut seen, ("get", path), path, "").await;
		}
	}

	let busy = Server::with(|options| options.lookups_per_minute = 1).await;
	for _ in 0..2 {
		ask(&busy, &mut seen, ("get", "/status"), "/status", "").await;
	}

	let documented: BTreeMap<_, _> = OPERATIONS
		.iter()
		.flat_map(|(method, path, _, replies)| {
			replies.iter().map(|(status, fields, _)| ((*method, *path, *status), *fields))
		})
		.collect();
	let (asked, known): (BTreeSet<_>, BTreeSet<_>) =
		(seen.keys().collect(), documented.keys().collect());
	assert_eq!(asked, known);
	for (operation, fields) in documented {
		let reply = &seen[&operation];
		for field in fields {
			assert!(!reply.body[field].is_null(), "{operation:?} has {field}: {:?}", reply.body);
		}
		assert_eq!(reply.status == 503, reply.is_later(), "{operation:?}");
		assert!(reply.head.contains("content-type: application/json"), "{operation:?}");
	}
	let document = server.get("/openapi.json").await.body;
	assert_eq!(document["openapi"], "3.1.0");
	assert!(document["paths"]["/name/{name}"]["post"]["requestBody"].is_object());
}

#[test]
fn the_patterns_are_of_what_is_read() {
	let digits = "0123456789abcdefABCDEF0123456789abcdefAB";
	let matches = |pattern, text: &str| Regex::new(pattern).unwrap().is_match(text);
	for name in
		["a", "Alice-2_b", &"a".repeat(128), &"a".repeat(129), "", "a.b", "é12", "a b c", "a/b"]
	{
		let read = Name::try_from(name.to_lowercase().into_bytes()).is_ok();
		assert_eq!(matches(NAME, name), read, "{name:?}");
	}
	for before in ["", "0x", "ring:", "jami:", "jami:0x", "0xring:", "RING:", "0X", "sip:", " "] {
		for digits in [digits, &digits[1..], "", "g123456789abcdefABCDEF0123456789abcdefAB"] {
			let id = format!("{before}{digits}");
			assert_eq!(matches(ID, &id), read_id(&id).is_some(), "{id:?}");
		}
	}
}

#[tokio::test]
async fn pages_of_other_sites_may_read_and_not_post() {
	let server = Server::start().await;
	server.ready().await;
	let preflight = |method: &str| {
		format!(
			"OPTIONS /name/alice HTTP/1.1\r\nHost: a\r\nOrigin: https://example.org\r\n\
			Access-Control-Request-Method: {method}\r\nConnection: close\r\n\r\n"
		)
	};
	let read = server.raw(preflight("GET")).await;
	assert!(read.head.contains("access-control-allow-origin: *"), "{}", read.head);
	assert!(read.head.contains("access-control-allow-methods: get,head"), "{}", read.head);
	let written = server.raw(preflight("POST")).await;
	assert!(
		written.head.contains("access-control-allow-methods: get,head\r\n"),
		"{}",
		written.head
	);
	assert!(server.get("/name/alice").await.head.contains("access-control-allow-origin: *"));
}
