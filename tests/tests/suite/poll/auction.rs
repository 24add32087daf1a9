//! Custody that is sold by a poll: where too few attest, and never below half of what a fresh
//! accepted attester says.

use {
    super::*,
    solana_program::instruction::Instruction,
    upside_sdk::{
        address::{TOKEN_PROGRAM, find_attestation, find_attesters},
        state::{AuctionBuyArgs, AuctionTerms},
    },
    upside_tests::{
        cases::{SALE, take_custody, with_attested_equity, with_equity},
        world::NEVER,
    },
};

/// All of the custody of claim 0 for so much, over a week.
fn at(value: u64) -> Change {
    Change::Auction {
        claim: 0,
        units: 1_000 * ONE,
        value,
        seconds: 7 * 86_400,
    }
}

/// The list of a token that never named an attester, which anybody makes.
fn empty_list(world: &mut World) {
    let (token, payer) = (world.token, world.payer.pubkey());
    let list = ix::add_attesters(&token, &key("mallory"), &payer, &[]);
    world.send(&list, &[&person("mallory")]).ok();
}

fn buy(world: &mut World, units: u64, max_payment: u64) -> Outcome {
    let args = AuctionBuyArgs {
        auction: 1,
        units,
        max_payment,
        deadline: NEVER,
    };
    let (token, claim, list) = (world.token(), world.claim(0), world.attesters());
    let (carol, list) = (person("carol"), list.as_ref());
    let buy = ix::buy_at_auction(&token, &claim, &carol.pubkey(), &TOKEN_PROGRAM, list, args);
    world.send(&buy, &[&carol])
}

#[test]
fn holders_announce_what_too_few_attest() {
    let mut world = with_equity();
    empty_list(&mut world);
    let events = world.ask(SALE).ok();
    let TokenEvent::PollPut(put) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((put.kind, put.against_holders, put.claim), (19, 1, 0));
    assert_eq!((put.before, put.after), (0, 2_000 * ONE));
    let TokenEvent::AuctionAsked(asked) = &events[1] else {
        panic!("{events:?}")
    };
    assert_eq!((asked.poll, asked.claim, asked.noted), (0, 0, 0));
    assert_eq!((asked.start, asked.end), (4_000 * ONE, 1_000 * ONE));
    assert_eq!((asked.units, asked.seconds), (1_000 * ONE, 7 * 86_400));
    assert_eq!(world.last_poll().data.change(), Ok(SALE));
    world.apply("mallory").refused(TokenError::PollNotPassed);
    world.approve("bob").ok();
    world.pass(7 * DAY - 1);
    world.apply("mallory").refused(TokenError::NoticePending);
    world.pass(1);
    let now = world.now();
    let events = world.apply("mallory").ok();
    assert!(matches!(&events[0], TokenEvent::PollApplied(e) if e.kind == 19));
    let TokenEvent::AuctionAnnounced(auction) = &events[1] else {
        panic!("{events:?}")
    };
    assert_eq!((auction.poll, auction.noted, auction.auction), (1, 0, 1));
    assert_eq!((auction.start, auction.end), (4_000 * ONE, 1_000 * ONE));
    // Another notice, so that everybody can come to it.
    assert_eq!(auction.starts_at, now + 7 * DAY);
    assert_eq!(auction.ends_at, now + 14 * DAY);
    buy(&mut world, ONE, u64::MAX).refused(TokenError::AuctionNotOpen);
    world.pass(7 * DAY + 7 * DAY / 2);
    // Half of the time: 2,500 for all, 500 for a fifth.
    buy(&mut world, 200 * ONE, 500 * ONE - 1).refused(TokenError::Slippage);
    let events = buy(&mut world, 200 * ONE, 500 * ONE).ok();
    assert!(matches!(&events[1], TokenEvent::AuctionBought(e) if e.left == 800 * ONE));
    // The owner stops it: nothing more is sold, and the rest stays in custody.
    let stop = ix::cancel_auction(&world.claim(0), &key("founder"));
    world.send(&stop, &[&person("founder")]).ok();
    assert_eq!(world.claim(0).data.held().unwrap(), 800 * ONE);
    world.check_books(&["founder", "bob"]);
}

#[test]
fn no_poll_sells_below_half_of_what_a_fresh_attester_says() {
    // 1,000 units are attested at 2,000.
    let mut world = with_attested_equity();
    world
        .ask(at(2_000 * ONE - 1))
        .refused(TokenError::AuctionTooCheap);
    world.ask(at(2_000 * ONE)).ok();
    assert_eq!(world.last_poll().data.before.value, 2_000 * ONE);
    world.approve("bob").ok();
    world.pass(7 * DAY);
    // A higher word that comes while it runs counts.
    world.attest(0, "ann", 2_001 * ONE, 400 * ONE);
    world.apply("bob").refused(TokenError::AuctionTooCheap);
    world.attest(0, "ann", 1_999 * ONE, 400 * ONE);
    world.apply("bob").ok();
    let auction = world.claim(0).data.auction;
    assert_eq!((auction.noted, auction.poll), (1_999 * ONE, 1));

    // Too few for the owner, or a dispute: what is fresh counts all the same.
    let mut world = with_attested_equity();
    let more = ix::set_attester_threshold(&world.token, &key("founder"), 2);
    world.send(&more, &[&person("founder")]).ok();
    assert!(!world.evidence(0).is_attested());
    let terms = AuctionTerms {
        units: 1_000 * ONE,
        start: 4_000 * ONE,
        end: 1_000 * ONE,
        seconds: 7 * 86_400,
    };
    let (token, claim, list) = (world.token(), world.claim(0).key, world.attesters());
    let owners = ix::announce_auction(&token, &claim, list.as_ref(), terms);
    world
        .send(&owners, &[&person("founder")])
        .refused(TokenError::NotAttested);
    world
        .ask(at(2_000 * ONE - 1))
        .refused(TokenError::AuctionTooCheap);
    world.put_poll("bob", Change::DisputeClaim(0)).ok();
    world.approve("bob").ok();
    world.apply("bob").ok();
    world
        .ask(at(2_000 * ONE - 1))
        .refused(TokenError::AuctionTooCheap);
    // Nothing that was signed can be left out.
    let (token, payer) = (world.token(), world.payer.pubkey());
    let bare = ix::put_poll(&token, &payer, &key("founder"), at(ONE), [6; 32]);
    world
        .send(&bare, &[&person("founder")])
        .refused(TokenError::EvidenceIncomplete);
    let mut other = world.proven(bare.clone(), &at(ONE));
    other.accounts.last_mut().unwrap().pubkey = find_attestation(&claim, &key("bob")).0;
    world
        .send(&other, &[&person("founder")])
        .refused(TokenError::EvidenceIncomplete);
    // What is not fresh any more binds nobody.
    world.pass(301 * DAY);
    world.ask(at(ONE)).ok();
    world.approve("bob").ok();
    world.pass(7 * DAY);
    let poll = world.last_poll();
    let apply = ix::apply_poll(&poll, &key("bob"));
    world
        .send(&apply, &[&person("bob")])
        .refused(TokenError::EvidenceIncomplete);
    world.apply("bob").ok();
    assert_eq!(world.claim(0).data.auction.end, ONE / 2);
}

#[test]
fn impossible_auctions_are_refused_when_they_are_put() {
    let mut world = with_attested_equity();
    let refused = |world: &mut World, change, expected| world.ask(change).refused(expected);
    let sale = |units, value, seconds| Change::Auction {
        claim: 0,
        units,
        value,
        seconds,
    };
    for (units, value, seconds) in [
        (0, 2_000 * ONE, 604_800),
        (ONE, 0, 604_800),
        (ONE, 2 * ONE, 604_799),
        (ONE, 2 * ONE, 90 * 86_400 + 1),
        (ONE, u64::MAX / 2 + 1, 604_800),
    ] {
        let change = sale(units, value, seconds);
        refused(&mut world, change, TokenError::InvalidAuction);
    }
    let more = sale(1_000 * ONE + 1, 5_000 * ONE, 604_800);
    refused(&mut world, more, TokenError::UnitsExceedHeld);
    // Without the list, or with it where it says nothing.
    let (token, payer) = (world.token(), world.payer.pubkey());
    let put = ix::put_poll(&token, &payer, &key("founder"), SALE, [6; 32]);
    for (change, slot, expected) in [
        (&put, 6, TokenError::AttestersRequired),
        (&put, 5, TokenError::ClaimRequired),
    ] {
        let mut bare: Instruction = change.clone();
        bare.accounts[slot].pubkey = upside_sdk::state::PROGRAM_ID;
        world.send(&bare, &[&person("founder")]).refused(expected);
    }
    assert_eq!(put.accounts[6].pubkey, find_attesters(&token.key).0);
    // While one is announced, and while a round escrows.
    let list = world.attesters();
    let terms = SALE.auction().unwrap().unwrap();
    let claim = world.claim(0).key;
    let owners = ix::announce_auction(&token, &claim, list.as_ref(), terms);
    world.send(&owners, &[&person("founder")]).ok();
    assert_eq!(world.claim(0).data.auction.poll, 0);
    refused(&mut world, SALE, TokenError::AuctionOpen);
    let stop = ix::cancel_auction(&world.claim(0), &key("founder"));
    world.send(&stop, &[&person("founder")]).ok();
    world.ask(SALE).ok();
    let round = world.open_round(escrow_terms());
    assert_eq!(
        world.token().data.open_polls,
        0,
        "the round {round} voids it"
    );
    refused(&mut world, SALE, TokenError::PollWhileEscrow);
    // Paper is no custody.
    let mut world = with_voters_and(|world| world.accept(&["attester"]));
    let paper = world.declare(equity_terms());
    let change = Change::Auction {
        claim: paper,
        units: 1,
        value: 1,
        seconds: 604_800,
    };
    refused(&mut world, change, TokenError::WrongClaimKind);
}

#[test]
fn an_owner_alone_hides_no_auction_from_who_buys_later() {
    let mut world = with_equity();
    empty_list(&mut world);
    // Others hold shares: the owner alone decides nothing.
    world.ask(at(1)).ok();
    world.apply("founder").refused(TokenError::PollNotPassed);
    // Alone: at once, but it sells a notice later, and the terms version moves.
    let mut world = World::new();
    let mint = world.list("equity mint", false);
    let claim = take_custody(&mut world, &mint, 1_000 * ONE);
    world.issue("founder", 100 * ONE);
    empty_list(&mut world);
    world.ask(at(1)).ok();
    let before = world.token().data.terms_version;
    world.apply("founder").ok();
    assert_eq!(world.token().data.terms_version, before + 1);
    let auction = world.claim(claim).data.auction;
    assert_eq!((auction.start, auction.end, auction.poll), (2, 1, 1));
    assert_eq!(auction.starts_at, world.now() + 7 * DAY);
    buy(&mut world, ONE, u64::MAX).refused(TokenError::AuctionNotOpen);
}
