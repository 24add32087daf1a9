//! What is offered: its bounds, its notice, its ends.

use super::*;

#[test]
fn an_offer_is_booked_as_it_was_made() {
    let mut pool = launched();
    let now = pool.world.now();
    let cap = pool.token("p0").data.terms.supply_cap;
    let offer = pool.offer_ix("p0", 1_000 * ONE, 10 * INDEX_ONE);
    let IndexEvent::MembershipOffered(event) = done(&mut pool, &offer, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.token, event.nonce, event.cap),
        (token_of("p0"), 1, cap)
    );
    assert_eq!(
        (event.token_shares, event.index_shares),
        (1_000 * ONE, 10 * INDEX_ONE)
    );
    assert_eq!(event.acceptable_from, now + 7 * DAY);
    let found = pool.offered("p0").data;
    assert_eq!(
        (found.index, found.token, found.rent_payer),
        (pool.index, token_of("p0"), pool.payer())
    );
    assert_eq!((found.nonce, found.cap, found.offered_at), (1, cap, now));
    let place = pool.place(1);
    assert_eq!(place.kind, AnnouncementKind::Offer);
    assert_eq!(place.effective_at, found.acceptable_from);
    assert_eq!(place.expires_at(), now + 21 * DAY);
    // The same bytes again are another offer's address.
    refused(&mut pool, &offer, &["curator"], IndexError::WrongAccount);
    assert_eq!(pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE), 2);
}

#[test]
fn impossible_offers_are_refused() {
    let mut pool = plain_index(2);
    let cap = pool.token("p0").data.terms.supply_cap;
    for (gives, gets) in [
        (0, INDEX_ONE),
        (ONE, 0),
        (cap + 1, INDEX_ONE),
        (u64::MAX, INDEX_ONE),
    ] {
        let offer = pool.offer_ix("p0", gives, gets);
        refused(&mut pool, &offer, &["curator"], IndexError::InvalidOffer);
    }
    // The terms allow 8 percent of the whole in a year.
    let most = LAUNCHED * 8 / 92;
    for gets in [most + 1, u64::MAX] {
        let offer = pool.offer_ix("p0", ONE, gets);
        refused(&mut pool, &offer, &["curator"], IndexError::OfferTooLarge);
    }
    pool.offer("p0", cap, most);
    pool.add_person("outsider", |_| {});
    let offer = pool.offer_ix("outsider", ONE, INDEX_ONE);
    refused(&mut pool, &offer, &["curator"], IndexError::NotAConstituent);
}

#[test]
fn the_curator_and_who_admits_members_offer_and_nobody_else() {
    let mut pool = plain_index(1);
    let offer = pool.offer_ix("p0", ONE, INDEX_ONE);
    let by = |name: &str| {
        let mut offer = offer.clone();
        offer.accounts[1].pubkey = key(name);
        offer
    };
    for name in ["bob", "launcher", "guardian", "p0"] {
        refused(&mut pool, &by(name), &[name], IndexError::NotAdmissions);
    }
    done(&mut pool, &by("admissions"), &["admissions"]);
    for _ in 1..6 {
        pool.offer("p0", ONE, INDEX_ONE);
    }
    let seventh = pool.offer_ix("p0", ONE, INDEX_ONE);
    refused(
        &mut pool,
        &seventh,
        &["curator"],
        IndexError::AnnouncementListFull,
    );
}

#[test]
fn offers_are_for_an_index_that_runs_and_a_person_who_lives() {
    let mut pool = wound_down();
    let offer = pool.offer_ix("p0", ONE, INDEX_ONE);
    refused(&mut pool, &offer, &["curator"], IndexError::NotActive);

    let mut pool = launched();
    pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE);
    let number = pool.put_poll("p0", "p0", Change::Dissolve);
    approve(&mut pool, "p0", number);
    pool.world.pass(8 * DAY);
    apply_poll(&mut pool, "p0", number);
    pool.harvest_all();
    pool.open_shares("p0");
    let accept = pool.accept_ix("p0");
    refused(&mut pool, &accept, &["p0"], IndexError::PersonWoundUp);
    let offer = pool.offer_ix("p0", ONE, INDEX_ONE);
    refused(&mut pool, &offer, &["curator"], IndexError::PersonWoundUp);
}

#[test]
fn an_offer_lapses_two_weeks_after_its_notice() {
    let mut pool = offered();
    let accept = pool.accept_ix("p0");
    let cancel = ix::cancel_offer(&pool.index(), &pool.offered("p0"), &key("carol"));
    pool.world.pass(21 * DAY);
    pool.harvest_all();
    refused(&mut pool, &cancel, &["carol"], IndexError::AnnouncementOpen);
    done(&mut pool.fork(), &accept, &["p0"]);
    pool.world.pass(1);
    refused(&mut pool, &accept, &["p0"], IndexError::AnnouncementExpired);
    let IndexEvent::OfferCancelled(event) = done(&mut pool, &cancel, &["carol"]) else {
        panic!("another event")
    };
    assert_eq!((event.token, event.nonce), (token_of("p0"), 1));
    assert_eq!((event.by, event.cause), (key("carol"), 2));
    let index = pool.index().data;
    assert_eq!(index.announcement(1).err(), Some(IndexError::NotAnnounced));
}

#[test]
fn an_offer_is_taken_back_by_whoever_may_offer_or_launch() {
    for name in ["curator", "launcher", "admissions"] {
        let mut pool = offered();
        let offer = pool.offered("p0");
        let mut cancel = ix::cancel_offer(&pool.index(), &offer, &key("guardian"));
        let other = pool.offer("p1", ONE, INDEX_ONE);
        let signer = ["guardian"];
        refused(&mut pool, &cancel, &signer, IndexError::AnnouncementOpen);
        cancel.accounts[0].pubkey = key(name);
        // Nobody else gets the rent.
        let mut theft = cancel.clone();
        theft.accounts[4].pubkey = key(name);
        refused(&mut pool, &theft, &[name], IndexError::WrongAccount);
        let before = lamports(&mut pool, &offer.data.rent_payer);
        let IndexEvent::OfferCancelled(event) = done(&mut pool, &cancel, &[name]) else {
            panic!("another event")
        };
        assert_eq!((event.by, event.cause), (key(name), 0));
        assert!(pool.world.engine.account(&offer.key).is_none());
        // The rent came back: more than what the transaction cost.
        assert!(lamports(&mut pool, &offer.data.rent_payer) > before);
        assert!(pool.index().data.announcement(other).is_ok());
    }
}

#[test]
fn offers_fall_with_the_index_and_with_its_curator() {
    let mut pool = offered();
    let (offer, index) = (pool.offered("p0"), pool.index());
    let cancel = ix::cancel_offer(&index, &offer, &key("carol"));
    let accept = pool.accept_ix("p0");
    let end = ix::wind_down(&index);
    pool.send(&end, &["curator"]).succeeded();
    notice(&mut pool);
    refused(&mut pool, &accept, &["p0"], IndexError::NotActive);
    let IndexEvent::OfferCancelled(event) = done(&mut pool, &cancel, &["carol"]) else {
        panic!("another event")
    };
    assert_eq!(event.cause, 3);

    let mut pool = upside_tests::cases::index::elected();
    pool.open_shares("p0");
    pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE);
    let accept = pool.accept_ix("p0");
    let take = ix::take_over(&pool.index(), &pool.candidacy("dave"));
    pool.send(&take, &["dave"]).succeeded();
    notice(&mut pool);
    refused(&mut pool, &accept, &["p0"], IndexError::NotAnnounced);
}

#[test]
fn holders_veto_an_offer_and_its_like() {
    let mut pool = locked();
    pool.open_shares("p0");
    let nonce = pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE);
    let accept = pool.accept_ix("p0");
    pool.veto("carol", nonce);
    notice(&mut pool);
    refused(&mut pool, &accept, &["p0"], IndexError::NotAnnounced);
    // The same deal needs a third now, and any other a fifth.
    let again = pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE);
    let other = pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE - 1);
    let third = pool.offer("p1", 1_000 * ONE, 10 * INDEX_ONE);
    assert_eq!(pool.place(again).vetoes, 1);
    assert_eq!((pool.place(other).vetoes, pool.place(third).vetoes), (0, 0));
    pool.veto("carol", again);
    assert!(pool.index().data.announcement(again).is_ok());
}

/// Holders leave, so that locks which were too few are enough: nobody counted them yet.
#[test]
fn an_offer_whose_veto_is_due_is_neither_accepted_nor_forgotten() {
    let mut pool = locked();
    pool.open_shares("p0");
    let some = pool.lock("carol").data.shares * 3 / 10;
    pool.unlock_shares("carol", some);
    let nonce = pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE);
    pool.veto("carol", nonce);
    assert!(pool.index().data.announcement(nonce).is_ok());
    let (accept, offer) = (pool.accept_ix("p0"), pool.offered("p0"));
    pool.redeem("curator", 300 * INDEX_ONE);
    notice(&mut pool);
    refused(&mut pool, &accept, &["p0"], IndexError::Vetoed);
    let cancel = ix::cancel_offer(&pool.index(), &offer, &key("curator"));
    let sent = pool.send(&cancel, &["curator"]).succeeded();
    let events: Vec<IndexEvent> = sent.events();
    let cause = events.iter().find_map(|event| match event {
        IndexEvent::OfferCancelled(event) => Some(event.cause),
        _ => None,
    });
    assert_eq!(cause, Some(1));
    let again = pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE);
    assert_eq!(pool.place(again).vetoes, 1);
}
