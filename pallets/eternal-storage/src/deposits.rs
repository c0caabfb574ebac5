//! What is held for stores and values.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::{
	defensive,
	storage::with_storage_layer,
	traits::tokens::{Fortitude::Force, Precision::BestEffort},
};
use sp_runtime::traits::{Saturating, Zero};

/// What several changes owe and give back, by account, to be settled at once.
pub(crate) struct Bill<T: Config>(BTreeMap<T::AccountId, Due<BalanceOf<T>>>);

/// One account's part of a bill.
#[derive(Default)]
struct Due<Balance> {
	hold: Balance,
	release: Balance,
}

impl<T: Config> Bill<T> {
	pub(crate) fn new() -> Self {
		Self(BTreeMap::new())
	}

	/// Adds what that payer, unless exempt, owes for something of that size.
	pub(crate) fn charge<Price: Convert<Footprint, BalanceOf<T>>>(
		&mut self,
		payer: Option<&T::AccountId>,
		size: usize,
	) -> Option<Deposit<T::AccountId, BalanceOf<T>>> {
		let payer = payer?.clone();
		let amount = Price::convert(Footprint::from_parts(1, size));
		let due = self.due(payer.clone());
		due.hold = due.hold.saturating_add(amount);
		Some(Deposit { payer, amount })
	}

	/// Gives a deposit back to whoever paid it.
	pub(crate) fn refund(&mut self, deposit: Option<Deposit<T::AccountId, BalanceOf<T>>>) {
		if let Some(Deposit { payer, amount }) = deposit {
			let due = self.due(payer);
			due.release = due.release.saturating_add(amount);
		}
	}

	fn due(&mut self, who: T::AccountId) -> &mut Due<BalanceOf<T>> {
		self.0.entry(who).or_insert_with(|| Due { hold: Zero::zero(), release: Zero::zero() })
	}

	/// Holds or releases the difference, once for each account.
	///
	/// A refund never fails. An account that cannot receive it, since its free balance would stay below
	/// an existential deposit that was raised meanwhile, loses the amount, as the balances' event
	/// `BurnedHeld` reports: otherwise its poverty would keep a value from being removed.
	pub(crate) fn settle(self, reason: HoldReason) -> DispatchResult {
		let reason = reason.into();
		for (who, Due { hold, release }) in self.0 {
			if hold > release {
				T::Currency::hold(&reason, &who, hold.saturating_sub(release))?;
			} else if release > hold {
				let amount = release.saturating_sub(hold);
				// In a layer, so that a refund that fails half-way leaves everything held.
				let refund = || T::Currency::release(&reason, &who, amount, BestEffort);
				if with_storage_layer(refund).is_err() {
					let burn = || T::Currency::burn_held(&reason, &who, amount, BestEffort, Force);
					if with_storage_layer(burn).is_err() {
						defensive!("a deposit can neither be returned nor burnt");
					}
				}
			}
		}
		Ok(())
	}
}
