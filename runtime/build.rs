//! Builds the runtime's wasm, which the native crate embeds.

fn main() {
	// The target directory lies outside the checkout, where the builder would not find the lock file.
	// Asked when this runs: checkouts that share the directory share the compiled script too.
	#[cfg(feature = "std")]
	if let Ok(manifest_dir) = std::env::var("CARGO_MANIFEST_DIR") {
		std::env::set_var("WASM_BUILD_WORKSPACE_HINT", manifest_dir + "/..");
	}
	// clippy's compiler wrapper would reach the builder's own cargo, which then misses the target.
	#[cfg(feature = "std")]
	std::env::remove_var("RUSTC_WORKSPACE_WRAPPER");
	#[cfg(feature = "std")]
	substrate_wasm_builder::WasmBuilder::new()
		.with_current_project()
		.export_heap_base()
		.import_memory()
		// The builder compiles with profiles of its own, which know no overflow checks.
		.append_to_rust_flags("-Coverflow-checks=on")
		.build();
}
