//! Policies under notice, and terms that only get better.

mod changed_terms;

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, Shares, TokenError,
        event::TokenEvent,
        instruction as ix,
        state::{Admission, Policy, Relaxation, TransferPolicy},
    },
    upside_tests::{
        cases::approved_policy,
        people::person,
        world::{DAY, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn announce(world: &mut World, policy: Policy) -> upside_tests::engine::Outcome {
    let propose = ix::propose_policy(&world.token(), policy);
    world.send(&propose, &[&person("founder")])
}

#[test]
fn policies_change_after_the_notice_and_not_a_second_before() {
    let mut world = World::new();
    world.issue("bob", 10 * ONE);
    world.open_holder("carol");
    let apply = ix::apply_policy(&world.token, &key("mallory"));
    let mallory = person("mallory");
    world
        .send(&apply, &[&mallory])
        .refused(TokenError::NothingToApply);
    let events = announce(&mut world, approved_policy()).ok();
    let due = world.now() + 7 * DAY;
    let TokenEvent::PolicyAnnounced(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.admission, event.transfer_policy), (1, 1));
    assert_eq!(event.effective_at, due);
    assert_eq!(
        world.token().data.pending_policy(),
        Ok(Some((approved_policy(), due)))
    );

    // Until then everything is as it was.
    let send = |world: &mut World| {
        let give = ix::transfer_shares(&world.token, &key("bob"), &key("carol"), Shares(ONE), None);
        world.send(&give, &[&person("bob")])
    };
    send(&mut world).ok();
    world.pass(7 * DAY - 1);
    world
        .send(&apply, &[&mallory])
        .refused(TokenError::NoticePending);
    world.pass(1);
    let events = world.send(&apply, &[&mallory]).ok();
    let TokenEvent::PolicyApplied(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.admission, event.transfer_policy), (1, 1));
    let token = world.token().data;
    assert_eq!(token.policy().unwrap(), approved_policy());
    assert_eq!(token.pending_policy(), Ok(None));
    send(&mut world).refused(TokenError::ApprovalRequired);
    let open = ix::open_holder(
        &world.token,
        &world.payer.pubkey(),
        &key("mallory"),
        &key("mallory"),
    );
    world
        .send(&open, &[&mallory])
        .refused(TokenError::NotAdmitted);
    world
        .send(&apply, &[&mallory])
        .refused(TokenError::NothingToApply);
}

#[test]
fn an_announcement_is_replaced_cancelled_and_checked() {
    let mut world = World::new();
    let founder = person("founder");
    let withdraw = ix::cancel_policy(&world.token());
    world
        .send(&withdraw, &[&founder])
        .refused(TokenError::NothingToApply);
    announce(&mut world, approved_policy()).ok();
    world.pass(5 * DAY);
    // Another one takes its place, and the notice begins anew.
    let closed = Policy {
        transfer_policy: TransferPolicy::Closed,
        ..approved_policy()
    };
    announce(&mut world, closed).ok();
    world.pass(3 * DAY);
    let apply = ix::apply_policy(&world.token, &key("bob"));
    world
        .send(&apply, &[&person("bob")])
        .refused(TokenError::NoticePending);
    let events = world.send(&withdraw, &[&founder]).ok();
    let TokenEvent::PolicyCancelled(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!((event.admission, event.transfer_policy), (0, 0));
    world.pass(30 * DAY);
    world
        .send(&apply, &[&person("bob")])
        .refused(TokenError::NothingToApply);

    let refused =
        |world: &mut World, policy, error: TokenError| announce(world, policy).refused(error);
    let same = world.token().data.policy().unwrap();
    refused(&mut world, same, TokenError::NothingToChange);
    let with = |admission, credential, schema| Policy {
        admission,
        transfer_policy: TransferPolicy::Free,
        credential,
        schema,
    };
    let (zero, some) = (Pubkey::default(), key("credential"));
    for (admission, credential, schema) in [
        (Admission::Credential, zero, zero),
        (Admission::Credential, some, zero),
        (Admission::Credential, zero, some),
        (Admission::Approved, some, some),
        (Admission::Open, zero, some),
    ] {
        let policy = with(admission, credential, schema);
        refused(&mut world, policy, TokenError::InvalidPolicy);
    }
    announce(&mut world, with(Admission::Credential, some, some)).ok();
    let mut foreign = ix::propose_policy(&world.token(), approved_policy());
    foreign.accounts[0].pubkey = key("mallory");
    world
        .send(&foreign, &[&person("mallory")])
        .refused(TokenError::NotOwner);
}

#[test]
fn a_longer_notice_does_not_move_what_was_announced() {
    let mut world = World::new();
    announce(&mut world, approved_policy()).ok();
    let due = world.token().data.policy_at;
    world.ask(upside_sdk::state::Change::Notice(86_400)).ok();
    world.apply("founder").ok();
    assert_eq!(world.token().data.terms.notice_seconds, 86_400);
    assert_eq!(world.token().data.policy_at, due);
}

#[test]
fn the_owner_eases_at_once_and_never_tightens() {
    let mut world = World::with(|args| args.terms.royalty_bps = 500);
    let founder = person("founder");
    let relax = |world: &mut World, relaxation| {
        let relax = ix::relax_terms(&world.token(), relaxation);
        world.send(&relax, &[&founder])
    };
    let none = Relaxation::default();
    let tax = |bps| Relaxation {
        cash_out_tax_bps: Some(bps),
        ..none
    };
    let royalty = |bps| Relaxation {
        royalty_bps: Some(bps),
        ..none
    };
    for worse in [tax(1_001), royalty(501)] {
        relax(&mut world, worse).refused(TokenError::PollRequired);
    }
    // One that gets worse is not bought with another that gets better.
    let mixed = Relaxation {
        royalty_bps: Some(501),
        ..tax(0)
    };
    relax(&mut world, mixed).refused(TokenError::PollRequired);
    for same in [none, tax(1_000), royalty(500)] {
        relax(&mut world, same).refused(TokenError::NothingToChange);
    }
    let before = world.token().data.terms;
    let events = relax(&mut world, tax(400)).ok();
    let TokenEvent::TermsRelaxed(event) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!(event.cash_out_tax_bps, 400);
    assert_eq!(event.royalty_bps, 500);
    relax(&mut world, royalty(0)).ok();
    let after = world.token().data.terms;
    assert_eq!(after.cash_out_tax_bps, 400);
    assert_eq!(after.royalty_bps, 0);
    assert_eq!(after.supply_cap, before.supply_cap);
    relax(&mut world, tax(401)).refused(TokenError::PollRequired);
}
