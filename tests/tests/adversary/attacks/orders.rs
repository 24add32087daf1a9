//! Standing orders that anybody executes.

use {
    super::{
        Attack, THOUSAND, WEEK,
        backing::{endow, issue, one_stage, token_with},
        key, landed, must, refused,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        address::{TOKEN_PROGRAM, find_associated, find_round},
        instruction as ix,
        state::{Account, Order, Relaxation, StandingOrder},
    },
    upside_tests::world::{DAY, ONE, World},
};

const OWNER: &[&str] = &["founder", "mallory"];

/// Bob, half of the holders, has earned 50,000 and a round sells at 2.00.
fn world() -> (World, u64) {
    let mut w = token_with(|terms| terms.cash_out_tax_bps = 1_000);
    w.issue("bob", 100 * THOUSAND);
    w.issue("carol", 100 * THOUSAND);
    w.open_holder("mallory");
    w.pay_revenue(100 * THOUSAND);
    w.pass(2 * WEEK);
    let terms = one_stage(&w, 500 * THOUSAND, 2 * ONE, 0, 0);
    let round = w.open_round(terms);
    (w, round)
}

fn order(w: &mut World, order: Order) {
    let ends_at = w.now() + 100 * DAY;
    let set = ix::set_order(&w.token, &key("payer"), &key("bob"), order, ends_at);
    must(w, &set, &["bob"]);
}

fn in_round(w: &mut World, round: u64) -> Order {
    let token = w.token().data;
    Order::BuyInRound {
        round: find_round(&w.token, round).0,
        max_price: 2 * ONE,
        max_supply: token.supply + THOUSAND,
        terms_version: token.terms_version,
    }
}

fn buy(w: &mut World, round: u64) -> Instruction {
    let (token, round) = (w.token(), w.round(round));
    ix::buy_by_order(&token, &round, &key("bob"), &key("mallory"))
}

/// Supply, terms, round and price are those that the holder ordered, or nothing happens.
#[test]
fn an_order_buys_what_it_says_only() {
    let (mut w, round) = world();
    let bought = in_round(&mut w, round);
    order(&mut w, bought);
    let mut attack = Attack::by(OWNER, "execute an order under other conditions");
    let execute = buy(&mut w, round);
    // More shares first.
    let (lend, mint) = (
        endow(&mut w, "mallory", 200 * THOUSAND),
        issue(&mut w, "mallory", 2 * THOUSAND),
    );
    attack.withstood(&mut w, |a, w| {
        let all = [lend, mint, execute.clone()];
        refused(
            a.send(w, "endow, issue, execute", &all),
            "SupplyAboveSigned",
        );
    });
    // Another version of the terms, if only for the better.
    let relaxation = Relaxation {
        cash_out_tax_bps: Some(999),
        ..Relaxation::default()
    };
    let relax = ix::relax_terms(&w.token(), relaxation);
    attack.withstood(&mut w, |a, w| {
        let all = [relax, execute.clone()];
        refused(a.send(w, "relax and execute", &all), "TermsChanged");
    });
    // Another round, dearer.
    let dear = one_stage(&w, 10 * THOUSAND, 20 * ONE, 0, 0);
    let open = ix::open_round(&w.token(), &key("payer"), dear);
    landed(attack.send(&mut w, "open a dearer round", &[open]));
    let other = buy(&mut w, round + 1);
    attack.withstood(&mut w, |a, w| {
        refused(a.send(w, "execute in it", &[other]), "OrderVoid");
    });
    // The proceeds to somebody else.
    let mut stolen = execute.clone();
    let theirs = find_associated(&key("founder"), &w.quote, &TOKEN_PROGRAM).0;
    for meta in stolen.accounts.iter_mut().filter(|it| it.pubkey == theirs) {
        meta.pubkey = find_associated(&key("mallory"), &w.quote, &TOKEN_PROGRAM).0;
    }
    attack.withstood(&mut w, |a, w| {
        let got = a.send(w, "with the proceeds to another", &[stolen]);
        assert!(got.is_some(), "{got:?}");
    });
    // As ordered: 25,000 shares at 2.00, once.
    let had = w.holder("bob").data.shares;
    let once = std::slice::from_ref(&execute);
    landed(attack.send(&mut w, "as ordered", once));
    attack.withstood(&mut w, |a, w| {
        let got = a.send(w, "once more", &[execute]);
        assert!(got.is_some(), "{got:?}");
    });
    let got = w.holder("bob").data.shares - had;
    assert!(got >= 25 * THOUSAND - 1, "{got}");
}

/// Dividends that were left to one owner go to no other, and to nobody after the end.
#[test]
fn an_order_pays_the_owner_that_it_names() {
    let (mut w, _) = world();
    let owner = key("founder");
    order(&mut w, Order::PayOwner { owner });
    let mut attack = Attack::by(OWNER, "have dividends paid to somebody else");
    let propose = ix::propose_owner(&w.token(), &key("mallory"));
    let accept = ix::accept_ownership(&w.token(), &key("mallory"));
    let mut pay = ix::pay_by_order(&w.token(), &key("bob"));
    let mut fork = w.fork();
    attack.withstood(&mut fork, |a, w| {
        let theirs = find_associated(&owner, &w.quote, &TOKEN_PROGRAM).0;
        for meta in pay.accounts.iter_mut().filter(|it| it.pubkey == theirs) {
            meta.pubkey = find_associated(&key("mallory"), &w.quote, &TOKEN_PROGRAM).0;
        }
        let all = [propose, accept, pay];
        refused(a.send(w, "hand over and execute", &all), "OrderVoid");
    });
    // After its end.
    w.pass(100 * DAY + 1);
    let pay = ix::pay_by_order(&w.token(), &key("bob"));
    attack.withstood(&mut w, |a, w| {
        refused(a.send(w, "after its end", &[pay]), "OrderVoid");
    });
    // Whoever clears it away gives the rent back.
    let place = upside_sdk::address::find_order(&w.token, &key("bob")).0;
    let open: Account<StandingOrder> = w.get(&place);
    let clear = ix::cancel_order(&open, &key("mallory"));
    landed(attack.send(&mut w, "clear it away", &[clear]));
}
