//! Buybacks: the owner buys a holder's shares at no less than the buyback price.

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::{TOKEN_PROGRAM, find_associated, find_holder},
        event::TokenEvent,
        instruction as ix, quote,
        state::{BuyBackArgs, PersonalToken},
    },
    upside_tests::{
        catalogue::{buy_back_from_bob, grant_to_bob, with_growth},
        people::person,
        terms::round_terms,
        world::{DAY, NEVER, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn price(world: &mut World, name: &str, shares: u64) -> u64 {
    let token: PersonalToken = world.token().data;
    let (holder, now) = (world.holder(name).data, world.now());
    let supply = Shares(token.supply);
    let found = quote::buyback(&token, supply, &holder, Shares(shares), now).unwrap();
    found.payment().0
}

#[test]
fn cost_grows_and_the_holder_is_paid() {
    let mut world = with_growth();
    world.pass(365 * DAY / 2);
    let (bob_had, founder_had) = (world.cash("bob"), world.cash("founder"));
    let buy = buy_back_from_bob(&mut world, 40 * ONE);
    let events = world.send(&buy, &[&person("founder")]).ok();
    let [TokenEvent::SharesBoughtBack(event)] = &events[..] else {
        panic!("{events:?}")
    };
    // 20 and half a year's tenth.
    assert_eq!((event.paid, event.by_cost), (21 * ONE, 21 * ONE));
    assert_eq!((event.by_reserve, event.by_last_price), (0, 0));
    assert_eq!((event.wallet, event.cost), (key("bob"), 20 * ONE));
    assert_eq!(world.cash("bob") - bob_had, 21 * ONE);
    assert_eq!(founder_had - world.cash("founder"), 21 * ONE);
    let (bob, founder) = (world.holder("bob").data, world.holder("founder").data);
    assert_eq!((bob.shares, bob.cost), (60 * ONE, 30 * ONE));
    assert_eq!((bob.proceeds, bob.sold_cost), (21 * ONE, 20 * ONE));
    assert_eq!((founder.shares, founder.cost), (40 * ONE, 21 * ONE));
    assert_eq!(founder.acquired_at, world.now());
    world.check_books(&["founder", "bob"]);
}

#[test]
fn the_highest_of_three_measures_counts() {
    let mut world = with_growth();
    // A round at 0.10: 10 for 100 shares, below what they cost.
    let round = world.open_round(round_terms());
    world.contribute(round, "carol", 10 * ONE);
    assert_eq!(world.token().data.last_price, ONE / 10);
    assert_eq!(price(&mut world, "bob", 100 * ONE), 50 * ONE);
    // Carol's cost what the round's do.
    assert_eq!(price(&mut world, "carol", 100 * ONE), 10 * ONE);
    // Of 200 shares and a reserve of 400 a hundred are 200.
    let reserve = world.token().data.quote().reserve;
    world.give_reserve(400 * ONE - reserve);
    assert_eq!(price(&mut world, "bob", 100 * ONE), 200 * ONE);
    let buy = buy_back_from_bob(&mut world, 100 * ONE);
    let events = world.send(&buy, &[&person("founder")]).ok();
    let TokenEvent::SharesBoughtBack(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.paid, event.by_reserve), (200 * ONE, 200 * ONE));
    assert_eq!(event.by_last_price, 10 * ONE);
}

#[test]
fn dates_go_along_with_gifts_and_mean_over_purchases() {
    let mut world = with_growth();
    let start = world.now();
    assert_eq!(world.holder("bob").data.acquired_at, start);
    world.pass(100 * DAY);
    world.open_holder("carol");
    let send = ix::transfer_shares(&world.token, &key("bob"), &key("carol"), Shares(ONE), None);
    world.send(&send, &[&person("bob")]).ok();
    assert_eq!(world.holder("carol").data.acquired_at, start);
    let (cost, paid) = (world.holder("bob").data.cost, 10 * ONE);
    let issue = ix::issue(&world.token(), &key("bob"), Shares(ONE), Atoms(paid));
    world.send(&issue, &[&person("founder")]).ok();
    let moved = u128::from(paid) * 100 * 86_400 / u128::from(cost + paid);
    let mean = start + i64::try_from(moved).unwrap();
    assert_eq!(world.holder("bob").data.acquired_at, mean);
}

#[test]
fn a_buyback_is_refused_for_its_reasons() {
    let mut world = with_growth();
    let founder = person("founder");
    let args = BuyBackArgs {
        shares: 40 * ONE,
        max_payment: 20 * ONE,
        deadline: world.now(),
    };
    let attempt = |world: &mut World, args| {
        let buy = ix::buy_back(&world.token(), &key("bob"), args);
        world.send(&buy, &[&person("founder")])
    };
    let zero = BuyBackArgs { shares: 0, ..args };
    attempt(&mut world, zero).refused(TokenError::ZeroAmount);
    let dear = BuyBackArgs {
        max_payment: 20 * ONE - 1,
        ..args
    };
    attempt(&mut world, dear).refused(TokenError::Slippage);
    let late = BuyBackArgs {
        deadline: world.now() - 1,
        ..args
    };
    attempt(&mut world, late).refused(TokenError::DeadlinePassed);
    let many = BuyBackArgs {
        shares: 100 * ONE + 1,
        max_payment: u64::MAX,
        ..args
    };
    attempt(&mut world, many).refused(TokenError::InsufficientShares);
    let own = ix::buy_back(&world.token(), &key("founder"), args);
    world
        .send(&own, &[&founder])
        .refused(TokenError::SameAccount);
    let mut theirs = ix::buy_back(&world.token(), &key("bob"), args);
    theirs.accounts[0].pubkey = key("mallory");
    world
        .send(&theirs, &[&person("mallory")])
        .refused(TokenError::NotOwner);
    // The holder's own account is paid, and no other.
    let mut wrong = ix::buy_back(&world.token(), &key("bob"), args);
    wrong.accounts[6].pubkey = find_associated(&key("carol"), &world.quote, &TOKEN_PROGRAM).0;
    world
        .send(&wrong, &[&founder])
        .refused(TokenError::WrongAccount);
    // Nor do the owner's shares go anywhere else.
    world.open_holder("carol");
    let mut wrong = ix::buy_back(&world.token(), &key("bob"), args);
    wrong.accounts[3].pubkey = find_holder(&world.token, &key("carol")).0;
    world
        .send(&wrong, &[&founder])
        .refused(TokenError::WrongAccount);
    // What has no price is not to be had for nothing.
    world.issue("mallory", ONE);
    let gift = BuyBackArgs {
        shares: ONE,
        ..args
    };
    let gift = ix::buy_back(&world.token(), &key("mallory"), gift);
    world
        .send(&gift, &[&founder])
        .refused(TokenError::AmountTooSmall);
    let venue = ix::set_venue(&world.token(), &key("bob"), true);
    world.send(&venue, &[&founder]).ok();
    attempt(&mut world, args).refused(TokenError::NotBuyable);
}

#[test]
fn a_grant_is_not_bought_back() {
    let mut world = with_growth();
    world.give_reserve(100 * ONE);
    let grant = grant_to_bob(&mut world, |_| {});
    let quote = world.quote;
    world.give(&grant.key, &quote, 0);
    let args = BuyBackArgs {
        shares: ONE,
        max_payment: u64::MAX,
        deadline: NEVER,
    };
    let buy = ix::buy_back(&world.token(), &grant.key, args);
    world
        .send(&buy, &[&person("founder")])
        .refused(TokenError::NotBuyable);
}

/// The quote is what the chain does, to the atom, for any amounts and times.
#[test]
fn a_quote_is_what_happens() {
    let mut seed = 0xb0b_u64;
    let mut random = move |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    let mut world = with_growth();
    for _ in 0..60 {
        world.pass(i64::try_from(random(200 * 86_400)).unwrap());
        match random(3) {
            0 => world.give_reserve(1 + random(20 * ONE)),
            _ => {
                let (shares, paid) = (1 + random(50 * ONE), random(90 * ONE));
                let issue = ix::issue(&world.token(), &key("bob"), Shares(shares), Atoms(paid));
                world.send(&issue, &[&person("founder")]).ok();
            }
        }
        let held = world.holder("bob").data.shares;
        let shares = 1 + random(held);
        let quoted = price(&mut world, "bob", shares);
        let before = world.cash("bob");
        let buy = buy_back_from_bob(&mut world, shares);
        world.send(&buy, &[&person("founder")]).ok();
        assert_eq!(world.cash("bob") - before, quoted);
        world.check_books(&["founder", "bob"]);
    }
}
