use super::*;
use crate::document::{check, link, Proof, Stated};
use jns_primitives::test_support::{
	genuine_registrations, GENUINE_REGISTRATIONS, SMALL_KEY_REGISTRATIONS,
};
use serde_json::{json, Value};

fn accepts(json: &Value, name: Option<&str>) -> Result<Proof, String> {
	check(json.to_string().as_bytes(), name).map_err(|why| why.to_string())
}

fn genuine() -> Vec<Value> {
	serde_json::from_str(GENUINE_REGISTRATIONS).unwrap()
}

/// What the client posted, no more.
fn body(posted: &Value) -> Value {
	let fields = ["addr", "owner", "signature", "publickey"];
	fields.iter().map(|field| (field.to_string(), posted[field].clone())).collect()
}

fn documents() -> Vec<Value> {
	let (owner, heir) = (key(0), key(1));
	let proof = |key: &TestKey, has_signature: bool, action: Option<Action>| {
		let stated = action.map(|action| {
			let statement = action.statement(&GENESIS, &name("alice"), 7, 3);
			let signature = key.sign(&statement);
			Stated { action, genesis: GENESIS, block: 7, sequence: 3, signature }
		});
		let signature = has_signature.then(|| key.sign(b"alice"));
		let (id, key) = (key.id(), key.der());
		let proof = Proof { name: name("alice"), id, key, signature, stated };
		let mut document = proof.document();
		let call = [vec![1, 2], proof.arguments().unwrap()].concat();
		document.call = Some(format!("0x{}", hex::encode(&call)));
		document.link = Some(link("wss://node.example:443", &call));
		serde_json::to_value(document).unwrap()
	};
	vec![
		proof(&owner, true, None),
		proof(&owner, false, Some(Action::Release)),
		proof(&owner, false, Some(Action::HandOver { to: heir.id(), deadline: 300 })),
		proof(&owner, false, Some(Action::CancelHandOver)),
		proof(&heir, true, Some(Action::Accept)),
		proof(&heir, true, Some(Action::Claim)),
	]
}

#[test]
fn what_clients_posted_proves_its_name() {
	for (posted, expected) in genuine().iter().zip(genuine_registrations()) {
		let text = posted["name"].as_str().unwrap();
		let proof = accepts(&body(posted), Some(text)).unwrap();
		assert_eq!((proof.id, proof.key.clone()), (expected.id, expected.key));
		assert_eq!(proof.name.as_bytes(), expected.name);
		assert!(proof.words().contains(&hex::encode(expected.id.0)));
		// As name servers take it.
		assert!(accepts(&body(posted), Some(&text.to_uppercase())).is_ok());
		assert!(accepts(posted, None).is_ok());
		let mut prefixed = posted.clone();
		prefixed["addr"] = format!("0x{}", posted["addr"].as_str().unwrap()).into();
		assert!(accepts(&prefixed, None).is_ok());
		let mut der = posted.clone();
		der["publickey"] = STANDARD.encode(&proof.key).into();
		assert_eq!(accepts(&der, None), Ok(proof));
	}
	let small: Vec<Value> = serde_json::from_str(SMALL_KEY_REGISTRATIONS).unwrap();
	for posted in small {
		let mut posted = posted;
		let der = hex::decode(posted["spki_der_hex"].as_str().unwrap()).unwrap();
		// With a byte of zero behind the PEM and without.
		for end in ["", "\0"] {
			let pem = as_pem("PUBLIC KEY", &der) + end;
			posted["publickey"] = STANDARD.encode(pem).into();
			assert!(accepts(&posted, None).is_ok());
		}
	}
}

#[test]
fn what_clients_did_not_post_proves_nothing() {
	let all = genuine();
	let (a, b) = (&all[0], &all[1]);
	for (field, value) in [
		("addr", b["addr"].clone()),
		("addr", format!("0X{}", a["addr"].as_str().unwrap()).into()),
		("addr", "93c7".into()),
		("signature", b["signature"].clone()),
		("signature", "".into()),
		("signature", "%".into()),
		("publickey", b["publickey"].clone()),
		("publickey", STANDARD.encode("-----BEGIN PUBLIC KEY-----").into()),
		("publickey", "%".into()),
		("publickey", 7.into()),
		("name", b["name"].clone()),
		("name", "no name".into()),
	] {
		let mut posted = a.clone();
		assert_ne!(posted[field], value, "{field}");
		posted[field] = value;
		let refusal = accepts(&posted, None).unwrap_err();
		assert!(refusal.starts_with("this proves nothing: "), "{field}: {refusal}");
	}
	assert!(accepts(&body(a), None).unwrap_err().contains("--name NAME"));
	assert!(accepts(&body(a), b["name"].as_str()).is_err());
	assert!(accepts(a, b["name"].as_str()).unwrap_err().contains("another name"));
}

#[test]
fn every_field_of_a_document_counts() {
	for document in documents() {
		accepts(&document, Some("alice")).unwrap();
		assert!(accepts(&document, Some("alicf")).is_err());
		let mut fields: Vec<String> =
			document.as_object().unwrap().keys().map(|field| format!("/{field}")).collect();
		if let Some(statement) = document.get("statement") {
			fields.extend(statement.as_object().unwrap().keys().map(|f| format!("/statement/{f}")));
		}
		for field in fields {
			if field == "/statement" {
				continue;
			}
			let old = document.pointer(&field).unwrap().clone();
			let mut others = vec![Value::Null, json!({}), json!([])];
			match &old {
				Value::String(text) => {
					let cut = &text[..text.len() - 1];
					let last = if text.ends_with('1') { '2' } else { '1' };
					others.extend([
						format!("{cut}{last}").into(),
						cut.into(),
						format!("{text}00").into(),
						"".into(),
						text.to_uppercase().into(),
					]);
				},
				Value::Number(number) => {
					others.extend([(number.as_u64().unwrap() + 1).into(), (-1).into()]);
				},
				_ => unreachable!("there are no others"),
			}
			for other in others {
				// A call and its link may be left out; so may nothing else.
				if other.is_null() && ["/link"].contains(&field.as_str()) {
					continue;
				}
				let mut changed = document.clone();
				*changed.pointer_mut(&field).unwrap() = other.clone();
				assert!(accepts(&changed, None).is_err(), "{field}: {old} as {other}");
			}
		}
		let mut more = document.clone();
		more["more"] = 1.into();
		assert!(accepts(&more, None).is_err());
	}
}

#[test]
fn parts_of_one_document_do_not_fit_another() {
	let all = documents();
	for (i, a) in all.iter().enumerate() {
		for (j, b) in all.iter().enumerate().filter(|(j, _)| *j != i) {
			for field in ["statement", "call", "link"] {
				let mut mixed = a.clone();
				mixed[field] = b.get(field).cloned().unwrap_or_default();
				if field == "statement" {
					mixed["call"] = Value::Null;
					mixed["link"] = Value::Null;
				}
				// A proof stands alone, or beside any statement of its key.
				let is_proven = a.get("signature").is_some();
				let is_sound = field == "statement"
					&& match j {
						0 => is_proven,
						1..4 => a["id"] == b["id"],
						_ => a["id"] == b["id"] && is_proven,
					};
				assert_eq!(accepts(&mixed, None).is_ok(), is_sound, "{field} of {j} in {i}");
			}
		}
	}
	let mut nothing = all[1].clone();
	for field in ["statement", "call", "link"] {
		nothing[field] = Value::Null;
	}
	assert!(accepts(&nothing, None).unwrap_err().contains("missing"));
}

#[test]
fn what_is_no_document_is_told_without_showing_it() {
	for text in ["", "{", "[]", "7", "{}", "{} {}", r#"{"\u001b[2J":1}"#, r#"{"publickey":1}"#] {
		let refusal = check(text.as_bytes(), Some("alice")).unwrap_err().to_string();
		assert!(!refusal.contains('\u{1b}'), "{refusal:?}");
	}
	let twice = documents()[0].to_string().replacen('{', r#"{"name":"alice","#, 1);
	assert!(check(twice.as_bytes(), None).is_err());
}

#[test]
fn a_file_is_checked_by_the_command_line() {
	let files = Files::new();
	files.write("a.json", documents()[2].to_string().as_bytes(), 0o644);
	let ran = files.works("check @a.json", None);
	let to = hex::encode(key(1).id().0);
	assert!(ran.output.contains(&format!("hands it over to {to} until block 300")));
	assert!(ran.output.contains("block 7, sequence 3"));
	files.write("b.json", body(&genuine()[0]).to_string().as_bytes(), 0o644);
	assert!(files.works("check @b.json --name try400-64", None).output.contains("wants the name"));
	assert!(files.fails("check @b.json", None).contains("--name NAME"));
	files.write("c.json", &[b' '; 70_000], 0o644);
	assert!(files.fails("check @c.json", None).contains("longer than"));
}

#[test]
fn links_open_the_call_at_the_node() {
	for (node, rpc) in [
		("ws://127.0.0.1:9944", "ws%3A%2F%2F127.0.0.1%3A9944"),
		("http://127.0.0.1:9944", "ws%3A%2F%2F127.0.0.1%3A9944"),
		("https://a-b.example/x?y=1&z#", "wss%3A%2F%2Fa-b.example%2Fx%3Fy%3D1%26z%23"),
	] {
		let expected = format!("https://polkadot.js.org/apps/?rpc={rpc}#/extrinsics/decode/0x0102");
		assert_eq!(link(node, &[1, 2]), expected);
	}
}
