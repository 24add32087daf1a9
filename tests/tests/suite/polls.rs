//! Polls: who may put which, what shares weigh, what passes, and that it is exact.

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, Shares, TokenError,
        address::find_poll,
        event::TokenEvent,
        instruction as ix,
        state::{Answer, Change, PollStatus},
    },
    upside_tests::{
        catalogue::{with_poll, with_voters, with_voters_and},
        engine::Outcome,
        people::person,
        terms::{equity_terms, escrow_terms, revenue_terms, round_terms},
        world::{DAY, ONE, World},
    },
};

const TAX: Change = Change::CashOutTax(2_000);
const EVERYBODY: [&str; 4] = ["founder", "bob", "carol", "mallory"];

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn give(world: &mut World, from: &str, to: &str, shares: u64) {
    let give = ix::transfer_shares(&world.token, &key(from), &key(to), Shares(shares), None);
    world.send(&give, &[&person(from)]).ok();
}

/// For and against the last poll, after the books were checked.
fn counted(world: &mut World) -> (u64, u64) {
    world.check_books(&EVERYBODY);
    let (token, poll) = (world.token().data, world.last_poll().data);
    let slot = poll.slot(&token).expect("it is open");
    (slot.in_favor, slot.against)
}

fn passed_at(world: &mut World) -> i64 {
    let (token, poll) = (world.token().data, world.last_poll().data);
    poll.slot(&token).expect("it is open").passed_at
}

fn hand_over(world: &mut World, from: &str, to: &str) {
    let mut propose = ix::propose_owner(&world.token(), &key(to));
    propose.accounts[0].pubkey = key(from);
    world.send(&propose, &[&person(from)]).ok();
    let accept = ix::accept_ownership(&world.token(), &key(to));
    world.send(&accept, &[&person(to)]).ok();
}

#[test]
fn holders_answer_and_anybody_applies_after_the_notice() {
    let mut world = with_voters();
    let events = world.ask(TAX).ok();
    let TokenEvent::PollPut(event) = &events[0] else {
        panic!("{events:?}")
    };
    let now = world.now();
    assert_eq!((event.poll, event.place, event.kind), (0, 1, 2));
    assert_eq!((event.before, event.after), (1_000, 2_000));
    assert_eq!((event.against_holders, event.by), (1, key("founder")));
    assert_eq!((event.eligible, event.supply), (100 * ONE, 200 * ONE));
    assert_eq!(event.lapses_at, now + 37 * DAY);
    assert_eq!(event.document, [6; 32]);
    assert_eq!(world.last_poll().data.change(), Ok(TAX));
    world
        .ask(Change::Drip(2 * 86_400))
        .refused(TokenError::PollPlaceTaken);

    let events = world.approve("bob").ok();
    let TokenEvent::PollAnswered(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.wallet, event.answer), (key("bob"), 0));
    assert_eq!((event.weight, event.in_favor), (60 * ONE, 60 * ONE));
    assert_eq!((event.eligible, event.passed_at), (100 * ONE, 0));
    world.apply("mallory").refused(TokenError::PollNotPassed);
    world.pass(3 * DAY);
    world.approve("carol").ok();
    assert_eq!(counted(&mut world), (100 * ONE, 0));
    assert_eq!(passed_at(&mut world), world.now());
    // The notice runs from when it passed.
    world.pass(7 * DAY - 1);
    world.apply("mallory").refused(TokenError::NoticePending);
    world.pass(1);
    let before = world.token().data;
    let events = world.apply("mallory").ok();
    let TokenEvent::PollApplied(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.before, event.after), (1_000, 2_000));
    assert_eq!((event.in_favor, event.eligible), (100 * ONE, 100 * ONE));
    let token = world.token().data;
    assert_eq!(token.terms.cash_out_tax_bps, 2_000);
    assert_eq!(token.terms.floor, before.terms.floor);
    assert_eq!(token.terms_version, before.terms_version + 1);
    assert_eq!(token.open_polls, 0);

    // The account stays as the record until anybody closes it.
    let record = world.poll(0);
    assert_eq!(record.data.status(), Ok(PollStatus::Applied));
    assert_eq!(record.data.applied_at, world.now());
    for refused in [
        world.apply("mallory"),
        world.approve("bob"),
        world.cancel_poll("founder"),
    ] {
        refused.refused(TokenError::PollNotOpen);
    }
    let (payer, account) = (world.payer.pubkey(), record.key);
    let rent = world.engine.account(&account).unwrap().lamports;
    let had = world.engine.account(&payer).unwrap().lamports;
    let events = world.close_poll("mallory").ok();
    assert!(matches!(&events[0], TokenEvent::PollEnded(e) if e.why == 2));
    assert!(world.engine.account(&account).is_none());
    // All of the rent came back; the payer also pays two signatures.
    let has = world.engine.account(&payer).unwrap().lamports;
    assert_eq!(had + rent - has, 10_000);

    // What was said counts nothing for the next one.
    world.ask(Change::Drip(2 * 86_400)).ok();
    assert_eq!(counted(&mut world), (0, 0));
    world.retract("bob").refused(TokenError::NotAnswered);
    world.approve("bob").ok();
    assert_eq!(counted(&mut world), (60 * ONE, 0));
}

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
        upside_tests::catalogue::redeem_args(1),
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
    assert_eq!(alone.token().data.status, 1);
}

#[test]
fn what_a_poll_asked_for_is_not_turned_round() {
    let mut world = with_voters();
    world.put_poll("bob", Change::CashOutTax(800)).ok();
    world.approve("bob").ok();
    world.approve("carol").ok();
    // The owner eases further: what was lower is higher now, and takes another poll.
    let ease = ix::ease_terms(
        &world.token(),
        upside_sdk::state::Easing {
            cash_out_tax_bps: Some(500),
            ..Default::default()
        },
    );
    world.send(&ease, &[&person("founder")]).ok();
    assert_eq!(world.token().data.terms_version, 1);
    world.apply("carol").refused(TokenError::PollStale);
    let easing = |change: Change| {
        let mut world = with_voters();
        world.ask(change)
    };
    easing(Change::CashOutTax(500)).refused(TokenError::PollNotNeeded);
    easing(Change::SupplyCap(300 * ONE)).refused(TokenError::PollNotNeeded);
    let mut world = with_voters();
    world
        .put_poll("bob", Change::SupplyCap(300 * ONE))
        .refused(TokenError::PollNotNeeded);
}

#[test]
fn attesters_and_disputes_are_holders_own() {
    let mut world = with_voters_and(|world| world.accept(&["attester"]));
    let payer = world.payer.pubkey();
    let list = |world: &mut World| {
        let key = upside_sdk::address::find_attesters(&world.token).0;
        world.get::<upside_sdk::state::Attesters>(&key).data
    };
    let pass = |world: &mut World, change: Change, wait: i64| -> Outcome {
        world.put_poll("bob", change).ok();
        world.approve("bob").ok();
        world.approve("carol").ok();
        world.pass(wait);
        let applied = world.apply("carol");
        if applied.error.is_none() {
            world.close_poll("carol").ok();
        }
        applied
    };
    world
        .put_poll("bob", Change::AcceptAttester(key("founder")))
        .refused(TokenError::InvalidAttester);
    pass(&mut world, Change::AcceptAttester(key("second")), 7 * DAY).ok();
    let seated = list(&mut world);
    let seat = seated.seat(&key("second")).unwrap();
    assert_eq!(seated.origin(seat), Ok(upside_sdk::state::Origin::Poll));
    pass(&mut world, Change::RemoveAttester(key("attester")), 0).ok();
    assert!(!list(&mut world).contains(&key("attester")));
    // Only what a poll is about is passed with it.
    let mut more = ix::put_poll(&world.token(), &payer, &key("bob"), TAX, [0; 32]);
    more.accounts[6].pubkey = upside_sdk::address::find_attesters(&world.token).0;
    world
        .send(&more, &[&person("bob")])
        .refused(TokenError::AttestersRequired);

    let claim = world.declare(equity_terms());
    world
        .put_poll("bob", Change::ResolveClaim(claim))
        .refused(TokenError::NothingToChange);
    pass(&mut world, Change::DisputeClaim(claim), 0).ok();
    let disputed = world.claim(claim);
    assert!(disputed.data.is_disputed_by_poll());
    let resolve = ix::resolve_dispute(&disputed, &key("founder"));
    world
        .send(&resolve, &[&person("founder")])
        .refused(TokenError::NotDisputed);
    pass(&mut world, Change::ResolveClaim(claim), 7 * DAY).ok();
    assert!(!world.claim(claim).data.is_disputed_by_poll());

    let claim = world.declare(revenue_terms(world.quote));
    pass(&mut world, Change::RevenueEnd(claim), 7 * DAY).ok();
    assert_eq!(world.claim(claim).data.is_open(), Ok(false));
    world
        .put_poll("bob", Change::DisputeClaim(claim))
        .refused(TokenError::ClaimNotOpen);
    world
        .put_poll("bob", Change::Exempt(0))
        .refused(TokenError::AssetMoves);
    world
        .put_poll("bob", Change::Exempt(7))
        .refused(TokenError::AssetNotListed);
}
