//! Offerings and passes.

use {
    super::*,
    upside_sdk::{
        address::{find_offering, find_pass},
        state::{Account, Asks, Offering, OfferingTerms, Pass, PassArgs},
    },
};

/// Ten lessons for 100, within 30 days; `registrar` keeps the till.
pub fn offering_terms(quote: Pubkey) -> OfferingTerms {
    OfferingTerms {
        name: "Ten lessons".into(),
        uri: "https://ada.example/lessons".into(),
        tier: 2,
        asks: Asks::Pay {
            mint: quote,
            price: 100 * ONE,
        },
        units: 10,
        lifetime: 30 * 86_400,
        max_passes: 0,
        claim: None,
        till: key("registrar"),
    }
}

/// Terms of an offering that asks something else.
pub fn asking(quote: Pubkey, asks: Asks) -> OfferingTerms {
    OfferingTerms {
        asks,
        ..offering_terms(quote)
    }
}

/// Opens an offering.
pub fn open_with(w: &mut World, terms: OfferingTerms) -> Account<Offering> {
    let token = w.token();
    let open = ix::open_offering(&token, &payer(w), terms);
    w.send(&open, &[&person("founder")]).ok();
    w.get(&find_offering(&token.key, token.data.offerings).0)
}

/// A pass of the first offering.
pub fn pass_of(w: &mut World, name: &str) -> Account<Pass> {
    let offering = find_offering(&w.token, 0).0;
    w.get(&find_pass(&offering, &key(name)).0)
}

/// The first offering.
pub fn offering(w: &mut World) -> Account<Offering> {
    let key = find_offering(&w.token, 0).0;
    w.get(&key)
}

/// Any price, at any time.
pub const ANY_PRICE: PassArgs = PassArgs {
    max_price: u64::MAX,
    deadline: NEVER,
};

/// The purchase of a pass of the first offering.
pub fn purchase(w: &mut World, name: &str) -> Instruction {
    let (token, offering) = (w.token(), offering(w));
    ix::buy_pass(&token, &offering, &payer(w), &key(name), ANY_PRICE).unwrap()
}

/// A world in which bob and carol have shares and a revenue claim of a tenth.
pub fn with_offering(terms: impl FnOnce(Pubkey) -> OfferingTerms) -> World {
    let mut w = World::new();
    w.issue("bob", 100 * ONE);
    w.issue("carol", 50 * ONE);
    let quote = w.quote;
    w.declare(revenue_terms(quote));
    open_with(&mut w, terms(quote));
    w
}

fn linked(quote: Pubkey) -> OfferingTerms {
    OfferingTerms {
        claim: Some(0),
        ..offering_terms(quote)
    }
}

/// A pass for sixty shares held.
pub fn holding(quote: Pubkey) -> OfferingTerms {
    asking(quote, Asks::Hold { shares: 60 * ONE })
}

pub(super) fn open_offering() -> Case {
    owner(|w| ix::open_offering(&w.token(), &payer(w), offering_terms(w.quote)))
}

pub(super) fn open_offering_linked() -> Case {
    owner(|w| {
        w.declare(revenue_terms(w.quote));
        ix::open_offering(&w.token(), &payer(w), linked(w.quote))
    })
}

pub(super) fn close_offering() -> Case {
    let mut w = with_offering(offering_terms);
    let close = ix::close_offering(&w.token(), &find_offering(&w.token, 0).0);
    by(w, close, &["founder"])
}

fn bought_by(terms: impl FnOnce(Pubkey) -> OfferingTerms) -> Case {
    let mut w = with_offering(terms);
    let buy = purchase(&mut w, "bob");
    by(w, buy, &["bob"])
}

pub(super) fn buy_pass() -> Case {
    bought_by(offering_terms)
}

pub(super) fn buy_pass_linked() -> Case {
    bought_by(linked)
}

pub(super) fn buy_pass_again() -> Case {
    let mut w = with_pass(linked);
    w.pass(DAY);
    let again = purchase(&mut w, "bob");
    by(w, again, &["bob"])
}

pub(super) fn claim_pass() -> Case {
    bought_by(holding)
}

pub(super) fn burn_for_pass() -> Case {
    bought_by(|quote| asking(quote, Asks::Burn { shares: 30 * ONE }))
}

/// The same in which bob has a pass of the first offering.
pub fn with_pass(terms: impl FnOnce(Pubkey) -> OfferingTerms) -> World {
    let mut w = with_offering(terms);
    let buy = purchase(&mut w, "bob");
    w.send(&buy, &[&person("bob")]).ok();
    w
}

pub(super) fn use_pass() -> Case {
    let mut w = with_pass(offering_terms);
    let offering = offering(&mut w);
    let take = ix::use_pass(&offering, &key("bob"), &key("registrar"), 3).unwrap();
    by(w, take, &["bob", "registrar"])
}

pub(super) fn use_pass_held() -> Case {
    let mut w = with_pass(holding);
    let offering = offering(&mut w);
    let take = ix::use_pass(&offering, &key("bob"), &key("founder"), 1).unwrap();
    by(w, take, &["bob", "founder"])
}

pub(super) fn close_pass() -> Case {
    let mut w = with_pass(offering_terms);
    w.pass(31 * DAY);
    let close = ix::close_pass(&pass_of(&mut w, "bob"), &key("bob"));
    by(w, close, &["bob"])
}

pub(super) fn close_pass_held() -> Case {
    let mut w = with_pass(holding);
    w.pass(31 * DAY);
    let close = ix::close_pass(&pass_of(&mut w, "bob"), &key("bob"));
    by(w, close, &["bob"])
}

pub(super) fn open_holder_by_credential() -> Case {
    let mut w = World::with(crate::credential::by_credential);
    crate::credential::Attested::on(&key("bob")).put(&mut w);
    let open = ix::open_holder_by_credential(&w.token(), &payer(&w), &key("bob"));
    by(w, open, &["bob"])
}
