//! The storage, with the council as the owner of its stores, as an implementor of the trait.

use super::*;
use jns_primitives::{
	storage::Payer,
	test_support::conformance::{self, Fault, Setting, Subject},
};
use pallet_eternal_storage::Error;
use sp_runtime::{DispatchError, StateVersion};

struct CouncilStore;

impl Subject for CouncilStore {
	type AccountId = AccountId;
	type Storage = EternalStorage;

	fn examine(body: fn(Setting<AccountId>)) {
		chain("development").execute_with(|| {
			let label = b"another".to_vec().try_into().unwrap();
			let create = pallet_council::Call::create_store { label };
			assert_eq!(pass(create), pallet_council::Ending::Executed(Ok(())));
			body(Setting {
				store: pallet_eternal_storage::NextStoreId::<Runtime>::get() - 1,
				logic: PermanentNames::account_id(),
				stranger: Council::account_id(),
				payer: Payer::signed(signed(Bob)).unwrap(),
			});
		})
	}

	fn digest() -> Vec<u8> {
		sp_io::storage::root(StateVersion::V1)
	}

	fn error(fault: Fault) -> DispatchError {
		match fault {
			Fault::StoreNotFound => Error::<Runtime>::StoreNotFound,
			Fault::NotLogic => Error::<Runtime>::NotLogic,
			Fault::NotFound => Error::<Runtime>::NotFound,
			Fault::InvalidUtf8 => Error::<Runtime>::InvalidUtf8,
		}
		.into()
	}
}

#[test]
fn a_store_of_the_councils_conforms() {
	conformance::examine::<CouncilStore>();
}
