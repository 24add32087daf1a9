//! Bids: money that waits for shares, delivery versus payment, royalty, refunds.

mod attacks;
mod refusals;

use {
    solana_signer::Signer,
    upside_sdk::{
        Atoms, Pubkey, Shares, TokenError,
        address::{find_bid, find_holder},
        event::TokenEvent,
        instruction as ix, quote,
        state::{Account, Bid, BidTerms, FillBidArgs},
    },
    upside_tests::{
        cases::{bid, bid_terms, fill_of, with_royalty},
        engine::Outcome,
        people::person,
        world::{DAY, NEVER, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

/// Bob sells into a bid.
fn fill(world: &mut World, bid: &Account<Bid>, shares: u64) -> Outcome {
    let fill = fill_of(world, bid, shares);
    world.send(&fill, &[&person("bob")])
}

/// A person sells into a bid, for at least so much.
fn fill_by(
    world: &mut World,
    name: &str,
    bid: &Account<Bid>,
    shares: u64,
    min_proceeds: u64,
) -> Outcome {
    let args = FillBidArgs {
        shares,
        min_proceeds,
        deadline: NEVER,
    };
    let fill = ix::fill_bid(&world.token(), bid, &key(name), None, args);
    world.send(&fill, &[&person(name)])
}

fn reload(world: &mut World, bid: &Account<Bid>) -> Account<Bid> {
    world.get(&bid.key)
}

fn cancel(world: &mut World, bid: &Account<Bid>, by: &str) -> Outcome {
    let cancel = ix::cancel_bid(&world.token(), bid, &key(by));
    world.send(&cancel, &[&person(by)])
}

fn escrowed(world: &mut World) -> u64 {
    world.token().data.quote().bids
}

#[test]
fn a_bid_pays_the_seller_and_registers_the_shares_and_the_royalty() {
    let mut world = with_royalty(0);
    let (bob_had, carol_had) = (world.cash("bob"), world.cash("carol"));
    let bid = bid(&mut world, |_| {});
    assert_eq!(carol_had - world.cash("carol"), 80 * ONE);
    assert_eq!(
        (bid.data.escrow, escrowed(&mut world)),
        (80 * ONE, 80 * ONE)
    );
    assert_eq!(world.holder("carol").data.bids, 1);

    let events = fill(&mut world, &bid, 40 * ONE).ok();
    // 80 for one who paid 50: a tenth of 30 is 3.
    let [TokenEvent::BidFilled(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.bidder, event.seller), (key("carol"), key("bob")));
    assert_eq!((event.number, event.shares, event.left), (0, 40 * ONE, 0));
    assert_eq!((event.paid, event.recovered), (80 * ONE, 50 * ONE));
    assert_eq!((event.royalty, event.escrow), (3 * ONE, 0));
    assert_eq!(
        (event.seller_shares, event.bidder_shares),
        (60 * ONE, 40 * ONE)
    );
    assert_eq!(world.cash("bob") - bob_had, 77 * ONE);
    assert_eq!(escrowed(&mut world), 0);
    assert_eq!(world.token().data.quote().endowment, 3 * ONE);
    let (bob, carol) = (world.holder("bob").data, world.holder("carol").data);
    assert_eq!(
        (bob.shares, bob.cost, bob.proceeds),
        (60 * ONE, 0, 77 * ONE)
    );
    assert_eq!(
        (carol.shares, carol.cost, carol.bids),
        (40 * ONE, 80 * ONE, 0)
    );
    assert!(world.engine.account(&bid.key).is_none());
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn a_bid_is_filled_in_parts_and_the_last_takes_all_that_is_left() {
    let mut world = with_royalty(0);
    // 40 shares at 1.999999: each part is rounded down, for the bidder.
    let mut bid = bid(&mut world, |terms| terms.price = 1_999_999);
    let mut paid = 0;
    for shares in [1, 7_654_321, 12_000_000, 40 * ONE - 19_654_322] {
        if shares > 1 {
            let events = fill(&mut world, &bid, shares).ok();
            let [TokenEvent::BidFilled(event)] = &events[..] else {
                panic!("{events:?}")
            };
            paid += event.paid;
        } else {
            let events = fill(&mut world, &bid, shares).ok();
            assert!(matches!(&events[..], [TokenEvent::BidFilled(e)] if e.paid == 1));
            paid += 1;
        }
        if world.engine.account(&bid.key).is_some() {
            bid = reload(&mut world, &bid);
            assert_eq!(bid.data.escrow, 79_999_960 - paid);
            assert_eq!(escrowed(&mut world), bid.data.escrow);
        }
    }
    assert_eq!(paid, 79_999_960);
    assert!(world.engine.account(&bid.key).is_none());
    assert_eq!(
        (escrowed(&mut world), world.holder("carol").data.bids),
        (0, 0)
    );
    world.check_books(&["founder", "bob", "carol"]);
}

#[test]
fn a_bid_ends_by_its_bidder_or_after_its_time_and_all_goes_back() {
    let mut world = with_royalty(0);
    let had = world.cash("carol");
    let bid = bid(&mut world, |_| {});
    fill(&mut world, &bid, 10 * ONE).ok();
    let bid = reload(&mut world, &bid);
    cancel(&mut world, &bid, "bob").refused(TokenError::BidNotExpired);
    let mut early = world.fork();
    let events = cancel(&mut early, &bid, "carol").ok();
    let [TokenEvent::BidCancelled(event)] = &events[..] else {
        panic!("{events:?}")
    };
    assert_eq!((event.shares, event.refunded), (30 * ONE, 60 * ONE));
    assert_eq!(early.cash("carol"), had - 20 * ONE);
    early.check_books(&["founder", "bob", "carol"]);
    // In its last second it still buys; after it, anybody ends it.
    world.pass(7 * DAY);
    fill(&mut world.fork(), &bid, ONE).ok();
    world.pass(1);
    fill(&mut world, &bid, ONE).refused(TokenError::BidExpired);
    cancel(&mut world, &bid, "bob").ok();
    assert_eq!(world.cash("carol"), had - 20 * ONE);
    assert_eq!(
        (escrowed(&mut world), world.holder("carol").data.bids),
        (0, 0)
    );
    assert!(world.engine.account(&bid.key).is_none());
    // A bid of the same number may follow, and is another one.
    let next = self::bid(&mut world, |terms| terms.shares = ONE);
    assert_eq!((next.key, next.data.bought), (bid.key, 0));
}

/// The owner buys shares back like anybody else: who does not sell keeps them.
#[test]
fn the_owners_buyback_is_a_bid() {
    let mut world = with_royalty(0);
    world.give_quote(&key("founder"), 1_000 * ONE);
    let terms = BidTerms {
        seller: key("bob"),
        ..bid_terms(&world)
    };
    let payer = world.payer.pubkey();
    let open = ix::open_bid(&world.token(), &payer, &key("founder"), terms);
    world.send(&open, &[&person("founder")]).ok();
    let bid: Account<Bid> = world.get(&find_bid(&world.token, &key("founder"), 0).0);
    // Not even what waits for sellers is the owner's to take.
    let quote = world.quote;
    let book = ix::book_surplus(&world.token(), &key("founder"), &quote).unwrap();
    world
        .send(&book, &[&person("founder")])
        .refused(TokenError::NothingToSync);
    fill(&mut world, &bid, 40 * ONE).ok();
    assert_eq!(world.holder("founder").data.shares, 40 * ONE);
    assert_eq!(world.holder("bob").data.shares, 60 * ONE);
    world.check_books(&["founder", "bob", "carol"]);
}

/// Bids are payable while new money is paused, and in a wind-down, where no royalty is due.
#[test]
fn a_bid_outlives_pause_and_wind_down() {
    let mut world = with_royalty(0);
    let bid = bid(&mut world, |terms| terms.expires_at += 500 * DAY);
    let pause = ix::pause(&world.token(), &key("founder"));
    world.send(&pause, &[&person("founder")]).ok();
    fill(&mut world, &bid, 30 * ONE).ok();
    assert_eq!(world.token().data.quote().endowment, ONE);
    let name = ix::set_executor(&world.token(), &key("mallory"));
    world.send(&name, &[&person("founder")]).ok();
    world.pass(400 * DAY);
    let wind_up = ix::wind_up_by_executor(&world.token, &key("mallory"));
    world.send(&wind_up, &[&person("mallory")]).ok();
    let bid = reload(&mut world, &bid);
    let had = world.cash("bob");
    fill(&mut world, &bid, 5 * ONE).ok();
    assert_eq!(world.cash("bob") - had, 10 * ONE);
    assert_eq!(world.token().data.quote().endowment, ONE);
    let bid = reload(&mut world, &bid);
    cancel(&mut world, &bid, "carol").ok();
    assert_eq!(escrowed(&mut world), 0);
}

/// The seller's dividends up to the sale are theirs, the bidder's begin with it.
#[test]
fn earnings_are_settled_before_shares_change_hands() {
    let mut world = with_royalty(0);
    let bid = bid(&mut world, |terms| {
        terms.expires_at += 90 * DAY;
        terms.shares = 80 * ONE;
    });
    world.pay_revenue(1_000 * ONE);
    world.pass(30 * DAY);
    fill(&mut world, &bid, 80 * ONE).ok();
    let claims = |world: &mut World, name: &str| {
        let (token, holder, now) = (world.token().data, world.holder(name).data, world.now());
        quote::dividend(&token, &holder, 0, now)
            .unwrap()
            .collectable
            .0
    };
    assert!(claims(&mut world, "bob") >= 800 * ONE - 2);
    assert_eq!(claims(&mut world, "carol"), 0);
    world.pay_revenue(1_000 * ONE);
    world.pass(30 * DAY);
    assert!(claims(&mut world, "carol") >= 640 * ONE - 2);
}

/// The quote is what the chain does, to the atom, for any amounts.
#[test]
fn a_quote_is_what_happens() {
    let mut seed = 0xb1d_u64;
    let mut random = move |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    let mut world = with_royalty(0);
    for number in 0..40 {
        let free = world.holder("bob").data.free().unwrap();
        if free < 1_000 {
            let (shares, paid) = (Shares(1 + random(100 * ONE)), Atoms(random(200 * ONE)));
            let issue = ix::issue(&world.token(), &key("bob"), shares, paid);
            world.send(&issue, &[&person("founder")]).ok();
            continue;
        }
        let shares = 1_000 + random(free / 2);
        let opened = bid(&mut world, |terms| {
            (terms.number, terms.shares) = (number, shares);
            terms.price = ONE / 1_000 + random(3 * ONE);
        });
        let mut open = Some(opened);
        while let Some(bid) = open {
            let part = match random(2) {
                0 => 1 + random(bid.data.shares),
                _ => bid.data.shares,
            };
            let (token, seller) = (world.token().data, world.holder("bob").data);
            let (of, now) = (Shares(part), world.now());
            let Ok(trade) = quote::bid(&token, &bid.data, &seller, of, now) else {
                fill(&mut world, &bid, part).refused(TokenError::AmountTooSmall);
                open = Some(bid);
                continue;
            };
            let (owned, cash) = (token.quote().endowment, world.cash("bob"));
            let events = fill(&mut world, &bid, part).ok();
            let [TokenEvent::BidFilled(event)] = &events[..] else {
                panic!("{events:?}")
            };
            assert_eq!((event.paid, event.royalty), (trade.payment, trade.royalty));
            assert_eq!(event.recovered, trade.recovered);
            assert_eq!(world.cash("bob") - cash, trade.proceeds().unwrap());
            let after = world.token().data.quote().endowment;
            assert_eq!(after - owned, trade.royalty);
            let alive = world.engine.account(&bid.key).is_some();
            open = alive.then(|| reload(&mut world, &bid));
        }
        assert_eq!(escrowed(&mut world), 0);
        world.check_books(&["founder", "bob", "carol"]);
    }
}
