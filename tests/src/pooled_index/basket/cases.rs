//! Contributions and redemptions over several transactions.

use crate::cases::index::*;

const SHARES: u64 = 100 * INDEX_ONE;

/// A world in which bob opened an empty basket for 100 shares, for a day.
pub fn with_basket() -> PoolWorld {
    let mut pool = launched();
    let deadline = pool.world.now() + DAY;
    let open = ix::open_basket(&pool.index, &key("bob"), 0, SHARES, deadline);
    pool.send(&open, &["bob"]).succeeded();
    pool
}

/// What bob's basket needs now, by slot, and `more` atoms of each.
pub fn deposits(pool: &mut PoolWorld, more: u64) -> Vec<(u8, u64)> {
    let quote = upside_sdk::index::quote::contribution(&pool.pool(), SHARES).unwrap();
    let needs = quote.amounts.into_iter();
    needs.map(|(slot, atoms)| (slot, atoms + more)).collect()
}

/// A world in which bob's basket has what it needs and `more` atoms of each.
pub fn basket(more: u64) -> PoolWorld {
    let mut pool = with_basket();
    let amounts = deposits(&mut pool, more);
    let deposit = ix::deposit(&pool.index(), &key("bob"), 0, amounts).unwrap();
    pool.send(&deposit, &["bob"]).succeeded();
    pool
}

/// A world in which a basket owes bob 50 shares' part of everything.
pub fn payout() -> PoolWorld {
    let Case {
        world: mut pool,
        instruction,
        ..
    } = redeem();
    pool.send(&instruction, &["bob"]).succeeded();
    pool
}

pub(crate) fn open() -> Case<PoolWorld> {
    let pool = launched();
    let deadline = pool.world.now() + 7 * DAY;
    let open = ix::open_basket(&pool.index, &key("bob"), 3, SHARES, deadline);
    by(pool, open, &["bob"])
}

pub(crate) fn deposit(slots: &[u8]) -> Case<PoolWorld> {
    let mut pool = with_basket();
    let amounts = slots.iter().map(|slot| (*slot, 7 * ONE)).collect();
    let deposit = ix::deposit(&pool.index(), &key("bob"), 0, amounts).unwrap();
    by(pool, deposit, &["bob"])
}

pub(crate) fn finish(more: u64) -> Case<PoolWorld> {
    let mut pool = basket(more);
    let finish = ix::finish_basket(&pool.index(), &key("bob"), 0, &key("carol"), SHARES);
    by(pool, finish, &["carol"])
}

pub(crate) fn cancel() -> Case<PoolWorld> {
    let pool = basket(0);
    let cancel = ix::cancel_basket(&pool.index, &key("bob"), 0, &key("bob"));
    by(pool, cancel, &["bob"])
}

pub(crate) fn cancel_late() -> Case<PoolWorld> {
    let mut pool = basket(0);
    pool.world.pass(DAY + 1);
    let cancel = ix::cancel_basket(&pool.index, &key("bob"), 0, &key("carol"));
    by(pool, cancel, &["carol"])
}

pub(crate) fn redeem() -> Case<PoolWorld> {
    let mut pool = launched();
    pool.contribute("bob", SHARES);
    let args = pool.redeem_args(SHARES / 2);
    let redeem = ix::redeem_to_basket(&pool.index(), &key("bob"), 0, args);
    by(pool, redeem, &["bob"])
}

pub(crate) fn withdraw(slots: &[u8]) -> Case<PoolWorld> {
    let mut pool = payout();
    let withdraw = ix::withdraw_basket(&pool.index(), &key("bob"), 0, slots.to_vec()).unwrap();
    by(pool, withdraw, &[])
}

/// The wallet signs, and carol's accounts receive.
pub(crate) fn withdraw_to() -> Case<PoolWorld> {
    let mut pool = payout();
    let index = pool.index();
    let place = |slot: usize| ix::place_of(&index.data.constituents[slot], &key("carol"));
    let places = [(0, place(0)), (2, place(2))];
    let withdraw = ix::withdraw_basket_to(&index, &key("bob"), 0, &places).unwrap();
    by(pool, withdraw, &["bob"])
}

pub(crate) fn close() -> Case<PoolWorld> {
    let mut pool = payout();
    let all = ix::withdraw_basket(&pool.index(), &key("bob"), 0, vec![0, 1, 2]).unwrap();
    pool.send(&all, &[]).succeeded();
    let close = ix::close_basket(&pool.index, &key("bob"), 0);
    by(pool, close, &[])
}
