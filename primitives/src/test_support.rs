//! Genuine registrations, made by the Jami daemon of Debian 12, for tests and benchmarks, and a guard
//! for mocks.

pub mod conformance;
#[cfg(feature = "std")]
pub mod identities;

use crate::JamiId;
use alloc::{string::String, vec::Vec};
use base64::{engine::general_purpose::STANDARD, Engine};
use serde::Deserialize;

/// The bodies that the client posted, with what they decode to.
pub const GENUINE_REGISTRATIONS: &str = include_str!("../fixtures/registrations.json");

/// Registrations by keys of 2048 and 3072 bits, made with OpenSSL for tests, in the same form.
pub const SMALL_KEY_REGISTRATIONS: &str = include_str!("../fixtures/test-keys.json");

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
