//! What the council may do as root, with which arguments, and that the chain goes on after each.

use super::{
	blocks::{apply, Blocks, Made},
	*,
};
use crate::{
	configs::{
		validator_bond_limit, RootCalls, MAX_FORCED_DELAY, MAX_STALL, MAX_VALIDATORS,
		MIN_VALIDATOR_BOND,
	},
	numbers,
};
use frame_support::traits::{Contains, GetCallMetadata};
use pallet_council::Ending;
use pallet_grandpa::Call as Grandpa;
use pallet_staking::{Call as Staking, ConfigOp};
use sp_consensus_grandpa::{ConsensusLog, GRANDPA_ENGINE_ID};
use sp_runtime::{DigestItem, ExtrinsicInclusionMode, Perbill, Percent};
use std::collections::{BTreeMap, BTreeSet};

/// Every call of the runtime and whether the council may send it as root: `never`, `always`, or
/// `judged` by its arguments.
const PINNED: &str = include_str!("root_calls.txt");

fn name_of(call: &RuntimeCall) -> String {
	let metadata = call.get_call_metadata();
	format!("{}.{}", metadata.pallet_name, metadata.function_name)
}

/// One call of each kind that the runtime has, whose arguments are encoded as zeros, but for the
/// first byte where zero is no variant.
fn every_call() -> BTreeMap<String, RuntimeCall> {
	let mut all = BTreeMap::new();
	for pallet in 0..=u8::MAX {
		for index in 0..=u8::MAX {
			for first in [0, 1] {
				let bytes = [&[pallet, index, first][..], &[0; 1_000]].concat();
				if let Ok(call) = RuntimeCall::decode(&mut &bytes[..]) {
					all.entry(name_of(&call)).or_insert(call);
				}
			}
		}
	}
	all
}

fn pinned() -> BTreeMap<&'static str, &'static str> {
	PINNED.lines().map(|line| line.split_once(' ').unwrap()).collect()
}

#[test]
fn every_call_of_the_runtime_is_judged_in_the_list() {
	let listed: BTreeSet<String> = pinned().into_keys().map(String::from).collect();
	let mut exist = BTreeSet::new();
	for pallet in RuntimeCall::get_module_names() {
		for call in RuntimeCall::get_call_names(pallet) {
			exist.insert(format!("{pallet}.{call}"));
		}
	}
	let new: Vec<_> = exist.difference(&listed).collect();
	let gone: Vec<_> = listed.difference(&exist).collect();
	assert!(new.is_empty(), "judge these calls and list them: {new:#?}");
	assert!(gone.is_empty(), "these calls are not there any more: {gone:#?}");
}

#[test]
fn the_list_is_what_the_door_does() {
	let calls = every_call();
	assert!(pinned().keys().all(|name| calls.contains_key(*name)), "{:#?}", calls.keys());
	chain("local").execute_with(|| {
		for (name, verdict) in pinned() {
			let call = &calls[name];
			match verdict {
				"never" => assert!(!RootCalls::contains(call), "{name}"),
				"always" => assert!(RootCalls::contains(call), "{name}"),
				"judged" => {
					let is_it = |call: &&RuntimeCall| name_of(call) == name;
					let admitted = admitted(0);
					let admitted: Vec<_> = admitted.iter().filter(is_it).collect();
					assert!(!admitted.is_empty(), "{name}");
					for call in admitted {
						assert!(RootCalls::contains(call), "{call:?}");
					}
					// Others are refused in states that tests of their own make.
					let elsewhere = ["Staking.force_unstake", "Staking.scale_validator_count"];
					if !elsewhere.contains(&name) {
						assert!(refused().iter().any(|call| is_it(&call)), "{name}");
					}
				},
				other => panic!("{name}: {other} is no verdict"),
			}
		}
	});
}

#[test]
fn nothing_that_carries_a_call_goes_through() {
	let admitted = || RuntimeCall::from(Staking::force_new_era {});
	let boxed = || Box::new(admitted());
	let root = || Box::new(frame_system::RawOrigin::Root.into());
	let who = || Alice.to_account_id();
	let (as_origin, weight) = (root(), Default::default());
	for carrier in [
		pallet_utility::Call::batch { calls: vec![admitted()] }.into(),
		pallet_utility::Call::batch_all { calls: vec![admitted()] }.into(),
		pallet_utility::Call::force_batch { calls: vec![admitted()] }.into(),
		pallet_utility::Call::as_derivative { index: 0, call: boxed() }.into(),
		pallet_utility::Call::dispatch_as { as_origin, call: boxed() }.into(),
		pallet_utility::Call::with_weight { call: boxed(), weight }.into(),
		pallet_utility::Call::if_else { main: boxed(), fallback: boxed() }.into(),
		pallet_proxy::Call::proxy { real: who().into(), force_proxy_type: None, call: boxed() }
			.into(),
		pallet_multisig::Call::as_multi_threshold_1 { other_signatories: vec![], call: boxed() }
			.into(),
		dispatch_root(admitted()),
	] {
		chain("local").execute_with(|| {
			assert!(RootCalls::contains(&admitted()));
			assert!(!RootCalls::contains(&carrier), "{carrier:?}");
		});
	}
}

/// Arguments of `set_staking_configs`, which change nothing by default.
struct Configs {
	min_nominator_bond: ConfigOp<Balance>,
	min_validator_bond: ConfigOp<Balance>,
	max_nominator_count: ConfigOp<u32>,
	max_validator_count: ConfigOp<u32>,
	chill_threshold: ConfigOp<Percent>,
	min_commission: ConfigOp<Perbill>,
	max_staked_rewards: ConfigOp<Percent>,
}

fn configs(change: impl FnOnce(&mut Configs)) -> RuntimeCall {
	let mut args = Configs {
		min_nominator_bond: ConfigOp::Noop,
		min_validator_bond: ConfigOp::Noop,
		max_nominator_count: ConfigOp::Noop,
		max_validator_count: ConfigOp::Noop,
		chill_threshold: ConfigOp::Noop,
		min_commission: ConfigOp::Noop,
		max_staked_rewards: ConfigOp::Noop,
	};
	change(&mut args);
	Staking::set_staking_configs {
		min_nominator_bond: args.min_nominator_bond,
		min_validator_bond: args.min_validator_bond,
		max_nominator_count: args.max_nominator_count,
		max_validator_count: args.max_validator_count,
		chill_threshold: args.chill_threshold,
		min_commission: args.min_commission,
		max_staked_rewards: args.max_staked_rewards,
	}
	.into()
}

fn note_stalled(delay: BlockNumber, best_finalized_block_number: BlockNumber) -> RuntimeCall {
	Grandpa::note_stalled { delay, best_finalized_block_number }.into()
}

fn stash(of: usize) -> AccountId {
	Session::validators()[of].clone()
}

/// What every validator of the preset bonds.
const BOND: Balance = 10_000 * JNS;

/// The most extreme arguments that are admitted on a local chain with its four validators, each
/// alone.
fn admitted(set_start: BlockNumber) -> Vec<RuntimeCall> {
	let last_of_former_set = set_start.saturating_sub(1);
	vec![
		frame_system::Call::authorize_upgrade { code_hash: Hash::zero() }.into(),
		Staking::set_validator_count { new: 3 }.into(),
		Staking::set_validator_count { new: MAX_VALIDATORS }.into(),
		Staking::increase_validator_count { additional: 0 }.into(),
		Staking::increase_validator_count { additional: MAX_VALIDATORS - 4 }.into(),
		Staking::scale_validator_count { factor: Percent::from_percent(0) }.into(),
		Staking::scale_validator_count { factor: Percent::from_percent(100) }.into(),
		Staking::force_new_era {}.into(),
		Staking::force_no_eras {}.into(),
		Staking::set_invulnerables { invulnerables: vec![] }.into(),
		Staking::set_invulnerables { invulnerables: vec![stash(0)] }.into(),
		Staking::force_unstake { stash: stash(0), num_slashing_spans: 0 }.into(),
		configs(|args| args.max_validator_count = ConfigOp::Set(4)),
		configs(|args| args.max_validator_count = ConfigOp::Set(2 * MAX_VALIDATORS)),
		configs(|args| args.min_validator_bond = ConfigOp::Set(MIN_VALIDATOR_BOND)),
		configs(|args| args.min_validator_bond = ConfigOp::Set(BOND)),
		configs(|args| args.max_nominator_count = ConfigOp::Set(0)),
		configs(|args| args.max_nominator_count = ConfigOp::Set(u32::MAX)),
		configs(|args| args.max_nominator_count = ConfigOp::Remove),
		configs(|args| args.min_nominator_bond = ConfigOp::Remove),
		configs(|args| args.min_commission = ConfigOp::Set(Perbill::one())),
		configs(|args| args.max_staked_rewards = ConfigOp::Set(Percent::from_percent(0))),
		// Everything that helps others to chill validators, at once.
		configs(|args| {
			args.min_validator_bond = ConfigOp::Set(BOND);
			args.min_nominator_bond = ConfigOp::Set(BOND);
			args.max_validator_count = ConfigOp::Set(4);
			args.max_nominator_count = ConfigOp::Set(0);
			args.chill_threshold = ConfigOp::Set(Percent::from_percent(0));
		}),
		note_stalled(1, 0),
		note_stalled(MAX_FORCED_DELAY, 0),
		note_stalled(1, last_of_former_set),
		note_stalled(MAX_FORCED_DELAY, last_of_former_set),
	]
}

/// Arguments that would end or lock a local chain with four validators, and those next to what is
/// admitted.
fn refused() -> Vec<RuntimeCall> {
	use pallet_migrations::{Call as Migrations, HistoricCleanupSelector, MigrationCursor};
	let best = System::block_number();
	vec![
		Staking::set_validator_count { new: 0 }.into(),
		Staking::set_validator_count { new: 1 }.into(),
		Staking::set_validator_count { new: 2 }.into(),
		Staking::set_validator_count { new: MAX_VALIDATORS + 1 }.into(),
		Staking::set_validator_count { new: u32::MAX }.into(),
		Staking::increase_validator_count { additional: MAX_VALIDATORS - 3 }.into(),
		Staking::increase_validator_count { additional: u32::MAX }.into(),
		Staking::force_new_era_always {}.into(),
		Staking::set_invulnerables { invulnerables: vec![stash(0), stash(1)] }.into(),
		Staking::set_invulnerables { invulnerables: Session::validators() }.into(),
		configs(|args| args.max_validator_count = ConfigOp::Set(0)),
		configs(|args| args.max_validator_count = ConfigOp::Set(3)),
		configs(|args| args.max_validator_count = ConfigOp::Set(2 * MAX_VALIDATORS + 1)),
		configs(|args| args.max_validator_count = ConfigOp::Remove),
		configs(|args| args.min_validator_bond = ConfigOp::Set(0)),
		configs(|args| args.min_validator_bond = ConfigOp::Set(MIN_VALIDATOR_BOND - 1)),
		configs(|args| args.min_validator_bond = ConfigOp::Set(BOND + 1)),
		configs(|args| args.min_validator_bond = ConfigOp::Set(1 << 100)),
		configs(|args| args.min_validator_bond = ConfigOp::Set(u128::MAX)),
		configs(|args| args.min_validator_bond = ConfigOp::Remove),
		configs(|args| args.min_nominator_bond = ConfigOp::Set(u128::MAX)),
		// The trial that left a chain without candidates.
		configs(|args| {
			args.min_validator_bond = ConfigOp::Set(1 << 100);
			args.max_validator_count = ConfigOp::Set(0);
			args.chill_threshold = ConfigOp::Set(Percent::from_percent(0));
		}),
		note_stalled(0, 0),
		note_stalled(MAX_FORCED_DELAY + 1, 0),
		// This one trapped in every block from the next session on.
		note_stalled(1 << 31, 0),
		note_stalled(u32::MAX, 0),
		// The best block instead of the finalized one.
		note_stalled(5, best),
		note_stalled(5, best + 1),
		note_stalled(5, u32::MAX),
		Migrations::force_set_cursor { cursor: None }.into(),
		Migrations::force_set_cursor { cursor: Some(MigrationCursor::Stuck) }.into(),
		Migrations::force_set_active_cursor { index: 0, inner_cursor: None, started_at: None }
			.into(),
		Migrations::force_set_active_cursor {
			index: u32::MAX,
			inner_cursor: None,
			started_at: Some(u32::MAX),
		}
		.into(),
		Migrations::force_onboard_mbms {}.into(),
		Migrations::clear_historic { selector: HistoricCleanupSelector::Specific(vec![]) }.into(),
	]
}

/// A local chain after an era, whose validators have been elected, and its client.
fn elected() -> (Blocks, Client) {
	let numbers = numbers::LOCAL;
	let mut chain = Blocks::new("local", numbers);
	let mut client = Client::default();
	let era = numbers.epoch_slots as u32 * numbers.sessions_per_era;
	client.import(&chain.run(era + 5));
	assert!(client.set_start > 0, "there was a change");
	// Finality has come as far as the last block of the first set, and stands still.
	client.finalized = client.set_start - 1;
	(chain, client)
}

/// What GRANDPA's client does with the changes that it finds in headers, as far as it decides which
/// blocks can be imported.
#[derive(Clone, Default)]
struct Client {
	finalized: BlockNumber,
	/// Blocks that announced a change which takes effect when they are final.
	changes: Vec<BlockNumber>,
	/// Block in which a forced change takes effect, and the number that came with it.
	forced: Option<(BlockNumber, BlockNumber)>,
	/// First block of the current set.
	set_start: BlockNumber,
}

impl Client {
	/// Imports blocks, all of which a client takes.
	fn import(&mut self, blocks: &[Made]) {
		assert_eq!(self.try_import(blocks), Ok(()));
	}

	/// Imports blocks, up to the one that a client refuses, and with it all that follow.
	fn try_import(&mut self, blocks: &[Made]) -> Result<(), BlockNumber> {
		for made in blocks {
			let number = made.header.number;
			let logs = made.header.digest.logs.iter();
			let logs = logs.filter_map(|log| match log {
				DigestItem::Consensus(GRANDPA_ENGINE_ID, log) => {
					Some(ConsensusLog::<BlockNumber>::decode(&mut &log[..]).unwrap())
				},
				_ => None,
			});
			for log in logs {
				match log {
					ConsensusLog::ScheduledChange(change) => {
						assert!(!change.next_authorities.is_empty());
						assert_eq!(change.delay, 0);
						self.changes.push(number);
						self.set_start = number;
					},
					ConsensusLog::ForcedChange(best_finalized, change) => {
						assert!(!change.next_authorities.is_empty());
						assert_eq!(self.forced, None, "one at a time");
						self.forced = Some((number + change.delay, best_finalized));
						self.set_start = number;
					},
					_ => (),
				}
			}
			if let Some((at, best_finalized)) = self.forced.filter(|(at, _)| *at == number) {
				let mut pending = self.changes.iter().filter(|change| **change > self.finalized);
				if pending.any(|change| *change <= best_finalized) {
					return Err(at);
				}
				self.changes.clear();
				self.forced = None;
				// The new set goes on from there.
				self.finalized = number;
			}
		}
		Ok(())
	}
}

/// Validators that were elected in these blocks, and failed elections.
fn elections(blocks: &[Made]) -> (usize, usize) {
	let count = |event: pallet_staking::Event<Runtime>| {
		let event = RuntimeEvent::from(event);
		blocks.iter().flat_map(|made| &made.events).filter(|one| **one == event).count()
	};
	(
		count(pallet_staking::Event::StakersElected),
		count(pallet_staking::Event::StakingElectionFailed),
	)
}

/// Blocks of an era and two sessions.
fn an_era_and_more() -> u32 {
	let numbers = numbers::LOCAL;
	numbers.epoch_slots as u32 * (numbers.sessions_per_era + 2)
}

/// Makes blocks for more than an era, each with a transaction, and demands that they could be
/// imported and that validators are elected.
fn goes_on(chain: &mut Blocks, client: &mut Client) {
	let blocks = chain.run(an_era_and_more());
	client.import(&blocks);
	let (succeeded, failed) = elections(&blocks);
	assert!(succeeded >= 1, "validators are elected");
	assert_eq!(failed, 0);
}

fn dispatch_root(call: impl Into<RuntimeCall>) -> RuntimeCall {
	pallet_council::Call::dispatch_root { call: Box::new(call.into()) }.into()
}

fn batch(calls: Vec<RuntimeCall>) -> RuntimeCall {
	let calls = calls.into_iter().map(dispatch_root).collect();
	pallet_utility::Call::batch_all { calls }.into()
}

/// Ending of a proposal whose call the door does not let through.
fn not_admitted() -> Ending {
	Ending::Executed(Err(pallet_council::Error::<Runtime>::NotAdmitted.into()))
}

/// Makes a block in which root sends the call, past the door.
fn as_root(chain: &mut Blocks, call: impl Into<RuntimeCall>) -> Made {
	use frame_support::traits::UnfilteredDispatchable;
	chain.room();
	let call = call.into();
	chain.make(|| {
		assert_ok!(call.dispatch_bypass_filter(RuntimeOrigin::root()));
		vec![]
	})
}

#[test]
fn past_the_door_a_stuck_cursor_ends_all_transactions() {
	let (mut chain, _) = elected();
	let cursor = Some(pallet_migrations::MigrationCursor::Stuck);
	as_root(&mut chain, pallet_migrations::Call::force_set_cursor { cursor });
	for _ in 0..an_era_and_more() {
		assert_eq!(chain.make(Vec::new).mode, ExtrinsicInclusionMode::OnlyInherents);
	}
}

#[test]
fn past_the_door_the_best_block_instead_of_the_finalized_one_ends_the_chain() {
	let (mut chain, mut client) = elected();
	let best = chain.number();
	let made = as_root(&mut chain, note_stalled(5, best));
	client.import(&[made]);
	let blocks = chain.run(an_era_and_more());
	let refused = client.try_import(&blocks).unwrap_err();
	assert!(refused > best);
}

#[test]
fn past_the_door_and_without_a_minimum_one_validator_is_elected() {
	let (mut chain, _) = elected();
	as_root(&mut chain, Staking::set_validator_count { new: 1 });
	// The minimum of an election keeps that from happening even so.
	let blocks = chain.run(an_era_and_more());
	assert_eq!(chain.with(|| Session::validators().len()), 4);
	let (succeeded, failed) = elections(&blocks);
	assert_eq!(succeeded, 0);
	assert!(failed > 0);
	chain.with(|| pallet_staking::MinimumValidatorCount::<Runtime>::put(1));
	chain.run(2 * an_era_and_more());
	assert_eq!(chain.with(|| Session::validators().len()), 1);
}

#[test]
fn past_the_door_staking_settings_lock_elections() {
	let (mut chain, _) = elected();
	let settings = configs(|args| {
		args.min_validator_bond = ConfigOp::Set(1 << 100);
		args.max_validator_count = ConfigOp::Set(0);
		args.chill_threshold = ConfigOp::Set(Percent::from_percent(0));
	});
	as_root(&mut chain, settings);
	chain.room();
	for stash in chain.with(Session::validators) {
		let chill = Staking::<Runtime>::chill_other { stash };
		let made = chain.make(|| vec![apply(Sr25519Keyring::Eve, chill.into())]);
		assert_eq!(made.results, [Ok(Ok(()))]);
	}
	let blocks = chain.run(an_era_and_more());
	assert_eq!(elections(&blocks).0, 0);
	assert!(elections(&blocks).1 > 0);
}

#[test]
fn the_chain_goes_on_after_every_vote_that_is_refused() {
	let (mut chain, mut client) = elected();
	for call in chain.with(refused) {
		// What is refused depends on the block.
		let call =
			match call {
				RuntimeCall::Grandpa(Grandpa::note_stalled {
					best_finalized_block_number, ..
				}) if best_finalized_block_number > 0 => continue,
				call => call,
			};
		let (ending, made) = chain.vote(dispatch_root(call.clone()));
		assert_eq!(ending, not_admitted(), "{call:?}");
		client.import(&made);
	}
	for number in [client.set_start, chain.number(), chain.number() + 1, u32::MAX] {
		let (ending, made) = chain.vote(dispatch_root(note_stalled(5, number)));
		assert_eq!(ending, not_admitted(), "{number}");
		client.import(&made);
	}
	goes_on(&mut chain, &mut client);
}

#[test]
fn the_chain_goes_on_after_every_vote_that_is_admitted() {
	let cases = {
		let (mut chain, client) = elected();
		chain.with(|| admitted(client.set_start)).len()
	};
	for case in 0..cases {
		let (mut chain, mut client) = elected();
		let call = chain.with(|| admitted(client.set_start)).swap_remove(case);
		let (ending, made) = chain.vote(dispatch_root(call.clone()));
		assert_eq!(ending, Ending::Executed(Ok(())), "{call:?}");
		client.import(&made);
		if matches!(call, RuntimeCall::Staking(Staking::force_no_eras {})) {
			// Until the council wants eras again.
			let blocks = chain.run(an_era_and_more());
			assert_eq!(elections(&blocks), (0, 0));
			client.import(&blocks);
			let (ending, made) = chain.vote(dispatch_root(Staking::force_new_era {}));
			assert_eq!(ending, Ending::Executed(Ok(())));
			client.import(&made);
		}
		// Nobody can chill them.
		for stash in chain.with(Session::validators) {
			client.import(&chain.room());
			let chill = Staking::<Runtime>::chill_other { stash };
			let made = chain.make(|| vec![apply(Sr25519Keyring::Eve, chill.into())]);
			assert!(made.results[0].unwrap().is_err(), "{call:?}");
			client.import(&[made]);
		}
		goes_on(&mut chain, &mut client);
		// A forced change takes effect when its delay is over.
		while client.forced.is_some() {
			goes_on(&mut chain, &mut client);
		}
	}
}

#[test]
fn small_steps_in_one_vote_get_no_further_than_one() {
	let (mut chain, mut client) = elected();
	let count = |new| RuntimeCall::from(Staking::set_validator_count { new });
	let bond = |bond| configs(|args| args.min_validator_bond = ConfigOp::Set(bond));
	let unstake = |of| {
		let stash = stash(of);
		RuntimeCall::from(Staking::force_unstake { stash, num_slashing_spans: 0 })
	};
	for calls in [
		vec![count(3), count(2)],
		vec![count(3), count(2), count(1)],
		vec![bond(BOND), bond(BOND + 1)],
		chain.with(|| vec![unstake(0), unstake(1), unstake(2)]),
	] {
		let (ending, made) = chain.vote(batch(calls.clone()));
		assert_eq!(ending, not_admitted(), "{calls:?}");
		client.import(&made);
	}
	assert_eq!(chain.with(pallet_staking::ValidatorCount::<Runtime>::get), 4);
	goes_on(&mut chain, &mut client);
}

#[test]
fn two_of_four_are_replaced_and_finality_mended() {
	let (mut chain, mut client) = elected();
	let finalized = chain.number();
	client.finalized = finalized;
	let gone = chain.with(|| [stash(0), stash(1)]);
	let unstake = |stash: &AccountId| {
		RuntimeCall::from(Staking::force_unstake { stash: stash.clone(), num_slashing_spans: 0 })
	};
	let (ending, made) = chain.vote(batch(gone.iter().map(unstake).collect()));
	assert_eq!(ending, Ending::Executed(Ok(())));
	client.import(&made);
	// No change came after what is final: the new validators have still to be announced.
	let mend = || dispatch_root(note_stalled(5, finalized));
	let (ending, made) = chain.vote(mend());
	assert_eq!(ending, not_admitted());
	client.import(&made);
	let (ending, made) = chain.vote(dispatch_root(Staking::force_new_era {}));
	assert_eq!(ending, Ending::Executed(Ok(())));
	client.import(&made);
	while chain.with(|| Session::validators().len()) > 2 {
		client.import(&chain.run(1));
	}
	let remaining = chain.with(Session::validators);
	assert!(!remaining.iter().any(|stash| gone.contains(stash)));
	// No third can be removed.
	let (ending, made) = chain.vote(dispatch_root(unstake(&remaining[0])));
	assert_eq!(ending, not_admitted());
	client.import(&made);
	// The best block would end the chain.
	let (ending, made) = chain.vote(dispatch_root(note_stalled(5, chain.number())));
	assert_eq!(ending, not_admitted());
	client.import(&made);
	let (ending, made) = chain.vote(mend());
	assert_eq!(ending, Ending::Executed(Ok(())));
	client.import(&made);
	goes_on(&mut chain, &mut client);
	assert!(client.finalized > finalized);
	assert_eq!(chain.with(|| crate::Grandpa::grandpa_authorities().len()), 2);
}

#[test]
fn a_number_is_admitted_only_below_the_youngest_change() {
	for numbers in numbers::ALL {
		// All slots have blocks, where an era is short, and few have.
		for skipped in [0, numbers.epoch_slots / 5] {
			if skipped == 0 && numbers == numbers::LIVE {
				continue;
			}
			let mut chain = Blocks::new("local", numbers);
			let mut client = Client::default();
			let mut sets = 0;
			while sets < 4 {
				let before = client.set_start;
				client.import(&chain.run(1));
				chain.skip(skipped);
				sets += u32::from(client.set_start > before);
				let now = chain.number();
				let admitted: Vec<_> = chain.with(|| {
					let admitted = |number: &_| RootCalls::contains(&note_stalled(5, *number));
					(0..=now + 1).filter(admitted).collect()
				});
				let highest = admitted.last().copied();
				if client.set_start == 0 {
					// No change is pending. The highest is the last block but one.
					assert_eq!(highest, now.checked_sub(1), "{numbers:?}");
				} else if skipped == 0 {
					assert_eq!(highest, Some(client.set_start - 1), "{numbers:?}");
				} else {
					assert!(highest.is_none_or(|highest| highest < client.set_start));
				}
				assert_eq!(admitted.len() as u32, highest.map_or(0, |highest| highest + 1));
			}
		}
	}
}

#[test]
fn a_number_between_two_changes_is_the_voters_matter() {
	// What the runtime cannot know: finality stands still since before the last two changes.
	let (mut chain, mut client) = elected();
	let first = client.set_start;
	while client.set_start == first {
		client.import(&chain.run(1));
	}
	assert!(chain.with(|| RootCalls::contains(&note_stalled(5, first))));
}

#[test]
fn voters_do_not_walk_further_than_the_longest_stall() {
	chain("local").execute_with(|| {
		let number = 1_000;
		for (behind, admitted) in [(1, true), (MAX_STALL, true), (MAX_STALL + 1, false)] {
			System::set_block_number(number + behind);
			assert_eq!(RootCalls::contains(&note_stalled(5, number)), admitted, "{behind}");
		}
	});
}

#[test]
fn most_validators_bond_what_the_council_can_ask_for() {
	chain("local").execute_with(|| {
		assert_eq!(validator_bond_limit(), BOND);
		// The third of four, and of those who are still candidates.
		let set = |of: usize, active| {
			let stash = stash(of);
			pallet_staking::Ledger::<Runtime>::mutate(&stash, |ledger| {
				ledger.as_mut().unwrap().active = active
			});
		};
		for (of, active) in [(0, 1), (1, 2), (2, 3), (3, 4)] {
			set(of, active * 1_000 * JNS);
		}
		assert_eq!(validator_bond_limit(), 2_000 * JNS);
		assert_ok!(pallet_staking::Pallet::<Runtime>::chill(RuntimeOrigin::signed(stash(3))));
		assert_eq!(validator_bond_limit(), 1_000 * JNS);
		assert_ok!(pallet_staking::Pallet::<Runtime>::chill(RuntimeOrigin::signed(stash(2))));
		// With two of four nothing more is asked for, but it can be lowered.
		assert_eq!(validator_bond_limit(), 0);
		let set_bond = |bond| configs(|args| args.min_validator_bond = ConfigOp::Set(bond));
		let present = pallet_staking::MinValidatorBond::<Runtime>::get();
		assert!(!RootCalls::contains(&set_bond(present + 1)));
		assert!(RootCalls::contains(&set_bond(present)));
		assert!(RootCalls::contains(&set_bond(MIN_VALIDATOR_BOND)));
	});
}

#[test]
fn seats_are_bounded_however_they_are_asked_for() {
	use pallet_staking::ValidatorCount;
	chain("local").execute_with(|| {
		let scale = |percent| Staking::<Runtime>::scale_validator_count {
			factor: Percent::from_percent(percent),
		};
		let increase = |additional| Staking::<Runtime>::increase_validator_count { additional };
		for (seats, call, admitted) in [
			(60, scale(68), true),
			(60, scale(69), false),
			(60, increase(40), true),
			(60, increase(41), false),
			// Fewer than half of the four who work, however it came about.
			(1, scale(100), false),
			(1, increase(1), false),
			(1, increase(2), true),
			(u32::MAX, scale(100), false),
			(u32::MAX, increase(1), false),
		] {
			ValidatorCount::<Runtime>::put(seats);
			assert_eq!(RootCalls::contains(&call.clone().into()), admitted, "{seats} {call:?}");
		}
	});
}

#[test]
fn one_development_validator_can_be_joined_by_others() {
	chain("development").execute_with(|| {
		for (new, admitted) in [(0, false), (1, true), (10, true), (101, false)] {
			let call = Staking::set_validator_count { new }.into();
			assert_eq!(RootCalls::contains(&call), admitted, "{new}");
		}
	});
}
