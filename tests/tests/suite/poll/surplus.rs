//! What somebody sent to a vault, booked by holders.

use {
    super::*,
    upside_sdk::address::{TOKEN_PROGRAM, find_associated, find_round},
    upside_tests::cases::{approve_all, with_surplus},
};

const BOOK: Change = Change::BookSurplus(0);

/// Sends so much to the vault of the token's asset of this mint.
fn send(world: &mut World, mint: &Pubkey, atoms: u64) {
    let (token, has) = (world.token, world.token());
    let place = has.data.asset_of(mint).expect("it is listed");
    let vault = has.data.asset(place).expect("it is listed").vault;
    let held = world.balance(&vault);
    world.give(&token, mint, held + atoms);
}

#[test]
fn holders_book_what_the_owner_leaves_and_all_that_is_there() {
    let mut world = with_voters();
    let coin = world.list("coin", false);
    world.pass(1);
    let (place, vault) = (1, world.token().data.assets[1].vault);
    send(&mut world, &coin, 5 * ONE);
    world
        .ask(Change::BookSurplus(place))
        .refused(TokenError::PollNotNeeded);
    let events = world.put_poll("bob", Change::BookSurplus(place)).ok();
    let TokenEvent::PollPut(put) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((put.kind, put.against_holders), (20, 0));
    assert_eq!((put.claim, put.subject), (1, vault));
    world.apply("mallory").refused(TokenError::PollNotPassed);
    approve_all(&mut world);
    // What came meanwhile is there, too.
    send(&mut world, &coin, 2 * ONE);
    let events = world.apply("mallory").ok();
    assert!(matches!(&events[0], TokenEvent::PollApplied(e) if e.subject == vault));
    let TokenEvent::SurplusBooked(booked) = &events[1] else {
        panic!("{events:?}")
    };
    assert_eq!((booked.mint, booked.found), (coin, 7 * ONE));
    assert_eq!(booked.reserve, 7 * ONE);
    assert_eq!(world.token().data.assets[1].reserve, 7 * ONE);
    world.apply("mallory").refused(TokenError::PollNotOpen);
    // Where nothing is left, there is nothing to apply; the poll stays.
    world.close_poll("bob").ok();
    world.put_poll("bob", Change::BookSurplus(place)).ok();
    approve_all(&mut world);
    world.apply("carol").refused(TokenError::NothingToSync);
    send(&mut world, &coin, 1);
    world.apply("carol").ok();
    assert_eq!(world.token().data.assets[1].reserve, 7 * ONE + 1);
    world
        .put_poll("carol", Change::BookSurplus(2))
        .refused(TokenError::AssetNotListed);
    world.check_books(&EVERYBODY);
}

#[test]
fn only_the_vault_that_a_poll_books_is_passed_with_it() {
    let mut world = with_surplus();
    let coin = world.list("coin", false);
    let poll = world.last_poll();
    let right = ix::apply_poll(&poll, &key("carol"));
    let vault = right.accounts.len() - 1;
    assert_eq!(
        right.accounts[vault].pubkey,
        world.token().data.quote().vault
    );
    let mut send_with = |account, expected| {
        let mut wrong = right.clone();
        wrong.accounts[vault].pubkey = account;
        world.send(&wrong, &[&person("carol")]).refused(expected);
    };
    send_with(upside_sdk::state::PROGRAM_ID, TokenError::VaultRequired);
    send_with(
        find_associated(&poll.data.token, &coin, &TOKEN_PROGRAM).0,
        TokenError::WrongAccount,
    );
    world.send(&right, &[&person("carol")]).ok();
    let mut world = with_poll(TAX);
    approve_all(&mut world);
    world.pass(7 * DAY);
    let mut more = ix::apply_poll(&world.last_poll(), &key("carol"));
    more.accounts[vault].pubkey = world.token().data.quote().vault;
    world
        .send(&more, &[&person("carol")])
        .refused(TokenError::VaultRequired);
}

#[test]
fn no_surplus_is_booked_while_a_round_escrows() {
    let mut world = with_surplus();
    let reserve = world.token().data.quote().reserve;
    let round = world.open_round(escrow_terms());
    // It is not against holders, so the round does not end it.
    assert_eq!(world.token().data.open_polls, 0b100);
    world.apply("carol").refused(TokenError::PollWhileEscrow);
    world
        .put_poll("carol", BOOK)
        .refused(TokenError::PollWhileEscrow);
    assert_eq!(world.token().data.quote().reserve, reserve);
    let cancel = ix::cancel_round(&world.token(), &find_round(&world.token, round).0);
    world.send(&cancel, &[&person("founder")]).ok();
    world.apply("carol").ok();
    assert_eq!(world.token().data.quote().reserve, reserve + 5 * ONE);
}
