//! Announcements, locks, vetoes, candidates.

use {
    crate::cases::index::*,
    crate::votes::{highest_fees, recipients},
    upside_sdk::index::{Action, Role},
};

/// A world in which carol and bob locked index shares a notice ago: carol more than a
/// quarter of all, bob a few.
pub fn locked() -> PoolWorld {
    thread_local! {
        static POOL: PoolWorld = {
            let mut pool = launched();
            pool.buy_and_lock("carol", 400);
            pool.buy_and_lock("bob", 10);
            pool.world.pass(7 * DAY);
            pool
        };
    }
    POOL.with(PoolWorld::fork)
}

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

/// A world in which bob is candidate and carol's lock backs somebody who is too.
pub fn backed() -> PoolWorld {
    let mut pool = locked();
    pool.stand("bob");
    pool.stand("dave");
    pool.back("carol", "dave");
    pool
}

/// A world in which a majority backs dave, who is candidate.
pub fn elected() -> PoolWorld {
    let mut pool = launched();
    pool.buy_and_lock("carol", 1_100);
    pool.world.pass(7 * DAY);
    pool.stand("dave");
    pool.back("carol", "dave");
    pool
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

pub(crate) fn veto() -> Case<PoolWorld> {
    let (mut pool, nonce) = announced();
    let veto = ix::veto(&pool.index(), &key("bob"), nonce);
    by(pool, veto, &["bob"])
}

pub(crate) fn veto_cancels() -> Case<PoolWorld> {
    let (mut pool, nonce) = announced();
    let veto = ix::veto(&pool.index(), &key("carol"), nonce);
    by(pool, veto, &["carol"])
}

pub(crate) fn support() -> Case<PoolWorld> {
    let (mut pool, nonce) = announced();
    let support = ix::support(&pool.index(), &key("carol"), nonce);
    by(pool, support, &["carol"])
}

pub(crate) fn lock() -> Case<PoolWorld> {
    let mut pool = launched();
    let lock = ix::lock_shares(&pool.index(), &pool.payer(), &key("curator"), INDEX_ONE);
    curator(pool, |_| lock)
}

pub(crate) fn lock_again() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.lock_shares("curator", INDEX_ONE);
    let lock = ix::lock_shares(&pool.index(), &pool.payer(), &key("curator"), INDEX_ONE);
    curator(pool, |_| lock)
}

pub(crate) fn unlock() -> Case<PoolWorld> {
    let mut pool = locked();
    let unlock = ix::unlock_shares(&pool.index(), &pool.lock("carol"), INDEX_ONE);
    by(pool, unlock, &["carol"])
}

pub(crate) fn unlock_all() -> Case<PoolWorld> {
    let mut pool = backed();
    let lock = pool.lock("carol");
    let unlock = ix::unlock_shares(&pool.index(), &lock, lock.data.shares);
    by(pool, unlock, &["carol"])
}

pub(crate) fn stand() -> Case<PoolWorld> {
    let pool = launched();
    let open = ix::open_candidacy(&pool.index, &pool.payer(), &key("bob"));
    by(pool, open, &["bob"])
}

pub(crate) fn give_up() -> Case<PoolWorld> {
    let mut pool = backed();
    let close = ix::close_candidacy(&pool.candidacy("dave"));
    by(pool, close, &["dave"])
}

pub(crate) fn back() -> Case<PoolWorld> {
    let mut pool = locked();
    pool.stand("dave");
    let back = ix::back_candidate(&pool.lock("carol"), Some(&key("dave")));
    by(pool, back, &["carol"])
}

pub(crate) fn back_another() -> Case<PoolWorld> {
    let mut pool = backed();
    let back = ix::back_candidate(&pool.lock("carol"), Some(&key("bob")));
    by(pool, back, &["carol"])
}

pub(crate) fn back_nobody() -> Case<PoolWorld> {
    let mut pool = backed();
    let back = ix::back_candidate(&pool.lock("carol"), None);
    by(pool, back, &["carol"])
}

pub(crate) fn take_over() -> Case<PoolWorld> {
    let mut pool = elected();
    let take = ix::take_over(&pool.index(), &pool.candidacy("dave"));
    by(pool, take, &["dave"])
}
