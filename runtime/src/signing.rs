//! Signing transactions of this runtime, for tools and tests.

use crate::*;
use codec::Encode;
use sp_core::{sr25519, Pair};
use sp_runtime::{
	generic::{Era, SignedPayload},
	traits::IdentifyAccount,
	MultiSigner,
};

/// What a transaction carries besides its call.
pub fn extension(nonce: Nonce, era: Era, tip: Balance) -> TxExtension {
	(
		frame_system::AuthorizeCall::new(),
		frame_system::CheckNonZeroSender::new(),
		frame_system::CheckSpecVersion::new(),
		frame_system::CheckTxVersion::new(),
		frame_system::CheckGenesis::new(),
		frame_system::CheckEra::from(era),
		frame_system::CheckNonce::from(nonce),
		frame_system::CheckWeight::new(),
		pallet_transaction_payment::ChargeTransactionPayment::from(tip),
		frame_metadata_hash_extension::CheckMetadataHash::new(false),
		frame_system::WeightReclaim::new(),
	)
}

/// The chain for which a transaction is signed.
#[derive(Clone, Copy, Debug)]
pub struct Signed {
	/// Version of its runtime; that of its transactions is this crate's.
	pub spec_version: u32,
	/// Hash of its genesis block.
	pub genesis: Hash,
	/// Hash of the block with which the transaction's era begins.
	pub era_begin: Hash,
}

/// Signs a call.
pub fn sign(
	call: RuntimeCall,
	signer: &sr25519::Pair,
	extension: TxExtension,
	on: Signed,
) -> UncheckedExtrinsic {
	let Signed { spec_version, genesis, era_begin } = on;
	let (transaction_version, metadata_hash) = (VERSION.transaction_version, None);
	let implicit = (
		(),
		(),
		spec_version,
		transaction_version,
		genesis,
		era_begin,
		(),
		(),
		(),
		metadata_hash,
		(),
	);
	let payload = SignedPayload::from_raw(call, extension, implicit);
	let signature = payload.using_encoded(|bytes| signer.sign(bytes));
	let (call, extension, _) = payload.deconstruct();
	let who = MultiSigner::from(signer.public()).into_account();
	UncheckedExtrinsic::new_signed(call, who.into(), signature.into(), extension)
}
