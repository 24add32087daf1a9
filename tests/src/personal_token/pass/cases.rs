//! Products and passes.

use {
    crate::cases::*,
    upside_sdk::{
        address::{find_pass, find_product},
        state::{Account, Pass, PassInput, PassPrice, Product, ProductTerms},
    },
};

/// Ten lessons for 100, within 30 days; `registrar` keeps the point of sale.
pub fn product_terms(quote: Pubkey) -> ProductTerms {
    ProductTerms {
        name: "Ten lessons".into(),
        uri: "https://ada.example/lessons".into(),
        tier: 2,
        asks: PassPrice::Pay {
            mint: quote,
            price: 100 * ONE,
        },
        units: 10,
        lifetime: 30 * 86_400,
        max_passes: 0,
        claim_number: None,
        point_of_sale: key("registrar"),
    }
}

/// Terms of a product that asks something else.
pub fn asking(quote: Pubkey, asks: PassPrice) -> ProductTerms {
    ProductTerms {
        asks,
        ..product_terms(quote)
    }
}

/// Opens a product.
pub fn open_with(w: &mut World, terms: ProductTerms) -> Account<Product> {
    let token = w.token();
    let open = ix::open_product(&token, &payer(w), terms);
    w.send(&open, &[&person("founder")]).ok();
    w.get(&find_product(&token.key, token.data.products).0)
}

/// A pass of the first product.
pub fn pass_of(w: &mut World, name: &str) -> Account<Pass> {
    let product = find_product(&w.token, 0).0;
    w.get(&find_pass(&product, &key(name)).0)
}

/// The first product.
pub fn product(w: &mut World) -> Account<Product> {
    let key = find_product(&w.token, 0).0;
    w.get(&key)
}

/// Any price, at any time.
pub const ANY_PRICE: PassInput = PassInput {
    max_price: u64::MAX,
    deadline: NEVER,
};

/// The purchase of a pass of the first product.
pub fn purchase(w: &mut World, name: &str) -> Instruction {
    let (token, product) = (w.token(), product(w));
    ix::buy_pass(&token, &product, &payer(w), &key(name), ANY_PRICE).unwrap()
}

/// A world in which bob and carol have shares and a revenue claim of a tenth.
pub fn with_product(terms: impl FnOnce(Pubkey) -> ProductTerms) -> World {
    let mut w = World::new();
    w.issue("bob", 100 * ONE);
    w.issue("carol", 50 * ONE);
    let quote = w.quote;
    w.declare(revenue_terms(quote));
    open_with(&mut w, terms(quote));
    w
}

pub(crate) fn linked(quote: Pubkey) -> ProductTerms {
    ProductTerms {
        claim_number: Some(0),
        ..product_terms(quote)
    }
}

/// A pass for sixty shares held.
pub fn holding(quote: Pubkey) -> ProductTerms {
    asking(quote, PassPrice::Hold { shares: 60 * ONE })
}

pub(crate) fn open_product() -> Case {
    owner(|w| ix::open_product(&w.token(), &payer(w), product_terms(w.quote)))
}

pub(crate) fn open_product_linked() -> Case {
    owner(|w| {
        w.declare(revenue_terms(w.quote));
        ix::open_product(&w.token(), &payer(w), linked(w.quote))
    })
}

pub(crate) fn close_product() -> Case {
    let mut w = with_product(product_terms);
    let close = ix::close_product(&w.token(), &find_product(&w.token, 0).0);
    by(w, close, &["founder"])
}

pub(crate) fn bought_by(terms: impl FnOnce(Pubkey) -> ProductTerms) -> Case {
    let mut w = with_product(terms);
    let buy = purchase(&mut w, "bob");
    by(w, buy, &["bob"])
}

pub(crate) fn buy_pass() -> Case {
    bought_by(product_terms)
}

pub(crate) fn buy_pass_linked() -> Case {
    bought_by(linked)
}

pub(crate) fn buy_pass_again() -> Case {
    let mut w = with_pass(linked);
    w.pass(DAY);
    let again = purchase(&mut w, "bob");
    by(w, again, &["bob"])
}

pub(crate) fn collect_pass() -> Case {
    bought_by(holding)
}

pub(crate) fn burn_for_pass() -> Case {
    bought_by(|quote| asking(quote, PassPrice::Burn { shares: 30 * ONE }))
}

/// The same in which bob has a pass of the first product.
pub fn with_pass(terms: impl FnOnce(Pubkey) -> ProductTerms) -> World {
    let mut w = with_product(terms);
    let buy = purchase(&mut w, "bob");
    w.send(&buy, &[&person("bob")]).ok();
    w
}

pub(crate) fn use_pass() -> Case {
    let mut w = with_pass(product_terms);
    let product = product(&mut w);
    let take = ix::use_pass(&product, &key("bob"), &key("registrar"), 3).unwrap();
    by(w, take, &["bob", "registrar"])
}

pub(crate) fn use_pass_held() -> Case {
    let mut w = with_pass(holding);
    let product = product(&mut w);
    let take = ix::use_pass(&product, &key("bob"), &key("founder"), 1).unwrap();
    by(w, take, &["bob", "founder"])
}

pub(crate) fn close_pass() -> Case {
    let mut w = with_pass(product_terms);
    w.pass(31 * DAY);
    let close = ix::close_pass(&pass_of(&mut w, "bob"), &key("bob"));
    by(w, close, &["bob"])
}

pub(crate) fn close_pass_held() -> Case {
    let mut w = with_pass(holding);
    w.pass(31 * DAY);
    let close = ix::close_pass(&pass_of(&mut w, "bob"), &key("bob"));
    by(w, close, &["bob"])
}
