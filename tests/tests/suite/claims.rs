//! Claims, the waterfall, revenue, dividends.

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, TokenError,
        address::TOKEN_PROGRAM,
        instruction as ix, quote,
        state::{ClaimStatus, ClaimTerms, ExitArgs},
    },
    upside_tests::{
        catalogue::{streaming, with_equity, with_paper},
        people::person,
        terms::{equity_terms, revenue_terms, tokenized_terms},
        world::{DAY, ONE, START, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn refused_claim(terms: ClaimTerms, expected: TokenError) {
    let mut world = World::new();
    let declare = ix::declare_claim(&world.token(), &world.payer.pubkey(), terms);
    world
        .send(&declare, &[&person("founder")])
        .refused(expected);
    assert_eq!(world.token().data.claims, 0);
}

fn revenue(
    change: impl FnOnce(&mut u16, &mut u64, &mut i64, &mut Pubkey, &mut String),
) -> ClaimTerms {
    let mut terms = revenue_terms(person("quote mint").pubkey());
    if let ClaimTerms::RevenueShare {
        share_bps,
        total,
        ends_at,
        payer,
        name,
        ..
    } = &mut terms
    {
        change(share_bps, total, ends_at, payer, name);
    }
    terms
}

#[test]
fn claims_need_their_fields() {
    refused_claim(
        revenue(|bps, _, _, _, _| *bps = 0),
        TokenError::InvalidClaim,
    );
    refused_claim(
        revenue(|bps, _, _, _, _| *bps = 10_001),
        TokenError::InvalidClaim,
    );
    refused_claim(
        revenue(|_, total, _, _, _| *total = 0),
        TokenError::InvalidClaim,
    );
    refused_claim(
        revenue(|_, _, ends, _, _| *ends = START),
        TokenError::InvalidClaim,
    );
    refused_claim(
        revenue(|_, _, _, payer, _| *payer = Pubkey::default()),
        TokenError::InvalidClaim,
    );
    refused_claim(
        revenue(|_, _, _, _, name| *name = "x".repeat(65)),
        TokenError::InvalidText,
    );
    refused_claim(
        revenue(|_, _, _, _, name| *name = "a\u{7}".into()),
        TokenError::InvalidText,
    );
    refused_claim(
        revenue_terms(key("another mint")),
        TokenError::AssetNotListed,
    );
    let mut paper = equity_terms();
    if let ClaimTerms::Equity { units, .. } = &mut paper {
        *units = 0;
    }
    refused_claim(paper, TokenError::InvalidClaim);
    let mut world = World::new();
    let mint = world.list("another mint", false);
    let declare = ix::declare_claim(&world.token(), &world.payer.pubkey(), revenue_terms(mint));
    world
        .send(&declare, &[&person("founder")])
        .refused(TokenError::NotAPayoutMint);
}

fn exit(world: &mut World, units: u64, proceeds: u64) -> solana_program::instruction::Instruction {
    let claim = world.claim(0).key;
    ix::exit_claim(
        &world.token(),
        &claim,
        &key("carol"),
        ExitArgs { units, proceeds },
    )
}

#[test]
fn an_exit_above_the_floor_goes_to_holders() {
    let mut world = World::with(|args| {
        args.terms.floor = 500 * ONE;
        args.terms.reserve_bps = 2_000;
    });
    world.issue("bob", 100 * ONE);
    world.declare(equity_terms());
    let (founder, carol) = (person("founder"), person("carol"));
    // 400 of 1,000 units cost 400; 2,000 come: 1,600 of result, 1,100 above the floor.
    let claim = world.claim(0);
    let quoted = quote::exit_of(&world.token().data, &claim, 400, Atoms(2_000 * ONE)).unwrap();
    let sell = exit(&mut world, 400, 2_000 * ONE);
    let owner = world.cash("founder");
    world.send(&sell, &[&founder, &carol]).ok();
    assert_eq!(world.cash("founder") - owner, 900 * ONE);
    assert_eq!(
        (quoted.to_owner.0, quoted.to_reserve.0, quoted.to_stream.0),
        (900 * ONE, 220 * ONE, 880 * ONE)
    );
    let token = world.token().data;
    assert_eq!(
        (token.quote().reserve, token.quote().payouts),
        (220 * ONE, 880 * ONE)
    );
    assert_eq!(token.result.signed(), 1_600 * i128::from(ONE));
    // A loss lowers the cumulative result: nothing for holders from the next gain below it.
    let lose = exit(&mut world, 300, ONE);
    world.send(&lose, &[&founder, &carol]).ok();
    assert_eq!(world.token().data.result.signed(), 1_301 * i128::from(ONE));
    let claim = world.claim(0).data;
    assert_eq!((claim.held().unwrap(), claim.cost), (300, 300 * ONE));
    let more = exit(&mut world, 301, ONE);
    world
        .send(&more, &[&founder, &carol])
        .refused(TokenError::UnitsExceedHeld);
    let rest = exit(&mut world, 300, 300 * ONE);
    world.send(&rest, &[&founder, &carol]).ok();
    assert_eq!(world.claim(0).data.status().unwrap(), ClaimStatus::Closed);
    assert_eq!(world.claim(0).data.cost, 0);
    world
        .send(&rest, &[&founder, &carol])
        .refused(TokenError::ClaimNotOpen);
    world.check_books(&["founder", "bob"]);
}

#[test]
fn the_owner_reports_an_exit_from_their_own_account() {
    let mut world = with_paper();
    let claim = world.claim(0).key;
    let args = ExitArgs {
        units: 1_000,
        proceeds: 5_000 * ONE,
    };
    let founder = person("founder");
    let sell = ix::exit_claim(&world.token(), &claim, &founder.pubkey(), args);
    let before = world.cash("founder");
    world.send(&sell, &[&founder]).ok();
    assert_eq!(
        before - world.cash("founder"),
        4_000 * ONE,
        "only the holders' part leaves"
    );
    assert_eq!(world.vault(), 4_000 * ONE);
}

#[test]
fn exits_refuse_nothing_and_the_wrong_kind() {
    let mut world = with_paper();
    let keys = [&person("founder"), &person("carol")];
    for (units, proceeds) in [(0, ONE), (1, 0)] {
        let none = exit(&mut world, units, proceeds);
        world.send(&none, &keys).refused(TokenError::ZeroAmount);
    }
    let number = world.declare(revenue_terms(world.quote));
    let wrong = ix::exit_claim(
        &world.token(),
        &upside_sdk::address::find_claim(&world.token, number).0,
        &key("carol"),
        ExitArgs {
            units: 1,
            proceeds: 1,
        },
    );
    world
        .send(&wrong, &keys)
        .refused(TokenError::WrongClaimKind);
    let (token, claim) = (world.token(), world.claim(0));
    let mut paid = world.claim(number);
    paid.key = claim.key;
    let wrong = ix::pay_revenue(&token, &paid, &key("carol"), Atoms(ONE)).unwrap();
    world
        .send(&wrong, &[&person("carol")])
        .refused(TokenError::WrongClaimKind);
}

#[test]
fn tokenized_equity_is_sold_against_payment_and_not_below_cost() {
    let mut world = with_equity();
    let keys = [&person("founder"), &person("carol")];
    let sell = |world: &mut World, units, proceeds| {
        let (token, claim) = (world.token(), world.claim(0));
        let args = ExitArgs { units, proceeds };
        let sale = ix::Sale {
            buyer: key("carol"),
            token_program: TOKEN_PROGRAM,
            args,
        };
        ix::sell_equity(&token, &claim, &sale)
    };
    let cheap = sell(&mut world, 400 * ONE, 200 * ONE - 1);
    world
        .send(&cheap, &keys)
        .refused(TokenError::ProceedsBelowCost);
    let mint = world.claim(0).data.mint;
    let account = upside_sdk::address::find_associated(&key("carol"), &mint, &TOKEN_PROGRAM).0;
    let before = world.balance(&account);
    let fair = sell(&mut world, 400 * ONE, 200 * ONE);
    world.send(&fair, &keys).ok();
    assert_eq!(world.balance(&account) - before, 400 * ONE);
    let more = sell(&mut world, 601 * ONE, 900 * ONE);
    world
        .send(&more, &keys)
        .refused(TokenError::UnitsExceedHeld);
    let release = ix::release_equity(&world.token(), &world_claim(&mut world), 600 * ONE).unwrap();
    world.send(&release, &[&person("founder")]).ok();
    assert_eq!(world.token().data.assets[1].reserve, 600 * ONE);
    assert_eq!(world.claim(0).data.status().unwrap(), ClaimStatus::Closed);
    world.check_books(&["founder", "bob"]);
}

fn world_claim(world: &mut World) -> upside_sdk::state::Account<upside_sdk::state::Claim> {
    world.claim(0)
}

#[test]
fn a_claim_takes_one_mint_and_never_the_tokens_own() {
    let mut world = with_equity();
    let founder = person("founder");
    let other = world.list("another mint", false);
    let claim = world.claim(0).key;
    let deposit = |world: &mut World, mint: &Pubkey, units| {
        ix::deposit_equity(
            &world.token(),
            &claim,
            mint,
            &TOKEN_PROGRAM,
            units,
            Atoms(1),
        )
    };
    let wrong = deposit(&mut world, &other, ONE);
    world
        .send(&wrong, &[&founder])
        .refused(TokenError::WrongMint);
    let mint = world.claim(0).data.mint;
    let zero = deposit(&mut world, &mint, 0);
    world
        .send(&zero, &[&founder])
        .refused(TokenError::ZeroAmount);
    let share_mint = world.token().data.mint;
    let program = upside_sdk::address::TOKEN_2022_PROGRAM;
    world.declare(tokenized_terms());
    let claim = world.claim(1).key;
    let own = ix::deposit_equity(&world.token(), &claim, &share_mint, &program, 1, Atoms(1));
    world
        .send(&own, &[&founder])
        .refused(TokenError::UnsupportedMint);
}

#[test]
fn revenue_stops_at_its_total_and_its_end() {
    let mut world = World::new();
    world.issue("bob", ONE);
    let number = world.pay_revenue(999_999 * ONE);
    let (token, claim) = (world.token(), world.claim(number));
    let pay = |amount| ix::pay_revenue(&token, &claim, &key("carol"), Atoms(amount)).unwrap();
    let carol = person("carol");
    world
        .send(&pay(0), &[&carol])
        .refused(TokenError::ZeroAmount);
    world
        .send(&pay(ONE + 1), &[&carol])
        .refused(TokenError::RevenueCapExceeded);
    world.send(&pay(ONE), &[&carol]).ok();
    assert_eq!(
        world.claim(number).data.status().unwrap(),
        ClaimStatus::Closed
    );
    world
        .send(&pay(1), &[&carol])
        .refused(TokenError::ClaimNotOpen);
    let second = world.declare(revenue_terms(world.quote));
    world.pass(3_650 * DAY);
    let claim = world.claim(second);
    let late = ix::pay_revenue(&world.token(), &claim, &key("carol"), Atoms(1)).unwrap();
    world.send(&late, &[&carol]).refused(TokenError::ClaimEnded);
}

#[test]
fn dividends_stream_and_equal_their_quote() {
    let mut world = streaming();
    let (token, holder) = (world.token().data, world.holder("bob").data);
    let quoted = quote::dividend(&token, &holder, 0, world.now()).unwrap();
    assert_eq!(quoted.claimable.0, 300 * ONE);
    let cash = world.cash("bob");
    let mint = world.quote;
    let claim = ix::claim_dividend(&world.token(), &key("bob"), &mint).unwrap();
    world.send(&claim, &[&person("bob")]).ok();
    assert_eq!(world.cash("bob") - cash, 300 * ONE);
    world
        .send(&claim, &[&person("bob")])
        .refused(TokenError::NothingToClaim);
    world.pass(30 * DAY);
    for name in ["bob", "carol"] {
        let claim = ix::claim_dividend(&world.token(), &key(name), &mint).unwrap();
        world.send(&claim, &[&person(name)]).ok();
    }
    assert_eq!((world.vault(), world.token().data.quote().payouts), (0, 0));
}

#[test]
fn a_mint_without_stream_has_no_dividends() {
    let mut world = streaming();
    let mint = world.list("another mint", false);
    let claim = ix::claim_dividend(&world.token(), &key("bob"), &mint).unwrap();
    world
        .send(&claim, &[&person("bob")])
        .refused(TokenError::NotAPayoutMint);
}
