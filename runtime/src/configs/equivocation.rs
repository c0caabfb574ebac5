//! Reports of equivocations, verified before they enter a pool or a block.
//!
//! The SDK's pallets look at the ownership of the key alone there, and at the proof when the report
//! is dispatched: a report that does not hold took a fifth of a second of a block, before
//! everything else. A report that passes here fails at dispatch only if another one of its kind
//! came first.

use crate::*;
use core::marker::PhantomData;
use sp_consensus_babe::EquivocationProof as BabeProof;
use sp_consensus_grandpa::EquivocationProof as GrandpaProof;
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchError,
};
use sp_session::{GetSessionNumber, MembershipProof};
use sp_staking::{offence::OffenceReportSystem, SessionIndex};

/// Report system that verifies all of the evidence wherever `Reports` verifies a part of it.
pub struct Verified<Reports>(PhantomData<Reports>);

/// Evidence of an offence, apart from the ownership of the key.
pub trait Evidence {
	/// Whether two conflicting messages of one authority are proven.
	fn is_proven(&self) -> bool;
	/// Whether the key was that authority's in the session of the messages.
	fn is_of_its_session(&self) -> bool;
}

impl<Reporter, E, Reports> OffenceReportSystem<Reporter, E> for Verified<Reports>
where
	E: Evidence + Clone,
	Reports: OffenceReportSystem<Reporter, E>,
{
	type Longevity = Reports::Longevity;

	fn publish_evidence(evidence: E) -> Result<(), ()> {
		Reports::publish_evidence(evidence)
	}

	fn check_evidence(evidence: E) -> Result<(), TransactionValidityError> {
		// What is known already is refused by a few reads, before any signature is verified.
		Reports::check_evidence(evidence.clone())?;
		if evidence.is_of_its_session() && evidence.is_proven() {
			Ok(())
		} else {
			Err(InvalidTransaction::BadProof.into())
		}
	}

	fn process_evidence(reporter: Reporter, evidence: E) -> Result<(), DispatchError> {
		Reports::process_evidence(reporter, evidence)
	}
}

impl Evidence for (BabeProof<Header>, MembershipProof) {
	fn is_proven(&self) -> bool {
		sp_consensus_babe::check_equivocation_proof(self.0.clone())
	}

	fn is_of_its_session(&self) -> bool {
		let genesis = pallet_babe::GenesisSlot::<Runtime>::get();
		let since_genesis = *self.0.slot.saturating_sub(genesis);
		let epoch = since_genesis.checked_div(chain_parameters::EpochDuration::get());
		epoch.and_then(session_of_epoch) == Some(self.1.session())
	}
}

/// Session that was the epoch with that index. Indices of epochs count those without any block, of
/// sessions only those with some.
fn session_of_epoch(epoch: u64) -> Option<SessionIndex> {
	let skips = pallet_babe::SkippedEpochs::<Runtime>::get();
	let last_skip = skips.iter().rev().find(|(first_after, _)| *first_after <= epoch);
	let skipped =
		last_skip.map_or(Some(0), |(epoch, session)| epoch.checked_sub((*session).into()));
	epoch.checked_sub(skipped?)?.try_into().ok()
}

impl Evidence for (GrandpaProof<Hash, BlockNumber>, MembershipProof) {
	fn is_proven(&self) -> bool {
		sp_consensus_grandpa::check_equivocation_proof(self.0.clone())
	}

	fn is_of_its_session(&self) -> bool {
		let last_session_of = pallet_grandpa::SetIdSession::<Runtime>::get;
		let (set, session) = (self.0.set_id(), self.1.session());
		let began = match set.checked_sub(1) {
			None => true,
			Some(former) => last_session_of(former).is_some_and(|last| session > last),
		};
		began && last_session_of(set).is_some_and(|last| session <= last)
	}
}
