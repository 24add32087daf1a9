//! Polls.

use {
    crate::cases::*,
    upside_sdk::state::{Answer, Change},
};

const TAX: Change = Change::CashOutTax(2_000);

/// A world where bob has 60 and carol 40 shares that are eligible, and the founder 100.
pub fn with_voters() -> World {
    with_voters_and(|_| {})
}

/// The same, after what is done while nobody holds shares.
pub fn with_voters_and(before: impl FnOnce(&mut World)) -> World {
    let mut w = World::new();
    before(&mut w);
    w.issue("founder", 100 * ONE);
    w.issue("bob", 60 * ONE);
    w.issue("carol", 40 * ONE);
    w.pass(1);
    w
}

/// The same with a poll that the owner put.
pub fn with_poll(change: Change) -> World {
    let mut w = with_voters();
    w.ask(change).ok();
    w
}

fn put(mut w: World, by_whom: &'static str, change: Change) -> Case {
    let (token, payer) = (w.token(), payer(&w));
    let put = ix::put_poll(&token, &payer, &key(by_whom), change, [6; 32]);
    let put = w.proven(put, &change);
    by(w, put, &[by_whom])
}

pub(crate) fn put_poll() -> Case {
    put(with_voters(), "founder", TAX)
}

pub(crate) fn put_poll_by_a_holder() -> Case {
    put(with_voters(), "bob", Change::CashOutTax(500))
}

fn revenue_change() -> Change {
    Change::RevenueTerms {
        claim: 0,
        share_bps: 800,
        total: 500_000 * ONE,
        ends_at: crate::world::START + 1_000 * DAY,
    }
}

pub(crate) fn put_poll_revenue() -> Case {
    let mut w = with_voters();
    w.declare(revenue_terms(w.quote));
    put(w, "founder", revenue_change())
}

fn answer(mut w: World, answer: Answer) -> Case {
    let answer = ix::answer_poll(&w.last_poll(), &key("bob"), answer);
    by(w, answer, &["bob"])
}

pub(crate) fn answer_poll() -> Case {
    answer(with_poll(TAX), Answer::For)
}

pub(crate) fn answer_poll_withdraw() -> Case {
    let mut w = with_poll(TAX);
    w.approve("bob").ok();
    answer(w, Answer::Withdraw)
}

fn apply(mut w: World, by_whom: &'static str) -> Case {
    w.pass(8 * DAY);
    let poll = w.last_poll();
    let apply = ix::apply_poll(&poll, &key(by_whom));
    let apply = w.proven(apply, &poll.data.change().unwrap());
    by(w, apply, &[by_whom])
}

/// Bob and carol approve of the last poll.
pub fn approve_all(w: &mut World) {
    w.approve("bob").ok();
    w.approve("carol").ok();
}

/// The last poll of a world, approved by all.
fn approved(mut w: World) -> World {
    approve_all(&mut w);
    w
}

pub(crate) fn apply_poll() -> Case {
    apply(approved(with_poll(TAX)), "carol")
}

pub(crate) fn apply_poll_revenue() -> Case {
    let mut w = with_voters();
    w.declare(revenue_terms(w.quote));
    w.ask(revenue_change()).ok();
    apply(approved(w), "carol")
}

pub(crate) fn apply_poll_attester() -> Case {
    let mut w = with_voters_and(|w| w.accept(&["attester"]));
    w.put_poll("bob", Change::RemoveAttester(key("attester")))
        .ok();
    apply(approved(w), "carol")
}

/// All of a claim's custody of 1,000 units, at a value of 2,000.
pub const SALE: Change = Change::Auction {
    claim: 0,
    units: 1_000 * ONE,
    value: 2_000 * ONE,
    seconds: 7 * 86_400,
};

pub(crate) fn put_poll_auction() -> Case {
    put(with_attested_equity(), "founder", SALE)
}

pub(crate) fn apply_poll_auction() -> Case {
    let mut w = with_attested_equity();
    w.ask(SALE).ok();
    w.approve("bob").ok();
    apply(w, "carol")
}

/// A world in which a stranger sent an atom and more to the quote vault, and holders approve
/// of booking it.
pub fn with_surplus() -> World {
    let mut w = with_voters();
    let (quote, vault) = (w.quote, w.vault());
    let token = w.token;
    w.give(&token, &quote, vault + 5 * ONE);
    w.put_poll("bob", Change::BookSurplus(0)).ok();
    approved(w)
}

pub(crate) fn apply_poll_surplus() -> Case {
    apply(with_surplus(), "carol")
}

pub(crate) fn apply_poll_alone() -> Case {
    let mut w = World::new();
    w.issue("founder", 100 * ONE);
    w.ask(TAX).ok();
    apply(w, "founder")
}

pub(crate) fn cancel_poll() -> Case {
    let mut w = with_poll(TAX);
    let cancel = ix::cancel_poll(&w.last_poll(), &key("founder"));
    by(w, cancel, &["founder"])
}

pub(crate) fn close_poll() -> Case {
    let mut w = with_poll(TAX);
    w.pass(38 * DAY);
    let close = ix::close_poll(&w.last_poll(), &key("carol"));
    by(w, close, &["carol"])
}

pub(crate) fn close_poll_undercut() -> Case {
    let mut w = with_voters();
    w.put_poll("bob", Change::Drip(2 * 86_400)).ok();
    let give = ix::transfer_shares(&w.token, &key("bob"), &key("carol"), Shares(60 * ONE), None);
    w.send(&give, &[&person("bob")]).ok();
    let close = ix::close_poll(&w.last_poll(), &key("carol"));
    by(w, close, &["carol"])
}
