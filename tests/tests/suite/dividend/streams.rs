//! What streams when nobody is left to earn, and who can stretch it.

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, Shares, TokenError, event::TokenEvent, instruction as ix, quote, state::PassPrice,
    },
    upside_tests::{
        cases::{asking, grant_to_bob, open_with, purchase, redeem_args},
        people::person,
        world::{DAY, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

/// Bob holds all that earns: 100 shares. 800 stream, half a week of it is over.
fn streaming() -> World {
    let mut world = World::new();
    world.issue("bob", 100 * ONE);
    world.open_bearer("bob");
    world.pay_revenue(1_000 * ONE);
    world.pass(7 * DAY / 2);
    world
}

/// Atoms that an event says went from the stream to the reserve.
fn ended(events: &[TokenEvent]) -> u64 {
    let mut found = events.iter().filter_map(|event| match event {
        TokenEvent::StreamEnded(event) => Some(event.amount),
        _ => None,
    });
    let amount = found.next().expect("the stream ended");
    assert!(found.next().is_none());
    amount
}

#[test]
fn a_payment_for_nobody_goes_to_the_reserve() {
    let mut world = World::new();
    world.pay_revenue(1_000 * ONE);
    let asset = *world.token().data.quote();
    // Nor has anybody a share: it is the owner's, for the shares to come.
    assert_eq!((asset.endowment, asset.payouts), (1_000 * ONE, 0));
    // Bearers alone earn nothing: what comes is in the reserve, where they have a part.
    let mut world = streaming();
    let out = ix::withdraw(&world.token(), &key("bob"), Shares(100 * ONE));
    world.send(&out, &[&person("bob")]).ok();
    let before = *world.token().data.quote();
    world.pay_more(0, 1_000 * ONE);
    let after = *world.token().data.quote();
    assert_eq!(after.reserve - before.reserve, 1_000 * ONE);
    assert_eq!(after.payouts, before.payouts);
}

#[test]
fn the_last_share_that_is_withdrawn_ends_the_stream() {
    let mut world = streaming();
    let bob = person("bob");
    // While one share earns, all goes to it.
    let out = ix::withdraw(&world.token(), &key("bob"), Shares(100 * ONE - 1));
    world.send(&out, &[&bob]).ok();
    assert_eq!(world.token().data.streams[0].remaining, 400 * ONE);
    let before = *world.token().data.quote();
    let last = ix::withdraw(&world.token(), &key("bob"), Shares(1));
    let events = world.send(&last, &[&bob]).ok();
    assert_eq!(ended(&events), 400 * ONE);
    let token = world.token().data;
    assert_eq!((token.streams[0].remaining, token.registered), (0, 0));
    assert_eq!(token.quote().reserve - before.reserve, 400 * ONE);
    assert_eq!(before.payouts - token.quote().payouts, 400 * ONE);
    // What bob has earned stays his.
    let quote = world.quote;
    let claim = ix::collect_dividend(&world.token(), &key("bob"), &quote).unwrap();
    let events = world.send(&claim, &[&bob]).ok();
    let TokenEvent::DividendCollected(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!(event.amount, 400 * ONE);
    world.check_books(&["founder", "bob"]);
}

/// Whoever redeems the last share that earns takes a part of what streamed along, as the
/// quote says; bearers have theirs.
#[test]
fn the_last_share_that_is_redeemed_takes_the_stream_along() {
    for outside in [0, 50 * ONE] {
        let mut world = streaming();
        let bob = person("bob");
        if outside > 0 {
            let out = ix::withdraw(&world.token(), &key("bob"), Shares(outside));
            world.send(&out, &[&bob]).ok();
        }
        let left = 100 * ONE - outside;
        let (token, holder) = (world.token().data, world.holder("bob").data);
        let (supply, now) = (Shares(token.supply), world.now());
        let quoted =
            quote::holder_redemption(&token, &holder, supply, Shares(left), 0, now).unwrap();
        let redeem = ix::redeem(&world.token(), &key("bob"), redeem_args(left)).unwrap();
        let events = world.send(&redeem, &[&bob]).ok();
        assert_eq!(ended(&events), 400 * ONE);
        let TokenEvent::SharesRedeemed(event) = events.last().unwrap() else {
            panic!("{events:?}")
        };
        assert_eq!(event.paid, quoted);
        // 200 in the reserve before, 400 from the stream; half of it less the tax of a
        // tenth on what half of all leave behind.
        let whole = 600 * ONE;
        let fair = if outside == 0 {
            whole
        } else {
            whole / 2 * 95 / 100
        };
        assert_eq!(event.paid[0], fair);
        world.check_books(&["founder", "bob"]);
    }
}

#[test]
fn the_last_share_that_a_revocation_or_a_pass_burns_ends_the_stream() {
    // A grant of which nothing has vested is all that earns.
    let mut world = World::new();
    world.open_holder("bob");
    let grant = grant_to_bob(&mut world, |_| {});
    world.pay_revenue(1_000 * ONE);
    let revoke = ix::revoke_grant(&world.token(), &grant, &key("founder"));
    let events = world.send(&revoke, &[&person("founder")]).ok();
    assert_eq!(ended(&events), 800 * ONE);
    // No share is left: it is the owner's, for the shares to come.
    let quote = *world.token().data.quote();
    assert_eq!((quote.reserve, quote.endowment), (200 * ONE, 800 * ONE));
    assert_eq!(quote.payouts, 0);

    let mut world = streaming();
    let quote = world.quote;
    open_with(
        &mut world,
        asking(quote, PassPrice::Burn { shares: 100 * ONE }),
    );
    let burn = purchase(&mut world, "bob");
    let events = world.send(&burn, &[&person("bob")]).ok();
    assert_eq!(ended(&events), 400 * ONE);
    assert_eq!(world.token().data.quote().reserve, 600 * ONE);
}

/// A transfer of all that earns is no leaving.
#[test]
fn the_stream_goes_on_where_shares_only_move() {
    let mut world = streaming();
    world.open_holder("carol");
    let send = ix::transfer_shares(
        &world.token,
        &key("bob"),
        &key("carol"),
        Shares(100 * ONE),
        None,
    );
    world.send(&send, &[&person("bob")]).ok();
    assert_eq!(world.token().data.streams[0].remaining, 400 * ONE);
    world.pass(7 * DAY);
    let quote = world.quote;
    let claim = ix::collect_dividend(&world.token(), &key("carol"), &quote).unwrap();
    world.send(&claim, &[&person("carol")]).ok();
    world.check_books(&["founder", "bob", "carol"]);
}

/// An owner who comes back after everybody left finds no stream to take.
#[test]
fn nobody_comes_in_for_a_stream_that_others_left() {
    let mut world = streaming();
    let bob = person("bob");
    let redeem = ix::redeem(&world.token(), &key("bob"), redeem_args(100 * ONE)).unwrap();
    let issue = ix::issue(
        &world.token(),
        &key("founder"),
        Shares(ONE),
        upside_sdk::Atoms(0),
    );
    world
        .send_all(&[redeem, issue], &[&bob, &person("founder")])
        .ok();
    world.pass(30 * DAY);
    let quote = world.quote;
    let claim = ix::collect_dividend(&world.token(), &key("founder"), &quote).unwrap();
    world
        .send(&claim, &[&person("founder")])
        .refused(TokenError::NothingToCollect);
    // What bob earned before he left is still his.
    let claim = ix::collect_dividend(&world.token(), &key("bob"), &quote).unwrap();
    world.send(&claim, &[&bob]).ok();
}

/// Payments of an atom leave the end where it is; a payment as large as what streams
/// moves it half of the way.
#[test]
fn a_payment_stretches_a_stream_by_its_weight_only() {
    let mut world = streaming();
    let end = world.token().data.streams[0].end;
    for _ in 0..5 {
        world.pay_more(0, 1);
    }
    assert_eq!(world.token().data.streams[0].end, end);
    let left = world.token().data.streams[0].remaining;
    world.pay_more(0, left * 10 / 8);
    let after = world.token().data.streams[0];
    assert_eq!(after.end - end, 7 * DAY / 4);
    assert_eq!(after.remaining, 2 * left);
}
