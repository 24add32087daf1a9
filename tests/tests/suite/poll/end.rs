//! What ends without effect.

use super::*;

#[test]
fn a_poll_lapses_a_month_and_a_notice_after_its_put() {
    let mut world = with_poll(TAX);
    world.approve("bob").ok();
    world.approve("carol").ok();
    world.pass(37 * DAY);
    world
        .close_poll("mallory")
        .refused(TokenError::PollNotLapsed);
    world.pass(1);
    world.apply("carol").refused(TokenError::PollLapsed);
    world.retract("bob").refused(TokenError::PollLapsed);
    world.approve("bob").refused(TokenError::PollLapsed);
    // Its place is free, whether anybody closes it or not.
    world.ask(Change::Drip(2 * 86_400)).ok();
    let account = find_poll(&world.token, 0).0;
    let old = world.poll(0);
    let close = ix::close_poll(&old, &key("mallory"));
    let events = world.send(&close, &[&person("mallory")]).ok();
    assert!(matches!(&events[0], TokenEvent::PollEnded(e) if e.why == 2));
    assert!(world.engine.account(&account).is_none());
    assert_eq!(world.token().data.open_polls, 0b10);
    world.pass(38 * DAY);
    let events = world.close_poll("mallory").ok();
    assert!(matches!(&events[0], TokenEvent::PollEnded(e) if e.why == 1));
    assert_eq!(world.token().data.open_polls, 0);
}

#[test]
fn who_put_it_takes_it_back_but_not_over_answers_that_holders_count_on() {
    let mut world = with_poll(TAX);
    world.cancel_poll("bob").refused(TokenError::NotPutter);
    world.approve("bob").ok();
    let events = world.cancel_poll("founder").ok();
    assert!(matches!(&events[0], TokenEvent::PollEnded(e) if e.why == 0));
    world.put_poll("bob", Change::Dissolve).ok();
    world.approve("carol").ok();
    world.cancel_poll("bob").refused(TokenError::PollAnswered);
    world.retract("carol").ok();
    world.cancel_poll("bob").ok();
}

#[test]
fn an_escrow_round_ends_what_is_against_holders() {
    let mut world = with_poll(TAX);
    world.put_poll("bob", Change::Dissolve).ok();
    world.approve("bob").ok();
    let round = escrow_terms();
    let (token, payer) = (world.token(), world.payer.pubkey());
    let open = ix::open_round(&token, &payer, round);
    let events = world.send(&open, &[&person("founder")]).ok();
    let TokenEvent::PollsVoided(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!(event.polls, [0, 1, 0, 0]);
    assert_eq!(world.token().data.open_polls, 0b1);
    let taxed = world.poll(0);
    let apply = ix::apply_poll(&taxed, &key("bob"));
    world
        .send(&apply, &[&person("bob")])
        .refused(TokenError::PollNotOpen);
    world.ask(TAX).refused(TokenError::PollWhileEscrow);
    world.approve("carol").ok();
    world.apply("carol").ok();
    // A round that sells at once ends nothing.
    let mut world = with_poll(TAX);
    world.open_round(round_terms());
    assert_eq!(world.token().data.open_polls, 0b10);
}
