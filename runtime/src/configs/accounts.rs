//! What accounts do together: batches, proxies, multisigs.

use super::money::deposit;
use crate::*;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	parameter_types,
	traits::{ConstU32, InstanceFilter},
};
use pallet_name_logic::Logics as _;
use scale_info::TypeInfo;
use sp_runtime::traits::BlakeTwo256;

impl pallet_utility::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PalletsOrigin = OriginCaller;
	type WeightInfo = pallet_utility::weights::SubstrateWeight<Runtime>;
}

parameter_types! {
	/// An account, its threshold, its timepoint and depositor.
	pub const MultisigDepositBase: Balance = deposit(1, 88);
	/// One more account.
	pub const MultisigDepositFactor: Balance = deposit(0, 32);
	/// An account's list of proxies.
	pub const ProxyDepositBase: Balance = deposit(1, 8);
	/// An account, its type and its delay.
	pub const ProxyDepositFactor: Balance = deposit(0, 37);
	/// A proxy's list of announcements.
	pub const AnnouncementDepositBase: Balance = deposit(1, 16);
	/// An account, a hash and a height.
	pub const AnnouncementDepositFactor: Balance = deposit(0, 68);
}

impl pallet_multisig::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type DepositBase = MultisigDepositBase;
	type DepositFactor = MultisigDepositFactor;
	type MaxSignatories = ConstU32<100>;
	type WeightInfo = pallet_multisig::weights::SubstrateWeight<Runtime>;
	type BlockNumberProvider = System;
}

/// What a proxy may do for its account.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum ProxyType {
	/// Everything.
	#[default]
	Any,
	/// Everything on a list, which has nothing that gives away money, stake, stores or rewards.
	NonTransfer,
	/// Bond, nominate, validate; rewards keep going where they went.
	Staking,
	/// Propose, withdraw and vote in the council, but not delegate.
	Voting,
	/// Register names and state what becomes of them.
	Names,
}

/// Returns whether a proxy for staking may make that call: every one that does not name who is paid.
fn is_staking(call: &RuntimeCall) -> bool {
	use pallet_staking::{Call as StakingCall, RewardDestination};
	match call {
		RuntimeCall::Staking(
			StakingCall::set_payee { .. }
			| StakingCall::bond { payee: RewardDestination::Account(_), .. },
		) => false,
		RuntimeCall::Staking(_) | RuntimeCall::Session(_) | RuntimeCall::VoterList(_) => true,
		_ => false,
	}
}

/// Returns whether the type `NonTransfer` may make that call. A pallet that is not listed here is
/// refused: a test wants every new one to be decided on.
fn is_no_transfer(call: &RuntimeCall) -> bool {
	use pallet_council::Call as CouncilCall;
	use pallet_eternal_storage::Call as StorageCall;
	match call {
		RuntimeCall::Council(CouncilCall::delegate { .. }) => false,
		RuntimeCall::EternalStorage(StorageCall::offer_ownership { .. }) => false,
		RuntimeCall::System(_)
		| RuntimeCall::Babe(_)
		| RuntimeCall::Grandpa(_)
		| RuntimeCall::Utility(_)
		| RuntimeCall::Proxy(_)
		| RuntimeCall::Multisig(_)
		| RuntimeCall::EternalStorage(_)
		| RuntimeCall::Council(_) => true,
		call => is_staking(call) || Logics::is_own(call),
	}
}

impl InstanceFilter<RuntimeCall> for ProxyType {
	fn filter(&self, call: &RuntimeCall) -> bool {
		use pallet_council::Call as CouncilCall;
		// The calls in a batch are filtered one by one.
		let batch = matches!(call, RuntimeCall::Utility(_));
		match self {
			Self::Any => true,
			Self::NonTransfer => is_no_transfer(call),
			Self::Staking => batch || is_staking(call),
			Self::Voting => {
				batch
					|| matches!(
						call,
						RuntimeCall::Council(
							CouncilCall::propose { .. }
								| CouncilCall::vote { .. }
								| CouncilCall::withdraw { .. }
								| CouncilCall::close { .. }
						)
					)
			},
			Self::Names => batch || Logics::is_own(call),
		}
	}

	fn is_superset(&self, other: &Self) -> bool {
		match (self, other) {
			(a, b) if a == b => true,
			(Self::Any, _) => true,
			(Self::NonTransfer, b) => *b != Self::Any,
			_ => false,
		}
	}
}

impl pallet_proxy::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type Currency = Balances;
	type ProxyType = ProxyType;
	type ProxyDepositBase = ProxyDepositBase;
	type ProxyDepositFactor = ProxyDepositFactor;
	type MaxProxies = ConstU32<32>;
	type WeightInfo = pallet_proxy::weights::SubstrateWeight<Runtime>;
	type MaxPending = ConstU32<32>;
	type CallHasher = BlakeTwo256;
	type AnnouncementDepositBase = AnnouncementDepositBase;
	type AnnouncementDepositFactor = AnnouncementDepositFactor;
	type BlockNumberProvider = System;
}
