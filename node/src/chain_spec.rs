//! The chains that a node can start by name. Their genesis is the runtime's: see its presets.

use sc_chain_spec::{get_extension, ChainSpecExtension};
use sc_client_api::{BadBlocks, ForkBlocks};
use sc_service::{ChainType, Properties};
use sc_sync_state_rpc::LightSyncStateExtension;
use serde::{Deserialize, Serialize};

use crate::hard_forks::{GrandpaHardFork, GrandpaHardForks};
use jns_primitives::Block;

pub type ChainSpec = sc_service::GenericChainSpec<Extensions>;

#[derive(Clone, Default, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// Blocks that a chain has at these heights: no other is imported there.
	pub fork_blocks: ForkBlocks<Block>,
	/// Blocks that are never imported.
	pub bad_blocks: BadBlocks<Block>,
	/// Where a light client starts. The sync state RPC fills it in, and needs it to be here.
	pub light_sync_state: LightSyncStateExtension,
	/// Forced changes of GRANDPA's authorities, behind which a warp sync begins.
	pub grandpa_hard_forks: GrandpaHardForks,
}

/// The forced changes that a specification lists.
pub fn hard_forks(spec: &dyn sc_service::ChainSpec) -> &[GrandpaHardFork] {
	let listed = get_extension::<GrandpaHardForks>(spec.extensions());
	listed.and_then(Option::as_deref).unwrap_or_default()
}

pub fn development() -> Result<ChainSpec, String> {
	from_preset("JNS Development", "jns-dev", ChainType::Development, "development")
}

pub fn local() -> Result<ChainSpec, String> {
	from_preset("JNS Local", "jns-local", ChainType::Local, "local")
}

fn from_preset(name: &str, id: &str, kind: ChainType, preset: &str) -> Result<ChainSpec, String> {
	let wasm = jns_runtime::WASM_BINARY.ok_or("built without the runtime (SKIP_WASM_BUILD)")?;
	let mut properties = Properties::new();
	properties.insert("ss58Format".into(), 42.into());
	properties.insert("tokenSymbol".into(), "JNS".into());
	properties.insert("tokenDecimals".into(), 12.into());
	Ok(ChainSpec::builder(wasm, Extensions::default())
		.with_name(name)
		.with_id(id)
		.with_chain_type(kind)
		.with_protocol_id("jns")
		.with_properties(properties)
		.with_genesis_config_preset_name(preset)
		.build())
}

#[cfg(test)]
mod tests {
	use super::*;
	use jns_primitives::{BlockNumber, Hash};
	use serde_json::{json, Value};

	/// A specification with these extensions, as it was written before there were others.
	fn with(extensions: Value) -> Result<ChainSpec, String> {
		let mut spec = json!({
			"name": "Test",
			"id": "test",
			"chainType": "Live",
			"bootNodes": [],
			"genesis": { "raw": { "top": {}, "childrenDefault": {} } },
		});
		for (name, value) in extensions.as_object().unwrap() {
			spec[name] = value.clone();
		}
		ChainSpec::from_json_bytes(spec.to_string().into_bytes())
	}

	#[test]
	fn old_specifications_without_extensions_load() {
		let spec = with(json!({ "lightSyncState": null })).unwrap();
		assert!(hard_forks(&spec).is_empty());
		assert_eq!(get_extension::<ForkBlocks<Block>>(spec.extensions()), Some(&None));
		assert_eq!(get_extension::<BadBlocks<Block>>(spec.extensions()), Some(&None));
		assert!(hard_forks(&with(json!({})).unwrap()).is_empty());
	}

	#[test]
	fn extensions_are_found_where_the_sdk_looks_for_them() {
		let (good, bad) = (Hash::repeat_byte(1), Hash::repeat_byte(2));
		let key = Hash::repeat_byte(3);
		let spec = with(json!({
			"forkBlocks": [[7, good]],
			"badBlocks": [bad],
			"grandpaHardForks": [{
				"setId": 2,
				"authorities": [{ "key": key, "weight": 1 }],
				"block": { "number": 90, "hash": good },
				"lastFinalized": 40,
			}],
		}))
		.unwrap();
		// Written and read again, plain and raw.
		for raw in [false, true] {
			let again =
				ChainSpec::from_json_bytes(spec.as_json(raw).unwrap().into_bytes()).unwrap();
			let extensions = again.extensions();
			let blocks: Vec<(BlockNumber, Hash)> = vec![(7, good)];
			assert_eq!(get_extension::<ForkBlocks<Block>>(extensions), Some(&Some(blocks)));
			let never = Some([bad].into_iter().collect());
			assert_eq!(get_extension::<BadBlocks<Block>>(extensions), Some(&never));
			let [fork] = hard_forks(&again) else { panic!("one fork is listed") };
			assert_eq!((fork.set_id, fork.block.hash, fork.last_finalized), (2, good, 40));
			assert_eq!(fork.authorities[0].key, key);
		}
	}

	#[test]
	fn a_fork_that_is_not_complete_is_an_error() {
		assert!(with(json!({ "grandpaHardForks": [{ "setId": 2 }] })).is_err());
	}
}
