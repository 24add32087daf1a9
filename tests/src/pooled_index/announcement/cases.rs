//! Announced actions.

use crate::pooled_index::lock::cases::*;
use {
    crate::cases::index::*,
    crate::votes::{highest_fees, recipients},
    upside_sdk::index::{Action, Role},
};

/// The same with an announcement of everything that there is, and its number.
pub fn announced() -> (PoolWorld, u64) {
    let mut pool = locked();
    let mint = key("other mint");
    pool.add_empty_mint(&mint);
    let actions = everything(&mint, &pool.world.quote.clone());
    let nonce = pool.announce(&actions);
    (pool, nonce)
}

/// One action of every kind: `mint` becomes a coin, `coin` is none any more.
pub fn everything(mint: &Pubkey, coin: &Pubkey) -> Vec<Action> {
    vec![
        Action::SetFees(highest_fees()),
        Action::SetRecipients(recipients(&[("treasury", 7_500), ("carol", 2_500)])),
        Action::SetRole {
            role: Role::Launcher,
            key: key("bob"),
        },
        Action::SetRole {
            role: Role::PendingCurator,
            key: key("carol"),
        },
        Action::ListCoin { mint: *mint },
        Action::UnlistCoin { mint: *coin },
    ]
}

pub(crate) fn announce() -> Case<PoolWorld> {
    let mut pool = locked();
    let actions = vec![
        Action::SetFees(highest_fees()),
        Action::SetRecipients(recipients(&[("treasury", 7_500), ("carol", 2_500)])),
    ];
    let announce = ix::announce(&pool.index(), &pool.payer(), actions);
    by(pool, announce, &["curator"])
}

pub(crate) fn announce_coins() -> Case<PoolWorld> {
    let (mut pool, nonce) = announced();
    let cancel = pool.announcement(nonce);
    let cancel = ix::cancel_announcement(&pool.index(), &cancel, &key("curator"));
    pool.send(&cancel, &["curator"]).succeeded();
    let (mint, coin) = (key("other mint"), pool.world.quote);
    let actions = everything(&mint, &coin);
    let announce = ix::announce(&pool.index(), &pool.payer(), actions);
    by(pool, announce, &["curator"])
}

pub(crate) fn apply() -> Case<PoolWorld> {
    let (mut pool, nonce) = announced();
    pool.world.pass(7 * DAY);
    let apply = ix::apply_announcement(&pool.index(), &pool.announcement(nonce));
    by(pool, apply, &[])
}

pub(crate) fn cancel() -> Case<PoolWorld> {
    let (mut pool, nonce) = announced();
    let announcement = pool.announcement(nonce);
    let cancel = ix::cancel_announcement(&pool.index(), &announcement, &key("curator"));
    by(pool, cancel, &["curator"])
}

pub(crate) fn cancel_expired() -> Case<PoolWorld> {
    let (mut pool, nonce) = announced();
    pool.world.pass(22 * DAY);
    let announcement = pool.announcement(nonce);
    let cancel = ix::cancel_announcement(&pool.index(), &announcement, &key("carol"));
    by(pool, cancel, &["carol"])
}

pub(crate) fn count_veto() -> Case<PoolWorld> {
    let mut pool = locked();
    let half = pool.lock("carol").data.shares / 2;
    pool.unlock_shares("carol", half);
    let nonce = pool.announce_fees();
    pool.veto("carol", nonce);
    pool.redeem("curator", 900 * INDEX_ONE);
    pool.world.pass(1);
    let count = ix::count_veto(&pool.index(), nonce);
    by(pool, count, &[])
}
