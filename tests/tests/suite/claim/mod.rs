//! Claims, the waterfall, revenue, dividends.

mod custody;

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, TokenError,
        address::TOKEN_PROGRAM,
        event::TokenEvent,
        instruction as ix, quote,
        state::{ClaimStatus, ClaimTerms, CreateTokenArgs, ExitArgs, RoundTerms},
    },
    upside_tests::{
        cases::{streaming, with_attester, with_equity, with_paper},
        people::person,
        terms::{equity_terms, escrow_terms, revenue_terms, round_terms, tokenized_terms},
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

/// While no share exists, what is for holders is the owner's endowment, and the events say so.
#[test]
fn while_no_share_exists_the_endowment_gets_what_is_for_holders() {
    let mut world = World::new();
    world.declare(equity_terms());
    let claim = world.declare(revenue_terms(world.quote));
    let quoted = world.token().data.for_holders(100 * ONE).unwrap();
    assert_eq!((quoted.to_reserve, quoted.to_stream), (0, 0));
    assert_eq!(quoted.to_endowment, 100 * ONE);
    let pay = ix::pay_revenue(
        &world.token(),
        &world.claim(claim),
        &key("bob"),
        Atoms(100 * ONE),
    );
    let events = world.send(&pay.unwrap(), &[&person("bob")]).ok();
    let TokenEvent::RevenuePaid(paid) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((paid.to_reserve, paid.to_stream), (0, 0));
    assert_eq!((paid.amount, paid.to_endowment), (100 * ONE, 100 * ONE));

    let args = ExitArgs {
        units: 1_000,
        received: 500 * ONE,
    };
    let evidence = world.evidence(0);
    let (token, equity) = (world.token().data, world.claim(0));
    let quoted = quote::exit_of(&token, &equity, &evidence, 1_000, Atoms(500 * ONE)).unwrap();
    let exit = world.exit_ix(0, "bob", args);
    let both = [&person("founder"), &person("bob")];
    let events = world.send(&exit, &both).ok();
    let TokenEvent::ClaimExited(exited) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((exited.to_reserve, exited.to_stream), (0, 0));
    assert_eq!(exited.to_owner + exited.to_endowment, 500 * ONE);
    assert!(exited.to_endowment > 0);
    assert_eq!(quoted.to_endowment.0, exited.to_endowment);
    assert_eq!(quoted.to_owner.0, exited.to_owner);
    let quote = *world.token().data.quote();
    let endowed = 100 * ONE + exited.to_endowment;
    assert_eq!((quote.reserve, quote.endowment), (0, endowed));
    // With the first share it is the reserve's again.
    world.issue("bob", ONE);
    world.pay_more(claim, 10 * ONE);
    let quote = *world.token().data.quote();
    assert!(quote.reserve > 0 && quote.endowment == endowed);
    world.check_books(&["founder", "bob"]);
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
    // Milliseconds by mistake, and the end of time.
    for date in [START * 1_000, i64::MAX] {
        refused_claim(
            revenue(|_, _, ends, _, _| *ends = date),
            TokenError::DateTooFar,
        );
    }
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
    let mut fine = equity_terms();
    if let ClaimTerms::Equity { decimals, .. } = &mut fine {
        *decimals = 10;
    }
    refused_claim(fine, TokenError::InvalidClaim);
    let mut world = World::new();
    let mint = world.list("another mint", false);
    let declare = ix::declare_claim(&world.token(), &world.payer.pubkey(), revenue_terms(mint));
    world
        .send(&declare, &[&person("founder")])
        .refused(TokenError::NotAPayoutMint);
}

fn exit(world: &mut World, units: u64, proceeds: u64) -> solana_program::instruction::Instruction {
    world.exit_ix(
        0,
        "carol",
        ExitArgs {
            units,
            received: proceeds,
        },
    )
}

/// A world whose equity, declared before the first round, cost 1,000: the round published it.
fn published(change: impl FnOnce(&mut CreateTokenArgs)) -> World {
    let mut world = World::with(change);
    world.declare(equity_terms());
    sell_a_round(&mut world, "bob", 1_000 * ONE);
    world
}

/// A round that sells at once, to one backer, and closes.
fn sell_a_round(world: &mut World, backer: &str, payment: u64) {
    let terms = RoundTerms {
        reserve_bps: 0,
        opens_at: world.now() - DAY,
        closes_at: world.now() + 10 * DAY,
        ..round_terms()
    };
    let round = world.open_round(terms);
    world.contribute(round, backer, payment);
    let close = ix::close_round(&world.token(), &world.round(round).key, &key("founder"));
    world.send(&close, &[&person("founder")]).ok();
}

/// The cost that counts against holders, of all units of the first claim.
fn counted(world: &mut World) -> u64 {
    let evidence = world.evidence(0);
    evidence.cost_that_counts(&world.claim(0).data, &world.token().data)
}

#[test]
fn an_exit_above_the_floor_goes_to_holders() {
    let mut world = published(|args| {
        args.terms.floor = 500 * ONE;
        args.terms.reserve_bps = 2_000;
    });
    let (founder, carol) = (person("founder"), person("carol"));
    // 400 of 1,000 units cost 400; 2,000 come: 1,600 of result, 1,100 above the floor.
    let (claim, said) = (world.claim(0), world.evidence(0));
    let token = world.token().data;
    let quoted = quote::exit_of(&token, &claim, &said, 400, Atoms(2_000 * ONE)).unwrap();
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
    let claim = world.claim(0).data;
    assert_eq!(claim.status().unwrap(), ClaimStatus::Closed);
    assert_eq!((claim.cost, claim.published, claim.value), (0, 0, 0));
    world
        .send(&rest, &[&founder, &carol])
        .refused(TokenError::ClaimNotOpen);
    world.check_books(&["founder", "bob"]);
}

#[test]
fn what_the_owner_says_of_a_cost_counts_for_nothing() {
    let mut world = with_paper();
    assert_eq!(counted(&mut world), 0);
    let sell = exit(&mut world, 1_000, 5_000 * ONE);
    let owner = world.cash("founder");
    world
        .send(&sell, &[&person("founder"), &person("carol")])
        .ok();
    assert_eq!(world.cash("founder"), owner);
    assert_eq!(world.vault(), 5_000 * ONE);
}

#[test]
fn a_cost_is_published_by_the_first_round_that_settles() {
    let mut world = World::new();
    world.issue("founder", 5 * ONE);
    world.declare(equity_terms());
    assert_eq!(counted(&mut world), 0);
    // A round that sells nothing publishes nothing.
    let round = world.open_round(round_terms());
    world.declare(equity_terms());
    let close = |world: &mut World, round| {
        let close = ix::close_round(&world.token(), &world.round(round).key, &key("founder"));
        world.send(&close, &[&person("founder")]).ok();
    };
    close(&mut world, round);
    assert_eq!(world.token().data.first_round, 0);
    let round = world.open_round(round_terms());
    assert_eq!(world.round(round).data.alone, 1);
    world.contribute(round, "bob", 100 * ONE);
    assert_eq!(counted(&mut world), 0, "it has not settled");
    let late = world.declare(equity_terms());
    close(&mut world, round);
    assert_eq!(world.token().data.first_round, 2);
    assert_eq!(counted(&mut world), 1_000 * ONE);
    let token = world.token().data;
    assert_eq!(world.claim(1).data.published_cost(&token), 1_000 * ONE);
    // What was declared while it was open, or later, or before a later round, is not.
    let after = world.declare(equity_terms());
    sell_a_round(&mut world, "carol", 100 * ONE);
    let token = world.token().data;
    assert_eq!(token.first_round, 2);
    for number in [late, after] {
        assert_eq!(world.claim(number).data.published_cost(&token), 0);
    }
}

#[test]
fn an_escrow_round_publishes_costs_when_it_succeeds() {
    for (payment, published) in [(2_000 * ONE, 0), (12_000 * ONE, 1_000 * ONE)] {
        let mut world = World::new();
        world.declare(equity_terms());
        let round = world.open_round(escrow_terms());
        world.contribute(round, "bob", payment);
        world.pass(11 * DAY);
        let close = ix::close_round(&world.token(), &world.round(round).key, &key("bob"));
        world.send(&close, &[&person("bob")]).ok();
        assert_eq!(counted(&mut world), published);
    }
}

#[test]
fn an_attested_cost_counts_after_a_notice_and_while_it_is_fresh() {
    let mut world = with_attester();
    let notice = 7 * DAY;
    world.attest(0, "ann", 5_000 * ONE, 600 * ONE);
    assert_eq!(counted(&mut world), 0);
    world.pass(notice - 1);
    assert_eq!(counted(&mut world), 0);
    world.pass(1);
    assert_eq!(counted(&mut world), 600 * ONE);
    // A lower one counts at once, a higher one after a notice.
    world.attest(0, "ann", 5_000 * ONE, 500 * ONE);
    assert_eq!(counted(&mut world), 500 * ONE);
    world.pass(DAY);
    world.attest(0, "ann", 5_000 * ONE, 900 * ONE);
    assert_eq!(counted(&mut world), 0);
    world.pass(notice);
    assert_eq!(counted(&mut world), 900 * ONE);
    // Never more than the owner says it was.
    world.attest(0, "ann", 5_000 * ONE, 9_000 * ONE);
    world.pass(notice);
    assert_eq!(counted(&mut world), 1_000 * ONE);
    // Of an exit in part what the rest cost; and a form that changed is another claim.
    let some = exit(&mut world, 250, 9_000 * ONE);
    let keys = [&person("founder"), &person("carol")];
    let events = world.send(&some, &keys).ok();
    assert!(matches!(&events[0], TokenEvent::ClaimExited(e) if e.cost == 250 * ONE));
    assert_eq!(counted(&mut world), 750 * ONE);
    world.pass(301 * DAY);
    assert_eq!(counted(&mut world), 0, "the signature has expired");
    world.attest(0, "ann", 5_000 * ONE, 700 * ONE);
    assert_eq!(counted(&mut world), 0, "and begins anew");
    world.pass(notice);
    assert_eq!(counted(&mut world), 700 * ONE);
    let dispute = ix::dispute_claim(&world.claim(0), &key("ann"), [1; 32]);
    world.send(&dispute, &[&person("ann")]).ok();
    assert_eq!(counted(&mut world), 0);
}

#[test]
fn nothing_that_was_signed_can_be_left_out_of_an_exit() {
    let mut world = World::new();
    world.accept(&["ann", "abe", "amy"]);
    world.issue("bob", 100 * ONE);
    world.declare(equity_terms());
    world.attest(0, "ann", 5_000 * ONE, 900 * ONE);
    world.pass(8 * DAY);
    // Abe says so today that it cost nothing.
    world.attest(0, "abe", 5_000 * ONE, 0);
    assert_eq!(counted(&mut world), 0);
    let right = exit(&mut world, 1_000, 5_000 * ONE);
    let keys = [&person("founder"), &person("carol")];
    let signed = right.accounts.len() - 3;
    let with = |change: &dyn Fn(&mut Vec<solana_program::instruction::AccountMeta>)| {
        let mut wrong = right.clone();
        change(&mut wrong.accounts);
        wrong
    };
    let wrongs = [
        with(&|accounts| accounts.truncate(signed)),
        with(&|accounts| {
            accounts.remove(signed + 1);
        }),
        with(&|accounts| accounts.swap(signed, signed + 1)),
        with(&|accounts| accounts[signed + 1] = accounts[signed].clone()),
        // An address that is empty, but not that of abe's attestation.
        with(&|accounts| accounts[signed + 1] = accounts[signed + 2].clone()),
        with(&|accounts| accounts.push(accounts[signed].clone())),
    ];
    for wrong in wrongs {
        world
            .send(&wrong, &keys)
            .refused(TokenError::EvidenceIncomplete);
    }
    // Nor can the list.
    let mut without = right.clone();
    without.accounts.truncate(signed);
    let list = upside_sdk::address::find_attesters(&world.token).0;
    let place = without.accounts.iter().position(|meta| meta.pubkey == list);
    without.accounts[place.unwrap()].pubkey = key("nobody");
    world
        .send(&without, &keys)
        .refused(TokenError::WrongAccount);
    world.send(&right, &keys).ok();
    assert_eq!(world.vault(), 5_000 * ONE);
}

#[test]
fn a_cost_that_was_never_attested_poisons_nothing() {
    let mut world = with_attester();
    let huge = ClaimTerms::Equity {
        name: "Nothing Ltd".into(),
        unit_label: "x".into(),
        decimals: 0,
        units: 2,
        cost: u64::MAX,
        value: u64::MAX,
        uri: String::new(),
        document: [1; 32],
    };
    let number = world.declare(huge);
    let list = world.attesters();
    let off = ix::write_off_claim(&world.claim(number), &key("founder"), list.as_ref(), 1);
    world.send(&off, &[&person("founder")]).ok();
    let args = ExitArgs {
        units: 1,
        received: 1,
    };
    let lose = world.exit_ix(number, "founder", args);
    world.send(&lose, &[&person("founder")]).ok();
    assert_eq!(world.token().data.result.signed(), 1);
    let sell = exit(&mut world, 1_000, 900_000 * ONE);
    world
        .send(&sell, &[&person("founder"), &person("carol")])
        .ok();
    assert_eq!(world.vault(), 900_000 * ONE + 1);
}

#[test]
fn no_loss_lowers_the_result_below_the_limit() {
    for limit in [0, 300 * ONE] {
        let mut world = published(|args| args.terms.loss_limit = limit);
        let off = ix::write_off_claim(&world.claim(0), &key("founder"), None, 900);
        world.send(&off, &[&person("founder")]).ok();
        let result = world.token().data.result.signed();
        assert_eq!(result, -i128::from(limit.min(900 * ONE)));
        // The next gain makes up for no more than that.
        let sell = exit(&mut world, 100, 1_100 * ONE);
        world
            .send(&sell, &[&person("founder"), &person("carol")])
            .ok();
        assert_eq!(world.vault(), 1_000 * ONE - limit);
    }
}

#[test]
fn the_owner_reports_an_exit_from_their_own_account() {
    let mut world = published(|_| {});
    let args = ExitArgs {
        units: 1_000,
        received: 5_000 * ONE,
    };
    let founder = person("founder");
    let sell = world.exit_ix(0, "founder", args);
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
    let args = ExitArgs {
        units: 1,
        received: 1,
    };
    let wrong = world.exit_ix(number, "carol", args);
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
    assert_eq!(quoted.collectable.0, 300 * ONE);
    let cash = world.cash("bob");
    let mint = world.quote;
    let claim = ix::collect_dividend(&world.token(), &key("bob"), &mint).unwrap();
    world.send(&claim, &[&person("bob")]).ok();
    assert_eq!(world.cash("bob") - cash, 300 * ONE);
    world
        .send(&claim, &[&person("bob")])
        .refused(TokenError::NothingToCollect);
    world.pass(30 * DAY);
    for name in ["bob", "carol"] {
        let claim = ix::collect_dividend(&world.token(), &key(name), &mint).unwrap();
        world.send(&claim, &[&person(name)]).ok();
    }
    assert_eq!((world.vault(), world.token().data.quote().payouts), (0, 0));
}

#[test]
fn a_mint_without_stream_has_no_dividends() {
    let mut world = streaming();
    let mint = world.list("another mint", false);
    let claim = ix::collect_dividend(&world.token(), &key("bob"), &mint).unwrap();
    world
        .send(&claim, &[&person("bob")])
        .refused(TokenError::NotAPayoutMint);
}
