//! Blocks made by `Executive`, slot by slot, as a node makes them.

use super::*;
use crate::signing::{extension, sign, Signed};
use sp_consensus_babe::digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest};
use sp_runtime::{
	generic::{Digest, Era},
	traits::Header as _,
	transaction_validity::InvalidTransaction,
	ApplyExtrinsicResult, DigestItem, ExtrinsicInclusionMode,
};

/// Slot of the first block.
const FIRST_SLOT: u64 = 1_000;

/// A chain, behind its last block.
pub struct Blocks {
	ext: sp_io::TestExternalities,
	/// Slot of the next block.
	slot: u64,
	last: Header,
}

/// Results of a block.
pub struct Made {
	/// Kinds of extrinsics that a node may put into it.
	pub mode: ExtrinsicInclusionMode,
	/// Its header, with the digests of consensus and without a seal.
	pub header: Header,
	/// Results of what was applied to it besides the inherents.
	pub results: Vec<ApplyExtrinsicResult>,
	/// Events in it.
	pub events: Vec<RuntimeEvent>,
}

impl Blocks {
	/// A chain without blocks, which begins with that preset and these numbers.
	pub fn new(preset: &str, numbers: Numbers) -> Self {
		let config = RuntimeGenesisConfig { chain_parameters: numbers.into(), ..genesis(preset) };
		let ext = sp_io::TestExternalities::from(config.build_storage().unwrap());
		let last = header(0, Hash::zero(), Digest::default());
		let mut blocks = Self { ext, slot: FIRST_SLOT, last };
		let genesis = blocks.with(|| System::block_hash(0));
		blocks.last.parent_hash = genesis;
		blocks
	}

	/// Reads the state.
	pub fn with<R>(&mut self, read: impl FnOnce() -> R) -> R {
		self.ext.execute_with(read)
	}

	/// Number of the last block.
	pub fn number(&self) -> BlockNumber {
		self.last.number
	}

	/// Slot of the next block.
	pub fn slot(&self) -> u64 {
		self.slot
	}

	/// Lets slots pass without a block.
	pub fn skip(&mut self, slots: u64) {
		self.slot += slots;
	}

	/// Makes a block of what `fill` applies. The first of the authorities is the author.
	pub fn make(&mut self, fill: impl FnOnce() -> Vec<ApplyExtrinsicResult>) -> Made {
		let slot = self.slot;
		// The genesis block has no header of its own here, but a hash.
		let parent = if self.last.number == 0 { self.last.parent_hash } else { self.last.hash() };
		let next = header(self.last.number + 1, parent, pre_digest(slot, 0));
		let made = self.ext.execute_with(|| {
			let mode = Executive::initialize_block(&next);
			let now = pallet_timestamp::Call::set { now: slot * configs::SLOT_MILLIS };
			let inherent = UncheckedExtrinsic::new_bare(RuntimeCall::from(now));
			assert_ok!(Executive::apply_extrinsic(inherent).unwrap());
			let results = fill();
			let header = Executive::finalize_block();
			let events = System::events().into_iter().map(|record| record.event).collect();
			Made { mode, header, results, events }
		});
		self.ext.commit_all().unwrap();
		self.slot += 1;
		self.last = made.header.clone();
		made
	}

	/// Makes so many blocks, each with a transaction, which has to succeed where there is room.
	pub fn run(&mut self, blocks: u32) -> Vec<Made> {
		let one = |_| {
			let begins_session = self.begins_session();
			let made = self.make(|| vec![apply(Bob, remark())]);
			assert_eq!(made.mode, ExtrinsicInclusionMode::AllExtrinsics);
			let full = Err(InvalidTransaction::ExhaustsResources.into());
			if !(begins_session && made.results == [full]) {
				assert_eq!(made.results, [Ok(Ok(()))], "at #{}", made.header.number);
			}
			made
		};
		(0..blocks).map(one).collect()
	}

	/// Whether the next block begins a session. Such a block may have no room for transactions.
	fn begins_session(&mut self) -> bool {
		let slot = self.slot;
		self.last.number > 0
			&& self.with(|| {
				let length = chain_parameters::EpochDuration::get();
				slot >= *Babe::current_epoch_start() + length
			})
	}

	/// Makes a block if there may be no room in the next one.
	pub fn room(&mut self) -> Vec<Made> {
		let blocks = u32::from(self.begins_session());
		self.run(blocks)
	}

	/// Has Alice, who holds all stake, propose a call and vote for it, in one block.
	pub fn vote(&mut self, call: impl Into<RuntimeCall>) -> (pallet_council::Ending, Vec<Made>) {
		let mut blocks = self.room();
		let index = self.with(pallet_council::NextIndex::<Runtime>::get);
		let call = call.into();
		let vote = pallet_council::Call::vote { index, call_hash: hash_of(&call), aye: true };
		let propose = pallet_council::Call::propose { call: Box::new(call), lifetime: 100 };
		let made = self.make(|| vec![apply(Alice, propose.into()), apply(Alice, vote.into())]);
		assert_eq!(made.results, [Ok(Ok(())), Ok(Ok(()))]);
		let outcome = self.with(|| pallet_council::Outcomes::<Runtime>::get(index));
		blocks.push(made);
		(outcome.expect("it is decided").ending, blocks)
	}
}

/// Applies a signed call to the block in the making.
pub fn apply(who: Sr25519Keyring, call: RuntimeCall) -> ApplyExtrinsicResult {
	let genesis = System::block_hash(0);
	let on = Signed { spec_version: VERSION.spec_version, genesis, era_begin: genesis };
	let nonce = System::account_nonce(who.to_account_id());
	Executive::apply_extrinsic(sign(call, &who.pair(), extension(nonce, Era::Immortal, 0), on))
}

fn remark() -> RuntimeCall {
	frame_system::Call::remark { remark: vec![] }.into()
}

/// The digest of an author, by the place among the authorities. Only clients look at whose turn it
/// is.
pub fn pre_digest(slot: u64, authority_index: u32) -> Digest {
	let claim = SecondaryPlainPreDigest { authority_index, slot: slot.into() };
	let item =
		<DigestItem as CompatibleDigestItem>::babe_pre_digest(PreDigest::SecondaryPlain(claim));
	Digest { logs: vec![item] }
}

/// A header without roots.
pub fn header(number: BlockNumber, parent: Hash, digest: Digest) -> Header {
	Header::new(number, Default::default(), Default::default(), parent, digest)
}

#[test]
fn eras_turn_and_slots_can_pass_without_blocks() {
	let numbers = crate::numbers::LOCAL;
	let mut chain = Blocks::new("local", numbers);
	let era =
		|chain: &mut Blocks| chain.with(pallet_staking::ActiveEra::<Runtime>::get).unwrap().index;
	chain.run(3);
	assert_eq!(era(&mut chain), 0);
	let in_an_era = numbers.epoch_slots as u32 * numbers.sessions_per_era;
	chain.run(2 * in_an_era);
	let before = era(&mut chain);
	assert!(before >= 1);
	// A whole era and more without a block.
	chain.skip(u64::from(2 * in_an_era));
	chain.run(2 * in_an_era);
	assert!(era(&mut chain) > before);
	assert!(!chain.with(pallet_babe::SkippedEpochs::<Runtime>::get).is_empty());
	assert!(u64::from(chain.number()) < chain.slot() - FIRST_SLOT);
}
