//! How chains begin.

use super::*;
use chain_parameters::{BondingDuration, EpochDuration, SessionsPerEra};
use jns_primitives::{
	council::LabelledStores, layout::NAMES_LABEL, test_support::genuine_registrations,
};

#[test]
fn every_preset_builds() {
	for (preset, validators) in [("development", 1), ("local", 4)] {
		chain(preset).execute_with(|| {
			assert_eq!(Session::validators().len(), validators);
			assert_eq!(Babe::authorities().len(), validators);
			assert_eq!(Grandpa::grandpa_authorities().len(), validators);
			assert_eq!(AuthorityDiscovery::authorities().len(), validators);
			assert_eq!(EpochDuration::get() * configs::SLOT_MILLIS, 60_000);
			assert_eq!((SessionsPerEra::get(), BondingDuration::get()), (3, 3));
			let alice = pallet_council::MemberOf::<Runtime>::get(Alice.to_account_id()).unwrap();
			assert_eq!(alice.stake, genesis_config_presets::TOTAL_STAKE);
			assert_eq!(
				pallet_council::TotalStake::<Runtime>::get(),
				genesis_config_presets::TOTAL_STAKE
			);
		});
	}
	assert_eq!(genesis_config_presets::get_preset(&PresetId::from("other")), None);
	assert_eq!(genesis_config_presets::preset_names(), ["development", "local"]);
}

#[test]
fn chain_parameters_lie_in_the_state_from_the_beginning() {
	chain("development").execute_with(|| {
		for key in [EpochDuration::key(), SessionsPerEra::key(), BondingDuration::key()] {
			assert!(sp_io::storage::exists(&key));
		}
	});
}

#[test]
fn names_can_be_registered_on_a_development_chain_at_once() {
	chain("development").execute_with(|| {
		let r = &genuine_registrations()[0];
		assert_ok!(register(Bob, r));
		let record = apis_resolve(&r.name).unwrap();
		assert_eq!(record.id, r.id);
		assert_eq!(PublicKey::from_der(&record.key).unwrap().id(), r.id);
	});
}

#[test]
fn on_a_local_chain_the_council_makes_the_store_and_selects_the_logic() {
	chain("local").execute_with(|| {
		let r = &genuine_registrations()[0];
		assert_eq!(
			register(Bob, r).unwrap_err().error,
			pallet_name_logic::Error::<Runtime, Instance1>::NoStore.into()
		);
		let label = NAMES_LABEL.to_vec().try_into().unwrap();
		let batch = pallet_utility::Call::batch_all {
			calls: vec![
				pallet_council::Call::create_store { label }.into(),
				pallet_council::Call::select_logic { logic: Some(PermanentNames::account_id()) }
					.into(),
			],
		};
		assert_eq!(pass(batch), pallet_council::Ending::Executed(Ok(())));
		assert_eq!(Council::store_of(NAMES_LABEL), Some(0));
		assert_ok!(register(Bob, r));
		assert_eq!(apis_resolve(&r.name).unwrap().id, r.id);
	});
}

fn apis_resolve(name: &[u8]) -> Option<jns_primitives::NameRecord> {
	use jns_primitives::api::runtime_decl_for_names_api::NamesApi;
	Runtime::resolve(name.to_vec()).unwrap()
}
