//! The JNS node: one solochain with BABE, GRANDPA and authority discovery.

#![allow(clippy::result_large_err)] // The SDK's error types are large.

mod chain_spec;
mod cli;
mod command;
mod commands;
mod consensus;
mod council_watch;
mod hard_forks;
mod name_proof;
mod name_server;
mod precautions;
mod rpc;
mod service;
mod warp_proof;

use std::process::ExitCode;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		// For people: what went wrong, and not how it is represented.
		Err(error) => {
			eprintln!("error: {error}");
			ExitCode::FAILURE
		},
	}
}
