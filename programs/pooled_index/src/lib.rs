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
use state::{AuctionTerms, OfferTerms, ParametersArgs, SlotAtoms};

declare_id!("Bx5c1sSPLtgt2uioLsPHN3ybhY8JLGCqzCgdWhyr1txY");

#[cfg(feature = "entrypoint")]
upside_program::entrypoint!(entry);

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
/// units each.
#[program]
pub mod pooled_index {
    use super::*;

    pub fn harvest(ctx: Context<Harvest>, slot: u8) -> Result<()> {
        instructions::harvest(ctx, slot)
    }

    pub fn contribute<'info>(
        ctx: Context<'info, Contribute<'info>>,
        args: ContributeArgs,
    ) -> Result<()> {
        instructions::contribute(ctx, args)
    }

    pub fn redeem<'info>(ctx: Context<'info, Redeem<'info>>, args: RedeemArgs) -> Result<()> {
        instructions::redeem(ctx, args)
    }

    pub fn deposit<'info>(
        ctx: Context<'info, Deposit<'info>>,
        amounts: Vec<SlotAtoms>,
    ) -> Result<()> {
        instructions::deposit(ctx, amounts)
    }

    pub fn finish_basket(ctx: Context<FinishBasket>, shares: u64) -> Result<()> {
        instructions::finish_basket(ctx, shares)
    }

    pub fn redeem_to_basket(
        ctx: Context<RedeemToBasket>,
        nonce: u64,
        args: RedeemArgs,
    ) -> Result<()> {
        instructions::redeem_to_basket(ctx, nonce, args)
    }

    pub fn withdraw_basket<'info>(
        ctx: Context<'info, WithdrawBasket<'info>>,
        slots: SlotList,
    ) -> Result<()> {
        instructions::withdraw_basket(ctx, slots)
    }

    pub fn bid<'info>(ctx: Context<'info, Bid<'info>>, args: BidArgs) -> Result<()> {
        instructions::bid(ctx, args)
    }

    pub fn create_index(ctx: Context<CreateIndex>, args: CreateIndexArgs) -> Result<()> {
        instructions::create_index(ctx, args)
    }

    pub fn add_personal(ctx: Context<AddPersonal>) -> Result<()> {
        instructions::add_personal(ctx)
    }

    pub fn add_cash(ctx: Context<AddCash>) -> Result<()> {
        instructions::add_cash(ctx)
    }

    pub fn remove_constituent(ctx: Context<Curate>, slot: u8) -> Result<()> {
        instructions::remove_constituent(ctx, slot)
    }

    pub fn seed<'info>(ctx: Context<'info, Seed<'info>>, slot: u8, amount: u64) -> Result<()> {
        instructions::seed(ctx, slot, amount)
    }

    pub fn unseed<'info>(ctx: Context<'info, Seed<'info>>, slot: u8, amount: u64) -> Result<()> {
        instructions::unseed(ctx, slot, amount)
    }

    pub fn launch(ctx: Context<Launch>, shares: u64) -> Result<()> {
        instructions::launch(ctx, shares)
    }

    pub fn open_basket(
        ctx: Context<OpenBasket>,
        nonce: u64,
        shares: u64,
        deadline: i64,
    ) -> Result<()> {
        instructions::open_basket(ctx, nonce, shares, deadline)
    }

    pub fn cancel_basket(ctx: Context<CancelBasket>) -> Result<()> {
        instructions::cancel_basket(ctx)
    }

    pub fn close_basket(ctx: Context<CloseBasket>) -> Result<()> {
        instructions::close_basket(ctx)
    }

    pub fn collect_fees(ctx: Context<CollectFees>) -> Result<()> {
        instructions::collect_fees(ctx)
    }

    pub fn propose_parameters(ctx: Context<Curate>, args: ParametersArgs) -> Result<()> {
        instructions::propose_parameters(ctx, args)
    }

    pub fn apply_parameters(ctx: Context<ApplyParameters>) -> Result<()> {
        instructions::apply_parameters(ctx)
    }

    pub fn propose_weights(ctx: Context<Curate>, weights: Vec<SlotAtoms>) -> Result<()> {
        instructions::propose_weights(ctx, weights)
    }

    pub fn apply_weights(ctx: Context<Curate>) -> Result<()> {
        instructions::apply_weights(ctx)
    }

    pub fn offer_membership(ctx: Context<OfferMembership>, terms: OfferTerms) -> Result<()> {
        instructions::offer_membership(ctx, terms)
    }

    pub fn withdraw_offer(ctx: Context<WithdrawOffer>) -> Result<()> {
        instructions::withdraw_offer(ctx)
    }

    pub fn accept_membership(ctx: Context<AcceptMembership>) -> Result<()> {
        instructions::accept_membership(ctx)
    }

    pub fn claim_equal_share(ctx: Context<ClaimEqualShare>) -> Result<()> {
        instructions::claim_equal_share(ctx)
    }

    pub fn leave_membership(ctx: Context<LeaveMembership>) -> Result<()> {
        instructions::leave_membership(ctx)
    }

    pub fn close_membership(ctx: Context<CloseMembership>) -> Result<()> {
        instructions::close_membership(ctx)
    }

    pub fn open_auction(ctx: Context<OpenAuction>, terms: AuctionTerms) -> Result<()> {
        instructions::open_auction(ctx, terms)
    }

    pub fn close_auction(ctx: Context<CloseAuction>) -> Result<()> {
        instructions::close_auction(ctx)
    }

    pub fn set_roles(ctx: Context<Curate>, guardian: Pubkey, fee_recipient: Pubkey) -> Result<()> {
        instructions::set_roles(ctx, guardian, fee_recipient)
    }

    pub fn propose_curator(ctx: Context<Curate>, pending_curator: Pubkey) -> Result<()> {
        instructions::propose_curator(ctx, pending_curator)
    }

    pub fn accept_curator(ctx: Context<Curate>) -> Result<()> {
        instructions::accept_curator(ctx)
    }

    pub fn resign_curator(ctx: Context<WindDown>) -> Result<()> {
        instructions::resign_curator(ctx)
    }

    pub fn pause(ctx: Context<Curate>) -> Result<()> {
        instructions::pause(ctx)
    }

    pub fn unpause(ctx: Context<Curate>) -> Result<()> {
        instructions::unpause(ctx)
    }

    pub fn wind_down(ctx: Context<WindDown>) -> Result<()> {
        instructions::wind_down(ctx)
    }

    pub fn sync_cash(ctx: Context<SyncCustody>, slot: u8) -> Result<()> {
        instructions::sync_cash(ctx, slot)
    }

    pub fn sync_personal(ctx: Context<SyncCustody>, slot: u8) -> Result<()> {
        instructions::sync_personal(ctx, slot)
    }
}
