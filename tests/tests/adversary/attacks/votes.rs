//! Polls that pass by shares that should not count.

use {
    super::{
        Attack, THOUSAND,
        backing::{endow, issue, one_stage, token_with},
        key, landed, must, refused,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        address::{find_poll, find_round},
        instruction as ix,
        state::{Account, Answer, Change, ExitArgs, Poll, SaleTerms},
    },
    upside_tests::{
        terms::equity_terms,
        world::{DAY, ONE, World},
    },
};

pub fn put(w: &mut World, by: &str, change: Change) -> Instruction {
    let payer = key("payer");
    ix::put_poll(&w.token(), &payer, &key(by), change, [6; 32])
}

fn poll(w: &mut World, number: u64) -> Account<Poll> {
    let place = find_poll(&w.token, number).0;
    w.get(&place)
}

/// The next poll, before it is there.
pub fn next_poll(w: &mut World, by: &str, change: Change) -> Account<Poll> {
    let mut fork = w.fork();
    let (made, number) = (put(&mut fork, by, change), fork.token().data.poll_seq);
    must(&mut fork, &made, &[by]);
    poll(&mut fork, number)
}

fn answer(poll: &Account<Poll>, by: &str, answer: Answer) -> Instruction {
    ix::answer_poll(poll, &key(by), answer)
}

const OWNER: &[&str] = &["founder", "mallory"];

/// F9. A poll that a friend's single atom passed sleeps until the close of a round.
#[test]
fn a_poll_does_not_sleep_through_a_round() {
    let mut w = token_with(|terms| terms.notice_seconds = 86_400);
    w.issue("mallory", 1);
    w.pass(DAY);
    let mut attack = Attack::by(OWNER, "apply an old poll at the close of a round");
    let change = Change::CashOutTax(5_000);
    let sleeping = next_poll(&mut w, "founder", change);
    let ask = [
        put(&mut w, "founder", change),
        answer(&sleeping, "mallory", Answer::For),
    ];
    landed(attack.send(&mut w, "a poll passed by one atom", &ask[..1]));
    w.pass(1);
    landed(attack.send(&mut w, "its answer", &ask[1..]));
    w.pass(2 * DAY);
    let terms = one_stage(&w, 100 * THOUSAND, ONE, 50 * THOUSAND, 10_000);
    let round = w.open_round(terms);
    w.contribute(round, "bob", 60 * THOUSAND);
    let rest = w.contribute_ix(round, "mallory", 40 * THOUSAND);
    let place = find_round(&w.token, round).0;
    let close = ix::close_round(&w.token(), &place, &key("mallory"));
    let apply = ix::apply_poll(&sleeping, &key("mallory"));
    attack.withstood(&mut w, |a, w| {
        refused(
            a.send(w, "while the round is open", std::slice::from_ref(&apply)),
            "PollNotOpen",
        );
        landed(a.send(w, "the friend buys the rest", &[rest]));
        w.pass(DAY);
        refused(
            a.send(w, "with the close", &[close.clone(), apply.clone()]),
            "PollNotOpen",
        );
        landed(a.send(w, "the close alone", &[close]));
        refused(a.send(w, "after it", &[apply]), "PollNotOpen");
    });
    assert_eq!(w.token().data.terms.cash_out_tax_bps, 0);
}

/// F8. Shares issued for the length of a transaction decide.
#[test]
fn shares_of_the_same_transaction_weigh_nothing() {
    let mut w = token_with(|_| {});
    w.issue("bob", 100 * THOUSAND);
    w.issue("mallory", 2 * THOUSAND);
    w.give_reserve(100 * THOUSAND);
    w.pass(DAY);
    let mut attack = Attack::by(OWNER, "decide by shares of the same transaction");
    let many = 800 * THOUSAND;
    let change = Change::CashOutTax(5_000);
    let next = next_poll(&mut w, "founder", change);
    let ask = put(&mut w, "founder", change);
    let yes = answer(&next, "mallory", Answer::For);
    let (lend, mint) = (
        endow(&mut w, "mallory", 900 * THOUSAND),
        issue(&mut w, "mallory", many),
    );
    attack.withstood(&mut w, |a, w| {
        let all = [
            lend.clone(),
            mint.clone(),
            ask.clone(),
            yes.clone(),
            ix::apply_poll(&next, &key("mallory")),
        ];
        refused(
            a.send(w, "endow, issue, put, answer, apply", &all),
            "PollNotPassed",
        );
        // The put first: the shares come after it.
        landed(a.send(w, "put, endow, issue, answer", &[ask, lend, mint, yes]));
    });
    let slot = w.token().data.polls[usize::from(poll(&mut w, next.data.number).data.place)];
    assert_eq!(slot.in_favor, 2 * THOUSAND, "only what was held before");
    assert_eq!(slot.passed_at, 0);
    // Nor do they lend a voice from wallet to wallet.
    let (token, all) = (w.token, 2 * THOUSAND);
    w.open_holder("carol");
    let lent = ix::transfer_shares(
        &token,
        &key("mallory"),
        &key("carol"),
        upside_sdk::Shares(all),
        None,
    );
    let mut attack = Attack::by(
        &["founder", "mallory", "carol"],
        "one lot of shares answers twice",
    );
    let open = poll(&mut w, next.data.number);
    let again = answer(&open, "carol", Answer::For);
    attack.withstood(&mut w, |a, w| {
        refused(
            a.send(w, "answer, send on, answer", &[lent, again]),
            "SharesTooNew",
        );
    });
}

/// F8. What an exit pays holders is not for a vote.
#[test]
fn no_vote_takes_an_exit() {
    let mut w = token_with(|_| {});
    let terms = one_stage(&w, 100 * THOUSAND, ONE / 10, 0, 0);
    let round = w.open_round(terms);
    w.contribute(round, "bob", 10 * THOUSAND);
    w.open_holder("mallory");
    let claim = w.declare(equity_terms());
    let mut attack = Attack::by(OWNER, "take an exit with shares of the same transaction");
    let cap = w.token().data.terms.supply_cap;
    let many = 100_001 * ONE;
    let mint = issue(&mut w, "mallory", many);
    let args = ExitArgs {
        units: 1_000,
        received: 900 * THOUSAND,
    };
    let exit = w.exit_ix(claim, "founder", args);
    landed(attack.send(&mut w, "issue and exit", &[mint, exit]));
    w.pass(30 * DAY);
    let (cash, quote) = (w.cash("bob"), w.quote);
    let collect = ix::collect_dividend(&w.token(), &key("bob"), &quote).unwrap();
    must(&mut w, &collect, &["bob"]);
    let got = w.cash("bob") - cash;
    // No claim is brought by new shares: bob owns his part of the cap of it.
    let part = 900 * THOUSAND / (cap / (100 * THOUSAND));
    assert!(got >= part, "{got} of at least {part}");
}

/// F17. Dust refuses what everybody else wants.
#[test]
fn dust_vetoes_no_dissolution() {
    let mut w = token_with(|_| {});
    w.issue("bob", 900 * THOUSAND);
    w.issue("mallory", 1);
    w.pass(DAY);
    let mut attack = Attack::by(&["mallory"], "dust refuses a dissolution");
    let payer = key("payer");
    let terms = SaleTerms {
        number: 0,
        shares: 1,
        price: u64::MAX / 2,
        buyer: Pubkey::default(),
        expires_at: w.now() + 700 * DAY,
    };
    let hide = ix::open_sale(&w.token, &payer, &key("mallory"), terms);
    landed(attack.send(&mut w, "hide in a sale", &[hide]));
    let next = next_poll(&mut w, "bob", Change::Dissolve);
    let ask = put(&mut w, "bob", Change::Dissolve);
    must(&mut w, &ask, &["bob"]);
    let no = answer(&next, "mallory", Answer::Against);
    landed(attack.send(&mut w, "answer no", &[no]));
    must(&mut w, &answer(&next, "bob", Answer::For), &["bob"]);
    must(&mut w, &ix::apply_poll(&next, &key("bob")), &["bob"]);
    assert!(w.token().data.require_active().is_err(), "it is wound up");
}

/// F18, F39. One atom decides where all others' shares are in grants, outside, or silent.
#[test]
fn one_atom_passes_nothing() {
    let mut w = token_with(|terms| terms.bearer_cap = u64::MAX);
    w.issue("bob", 100 * THOUSAND);
    w.issue("mallory", 1);
    w.open_bearer("bob");
    let out = ix::withdraw(&w.token(), &key("bob"), upside_sdk::Shares(100 * THOUSAND));
    must(&mut w, &out, &["bob"]);
    w.give_reserve(THOUSAND);
    w.pass(DAY);
    let mut attack = Attack::by(OWNER, "one atom passes a poll");
    for change in [
        Change::CashOutTax(5_000),
        Change::SupplyCap(u64::MAX),
        Change::Room(10_000),
    ] {
        let next = next_poll(&mut w, "founder", change);
        let ask = put(&mut w, "founder", change);
        attack.withstood(&mut w, |a, w| {
            landed(a.send(w, "put by the owner", &[ask]));
            landed(a.send(
                w,
                "answered with an atom",
                &[answer(&next, "mallory", Answer::For)],
            ));
            w.pass(8 * DAY);
            let apply = ix::apply_poll(&next, &key("mallory"));
            refused(
                a.send(w, "applied after the notice", &[apply]),
                "PollNotPassed",
            );
            landed(a.send(w, "taken back", &[ix::cancel_poll(&next, &key("founder"))]));
        });
    }
    // The floor only falls, whoever votes.
    let up = put(&mut w, "founder", Change::Floor(u64::MAX));
    attack.withstood(&mut w, |a, w| {
        let got = a.send(w, "a higher floor", &[up]);
        assert!(got.is_some(), "{got:?}");
    });
}
