//! The chains that a node can start by name. Their genesis is the runtime's: see its presets.

use sc_chain_spec::ChainSpecExtension;
use sc_service::{ChainType, Properties};
use sc_sync_state_rpc::LightSyncStateExtension;
use serde::{Deserialize, Serialize};

pub type ChainSpec = sc_service::GenericChainSpec<Extensions>;

#[derive(Clone, Default, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// Where a light client starts. The sync state RPC fills it in, and needs it to be here.
	pub light_sync_state: LightSyncStateExtension,
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
