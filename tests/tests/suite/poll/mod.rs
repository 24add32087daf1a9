//! Polls: who may put which, what shares weigh, what passes, and that it is exact.

mod tallies;

mod answer;
mod apply;
mod auction;
mod end;
mod put;
mod surplus;

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
        cases::{with_poll, with_voters, with_voters_and},
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
