//! An index's life: contribute, earn, redeem.

use {
    upside_sdk::index::quote,
    upside_tests::{
        pool::{CASH, HAS, INDEX_ONE, LAUNCHED, PoolWorld, seeded},
        world::{DAY, ONE},
    },
};

#[test]
fn a_share_costs_its_part_of_everything_and_redeems_for_it() {
    let mut pool = PoolWorld::new(3);
    let quote = quote::contribution(&pool.pool(), 100 * INDEX_ONE).unwrap();
    pool.contribute("bob", 100 * INDEX_ONE);
    assert_eq!(pool.shares("bob"), quote.minted);
    assert_eq!(pool.shares("bob"), 99 * INDEX_ONE);
    for (slot, cost) in quote.amounts.iter().take(3) {
        let name = format!("p{slot}");
        assert_eq!(*cost, seeded(usize::from(*slot)) / 10);
        assert_eq!(pool.has(&name, "bob"), HAS - cost);
    }
    assert_eq!(pool.cash("bob"), 1_000_000 * ONE - CASH / 10);
    pool.check_books();

    let quote = quote::redemption(&pool.pool(), 99 * INDEX_ONE).unwrap();
    let before: Vec<u64> = (0..3)
        .map(|slot| pool.has(&format!("p{slot}"), "bob"))
        .collect();
    pool.redeem("bob", 99 * INDEX_ONE);
    assert_eq!(pool.shares("bob"), 0);
    for (slot, paid) in quote.amounts.iter().take(3) {
        let had = before[usize::from(*slot)];
        let name = format!("p{slot}");
        assert_eq!(pool.has(&name, "bob"), had + paid);
    }
    pool.check_books();
}

#[test]
fn dividends_are_harvested_for_everybody_and_the_equal_share_for_members() {
    let mut pool = PoolWorld::new(3);
    pool.join("p0");
    pool.join("p1");
    pool.pay_revenue("p2", 10_000 * ONE);
    pool.world.pass(30 * DAY);
    let before = pool.index().data;
    pool.harvest_all();
    let after = pool.index().data;
    let cash = 3;
    let earned = after.constituents[cash].counter - before.constituents[cash].counter;
    let members = after.coins[0].owed - before.coins[0].owed;
    assert!(earned > 0 && members > 0);
    // Of a tenth, a tenth part to each of two members, rounded down.
    assert_eq!((earned + members) / 10 * 2 / 10, members);
    pool.check_books();
}

#[test]
fn launching_locks_shares_for_good() {
    let mut pool = PoolWorld::new(1);
    assert_eq!(pool.shares("curator"), LAUNCHED - 1_000_000);
}
