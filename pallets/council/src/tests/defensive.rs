//! What cannot happen fails a test, though it would only be logged on chain.

use super::*;
use frame_support::traits::DEFENSIVE_OP_PUBLIC_ERROR;
use std::panic::catch_unwind;

#[test]
fn a_test_fails_on_what_is_only_logged_on_chain() {
	let a_queue_with_a_gap = || {
		execute(|| {
			EmptiedEnds::<Test>::put((0, 1));
			let _ = Council::delegate(signed(ALICE), BOB, 10);
		})
	};
	let failure = catch_unwind(a_queue_with_a_gap).unwrap_err();
	// Not what try_state says of the same gap after the body.
	assert!(failure.downcast_ref::<String>().unwrap().contains(DEFENSIVE_OP_PUBLIC_ERROR));
}
