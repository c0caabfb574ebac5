//! What the runtime answers to the node and to clients.

use crate::{
	chain_parameters::EpochDuration, genesis_config_presets, validators, AccountId, Balance, Block,
	Council, EternalStorage, Executive, Logics, Nonce, Runtime, RuntimeCall, SessionKeys, VERSION,
	*,
};

use codec::{DecodeLimit, Encode};
use frame_support::{
	genesis_builder_helper::{build_state, get_preset},
	traits::{
		fungible::Inspect,
		tokens::{Fortitude, Preservation},
		KeyOwnerProofSystem,
	},
	weights::Weight,
	MAX_EXTRINSIC_DEPTH,
};
use jns_primitives::{
	api::{
		Admission, ComposedCall, EraInfo, LogicInfo, NameEntry, NameQueryError, NameStatus,
		StoreInfo, ValidatorInfo, MAX_BATCHED_CALLS, MAX_PAGE,
	},
	council::{CouncilInfo, MemberInfo},
	proof::PublicKey,
	statement::Action,
	storage::{EternalStorage as _, Key, StoreId, Value, ValueKind},
	JamiId, Name, NameRecord,
};
use pallet_name_logic::{
	registry::{Refusal, Request},
	Logics as _,
};
use sp_api::impl_runtime_apis;
use sp_consensus_babe::AuthorityId as BabeId;
use sp_consensus_grandpa::AuthorityId as GrandpaId;
use sp_core::{crypto::KeyTypeId, OpaqueMetadata};
use sp_inherents::{CheckInherentsResult, InherentData};
use sp_runtime::{
	traits::{Block as BlockT, NumberFor},
	transaction_validity::{TransactionSource, TransactionValidity},
	ApplyExtrinsicResult, ExtrinsicInclusionMode,
};
use sp_session::OpaqueGeneratedSessionKeys;

/// The names, read. All logics see the same.
type Names = pallet_name_logic::Names<Runtime, frame_support::instances::Instance1>;

/// A registration for the ID of that key; `None` if it is no key.
fn request(name: Vec<u8>, key: Vec<u8>, signature: Vec<u8>) -> Option<Request> {
	let id = PublicKey::from_der(&key).ok()?.id();
	Some(Request { name, id, key, signature })
}

fn composed(call: RuntimeCall) -> ComposedCall {
	ComposedCall { encoded: call.encode() }
}

/// Why a question about names has no answer, for whoever asked.
fn unanswered(refusal: Refusal) -> NameQueryError {
	match refusal {
		Refusal::NoStore => NameQueryError::NoStore,
		_ => NameQueryError::Corrupt,
	}
}

impl_runtime_apis! {
	impl sp_api::Core<Block> for Runtime {
		fn version() -> RuntimeVersion {
			VERSION
		}

		fn execute_block(block: <Block as BlockT>::LazyBlock) {
			Executive::execute_block(block);
		}

		fn initialize_block(header: &Header) -> ExtrinsicInclusionMode {
			Executive::initialize_block(header)
		}
	}

	impl sp_api::Metadata<Block> for Runtime {
		fn metadata() -> OpaqueMetadata {
			OpaqueMetadata::new(Runtime::metadata().into())
		}

		fn metadata_at_version(version: u32) -> Option<OpaqueMetadata> {
			Runtime::metadata_at_version(version)
		}

		fn metadata_versions() -> Vec<u32> {
			Runtime::metadata_versions()
		}
	}

	impl frame_support::view_functions::runtime_api::RuntimeViewFunction<Block> for Runtime {
		fn execute_view_function(
			id: frame_support::view_functions::ViewFunctionId,
			input: Vec<u8>,
		) -> Result<Vec<u8>, frame_support::view_functions::ViewFunctionDispatchError> {
			Runtime::execute_view_function(id, input)
		}
	}

	impl sp_block_builder::BlockBuilder<Block> for Runtime {
		fn apply_extrinsic(extrinsic: <Block as BlockT>::Extrinsic) -> ApplyExtrinsicResult {
			Executive::apply_extrinsic(extrinsic)
		}

		fn finalize_block() -> <Block as BlockT>::Header {
			Executive::finalize_block()
		}

		fn inherent_extrinsics(data: InherentData) -> Vec<<Block as BlockT>::Extrinsic> {
			crate::inherent_extrinsics(data)
		}

		fn check_inherents(
			block: <Block as BlockT>::LazyBlock,
			data: InherentData,
		) -> CheckInherentsResult {
			crate::check_inherents(block, data)
		}
	}

	impl sp_transaction_pool::runtime_api::TaggedTransactionQueue<Block> for Runtime {
		fn validate_transaction(
			source: TransactionSource,
			tx: <Block as BlockT>::Extrinsic,
			block_hash: <Block as BlockT>::Hash,
		) -> TransactionValidity {
			Executive::validate_transaction(source, tx, block_hash)
		}
	}

	impl sp_offchain::OffchainWorkerApi<Block> for Runtime {
		fn offchain_worker(header: &Header) {
			Executive::offchain_worker(header)
		}
	}

	impl sp_consensus_babe::BabeApi<Block> for Runtime {
		fn configuration() -> sp_consensus_babe::BabeConfiguration {
			let epoch_config = Babe::epoch_config().unwrap_or(genesis_config_presets::BABE_EPOCH);
			sp_consensus_babe::BabeConfiguration {
				slot_duration: Babe::slot_duration(),
				epoch_length: EpochDuration::get(),
				c: epoch_config.c,
				authorities: Babe::authorities().to_vec(),
				randomness: Babe::randomness(),
				allowed_slots: epoch_config.allowed_slots,
			}
		}

		fn current_epoch_start() -> sp_consensus_babe::Slot {
			Babe::current_epoch_start()
		}

		fn current_epoch() -> sp_consensus_babe::Epoch {
			Babe::current_epoch()
		}

		fn next_epoch() -> sp_consensus_babe::Epoch {
			Babe::next_epoch()
		}

		fn generate_key_ownership_proof(
			_: sp_consensus_babe::Slot,
			authority_id: BabeId,
		) -> Option<sp_consensus_babe::OpaqueKeyOwnershipProof> {
			Historical::prove((sp_consensus_babe::KEY_TYPE, authority_id))
				.map(|proof| sp_consensus_babe::OpaqueKeyOwnershipProof::new(proof.encode()))
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_babe::EquivocationProof<Header>,
			key_owner_proof: sp_consensus_babe::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			let key_owner_proof = key_owner_proof.decode()?;
			Babe::submit_unsigned_equivocation_report(equivocation_proof, key_owner_proof)
		}
	}

	impl sp_consensus_grandpa::GrandpaApi<Block> for Runtime {
		fn grandpa_authorities() -> sp_consensus_grandpa::AuthorityList {
			Grandpa::grandpa_authorities()
		}

		fn current_set_id() -> sp_consensus_grandpa::SetId {
			pallet_grandpa::CurrentSetId::<Runtime>::get()
		}

		fn submit_report_equivocation_unsigned_extrinsic(
			equivocation_proof: sp_consensus_grandpa::EquivocationProof<
				<Block as BlockT>::Hash,
				NumberFor<Block>,
			>,
			key_owner_proof: sp_consensus_grandpa::OpaqueKeyOwnershipProof,
		) -> Option<()> {
			let key_owner_proof = key_owner_proof.decode()?;
			Grandpa::submit_unsigned_equivocation_report(equivocation_proof, key_owner_proof)
		}

		fn generate_key_ownership_proof(
			_: sp_consensus_grandpa::SetId,
			authority_id: GrandpaId,
		) -> Option<sp_consensus_grandpa::OpaqueKeyOwnershipProof> {
			Historical::prove((sp_consensus_grandpa::KEY_TYPE, authority_id))
				.map(|proof| sp_consensus_grandpa::OpaqueKeyOwnershipProof::new(proof.encode()))
		}
	}

	impl sp_authority_discovery::AuthorityDiscoveryApi<Block> for Runtime {
		fn authorities() -> Vec<sp_authority_discovery::AuthorityId> {
			AuthorityDiscovery::authorities()
		}
	}

	impl sp_session::SessionKeys<Block> for Runtime {
		fn generate_session_keys(
			owner: Vec<u8>,
			seed: Option<Vec<u8>>,
		) -> OpaqueGeneratedSessionKeys {
			SessionKeys::generate(&owner, seed).into()
		}

		fn decode_session_keys(encoded: Vec<u8>) -> Option<Vec<(Vec<u8>, KeyTypeId)>> {
			SessionKeys::decode_into_raw_public_keys(&encoded)
		}
	}

	impl frame_system_rpc_runtime_api::AccountNonceApi<Block, AccountId, Nonce> for Runtime {
		fn account_nonce(account: AccountId) -> Nonce {
			System::account_nonce(account)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentApi<Block, Balance>
		for Runtime
	{
		fn query_info(
			uxt: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment_rpc_runtime_api::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_info(uxt, len)
		}

		fn query_fee_details(
			uxt: <Block as BlockT>::Extrinsic,
			len: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_fee_details(uxt, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl pallet_transaction_payment_rpc_runtime_api::TransactionPaymentCallApi<
		Block,
		Balance,
		RuntimeCall,
	> for Runtime
	{
		fn query_call_info(
			call: RuntimeCall,
			len: u32,
		) -> pallet_transaction_payment::RuntimeDispatchInfo<Balance> {
			TransactionPayment::query_call_info(call, len)
		}

		fn query_call_fee_details(
			call: RuntimeCall,
			len: u32,
		) -> pallet_transaction_payment::FeeDetails<Balance> {
			TransactionPayment::query_call_fee_details(call, len)
		}

		fn query_weight_to_fee(weight: Weight) -> Balance {
			TransactionPayment::weight_to_fee(weight)
		}

		fn query_length_to_fee(length: u32) -> Balance {
			TransactionPayment::length_to_fee(length)
		}
	}

	impl jns_primitives::api::ValidatorsApi<Block, AccountId> for Runtime {
		fn validators() -> Vec<ValidatorInfo<AccountId>> {
			validators::validators()
		}

		fn era() -> EraInfo {
			validators::era()
		}
	}

	impl jns_primitives::api::NamesApi<Block> for Runtime {
		fn resolve(name: Vec<u8>) -> Result<Option<NameRecord>, NameQueryError> {
			let name = Name::try_from(&name[..]).map_err(NameQueryError::Invalid)?;
			let record = Names::record(&name).map_err(unanswered)?;
			if record.is_none() {
				let selected = pallet_council::SelectedLogic::<Runtime>::get();
				let checked = selected.and_then(|logic| Logics::check_name(&logic, &name));
				checked.unwrap_or(Ok(())).map_err(NameQueryError::Invalid)?;
			}
			Ok(record)
		}

		fn name_status(name: Vec<u8>) -> Result<NameStatus, NameQueryError> {
			let name = Name::try_from(&name[..]).map_err(NameQueryError::Invalid)?;
			Names::status(&name).map_err(unanswered)
		}

		fn is_spent(name: Name, id: JamiId) -> Result<bool, NameQueryError> {
			Names::is_spent(&name, &id).map_err(unanswered)
		}

		fn name_of(id: JamiId) -> Result<Option<Name>, NameQueryError> {
			Names::name_of(&id).map_err(unanswered)
		}

		fn names(after: Option<Key>, limit: u32) -> Result<Vec<NameEntry>, NameQueryError> {
			Names::page(after.as_ref(), limit.min(MAX_PAGE)).map_err(unanswered)
		}

		fn record_key(name: Vec<u8>) -> Result<Key, NameQueryError> {
			let name = Name::try_from(&name[..]).map_err(NameQueryError::Invalid)?;
			Ok(jns_primitives::layout::record_key(&name))
		}

		fn logics() -> Vec<LogicInfo> {
			let info = |(account, name): (_, &str)| LogicInfo { account, name: name.into() };
			Logics::all().into_iter().map(info).collect()
		}

		fn registration_call(
			name: Vec<u8>,
			key: Vec<u8>,
			signature: Vec<u8>,
		) -> Option<ComposedCall> {
			let selected = pallet_council::SelectedLogic::<Runtime>::get()?;
			Logics::registration(&selected, request(name, key, signature)?).map(composed)
		}

		fn admission(name: Vec<u8>, key: Vec<u8>) -> Admission {
			let id = match PublicKey::from_der(&key) {
				Ok(key) => key.id(),
				Err(why) => return Admission::InvalidKey(why),
			};
			// A frozen name is there all the same.
			match Name::try_from(&name[..]).map(|name| Names::record(&name)) {
				Err(why) => return Admission::InvalidName(why),
				Ok(Err(Refusal::NoStore)) => return Admission::Closed,
				Ok(Err(_)) => return Admission::Corrupt,
				Ok(Ok(Some(record))) if record.id == id && record.key[..] == key[..] => {
					return Admission::Registered;
				},
				Ok(Ok(_)) => (),
			}
			let Some(selected) = pallet_council::SelectedLogic::<Runtime>::get() else {
				return Admission::Closed;
			};
			let request = Request { name, id, key, signature: Vec::new() };
			Logics::admission(&selected, request).unwrap_or(Admission::Closed)
		}

		fn acceptance_call(
			name: Vec<u8>,
			key: Vec<u8>,
			signature: Vec<u8>,
			statement: Vec<u8>,
		) -> Option<ComposedCall> {
			let selected = pallet_council::SelectedLogic::<Runtime>::get()?;
			let request = request(name, key, signature)?;
			Logics::acceptance(&selected, request, statement).map(composed)
		}

		fn statement_call(
			name: Vec<u8>,
			action: Action,
			statement: Vec<u8>,
		) -> Option<ComposedCall> {
			let selected = pallet_council::SelectedLogic::<Runtime>::get()?;
			Logics::statement(&selected, name, action, statement).map(composed)
		}
	}

	impl jns_primitives::api::SponsorApi<Block, AccountId> for Runtime {
		fn registration_price() -> Balance {
			configs::registration_price()
		}

		fn spendable(who: AccountId) -> Balance {
			Balances::reducible_balance(&who, Preservation::Preserve, Fortitude::Polite)
		}

		fn batch_call(calls: Vec<ComposedCall>) -> Option<ComposedCall> {
			let decoded = |call: &ComposedCall| {
				RuntimeCall::decode_all_with_depth_limit(MAX_EXTRINSIC_DEPTH, &mut &call.encoded[..])
			};
			if calls.len() > MAX_BATCHED_CALLS {
				return None;
			}
			let calls = calls.iter().map(decoded).collect::<Result<Vec<_>, _>>().ok()?;
			let call = RuntimeCall::from(pallet_utility::Call::force_batch { calls });
			Some(composed(call))
		}
	}

	impl jns_primitives::api::CouncilApi<Block, AccountId, RuntimeCall> for Runtime {
		fn council() -> CouncilInfo<AccountId> {
			Council::info()
		}

		fn proposed_call() -> Option<RuntimeCall> {
			Council::proposed_call()
		}

		fn vote_call(aye: bool) -> Option<ComposedCall> {
			let open = Council::info().proposal.filter(|open| !open.overdue)?;
			let (index, call_hash) = (open.index, open.call_hash);
			let call = RuntimeCall::from(pallet_council::Call::vote { index, call_hash, aye });
			Some(composed(call))
		}

		fn member(who: AccountId) -> Option<MemberInfo<AccountId>> {
			Council::member_info(who)
		}

		fn members(after: Option<AccountId>, limit: u32) -> Vec<MemberInfo<AccountId>> {
			Council::member_infos(after, limit.min(MAX_PAGE))
		}

		fn proposal_deposit(len: u32) -> Balance {
			Council::deposit_for(len)
		}

		fn selected_logic() -> Option<AccountId> {
			pallet_council::SelectedLogic::<Runtime>::get()
		}
	}

	impl jns_primitives::api::StoresApi<Block, AccountId> for Runtime {
		fn store(id: StoreId) -> Option<StoreInfo<AccountId>> {
			EternalStorage::store_info(id)
		}

		fn stores(from: StoreId, limit: u32) -> Vec<(StoreId, StoreInfo<AccountId>)> {
			EternalStorage::store_infos(from, limit.min(MAX_PAGE))
		}

		fn stores_of(owner: AccountId, after: Option<StoreId>, limit: u32) -> Vec<StoreId> {
			EternalStorage::stores_of(&owner, after, limit.min(MAX_PAGE))
		}

		fn value(id: StoreId, kind: ValueKind, key: Key) -> Option<Value<AccountId>> {
			EternalStorage::get(id, kind, &key)
		}

		fn values(
			id: StoreId,
			kind: ValueKind,
			after: Option<Key>,
			limit: u32,
		) -> Vec<(Key, Value<AccountId>)> {
			EternalStorage::page(id, kind, after.as_ref(), limit.min(MAX_PAGE))
		}
	}

	impl pallet_staking_runtime_api::StakingApi<Block, Balance, AccountId> for Runtime {
		fn nominations_quota(balance: Balance) -> u32 {
			Staking::api_nominations_quota(balance)
		}

		fn eras_stakers_page_count(
			era: sp_staking::EraIndex,
			account: AccountId,
		) -> sp_staking::Page {
			Staking::api_eras_stakers_page_count(era, account)
		}

		fn pending_rewards(era: sp_staking::EraIndex, account: AccountId) -> bool {
			Staking::api_pending_rewards(era, account)
		}
	}

	impl sp_genesis_builder::GenesisBuilder<Block> for Runtime {
		fn build_state(config: Vec<u8>) -> sp_genesis_builder::Result {
			build_state::<RuntimeGenesisConfig>(config)
		}

		fn get_preset(id: &Option<sp_genesis_builder::PresetId>) -> Option<Vec<u8>> {
			get_preset::<RuntimeGenesisConfig>(id, genesis_config_presets::get_preset)
		}

		fn preset_names() -> Vec<sp_genesis_builder::PresetId> {
			genesis_config_presets::preset_names()
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	impl frame_benchmarking::Benchmark<Block> for Runtime {
		fn benchmark_metadata(
			extra: bool,
		) -> (Vec<frame_benchmarking::BenchmarkList>, Vec<frame_support::traits::StorageInfo>) {
			benchmarks::metadata(extra)
		}

		fn dispatch_benchmark(
			config: frame_benchmarking::BenchmarkConfig,
		) -> Result<Vec<frame_benchmarking::BenchmarkBatch>, alloc::string::String> {
			benchmarks::dispatch(config)
		}
	}

	#[cfg(feature = "try-runtime")]
	impl frame_try_runtime::TryRuntime<Block> for Runtime {
		fn on_runtime_upgrade(checks: frame_try_runtime::UpgradeCheckSelect) -> (Weight, Weight) {
			let weight = Executive::try_runtime_upgrade(checks)
				.expect("a failing upgrade is what this looks for");
			(weight, configs::RuntimeBlockWeights::get().max_block)
		}

		fn execute_block(
			block: <Block as BlockT>::LazyBlock,
			state_root_check: bool,
			signature_check: bool,
			select: frame_try_runtime::TryStateSelect,
		) -> Weight {
			Executive::try_execute_block(block, state_root_check, signature_check, select)
				.expect("a failing block is what this looks for")
		}
	}
}
