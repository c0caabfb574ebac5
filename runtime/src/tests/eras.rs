//! Chains with as many validators and nominators as a test wants, and their blocks, sessions and eras.

use super::*;
use pallet_staking::{ActiveEra, CurrentEra, StakerStatus};
use sp_consensus_babe::digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest};
use sp_core::{ed25519, sr25519};
use sp_runtime::{generic::Digest, traits::Header as _, DigestItem};

/// The numbers in which chains differ and on which staking depends.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
	pub epoch_slots: u64,
	pub sessions: u32,
	pub bonding: u32,
}

/// Development and local chains.
pub const DEVELOPMENT: Numbers = Numbers { epoch_slots: 20, sessions: 3, bonding: 3 };
/// Live chains.
pub const LIVE: Numbers = Numbers { epoch_slots: 1_200, sessions: 6, bonding: 28 };
/// The least that a chain can have: with one session to an era, the next would always be planned.
pub const LEAST: Numbers = Numbers { epoch_slots: 1, sessions: 2, bonding: 1 };

/// Money of each validator.
pub const ENDOWMENT: Balance = 100_000 * JNS;
/// Part of that money which each validator bonds.
pub const BOND: Balance = 10_000 * JNS;

/// The account of a validator or a nominator.
pub fn account(kind: &str, index: u32) -> AccountId {
	AccountId::new(sp_io::hashing::blake2_256(&(kind, index).encode()))
}

pub fn stash(index: u32) -> AccountId {
	account("stash", index)
}

pub fn nominator(index: u32) -> AccountId {
	account("nominator", index)
}

/// Public keys that nobody has a secret of: nothing here is signed with them.
fn keys(index: u32) -> SessionKeys {
	let bytes = |kind: &str| sp_io::hashing::blake2_256(&(kind, index).encode());
	SessionKeys {
		babe: sr25519::Public::from_raw(bytes("babe")).into(),
		grandpa: ed25519::Public::from_raw(bytes("grandpa")).into(),
		authority_discovery: sr25519::Public::from_raw(bytes("discovery")).into(),
	}
}

/// A nominator's bond and the validators for whom it votes.
pub type Nominator = (Balance, Vec<u32>);

/// The genesis of a chain with so many candidates, all of whom bond [`BOND`].
pub fn genesis_with(
	numbers: Numbers,
	candidates: u32,
	elected: u32,
	nominators: Vec<Nominator>,
) -> RuntimeGenesisConfig {
	let mut config = genesis(genesis_config_presets::LOCAL);
	config.chain_parameters.epoch_duration = Some(numbers.epoch_slots);
	config.chain_parameters.sessions_per_era = Some(numbers.sessions);
	config.chain_parameters.bonding_duration = Some(numbers.bonding);
	config.staking.validator_count = elected;
	config.staking.minimum_validator_count = 1;
	let stashes = (0..candidates).map(stash);
	config.session.keys =
		(0..candidates).map(|index| (stash(index), stash(index), keys(index))).collect();
	config.staking.stakers = stashes
		.clone()
		.map(|stash| (stash.clone(), stash, BOND, StakerStatus::Validator))
		.collect();
	config.balances.balances.extend(stashes.map(|stash| (stash, ENDOWMENT)));
	for (index, (bond, votes)) in (0..).zip(nominators) {
		let who = nominator(index);
		config.balances.balances.push((who.clone(), bond + JNS));
		let votes = StakerStatus::Nominator(votes.into_iter().map(stash).collect());
		config.staking.stakers.push((who.clone(), who, bond, votes));
	}
	config
}

/// A chain with so many validators, in its first block.
pub fn chain_of(numbers: Numbers, validators: u32) -> sp_io::TestExternalities {
	let mut ext = begin(genesis_with(numbers, validators, validators, vec![]));
	ext.execute_with(|| block(1_000));
	ext
}

/// Makes the next block, in that slot, by the first validator that is not disabled.
pub fn block(slot: u64) {
	begin_block(slot);
	Executive::finalize_block();
}

/// Begins the next block, with its inherent.
pub fn begin_block(slot: u64) {
	let disabled = Session::disabled_validators();
	let author = (0..).find(|index| !disabled.contains(index)).expect("some are not");
	begin_block_of(slot, author);
}

/// Begins the next block, of the validator with that index.
pub fn begin_block_of(slot: u64, authority_index: u32) {
	let digest =
		PreDigest::SecondaryPlain(SecondaryPlainPreDigest { authority_index, slot: slot.into() });
	let digest =
		Digest { logs: vec![<DigestItem as CompatibleDigestItem>::babe_pre_digest(digest)] };
	let number = System::block_number() + 1;
	let parent = Hash::from_low_u64_be(number.into());
	Executive::initialize_block(&Header::new(
		number,
		Default::default(),
		Default::default(),
		parent,
		digest,
	));
	let now = pallet_timestamp::Call::set { now: slot * configs::SLOT_MILLIS };
	let xt = UncheckedExtrinsic::new_bare(now.into());
	assert_ok!(Executive::apply_extrinsic(xt).expect("an inherent is valid"));
}

/// Makes the first block of the next session.
pub fn next_session() {
	let before = Session::current_index();
	block(next_epoch_slot());
	assert_eq!(Session::current_index(), before + 1);
}

/// The slot in which the next session begins.
pub fn next_epoch_slot() -> u64 {
	*pallet_babe::CurrentSlot::<Runtime>::get() + chain_parameters::EpochDuration::get()
}

/// Makes the first block of the next era.
pub fn next_era() {
	let before = active_era();
	for _ in 0..2 * chain_parameters::SessionsPerEra::get() {
		next_session();
		if active_era() != before {
			return;
		}
	}
	panic!("era {before} does not end");
}

pub fn active_era() -> u32 {
	ActiveEra::<Runtime>::get().expect("eras run").index
}

/// Whether this is the last session of the active era, in which the next one is planned.
pub fn is_last_session() -> bool {
	CurrentEra::<Runtime>::get().expect("eras run") > active_era()
}

/// The eras for which bonds are liable.
pub fn bonding() -> u32 {
	<Runtime as pallet_staking::Config>::BondingDuration::get()
}
