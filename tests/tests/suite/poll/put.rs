//! Putting: who may, and where it goes.

use super::*;

#[test]
fn four_places_nobody_takes_more_than_their_own() {
    let mut world = with_voters();
    world.issue("mallory", ONE);
    world.pass(1);
    world.put_poll("bob", Change::CashOutTax(500)).ok();
    assert_eq!(world.last_poll().data.place, 2);
    world
        .put_poll("bob", Change::Dissolve)
        .refused(TokenError::PollPut);
    world.put_poll("carol", Change::Drip(2 * 86_400)).ok();
    assert_eq!(world.last_poll().data.place, 3);
    // 1 of 101 is less than a hundredth.
    world
        .put_poll("mallory", Change::Drip(3 * 86_400))
        .refused(TokenError::TooFewToPut);
    give(&mut world, "founder", "mallory", ONE);
    world
        .put_poll("mallory", Change::Drip(3 * 86_400))
        .refused(TokenError::PollPlaceTaken);
    // Owner and dissolutions have places that nobody fills.
    world.ask(Change::Drip(4 * 86_400)).ok();
    assert_eq!(world.last_poll().data.place, 1);
    world.put_poll("mallory", Change::Dissolve).ok();
    assert_eq!(world.last_poll().data.place, 0);
    world
        .ask(Change::Dissolve)
        .refused(TokenError::PollPlaceTaken);
    assert_eq!(world.token().data.open_polls, 0b1111);
    // A stranger puts none, and signs for nobody.
    let (token, payer) = (world.token(), world.payer.pubkey());
    let mut call = ix::put_poll(&token, &payer, &key("bob"), TAX, [0; 32]);
    call.accounts[1].pubkey = key("mallory");
    world
        .send(&call, &[&person("mallory")])
        .refused(TokenError::NotHolder);
    // Who puts a poll and sells loses the place: two wallets do not hold it for all.
    world
        .close_poll("founder")
        .refused(TokenError::PollNotLapsed);
    give(&mut world, "carol", "bob", 40 * ONE);
    let carols = world.poll(1);
    let close = ix::close_poll(&carols, &key("mallory"));
    let events = world.send(&close, &[&person("mallory")]).ok();
    assert!(matches!(&events[0], TokenEvent::PollEnded(e) if e.why == 3));
    assert_eq!(world.token().data.open_polls, 0b0111);
}

#[test]
fn what_a_poll_asked_for_is_not_turned_round() {
    let mut world = with_voters();
    world.put_poll("bob", Change::CashOutTax(800)).ok();
    world.approve("bob").ok();
    world.approve("carol").ok();
    // The owner relaxes further: what was lower is higher now, and takes another poll.
    let relax = ix::relax_terms(
        &world.token(),
        upside_sdk::state::Relaxation {
            cash_out_tax_bps: Some(500),
            ..Default::default()
        },
    );
    world.send(&relax, &[&person("founder")]).ok();
    assert_eq!(world.token().data.terms_version, 1);
    world.apply("carol").refused(TokenError::PollStale);
    let relaxation = |change: Change| {
        let mut world = with_voters();
        world.ask(change)
    };
    relaxation(Change::CashOutTax(500)).refused(TokenError::PollNotNeeded);
    relaxation(Change::SupplyCap(300 * ONE)).refused(TokenError::PollNotNeeded);
    let mut world = with_voters();
    world
        .put_poll("bob", Change::SupplyCap(300 * ONE))
        .refused(TokenError::PollNotNeeded);
}
