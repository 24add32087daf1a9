//! Deposited bearer shares wait a day before they earn, vote or move.

use {
    solana_program::instruction::Instruction,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, Shares, TokenError,
        event::TokenEvent,
        instruction as ix,
        quote::{self, redemption},
        state::{Answer, Change, Holder, PassPrice},
    },
    upside_tests::{
        cases::{
            asking, open_with, pass_of, purchase, redeem_args, sale_terms, warmed, with_bearer,
        },
        people::person,
        world::{DAY, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn deposit(world: &mut World, name: &str, shares: u64) -> Instruction {
    ix::deposit(&world.token(), &key(name), Shares(shares))
}

fn redeem(world: &mut World, name: &str, shares: u64) -> Instruction {
    ix::redeem(&world.token(), &key(name), redeem_args(shares)).unwrap()
}

fn claim(world: &mut World, name: &str) -> Instruction {
    let quote = world.quote;
    ix::collect_dividend(&world.token(), &key(name), &quote).unwrap()
}

/// Shares, those that warm, and from when on they do not.
fn lot(world: &mut World, name: &str) -> (u64, u64, i64) {
    let Holder {
        shares,
        warm,
        warm_at,
        ..
    } = world.holder(name).data;
    (shares, warm, warm_at)
}

#[test]
fn deposited_shares_wait_a_day() {
    // Bob has 60 registered and 40 in his wallet.
    let mut world = with_bearer();
    let bob = person("bob");
    let deposit = deposit(&mut world, "bob", 10 * ONE);
    let events = world.send(&deposit, &[&bob]).ok();
    let [TokenEvent::SharesDeposited(event)] = &events[..] else {
        panic!("{events:?}")
    };
    let due = world.now() + DAY;
    assert_eq!((event.shares, event.warm), (10 * ONE, 10 * ONE));
    assert_eq!((event.warm_at, event.bearer), (due, 30 * ONE));
    assert_eq!(lot(&mut world, "bob"), (60 * ONE, 10 * ONE, due));
    let before = world.token().data;
    assert_eq!(before.warming, 10 * ONE);

    // What moves or is locked are registered shares only.
    let send = ix::transfer_shares(
        &world.token,
        &key("bob"),
        &key("carol"),
        Shares(61 * ONE),
        None,
    );
    world
        .send(&send, &[&bob])
        .refused(TokenError::InsufficientShares);
    let out = ix::withdraw(&world.token(), &key("bob"), Shares(61 * ONE));
    world
        .send(&out, &[&bob])
        .refused(TokenError::InsufficientShares);
    let mut terms = sale_terms(&world);
    terms.shares = 61 * ONE;
    let sell = ix::open_sale(&world.token, &world.payer.pubkey(), &key("bob"), terms);
    world
        .send(&sell, &[&bob])
        .refused(TokenError::InsufficientShares);
    let warm = ix::warm_up(&world.token, &key("bob"));
    world.pass(DAY - 1);
    world.send(&warm, &[]).refused(TokenError::NothingToWarm);
    assert_eq!(world.token().data.registered, before.registered);

    world.pass(1);
    let events = world.send(&warm, &[]).ok();
    let [TokenEvent::SharesWarmed(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.wallet, event.shares), (key("bob"), 10 * ONE));
    assert_eq!(event.holder_shares, 70 * ONE);
    assert_eq!(lot(&mut world, "bob"), (70 * ONE, 0, 0));
    let after = world.token().data;
    assert_eq!((after.warming, after.supply), (0, before.supply));
    assert_eq!(after.registered, before.registered + 10 * ONE);
    world.send(&warm, &[]).refused(TokenError::NothingToWarm);
    world.check_books(&["founder", "bob", "carol"]);
}

/// Whoever brings bearer shares in for the length of a transaction, or of a day, gets
/// nothing of what others earn meanwhile.
#[test]
fn shares_that_come_for_a_payment_earn_nothing_of_their_day() {
    let mut world = with_bearer();
    let bob = person("bob");
    let number = world.pay_revenue(ONE);
    let pay = {
        let (token, at) = (world.token(), world.claim(number));
        ix::pay_revenue(&token, &at, &key("founder"), upside_sdk::Atoms(1_000 * ONE)).unwrap()
    };
    let mut calm = world.fork();
    calm.send(&pay, &[&person("founder")]).ok();
    let call = deposit(&mut world, "bob", 40 * ONE);
    let all = [call, pay];
    world.send_all(&all, &[&bob, &person("founder")]).ok();
    for world in [&mut calm, &mut world] {
        world.pass(DAY);
    }
    let owed = |world: &mut World, name: &str| {
        let (token, now) = (world.token().data, world.now());
        let holder = world.holder(name).data;
        quote::dividend(&token, &holder, 0, now)
            .unwrap()
            .collectable
    };
    for name in ["bob", "carol"] {
        assert_eq!(owed(&mut world, name), owed(&mut calm, name), "{name}");
    }
    // From here on they are among those that earn, and take their part of what is left.
    let carols = owed(&mut world, "carol");
    let warm = ix::warm_up(&world.token, &key("bob"));
    world.send(&warm, &[]).ok();
    assert_eq!(owed(&mut world, "carol"), carols);
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn they_redeem_at_once_and_before_those_that_earn() {
    let mut world = with_bearer();
    world.give_reserve(1_000 * ONE);
    let bob = person("bob");
    let call = deposit(&mut world, "bob", 40 * ONE);
    world.send(&call, &[&bob]).ok();
    let (token, now) = (world.token().data, world.now());
    let holder = world.holder("bob").data;
    let supply = Shares(token.supply);
    let fair = redemption(&token, supply, Shares(30 * ONE), 0).unwrap();
    let quoted =
        quote::holder_redemption(&token, &holder, supply, Shares(30 * ONE), 0, now).unwrap();
    assert_eq!(fair, quoted);
    let call = redeem(&mut world, "bob", 30 * ONE);
    let events = world.send(&call, &[&bob]).ok();
    let [TokenEvent::SharesRedeemed(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.warm, event.paid[0]), (30 * ONE, fair[0]));
    let due = world.now() + DAY;
    assert_eq!(lot(&mut world, "bob"), (60 * ONE, 10 * ONE, due));
    // All of it: the rest of those, and all that earn.
    let more = redeem(&mut world, "bob", 70 * ONE + 1);
    world
        .send(&more, &[&bob])
        .refused(TokenError::InsufficientShares);
    let all = redeem(&mut world, "bob", 70 * ONE);
    let events = world.send(&all, &[&bob]).ok();
    let [TokenEvent::SharesRedeemed(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!(event.warm, 10 * ONE);
    assert_eq!(lot(&mut world, "bob"), (0, 0, 0));
    world.check_books(&["founder", "bob", "carol"]);
}

/// Locked shares stay; those that warm leave all the same.
#[test]
fn a_sale_holds_no_warming_share_back() {
    let mut world = with_bearer();
    world.give_reserve(100 * ONE);
    let bob = person("bob");
    let mut terms = sale_terms(&world);
    terms.shares = 60 * ONE;
    let sell = ix::open_sale(&world.token, &world.payer.pubkey(), &key("bob"), terms);
    let call = deposit(&mut world, "bob", 40 * ONE);
    world.send_all(&[sell, call], &[&bob]).ok();
    let more = redeem(&mut world, "bob", 40 * ONE + 1);
    world
        .send(&more, &[&bob])
        .refused(TokenError::InsufficientShares);
    let all = redeem(&mut world, "bob", 40 * ONE);
    world.send(&all, &[&bob]).ok();
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn only_the_holder_makes_them_wait_again() {
    let mut world = with_bearer();
    let bob = person("bob");
    world.issue("carol", ONE);
    let first = deposit(&mut world, "bob", 10 * ONE);
    world.send(&first, &[&bob]).ok();
    let due = lot(&mut world, "bob").2;
    world.pass(DAY / 2);
    // Whatever others give to the account leaves the lot alone.
    world.issue("bob", ONE);
    let send = ix::transfer_shares(&world.token, &key("carol"), &key("bob"), Shares(1), None);
    world.send(&send, &[&person("carol")]).ok();
    assert_eq!(lot(&mut world, "bob"), (61 * ONE + 1, 10 * ONE, due));
    // Nobody else deposits for bob, neither with own tokens nor with his.
    for name in ["carol", "founder"] {
        let mut theirs = deposit(&mut world, "bob", 1);
        theirs.accounts[0].pubkey = key(name);
        world
            .send(&theirs, &[&person(name)])
            .refused(TokenError::NotHolder);
    }
    // His own topping up makes the whole lot wait a day.
    let again = deposit(&mut world, "bob", ONE);
    world.send(&again, &[&bob]).ok();
    let later = world.now() + DAY;
    assert_eq!(lot(&mut world, "bob"), (61 * ONE + 1, 11 * ONE, later));
    // A lot that is due is registered first, and does not wait with the next one.
    world.pass(DAY);
    let third = deposit(&mut world, "bob", 2 * ONE);
    let events = world.send(&third, &[&bob]).ok();
    assert!(matches!(
        &events[..],
        [TokenEvent::SharesWarmed(_), TokenEvent::SharesDeposited(_)]
    ));
    let due = world.now() + DAY;
    assert_eq!(lot(&mut world, "bob"), (72 * ONE + 1, 2 * ONE, due));
    world.check_books(&["founder", "bob", "carol"]);
}

/// Every instruction that names the account registers what is due.
#[test]
#[allow(clippy::type_complexity)]
fn whatever_names_the_holder_registers_them() {
    let start = warmed();
    let token = start.token;
    let calls: Vec<(&str, Box<dyn Fn(&mut World) -> Instruction>, &str)> = vec![
        (
            "withdraw",
            Box::new(|w| ix::withdraw(&w.token(), &key("bob"), Shares(65 * ONE))),
            "bob",
        ),
        ("deposit", Box::new(|w| deposit(w, "bob", 1)), "bob"),
        ("redeem", Box::new(|w| redeem(w, "bob", 1)), "bob"),
        ("claim", Box::new(|w| claim(w, "bob")), "bob"),
        (
            "venue",
            Box::new(|w| ix::set_venue(&w.token(), &key("bob"), true)),
            "founder",
        ),
        (
            "send",
            Box::new(move |_| {
                ix::transfer_shares(&token, &key("bob"), &key("carol"), Shares(65 * ONE), None)
            }),
            "bob",
        ),
        (
            "receive",
            Box::new(move |_| {
                ix::transfer_shares(&token, &key("carol"), &key("bob"), Shares(1), None)
            }),
            "carol",
        ),
        (
            "answer",
            Box::new(|w| {
                w.ask(Change::CashOutTax(2_000)).ok();
                ix::answer_poll(&w.last_poll(), &key("bob"), Answer::Against)
            }),
            "bob",
        ),
        (
            "sell",
            Box::new(move |w| {
                let mut terms = sale_terms(w);
                terms.shares = 65 * ONE;
                ix::open_sale(&token, &w.payer.pubkey(), &key("bob"), terms)
            }),
            "bob",
        ),
    ];
    for (what, make, who) in calls {
        let mut world = start.fork();
        world.issue("carol", ONE);
        world.give_reserve(100 * ONE);
        world.pay_revenue(1_000 * ONE);
        world.pass(DAY);
        let before = world.token().data;
        let call = make(&mut world);
        let events = world.send(&call, &[&person(who)]).ok();
        assert!(
            matches!(events[0], TokenEvent::SharesWarmed(_)),
            "{what}: {events:?}"
        );
        let after = world.token().data;
        assert_eq!(before.warming, 10 * ONE, "{what}");
        assert!(after.warming <= 1, "{what}");
        world.check_books(&["founder", "bob", "carol"]);
    }
}

#[test]
fn an_account_with_warming_shares_stays_open() {
    let mut world = World::new();
    world.issue("bob", 10 * ONE);
    world.open_bearer("bob");
    let bob = person("bob");
    let out = ix::withdraw(&world.token(), &key("bob"), Shares(10 * ONE));
    world.send(&out, &[&bob]).ok();
    let call = deposit(&mut world, "bob", 10 * ONE);
    world.send(&call, &[&bob]).ok();
    let close = ix::close_holder(&world.holder("bob"), &key("bob"));
    world
        .send(&close, &[&bob])
        .refused(TokenError::HolderNotEmpty);
}

/// Shares that warm are no part of what a pass locks, and they are redeemed before those
/// that it does.
#[test]
fn passes_lock_what_is_registered_only() {
    // Bob has 60 registered and 40 in his wallet.
    for (asks, locks) in [(60, true), (61, false)] {
        let mut world = with_bearer();
        world.give_reserve(1_000 * ONE);
        let bob = person("bob");
        let call = deposit(&mut world, "bob", 10 * ONE);
        world.send(&call, &[&bob]).ok();
        let quote = world.quote;
        open_with(
            &mut world,
            asking(quote, PassPrice::Hold { shares: asks * ONE }),
        );
        let buy = purchase(&mut world, "bob");
        let outcome = world.send(&buy, &[&bob]);
        if !locks {
            outcome.refused(TokenError::TooFewShares);
            continue;
        }
        outcome.ok();
        let pass = pass_of(&mut world, "bob").data;
        let out = redeem(&mut world, "bob", 10 * ONE);
        world.send(&out, &[&bob]).ok();
        assert!(world.holder("bob").data.holds(&pass));
        assert_eq!(lot(&mut world, "bob"), (60 * ONE, 0, 0));
        let out = redeem(&mut world, "bob", 1);
        world.send(&out, &[&bob]).ok();
        assert!(!world.holder("bob").data.holds(&pass));
        world.check_books(&["founder", "bob", "carol"]);
    }
}
