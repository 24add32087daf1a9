//! Creating, composing, contributing, redeeming.

use crate::cases::index::*;

/// A launched index over two people and cash.
pub fn launched() -> PoolWorld {
    thread_local! {
        static POOL: PoolWorld = PoolWorld::new(2);
    }
    POOL.with(PoolWorld::fork)
}

/// An index with constituents and nothing in it.
pub fn composed() -> PoolWorld {
    let mut pool = PoolWorld::seeding(Engine::lite(), 2, |_| {});
    pool.add_everybody();
    pool
}

pub(crate) fn create_index() -> Case<PoolWorld> {
    let mut pool = PoolWorld::seeding(Engine::lite(), 0, |_| {});
    let args = upside_sdk::index::CreateIndexArgs {
        number: 7,
        ..crate::pool::index_args()
    };
    pool.index = upside_sdk::index::find_index(&key("curator"), 7).0;
    let create = ix::create_index(&pool.payer(), &key("curator"), args);
    by(pool, create, &["curator"])
}

pub(crate) fn set_uri() -> Case<PoolWorld> {
    curator(launched(), |p| {
        ix::set_uri(
            &p.index(),
            &p.payer(),
            "https://makers.example/elsewhere/index.json",
        )
    })
}

pub(crate) fn seed(slot: u8) -> Case<PoolWorld> {
    curator(composed(), |p| {
        ix::seed(&p.index(), slot, 50 * ONE).unwrap()
    })
}

pub(crate) fn unseed(slot: u8) -> Case<PoolWorld> {
    let mut pool = composed();
    pool.seed(slot, 50 * ONE);
    curator(pool, |p| ix::unseed(&p.index(), slot, 20 * ONE).unwrap())
}

pub(crate) fn launch() -> Case<PoolWorld> {
    let mut pool = composed();
    for slot in 0..=CASH_SLOT {
        pool.seed(slot, 50 * ONE);
    }
    curator(pool, |p| {
        ix::launch(&p.index(), &p.payer(), 100 * INDEX_ONE)
    })
}
