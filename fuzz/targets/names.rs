//! The logics do what the model says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pallet_name_logic::model::{drive, Action};

fuzz_target!(|actions: Vec<Action>| drive(&actions));
