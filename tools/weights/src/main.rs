//! Measures what the calls of a runtime, built with `runtime-benchmarks`, weigh, and writes weight
//! files. `scripts/weights` runs it.

use clap::Parser;
use frame_benchmarking_cli::PalletCmd;
use sp_runtime::traits::BlakeTwo256;

fn main() -> sc_cli::Result<()> {
	PalletCmd::parse().run_with_spec::<BlakeTwo256, sp_io::SubstrateHostFunctions>(None)
}
