//! The beginnings of a chain, by name.

use crate::{
	configs::MAX_VALIDATORS,
	numbers::{self, Numbers},
	*,
};
use alloc::{string::ToString, vec, vec::Vec};
use frame_support::build_struct_json_patch;
use jns_primitives::{council::Label, layout::NAMES_LABEL};
use pallet_staking::{Forcing, StakerStatus};
use serde_json::Value;
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_genesis_builder::PresetId;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::Perbill;

/// A quarter of the slots have a primary author, drawn by VRF; every slot has a secondary one, so that
/// blocks come every 3 seconds.
pub const BABE_EPOCH: BabeEpochConfiguration =
	BabeEpochConfiguration { c: (1, 4), allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots };

/// One validator; names can be registered at once.
pub const DEVELOPMENT: &str = "development";
/// Four validators; the council makes the store for names and selects the logic.
pub const LOCAL: &str = "local";

/// All the council's stake, which its creator holds at first.
pub const TOTAL_STAKE: Stake = 1_000_000_000;
/// What each development account begins with.
const ENDOWMENT: Balance = 1_000_000 * JNS;
/// What each development validator bonds.
const BOND: Balance = 10_000 * JNS;

/// The accounts that have money on development chains.
const FUNDED: [Sr25519Keyring; 13] = [
	Sr25519Keyring::Alice,
	Sr25519Keyring::Bob,
	Sr25519Keyring::Charlie,
	Sr25519Keyring::Dave,
	Sr25519Keyring::Eve,
	Sr25519Keyring::Ferdie,
	Sr25519Keyring::AliceStash,
	Sr25519Keyring::BobStash,
	Sr25519Keyring::CharlieStash,
	Sr25519Keyring::DaveStash,
	Sr25519Keyring::EveStash,
	Sr25519Keyring::FerdieStash,
	// Pays for what a development node registers as a name server.
	Sr25519Keyring::One,
];

/// A validator's stash and the keyrings of its session keys, as `--alice` and its like insert them.
type Validator = (Sr25519Keyring, Sr25519Keyring, Ed25519Keyring);

const ALICE: Validator = (Sr25519Keyring::AliceStash, Sr25519Keyring::Alice, Ed25519Keyring::Alice);
const BOB: Validator = (Sr25519Keyring::BobStash, Sr25519Keyring::Bob, Ed25519Keyring::Bob);
const CHARLIE: Validator =
	(Sr25519Keyring::CharlieStash, Sr25519Keyring::Charlie, Ed25519Keyring::Charlie);
const DAVE: Validator = (Sr25519Keyring::DaveStash, Sr25519Keyring::Dave, Ed25519Keyring::Dave);

/// What nobody may be called but by the council's leave.
const RESERVED: [&str; 8] =
	["admin", "council", "help", "jami", "jns", "ring", "savoirfairelinux", "support"];

/// A chain with these numbers, and one creator, Alice, who holds all stake of the council.
fn development_chain(
	numbers: Numbers,
	validators: &[Validator],
	stores: Vec<Label>,
	logic: Option<AccountId>,
	reserved: &[&str],
) -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		chain_parameters: numbers.into(),
		balances: pallet_balances::GenesisConfig {
			balances: FUNDED.iter().map(|key| (key.to_account_id(), ENDOWMENT)).collect(),
		},
		babe: pallet_babe::GenesisConfig { epoch_config: BABE_EPOCH },
		session: pallet_session::GenesisConfig {
			keys: validators
				.iter()
				.map(|(stash, sr, ed)| {
					let keys = SessionKeys {
						babe: sr.public().into(),
						grandpa: ed.public().into(),
						authority_discovery: sr.public().into(),
					};
					(stash.to_account_id(), stash.to_account_id(), keys)
				})
				.collect::<Vec<_>>(),
		},
		staking: pallet_staking::GenesisConfig {
			validator_count: validators.len() as u32,
			// Half of them, so that those who remain can be elected when the others are gone for
			// good. With fewer candidates the last set works on.
			minimum_validator_count: validators.len().div_ceil(2) as u32,
			stakers: validators
				.iter()
				.map(|(stash, _, _)| {
					let stash = stash.to_account_id();
					(stash.clone(), stash, BOND, StakerStatus::Validator)
				})
				.collect::<Vec<_>>(),
			force_era: Forcing::NotForcing,
			slash_reward_fraction: Perbill::from_percent(10),
			min_validator_bond: 1_000 * JNS,
			min_nominator_bond: 10 * JNS,
			max_validator_count: Some(2 * MAX_VALIDATORS),
			// With more candidates than an election takes, none would ever succeed again. Nominators
			// need no maximum, which anybody could use up: the largest bonds vote.
			max_nominator_count: None,
		},
		council: pallet_council::GenesisConfig {
			members: vec![(Sr25519Keyring::Alice.to_account_id(), TOTAL_STAKE)],
			stores,
			logic,
		},
		permanent_names: pallet_name_logic::GenesisConfig {
			reserved: reserved.iter().map(|name| name.to_string()).collect(),
		},
	})
}

/// The preset with that name, as a patch of the default genesis.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_str() {
		DEVELOPMENT => {
			let names = Label::truncate_from(NAMES_LABEL.to_vec());
			let logic = Some(PermanentNames::account_id());
			development_chain(numbers::DEVELOPMENT, &[ALICE], vec![names], logic, &RESERVED)
		},
		LOCAL => {
			let validators = [ALICE, BOB, CHARLIE, DAVE];
			development_chain(numbers::LOCAL, &validators, vec![], None, &[])
		},
		_ => return None,
	};
	serde_json::to_vec(&patch).ok()
}

/// Their names.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEVELOPMENT), PresetId::from(LOCAL)]
}
