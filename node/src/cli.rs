//! The command line. Without a subcommand the node runs.

use sc_cli::{
	ChainInfoCmd, CheckBlockCmd, ExportBlocksCmd, ExportChainSpecCmd, ExportStateCmd,
	ImportBlocksCmd, KeySubcommand, PurgeChainCmd, RevertCmd, RunCmd,
};

#[derive(Debug, clap::Parser)]
pub struct Cli {
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	#[command(flatten)]
	pub run: RunCmd,
}

// The doc comments are the help text.
#[derive(Debug, clap::Subcommand)]
#[allow(clippy::large_enum_variant)] // One value per process.
pub enum Subcommand {
	/// Generate, inspect and insert keys.
	#[command(subcommand)]
	Key(KeySubcommand),

	/// Register a Jami name, give it up, hand it over: by the key of a Jami account.
	#[command(subcommand)]
	Jami(jns_jami::JamiCmd),

	/// Write the specification of a chain as JSON.
	ExportChainSpec(ExportChainSpecCmd),

	/// Execute a block once more and check it.
	CheckBlock(CheckBlockCmd),

	/// Write blocks to a file.
	ExportBlocks(ExportBlocksCmd),

	/// Write the state of a block as a raw chain specification.
	ExportState(ExportStateCmd),

	/// Read blocks from a file.
	ImportBlocks(ImportBlocksCmd),

	/// Delete the database of a chain.
	PurgeChain(PurgeChainCmd),

	/// Take back the newest blocks that are not finalized.
	Revert(RevertCmd),

	/// Print the best, the finalized and the genesis block of the database.
	ChainInfo(ChainInfoCmd),
}
