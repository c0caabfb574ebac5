//! Genuine registrations, made by the Jami daemon of Debian 12, for tests and benchmarks, and a guard
//! for mocks.

pub mod conformance;
#[cfg(feature = "std")]
pub mod identities;
#[cfg(feature = "std")]
pub mod logics;

use crate::JamiId;
use alloc::{string::String, vec::Vec};
use base64::{engine::general_purpose::STANDARD, Engine};
use serde::Deserialize;

/// The bodies that the client posted, with what they decode to.
pub const GENUINE_REGISTRATIONS: &str = include_str!("../fixtures/registrations.json");

/// Registrations by keys of 2048 and 3072 bits, made with OpenSSL for tests, in the same form.
pub const SMALL_KEY_REGISTRATIONS: &str = include_str!("../fixtures/test-keys.json");

/// What two keys of the test pool sign about one name, where nothing can sign: see [`Statements`].
const STATEMENTS: &str = include_str!("../fixtures/test-statements.json");

/// What is signed about the owner's name on a chain whose genesis hash is zero, where it was registered
/// in block 1. All are signatures of RSA-4096, for benchmarks.
#[derive(Clone, Debug)]
pub struct Statements {
	/// Who has the name.
	pub owner: Registration,
	/// Who gets it.
	pub heir: Registration,
	/// The owner's release of the record as it was registered.
	pub release: Vec<u8>,
	/// The same while the name is handed over.
	pub release_offered: Vec<u8>,
	/// The owner's hand-over of it to the heir until block 2.
	pub hand_over: Vec<u8>,
	/// The owner's cancellation of that.
	pub cancel_hand_over: Vec<u8>,
	/// The heir's acceptance of it.
	pub accept: Vec<u8>,
}

/// A registration as the chain takes it.
#[derive(Clone, Debug)]
pub struct Registration {
	/// The name, already lower case.
	pub name: Vec<u8>,
	/// The ID that the client claims.
	pub id: JamiId,
	/// The key's DER.
	pub key: Vec<u8>,
	/// The signature.
	pub signature: Vec<u8>,
}

#[derive(Deserialize)]
struct Posted {
	name: String,
	addr: String,
	signature: String,
	spki_der_hex: String,
}

/// The eight genuine registrations. The fifth and the sixth want the same name.
pub fn genuine_registrations() -> Vec<Registration> {
	read(GENUINE_REGISTRATIONS)
}

/// A registration by a 2048-bit key and one by a 3072-bit key, which are test keys.
pub fn small_key_registrations() -> Vec<Registration> {
	read(SMALL_KEY_REGISTRATIONS)
}

/// The statements of the benchmarks.
pub fn statements() -> Statements {
	let signed: alloc::collections::BTreeMap<String, String> =
		serde_json::from_str(STATEMENTS).expect("the fixture is valid JSON");
	let bytes = |field: &str| {
		let hex = signed.get(field).expect("the fixture has all fields");
		hex::decode(hex).expect("the fixture has hex")
	};
	let registration = |who: &str| {
		let key = bytes(&alloc::format!("{who} key"));
		let id = crate::proof::PublicKey::from_der(&key).expect("the fixture has keys").id();
		let signature = bytes(&alloc::format!("{who} signature"));
		Registration { name: b"pool-0000".to_vec(), id, key, signature }
	};
	Statements {
		owner: registration("owner"),
		heir: registration("heir"),
		release: bytes("release"),
		release_offered: bytes("release offered"),
		hand_over: bytes("hand over"),
		cancel_hand_over: bytes("cancel hand over"),
		accept: bytes("accept"),
	}
}

/// From here on `defensive!` panics in this thread. Without debug assertions it would only log.
///
/// Not a logger, since one of the tests that FRAME's runtime macro writes installs its own, which
/// forwards to `tracing`: what it forwards is caught there.
#[cfg(feature = "std")]
pub fn fail_on_defensive() {
	use tracing::subscriber::{set_default, DefaultGuard};
	use tracing_log::{log, LogTracer};
	std::thread_local!(static GUARD: DefaultGuard = {
		let _ = LogTracer::init(); // Fails where that test, or another thread, came first.
		log::set_max_level(log::LevelFilter::Error);
		set_default(FailOnDefensive)
	});
	GUARD.with(|_| ());
}

#[cfg(feature = "std")]
struct FailOnDefensive;

#[cfg(feature = "std")]
impl tracing::Subscriber for FailOnDefensive {
	fn enabled(&self, metadata: &tracing::Metadata) -> bool {
		metadata.target() == "runtime::defensive"
	}
	fn max_level_hint(&self) -> Option<tracing::metadata::LevelFilter> {
		Some(tracing::metadata::LevelFilter::ERROR)
	}
	fn event(&self, event: &tracing::Event) {
		panic!("{event:?}");
	}
	// There are no such spans.
	fn new_span(&self, _: &tracing::span::Attributes) -> tracing::span::Id {
		tracing::span::Id::from_u64(1)
	}
	fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record) {}
	fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
	fn enter(&self, _: &tracing::span::Id) {}
	fn exit(&self, _: &tracing::span::Id) {}
}

fn read(json: &str) -> Vec<Registration> {
	let posted: Vec<Posted> = serde_json::from_str(json).expect("the fixture is valid JSON");
	posted
		.into_iter()
		.map(|p| Registration {
			name: p.name.into_bytes(),
			id: JamiId(
				hex::decode(p.addr)
					.expect("the fixture has hex")
					.try_into()
					.expect("an ID has 20 bytes"),
			),
			key: hex::decode(p.spki_der_hex).expect("the fixture has hex"),
			signature: STANDARD.decode(p.signature).expect("the fixture has base64"),
		})
		.collect()
}
