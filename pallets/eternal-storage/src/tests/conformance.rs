//! The pallet as an implementor of the storage trait.

use super::*;
use jns_primitives::test_support::conformance::{self, Fault, Setting, Subject};
use sp_runtime::{DispatchError, StateVersion};

struct Mock;

impl Subject for Mock {
	type AccountId = u64;
	type Storage = EternalStorage;

	fn examine(body: fn(Setting<u64>)) {
		execute(|| {
			let payer = Payer::signed(signed(BOB)).unwrap();
			body(Setting { store: alices_store(), logic: LOGIC, stranger: ALICE, payer })
		})
	}

	fn digest() -> Vec<u8> {
		sp_io::storage::root(StateVersion::V1)
	}

	fn error(fault: Fault) -> DispatchError {
		match fault {
			Fault::StoreNotFound => Error::<Test>::StoreNotFound,
			Fault::NotLogic => Error::<Test>::NotLogic,
			Fault::NotFound => Error::<Test>::NotFound,
			Fault::InvalidUtf8 => Error::<Test>::InvalidUtf8,
		}
		.into()
	}
}

#[test]
fn the_pallet_conforms() {
	conformance::examine::<Mock>();
}
