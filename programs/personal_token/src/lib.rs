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
    Answer, AuctionTerms, BidTerms, ClaimTerms, Easing, GrantOffer, NameTexts, OfferingTerms,
    Order, Policy, RevenueReport, RoundTerms, SaleTerms, Statement, Transformation, Voucher,
};

declare_id!("UpexUHBQkvU96YzzwjehbAoqhZ9xW5PewGbT22wkEzK");

#[cfg(feature = "entrypoint")]
upside_program::entrypoint!(entry);

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
/// units each.
#[program]
pub mod personal_token {
    use super::*;

    pub fn transfer_shares(
        ctx: Context<TransferShares>,
        shares: u64,
        cost: Option<u64>,
    ) -> Result<()> {
        instructions::transfer_shares(ctx, shares, cost)
    }

    pub fn claim_dividend(ctx: Context<ClaimDividend>) -> Result<()> {
        instructions::claim_dividend(ctx)
    }

    pub fn redeem<'info>(ctx: Context<'info, Redeem<'info>>, args: RedeemArgs) -> Result<()> {
        instructions::redeem(ctx, args)
    }

    pub fn redeem_bearer<'info>(
        ctx: Context<'info, RedeemBearer<'info>>,
        args: RedeemArgs,
    ) -> Result<()> {
        instructions::redeem_bearer(ctx, args)
    }

    pub fn contribute<'info>(
        ctx: Context<'info, Contribute<'info>>,
        args: ContributeArgs,
    ) -> Result<()> {
        instructions::contribute(ctx, args)
    }

    pub fn contribute_escrowed(ctx: Context<Backing>, args: ContributeArgs) -> Result<()> {
        instructions::contribute_escrowed(ctx, args)
    }

    pub fn claim_contribution(ctx: Context<ClaimContribution>) -> Result<()> {
        instructions::claim_contribution(ctx)
    }

    pub fn open_holder(ctx: Context<OpenHolder>) -> Result<()> {
        instructions::open_holder(ctx)
    }

    pub fn withdraw(ctx: Context<MoveBearer>, shares: u64) -> Result<()> {
        instructions::withdraw(ctx, shares)
    }

    pub fn deposit(ctx: Context<MoveBearer>, shares: u64) -> Result<()> {
        instructions::deposit(ctx, shares)
    }

    pub fn warm_up(ctx: Context<WarmUp>) -> Result<()> {
        instructions::warm_up(ctx)
    }

    pub fn buy(ctx: Context<Buy>, args: BuyArgs) -> Result<()> {
        instructions::buy(ctx, args)
    }

    pub fn fill_bid(ctx: Context<FillBid>, args: FillBidArgs) -> Result<()> {
        instructions::fill_bid(ctx, args)
    }

    pub fn collect_grant(ctx: Context<CollectGrantAccounts>) -> Result<()> {
        instructions::collect_grant(ctx)
    }

    pub fn create_token(ctx: Context<CreateToken>, args: CreateTokenArgs) -> Result<()> {
        instructions::create_token(ctx, args)
    }

    pub fn announce_name(ctx: Context<AnnounceNameAccounts>, texts: NameTexts) -> Result<()> {
        instructions::announce_name(ctx, texts)
    }

    pub fn apply_name(ctx: Context<ApplyNameAccounts>) -> Result<()> {
        instructions::apply_name(ctx)
    }

    pub fn set_roles(ctx: Context<Govern>, guardian: Pubkey, registrar: Pubkey) -> Result<()> {
        instructions::set_roles(ctx, guardian, registrar)
    }

    pub fn set_bearer_cap(ctx: Context<Govern>, bearer_cap: u64) -> Result<()> {
        instructions::set_bearer_cap(ctx, bearer_cap)
    }

    pub fn propose_owner(ctx: Context<Govern>, pending_owner: Pubkey) -> Result<()> {
        instructions::propose_owner(ctx, pending_owner)
    }

    pub fn accept_ownership(ctx: Context<AcceptOwnership>) -> Result<()> {
        instructions::accept_ownership(ctx)
    }

    pub fn pause(ctx: Context<Govern>) -> Result<()> {
        instructions::pause(ctx)
    }

    pub fn unpause(ctx: Context<Govern>) -> Result<()> {
        instructions::unpause(ctx)
    }

    pub fn open_holder_by_credential(ctx: Context<OpenHolderByCredential>) -> Result<()> {
        instructions::open_holder_by_credential(ctx)
    }

    pub fn set_venue(ctx: Context<SetVenue>, venue: bool) -> Result<()> {
        instructions::set_venue(ctx, venue)
    }

    pub fn apply_venue(ctx: Context<ApplyVenueAccounts>) -> Result<()> {
        instructions::apply_venue(ctx)
    }

    pub fn approve_transfer(
        ctx: Context<ApproveTransfer>,
        args: ApproveTransferArgs,
    ) -> Result<()> {
        instructions::approve_transfer(ctx, args)
    }

    pub fn revoke_approval(ctx: Context<RevokeApproval>) -> Result<()> {
        instructions::revoke_approval(ctx)
    }

    pub fn issue<'info>(ctx: Context<'info, Issue<'info>>, shares: u64, paid: u64) -> Result<()> {
        instructions::issue(ctx, shares, paid)
    }

    pub fn open_round<'info>(
        ctx: Context<'info, OpenRound<'info>>,
        terms: RoundTerms,
    ) -> Result<()> {
        instructions::open_round(ctx, terms)
    }

    pub fn leave_round(ctx: Context<LeaveRound>) -> Result<()> {
        instructions::leave_round(ctx)
    }

    pub fn close_round<'info>(ctx: Context<'info, CloseRound<'info>>) -> Result<()> {
        instructions::close_round(ctx)
    }

    pub fn refund_contribution(ctx: Context<RefundContribution>) -> Result<()> {
        instructions::refund_contribution(ctx)
    }

    pub fn settle_round(ctx: Context<SettleRound>) -> Result<()> {
        instructions::settle_round(ctx)
    }

    pub fn list_asset(ctx: Context<ListAsset>, payout: bool) -> Result<()> {
        instructions::list_asset(ctx, payout)
    }

    pub fn deposit_reserve(ctx: Context<DepositAccounts>, amount: u64) -> Result<()> {
        instructions::deposit_reserve(ctx, amount)
    }

    pub fn deposit_endowment(ctx: Context<DepositAccounts>, amount: u64) -> Result<()> {
        instructions::deposit_endowment(ctx, amount)
    }

    pub fn withdraw_endowment(ctx: Context<WithdrawEndowmentAccounts>, amount: u64) -> Result<()> {
        instructions::withdraw_endowment(ctx, amount)
    }

    pub fn book_surplus(ctx: Context<BookSurplusAccounts>) -> Result<()> {
        instructions::book_surplus(ctx)
    }

    pub fn book_loss(ctx: Context<BookLossAccounts>) -> Result<()> {
        instructions::book_loss(ctx)
    }

    pub fn note_immovable(ctx: Context<NoteImmovableAccounts>) -> Result<()> {
        instructions::note_immovable(ctx)
    }

    pub fn extend_round(ctx: Context<ManageRoundAccounts>, closes_at: i64) -> Result<()> {
        instructions::extend_round(ctx, closes_at)
    }

    pub fn cancel_round(ctx: Context<ManageRoundAccounts>) -> Result<()> {
        instructions::cancel_round(ctx)
    }

    pub fn sync_register(ctx: Context<SyncRegister>) -> Result<()> {
        instructions::sync_register(ctx)
    }

    pub fn declare_claim(ctx: Context<DeclareClaim>, terms: ClaimTerms) -> Result<()> {
        instructions::declare_claim(ctx, terms)
    }

    pub fn deposit_equity(ctx: Context<DepositEquity>, units: u64, cost: u64) -> Result<()> {
        instructions::deposit_equity(ctx, units, cost)
    }

    pub fn release_equity(ctx: Context<ReleaseEquity>, units: u64) -> Result<()> {
        instructions::release_equity(ctx, units)
    }

    pub fn exit_claim<'info>(ctx: Context<'info, ExitClaim<'info>>, args: ExitArgs) -> Result<()> {
        instructions::exit_claim(ctx, args)
    }

    pub fn announce_auction<'info>(
        ctx: Context<'info, AnnounceAuction<'info>>,
        terms: AuctionTerms,
    ) -> Result<()> {
        instructions::announce_auction(ctx, terms)
    }

    pub fn cancel_auction(ctx: Context<CancelAuction>) -> Result<()> {
        instructions::cancel_auction(ctx)
    }

    pub fn buy_at_auction<'info>(
        ctx: Context<'info, BuyAtAuction<'info>>,
        args: AuctionBuyArgs,
    ) -> Result<()> {
        instructions::buy_at_auction(ctx, args)
    }

    pub fn sync_claim(ctx: Context<SyncClaim>) -> Result<()> {
        instructions::sync_claim(ctx)
    }

    pub fn add_attesters(ctx: Context<AddAttesters>, attesters: Vec<Pubkey>) -> Result<()> {
        instructions::add_attesters(ctx, attesters)
    }

    pub fn remove_attester(ctx: Context<GovernAttesters>, attester: Pubkey) -> Result<()> {
        instructions::remove_attester(ctx, attester)
    }

    pub fn set_attester_threshold(ctx: Context<GovernAttesters>, threshold: u8) -> Result<()> {
        instructions::set_attester_threshold(ctx, threshold)
    }

    pub fn name_successor(ctx: Context<HandOverSeat>, successor: Pubkey) -> Result<()> {
        instructions::name_successor(ctx, successor)
    }

    pub fn take_seat(ctx: Context<HandOverSeat>, attester: Pubkey) -> Result<()> {
        instructions::take_seat(ctx, attester)
    }

    pub fn attest_claim(ctx: Context<AttestClaim>, statement: Statement) -> Result<()> {
        instructions::attest_claim(ctx, statement)
    }

    pub fn revoke_attestation(ctx: Context<RevokeAttestation>) -> Result<()> {
        instructions::revoke_attestation(ctx)
    }

    pub fn dispute_claim(ctx: Context<DisputeClaim>, reasons: [u8; 32]) -> Result<()> {
        instructions::dispute_claim(ctx, reasons)
    }

    pub fn resolve_dispute(ctx: Context<DisputeClaim>) -> Result<()> {
        instructions::resolve_dispute(ctx)
    }

    pub fn transform_claim(ctx: Context<ChangeClaim>, into: Transformation) -> Result<()> {
        instructions::transform_claim(ctx, into)
    }

    pub fn write_off_claim<'info>(
        ctx: Context<'info, WriteOffClaim<'info>>,
        units: u64,
    ) -> Result<()> {
        instructions::write_off_claim(ctx, units)
    }

    pub fn report_revenue(ctx: Context<ChangeClaim>, report: RevenueReport) -> Result<()> {
        instructions::report_revenue(ctx, report)
    }

    pub fn open_sale(ctx: Context<OpenSale>, terms: SaleTerms) -> Result<()> {
        instructions::open_sale(ctx, terms)
    }

    pub fn cancel_sale(ctx: Context<CancelSale>) -> Result<()> {
        instructions::cancel_sale(ctx)
    }

    pub fn open_bid(ctx: Context<OpenBid>, terms: BidTerms) -> Result<()> {
        instructions::open_bid(ctx, terms)
    }

    pub fn cancel_bid(ctx: Context<CancelBid>) -> Result<()> {
        instructions::cancel_bid(ctx)
    }

    pub fn offer_grant<'info>(
        ctx: Context<'info, OfferGrantAccounts<'info>>,
        offer: GrantOffer,
    ) -> Result<()> {
        instructions::offer_grant(ctx, offer)
    }

    pub fn accept_grant<'info>(ctx: Context<'info, AcceptGrantAccounts<'info>>) -> Result<()> {
        instructions::accept_grant(ctx)
    }

    pub fn cancel_grant(ctx: Context<CancelGrantAccounts>) -> Result<()> {
        instructions::cancel_grant(ctx)
    }

    pub fn revoke_grant(ctx: Context<RevokeGrantAccounts>) -> Result<()> {
        instructions::revoke_grant(ctx)
    }

    pub fn close_grant(ctx: Context<CloseGrantAccounts>) -> Result<()> {
        instructions::close_grant(ctx)
    }

    pub fn set_order(ctx: Context<SetOrder>, order: Order, ends_at: i64) -> Result<()> {
        instructions::set_order(ctx, order, ends_at)
    }

    pub fn cancel_order(ctx: Context<CancelOrder>) -> Result<()> {
        instructions::cancel_order(ctx)
    }

    pub fn pay_by_order(ctx: Context<PayByOrder>) -> Result<()> {
        instructions::pay_by_order(ctx)
    }

    pub fn buy_by_order<'info>(ctx: Context<'info, BuyByOrder<'info>>) -> Result<()> {
        instructions::buy_by_order(ctx)
    }

    pub fn open_offering(ctx: Context<OpenOffering>, terms: OfferingTerms) -> Result<()> {
        instructions::open_offering(ctx, terms)
    }

    pub fn close_offering(ctx: Context<CloseOffering>) -> Result<()> {
        instructions::close_offering(ctx)
    }

    pub fn buy_pass(ctx: Context<BuyPass>, args: PassArgs) -> Result<()> {
        instructions::buy_pass(ctx, args)
    }

    pub fn claim_pass(ctx: Context<ClaimPass>) -> Result<()> {
        instructions::claim_pass(ctx)
    }

    pub fn burn_for_pass(ctx: Context<BurnForPass>, args: PassArgs) -> Result<()> {
        instructions::burn_for_pass(ctx, args)
    }

    pub fn use_pass(ctx: Context<UsePass>, units: u64) -> Result<()> {
        instructions::use_pass(ctx, units)
    }

    pub fn close_pass(ctx: Context<ClosePass>) -> Result<()> {
        instructions::close_pass(ctx)
    }

    pub fn propose_policy(ctx: Context<Govern>, policy: Policy) -> Result<()> {
        instructions::propose_policy(ctx, policy)
    }

    pub fn apply_policy(ctx: Context<Govern>) -> Result<()> {
        instructions::apply_policy(ctx)
    }

    pub fn withdraw_policy(ctx: Context<Govern>) -> Result<()> {
        instructions::withdraw_policy(ctx)
    }

    pub fn ease_terms(ctx: Context<Govern>, easing: Easing) -> Result<()> {
        instructions::ease_terms(ctx, easing)
    }

    pub fn put_poll<'info>(
        ctx: Context<'info, PutPollAccounts<'info>>,
        args: PutPollArgs,
    ) -> Result<()> {
        instructions::put_poll(ctx, args)
    }

    pub fn answer_poll(ctx: Context<AnswerPollAccounts>, answer: Answer) -> Result<()> {
        instructions::answer_poll(ctx, answer)
    }

    pub fn apply_poll<'info>(ctx: Context<'info, ApplyPollAccounts<'info>>) -> Result<()> {
        instructions::apply_poll(ctx)
    }

    pub fn cancel_poll(ctx: Context<EndPollAccounts>) -> Result<()> {
        instructions::cancel_poll(ctx)
    }

    pub fn close_poll(ctx: Context<EndPollAccounts>) -> Result<()> {
        instructions::close_poll(ctx)
    }

    pub fn heartbeat(ctx: Context<Govern>) -> Result<()> {
        instructions::heartbeat(ctx)
    }

    pub fn set_executor(ctx: Context<Govern>, executor: Pubkey) -> Result<()> {
        instructions::set_executor(ctx, executor)
    }

    pub fn wind_up_by_executor(ctx: Context<Govern>) -> Result<()> {
        instructions::wind_up_by_executor(ctx)
    }

    pub fn join_endowment(ctx: Context<Govern>, place: u8) -> Result<()> {
        instructions::join_endowment(ctx, place)
    }

    pub fn open_estate(ctx: Context<ChangeClaim>) -> Result<()> {
        instructions::open_estate(ctx)
    }

    pub fn collect_estate(ctx: Context<CollectEstateAccounts>) -> Result<()> {
        instructions::collect_estate(ctx)
    }

    pub fn close_ended(ctx: Context<CloseEndedAccounts>) -> Result<()> {
        instructions::close_ended(ctx)
    }

    pub fn close_vault(ctx: Context<CloseVaultAccounts>) -> Result<()> {
        instructions::close_vault(ctx)
    }

    pub fn close_holder(ctx: Context<CloseHolder>) -> Result<()> {
        instructions::close_holder(ctx)
    }

    pub fn close_claim(ctx: Context<CloseClaim>) -> Result<()> {
        instructions::close_claim(ctx)
    }

    pub fn vouch_identity(ctx: Context<VouchIdentity>, voucher: Voucher) -> Result<()> {
        instructions::vouch_identity(ctx, voucher)
    }

    pub fn revoke_identity(ctx: Context<RevokeIdentity>) -> Result<()> {
        instructions::revoke_identity(ctx)
    }

    pub fn pay_revenue(ctx: Context<PayRevenue>, amount: u64) -> Result<()> {
        instructions::pay_revenue(ctx, amount)
    }
}
