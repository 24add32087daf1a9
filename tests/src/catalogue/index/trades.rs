//! Weights and auctions.

use super::*;

/// A world in which weights ask for a thousand of cash less and a thousand shares of
/// p0 more, or the other way round, and the notice of them is over.
pub fn weighted(to_cash: bool) -> PoolWorld {
    let mut pool = launched();
    let weights = if to_cash {
        vec![(0, ONE / 2), (1, 2 * ONE), (CASH_SLOT, 6 * ONE)]
    } else {
        vec![(0, 2 * ONE), (1, 2 * ONE), (CASH_SLOT, 4 * ONE)]
    };
    let propose = ix::propose_weights(&pool.index(), weights);
    pool.send(&propose, &["curator"]).succeeded();
    pool.world.pass(7 * DAY);
    let apply = ix::apply_weights(&pool.index(), &key("carol"));
    pool.send(&apply, &["carol"]).succeeded();
    pool
}

/// An auction of 400 for at first two and at last a half of the other.
pub fn trade_terms(sell_slot: u8, buy_slot: u8) -> AuctionTerms {
    AuctionTerms {
        sell_slot,
        buy_slot,
        sell_atoms: 400 * ONE,
        start_price: 2 << 64,
        end_price: 1 << 63,
        starts_in: 7 * 86_400,
        duration: 86_400,
    }
}

/// A world with an auction of cash for shares of p0, or the other way round, that
/// opens in seven days.
pub fn auctioned(to_cash: bool) -> PoolWorld {
    let mut pool = weighted(to_cash);
    let (sell, buy) = if to_cash {
        (0, CASH_SLOT)
    } else {
        (CASH_SLOT, 0)
    };
    let open = ix::open_auction(&pool.index(), &pool.payer(), trade_terms(sell, buy));
    pool.send(&open, &["curator"]).succeeded();
    pool
}

/// The same half way through its time.
pub fn bidding(to_cash: bool) -> PoolWorld {
    let mut pool = auctioned(to_cash);
    pool.world.pass(7 * DAY + DAY / 2);
    pool
}

/// A bid in the first auction.
pub fn bid_ix(pool: &mut PoolWorld, name: &str, sell_atoms: u64) -> Instruction {
    let (index, auction) = (pool.index(), pool.auction(0));
    let args = BidArgs {
        sell_atoms,
        most: u64::MAX,
        deadline: NEVER,
    };
    ix::bid(&index, &auction, &key(name), args).unwrap()
}

pub(super) fn open() -> Case<PoolWorld> {
    curator(weighted(false), |p| {
        ix::open_auction(&p.index(), &p.payer(), trade_terms(CASH_SLOT, 0))
    })
}

pub(super) fn bid(to_cash: bool) -> Case<PoolWorld> {
    let mut pool = bidding(to_cash);
    let bid = bid_ix(&mut pool, "bob", 100 * ONE);
    by(pool, bid, &["bob"])
}

pub(super) fn close(by_whom: &'static str) -> Case<PoolWorld> {
    let mut pool = auctioned(false);
    if by_whom != "curator" {
        pool.world.pass(9 * DAY);
    }
    let close = ix::close_auction(&pool.auction(0), &key(by_whom));
    by(pool, close, &[by_whom])
}
