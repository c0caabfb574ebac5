//! Which Operational transactions get into blocks.
//!
//! A quarter of every block is kept for Operational transactions, and they go before all others at a
//! price that no flood raises. Any call of that class would do for a flood, so all are refused but
//! those by which the council proposes and votes, and the upload of code that it has authorized.

use crate::*;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use frame_support::{
	dispatch::{DispatchClass, Pays, PostDispatchInfo},
	pallet_prelude::{
		InvalidTransaction, TransactionSource, TransactionValidity, TransactionValidityError,
		Weight,
	},
	traits::InstanceFilter,
	weights::constants::WEIGHT_REF_TIME_PER_MICROS,
};
use jns_primitives::council::ProposalIndex;
use pallet_council::{Call as CouncilCall, MemberOf, NextIndex, Outcomes, TotalStake, WeightInfo};
use pallet_proxy::Call as ProxyCall;
use pallet_utility::Call as UtilityCall;
use scale_info::TypeInfo;
use sp_runtime::{
	traits::{
		AsSystemOriginSigner, DispatchInfoOf, DispatchOriginOf, Implication, PostDispatchInfoOf,
		RefundWeight, StaticLookup, TransactionExtension, TransactionExtensionMetadata,
		ValidateResult, Zero,
	},
	DispatchError, DispatchResult, Perbill,
};

/// Most calls in a batch that is admitted: to reject, to propose, to vote for it, and one more.
const MAX_BATCH: usize = 4;
/// Most wrappers, proxies and batches, round a call that is admitted.
const MAX_WRAPPERS: u32 = 2;
/// Above the priority of everything else.
const PRIORITY: u64 = 1 << 63;
/// Room above that for the voters' shares of all stake.
const SHARES: u64 = 1 << 62;
/// What a refusal says that has no error of the council.
pub const NOT_ADMITTED: u8 = u8::MAX;

/// Transaction extension that refuses Operational transactions but for those by which the council
/// decides, and has these go before all others, ordered by the stake behind them.
///
/// It wraps the one that charges for transactions, by whose fees and tips the others are ordered, and
/// is that one to whoever signs: it adds neither bytes nor a name.
///
/// A refusal is `InvalidTransaction::Custom` with the index of the council's error, or with
/// [`NOT_ADMITTED`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct AdmitOperational<S>(pub S);

/// An Operational call that is admitted.
struct Admitted {
	voter: AccountId,
	proposal: ProposalIndex,
	weight: Stake,
}

/// A vote whose wrapper gives no weight back, and what was declared for it.
pub struct ProxiedVote {
	proposal: ProposalIndex,
	declared: Weight,
}

/// Reads: two lists of proxies, the member, the open proposal, all stake, the next number, and an
/// outcome.
const READS: u64 = 7;
/// Decoding them and comparing.
const MICROS: u64 = 50;

fn refused(error: DispatchError) -> InvalidTransaction {
	match error {
		DispatchError::Module(error) => InvalidTransaction::Custom(error.error[0]),
		_ => InvalidTransaction::Custom(NOT_ADMITTED),
	}
}

/// Looks for the call that is wrapped, and at whether it would succeed. `allows` is what the proxies
/// on the way are allowed to do.
fn admit(
	who: &AccountId,
	call: &RuntimeCall,
	wrappers: u32,
	allows: &dyn Fn(&RuntimeCall) -> bool,
) -> Result<Admitted, InvalidTransaction> {
	const REFUSED: InvalidTransaction = InvalidTransaction::Custom(NOT_ADMITTED);
	if !allows(call) {
		return Err(REFUSED);
	}
	match call {
		RuntimeCall::Council(CouncilCall::propose { .. }) => {
			Council::check_proposer(who).map_err(refused)?;
			let proposal = NextIndex::<Runtime>::get();
			let weight = MemberOf::<Runtime>::get(who).unwrap_or_default().stake;
			Ok(Admitted { voter: who.clone(), proposal, weight })
		},
		RuntimeCall::Council(CouncilCall::vote { index, call_hash, aye }) => {
			let weight = Council::check_vote(who, *index, *call_hash, *aye).map_err(refused)?;
			Ok(Admitted { voter: who.clone(), proposal: *index, weight })
		},
		RuntimeCall::Proxy(ProxyCall::proxy { real, force_proxy_type, call }) if wrappers > 0 => {
			let real = <Runtime as frame_system::Config>::Lookup::lookup(real.clone())
				.map_err(|_| REFUSED)?;
			let proxy = Proxy::find_proxy(&real, who, *force_proxy_type).map_err(|_| REFUSED)?;
			if !proxy.delay.is_zero() {
				return Err(REFUSED);
			}
			let both = |call: &RuntimeCall| allows(call) && proxy.proxy_type.filter(call);
			admit(&real, call, wrappers.saturating_sub(1), &both)
		},
		RuntimeCall::Utility(UtilityCall::batch_all { calls })
			if wrappers > 0
				&& calls.len() <= MAX_BATCH
				&& calls.iter().all(|call| matches!(call, RuntimeCall::Council(_))) =>
		{
			let first = calls.first().ok_or(REFUSED)?;
			admit(who, first, wrappers.saturating_sub(1), allows)
		},
		_ => Err(REFUSED),
	}
}

/// The vote in a chain of proxies, if that is all that they carry.
fn proxied_vote(call: &RuntimeCall) -> Option<ProxiedVote> {
	let RuntimeCall::Proxy(ProxyCall::proxy { call, .. }) = call else {
		return None;
	};
	match &**call {
		RuntimeCall::Council(CouncilCall::vote { index, aye, .. }) => {
			Some(ProxiedVote { proposal: *index, declared: Council::vote_weight(*aye) })
		},
		call => proxied_vote(call),
	}
}

impl<S: TransactionExtension<RuntimeCall>> TransactionExtension<RuntimeCall>
	for AdmitOperational<S>
{
	const IDENTIFIER: &'static str = S::IDENTIFIER;
	type Implicit = S::Implicit;
	type Val = (Option<ProxiedVote>, S::Val);
	type Pre = (Option<ProxiedVote>, S::Pre);

	fn implicit(&self) -> Result<Self::Implicit, TransactionValidityError> {
		self.0.implicit()
	}

	fn metadata() -> Vec<TransactionExtensionMetadata> {
		S::metadata()
	}

	fn weight(&self, call: &RuntimeCall) -> Weight {
		let own = match call {
			RuntimeCall::Council(_) | RuntimeCall::Proxy(_) | RuntimeCall::Utility(_) => {
				<Runtime as frame_system::Config>::DbWeight::get()
					.reads(READS)
					.saturating_add(Weight::from_parts(MICROS * WEIGHT_REF_TIME_PER_MICROS, 0))
			},
			// Whatever else is Operational is refused without a look at the state.
			_ => Weight::zero(),
		};
		own.saturating_add(self.0.weight(call))
	}

	fn validate(
		&self,
		origin: DispatchOriginOf<RuntimeCall>,
		call: &RuntimeCall,
		info: &DispatchInfoOf<RuntimeCall>,
		len: usize,
		implicit: Self::Implicit,
		inherited: &impl Implication,
		source: TransactionSource,
	) -> ValidateResult<Self::Val, RuntimeCall> {
		let maybe_admitted = if info.class == DispatchClass::Operational {
			let who = origin.as_system_origin_signer();
			let who = who.ok_or(InvalidTransaction::Custom(NOT_ADMITTED))?;
			Some(admit(who, call, MAX_WRAPPERS, &|_| true)?)
		} else {
			None
		};
		let (mut valid, paid, origin) =
			self.0.validate(origin, call, info, len, implicit, inherited, source)?;
		let Some(Admitted { voter, proposal, weight }) = maybe_admitted else {
			// Among themselves they are ordered as before, and all below the council's.
			valid.priority /= 2;
			return Ok((valid, (None, paid), origin));
		};
		let share = Perbill::from_rational(weight, TotalStake::<Runtime>::get());
		valid.priority = PRIORITY.saturating_add(share.mul_floor(SHARES));
		valid.provides.push(("council", voter, proposal).encode());
		Ok((valid, (proxied_vote(call), paid), origin))
	}

	fn prepare(
		self,
		(maybe_vote, paid): Self::Val,
		origin: &DispatchOriginOf<RuntimeCall>,
		call: &RuntimeCall,
		info: &DispatchInfoOf<RuntimeCall>,
		len: usize,
	) -> Result<Self::Pre, TransactionValidityError> {
		Ok((maybe_vote, self.0.prepare(paid, origin, call, info, len)?))
	}

	/// Gives back what a proxied vote did not use, and its fee if it decided: the proxy's call itself
	/// gives back nothing.
	fn post_dispatch(
		(maybe_vote, paid): Self::Pre,
		info: &DispatchInfoOf<RuntimeCall>,
		post_info: &mut PostDispatchInfoOf<RuntimeCall>,
		len: usize,
		result: &DispatchResult,
	) -> Result<(), TransactionValidityError> {
		if let Some(vote) = maybe_vote {
			vote.refund(post_info);
		}
		S::post_dispatch(paid, info, post_info, len, result)
	}

	/// Of transactions without a signature only the upload of authorized code is Operational, and the
	/// system's pallet looks at the code.
	fn bare_validate(
		call: &RuntimeCall,
		info: &DispatchInfoOf<RuntimeCall>,
		len: usize,
	) -> TransactionValidity {
		if info.class == DispatchClass::Operational && !is_upload(call) {
			return Err(InvalidTransaction::Custom(NOT_ADMITTED).into());
		}
		S::bare_validate(call, info, len)
	}

	fn bare_validate_and_prepare(
		call: &RuntimeCall,
		info: &DispatchInfoOf<RuntimeCall>,
		len: usize,
	) -> Result<(), TransactionValidityError> {
		Self::bare_validate(call, info, len)?;
		S::bare_validate_and_prepare(call, info, len)
	}

	fn bare_post_dispatch(
		info: &DispatchInfoOf<RuntimeCall>,
		post_info: &mut PostDispatchInfoOf<RuntimeCall>,
		len: usize,
		result: &DispatchResult,
	) -> Result<(), TransactionValidityError> {
		S::bare_post_dispatch(info, post_info, len, result)
	}
}

impl ProxiedVote {
	/// Whether it ended the proposal is seen by its outcome: it was open before.
	fn refund(self, post_info: &mut PostDispatchInfo) {
		type Council = <Runtime as pallet_council::Config>::WeightInfo;
		let used = match Outcomes::<Runtime>::get(self.proposal) {
			None => Council::vote(),
			Some(outcome) => {
				post_info.pays_fee = Pays::No;
				let longest = <Runtime as pallet_council::Config>::MaxProposalLen::get();
				Council::vote_rejecting()
					.max(Council::vote_deciding(longest))
					.saturating_add(outcome.call_weight)
			},
		};
		post_info.refund(self.declared.saturating_sub(used));
	}
}

/// Whether the call uploads code, while code is authorized.
fn is_upload(call: &RuntimeCall) -> bool {
	let upload =
		matches!(call, RuntimeCall::System(frame_system::Call::apply_authorized_upgrade { .. }));
	upload && System::authorized_upgrade().is_some()
}
