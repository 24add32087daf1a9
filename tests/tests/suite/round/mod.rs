//! Rounds: terms, contributions, leaving, closing, claiming, refunding, settling.

mod ends;

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, TokenError,
        address::{find_holder, find_round},
        instruction as ix, quote,
        state::{ContributeArgs, RoundStatus, RoundTerms, StageTerms},
    },
    upside_tests::{
        cases::{escrowed, failed, succeeded},
        people::person,
        terms::{escrow_terms, round_terms},
        world::{DAY, NEVER, ONE, START, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn refused_round(change: impl FnOnce(&mut RoundTerms)) {
    let mut world = World::new();
    let mut terms = escrow_terms();
    change(&mut terms);
    let open = ix::open_round(&world.token(), &world.payer.pubkey(), terms);
    world
        .send(&open, &[&person("founder")])
        .refused(TokenError::InvalidRound);
    assert_eq!(world.token().data.offered, 0);
}

#[test]
fn impossible_terms_are_refused_at_the_opening() {
    refused_round(|terms| terms.min_raise = 30_000 * ONE + 1);
    refused_round(|terms| terms.stages[0].price = 0);
    refused_round(|terms| terms.stages = [StageTerms::default(); 4]);
    refused_round(|terms| {
        terms.stages[3] = StageTerms {
            shares: 1,
            price: 1,
        }
    });
    refused_round(|terms| {
        terms.stages[2] = StageTerms {
            shares: 0,
            price: 1,
        }
    });
    refused_round(|terms| terms.stages[0].shares = u64::MAX);
    refused_round(|terms| terms.min_contribution = 0);
    // 0.20 a share: one atom of payment buys 5 share atoms, at 2,000,000 a share none.
    refused_round(|terms| {
        terms.min_contribution = 1;
        terms.stages[1].price = 2_000_000;
    });
    refused_round(|terms| terms.min_contribution = 40_000 * ONE);
    refused_round(|terms| terms.backer_cap = ONE - 1);
    refused_round(|terms| terms.reserve_bps = 10_001);
}

#[test]
fn rounds_reserve_their_shares_under_the_cap() {
    let mut world = World::with(|args| {
        args.terms.supply_cap = 250_000 * ONE;
        args.terms.launch_shares = 250_000 * ONE;
    });
    world.open_round(round_terms());
    let payer = world.payer.pubkey();
    let founder = person("founder");
    let second = ix::open_round(&world.token(), &payer, round_terms());
    world
        .send(&second, &[&founder])
        .refused(TokenError::SupplyCapExceeded);
    world.open_holder("bob");
    let issue = ix::issue(
        &world.token(),
        &key("bob"),
        upside_sdk::Shares(50_000 * ONE + 1),
        Atoms(0),
    );
    world
        .send(&issue, &[&founder])
        .refused(TokenError::SupplyCapExceeded);
    // The owner may close a round early that sells at once: the shares are free again.
    let round = find_round(&world.token, 0).0;
    let early = ix::close_round(&world.token(), &round, &key("bob"));
    world
        .send(&early, &[&person("bob")])
        .refused(TokenError::RoundNotOver);
    let close = ix::close_round(&world.token(), &round, &founder.pubkey());
    world.send(&close, &[&founder]).ok();
    assert_eq!(world.token().data.offered, 0);
    world
        .send(&close, &[&founder])
        .refused(TokenError::RoundAlreadyClosed);
}

#[test]
fn a_contribution_buys_what_the_quote_says_across_stages() {
    let mut world = World::new();
    world.open_round(round_terms());
    let payment = 15_000 * ONE + 1;
    let purchase = quote::contribution(&world.round(0).data, Atoms(payment)).unwrap();
    let (cash, owner) = (world.cash("bob"), world.cash("founder"));
    world.contribute(0, "bob", payment);
    assert_eq!(world.holder("bob").data.shares, purchase.shares.0);
    assert_eq!(purchase.shares.0, 100_000 * ONE + 25_000 * ONE + 5);
    let paid = cash - world.cash("bob");
    assert_eq!(paid, purchase.charge.0);
    let reserve = world.token().data.quote().reserve;
    assert_eq!((paid, reserve), (15_000 * ONE + 1, 4_500 * ONE + 1));
    assert_eq!(world.cash("founder") - owner, paid - reserve);
    assert_eq!(
        world.token().data.last_price,
        0,
        "only what a closed round cost"
    );
    let close = ix::close_round(
        &world.token(),
        &find_round(&world.token, 0).0,
        &key("founder"),
    );
    world.send(&close, &[&person("founder")]).ok();
    let average = u128::from(paid) * u128::from(ONE) / u128::from(purchase.shares.0);
    assert_eq!(u128::from(world.token().data.last_price), average);
    world.check_books(&["founder", "bob"]);
}

#[test]
fn contributions_are_refused_for_their_reasons() {
    let mut world = World::new();
    // One that escrows opens alone, so it was closed before.
    world.open_round(escrow_terms());
    let cancel = ix::cancel_round(&world.token(), &find_round(&world.token, 0).0);
    world.send(&cancel, &[&person("founder")]).ok();
    world.open_round(RoundTerms {
        backer_cap: 6_000 * ONE,
        ..round_terms()
    });
    world.open_holder("bob");
    let bob = person("bob");
    let (token, round) = (world.token(), world.round(1));
    let now = world.now();
    let with = |args| ix::contribute(&token, &round, &bob.pubkey(), None, args);
    let args = |payment| ContributeArgs {
        max_payment: payment,
        max_supply: u64::MAX,
        terms_version: 0,
        min_shares: 0,
        deadline: NEVER,
    };

    world
        .send(&with(args(0)), &[&bob])
        .refused(TokenError::ZeroAmount);
    world
        .send(&with(args(ONE - 1)), &[&bob])
        .refused(TokenError::ContributionTooSmall);
    world
        .send(&with(args(6_001 * ONE)), &[&bob])
        .refused(TokenError::BackerCapExceeded);
    let late = ContributeArgs {
        deadline: now - 1,
        ..args(ONE)
    };
    world
        .send(&with(late), &[&bob])
        .refused(TokenError::DeadlinePassed);
    let greedy = ContributeArgs {
        min_shares: 10 * ONE + 1,
        ..args(ONE)
    };
    world
        .send(&with(greedy), &[&bob])
        .refused(TokenError::Slippage);
    let mut bare = with(args(ONE));
    bare.accounts[5].pubkey = upside_sdk::state::PROGRAM_ID;
    bare.accounts[5].is_writable = false;
    world
        .send(&bare, &[&bob])
        .refused(TokenError::ContributionRequired);
    // The wrong kind of instruction for the round, both ways.
    let escrow = world.round(0);
    let mut wrong = ix::contribute(&token, &escrow, &bob.pubkey(), None, args(ONE));
    wrong.accounts[3].pubkey = round.key;
    world
        .send(&wrong, &[&bob])
        .refused(TokenError::RoundDoesNotEscrow);
    let mut wrong = with(args(ONE));
    wrong.accounts[3].pubkey = escrow.key;
    world
        .send(&wrong, &[&bob])
        .refused(TokenError::RoundEscrows);

    world.contribute(1, "bob", 6_000 * ONE);
    world
        .send(&with(args(ONE)), &[&bob])
        .refused(TokenError::BackerCapExceeded);
    let founder = person("founder");
    let own = ix::contribute(&token, &round, &founder.pubkey(), None, args(ONE));
    world
        .send(&own, &[&founder])
        .refused(TokenError::OwnerCannotContribute);
    world.pass(10 * DAY);
    world
        .send(&with(args(ONE)), &[&bob])
        .refused(TokenError::RoundNotOpen);
}

#[test]
fn a_round_before_its_opening_takes_nothing() {
    let mut world = World::new();
    world.open_round(RoundTerms {
        opens_at: START + DAY,
        ..round_terms()
    });
    world.open_holder("bob");
    let early = world.contribute_ix(0, "bob", 5 * ONE);
    world
        .send(&early, &[&person("bob")])
        .refused(TokenError::RoundNotOpen);
    world.pass(DAY);
    world.contribute(0, "bob", 5 * ONE);
}

#[test]
fn a_sold_out_round_says_so_and_can_be_closed() {
    let mut world = World::new();
    world.open_round(round_terms());
    world.contribute(0, "bob", 31_000 * ONE);
    assert_eq!(world.holder("bob").data.shares, 200_000 * ONE);
    let more = world.contribute_ix(0, "bob", ONE);
    world
        .send(&more, &[&person("bob")])
        .refused(TokenError::RoundSoldOut);
    let round = find_round(&world.token, 0).0;
    let close = ix::close_round(&world.token(), &round, &key("mallory"));
    world.send(&close, &[&person("mallory")]).ok();
}

#[test]
fn a_contribution_that_buys_no_share_is_refused() {
    // At the dearest price allowed by the minimum the last atom may buy nothing.
    let mut world = World::new();
    let mut terms = round_terms();
    terms.stages[0] = StageTerms {
        shares: 2,
        price: 1,
    };
    terms.stages[1] = StageTerms {
        shares: 5 * ONE,
        price: 3_000_000 * ONE,
    };
    terms.min_contribution = 3 * ONE;
    world.open_round(terms);
    world.contribute(0, "bob", 3 * ONE);
    assert!(world.holder("bob").data.shares > 0);
    // Somebody's payment that is above the minimum always buys.
    let round = world.round(0);
    assert_eq!(
        upside_sdk::error::SdkError::from(TokenError::AmountTooSmall).to_string(),
        quote::contribution(&round.data, Atoms(1))
            .unwrap_err()
            .to_string()
    );
}

#[test]
fn a_round_by_approval_needs_the_signature() {
    let mut world = World::new();
    world.open_round(RoundTerms {
        by_approval: true,
        ..round_terms()
    });
    world.open_holder("bob");
    let alone = world.contribute_ix(0, "bob", 5 * ONE);
    world
        .send(&alone, &[&person("bob")])
        .refused(TokenError::RoundNeedsApproval);
    let args = ContributeArgs {
        max_payment: 5 * ONE,
        max_supply: u64::MAX,
        terms_version: 0,
        min_shares: 0,
        deadline: NEVER,
    };
    let (token, round) = (world.token(), world.round(0));
    let stranger = ix::contribute(&token, &round, &key("bob"), Some(&key("mallory")), args);
    world
        .send(&stranger, &[&person("bob"), &person("mallory")])
        .refused(TokenError::RoundNeedsApproval);
    let approved = ix::contribute(&token, &round, &key("bob"), Some(&key("founder")), args);
    world
        .send(&approved, &[&person("bob"), &person("founder")])
        .ok();
}

#[test]
fn backers_leave_until_the_close_and_free_their_own_stages() {
    let mut world = escrowed();
    let cash = world.cash("bob");
    let contribution = world.contribution(0, "bob");
    assert_eq!(
        contribution.data.by_stage[..2],
        [100_000 * ONE, 10_000 * ONE]
    );
    let leave = ix::leave_round(&world.token(), &contribution);
    world.send(&leave, &[&person("bob")]).ok();
    assert_eq!(world.cash("bob") - cash, 12_000 * ONE);
    assert_eq!(world.round(0).data.sold[..2], [0, 15_000 * ONE]);
    world
        .send(&leave, &[&person("bob")])
        .named_failure("leaving twice");
    world.contribute(0, "bob", 12_000 * ONE);
    world.pass(10 * DAY);
    let contribution = world.contribution(0, "bob");
    let leave = ix::leave_round(&world.token(), &contribution);
    world
        .send(&leave, &[&person("bob")])
        .refused(TokenError::RoundNotOpen);
    let refund = ix::refund_contribution(&world.token(), &contribution);
    world.send(&refund, &[]).refused(TokenError::RoundNotFailed);
}

#[test]
fn success_is_claimed_settled_once_and_never_refunded() {
    let mut world = succeeded();
    assert_eq!(
        world.round(0).data.status().unwrap(),
        RoundStatus::Succeeded
    );
    let token = world.token().data;
    assert_eq!((token.offered, token.supply), (0, 925_000 * ONE));
    let contribution = world.contribution(0, "bob");
    let refund = ix::refund_contribution(&world.token(), &contribution);
    world.send(&refund, &[]).refused(TokenError::RoundNotFailed);
    let leave = ix::leave_round(&world.token(), &contribution);
    world
        .send(&leave, &[&person("bob")])
        .refused(TokenError::RoundNotOpen);

    let claim = ix::collect_contribution(&world.token, &contribution);
    world.send(&claim, &[]).ok();
    assert_eq!(world.holder("bob").data.shares, 110_000 * ONE);
    assert_eq!(world.holder("bob").data.cost, 12_000 * ONE);
    world.send(&claim, &[]).named_failure("claiming twice");
    world.check_books(&["founder", "bob", "carol"]);

    let round = find_round(&world.token, 0).0;
    let settle = ix::settle_round(&world.token(), &round);
    let owner = world.cash("founder");
    world.send(&settle, &[]).ok();
    assert_eq!(world.cash("founder") - owner, 10_500 * ONE);
    let quote = *world.token().data.quote();
    assert_eq!((quote.reserve, quote.escrow), (4_500 * ONE, 0));
    world
        .send(&settle, &[])
        .refused(TokenError::RoundAlreadySettled);
    let carol = world.contribution(0, "carol");
    let claim = ix::collect_contribution(&world.token, &carol);
    world.send(&claim, &[]).ok();
    assert_eq!(world.round(0).data.uncollected, 0);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn failure_is_refunded_and_never_claimed_or_settled() {
    let mut world = failed();
    let contribution = world.contribution(0, "bob");
    let claim = ix::collect_contribution(&world.token, &contribution);
    world
        .send(&claim, &[])
        .refused(TokenError::RoundNotSucceeded);
    let round = find_round(&world.token, 0).0;
    let settle = ix::settle_round(&world.token(), &round);
    world
        .send(&settle, &[])
        .refused(TokenError::RoundNotSucceeded);
    let cash = world.cash("bob");
    let refund = ix::refund_contribution(&world.token(), &contribution);
    world.send(&refund, &[]).ok();
    assert_eq!(world.cash("bob") - cash, 12_000 * ONE);
    world.send(&refund, &[]).named_failure("refunding twice");
    assert_eq!((world.token().data.quote().escrow, world.vault()), (0, 0));
    world.check_books(&["founder", "bob"]);
}

#[test]
fn a_round_that_is_not_over_stays_open() {
    let mut world = escrowed();
    let round = find_round(&world.token, 0).0;
    for closer in ["founder", "mallory"] {
        let close = ix::close_round(&world.token(), &round, &key(closer));
        world
            .send(&close, &[&person(closer)])
            .refused(TokenError::RoundNotOver);
    }
    let settle = ix::settle_round(&world.token(), &round);
    world
        .send(&settle, &[])
        .refused(TokenError::RoundNotSucceeded);
}

#[test]
fn a_contribution_cannot_be_claimed_into_another_holder() {
    let mut world = succeeded();
    let contribution = world.contribution(0, "bob");
    let mut theft = ix::collect_contribution(&world.token, &contribution);
    theft.accounts[3].pubkey = find_holder(&world.token, &key("carol")).0;
    world.send(&theft, &[]).refused(TokenError::NotHolder);
}
