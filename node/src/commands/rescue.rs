//! `jns-node rescue-finality`: composes the council's next proposal when finality stands still
//! because too many validators are gone.
//!
//! The call that ends a stall takes a block number that only a node knows, and a wrong one stops the
//! chain. So a node composes it, from its own finalized head and from the votes that it misses.

use std::{collections::BTreeSet, fmt::Display};

use codec::{Decode, Encode};
use frame_support::dispatch::Callable;
use serde::Deserialize;
use serde_json::{json, Value};
use sp_consensus_grandpa::{AuthorityId, AuthorityList, SetId, KEY_TYPE};
use sp_core::crypto::{Ss58AddressFormat, Ss58Codec};
use sp_io::hashing::{twox_128, twox_64};
use sp_runtime::traits::Header as _;

use super::jami::Node;
use jns_jami::{document::link, ChainError};
use jns_primitives::{AccountId, BlockNumber};
use jns_runtime::{Council, Grandpa, Runtime, RuntimeCall, Staking, Utility, VERSION};

type CouncilCall = <Council as Callable<Runtime>>::RuntimeCall;
type GrandpaCall = <Grandpa as Callable<Runtime>>::RuntimeCall;
type StakingCall = <Staking as Callable<Runtime>>::RuntimeCall;
type UtilityCall = <Utility as Callable<Runtime>>::RuntimeCall;

/// Blocks by which finality is late when it stands still: a minute's. Usually it is late by three.
const STALLED: BlockNumber = 20;

#[derive(Debug, clap::Args)]
pub struct RescueFinalityCmd {
	/// A node to ask, which is believed: your own, and one that ran when finality stopped.
	#[arg(long, value_name = "URL", default_value = "ws://127.0.0.1:9944")]
	node: String,

	/// Blocks from the one that announces the new validators to the one from which they finalize.
	/// Every validator has to have the first by then.
	#[arg(
		long,
		value_name = "BLOCKS",
		default_value_t = 20,
		value_parser = clap::value_parser!(u32).range(1..=200)
	)]
	delay: BlockNumber,

	/// Blocks until the proposal expires.
	#[arg(long, value_name = "BLOCKS", default_value_t = 1_200)]
	lifetime: BlockNumber,

	/// Believe that every validator is online, whatever votes are missing. A node that was started
	/// after finality stopped may not have all the votes.
	#[arg(long)]
	ignore_missing_votes: bool,
}

/// The state of finality, as one node knows it.
#[derive(Debug, Clone, PartialEq)]
struct Stall {
	finalized: BlockNumber,
	best: BlockNumber,
	/// Authorities whose votes the current round waits for.
	silent: BTreeSet<AuthorityId>,
	/// Authorities that the best block's state has, who will be the new set.
	next: AuthorityList,
	/// Whether they became authorities after the finalized block.
	changed: bool,
}

/// The council's next step.
#[derive(Debug, PartialEq)]
enum Step {
	/// Finality is no more than this many blocks late.
	None(BlockNumber),
	/// These authorities are silent, and without them the next set could not finalize.
	Remove(Vec<AuthorityId>),
	/// The next set could finalize, but it is the set that stands still: the runtime refuses to
	/// force a change until another one has begun.
	AwaitEra,
	/// The next set can finalize.
	NoteStalled,
}

impl Stall {
	fn next_step(&self, ignore_missing_votes: bool) -> Step {
		let late = self.best.saturating_sub(self.finalized);
		if late < STALLED {
			return Step::None(late);
		}
		let weight = |of: &dyn Fn(&AuthorityId) -> bool| -> u64 {
			self.next.iter().filter(|(key, _)| of(key)).map(|(_, weight)| *weight).sum()
		};
		let total = weight(&|_| true);
		let online = weight(&|key| !self.silent.contains(key));
		// GRANDPA finalizes with more than two thirds of the weight.
		let needed = total.saturating_sub(total.saturating_sub(1) / 3);
		if online >= needed || ignore_missing_votes {
			return if self.changed { Step::NoteStalled } else { Step::AwaitEra };
		}
		let is_silent = |key: &&AuthorityId| self.silent.contains(*key);
		Step::Remove(self.next.iter().map(|(key, _)| key).filter(is_silent).cloned().collect())
	}
}

/// An authority that is gone, and the account that bonded for it.
struct Gone {
	key: AuthorityId,
	stash: AccountId,
	/// Whether it still takes part in elections.
	bonded: bool,
	/// Count of the spans in which it was slashed, which the call that removes it has to state.
	slashing_spans: u32,
}

fn failed(why: impl Display) -> sc_cli::Error {
	sc_cli::Error::Application(why.to_string().into())
}

/// Prints the proposal that is next, or says why there is none.
pub fn run(command: &RescueFinalityCmd) -> sc_cli::Result<()> {
	let node = Node::connect(&command.node)
		.map_err(|why| failed(format!("{} does not answer: {why}", command.node)))?;
	let asked = |why: ChainError| failed(why);

	// Calls are encoded by this program's runtime, so the chain must have the same one.
	let version: Value = node.ask("state_getRuntimeVersion", json!([])).map_err(asked)?;
	let same = version["specName"] == *VERSION.spec_name
		&& version["specVersion"] == VERSION.spec_version
		&& version["transactionVersion"] == VERSION.transaction_version;
	if !same {
		return Err(failed(format!(
			"the chain's runtime is {} {}, and this program composes calls for {} {}: use the \
			program of the chain's release",
			version["specName"].as_str().unwrap_or("?"),
			version["specVersion"],
			VERSION.spec_name,
			VERSION.spec_version
		)));
	}
	let health: Value = node.ask("system_health", json!([])).map_err(asked)?;
	if health["isSyncing"] == true {
		return Err(failed("the node is still syncing: ask one that is not"));
	}

	let stall = read_stall(&node).map_err(asked)?;
	let gone = gone(&node, &stall).map_err(asked)?;
	print_stall(&stall, &gone);
	let call = match stall.next_step(command.ignore_missing_votes) {
		Step::None(late) => {
			return Err(failed(format!(
				"finality does not stand still: it is {late} blocks late, and fewer than {STALLED} \
				are usual. There is nothing to rescue"
			)));
		},
		Step::AwaitEra => {
			return Err(failed(
				"enough validators are heard, and no era has begun since finality stopped. Look for \
				a cause first: clocks, connections, versions. If there is none, ask again after the \
				next era has begun",
			));
		},
		Step::NoteStalled => {
			println!(
				"The validators of the best block can finalize. Let the council decide step 2 of 2:\n\
				they go on from finalized block {}, {} blocks after the session in which the council \
				decides has ended.\n",
				stall.finalized, command.delay
			);
			propose(command.lifetime, note_stalled(command.delay, stall.finalized))
		},
		Step::Remove(keys) => {
			let mut gone = gone;
			gone.retain(|one| keys.contains(&one.key) && one.bonded);
			if gone.is_empty() {
				return Err(failed(
					"the silent validators are no longer bonded, but the best block still has them: \
					wait until the next era, which begins without them, and ask again. If no era \
					begins, fewer candidates are left than the minimum of validators: then others \
					have to bond, set keys and validate first. If the silent ones are in fact \
					online, ask a node that ran when finality stopped, or --ignore-missing-votes",
				));
			}
			println!(
				"The validators of the best block could not finalize. Let the council decide step 1 \
				of 2:\nthe bonds of the silent validators end, and a new era begins without them. \
				When it has\n(two sessions later), ask again.\n"
			);
			propose(command.lifetime, remove(&gone))
		},
	};
	println!("The proposal, as an encoded call:\n\n0x{}\n", hex::encode(&call));
	println!("and as a link that opens it in polkadot.js Apps:\n\n{}", link(&command.node, &call));
	Ok(())
}

fn print_stall(stall: &Stall, gone: &[Gone]) {
	println!("Finalized block: {}. Best block: {}.", stall.finalized, stall.best);
	for (key, _) in &stall.next {
		let heard = if stall.silent.contains(key) { "votes are missing" } else { "not missing" };
		let stash = gone.iter().find(|one| one.key == *key);
		let of = stash.map(|one| format!(", of {}", address(&one.stash))).unwrap_or_default();
		println!("Authority {}{of}: {heard}.", address(key));
	}
	println!();
}

fn address(who: &impl Ss58Codec) -> String {
	who.to_ss58check_with_version(Ss58AddressFormat::custom(42))
}

/// The council's proposal of a call.
fn propose(lifetime: BlockNumber, call: RuntimeCall) -> Vec<u8> {
	RuntimeCall::Council(CouncilCall::propose { call: Box::new(call), lifetime }).encode()
}

fn as_root(call: RuntimeCall) -> RuntimeCall {
	RuntimeCall::Council(CouncilCall::dispatch_root { call: Box::new(call) })
}

/// The call that lets the best block's authorities finalize, from a finalized block on.
fn note_stalled(delay: BlockNumber, best_finalized_block_number: BlockNumber) -> RuntimeCall {
	as_root(RuntimeCall::Grandpa(GrandpaCall::note_stalled { delay, best_finalized_block_number }))
}

/// The call that ends the bonds of those who are gone, and begins an era.
fn remove(gone: &[Gone]) -> RuntimeCall {
	let unstake = |one: &Gone| {
		as_root(RuntimeCall::Staking(StakingCall::force_unstake {
			stash: one.stash.clone(),
			num_slashing_spans: one.slashing_spans,
		}))
	};
	let mut calls: Vec<_> = gone.iter().map(unstake).collect();
	calls.push(as_root(RuntimeCall::Staking(StakingCall::force_new_era {})));
	RuntimeCall::Utility(UtilityCall::batch_all { calls })
}

/// A round of votes, as the RPC reports it; only the fields that matter here.
#[derive(Deserialize)]
struct Rounds {
	best: Round,
}

#[derive(Deserialize)]
struct Round {
	prevotes: Votes,
	precommits: Votes,
}

#[derive(Deserialize)]
struct Votes {
	missing: BTreeSet<AuthorityId>,
}

fn read_stall(node: &Node) -> Result<Stall, ChainError> {
	let rounds: Rounds = node.ask("grandpa_roundState", json!([]))?;
	let best = node.ask("chain_getBlockHash", json!([]))?;
	let finalized = node.finalized_head()?;
	// Who sent either vote of the round is online. A round that stands still gets no further.
	let Round { prevotes, precommits } = rounds.best;
	let silent = prevotes.missing.intersection(&precommits.missing).cloned().collect();
	let set_at = |block| node.query_at::<SetId>(block, "GrandpaApi_current_set_id", ());
	Ok(Stall {
		finalized: *node.header(finalized)?.number(),
		best: *node.header(best)?.number(),
		silent,
		next: node.query_at(best, "GrandpaApi_grandpa_authorities", ())?,
		changed: set_at(best)? != set_at(finalized)?,
	})
}

/// The authorities of the best block who are silent and whose stash is known.
fn gone(node: &Node, stall: &Stall) -> Result<Vec<Gone>, ChainError> {
	let mut gone = Vec::new();
	for (key, _) in stall.next.iter().filter(|(key, _)| stall.silent.contains(key)) {
		let owned = (KEY_TYPE, key.encode());
		let Some(stash) = stored::<AccountId>(node, "Session", "KeyOwner", &owned)? else {
			continue;
		};
		let bonded = stored::<AccountId>(node, "Staking", "Bonded", &stash)?.is_some();
		// The current span, the eras of its last changes, and the spans before it.
		type Spans = (u32, u32, u32, Vec<u32>);
		let spans = stored::<Spans>(node, "Staking", "SlashingSpans", &stash)?;
		let slashing_spans = spans
			.and_then(|(_, _, _, before)| u32::try_from(before.len()).ok())
			.map_or(0, |before| before.saturating_add(1));
		gone.push(Gone { key: key.clone(), stash, bonded, slashing_spans });
	}
	Ok(gone)
}

/// A value in a map of the best block's state, all of whose keys are hashed alike.
fn stored<T: Decode>(
	node: &Node,
	pallet: &str,
	map: &str,
	key: &impl Encode,
) -> Result<Option<T>, ChainError> {
	let place = place(pallet, map, key);
	let value: Option<String> =
		node.ask("state_getStorage", json!([format!("0x{}", hex::encode(place))]))?;
	let Some(value) = value else { return Ok(None) };
	let bytes = hex::decode(value.trim_start_matches("0x")).ok();
	let decoded = bytes.and_then(|bytes| T::decode(&mut &bytes[..]).ok());
	let unknown = || ChainError(format!("its {pallet}.{map} is not the one known here"));
	decoded.map(Some).ok_or_else(unknown)
}

fn place(pallet: &str, map: &str, key: &impl Encode) -> Vec<u8> {
	let key = key.encode();
	[&twox_128(pallet.as_bytes())[..], &twox_128(map.as_bytes()), &twox_64(&key), &key].concat()
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_keyring::Ed25519Keyring::{self, Alice, Bob, Charlie, Dave};

	fn key(of: Ed25519Keyring) -> AuthorityId {
		of.public().into()
	}

	fn stall(next: &[Ed25519Keyring], silent: &[Ed25519Keyring], late: BlockNumber) -> Stall {
		Stall {
			finalized: 100,
			best: 100 + late,
			silent: silent.iter().copied().map(key).collect(),
			next: next.iter().copied().map(|one| (key(one), 1)).collect(),
			changed: true,
		}
	}

	#[test]
	fn nothing_is_next_while_finality_goes_on() {
		let four = [Alice, Bob, Charlie, Dave];
		for late in [0, 3, STALLED - 1] {
			assert_eq!(stall(&four, &four, late).next_step(false), Step::None(late));
			assert_eq!(stall(&four, &[], late).next_step(true), Step::None(late));
		}
		assert_eq!(stall(&four, &[], STALLED).next_step(false), Step::NoteStalled);
	}

	#[test]
	fn those_who_are_gone_are_removed_before_the_stall_is_noted() {
		let (four, gone) = ([Alice, Bob, Charlie, Dave], [Charlie, Dave]);
		let remove = Step::Remove(gone.map(key).to_vec());
		assert_eq!(stall(&four, &gone, 50).next_step(false), remove);
		assert_eq!(stall(&[Alice, Bob], &gone, 50).next_step(false), Step::NoteStalled);
		// Three of four finalize without the fourth, two of three do not.
		assert_eq!(stall(&four, &[Dave], 50).next_step(false), Step::NoteStalled);
		let one = Step::Remove(vec![key(Charlie)]);
		assert_eq!(stall(&[Alice, Bob, Charlie], &gone, 50).next_step(false), one);
		assert_eq!(stall(&four, &gone, 50).next_step(true), Step::NoteStalled);
		let unchanged = Stall { changed: false, ..stall(&four, &[Dave], 50) };
		assert_eq!(unchanged.next_step(false), Step::AwaitEra);
		assert_eq!(Stall { changed: false, ..stall(&four, &gone, 50) }.next_step(false), remove);
	}

	#[test]
	fn proposals_carry_what_was_read() {
		let stash = AccountId::from([7; 32]);
		let gone = [Gone { key: key(Dave), stash: stash.clone(), bonded: true, slashing_spans: 3 }];
		let decoded = RuntimeCall::decode(&mut &propose(60, remove(&gone))[..]).unwrap();
		let RuntimeCall::Council(CouncilCall::propose { call, lifetime: 60 }) = decoded else {
			panic!("not a proposal of that lifetime");
		};
		let force_unstake = StakingCall::force_unstake { stash, num_slashing_spans: 3 };
		let new_era = StakingCall::force_new_era {};
		let calls = [force_unstake, new_era].map(|call| as_root(RuntimeCall::Staking(call)));
		assert_eq!(*call, RuntimeCall::Utility(UtilityCall::batch_all { calls: calls.to_vec() }));

		let noted = GrandpaCall::note_stalled { delay: 20, best_finalized_block_number: 43 };
		assert_eq!(note_stalled(20, 43), as_root(RuntimeCall::Grandpa(noted)));
	}

	#[test]
	fn a_key_is_found_where_the_session_keeps_its_owner() {
		let key = key(Alice);
		let place = place("Session", "KeyOwner", &(KEY_TYPE, key.encode()));
		// The hashes of both names, that of the key, and the key: its kind, its length, itself.
		assert_eq!(place.len(), 16 + 16 + 8 + 4 + 1 + 32);
		assert!(place.ends_with(&key.encode()));
		let spec = crate::chain_spec::local().unwrap();
		let genesis = sp_runtime::BuildStorage::build_storage(&spec).unwrap();
		let owner = sp_keyring::Sr25519Keyring::AliceStash.to_account_id().encode();
		assert_eq!(genesis.top.get(&place), Some(&owner));
	}
}
