//! The numbers of each kind of chain are what `docs/adr/0001` says.

use super::*;
use crate::numbers::ALL;
use chain_parameters::{
	BondingDuration, CouncilCoolDown, EpochDuration, NameCoolDown, NoticePeriod, SessionsPerEra,
};
use frame_support::traits::Get;

/// A time, in the largest unit that it fills.
fn time(millis: u64) -> String {
	for (unit, length) in [("days", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000)] {
		if millis >= length && millis.is_multiple_of(length) {
			return format!("{} {unit}", millis / length);
		}
	}
	format!("{millis} ms")
}

/// A row of the table, of a number of each kind of chain.
fn row(what: &str, of: impl Fn(&Numbers) -> String) -> String {
	let cells: Vec<_> = ALL.iter().map(of).collect();
	format!("| {what} | {} |\n", cells.join(" | "))
}

#[test]
fn the_table_of_numbers_is_true() {
	let slots = |numbers: &Numbers| numbers.epoch_slots * configs::SLOT_MILLIS;
	let era = |numbers: &Numbers| slots(numbers) * u64::from(numbers.sessions_per_era);
	let table = [
		row("number", |numbers| numbers.kind.into()),
		"|---|---|---|---|\n".into(),
		row("slots in an epoch", |numbers| numbers.epoch_slots.to_string()),
		row("an epoch", |numbers| time(slots(numbers))),
		row("sessions in an era", |numbers| numbers.sessions_per_era.to_string()),
		row("an era", |numbers| time(era(numbers))),
		row("eras for which a bond stays liable", |numbers| numbers.bonding_eras.to_string()),
		row("the same as a time", |numbers| time(era(numbers) * u64::from(numbers.bonding_eras))),
		row("blocks for which a name cools down", |numbers| numbers.name_cool_down.to_string()),
		row("the same as a time", |numbers| {
			time(u64::from(numbers.name_cool_down) * configs::SLOT_MILLIS)
		}),
		row("blocks for which a proposer cools down", |numbers| {
			numbers.council_cool_down.to_string()
		}),
		row("the same as a time", |numbers| {
			time(u64::from(numbers.council_cool_down) * configs::SLOT_MILLIS)
		}),
		row("blocks of notice before a proposal passes", |numbers| {
			numbers.notice_period.to_string()
		}),
	]
	.concat();
	let documented = include_str!("../../../docs/adr/0001-numbers-of-the-chain.md");
	assert!(documented.contains(&table), "docs/adr/0001 should have:\n{table}");
}

#[test]
fn a_chain_begins_with_the_numbers_of_its_kind() {
	for numbers in ALL {
		chain_with("development", numbers).execute_with(|| {
			assert_eq!(EpochDuration::get(), numbers.epoch_slots);
			assert_eq!(SessionsPerEra::get(), numbers.sessions_per_era);
			assert_eq!(BondingDuration::get(), numbers.bonding_eras);
			assert_eq!(NameCoolDown::get(), numbers.name_cool_down);
			assert_eq!(CouncilCoolDown::get(), numbers.council_cool_down);
			assert_eq!(NoticePeriod::get(), numbers.notice_period);
			let sessions = u64::from(numbers.bonding_eras * numbers.sessions_per_era);
			let sets = <Runtime as pallet_grandpa::Config>::MaxSetIdSessionEntries::get();
			assert_eq!(sets, sessions);
		});
	}
	for (preset, numbers) in [("development", ALL[0]), ("local", ALL[1])] {
		assert_eq!(preset, numbers.kind);
		chain(preset).execute_with(|| assert_eq!(EpochDuration::get(), numbers.epoch_slots));
	}
}
