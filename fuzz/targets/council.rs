//! The pallet does what the article says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pallet_council::model::{drive, Action};

fuzz_target!(|actions: Vec<Action>| drive(&actions));
