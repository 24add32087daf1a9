//! Owners of constituents: they print and burn, close and mark, pay and leave.

use {
    super::{
        Attack, facts, free, join_in, key, landed, no_fees, refused,
        trades::{bid, order, sealed},
    },
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::TOKEN_2022_PROGRAM,
        index::{Side, instruction as ix, quote},
        instruction as token_ix,
        state::{Admission, Policy, RedeemArgs, TransferPolicy},
    },
    upside_tests::{
        engine::Engine,
        pool::{INDEX_ONE, LAUNCHED, PoolWorld, token_of},
        world::{DAY, NEVER, ONE},
    },
};

/// A policy of the simplest admission.
fn policy(transfer_policy: u8) -> Policy {
    Policy {
        admission: Admission::Open,
        transfer_policy: transfer_policy.try_into().unwrap(),
        credential: Pubkey::default(),
        schema: Pubkey::default(),
    }
}

/// What the index's part of a person's reserve is, in atoms.
fn backing(pool: &mut PoolWorld, name: &str) -> u64 {
    let index = pool.index;
    let held = pool.holder(name, &index).data.shares;
    let token = pool.token(name).data;
    let part = u128::from(token.quote().reserve) * u128::from(held) / u128::from(token.supply);
    u64::try_from(part).unwrap()
}

/// H4. What is printed and redeemed in one transaction takes nothing of the index's part.
#[test]
fn prints_and_redemptions_take_no_part_of_the_reserve() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 0, no_fees);
    pool.add_person("p0", |args| args.terms.cash_out_tax_bps = 0);
    let token = pool.token("p0");
    let quote = pool.world.quote;
    let give = token_ix::deposit_reserve(&token, &key("p0"), &quote, Atoms(400_000 * ONE)).unwrap();
    pool.send(&give, &["p0"]).succeeded();
    pool.add_everybody();
    pool.seed(0, 80_000 * ONE);
    pool.seed(1, 1_000 * ONE);
    pool.launch(LAUNCHED);
    let had = backing(&mut pool, "p0");
    let mut attack = Attack::by(&["p0"], "print and redeem what backs the index");
    attack.withstood(&mut pool, |a, pool| {
        for print in [ONE, 1_000_000 * ONE, 9_000_000 * ONE] {
            let token = pool.token("p0");
            let issue = token_ix::issue(&token, &key("p0"), Shares(print), Atoms(0));
            let args = RedeemArgs {
                shares: print,
                min_out: [0; 8],
                forgone: 0,
                deadline: NEVER,
            };
            let redeem = token_ix::redeem(&token, &key("p0"), args).unwrap();
            let got = a.send(
                pool,
                "without bringing their part",
                &[issue.clone(), redeem.clone()],
            );
            refused(got, "EndowmentShort");
            let endow =
                token_ix::deposit_endowment(&token, &key("p0"), &quote, Atoms(900_000_000 * ONE));
            let all = [endow.unwrap(), issue, redeem];
            a.send(pool, "bringing it", &all);
        }
    });
    assert!(backing(&mut pool, "p0") >= had);
}

/// H3. What is printed after an announcement is bought at less, so that nothing is gained.
#[test]
fn prints_after_an_announcement_are_bought_at_less() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 0, no_fees);
    pool.add_person("p0", |args| args.terms.cash_out_tax_bps = 0);
    pool.add_person("p1", |_| {});
    pool.add_everybody();
    pool.seed(0, 1_000 * ONE);
    pool.seed(1, 1_000 * ONE);
    pool.seed(2, 50_000 * ONE);
    pool.launch(LAUNCHED);
    let orders = vec![
        order(&mut pool, 2, Side::Sell, 40 * ONE),
        order(&mut pool, 0, Side::Buy, 60 * ONE),
    ];
    let nonce = sealed(&mut pool, orders, 86_400);
    pool.world.pass(DAY / 2);
    let supply = pool.token("p0").data.supply;
    let mut attack = Attack::by(
        &["p0"],
        "sell the index what was printed after the announcement",
    );
    // As it was when it was announced.
    let mut honest = pool.fork();
    let got = bid(&mut honest, "p0", nonce, [2, 0], 1_000 * ONE);
    landed(attack.send(&mut honest, "without printing", &[got]));
    let fair = honest.index().data.constituents[0].counter - 1_000 * ONE;
    pool.issue("p0", "p0", 9 * supply);
    let before = pool.index().data.constituents[0].counter;
    let made = bid(&mut pool, "p0", nonce, [2, 0], 1_000 * ONE);
    landed(attack.send(&mut pool, "after printing nine times as many", &[made]));
    let given = pool.index().data.constituents[0].counter - before;
    // Less the rounding of the one atom that was rounded up before.
    assert!(
        given >= 10 * (fair - 1),
        "{given} for what {fair} bought before"
    );
}

/// M7. One person who closes their token closes nobody's exit, and no entry to the rest.
#[test]
fn a_person_who_closes_their_token_closes_no_exit() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 0, no_fees);
    pool.add_person("p0", |_| {});
    pool.add_person("p1", |args| args.terms.notice_seconds = 86_400);
    let propose = token_ix::propose_policy(&pool.token("p1"), policy(2));
    pool.send(&propose, &["p1"]).succeeded();
    pool.world.pass(3 * DAY);
    pool.add_everybody();
    for slot in 0..2 {
        pool.seed(slot, 1_000 * ONE);
    }
    pool.seed(2, 5_000 * ONE);
    pool.launch(LAUNCHED);
    pool.contribute("bob", 100 * INDEX_ONE);
    let mut attack = Attack::by(&["p1", "mallory"], "close a token that an index holds");
    attack.withstood(&mut pool, |a, pool| {
        let apply = token_ix::apply_policy(&token_of("p1"), &key("mallory"));
        landed(a.send(pool, "apply an old policy", &[apply]));
    });
    // What moves is paid, the rest waits.
    let shares = pool.shares("bob");
    let args = pool.redeem_args(shares);
    let out = ix::redeem_to_basket(&pool.index(), &key("bob"), 1, args);
    let rest = ix::withdraw_basket(&pool.index(), &key("bob"), 1, vec![0, 2]).unwrap();
    pool.send_all(&[out, rest], &["bob"]).succeeded();
    let stuck = ix::withdraw_basket(&pool.index(), &key("bob"), 1, vec![1]).unwrap();
    pool.send(&stuck, &[]).refused(TokenError::TransferClosed);
}

/// M8. A venue's mark goes with the token's notice only.
#[test]
fn a_venue_mark_goes_with_notice_only() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 0, no_fees);
    pool.add_person("p0", |_| {});
    pool.add_person("p1", |args| args.transfer_policy = TransferPolicy::Closed);
    let index = pool.index;
    let open = token_ix::open_holder(&token_of("p1"), &pool.payer(), &key("p1"), &index);
    pool.send(&open, &["p1"]).succeeded();
    pool.mark_venue("p1", &index, true);
    pool.add_everybody();
    for slot in 0..2 {
        pool.seed(slot, 1_000 * ONE);
    }
    pool.seed(2, 5_000 * ONE);
    pool.launch(LAUNCHED);
    pool.contribute("bob", 100 * INDEX_ONE);
    let redeem = pool.redeem_ix("bob", INDEX_ONE);
    let mut attack = Attack::by(
        &["p1"],
        "take an index's mark away in front of a redemption",
    );
    attack.withstood(&mut pool, |a, pool| {
        let unmark = token_ix::set_venue(&pool.token("p1"), &index, false);
        let apply = token_ix::apply_venue(&token_of("p1"), &index);
        let got = a.send(pool, "at once", &[unmark.clone(), apply.clone()]);
        assert!(got.is_some());
        landed(a.send(pool, "announce it", &[unmark]));
    });
    pool.send(&redeem, &["bob"]).succeeded();
    pool.world.pass(8 * DAY);
    attack.withstood(&mut pool, |a, pool| {
        let apply = token_ix::apply_venue(&token_of("p1"), &index);
        landed(a.send(pool, "apply it", &[apply]));
    });
    // What the index holds it may always give out again.
    pool.redeem("bob", INDEX_ONE);
}

/// Case 1. An emptied slot's dividends are nobody's who comes after.
#[test]
fn an_emptied_slots_dividends_are_sniped_by_nobody() {
    let mut pool = free(2);
    join_in(&mut pool, "mallory");
    for person in ["p0", "p1"] {
        pool.issue(person, "mallory", 50_000 * ONE);
    }
    pool.pay_revenue("p0", 7_000 * ONE);
    pool.world.pass(8 * DAY);
    let orders = vec![
        order(&mut pool, 0, Side::Sell, 0),
        order(&mut pool, 1, Side::Buy, 50 * ONE),
    ];
    let nonce = super::trades::sealed_by_majority(&mut pool, orders, 86_400);
    pool.world.pass(DAY / 2);
    let mut attack = Attack::by(&["p0", "mallory"], "empty a slot to which something is due");
    let all = pool.index().data.constituents[0].counter;
    let mut fork = pool.fork();
    let made = bid(&mut fork, "mallory", nonce, [0, 1], all);
    refused(
        attack.send(&mut fork, "with dividends due", &[made]),
        "DividendsDue",
    );
    // Harvested in the same transaction; then whoever comes gets nothing of it.
    let mut both = pool.harvest_ixs(0);
    both.push(bid(&mut pool, "mallory", nonce, [0, 1], all));
    landed(attack.send(&mut pool, "harvested first", &both));
    pool.world.pass(30 * DAY);
    attack.withstood(&mut pool, |a, pool| {
        let contribute = pool.contribute_ix("mallory", 10 * INDEX_ONE);
        landed(a.send(pool, "come in", &[contribute]));
        let redeem = pool.redeem_ix("mallory", 10 * INDEX_ONE);
        landed(a.send(pool, "leave", &[redeem]));
    });
    // Case 3. Nothing is due any more: it can be removed.
    assert_eq!(
        facts(&mut pool).due(&pool.world.quote.clone(), NEVER / 2),
        {
            let mint = pool.world.quote;
            facts(&mut pool).due_of(&token_of("p1"), &mint, NEVER / 2)
        }
    );
}

/// Case 3. A slot with dividends due is not removed.
#[test]
fn a_person_with_dividends_due_is_not_removed() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 0, no_fees);
    pool.add_person("p0", |_| {});
    pool.add_person("p1", |_| {});
    pool.add_everybody();
    for slot in 0..3 {
        pool.seed(slot, 1_000 * ONE);
    }
    pool.pay_revenue("p0", 7_000 * ONE);
    pool.world.pass(8 * DAY);
    let mut attack = Attack::by(&["curator"], "remove a person with dividends due");
    let unseed = ix::unseed(&pool.index(), 0, 1_000 * ONE).unwrap();
    let remove = ix::remove_constituent(&pool.index(), 0);
    let got = attack.send(
        &mut pool,
        "take all of it back and remove",
        &[unseed.clone(), remove.clone()],
    );
    refused(got, "DividendsDue");
    let mut all = pool.harvest_ixs(0);
    all.extend([unseed, remove]);
    landed(attack.send(&mut pool, "harvested first", &all));
}

/// L6. Shares of an index are in no constituent's reserve.
#[test]
fn backing_does_not_go_round_in_a_circle() {
    let mut pool = free(1);
    let index = pool.index();
    let mut attack = Attack::by(&["p0"], "take shares of an index into a reserve");
    attack.withstood(&mut pool, |a, pool| {
        let (token, mint) = (pool.token("p0"), index.data.mint);
        for payout in [false, true] {
            let list = token_ix::add_asset(
                &token,
                &pool.payer(),
                &mint,
                &TOKEN_2022_PROGRAM,
                Some(index.key),
                payout,
            );
            refused(a.send(pool, "list them", &[list]), "CircularMint");
        }
    });
}

/// H2. Shares that go through a basket keep the cost with which they came.
#[test]
fn shares_that_go_through_a_basket_keep_their_cost() {
    let mut pool = free(1);
    join_in(&mut pool, "mallory");
    pool.issue("p0", "mallory", 1_000_000 * ONE);
    let costs = |pool: &mut PoolWorld| {
        let index = pool.index;
        let both = [index, key("mallory"), key("bob"), key("carol")];
        both.map(|wallet| pool.holder("p0", &wallet).data.cost)
    };
    let before = costs(&mut pool);
    let mut attack = Attack::by(
        &["p0", "mallory"],
        "take another's cost along through a basket",
    );
    attack.withstood(&mut pool, |a, pool| {
        let (index, mallory) = (pool.index(), key("mallory"));
        let amounts = quote::contribution(&pool.pool(), INDEX_ONE)
            .unwrap()
            .amounts;
        assert!(!amounts.is_empty());
        let open = ix::open_basket(&index.key, &mallory, 1, INDEX_ONE, pool.world.now() + DAY);
        let deposit = ix::deposit(&index, &mallory, 1, vec![(0, 1_000_000 * ONE)]).unwrap();
        let cancel = ix::cancel_basket(&index.key, &mallory, 1, &mallory);
        let back = ix::withdraw_basket(&index, &mallory, 1, vec![0]).unwrap();
        landed(a.send(pool, "in and out", &[open, deposit, cancel, back]));
    });
    assert_eq!(costs(&mut pool), before);
}
