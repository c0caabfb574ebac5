//! The wasm of the runtime's feature `next`: see `build.rs`.

include!(concat!(env!("OUT_DIR"), "/next"));

pub use jns_runtime::VERSION;
