//! What bidders, sellers, owners and strangers try with bids.

use {super::*, upside_tests::payee::pays_another};

/// A seller never finds that the money is gone and the shares with it: it is one
/// instruction, and a bid that ended first makes it fail.
#[test]
fn a_bidder_who_cancels_in_the_same_transaction_gets_nothing() {
    let mut world = with_royalty(0);
    let bid = bid(&mut world, |_| {});
    let cancel = ix::cancel_bid(&world.token(), &bid, &key("carol"));
    let fill = fill_of(&mut world, &bid, 40 * ONE);
    world
        .fork()
        .send_all(
            &[cancel.clone(), fill.clone()],
            &[&person("carol"), &person("bob")],
        )
        .named_failure("the bid is gone");
    // The other way round she has the shares and he the money, and there is nothing left
    // to take back.
    world
        .send_all(&[fill, cancel], &[&person("carol"), &person("bob")])
        .named_failure("the bid is filled");
    assert_eq!(world.holder("bob").data.shares, 100 * ONE);
}

/// A bid that is replaced by a worse one of the same number is refused by the seller's
/// own bound.
#[test]
fn a_bid_that_changed_is_refused_by_its_bound() {
    let mut world = with_royalty(0);
    let dear = bid(&mut world, |_| {});
    cancel(&mut world, &dear, "carol").ok();
    let cheap = bid(&mut world, |terms| terms.price = ONE / 10);
    assert_eq!(dear.key, cheap.key);
    fill_by(&mut world, "bob", &cheap, 40 * ONE, 77 * ONE).refused(TokenError::Slippage);
}

/// Nobody books the money that waits for sellers to the reserve, and no redemption takes
/// of it.
#[test]
fn money_of_bids_is_no_reserve() {
    let mut world = with_royalty(0);
    world.give_reserve(100 * ONE);
    let before = world.token().data.quote().reserve;
    bid(&mut world, |_| {});
    let quote = world.quote;
    let book = ix::book_surplus(&world.token(), &key("founder"), &quote).unwrap();
    world
        .send(&book, &[&person("founder")])
        .refused(TokenError::NothingToSync);
    assert_eq!(world.token().data.quote().reserve, before);
    let all = Shares(100 * ONE);
    let supply = Shares(world.token().data.supply);
    let paid = quote::redemption(&world.token().data, supply, all, 0).unwrap();
    assert_eq!(paid[0], before);
}

/// A bidder cannot close the account that receives the shares while a bid is open: a
/// seller never has to make one.
#[test]
fn a_bidders_holder_account_stays_while_the_bid_does() {
    let mut world = with_royalty(0);
    let bid = bid(&mut world, |_| {});
    let holder = world.holder("carol");
    let close = ix::close_holder(&holder, &key("carol"));
    world
        .send(&close, &[&person("carol")])
        .refused(TokenError::HolderNotEmpty);
    cancel(&mut world, &bid, "carol").ok();
    world.send(&close, &[&person("carol")]).ok();
}

/// Cutting a sale into atoms neither avoids royalty nor takes more of it: it is rounded up
/// once in a seller's life.
#[test]
fn tiny_fills_owe_what_one_owes() {
    let mut world = with_royalty(0);
    let price = |terms: &mut BidTerms| (terms.shares, terms.price) = (2 * ONE, 30);
    // All that he paid comes back first.
    let all = bid(&mut world, |terms| {
        (terms.shares, terms.price) = (ONE, 50 * ONE)
    });
    fill(&mut world, &all, ONE).ok();
    assert_eq!(world.token().data.quote().endowment, 0);
    let mut tiny = bid(&mut world, price);
    // 60 atoms, two at a time, of which a tenth: 6, and not 30.
    for _ in 0..29 {
        fill(&mut world, &tiny, 66_667).ok();
        tiny = reload(&mut world, &tiny);
    }
    let left = tiny.data.shares;
    fill(&mut world, &tiny, left).ok();
    let owned = world.token().data.quote().endowment;
    assert_eq!(owned, 6);
}

/// What waits in an expired bid goes back, whatever its bidder did with their account: until
/// then their holder account stays, and with it a wound-up token's vaults.
#[test]
fn a_bidder_who_gives_their_account_away_keeps_no_expired_bid() {
    let mut world = with_royalty(0);
    let bid = bid(&mut world, |_| {});
    world.pass(8 * DAY);
    let cancel = ix::cancel_bid(&world.token(), &bid, &key("bob"));
    let errors = [TokenError::WrongTokenAccount, TokenError::WrongAccount];
    let quote = world.quote;
    let to = ("carol", &quote);
    let paid = pays_another(&mut world, &cancel, &[&person("bob")], to, errors, true);
    assert_eq!(paid, 80 * ONE);
    let close = ix::close_holder(&world.holder("carol"), &key("carol"));
    world.send(&close, &[&person("carol")]).ok();
}

/// The bid's money is not the owner's: a new owner finds as much as the old one.
#[test]
fn the_owner_takes_nothing_of_a_bid() {
    let mut world = with_royalty(0);
    let bid = bid(&mut world, |_| {});
    let cancel = ix::cancel_bid(&world.token(), &bid, &key("founder"));
    world
        .send(&cancel, &[&person("founder")])
        .refused(TokenError::BidNotExpired);
    let quote = *world.token().data.quote();
    assert_eq!((quote.endowment, quote.bids), (0, 80 * ONE));
}
