//! Standing orders: what is refused, and when they are void.

use {
    super::*,
    upside_sdk::{error::CoreError, state::Change},
    upside_tests::world::START,
};

#[test]
fn orders_that_could_not_hold_are_refused() {
    let mut world = with_dividends(|terms| terms);
    let (pays, now) = (to_owner(&mut world), world.now());
    let attempt = |world: &mut World, order: Order, ends_at: i64| {
        let payer = world.payer.pubkey();
        let set = ix::set_order(&world.token, &payer, &key("bob"), order, ends_at);
        world.send(&set, &[&person("bob")])
    };
    for time in [0, START, now, now + 365 * DAY + 1, i64::MAX] {
        attempt(&mut world, pays, time).refused(TokenError::InvalidExpiry);
    }
    let owner = key("carol");
    attempt(&mut world, Order::PayOwner { owner }, now + DAY).refused(TokenError::OrderVoid);
    let free = Order::BuyInRound {
        round: find_round(&world.token, 0).0,
        max_price: 0,
        max_supply: u64::MAX,
        terms_version: 0,
    };
    attempt(&mut world, free, now + DAY).refused(TokenError::ZeroAmount);
    attempt(&mut world, pays, now + 365 * DAY).ok();

    // Only for one's own holder account.
    let mut foreign = order_ix(&world, pays);
    foreign.accounts[3].pubkey = upside_sdk::address::find_holder(&world.token, &key("carol")).0;
    world
        .send(&foreign, &[&person("bob")])
        .refused(TokenError::NotHolder);
    let payer = world.payer.pubkey();
    let set = ix::set_order(&world.token, &payer, &key("mallory"), pays, now + DAY);
    world
        .send(&set, &[&person("mallory")])
        .named_failure("no holder account");
}

/// An order to buy is void once something differs from what its wallet signed.
#[test]
fn a_purchase_is_void_where_anything_differs() {
    let mut world = with_dividends(|terms| terms);
    let Order::BuyInRound {
        round,
        terms_version,
        ..
    } = any_purchase(&mut world)
    else {
        panic!("a purchase")
    };
    let supply = world.token().data.supply;
    let with = |max_price, max_supply, terms_version| Order::BuyInRound {
        round,
        max_price,
        max_supply,
        terms_version,
    };
    let attempt = |order_of: Order, error: TokenError| {
        let mut world = world.fork();
        order(&mut world, order_of);
        buy(&mut world).refused(error);
    };
    attempt(
        with(ONE / 10 - 1, supply, terms_version),
        TokenError::OrderVoid,
    );
    attempt(
        with(ONE, supply - 1, terms_version),
        TokenError::SupplyAboveSigned,
    );
    attempt(
        with(ONE, supply, terms_version + 1),
        TokenError::TermsChanged,
    );
    let mut good = world.fork();
    order(&mut good, with(ONE / 10, supply, terms_version));
    buy(&mut good).ok();
    // The price of a stage holds for it also where the charge is rounded up to an atom.
    let mut odd = with_dividends(|terms| RoundTerms {
        stages: terms.stages.map(|mut stage| {
            if stage.shares > 0 {
                stage.price = stage.price * 7 + 3;
            }
            stage
        }),
        ..terms
    });
    order(&mut odd, with(ONE / 10 * 7 + 3, supply, terms_version));
    buy(&mut odd).ok();

    // Another kind, and another round.
    let mut other = world.fork();
    let pays = to_owner(&mut other);
    order(&mut other, pays);
    buy(&mut other).refused(TokenError::OrderVoid);
    let mut other = world.fork();
    let terms = world.fork().round(0).data;
    let second = RoundTerms {
        opens_at: terms.opens_at,
        closes_at: terms.closes_at,
        ..upside_tests::terms::round_terms()
    };
    other.open_round(second);
    order(&mut other, with(ONE, u64::MAX, terms_version));
    let (token, second) = (other.token(), other.round(1));
    let wrong = ix::buy_by_order(&token, &second, &key("bob"), &key("carol"));
    other
        .send(&wrong, &[&person("carol")])
        .refused(TokenError::OrderVoid);
    pay(&mut other).refused(TokenError::OrderVoid);
}

#[test]
fn a_new_owner_is_paid_by_no_order_that_names_another() {
    let mut world = with_dividends(|terms| terms);
    let pays = to_owner(&mut world);
    order(&mut world, pays);
    let propose = ix::propose_owner(&world.token(), &key("carol"));
    world.send(&propose, &[&person("founder")]).ok();
    let token = world.token();
    let accept = ix::accept_ownership(&token, &key("carol"));
    world.send(&accept, &[&person("carol")]).ok();
    pay(&mut world).refused(TokenError::OrderVoid);
    assert_eq!(collectable(&mut world, "bob"), 600 * ONE);
    // Nor does an owner buy in their own round.
    let mut own = with_dividends(|terms| terms);
    let buys = any_purchase(&mut own);
    order(&mut own, buys);
    let propose = ix::propose_owner(&own.token(), &key("bob"));
    own.send(&propose, &[&person("founder")]).ok();
    let token = own.token();
    let accept = ix::accept_ownership(&token, &key("bob"));
    own.send(&accept, &[&person("bob")]).ok();
    buy(&mut own).refused(TokenError::OwnerCannotContribute);
}

#[test]
fn rounds_that_escrow_or_ask_for_approval_take_no_orders() {
    let escrows = |terms: RoundTerms| RoundTerms {
        min_raise: 100 * ONE,
        ..terms
    };
    let mut world = with_dividends(escrows);
    let buys = any_purchase(&mut world);
    order(&mut world, buys);
    buy(&mut world).refused(TokenError::RoundEscrows);
    let mut world = with_dividends(|terms| RoundTerms {
        by_approval: true,
        ..terms
    });
    let buys = any_purchase(&mut world);
    order(&mut world, buys);
    buy(&mut world).refused(TokenError::RoundNeedsApproval);
}

#[test]
fn a_purchase_is_a_contribution_with_all_its_rules() {
    let mut world = with_dividends(|terms| terms);
    let buys = any_purchase(&mut world);
    order(&mut world, buys);
    let mut paused = world.fork();
    let pause = ix::pause(&paused.token(), &key("founder"));
    paused.send(&pause, &[&person("founder")]).ok();
    buy(&mut paused).refused(TokenError::Paused);
    let mut small = with_dividends(|terms| RoundTerms {
        min_contribution: 601 * ONE,
        ..terms
    });
    let buys = any_purchase(&mut small);
    order(&mut small, buys);
    buy(&mut small).refused(TokenError::ContributionTooSmall);
    // Nothing is left to buy with.
    buy(&mut world).ok();
    buy(&mut world).refused(TokenError::ZeroAmount);
    // Below its backing nothing is sold.
    let mut dear = with_dividends(|terms| terms);
    let buys = any_purchase(&mut dear);
    order(&mut dear, buys);
    dear.give_reserve(1_000 * ONE);
    buy(&mut dear).refused(TokenError::PaymentBelowBacking);
    assert_eq!(collectable(&mut dear, "bob"), 600 * ONE);
    // After its end it sells nothing.
    let mut late = with_dividends(|terms| RoundTerms {
        closes_at: terms.opens_at + 10 * DAY,
        ..terms
    });
    let buys = any_purchase(&mut late);
    order(&mut late, buys);
    late.pass(10 * DAY);
    buy(&mut late).refused(TokenError::RoundNotOpen);
}

/// The account that takes the owner's part is theirs, and nobody else can take from it.
#[test]
fn nobody_elses_account_takes_the_proceeds() {
    let mut world = with_dividends(|terms| terms);
    let pays = to_owner(&mut world);
    order(&mut world, pays);
    let mut pay = ix::pay_by_order(&world.token(), &key("bob"));
    let (quote, right) = (world.quote, pay.accounts[3].pubkey);
    let carols = world.give(&key("carol"), &quote, 0);
    pay.accounts[3].pubkey = carols;
    world.send(&pay, &[]).refused(TokenError::WrongTokenAccount);
    // Another account of the owner's, from which mallory may take.
    let other = Pubkey::new_unique();
    let mut bytes = upside_tests::world::token_account_bytes(&quote, &key("founder"), 0);
    bytes[72] = 1;
    bytes[76..108].copy_from_slice(key("mallory").as_ref());
    world.put(other, upside_sdk::address::TOKEN_PROGRAM, bytes);
    pay.accounts[3].pubkey = other;
    world.send(&pay, &[]).refused(TokenError::WrongAccount);
    pay.accounts[3].pubkey = right;
    world.send(&pay, &[]).ok();
}

/// A wind-down pays out: an order moves nothing more, whoever executes it, and anybody ends
/// it, so that its rent comes back.
#[test]
fn a_wind_down_ends_every_order() {
    for buys in [false, true] {
        let mut world = with_dividends(|terms| terms);
        let what = match buys {
            true => any_purchase(&mut world),
            false => to_owner(&mut world),
        };
        let set = order(&mut world, what);
        world.put_poll("bob", Change::Dissolve).ok();
        world.approve("bob").ok();
        world.approve("carol").ok();
        world.apply("bob").ok();
        match buys {
            true => buy(&mut world).refused(TokenError::WoundUp),
            false => pay(&mut world).refused(TokenError::OrderVoid),
        }
        let again = order_ix(&world, what);
        world
            .send(&again, &[&person("bob")])
            .refused(TokenError::WoundUp);
        assert_eq!(collectable(&mut world, "bob"), 600 * ONE);
        let cancel = ix::cancel_order(&set, &key("carol"));
        world.send(&cancel, &[&person("carol")]).ok();
        assert!(world.engine.account(&set.key).is_none());
    }
}

/// Whoever names another token's round in an order keeps nobody else's from being executed:
/// the quote leaves it out.
#[test]
fn a_round_of_another_token_is_refused_by_the_quote() {
    let mut world = with_dividends(|terms| terms);
    let buys = any_purchase(&mut world);
    let order = order(&mut world, buys);
    predicted(&mut world, &order);
    let (token, holder, now) = (world.token(), world.holder("bob"), world.now());
    let mut round = world.round(0);
    round.data.token = key("mallory");
    let quoted = quote::order(
        &token.data,
        &holder.data,
        &order.data,
        Some(&round),
        None,
        now,
    );
    assert!(matches!(
        quoted,
        Err(CoreError::Refused(TokenError::WrongToken))
    ));
}
