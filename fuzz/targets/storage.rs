//! The pallet does what the model says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pallet_eternal_storage::model::{drive, Action};

fuzz_target!(|actions: Vec<Action>| drive(&actions));
