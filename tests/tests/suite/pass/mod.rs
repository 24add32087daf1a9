//! What a person sells, and proof of purchase: payment, shares held, shares burned.

mod refusals;

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, Shares, TokenError,
        address::{find_claim, find_pass, find_product},
        event::TokenEvent,
        instruction as ix,
        pass::{PassStatus, Standing, status},
        state::{PassPrice, ProductTerms},
    },
    upside_tests::{
        cases::{
            ANY_PRICE, asking, open_with, pass_of, product, product_terms, purchase, with_pass,
            with_product,
        },
        engine::Outcome,
        people::person,
        terms::revenue_terms,
        world::{DAY, ONE, START, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn linked(quote: Pubkey) -> ProductTerms {
    ProductTerms {
        claim_number: Some(0),
        ..product_terms(quote)
    }
}

fn holding(quote: Pubkey) -> ProductTerms {
    asking(quote, PassPrice::Hold { shares: 60 * ONE })
}

fn burning(quote: Pubkey) -> ProductTerms {
    asking(quote, PassPrice::Burn { shares: 30 * ONE })
}

fn buys(w: &mut World, name: &str) -> Outcome {
    let buy = purchase(w, name);
    w.send(&buy, &[&person(name)])
}

fn takes(w: &mut World, name: &str, point_of_sale: &str, units: u64) -> Outcome {
    let take = ix::use_pass(&product(w), &key(name), &key(point_of_sale), units).unwrap();
    w.send(&take, &[&person(name), &person(point_of_sale)])
}

fn closes(w: &mut World, name: &str) -> Outcome {
    let close = ix::close_pass(&pass_of(w, name), &key(name));
    w.send(&close, &[&person(name)])
}

fn ends(w: &mut World) -> Outcome {
    let product = product(w).key;
    let end = ix::close_product(&w.token(), &product);
    w.send(&end, &[&person("founder")])
}

/// What the SDK says of the first product's pass.
fn checked(w: &mut World, name: &str) -> PassStatus {
    let product = product(w);
    let key = find_pass(&product.key, &key(name)).0;
    let known = w.engine.account(&key).is_some();
    let pass = known.then(|| pass_of(w, name).data);
    let holder = w.holder(name).data;
    status(&product.data, pass.as_ref(), Some(&holder), w.now()).unwrap()
}

#[test]
fn a_payment_divides_between_the_linked_claim_and_the_owner_to_the_atom() {
    let mut w = with_product(|quote| ProductTerms {
        asks: PassPrice::Pay {
            mint: quote,
            price: 100 * ONE + 1,
        },
        ..linked(quote)
    });
    let (bob, founder, vault) = (w.cash("bob"), w.cash("founder"), w.vault());
    let events = buys(&mut w, "bob").ok();
    // A tenth, rounded up, for holders: a fifth of it, rounded up, to the reserve.
    let part = 10 * ONE + 1;
    assert_eq!(w.cash("bob"), bob - 100 * ONE - 1);
    assert_eq!(w.cash("founder"), founder + 90 * ONE);
    assert_eq!(w.vault(), vault + part);
    let asset = *w.token().data.quote();
    assert_eq!((asset.reserve, asset.payouts), (2 * ONE + 1, 8 * ONE));
    assert_eq!(w.claim(0).data.received, part);
    let [
        TokenEvent::RevenuePaid(paid),
        TokenEvent::PassBought(bought),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(
        (paid.from, paid.amount, paid.received),
        (key("bob"), part, part)
    );
    assert_eq!((paid.to_reserve, paid.to_stream), (2 * ONE + 1, 8 * ONE));
    assert_eq!(bought.header.sequence, paid.header.sequence + 1);
    assert_eq!(
        (bought.paid, bought.to_claim, bought.burned),
        (100 * ONE + 1, part, 0)
    );
    assert_eq!((bought.units, bought.sold), (10, 1));
    assert_eq!(bought.expires_at, START + 30 * DAY);
    // It streams to holders as any revenue does.
    w.pass(7 * DAY);
    let quote = w.quote;
    let claim = ix::collect_dividend(&w.token(), &key("bob"), &quote).unwrap();
    let events = w.send(&claim, &[&person("bob")]).ok();
    let TokenEvent::DividendCollected(dividend) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!(dividend.amount, 8 * ONE * 100 / 150);
    w.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn what_the_claim_no_longer_takes_goes_to_the_owner() {
    // Four of its total are left: not ten.
    let mut w = with_product(linked);
    w.pay_more(0, 999_996 * ONE);
    let founder = w.cash("founder");
    buys(&mut w, "bob").ok();
    assert_eq!(w.claim(0).data.received, 1_000_000 * ONE);
    assert!(!w.claim(0).data.is_open().unwrap());
    assert_eq!(w.cash("founder"), founder + 96 * ONE);
    // It has received all: the owner gets everything, and nothing more is booked.
    let events = buys(&mut w, "carol").ok();
    assert!(matches!(&events[..], [TokenEvent::PassBought(bought)] if bought.to_claim == 0));
    assert_eq!(w.cash("founder"), founder + 196 * ONE);
    assert_eq!(w.claim(0).data.received, 1_000_000 * ONE);

    // Beyond its end date, too.
    let mut w = with_product(linked);
    w.pass(3_650 * DAY);
    let founder = w.cash("founder");
    buys(&mut w, "bob").ok();
    assert_eq!(w.cash("founder"), founder + 100 * ONE);
    assert_eq!(w.claim(0).data.received, 0);

    // Without a link it is all the owner's.
    let mut w = with_product(product_terms);
    let founder = w.cash("founder");
    buys(&mut w, "bob").ok();
    assert_eq!(w.cash("founder"), founder + 100 * ONE);
}

#[test]
fn the_linked_claim_cannot_be_left_out_or_exchanged() {
    let mut w = with_product(linked);
    w.declare(revenue_terms(w.quote));
    let honest = purchase(&mut w, "bob");
    let bob = person("bob");
    let place = honest
        .accounts
        .iter()
        .position(|meta| meta.pubkey == find_claim(&w.token, 0).0)
        .unwrap();
    for other in [upside_sdk::state::PROGRAM_ID, find_claim(&w.token, 1).0] {
        let mut forged = honest.clone();
        forged.accounts[place].pubkey = other;
        forged.accounts[place].is_writable = other != upside_sdk::state::PROGRAM_ID;
        w.send(&forged, &[&bob]).refused(TokenError::WrongAccount);
    }
    // Nor can the proceeds go to anybody else.
    let owner = upside_sdk::address::find_associated(
        &key("founder"),
        &w.quote,
        &upside_sdk::address::TOKEN_PROGRAM,
    );
    let mine = upside_sdk::address::find_associated(
        &key("carol"),
        &w.quote,
        &upside_sdk::address::TOKEN_PROGRAM,
    );
    let mut forged = honest.clone();
    for meta in &mut forged.accounts {
        if meta.pubkey == owner.0 {
            meta.pubkey = mine.0;
        }
    }
    w.send(&forged, &[&bob])
        .refused(TokenError::WrongTokenAccount);
    w.send(&honest, &[&bob]).ok();
}

#[test]
fn buying_again_adds_units_and_time() {
    let mut w = with_pass(product_terms);
    let first = pass_of(&mut w, "bob").data;
    assert_eq!((first.units, first.tier, first.bought_at), (10, 2, START));
    takes(&mut w, "bob", "registrar", 4).ok();
    w.pass(10 * DAY);
    buys(&mut w, "bob").ok();
    let pass = pass_of(&mut w, "bob").data;
    assert_eq!((pass.units, pass.used), (16, 4));
    assert_eq!(pass.expires_at, START + 60 * DAY);
    // What was left of an expired pass has lapsed, and time begins anew.
    w.pass(80 * DAY);
    assert!(matches!(checked(&mut w, "bob"), PassStatus::Expired(_)));
    buys(&mut w, "bob").ok();
    let pass = pass_of(&mut w, "bob").data;
    assert_eq!((pass.units, pass.expires_at), (10, START + 120 * DAY));
    assert_eq!(product(&mut w).data.sold, 3);
    assert_eq!(product(&mut w).data.passes, 1);
}

#[test]
fn units_take_both_sides_and_are_bounded() {
    let mut w = with_pass(product_terms);
    let standing = |units| Standing {
        units,
        expires_at: Some(START + 30 * DAY),
        tier: 2,
    };
    assert_eq!(checked(&mut w, "bob"), PassStatus::Valid(standing(10)));
    let events = takes(&mut w, "bob", "registrar", 3).ok();
    let TokenEvent::PassUsed(used) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((used.wallet, used.by), (key("bob"), key("registrar")));
    assert_eq!((used.used, used.units), (3, 7));
    takes(&mut w, "bob", "founder", 1).ok();
    takes(&mut w, "bob", "mallory", 1).refused(TokenError::NotPointOfSale);
    takes(&mut w, "bob", "bob", 1).refused(TokenError::NotPointOfSale);
    takes(&mut w, "bob", "registrar", 0).refused(TokenError::ZeroAmount);
    takes(&mut w, "bob", "registrar", 7).refused(TokenError::PassUnitsExceeded);
    // The point of sale cannot spend another's pass, not even with a wallet of its own.
    let mut stolen = ix::use_pass(&product(&mut w), &key("carol"), &key("registrar"), 1).unwrap();
    let bobs = find_pass(&find_product(&w.token, 0).0, &key("bob")).0;
    stolen.accounts[4].pubkey = bobs;
    w.send(&stolen, &[&person("carol"), &person("registrar")])
        .refused(TokenError::NotPassHolder);
    closes(&mut w, "bob").refused(TokenError::PassNotOver);
    takes(&mut w, "bob", "registrar", 6).ok();
    assert_eq!(checked(&mut w, "bob"), PassStatus::UsedUp(standing(0)));
    assert_eq!(checked(&mut w, "carol"), PassStatus::None);

    // The last second is one of them.
    let mut w = with_pass(product_terms);
    w.pass(30 * DAY);
    takes(&mut w, "bob", "registrar", 1).ok();
    w.pass(1);
    takes(&mut w, "bob", "registrar", 1).refused(TokenError::PassExpired);
}

#[test]
fn a_pass_of_another_product_opens_nothing() {
    let mut w = with_pass(product_terms);
    let quote = w.quote;
    let second = open_with(&mut w, product_terms(quote));
    let mut wrong = ix::use_pass(&second, &key("bob"), &key("registrar"), 1).unwrap();
    wrong.accounts[4].pubkey = find_pass(&find_product(&w.token, 0).0, &key("bob")).0;
    w.send(&wrong, &[&person("bob"), &person("registrar")])
        .refused(TokenError::WrongAccount);
    // Nor does buying there extend the first one.
    let (token, payer) = (w.token(), w.payer.pubkey());
    let mut buy = ix::buy_pass(&token, &second, &payer, &key("bob"), ANY_PRICE).unwrap();
    buy.accounts[4].pubkey = find_pass(&find_product(&w.token, 0).0, &key("bob")).0;
    w.send(&buy, &[&person("bob")])
        .refused(TokenError::WrongAccount);
}

#[test]
fn a_pass_that_is_over_closes_and_its_rent_returns() {
    let mut w = with_pass(product_terms);
    takes(&mut w, "bob", "registrar", 10).ok();
    let theirs = ix::close_pass(&pass_of(&mut w, "bob"), &key("mallory"));
    w.send(&theirs, &[&person("mallory")])
        .refused(TokenError::NotPassHolder);
    let mut stolen = ix::close_pass(&pass_of(&mut w, "bob"), &key("bob"));
    stolen.accounts[5].pubkey = key("bob");
    w.send(&stolen, &[&person("bob")])
        .refused(TokenError::WrongAccount);
    let pass = pass_of(&mut w, "bob").key;
    let rent = w.engine.account(&pass).unwrap().lamports;
    let payer = w.payer.pubkey();
    let before = w.engine.account(&payer).unwrap().lamports;
    let events = closes(&mut w, "bob").ok();
    let fees = 10_000;
    assert_eq!(
        w.engine.account(&payer).unwrap().lamports,
        before + rent - fees
    );
    assert!(w.engine.account(&pass).is_none());
    assert!(matches!(&events[..], [TokenEvent::PassClosed(closed)] if closed.passes == 0));
    assert_eq!(checked(&mut w, "bob"), PassStatus::None);
    // A new one begins with nothing of the old one.
    buys(&mut w, "bob").ok();
    let pass = pass_of(&mut w, "bob").data;
    assert_eq!((pass.units, pass.used), (10, 0));
}

#[test]
fn a_pass_for_shares_held_locks_them_while_it_runs() {
    let mut w = with_product(holding);
    buys(&mut w, "carol").refused(TokenError::TooFewShares);
    let cash = w.cash("bob");
    let events = buys(&mut w, "bob").ok();
    assert!(matches!(&events[..], [TokenEvent::PassBought(e)] if e.locked == 60 * ONE));
    assert_eq!(w.cash("bob"), cash);
    let bob = w.holder("bob").data;
    assert_eq!((bob.shares, bob.pass_locked), (100 * ONE, 60 * ONE));
    takes(&mut w, "bob", "founder", 1).ok();

    // What is not locked moves; the rest neither moves, nor is sold, nor leaves.
    let give = |w: &mut World, shares: u64| {
        let send = ix::transfer_shares(&w.token, &key("bob"), &key("carol"), Shares(shares), None);
        w.send(&send, &[&person("bob")])
    };
    give(&mut w, 40 * ONE + 1).refused(TokenError::InsufficientShares);
    give(&mut w, 40 * ONE).ok();
    give(&mut w, 1).refused(TokenError::InsufficientShares);
    w.open_bearer("bob");
    let leave = ix::withdraw(&w.token(), &key("bob"), Shares(1));
    w.send(&leave, &[&person("bob")])
        .refused(TokenError::InsufficientShares);
    // Another's shares do not help.
    let mut borrowed = ix::use_pass(&product(&mut w), &key("bob"), &key("founder"), 1).unwrap();
    borrowed.accounts[5].pubkey = w.holder("carol").key;
    w.send(&borrowed, &[&person("bob"), &person("founder")])
        .refused(TokenError::NotHolder);
    borrowed.accounts[5].pubkey = upside_sdk::state::PROGRAM_ID;
    w.send(&borrowed, &[&person("bob"), &person("founder")])
        .refused(TokenError::PassEnded);
    takes(&mut w, "bob", "founder", 9).ok();

    // Used up is used up: neither buying nor closing frees the shares for another pass.
    buys(&mut w, "bob").refused(TokenError::PassNotOver);
    closes(&mut w, "bob").refused(TokenError::PassNotOver);
    w.pass(31 * DAY);
    // A renewed pass keeps what it locked.
    buys(&mut w, "bob").ok();
    assert_eq!(w.holder("bob").data.pass_locked, 60 * ONE);
    assert_eq!(pass_of(&mut w, "bob").data.units, 10);
    takes(&mut w, "bob", "founder", 10).ok();
    // If the product is closed, there is nothing to take again.
    ends(&mut w).ok();
    closes(&mut w, "bob").ok();
    assert_eq!(w.holder("bob").data.pass_locked, 0);
    give(&mut w, 60 * ONE).ok();
}

#[test]
fn one_lot_of_shares_takes_one_pass() {
    let mut w = with_product(holding);
    w.issue("mallory", 60 * ONE);
    buys(&mut w, "mallory").ok();
    w.open_holder("dave");
    let send = ix::transfer_shares(
        &w.token,
        &key("mallory"),
        &key("dave"),
        Shares(60 * ONE),
        None,
    );
    w.send(&send, &[&person("mallory")])
        .refused(TokenError::InsufficientShares);
    takes(&mut w, "mallory", "founder", 10).ok();
    w.send(&send, &[&person("mallory")])
        .refused(TokenError::InsufficientShares);
    // Not by a sale either.
    let terms = upside_sdk::state::SaleTerms {
        number: 0,
        shares: ONE,
        price: 1,
        buyer: key("dave"),
        expires_at: w.now() + DAY,
    };
    let token = w.token();
    let sell = ix::open_sale(&token.key, &w.payer.pubkey(), &key("mallory"), terms);
    w.send(&sell, &[&person("mallory")])
        .refused(TokenError::InsufficientShares);
}

#[test]
fn redeeming_locked_shares_is_possible_and_ends_the_pass() {
    let mut w = with_product(holding);
    w.give_reserve(150 * ONE);
    buys(&mut w, "bob").ok();
    let redeem = |w: &mut World, shares: u64| {
        let args = upside_tests::cases::redeem_args(shares);
        let redeem = ix::redeem(&w.token(), &key("bob"), args).unwrap();
        w.send(&redeem, &[&person("bob")])
    };
    // Free shares go first.
    let ended = |events: &[TokenEvent]| match events {
        [TokenEvent::SharesRedeemed(e)] => e.passes_ended,
        other => panic!("{other:?}"),
    };
    assert_eq!(ended(&redeem(&mut w, 40 * ONE).ok()), 0);
    assert!(checked(&mut w, "bob").is_valid());
    assert_eq!(ended(&redeem(&mut w, ONE).ok()), 1);
    assert!(matches!(checked(&mut w, "bob"), PassStatus::Ended(_)));
    takes(&mut w, "bob", "founder", 1).refused(TokenError::PassEnded);
    // New shares do not revive it, nor does a new holder account.
    redeem(&mut w, 59 * ONE).ok();
    let close = ix::close_holder(&w.holder("bob"), &key("bob"));
    w.send(&close, &[&person("bob")]).ok();
    w.issue("bob", 100 * ONE);
    takes(&mut w, "bob", "founder", 1).refused(TokenError::PassEnded);
    closes(&mut w, "bob").ok();
    assert_eq!(w.holder("bob").data.pass_locked, 0);
    buys(&mut w, "bob").ok();
    takes(&mut w, "bob", "founder", 10).ok();
}

#[test]
fn a_pass_for_shares_held_has_an_end() {
    let mut w = World::new();
    let terms = ProductTerms {
        lifetime: 0,
        ..holding(w.quote)
    };
    let open = ix::open_product(&w.token(), &w.payer.pubkey(), terms);
    w.send(&open, &[&person("founder")])
        .refused(TokenError::InvalidProduct);
}

#[test]
fn burned_shares_leave_the_supply_and_enrich_those_who_stay() {
    let mut w = with_product(burning);
    w.give_reserve(150 * ONE);
    let before = w.token().data;
    let events = buys(&mut w, "bob").ok();
    let TokenEvent::PassBought(bought) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!(
        (bought.burned, bought.paid, bought.supply),
        (30 * ONE, 0, 120 * ONE)
    );
    let after = w.token().data;
    assert_eq!(after.supply, before.supply - 30 * ONE);
    assert_eq!(after.registered, before.registered - 30 * ONE);
    assert_eq!(after.quote().reserve, before.quote().reserve);
    assert_eq!(w.holder("bob").data.shares, 70 * ONE);
    let (held, share_custody) = (w.token().data.registered, w.token().data.share_custody);
    assert_eq!(w.balance(&share_custody), held);
    w.check_books(&["founder", "bob", "carol"]);
    takes(&mut w, "bob", "founder", 1).ok();
    // He has seventy left: two more passes, not three.
    buys(&mut w, "bob").ok();
    buys(&mut w, "bob").ok();
    assert_eq!(pass_of(&mut w, "bob").data.units, 29);
    buys(&mut w, "bob").refused(TokenError::InsufficientShares);
    // Nobody burns another's shares.
    let mut theirs = purchase(&mut w, "carol");
    theirs.accounts[6].pubkey = w.holder("bob").key;
    w.send(&theirs, &[&person("carol")])
        .refused(TokenError::NotHolder);
}
