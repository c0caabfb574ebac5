//! Tells a validator's operator what keeps it from validating.
//!
//! Once in a session, and when something changes: keys that the keystore lacks, an offence, a slash
//! that will take effect, an era that does not end.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_core::crypto::KeyTypeId;
use sp_keystore::KeystorePtr;
use substrate_prometheus_endpoint::{register, Gauge, PrometheusError, Registry, F64, U64};

use super::unix_time;
use crate::service::FullClient;
use jns_primitives::{
	api::{EraInfo, SessionKey, ValidatorInfo, ValidatorsApi},
	AccountId, JNS,
};

/// Time between two looks: two slots.
const PERIOD: Duration = Duration::from_secs(6);

/// Eras that the present one may take, before it is late.
const PATIENCE: u64 = 2;

/// The validators of a session.
type Validators = Vec<ValidatorInfo<AccountId>>;

/// Something that an operator has to know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Finding {
	/// No validator of the session has a key of this keystore.
	NoValidator { session: u32 },
	/// The keystore lacks a key that a validator of its own works with.
	MissingKey { session: u32, account: AccountId, key_type: String },
	/// The keystore lacks a key that a validator of its own has registered.
	MissingNextKey { session: u32, account: AccountId, key_type: String },
	/// A validator of its own may not author blocks until the era ends.
	Disabled { account: AccountId },
	/// A slash of a validator of its own has not taken effect yet.
	Slashed { account: AccountId, amount: u128 },
	/// The era should have ended.
	EraLate { era: u32 },
}

impl std::fmt::Display for Finding {
	fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
		match self {
			Self::NoValidator { session } => write!(
				f,
				"this node runs as a validator, but its keystore has no key of a validator of \
				session {session}: it authors no blocks. Register keys made by \
				author_rotateKeysWithOwner, or wait until they are elected"
			),
			Self::MissingKey { session, account, key_type } => write!(
				f,
				"the keystore lacks the key `{key_type}` that validator {account} works with in \
				session {session}"
			),
			Self::MissingNextKey { session, account, key_type } => write!(
				f,
				"the keystore lacks the key `{key_type}` that validator {account} has registered \
				(seen in session {session}): it will validate no more"
			),
			Self::Disabled { account } => write!(
				f,
				"validator {account} was caught at an offence and may author no blocks until the \
				era ends"
			),
			Self::Slashed { account, amount } => write!(
				f,
				"validator {account} will lose {} JNS of its bond when the slash takes effect, \
				unless the council cancels it",
				amount.div_ceil(JNS)
			),
			Self::EraLate { era } => write!(
				f,
				"era {era} has lasted more than twice as long as it should: no election succeeds, \
				or most blocks are missing"
			),
		}
	}
}

/// Judges what the chain says, with the keys that `has` knows.
fn findings(
	validators: &Validators,
	era: &EraInfo,
	now: Duration,
	has: impl Fn(&SessionKey) -> bool,
) -> BTreeSet<Finding> {
	let session = era.session;
	let name = |key: &SessionKey| String::from_utf8_lossy(&key.0).into_owned();
	let mut found = BTreeSet::new();
	let mut own = validators.iter().filter(|one| one.keys.iter().any(&has)).peekable();
	if own.peek().is_none() {
		found.insert(Finding::NoValidator { session });
	}
	for one in own {
		let account = || one.account.clone();
		for key in one.keys.iter().filter(|key| !has(key)) {
			let key_type = name(key);
			found.insert(Finding::MissingKey { session, account: account(), key_type });
		}
		for key in one.registered_keys.iter().filter(|key| !has(key)) {
			let key_type = name(key);
			found.insert(Finding::MissingNextKey { session, account: account(), key_type });
		}
		if one.disabled {
			found.insert(Finding::Disabled { account: account() });
		}
		if one.deferred_slash > 0 {
			found.insert(Finding::Slashed { account: account(), amount: one.deferred_slash });
		}
	}
	if let Some((started, length)) = era.started.zip(era.length) {
		let lasted = (now.as_millis() as u64).saturating_sub(started);
		if lasted > length.saturating_mul(PATIENCE) {
			found.insert(Finding::EraLate { era: era.active_era });
		}
	}
	found
}

/// The figures behind the alerts.
struct Metrics {
	keys_missing: Gauge<U64>,
	disabled: Gauge<U64>,
	deferred_slash: Gauge<F64>,
	era_late: Gauge<U64>,
}

impl Metrics {
	fn new(registry: &Registry) -> Result<Self, PrometheusError> {
		Ok(Self {
			keys_missing: register(
				Gauge::new(
					"jns_session_keys_missing",
					"Session keys that the keystore lacks; 1 as well if no validator is this node's.",
				)?,
				registry,
			)?,
			disabled: register(
				Gauge::new(
					"jns_validators_disabled",
					"Validators of this node's that may author no blocks until the era ends.",
				)?,
				registry,
			)?,
			deferred_slash: register(
				Gauge::new(
					"jns_deferred_slash_jns",
					"Slashes of validators of this node's that have not taken effect, in JNS.",
				)?,
				registry,
			)?,
			era_late: register(
				Gauge::new(
					"jns_era_late",
					"1 while the era has lasted more than twice as long as it should.",
				)?,
				registry,
			)?,
		})
	}

	fn set(&self, found: &BTreeSet<Finding>) {
		let count = |is: fn(&Finding) -> bool| found.iter().filter(|one| is(one)).count() as u64;
		self.keys_missing.set(count(|one| {
			matches!(
				one,
				Finding::NoValidator { .. }
					| Finding::MissingKey { .. }
					| Finding::MissingNextKey { .. }
			)
		}));
		self.disabled.set(count(|one| matches!(one, Finding::Disabled { .. })));
		self.era_late.set(count(|one| matches!(one, Finding::EraLate { .. })));
		let slashes = found.iter().map(|one| match one {
			Finding::Slashed { amount, .. } => *amount as f64 / JNS as f64,
			_ => 0.0,
		});
		self.deferred_slash.set(slashes.sum());
	}
}

/// Watches the validators of this keystore until the node ends.
pub async fn watch(client: Arc<FullClient>, keystore: KeystorePtr, registry: Option<Registry>) {
	let metrics = registry.as_ref().map(Metrics::new).transpose().unwrap_or_else(|error| {
		log::warn!("The metrics of the validator are not there: {error}");
		None
	});
	let mut known = BTreeSet::new();
	let mut failing = false;
	loop {
		let best = client.info().best_hash;
		let answers = {
			let api = client.runtime_api();
			(api.validators(best), api.era(best))
		};
		match answers {
			(Ok(validators), Ok(era)) => {
				failing = false;
				let has = |(key_type, key): &SessionKey| {
					keystore.has_keys(&[(key.clone(), KeyTypeId(*key_type))])
				};
				let found = findings(&validators, &era, unix_time(), has);
				for finding in found.difference(&known) {
					log::warn!("Validator: {finding}");
				}
				if let Some(metrics) = &metrics {
					metrics.set(&found);
				}
				known = found;
			},
			(Err(error), _) | (_, Err(error)) if !failing => {
				failing = true;
				log::warn!("The validator cannot be watched: {error}");
			},
			_ => {},
		}
		tokio::time::sleep(PERIOD).await;
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn key(key_type: &[u8; 4], byte: u8) -> SessionKey {
		(*key_type, vec![byte; 32])
	}

	fn validator(byte: u8) -> ValidatorInfo<AccountId> {
		let keys = vec![key(b"babe", byte), key(b"gran", byte)];
		ValidatorInfo {
			account: AccountId::new([byte; 32]),
			registered_keys: keys.clone(),
			keys,
			disabled: false,
			deferred_slash: 0,
		}
	}

	fn era(started: u64, length: Option<u64>) -> EraInfo {
		EraInfo { session: 7, active_era: 2, started: Some(started), length }
	}

	/// Findings of a node that has the keys of validator 1, except these.
	fn found(
		change: impl Fn(&mut ValidatorInfo<AccountId>),
		lacks: &[SessionKey],
		lasted: u64,
	) -> Vec<Finding> {
		let mut validators = vec![validator(1), validator(2)];
		change(&mut validators[0]);
		let has = |key: &SessionKey| key.1 == [1; 32] && !lacks.contains(key);
		let now = Duration::from_millis(1_000 + lasted);
		findings(&validators, &era(1_000, Some(100)), now, has).into_iter().collect()
	}

	#[test]
	fn a_validator_that_works_has_nothing_to_say() {
		assert_eq!(found(|_| (), &[], 200), []);
	}

	#[test]
	fn each_key_that_is_missing_is_named() {
		let account = AccountId::new([1; 32]);
		let lacks = |keys: &[SessionKey]| found(|one| one.registered_keys.clear(), keys, 0);
		assert_eq!(
			lacks(&[key(b"gran", 1)]),
			[Finding::MissingKey { session: 7, account: account.clone(), key_type: "gran".into() }]
		);
		assert_eq!(
			lacks(&[key(b"gran", 1), key(b"babe", 1)]),
			[Finding::NoValidator { session: 7 }]
		);
		let wrong = |one: &mut ValidatorInfo<_>| one.registered_keys = vec![key(b"babe", 9)];
		assert_eq!(
			found(wrong, &[], 0),
			[Finding::MissingNextKey { session: 7, account, key_type: "babe".into() }]
		);
	}

	#[test]
	fn offences_of_its_own_validators_alone_are_told() {
		let offend = |one: &mut ValidatorInfo<_>| {
			one.disabled = true;
			one.deferred_slash = 3;
		};
		let account = || AccountId::new([1; 32]);
		let expected = [
			Finding::Disabled { account: account() },
			Finding::Slashed { account: account(), amount: 3 },
		];
		assert_eq!(found(offend, &[], 0), expected);

		let mut validators = vec![validator(1), validator(2)];
		offend(&mut validators[1]);
		let has = |key: &SessionKey| key.1 == [1; 32];
		let found = findings(&validators, &era(0, None), Duration::ZERO, has);
		assert_eq!(found, BTreeSet::new());
	}

	#[test]
	fn an_era_is_late_after_twice_its_time() {
		assert_eq!(found(|_| (), &[], 201), [Finding::EraLate { era: 2 }]);
		let found = findings(&vec![validator(1)], &era(0, None), Duration::MAX, |_| true);
		assert_eq!(found, BTreeSet::new(), "eras are switched off");
	}
}
