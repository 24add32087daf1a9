//! Valid calls of the pooled index.

pub use crate::pooled_index::{
    announcement::cases as announcements, basket::cases as baskets,
    constituent::cases as constituents, fee::cases as fees, index::cases as compose,
    index::curator_cases as govern, lock::cases as locks, membership::cases as members,
    rebalance::cases as rebalances, share::cases as shares, wrap::cases as wraps,
};
pub(crate) use {
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
        index::{BidArgs, ParametersInput, instruction as ix},
        instruction as token_ix,
    },
};

pub use {
    announcements::{announced, everything},
    baskets::{basket, deposits, payout, with_basket},
    compose::{composed, launched},
    constituents::{give_shares, seize},
    govern::wound_down,
    locks::{backed, elected, locked},
    members::{ended, joined, offered, sold},
    rebalances::{
        LASTS, bid_args, bid_ix, bidding, draft, drafted, order, orders, seal, seal_args, sealed,
    },
};

/// Makes a world with an index and the call in it.
pub type Make = fn() -> Case<PoolWorld>;

/// Slot of cash in the worlds of these cases: two people come before it.
pub const CASH_SLOT: u8 = 2;

/// Every instruction: its name, with what makes a call special behind a colon.
pub const CASES: &[(&str, Make)] = &[
    ("create_index", compose::create_index),
    ("set_uri", compose::set_uri),
    ("add_personal", constituents::add_personal),
    (
        "add_personal: opened by the owner",
        constituents::add_admitted,
    ),
    ("add_mint", constituents::add_mint),
    ("add_mint: as a coin", constituents::add_coin),
    ("remove_constituent", constituents::remove_constituent),
    ("remove_constituent: cash", constituents::remove_cash),
    ("seed", || compose::seed(0)),
    ("seed: cash", || compose::seed(CASH_SLOT)),
    ("unseed", || compose::unseed(0)),
    ("unseed: cash", || compose::unseed(CASH_SLOT)),
    ("launch", compose::launch),
    ("contribute", shares::contribute),
    ("redeem", shares::redeem),
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
    ("withdraw_basket: to somebody else", baskets::withdraw_to),
    ("close_basket", baskets::close),
    ("harvest", constituents::harvest),
    ("harvest: nothing", constituents::harvest_nothing),
    ("collect_fees", fees::collect_fees),
    ("collect_fees: split", fees::collect_split_fees),
    ("lower_fees", fees::lower_fees),
    ("announce", announcements::announce),
    ("announce: everything", announcements::announce_coins),
    ("apply_announcement", announcements::apply),
    ("cancel_announcement", announcements::cancel),
    (
        "cancel_announcement: expired",
        announcements::cancel_expired,
    ),
    ("count_veto", announcements::count_veto),
    ("veto", locks::veto),
    ("veto: cancels", locks::veto_cancels),
    ("support", locks::support),
    ("lock_shares", locks::lock),
    ("lock_shares: again", locks::lock_again),
    ("unlock_shares", locks::unlock),
    ("unlock_shares: all of what backs", locks::unlock_all),
    ("open_candidacy", locks::stand),
    ("close_candidacy", locks::give_up),
    ("back_candidate", locks::back),
    ("back_candidate: another", locks::back_another),
    ("back_candidate: nobody", locks::back_nobody),
    ("take_over", locks::take_over),
    ("offer_membership", || members::offer_by("curator")),
    ("offer_membership: who admits members", || {
        members::offer_by("admissions")
    }),
    ("cancel_offer", || members::cancel("curator")),
    ("cancel_offer: anybody", || members::cancel("carol")),
    ("accept_membership", members::accept),
    ("accept_membership: a second deal", members::accept_again),
    ("collect_equal_share", members::collect_equal_share),
    ("end_membership", || members::end("curator")),
    ("end_membership: the member", || members::end("p0")),
    ("keep_membership", members::keep),
    ("apply_end", members::apply_end),
    ("take_over_membership", members::take_over),
    ("apply_take_over", members::apply_take_over),
    ("collect_locked", members::collect_locked),
    ("close_membership", members::close),
    ("oppose_poll", members::oppose),
    ("open_rebalance", rebalances::open),
    ("open_rebalance: again", rebalances::open_again),
    ("add_orders", rebalances::add),
    ("seal_rebalance", rebalances::seal_it),
    ("tighten_order: sold", || rebalances::tighten(CASH_SLOT)),
    ("tighten_order: bought", || rebalances::tighten(0)),
    ("bid: a person's shares for cash", || rebalances::bid(false)),
    ("bid: cash for a person's shares", || rebalances::bid(true)),
    ("bid: a person's shares kept in a basket", || {
        rebalances::bid_kept(true)
    }),
    ("bid: cash kept in a basket", || rebalances::bid_kept(false)),
    ("end_rebalance", || rebalances::end("curator")),
    ("end_rebalance: anybody", || rebalances::end("carol")),
    ("clear_role", || govern::clear_role("curator")),
    ("clear_role: by whoever has it", || {
        govern::clear_role("launcher")
    }),
    ("accept_curator", govern::accept_curator),
    ("resign_curator", govern::resign),
    ("pause", || govern::pause("curator")),
    ("pause: guardian", || govern::pause("guardian")),
    ("unpause", govern::unpause),
    ("wind_down", govern::wind_down),
    ("sync_mint", constituents::sync_mint),
    ("sync_mint: seized", constituents::sync_seized),
    ("sync_personal", constituents::sync_personal),
    ("note_stuck", wraps::note),
    ("note_stuck: moves again", wraps::note_moving),
    ("note_stuck: cash", wraps::note_cash),
    ("wrap", wraps::wrap),
    ("wrap: cash", wraps::wrap_cash),
    ("harvest_wrapped", wraps::harvest),
    ("unwrap_tickets", wraps::unwrap),
    ("unwrap_slot", wraps::unwrap_slot),
    ("unwrap_slot: cash", wraps::unwrap_cash),
    ("close_wrapper", wraps::close),
    ("redeem_wound_up", wraps::redeem_wound_up),
    ("redeem_wound_up: receipt", wraps::redeem_for_receipt),
    ("collect_wound_up", wraps::collect),
];

pub(crate) fn curator(
    mut world: PoolWorld,
    call: impl FnOnce(&mut PoolWorld) -> Instruction,
) -> Case<PoolWorld> {
    let instruction = call(&mut world);
    by(world, instruction, &["curator"])
}
