//! What tells one instance from another: which names exist under it, and what it lets keys do.

use crate::registry::{Refusal, Request};
use jns_primitives::{
	name::{self, NameError},
	statement::Action,
	Name,
};

/// The rules of one instance. Everything else is the same under all of them.
pub trait Rules {
	/// Longest name that exists, in bytes. What a registration costs at most follows from it.
	const MAX_NAME_LEN: u32;

	/// Checks that a name exists under these rules. Who has one that does not, keeps it.
	///
	/// ## Errors
	/// What is wrong with it.
	fn check_name(name: &Name) -> Result<(), NameError>;

	/// Refuses a request to get a name that the state would allow. Called before the proof is
	/// verified, and not for a registration that repeats what is registered.
	///
	/// ## Errors
	/// Whatever the rules say; [`Refusal::NotAdmitted`] if there is no better word.
	fn admit(_: &Request) -> Result<(), Refusal> {
		Ok(())
	}

	/// Returns whether a key can do this with its name.
	fn allows(action: &Action) -> bool;
}

/// A name is registered once, for ever: the rules of Jami's name service today. Only the council takes
/// a name away.
pub struct Permanent;

impl Rules for Permanent {
	const MAX_NAME_LEN: u32 = name::MAX_JAMI_NAME_LEN;

	fn check_name(name: &Name) -> Result<(), NameError> {
		name.check_jami()
	}

	fn allows(action: &Action) -> bool {
		match action {
			Action::Release | Action::HandOver { .. } | Action::CancelHandOver => false,
			// What another logic, or the council, made possible.
			Action::Accept | Action::Claim | Action::TakeBack => true,
		}
	}
}

/// The same names, which their keys can release and hand over.
pub struct Living;

impl Rules for Living {
	const MAX_NAME_LEN: u32 = name::MAX_JAMI_NAME_LEN;

	fn check_name(name: &Name) -> Result<(), NameError> {
		name.check_jami()
	}

	fn allows(_: &Action) -> bool {
		true
	}
}
