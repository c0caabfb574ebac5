//! What the parts give together: indices, origins, presets, proxies, prices, the wasm.

mod admission;
mod blocks;
mod conformance;
mod elections;
mod equivocations;
mod eras;
mod fingerprint;
mod full_blocks;
mod governance;
mod grandpa_sets;
mod griefing;
mod keyless;
mod logics;
mod name_proof;
mod notice;
mod numbers;
mod operational;
mod pins;
mod presets;
mod prices;
mod root_calls;
mod slashes;
mod swap;
mod voters;
mod wasm;

use crate::{numbers::Numbers, *};
use codec::{Decode, Encode};
use frame_support::{
	assert_ok,
	dispatch::DispatchResultWithPostInfo,
	instances::{Instance1, Instance2},
};
use jns_primitives::{proof::PublicKey, test_support::Registration};
use sp_genesis_builder::PresetId;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob};
use sp_runtime::BuildStorage;

/// A chain that begins with that preset, in its first block.
fn chain(preset: &str) -> sp_io::TestExternalities {
	begin(genesis(preset))
}

/// A chain that begins with that preset and other numbers, in its first block.
fn chain_with(preset: &str, numbers: Numbers) -> sp_io::TestExternalities {
	let config = RuntimeGenesisConfig { chain_parameters: numbers.into(), ..genesis(preset) };
	begin(config)
}

/// A chain that begins with that genesis, in its first block.
fn begin(config: RuntimeGenesisConfig) -> sp_io::TestExternalities {
	let mut ext = sp_io::TestExternalities::from(config.build_storage().unwrap());
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// The genesis that a preset describes.
fn genesis(preset: &str) -> RuntimeGenesisConfig {
	let patch = genesis_config_presets::get_preset(&PresetId::from(preset)).unwrap();
	let patch: serde_json::Value = serde_json::from_slice(&patch).unwrap();
	let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).unwrap();
	merge(&mut config, patch);
	serde_json::from_value(config).unwrap()
}

/// RFC 7386, as the node merges a preset into the defaults.
fn merge(into: &mut serde_json::Value, patch: serde_json::Value) {
	match patch {
		serde_json::Value::Object(fields) => {
			for (name, value) in fields {
				merge(&mut into[name], value);
			}
		},
		value => *into = value,
	}
}

fn signed(who: Sr25519Keyring) -> RuntimeOrigin {
	RuntimeOrigin::signed(who.to_account_id())
}

fn register(who: Sr25519Keyring, r: &Registration) -> DispatchResultWithPostInfo {
	PermanentNames::register(signed(who), r.name.clone(), r.id, r.key.clone(), r.signature.clone())
}

/// Hash of the open proposal's call, which votes name.
fn open_hash() -> Hash {
	pallet_council::OpenProposal::<Runtime>::get().map(|open| open.call_hash).unwrap_or_default()
}

/// The hash that a vote on that call names.
fn hash_of(call: &RuntimeCall) -> Hash {
	use sp_runtime::traits::{BlakeTwo256, Hash as _};
	BlakeTwo256::hash_of(call)
}

/// Has Alice, who holds all stake on a new chain, propose and pass a call.
fn pass(call: impl Into<RuntimeCall>) -> pallet_council::Ending {
	let index = pallet_council::NextIndex::<Runtime>::get();
	assert_ok!(Council::propose(signed(Alice), Box::new(call.into()), 100));
	assert_ok!(Council::vote(signed(Alice), index, open_hash(), true));
	pallet_council::Outcomes::<Runtime>::get(index).expect("it is decided").ending
}
