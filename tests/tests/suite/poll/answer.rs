//! What shares weigh.

use super::*;

#[test]
fn shares_that_come_after_the_put_weigh_nothing() {
    let mut world = with_poll(TAX);
    world.open_holder("mallory");
    // Bought in the second of the put, and later.
    give(&mut world, "carol", "mallory", 30 * ONE);
    world.approve("mallory").refused(TokenError::SharesTooNew);
    world.object("mallory").refused(TokenError::SharesTooNew);
    // What left does not weigh where it was, either.
    world.approve("carol").ok();
    assert_eq!(counted(&mut world), (10 * ONE, 0));
    give(&mut world, "mallory", "carol", 30 * ONE);
    world.approve("carol").ok();
    assert_eq!(counted(&mut world), (10 * ONE, 0));
    // Created after it: the same, and it only makes the poll harder.
    world.issue("mallory", 500 * ONE);
    world.approve("mallory").refused(TokenError::SharesTooNew);
    world.approve("bob").ok();
    assert_eq!(counted(&mut world), (70 * ONE, 0));
    world.apply("bob").refused(TokenError::PollNotPassed);
    // In the next one they weigh.
    world.pass(1);
    world.put_poll("mallory", Change::Drip(2 * 86_400)).ok();
    world.approve("mallory").ok();
    assert_eq!(counted(&mut world), (500 * ONE, 0));
}

#[test]
fn shares_that_come_in_the_second_of_the_put_weigh_nothing() {
    let mut world = with_voters();
    world.open_holder("mallory");
    world.pass(1);
    give(&mut world, "bob", "mallory", 50 * ONE);
    let (token, payer) = (world.token(), world.payer.pubkey());
    let put = ix::put_poll(&token, &payer, &key("founder"), TAX, [6; 32]);
    world.send(&put, &[&person("founder")]).ok();
    world.approve("mallory").refused(TokenError::SharesTooNew);
    world.approve("bob").ok();
    assert_eq!(counted(&mut world), (10 * ONE, 0));
    // Nor may borrowed shares put one.
    give(&mut world, "bob", "carol", 5 * ONE);
    let mut small = World::new();
    small.issue("founder", 100 * ONE);
    small.issue("bob", 100 * ONE);
    small.open_holder("mallory");
    small.pass(1);
    give(&mut small, "bob", "mallory", 100 * ONE);
    let (token, payer) = (small.token(), small.payer.pubkey());
    let put = ix::put_poll(&token, &payer, &key("mallory"), Change::Dissolve, [6; 32]);
    small
        .send(&put, &[&person("mallory")])
        .refused(TokenError::TooFewToPut);
}

#[test]
fn no_share_weighs_twice_and_no_gift_takes_a_vote() {
    let mut world = with_voters();
    world.open_holder("mallory");
    world.ask(TAX).ok();
    world.approve("bob").ok();
    // Handed on to another account of the same person: gone here, nothing there.
    give(&mut world, "bob", "mallory", 60 * ONE);
    world.approve("mallory").refused(TokenError::SharesTooNew);
    assert_eq!(counted(&mut world), (0, 0));
    // An account that was closed and opened again is a new one.
    let close = ix::close_holder(&world.holder("bob"), &key("bob"));
    world.send(&close, &[&person("bob")]).ok();
    world.open_holder("bob");
    give(&mut world, "mallory", "bob", 60 * ONE);
    world.approve("bob").refused(TokenError::SharesTooNew);
    // Nobody's gift of an atom takes a vote away.
    world.approve("carol").ok();
    give(&mut world, "bob", "carol", 1);
    assert_eq!(counted(&mut world), (40 * ONE, 0));
    give(&mut world, "carol", "bob", 1);
    assert_eq!(counted(&mut world), (40 * ONE, 0));
}

#[test]
fn bearer_shares_weigh_nothing_and_come_back_as_new_ones() {
    let mut world = with_poll(TAX);
    world.open_bearer("bob");
    let out = ix::withdraw(&world.token(), &key("bob"), Shares(50 * ONE));
    world.send(&out, &[&person("bob")]).ok();
    world.approve("bob").ok();
    assert_eq!(counted(&mut world), (10 * ONE, 0));
    assert_eq!(world.token().data.eligible(), Ok(100 * ONE));
    let back = ix::deposit(&world.token(), &key("bob"), Shares(50 * ONE));
    world.send(&back, &[&person("bob")]).ok();
    world.approve("bob").ok();
    assert_eq!(counted(&mut world), (10 * ONE, 0));
}

#[test]
fn the_owner_of_then_and_of_now_does_not_answer() {
    let mut world = with_poll(TAX);
    world
        .approve("founder")
        .refused(TokenError::OwnerCannotVote);
    let mut foreign = ix::answer_poll(&world.last_poll(), &key("bob"), Answer::For);
    foreign.accounts[0].pubkey = key("mallory");
    world
        .send(&foreign, &[&person("mallory")])
        .refused(TokenError::NotHolder);
    world.approve("bob").ok();
    world.approve("carol").ok();
    assert_eq!(counted(&mut world), (100 * ONE, 0));
    // Who owns from now on is silent, and stays so; who owned at the put, too.
    hand_over(&mut world, "founder", "bob");
    assert_eq!(counted(&mut world), (40 * ONE, 0));
    assert_eq!(passed_at(&mut world), 0);
    world.approve("bob").refused(TokenError::OwnerCannotVote);
    world
        .approve("founder")
        .refused(TokenError::OwnerCannotVote);
    assert_eq!(world.token().data.eligible(), Ok(140 * ONE));
    hand_over(&mut world, "bob", "carol");
    assert_eq!(counted(&mut world), (0, 0));
    world.approve("bob").refused(TokenError::SharesTooNew);
    // The owner's place goes with the token.
    world.cancel_poll("bob").refused(TokenError::NotPutter);
    world.cancel_poll("carol").ok();
    // In what is put later the former owner's shares weigh.
    world.put_poll("carol", TAX).ok();
    world.approve("founder").ok();
    assert_eq!(counted(&mut world), (100 * ONE, 0));
}
