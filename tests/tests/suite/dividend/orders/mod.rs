//! Standing orders: what a holder wants done with their dividends, which anybody executes.

mod refusals;

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, TokenError,
        address::{find_contribution, find_order, find_round},
        event::TokenEvent,
        instruction as ix, quote,
        state::{Account, Order, RoundTerms, StandingOrder},
    },
    upside_tests::{
        cases::{any_purchase, buy_by_order_ix, order, order_ix, to_owner, with_dividends},
        engine::Outcome,
        payee::pays_another,
        people::person,
        world::{DAY, ONE, World},
    },
};

const PEOPLE: [&str; 3] = ["founder", "bob", "carol"];

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn pay(world: &mut World) -> Outcome {
    let pay = ix::pay_by_order(&world.token(), &key("bob"));
    world.send(&pay, &[])
}

fn buy(world: &mut World) -> Outcome {
    let buy = buy_by_order_ix(world);
    world.send(&buy, &[&person("carol")])
}

fn collectable(world: &mut World, name: &str) -> u64 {
    let (token, holder, now) = (world.token(), world.holder(name), world.now());
    let quoted = quote::dividend(&token.data, &holder.data, 0, now).unwrap();
    quoted.collectable.0
}

/// What the SDK says that the order's execution does now.
fn predicted(world: &mut World, order: &Account<StandingOrder>) -> quote::OrderQuote {
    let (token, holder, round) = (world.token(), world.holder("bob"), world.round(0));
    let now = world.now();
    quote::order(
        &token.data,
        &holder.data,
        &order.data,
        Some(&round),
        None,
        now,
    )
    .unwrap()
}

#[test]
fn dividends_go_to_the_owner_as_their_holder_ordered() {
    let mut world = with_dividends(|terms| terms);
    let pays = to_owner(&mut world);
    let set = order_ix(&world, pays);
    let events = world.send(&set, &[&person("bob")]).ok();
    let [TokenEvent::OrderSet(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.wallet, event.to), (key("bob"), key("founder")));
    assert_eq!((event.buys, event.max_price, event.max_supply), (0, 0, 0));
    assert_eq!(event.ends_at, world.now() + 90 * DAY);

    let order: Account<StandingOrder> = world.get(&find_order(&world.token, &key("bob")).0);
    let (had, carols) = (world.cash("founder"), collectable(&mut world, "carol"));
    let quoted = predicted(&mut world, &order);
    let events = pay(&mut world).ok();
    let [TokenEvent::OrderExecuted(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.wallet, event.to), (key("bob"), key("founder")));
    assert_eq!((event.amount, quoted.amount.0), (600 * ONE, 600 * ONE));
    assert_eq!(world.cash("founder") - had, 600 * ONE);
    assert_eq!(collectable(&mut world, "bob"), 0);
    // Nobody else's part moved.
    assert_eq!(collectable(&mut world, "carol"), carols);
    assert_eq!(event.payouts, carols);
    pay(&mut world).refused(TokenError::NothingToCollect);
    world.check_books(&PEOPLE);
}

#[test]
fn dividends_buy_shares_in_a_round_and_what_buys_none_stays() {
    let mut world = with_dividends(|terms| RoundTerms {
        stages: terms.stages.map(|mut stage| {
            if stage.shares > 0 {
                stage.price = stage.price * 3 / 2 + 1;
            }
            stage
        }),
        ..terms
    });
    let buys = any_purchase(&mut world);
    let order = order(&mut world, buys);
    let (had, reserve) = (world.cash("founder"), world.token().data.quote().reserve);
    let (shares, cost) = (
        world.holder("bob").data.shares,
        world.holder("bob").data.cost,
    );
    let carols = collectable(&mut world, "carol");
    let quoted = predicted(&mut world, &order);
    let events = buy(&mut world).ok();
    let [
        TokenEvent::OrderExecuted(executed),
        TokenEvent::Contributed(bought),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(executed.to, find_round(&world.token, 0).0);
    assert_eq!((bought.wallet, bought.paid), (key("bob"), executed.amount));
    assert_eq!(quoted.amount.0, bought.paid);
    assert_eq!(quoted.buys.unwrap().purchase.shares.0, bought.shares);
    // Three tenths of the payment are the reserve's, the rest is the owner's.
    let kept = world.token().data.quote().reserve - reserve;
    assert_eq!(
        (kept, bought.to_reserve),
        ((bought.paid * 3).div_ceil(10), kept)
    );
    assert_eq!(world.cash("founder") - had, bought.paid - kept);
    let bob = world.holder("bob").data;
    assert_eq!(
        (bob.shares, bob.cost),
        (shares + bought.shares, cost + bought.paid)
    );
    // What costs less than the next share atom is still bob's.
    assert_eq!(collectable(&mut world, "bob"), 600 * ONE - bought.paid);
    assert_eq!(collectable(&mut world, "carol"), carols);
    assert_eq!(world.round(0).data.raised, bought.paid);
    world.check_books(&PEOPLE);
}

#[test]
fn an_order_of_a_round_that_caps_its_backers_is_bounded_and_its_executor_gets_the_rent_back() {
    let mut world = with_dividends(|terms| RoundTerms {
        backer_cap: 700 * ONE,
        ..terms
    });
    let buys = any_purchase(&mut world);
    order(&mut world, buys);
    buy(&mut world).ok();
    let contribution = world.contribution(0, "bob").data;
    assert_eq!(
        (contribution.paid, contribution.rent_payer),
        (600 * ONE, key("carol"))
    );
    // The rest of the cap is less than what comes next.
    world.pay_more(0, 1_000 * ONE);
    world.pass(8 * DAY);
    assert!(collectable(&mut world, "bob") > 100 * ONE);
    buy(&mut world).refused(TokenError::BackerCapExceeded);
    // Somebody else's account does not stand in for it.
    let mut foreign = buy_by_order_ix(&mut world);
    let at = find_contribution(&find_round(&world.token, 0).0, &key("bob")).0;
    let place = foreign.accounts.iter().position(|meta| meta.pubkey == at);
    let place = place.expect("the call names it");
    world.contribute(0, "carol", 5 * ONE);
    let carols = find_contribution(&find_round(&world.token, 0).0, &key("carol")).0;
    foreign.accounts[place].pubkey = carols;
    let outcome = world.send(&foreign, &[&person("carol")]);
    outcome.refused(TokenError::WrongAccount);
    world.check_books(&PEOPLE);
}

/// An owner cannot choose whose orders are executed, and when, by what they do with their
/// account.
#[test]
fn an_owner_who_gives_their_account_away_holds_up_no_order() {
    let errors = [TokenError::WrongTokenAccount, TokenError::WrongAccount];
    let mut world = with_dividends(|terms| terms);
    let (quote, owed) = (world.quote, collectable(&mut world, "bob"));
    let pays = to_owner(&mut world);
    let mut paying = world.fork();
    order(&mut paying, pays);
    let pay = ix::pay_by_order(&paying.token(), &key("bob"));
    let paid = pays_another(&mut paying, &pay, &[], ("founder", &quote), errors, false);
    assert_eq!(paid, owed);

    let buys = any_purchase(&mut world);
    order(&mut world, buys);
    let buy = buy_by_order_ix(&mut world);
    let had = world.holder("bob").data.shares;
    let (by, to) = (person("carol"), ("founder", &quote));
    assert!(pays_another(&mut world, &buy, &[&by], to, errors, false) > 0);
    assert!(world.holder("bob").data.shares > had);
}

#[test]
fn what_warmed_meanwhile_is_registered_by_an_execution() {
    let mut world = with_dividends(|terms| terms);
    world.open_bearer("bob");
    let withdraw = ix::withdraw(&world.token(), &key("bob"), upside_sdk::Shares(20 * ONE));
    world.send(&withdraw, &[&person("bob")]).ok();
    let deposit = ix::deposit(&world.token(), &key("bob"), upside_sdk::Shares(20 * ONE));
    world.send(&deposit, &[&person("bob")]).ok();
    let pays = to_owner(&mut world);
    order(&mut world, pays);
    world.pass(DAY);
    let events = pay(&mut world).ok();
    let [
        TokenEvent::SharesWarmed(warmed),
        TokenEvent::OrderExecuted(executed),
    ] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!(warmed.header.sequence + 1, executed.header.sequence);
    assert_eq!(world.holder("bob").data.shares, 60 * ONE);
    world.check_books(&PEOPLE);
}

#[test]
fn an_order_ends_by_its_wallet_and_by_anybody_when_nothing_comes_of_it() {
    let mut world = with_dividends(|terms| terms);
    let pays = to_owner(&mut world);
    let order = order(&mut world, pays);
    let cancel = |world: &mut World, by: &str| {
        let cancel = ix::cancel_order(&order, &key(by));
        world.send(&cancel, &[&person(by)])
    };
    cancel(&mut world, "carol").refused(TokenError::OrderNotOver);
    let mut own = world.fork();
    let events = cancel(&mut own, "bob").ok();
    let [TokenEvent::OrderEnded(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.wallet, event.by), (key("bob"), key("bob")));
    assert!(own.engine.account(&order.key).is_none());
    pay(&mut own).named_failure("no order");
    // In its last second it holds; one later anybody ends it.
    world.pass(90 * DAY);
    cancel(&mut world.fork(), "carol").refused(TokenError::OrderNotOver);
    world.fork().pass(0);
    pay(&mut world.fork()).ok();
    world.pass(1);
    pay(&mut world).refused(TokenError::OrderVoid);
    cancel(&mut world, "carol").ok();
    assert!(world.engine.account(&order.key).is_none());
}
