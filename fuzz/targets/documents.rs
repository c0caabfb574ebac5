//! Proofs of names and of sets of authorities, changed: they prove what they did, or nothing.
#![no_main]

use arbitrary::Arbitrary;
use jns_name_proof::{
	verify,
	warp::{follow, Trust, WarpProof},
	Authorities, Document, Verified,
};
use jns_primitives::Hash;
use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Kept {
	proof: Document,
	authorities: Authorities,
	warp_proof: WarpProof,
	genesis: Hash,
}

static KEPT: LazyLock<Kept> = LazyLock::new(|| {
	serde_json::from_str(include_str!("../../name-proof/documents/format-1.json"))
		.expect("the crate's tests read it")
});
static PROVEN: LazyLock<Verified> =
	LazyLock::new(|| verify(&KEPT.proof, &KEPT.authorities).expect("it is a good one"));
static SETS: LazyLock<Vec<Authorities>> = LazyLock::new(|| {
	follow(Trust::Genesis(KEPT.genesis), std::slice::from_ref(&KEPT.warp_proof))
		.expect("it is a good one")
});

#[derive(Arbitrary, Debug)]
struct Edit {
	/// Of the parts, in their order.
	of: u8,
	at: u16,
	change: Change,
}

#[derive(Arbitrary, Debug)]
enum Change {
	Xor(u8),
	Insert(u8),
	Remove(u8),
	Truncate,
	/// With a number as SCALE has lengths.
	Length(u32),
	/// With another part of either document.
	Replace(u8),
	/// With what another part has from there on.
	Splice(u8),
}

/// What is changed: the parts that are bytes, and numbers.
fn parts<'a>(proof: &'a mut Document, warp: &'a mut WarpProof) -> Vec<&'a mut Vec<u8>> {
	let mut parts = vec![&mut proof.header.0, &mut proof.justification.0];
	parts.extend(proof.nodes.iter_mut().map(|node| &mut node.0));
	for genesis in &mut warp.genesis {
		parts.push(&mut genesis.header.0);
		parts.extend(genesis.nodes.iter_mut().map(|node| &mut node.0));
	}
	for fragment in &mut warp.fragments {
		parts.extend([&mut fragment.header.0, &mut fragment.justification.0]);
	}
	parts
}

fn edit(parts: &mut [&mut Vec<u8>], Edit { of, at, change }: Edit) {
	let other = |choice: u8| parts[usize::from(choice) % parts.len()].clone();
	let taken = match change {
		Change::Replace(by) | Change::Splice(by) => other(by),
		_ => Vec::new(),
	};
	let count = parts.len();
	let bytes = &mut *parts[usize::from(of) % count];
	// Where they end is a place, too.
	let at = usize::from(at) % (bytes.len() + 1);
	match change {
		Change::Xor(with) => {
			if let Some(byte) = bytes.get_mut(at) {
				*byte ^= with;
			}
		},
		Change::Insert(byte) => bytes.insert(at, byte),
		Change::Remove(some) => {
			let end = bytes.len().min(at + usize::from(some));
			bytes.drain(at..end);
		},
		Change::Truncate => bytes.truncate(at),
		Change::Length(number) => {
			bytes.splice(at..at, (number << 2 | 2).to_le_bytes());
		},
		Change::Replace(_) => *bytes = taken,
		Change::Splice(_) => {
			bytes.truncate(at);
			bytes.extend(taken.into_iter().skip(at));
		},
	}
}

fuzz_target!(|input: (u8, u8, Vec<Edit>)| {
	let (mut proof, mut warp) = (KEPT.proof.clone(), KEPT.warp_proof.clone());
	let (set_id, begins_with, edits) = input;
	for one in edits {
		edit(&mut parts(&mut proof, &mut warp), one);
	}
	// Mostly the right ones.
	proof.set_id = proof.set_id.wrapping_add(u64::from(set_id / 200));
	warp.set_id = warp.set_id.wrapping_add(u64::from(begins_with / 200));
	if let Ok(verified) = verify(&proof, &KEPT.authorities) {
		assert_eq!(verified, *PROVEN);
	}
	if let Ok(sets) = follow(Trust::Genesis(KEPT.genesis), std::slice::from_ref(&warp)) {
		assert_eq!(sets, *SETS);
	}
	for known in SETS.iter() {
		if let Ok(sets) = follow(Trust::Authorities(known.clone()), std::slice::from_ref(&warp)) {
			let end = sets.last().expect("there is the one that is trusted");
			assert!(SETS.contains(end));
		}
	}
});
