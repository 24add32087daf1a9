//! A person's token on Solana: registered and bearer shares, rounds, a vault of
//! claims, payouts that stream to holders, and a reserve to redeem against.
//!
//! The way of the data: [`instructions`] prove accounts and move money through
//! `token_io`; [`state`] owns every transition; [`upside_math`] computes; what
//! happened is told by [`events`]. Addresses are in [`seeds`], refusals in [`error`].

#![deny(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]
#![deny(clippy::expect_used, clippy::panic, clippy::cast_possible_truncation)]
#![deny(clippy::cast_sign_loss, clippy::cast_possible_wrap)]

pub mod credential;
pub mod error;
pub mod events;
mod host;
pub mod instructions;
pub mod mint_policy;
pub mod seeds;
pub mod state;
pub mod text;
mod token_io;

use anchor_lang::prelude::*;
use instructions::*;
use state::{
    Answer, AuctionTerms, BidTerms, ClaimTerms, GrantOffer, IdentityAttestation, NameTexts, Order,
    Policy, ProductTerms, Relaxation, RevenueReport, RoundTerms, SaleTerms, Statement,
    Transformation,
};

declare_id!("UpexUHBQkvU96YzzwjehbAoqhZ9xW5PewGbT22wkEzK");

#[cfg(feature = "entrypoint")]
upside_support::entrypoint!(entry);

#[cfg(feature = "entrypoint")]
solana_security_txt::security_txt! {
    name: "Upside personal token",
    project_url: "https://github.com/upside-protocol/upside",
    contacts: "link:https://github.com/upside-protocol/upside/security/advisories/new",
    policy: "https://github.com/upside-protocol/upside/blob/main/SECURITY.md",
    source_code: "https://github.com/upside-protocol/upside"
}

/// The program's instructions. Each forwards to its file in [`instructions`]. Those
/// that people call most come first: dispatch tries one name after the other, at three
/// units each. Anchor takes all of them from one module, however long it becomes.
#[program]
pub mod personal_token {
    use super::*;

    /// Moves registered shares to another holder, with their part of the cost, or with another
    /// cost that the sender names. The sender's wallet signs. Errors: `NotHolder`,
    /// `InsufficientShares`, `CostTooHigh`, `TransferClosed`, `ApprovalRequired`,
    /// `ApprovalExceeded`.
    pub fn transfer_shares(
        ctx: Context<TransferShares>,
        shares: u64,
        cost: Option<u64>,
    ) -> Result<()> {
        instructions::transfer_shares(ctx, shares, cost)
    }

    /// Pays a holder what one stream has released to their shares. The holder's wallet signs.
    /// Errors: `NotHolder`, `AssetNotListed`, `NotAPayoutMint`, `NothingToCollect`.
    pub fn collect_dividend(ctx: Context<CollectDividend>) -> Result<()> {
        instructions::collect_dividend(ctx)
    }

    /// Burns registered shares for their part of every reserve asset; shares that warm are
    /// burned first. Mint, vault and destination of each listed asset follow in the order of
    /// the list, without those forgone. In a wind-down with estates three more follow: the
    /// receipt to make, the payer of its rent, who signs too, and the system program. The
    /// holder's wallet signs. Errors: `InsufficientShares`, `Slippage`, `DeadlinePassed`,
    /// `NothingToRedeem`, `AssetAccountsMismatch`, `ReceiptRequired`.
    pub fn redeem<'info>(ctx: Context<'info, Redeem<'info>>, args: RedeemArgs) -> Result<()> {
        instructions::redeem(ctx, args)
    }

    /// Burns bearer tokens of a wallet for their part of every reserve asset; no holder
    /// account is needed. Mint, vault and destination of each listed asset follow in the order
    /// of the list, without those forgone. The wallet signs. Errors: `InsufficientShares`,
    /// `Slippage`, `DeadlinePassed`, `NothingToRedeem`, `AssetAccountsMismatch`,
    /// `ReceiptRequired`.
    pub fn redeem_bearer<'info>(
        ctx: Context<'info, RedeemBearer<'info>>,
        args: RedeemArgs,
    ) -> Result<()> {
        instructions::redeem_bearer(ctx, args)
    }

    /// Buys shares in a round without a minimum raise; they are registered at once. Mint and
    /// vault of each exempted asset follow. The backer signs; in a round by approval the owner
    /// or the registrar signs too. Errors: `RoundNotOpen`, `RoundEscrows`, `Slippage`,
    /// `SupplyAboveSigned`, `TermsChanged`, `PaymentBelowBacking`, `EndowmentShort`.
    pub fn contribute<'info>(
        ctx: Context<'info, Contribute<'info>>,
        args: ContributeArgs,
    ) -> Result<()> {
        instructions::contribute(ctx, args)
    }

    /// Pays into the escrow of a round with a minimum raise. The backer signs; in a round by
    /// approval the owner or the registrar signs too. Errors: `RoundNotOpen`,
    /// `RoundDoesNotEscrow`, `Slippage`, `SupplyAboveSigned`, `TermsChanged`,
    /// `BackerCapExceeded`.
    pub fn contribute_escrowed(ctx: Context<BackingAccounts>, args: ContributeArgs) -> Result<()> {
        instructions::contribute_escrowed(ctx, args)
    }

    /// Registers the shares of a contribution to a round that succeeded, with what they earned
    /// since the close. The contribution is closed. Anybody signs. Errors:
    /// `RoundNotSucceeded`, `NotHolder`, `WrongAccount`.
    pub fn collect_contribution(ctx: Context<CollectContribution>) -> Result<()> {
        instructions::collect_contribution(ctx)
    }

    /// Opens the holder account of a wallet: this is admission. The wallet signs if admission
    /// is open or the token is being wound up; under any policy the owner or the registrar may
    /// sign instead. A payer signs too. Errors: `NotAdmitted`, `AlreadyExists`.
    pub fn open_holder(ctx: Context<OpenHolder>) -> Result<()> {
        instructions::open_holder(ctx)
    }

    /// Turns registered shares into bearer tokens in the holder's wallet, up to the bearer
    /// cap. The holder's wallet signs. Errors: `NotHolder`, `ZeroAmount`,
    /// `InsufficientShares`, `BearerCapExceeded`.
    pub fn withdraw(ctx: Context<MoveBearerAccounts>, shares: u64) -> Result<()> {
        instructions::withdraw(ctx, shares)
    }

    /// Takes bearer tokens of the holder's wallet back into custody. They redeem at once;
    /// after a day they earn and vote too. The holder's wallet signs. Errors: `NotHolder`,
    /// `ZeroAmount`, `InsufficientShares`.
    pub fn deposit(ctx: Context<MoveBearerAccounts>, shares: u64) -> Result<()> {
        instructions::deposit(ctx, shares)
    }

    /// Registers deposited shares that have waited out their day: they earn and vote from now
    /// on. Anybody signs. Errors: `NothingToWarm`.
    pub fn warm_up(ctx: Context<WarmUp>) -> Result<()> {
        instructions::warm_up(ctx)
    }

    /// Buys shares from a sale: pays the seller and registers the shares, or does neither. A
    /// royalty that the seller owes comes out of the payment and goes to the endowment. The
    /// buyer signs. Errors: `SaleExpired`, `NotBuyer`, `SaleExceeded`, `Slippage`,
    /// `DeadlinePassed`, `ApprovalRequired`, `TransferClosed`.
    pub fn buy(ctx: Context<Buy>, args: BuyArgs) -> Result<()> {
        instructions::buy(ctx, args)
    }

    /// Sells registered shares into a bid: pays the seller and registers the shares to the
    /// bidder, or does neither. A royalty that the seller owes comes out of the payment and
    /// goes to the endowment. The seller signs. Errors: `BidExpired`, `NotSeller`,
    /// `BidExceeded`, `Slippage`, `DeadlinePassed`, `InsufficientShares`, `ApprovalRequired`.
    pub fn fill_bid(ctx: Context<FillBid>, args: FillBidArgs) -> Result<()> {
        instructions::fill_bid(ctx, args)
    }

    /// Registers to the beneficiary the shares of a grant that have vested, with what they
    /// earned since the grant was accepted. A missing holder account is opened. The
    /// beneficiary signs, and a payer. Errors: `NotBeneficiary`, `GrantNotAccepted`,
    /// `NothingToCollect`.
    pub fn collect_grant(ctx: Context<CollectGrantAccounts>) -> Result<()> {
        instructions::collect_grant(ctx)
    }

    /// Creates a personal token with its mint, register and quote vault. The creator, who is
    /// the first owner, signs, and a payer. Errors: `AlreadyExists`, `InvalidText`,
    /// `InvalidTerms`, `InvalidPolicy`, `UnsupportedMint`, `CircularMint`,
    /// `TooFewDecimals`.
    pub fn create_token(ctx: Context<CreateToken>, args: CreateTokenArgs) -> Result<()> {
        instructions::create_token(ctx, args)
    }

    /// Announces another name, symbol or URI, in place of an earlier announcement; no text at
    /// all cancels it. It may be applied after the notice, or at once if nobody else holds
    /// shares or is offered any. The owner signs, and a payer. Errors: `NotOwner`,
    /// `InvalidText`, `NothingToApply`.
    pub fn announce_name(ctx: Context<AnnounceNameAccounts>, texts: NameTexts) -> Result<()> {
        instructions::announce_name(ctx, texts)
    }

    /// Writes an announced name, symbol or URI on the share mint after its notice. The former
    /// name stays in sight. Anybody signs, and pays for a longer text. Errors:
    /// `NothingToApply`, `NoticePending`.
    pub fn apply_name(ctx: Context<ApplyNameAccounts>) -> Result<()> {
        instructions::apply_name(ctx)
    }

    /// Names a guardian, who may pause, and a registrar, who may admit; zero for nobody. The
    /// owner signs. Errors: `NotOwner`.
    pub fn set_roles(
        ctx: Context<GovernAccounts>,
        guardian: Pubkey,
        registrar: Pubkey,
    ) -> Result<()> {
        instructions::set_roles(ctx, guardian, registrar)
    }

    /// Sets the most shares that may be outside as bearer tokens. A cap below what is outside
    /// already only stops further withdrawals. The owner signs. Errors: `NotOwner`.
    pub fn set_bearer_cap(ctx: Context<GovernAccounts>, bearer_cap: u64) -> Result<()> {
        instructions::set_bearer_cap(ctx, bearer_cap)
    }

    /// Proposes a new owner, who must accept; zero takes the proposal back. The owner signs.
    /// Errors: `NotOwner`.
    pub fn propose_owner(ctx: Context<GovernAccounts>, pending_owner: Pubkey) -> Result<()> {
        instructions::propose_owner(ctx, pending_owner)
    }

    /// Makes the proposed owner the owner. The roles and announcements of the previous owner
    /// end; endowment, rounds and polls go with the token. The proposed owner signs. Errors:
    /// `NotPendingOwner`, `WrongAccount`.
    pub fn accept_ownership(ctx: Context<AcceptOwnership>) -> Result<()> {
        instructions::accept_ownership(ctx)
    }

    /// Stops new money; exits, dividends and transfers go on. The owner or the guardian signs.
    /// Errors: `NotGuardian`, `Paused`, `WoundUp`.
    pub fn pause(ctx: Context<GovernAccounts>) -> Result<()> {
        instructions::pause(ctx)
    }

    /// Admits new money again. The owner signs. Errors: `NotOwner`, `NotPaused`.
    pub fn unpause(ctx: Context<GovernAccounts>) -> Result<()> {
        instructions::unpause(ctx)
    }

    /// Opens the holder account of a wallet that has the credential which the token names. The
    /// wallet signs, and a payer. Errors: `NotAdmitted`, `CredentialRequired`,
    /// `WrongCredential`, `CredentialExpired`, `AlreadyExists`.
    pub fn open_holder_by_credential(ctx: Context<OpenHolderByCredential>) -> Result<()> {
        instructions::open_holder_by_credential(ctx)
    }

    /// Marks a holder account as a venue, or takes the mark away: at once if nobody else holds
    /// shares or is offered any, otherwise it is announced. The mark that the account already
    /// has cancels an announcement. The owner signs. Errors: `NotOwner`, `NothingToChange`.
    pub fn set_venue(ctx: Context<SetVenue>, venue: bool) -> Result<()> {
        instructions::set_venue(ctx, venue)
    }

    /// Applies an announced venue mark after its notice. Anybody signs. Errors:
    /// `NothingToApply`, `NoticePending`.
    pub fn apply_venue(ctx: Context<ApplyVenueAccounts>) -> Result<()> {
        instructions::apply_venue(ctx)
    }

    /// Approves one transfer between two wallets, in place of an earlier approval for the same
    /// two. The owner signs, and a payer. Errors: `NotOwner`, `ZeroAmount`, `ApprovalExpired`,
    /// `SameAccount`.
    pub fn approve_transfer(
        ctx: Context<ApproveTransfer>,
        args: ApproveTransferArgs,
    ) -> Result<()> {
        instructions::approve_transfer(ctx, args)
    }

    /// Takes an unused approval back; its rent returns to its payer. The owner signs. Errors:
    /// `NotOwner`, `WrongAccount`.
    pub fn revoke_approval(ctx: Context<RevokeApproval>) -> Result<()> {
        instructions::revoke_approval(ctx)
    }

    /// Creates shares and registers them to a holder. The endowment brings their part of every
    /// reserve asset and of what still streams. Mint and vault of each exempted asset follow.
    /// The owner signs. Errors: `NotOwner`, `Paused`, `RoundEscrowing`, `SupplyCapExceeded`,
    /// `YearlyRoomExceeded`, `EndowmentShort`.
    pub fn issue<'info>(ctx: Context<'info, Issue<'info>>, shares: u64, paid: u64) -> Result<()> {
        instructions::issue(ctx, shares, paid)
    }

    /// Opens a round, which keeps cap and yearly room for its shares and locks endowment for
    /// them. One with a minimum raise ends open polls against holders. Mint and vault of each
    /// exempted asset follow. The owner signs, and a payer. Errors: `InvalidRound`,
    /// `InvalidRoundTime`, `RoundsOpen`, `RoundEscrowing`, `YearlyRoomExceeded`,
    /// `PaymentBelowBacking`, `EndowmentShort`.
    pub fn open_round<'info>(
        ctx: Context<'info, OpenRound<'info>>,
        terms: RoundTerms,
    ) -> Result<()> {
        instructions::open_round(ctx, terms)
    }

    /// Pays a whole contribution back out of escrow, until a day before the closing time of
    /// the round, and not once it is over because it sold out. The backer signs. Errors: `RoundNotOpen`, `RoundDoesNotEscrow`,
    /// `RoundCooling`, `NotHolder`.
    pub fn leave_round(ctx: Context<LeaveRound>) -> Result<()> {
        instructions::leave_round(ctx)
    }

    /// Closes a round that is over. One with a minimum raise creates its shares if it reached
    /// that. It fails if it did not, in a wind-down, or if its shares are not covered a week
    /// after its end. Mint and vault of each exempted asset follow. Anybody signs; before its
    /// end only the owner, for a round that sells at once. Errors: `RoundNotOver`,
    /// `RoundAlreadyClosed`, `EndowmentShort`, `IssueFirst`.
    pub fn close_round<'info>(ctx: Context<'info, CloseRound<'info>>) -> Result<()> {
        instructions::close_round(ctx)
    }

    /// Pays a contribution to a failed round back to its backer. Anybody signs. Errors:
    /// `RoundNotFailed`, `NotHolder`, `WrongTokenAccount`.
    pub fn refund_contribution(ctx: Context<RefundContribution>) -> Result<()> {
        instructions::refund_contribution(ctx)
    }

    /// Pays the owner their part of what a round that succeeded raised, once. Anybody signs.
    /// Errors: `RoundNotSucceeded`, `RoundAlreadySettled`, `WrongTokenAccount`.
    pub fn settle_round(ctx: Context<SettleRound>) -> Result<()> {
        instructions::settle_round(ctx)
    }

    /// Lists a mint as a reserve asset, for good, and with `payout` as a payout mint too. The
    /// stream takes payments after the notice, or at once if nobody else holds shares or is
    /// offered any. The owner signs, and a payer. Errors: `NotOwner`, `UnsupportedMint`,
    /// `CircularMint`, `TooFewDecimals`, `AssetAlreadyListed`, `AssetListFull`.
    pub fn add_asset(ctx: Context<AddAsset>, payout: bool) -> Result<()> {
        instructions::add_asset(ctx, payout)
    }

    /// Gives to the reserve; nothing is owed for it. While no share exists it goes to the
    /// endowment. Anybody signs for the quote mint, only the owner for other assets. Errors:
    /// `ZeroAmount`, `AssetNotListed`, `OwnerOnlyAsset`.
    pub fn deposit_reserve(ctx: Context<DepositAccounts>, amount: u64) -> Result<()> {
        instructions::deposit_reserve(ctx, amount)
    }

    /// Adds to the endowment, which is the owner's until new shares bring their part out of
    /// it. Anybody signs. Errors: `ZeroAmount`, `AssetNotListed`.
    pub fn deposit_endowment(ctx: Context<DepositAccounts>, amount: u64) -> Result<()> {
        instructions::deposit_endowment(ctx, amount)
    }

    /// Pays the owner out of the part of the endowment that nothing locks. The owner signs.
    /// Errors: `NotOwner`, `ZeroAmount`, `AssetNotListed`, `VaultShort`, `EndowmentLocked`.
    pub fn withdraw_endowment(ctx: Context<WithdrawEndowmentAccounts>, amount: u64) -> Result<()> {
        instructions::withdraw_endowment(ctx, amount)
    }

    /// Books what a vault holds beyond its counters into the reserve. The owner signs; in a
    /// wind-down anybody. Errors: `NotOwner`, `AssetNotListed`, `NothingToSync`.
    pub fn book_surplus(ctx: Context<BookSurplusAccounts>) -> Result<()> {
        instructions::book_surplus(ctx)
    }

    /// Takes what a vault lacks out of its counters, because the issuer seized or burned it:
    /// first out of the endowment, then out of the reserve. Anybody signs. Errors:
    /// `AssetNotListed`, `NothingToSync`.
    pub fn book_loss(ctx: Context<BookLossAccounts>) -> Result<()> {
        instructions::book_loss(ctx)
    }

    /// Notes whether a listed asset cannot move: its vault is frozen or its mint paused. A
    /// poll may exempt an asset that is noted; the exemption counts a notice after the note,
    /// while the asset still cannot move. Anybody signs. Errors: `AssetNotListed`,
    /// `NothingToChange`.
    pub fn note_immovable(ctx: Context<NoteImmovableAccounts>) -> Result<()> {
        instructions::note_immovable(ctx)
    }

    /// Moves the closing time of an open round, once, by at most 90 days and not on its last
    /// day. The owner signs. Errors: `NotOwner`, `Paused`, `RoundNotOpen`, `RoundExtended`,
    /// `RoundCooling`, `InvalidRoundTime`.
    pub fn extend_round(ctx: Context<ManageRoundAccounts>, closes_at: i64) -> Result<()> {
        instructions::extend_round(ctx, closes_at)
    }

    /// Ends an open round with a minimum raise: all its backers are refunded. The owner signs.
    /// Errors: `NotOwner`, `RoundAlreadyClosed`, `RoundDoesNotEscrow`.
    pub fn cancel_round(ctx: Context<ManageRoundAccounts>) -> Result<()> {
        instructions::cancel_round(ctx)
    }

    /// Burns bearer tokens that somebody sent to the register, and books the supply of the
    /// mint: bearers may have burned their own. Anybody signs. Errors: `NothingToSync`.
    pub fn sync_share_custody(ctx: Context<SyncShareCustody>) -> Result<()> {
        instructions::sync_share_custody(ctx)
    }

    /// Declares a right: tokenized equity, equity on paper or a share of revenue. The owner
    /// signs, and a payer. Errors: `NotOwner`, `WoundUp`, `InvalidClaim`, `DateTooFar`,
    /// `InvalidText`, `NotAPayoutMint`.
    pub fn declare_claim(ctx: Context<DeclareClaim>, terms: ClaimTerms) -> Result<()> {
        instructions::declare_claim(ctx, terms)
    }

    /// Brings tokenized equity of the owner into the claim's own vault. The owner signs.
    /// Errors: `NotOwner`, `WoundUp`, `WrongClaimKind`, `WrongMint`, `UnsupportedMint`,
    /// `EstatesFull`.
    pub fn deposit_equity(ctx: Context<DepositEquity>, units: u64, cost: u64) -> Result<()> {
        instructions::deposit_equity(ctx, units, cost)
    }

    /// Moves tokenized equity from a claim into the reserve, if its mint is listed. The owner
    /// signs; in a wind-down anybody. Errors: `NotOwner`, `WrongMint`, `AssetNotListed`,
    /// `ClaimNotOpen`, `AuctionOpen`, `UnitsExceedHeld`.
    pub fn release_equity(ctx: Context<ReleaseEquity>, units: u64) -> Result<()> {
        instructions::release_equity(ctx, units)
    }

    /// Exits units of equity on paper: the proceeds are paid in and run through the waterfall
    /// to owner and holders. The attestations of all accepted attesters on the claim follow in
    /// the order of the list. The owner signs, in a wind-down the executor may instead; the
    /// payer of the proceeds signs too. Errors: `NotOwner`, `ZeroAmount`, `WrongClaimKind`,
    /// `ClaimNotOpen`, `UnitsExceedHeld`, `EvidenceIncomplete`.
    pub fn exit_claim<'info>(ctx: Context<'info, ExitClaim<'info>>, args: ExitArgs) -> Result<()> {
        instructions::exit_claim(ctx, args)
    }

    /// Announces an auction of tokenized equity, which starts after the notice. The
    /// attestations of all accepted attesters on the claim follow in the order of the list; if
    /// too few are fresh, it takes a poll. The owner signs. Errors: `NotOwner`, `NotAttested`,
    /// `AuctionOpen`, `InvalidAuction`, `AuctionTooCheap`, `UnitsExceedHeld`,
    /// `EvidenceIncomplete`.
    pub fn announce_auction<'info>(
        ctx: Context<'info, AnnounceAuction<'info>>,
        terms: AuctionTerms,
    ) -> Result<()> {
        instructions::announce_auction(ctx, terms)
    }

    /// Stops an auction before it is over, whoever announced it: what is unsold stays in
    /// custody. The owner signs; in a wind-down the executor may instead. Errors: `NotOwner`,
    /// `AuctionNotOpen`.
    pub fn cancel_auction(ctx: Context<CancelAuction>) -> Result<()> {
        instructions::cancel_auction(ctx)
    }

    /// Buys units out of an auction at the price of this second; the payment runs through the
    /// waterfall. The attestations of all accepted attesters on the claim follow in the order
    /// of the list. The buyer signs. Errors: `AuctionNotOpen`, `UnitsExceedHeld`, `Slippage`,
    /// `DeadlinePassed`, `WoundUp`, `EvidenceIncomplete`.
    pub fn buy_at_auction<'info>(
        ctx: Context<'info, BuyAtAuction<'info>>,
        args: AuctionBuyArgs,
    ) -> Result<()> {
        instructions::buy_at_auction(ctx, args)
    }

    /// Adds what somebody sent to a claim's vault to its units, never to its cost. What an
    /// issuer took leaves them. Anybody signs. Errors: `WrongClaimKind`, `WrongAccount`,
    /// `NothingToSync`.
    pub fn sync_claim(ctx: Context<SyncClaim>) -> Result<()> {
        instructions::sync_claim(ctx)
    }

    /// Makes the list of attesters if it is missing, and accepts the given ones while nobody
    /// else holds shares or is offered any. With no attester it only makes the list. The owner
    /// signs, for an empty list anybody; a payer signs too. Errors: `NotOwner`, `NotAlone`,
    /// `InvalidAttester`, `AlreadyAttester`, `AttesterListFull`.
    pub fn add_attesters(ctx: Context<AddAttesters>, wallets: Vec<Pubkey>) -> Result<()> {
        instructions::add_attesters(ctx, wallets)
    }

    /// Removes an attester while nobody else holds shares or is offered any. The owner signs.
    /// Errors: `NotOwner`, `NotAlone`, `NotAttester`.
    pub fn remove_attester(ctx: Context<GovernAttestersAccounts>, attester: Pubkey) -> Result<()> {
        instructions::remove_attester(ctx, attester)
    }

    /// Sets how many fresh attestations make a claim attested: more at any time, fewer only
    /// while nobody else holds shares or is offered any. The owner signs. Errors: `NotOwner`,
    /// `InvalidThreshold`, `PollRequired`.
    pub fn set_attester_threshold(
        ctx: Context<GovernAttestersAccounts>,
        threshold: u8,
    ) -> Result<()> {
        instructions::set_attester_threshold(ctx, threshold)
    }

    /// Announces who may take an attester's seat after the notice; zero for nobody. The
    /// attester signs. Errors: `NotAttester`, `InvalidAttester`, `AlreadyAttester`.
    pub fn name_successor(ctx: Context<HandOverSeatAccounts>, successor: Pubkey) -> Result<()> {
        instructions::name_successor(ctx, successor)
    }

    /// Gives an attester's seat to its successor after the notice. What the former attester
    /// signed counts no more. The successor signs. Errors: `NotAttester`, `NotSuccessor`,
    /// `NoticePending`, `InvalidAttester`, `AlreadyAttester`.
    pub fn take_seat(ctx: Context<HandOverSeatAccounts>, attester: Pubkey) -> Result<()> {
        instructions::take_seat(ctx, attester)
    }

    /// Signs a statement on a claim, or renews it. It counts if the attester is an accepted
    /// one. Anybody but the owner signs, and a payer. Errors: `InvalidAttester`,
    /// `ClaimNotOpen`, `DocumentMismatch`, `TermsMismatch`, `UnitsExceedHeld`,
    /// `InvalidStatement`, `InvalidExpiry`.
    pub fn attest_claim(ctx: Context<AttestClaim>, statement: Statement) -> Result<()> {
        instructions::attest_claim(ctx, statement)
    }

    /// Takes a statement on a claim back; its rent returns to its payer. The attester signs;
    /// anybody if the claim is over or its account is closed. Errors: `NotAttester`,
    /// `WrongAccount`.
    pub fn revoke_attestation(ctx: Context<RevokeAttestation>) -> Result<()> {
        instructions::revoke_attestation(ctx)
    }

    /// Disputes a claim, which is not attested meanwhile. An accepted attester signs. Errors:
    /// `NotAttester`, `ClaimNotOpen`, `AlreadyDisputed`.
    pub fn dispute_claim(ctx: Context<DisputeClaim>, reasons: [u8; 32]) -> Result<()> {
        instructions::dispute_claim(ctx, reasons)
    }

    /// Ends the dispute of one seat. The attester in the seat signs; the owner signs for seats
    /// that are free now. A dispute by a poll takes a poll. Errors: `NotDisputed`,
    /// `NotAttester`.
    pub fn resolve_dispute(ctx: Context<DisputeClaim>) -> Result<()> {
        instructions::resolve_dispute(ctx)
    }

    /// Changes the form of equity on paper: a conversion, a split, a rollover. Its cost is
    /// carried. The owner signs. Errors: `NotOwner`, `WrongClaimKind`, `ClaimNotOpen`,
    /// `InvalidClaim`, `InvalidText`.
    pub fn transform_claim(ctx: Context<ChangeClaimAccounts>, into: Transformation) -> Result<()> {
        instructions::transform_claim(ctx, into)
    }

    /// Gives units of equity on paper up as worthless; as far as their cost counts, it is a
    /// loss. The attestations of all accepted attesters on the claim follow in the order of
    /// the list. The owner signs; in a wind-down the executor may instead. Errors: `NotOwner`,
    /// `WrongClaimKind`, `ClaimNotOpen`, `ZeroAmount`, `UnitsExceedHeld`,
    /// `EvidenceIncomplete`.
    pub fn write_off_claim<'info>(
        ctx: Context<'info, WriteOffClaim<'info>>,
        units: u64,
    ) -> Result<()> {
        instructions::write_off_claim(ctx, units)
    }

    /// Reports a month's revenue after its end, in order: what is due of it is booked. The
    /// last month again corrects it. The owner or the claim's payer signs. Errors: `NotPayer`,
    /// `WrongClaimKind`, `ClaimNotOpen`, `InvalidPeriod`, `MonthNotOver`.
    pub fn report_revenue(ctx: Context<ChangeClaimAccounts>, report: RevenueReport) -> Result<()> {
        instructions::report_revenue(ctx, report)
    }

    /// Offers registered shares for a price. They are locked until somebody buys or the sale
    /// ends. The seller signs, and a payer. Errors: `NotHolder`, `ZeroAmount`,
    /// `InvalidExpiry`, `InsufficientShares`, `AlreadyExists`.
    pub fn open_sale(ctx: Context<OpenSale>, terms: SaleTerms) -> Result<()> {
        instructions::open_sale(ctx, terms)
    }

    /// Ends a sale and unlocks its shares. The seller signs; anybody after its expiry. Errors:
    /// `SaleNotExpired`, `WrongAccount`.
    pub fn cancel_sale(ctx: Context<CancelSale>) -> Result<()> {
        instructions::cancel_sale(ctx)
    }

    /// Offers to buy registered shares for a price. The money waits in the quote vault until
    /// somebody sells or the bid ends. The bidder signs, and a payer. Errors: `NotHolder`,
    /// `ZeroAmount`, `AmountTooSmall`, `InvalidExpiry`, `AlreadyExists`.
    pub fn open_bid(ctx: Context<OpenBid>, terms: BidTerms) -> Result<()> {
        instructions::open_bid(ctx, terms)
    }

    /// Ends a bid and pays back what waits of its money. The bidder signs; after its expiry anybody,
    /// to the bidder's associated account, or if that cannot be paid and follows the accounts, to
    /// another of the bidder's. Errors: `BidNotExpired`, `WrongTokenAccount`, `WrongAccount`.
    pub fn cancel_bid(ctx: Context<CancelBid>) -> Result<()> {
        instructions::cancel_bid(ctx)
    }

    /// Offers shares that vest over time. No share exists yet: the offer reserves cap, yearly
    /// room and endowment. Mint and vault of each exempted asset follow. The owner signs, and
    /// a payer. Errors: `NotOwner`, `InvalidGrant`, `InvalidGrantOffer`, `SupplyCapExceeded`,
    /// `YearlyRoomExceeded`, `EndowmentShort`.
    pub fn offer_grant<'info>(
        ctx: Context<'info, OfferGrantAccounts<'info>>,
        offer: GrantOffer,
    ) -> Result<()> {
        instructions::offer_grant(ctx, offer)
    }

    /// Accepts an offer: its shares are created and registered in the grant. The endowment
    /// brings their part of every reserve asset and of what still streams. Mint and vault of
    /// each exempted asset follow. The beneficiary signs. Errors: `NotBeneficiary`,
    /// `GrantAccepted`, `OfferLapsed`, `Paused`, `RoundEscrowing`, `EndowmentShort`.
    pub fn accept_grant<'info>(ctx: Context<'info, AcceptGrantAccounts<'info>>) -> Result<()> {
        instructions::accept_grant(ctx)
    }

    /// Takes an offer back, or declines it; what it reserved is free again. The owner or the
    /// beneficiary signs; anybody after the end of the offer and in a wind-down. Errors:
    /// `GrantAccepted`, `OfferNotLapsed`.
    pub fn cancel_grant(ctx: Context<CancelGrantAccounts>) -> Result<()> {
        instructions::cancel_grant(ctx)
    }

    /// Burns what has not vested of a grant. What it brought goes back to the endowment, at
    /// most its part now; what it earned streams again. The owner signs, if the grant is
    /// revocable; in a wind-down anybody, for every grant. Errors: `NotOwner`,
    /// `GrantNotRevocable`, `GrantNotAccepted`, `GrantVested`.
    pub fn revoke_grant(ctx: Context<RevokeGrantAccounts>) -> Result<()> {
        instructions::revoke_grant(ctx)
    }

    /// Closes a grant of which nothing is left; its rent returns to its payer. Anybody signs.
    /// Errors: `GrantNotAccepted`, `GrantNotEmpty`.
    pub fn close_grant(ctx: Context<CloseGrantAccounts>) -> Result<()> {
        instructions::close_grant(ctx)
    }

    /// Sets a standing order on dividends in the quote mint, in place of an earlier one. The
    /// holder's wallet signs, and a payer. Errors: `NotHolder`, `WoundUp`, `InvalidExpiry`,
    /// `OrderVoid`, `ZeroAmount`.
    pub fn set_order(ctx: Context<SetOrder>, terms: Order, ends_at: i64) -> Result<()> {
        instructions::set_order(ctx, terms, ends_at)
    }

    /// Ends a standing order. The holder's wallet signs; anybody after its end and in a
    /// wind-down. Errors: `OrderNotOver`.
    pub fn cancel_order(ctx: Context<CancelOrder>) -> Result<()> {
        instructions::cancel_order(ctx)
    }

    /// Pays a holder's dividends in the quote mint to the owner, as the holder ordered.
    /// Anybody signs. Errors: `OrderVoid`, `NothingToCollect`, `WrongAccount`.
    pub fn pay_by_order(ctx: Context<PayByOrder>) -> Result<()> {
        instructions::pay_by_order(ctx)
    }

    /// Buys shares in a round with a holder's dividends, as the holder ordered. Mint and vault
    /// of each exempted asset follow. Anybody signs, and pays the rent of a contribution
    /// account. Errors: `OrderVoid`, `RoundNotOpen`, `RoundEscrows`, `ContributionTooSmall`,
    /// `SupplyAboveSigned`, `TermsChanged`, `PaymentBelowBacking`.
    pub fn buy_by_order<'info>(ctx: Context<'info, BuyByOrder<'info>>) -> Result<()> {
        instructions::buy_by_order(ctx)
    }

    /// Opens a product of passes: for a price, for shares held or for shares burned. The
    /// owner signs, and a payer. Errors: `NotOwner`, `Paused`, `InvalidProduct`,
    /// `InvalidText`, `NotAPayoutMint`, `ClaimEnded`.
    pub fn open_product(ctx: Context<OpenProduct>, terms: ProductTerms) -> Result<()> {
        instructions::open_product(ctx, terms)
    }

    /// Ends a product; the passes that it gave go on. The owner signs. Errors: `NotOwner`,
    /// `ProductNotOpen`.
    pub fn close_product(ctx: Context<CloseProduct>) -> Result<()> {
        instructions::close_product(ctx)
    }

    /// Buys a pass, or another life of it: a linked revenue claim takes its part of the price,
    /// the owner gets the rest. The wallet signs, and a payer. Errors: `WrongProductKind`,
    /// `ProductNotOpen`, `ProductSoldOut`, `Slippage`, `DeadlinePassed`, `Paused`.
    pub fn buy_pass(ctx: Context<BuyPass>, args: PassInput) -> Result<()> {
        instructions::buy_pass(ctx, args)
    }

    /// Takes a pass for shares held, which it locks. The wallet signs, and a payer. Errors:
    /// `WrongProductKind`, `ProductNotOpen`, `ProductSoldOut`, `TooFewShares`,
    /// `PassNotOver`, `WoundUp`.
    pub fn collect_pass(ctx: Context<CollectPass>) -> Result<()> {
        instructions::collect_pass(ctx)
    }

    /// Burns registered shares for a pass. Nothing is paid out for them. The wallet signs, and
    /// a payer. Errors: `WrongProductKind`, `ProductNotOpen`, `ProductSoldOut`,
    /// `InsufficientShares`, `Slippage`, `DeadlinePassed`, `Paused`.
    pub fn burn_for_pass(ctx: Context<BurnForPass>, args: PassInput) -> Result<()> {
        instructions::burn_for_pass(ctx, args)
    }

    /// Uses units of a pass up. Its wallet signs, and so does the point of sale or the owner. Errors:
    /// `NotPassHolder`, `NotPointOfSale`, `PassExpired`, `PassUnitsExceeded`, `PassEnded`.
    pub fn use_pass(ctx: Context<UsePass>, units: u64) -> Result<()> {
        instructions::use_pass(ctx, units)
    }

    /// Closes a pass that is over and unlocks its shares; its rent returns to its payer. Its
    /// wallet signs; in a wind-down anybody. Errors: `NotPassHolder`, `PassNotOver`,
    /// `WrongAccount`.
    pub fn close_pass(ctx: Context<ClosePass>) -> Result<()> {
        instructions::close_pass(ctx)
    }

    /// Announces another admission and transfer policy, in place of an earlier announcement.
    /// The owner signs. Errors: `NotOwner`, `InvalidPolicy`,
    /// `NothingToChange`.
    pub fn propose_policy(ctx: Context<GovernAccounts>, policy: Policy) -> Result<()> {
        instructions::propose_policy(ctx, policy)
    }

    /// Applies the announced policies after their notice. Anybody signs. Errors:
    /// `NothingToApply`, `NoticePending`.
    pub fn apply_policy(ctx: Context<GovernAccounts>) -> Result<()> {
        instructions::apply_policy(ctx)
    }

    /// Takes the announced policies back; those in force stay. The owner signs. Errors:
    /// `NotOwner`, `NothingToApply`.
    pub fn cancel_policy(ctx: Context<GovernAccounts>) -> Result<()> {
        instructions::cancel_policy(ctx)
    }

    /// Lowers supply cap, floor, cash-out tax or royalty, at once. The owner signs. Errors:
    /// `NotOwner`, `PollRequired`, `NothingToChange`, `SupplyCapExceeded`.
    pub fn relax_terms(ctx: Context<GovernAccounts>, relaxation: Relaxation) -> Result<()> {
        instructions::relax_terms(ctx, relaxation)
    }

    /// Puts a question to the holders. If it announces an auction, the attestations of all
    /// accepted attesters on the claim follow in the order of the list. The owner signs, or a
    /// wallet with 1 % of the eligible shares; a payer signs too. Errors: `PollNotNeeded`,
    /// `TooFewToPut`, `PollPlaceTaken`, `PollPut`, `PollWhileEscrow`, `NothingToChange`;
    /// others of the change.
    pub fn put_poll<'info>(
        ctx: Context<'info, PutPollAccounts<'info>>,
        args: PutPollArgs,
    ) -> Result<()> {
        instructions::put_poll(ctx, args)
    }

    /// Answers a poll with all that the holder's shares weigh in it, or takes the answer back.
    /// The holder's wallet signs. Errors: `PollNotOpen`, `PollLapsed`, `OwnerCannotVote`,
    /// `SharesTooNew`, `NotAnswered`.
    pub fn answer_poll(ctx: Context<AnswerPollAccounts>, answer: Answer) -> Result<()> {
        instructions::answer_poll(ctx, answer)
    }

    /// Applies a poll that passed. If it announces an auction, the attestations of all
    /// accepted attesters on the claim follow in the order of the list. Anybody signs; the
    /// owner applies it without answers if nobody else holds shares or is offered any. Errors:
    /// `PollNotOpen`, `PollLapsed`, `PollNotPassed`, `PollObjected`, `NoticePending`,
    /// `PollStale`; others of the change.
    pub fn apply_poll<'info>(ctx: Context<'info, ApplyPollAccounts<'info>>) -> Result<()> {
        instructions::apply_poll(ctx)
    }

    /// Takes a poll back: one against holders at any time, others only before anybody answers.
    /// The wallet that put it signs; for one in the owner's place the present owner. Errors:
    /// `PollNotOpen`, `NotPutter`, `PollAnswered`.
    pub fn cancel_poll(ctx: Context<EndPollAccounts>) -> Result<()> {
        instructions::cancel_poll(ctx)
    }

    /// Closes a poll that was applied, became void or lapsed, or that was put by a wallet
    /// which no longer holds 1 %; its rent returns to its payer. Anybody signs. Errors:
    /// `PollNotLapsed`.
    pub fn close_poll(ctx: Context<EndPollAccounts>) -> Result<()> {
        instructions::close_poll(ctx)
    }

    /// Gives a sign of life, from which the inactivity period begins anew. The owner signs.
    /// Errors: `NotOwner`.
    pub fn heartbeat(ctx: Context<GovernAccounts>) -> Result<()> {
        instructions::heartbeat(ctx)
    }

    /// Names who may wind the token up after the owner's inactivity; zero for nobody. The
    /// owner signs. Errors: `NotOwner`.
    pub fn set_executor(ctx: Context<GovernAccounts>, executor: Pubkey) -> Result<()> {
        instructions::set_executor(ctx, executor)
    }

    /// Winds the token up after the owner's inactivity, for good: holders redeem without tax.
    /// The executor signs. Errors: `NotExecutor`, `WoundUp`, `OwnerActive`.
    pub fn wind_up_by_executor(ctx: Context<GovernAccounts>) -> Result<()> {
        instructions::wind_up_by_executor(ctx)
    }

    /// Turns what nothing locks of an asset's endowment into reserve, a year after the
    /// wind-down began. Anybody signs. Errors: `NotWoundUp`, `NoticePending`, `ZeroAmount`,
    /// `NothingToRedeem`.
    pub fn join_endowment(ctx: Context<GovernAccounts>, place: u8) -> Result<()> {
        instructions::join_endowment(ctx, place)
    }

    /// Shares the custody of a claim out in kind, if its mint is not listed: receipts of later
    /// redemptions take their part of it. Anybody signs, in a wind-down. Errors: `NotWoundUp`,
    /// `WrongClaimKind`, `ClaimNotOpen`, `AssetAlreadyListed`, `UnitsExceedHeld`.
    pub fn open_estate(ctx: Context<ChangeClaimAccounts>) -> Result<()> {
        instructions::open_estate(ctx)
    }

    /// Pays a receipt its part of an estate; the last part closes the receipt. Anybody signs,
    /// to the associated account of the wallet that redeemed. That wallet signs too for
    /// another account of its own, or if the mint has fewer than 4 decimals. If the wallet
    /// handed the associated account to somebody else, that account follows the others, and
    /// anybody pays any account of the wallet from which nobody else can take. Errors:
    /// `NotAnEstate`, `NothingToCollect`, `CoarseUnits`, `WrongTokenAccount`, `WrongAccount`.
    pub fn collect_estate(ctx: Context<CollectEstateAccounts>) -> Result<()> {
        instructions::collect_estate(ctx)
    }

    /// Closes an account that nothing needs any more; its rent returns to its payer. The owner
    /// signs for a round or a product, in a wind-down anybody. Anybody signs for a
    /// contribution to a round that sold at once, for an expired approval, and for names and
    /// attesters once no share is left in a wind-down. Errors: `NotOver`, `NotOwner`,
    /// `NotWoundUp`, `WrongAccount`.
    pub fn close_ended(ctx: Context<CloseEndedAccounts>) -> Result<()> {
        instructions::close_ended(ctx)
    }

    /// Closes a vault or the register at the end of a wind-down, when no share and no holder
    /// account is left. What is in it and the rent go to the owner. Anybody signs. Errors:
    /// `NotWoundUp`, `NotOver`, `AssetNotListed`, `WrongAccount`.
    pub fn close_vault(ctx: Context<CloseVaultAccounts>) -> Result<()> {
        instructions::close_vault(ctx)
    }

    /// Closes an empty holder account; its rent returns to its payer. The holder's wallet
    /// signs; in a wind-down anybody, if the wallet is no program's account and has no
    /// withdrawn shares. Errors: `NotHolder`, `HolderNotEmpty`.
    pub fn close_holder(ctx: Context<CloseHolder>) -> Result<()> {
        instructions::close_holder(ctx)
    }

    /// Closes a claim that is over, and its vault; the rent returns to its payer. What
    /// strangers left in the vault goes to the owner. The owner signs; in a wind-down anybody.
    /// Errors: `NotOwner`, `ClaimNotClosed`, `NotOver`, `WrongAccount`.
    pub fn close_claim(ctx: Context<CloseClaim>) -> Result<()> {
        instructions::close_claim(ctx)
    }

    /// Signs that the token's owner is a certain person, or renews it. Anybody but the creator
    /// and the owner signs, and a payer. Errors: `InvalidAttester`, `NotOwner`,
    /// `InvalidSubject`, `InvalidExpiry`.
    pub fn attest_identity(
        ctx: Context<AttestIdentity>,
        identity_attestation: IdentityAttestation,
    ) -> Result<()> {
        instructions::attest_identity(ctx, identity_attestation)
    }

    /// Takes an identity attestation back; its rent returns to its payer. Who vouched signs; anybody after
    /// its expiry and in a wind-down. Errors: `NotAttester`, `WrongAccount`.
    pub fn revoke_identity(ctx: Context<RevokeIdentity>) -> Result<()> {
        instructions::revoke_identity(ctx)
    }

    /// Pays revenue on a claim: a part goes to the reserve, the rest streams to holders. After
    /// the end of the claim only what reports say is due is taken. Anybody signs for the quote
    /// mint, the owner or the claim's payer for other payout mints. Errors: `OwnerOnlyAsset`,
    /// `WrongClaimKind`, `ClaimNotOpen`, `ClaimEnded`, `RevenueCapExceeded`, `NoticePending`.
    pub fn pay_revenue(ctx: Context<PayRevenue>, amount: u64) -> Result<()> {
        instructions::pay_revenue(ctx, amount)
    }
}
