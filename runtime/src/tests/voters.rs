//! What whoever votes asks the chain.

use super::*;
use jns_primitives::api::runtime_decl_for_council_api::CouncilApi;
use pallet_council::Call;
use sp_runtime::traits::Dispatchable;

type Api = Runtime;

fn council() -> jns_primitives::council::CouncilInfo<AccountId> {
	<Api as CouncilApi<Block, AccountId, RuntimeCall>>::council()
}

fn vote_call(aye: bool) -> Option<RuntimeCall> {
	let composed = <Api as CouncilApi<Block, AccountId, RuntimeCall>>::vote_call(aye)?;
	Some(RuntimeCall::decode(&mut &composed.encoded[..]).unwrap())
}

#[test]
fn a_voter_learns_everything_from_the_runtime() {
	chain("development").execute_with(|| {
		let (alice, bob) = (Alice.to_account_id(), Bob.to_account_id());
		assert_eq!(<Api as CouncilApi<Block, AccountId, RuntimeCall>>::proposed_call(), None);
		assert_eq!(vote_call(true), None);
		let total = pallet_council::TotalStake::<Runtime>::get();
		assert_ok!(Council::delegate(signed(Alice), bob.clone(), total / 2));
		let call = RuntimeCall::from(Call::select_logic { logic: None });
		let len = call.encoded_size() as u32;
		let deposit = <Api as CouncilApi<Block, AccountId, RuntimeCall>>::proposal_deposit(len);
		assert_ok!(Council::propose(signed(Alice), Box::new(call.clone()), 100));
		assert_ok!(vote_call(true).unwrap().dispatch(signed(Bob)));

		let open = council().proposal.unwrap();
		assert_eq!((open.index, open.proposer, open.deposit), (0, alice.clone(), deposit));
		assert_eq!((open.tally.ayes, open.stake_needed), (total / 2, 1));
		assert_eq!((open.opened, open.passes_from, open.notice_left), (1, 1, 0));
		assert_eq!((open.end, open.blocks_left, open.overdue), (101, 100, false));
		assert_eq!((open.call_hash, open.call), (hash_of(&call), call.encode()));
		let proposed = <Api as CouncilApi<Block, AccountId, RuntimeCall>>::proposed_call();
		assert_eq!(proposed, Some(call));

		let member = <Api as CouncilApi<Block, AccountId, RuntimeCall>>::member(bob).unwrap();
		assert_eq!((member.weight, member.vote), (total / 2, Some(true)));
		let members = |after, limit| {
			<Api as CouncilApi<Block, AccountId, RuntimeCall>>::members(after, limit)
		};
		let all = members(None, u32::MAX);
		assert_eq!(all.len(), 2);
		assert_eq!(members(Some(all[0].account.clone()), 10), all[1..]);
	});
}

#[test]
fn nothing_is_composed_for_whom_it_would_be_refused() {
	chain("development").execute_with(|| {
		let call: RuntimeCall = Call::select_logic { logic: None }.into();
		assert_ok!(Council::propose(signed(Alice), Box::new(call), 100));
		assert!(vote_call(true).is_some());
		// The coming block is the last one.
		System::set_block_number(100);
		assert!(vote_call(true).is_some());
		System::set_block_number(101);
		assert!(council().proposal.unwrap().overdue);
		assert_eq!(vote_call(true), None);
	});
}

#[test]
fn operators_see_that_an_upgrade_is_authorized() {
	chain("development").execute_with(|| {
		assert_eq!(council().authorized_upgrade, None);
		let code_hash = Hash::repeat_byte(7);
		let authorize = frame_system::Call::authorize_upgrade { code_hash };
		pass(Call::dispatch_root { call: Box::new(authorize.into()) });
		assert_eq!(council().authorized_upgrade, Some(code_hash));
	});
}
