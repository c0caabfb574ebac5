//! The JNS node: one solochain with BABE, GRANDPA and authority discovery.

#![allow(clippy::result_large_err)] // The SDK's error types are large.

mod chain_spec;
mod cli;
mod command;
mod rpc;
mod service;

fn main() -> sc_cli::Result<()> {
	command::run()
}
