//! Harvests, memberships and the equal share.

use super::*;

/// A world in which p0 is offered 10 index shares for 1,000 of their own, for 30 days.
pub fn offered() -> PoolWorld {
    let mut pool = launched();
    pool.open_shares("p0");
    pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE);
    pool
}

/// A world in which p0 has just come in.
pub fn joined() -> PoolWorld {
    let mut pool = offered();
    pool.world.pass(8 * DAY);
    pool.accept("p0");
    pool
}

/// A world in which p0 was owed of the equal share and left.
pub fn left() -> PoolWorld {
    let mut pool = earning();
    let leave = ix::leave_membership(&pool.membership("p0"));
    pool.send(&leave, &["p0"]).succeeded();
    pool
}

/// p0 is in, p1's dividends were harvested.
fn earning() -> PoolWorld {
    let mut pool = joined();
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    pool
}

pub(super) fn harvest() -> Case<PoolWorld> {
    let mut pool = joined();
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(DAY);
    let mut harvests = pool.harvest_ixs(1);
    by(pool, harvests.remove(0), &[])
}

pub(super) fn harvest_nothing() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.world.pass(DAY);
    let harvest = ix::harvest(&pool.index(), 0, &pool.token("p0"), None).unwrap();
    by(pool, harvest, &[])
}

pub(super) fn offer() -> Case<PoolWorld> {
    let mut pool = launched();
    let terms = OfferTerms {
        token_shares: 1_000 * ONE,
        index_shares: 10 * INDEX_ONE,
        expires_at: pool.world.now() + 30 * DAY,
    };
    let offer = ix::offer_membership(&pool.index(), &pool.payer(), &token_of("p0"), terms);
    by(pool, offer, &["curator"])
}

pub(super) fn withdraw(by_whom: &'static str) -> Case<PoolWorld> {
    let mut pool = offered();
    if by_whom != "curator" {
        pool.world.pass(31 * DAY);
    }
    let withdraw = ix::withdraw_offer(&pool.membership("p0"), &key(by_whom));
    by(pool, withdraw, &[by_whom])
}

pub(super) fn accept() -> Case<PoolWorld> {
    let mut pool = offered();
    pool.world.pass(8 * DAY);
    let accept = ix::accept_membership(&pool.index(), &pool.token("p0"));
    by(pool, accept, &["p0"])
}

pub(super) fn claim_equal_share() -> Case<PoolWorld> {
    let mut pool = earning();
    let membership = pool.membership("p0");
    let claim = ix::claim_equal_share(&pool.index(), &membership, CASH_SLOT).unwrap();
    by(pool, claim, &[])
}

pub(super) fn leave() -> Case<PoolWorld> {
    let mut pool = earning();
    let leave = ix::leave_membership(&pool.membership("p0"));
    by(pool, leave, &["p0"])
}

pub(super) fn close() -> Case<PoolWorld> {
    let mut pool = left();
    let membership = pool.membership("p0");
    let claim = ix::claim_equal_share(&pool.index(), &membership, CASH_SLOT).unwrap();
    pool.send(&claim, &[]).succeeded();
    let close = ix::close_membership(&pool.membership("p0"));
    by(pool, close, &[])
}
