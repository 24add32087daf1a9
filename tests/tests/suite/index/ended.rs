//! An index that holds the shares of a person whose token is wound up: by the executor
//! after their death, or by a poll.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    upside_sdk::{
        Atoms, Shares, TokenError,
        address::{find_claim, find_poll},
        event::IndexEvent,
        index::{IndexError, Side, instruction as ix},
        instruction as token_ix,
        state::{Admission, Answer, Change, ExitArgs, Policy, Poll, TokenStatus, TransferPolicy},
    },
    upside_tests::{
        cases::{
            index::{CASH_SLOT, bid_ix, draft, order, seal_args},
            redeem_args,
        },
        engine::Engine,
        pool::{ACTORS, CASH, INDEX_ONE, LAUNCHED, PoolWorld, seeded, token_of},
        terms::equity_terms,
        world::{DAY, ONE},
    },
};

/// What the reserve of the ended token has.
const RESERVE: u64 = 8_000 * ONE;

/// How a token ends.
type End = fn(&mut PoolWorld);

/// Both ways.
const ENDS: [End; 2] = [by_executor, by_poll];

fn by_executor(pool: &mut PoolWorld) {
    let set = token_ix::set_executor(&pool.token("p0"), &key("executor"));
    pool.send(&set, &["p0"]).succeeded();
    pool.world.pass(366 * DAY);
    let up = token_ix::wind_up_by_executor(&token_of("p0"), &key("executor"));
    pool.send(&up, &["executor"]).succeeded();
}

/// The index's own shares count among the eligible ones, and approve nothing.
fn by_poll(pool: &mut PoolWorld) {
    let (token, payer) = (pool.token("p0"), pool.payer());
    pool.world.pass(1);
    let put = token_ix::put_poll(&token, &payer, &key("p0"), Change::Dissolve, [6; 32]);
    pool.send(&put, &["p0"]).succeeded();
    let number = token.data.poll_seq;
    let at = find_poll(&token.key, number).0;
    for name in ACTORS {
        let open = pool.world.get::<Poll>(&at);
        let approve = token_ix::answer_poll(&open, &key(name), Answer::For);
        pool.send(&approve, &[name]).succeeded();
    }
    pool.world.pass(8 * DAY);
    let open = pool.world.get::<Poll>(&at);
    let apply = token_ix::apply_poll(&open, &key("carol"));
    pool.send(&apply, &["carol"]).succeeded();
}

/// The shares of a token in a wind-down move, whatever its policy says.
#[test]
fn a_closed_token_that_ended_joins_an_index() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 0, |_| {});
    pool.add_person("p0", |args| args.transfer_policy = TransferPolicy::Closed);
    pool.world.engine.fund(key("executor"));
    let payer = pool.payer();
    let add = ix::add_personal(&pool.index(), &payer, &token_of("p0"));
    refused(&mut pool, &add, &["curator"], IndexError::NotTransferable);
    by_executor(&mut pool);
    let IndexEvent::ConstituentAdded(event) = done(&mut pool, &add, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(event.key, token_of("p0"));
}

/// An index of two people and cash; the first has a reserve, and equity on paper.
fn world() -> PoolWorld {
    let mut pool = PoolWorld::seeding(Engine::lite(), 0, |_| {});
    pool.add_person("p0", |args| args.terms.poll_threshold_bps = 6_000);
    pool.add_person("p1", |_| {});
    pool.world.engine.fund(key("executor"));
    pool.add_everybody();
    for slot in 0..2 {
        pool.seed(slot as u8, seeded(slot));
    }
    pool.seed(CASH_SLOT, CASH);
    pool.launch(LAUNCHED);
    let quote = pool.world.quote;
    let give = token_ix::deposit_reserve(&pool.token("p0"), &key("bob"), &quote, Atoms(RESERVE));
    pool.send(&give.unwrap(), &["bob"]).succeeded();
    let declare = token_ix::declare_claim(&pool.token("p0"), &pool.payer(), equity_terms());
    pool.send(&declare, &["p0"]).succeeded();
    pool
}

fn ended(end: End) -> PoolWorld {
    let mut pool = world();
    end(&mut pool);
    let token = pool.token("p0").data;
    assert_eq!(token.status(), Ok(TokenStatus::WindDown));
    pool.harvest_all();
    pool
}

/// Redeems shares of the ended token, and returns what came.
fn redeem_person(pool: &mut PoolWorld, name: &str, shares: u64) -> u64 {
    let before = pool.cash(name);
    let args = redeem_args(shares);
    let redeem = token_ix::redeem(&pool.token("p0"), &key(name), args).unwrap();
    pool.send(&redeem, &[name]).succeeded();
    pool.cash(name) - before
}

/// Their part of the reserve, untaxed.
fn part(pool: &mut PoolWorld, shares: u64) -> u64 {
    let token = pool.token("p0").data;
    let part = u128::from(token.quote().reserve) * u128::from(shares) / u128::from(token.supply);
    part as u64
}

#[test]
fn holders_leave_in_kind_and_redeem_the_person_untaxed() {
    for end in ENDS {
        let mut pool = ended(end);
        let had = pool.has("p0", "curator");
        pool.redeem("curator", 100 * INDEX_ONE);
        let got = pool.has("p0", "curator") - had;
        // A hundred, less the exit fee and up to a year's management fee.
        assert!(got > 97 * ONE && got < 100 * ONE, "{got}");
        let untaxed = part(&mut pool, got);
        assert_eq!(redeem_person(&mut pool, "curator", got), untaxed);
        pool.check_books();
    }
}

#[test]
fn what_waits_in_a_basket_is_withdrawn_by_a_wallet_that_was_closed_out() {
    let mut pool = ended(by_executor);
    let args = pool.redeem_args(100 * INDEX_ONE);
    let owed = ix::redeem_to_basket(&pool.index(), &key("curator"), 0, args);
    done(&mut pool, &owed, &["curator"]);
    let in_basket = pool.basket("curator", 0).data.amount(0).unwrap();
    let has = pool.has("p0", "curator");
    redeem_person(&mut pool, "curator", has);
    // In a wind-down anybody closes an empty account of a wallet, but not the index's.
    let (curator, index) = (key("curator"), pool.index);
    let close = token_ix::close_holder(&pool.holder("p0", &curator), &key("bob"));
    pool.send(&close, &["bob"]).succeeded();
    let custody = token_ix::close_holder(&pool.holder("p0", &index), &key("bob"));
    pool.send(&custody, &["bob"]).refused(TokenError::NotHolder);

    let withdraw = ix::withdraw_basket(&pool.index(), &curator, 0, vec![0, 1, CASH_SLOT]).unwrap();
    pool.send(&withdraw, &[]).named_failure("no holder account");
    let open = token_ix::open_holder(&token_of("p0"), &pool.payer(), &curator, &curator);
    pool.send(&open, &["curator"]).succeeded();
    pool.send(&withdraw, &[]).succeeded();
    assert_eq!(pool.has("p0", "curator"), in_basket);
    let close = ix::close_basket(&pool.index, &curator, 0);
    done(&mut pool, &close, &[]);
    let untaxed = part(&mut pool, in_basket);
    assert_eq!(redeem_person(&mut pool, "curator", in_basket), untaxed);
}

#[test]
fn what_the_executor_sells_reaches_the_index_by_its_harvest() {
    let mut pool = ended(by_executor);
    pool.join("p1");
    let token = pool.token("p0");
    let claim = find_claim(&token.key, 0).0;
    let args = ExitArgs {
        units: 400,
        received: 9_000 * ONE,
    };
    let exit = token_ix::exit_claim(&token, &claim, &key("bob"), None, args);
    let exit = token_ix::by_executor(exit, &token);
    pool.send(&exit, &["executor", "bob"]).succeeded();
    pool.world.pass(8 * DAY);
    let (expected, harvests) = harvests(&pool.pool(), &[0]);
    let cash = |pool: &mut PoolWorld| pool.index().data.constituents[2].counter;
    let before = cash(&mut pool);
    pool.send_all(&harvests, &[]).succeeded();
    let (amount, to_members) = (expected[0].amount.0, expected[0].to_members.0);
    assert!(amount > 0 && to_members > 0, "{expected:?}");
    assert_eq!(cash(&mut pool) - before, amount - to_members);
    pool.check_books();
}

#[test]
fn contributions_go_on_in_kind_while_there_are_shares_to_give() {
    for end in ENDS {
        let mut pool = ended(end);
        let reserve = pool.token("p0").data.quote().reserve;
        let (had, shares) = (pool.has("p0", "bob"), pool.shares("bob"));
        pool.contribute("bob", 10 * INDEX_ONE);
        assert!(pool.has("p0", "bob") < had && pool.shares("bob") > shares);
        // Shares changed hands: no money went into what has ended.
        assert_eq!(pool.token("p0").data.quote().reserve, reserve);
        let new = token_ix::issue(&pool.token("p0"), &key("bob"), Shares(1), Atoms(0));
        pool.send(&new, &["p0"]).refused(TokenError::WoundUp);

        // Who has none left cannot give any, and leaves all the same.
        let has = pool.has("p0", "bob");
        redeem_person(&mut pool, "bob", has);
        let more = pool.contribute_ix("bob", INDEX_ONE);
        pool.send(&more, &["bob"])
            .refused(TokenError::InsufficientShares);
        let all = pool.shares("bob");
        pool.redeem("bob", all);
        assert!(pool.has("p0", "bob") > 0);
        pool.check_books();
    }
}

#[test]
fn the_last_shares_outside_redeem_beside_the_index() {
    let mut pool = ended(by_executor);
    let index = pool.index;
    let held = pool.holder("p0", &index).data.shares;
    for name in ["curator", "bob", "carol", "p0"] {
        let has = pool.has("p0", name);
        let untaxed = part(&mut pool, has);
        assert_eq!(redeem_person(&mut pool, name, has), untaxed);
    }
    // What is left of the reserve is all the index's, to the atom.
    assert_eq!(pool.token("p0").data.supply, held);
    let left = pool.token("p0").data.quote().reserve;
    let all = pool.shares("curator");
    pool.redeem("curator", all);
    let has = pool.has("p0", "curator");
    let untaxed = part(&mut pool, has);
    assert_eq!(redeem_person(&mut pool, "curator", has), untaxed);
    assert!(untaxed > left / 2, "{untaxed} of {left}");
    pool.check_books();
}

#[test]
fn a_member_whose_token_ended_stays_is_paid_and_leaves() {
    for end in ENDS {
        let mut pool = world();
        pool.join("p0");
        end(&mut pool);
        pool.harvest_all();
        pool.pay_revenue("p1", 10_000 * ONE);
        pool.world.pass(8 * DAY);
        pool.harvest_all();
        // The executor manages claims, not what the person has elsewhere.
        let theft = ix::end_membership(&pool.membership("p0"), &key("executor"));
        refused(&mut pool, &theft, &["executor"], IndexError::SlotHeld);
        let had = pool.cash("p0");
        let membership = pool.membership("p0");
        let claim = ix::collect_equal_share(&pool.index(), &membership, CASH_SLOT).unwrap();
        let IndexEvent::EqualShareCollected(event) = done(&mut pool, &claim, &[]) else {
            panic!("another event")
        };
        assert!(event.amount > 0);
        assert_eq!(pool.cash("p0") - had, event.amount);
        pool.end("p0");
        assert_eq!(pool.index().data.members, 0);
        let collect = ix::collect_locked(&pool.index(), &pool.membership("p0"));
        done(&mut pool, &collect, &[]);
        let close = ix::close_membership(&pool.membership("p0"));
        done(&mut pool, &close, &[]);
        pool.open_holder("p1", "p0");
        let shares = pool.shares("p0");
        pool.redeem("p0", shares);
        pool.check_books();
    }
}

#[test]
fn a_rebalance_sells_it_away_and_its_place_is_free() {
    for end in ENDS {
        let mut pool = ended(end);
        let orders = [
            order(&mut pool, 0, Side::Sell, 0),
            order(&mut pool, CASH_SLOT, Side::Buy, 1_000 * ONE),
        ];
        draft(&mut pool, &orders);
        let mut args = seal_args(&mut pool);
        args.by_majority = true;
        let seal = ix::seal_rebalance(&pool.index(), args);
        pool.send(&seal, &["curator"]).succeeded();
        pool.support_by_force(1);
        pool.world.pass(7 * DAY + DAY / 2);
        let all = pool.index().data.constituents[0].counter;
        let (had, cash) = (
            pool.has("p0", "bob"),
            pool.index().data.constituents[2].counter,
        );
        let mut calls = pool.harvest_ixs(0);
        calls.push(bid_ix(&mut pool, "bob", true, all));
        pool.send_all(&calls, &["bob"]).succeeded();
        assert_eq!(pool.has("p0", "bob") - had, all);
        let index = pool.index().data;
        assert_eq!(index.constituents[0].counter, 0);
        assert!(index.constituents[2].counter > cash);
        let remove = ix::remove_constituent(&pool.index(), 0);
        done(&mut pool, &remove, &["curator"]);
        // The index goes on without, and who bought redeems.
        pool.harvest_all();
        pool.contribute("carol", INDEX_ONE);
        let untaxed = part(&mut pool, all);
        assert_eq!(redeem_person(&mut pool, "bob", all), untaxed);
    }
}

/// The owner closes transfers and dies: nobody is left to mark the index as a venue again.
#[test]
fn what_was_stuck_in_a_closed_token_comes_loose_as_it_ends() {
    let mut pool = world();
    let closed = Policy {
        admission: Admission::Approved,
        transfer_policy: TransferPolicy::Closed,
        ..pool.token("p0").data.policy().unwrap()
    };
    let propose = token_ix::propose_policy(&pool.token("p0"), closed);
    pool.send(&propose, &["p0"]).succeeded();
    pool.world.pass(7 * DAY);
    let apply = token_ix::apply_policy(&token_of("p0"), &key("carol"));
    pool.send(&apply, &["carol"]).succeeded();
    pool.harvest_all();

    let args = pool.redeem_args(100 * INDEX_ONE);
    let owed = ix::redeem_to_basket(&pool.index(), &key("curator"), 0, args);
    done(&mut pool, &owed, &["curator"]);
    let withdraw = |pool: &mut PoolWorld, slots: Vec<u8>| {
        let wallet = key("curator");
        let withdraw = ix::withdraw_basket(&pool.index(), &wallet, 0, slots).unwrap();
        pool.send(&withdraw, &[])
    };
    withdraw(&mut pool, vec![1, CASH_SLOT]).succeeded();
    withdraw(&mut pool, vec![0]).refused(TokenError::TransferClosed);
    let give = token_ix::transfer_shares(
        &token_of("p0"),
        &key("bob"),
        &key("carol"),
        Shares(ONE),
        None,
    );
    pool.send(&give, &["bob"])
        .refused(TokenError::TransferClosed);

    by_executor(&mut pool);
    let had = pool.has("p0", "curator");
    withdraw(&mut pool, vec![0]).succeeded();
    let got = pool.has("p0", "curator") - had;
    assert!(got > 98 * ONE, "{got}");
    let untaxed = part(&mut pool, got);
    assert_eq!(redeem_person(&mut pool, "curator", got), untaxed);
    pool.send(&give, &["bob"]).succeeded();
    pool.harvest_all();
    pool.redeem("curator", INDEX_ONE);
    pool.check_books();
}
