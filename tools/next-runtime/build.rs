//! Builds the runtime with the feature `next`. Folder and settings are those of `runtime/build.rs`, so
//! that the two wasms share what they have in common. The runtime's `links` has cargo run the one
//! script after the other.

fn main() {
	// Asked when this runs: checkouts that share a target directory share the compiled script too.
	let manifest_dir = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
	let root = std::fs::canonicalize(manifest_dir + "/../..").expect("this lies in the repository");
	std::env::set_var("WASM_BUILD_WORKSPACE_HINT", &root);
	// clippy's compiler wrapper would reach the builder's own cargo, which then misses the target.
	std::env::remove_var("RUSTC_WORKSPACE_WRAPPER");
	substrate_wasm_builder::WasmBuilder::new()
		.with_project(root.join("runtime/Cargo.toml"))
		.expect("the runtime has a manifest")
		.enable_feature("next")
		.set_file_name("next")
		.export_heap_base()
		.import_memory()
		.append_to_rust_flags("-Coverflow-checks=on")
		.build();
}
