//! Persons are issuer-controlled: printed, burned, closed, emptied.

use {
    super::*,
    upside_sdk::{
        Atoms,
        address::find_poll,
        state::{Answer, Change, Policy, RedeemArgs, TransferPolicy},
    },
};

fn policy_of(pool: &mut PoolWorld, name: &str) -> Policy {
    pool.token(name).data.policy().unwrap()
}

/// Shares printed after the announcement are not paid for.
#[test]
fn shares_printed_since_are_bought_for_as_much_less() {
    let mut pool = bidding(false);
    let rebalance = pool.rebalance().data;
    let quote = |pool: &mut PoolWorld| {
        quotes::bid(&pool.pool(), &rebalance, CASH_SLOT, 0, 100 * ONE)
            .unwrap()
            .cost
    };
    let before = quote(&mut pool);
    let supply = pool.token("p0").data.supply;
    pool.issue("p0", "p0", supply);
    let after = quote(&mut pool);
    assert!(
        after >= 2 * before - 2,
        "{after} for as many of twice as many"
    );
    // And the program asks for what was quoted.
    let bid = bid_ix(&mut pool, "bob", false, 100 * ONE);
    let IndexEvent::RebalanceTraded(event) = done(&mut pool, &bid, &["bob"]) else {
        panic!("another event")
    };
    assert_eq!(event.bought, after);
}

/// Shares burned after the announcement are sold for as much more; printed ones for no
/// less.
#[test]
fn shares_burned_since_are_sold_for_as_much_more() {
    let mut pool = bidding(true);
    let rebalance = pool.rebalance().data;
    let quote = |pool: &mut PoolWorld| {
        quotes::bid(&pool.pool(), &rebalance, 0, CASH_SLOT, 100 * ONE)
            .unwrap()
            .cost
    };
    let before = quote(&mut pool);
    let mut printed = pool.fork();
    printed.issue("p0", "p0", 100_000 * ONE);
    assert_eq!(quote(&mut printed), before);

    // Half of all shares are redeemed.
    let give = token_ix::deposit_reserve(
        &pool.token("p0"),
        &key("p0"),
        &pool.world.quote,
        Atoms(4_000),
    );
    pool.send(&give.unwrap(), &["p0"]).succeeded();
    let supply = pool.token("p0").data.supply;
    for name in ["carol", "p0"] {
        let shares = pool.has("p0", name);
        let args = RedeemArgs {
            shares,
            forgone: 0,
            min_out: [0; 8],
            deadline: NEVER,
        };
        let redeem = token_ix::redeem(&pool.token("p0"), &key(name), args);
        pool.send(&redeem.unwrap(), &[name]).succeeded();
    }
    let left = pool.token("p0").data.supply;
    let after = quote(&mut pool);
    let exact = u128::from(before) * u128::from(supply) / u128::from(left);
    assert!(u128::from(after) + 2 >= exact, "{before} {after} {exact}");
    let bid = bid_ix(&mut pool, "bob", true, 100 * ONE);
    let IndexEvent::RebalanceTraded(event) = done(&mut pool, &bid, &["bob"]) else {
        panic!("another event")
    };
    assert_eq!(event.bought, after);
}

/// A share that redeems for more than the announced values say costs what it redeems for.
#[test]
fn a_person_is_never_sold_below_what_redeeming_pays() {
    let mut pool = bidding(true);
    let supply = pool.token("p0").data.supply;
    let quote_mint = pool.world.quote;
    // Four for each share, less the tax.
    pool.world.give(&key("p0"), &quote_mint, 4 * supply);
    let give = token_ix::deposit_reserve(
        &pool.token("p0"),
        &key("p0"),
        &quote_mint,
        Atoms(4 * supply),
    );
    pool.send(&give.unwrap(), &["p0"]).succeeded();
    let token = pool.token("p0").data;
    let pays = token.redemption(50 * ONE, 0).unwrap().paid[0];
    assert!(pays > 100 * ONE, "{pays}");
    let rebalance = pool.rebalance().data;
    let quote = quotes::bid(&pool.pool(), &rebalance, 0, CASH_SLOT, 50 * ONE).unwrap();
    assert_eq!(quote.cost, pays);
    let bid = bid_ix(&mut pool, "bob", true, 50 * ONE);
    let IndexEvent::RebalanceTraded(event) = done(&mut pool, &bid, &["bob"]) else {
        panic!("another event")
    };
    assert_eq!(event.bought, pays);
}

#[test]
fn a_person_with_a_change_under_way_is_not_bought() {
    let pool = &mut bidding(false);
    // A policy.
    let mut closing = pool.fork();
    let closed = Policy {
        transfer_policy: TransferPolicy::Closed,
        ..policy_of(&mut closing, "p0")
    };
    let announce = token_ix::propose_policy(&closing.token("p0"), closed);
    closing.send(&announce, &["p0"]).succeeded();
    let bid = bid_ix(&mut closing, "bob", false, ONE);
    refused(&mut closing, &bid, &["bob"], IndexError::PersonUnsettled);
    let quoted = {
        let rebalance = closing.rebalance().data;
        quotes::bid(&closing.pool(), &rebalance, CASH_SLOT, 0, ONE)
    };
    assert!(quoted.is_err());
    let withdraw = token_ix::cancel_policy(&closing.token("p0"));
    closing.send(&withdraw, &["p0"]).succeeded();
    done(&mut closing, &bid, &["bob"]);

    // The index's mark.
    let mut marked = pool.fork();
    let index = marked.index;
    let mark = token_ix::set_venue(&marked.token("p0"), &index, true);
    marked.send(&mark, &["p0"]).succeeded();
    refused(&mut marked, &bid, &["bob"], IndexError::PersonUnsettled);

    // Of what is sold it does not matter.
    let mut selling = bidding(true);
    let announce = token_ix::propose_policy(&selling.token("p0"), closed);
    selling.send(&announce, &["p0"]).succeeded();
    let bid = bid_ix(&mut selling, "bob", true, ONE);
    done(&mut selling, &bid, &["bob"]);
}

/// A poll that would raise the cap has passed: nothing of the person is bought until it
/// is applied or gone.
#[test]
fn a_person_whose_cap_is_about_to_rise_is_not_bought() {
    let mut pool = sealed(false);
    let token = pool.token("p0");
    let more = token.data.terms.supply_cap.saturating_add(1);
    let number = token.data.poll_seq;
    pool.world.pass(1);
    let change = Change::SupplyCap(more);
    let put = token_ix::put_poll(&token, &pool.payer(), &key("bob"), change, [0; 32]);
    pool.send(&put, &["bob"]).succeeded();
    let poll = pool.world.get(&find_poll(&token.key, number).0);
    for name in ["bob", "carol", "curator"] {
        let answer = token_ix::answer_poll(&poll, &key(name), Answer::For);
        pool.send(&answer, &[name]).succeeded();
    }
    assert!(pool.token("p0").data.has_passed_poll());
    pool.world.pass(NOTICE);
    let bid = bid_ix(&mut pool, "bob", false, ONE);
    refused(&mut pool, &bid, &["bob"], IndexError::PersonUnsettled);
}

/// A closed token can be sold: what is paid for stays in the bidder's basket until it
/// moves again.
#[test]
fn a_closed_person_is_sold_by_delivery() {
    let mut pool = sealed(true);
    let open = policy_of(&mut pool, "p0");
    let closed = Policy {
        transfer_policy: TransferPolicy::Closed,
        ..open
    };
    let set = |pool: &mut PoolWorld, policy| {
        let announce = token_ix::propose_policy(&pool.token("p0"), policy);
        pool.send(&announce, &["p0"]).succeeded();
        let notice = i64::from(pool.token("p0").data.terms.notice_seconds);
        pool.world.pass(notice);
        let apply = token_ix::apply_policy(&token_of("p0"), &key("carol"));
        pool.send(&apply, &["carol"]).succeeded();
    };
    set(&mut pool, closed);
    let start = pool.rebalance().data.starts_at;
    let now = pool.world.now();
    pool.world.pass((start - now).max(0));
    let direct = bid_ix(&mut pool, "bob", true, ONE);
    pool.send(&direct, &["bob"]).named_failure("a closed token");
    let args = bid_args(&mut pool, 0, CASH_SLOT, ONE);
    let kept = ix::bid_to_basket(&pool.index(), &key("bob"), args).unwrap();
    done(&mut pool, &kept, &["bob"]);
    let withdraw = ix::withdraw_basket(&pool.index(), &key("bob"), 0, vec![0]).unwrap();
    pool.send(&withdraw, &[]).named_failure("still closed");
    set(&mut pool, open);
    let has = pool.has("p0", "bob");
    pool.send(&withdraw, &[]).succeeded();
    assert_eq!(pool.has("p0", "bob"), has + ONE);
    pool.check_books();
}

/// Whoever would come to the empty slot next would get the dividends.
#[test]
fn a_slot_with_dividends_due_is_not_emptied() {
    let mut pool = free(2);
    let orders = [
        order(&mut pool, 0, Side::Sell, 0),
        order(&mut pool, CASH_SLOT, Side::Buy, 9 * ONE),
    ];
    draft(&mut pool, &orders);
    let seal = seal_ix(&mut pool, |args| args.by_majority = true);
    done(&mut pool, &seal, &["curator"]);
    pool.support_by_force(1);
    pool.world.pass(NOTICE);
    pool.pay_revenue("p0", 10_000 * ONE);
    pool.world.pass(LASTS / 2);
    let all = bid_ix(&mut pool, "bob", true, 1_000 * ONE);
    refused(&mut pool, &all, &["bob"], IndexError::DividendsDue);
    // All but one atom leave at any time, and all in the transaction that harvests.
    let mut most = pool.fork();
    let bid = bid_ix(&mut most, "bob", true, 1_000 * ONE - 1);
    done(&mut most, &bid, &["bob"]);
    let mut calls = pool.harvest_ixs(0);
    calls.push(all);
    pool.send_all(&calls, &["bob"]).succeeded();
    assert_eq!(pool.index().data.constituents[0].counter, 0);
    pool.check_books();
}
