//! Claims that pay holders less by what somebody merely says.

use {
    super::{
        Attack, THOUSAND,
        backing::{one_stage, token_with},
        key, landed, must, refused,
    },
    upside_sdk::{
        Atoms,
        address::{TOKEN_PROGRAM, find_attesters, find_claim},
        instruction as ix,
        state::{Account, Attesters, AuctionTerms, ClaimTerms, ExitArgs},
    },
    upside_tests::{
        terms::{equity_terms, revenue_terms, tokenized_terms},
        world::{DAY, ONE, World},
    },
};

const OWNER: &[&str] = &["founder", "mallory"];

/// A token with an accepted attester, bob's 100,000 shares, and equity that cost 1,000.
fn world() -> (World, u64) {
    let mut w = token_with(|_| {});
    w.engine.fund(key("notary"));
    let (token, payer) = (w.token, key("payer"));
    let add = ix::add_attesters(&token, &key("founder"), &payer, &[key("notary")]);
    must(&mut w, &add, &["founder"]);
    let terms = one_stage(&w, 100 * THOUSAND, ONE / 10, 0, 0);
    let round = w.open_round(terms);
    w.contribute(round, "bob", 10 * THOUSAND);
    w.open_holder("mallory");
    let claim = w.declare(equity_terms());
    (w, claim)
}

fn list(w: &mut World) -> Account<Attesters> {
    let place = find_attesters(&w.token).0;
    w.get(&place)
}

fn attest(w: &mut World, claim: u64, value: u64, cost: u64) {
    let c = w.claim(claim);
    let until = w.now() + 300 * DAY;
    let statement = ix::statement(&c, Atoms(value), Atoms(cost), until).unwrap();
    let signed = ix::attest_claim(&c, &key("payer"), &key("notary"), statement);
    must(w, &signed, &["notary"]);
}

fn exit(w: &mut World, claim: u64, units: u64) -> solana_program::instruction::Instruction {
    let (place, list) = (find_claim(&w.token, claim).0, list(w));
    let args = ExitArgs {
        units,
        received: 900 * THOUSAND,
    };
    ix::exit_claim(&w.token(), &place, &key("founder"), Some(&list.data), args)
}

/// F6, F7. A declared claim of any cost is written off before an attested exit.
#[test]
fn declared_costs_lower_no_exit() {
    let (mut w, claim) = world();
    attest(&mut w, claim, 900 * THOUSAND, THOUSAND);
    w.pass(10 * DAY);
    let paid = |poison: bool| {
        let mut w = w.fork();
        let mut attack = Attack::by(
            OWNER,
            "write off a declared claim of any cost before an exit",
        );
        let mut all = vec![];
        if poison {
            let fake = ClaimTerms::Equity {
                name: "Nothing Ltd".into(),
                unit_label: "x".into(),
                decimals: 0,
                value: u64::MAX,
                units: 1,
                cost: u64::MAX,
                uri: String::new(),
                document: [1; 32],
            };
            let number = w.declare(fake);
            let (c, list) = (w.claim(number), list(&mut w));
            all.push(ix::write_off_claim(
                &c,
                &key("founder"),
                Some(&list.data),
                1,
            ));
        }
        all.push(exit(&mut w, claim, 1_000));
        landed(attack.send(&mut w, "write off and exit", &all));
        w.token().data.quote().payouts
    };
    assert_eq!(paid(true), paid(false));
    assert!(paid(true) >= 899 * THOUSAND, "all but what it cost");
    // A cost that an accepted attester signs in the same transaction counts nothing either.
    let (mut w, claim) = world();
    let mut attack = Attack::by(
        &["founder", "notary"],
        "attest a high cost right before an exit",
    );
    let c = w.claim(claim);
    let until = w.now() + 300 * DAY;
    let statement = ix::statement(&c, Atoms(900 * THOUSAND), Atoms(900 * THOUSAND), until).unwrap();
    let signed = ix::attest_claim(&c, &key("payer"), &key("notary"), statement);
    let all = [signed, exit(&mut w, claim, 1_000)];
    landed(attack.send(&mut w, "attest and exit", &all));
    assert_eq!(
        w.token().data.quote().payouts,
        900 * THOUSAND,
        "cost that counts is zero"
    );
}

/// F16. Custody goes to whoever stands in the owner's place, for an atom.
#[test]
fn custody_goes_to_nobody_cheaply() {
    let mut w = token_with(|terms| terms.inactivity_seconds = 90 * 86_400);
    w.engine.fund(key("notary"));
    let (token, payer) = (w.token, key("payer"));
    let add = ix::add_attesters(&token, &key("founder"), &payer, &[key("notary")]);
    must(&mut w, &add, &["founder"]);
    w.issue("bob", 100 * ONE);
    let name = ix::set_executor(&w.token(), &key("executor"));
    must(&mut w, &name, &["founder"]);
    w.engine.fund(key("executor"));
    let mint = w.list("equity mint", false);
    let number = w.declare(tokenized_terms());
    let place = find_claim(&w.token, number).0;
    let (units, cost) = (THOUSAND, Atoms(0));
    let add = ix::deposit_equity(&w.token(), &place, &mint, &TOKEN_PROGRAM, units, cost);
    must(&mut w, &add, &["founder"]);
    let mut attack = Attack::by(
        &["founder", "executor", "mallory"],
        "buy custody at a price of one's own",
    );
    let list = list(&mut w);
    let cheap = |seconds| AuctionTerms {
        units: THOUSAND,
        start: 1,
        end: 1,
        seconds,
    };
    let announce = ix::announce_auction(&w.token(), &place, Some(&list.data), cheap(7 * 86_400));
    attack.withstood(&mut w, |a, w| {
        refused(
            a.send(w, "without attested value", std::slice::from_ref(&announce)),
            "NotAttested",
        );
    });
    attest(&mut w, number, 900 * THOUSAND, 0);
    let short = ix::announce_auction(&w.token(), &place, Some(&list.data), cheap(60));
    attack.withstood(&mut w, |a, w| {
        refused(
            a.send(w, "below its value", std::slice::from_ref(&announce)),
            "AuctionTooCheap",
        );
        refused(a.send(w, "within a minute", &[short]), "InvalidAuction");
    });
    w.pass(91 * DAY);
    let up = ix::wind_up_by_executor(&w.token, &key("executor"));
    let announce = ix::by_executor(announce, &w.token());
    attack.withstood(&mut w, |a, w| {
        let got = a.send(w, "by the executor of a wind-down", &[up, announce]);
        assert!(got.is_some(), "{got:?}");
    });
}

/// F27. The owner ends a revenue claim that they owe.
#[test]
fn a_debtor_ends_no_revenue_claim() {
    let (mut w, _) = world();
    let quote = w.quote;
    let number = w.declare(revenue_terms(quote));
    let (claim, list) = (w.claim(number), list(&mut w));
    let mut attack = Attack::by(OWNER, "write off a revenue claim that the owner owes");
    attack.withstood(&mut w, |a, w| {
        for units in [0, 1] {
            let off = ix::write_off_claim(&claim, &key("founder"), Some(&list.data), units);
            let got = a.send(w, "write it off", &[off]);
            assert!(got.is_some(), "{got:?}");
        }
        let close = ix::close_claim(&claim, &key("founder"));
        let got = a.send(w, "close it", &[close]);
        assert!(got.is_some(), "{got:?}");
    });
    let pay = ix::pay_revenue(&w.token(), &claim, &key("carol"), Atoms(ONE)).unwrap();
    must(&mut w, &pay, &["carol"]);
}
