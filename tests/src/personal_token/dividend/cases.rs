//! Standing orders on dividends.

use crate::cases::*;
use upside_sdk::{
    address::find_order,
    state::{Account, Order, StandingOrder},
};

/// A world in which bob can claim 600 and carol 400, with a round at 0.10.
pub fn with_dividends(terms: impl FnOnce(RoundTerms) -> RoundTerms) -> World {
    let mut w = streaming();
    w.pass(4 * DAY);
    let now = w.now();
    let base = RoundTerms {
        opens_at: now,
        closes_at: now + 300 * DAY,
        ..round_terms()
    };
    w.open_round(terms(base));
    w
}

/// An order to buy in the first round at any price.
pub fn any_purchase(w: &mut World) -> Order {
    Order::BuyInRound {
        round: find_round(&w.token, 0).0,
        max_price: u64::MAX,
        max_supply: u64::MAX,
        terms_version: w.token().data.terms_version,
    }
}

/// The call by which bob orders something for 90 days.
pub fn order_ix(w: &World, order: Order) -> Instruction {
    let ends_at = w.now() + 90 * DAY;
    ix::set_order(&w.token, &payer(w), &key("bob"), order, ends_at)
}

/// Bob orders something for 90 days.
pub fn order(w: &mut World, order: Order) -> Account<StandingOrder> {
    let set = order_ix(w, order);
    w.send(&set, &[&person("bob")]).ok();
    w.get(&find_order(&w.token, &key("bob")).0)
}

/// An order that leaves dividends to the owner.
pub fn to_owner(w: &mut World) -> Order {
    let owner = w.token().data.owner;
    Order::PayOwner { owner }
}

pub(crate) fn set_order() -> Case {
    let mut w = with_dividends(|terms| terms);
    let buys = any_purchase(&mut w);
    let set = order_ix(&w, buys);
    by(w, set, &["bob"])
}

pub(crate) fn set_order_again() -> Case {
    let mut w = with_dividends(|terms| terms);
    let (buys, pays) = (any_purchase(&mut w), to_owner(&mut w));
    order(&mut w, buys);
    let set = order_ix(&w, pays);
    by(w, set, &["bob"])
}

pub(crate) fn cancel_order() -> Case {
    let mut w = with_dividends(|terms| terms);
    let pays = to_owner(&mut w);
    let order = order(&mut w, pays);
    by(w, ix::cancel_order(&order, &key("bob")), &["bob"])
}

pub(crate) fn cancel_ended_order() -> Case {
    let mut w = with_dividends(|terms| terms);
    let pays = to_owner(&mut w);
    let order = order(&mut w, pays);
    w.pass(91 * DAY);
    by(w, ix::cancel_order(&order, &key("carol")), &["carol"])
}

pub(crate) fn pay_by_order() -> Case {
    let mut w = with_dividends(|terms| terms);
    let pays = to_owner(&mut w);
    order(&mut w, pays);
    let pay = ix::pay_by_order(&w.token(), &key("bob"));
    by(w, pay, &[])
}

/// The call by which carol executes bob's purchase.
pub fn buy_by_order_ix(w: &mut World) -> Instruction {
    let (token, round) = (w.token(), w.round(0));
    ix::buy_by_order(&token, &round, &key("bob"), &key("carol"))
}

pub(crate) fn buy_by_order(terms: impl FnOnce(RoundTerms) -> RoundTerms) -> Case {
    let mut w = with_dividends(terms);
    let buys = any_purchase(&mut w);
    order(&mut w, buys);
    let buy = buy_by_order_ix(&mut w);
    by(w, buy, &["carol"])
}

/// A world in which half of 1,000 has streamed to bob and carol.
pub fn streaming() -> World {
    let mut w = World::with(|args| args.terms.reserve_bps = 0);
    w.issue("bob", 60 * ONE);
    w.issue("carol", 40 * ONE);
    w.pay_revenue(1_000 * ONE);
    w.pass(7 * DAY / 2);
    w
}

pub(crate) fn collect_dividend() -> Case {
    let mut w = streaming();
    let quote = w.quote;
    let claim = ix::collect_dividend(&w.token(), &key("bob"), &quote).unwrap();
    by(w, claim, &["bob"])
}
