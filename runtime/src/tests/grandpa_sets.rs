//! Numbers of GRANDPA's sets of authorities, before and after a stall.

use super::{blocks::Blocks, *};
use crate::grandpa_sets::SetStarts;
use pallet_grandpa::{CurrentSetId, SetIdSession};
use sp_consensus_grandpa::{ConsensusLog, ScheduledChange, SetId, GRANDPA_ENGINE_ID};

/// The sets of authorities as a voter counts them.
#[derive(Default)]
struct Voter {
	/// First blocks of the sets that were announced and are not final, oldest first.
	pending: Vec<BlockNumber>,
	set: SetId,
	/// The forced change that is under way: the block of its effect.
	forced: Option<BlockNumber>,
}

impl Voter {
	/// Imports blocks, all of which are final unless the voter stands still.
	fn import(&mut self, blocks: &[blocks::Made], stalled: bool) {
		for block in blocks {
			let number = block.header.number;
			for log in block.header.digest.logs() {
				match log.consensus_try_to::<ConsensusLog<BlockNumber>>(&GRANDPA_ENGINE_ID) {
					Some(ConsensusLog::ScheduledChange(ScheduledChange { delay, .. })) => {
						self.pending.push(number + delay);
					},
					Some(ConsensusLog::ForcedChange(_, ScheduledChange { delay, .. })) => {
						self.forced = Some(number + delay);
					},
					_ => (),
				}
			}
			if self.forced.is_some_and(|effect| effect <= number) {
				self.forced = None;
				self.pending.clear();
				self.set += 1;
			}
			if !stalled {
				self.set += self.pending.drain(..).len() as SetId;
			}
		}
	}
}

fn set() -> SetId {
	CurrentSetId::<Runtime>::get()
}

#[test]
fn a_forced_change_has_the_number_that_the_voters_give_it() {
	let mut chain = Blocks::new("local", crate::numbers::LOCAL);
	let mut voter = Voter::default();
	while chain.with(set) < 2 {
		voter.import(&chain.run(1), false);
	}
	assert_eq!(voter.set, 2);
	let finalized = chain.number();
	// Eras begin, and nothing is final any more.
	while chain.with(set) < 5 {
		voter.import(&chain.run(1), true);
	}
	assert_eq!(voter.set, 2);
	let starts: Vec<_> = chain.with(|| (1..=5).filter_map(SetStarts::<Runtime>::get).collect());
	assert_eq!(starts[2..], voter.pending);

	let delay = 5;
	let call = pallet_grandpa::Call::note_stalled { delay, best_finalized_block_number: finalized };
	let call = pallet_council::Call::dispatch_root { call: Box::new(call.into()) };
	let (ending, made) = chain.vote(call);
	assert_eq!(ending, pallet_council::Ending::Executed(Ok(())));
	voter.import(&made, true);
	while voter.forced.is_none() {
		voter.import(&chain.run(1), true);
	}
	let effect = voter.forced.unwrap();
	chain.with(|| {
		assert_eq!(set(), 3);
		assert_eq!(SetStarts::<Runtime>::get(3), Some(effect));
		assert_eq!(SetIdSession::<Runtime>::get(3), Some(Session::current_index()));
		for forgotten in [4, 5, 6] {
			assert_eq!(SetStarts::<Runtime>::get(forgotten), None);
			assert_eq!(SetIdSession::<Runtime>::get(forgotten), None);
		}
	});
	voter.import(&chain.run(delay), true);
	assert_eq!(voter.set, 3);
	// From then on both count as ever.
	while chain.with(set) < 5 {
		voter.import(&chain.run(1), false);
	}
	assert_eq!(voter.set, 5);
}

#[test]
fn old_sets_are_forgotten_with_their_sessions() {
	let numbers =
		crate::numbers::Numbers { epoch_slots: 4, sessions_per_era: 2, ..crate::numbers::LOCAL };
	let mut chain = Blocks::new("local", numbers);
	let kept = SetId::from(numbers.bonding_eras * numbers.sessions_per_era);
	while chain.with(set) < kept + 3 {
		chain.run(1);
	}
	chain.with(|| {
		assert_eq!(SetStarts::<Runtime>::iter().count() as SetId, kept);
		assert_eq!(SetStarts::<Runtime>::get(3), None);
		assert!(SetStarts::<Runtime>::get(4).is_some());
	});
}
