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

/// Begins, in the wasm, the block of that number behind one of that other number.
fn initialize_block(parent: BlockNumber, number: BlockNumber) -> Result<Vec<u8>, String> {
	let wasm = WASM_BINARY.expect("the wasm is built with the tests");
	let fetch = WrappedRuntimeCode(wasm.into());
	let code = RuntimeCode { code_fetcher: &fetch, heap_pages: None, hash: vec![1] };
	let executor = WasmExecutor::<sp_io::SubstrateHostFunctions>::builder().build();
	let mut ext = chain("development");
	ext.execute_with(|| System::set_block_number(parent));
	let (result, _) = executor.call(
		&mut ext.ext(),
		&code,
		"Core_initialize_block",
		&header(number).encode(),
		CallContext::Onchain { import: false },
	);
	result.map_err(|error| error.to_string())
}

#[test]
fn arithmetic_in_the_wasm_traps_where_it_would_wrap() {
	assert!(initialize_block(0, 1).is_ok());
	assert!(initialize_block(BlockNumber::MAX - 1, BlockNumber::MAX).is_ok());
	// The block behind the last one would be number 0, if the sum wrapped.
	let error = initialize_block(BlockNumber::MAX, 0).unwrap_err();
	assert!(error.contains("panic_const_add_overflow"), "{error}");
}
