//! What bidders, curators and persons might try, and what it brings them.

use {super::*, upside_sdk::Atoms};

/// The person prints nine and a half million shares and sells them to the index at the
/// price of before: they get what these are worth, not what the first were.
#[test]
fn printing_before_the_bid_takes_nothing() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 0, |args| {
        args.parameters.management_fee_bps = 0;
        args.parameters.entry_fee_bps = 0;
        args.parameters.exit_fee_bps = 0;
    });
    pool.add_person("p0", |args| args.terms.cash_out_tax_bps = 0);
    pool.add_person("p1", |_| {});
    // 400,000 shares and a reserve of 400,000: one share redeems for one.
    let quote_mint = pool.world.quote;
    let supply = pool.token("p0").data.supply;
    let give = token_ix::deposit_reserve(&pool.token("p0"), &key("p0"), &quote_mint, Atoms(supply));
    pool.send(&give.unwrap(), &["p0"]).succeeded();
    pool.add_everybody();
    for (slot, atoms) in [(0, 1_000 * ONE), (1, 1_000 * ONE), (2, 50_000 * ONE)] {
        pool.seed(slot, atoms);
    }
    pool.launch(LAUNCHED);
    let orders = [
        order(&mut pool, 2, Side::Sell, 40 * ONE),
        order(&mut pool, 0, Side::Buy, 200 * ONE),
    ];
    seal(&mut pool, &orders);
    let worth = |pool: &mut PoolWorld| {
        let token = pool.token("p0").data;
        let counter = pool.index().data.constituents[0].counter;
        let reserve = u128::from(token.quote().reserve);
        u64::try_from(reserve * u128::from(counter) / u128::from(token.supply)).unwrap()
    };
    pool.world.pass(NOTICE + LASTS / 2);
    // Whatever the rules of creation leave the owner to print.
    let printed = pool.token("p0").data.supply;
    let token = pool.token("p0");
    let mut all = pool.world.endow_token_for(&token, printed);
    all.push(token_ix::issue(
        &pool.token("p0"),
        &key("p0"),
        Shares(printed),
        Atoms(0),
    ));
    pool.send_all(&all, &["p0"]).succeeded();
    let (before, cash) = (worth(&mut pool), pool.cash("p0"));
    let bid = bid_ix(&mut pool, "p0", false, 5_000 * ONE);
    done(&mut pool, &bid, &["p0"]);
    let got = worth(&mut pool) - before;
    assert_eq!(pool.cash("p0") - cash, 5_000 * ONE);
    // Half way the announced price was one for one, in shares of before.
    assert!(got + 10 >= 5_000 * ONE, "the index got {got}");
}

#[test]
fn bids_in_dust_never_cost_less() {
    for take in [3, 10, 101] {
        let mut pool = bidding(false);
        pool.world.pass(12_345);
        let mut parts = pool.fork();
        let had = (pool.has("p0", "bob"), parts.has("p0", "bob"));
        let whole = bid_ix(&mut pool, "bob", false, take);
        done(&mut pool, &whole, &["bob"]);
        let single = bid_ix(&mut parts, "bob", false, 1);
        for _ in 0..take {
            parts.send(&single, &["bob"]).succeeded();
        }
        let (once, often) = (
            had.0 - pool.has("p0", "bob"),
            had.1 - parts.has("p0", "bob"),
        );
        assert!(often >= once && often >= take, "{take}: {often} < {once}");
    }
}

/// There and back, at once and in one transaction, pays nothing.
#[test]
fn a_pair_cannot_be_traded_back() {
    let mut pool = bidding(false);
    let forth = bid_ix(&mut pool, "bob", false, 100 * ONE);
    let args = bid_args(&mut pool, 0, CASH_SLOT, 10 * ONE);
    let back = ix::bid(&pool.index(), &key("bob"), args).unwrap();
    pool.send_all(&[forth, back], &["bob"])
        .refused(IndexError::NotForTrade);
}

/// The clock runs on whatever is paused, so a pause cannot keep competitors away until
/// the last price.
#[test]
fn a_pause_stops_no_bid() {
    let mut pool = sealed(false);
    pool.world.pass(NOTICE - 1);
    let pause = ix::pause(&pool.index(), &key("curator"));
    pool.send(&pause, &["curator"]).succeeded();
    pool.world.pass(1 + LASTS / 2);
    let bid = bid_ix(&mut pool, "bob", false, 100 * ONE);
    done(&mut pool, &bid, &["bob"]);
}

/// Somebody contributes a lot for the length of a transaction: counts per share and lots
/// stay what they were.
#[test]
fn a_contribution_for_a_moment_raises_no_lot() {
    let mut pool = free(2);
    let orders = orders(&mut pool, false);
    seal(&mut pool, &orders);
    pool.world.pass(NOTICE + LASTS / 2);
    let left = pool.rebalance().data.orders[2].left;
    let contribute = pool.contribute_ix("bob", 9_000 * INDEX_ONE);
    let bid = bid_ix(&mut pool, "bob", false, left + 1);
    pool.send_all(&[contribute.clone(), bid], &["bob"])
        .refused(IndexError::LotShort);
    // Nor does leaving raise what is beyond the target.
    let redeem = pool.redeem_ix("curator", 900 * INDEX_ONE);
    let bid = bid_ix(&mut pool, "bob", false, left - ONE);
    pool.send_all(&[redeem, bid], &["curator", "bob"])
        .refused(IndexError::BeyondTarget);
}

/// What a wallet gave before, or what lies in custody unbooked, pays for nothing.
#[test]
fn a_bid_is_paid_by_the_wallet_itself() {
    let mut pool = bidding(true);
    let index = pool.index();
    let (vault, quote_mint) = (index.data.constituents[2].custody, pool.world.quote);
    pool.world
        .give(&index.key, &quote_mint, 5_000 * ONE + 777 * ONE);
    pool.world.give(&key("bob"), &quote_mint, 0);
    let bid = bid_ix(&mut pool, "bob", true, ONE);
    pool.send(&bid, &["bob"]).named_failure("without money");
    // Nor does the index's own account.
    let mut own = bid.clone();
    for account in &mut own.accounts {
        if account.pubkey == ix::place_of(&index.data.constituents[2], &key("bob")) {
            account.pubkey = vault;
        }
    }
    refused(&mut pool, &own, &["bob"], IndexError::WrongTokenAccount);
}

/// Everything is sold at the best for the index first: who waits pays less, who is early
/// pays more, and nobody gets below the band.
#[test]
fn no_bid_leaves_the_band() {
    let mut pool = sealed(false);
    pool.world.pass(NOTICE);
    for _ in 0..=24 {
        let rebalance = pool.rebalance().data;
        let quote = quotes::bid(&pool.pool(), &rebalance, CASH_SLOT, 0, 10 * ONE).unwrap();
        assert!((5 * ONE..=20 * ONE).contains(&quote.cost));
        let bid = bid_ix(&mut pool, "carol", false, 10 * ONE);
        done(&mut pool, &bid, &["carol"]);
        pool.world.pass(LASTS / 24);
    }
}

/// A tighter order is never cheaper, at any second.
#[test]
fn tightening_takes_nothing_from_the_index() {
    let mut loose = sealed(false);
    let mut tight = loose.fork();
    for (slot, value) in [(CASH_SLOT, 3u128 << 63), (0, 3 << 63)] {
        let call = ix::tighten_order(&tight.index, &key("curator"), 1, slot, value);
        done(&mut tight, &call, &["curator"]);
    }
    for pool in [&mut loose, &mut tight] {
        pool.world.pass(NOTICE);
    }
    for _ in 0..24 {
        let cost = |pool: &mut PoolWorld| {
            let rebalance = pool.rebalance().data;
            quotes::bid(&pool.pool(), &rebalance, CASH_SLOT, 0, 10 * ONE)
                .unwrap()
                .cost
        };
        assert!(cost(&mut tight) >= cost(&mut loose));
        loose.world.pass(LASTS / 24);
        tight.world.pass(LASTS / 24);
    }
}
