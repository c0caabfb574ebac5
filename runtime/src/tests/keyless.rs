//! Candidates without session keys.

use super::{eras::*, *};
use pallet_staking::{RewardDestination, ValidatorPrefs};

/// Has somebody with far more than anybody else bonds become a candidate.
fn rich_candidate() -> AccountId {
	let rich = Sr25519Keyring::Eve;
	let payee = RewardDestination::Staked;
	assert_ok!(Staking::bond(signed(rich), 50 * BOND, payee));
	assert_ok!(Staking::validate(signed(rich), ValidatorPrefs::default()));
	rich.to_account_id()
}

#[test]
fn are_not_elected_however_much_they_bond() {
	chain_of(DEVELOPMENT, 1).execute_with(|| {
		let rich = rich_candidate();
		for _ in 0..3 {
			next_era();
			assert_eq!(Session::validators(), [stash(0)]);
			assert_eq!((Babe::authorities().len(), Grandpa::grandpa_authorities().len()), (1, 1));
		}
		// With keys they are.
		let keys = SessionKeys {
			babe: Sr25519Keyring::Eve.public().into(),
			grandpa: sp_keyring::Ed25519Keyring::Eve.public().into(),
			authority_discovery: Sr25519Keyring::Eve.public().into(),
		};
		pallet_session::NextKeys::<Runtime>::insert(&rich, keys);
		next_era();
		next_era();
		assert_eq!(Session::validators(), [rich]);
	});
}

#[test]
fn drop_out_alone_when_they_take_their_keys_back() {
	chain_of(DEVELOPMENT, 3).execute_with(|| {
		let all = Session::validators();
		assert_ok!(Session::purge_keys(RuntimeOrigin::signed(all[0].clone())));
		for _ in 0..2 {
			next_era();
		}
		let mut left = Session::validators();
		left.sort();
		let mut others = all[1..].to_vec();
		others.sort();
		assert_eq!(left, others);
		assert_eq!((Babe::authorities().len(), Grandpa::grandpa_authorities().len()), (2, 2));
	});
}
