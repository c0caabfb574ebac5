//! Builds the runtime's wasm, which the native crate embeds.

fn main() {
	#[cfg(feature = "std")]
	substrate_wasm_builder::WasmBuilder::new()
		.with_current_project()
		.export_heap_base()
		.import_memory()
		// The builder compiles with profiles of its own, which know no overflow checks.
		.append_to_rust_flags("-Coverflow-checks=on")
		.build();
}
