//! Products: what is refused.

use {
    super::*,
    solana_signer::Signer,
    upside_sdk::{
        TokenError,
        address::find_product,
        instruction as ix,
        state::{MAX_LIFETIME, PassInput, PassPrice, ProductKind, ProductStatus, ProductTerms},
    },
    upside_tests::{
        cases::{ANY_PRICE, pass_of, product, product_terms, with_pass, with_product},
        people::person,
        terms::{equity_terms, revenue_terms, token_args},
        world::{DAY, NEVER, ONE, START, World},
    },
};

#[test]
fn purchases_are_bounded_in_price_time_and_number() {
    let mut w = with_product(|quote| ProductTerms {
        max_passes: 2,
        ..product_terms(quote)
    });
    let bob = person("bob");
    let limited = |w: &mut World, max_price, deadline| {
        let (token, product, payer) = (w.token(), product(w), w.payer.pubkey());
        let args = PassInput {
            max_price,
            deadline,
        };
        ix::buy_pass(&token, &product, &payer, &key("bob"), args).unwrap()
    };
    let dear = limited(&mut w, 100 * ONE - 1, NEVER);
    w.send(&dear, &[&bob]).refused(TokenError::Slippage);
    let late = limited(&mut w, 100 * ONE, START - 1);
    w.send(&late, &[&bob]).refused(TokenError::DeadlinePassed);
    let fits = limited(&mut w, 100 * ONE, START);
    w.send(&fits, &[&bob]).ok();
    // An extension counts, too.
    buys(&mut w, "bob").ok();
    buys(&mut w, "carol").refused(TokenError::ProductSoldOut);
    ends(&mut w).ok();
    ends(&mut w).refused(TokenError::ProductNotOpen);
    buys(&mut w, "bob").refused(TokenError::ProductNotOpen);
    assert_eq!(
        product(&mut w).data.status().unwrap(),
        ProductStatus::Closed
    );
    // Its passes go on.
    takes(&mut w, "bob", "registrar", 20).ok();
}

#[test]
fn each_kind_is_had_in_its_own_way_only() {
    let mut w = with_product(product_terms);
    // A paid product, asked for as if it cost nothing: the builder is told a lie.
    for kind in [ProductKind::Hold, ProductKind::Burn] {
        let mut lie = product(&mut w);
        lie.data.kind = kind.into();
        let (token, payer) = (w.token(), w.payer.pubkey());
        let free = ix::buy_pass(&token, &lie, &payer, &key("bob"), ANY_PRICE).unwrap();
        w.send(&free, &[&person("bob")])
            .refused(TokenError::WrongProductKind);
    }
    let mut w = with_product(holding);
    let mut lie = product(&mut w);
    (lie.data.kind, lie.data.mint) = (ProductKind::Pay.into(), w.quote);
    let (token, payer) = (w.token(), w.payer.pubkey());
    let paid = ix::buy_pass(&token, &lie, &payer, &key("bob"), ANY_PRICE).unwrap();
    w.send(&paid, &[&person("bob")])
        .refused(TokenError::WrongProductKind);
}

#[test]
fn a_pause_stops_new_money_and_nothing_else() {
    for terms in [product_terms, burning] {
        let mut w = with_pass(terms);
        let pause = ix::pause(&w.token(), &key("guardian"));
        w.send(&pause, &[&person("guardian")]).ok();
        buys(&mut w, "bob").refused(TokenError::Paused);
        takes(&mut w, "bob", "founder", 10).ok();
        closes(&mut w, "bob").ok();
        let token = w.token();
        let open = ix::open_product(&token, &w.payer.pubkey(), product_terms(w.quote));
        w.send(&open, &[&person("founder")])
            .refused(TokenError::Paused);
    }
    let mut w = with_product(holding);
    let pause = ix::pause(&w.token(), &key("founder"));
    w.send(&pause, &[&person("founder")]).ok();
    buys(&mut w, "bob").ok();
}

#[test]
fn impossible_terms_are_refused_when_the_product_is_opened() {
    let mut w = World::with(|args| *args = token_args());
    let quote = w.quote;
    let reserve_only = w.list("another mint", false);
    let second = w.list("second payout", true);
    w.declare(revenue_terms(quote));
    w.declare(equity_terms());
    let mut try_open = |change: &dyn Fn(&mut ProductTerms)| {
        let mut terms = product_terms(quote);
        change(&mut terms);
        let token = w.token();
        let open = ix::open_product(&token, &w.payer.pubkey(), terms);
        w.send(&open, &[&person("founder")])
    };
    let pay = |mint, price| PassPrice::Pay { mint, price };
    let bad = TokenError::InvalidProduct;
    try_open(&|t| t.units = 0).refused(bad);
    try_open(&|t| t.lifetime = MAX_LIFETIME + 1).refused(bad);
    try_open(&|t| t.asks = pay(quote, 0)).refused(bad);
    try_open(&|t| t.asks = PassPrice::Hold { shares: 0 }).refused(bad);
    try_open(&|t| t.asks = PassPrice::Burn { shares: 0 }).refused(bad);
    try_open(&|t| {
        t.asks = PassPrice::Hold { shares: 1 };
        t.claim_number = Some(0);
    })
    .refused(bad);
    try_open(&|t| t.name = String::new()).refused(TokenError::InvalidText);
    try_open(&|t| t.name = "Les\u{202E}sons".into()).refused(TokenError::InvalidText);
    try_open(&|t| t.uri = "u".repeat(129)).refused(TokenError::InvalidText);
    try_open(&|t| t.asks = pay(key("no mint"), 1)).refused(TokenError::AssetNotListed);
    try_open(&|t| t.asks = pay(reserve_only, 1)).refused(TokenError::NotAPayoutMint);
    try_open(&|t| {
        t.asks = pay(second, 1);
        t.claim_number = Some(0);
    })
    .refused(TokenError::WrongMint);
    try_open(&|t| t.claim_number = Some(1)).refused(TokenError::WrongClaimKind);
    try_open(&|t| t.asks = pay(second, 1)).ok();
    try_open(&|t| t.claim_number = Some(0)).ok();

    // A claim that is over cannot be linked, and only the owner opens and closes.
    w.pass(3_650 * DAY);
    let token = w.token();
    let payer = w.payer.pubkey();
    let late = ix::open_product(&token, &payer, linked(quote));
    w.send(&late, &[&person("founder")])
        .refused(TokenError::ClaimEnded);
    let token = w.token();
    let mut theirs = ix::open_product(&token, &payer, product_terms(quote));
    theirs.accounts[1].pubkey = key("mallory");
    w.send(&theirs, &[&person("mallory")])
        .refused(TokenError::NotOwner);
    let mut theirs = ix::close_product(&token, &find_product(&token.key, 0).0);
    theirs.accounts[0].pubkey = key("mallory");
    w.send(&theirs, &[&person("mallory")])
        .refused(TokenError::NotOwner);
}

#[test]
fn units_without_end_are_an_overflow_and_not_a_wrap() {
    let mut w = with_pass(|quote| ProductTerms {
        units: u64::MAX / 2 + 1,
        lifetime: 0,
        ..product_terms(quote)
    });
    let pass = pass_of(&mut w, "bob").data;
    assert_eq!(pass.expires_at, 0);
    buys(&mut w, "bob").refused(TokenError::Overflow);
    // Without an end it never expires.
    w.pass(36_500 * DAY);
    assert!(checked(&mut w, "bob").is_valid());
    takes(&mut w, "bob", "registrar", 1).ok();
}
