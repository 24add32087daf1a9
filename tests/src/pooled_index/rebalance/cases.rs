//! Rebalances.

use {
    crate::cases::index::*,
    upside_sdk::index::{OrderInput, RebalanceStatus, SealArgs, Side},
};

/// Seconds for which the rebalances of these cases are traded.
pub const LASTS: i64 = DAY;

/// An order of a slot, from one to two for an atom.
pub fn order(pool: &mut PoolWorld, slot: u8, side: Side, target: u64) -> OrderInput {
    let person = pool.people.get(usize::from(slot)).cloned();
    OrderInput {
        slot,
        side,
        target,
        low: 1 << 64,
        high: 2 << 64,
        supply: person.map_or(0, |name| pool.token(&name).data.supply),
    }
}

/// Orders that sell up to a thousand of cash for up to a thousand shares of p0, or a
/// quarter of p0 for cash.
pub fn orders(pool: &mut PoolWorld, to_cash: bool) -> Vec<OrderInput> {
    if to_cash {
        vec![
            order(pool, 0, Side::Sell, ONE / 4 * 3),
            order(pool, CASH_SLOT, Side::Buy, 6 * ONE),
        ]
    } else {
        vec![
            order(pool, CASH_SLOT, Side::Sell, 4 * ONE),
            order(pool, 0, Side::Buy, 2 * ONE),
        ]
    }
}

/// A draft of these orders.
pub fn draft(pool: &mut PoolWorld, orders: &[OrderInput]) {
    let open = ix::open_rebalance(&pool.index(), &pool.payer());
    pool.send(&open, &["curator"]).succeeded();
    for batch in orders.chunks(8) {
        let add = ix::add_orders(&pool.index(), batch.to_vec()).unwrap();
        pool.send(&add, &["curator"]).succeeded();
    }
}

/// The draft sealed for a day, after the notice of the terms.
pub fn seal_args(pool: &mut PoolWorld) -> SealArgs {
    SealArgs {
        content: pool.rebalance().data.hash(),
        duration: LASTS as u32,
        long_notice: false,
        by_majority: false,
    }
}

/// Drafts these orders and seals them.
pub fn seal(pool: &mut PoolWorld, orders: &[OrderInput]) {
    draft(pool, orders);
    let args = seal_args(pool);
    let seal = ix::seal_rebalance(&pool.index(), args);
    pool.send(&seal, &["curator"]).succeeded();
}

/// A world with a draft.
pub fn drafted(to_cash: bool) -> PoolWorld {
    let mut pool = launched();
    let orders = orders(&mut pool, to_cash);
    draft(&mut pool, &orders);
    pool
}

/// A world with a rebalance that is traded in seven days, for a day.
pub fn sealed(to_cash: bool) -> PoolWorld {
    let mut pool = launched();
    let orders = orders(&mut pool, to_cash);
    seal(&mut pool, &orders);
    pool
}

/// The same half way through its time: an atom costs an atom.
pub fn bidding(to_cash: bool) -> PoolWorld {
    let mut pool = sealed(to_cash);
    pool.world.pass(7 * DAY + LASTS / 2);
    pool
}

/// Arguments of a bid, without a bound.
pub fn bid_args(pool: &mut PoolWorld, sell: u8, buy: u8, take: u64) -> BidArgs {
    BidArgs {
        nonce: pool.rebalance().data.nonce,
        sell,
        buy,
        take,
        most: u64::MAX,
        basket_number: 0,
        deadline: NEVER,
    }
}

/// A bid for cash with shares of p0, or the other way round.
pub fn bid_ix(pool: &mut PoolWorld, name: &str, to_cash: bool, take: u64) -> Instruction {
    let (sell, buy) = if to_cash {
        (0, CASH_SLOT)
    } else {
        (CASH_SLOT, 0)
    };
    let args = bid_args(pool, sell, buy, take);
    ix::bid(&pool.index(), &key(name), args).unwrap()
}

pub(crate) fn open() -> Case<PoolWorld> {
    curator(launched(), |p| ix::open_rebalance(&p.index(), &p.payer()))
}

/// In place of what is over: its announcement's place is free again.
pub(crate) fn open_again() -> Case<PoolWorld> {
    let mut pool = bidding(false);
    pool.world.pass(LASTS);
    curator(pool, |p| ix::open_rebalance(&p.index(), &p.payer()))
}

pub(crate) fn add() -> Case<PoolWorld> {
    let Case {
        world: mut pool,
        instruction,
        ..
    } = open();
    pool.send(&instruction, &["curator"]).succeeded();
    curator(pool, |p| {
        let orders = orders(p, false);
        ix::add_orders(&p.index(), orders).unwrap()
    })
}

pub(crate) fn seal_it() -> Case<PoolWorld> {
    curator(drafted(false), |p| {
        assert_eq!(p.rebalance().data.status(), Ok(RebalanceStatus::Drafting));
        let args = seal_args(p);
        ix::seal_rebalance(&p.index(), args)
    })
}

pub(crate) fn tighten(slot: u8) -> Case<PoolWorld> {
    curator(sealed(false), |p| {
        let nonce = p.rebalance().data.nonce;
        ix::tighten_order(&p.index, &key("curator"), nonce, slot, 3 << 63)
    })
}

pub(crate) fn bid(to_cash: bool) -> Case<PoolWorld> {
    let mut pool = bidding(to_cash);
    let bid = bid_ix(&mut pool, "bob", to_cash, 100 * ONE);
    by(pool, bid, &["bob"])
}

pub(crate) fn bid_kept(to_cash: bool) -> Case<PoolWorld> {
    let mut pool = bidding(to_cash);
    let (sell, buy) = if to_cash {
        (0, CASH_SLOT)
    } else {
        (CASH_SLOT, 0)
    };
    let args = bid_args(&mut pool, sell, buy, 100 * ONE);
    let bid = ix::bid_to_basket(&pool.index(), &key("bob"), args).unwrap();
    by(pool, bid, &["bob"])
}

pub(crate) fn end(by_whom: &'static str) -> Case<PoolWorld> {
    let mut pool = sealed(false);
    if by_whom != "curator" {
        pool.world.pass(9 * DAY);
    }
    let nonce = pool.rebalance().data.nonce;
    let end = ix::end_rebalance(&pool.index, &key(by_whom), nonce);
    by(pool, end, &[by_whom])
}
