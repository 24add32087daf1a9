//! Amendments: what may be proposed, who votes, what passes, and that it is exact.

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, Shares, TokenError,
        address::find_amendment,
        event::TokenEvent,
        instruction as ix,
        state::{AmendmentStatus, Change},
    },
    upside_tests::{
        catalogue::{with_amendment, with_voters},
        engine::Outcome,
        people::person,
        terms::escrow_terms,
        vote::PERIOD,
        world::{DAY, ONE, START, World},
    },
};

const TAX: Change = Change::CashOutTax(2_000);

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn give(world: &mut World, from: &str, to: &str, shares: u64) {
    let give = ix::transfer_shares(&world.token, &key(from), &key(to), Shares(shares), None);
    world.send(&give, &[&person(from)]).ok();
}

fn tally(world: &mut World) -> (u64, u64) {
    world.check_books(&["founder", "bob", "carol", "mallory"]);
    let token = world.token().data;
    (token.approving, token.eligible().unwrap())
}

fn withdraw(world: &mut World, name: &str) -> Outcome {
    let withdraw = ix::withdraw_amendment(&world.open_amendment(), &key(name));
    world.send(&withdraw, &[&person(name)])
}

#[test]
fn holders_approve_and_anybody_applies_after_the_notice() {
    let mut world = with_voters();
    let events = world.propose(TAX).ok();
    let TokenEvent::AmendmentProposed(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.amendment, event.kind, event.value), (0, 2, 2_000));
    assert_eq!(event.effective_at, START + 7 * DAY);
    assert_eq!(event.expires_at, START + 37 * DAY);
    assert_eq!(event.document, [6; 32]);
    let open = world.open_amendment().data;
    assert_eq!((open.before.value, open.after.value), (1_000, 2_000));
    assert_eq!(open.change(), Ok(TAX));
    world
        .propose(Change::Dissolve)
        .refused(TokenError::AmendmentOpen);

    let events = world.approve("bob").ok();
    let TokenEvent::ApprovalChanged(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.wallet, event.shares), (key("bob"), 60 * ONE));
    assert_eq!((event.approves, event.approving), (1, 60 * ONE));
    assert_eq!(event.eligible, 100 * ONE);
    world.approve("bob").refused(TokenError::AlreadyApproved);
    world
        .apply("mallory")
        .refused(TokenError::AmendmentNotPassed);
    world.approve("carol").ok();
    assert_eq!(tally(&mut world), (100 * ONE, 100 * ONE));
    world.pass(7 * DAY - 1);
    world.apply("mallory").refused(TokenError::NoticePending);
    world.pass(1);
    let before = world.token().data.terms;
    let events = world.apply("mallory").ok();
    let TokenEvent::AmendmentApplied(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.before, event.after), (1_000, 2_000));
    assert_eq!((event.approving, event.eligible), (100 * ONE, 100 * ONE));
    let token = world.token().data;
    assert_eq!(token.terms.cash_out_tax_bps, 2_000);
    assert_eq!(token.terms.floor, before.floor);
    assert_eq!((token.open_amendment, token.approving), (0, 0));
    assert_eq!(tally(&mut world), (0, 100 * ONE));

    // The account stays as the record, and nothing works on it any more.
    let record = world.amendment(0);
    assert_eq!(record.data.status(), Ok(AmendmentStatus::Applied));
    assert_eq!(record.data.applied_at, world.now());
    let (token, mallory) = (world.token(), person("mallory"));
    for call in [
        ix::apply_amendment(&token, &record, &key("mallory")),
        ix::expire_amendment(&record, &key("mallory")),
    ] {
        let outcome = world.send(&call, &[&mallory]);
        outcome.refused(TokenError::AmendmentNotOpen);
    }
    let bob = person("bob");
    let again = ix::approve_amendment(&record, &key("bob"));
    world
        .send(&again, &[&bob])
        .refused(TokenError::AmendmentNotOpen);

    // Ballots of it count nothing for the next one.
    world.propose(Change::Floor(5)).ok();
    assert_eq!(tally(&mut world), (0, 100 * ONE));
    world.retract("bob").refused(TokenError::NotApproved);
    world.approve("bob").ok();
    assert_eq!(tally(&mut world), (60 * ONE, 100 * ONE));
}

#[test]
fn the_owner_and_strangers_do_not_vote() {
    let mut world = with_amendment(TAX);
    world
        .approve("founder")
        .refused(TokenError::OwnerCannotVote);
    let mut foreign = ix::approve_amendment(&world.open_amendment(), &key("bob"));
    foreign.accounts[0].pubkey = key("mallory");
    world
        .send(&foreign, &[&person("mallory")])
        .refused(TokenError::NotHolder);
    withdraw(&mut world, "bob").refused(TokenError::NotOwner);
    let propose = |world: &mut World, name: &str| {
        let (token, payer) = (world.token(), world.payer.pubkey());
        let mut call = ix::propose_amendment(&token, &payer, TAX, [0; 32], PERIOD);
        call.accounts[1].pubkey = key(name);
        world.send(&call, &[&person(name)])
    };
    propose(&mut world, "bob").refused(TokenError::NotOwner);
    // Shares that the owner gives to somebody vote; shares that the owner gets do not.
    world.approve("bob").ok();
    world.approve("carol").ok();
    give(&mut world, "founder", "bob", 10 * ONE);
    assert_eq!(tally(&mut world), (110 * ONE, 110 * ONE));
    give(&mut world, "carol", "founder", 40 * ONE);
    assert_eq!(tally(&mut world), (70 * ONE, 70 * ONE));
}

#[test]
fn the_tally_follows_the_shares() {
    let mut world = with_amendment(TAX);
    world.open_holder("mallory");
    world.approve("bob").ok();
    // Sold to somebody who did not approve.
    give(&mut world, "bob", "carol", 25 * ONE);
    assert_eq!(tally(&mut world), (35 * ONE, 100 * ONE));
    // Who approves without shares brings those that come later, and they leave again.
    world.approve("mallory").ok();
    assert_eq!(tally(&mut world), (35 * ONE, 100 * ONE));
    give(&mut world, "carol", "mallory", 50 * ONE);
    assert_eq!(tally(&mut world), (85 * ONE, 100 * ONE));
    give(&mut world, "mallory", "carol", 50 * ONE);
    assert_eq!(tally(&mut world), (35 * ONE, 100 * ONE));
    // Out of the register, and back in.
    world.open_bearer("bob");
    let out = ix::withdraw(&world.token(), &key("bob"), Shares(5 * ONE));
    world.send(&out, &[&person("bob")]).ok();
    assert_eq!(tally(&mut world), (30 * ONE, 95 * ONE));
    let back = ix::deposit(&world.token(), &key("bob"), Shares(5 * ONE));
    world.send(&back, &[&person("bob")]).ok();
    assert_eq!(tally(&mut world), (35 * ONE, 100 * ONE));
    // New shares dilute.
    world.issue("carol", 100 * ONE);
    assert_eq!(tally(&mut world), (35 * ONE, 200 * ONE));
    world.retract("bob").ok();
    assert_eq!(tally(&mut world), (0, 200 * ONE));
    world.retract("bob").refused(TokenError::NotApproved);
}

#[test]
fn ownership_takes_votes_along() {
    let mut world = with_amendment(TAX);
    world.approve("bob").ok();
    let hand = |world: &mut World, from: &str, to: &str| {
        let mut propose = ix::propose_owner(&world.token(), &key(to));
        propose.accounts[0].pubkey = key(from);
        world.send(&propose, &[&person(from)]).ok();
        let accept = ix::accept_ownership(&world.token(), &key(to));
        world.send(&accept, &[&person(to)]).ok();
    };
    hand(&mut world, "founder", "bob");
    // Bob's approval counts nothing while he owns; the founder's shares may vote.
    assert_eq!(tally(&mut world), (0, 140 * ONE));
    world.approve("bob").refused(TokenError::OwnerCannotVote);
    world.approve("founder").ok();
    assert_eq!(tally(&mut world), (100 * ONE, 140 * ONE));
    hand(&mut world, "bob", "carol");
    assert_eq!(tally(&mut world), (160 * ONE, 160 * ONE));
}

#[test]
fn a_threshold_is_met_to_the_atom() {
    let mut world = World::with(|args| args.terms.amendment_threshold_bps = 6_000);
    world.issue("bob", 60 * ONE);
    world.issue("carol", 40 * ONE);
    world.issue("mallory", 1);
    // A proposal that raises the threshold passes by the one in force.
    world.propose(Change::Threshold(10_000)).ok();
    world.approve("bob").ok();
    world.pass(7 * DAY);
    world.apply("carol").refused(TokenError::AmendmentNotPassed);
    give(&mut world, "mallory", "bob", 1);
    world.apply("carol").ok();
    assert_eq!(world.token().data.terms.amendment_threshold_bps, 10_000);
    world.propose(TAX).ok();
    world.approve("bob").ok();
    world.pass(7 * DAY);
    world.apply("carol").refused(TokenError::AmendmentNotPassed);
    world.approve("carol").ok();
    world.apply("carol").ok();
}

#[test]
fn an_amendment_lives_to_its_last_second() {
    let mut world = with_amendment(TAX);
    world.approve("bob").ok();
    world.approve("carol").ok();
    let expire = ix::expire_amendment(&world.open_amendment(), &key("mallory"));
    let mallory = person("mallory");
    world.pass(37 * DAY);
    world
        .send(&expire, &[&mallory])
        .refused(TokenError::AmendmentNotExpired);
    // It passed, and nobody applied it in time.
    world.pass(1);
    world.apply("carol").refused(TokenError::AmendmentExpired);
    world.retract("bob").refused(TokenError::AmendmentExpired);
    world.approve("bob").refused(TokenError::AmendmentExpired);
    let (payer, account) = (world.payer.pubkey(), find_amendment(&world.token, 0).0);
    let rent = world.engine.account(&account).unwrap().lamports;
    let had = world.engine.account(&payer).unwrap().lamports;
    let events = world.send(&expire, &[&mallory]).ok();
    let TokenEvent::AmendmentClosed(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.amendment, event.expired), (0, 1));
    assert!(world.engine.account(&account).is_none());
    // All of the rent came back; the payer also pays two signatures.
    let has = world.engine.account(&payer).unwrap().lamports;
    assert_eq!(had + rent - has, 10_000);
    assert_eq!(world.token().data.terms.cash_out_tax_bps, 1_000);

    // Withdrawn, its ballots count nothing, and the next takes the next number.
    world.propose(TAX).ok();
    world.approve("bob").ok();
    let events = withdraw(&mut world, "founder").ok();
    assert!(matches!(&events[0], TokenEvent::AmendmentClosed(e) if e.expired == 0));
    assert_eq!(tally(&mut world), (0, 100 * ONE));
    world.propose(TAX).ok();
    assert_eq!(world.open_amendment().data.number, 2);
    assert_eq!(tally(&mut world), (0, 100 * ONE));
}

#[test]
fn an_owner_who_has_all_amends_alone_but_not_over_anybodys_head() {
    let mut world = World::new();
    world.issue("founder", 100 * ONE);
    world.propose(TAX).ok();
    world
        .apply("mallory")
        .refused(TokenError::AmendmentNotPassed);
    // Escrowed money came in on the old terms.
    let round = world.open_round(escrow_terms());
    world.contribute(round, "bob", 12_000 * ONE);
    world
        .apply("founder")
        .refused(TokenError::AmendmentNotPassed);
    world.pass(11 * DAY);
    let key_of_round = world.round(round).key;
    let close = ix::close_round(&world.token(), &key_of_round, &key("bob"));
    world.send(&close, &[&person("bob")]).ok();
    // Sold and not yet claimed: nobody can vote, and yet the owner has not all.
    assert_eq!(world.token().data.eligible(), Ok(0));
    world
        .apply("founder")
        .refused(TokenError::AmendmentNotPassed);
    let contribution = world.contribution(round, "bob");
    let claim = ix::claim_contribution(&world.token, &contribution);
    world.send(&claim, &[]).ok();
    world
        .apply("founder")
        .refused(TokenError::AmendmentNotPassed);

    // Bearer tokens do not vote, but they are somebody's.
    let shares = world.holder("bob").data.shares;
    world.open_bearer("bob");
    let out = ix::withdraw(&world.token(), &key("bob"), Shares(shares));
    world.send(&out, &[&person("bob")]).ok();
    assert_eq!(world.token().data.eligible(), Ok(0));
    world
        .apply("founder")
        .refused(TokenError::AmendmentNotPassed);

    let mut alone = World::new();
    alone.issue("founder", 100 * ONE);
    alone.propose(TAX).ok();
    let events = alone.apply("founder").ok();
    assert!(matches!(&events[0], TokenEvent::AmendmentApplied(e) if e.eligible == 0));
    assert_eq!(alone.token().data.terms.cash_out_tax_bps, 2_000);
}
