//! A curator who wishes holders ill, or is not there any more.

use {
    super::*,
    upside_sdk::index::{OrderInput, Side},
    upside_tests::cases::index::{bid_args, draft, order, seal, seal_args},
};

/// A quarter of one person against shares of another, at next to nothing.
fn bad_price(pool: &mut PoolWorld) -> [OrderInput; 2] {
    let held = pool.index().data.held_per_share(1).unwrap();
    [
        OrderInput {
            low: 1 << 32,
            high: 1 << 33,
            ..order(pool, 1, Side::Sell, held.div_ceil(4) * 3)
        },
        order(pool, 0, Side::Buy, 1_000 * ONE),
    ]
}

#[test]
fn a_bad_price_lets_everybody_leave_before_the_first_bid() {
    let mut pool = free();
    pool.contribute("bob", 100 * INDEX_ONE);
    pool.contribute("carol", 100 * INDEX_ONE);
    let paid = quote::redemption(&pool.pool(), 100 * INDEX_ONE)
        .unwrap()
        .amounts;
    // Neither everything nor at once.
    let mut everything = bad_price(&mut pool);
    everything[0].target = 0;
    draft(&mut pool, &everything);
    let args = seal_args(&mut pool);
    let seal_it = ix::seal_rebalance(&pool.index(), args);
    pool.send(&seal_it, &["curator"])
        .refused(IndexError::TurnoverTooLarge);
    let orders = bad_price(&mut pool);
    seal(&mut pool, &orders);
    pool.world.pass(7 * DAY - 1);
    let args = bid_args(&mut pool, 1, 0, seeded(1) / 8);
    let bid = ix::bid(&pool.index(), &key("curator"), args).unwrap();
    pool.send(&bid, &["curator"])
        .refused(IndexError::NoticePending);
    // The whole notice long everybody could leave with what is theirs.
    assert_eq!(
        quote::redemption(&pool.pool(), 100 * INDEX_ONE)
            .unwrap()
            .amounts,
        paid
    );
    leave(&mut pool, "bob");
    pool.world.pass(1);
    pool.send(&bid, &["curator"]).succeeded();
    let had = wealth(&mut pool, &key("bob"));
    assert!(
        had.values()
            .zip([HAS, HAS, 1_000_000 * ONE])
            .all(|(has, had)| had - has <= 1)
    );
    pool.check_books();
}

#[test]
fn raised_fees_wait_for_those_who_leave() {
    let mut pool = free();
    pool.contribute("bob", 100 * INDEX_ONE);
    let nonce = pool.announce_fees();
    let apply = ix::apply_announcement(&pool.index(), &pool.announcement(nonce));
    pool.world.pass(7 * DAY - 1);
    pool.send(&apply, &[]).refused(IndexError::NoticePending);
    leave(&mut pool, "bob");
    let has = wealth(&mut pool, &key("bob"));
    assert!(
        has.values()
            .zip([HAS, HAS, 1_000_000 * ONE])
            .all(|(has, had)| had - has <= 1)
    );
    pool.world.pass(1);
    pool.send(&apply, &[]).succeeded();
    // The new rate is for the time after, not for the notice period.
    assert_eq!(pool.index().data.pending_fee_shares, 0);
}

#[test]
fn a_pause_closes_no_exit() {
    let mut pool = PoolWorld::new(2);
    pool.join("p0");
    pool.harvest_all();
    pool.contribute("bob", 100 * INDEX_ONE);
    let (index, bob) = (pool.index(), key("bob"));
    let open = ix::open_basket(&index.key, &bob, 1, INDEX_ONE, pool.world.now() + 7 * DAY);
    let deposit = ix::deposit(&index, &bob, 1, vec![(0, ONE)]).unwrap();
    pool.send_all(&[open, deposit.clone()], &["bob"])
        .succeeded();
    pool.pay_revenue("p1", 10_000 * ONE);
    let pause = ix::pause(&index, &key("guardian"));
    pool.send(&pause, &["guardian"]).succeeded();
    pool.world.pass(10 * DAY);

    let contribute = pool.contribute_ix("carol", ONE);
    pool.send(&contribute, &["carol"])
        .refused(IndexError::Paused);
    pool.send(&deposit, &["bob"]).refused(IndexError::Paused);

    pool.harvest_all();
    let claim = ix::collect_equal_share(&index, &pool.membership("p0"), 2).unwrap();
    pool.send(&claim, &[]).succeeded();
    let end_membership = ix::end_membership(&pool.membership("p0"), &key("p0"));
    pool.send(&end_membership, &["p0"]).succeeded();
    let collect = ix::collect_fees(&index);
    pool.send(&collect, &[]).succeeded();
    pool.redeem("bob", INDEX_ONE);
    let args = pool.redeem_args(INDEX_ONE);
    let to_basket = ix::redeem_to_basket(&index, &bob, 2, args);
    pool.send(&to_basket, &["bob"]).succeeded();
    let cancel = ix::cancel_basket(&index.key, &bob, 1, &bob);
    let first = ix::withdraw_basket(&index, &bob, 1, vec![0]).unwrap();
    let second = ix::withdraw_basket(&index, &bob, 2, vec![0, 1, 2]).unwrap();
    pool.send_all(&[cancel, first, second], &["bob"])
        .succeeded();
    // Only the curator opens it again.
    let mut unpause = ix::unpause(&index);
    for account in &mut unpause.accounts {
        if account.is_signer {
            account.pubkey = key("guardian");
        }
    }
    pool.send(&unpause, &["guardian"])
        .refused(IndexError::NotCurator);
    pool.check_books();
}

#[test]
fn without_a_curator_everything_is_redeemed_and_harvested_for_good() {
    let mut pool = PoolWorld::new(2);
    pool.contribute("bob", 100 * INDEX_ONE);
    pool.pay_revenue("p1", 10_000 * ONE);
    // A curator who merely vanishes is not needed for any exit.
    pool.world.pass(2 * 365 * DAY);
    pool.harvest_all();
    pool.redeem("bob", 10 * INDEX_ONE);
    // One who resigns ends the index, without an exit fee and without a yearly one.
    let resign = ix::resign_curator(&pool.index());
    pool.send(&resign, &["curator"]).succeeded();
    let index = pool.index().data;
    assert_eq!(index.status().unwrap(), IndexStatus::WindDown);
    assert_eq!(index.curator, Pubkey::default());
    pool.world.pass(365 * DAY);
    pool.harvest_all();
    let quoted = quote::redemption(&pool.pool(), 10 * INDEX_ONE).unwrap();
    assert_eq!(quoted.fee, 0);
    leave(&mut pool, "bob");
    assert_eq!(
        pool.index().data.pending_fee_shares,
        index.pending_fee_shares
    );
    let again = ix::pause(&pool.index(), &key("curator"));
    pool.send(&again, &["curator"])
        .refused(IndexError::NotGuardian);
    let contribute = pool.contribute_ix("bob", INDEX_ONE);
    pool.send(&contribute, &["bob"])
        .refused(IndexError::NotActive);
    pool.check_books();
}
