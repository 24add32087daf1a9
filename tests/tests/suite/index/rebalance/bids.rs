//! Bids: what they cost, what they move, why they are refused.

use super::*;

#[test]
fn a_pair_trades_at_the_quotient_of_two_values() {
    let mut pool = sealed(false);
    let early = bid_ix(&mut pool, "bob", false, ONE);
    pool.world.pass(NOTICE - 1);
    refused(&mut pool, &early, &["bob"], IndexError::NoticePending);
    pool.world.pass(1);
    let mut elapsed = 0;
    for step in [0, 1, 9_999, 11_600, 21_600, 43_199, 1] {
        pool.world.pass(step);
        elapsed += step;
        let rebalance = pool.rebalance().data;
        let quote = quotes::bid(&pool.pool(), &rebalance, CASH_SLOT, 0, ONE).unwrap();
        // From two for one down to one for two.
        let exact = 2.0 * 0.25f64.powf(elapsed as f64 / LASTS as f64) * ONE as f64;
        let above = quote.cost as f64 - exact;
        assert!(
            (-1e-3..=1.01).contains(&above),
            "{elapsed}: {quote:?} {exact}"
        );
        let (has, cash) = (pool.has("p0", "bob"), pool.cash("bob"));
        let bid = bid_ix(&mut pool, "bob", false, ONE);
        let IndexEvent::RebalanceTraded(event) = done(&mut pool, &bid, &["bob"]) else {
            panic!("another event")
        };
        assert_eq!((event.nonce, event.wallet), (1, key("bob")));
        assert_eq!((event.sell, event.buy), (2, 0));
        assert_eq!((event.sold, event.bought), (ONE, quote.cost));
        let after = pool.rebalance().data;
        assert_eq!(event.sell_left, after.orders[2].left);
        assert_eq!(event.buy_left, after.orders[0].left);
        assert_eq!(has - pool.has("p0", "bob"), quote.cost);
        assert_eq!(pool.cash("bob") - cash, ONE);
    }
    assert_eq!(elapsed, LASTS);
    assert_eq!(pool.rebalance().data.orders[2].left, 993 * ONE);
    pool.world.pass(1);
    let late = bid_ix(&mut pool, "bob", false, ONE);
    refused(&mut pool, &late, &["bob"], IndexError::RebalanceOver);
}

#[test]
fn bids_are_refused_for_their_reasons() {
    let mut pool = bidding(false);
    let good = bid_args(&mut pool, CASH_SLOT, 0, ONE);
    let index = pool.index();
    let with = |args| ix::bid(&index, &key("bob"), args).unwrap();
    let rebalance = pool.rebalance().data;
    let cost = quotes::bid(&pool.pool(), &rebalance, CASH_SLOT, 0, ONE)
        .unwrap()
        .cost;
    assert!(
        (ONE..=ONE + 1).contains(&cost),
        "half way it is one for one"
    );
    let (now, left) = (pool.world.now(), rebalance.orders[2].left);
    for (args, error) in [
        (BidArgs { take: 0, ..good }, IndexError::ZeroAmount),
        (
            BidArgs {
                most: cost - 1,
                ..good
            },
            IndexError::Slippage,
        ),
        (
            BidArgs {
                deadline: now - 1,
                ..good
            },
            IndexError::DeadlinePassed,
        ),
        (BidArgs { nonce: 0, ..good }, IndexError::NotAnnounced),
        (BidArgs { nonce: 2, ..good }, IndexError::NotAnnounced),
        (
            BidArgs {
                take: left + 1,
                ..good
            },
            IndexError::LotShort,
        ),
        // The other way round, one slot twice, and a slot without an order.
        (
            BidArgs {
                sell: 0,
                buy: CASH_SLOT,
                ..good
            },
            IndexError::NotForTrade,
        ),
        (
            BidArgs {
                sell: CASH_SLOT,
                buy: CASH_SLOT,
                ..good
            },
            IndexError::NotForTrade,
        ),
        (
            BidArgs {
                sell: 0,
                buy: 0,
                ..good
            },
            IndexError::NotForTrade,
        ),
        (
            BidArgs {
                sell: CASH_SLOT,
                buy: 1,
                ..good
            },
            IndexError::NotForTrade,
        ),
        // Fees since the seal ask for more to stay than was left then.
        (
            BidArgs {
                take: left - ONE,
                ..good
            },
            IndexError::BeyondTarget,
        ),
    ] {
        refused(&mut pool, &with(args), &["bob"], error);
    }
    let mut short = with(good);
    short.accounts.pop();
    refused(&mut pool, &short, &["bob"], IndexError::MissingAccounts);
    let mut long = with(good);
    let extra = long.accounts[0].clone();
    long.accounts.push(extra);
    refused(&mut pool, &long, &["bob"], IndexError::ExtraAccounts);
    let exact = BidArgs {
        most: cost,
        deadline: now,
        ..good
    };
    done(&mut pool, &with(exact), &["bob"]);
}

#[test]
fn what_is_bought_stops_at_its_target_too() {
    let mut pool = sealed(false);
    pool.world.pass(NOTICE);
    // 600 at two would bring 1,200 where 1,000 lack.
    let bid = bid_ix(&mut pool, "bob", false, 600 * ONE);
    refused(&mut pool, &bid, &["bob"], IndexError::LotShort);
    let largest = {
        let rebalance = pool.rebalance().data;
        quotes::largest(&pool.pool(), &rebalance, CASH_SLOT, 0, u64::MAX).unwrap()
    };
    assert!(largest.take >= 499 * ONE && largest.cost <= 1_000 * ONE);
    let bid = bid_ix(&mut pool, "bob", false, largest.take);
    done(&mut pool, &bid, &["bob"]);
    let more = bid_ix(&mut pool, "bob", false, 100 * ONE);
    pool.send(&more, &["bob"]).named_failure("beyond the lot");
    let index = pool.index().data;
    assert!(index.constituents[0].counter <= 2_000 * ONE);
}

#[test]
fn a_bound_is_met_by_the_largest_quote() {
    let mut pool = bidding(true);
    let rebalance = pool.rebalance().data;
    for most in [2, 7, 999, ONE, 100 * ONE + 1] {
        let quote = quotes::largest(&pool.pool(), &rebalance, 0, CASH_SLOT, most).unwrap();
        assert!(quote.cost <= most);
        let more = quotes::bid(&pool.pool(), &rebalance, 0, CASH_SLOT, quote.take + 1);
        assert!(more.is_err() || more.unwrap().cost > most);
    }
    let none = quotes::largest(&pool.pool(), &rebalance, 0, CASH_SLOT, 0);
    assert!(none.is_err(), "nothing is free");
}

#[test]
fn what_is_taken_may_stay_in_a_basket() {
    for to_cash in [false, true] {
        let mut pool = bidding(to_cash);
        let (sell, buy) = if to_cash {
            (0, CASH_SLOT)
        } else {
            (CASH_SLOT, 0)
        };
        let mut args = bid_args(&mut pool, sell, buy, 10 * ONE);
        args.basket_number = 7;
        let before = wealth(&mut pool, &key("bob"));
        let bid = ix::bid_to_basket(&pool.index(), &key("bob"), args).unwrap();
        let IndexEvent::RebalanceTraded(event) = done(&mut pool, &bid, &["bob"]) else {
            panic!("another event")
        };
        let basket = pool.basket("bob", 7);
        assert_eq!(event.basket, basket.key);
        assert_eq!(basket.data.amounts[usize::from(sell)], 10 * ONE);
        let slot = pool.index().data.constituents[usize::from(sell)];
        assert_eq!(slot.pending, 10 * ONE);
        let after = wealth(&mut pool, &key("bob"));
        assert_eq!(after[&sell], before[&sell]);
        assert_eq!(after[&buy], before[&buy] - event.bought);
        refused(&mut pool, &bid, &["bob"], IndexError::AlreadyExists);

        let withdraw = ix::withdraw_basket(&pool.index(), &key("bob"), 7, vec![sell]).unwrap();
        pool.send(&withdraw, &[]).succeeded();
        let paid = wealth(&mut pool, &key("bob"));
        assert_eq!(paid[&sell], before[&sell] + 10 * ONE);
        let close = ix::close_basket(&pool.index, &key("bob"), 7);
        pool.send(&close, &[]).succeeded();
        pool.check_books();
    }
}

#[test]
fn a_person_is_sold_for_another_person() {
    let mut pool = free(2);
    let orders = [
        order(&mut pool, 1, Side::Sell, ONE * 3 / 2),
        order(&mut pool, 0, Side::Buy, 2 * ONE),
    ];
    seal(&mut pool, &orders);
    pool.world.pass(NOTICE + LASTS / 2);
    let before = wealth(&mut pool, &key("bob"));
    let args = bid_args(&mut pool, 1, 0, 500 * ONE);
    let bid = ix::bid(&pool.index(), &key("bob"), args).unwrap();
    let IndexEvent::RebalanceTraded(event) = done(&mut pool, &bid, &["bob"]) else {
        panic!("another event")
    };
    assert_eq!((event.sold, event.sell_left), (500 * ONE, 0));
    let after = wealth(&mut pool, &key("bob"));
    assert_eq!(after[&1], before[&1] + 500 * ONE);
    assert_eq!(after[&0], before[&0] - event.bought);
}
