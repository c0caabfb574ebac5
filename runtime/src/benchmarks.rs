//! The benchmarks of our pallets, and what they need of this runtime.

use crate::*;
use alloc::{string::String, vec::Vec};
use frame_benchmarking::{BenchmarkBatch, BenchmarkConfig, BenchmarkList};
use frame_support::traits::{
	fungible::Mutate, StorageInfo, StorageInfoTrait, WhitelistedStorageKeys,
};
use jns_primitives::council::LabelledStores;

frame_benchmarking::define_benchmarks!(
	[pallet_babe, Babe]
	[pallet_council, Council]
	[pallet_eternal_storage, EternalStorage]
	[pallet_grandpa, Grandpa]
	[pallet_name_logic, LivingNames]
);

/// Lists the benchmarks.
pub fn metadata(extra: bool) -> (Vec<BenchmarkList>, Vec<StorageInfo>) {
	let mut list = Vec::<BenchmarkList>::new();
	list_benchmarks!(list, extra);
	(list, AllPalletsWithSystem::storage_info())
}

/// Runs one.
pub fn dispatch(config: BenchmarkConfig) -> Result<Vec<BenchmarkBatch>, String> {
	let whitelist = AllPalletsWithSystem::whitelisted_storage_keys();
	let mut batches = Vec::<BenchmarkBatch>::new();
	let params = (&config, &whitelist);
	add_benchmarks!(params, batches);
	Ok(batches)
}

/// Makes the store for names, selects logics, funds accounts.
pub struct NamesHelper;
impl pallet_name_logic::BenchmarkHelper<AccountId> for NamesHelper {
	fn select(logic: AccountId) {
		let label = jns_primitives::layout::NAMES_LABEL;
		if Council::store_of(label).is_none() {
			let label = label.to_vec().try_into().expect("the label is short");
			Council::create_store(pallet_council::Origin::Council.into(), label)
				.expect("the council may");
		}
		pallet_council::SelectedLogic::<Runtime>::put(logic);
	}

	fn fund(who: &AccountId) {
		let _ = Balances::mint_into(who, 1_000 * JNS);
	}
}

/// Offers stores to the council.
pub struct CouncilHelper;
impl pallet_council::BenchmarkHelper<AccountId> for CouncilHelper {
	fn offer_store(to: AccountId) -> jns_primitives::storage::StoreId {
		let owner = AccountId::new([7; 32]);
		let _ = Balances::mint_into(&owner, 1_000 * JNS);
		let origin = || RuntimeOrigin::signed(owner.clone());
		let store = pallet_eternal_storage::NextStoreId::<Runtime>::get();
		EternalStorage::create_store(origin()).expect("the owner is funded");
		EternalStorage::offer_ownership(origin(), store, Some(to)).expect("it owns the store");
		store
	}
}
