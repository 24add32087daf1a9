//! How much of a slot is sold in 30 days and in a year.

use super::*;

const MONTH: i64 = 30 * DAY;

/// A rebalance that sells p0 towards `target` for cash.
fn selling(pool: &mut PoolWorld, target: u64) {
    let cash = quotes_of(pool).1 + ONE;
    let orders = [
        order(pool, 0, Side::Sell, target),
        order(pool, CASH_SLOT, Side::Buy, cash * 2),
    ];
    draft(pool, &orders);
}

/// Atoms per share of p0 and of cash.
fn quotes_of(pool: &mut PoolWorld) -> (u64, u64) {
    let index = pool.index().data;
    (
        index.held_per_share(0).unwrap(),
        index.held_per_share(CASH_SLOT).unwrap(),
    )
}

/// Sells as much of p0 as the target allows, and ends the rebalance.
fn sell_all(pool: &mut PoolWorld, target: u64) {
    let rebalance = pool.rebalance().data;
    let now = pool.world.now();
    pool.world.pass(rebalance.starts_at + LASTS / 2 - now);
    let surplus = pool.index().data.surplus(0, target).unwrap();
    let bid = bid_ix(pool, "bob", true, surplus);
    done(pool, &bid, &["bob"]);
    let end = ix::end_rebalance(&pool.index, &key("curator"), rebalance.nonce);
    done(pool, &end, &["curator"]);
}

#[test]
fn a_quarter_in_thirty_days_with_the_terms_notice() {
    let mut pool = free(2);
    selling(&mut pool, ONE / 4 * 3 - 1);
    let seal = seal_ix(&mut pool, |_| {});
    refused(&mut pool, &seal, &["curator"], IndexError::TurnoverTooLarge);
    selling(&mut pool, ONE / 4 * 3);
    let seal = seal_ix(&mut pool, |_| {});
    done(&mut pool, &seal, &["curator"]);
    sell_all(&mut pool, ONE / 4 * 3);
    assert_eq!(quotes_of(&mut pool).0, ONE / 4 * 3);
    // Another quarter is measured from the beginning until 30 days without a trade.
    selling(&mut pool, ONE / 4 * 3 - 1);
    let seal = seal_ix(&mut pool, |_| {});
    refused(&mut pool, &seal, &["curator"], IndexError::TurnoverTooLarge);
    pool.world.pass(MONTH - NOTICE - 1);
    refused(&mut pool, &seal, &["curator"], IndexError::TurnoverTooLarge);
    pool.world.pass(1);
    let mut quarter = pool.fork();
    selling(&mut quarter, ONE / 16 * 9);
    let seal = seal_ix(&mut quarter, |_| {});
    done(&mut quarter, &seal, &["curator"]);
    selling(&mut pool, ONE / 16 * 9 - 1);
    let seal = seal_ix(&mut pool, |_| {});
    refused(&mut pool, &seal, &["curator"], IndexError::TurnoverTooLarge);
}

#[test]
fn more_after_thirty_days_notice_but_never_more_than_half_a_year() {
    let mut pool = free(2);
    selling(&mut pool, ONE / 2 - 1);
    let seal = seal_ix(&mut pool, |args| args.long_notice = true);
    refused(&mut pool, &seal, &["curator"], IndexError::TurnoverTooLarge);
    selling(&mut pool, ONE / 2);
    let now = pool.world.now();
    let seal = seal_ix(&mut pool, |args| args.long_notice = true);
    done(&mut pool, &seal, &["curator"]);
    assert_eq!(
        pool.rebalance().data.starts_at,
        now + i64::from(LONG_NOTICE)
    );
    sell_all(&mut pool, ONE / 2);
    // The year and the one before it remember the whole.
    for wait in [MONTH, 300 * DAY, 300 * DAY] {
        pool.world.pass(wait);
        selling(&mut pool, ONE / 2 - 1);
        let seal = seal_ix(&mut pool, |args| args.long_notice = true);
        refused(&mut pool, &seal, &["curator"], IndexError::TurnoverTooLarge);
    }
    pool.world.pass(100 * DAY);
    selling(&mut pool, ONE / 4);
    let seal = seal_ix(&mut pool, |args| args.long_notice = true);
    done(&mut pool, &seal, &["curator"]);
}

#[test]
fn a_majority_may_sell_everything_and_nobody_else() {
    let mut pool = free(2);
    selling(&mut pool, 0);
    for long in [false, true] {
        let seal = seal_ix(&mut pool, |args| args.long_notice = long);
        refused(&mut pool, &seal, &["curator"], IndexError::TurnoverTooLarge);
    }
    let seal = seal_ix(&mut pool, |args| args.by_majority = true);
    done(&mut pool, &seal, &["curator"]);
    pool.world.pass(NOTICE + LASTS / 2);
    let limit = pool.index().data.surplus(0, ONE / 4 * 3).unwrap();
    let bid = bid_ix(&mut pool, "bob", true, limit + 1);
    refused(&mut pool, &bid, &["bob"], IndexError::BeyondTarget);
    pool.support_by_force(1);
    done(&mut pool, &bid, &["bob"]);
}

/// What was bought lately cannot be sold again at once: it counts for the reference.
#[test]
fn what_was_bought_counts_for_what_may_be_sold() {
    let mut pool = free(2);
    let orders = orders(&mut pool, false);
    seal(&mut pool, &orders);
    pool.world.pass(NOTICE + LASTS / 2);
    let bid = bid_ix(&mut pool, "bob", false, 900 * ONE);
    done(&mut pool, &bid, &["bob"]);
    let bought = quotes_of(&mut pool).0;
    assert!(bought > ONE * 18 / 10, "{bought}");
    let end = ix::end_rebalance(&pool.index, &key("curator"), 1);
    done(&mut pool, &end, &["curator"]);
    for (target, fits) in [
        (ONE, false),
        (bought / 4 * 3 - 1, false),
        (bought / 4 * 3 + 1, true),
    ] {
        selling(&mut pool, target);
        let seal = seal_ix(&mut pool, |_| {});
        if fits {
            done(&mut pool, &seal, &["curator"]);
        } else {
            refused(&mut pool, &seal, &["curator"], IndexError::TurnoverTooLarge);
        }
    }
}

/// What is sealed at the limit stays for trade when more comes in.
#[test]
fn a_gift_stops_no_trade_at_the_limit() {
    let mut pool = free(2);
    let (held, cash) = quotes_of(&mut pool);
    let target = (cash * 3).div_ceil(4);
    let orders = [
        order(&mut pool, CASH_SLOT, Side::Sell, target),
        order(&mut pool, 0, Side::Buy, held * 1_000_000),
    ];
    draft(&mut pool, &orders);
    let lot = pool.index().data.surplus(CASH_SLOT, target).unwrap();
    let seal = seal_ix(&mut pool, |_| {});
    done(&mut pool, &seal, &["curator"]);
    pool.world.pass(NOTICE + LASTS / 2);
    let (index, quote) = (pool.index, pool.world.quote);
    let custody = pool.index().data.constituents[usize::from(CASH_SLOT)].custody;
    let has = pool.world.balance(&custody);
    pool.world.give(&index, &quote, has + 1_000 * ONE);
    let sync = ix::sync_custody(&pool.index(), CASH_SLOT).unwrap();
    done(&mut pool, &sync, &[]);
    // The target of then is below three quarters of what is held now.
    let now = quotes_of(&mut pool).1;
    assert!(target < now / 4 * 3);
    let bid = bid_ix(&mut pool, "bob", false, lot);
    done(&mut pool, &bid, &["bob"]);
}
