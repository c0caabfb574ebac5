use super::*;
use crate::document::{check, Document};
use jns_primitives::{proof::PublicKey, Reservation, TakeBack};

const OFFLINE: &str =
	"--pem @pem --genesis 0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const NODE: &str = "--pem @pem --node ws://127.0.0.1:9944";
const SEND: &str = "--pem @pem --node ws://127.0.0.1:9944 --submit --payer-file @payer";

fn hex_id(n: usize) -> String {
	hex::encode(key(n).id().0)
}

/// The document that a command printed, once `check` has accepted it.
fn printed(ran: &Ran) -> Document {
	let document: Document = serde_json::from_str(&ran.output).unwrap();
	let proof = check(ran.output.as_bytes(), Some(&document.name)).unwrap();
	assert_eq!(proof.document().statement, document.statement);
	document
}

fn bytes(text: &str) -> Vec<u8> {
	hex::decode(text.strip_prefix("0x").unwrap()).unwrap()
}

/// That the document states this of the record of block 7, sequence 3, or of that assignment.
fn assert_states(document: &Document, n: usize, action: Action, block: u32, sequence: u32) {
	let statement = document.statement.as_ref().unwrap();
	let expected = action.statement(&GENESIS, &name("alice"), block, sequence);
	assert_eq!(bytes(&statement.bytes), expected);
	let der = key(n).der();
	assert_eq!(bytes(&document.key), der);
	assert_eq!(document.id, hex_id(n));
	let public = PublicKey::from_der(&der).unwrap();
	assert_eq!(public.verify(&expected, &bytes(&statement.signature)), Ok(()));
	let wants_name = matches!(action, Action::Accept | Action::Claim | Action::TakeBack);
	assert_eq!(document.signature.is_some(), wants_name);
	if let Some(signature) = &document.signature {
		assert_eq!(public.verify(b"alice", &bytes(signature)), Ok(()));
	}
}

fn to_another() -> Action {
	Action::HandOver { to: key(1).id(), deadline: 300 }
}

#[test]
fn the_id_is_printed_alone() {
	let ran = Files::with_key(0).works("id --pem @pem", None);
	assert_eq!((ran.output, ran.words), (format!("{}\n", hex_id(0)), String::new()));
}

#[test]
fn a_proof_is_made_without_knowing_the_chain() {
	let files = Files::with_key(0);
	let document = printed(&files.works("register alice --pem @pem", None));
	assert_eq!(bytes(document.signature.as_ref().unwrap()), key(0).sign(b"alice"));
	assert_eq!((document.statement, document.call, document.link), (None, None, None));
	// A genuine account too.
	let files = Files::new().with("archive", PLAIN_ARCHIVE);
	printed(&files.works("register alice --archive @archive", None));
}

#[test]
fn statements_are_made_offline_from_what_is_given() {
	let files = Files::with_key(0);
	let to = hex_id(1);
	for (line, action) in [
		("release alice --yes".into(), Action::Release),
		(format!("hand-over alice --to {to} --deadline 300 --yes"), to_another()),
		("cancel-hand-over alice".into(), Action::CancelHandOver),
		("accept alice".into(), Action::Accept),
	] {
		let ran = files.works(&format!("{line} {OFFLINE} --block 7 --sequence 3"), None);
		assert_states(&printed(&ran), 0, action, 7, 3);
		assert!(ran.words.contains("block 7, sequence 3"), "{}", ran.words);
		assert!(ran.words.contains(&format!("{GENESIS:?}")));
	}
	let ran = files.works(&format!("claim alice {OFFLINE} --block 9"), None);
	assert_states(&printed(&ran), 0, Action::Claim, 9, 0);
	let ran = files.works(&format!("take-back alice {OFFLINE} --block 9"), None);
	assert_states(&printed(&ran), 0, Action::TakeBack, 9, 0);
}

#[test]
fn a_record_key_is_printed_alone() {
	let ran = Files::new().works("record-key alice", None);
	let key = jns_primitives::layout::record_key(&name("alice"));
	assert_eq!((ran.output, ran.words), (format!("0x{}\n", hex::encode(key)), String::new()));
}

#[test]
fn a_released_name_is_taken_back_while_it_cools_down() {
	let files = Files::with_key(0);
	let released = |by, free_from| {
		let take_back = Some(TakeBack { by, since: 95 });
		let status = NameStatus { take_back, free_from: Some(free_from), ..NameStatus::default() };
		Rc::new(Mock { is_spent: true, ..Mock::new(status) })
	};
	let own = released(key(0).id(), 102);
	let document = printed(&files.works(&format!("take-back alice {NODE}"), Some(&own)));
	assert_states(&document, 0, Action::TakeBack, 95, 0);
	let message = files.fails(&format!("register alice {NODE}"), Some(&own));
	assert!(message.contains("`take-back` before block 102"), "{message}");
	let mut reserved = NameStatus::clone(&own.status);
	reserved.reservation = Some(Reservation { assigned_to: None, since: 99 });
	for (chain, why) in [
		// The next block is the first in which it is free.
		(released(key(0).id(), 101), "cannot take"),
		(released(key(1).id(), 102), "cannot take"),
		(Rc::new(Mock::new(NameStatus::default())), "cannot take"),
		(Rc::new(Mock::new(reserved)), "keeps alice back"),
		(Rc::new(Mock::owned_by(1)), "belongs to"),
	] {
		let message = files.fails(&format!("take-back alice {NODE}"), Some(&chain));
		assert!(message.contains(why), "{message}");
		assert!(chain.sent.borrow().is_empty());
	}
}

#[test]
fn what_is_not_given_offline_is_asked_for() {
	let files = Files::with_key(0);
	for (line, option) in [
		("release alice --yes --pem @pem --block 7 --sequence 3".into(), "--genesis HASH"),
		(format!("release alice --yes {OFFLINE} --sequence 3"), "--block BLOCK"),
		(format!("release alice --yes {OFFLINE} --block 7"), "--sequence NUMBER"),
		(format!("claim alice {OFFLINE}"), "--block BLOCK"),
		(format!("take-back alice {OFFLINE}"), "--block BLOCK"),
	] {
		let message = files.fails(&line, None);
		assert!(message.contains(option), "{message}");
	}
	let to = hex_id(1);
	for line in [
		"release alice".into(),
		"release Alice --pem @pem".into(),
		"release a/b --pem @pem".into(),
		"release a\u{202e}b --pem @pem".into(),
		format!("release {} --pem @pem", "a".repeat(129)),
		"id --pem @pem --archive @pem".into(),
		"id --pem @pem --password-file @pem".into(),
		format!("release alice {OFFLINE} --submit"),
		format!("release alice {NODE} --submit"),
		format!("release alice {NODE} --payer-file @payer"),
		format!("release alice {NODE} --block 7"),
		format!("hand-over alice {OFFLINE} --to {to}"),
		format!("hand-over alice {OFFLINE} --to {to} --blocks 3"),
		format!("hand-over alice {NODE} --to {to} --blocks 3 --deadline 3"),
		format!("hand-over alice {NODE} --to {to}0 --blocks 3"),
	] {
		let ran = files.run(&line, None, None);
		assert!(ran.usage.is_some(), "{line}: {ran:?}");
	}
}

#[test]
fn a_node_tells_what_is_to_be_stated_and_composes_the_call() {
	let files = Files::with_key(0);
	let to = hex_id(1);
	let own = Rc::new(Mock::owned_by(0));
	let offering = Rc::new(Mock::owned_by(0).handed_over(key(1).id(), 300));
	let offered = Rc::new(Mock::owned_by(1).handed_over(key(0).id(), 101));
	for (line, chain, action) in [
		("release alice --yes".into(), &own, Action::Release),
		(format!("hand-over alice --to {to} --deadline 300 --yes"), &own, to_another()),
		(format!("hand-over alice --to {to} --blocks 200 --yes"), &own, to_another()),
		("cancel-hand-over alice".into(), &offering, Action::CancelHandOver),
		("accept alice".into(), &offered, Action::Accept),
	] {
		let document = printed(&files.works(&format!("{line} {NODE}"), Some(chain)));
		assert_states(&document, 0, action, 7, 3);
		let (call, link) = (document.call.unwrap(), document.link.unwrap());
		let statement = document.statement.unwrap().signature;
		assert!(call.starts_with("0x2a") && call.ends_with(&statement[2..]));
		let page = "https://polkadot.js.org/apps/?rpc=ws%3A%2F%2F127.0.0.1%3A9944";
		assert_eq!(link, format!("{page}#/extrinsics/decode/{call}"));
	}
	let reservation = Some(Reservation { assigned_to: Some(key(0).id()), since: 9 });
	let assigned = Rc::new(Mock::new(NameStatus { reservation, ..NameStatus::default() }));
	let document = printed(&files.works(&format!("claim alice {NODE}"), Some(&assigned)));
	assert_states(&document, 0, Action::Claim, 9, 0);
	// To one who never had it, all these are registrations.
	for chain in [&Rc::new(Mock::new(NameStatus::default())), &assigned, &offered] {
		let document = printed(&files.works(&format!("register alice {NODE}"), Some(chain)));
		assert!(document.statement.is_none() && document.call.is_some());
	}
	for chain in [own, offering, assigned, offered] {
		assert!(chain.sent.borrow().is_empty());
	}
}

#[test]
fn what_the_chain_would_refuse_is_not_signed() {
	let files = Files::with_key(0);
	let (me, other) = (key(0).id(), key(1).id());
	let free = || Mock::new(NameStatus::default());
	let reserved = |assigned_to| {
		let reservation = Some(Reservation { assigned_to, since: 9 });
		Mock::new(NameStatus { reservation, ..NameStatus::default() })
	};
	let cooling = |block| Mock::new(NameStatus { free_from: Some(block), ..NameStatus::default() });
	let spent = |mock| Mock { is_spent: true, ..mock };
	let to = |id: JamiId| hex::encode(id.0);
	for (line, chain, part) in [
		("register alice".into(), Mock::owned_by(1), "until they hand it over"),
		("register alice".into(), Mock::owned_by(1).handed_over(me, 100), "until they hand"),
		("register alice".into(), Mock::owned_by(1).handed_over(key(2).id(), 300), "until they"),
		("register alice".into(), reserved(None), "keeps alice back"),
		("register alice".into(), reserved(Some(other)), "keeps alice back"),
		("register alice".into(), cooling(102), "free from block 102"),
		("register alice".into(), spent(free()), "`accept`"),
		("release alice --yes".into(), free(), "nobody has"),
		("release alice --yes".into(), Mock::owned_by(1), "Use the owner's key"),
		("cancel-hand-over alice".into(), Mock::owned_by(0), "nothing to cancel"),
		("accept alice".into(), Mock::owned_by(1), "not handed over"),
		("accept alice".into(), Mock::owned_by(1).handed_over(me, 100), "not handed over"),
		("accept alice".into(), free(), "not handed over"),
		("claim alice".into(), reserved(Some(other)), "not assigned"),
		("claim alice".into(), free(), "not assigned"),
		("claim alice".into(), Mock::owned_by(1), "until they hand it over"),
		(
			format!("hand-over alice --yes --to {} --blocks 9", to(me)),
			Mock::owned_by(0),
			"has the name already",
		),
		(
			format!("hand-over alice --yes --to {} --deadline 100", to(other)),
			Mock::owned_by(0),
			"not after the present block, 100",
		),
		(
			format!("hand-over alice --yes --to {} --blocks 0", to(other)),
			Mock::owned_by(0),
			"not after the present block, 100",
		),
		("release bobby --yes".into(), Mock::owned_by(0), "it told of another name"),
	] {
		let message = files.fails(&format!("{line} {NODE}"), Some(&Rc::new(chain)));
		assert!(message.contains(part), "{line}: {message}");
	}
	files.works(&format!("register alice {NODE}"), Some(&Rc::new(cooling(101))));
}

#[test]
fn what_is_done_already_is_not_done_again() {
	let files = Files::with_key(0);
	let chain = Rc::new(Mock { is_spent: true, ..Mock::owned_by(0) });
	for command in ["register", "accept", "claim"] {
		let ran = files.works(&format!("{command} alice {SEND}"), Some(&chain));
		assert!(ran.words.contains("nothing to do") && ran.output.is_empty());
	}
	assert!(chain.sent.borrow().is_empty());
}

#[test]
fn a_node_of_another_chain_is_refused() {
	let files = Files::with_key(0);
	let chain = Rc::new(Mock { genesis: Hash::repeat_byte(1), ..Mock::owned_by(0) });
	let line = format!("release alice --yes {OFFLINE} --node ws://a");
	assert!(files.fails(&line, Some(&chain)).contains("Ask a node of the right chain"));
	files.works(&line, Some(&Rc::new(Mock::owned_by(0))));
}

#[test]
fn a_call_that_says_something_else_is_not_shown_nor_sent() {
	let files = Files::with_key(0);
	let twists: [(fn(Vec<u8>) -> Option<Vec<u8>>, &str); 4] = [
		(|_| None, "do not offer this"),
		(|_| Some(vec![]), "does not say what was asked for"),
		(|call| Some([call, vec![0]].concat()), "does not say what was asked for"),
		(
			|mut call| {
				call[5] ^= 1;
				Some(call)
			},
			"does not say what was asked for",
		),
	];
	for (twist, part) in twists {
		for (line, status) in [
			("release alice --yes", Mock::owned_by(0).status),
			("register alice --yes", NameStatus::default()),
		] {
			let chain = Rc::new(Mock { twist, ..Mock::new(status) });
			let message = files.fails(&format!("{line} {SEND}"), Some(&chain));
			assert!(message.contains(part), "{message}");
			assert!(chain.sent.borrow().is_empty());
		}
	}
}

#[test]
fn addresses_that_are_none_or_hold_a_password_are_refused() {
	let files = Files::with_key(0);
	for url in ["127.0.0.1:9944", "ws://", "file:///dev/null", "wss://me:pass@host"] {
		let message = files.fails(&format!("register alice --pem @pem --node {url}"), None);
		assert!(message.contains("ws://127.0.0.1:9944") && !message.contains("pass@"), "{message}");
	}
}

#[test]
fn what_cannot_be_undone_waits_until_the_name_is_typed() {
	let files = Files::with_key(0);
	let to = hex_id(1);
	let release = format!("release alice {OFFLINE} --block 7 --sequence 3");
	let hand_over =
		format!("hand-over alice --to {to} --deadline 9 {OFFLINE} --block 7 --sequence 3");
	let chain = Rc::new(Mock::new(NameStatus::default()));
	for (line, chain) in
		[(release, None), (hand_over, None), (format!("register alice {SEND}"), Some(&chain))]
	{
		let message = files.fails(&line, chain);
		assert!(message.contains("--yes"), "{message}");
		for typed in ["", "\n", "y\n", "yes\n", "alicf\n", "Alice\n"] {
			let ran = files.run(&line, chain, Some(typed));
			assert!(matches!(ran.error, Some(Error::Declined(_))), "{line}: {typed}");
			assert!(ran.output.is_empty());
		}
		assert!(chain.is_none_or(|chain| chain.sent.borrow().is_empty()));
		let ran = files.run(&line, chain, Some("alice\n"));
		assert!(ran.error.is_none(), "{ran:?}");
		assert!(ran.words.contains("Type the name to go on: "));
		assert!(ran.words.contains("for ever"), "{}", ran.words);
		printed(&ran);
	}
	assert_eq!(chain.sent.borrow().len(), 1);
}

#[test]
fn what_is_sent_is_what_was_printed() {
	let files = Files::with_key(0);
	let chain = Rc::new(Mock::owned_by(0));
	let ran = files.works(&format!("release alice --yes {SEND}"), Some(&chain));
	let call = bytes(&printed(&ran).call.unwrap());
	assert_eq!(chain.sent.take(), [(call, PAYER.to_owned())]);
	assert!(ran.words.contains(&format!("final in block {:?}", Hash::repeat_byte(0xbb))));
}

#[test]
fn a_call_that_fails_in_its_block_is_told_so() {
	let files = Files::with_key(0);
	let outcome = Err("living.NotSigned\u{1b}[2J".into());
	let chain = Rc::new(Mock { outcome, ..Mock::owned_by(0) });
	let ran = files.run(&format!("release alice --yes {SEND}"), Some(&chain), None);
	assert!(matches!(ran.error, Some(Error::Failed { .. })));
	assert!(ran.message().contains("failed there: living.NotSigned[2J. The fee is paid"));
	assert!(!ran.words.contains("Done"));
}

#[test]
fn a_call_that_may_be_on_its_way_is_told_so() {
	let files = Files::with_key(0);
	let chain = Rc::new(Mock { breaks: true, ..Mock::owned_by(0) });
	let ran = files.run(&format!("release alice --yes {SEND}"), Some(&chain), None);
	assert!(ran.message().contains("it went away. The call may be on its way"));
	// It is there to be looked for.
	printed(&ran);
}
