//! # Council
//!
//! The authority of the chain: members with stakes, one proposal at a time, and the stores that the
//! council owns.
//!
//! ## Overview
//!
//! All stake exists from genesis on and belongs to members. A member can *delegate* (transfer) part of
//! it to anybody. Members *propose* calls, one at a time, and *vote* on the open one with their stake.
//! It passes as soon as more than half of all stake is in favour, but not before its notice is over, and
//! is executed there and then, with the council's own origin; it is rejected as soon as that can no
//! longer happen; otherwise it expires.
//!
//! The council owns stores under *labels* and selects one *logic*, the account that may write to all
//! of them.
//!
//! ## Terminology
//!
//! * **Stake**: voting weight, conserved; not money.
//! * **Weight** of a vote: the stake that the member held when the proposal was made.
//! * **Slot**: the place of the one open proposal.
//! * **Notice**: the blocks from the making of a proposal to the first in which it can pass.
//!
//! ## Low-level
//!
//! Goals:
//! 1. *Conserved*: the sum of the members' stakes is the total, always.
//! 2. *Early end, both ways*: the deciding vote executes or rejects in its own extrinsic. No state
//!    "passed" exists that waiting could undo, and nothing runs in a hook, where a panic would stop
//!    the chain.
//! 3. *Stake counts once, though it moves*: the first change of a record's stake while proposal P is
//!    open stores `(P, stake before it)`; a record made while P is open starts with `(P, 0)`. The
//!    weight of a vote on P is that snapshot if it is tagged P, else the stake. This costs O(1).
//! 4. *Every slot is freed*: before its call is dispatched, whether that succeeds or not; by
//!    rejection; by anybody, once it has expired or a new `transaction_version` could read the call
//!    as another one.
//! 5. *The slot cannot be held hostage*: proposing takes a share of all stake, held for a cool-down, and
//!    a deposit, which is lost unless a tenth of all stake was in favour. Whoever's proposal failed cools
//!    down again. What answers abuse is the majority: it rejects, and moves the abuser's stake.
//! 6. *Root is one narrow door*: [`Pallet::dispatch_root`] admits a closed list of calls, none of
//!    which carries another.
//! 7. *A vote is for one call*: it names the number of the proposal and the hash of its call, so that
//!    no other proposal gets a vote that was meant for this one.
//! 8. *Nothing passes unannounced*: only calls that [`Proposable`] says are urgent pass without notice.
//! 9. *Labelled stores stay*: a label is for one store, until that is found to be empty.
//!
//! A record emptied while P is open keeps its weight until P ends. It is listed, and every later
//! delegation, proposal, close or withdrawal for which the slot is free removes up to two listed
//! records that are still empty.
//!
//! ## Limitations
//!
//! A council that cannot muster more than half of all stake governs nothing: there is no other way
//! in. Nothing gets money out of the council's own account.

#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]
// Nothing on chain may panic or wrap.
#![cfg_attr(
	not(any(feature = "fuzzing", test)),
	warn(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used)
)]

extern crate alloc;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod dispatch;
mod impls;
#[cfg(any(feature = "fuzzing", test))]
#[allow(missing_docs)] // FRAME's runtime macro writes none.
pub mod mock;
#[cfg(any(feature = "fuzzing", test))]
pub mod model;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "fuzzing", feature = "try-runtime", test))]
mod try_state;
mod types;
pub mod weights;

use alloc::{boxed::Box, vec::Vec};
use frame_support::{
	dispatch::{GetDispatchInfo, PostDispatchInfo},
	pallet_prelude::*,
	traits::{
		fungible::{Mutate as FungibleMutate, MutateHold as HoldMutate},
		ConstU32, Contains, EnsureOrigin, UnfilteredDispatchable,
	},
	PalletId,
};
use frame_system::pallet_prelude::*;
use jns_primitives::{
	council::{CouncilInfo, Label, MemberInfo, ProposalIndex, Tally, Verdict},
	storage::{StoreId, StoreRegistry},
	Hash, Stake,
};
use sp_runtime::{traits::Dispatchable, Perbill};

pub use impls::EnsureCouncil;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

/// Prepares what the benchmarks need and this crate cannot name.
#[cfg(feature = "runtime-benchmarks")]
pub trait BenchmarkHelper<AccountId> {
	/// Makes a store and offers it to that account.
	fn offer_store(to: AccountId) -> StoreId;
}

#[frame_support::pallet]
pub mod pallet {
	use super::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config:
		frame_system::Config<
		Hash = Hash,
		RuntimeEvent: From<Event<Self>>,
		RuntimeOrigin: From<Origin>
		                   + Into<Result<Origin, <Self as frame_system::Config>::RuntimeOrigin>>,
	>
	{
		/// The calls that can be proposed.
		type RuntimeCall: Parameter
			+ Dispatchable<
				RuntimeOrigin = <Self as frame_system::Config>::RuntimeOrigin,
				PostInfo = PostDispatchInfo,
			> + UnfilteredDispatchable<RuntimeOrigin = <Self as frame_system::Config>::RuntimeOrigin>
			+ GetDispatchInfo
			+ From<frame_system::Call<Self>>;

		/// Which calls need notice, and from whom they take stake.
		type Calls: Proposable<Self::AccountId, <Self as Config>::RuntimeCall>;

		/// The calls that [`Pallet::dispatch_root`] admits.
		type RootCalls: Contains<<Self as Config>::RuntimeCall>;

		/// Least stake of a member.
		#[pallet::constant]
		type MinStake: Get<Stake>;

		/// Share of all stake that a proposer must hold.
		#[pallet::constant]
		type ProposeShare: Get<Perbill>;

		/// For how long a member must have held that, without interruption, before it may propose, in
		/// blocks; so moving stake to a fresh account gains nothing. For as long it may not propose
		/// again after its proposal was rejected or expired.
		#[pallet::constant]
		type CoolDown: Get<BlockNumberFor<Self>>;

		/// Blocks for which a proposal is open before it can pass, if it is not urgent.
		#[pallet::constant]
		type NoticePeriod: Get<BlockNumberFor<Self>>;

		/// Holds the proposers' deposits.
		type Currency: HoldMutate<Self::AccountId, Reason: From<HoldReason>>
			+ FungibleMutate<Self::AccountId>;

		/// What a proposal deposits, whatever its length.
		#[pallet::constant]
		type DepositBase: Get<BalanceOf<Self>>;

		/// What it deposits for each byte of its encoded call.
		#[pallet::constant]
		type DepositPerByte: Get<BalanceOf<Self>>;

		/// Shortest time for which a proposal can be open, in blocks.
		#[pallet::constant]
		type MinLifetime: Get<BlockNumberFor<Self>>;

		/// Longest time for which a proposal can be open, in blocks.
		#[pallet::constant]
		type MaxLifetime: Get<BlockNumberFor<Self>>;

		/// Longest call that can be proposed, in encoded bytes.
		#[pallet::constant]
		type MaxProposalLen: Get<u32>;

		/// Heaviest call that can be proposed. Every vote declares it, and is refunded what it did
		/// not use.
		#[pallet::constant]
		type MaxProposalWeight: Get<Weight>;

		/// Number of past proposals whose outcome is kept.
		#[pallet::constant]
		type MaxOutcomes: Get<u32>;

		/// Most stores that the council can have.
		#[pallet::constant]
		type MaxStores: Get<u32>;

		/// From which the council's account is derived. Nobody can sign for that.
		#[pallet::constant]
		type PalletId: Get<PalletId>;

		/// Where stores are made.
		type Stores: StoreRegistry<Self::AccountId>;

		/// What the calls weigh.
		type WeightInfo: WeightInfo;

		/// Prepares the benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// The origin with which proposals that passed are executed.
	#[pallet::origin]
	#[derive(
		Clone,
		Copy,
		Debug,
		PartialEq,
		Eq,
		Encode,
		Decode,
		DecodeWithMemTracking,
		MaxEncodedLen,
		TypeInfo,
	)]
	pub enum Origin {
		/// More than half of all stake.
		Council,
	}

	/// All stake there is. Never changes.
	#[pallet::storage]
	pub type TotalStake<T> = StorageValue<_, Stake, ValueQuery>;

	/// The members' stakes and votes.
	// Anybody can be delegated to, so that the keys are chosen by users.
	#[pallet::storage]
	pub type MemberOf<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, MemberRecordFor<T>>;

	/// Number of the next proposal.
	#[pallet::storage]
	pub type NextIndex<T> = StorageValue<_, ProposalIndex, ValueQuery>;

	/// The open proposal, apart from its call.
	#[pallet::storage]
	pub type OpenProposal<T: Config> = StorageValue<_, ProposalFor<T>>;

	/// The open proposal's call, encoded. Kept apart, since only the deciding vote needs it.
	#[pallet::storage]
	pub type OpenCall<T: Config> = StorageValue<_, BoundedVec<u8, T::MaxProposalLen>>;

	/// How the last proposals ended.
	// Numbers are given out in order and cannot be chosen.
	#[pallet::storage]
	pub type Outcomes<T: Config> = StorageMap<_, Twox64Concat, ProposalIndex, OutcomeFor<T>>;

	/// Records that were emptied while a proposal was open on which they weigh something.
	// Anybody can be delegated to, so that the keys are chosen by users.
	#[pallet::storage]
	pub type Emptied<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, ()>;

	/// The council's stores by their labels.
	// Only the council adds labels.
	#[pallet::storage]
	pub type StoreOf<T: Config> = CountedStorageMap<_, Blake2_128Concat, Label, StoreId>;

	/// The labels by their stores.
	// Numbers are given out in order and cannot be chosen.
	#[pallet::storage]
	pub type LabelOf<T: Config> = StorageMap<_, Twox64Concat, StoreId, Label>;

	/// The account that may write to the council's stores; nobody may while there is none.
	#[pallet::storage]
	pub type SelectedLogic<T: Config> = StorageValue<_, T::AccountId>;

	/// The logic that was selected last before.
	#[pallet::storage]
	pub type FormerLogic<T: Config> = StorageValue<_, T::AccountId>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The members and their stakes, which are all that there ever is.
		pub members: Vec<(T::AccountId, Stake)>,
		/// Labels of the stores that the council has from the beginning.
		pub stores: Vec<Label>,
		/// The logic that is selected from the beginning.
		pub logic: Option<T::AccountId>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let mut total: Stake = 0;
			for (_, stake) in &self.members {
				assert!(*stake >= T::MinStake::get(), "a member has less than MinStake");
				total = total.checked_add(*stake).expect("all stake fits its type");
			}
			TotalStake::<T>::put(total);
			for (who, stake) in &self.members {
				// Those who begin with enough have not got it by moving it about.
				let proposes_from = (*stake >= Pallet::<T>::propose_stake()).then_some(0u32.into());
				let record = MemberRecord { stake: *stake, proposes_from, ..Default::default() };
				MemberOf::<T>::insert(who, record);
			}
			assert!(
				MemberOf::<T>::iter().count() == self.members.len(),
				"a member is listed twice"
			);
			for label in &self.stores {
				Pallet::<T>::do_create_store(label.clone()).expect("the labels are different");
			}
			SelectedLogic::<T>::set(self.logic.clone());
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Stake went from one account to another.
		Delegated {
			/// Who gave it.
			from: T::AccountId,
			/// Who has it now.
			to: T::AccountId,
			/// How much.
			amount: Stake,
		},
		/// A proposal is open.
		Proposed {
			/// Its number.
			index: ProposalIndex,
			/// Who made it.
			proposer: T::AccountId,
			/// Hash of the encoded call.
			call_hash: T::Hash,
			/// The first block in which it can pass.
			passes_from: BlockNumberFor<T>,
			/// The last block in which it can be voted on.
			end: BlockNumberFor<T>,
			/// What is held from the proposer.
			deposit: BalanceOf<T>,
		},
		/// A member voted, or changed its vote.
		Voted {
			/// The proposal.
			index: ProposalIndex,
			/// The member.
			who: T::AccountId,
			/// In favour or against.
			aye: bool,
			/// With how much stake.
			weight: Stake,
			/// All votes, this one included.
			tally: Tally,
		},
		/// A proposal ended, and the slot is free.
		Ended {
			/// The proposal.
			index: ProposalIndex,
			/// Its votes.
			tally: Tally,
			/// How it ended.
			ending: Ending,
			/// Whether the proposer lost the deposit.
			deposit_lost: bool,
		},
		/// The council has a new store.
		StoreAdded {
			/// What it is for.
			label: Label,
			/// Its number.
			store: StoreId,
		},
		/// An empty store has its label no more.
		LabelDropped {
			/// The label, which is free again.
			label: Label,
			/// The store.
			store: StoreId,
		},
		/// The council selected a logic for all its stores.
		LogicSelected {
			/// The account that may write; nobody if empty.
			logic: Option<T::AccountId>,
		},
		/// A call was dispatched with the root origin, and succeeded.
		RootDispatched,
	}

	#[pallet::error]
	pub enum Error<T> {
		/// The account has no stake in the council.
		NotMember,
		/// The member has less stake than that.
		InsufficientStake,
		/// Stake cannot be delegated to the account that gives it.
		ToSelf,
		/// The giver or the receiver would be a member with less than the least stake.
		BelowMinStake,
		/// The member holds too little of all stake to propose.
		TooLittleStake,
		/// The member has not held enough to propose for long enough, or its last proposal failed.
		CoolingDown,
		/// Only the proposer can withdraw a proposal.
		NotProposer,
		/// Another proposal is open.
		SlotTaken,
		/// There is no open proposal with that number.
		NotOpen,
		/// The vote names the open proposal's number, but not its call.
		OtherCall,
		/// The proposal cannot pass before its notice is over.
		TooEarly,
		/// An open proposal takes stake from the account, which cannot give it away meanwhile.
		Bound,
		/// The proposal takes stake from more accounts than one proposal can.
		TooManyBound,
		/// The proposal is open for longer or shorter than allowed, or not beyond its notice.
		BadLifetime,
		/// The call is longer than a proposal can be.
		TooLong,
		/// The call is heavier than a proposal can be.
		TooHeavy,
		/// The time to vote is over; anybody can close the proposal.
		Expired,
		/// The runtime's calls changed since the proposal was made; anybody can close it.
		Outdated,
		/// The account held no stake when the proposal was made.
		NoWeight,
		/// The member voted the same before.
		SameVote,
		/// The proposal can still be voted on.
		StillOpen,
		/// The proposed call cannot be decoded.
		Undecodable,
		/// There are as many proposals as there can be.
		TooManyProposals,
		/// A store has that label.
		LabelTaken,
		/// No store has that label.
		NoLabel,
		/// Something is in the store.
		NotEmpty,
		/// The council has as many stores as it can have.
		TooManyStores,
		/// The call is none of those that can be dispatched with the root origin.
		NotAdmitted,
		/// Stored votes and stakes contradict each other.
		Defensive,
	}

	/// Why money is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// The open proposal.
		#[codec(index = 0)]
		Proposal,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MinStake::get() > 0, "an empty record is none of a member");
			assert!(T::MinLifetime::get() > 0u32.into(), "a proposal can be voted on");
			assert!(T::MinLifetime::get() <= T::MaxLifetime::get(), "some lifetime is allowed");
			assert!(T::MaxOutcomes::get() > 0, "the last outcome can be found");
			assert!(!T::ProposeShare::get().is_zero(), "dust cannot take the slot");
			let vote = Self::vote_weight(true);
			let limits = T::BlockWeights::get();
			let operational = limits.get(DispatchClass::Operational);
			assert!(
				operational.max_extrinsic.is_none_or(|max| vote.all_lte(max)),
				"the deciding vote on the heaviest proposal fits into a block",
			);
			assert!(
				operational.reserved.is_none_or(|reserved| vote.all_lte(reserved)),
				"it does so in a block that is full of other transactions",
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Gives part of one's stake to another account, for good.
		///
		/// ## Dispatch Origin
		/// Signed by a member.
		///
		/// ## Details
		/// On an open proposal the stake counts where it was when that was made. Neither account may
		/// become a member with less than [`Config::MinStake`]; giving everything is allowed.
		///
		/// ## Errors
		/// [`Error::Bound`] while a proposal is open that takes stake from the giver.
		///
		/// ## Events
		/// [`Event::Delegated`]
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::delegate())]
		pub fn delegate(origin: OriginFor<T>, to: T::AccountId, amount: Stake) -> DispatchResult {
			let from = ensure_signed(origin)?;
			Self::ensure_not_bound(&from)?;
			Self::do_delegate(from, to, amount)
		}

		/// Opens a proposal.
		///
		/// ## Dispatch Origin
		/// Signed by a member who has held [`Config::ProposeShare`] of all stake for
		/// [`Config::CoolDown`].
		///
		/// ## Details
		/// `lifetime` is in blocks, and exceeds the notice. A proposal that has expired or is outdated
		/// makes room by itself; one that is open does not. The proposer's own vote is a vote like
		/// any other.
		///
		/// A deposit is held ([`Pallet::deposit_for`]). It is lost if less than a tenth of all stake
		/// is in favour when the proposal is rejected, expires or is withdrawn; otherwise it is
		/// returned when the proposal ends. After a rejection, or when it has expired, the proposer
		/// may not propose for [`Config::CoolDown`].
		///
		/// ## Errors
		/// [`Error::TooHeavy`] if the call declares more than [`Config::MaxProposalWeight`]: nothing
		/// that could not be executed by a vote gets the slot.
		///
		/// ## Events
		/// [`Event::Proposed`], after [`Event::Ended`] of the one that made room.
		///
		/// ## Complexity
		/// Linear in the call's encoded length.
		#[pallet::call_index(1)]
		#[pallet::weight((
			T::WeightInfo::propose(call.encoded_size() as u32),
			DispatchClass::Operational,
		))]
		pub fn propose(
			origin: OriginFor<T>,
			call: Box<<T as Config>::RuntimeCall>,
			lifetime: BlockNumberFor<T>,
		) -> DispatchResult {
			let proposer = ensure_signed(origin)?;
			Self::do_propose(proposer, *call, lifetime)
		}

		/// Votes on the open proposal, or changes one's vote.
		///
		/// ## Dispatch Origin
		/// Signed by an account that held stake when the proposal was made.
		///
		/// ## Details
		/// `call_hash` is the hash of the encoded call that was proposed, by the chain's own function.
		///
		/// The vote that decides ends the proposal, executes it if it passed, and is free of fee. A
		/// call that fails changes nothing, and its error is kept in [`Outcomes`].
		///
		/// ## Errors
		/// [`Error::OtherCall`] if the proposal has another hash. [`Error::TooEarly`] if the vote would
		/// make it pass before its notice is over; to reject it is never too early.
		///
		/// ## Events
		/// [`Event::Voted`], then [`Event::Ended`] if it decides.
		#[pallet::call_index(2)]
		#[pallet::weight((Pallet::<T>::vote_weight(*aye), DispatchClass::Operational))]
		pub fn vote(
			origin: OriginFor<T>,
			#[pallet::compact] index: ProposalIndex,
			call_hash: T::Hash,
			aye: bool,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_vote(who, index, call_hash, aye)
		}

		/// Ends a proposal that nobody can vote on any more.
		///
		/// ## Dispatch Origin
		/// Signed by anybody.
		///
		/// ## Details
		/// Free of fee if it ends one.
		///
		/// ## Events
		/// [`Event::Ended`]
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::close())]
		pub fn close(
			origin: OriginFor<T>,
			#[pallet::compact] index: ProposalIndex,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_close(index)?;
			Ok(Pays::No.into())
		}

		/// Takes back a proposal.
		///
		/// ## Dispatch Origin
		/// Signed by its proposer.
		///
		/// ## Details
		/// The deposit is returned if a tenth of all stake is in favour, the proposer's own included.
		/// A proposal that has expired cannot be withdrawn any more.
		///
		/// ## Events
		/// [`Event::Ended`]
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(
			origin: OriginFor<T>,
			#[pallet::compact] index: ProposalIndex,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(who, index)
		}

		/// Moves a member's stake without its signature: that of a member whose key is lost.
		///
		/// ## Dispatch Origin
		/// The council.
		///
		/// ## Details
		/// The rules of [`Pallet::delegate`] hold.
		///
		/// ## Events
		/// [`Event::Delegated`]
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::delegate())]
		pub fn force_delegate(
			origin: OriginFor<T>,
			from: T::AccountId,
			to: T::AccountId,
			amount: Stake,
		) -> DispatchResult {
			EnsureCouncil::<T>::ensure_origin(origin)?;
			Self::do_delegate(from, to, amount)
		}

		/// Accepts a store that its owner offers to the council, and gives it a label.
		///
		/// ## Dispatch Origin
		/// The council.
		///
		/// ## Details
		/// From then on the selected logic writes to it. It can be given away or deleted no more.
		///
		/// ## Events
		/// [`Event::StoreAdded`]
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::accept_store())]
		pub fn accept_store(origin: OriginFor<T>, label: Label, store: StoreId) -> DispatchResult {
			EnsureCouncil::<T>::ensure_origin(origin)?;
			Self::do_accept_store(label, store)
		}

		/// Makes a store that the council owns.
		///
		/// ## Dispatch Origin
		/// The council.
		///
		/// ## Events
		/// [`Event::StoreAdded`]
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::create_store())]
		pub fn create_store(origin: OriginFor<T>, label: Label) -> DispatchResult {
			EnsureCouncil::<T>::ensure_origin(origin)?;
			Self::do_create_store(label)
		}

		/// Takes the label of an empty store, so that it can be given to another one: a label with a
		/// typing error.
		///
		/// ## Dispatch Origin
		/// The council.
		///
		/// ## Details
		/// The store stays the council's, as one like any other.
		///
		/// ## Errors
		/// [`Error::NotEmpty`]: what was written for a label stays with it, or old marks would be
		/// left behind.
		///
		/// ## Events
		/// [`Event::LabelDropped`]
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::drop_label())]
		pub fn drop_label(origin: OriginFor<T>, label: Label) -> DispatchResult {
			EnsureCouncil::<T>::ensure_origin(origin)?;
			Self::do_drop_label(label)
		}

		/// Selects the account that may write to the council's stores, all of them at once. `None`
		/// freezes all writes; reads go on.
		///
		/// ## Dispatch Origin
		/// The council.
		///
		/// ## Events
		/// [`Event::LogicSelected`]
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::select_logic())]
		pub fn select_logic(origin: OriginFor<T>, logic: Option<T::AccountId>) -> DispatchResult {
			EnsureCouncil::<T>::ensure_origin(origin)?;
			Self::do_select_logic(logic);
			Ok(())
		}

		/// Dispatches one of a closed list of calls with the root origin.
		///
		/// ## Dispatch Origin
		/// The council.
		///
		/// ## Errors
		/// [`Error::NotAdmitted`] for every call that is not on the list, those that carry a call
		/// among them. The error of the call itself if that fails.
		///
		/// ## Events
		/// [`Event::RootDispatched`]
		#[pallet::call_index(6)]
		#[pallet::weight({
			let info = call.get_dispatch_info();
			(T::WeightInfo::dispatch_root().saturating_add(info.call_weight), info.class)
		})]
		pub fn dispatch_root(
			origin: OriginFor<T>,
			call: Box<<T as Config>::RuntimeCall>,
		) -> DispatchResultWithPostInfo {
			EnsureCouncil::<T>::ensure_origin(origin)?;
			Self::do_dispatch_root(*call)
		}
	}
}
