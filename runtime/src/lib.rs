//! # The JNS runtime
//!
//! Proof of stake (BABE, GRANDPA, NPoS), the council, the eternal storage and the name logics. There
//! is no sudo: root is reached through the council's one narrow door alone.

#![cfg_attr(not(feature = "std"), no_std)]
// The runtime macro's expansion nests deeply.
#![recursion_limit = "256"]

extern crate alloc;

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
pub mod chain_parameters;
pub mod configs;
pub mod genesis_config_presets;
pub mod grandpa_sets;
mod migrations;
pub mod numbers;
pub mod operational;
#[cfg(feature = "std")]
pub mod signing;
#[cfg(test)]
mod tests;
mod validators;
pub mod weights;

pub use apis::{RuntimeApi, RUNTIME_API_VERSIONS};
pub use configs::ProxyType;
pub use jns_primitives::{
	AccountId, Balance, BlockNumber, Hash, Header, Nonce, Signature, Stake, JNS, MILLI_JNS,
};

use alloc::{borrow::Cow, vec::Vec};
use sp_runtime::{generic, impl_opaque_keys, MultiAddress};
use sp_version::RuntimeVersion;

/// What senders write accounts as.
pub type Address = MultiAddress<AccountId, ()>;

/// What every signed transaction carries besides its call.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	operational::AdmitOperational<pallet_transaction_payment::ChargeTransactionPayment<Runtime>>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);

/// An extrinsic of this runtime.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;

/// A block of this runtime.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;

/// What runs blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

impl_opaque_keys! {
	/// The keys with which a validator works.
	pub struct SessionKeys {
		/// Authors blocks.
		pub babe: Babe,
		/// Finalizes them.
		pub grandpa: GrandpaSets,
		/// Signs where the validator can be reached.
		pub authority_discovery: AuthorityDiscovery,
	}
}

/// What one release is made of: its number, its name logics, and the pallets that it has besides all
/// those which every release has.
macro_rules! release {
	(spec_version: $spec_version:tt, logics: $logics:ty, more_pallets: { $($more:tt)* }) => {
		/// Which runtime this is. `spec_version` encodes the release: 1.4.2 is 1_004_002.
		/// `transaction_version` moves when a call's encoding or an extension does.
		#[sp_version::runtime_version]
		pub const VERSION: RuntimeVersion = RuntimeVersion {
			spec_name: Cow::Borrowed("jns"),
			impl_name: Cow::Borrowed("jns"),
			authoring_version: 1,
			spec_version: $spec_version,
			impl_version: 0,
			apis: RUNTIME_API_VERSIONS,
			transaction_version: 4,
			system_version: 1,
		};

		/// The name logics, of which the council selects one. What the runtime answers to clients, what
		/// proxies for names may call and what a registration costs follow from this list.
		pub type Logics = $logics;

		#[frame_support::runtime]
		mod runtime {
			#[runtime::runtime]
			#[runtime::derive(
				RuntimeCall,
				RuntimeEvent,
				RuntimeError,
				RuntimeOrigin,
				RuntimeFreezeReason,
				RuntimeHoldReason,
				RuntimeSlashReason,
				RuntimeLockId,
				RuntimeTask,
				RuntimeViewFunction
			)]
			pub struct Runtime;

			// The chain itself. Indices are part of every call's encoding and are never reused.
			#[runtime::pallet_index(0)]
			pub type System = frame_system;
			#[runtime::pallet_index(1)]
			pub type Timestamp = pallet_timestamp;
			/// Before everything whose genesis reads its parameters.
			#[runtime::pallet_index(2)]
			pub type ChainParameters = chain_parameters;

			// Consensus. BABE comes before the session, which it triggers.
			#[runtime::pallet_index(10)]
			pub type Babe = pallet_babe;
			#[runtime::pallet_index(11)]
			pub type Authorship = pallet_authorship;
			#[runtime::pallet_index(12)]
			pub type Balances = pallet_balances;
			#[runtime::pallet_index(13)]
			pub type TransactionPayment = pallet_transaction_payment;
			#[runtime::pallet_index(14)]
			pub type Staking = pallet_staking;
			#[runtime::pallet_index(15)]
			pub type Offences = pallet_offences;
			#[runtime::pallet_index(16)]
			pub type Historical = pallet_session::historical;
			#[runtime::pallet_index(17)]
			pub type Session = pallet_session;
			#[runtime::pallet_index(18)]
			pub type Grandpa = pallet_grandpa;
			#[runtime::pallet_index(19)]
			pub type AuthorityDiscovery = pallet_authority_discovery;
			/// Voters of elections, sorted by their bonds.
			#[runtime::pallet_index(20)]
			pub type VoterList = pallet_bags_list;
			/// Has to be asked in place of GRANDPA's pallet when a session begins.
			#[runtime::pallet_index(21)]
			pub type GrandpaSets = grandpa_sets;

			// Accounts.
			#[runtime::pallet_index(30)]
			pub type Utility = pallet_utility;
			#[runtime::pallet_index(31)]
			pub type Proxy = pallet_proxy;
			#[runtime::pallet_index(32)]
			pub type Multisig = pallet_multisig;

			// Upgrades.
			#[runtime::pallet_index(40)]
			pub type Migrations = pallet_migrations;

			// What this chain is for. The storage comes before the council, which makes stores at genesis.
			#[runtime::pallet_index(50)]
			pub type EternalStorage = pallet_eternal_storage;
			#[runtime::pallet_index(51)]
			pub type Council = pallet_council;
			#[runtime::pallet_index(52)]
			pub type PermanentNames = pallet_name_logic<Instance1>;
			#[runtime::pallet_index(53)]
			pub type LivingNames = pallet_name_logic<Instance2>;

			$($more)*
		}

		// By a trait that is the runtime macro's own.
		pub(crate) fn inherent_extrinsics(
			data: sp_inherents::InherentData,
		) -> Vec<UncheckedExtrinsic> {
			data.create_extrinsics()
		}

		pub(crate) fn check_inherents(
			block: <Block as sp_runtime::traits::Block>::LazyBlock,
			data: sp_inherents::InherentData,
		) -> sp_inherents::CheckInherentsResult {
			data.check_extrinsics(&block)
		}
	};
}

#[cfg_attr(feature = "next", path = "next/mod.rs")]
mod release;
pub use release::*;
