//! Signing transactions of this runtime, for tools and tests.

use crate::*;
use codec::Encode;
use sp_core::{sr25519, Pair};
use sp_runtime::{
	generic::{Era, SignedPayload},
	traits::{IdentifyAccount, TransactionExtension},
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
		operational::AdmitOperational(pallet_transaction_payment::ChargeTransactionPayment::from(
			tip,
		)),
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
	let payload = SignedPayload::from_raw(call, extension, implicit(on));
	let signature = payload.using_encoded(|bytes| signer.sign(bytes));
	let (call, extension, _) = payload.deconstruct();
	let who = MultiSigner::from(signer.public()).into_account();
	UncheckedExtrinsic::new_signed(call, who.into(), signature.into(), extension)
}

/// A call that the chain's runtime composed, which may be none that this crate knows, as an encoded
/// transaction. `sign` has the payload signed by the account's key; nothing if it does not.
pub fn sign_composed(
	call: &[u8],
	who: AccountId,
	extension: TxExtension,
	on: Signed,
	sign: impl FnOnce(&[u8]) -> Option<sr25519::Signature>,
) -> Option<Vec<u8>> {
	/// Bytes that are an encoding already.
	struct Raw<'a>(&'a [u8]);
	impl Encode for Raw<'_> {
		fn encode_to<T: codec::Output + ?Sized>(&self, to: &mut T) {
			to.write(self.0);
		}
	}
	let payload = (Raw(call), &extension, implicit(on)).encode();
	// As `SignedPayload` has it: what is long is signed by its hash.
	let signature = if payload.len() > 256 {
		sign(&sp_io::hashing::blake2_256(&payload))
	} else {
		sign(&payload)
	}?;
	let signed = generic::UncheckedExtrinsic::<Address, Raw, Signature, TxExtension>::new_signed(
		Raw(call),
		who.into(),
		signature.into(),
		extension,
	);
	Some(signed.encode())
}

/// The names of what a transaction carries besides its call, in their order.
pub fn extension_names() -> Vec<alloc::string::String> {
	TxExtension::metadata().into_iter().map(|one| one.identifier.into()).collect()
}

/// What is signed besides and not sent.
fn implicit(on: Signed) -> <TxExtension as TransactionExtension<RuntimeCall>>::Implicit {
	let Signed { spec_version, genesis, era_begin } = on;
	let (transaction_version, metadata_hash) = (VERSION.transaction_version, None);
	((), (), spec_version, transaction_version, genesis, era_begin, (), (), (), metadata_hash, ())
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Decode;
	use sp_keyring::Sr25519Keyring::Alice;
	use sp_runtime::{generic::Preamble, MultiSignature};

	#[test]
	fn a_composed_call_is_signed_as_a_known_one() {
		let on = Signed {
			spec_version: VERSION.spec_version,
			genesis: Hash::repeat_byte(1),
			era_begin: Hash::repeat_byte(2),
		};
		for len in [0, 1_000] {
			let call = RuntimeCall::from(frame_system::Call::remark { remark: vec![7; len] });
			let with = || extension(5, Era::mortal(64, 9), 0);
			let composed =
				sign_composed(&call.encode(), Alice.to_account_id(), with(), on, |payload| {
					Some(Alice.pair().sign(payload))
				});
			let signed = UncheckedExtrinsic::decode(&mut &composed.unwrap()[..]).unwrap();
			let expected = sign(call, &Alice.pair(), with(), on);
			assert_eq!(signed.function, expected.function);
			// Signatures differ each time, so that it is the payload that they verify which is compared.
			let Preamble::Signed(who, MultiSignature::Sr25519(signature), carried) =
				signed.preamble
			else {
				panic!("it is signed");
			};
			assert_eq!(who, Alice.to_account_id().into());
			let payload = SignedPayload::from_raw(expected.function, carried, implicit(on));
			assert!(payload.using_encoded(|bytes| sr25519::Pair::verify(
				&signature,
				bytes,
				&Alice.public()
			)));
		}
	}
}
