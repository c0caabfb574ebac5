//! What only the wasm can show.

use super::*;
use sc_executor::WasmExecutor;
use sp_core::traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode};
use sp_runtime::Digest;

fn header(number: BlockNumber) -> Header {
	Header {
		number,
		parent_hash: Hash::zero(),
		state_root: Hash::zero(),
		extrinsics_root: Hash::zero(),
		digest: Digest::default(),
	}
}

/// Begins a block of that number in the wasm.
fn initialize_block(number: BlockNumber) -> Result<Vec<u8>, String> {
	let wasm = WASM_BINARY.expect("the wasm is built with the tests");
	let fetch = WrappedRuntimeCode(wasm.into());
	let code = RuntimeCode { code_fetcher: &fetch, heap_pages: None, hash: vec![1] };
	let executor = WasmExecutor::<sp_io::SubstrateHostFunctions>::builder().build();
	let mut ext = chain("development");
	let mut ext = ext.ext();
	let (result, _) = executor.call(
		&mut ext,
		&code,
		"Core_initialize_block",
		&header(number).encode(),
		CallContext::Onchain,
	);
	result.map_err(|error| error.to_string())
}

#[test]
fn arithmetic_in_the_wasm_traps_where_it_would_wrap() {
	assert!(initialize_block(1).is_ok());
	// The parent of block 0 would have the number 0 - 1.
	let error = initialize_block(0).unwrap_err();
	assert!(error.contains("attempt to subtract with overflow"), "{error}");
}
