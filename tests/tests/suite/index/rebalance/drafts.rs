//! What may be drafted and sealed, by whom.

use super::*;

fn add_ix(pool: &mut PoolWorld, orders: Vec<OrderInput>) -> Instruction {
    ix::add_orders(&pool.index(), orders).unwrap()
}

#[test]
fn a_draft_is_told_order_by_order_and_sealed_as_announced() {
    let mut pool = launched();
    let open = ix::open_rebalance(&pool.index(), &pool.payer());
    let IndexEvent::RebalanceOpened(event) = done(&mut pool, &open, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(event.by, key("curator"));
    let orders = orders(&mut pool, false);
    let add = add_ix(&mut pool, orders.clone());
    let outcome = pool.send(&add, &["curator"]).succeeded();
    let events: Vec<IndexEvent> = outcome.events();
    let [IndexEvent::OrderAdded(cash), IndexEvent::OrderAdded(person)] = &events[..] else {
        panic!("other events: {events:?}")
    };
    assert_eq!((cash.place, cash.side, cash.supply), (2, 1, 0));
    assert_eq!((person.place, person.side), (0, 2));
    assert_eq!((person.low, person.high), ([0, 1], [0, 2]));
    assert_eq!(person.supply, pool.token("p0").data.supply);

    let now = pool.world.now();
    let seal = seal_ix(&mut pool, |_| {});
    let IndexEvent::RebalanceSealed(event) = done(&mut pool, &seal, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!((event.nonce, event.orders), (1, 2));
    let (starts, ends) = (now + NOTICE, now + NOTICE + LASTS);
    assert_eq!((event.starts_at, event.ends_at), (starts, ends));
    let rebalance = pool.rebalance().data;
    assert_eq!(rebalance.content, event.content);
    let index = pool.index().data;
    let place = index.announcement(1).unwrap();
    assert_eq!((place.content, place.effective_at), (event.content, starts));
    // A thousand of cash too much, a thousand shares too few; the fee of no time.
    assert_eq!(rebalance.orders[2].left, 1_000 * ONE);
    assert_eq!(rebalance.orders[0].left, 1_000 * ONE);
    assert_eq!(rebalance.orders[1].left, 0);
    // The log of two is one.
    assert_eq!(rebalance.orders[0].decay(), 1 << 64);
}

#[test]
fn impossible_orders_are_refused() {
    let mut pool = drafted(false);
    let person = order(&mut pool, 0, Side::Buy, 2 * ONE);
    let cash = order(&mut pool, CASH_SLOT, Side::Sell, 4 * ONE);
    for bad in [
        OrderInput { low: 0, ..person },
        OrderInput {
            low: 3 << 64,
            ..person
        },
        OrderInput {
            high: (2 << 64) + 1,
            ..person
        },
        OrderInput {
            low: u128::MAX,
            high: 0,
            ..person
        },
        OrderInput {
            supply: 0,
            ..person
        },
        OrderInput { supply: 1, ..cash },
    ] {
        let add = add_ix(&mut pool, vec![bad]);
        refused(&mut pool, &add, &["curator"], IndexError::InvalidOrder);
    }
    for orders in [vec![], vec![cash; 17]] {
        let add = add_ix(&mut pool, orders);
        refused(&mut pool, &add, &["curator"], IndexError::LengthMismatch);
    }
    for slot in [3, 63, 64, 255] {
        let mut add = add_ix(&mut pool, vec![cash]);
        add.data[12] = slot;
        refused(&mut pool, &add, &["curator"], IndexError::NotAConstituent);
    }
    // Accounts of persons, each with its own mint.
    let mut short = add_ix(&mut pool, vec![person]);
    short.accounts.pop();
    refused(&mut pool, &short, &["curator"], IndexError::MissingAccounts);
    let mut long = add_ix(&mut pool, vec![cash]);
    let extra = long.accounts[0].clone();
    long.accounts.push(extra);
    refused(&mut pool, &long, &["curator"], IndexError::ExtraAccounts);
    let other = pool.token("p1").data.mint;
    let mut wrong = add_ix(&mut pool, vec![person]);
    wrong.accounts[4].pubkey = other;
    refused(&mut pool, &wrong, &["curator"], IndexError::WrongAccount);
    let mut wrong = add_ix(&mut pool, vec![person]);
    wrong.accounts[3].pubkey = token_of("p1");
    refused(&mut pool, &wrong, &["curator"], IndexError::WrongAccount);
    // The widest and the narrowest band there are.
    let widest = OrderInput {
        low: u128::MAX / 2,
        high: u128::MAX - 1,
        ..cash
    };
    let narrow = OrderInput {
        low: 1,
        high: 1,
        ..cash
    };
    for good in [widest, narrow] {
        let add = add_ix(&mut pool, vec![good]);
        pool.send(&add, &["curator"]).succeeded();
    }
}

#[test]
fn an_order_counts_the_supply_that_is_better_for_the_index() {
    let mut pool = drafted(false);
    let supply = pool.token("p0").data.supply;
    for (side, said, counted) in [
        (Side::Buy, supply + 1, supply),
        (Side::Buy, supply - 1, supply - 1),
        (Side::Sell, supply + 1, supply + 1),
        (Side::Sell, supply - 1, supply),
    ] {
        let mut args = order(&mut pool, 0, side, ONE);
        args.supply = said;
        let add = add_ix(&mut pool, vec![args]);
        pool.send(&add, &["curator"]).succeeded();
        assert_eq!(pool.rebalance().data.orders[0].supply, counted);
    }
}

#[test]
fn a_draft_is_the_curators_and_nobody_elses() {
    let mut pool = drafted(false);
    let orders = orders(&mut pool, false);
    let open = ix::open_rebalance(&pool.index(), &pool.payer());
    let add = add_ix(&mut pool, orders);
    let seal = seal_ix(&mut pool, |_| {});
    for (call, place) in [(open, 1), (add, 0), (seal, 0)] {
        let mut theft = call.clone();
        theft.accounts[place].pubkey = key("bob");
        refused(&mut pool, &theft, &["bob"], IndexError::NotCurator);
    }
    let mut ended = wound_down();
    let open = ix::open_rebalance(&ended.index(), &ended.payer());
    refused(&mut ended, &open, &["curator"], IndexError::NotActive);
}

#[test]
fn only_what_was_seen_is_sealed() {
    let mut pool = drafted(false);
    let seen = seal_ix(&mut pool, |_| {});
    let mut changed = order(&mut pool, 0, Side::Buy, 2 * ONE);
    changed.high -= 1;
    let add = add_ix(&mut pool, vec![changed]);
    pool.send(&add, &["curator"]).succeeded();
    refused(&mut pool, &seen, &["curator"], IndexError::DraftChanged);
    for duration in [0, 6 * 3_600 - 1, 7 * 86_400 + 1, u32::MAX] {
        let seal = seal_ix(&mut pool, |args| args.duration = duration);
        refused(&mut pool, &seal, &["curator"], IndexError::InvalidDuration);
    }
    for duration in [6 * 3_600, 7 * 86_400] {
        let mut fork = pool.fork();
        let seal = seal_ix(&mut fork, |args| args.duration = duration);
        done(&mut fork, &seal, &["curator"]);
    }
}

#[test]
fn what_trades_nothing_is_not_announced() {
    for targets in [(6 * ONE, 2 * ONE), (4 * ONE, ONE / 2), (5 * ONE, 2 * ONE)] {
        let mut pool = launched();
        let orders = [
            order(&mut pool, CASH_SLOT, Side::Sell, targets.0),
            order(&mut pool, 0, Side::Buy, targets.1),
        ];
        draft(&mut pool, &orders);
        let seal = seal_ix(&mut pool, |_| {});
        refused(&mut pool, &seal, &["curator"], IndexError::NothingToTrade);
    }
}

#[test]
fn one_rebalance_at_a_time_and_none_is_changed_once_sealed() {
    let mut pool = sealed(false);
    let orders = orders(&mut pool, false);
    let open = ix::open_rebalance(&pool.index(), &pool.payer());
    let add = add_ix(&mut pool, orders);
    let seal = seal_ix(&mut pool, |_| {});
    for wait in [0, NOTICE - 1, 1, LASTS] {
        pool.world.pass(wait);
        refused(&mut pool, &open, &["curator"], IndexError::RebalanceRunning);
        refused(&mut pool, &add, &["curator"], IndexError::NoDraft);
        refused(&mut pool, &seal, &["curator"], IndexError::NoDraft);
    }
    // The next draft frees the place of the one that is over.
    pool.world.pass(1);
    done(&mut pool, &open, &["curator"]);
    assert_eq!(
        pool.index().data.announcement(1),
        Err(IndexError::NotAnnounced)
    );
    assert!(pool.rebalance().data.traded().next().is_none());
    pool.send(&add, &["curator"]).succeeded();
    let seal = seal_ix(&mut pool, |_| {});
    done(&mut pool, &seal, &["curator"]);
    assert_eq!(pool.rebalance().data.nonce, 2);
}

#[test]
fn an_order_for_a_slot_with_another_constituent_is_stale() {
    let mut pool = launched();
    pool.add_person("p2", |_| {});
    pool.add_person("p3", |_| {});
    let payer = pool.payer();
    let add = ix::add_personal(&pool.index(), &payer, &token_of("p2"));
    pool.send(&add, &["curator"]).succeeded();
    let supply = pool.token("p2").data.supply;
    let orders = [
        OrderInput {
            supply: 0,
            ..order(&mut pool, CASH_SLOT, Side::Sell, 4 * ONE)
        },
        OrderInput {
            slot: 3,
            side: Side::Buy,
            target: ONE,
            low: 1 << 64,
            high: 2 << 64,
            supply,
        },
    ];
    draft(&mut pool, &orders);
    let replace = |pool: &mut PoolWorld| {
        let remove = ix::remove_constituent(&pool.index(), 3);
        pool.send(&remove, &["curator"]).succeeded();
        let add = ix::add_personal(&pool.index(), &payer, &token_of("p3"));
        pool.send(&add, &["curator"]).succeeded();
    };
    let mut before = pool.fork();
    replace(&mut before);
    let seal = seal_ix(&mut before, |_| {});
    refused(&mut before, &seal, &["curator"], IndexError::OrderStale);

    let seal = seal_ix(&mut pool, |_| {});
    done(&mut pool, &seal, &["curator"]);
    replace(&mut pool);
    pool.world.pass(NOTICE + LASTS);
    let args = bid_args(&mut pool, CASH_SLOT, 3, ONE);
    let bid = ix::bid(&pool.index(), &key("bob"), args).unwrap();
    refused(&mut pool, &bid, &["bob"], IndexError::OrderStale);
}

#[test]
fn orders_only_become_tighter_and_only_by_the_launcher_or_the_curator() {
    let mut pool = sealed(false);
    let index = pool.index;
    let tighten = |slot, value: u128| ix::tighten_order(&index, &key("curator"), 1, slot, value);
    let (low, high) = (1u128 << 64, 2u128 << 64);
    // What is sold: its low goes up to its high, no further and never down.
    for value in [0, 1, low - 1, low, high + 1, u128::MAX] {
        let call = tighten(CASH_SLOT, value);
        refused(&mut pool, &call, &["curator"], IndexError::NotTighter);
    }
    // What is bought: its high goes down to its low.
    for value in [0, low - 1, high, high + 1, u128::MAX] {
        let call = tighten(0, value);
        refused(&mut pool, &call, &["curator"], IndexError::NotTighter);
    }
    let idle = tighten(1, low + 1);
    refused(&mut pool, &idle, &["curator"], IndexError::NotForTrade);
    let nowhere = tighten(64, low + 1);
    refused(
        &mut pool,
        &nowhere,
        &["curator"],
        IndexError::NotAConstituent,
    );
    let other = ix::tighten_order(&index, &key("curator"), 2, 0, low);
    refused(&mut pool, &other, &["curator"], IndexError::NotAnnounced);
    let theft = ix::tighten_order(&index, &key("bob"), 1, 0, low);
    refused(&mut pool, &theft, &["bob"], IndexError::NotLauncher);

    let IndexEvent::OrderTightened(event) =
        done(&mut pool, &tighten(CASH_SLOT, high), &["curator"])
    else {
        panic!("another event")
    };
    assert_eq!((event.low, event.high), ([0, 2], [0, 2]));
    done(&mut pool, &tighten(0, low), &["curator"]);
    let rebalance = pool.rebalance().data;
    assert_eq!(rebalance.orders[0].high.unsigned(), low);
    assert_eq!(rebalance.orders[0].decay(), 0);
    // Two for one from the first second to the last, also while it is traded.
    pool.world.pass(NOTICE + LASTS / 2);
    let quote = quotes::bid(&pool.pool(), &rebalance, CASH_SLOT, 0, ONE).unwrap();
    assert_eq!(quote.cost, 2 * ONE);
    pool.world.pass(LASTS / 2 + 1);
    let late = tighten(0, low);
    refused(&mut pool, &late, &["curator"], IndexError::RebalanceOver);
}

#[test]
fn a_rebalance_is_ended_by_the_curator_or_when_it_is_over() {
    let mut pool = bidding(false);
    let end = ix::end_rebalance(&pool.index, &key("carol"), 1);
    refused(&mut pool, &end, &["carol"], IndexError::RebalanceNotOver);
    let unknown = ix::end_rebalance(&pool.index, &key("carol"), 2);
    refused(&mut pool, &unknown, &["carol"], IndexError::NotAnnounced);

    let mut over = pool.fork();
    over.world.pass(LASTS / 2 + 1);
    let IndexEvent::RebalanceEnded(event) = done(&mut over, &end, &["carol"]) else {
        panic!("another event")
    };
    assert_eq!((event.nonce, event.by), (1, key("carol")));
    assert!(over.index().data.announcement(1).is_err());
    refused(&mut over, &end, &["carol"], IndexError::NotAnnounced);

    let mut wound = pool.fork();
    let wind_down = ix::wind_down(&wound.index());
    wound.send(&wind_down, &["curator"]).succeeded();
    let bid = bid_ix(&mut wound, "bob", false, ONE);
    refused(&mut wound, &bid, &["bob"], IndexError::NotActive);
    done(&mut wound, &end, &["carol"]);

    let own = ix::end_rebalance(&pool.index, &key("curator"), 1);
    done(&mut pool, &own, &["curator"]);
    assert_eq!(pool.rebalance().data.status(), Ok(RebalanceStatus::Ended));
    let bid = bid_ix(&mut pool, "bob", false, ONE);
    refused(&mut pool, &bid, &["bob"], IndexError::NotAnnounced);
    let open = ix::open_rebalance(&pool.index(), &pool.payer());
    done(&mut pool, &open, &["curator"]);
}
