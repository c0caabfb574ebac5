//! What the server does, as an OpenAPI document. A test asks for everything that stands here, and for
//! nothing else (`tests/openapi.rs`).

use serde_json::{json, Map, Value};

/// A reply: its status, the fields of its JSON that are always there, and when it is given.
type Reply = (u16, &'static [&'static str], &'static str);

/// A request: method, path, what it does, its replies.
type Operation = (&'static str, &'static str, &'static str, &'static [Reply]);

const ERROR: &[&str] = &["error"];
const REFUSED: &[&str] = &["success"];

/// What can be a name, in any case.
pub(crate) const NAME: &str = "^[^/]{1,128}$";
/// What can be an ID.
pub(crate) const ID: &str = "^((ring|jami):)?(0x)?[0-9A-Fa-f]{40}$";
/// Base64 with its padding; the last letter before that has no bits of nothing.
const BASE64: &str =
	"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

const LATER: Reply =
	(503, ERROR, "Cannot be known or done now; `Retry-After` says when to ask again");
const NO_NAME: Reply = (400, ERROR, "Can never be a name");
const UNKNOWN: Reply = (404, ERROR, "Nobody has this name");

/// Every operation.
pub(crate) const OPERATIONS: &[Operation] = &[
	(
		"get",
		"/name/{name}",
		"Looks a name up, in any case, in finalized state",
		&[
			(
				200,
				&["name", "addr", "publickey", "signature"],
				"The record, and the proof that the ID wanted it",
			),
			NO_NAME,
			UNKNOWN,
			LATER,
		],
	),
	(
		"post",
		"/name/{name}",
		"Registers a name for the ID whose key signed it, and waits until that is final",
		&[
			(200, &["success"], "The name is the ID's in finalized state"),
			(400, ERROR, "Not a registration, or no name"),
			(401, ERROR, "The proof does not hold"),
			(403, REFUSED, "The name or the ID is taken, or the name is not to be had"),
			LATER,
		],
	),
	(
		"get",
		"/name/{name}/publickey",
		"The key of the ID that has a name",
		&[(200, &["name", "publickey"], "Base64 of the key in PEM"), NO_NAME, UNKNOWN, LATER],
	),
	(
		"get",
		"/name/{name}/signature",
		"The key's signature of its name",
		&[(200, &["name", "signature"], "Base64 of the signature"), NO_NAME, UNKNOWN, LATER],
	),
	(
		"get",
		"/addr/{id}",
		"Looks the name of an ID up, in finalized state",
		&[
			(200, &["name"], "The ID's name"),
			(400, ERROR, "Not an ID"),
			(404, ERROR, "The ID has no name"),
			LATER,
		],
	),
	(
		"get",
		"/name/{name}/proof",
		"What the chain has of a name, or that it has nothing, to be checked offline",
		&[(200, &[], "A document for `jns-node verify-proof`"), NO_NAME, LATER],
	),
	(
		"get",
		"/addr/{id}/proof",
		"The same of an ID",
		&[(200, &[], "A document for `jns-node verify-proof`"), (400, ERROR, "Not an ID"), LATER],
	),
	(
		"get",
		"/warp-proof/{set}",
		"How the sets of authorities followed one another, from that one on; from genesis with 0",
		&[
			(
				200,
				&[],
				"A document for `jns-node verify-warp-proof`; the next begins where it ends",
			),
			(400, ERROR, "Not the number of a set"),
			(404, ERROR, "This node does not know what followed that set"),
			LATER,
		],
	),
	("get", "/health", "Whether the process is alive", &[(200, &["status"], "It is")]),
	(
		"get",
		"/ready",
		"Whether look-ups are answered",
		&[(200, &["status", "finalized"], "They are, of this block"), LATER],
	),
	(
		"get",
		"/status",
		"The state of the chain and of the council, the latest names",
		&[
			(200, &["best", "finalized", "peers", "answers", "state"], "As of now"),
			(503, ERROR, "Too many requests from one address"),
		],
	),
	("get", "/openapi.json", "This document", &[(200, &["openapi", "info", "paths"], "It")]),
];

/// The document, of OpenAPI 3.1.
pub fn document() -> Value {
	let mut paths: Map<String, Value> = Map::new();
	for (method, path, summary, replies) in OPERATIONS {
		let parameters: Vec<_> = path
			.split('/')
			.filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
			.map(parameter)
			.collect();
		let replies: Map<_, _> =
			replies.iter().map(|reply| (reply.0.to_string(), described(reply))).collect();
		let mut operation =
			json!({ "summary": summary, "parameters": parameters, "responses": replies });
		if *method == "post" {
			operation["requestBody"] = registration();
		}
		let item = paths.entry(*path).or_insert_with(|| json!({}));
		item[*method] = operation;
	}
	json!({
		"openapi": "3.1.0",
		"info": {
			"title": "JNS name server",
			"description": "What Jami clients ask a name server for",
			"version": env!("CARGO_PKG_VERSION"),
			"license": { "name": "GPL-3.0-or-later WITH Classpath-exception-2.0" },
		},
		"paths": paths,
	})
}

fn parameter(name: &str) -> Value {
	let (about, schema) = match name {
		"name" => (
			"a name, in any case; which exist is the rule of the logic that the council selected, as 3 to 32 of a-z, 0-9, `-` and `_`",
			json!({ "type": "string", "pattern": NAME }),
		),
		"set" => (
			"The number of a set of authorities",
			json!({ "type": "integer", "minimum": 0, "maximum": u64::MAX }),
		),
		_ => (
			"40 hexadecimal digits, with `0x`, `ring:` or `jami:` before them or without",
			json!({ "type": "string", "pattern": ID }),
		),
	};
	json!({
		"name": name,
		"in": "path",
		"required": true,
		"description": about,
		"schema": schema,
	})
}

fn described((status, fields, about): &Reply) -> Value {
	let properties: Map<_, _> =
		fields.iter().map(|field| (field.to_string(), schema(field))).collect();
	let mut reply = json!({
		"description": about,
		"content": { "application/json": { "schema": {
			"type": "object",
			"required": fields,
			"properties": properties,
		} } },
	});
	if *status == 503 {
		reply["headers"] = json!({
			"Retry-After": { "description": "Seconds", "schema": { "type": "integer" } },
		});
	}
	reply
}

fn schema(field: &str) -> Value {
	match field {
		"answers" | "success" => json!({ "type": "boolean" }),
		"best" | "finalized" | "peers" => json!({ "type": "integer" }),
		"info" | "paths" | "state" => json!({ "type": "object" }),
		_ => json!({ "type": "string" }),
	}
}

/// What clients post.
fn registration() -> Value {
	let text = |pattern: &str, about: &str| json!({ "type": "string", "pattern": pattern, "description": about });
	let base64 = |about: &str| text(BASE64, about);
	json!({
		"required": true,
		"content": { "application/json": { "schema": {
			"type": "object",
			"required": ["addr", "signature", "publickey"],
			"properties": {
				"addr": text(ID, "The ID: SHA-1 of the key's DER, in hexadecimal"),
				"owner": { "type": "string", "description": "Ignored: nobody ever signed for it" },
				"signature": base64("The key's RSASSA-PKCS1-v1_5 signature with SHA-512 of the lower-case name"),
				"publickey": base64("The key in PEM, with a byte of zero at its end or without, or in DER"),
			},
		} } },
	})
}
