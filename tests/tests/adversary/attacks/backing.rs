//! Shares that appear, through issue or a round, without what backs the others.

use {
    super::{Attack, THOUSAND, WEEK, key, landed, must, refused},
    solana_program::instruction::Instruction,
    upside_sdk::{
        Atoms, Shares,
        address::find_round,
        instruction as ix,
        state::{RoundTerms, StageTerms, TermsInput},
    },
    upside_tests::{
        cases::redeem_args,
        world::{DAY, ONE, World},
    },
};

/// A token with the default terms, as `change` alters them.
pub fn token_with(change: impl FnOnce(&mut TermsInput)) -> World {
    World::with(|args| {
        args.terms = TermsInput::default();
        change(&mut args.terms);
    })
}

/// One stage, ten days.
pub fn one_stage(
    w: &World,
    shares: u64,
    price: u64,
    min_raise: u64,
    reserve_bps: u16,
) -> RoundTerms {
    let mut stages = [StageTerms::default(); 4];
    stages[0] = StageTerms { shares, price };
    RoundTerms {
        stages,
        min_raise,
        reserve_bps,
        opens_at: w.now() - DAY,
        closes_at: w.now() + 10 * DAY,
        ..upside_tests::terms::round_terms()
    }
}

/// Bob pays 60,000 and Carol 40,000 for 100,000 shares, all of it into the reserve.
pub fn backed_world(tax: u16) -> World {
    let mut w = token_with(|terms| terms.cash_out_tax_bps = tax);
    let terms = one_stage(&w, 100 * THOUSAND, ONE, 0, 10_000);
    let round = w.open_round(terms);
    w.contribute(round, "bob", 60 * THOUSAND);
    w.contribute(round, "carol", 40 * THOUSAND);
    w.open_holder("mallory");
    w
}

pub fn issue(w: &mut World, to: &str, shares: u64) -> Instruction {
    ix::issue(&w.token(), &key(to), Shares(shares), Atoms(0))
}

fn redeem(w: &mut World, who: &str, shares: u64) -> Instruction {
    ix::redeem(&w.token(), &key(who), redeem_args(shares)).expect("listed assets")
}

pub fn endow(w: &mut World, who: &str, atoms: u64) -> Instruction {
    let quote = w.quote;
    ix::deposit_endowment(&w.token(), &key(who), &quote, Atoms(atoms)).expect("listed")
}

fn withdraw_endowment(w: &mut World, atoms: u64) -> Instruction {
    let quote = w.quote;
    ix::withdraw_endowment(&w.token(), &quote, Atoms(atoms)).expect("listed")
}

const OWNER: &[&str] = &["founder", "mallory"];

/// F1. Shares for a second wallet, redeemed at once.
#[test]
fn issued_shares_drain_no_reserve() {
    for tax in [0, 1_000, 5_000] {
        let mut w = backed_world(tax);
        let mut attack = Attack::by(OWNER, "issue to a second wallet and redeem");
        let trillion = 1_000_000_000_000 * ONE;
        let (mint, burn) = (
            issue(&mut w, "mallory", trillion),
            redeem(&mut w, "mallory", trillion),
        );
        attack.withstood(&mut w, |a, w| {
            refused(
                a.send(w, "10^12 shares", &[mint, burn]),
                "SupplyCapExceeded",
            );
        });
        // Within the cap and the first shares: what they bring is missing.
        let some = 900 * THOUSAND;
        let (mint, burn) = (
            issue(&mut w, "mallory", some),
            redeem(&mut w, "mallory", some),
        );
        attack.withstood(&mut w, |a, w| {
            let all = [mint.clone(), burn.clone()];
            refused(a.send(w, "900,000 shares", &all), "EndowmentShort");
        });
        // It is brought, with money that is wanted back in the same transaction.
        let all = [endow(&mut w, "mallory", some), mint, burn];
        attack.withstood(&mut w, |a, w| {
            landed(a.send(w, "900,000 shares that bring their part", &all));
        });
        // And what was brought cannot be taken back.
        let (lend, take) = (
            endow(&mut w, "mallory", 20 * THOUSAND),
            withdraw_endowment(&mut w, 20 * THOUSAND),
        );
        let mint = issue(&mut w, "mallory", 10 * THOUSAND);
        attack.withstood(&mut w, |a, w| {
            let all = [lend, mint, take];
            refused(
                a.send(w, "the endowment back after the issue", &all),
                "EndowmentLocked",
            );
        });
    }
}

/// F45. Burned shares make room again, three times over.
#[test]
fn a_loop_of_issues_drains_no_reserve() {
    let mut w = backed_world(0);
    let mut attack = Attack::by(OWNER, "issue and redeem in a loop below the cap");
    let some = 300 * THOUSAND;
    let mut all = vec![endow(&mut w, "mallory", 900 * THOUSAND)];
    for _ in 0..2 {
        all.push(issue(&mut w, "mallory", some));
        all.push(redeem(&mut w, "mallory", some));
    }
    attack.withstood(&mut w, |a, w| {
        landed(a.send(w, "300,000 shares twice, brought by the endowment", &all));
    });
    // Beyond the first million the year's room bounds it, however much was burned.
    let all = [
        endow(&mut w, "mallory", 400 * THOUSAND),
        issue(&mut w, "mallory", 326 * THOUSAND),
    ];
    attack.withstood(&mut w, |a, w| {
        refused(a.send(w, "326,000 shares more", &all), "YearlyRoomExceeded");
    });
    // Many single atoms: each brings at least an atom.
    let atom = issue(&mut w, "mallory", 1);
    let burn = redeem(&mut w, "mallory", 1);
    attack.withstood(&mut w, |a, w| {
        for _ in 0..3 {
            landed(a.send(w, "one atom, issued", std::slice::from_ref(&atom)));
            let _ = a.send(w, "one atom, redeemed", std::slice::from_ref(&burn));
        }
    });
}

/// F10. A minimum raise is filled with money that comes back in the same transaction.
#[test]
fn borrowed_money_fills_no_minimum_raise() {
    let mut w = token_with(|_| {});
    let terms = one_stage(&w, 1_000 * THOUSAND, ONE, 900 * THOUSAND, 2_500);
    let round = w.open_round(terms);
    w.contribute(round, "bob", 10 * THOUSAND);
    w.open_holder("mallory");
    w.give_quote(&key("mallory"), 990 * THOUSAND);
    let mut attack = Attack::by(OWNER, "fill a minimum raise with borrowed money");
    let fill = w.contribute_ix(round, "mallory", 990 * THOUSAND);
    let place = find_round(&w.token, round).0;
    let close = ix::close_round(&w.token(), &place, &key("mallory"));
    attack.withstood(&mut w, |a, w| {
        let all = [fill.clone(), close.clone()];
        refused(a.send(w, "contribute and close", &all), "RoundNotOver");
    });
    // The money has to stay for a day, in which anybody leaves.
    attack.withstood(&mut w, |a, w| {
        landed(a.send(w, "contribute", &[fill]));
        w.pass(DAY - 1);
        refused(
            a.send(w, "close a second early", std::slice::from_ref(&close)),
            "RoundNotOver",
        );
    });
    let mine = w.contribution(round, "bob");
    let leave = ix::leave_round(&w.token(), &mine);
    let cash = w.cash("bob");
    must(&mut w, &leave, &["bob"]);
    assert_eq!(
        w.cash("bob"),
        cash + 10 * THOUSAND,
        "whoever watches leaves"
    );
}

/// F11. A stranger buys below what the reserve holds for each share, and redeems.
#[test]
fn an_open_round_drains_no_reserve() {
    let mut w = token_with(|_| {});
    let terms = one_stage(&w, 1_000 * THOUSAND, ONE / 10, 0, 5_000);
    let round = w.open_round(terms);
    w.contribute(round, "bob", THOUSAND);
    w.give_reserve(20 * THOUSAND);
    w.open_holder("mallory");
    let mut attack = Attack::by(&["mallory"], "buy from a cheap round and redeem");
    let buy = w.contribute_ix(round, "mallory", 9 * THOUSAND);
    let burn = redeem(&mut w, "mallory", 90 * THOUSAND);
    attack.withstood(&mut w, |a, w| {
        let all = [buy, burn];
        refused(
            a.send(w, "90,000 shares at 0.10", &all),
            "PaymentBelowBacking",
        );
    });
    // At a price that covers its part, in one transaction and in six.
    let mut w = backed_world(0);
    let terms = one_stage(&w, 500 * THOUSAND, 2 * ONE, 0, 0);
    let round = w.open_round(terms);
    let buy = w.contribute_ix(round, "mallory", 90 * THOUSAND);
    let burn = redeem(&mut w, "mallory", 45 * THOUSAND);
    attack.withstood(&mut w, |a, w| {
        landed(a.send(w, "45,000 shares at 2.00 with their part", &[buy, burn]));
    });
    let burn = redeem(&mut w, "mallory", THOUSAND);
    let mut all = Vec::new();
    for _ in 0..2 {
        let buy = w.contribute_ix(round, "mallory", 2 * THOUSAND);
        all.extend([buy, burn.clone()]);
    }
    attack.withstood(&mut w, |a, w| {
        landed(a.send(w, "back and forth", &all));
    });
}

/// F12. A stranger joins after a payout, waits until it has streamed, and leaves.
#[test]
fn a_newcomer_takes_no_part_of_what_streams() {
    let mut w = token_with(|_| {});
    let terms = one_stage(&w, 1_000 * THOUSAND, ONE / 10, 0, 10_000);
    let round = w.open_round(terms);
    w.contribute(round, "bob", THOUSAND);
    w.pay_revenue(100 * THOUSAND);
    w.open_holder("mallory");
    let mut attack = Attack::by(&["mallory"], "join while a payout streams");
    let buy = w.contribute_ix(round, "mallory", 99 * THOUSAND);
    attack.withstood(&mut w, |a, w| {
        refused(
            a.send(w, "990,000 shares at 0.10", &[buy]),
            "PaymentBelowBacking",
        );
    });
    // Halfway through a stream, at a price that covers it.
    let mut w = backed_world(0);
    w.pay_revenue(100 * THOUSAND);
    w.pass(3 * DAY);
    let terms = one_stage(&w, 100 * THOUSAND, 10 * ONE, 0, 0);
    let round = w.open_round(terms);
    let buy = w.contribute_ix(round, "mallory", 500 * THOUSAND);
    let (burn, quote) = (redeem(&mut w, "mallory", 50 * THOUSAND), w.quote);
    attack.withstood(&mut w, |a, w| {
        landed(a.send(
            w,
            "50,000 shares at 10.00, which bring their part of the stream",
            &[buy],
        ));
        w.pass(2 * WEEK);
        let collect = ix::collect_dividend(&w.token(), &key("mallory"), &quote).expect("a stream");
        landed(a.send(w, "dividends and redemption", &[collect, burn]));
    });
}

/// F13. A large backer keeps others out and leaves in the last second.
#[test]
fn nobody_leaves_in_the_last_second() {
    let mut w = token_with(|_| {});
    let terms = one_stage(&w, 100 * THOUSAND, ONE, 50 * THOUSAND, 0);
    let round = w.open_round(terms);
    w.contribute(round, "bob", 40 * THOUSAND);
    w.contribute(round, "mallory", 59_999 * ONE);
    let mut attack = Attack::by(&["mallory"], "leave a round so that it fails");
    let mine = w.contribution(round, "mallory");
    let leave = ix::leave_round(&w.token(), &mine);
    let place = find_round(&w.token, round).0;
    let close = ix::close_round(&w.token(), &place, &key("mallory"));
    w.pass(9 * DAY);
    attack.withstood(&mut w, |a, w| {
        refused(
            a.send(w, "on the last day", std::slice::from_ref(&leave)),
            "RoundCooling",
        );
        w.pass(DAY - 1);
        let all = [leave.clone(), close.clone()];
        refused(a.send(w, "in the last second", &all), "RoundCooling");
        w.pass(1);
        refused(
            a.send(w, "after the end", &[leave, close.clone()]),
            "RoundNotOpen",
        );
        landed(a.send(w, "so it can only be closed", &[close]));
    });
    assert_eq!(
        w.round(round).data.uncollected,
        99_999 * ONE,
        "it succeeded"
    );
}

/// F14. A round of a token that is wound up pays a dead owner.
#[test]
fn a_round_refunds_in_a_wind_down() {
    let mut w = token_with(|terms| terms.inactivity_seconds = 90 * 86_400);
    let name = ix::set_executor(&w.token(), &key("executor"));
    must(&mut w, &name, &["founder"]);
    w.engine.fund(key("executor"));
    let mut terms = one_stage(&w, 100 * THOUSAND, ONE, 50 * THOUSAND, 1_000);
    terms.closes_at = w.now() + 120 * DAY;
    let round = w.open_round(terms);
    w.contribute(round, "bob", 60 * THOUSAND);
    w.pass(91 * DAY);
    let mut attack = Attack::by(
        &["executor", "mallory", "founder"],
        "close a round in a wind-down",
    );
    let up = ix::wind_up_by_executor(&w.token, &key("executor"));
    let place = find_round(&w.token, round).0;
    let close = ix::close_round(&w.token(), &place, &key("mallory"));
    let settle = ix::settle_round(&w.token(), &place);
    attack.withstood(&mut w, |a, w| {
        let all = [up.clone(), close.clone(), settle];
        refused(
            a.send(w, "wind up, close and settle", &all),
            "RoundNotSucceeded",
        );
        landed(a.send(w, "wind up and close", &[up, close]));
    });
    let cash = w.cash("bob");
    let mine = w.contribution(round, "bob");
    let refund = ix::refund_contribution(&w.token(), &mine);
    must(&mut w, &refund, &[]);
    assert_eq!(w.cash("bob"), cash + 60 * THOUSAND, "everybody is refunded");
}
