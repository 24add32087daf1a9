//! Pause, the end of an index, and what custody really holds.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    upside_sdk::{
        Pubkey,
        event::IndexEvent,
        index::{IndexError, IndexStatus, instruction as ix},
    },
    upside_tests::{
        cases::index::{CASH_SLOT, give_shares, joined, launched, seize, wound_down},
        pool::{CASH, INDEX_ONE, LAUNCHED, PoolWorld, seeded, token_of},
        world::{DAY, ONE},
    },
};

#[test]
fn a_pause_stops_new_money_and_nothing_else() {
    let mut pool = joined();
    pool.harvest_all();
    pool.contribute("bob", INDEX_ONE);
    let unpause = ix::unpause(&pool.index());
    refused(&mut pool, &unpause, &["curator"], IndexError::NotPaused);
    let pause = ix::pause(&pool.index(), &key("guardian"));
    done(&mut pool, &pause, &["guardian"]);
    let contribute = pool.contribute_ix("bob", INDEX_ONE);
    refused(&mut pool, &contribute, &["bob"], IndexError::Paused);
    pool.pay_revenue("p1", 1_000 * ONE);
    pool.world.pass(DAY);
    pool.harvest_all();
    pool.redeem("bob", INDEX_ONE / 2);
    let membership = pool.membership("p0");
    let claim = ix::collect_equal_share(&pool.index(), &membership, CASH_SLOT).unwrap();
    done(&mut pool, &claim, &[]);
    let mut guardian = ix::unpause(&pool.index());
    guardian.accounts[0].pubkey = key("guardian");
    refused(&mut pool, &guardian, &["guardian"], IndexError::NotCurator);
    done(&mut pool, &unpause, &["curator"]);
    pool.harvest_all();
    pool.contribute("bob", INDEX_ONE);
}

#[test]
fn after_the_end_only_redemptions_harvests_and_claims() {
    let mut pool = joined();
    let end = ix::wind_down(&pool.index());
    let IndexEvent::WindDownStarted(event) = done(&mut pool, &end, &["curator"]) else {
        panic!("another event")
    };
    let index = pool.index();
    assert_eq!(event.supply, index.data.supply);
    assert_eq!(event.pending_fee_shares, index.data.pending_fee_shares);
    refused(&mut pool, &end, &["curator"], IndexError::NotActive);
    let contribute = pool.contribute_ix("bob", INDEX_ONE);
    refused(&mut pool, &contribute, &["bob"], IndexError::NotActive);
    let open = ix::open_basket(&pool.index, &key("bob"), 0, 1, i64::MAX);
    refused(&mut pool, &open, &["bob"], IndexError::NotActive);
    let add = ix::add_personal(&index, &pool.payer(), &token_of("p0"));
    refused(&mut pool, &add, &["curator"], IndexError::NotActive);
    let open = ix::open_rebalance(&index, &pool.payer());
    refused(&mut pool, &open, &["curator"], IndexError::NotActive);

    pool.pay_revenue("p1", 1_000 * ONE);
    pool.world.pass(400 * DAY);
    pool.harvest_all();
    let membership = pool.membership("p0");
    let claim = ix::collect_equal_share(&pool.index(), &membership, CASH_SLOT).unwrap();
    done(&mut pool, &claim, &[]);
    // No fee any more, neither by the year nor at the exit.
    let fees = pool.index().data.pending_fee_shares;
    let redeem = pool.redeem_ix("curator", 100 * INDEX_ONE);
    let IndexEvent::SharesRedeemed(event) = done(&mut pool, &redeem, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!((event.fee, event.pending_fee_shares), (0, fees));
    assert_eq!(event.basket, Pubkey::default());
    let collect = ix::collect_fees(&pool.index());
    done(&mut pool, &collect, &[]);
    pool.end("p0");
    let collect = ix::collect_locked(&pool.index(), &pool.membership("p0"));
    done(&mut pool, &collect, &[]);
}

#[test]
fn a_curator_who_resigns_leaves_an_index_that_only_pays() {
    let mut pool = launched();
    let resign = ix::resign_curator(&pool.index());
    let IndexEvent::CuratorResigned(event) = done(&mut pool, &resign, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(event.previous, key("curator"));
    let index = pool.index().data;
    assert_eq!(index.status(), Ok(IndexStatus::WindDown));
    assert_eq!((index.curator, index.pending_curator), Default::default());
    refused(&mut pool, &resign, &["curator"], IndexError::NotCurator);
    pool.redeem("curator", INDEX_ONE);
    // Who has wound it down may leave too.
    let mut pool = wound_down();
    let resign = ix::resign_curator(&pool.index());
    done(&mut pool, &resign, &["curator"]);
}

#[test]
fn ten_idle_years_cost_what_they_should() {
    let mut pool = PoolWorld::with(1, |args| args.parameters.management_fee_bps = 500);
    pool.world.pass(3_652 * DAY + DAY / 2);
    let had = pool.shares("treasury");
    let collect = ix::collect_fees(&pool.index());
    let IndexEvent::FeesCollected(event) = done(&mut pool, &collect, &[]) else {
        panic!("another event")
    };
    assert_eq!(event.recipient, key("treasury"));
    assert_eq!(pool.shares("treasury") - had, event.shares);
    assert_eq!(event.supply, LAUNCHED + event.shares);
    // Whether by the year or compounded, the holders keep 60 percent or a little less.
    let kept = LAUNCHED as f64 / event.supply as f64;
    assert!((0.49..=0.68).contains(&kept), "{kept}");
    refused(&mut pool, &collect, &[], IndexError::NothingToCollect);
    pool.harvest_all();
    pool.redeem("curator", 100 * INDEX_ONE);
    pool.check_books();
}

#[test]
fn cash_is_synced_both_ways() {
    let mut pool = launched();
    let sync = ix::sync_custody(&pool.index(), CASH_SLOT).unwrap();
    refused(&mut pool, &sync, &[], IndexError::NothingToSync);
    let (index, quote) = (pool.index, pool.world.quote);
    pool.world.give(&index, &quote, CASH + 7);
    let IndexEvent::CustodySynced(event) = done(&mut pool, &sync, &[]) else {
        panic!("another event")
    };
    assert_eq!((event.place, event.found, event.lost), (2, 7, 0));
    assert_eq!(event.counter, CASH + 7);
    seize(&mut pool, 1_007);
    let contribute = pool.contribute_ix("bob", INDEX_ONE);
    refused(&mut pool, &contribute, &["bob"], IndexError::VaultShort);
    let IndexEvent::CustodySynced(event) = done(&mut pool, &sync, &[]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.found, event.lost, event.counter),
        (0, 1_007, CASH - 1_000)
    );
    pool.contribute("bob", INDEX_ONE);
    let mut wrong = sync.clone();
    wrong.data[8] = 0;
    wrong.accounts[1].pubkey = pool.index().data.constituents[0].custody;
    refused(&mut pool, &wrong, &[], IndexError::WrongTokenAccount);
}

#[test]
fn gifts_of_shares_are_booked() {
    let mut pool = launched();
    let sync = ix::sync_custody(&pool.index(), 0).unwrap();
    refused(&mut pool, &sync, &[], IndexError::NothingToSync);
    give_shares(&mut pool, 3 * ONE);
    let mut wrong = sync.clone();
    wrong.data[8] = CASH_SLOT;
    wrong.accounts[1].pubkey = pool.index().data.constituents[2].custody;
    pool.send(&wrong, &[]).named_failure("cash is no holder");
    let IndexEvent::CustodySynced(event) = done(&mut pool, &sync, &[]) else {
        panic!("another event")
    };
    assert_eq!((event.place, event.found, event.lost), (0, 3 * ONE, 0));
    assert_eq!(event.counter, seeded(0) + 3 * ONE);
    refused(&mut pool, &sync, &[], IndexError::NothingToSync);
}
