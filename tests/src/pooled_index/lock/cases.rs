//! Announcements, locks, vetoes, candidates.

use crate::cases::index::*;

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
