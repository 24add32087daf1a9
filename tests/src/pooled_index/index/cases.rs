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

pub(crate) fn add_personal() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.add_person("p2", |_| {});
    curator(pool, |p| {
        ix::add_personal(&p.index(), &p.payer(), &token_of("p2"))
    })
}

/// A person's token of closed transfers and admission, for which the index is a venue.
pub(crate) fn add_admitted() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.add_person("p2", |args| {
        args.admission = 1;
        args.transfer_policy = 2;
    });
    let (token, payer, index) = (token_of("p2"), pool.payer(), pool.index);
    let open = token_ix::open_holder(&token, &payer, &key("p2"), &index);
    pool.send(&open, &["p2"]).succeeded();
    pool.mark_venue("p2", &index, true);
    curator(pool, |p| ix::add_personal(&p.index(), &p.payer(), &token))
}

/// As a coin, before the launch.
pub(crate) fn add_coin() -> Case<PoolWorld> {
    adding(composed(), true)
}

pub(crate) fn add_mint() -> Case<PoolWorld> {
    adding(launched(), false)
}

fn adding(mut pool: PoolWorld, coin: bool) -> Case<PoolWorld> {
    let mint = key("another mint");
    pool.world
        .add_mint(mint, TOKEN_PROGRAM, crate::world::mint_bytes(5));
    let authority = Some(key("mint authority"));
    curator(pool, |p| {
        ix::add_mint(
            &p.index(),
            &p.payer(),
            &mint,
            &TOKEN_PROGRAM,
            authority,
            coin,
        )
    })
}

pub(crate) fn remove_constituent() -> Case<PoolWorld> {
    let Case {
        world: mut pool,
        instruction,
        ..
    } = add_personal();
    pool.send(&instruction, &["curator"]).succeeded();
    curator(pool, |p| ix::remove_constituent(&p.index(), 3))
}

pub(crate) fn remove_cash() -> Case<PoolWorld> {
    let Case {
        world: mut pool,
        instruction,
        ..
    } = add_mint();
    pool.send(&instruction, &["curator"]).succeeded();
    curator(pool, |p| ix::remove_constituent(&p.index(), 3))
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

pub(crate) fn contribute() -> Case<PoolWorld> {
    let mut pool = launched();
    let contribute = pool.contribute_ix("bob", 10 * INDEX_ONE);
    by(pool, contribute, &["bob"])
}

pub(crate) fn redeem() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.contribute("bob", 10 * INDEX_ONE);
    let redeem = pool.redeem_ix("bob", 4 * INDEX_ONE);
    by(pool, redeem, &["bob"])
}
