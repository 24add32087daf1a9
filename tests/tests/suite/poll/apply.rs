//! What passes, and when it may be applied.

use super::*;

#[test]
fn what_is_against_holders_passes_by_the_larger_of_then_and_now() {
    let mut world = World::with(|args| args.terms.poll_threshold_bps = 6_000);
    world.issue("bob", 60 * ONE - 1);
    world.issue("carol", 40 * ONE);
    world.issue("mallory", 1);
    world.ask(TAX).ok();
    world.approve("bob").ok();
    world.apply("carol").refused(TokenError::PollNotPassed);
    world.approve("mallory").ok();
    world.pass(7 * DAY);
    // To the atom; and new shares count at once.
    world.issue("carol", 1);
    world.apply("carol").refused(TokenError::PollNotPassed);
    let redeem = ix::redeem(
        &world.token(),
        &key("carol"),
        upside_tests::cases::redeem_args(1),
    );
    world.give_reserve(1_000_000 * ONE);
    world.send(&redeem.unwrap(), &[&person("carol")]).ok();
    world.apply("carol").ok();
    assert_eq!(world.token().data.terms.cash_out_tax_bps, 2_000);
}

#[test]
fn a_tenth_stops_what_is_against_holders_while_it_objects() {
    let mut world = World::with(|args| args.terms.poll_threshold_bps = 6_000);
    for (name, shares) in [("bob", 90 * ONE), ("carol", 10 * ONE - 1), ("mallory", 1)] {
        world.issue(name, shares);
    }
    world.ask(TAX).ok();
    world.approve("bob").ok();
    let since = world.now();
    assert_eq!(passed_at(&mut world), since);
    world.pass(DAY);
    world.object("carol").ok();
    assert_eq!(passed_at(&mut world), since, "less than a tenth");
    world.object("mallory").ok();
    assert_eq!(passed_at(&mut world), 0);
    world.apply("carol").refused(TokenError::PollObjected);
    // They think again: the notice begins anew.
    world.pass(8 * DAY);
    world.retract("mallory").ok();
    assert_eq!(passed_at(&mut world), world.now());
    world.apply("carol").refused(TokenError::NoticePending);
    world.pass(7 * DAY);
    // An objector who sells says nothing any more, and one who comes late stops it still.
    world.object("mallory").ok();
    world.apply("carol").refused(TokenError::PollObjected);
    give(&mut world, "mallory", "bob", 1);
    world.apply("carol").refused(TokenError::PollNotPassed);
    world.approve("bob").ok();
    world.pass(7 * DAY);
    world.apply("carol").ok();
}

#[test]
fn shares_that_leave_below_the_threshold_restart_the_notice() {
    let mut world = with_poll(TAX);
    world.open_holder("mallory");
    world.approve("bob").ok();
    world.approve("carol").ok();
    let since = world.now();
    world.pass(6 * DAY);
    give(&mut world, "carol", "mallory", 33 * ONE);
    assert_eq!(passed_at(&mut world), since, "67 of 100 still pass");
    give(&mut world, "carol", "mallory", ONE);
    assert_eq!(passed_at(&mut world), 0);
    world.pass(DAY);
    world.apply("bob").refused(TokenError::PollNotPassed);
    // A vote that is taken back, too.
    let mut world = with_poll(TAX);
    world.approve("bob").ok();
    world.approve("carol").ok();
    world.pass(6 * DAY);
    world.retract("carol").ok();
    world.approve("carol").ok();
    world.pass(2 * DAY);
    world.apply("bob").refused(TokenError::NoticePending);
    world.pass(5 * DAY);
    world.apply("bob").ok();
}

#[test]
fn what_is_for_holders_needs_no_notice_but_a_part_of_all_shares() {
    // The founder has 100, bob 6, carol 3: two thirds of 9 are not a tenth of 109.
    let mut world = World::new();
    for (name, shares) in [("founder", 100), ("bob", 6), ("carol", 3)] {
        world.issue(name, shares * ONE);
    }
    world.put_poll("bob", Change::CashOutTax(500)).ok();
    world.approve("bob").ok();
    world.approve("carol").ok();
    world.apply("mallory").refused(TokenError::PollNotPassed);

    let mut world = with_voters();
    world.put_poll("bob", Change::CashOutTax(500)).ok();
    world.approve("bob").ok();
    world.apply("bob").refused(TokenError::PollNotPassed);
    // Objections do not stop it, nor shares that are created meanwhile, nor a round.
    world.object("carol").ok();
    world.answer("carol", Answer::For).ok();
    world.issue("carol", 10_000 * ONE);
    world.open_round(escrow_terms());
    world.apply("mallory").ok();
    assert_eq!(world.token().data.terms.cash_out_tax_bps, 500);

    // The floor and a dissolution take a quarter of all.
    let mut world = World::with(|args| args.terms.floor = 50);
    for (name, shares) in [("founder", 200), ("bob", 60), ("carol", 6)] {
        world.issue(name, shares * ONE);
    }
    world.put_poll("bob", Change::Floor(10)).ok();
    world.approve("bob").ok();
    world.apply("bob").refused(TokenError::PollNotPassed);
    world.put_poll("carol", Change::Dissolve).ok();
    world.approve("bob").ok();
    world.apply("bob").refused(TokenError::PollNotPassed);
    let mut world = World::with(|args| args.terms.floor = 50);
    for (name, shares) in [("founder", 180), ("bob", 60)] {
        world.issue(name, shares * ONE);
    }
    world
        .put_poll("bob", Change::Floor(60))
        .refused(TokenError::FloorOnlyFalls);
    world.put_poll("bob", Change::Floor(10)).ok();
    world.approve("bob").ok();
    world.apply("bob").ok();
    assert_eq!(world.token().data.terms.floor, 10);
}

#[test]
fn an_owner_who_has_all_decides_alone_but_not_over_anybodys_head() {
    let mut world = World::new();
    world.issue("founder", 100 * ONE);
    world.ask(TAX).ok();
    world.apply("mallory").refused(TokenError::PollNotPassed);
    // Bearer tokens are somebody's.
    world.issue("bob", 10 * ONE);
    world.apply("founder").refused(TokenError::PollNotPassed);
    world.open_bearer("bob");
    let out = ix::withdraw(&world.token(), &key("bob"), Shares(10 * ONE));
    world.send(&out, &[&person("bob")]).ok();
    world.apply("founder").refused(TokenError::PollNotPassed);
    assert_eq!(world.token().data.eligible(), Ok(10 * ONE));
    // What is on offer may be somebody's soon.
    let mut world = World::new();
    world.issue("founder", 100 * ONE);
    world.ask(TAX).ok();
    world.open_round(round_terms());
    world.apply("founder").refused(TokenError::PollNotPassed);

    let mut alone = World::new();
    alone.issue("founder", 100 * ONE);
    alone.ask(TAX).ok();
    let events = alone.apply("founder").ok();
    assert!(matches!(&events[0], TokenEvent::PollApplied(e) if e.eligible == 0));
    assert_eq!(alone.token().data.terms.cash_out_tax_bps, 2_000);
    alone.ask(Change::Dissolve).ok();
    alone.apply("founder").ok();
    assert_eq!(alone.token().data.status.raw(), 1);
}
