//! Names wait out the notice once others hold shares, and former ones stay in sight; what a
//! former owner named and announced ends with the handover; venues.

use {
    solana_signer::Signer,
    upside_sdk::{
        Pubkey, Shares, TokenError,
        address::find_naming,
        event::TokenEvent,
        fetch, instruction as ix,
        state::{Account, NameTexts, Naming, TransferPolicy, Venue, text},
    },
    upside_tests::{
        cases::{approved_policy, with_announced_name},
        engine::Outcome,
        people::person,
        world::{DAY, ONE, World},
    },
};

fn key(name: &str) -> Pubkey {
    person(name).pubkey()
}

fn named(name: &str) -> NameTexts {
    NameTexts {
        name: Some(name.into()),
        ..NameTexts::default()
    }
}

fn announce(w: &mut World, texts: NameTexts) -> Outcome {
    let announce = ix::announce_name(&w.token(), &w.payer.pubkey(), texts);
    w.send(&announce, &[&person("founder")])
}

fn apply(w: &mut World) -> Outcome {
    let apply = ix::apply_name(&w.token(), &w.payer.pubkey());
    w.send(&apply, &[])
}

fn naming(w: &mut World) -> Account<Naming> {
    let naming = find_naming(&w.token).0;
    w.get(&naming)
}

fn name(w: &mut World) -> String {
    let mint = w.token().data.mint;
    let mint = w.engine.account(&mint).unwrap();
    fetch::metadata(&mint.data).unwrap().name
}

#[test]
fn a_name_counts_after_the_notice_and_the_former_one_stays_in_sight() {
    let mut w = World::new();
    w.issue("bob", ONE);
    let events = announce(&mut w, named("Famous Singer")).ok();
    let [TokenEvent::NameAnnounced(e)] = &events[..] else {
        panic!("{events:?}")
    };
    let at = w.now() + 7 * DAY;
    assert_eq!((e.changes, e.effective_at), (1, at));
    assert_eq!(text::read(&e.name), "Famous Singer");
    apply(&mut w).refused(TokenError::NoticePending);
    w.pass(7 * DAY - 1);
    apply(&mut w).refused(TokenError::NoticePending);
    w.pass(1);
    assert_eq!(name(&mut w), "Ada Lovelace");
    let events = apply(&mut w).ok();
    let [TokenEvent::MetadataUpdated(e)] = &events[..] else {
        panic!("{events:?}")
    };
    let said = [&e.old_name[..], &e.name].map(text::read);
    assert_eq!(said, ["Ada Lovelace", "Famous Singer"]);
    let said = [&e.old_symbol[..], &e.symbol].map(text::read);
    assert_eq!(said, ["ADA", "ADA"]);
    assert_eq!(name(&mut w), "Famous Singer");
    apply(&mut w).refused(TokenError::NothingToApply);
    let kept = naming(&mut w).data;
    assert_eq!(kept.renamed, 1);
    assert_eq!(kept.former_names(), [("Ada Lovelace", "ADA", w.now())]);

    // Four former names stay; all are in the events.
    for number in 0..5 {
        announce(&mut w, named(&format!("Name {number}"))).ok();
        w.pass(7 * DAY);
        apply(&mut w).ok();
    }
    let kept = naming(&mut w).data;
    let names: Vec<_> = kept
        .former_names()
        .iter()
        .map(|one| one.0.to_string())
        .collect();
    assert_eq!(names, ["Name 3", "Name 2", "Name 1", "Name 0"]);
    assert_eq!(kept.renamed, 6);
}

#[test]
fn a_name_that_was_announced_can_be_replaced_and_cancelled() {
    let mut w = with_announced_name();
    // A later announcement takes the place of the earlier one, and waits anew.
    w.pass(6 * DAY);
    announce(&mut w, named("Another")).ok();
    w.pass(2 * DAY);
    apply(&mut w).refused(TokenError::NoticePending);
    let cancel = ix::cancel_name(&w.token(), &w.payer.pubkey());
    let events = w.send(&cancel, &[&person("founder")]).ok();
    assert!(matches!(&events[..], [TokenEvent::NameAnnounced(e)] if e.changes == 0));
    w.send(&cancel, &[&person("founder")])
        .refused(TokenError::NothingToApply);
    w.pass(30 * DAY);
    apply(&mut w).refused(TokenError::NothingToApply);
    assert_eq!(name(&mut w), "Ada Lovelace");
    let mut foreign = ix::announce_name(&w.token(), &w.payer.pubkey(), named("Eve"));
    foreign.accounts[1].pubkey = key("mallory");
    w.send(&foreign, &[&person("mallory")])
        .refused(TokenError::NotOwner);
}

#[test]
fn roles_and_announcements_end_with_a_handover() {
    let mut w = World::new();
    w.issue("bob", 10 * ONE);
    let founder = person("founder");
    let set = ix::set_executor(&w.token(), &key("executor"));
    w.send(&set, &[&founder]).ok();
    announce(&mut w, named("Famous Singer")).ok();
    let policy = ix::propose_policy(&w.token(), approved_policy());
    w.send(&policy, &[&founder]).ok();
    let venue = ix::set_venue(&w.token(), &key("bob"), true);
    w.send(&venue, &[&founder]).ok();
    w.pass(8 * DAY);
    w.endow(5 * ONE);
    let propose = ix::propose_owner(&w.token(), &key("carol"));
    w.send(&propose, &[&founder]).ok();
    let accept = ix::accept_ownership(&w.token(), &key("carol"));
    let events = w.send(&accept, &[&person("carol")]).ok();
    let [TokenEvent::OwnershipAccepted(e)] = &events[..] else {
        panic!("{events:?}")
    };
    let ended = (e.guardian, e.registrar, e.executor);
    assert_eq!(ended, (key("guardian"), key("registrar"), key("executor")));
    let token = w.token().data;
    let nobody = Pubkey::default();
    assert_eq!(
        (token.guardian, token.registrar, token.executor),
        (nobody, nobody, nobody)
    );
    assert_eq!(token.pending_policy(), Ok(None));
    // The endowment goes with the token.
    assert_eq!(token.quote().endowment, 5 * ONE);
    // What the former owner announced is void, though its notice is over.
    apply(&mut w).refused(TokenError::NothingToApply);
    let policy = ix::apply_policy(&w.token, &key("bob"));
    w.send(&policy, &[&person("bob")])
        .refused(TokenError::NothingToApply);
    let venue = ix::apply_venue(&w.token, &key("bob"));
    w.send(&venue, &[]).refused(TokenError::NothingToApply);
    // Guardian and registrar of before do nothing any more.
    let pause = ix::pause(&w.token(), &key("guardian"));
    w.send(&pause, &[&person("guardian")])
        .refused(TokenError::NotGuardian);
    w.pass(1_000 * DAY);
    let up = ix::wind_up_by_executor(&w.token, &key("executor"));
    w.send(&up, &[&person("executor")])
        .refused(TokenError::NotExecutor);
}

#[test]
fn a_venue_receives_freely_and_gives_out_what_it_holds_for_ever() {
    let mut w = World::with(|args| args.transfer_policy = TransferPolicy::Closed);
    w.issue("bob", 10 * ONE);
    w.open_holder("carol");
    w.open_holder("mallory");
    let send = |w: &mut World, from: &str, to: &str| {
        let send = ix::transfer_shares(&w.token, &key(from), &key(to), Shares(ONE), None);
        w.send(&send, &[&person(from)])
    };
    let set = ix::set_venue(&w.token(), &key("carol"), true);
    let events = w.send(&set, &[&person("founder")]).ok();
    assert!(matches!(&events[..], [TokenEvent::VenueAnnounced(e)]
        if (e.venue, e.open, e.effective_at) == (0, 1, w.now() + 7 * DAY)));
    send(&mut w, "bob", "carol").refused(TokenError::TransferClosed);
    let apply = ix::apply_venue(&w.token, &key("carol"));
    w.send(&apply, &[]).refused(TokenError::NoticePending);
    w.pass(7 * DAY);
    w.send(&apply, &[]).ok();
    w.send(&apply, &[]).refused(TokenError::NothingToApply);
    send(&mut w, "bob", "carol").ok();
    send(&mut w, "bob", "carol").ok();
    send(&mut w, "carol", "mallory").ok();
    // Taking the mark away waits, can be cancelled, and closes no way out.
    let off = ix::set_venue(&w.token(), &key("carol"), false);
    w.send(&off, &[&person("founder")]).ok();
    w.send(&set, &[&person("founder")]).ok();
    w.send(&set, &[&person("founder")])
        .refused(TokenError::NothingToChange);
    w.pass(8 * DAY);
    w.send(&apply, &[]).refused(TokenError::NothingToApply);
    w.mark_venue(&key("carol"), false);
    assert_eq!(w.holder("carol").data.venue(), Ok(Venue::Former));
    send(&mut w, "bob", "carol").refused(TokenError::TransferClosed);
    send(&mut w, "carol", "mallory").ok();
    send(&mut w, "mallory", "bob").refused(TokenError::TransferClosed);
}

#[test]
fn an_owner_alone_renames_and_marks_at_once() {
    let mut w = World::new();
    w.issue("founder", 10 * ONE);
    w.open_holder("bob");
    announce(&mut w, named("At Once")).ok();
    apply(&mut w).ok();
    assert_eq!(name(&mut w), "At Once");
    let set = ix::set_venue(&w.token(), &key("bob"), true);
    let events = w.send(&set, &[&person("founder")]).ok();
    assert!(matches!(&events[..], [TokenEvent::VenueChanged(e)] if e.venue == 1));
    // Shares on offer are somebody else's to come.
    w.open_round(upside_tests::terms::round_terms());
    announce(&mut w, named("Not At Once")).ok();
    apply(&mut w).refused(TokenError::NoticePending);
}
