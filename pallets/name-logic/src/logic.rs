//! What a runtime asks its logics, of which one is selected.

use crate::{registry::Request, Call, Config, Names, Pallet, Rules};
use alloc::{vec, vec::Vec};
use codec::MaxEncodedLen;
use frame_support::traits::{IsSubType, PalletInfoAccess};
use impl_trait_for_tuples::impl_for_tuples;
use jns_primitives::{
	api::Admission,
	name::{NameError, MAX_NAME_LEN},
	proof::{MAX_KEY_LEN, MAX_SIGNATURE_LEN},
	statement::Action,
	JamiId, Name, VersionedRecord,
};

/// One of a runtime's logics: what the runtime asks of it, so that it serves clients whichever is
/// selected. A pallet of another kind than this crate's can be one too.
pub trait Logic {
	/// Whom the council selects.
	type AccountId;
	/// The runtime's calls.
	type RuntimeCall;

	/// Returns the account that stands for the logic.
	fn account() -> Self::AccountId;

	/// Returns what it is called in metadata.
	fn name() -> &'static str;

	/// Checks that a name exists under the logic's rules.
	///
	/// ## Errors
	/// What is wrong with it.
	fn check_name(name: &Name) -> Result<(), NameError>;

	/// Returns what the logic would make of a registration now, whatever its proof.
	fn admission(request: Request) -> Admission;

	/// Returns the call that registers.
	fn registration(request: Request) -> Self::RuntimeCall;

	/// Returns the call that takes a name with a statement of the new key; `None` if the logic has
	/// none.
	fn acceptance(request: Request, statement: Vec<u8>) -> Option<Self::RuntimeCall>;

	/// Returns the call that does what a record's key states; `None` if the logic does not allow that.
	fn statement(name: Vec<u8>, action: Action, statement: Vec<u8>) -> Option<Self::RuntimeCall>;

	/// Returns the longest registration, and the encoded lengths, in bytes, of the values that it
	/// leaves in the storage: what one costs at most follows from these.
	fn dearest_registration() -> (Request, Vec<u32>);

	/// Returns whether a call is one of the logic's own.
	fn is_own(call: &Self::RuntimeCall) -> bool;
}

/// The logics of a runtime, as a tuple. What is asked of one that is not among them is `None`.
pub trait Logics<AccountId, RuntimeCall> {
	/// Returns all of them, in the tuple's order.
	fn all() -> Vec<(AccountId, &'static str)>;

	/// See [`Logic::check_name`].
	fn check_name(selected: &AccountId, name: &Name) -> Option<Result<(), NameError>>;

	/// See [`Logic::admission`].
	fn admission(selected: &AccountId, request: Request) -> Option<Admission>;

	/// See [`Logic::registration`].
	fn registration(selected: &AccountId, request: Request) -> Option<RuntimeCall>;

	/// See [`Logic::acceptance`].
	fn acceptance(
		selected: &AccountId,
		request: Request,
		statement: Vec<u8>,
	) -> Option<RuntimeCall>;

	/// See [`Logic::statement`].
	fn statement(
		selected: &AccountId,
		name: Vec<u8>,
		action: Action,
		statement: Vec<u8>,
	) -> Option<RuntimeCall>;

	/// Returns what [`Logic::dearest_registration`] is under each of them, as a call.
	fn dearest_registrations() -> Vec<(RuntimeCall, Vec<u32>)>;

	/// Returns whether a call is one of any logic.
	fn is_own(call: &RuntimeCall) -> bool;
}

#[impl_for_tuples(1, 12)]
#[tuple_types_custom_trait_bound(Logic<AccountId = AccountId, RuntimeCall = RuntimeCall>)]
impl<AccountId: PartialEq, RuntimeCall> Logics<AccountId, RuntimeCall> for Tuple {
	#[allow(clippy::vec_init_then_push)] // A tuple has no other way.
	fn all() -> Vec<(AccountId, &'static str)> {
		let mut all = Vec::new();
		for_tuples!( #( all.push((Tuple::account(), Tuple::name())); )* );
		all
	}

	fn check_name(selected: &AccountId, name: &Name) -> Option<Result<(), NameError>> {
		for_tuples!( #(
			if Tuple::account() == *selected {
				return Some(Tuple::check_name(name));
			}
		)* );
		None
	}

	fn admission(selected: &AccountId, request: Request) -> Option<Admission> {
		for_tuples!( #(
			if Tuple::account() == *selected {
				return Some(Tuple::admission(request));
			}
		)* );
		None
	}

	fn registration(selected: &AccountId, request: Request) -> Option<RuntimeCall> {
		for_tuples!( #(
			if Tuple::account() == *selected {
				return Some(Tuple::registration(request));
			}
		)* );
		None
	}

	fn acceptance(
		selected: &AccountId,
		request: Request,
		statement: Vec<u8>,
	) -> Option<RuntimeCall> {
		for_tuples!( #(
			if Tuple::account() == *selected {
				return Tuple::acceptance(request, statement);
			}
		)* );
		None
	}

	fn statement(
		selected: &AccountId,
		name: Vec<u8>,
		action: Action,
		statement: Vec<u8>,
	) -> Option<RuntimeCall> {
		for_tuples!( #(
			if Tuple::account() == *selected {
				return Tuple::statement(name, action, statement);
			}
		)* );
		None
	}

	#[allow(clippy::vec_init_then_push)]
	fn dearest_registrations() -> Vec<(RuntimeCall, Vec<u32>)> {
		let mut all = Vec::new();
		for_tuples!( #(
			let (request, footprint) = Tuple::dearest_registration();
			all.push((Tuple::registration(request), footprint));
		)* );
		all
	}

	fn is_own(call: &RuntimeCall) -> bool {
		for_tuples!( #(
			if Tuple::is_own(call) {
				return true;
			}
		)* );
		false
	}
}

impl<T: Config<I>, I: 'static> Logic for Pallet<T, I>
where
	T::RuntimeCall: From<Call<T, I>> + IsSubType<Call<T, I>>,
	Self: PalletInfoAccess,
{
	type AccountId = T::AccountId;
	type RuntimeCall = T::RuntimeCall;

	fn account() -> T::AccountId {
		Self::account_id()
	}

	fn name() -> &'static str {
		<Self as PalletInfoAccess>::name()
	}

	fn check_name(name: &Name) -> Result<(), NameError> {
		T::Rules::check_name(name)
	}

	fn admission(request: Request) -> Admission {
		Names::<T, I>::admission(request)
	}

	fn registration(request: Request) -> T::RuntimeCall {
		let Request { name, id, key, signature } = request;
		Call::register { name, id, key, signature }.into()
	}

	fn acceptance(request: Request, statement: Vec<u8>) -> Option<T::RuntimeCall> {
		let Request { name, id, key, signature } = request;
		Some(Call::accept { name, id, key, signature, statement }.into())
	}

	fn statement(name: Vec<u8>, action: Action, statement: Vec<u8>) -> Option<T::RuntimeCall> {
		if !T::Rules::allows(&action) {
			return None;
		}
		let call = match action {
			Action::Release => Call::release { name, statement },
			Action::HandOver { to, deadline } => Call::hand_over { name, to, deadline, statement },
			Action::CancelHandOver => Call::cancel_hand_over { name, statement },
			// Those need a proof besides: `acceptance`.
			Action::Accept | Action::Claim | Action::TakeBack => return None,
		};
		Some(call.into())
	}

	fn dearest_registration() -> (Request, Vec<u32>) {
		let len = T::Rules::MAX_NAME_LEN;
		let request = Request {
			name: vec![b'x'; len as usize],
			id: JamiId::default(),
			key: vec![0; MAX_KEY_LEN as usize],
			signature: vec![0; MAX_SIGNATURE_LEN as usize],
		};
		// A byte for a value's kind, and up to two for its length.
		let shorter = MAX_NAME_LEN.saturating_sub(len);
		let record = (VersionedRecord::max_encoded_len() as u32).saturating_sub(shorter);
		let (reverse, mark) = (len.saturating_add(3), 2);
		(request, vec![record.saturating_add(3), reverse, mark])
	}

	fn is_own(call: &T::RuntimeCall) -> bool {
		call.is_sub_type().is_some()
	}
}
