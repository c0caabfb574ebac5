//! How many registrations are paid for, over all clients: so many in a minute and so many in a day of
//! the clock. It is kept in the journal, so that a restart does not begin it anew.

use std::time::Duration;

/// Seconds in the two windows.
const WINDOWS: [u64; 2] = [60, 24 * 60 * 60];

/// What was spent in the current window of each length. Windows are numbered since the Unix epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, codec::Encode, codec::Decode)]
pub struct Budget {
	spent: [Window; 2],
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, codec::Encode, codec::Decode)]
struct Window {
	number: u64,
	spent: u32,
}

impl Budget {
	/// Spends one registration, or tells how long to wait until one can be spent again. `limits` are
	/// those of a minute and of a day; `now` is since the Unix epoch.
	pub fn spend(&mut self, limits: [u32; 2], now: Duration) -> Result<(), Duration> {
		let current = self.at(now);
		for ((window, limit), seconds) in current.iter().zip(limits).zip(WINDOWS) {
			if window.spent >= limit {
				// Ahead of the clock if that was set back: then the whole window is to come.
				let end = window.number.saturating_add(1).saturating_mul(seconds);
				return Err(Duration::from_secs(end.saturating_sub(now.as_secs()).max(1)));
			}
		}
		self.spent =
			current.map(|window| Window { spent: window.spent.saturating_add(1), ..window });
		Ok(())
	}

	/// What can be spent still, in the minute and in the day.
	pub fn left(&self, limits: [u32; 2], now: Duration) -> [u32; 2] {
		let [minute, day] = self.at(now);
		[limits[0].saturating_sub(minute.spent), limits[1].saturating_sub(day.spent)]
	}

	/// The windows at that time. A clock that was set back does not begin one anew.
	fn at(&self, now: Duration) -> [Window; 2] {
		let mut current = self.spent;
		for (window, seconds) in current.iter_mut().zip(WINDOWS) {
			let number = now.as_secs() / seconds;
			if number > window.number {
				*window = Window { number, spent: 0 };
			}
		}
		current
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const START: u64 = 1_800_000_000;

	#[test]
	fn a_minute_and_a_day_have_their_limits() {
		let mut budget = Budget::default();
		let at = |seconds| Duration::from_secs(START + seconds);
		let limits = [2, 3];
		assert_eq!(START % 60, 0);
		assert_eq!(budget.spend(limits, at(0)), Ok(()));
		assert_eq!(budget.spend(limits, at(59)), Ok(()));
		assert_eq!(budget.spend(limits, at(59)), Err(Duration::from_secs(1)));
		assert_eq!(budget.left(limits, at(59)), [0, 1]);
		assert_eq!(budget.spend(limits, at(60)), Ok(()));
		let rest_of_day = 86_400 - START % 86_400 - 120;
		assert_eq!(budget.spend(limits, at(120)), Err(Duration::from_secs(rest_of_day)));
		assert_eq!(budget.spend(limits, at(120 + rest_of_day)), Ok(()));
	}

	#[test]
	fn setting_the_clock_back_gives_nothing() {
		let mut budget = Budget::default();
		let limits = [1, 10];
		assert_eq!(budget.spend(limits, Duration::from_secs(START)), Ok(()));
		assert!(budget.spend(limits, Duration::from_secs(START - 3_600)).is_err());
	}
}
