//! Nothing but its build script: see `build.rs`.
