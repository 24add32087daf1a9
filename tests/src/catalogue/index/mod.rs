//! The pooled index's part of the catalogue.

mod baskets;
mod compose;
mod govern;
mod members;
mod trades;

use {
    super::{Case, by, key},
    crate::{
        engine::Engine,
        pool::{INDEX_ONE, PoolWorld, token_of},
        world::{DAY, NEVER, ONE},
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey, Shares,
        address::TOKEN_PROGRAM,
        index::{AuctionTerms, BidArgs, OfferTerms, ParametersArgs, instruction as ix},
        instruction as token_ix,
    },
};

pub use {
    baskets::{basket, deposits, payout, with_basket},
    compose::{composed, launched},
    govern::{give_shares, new_parameters, seize, under_notice, wound_down},
    members::{joined, left, offered},
    trades::{auctioned, bid_ix, bidding, trade_terms, weighted},
};

/// Makes a world with an index and the call in it.
pub type Make = fn() -> Case<PoolWorld>;

/// Slot of cash in the worlds of this catalogue: two people come before it.
pub const CASH_SLOT: u8 = 2;

/// Every instruction: its name, with what makes a call special behind a colon.
pub const CASES: &[(&str, Make)] = &[
    ("create_index", compose::create_index),
    ("add_personal", compose::add_personal),
    ("add_personal: opened by the owner", compose::add_admitted),
    ("add_cash", compose::add_cash),
    ("remove_constituent", compose::remove_constituent),
    ("remove_constituent: cash", compose::remove_cash),
    ("seed", || compose::seed(0)),
    ("seed: cash", || compose::seed(CASH_SLOT)),
    ("unseed", || compose::unseed(0)),
    ("unseed: cash", || compose::unseed(CASH_SLOT)),
    ("launch", compose::launch),
    ("contribute", compose::contribute),
    ("redeem", compose::redeem),
    ("open_basket", baskets::open),
    ("deposit", || baskets::deposit(&[0])),
    ("deposit: cash", || baskets::deposit(&[CASH_SLOT])),
    ("deposit: everything", || baskets::deposit(&[2, 0, 1])),
    ("finish_basket", || baskets::finish(10)),
    ("finish_basket: closed", || baskets::finish(0)),
    ("cancel_basket", baskets::cancel),
    ("cancel_basket: anybody", baskets::cancel_late),
    ("redeem_to_basket", baskets::redeem),
    ("withdraw_basket", || baskets::withdraw(&[1])),
    ("withdraw_basket: cash", || baskets::withdraw(&[CASH_SLOT])),
    ("withdraw_basket: everything", || {
        baskets::withdraw(&[2, 1, 0])
    }),
    ("close_basket", baskets::close),
    ("harvest", members::harvest),
    ("harvest: nothing", members::harvest_nothing),
    ("collect_fees", govern::collect_fees),
    ("propose_parameters", govern::propose_parameters),
    ("apply_parameters", govern::apply_parameters),
    ("propose_weights", govern::propose_weights),
    ("apply_weights", govern::apply_weights),
    ("offer_membership", members::offer),
    ("withdraw_offer", || members::withdraw("curator")),
    ("withdraw_offer: anybody", || members::withdraw("carol")),
    ("accept_membership", members::accept),
    ("claim_equal_share", members::claim_equal_share),
    ("leave_membership", members::leave),
    ("close_membership", members::close),
    ("open_auction", trades::open),
    ("bid: a person's shares for cash", || trades::bid(false)),
    ("bid: cash for a person's shares", || trades::bid(true)),
    ("close_auction", || trades::close("curator")),
    ("close_auction: anybody", || trades::close("carol")),
    ("set_roles", govern::set_roles),
    ("propose_curator", govern::propose_curator),
    ("accept_curator", govern::accept_curator),
    ("resign_curator", govern::resign),
    ("pause", || govern::pause("curator")),
    ("pause: guardian", || govern::pause("guardian")),
    ("unpause", govern::unpause),
    ("wind_down", govern::wind_down),
    ("sync_cash", govern::sync_cash),
    ("sync_cash: seized", govern::sync_seized),
    ("sync_personal", govern::sync_personal),
];

fn curator(
    mut world: PoolWorld,
    call: impl FnOnce(&mut PoolWorld) -> Instruction,
) -> Case<PoolWorld> {
    let instruction = call(&mut world);
    by(world, instruction, &["curator"])
}
