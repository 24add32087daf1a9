//! Pooled indexes of personal tokens: whoever holds a share owns a part of many
//! people's tokens and of cash, redeemable at any time.
//!
//! The way of the data: [`instructions`] prove accounts and move money through
//! `custody`; [`state`] owns every transition; [`upside_math`] computes; what
//! happened is told by [`events`]. Addresses are in [`seeds`], refusals in [`error`].

#![deny(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]
#![deny(clippy::expect_used, clippy::panic, clippy::cast_possible_truncation)]
#![deny(clippy::cast_sign_loss, clippy::cast_possible_wrap)]

mod custody;
pub mod error;
pub mod events;
mod host;
pub mod instructions;
mod personal;
pub mod seeds;
pub mod state;

use anchor_lang::prelude::*;
use instructions::*;
use state::{Action, OfferTerms, OrderInput, ParametersInput, Role, SealArgs, SlotAtoms};

declare_id!("Bx5c1sSPLtgt2uioLsPHN3ybhY8JLGCqzCgdWhyr1txY");

#[cfg(feature = "entrypoint")]
upside_support::entrypoint!(entry);

#[cfg(feature = "entrypoint")]
solana_security_txt::security_txt! {
    name: "Upside pooled index",
    project_url: "https://github.com/upside-protocol/upside",
    contacts: "link:https://github.com/upside-protocol/upside/security/advisories/new",
    policy: "https://github.com/upside-protocol/upside/blob/main/SECURITY.md",
    source_code: "https://github.com/upside-protocol/upside"
}

/// The program's instructions. Each forwards to its file in [`instructions`]. Those
/// that people call most come first: dispatch tries one name after the other, at three
/// units each. Anchor takes all of them from one module, however long it becomes.
#[program]
pub mod pooled_index {
    use super::*;

    /// Collects what a person's token owes the index in one coin, and gives members their
    /// part. Anybody signs. Errors: `NothingToCollect`, `NotACoin`.
    pub fn harvest(ctx: Context<Harvest>, slot: u8) -> Result<()> {
        instructions::harvest(ctx, slot)
    }

    /// Gives of every slot for new shares, and of each coin also for what persons owe the
    /// index. The contributor signs. Errors: `SlotNotNamed`, `Slippage`, `DeadlinePassed`,
    /// `Paused`, `NotActive`.
    pub fn contribute<'info>(
        ctx: Context<'info, Contribute<'info>>,
        args: ContributeArgs,
    ) -> Result<()> {
        instructions::contribute(ctx, args)
    }

    /// Burns shares for their part of every slot. The redeemer signs. Errors: `Slippage`,
    /// `DeadlinePassed`, `InsufficientShares`, `AmountTooSmall`.
    pub fn redeem<'info>(ctx: Context<'info, Redeem<'info>>, args: RedeemArgs) -> Result<()> {
        instructions::redeem(ctx, args)
    }

    /// Puts slots into a basket, each once. The basket's wallet signs. Errors:
    /// `SlotBroughtAlready`, `SlotNotHeld`, `TooManyDues`, `NotBasketOwner`, `Paused`.
    pub fn deposit<'info>(
        ctx: Context<'info, Deposit<'info>>,
        amounts: Vec<SlotAtoms>,
    ) -> Result<()> {
        instructions::deposit(ctx, amounts)
    }

    /// Turns a basket into shares. Anybody signs for the shares of its opening, its wallet
    /// for any number. Errors: `BasketTooSmall`, `DeadlinePassed`, `NotBasketOwner`.
    pub fn finish_basket(ctx: Context<FinishBasket>, shares: u64) -> Result<()> {
        instructions::finish_basket(ctx, shares)
    }

    /// Burns shares for a basket that owes the wallet their part of every slot. The
    /// redeemer signs. Errors: as `redeem`, and `AlreadyExists`.
    pub fn redeem_to_basket(
        ctx: Context<RedeemToBasket>,
        nonce: u64,
        args: RedeemArgs,
    ) -> Result<()> {
        instructions::redeem_to_basket(ctx, nonce, args)
    }

    /// Pays slots of a basket: anybody to its wallet's holder and associated accounts, or if one of
    /// these cannot be paid and is the last account, to another; the wallet, which signs, to any.
    /// Errors: `BasketEmpty`, `WrongBasketKind`, `WrongHolder`, `WrongTokenAccount`, `WrongAccount`.
    pub fn withdraw_basket<'info>(
        ctx: Context<'info, WithdrawBasket<'info>>,
        slots: SlotList,
    ) -> Result<()> {
        instructions::withdraw_basket(ctx, slots)
    }

    /// Trades a pair of the rebalance at the price of this second, in part or whole. Anybody
    /// signs, and pays before receiving. Errors: `NotActive`, `NotAnnounced`,
    /// `NoticePending`, `RebalanceOver`, `Vetoed`, `NotForTrade`, `OrderStale`, `ZeroAmount`,
    /// `LotShort`, `BeyondTarget`, `Slippage`, `DeadlinePassed`, `PersonUnsettled`,
    /// `DividendsDue`.
    pub fn bid<'info>(ctx: Context<'info, Bid<'info>>, args: BidArgs) -> Result<()> {
        instructions::bid(ctx, args)
    }

    /// Creates an index with its share mint. The creator, who is the first curator, signs,
    /// and a payer. Errors: `InvalidTerms`, `InvalidParameters`, `InvalidRecipients`,
    /// `InvalidText`, `WrongAccount`, `WrongTokenProgram`, `AlreadyExists`.
    pub fn create_index(ctx: Context<CreateIndex>, args: CreateIndexArgs) -> Result<()> {
        instructions::create_index(ctx, args)
    }

    /// Writes on the share mint where the file is that wallets read (image, description,
    /// links). Name and symbol are for good. The curator signs. Errors: `NotCurator`,
    /// `InvalidText`.
    pub fn set_uri(ctx: Context<SetUriAccounts>, args: SetUriArgs) -> Result<()> {
        instructions::set_uri(ctx, &args)
    }

    /// Adds a person's token as a constituent, and opens the index's holder account of it if
    /// it is not there. The curator signs, and a payer. Errors: `NotCurator`, `NotActive`,
    /// `WrongHolder`, `NotTransferable`, `AlreadyConstituent`, `ConstituentListFull`.
    pub fn add_personal(ctx: Context<AddPersonal>) -> Result<()> {
        instructions::add_personal(ctx)
    }

    /// Adds an ordinary mint as a constituent, before the launch also as a coin, in which
    /// dividends are collected. The curator signs, and a payer. Errors: `NotCurator`,
    /// `NotActive`, `NotSeeding`, `WrongMint`, `WrongTokenProgram`, `UnsupportedMint`,
    /// `CircularMint`, `AlreadyConstituent`, `ConstituentListFull`, `CoinListFull`.
    pub fn add_mint(ctx: Context<AddMint>, coin: bool) -> Result<()> {
        instructions::add_mint(ctx, coin)
    }

    /// Frees a slot that holds nothing and to which nothing is due. The curator signs.
    /// Errors: `ConstituentInUse`, `DividendsDue`, `StillACoin`.
    pub fn remove_constituent(ctx: Context<RemoveConstituent>, slot: u8) -> Result<()> {
        instructions::remove_constituent(ctx, slot)
    }

    /// Puts atoms into a slot before the launch. The curator signs. Errors: `NotSeeding`.
    pub fn seed<'info>(ctx: Context<'info, Seed<'info>>, slot: u8, amount: u64) -> Result<()> {
        instructions::seed(ctx, slot, amount)
    }

    /// Takes atoms back before the launch. The curator signs. Errors: `NotSeeding`,
    /// `InsufficientShares`, `DividendsDue`.
    pub fn unseed<'info>(ctx: Context<'info, Seed<'info>>, slot: u8, amount: u64) -> Result<()> {
        instructions::unseed(ctx, slot, amount)
    }

    /// Launches a seeded index: mints its first shares to the curator, except for 1,000,000
    /// atoms, which are locked for good. The curator signs, and a payer. Errors: `NotCurator`,
    /// `NotSeeding`, `NothingSeeded`, `TooFewShares`, `WrongTokenAccount`.
    pub fn launch(ctx: Context<Launch>, shares: u64) -> Result<()> {
        instructions::launch(ctx, shares)
    }

    /// Opens a basket for a contribution in several transactions. Its wallet signs. Errors:
    /// `DeadlinePassed`, `DeadlineTooFar`, `Paused`, `AlreadyExists`.
    pub fn open_basket(
        ctx: Context<OpenBasket>,
        nonce: u64,
        shares: u64,
        deadline: i64,
    ) -> Result<()> {
        instructions::open_basket(ctx, nonce, shares, deadline)
    }

    /// Gives a basket up: its wallet at any time, anybody after its deadline. Errors:
    /// `BasketNotExpired`, `WrongBasketKind`.
    pub fn cancel_basket(ctx: Context<CancelBasket>) -> Result<()> {
        instructions::cancel_basket(ctx)
    }

    /// Closes a basket from which everything was paid; the rent goes back. Anybody signs.
    /// Errors: `BasketNotEmpty`, `WrongBasketKind`.
    pub fn close_basket(ctx: Context<CloseBasket>) -> Result<()> {
        instructions::close_basket(ctx)
    }

    /// Mints the pending fee shares to their recipients, whose accounts of the shares follow.
    /// Anybody signs. Errors: `NothingToCollect`, `MissingAccounts`, `ExtraAccounts`,
    /// `WrongTokenAccount`.
    pub fn collect_fees<'info>(ctx: Context<'info, CollectFees<'info>>) -> Result<()> {
        instructions::collect_fees(ctx)
    }

    /// Lowers fees at once. The curator signs. Errors: `NotCurator`, `FeesNotLower`,
    /// `InvalidParameters`.
    pub fn lower_fees(ctx: Context<LowerFees>, args: ParametersInput) -> Result<()> {
        instructions::lower_fees(ctx, args)
    }

    /// Announces up to 8 actions, which holders may veto. The curator signs. Errors:
    /// `NotCurator`, `NotActive`, `ActionListLength`, `AnnouncementListFull`,
    /// `InvalidParameters`, `InvalidRecipients`, `RoleVacant`, `NotAConstituent`,
    /// `WrongKind`, `AlreadyCoin`, `CoinListFull`, `NotACoin`.
    pub fn announce(ctx: Context<Announce>, actions: Vec<Action>) -> Result<()> {
        instructions::announce(ctx, actions)
    }

    /// Does what was announced, between its notice and its expiry. Anybody signs. Errors:
    /// `NotAnnounced`, `NoticePending`, `Vetoed`, `AnnouncementExpired`, `AlreadyCoin`,
    /// `NotACoin`, `NotAConstituent`.
    pub fn apply_announcement(ctx: Context<ApplyAnnouncement>) -> Result<()> {
        instructions::apply_announcement(ctx)
    }

    /// Takes announced actions back. The curator or the launcher signs; anybody if they were
    /// vetoed, expired, or fell with their curator. Errors: `AnnouncementOpen`.
    pub fn cancel_announcement(ctx: Context<CancelAnnouncement>) -> Result<()> {
        instructions::cancel_announcement(ctx)
    }

    /// Cancels an announcement of any kind if locks against it hold enough by now. Anybody
    /// signs. Errors: `NotAnnounced`, `NotVetoed`.
    pub fn count_veto(ctx: Context<CountVeto>, nonce: u64) -> Result<()> {
        instructions::count_veto(ctx, nonce)
    }

    /// Counts a lock that is a third of the notice old against an announcement of any kind;
    /// a fifth of all shares cancels it for good. The lock's wallet signs. Errors:
    /// `NotLockOwner`, `NotAnnounced`, `LockTooYoung`, `VoteUnchanged`.
    pub fn veto(ctx: Context<CountLockAccounts>, nonce: u64) -> Result<()> {
        instructions::veto(ctx, nonce)
    }

    /// Counts a lock that is a whole notice old for an announcement. The lock's wallet
    /// signs. Errors: as `veto`.
    pub fn support(ctx: Context<CountLockAccounts>, nonce: u64) -> Result<()> {
        instructions::support(ctx, nonce)
    }

    /// Locks shares, so that they count; the age of the whole lock begins anew. The wallet
    /// signs. Errors: `NotActive`, `ZeroAmount`, `WrongTokenAccount`.
    pub fn lock_shares(ctx: Context<LockShares>, amount: u64) -> Result<()> {
        instructions::lock_shares(ctx, amount)
    }

    /// Takes locked shares back, at any time; an empty lock is closed. The lock's wallet
    /// signs. Errors: `NotLockOwner`, `ZeroAmount`, `LockedLess`, `BacksAnother`.
    pub fn unlock_shares(ctx: Context<UnlockShares>, amount: u64) -> Result<()> {
        instructions::unlock_shares(ctx, amount)
    }

    /// Stands as candidate for curator. The candidate signs. Errors: `NotActive`,
    /// `AlreadyExists`.
    pub fn open_candidacy(ctx: Context<OpenCandidacy>) -> Result<()> {
        instructions::open_candidacy(ctx)
    }

    /// Gives a candidacy up. The candidate signs. Errors: `NotCandidate`.
    pub fn close_candidacy(ctx: Context<CloseCandidacy>) -> Result<()> {
        instructions::close_candidacy(ctx)
    }

    /// A lock that is a whole notice old backs a candidate, or nobody. The lock's wallet
    /// signs. Errors: `NotLockOwner`, `LockTooYoung`, `VoteUnchanged`, `BacksAnother`,
    /// `NotActive`.
    pub fn back_candidate(ctx: Context<BackCandidate>) -> Result<()> {
        instructions::back_candidate(ctx)
    }

    /// The candidate whom more than half of all shares back becomes curator; all that was
    /// announced falls. The candidate signs. Errors: `NotCandidate`, `NoMajority`,
    /// `NotActive`.
    pub fn take_over(ctx: Context<TakeOver>) -> Result<()> {
        instructions::take_over(ctx)
    }

    /// Announces a deal to the owner of a constituent: index shares for shares of the person,
    /// in parts of its cap. The curator signs, or who admits members. Errors:
    /// `NotAdmissions`, `NotActive`, `NotAConstituent`, `InvalidOffer`, `OfferTooLarge`,
    /// `PersonWoundUp`, `AnnouncementListFull`.
    pub fn offer_membership(ctx: Context<OfferMembership>, terms: OfferTerms) -> Result<()> {
        instructions::offer_membership(ctx, terms)
    }

    /// Cancels an offer. The curator, the launcher or who admits members signs; anybody once
    /// it is vetoed, has lapsed or fell. Errors: `AnnouncementOpen`.
    pub fn cancel_offer(ctx: Context<CancelOffer>) -> Result<()> {
        instructions::cancel_offer(ctx)
    }

    /// Accepts an offer: the token's owner, who signs, gives shares of the token, gets half of
    /// the index shares, and the other half when the membership ended. Where an equal share
    /// is paid a new member shows an attestation. Errors: `NotAnnounced`, `NoticePending`,
    /// `Vetoed`, `AnnouncementExpired`, `DeadlinePassed`, `Slippage`, `NotTokenOwner`,
    /// `NotMember`, `MembershipEnding`, `WrongMembershipStatus`, `NotHarvested`,
    /// `PersonUnsettled`, `PersonWoundUp`, `NotTransferable`, `DilutionCapReached`,
    /// `TooManyNewMembers`, `CredentialRequired`, `WrongCredential`, `CredentialExpired`,
    /// `SubjectTaken`.
    pub fn accept_membership(ctx: Context<AcceptMembership>, args: AcceptArgs) -> Result<()> {
        instructions::accept_membership(ctx, args)
    }

    /// Pays a member what is owed of the equal share in a coin: anybody to the associated account, or
    /// if that cannot be paid and follows the accounts, to another; the member, who signs, to any.
    /// Errors: `NothingToCollect`, `NotMember`, `NotACoin`, `WrongTokenAccount`, `WrongAccount`.
    pub fn collect_equal_share(ctx: Context<CollectEqualShare>) -> Result<()> {
        instructions::collect_equal_share(ctx)
    }

    /// Announces the end of a membership, a notice from now. The curator, who admits members,
    /// the member or the token's owner signs; anybody while the index holds nothing of the
    /// person. Errors: `WrongMembershipStatus`, `MembershipEnding`, `SlotHeld`.
    pub fn end_membership(ctx: Context<EndMembership>) -> Result<()> {
        instructions::end_membership(ctx)
    }

    /// Takes back the end of a membership whose slot was empty and is not any more. Anybody
    /// signs. Errors: `NotEnding`, `SlotEmpty`.
    pub fn keep_membership(ctx: Context<KeepMembership>) -> Result<()> {
        instructions::keep_membership(ctx)
    }

    /// Ends a membership whose notice is over: it earns nothing more. Anybody signs. Errors:
    /// `NotEnding`, `NoticePending`, `SlotHeld`, `WrongMembershipStatus`.
    pub fn apply_end(ctx: Context<ApplyEnd>) -> Result<()> {
        instructions::apply_end(ctx)
    }

    /// Announces that the token's owner, who signs, takes the membership over with what is
    /// locked. Errors: `NotTokenOwner`, `MemberAlready`, `WrongMembershipStatus`.
    pub fn take_over_membership(ctx: Context<TakeOverMembership>) -> Result<()> {
        instructions::take_over_membership(ctx)
    }

    /// Makes the token's owner the member after that notice. Anybody signs. Errors:
    /// `NoSuccessor`, `NoticePending`, `EqualShareOwed`, `WrongMembershipStatus`,
    /// `CredentialRequired`, `WrongCredential`, `CredentialExpired`, `SubjectTaken`.
    pub fn apply_take_over(ctx: Context<ApplyTakeOver>) -> Result<()> {
        instructions::apply_take_over(ctx)
    }

    /// Pays out what was locked for a member whose membership ended: anybody to the associated
    /// account, or if that cannot be paid and follows the accounts, to another; the member, who
    /// signs, to any. Errors: `NothingToCollect`, `WrongMembershipStatus`, `NotMember`,
    /// `WrongTokenAccount`, `WrongAccount`.
    pub fn collect_locked(ctx: Context<CollectLocked>) -> Result<()> {
        instructions::collect_locked(ctx)
    }

    /// Answers with the index's shares against a poll on a person's cap or yearly room.
    /// Anybody signs. Errors: `NotOpposed`, `WrongHolder`.
    pub fn oppose_poll(ctx: Context<OpposePoll>) -> Result<()> {
        instructions::oppose_poll(ctx)
    }

    /// Closes a membership that ended and of which nothing is left; the rent goes back.
    /// Anybody signs. Errors: `WrongMembershipStatus`, `EqualShareOwed`, `SharesLocked`.
    pub fn close_membership(ctx: Context<CloseMembership>) -> Result<()> {
        instructions::close_membership(ctx)
    }

    /// The curator begins a draft of orders, in place of an earlier one or of what is over.
    /// The curator signs, and a payer the first time. Errors: `NotCurator`, `NotActive`,
    /// `RebalanceRunning`.
    pub fn open_rebalance(ctx: Context<OpenRebalance>) -> Result<()> {
        instructions::open_rebalance(ctx)
    }

    /// Adds up to 16 orders to the draft, each in place of an earlier one of its slot. The
    /// curator signs. Errors: `NotCurator`, `NoDraft`, `NotAConstituent`, `InvalidOrder`,
    /// `LengthMismatch`.
    pub fn add_orders<'info>(
        ctx: Context<'info, AddOrders<'info>>,
        orders: Vec<OrderInput>,
    ) -> Result<()> {
        instructions::add_orders(ctx, orders)
    }

    /// Announces the draft that the signer saw; it is traded from the end of the notice
    /// on. The curator signs. Errors: `NotCurator`, `NotActive`, `NoDraft`, `DraftChanged`,
    /// `InvalidDuration`, `OrderStale`, `TurnoverTooLarge`, `NothingToTrade`,
    /// `AnnouncementListFull`.
    pub fn seal_rebalance(ctx: Context<SealRebalance>, args: SealArgs) -> Result<()> {
        instructions::seal_rebalance(ctx, args)
    }

    /// Raises the low of a slot that is sold, or lowers the high of one that is bought. The
    /// launcher or the curator signs. Errors: `NotLauncher`, `NotAnnounced`,
    /// `RebalanceOver`, `NotForTrade`, `NotTighter`.
    pub fn tighten_order(
        ctx: Context<RestrictRebalanceAccounts>,
        nonce: u64,
        slot: u8,
        value: u128,
    ) -> Result<()> {
        instructions::tighten_order(ctx, nonce, slot, value)
    }

    /// Ends a rebalance: the launcher or the curator at any time; anybody once it is over,
    /// vetoed, or the index wound down. Errors: `NotAnnounced`, `RebalanceNotOver`.
    pub fn end_rebalance(ctx: Context<RestrictRebalanceAccounts>, nonce: u64) -> Result<()> {
        instructions::end_rebalance(ctx, nonce)
    }

    /// Takes a role from whoever has it. The curator signs, or whoever has it. Errors:
    /// `NotCurator`, `RoleVacant`.
    pub fn clear_role(ctx: Context<CurateAccounts>, role: Role) -> Result<()> {
        instructions::clear_role(ctx, role)
    }

    /// The announced curator takes over. They sign. Errors: `NotPendingCurator`.
    pub fn accept_curator(ctx: Context<CurateAccounts>) -> Result<()> {
        instructions::accept_curator(ctx)
    }

    /// The curator leaves for good, and the index is wound down. The curator signs. Errors:
    /// `NotCurator`.
    pub fn resign_curator(ctx: Context<WindDown>) -> Result<()> {
        instructions::resign_curator(ctx)
    }

    /// Stops new money for at most 14 days; then not again for a notice. The curator or the
    /// guardian signs. Errors: `NotGuardian`, `Paused`, `PausedLately`.
    pub fn pause(ctx: Context<CurateAccounts>) -> Result<()> {
        instructions::pause(ctx)
    }

    /// Admits new money again. The curator signs. Errors: `NotCurator`, `NotPaused`.
    pub fn unpause(ctx: Context<CurateAccounts>) -> Result<()> {
        instructions::unpause(ctx)
    }

    /// Ends the index: from now on only redemptions, harvests and claims; all that was
    /// announced falls. The curator signs. Errors: `NotCurator`, `NotActive`.
    pub fn wind_down(ctx: Context<WindDown>) -> Result<()> {
        instructions::wind_down(ctx)
    }

    /// Books atoms that somebody sent to a slot that is held, or what an issuer took.
    /// Anybody signs. Errors: `NothingToSync`, `WrongKind`.
    pub fn sync_mint(ctx: Context<SyncCustodyAccounts>, slot: u8) -> Result<()> {
        instructions::sync_mint(ctx, slot)
    }

    /// Books shares that somebody gave to a slot that is held, or what is missing. Anybody
    /// signs. Errors: `NothingToSync`, `WrongKind`.
    pub fn sync_personal(ctx: Context<SyncCustodyAccounts>, slot: u8) -> Result<()> {
        instructions::sync_personal(ctx, slot)
    }

    /// Notes whether the state shows that a slot cannot move. Anybody signs. Errors:
    /// `NothingToNote`, `AlreadyWrapped`, `NotLaunched`, `MissingAccounts`.
    pub fn note_stuck<'info>(
        ctx: Context<'info, NoteStuckAccounts<'info>>,
        slot: u8,
    ) -> Result<()> {
        instructions::note_stuck(ctx, slot)
    }

    /// Mints tickets in place of a slot that was noted as stuck a notice ago and is so
    /// still. Anybody signs. Errors: `SlotMoves`, `NotNoted`, `NoticePending`,
    /// `AlreadyWrapped`, `NothingToWrap`.
    pub fn wrap<'info>(ctx: Context<'info, WrapAccounts<'info>>, slot: u8) -> Result<()> {
        instructions::wrap(ctx, slot)
    }

    /// Collects what a wrapped person owes in one coin into the pot of its tickets. Anybody
    /// signs. Errors: `NothingToCollect`, `NotWrapped`, `CoinWrapped`, `NotACoin`.
    pub fn harvest_wrapped(ctx: Context<HarvestWrappedAccounts>) -> Result<()> {
        instructions::harvest_wrapped(ctx)
    }

    /// Burns tickets for what they stand for. Their holder signs. Errors: `Slippage`,
    /// `InsufficientShares`, `AmountTooSmall`, `CoinWrapped`; those of the transfer while
    /// it cannot move.
    pub fn unwrap_tickets<'info>(
        ctx: Context<'info, UnwrapTicketsAccounts<'info>>,
        args: UnwrapTicketsArgs,
    ) -> Result<()> {
        instructions::unwrap_tickets(ctx, args)
    }

    /// A wrapped slot that moves again is itself again. Anybody signs. Errors: `SlotStuck`,
    /// `DividendsDue`, `NotWrapped`, `CoinWrapped`.
    pub fn unwrap_slot<'info>(ctx: Context<'info, UnwrapSlotAccounts<'info>>) -> Result<()> {
        instructions::unwrap_slot(ctx)
    }

    /// Closes a wrapper of which no ticket is left. Anybody signs. Errors: `TicketsLeft`,
    /// `AlreadyWrapped`, `CoinWrapped`.
    pub fn close_wrapper(ctx: Context<CloseWrapperAccounts>) -> Result<()> {
        instructions::close_wrapper(ctx)
    }

    /// Redeems the index's shares of a person in wind-down once everything has come in.
    /// Anybody signs. Errors: `NotWoundUp`, `ClaimsOpen`, `NoSlotForAsset`, `DividendsDue`.
    pub fn redeem_wound_up<'info>(
        ctx: Context<'info, RedeemWoundUpAccounts<'info>>,
        slot: u8,
    ) -> Result<()> {
        instructions::redeem_wound_up(ctx, slot)
    }

    /// Collects the index's part of the custody of a person that was wound up. Anybody
    /// signs. Errors: `NothingToCollect`, `NoSlotForAsset`, `AmountTooSmall`.
    pub fn collect_wound_up(ctx: Context<CollectWoundUpAccounts>) -> Result<()> {
        instructions::collect_wound_up(ctx)
    }
}
