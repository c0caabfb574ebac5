//! What our pallets' calls weigh, as measured: `scripts/weights` writes these files.

pub mod elections;
pub mod equivocations;
pub mod pallet_babe;
pub mod pallet_council;
pub mod pallet_eternal_storage;
pub mod pallet_grandpa;
pub mod pallet_name_logic;
pub mod root_calls;
