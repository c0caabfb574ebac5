//! What a page for voting asks the chain, by view functions.

use super::*;
use codec::Decode;
use frame_support::view_functions::ViewFunction;
use jns_primitives::council::{CouncilInfo, MemberInfo};
use pallet_council::{Call, CouncilViewFunction, MemberViewFunction, MembersViewFunction};
use pallet_council::{OutcomeFor, OutcomeViewFunction};
use pallet_council::{ProposalDepositViewFunction, ProposedCallViewFunction};

/// Asks as a client does: by the function's id, with encoded arguments.
fn ask<F: ViewFunction<ReturnType: Decode>>(arguments: impl Encode) -> F::ReturnType {
	let bytes = Runtime::execute_view_function(F::id(), arguments.encode()).unwrap();
	F::ReturnType::decode(&mut &bytes[..]).unwrap()
}

#[test]
fn a_voting_page_learns_everything_from_view_functions() {
	chain("development").execute_with(|| {
		let (alice, bob) = (Alice.to_account_id(), Bob.to_account_id());
		assert_eq!(ask::<ProposedCallViewFunction<Runtime>>(()), None);
		let total = pallet_council::TotalStake::<Runtime>::get();
		assert_ok!(Council::delegate(signed(Alice), bob.clone(), total / 2));
		let call = RuntimeCall::from(Call::select_logic { logic: None });
		let deposit: Balance =
			ask::<ProposalDepositViewFunction<Runtime>>(call.encoded_size() as u32);
		assert_ok!(Council::propose(signed(Alice), Box::new(call.clone()), 100));
		assert_ok!(Council::vote(signed(Bob), 0, true));

		let council: CouncilInfo<AccountId> = ask::<CouncilViewFunction<Runtime>>(());
		let open = council.proposal.unwrap();
		assert_eq!((open.index, open.proposer, open.deposit), (0, alice.clone(), deposit));
		assert_eq!((open.tally.ayes, open.stake_needed, open.blocks_left), (total / 2, 1, 100));
		assert_eq!(ask::<ProposedCallViewFunction<Runtime>>(()), Some(call));

		let member: Option<MemberInfo<AccountId>> = ask::<MemberViewFunction<Runtime>>(&bob);
		let member = member.unwrap();
		assert_eq!((member.weight, member.vote), (total / 2, Some(true)));
		let all = ask::<MembersViewFunction<Runtime>>((None::<AccountId>, u32::MAX));
		assert_eq!(all.len(), 2);
		let first = all[0].account.clone();
		let rest = ask::<MembersViewFunction<Runtime>>((Some(first), 10u32));
		assert_eq!(rest, all[1..]);

		assert_ok!(Council::vote(signed(Alice), 0, true));
		let outcome: Option<OutcomeFor<Runtime>> = ask::<OutcomeViewFunction<Runtime>>(0u32);
		assert_eq!(outcome.unwrap().proposer, alice);
		assert_eq!(ask::<OutcomeViewFunction<Runtime>>(1u32), None);
	});
}
