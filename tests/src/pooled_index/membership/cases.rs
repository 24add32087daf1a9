//! Harvests, memberships and the equal share.

use crate::pooled_index::constituent::cases::*;
use {crate::cases::index::*, upside_sdk::state::Change};

/// A world in which p0 is offered 10 index shares for 1,000 of their own.
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

/// A world in which p0 was owed of the equal share, and the membership ended.
pub fn ended() -> PoolWorld {
    let mut pool = earning();
    pool.end("p0");
    pool
}

/// A world in which p0, a member, sold the token to Bob, who takes the membership over.
pub fn sold() -> PoolWorld {
    let mut pool = joined();
    let propose = token_ix::propose_owner(&pool.token("p0"), &key("bob"));
    pool.send(&propose, &["p0"]).succeeded();
    let accept = token_ix::accept_ownership(&pool.token("p0"), &key("bob"));
    pool.send(&accept, &["bob"]).succeeded();
    pool
}

pub(crate) fn offer_by(by_whom: &'static str) -> Case<PoolWorld> {
    let mut pool = launched();
    let mut offer = pool.offer_ix("p0", 1_000 * ONE, 10 * INDEX_ONE);
    offer.accounts[1].pubkey = key(by_whom);
    by(pool, offer, &[by_whom])
}

pub(crate) fn cancel(by_whom: &'static str) -> Case<PoolWorld> {
    let mut pool = offered();
    if by_whom != "curator" {
        pool.world.pass(31 * DAY);
    }
    let (index, offer) = (pool.index(), pool.offered("p0"));
    let cancel = ix::cancel_offer(&index, &offer, &key(by_whom));
    by(pool, cancel, &[by_whom])
}

pub(crate) fn accept() -> Case<PoolWorld> {
    let mut pool = offered();
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    let accept = pool.accept_ix("p0");
    by(pool, accept, &["p0"])
}

pub(crate) fn accept_again() -> Case<PoolWorld> {
    let mut pool = joined();
    pool.offer("p0", 500 * ONE, INDEX_ONE);
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    let accept = pool.accept_ix("p0");
    by(pool, accept, &["p0"])
}

pub(crate) fn collect_equal_share() -> Case<PoolWorld> {
    let mut pool = earning();
    let membership = pool.membership("p0");
    let claim = ix::collect_equal_share(&pool.index(), &membership, CASH_SLOT).unwrap();
    by(pool, claim, &[])
}

pub(crate) fn end(by_whom: &'static str) -> Case<PoolWorld> {
    let mut pool = joined();
    let end = ix::end_membership(&pool.membership("p0"), &key(by_whom));
    by(pool, end, &[by_whom])
}

/// Anybody announced the end of p0's membership while the index held nothing of p0.
pub fn emptied() -> PoolWorld {
    let mut pool = joined();
    let held = pool.index().data.constituents[0].counter;
    pool.set_counter(0, 0);
    let end = ix::end_membership(&pool.membership("p0"), &key("carol"));
    pool.send(&end, &["carol"]).succeeded();
    pool.set_counter(0, held);
    pool
}

pub(crate) fn keep() -> Case<PoolWorld> {
    let mut pool = emptied();
    let keep = ix::keep_membership(&pool.membership("p0"));
    by(pool, keep, &[])
}

pub(crate) fn apply_end() -> Case<PoolWorld> {
    let mut pool = joined();
    let end = ix::end_membership(&pool.membership("p0"), &key("p0"));
    pool.send(&end, &["p0"]).succeeded();
    pool.world.pass(8 * DAY);
    let apply = pool.apply_end_ix("p0");
    by(pool, apply, &[])
}

pub(crate) fn take_over() -> Case<PoolWorld> {
    let mut pool = sold();
    let announce = ix::take_over_membership(&pool.membership("p0"), &pool.token("p0"));
    by(pool, announce, &["bob"])
}

pub(crate) fn apply_take_over() -> Case<PoolWorld> {
    let mut pool = sold();
    let announce = ix::take_over_membership(&pool.membership("p0"), &pool.token("p0"));
    pool.send(&announce, &["bob"]).succeeded();
    pool.world.pass(8 * DAY);
    let (subject, previous) = (pool.attest("bob"), pool.subject("p0"));
    let (index, token) = (pool.index(), pool.token("p0"));
    let apply = ix::apply_take_over(
        &index,
        &key("carol"),
        &pool.membership("p0"),
        &token,
        Some(&subject),
        previous.as_ref(),
    );
    by(pool, apply, &["carol"])
}

pub(crate) fn collect_locked() -> Case<PoolWorld> {
    let mut pool = ended();
    let collect = ix::collect_locked(&pool.index(), &pool.membership("p0"));
    by(pool, collect, &[])
}

pub(crate) fn close() -> Case<PoolWorld> {
    let mut pool = ended();
    let (index, membership) = (pool.index(), pool.membership("p0"));
    let claim = ix::collect_equal_share(&index, &membership, CASH_SLOT).unwrap();
    let collect = ix::collect_locked(&index, &membership);
    pool.send_all(&[claim, collect], &[]).succeeded();
    let close = ix::close_membership(&pool.membership("p0"));
    by(pool, close, &[])
}

pub(crate) fn oppose() -> Case<PoolWorld> {
    let mut pool = launched();
    let change = Change::SupplyCap(u64::MAX);
    let number = pool.put_poll("p0", "p0", change);
    let oppose = ix::oppose_poll(&pool.index, &token_of("p0"), number);
    by(pool, oppose, &[])
}
