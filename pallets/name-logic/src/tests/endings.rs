//! How an ID loses a name or gives it away.

use super::*;

#[test]
fn a_released_name_is_anybodys_after_its_cool_down_and_not_before() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		go_to(5);
		assert_ok!(release(sign(OWNER, Action::Release)));
		let free_from = 5 + CoolDown::get();
		Which::selected().assert_last_event(Event::Released {
			name: name(),
			id: id(OWNER),
			free_from,
		});
		assert_eq!(owner(), None);
		assert_eq!(Names::name_of(&id(OWNER)), Ok(None));
		for which in JAMI {
			which.select();
			go_to(free_from - 1);
			assert_refused!(register_plainly(STRANGER), CoolingDown);
			go_to(free_from);
			frame_support::hypothetically!({
				assert_ok!(register_plainly(STRANGER));
				assert_eq!(owner(), Some(id(STRANGER)));
			});
		}
		// The ID is free for another name at once.
		assert_ok!(register(alice(), proof(OWNER, "another")));
	});
}

#[test]
fn every_old_proof_is_dead_under_both_logics() {
	let roads: [(&str, fn()); 3] = [
		("release", || release(sign(OWNER, Action::Release)).unwrap()),
		("removal", || remove().unwrap()),
		("hand-over", || {
			hand_over_to_heir(10);
			assert_ok!(register_plainly(HEIR));
			assert_ok!(release(sign(HEIR, Action::Release)));
			go_to(1_000);
			assert_refused!(register_plainly(HEIR), Spent);
		}),
	];
	for (road, end) in roads {
		living(|| {
			assert_ok!(register_plainly(OWNER));
			end();
			go_to(1_000);
			for which in [Which::Living, Which::Permanent, Which::Living] {
				which.select();
				assert_refused!(register_plainly(OWNER), Spent);
			}
			assert_eq!(owner(), None, "{road}");
			// The same bytes by whoever else pays.
			assert_refused!(register(alice(), proof(OWNER, NAME)), Spent);
			// Nor while somebody else has the name, and after that one has left.
			assert_ok!(register_plainly(STRANGER));
			assert_refused!(register_plainly(OWNER), NameTaken);
			assert_ok!(release(sign(STRANGER, Action::Release)));
			go_to(2_000);
			for which in JAMI {
				which.select();
				assert_refused!(register_plainly(OWNER), Spent);
				assert_refused!(register_plainly(STRANGER), Spent);
			}
		});
	}
}

#[test]
fn an_unmodified_client_takes_a_name_over_by_registering_it() {
	for which in JAMI {
		living(|| {
			assert_ok!(register_plainly(OWNER));
			assert_refused!(register_plainly(HEIR), NameTaken);
			hand_over_to_heir(10);
			Which::selected().assert_last_event(Event::HandedOver {
				name: name(),
				from: id(OWNER),
				to: id(HEIR),
				deadline: 10,
			});
			// It is the owner's until then, and nobody else's after.
			assert_eq!(owner(), Some(id(OWNER)));
			which.select();
			assert_refused!(register_plainly(STRANGER), NameTaken);
			go_to(4);
			assert_ok!(register_plainly(HEIR));
			let NameRecord { id: now, block, sequence, .. } = record();
			assert_eq!((now, block, sequence), (id(HEIR), 4, 2));
			assert_eq!(Names::name_of(&id(OWNER)), Ok(None));
			assert_eq!(Names::name_of(&id(HEIR)), Ok(Some(name())));
			assert_eq!(Names::status(&name()).unwrap().hand_over, None);
			assert_refused!(register_plainly(OWNER), NameTaken);
			// Registering again is what clients do.
			assert_ok!(register_plainly(HEIR));
			assert_eq!(record().sequence, 2);
		});
	}
}

#[test]
fn a_hand_over_holds_until_its_deadline_that_block_included() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		hand_over_to_heir(10);
		for which in JAMI {
			which.select();
			go_to(11);
			assert_refused!(register_plainly(HEIR), NameTaken);
			assert_refused!(accept(HEIR, sign(HEIR, Action::Accept)), NameTaken);
			go_to(10);
			frame_support::hypothetically!({
				assert_ok!(register_plainly(HEIR));
			});
		}
	});
}

#[test]
fn a_deadline_is_neither_past_nor_far() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		go_to(5);
		let latest = 5 + MaxHandOver::get();
		for deadline in [0, 4, 5, latest + 1, u32::MAX] {
			let statement = sign(OWNER, Action::HandOver { to: id(HEIR), deadline });
			assert_refused!(hand_over(HEIR, deadline, statement), DeadlineOutOfRange);
		}
		for deadline in [6, latest] {
			frame_support::hypothetically!({
				hand_over_to_heir(deadline);
			});
		}
		let statement = sign(OWNER, Action::HandOver { to: id(OWNER), deadline: 10 });
		assert_refused!(hand_over(OWNER, 10, statement), SameId);
	});
}

#[test]
fn what_was_cancelled_cannot_be_accepted_nor_replayed() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		let statement = hand_over_to_heir(15);
		let cancellation = sign(OWNER, Action::CancelHandOver);
		assert_ok!(cancel(cancellation.clone()));
		Which::selected()
			.assert_last_event(Event::HandOverCancelled { name: name(), id: id(OWNER) });
		assert_refused!(register_plainly(HEIR), NameTaken);
		assert_refused!(hand_over(HEIR, 15, statement), InvalidSignature(MISMATCH));
		assert_refused!(cancel(cancellation.clone()), NotOffered);
		// A new one is not touched by what was signed about the last.
		hand_over_to_heir(15);
		assert_refused!(cancel(cancellation), InvalidSignature(MISMATCH));
		assert_ok!(register_plainly(HEIR));
	});
}

#[test]
fn a_later_hand_over_takes_the_place_of_an_earlier_one() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		hand_over_to_heir(15);
		let statement = sign(OWNER, Action::HandOver { to: id(STRANGER), deadline: 12 });
		assert_ok!(hand_over(STRANGER, 12, statement));
		assert_refused!(register_plainly(HEIR), NameTaken);
		assert_ok!(register_plainly(STRANGER));
	});
}

#[test]
fn a_release_ends_a_hand_over() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		hand_over_to_heir(15);
		assert_ok!(release(sign(OWNER, Action::Release)));
		assert_refused!(register_plainly(HEIR), CoolingDown);
		assert_eq!(Names::status(&name()).unwrap().hand_over, None);
	});
}

#[test]
fn a_statement_holds_for_one_chain_name_action_record_and_key() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		let NameRecord { block, sequence, .. } = record();
		let good = Action::Release;
		let here = System::block_hash(0);
		let other_name = Name::try_from(&b"alicf"[..]).unwrap();
		let handed = Action::HandOver { to: id(HEIR), deadline: 10 };
		for (what, bytes) in [
			("another chain", good.statement(&Hash::repeat_byte(1), &name(), block, sequence)),
			("another name", good.statement(&here, &other_name, block, sequence)),
			("another action", handed.statement(&here, &name(), block, sequence)),
			("another block", good.statement(&here, &name(), block + 1, sequence)),
			("another sequence", good.statement(&here, &name(), block, sequence + 1)),
			("the name alone", NAME.as_bytes().to_vec()),
			("nothing", vec![]),
		] {
			let error = Which::Living.error(Error::InvalidSignature(MISMATCH));
			assert_eq!(release(KEYS[OWNER].sign(&bytes)), Err(error), "{what}");
		}
		assert_refused!(release(sign(HEIR, good)), InvalidSignature(MISMATCH));
		assert_refused!(release(vec![]), InvalidSignature(SignatureError::WrongLength));
		// Another ID or another deadline than was signed.
		let statement = sign(OWNER, handed);
		assert_refused!(hand_over(STRANGER, 10, statement.clone()), InvalidSignature(MISMATCH));
		assert_refused!(hand_over(HEIR, 11, statement), InvalidSignature(MISMATCH));
		// Cancelling is not releasing.
		hand_over_to_heir(10);
		assert_refused!(release(sign(OWNER, Action::CancelHandOver)), InvalidSignature(MISMATCH));
		assert_refused!(cancel(sign(OWNER, Action::Release)), InvalidSignature(MISMATCH));
		assert_ok!(release(sign(OWNER, good)));
	});
}

#[test]
fn a_statement_about_one_record_says_nothing_about_the_next() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		// Signed, shown to somebody, never sent.
		let unsent = sign(OWNER, Action::Release);
		hand_over_to_heir(10);
		let unsent_too = sign(OWNER, Action::Release);
		assert_ok!(register_plainly(HEIR));
		// And back, within the same block.
		let statement = sign(HEIR, Action::HandOver { to: id(OWNER), deadline: 10 });
		assert_ok!(hand_over(OWNER, 10, statement));
		assert_ok!(accept(OWNER, sign(OWNER, Action::Accept)));
		assert_eq!(record().block, 1);
		assert_refused!(release(unsent), InvalidSignature(MISMATCH));
		assert_refused!(release(unsent_too), InvalidSignature(MISMATCH));
		assert_eq!(owner(), Some(id(OWNER)));
	});
}

#[test]
fn a_former_owner_takes_a_name_back_only_by_signing_that_he_does() {
	for which in JAMI {
		living(|| {
			assert_ok!(register_plainly(OWNER));
			hand_over_to_heir(10);
			assert_ok!(register_plainly(HEIR));
			go_to(2);
			let statement = sign(HEIR, Action::HandOver { to: id(OWNER), deadline: 20 });
			assert_ok!(hand_over(OWNER, 20, statement));
			which.select();
			// Anybody has the old proof.
			assert_refused!(register_plainly(OWNER), Spent);
			// By the new key, not by the old one, and as accepting.
			assert_refused!(accept(OWNER, sign(HEIR, Action::Accept)), InvalidSignature(MISMATCH));
			assert_refused!(accept(OWNER, sign(OWNER, Action::Claim)), InvalidSignature(MISMATCH));
			assert_refused!(
				accept(OWNER, sign(OWNER, Action::Release)),
				InvalidSignature(MISMATCH)
			);
			let statement = sign(OWNER, Action::Accept);
			assert_ok!(accept(OWNER, statement.clone()));
			assert_eq!(owner(), Some(id(OWNER)));
			// The acceptance is dead as soon as it was used.
			Which::Living.select();
			assert_ok!(release(sign(OWNER, Action::Release)));
			go_to(1_000);
			assert_refused!(accept(OWNER, statement.clone()), NotOffered);
			assert_ok!(register_plainly(HEIR_OF_ANOTHER));
			let offer = Action::HandOver { to: id(OWNER), deadline: 1_010 };
			assert_ok!(hand_over(OWNER, 1_010, sign(HEIR_OF_ANOTHER, offer)));
			assert_refused!(accept(OWNER, statement), InvalidSignature(MISMATCH));
		});
	}
}
const HEIR_OF_ANOTHER: usize = STRANGER;

#[test]
fn an_acceptance_serves_who_never_had_the_name_too() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		assert_refused!(accept(HEIR, sign(HEIR, Action::Accept)), NameTaken);
		hand_over_to_heir(10);
		assert_refused!(accept(STRANGER, sign(STRANGER, Action::Accept)), NameTaken);
		assert_ok!(accept(HEIR, sign(HEIR, Action::Accept)));
		Which::selected().assert_last_event(Event::TakenOver {
			name: name(),
			from: id(OWNER),
			to: id(HEIR),
			payer: bob(),
		});
		// A free name is registered, not accepted.
		let Proof { name, id, key, signature } = proof(STRANGER, "free-name");
		let free = Call::accept { name, id, key, signature, statement: vec![] };
		assert_refused!(by_bob(free.clone()), NotOffered);
	});
}

#[test]
fn a_proof_sent_first_by_somebody_else_gives_the_name_to_its_key() {
	living(|| {
		// Bob saw Alice's transaction in the pool and was faster.
		assert_ok!(register(bob(), proof(OWNER, NAME)));
		assert_eq!(owner(), Some(id(OWNER)));
		let (paid, root) = (held(bob()), sp_io::storage::root(sp_runtime::StateVersion::V1));
		assert!(paid > 0);
		assert_ok!(register(alice(), proof(OWNER, NAME)));
		assert_eq!(sp_io::storage::root(sp_runtime::StateVersion::V1), root);
		assert_eq!((held(alice()), held(bob())), (0, paid));
		// The same with a statement: it does what it says, and Bob pays.
		assert_ok!(release(sign(OWNER, Action::Release)));
		assert_eq!(owner(), None);
		assert_eq!(held(alice()), 0);
	});
}

#[test]
fn two_ids_race_for_a_name_and_the_first_in_the_block_has_it() {
	living(|| {
		assert_ok!(register(alice(), proof(OWNER, NAME)));
		assert_refused!(register(bob(), proof(HEIR, NAME)), NameTaken);
		assert_eq!(owner(), Some(id(OWNER)));
		// The loser's ID is free for another.
		assert_ok!(register(bob(), proof(HEIR, "another")));
	});
}

#[test]
fn an_id_has_one_name_on_every_road() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		assert_ok!(register(alice(), proof(HEIR, "another")));
		assert_refused!(register(alice(), proof(HEIR, "a-third")), IdTaken);
		hand_over_to_heir(10);
		assert_refused!(register_plainly(HEIR), IdTaken);
		assert_refused!(accept(HEIR, sign(HEIR, Action::Accept)), IdTaken);
		assert_ok!(assign(HEIR));
		assert_ok!(release(sign(OWNER, Action::Release)));
		go_to(2);
		assert_refused!(register_plainly(HEIR), IdTaken);
		// Once it has let the other go, it can.
		let statement = Action::Release.statement(
			&System::block_hash(0),
			&Name::try_from(&b"another"[..]).unwrap(),
			1,
			0,
		);
		let statement = KEYS[HEIR].sign(&statement);
		assert_ok!(by_bob(Call::release { name: b"another".to_vec(), statement }));
		assert_ok!(register_plainly(HEIR));
	});
}

#[test]
fn the_mark_is_paid_for_by_the_registration_for_ever() {
	living(|| {
		assert_ok!(register(alice(), proof(OWNER, NAME)));
		let all = held(alice());
		assert!(all > MARK);
		// Bob sends the release: what he pays is the cool-down's and the take-back's, and Alice gets back all but the mark.
		assert_ok!(release(sign(OWNER, Action::Release)));
		assert_eq!((held(alice()), held(bob())), (MARK, 2 * WORD));
		go_to(1_000);
		assert_ok!(register(bob(), proof(HEIR, NAME)));
		assert_eq!(held(alice()), MARK);
		assert_ok!(remove());
		assert_eq!(
			(held(alice()), held(bob())),
			(MARK, MARK),
			"the council pays for the cool-down"
		);
	});
}

#[test]
fn whoever_sends_a_statement_pays_for_what_it_writes() {
	living(|| {
		assert_ok!(register(alice(), proof(OWNER, NAME)));
		let all = held(alice());
		let record_deposit = record_deposit();
		hand_over_to_heir(10);
		assert_eq!((held(alice()), held(bob())), (all - record_deposit, record_deposit + WORD));
		// The heir's sponsor is somebody else again.
		assert_ok!(register(alice(), proof(HEIR, NAME)));
		assert_eq!((held(alice()), held(bob())), (all + MARK, 0));
	});
}

#[test]
fn what_has_expired_is_cleared_by_anybody_for_whoever_paid() {
	for which in JAMI {
		living(|| {
			assert_ok!(register(alice(), proof(OWNER, NAME)));
			hand_over_to_heir(10);
			which.select();
			go_to(10);
			assert_refused!(clear(), NothingExpired);
			go_to(11);
			let before = held(bob());
			assert_ok!(clear());
			assert_eq!(held(bob()), before - WORD);
			assert_refused!(clear(), NothingExpired);
			Which::Living.select();
			assert_ok!(release(sign(OWNER, Action::Release)));
			which.select();
			go_to(11 + CoolDown::get() - 1);
			assert_refused!(clear(), NothingExpired);
			go_to(11 + CoolDown::get());
			assert_ok!(clear());
			assert_eq!(held(bob()), 0);
			assert_refused!(register_plainly(OWNER), Spent);
		});
	}
}

#[test]
fn nothing_is_done_by_a_logic_that_is_not_selected() {
	living(|| {
		assert_ok!(register_plainly(OWNER));
		hand_over_to_heir(10);
		// With statements that hold.
		let handed = Action::HandOver { to: id(HEIR), deadline: 9 };
		let name = || NAME.as_bytes().to_vec();
		let statement = |action| sign(OWNER, action);
		let calls = [
			Call::release { name: name(), statement: statement(Action::Release) },
			Call::hand_over {
				name: name(),
				to: id(HEIR),
				deadline: 9,
				statement: statement(handed),
			},
			Call::cancel_hand_over { name: name(), statement: statement(Action::CancelHandOver) },
			Call::clear_expired { key: key() },
			Call::adopt { name: name() },
			Call::reserve { keys: keys() },
			Call::unreserve { keys: keys() },
			Call::assign { key: key(), id: id(HEIR) },
			Call::remove { name: name(), reason: Hash::zero() },
			Call::purge { key: key(), id: None },
			registration(proof(HEIR, NAME)),
			acceptance(HEIR, sign(HEIR, Action::Accept)),
		];
		for (selected, error) in [
			(None, pallet_eternal_storage::Error::<Test>::NoLogic),
			(Some(Which::Permanent.account()), pallet_eternal_storage::Error::<Test>::NotLogic),
		] {
			SelectedLogic::set(selected);
			let error = DispatchError::from(error);
			for (n, call) in calls.iter().enumerate() {
				let origin = match n {
					5..=9 => RuntimeOrigin::root(),
					_ => RuntimeOrigin::signed(bob()),
				};
				let before = root();
				let refused = Which::Living.call(call.clone(), origin).unwrap_err();
				assert_eq!(refused.error, error, "{call:?}");
				assert_eq!(root(), before);
				if n > 9 {
					let weight = <() as crate::WeightInfo>::register_refused();
					assert_eq!(refused.post_info.actual_weight, Some(weight));
				}
			}
		}
	});
}

#[test]
fn what_is_no_name_or_has_no_record_is_refused() {
	living(|| {
		let released = |name: &[u8]| by_bob(Call::release { name: name.into(), statement: vec![] });
		assert_refused!(release(vec![]), NotRegistered);
		assert_refused!(cancel(vec![]), NotRegistered);
		assert_refused!(hand_over(HEIR, 10, vec![]), NotRegistered);
		assert_refused!(released(b"ALICE"), NotRegistered);
		assert_refused!(released(b"a/b"), InvalidName(NameError::InvalidCharacter));
		assert_refused!(released(b"caf\xe9"), InvalidName(NameError::InvalidUtf8));
		let remove = |name: Vec<u8>| by_council(Call::remove { name, reason: Hash::zero() });
		assert_refused!(remove(vec![]), InvalidName(NameError::TooShort));
		assert_refused!(remove(vec![b'x'; 129]), InvalidName(NameError::TooLong));
		assert_refused!(by_bob(Call::adopt { name: NAME.into() }), NotRegistered);
		assert_ok!(register_plainly(OWNER));
		assert_refused!(cancel(sign(OWNER, Action::CancelHandOver)), NotOffered);
	});
}

/// A name that its owner released in block 5.
fn released_in_block_5() {
	assert_ok!(register_plainly(OWNER));
	go_to(5);
	assert_ok!(release(sign(OWNER, Action::Release)));
}

fn take_back(who: usize, since: BlockNumber) -> DispatchResult {
	accept(who, sign_at(who, Action::TakeBack, since, 0))
}

#[test]
fn whoever_released_a_name_takes_it_back_while_it_cools_down() {
	for which in JAMI {
		living(|| {
			released_in_block_5();
			let paid = held(bob());
			which.select();
			// Not in the same block, in which the old record's statements were signed.
			assert_refused!(take_back(OWNER, 5), CoolingDown);
			let last = 5 + CoolDown::get() - 1;
			for block in [6, last] {
				which.select();
				go_to(block);
				// Not by the old proof, nor by anybody else, nor with another statement.
				assert_refused!(register_plainly(OWNER), Spent);
				assert_refused!(take_back(STRANGER, 5), CoolingDown);
				assert_refused!(register_plainly(STRANGER), CoolingDown);
				for action in [Action::Claim, Action::Accept, Action::Release] {
					let statement = sign_at(OWNER, action, 5, 0);
					assert_refused!(accept(OWNER, statement), InvalidSignature(MISMATCH));
				}
				assert_refused!(take_back(OWNER, 4), InvalidSignature(MISMATCH));
				frame_support::hypothetically!({
					assert_ok!(take_back(OWNER, 5));
					which.assert_last_event(Event::Registered {
						name: name(),
						id: id(OWNER),
						payer: bob(),
					});
					let NameRecord { id: now, block: at, sequence, .. } = record();
					assert_eq!((now, at, sequence), (id(OWNER), block, 0));
					let status = Names::status(&name()).unwrap();
					assert_eq!((status.free_from, status.take_back), (None, None));
					assert!(held(bob()) > paid, "for a record instead of two words");
					// Once: after another release it is another statement.
					Which::Living.select();
					go_to(block + 1);
					assert_ok!(release(sign(OWNER, Action::Release)));
					go_to(block + 2);
					assert_refused!(take_back(OWNER, 5), InvalidSignature(MISMATCH));
				});
			}
			// Afterwards the name is everybody else's.
			which.select();
			go_to(last + 1);
			assert_refused!(take_back(OWNER, 5), NotOffered);
			assert_ok!(register_plainly(STRANGER));
			assert_eq!(Names::status(&name()).unwrap().take_back, None);
		});
	}
}

#[test]
fn what_the_council_decided_meanwhile_wins_over_taking_back() {
	living(|| {
		released_in_block_5();
		assert_ok!(reserve());
		go_to(6);
		assert_refused!(take_back(OWNER, 5), Reserved);
		assert_ok!(assign(HEIR));
		go_to(7);
		assert_refused!(take_back(OWNER, 5), Reserved);
		assert_ok!(register_plainly(HEIR));
		assert_eq!(Names::status(&name()).unwrap().take_back, None);
	});
	// What the council took away is nobody's to take back.
	living(|| {
		assert_ok!(register_plainly(OWNER));
		go_to(5);
		assert_ok!(remove());
		go_to(6);
		assert_refused!(take_back(OWNER, 5), CoolingDown);
	});
}

#[test]
fn an_id_with_another_name_takes_none_back() {
	living(|| {
		released_in_block_5();
		assert_ok!(register(alice(), proof(OWNER, "another")));
		go_to(6);
		assert_refused!(take_back(OWNER, 5), IdTaken);
	});
}

#[test]
fn anybody_can_pay_for_a_name_instead() {
	for which in JAMI {
		living(|| {
			which.select();
			assert_ok!(register(alice(), proof(OWNER, NAME)));
			let (paid, before) = (held(alice()), record());
			go_to(9);
			assert_ok!(by_bob(Call::adopt { name: NAME.into() }));
			which.assert_last_event(Event::Adopted { name: name(), id: id(OWNER), payer: bob() });
			assert_eq!((held(alice()), held(bob())), (0, paid));
			assert_eq!(record(), before);
			// What has expired goes back to whoever paid then.
			Which::Living.select();
			assert_ok!(release(sign(OWNER, Action::Release)));
			assert_eq!(held(bob()), MARK + 2 * WORD);
		});
	}
}
