//! What the book of attacks does not list, and was found by reading.

use {
    super::{
        Attack, free, join_in, key, landed, refused,
        trades::{bid, order, sealed},
    },
    upside_sdk::{
        Atoms, Pubkey,
        address::{TOKEN_PROGRAM, find_claim, find_receipt},
        index::{Side, instruction as ix},
        instruction as token_ix,
        state::{Account, Claim, ClaimTerms, Receipt},
    },
    upside_tests::{
        cases::index::wraps::{redeem_wound_up_ix, with_receipt},
        pool::{INDEX_ONE, PoolWorld, token_of},
        terms::revenue_terms,
        world::{DAY, ONE, token_account_bytes},
    },
};

/// N1. Votes that became enough because others left stop a rebalance, counted or not.
#[test]
fn a_rebalance_with_enough_votes_against_it_is_not_traded() {
    let mut pool = free(2);
    join_in(&mut pool, "mallory");
    pool.issue("p0", "mallory", 50_000 * ONE);
    pool.contribute("bob", 190 * INDEX_ONE);
    super::holders::lock_all(&mut pool, "bob");
    let orders = vec![
        order(&mut pool, 2, Side::Sell, 4 * ONE),
        order(&mut pool, 0, Side::Buy, 10 * ONE),
    ];
    let nonce = sealed(&mut pool, orders, 86_400);
    let veto = ix::veto(&pool.index(), &key("bob"), nonce);
    pool.send(&veto, &["bob"]).succeeded();
    assert!(
        pool.index().data.announcement(nonce).is_ok(),
        "less than a fifth"
    );

    let mut attack = Attack::by(
        &["curator", "mallory"],
        "trade what was vetoed and not counted",
    );
    let made = bid(&mut pool, "mallory", nonce, [2, 0], ONE);
    landed(attack.send(&mut pool, "while it stands", std::slice::from_ref(&made)));
    let redeem = pool.redeem_ix("curator", 400 * INDEX_ONE);
    landed(attack.send(&mut pool, "leave", &[redeem]));
    pool.world.pass(1);
    refused(attack.send(&mut pool, "after it", &[made]), "Vetoed");
    let count = ix::count_veto(&pool.index(), nonce);
    pool.send(&count, &[]).succeeded();
}

/// Revenue of a person, in full, by somebody who is not the owner.
fn paid_up(pool: &mut PoolWorld, name: &str, payer: &str, atoms: u64) {
    let (token, number) = (pool.token(name), pool.token(name).data.claims);
    let mut terms = revenue_terms(pool.world.quote);
    if let ClaimTerms::RevenueShare {
        payer: it, total, ..
    } = &mut terms
    {
        (*it, *total) = (key(payer), atoms);
    }
    let declare = token_ix::declare_claim(&token, &pool.payer(), terms);
    let executor = token_ix::set_executor(&token, &key("carol"));
    pool.send_all(&[declare, executor], &[name]).succeeded();
    pool.world.pass(366 * DAY);
    let claim = pool.world.get(&find_claim(&token.key, number).0);
    let token = pool.token(name);
    let pay = token_ix::pay_revenue(&token, &claim, &key(payer), Atoms(atoms)).unwrap();
    pool.send(&pay, &[payer]).succeeded();
}

/// N2. What still streams to an index's shares is not given up by redeeming them.
#[test]
fn what_streams_is_not_left_to_others_in_a_wind_down() {
    let mut pool = free(2);
    let (token, quote) = (pool.token("p0"), pool.world.quote);
    let give = token_ix::deposit_reserve(&token, &key("p0"), &quote, Atoms(1_000 * ONE)).unwrap();
    pool.send(&give, &["p0"]).succeeded();
    paid_up(&mut pool, "p0", "bob", 1_000 * ONE);
    let up = token_ix::wind_up_by_executor(&token.key, &key("carol"));
    pool.send(&up, &["carol"]).succeeded();
    let streaming = pool.token("p0").data.streams[0];
    assert!(streaming.remaining > 0 && streaming.end > pool.world.now());

    let mut attack = Attack::by(
        &["mallory", "p0"],
        "redeem an index's shares while more streams",
    );
    attack.withstood(&mut pool, |a, pool| {
        let redeem = redeem_wound_up_ix(pool, 0);
        refused(a.send(pool, "at once", &[redeem]), "ClaimsOpen");
        let wait = streaming.end - pool.world.now();
        pool.world.pass(wait - 1);
        let mut all = pool.harvest_ixs(0);
        all.push(redeem_wound_up_ix(pool, 0));
        refused(a.send(pool, "a second early", &all), "ClaimsOpen");
    });
    pool.world.pass(1);
    let mut all = pool.harvest_ixs(0);
    all.push(redeem_wound_up_ix(&mut pool, 0));
    landed(attack.send(&mut pool, "once all has come", &all));
    pool.check_books();
}

/// N3. An index's part of an estate goes to no account that the index does not look at.
#[test]
fn an_estate_is_paid_to_no_account_beside_the_custody() {
    let mut pool = with_receipt();
    let (index, token) = (pool.index, token_of("p0"));
    let claim: Account<Claim> = pool.world.get(&find_claim(&token, 0).0);
    let number = pool.holder("p0", &index).data.receipts - 1;
    let receipt: Account<Receipt> = pool.world.get(&find_receipt(&token, &index, number).0);
    let odd: Pubkey = key("an account of the index's that mallory made");
    let bytes = token_account_bytes(&claim.data.mint, &index, 0);
    pool.world.put(odd, TOKEN_PROGRAM, bytes);
    let mut collect = token_ix::collect_estate(&claim, &receipt, &TOKEN_PROGRAM);
    let own = upside_sdk::address::find_associated(&index, &claim.data.mint, &TOKEN_PROGRAM).0;
    for meta in collect.accounts.iter_mut().filter(|it| it.pubkey == own) {
        meta.pubkey = odd;
    }
    let mut attack = Attack::by(&["mallory"], "send an estate where the index does not look");
    attack.withstood(&mut pool, |a, pool| {
        refused(a.send(pool, "past the index", &[collect]), "WrongAccount");
        let ours = upside_tests::cases::index::wraps::collect_ix(pool);
        landed(a.send(pool, "as the index does", &[ours]));
    });
    assert!(pool.world.balance(&own) > 0);
    pool.check_books();
}
