//! The page for people, and the state of the chain that it shows.

use super::server::*;
use crate::chain::Standing;
use jns_primitives::{council::Tally, test_support::genuine_registrations, Stake};
use serde_json::{json, Value};
use std::sync::atomic::Ordering;

#[tokio::test]
async fn the_page_can_load_only_itself() {
	let server = Server::with(|options| options.path_prefix = "/ns".into()).await;
	for (path, kind) in [
		("/", "text/html"),
		("//", "text/html"),
		("/ns/", "text/html"),
		("/page.css", "text/css"),
		("/ns/page.js", "text/javascript"),
	] {
		let reply = server.get(path).await;
		assert_eq!(reply.status, 200, "{path}");
		for header in [
			format!("content-type: {kind}; charset=utf-8\r\n"),
			"content-security-policy: default-src 'none'; script-src 'self'; style-src 'self';"
				.into(),
			"x-content-type-options: nosniff".into(),
			"referrer-policy: no-referrer".into(),
		] {
			assert!(reply.head.contains(&header), "{path}: {header} in {}", reply.head);
		}
		assert!(!reply.head.contains("unsafe"), "{path}");
		let tag = reply.head.lines().find_map(|line| line.strip_prefix("etag: ")).unwrap();
		let again = format!("GET {path} HTTP/1.0\r\nIf-None-Match: {tag}\r\n\r\n");
		assert_eq!(server.raw(again).await.status, 304, "{path}");
	}
	// Relative addresses would lack the prefix.
	let reply = server.get("/ns").await;
	assert_eq!(reply.status, 308);
	assert!(reply.head.contains("location: ns/"), "{}", reply.head);
	assert_eq!(server.get("/page.html").await.status, 404);
	assert_eq!(server.raw(request("POST", "/", "{}")).await.status, 405);
}

#[test]
fn no_file_of_the_page_has_an_absolute_address_or_anything_inline() {
	let html = include_str!("../../page/page.html");
	let script = include_str!("../../page/page.js");
	let style = include_str!("../../page/page.css");
	for (name, text) in [("html", html), ("js", script), ("css", style)] {
		for bad in ["http:", "https:", "=\"/", "('/", "innerHTML", "eval(", "@import", "url("] {
			// The namespace of the icon is a name, not an address.
			let text = text.replace("http://www.w3.org/2000/svg", "").replace("('https:", "");
			assert!(!text.contains(bad), "{name} has {bad}");
		}
	}
	for bad in [" style=", "<style", " onclick=", "<script>"] {
		assert!(!html.contains(bad), "{bad}");
	}
}

#[tokio::test]
async fn the_status_is_told_also_while_look_ups_are_not_answered() {
	let server = Server::start().await;
	*server.chain.standing.lock().unwrap() = Standing { syncing: false, lonely: true };
	let reply = server.get("/status").await;
	assert_eq!(reply.status, 200);
	assert_eq!(reply.body["answers"], false);
	assert_eq!(reply.body["why"], "the node has no peers");
	assert_eq!(reply.body["finalized"], 0);
	assert_eq!(reply.body["state"]["totalStake"], (Stake::MAX - 1).to_string());
	assert!(server.get("/name/nobody").await.is_later());

	*server.chain.standing.lock().unwrap() = Standing::default();
	server.ready().await;
	let reply = server.get("/status").await;
	assert_eq!((&reply.body["answers"], &reply.body["why"]), (&json!(true), &Value::Null));
	assert_eq!(reply.body["peers"], 7);
}

#[tokio::test]
async fn the_status_tells_of_council_proposal_and_names() {
	let server = Server::with(|options| options.rpc_url = "wss://jns.example/a b".into()).await;
	server.ready().await;
	server.chain.propose(Tally { ayes: 12, nays: 34 });
	let registration = &genuine_registrations()[1];
	let posted = server.register(registration);
	server.chain.until_submitted(1).await;
	server.chain.author_and_finalize();
	posted.await.unwrap();
	let body = server.get("/status").await.body;
	let state = &body["state"];
	assert_eq!(state["logic"]["name"], "LivingNames");
	assert_eq!(state["block"], body["finalized"]);
	let members = state["members"].as_array().unwrap();
	assert_eq!((members.len(), &state["memberCount"]), (32, &json!(40)));
	assert_eq!(members[0]["stake"], "40000");
	assert_eq!(members[0]["vote"], true);
	let proposal = &state["proposal"];
	assert_eq!((&proposal["ayes"], &proposal["nays"]), (&json!("12"), &json!("34")));
	assert_eq!(proposal["passesWith"], (Stake::MAX / 2 + 1).to_string());
	assert_eq!((&proposal["blocksLeft"], &proposal["secondsLeft"]), (&json!(40), &json!(120)));
	assert_eq!((&proposal["noticeLeft"], &proposal["noticeSeconds"]), (&json!(10), &json!(30)));
	assert_eq!((&proposal["passesFrom"], &proposal["overdue"]), (&json!(970), &json!(false)));
	assert_eq!(proposal["callHash"], format!("0x{}", "07".repeat(32)));
	assert_eq!(state["authorizedUpgrade"], format!("0x{}", "08".repeat(32)));
	assert_eq!(proposal["call"], "0x060606060606060606");
	let apps =
		"https://polkadot.js.org/apps/?rpc=wss%3A%2F%2Fjns.example%2Fa%20b#/extrinsics/decode";
	assert_eq!(proposal["callLink"], format!("{apps}/0x060606060606060606"));
	assert_eq!(
		proposal["vote"],
		json!({ "aye": format!("{apps}/0xa1"), "nay": format!("{apps}/0xa0") })
	);
	let latest = state["latest"].as_array().unwrap();
	assert_eq!(latest.len(), 1);
	assert_eq!(latest[0]["name"], "alice-test_1");
	assert_eq!(latest[0]["addr"], format!("0x{}", hex(&registration.id.0)));
}

#[tokio::test]
async fn the_status_asks_the_chain_once_for_a_block() {
	let server = Server::start().await;
	server.ready().await;
	for _ in 0..50 {
		assert_eq!(server.get("/status").await.status, 200);
	}
	assert_eq!(server.chain.overviews.load(Ordering::Relaxed), 1);
	// Nor does it for every one of many blocks at once.
	for _ in 0..20 {
		server.chain.author_and_finalize();
		server.get("/status").await;
	}
	assert!(server.chain.overviews.load(Ordering::Relaxed) <= 5);
}
