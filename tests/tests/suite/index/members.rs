//! Memberships: offer, notice, acceptance, caps, the equal share, leaving.

use {
    super::{
        errors_support::{done, refused},
        support::*,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        event::IndexEvent,
        index::{IndexError, MembershipStatus, OfferTerms, instruction as ix},
    },
    upside_tests::{
        catalogue::index::{CASH_SLOT, joined, launched, left, offered},
        pool::{INDEX_ONE, LAUNCHED, PoolWorld, seeded, token_of},
        world::{DAY, ONE},
    },
};

fn terms(pool: &PoolWorld, token_shares: u64, index_shares: u64) -> OfferTerms {
    OfferTerms {
        token_shares,
        index_shares,
        expires_at: pool.world.now() + 30 * DAY,
    }
}

fn offer_ix(pool: &mut PoolWorld, name: &str, terms: OfferTerms) -> Instruction {
    ix::offer_membership(&pool.index(), &pool.payer(), &token_of(name), terms)
}

fn accept_ix(pool: &mut PoolWorld, name: &str) -> Instruction {
    ix::accept_membership(&pool.index(), &pool.token(name))
}

#[test]
fn an_offer_is_booked_as_it_was_made() {
    let mut pool = launched();
    let now = pool.world.now();
    let terms = terms(&pool, 1_000 * ONE, 10 * INDEX_ONE);
    let offer = offer_ix(&mut pool, "p0", terms);
    let IndexEvent::MembershipOffered(event) = done(&mut pool, &offer, &["curator"]) else {
        panic!("another event")
    };
    assert_eq!(event.token, token_of("p0"));
    assert_eq!(
        (event.token_shares, event.index_shares),
        (1_000 * ONE, 10 * INDEX_ONE)
    );
    assert_eq!(
        (event.acceptable_from, event.expires_at),
        (now + 7 * DAY, now + 30 * DAY)
    );
    let supply = pool.token("p0").data.supply;
    let membership = pool.membership("p0").data;
    assert_eq!(membership.status(), Ok(MembershipStatus::Offered));
    assert_eq!(
        (membership.token_supply, membership.offered_at),
        (supply, now)
    );
    refused(&mut pool, &offer, &["curator"], IndexError::AlreadyExists);
}

#[test]
fn impossible_offers_are_refused() {
    let mut pool = launched();
    let good = terms(&pool, ONE, INDEX_ONE);
    let now = pool.world.now();
    for bad in [
        OfferTerms {
            token_shares: 0,
            ..good
        },
        OfferTerms {
            index_shares: 0,
            ..good
        },
        OfferTerms {
            expires_at: now + 7 * DAY,
            ..good
        },
        OfferTerms {
            expires_at: i64::MIN,
            ..good
        },
    ] {
        let offer = offer_ix(&mut pool, "p0", bad);
        refused(&mut pool, &offer, &["curator"], IndexError::InvalidOffer);
    }
    // 5 percent for one.
    let large = OfferTerms {
        index_shares: LAUNCHED / 20 + 1,
        ..good
    };
    let offer = offer_ix(&mut pool, "p0", large);
    refused(&mut pool, &offer, &["curator"], IndexError::OfferTooLarge);
    pool.add_person("outsider", |_| {});
    let offer = offer_ix(&mut pool, "outsider", good);
    refused(&mut pool, &offer, &["curator"], IndexError::NotAConstituent);
    let mut offer = offer_ix(&mut pool, "p0", good);
    offer.accounts[1].pubkey = key("bob");
    refused(&mut pool, &offer, &["bob"], IndexError::NotCurator);
}

#[test]
fn a_person_comes_in_after_the_notice_and_once() {
    let mut pool = offered();
    let accept = accept_ix(&mut pool, "p0");
    refused(&mut pool, &accept, &["p0"], IndexError::OfferNotOpen);
    pool.world.pass(7 * DAY - 1);
    refused(&mut pool, &accept, &["p0"], IndexError::OfferNotOpen);
    pool.world.pass(1);
    let before = pool.index().data;
    let has = pool.has("p0", "p0");
    let IndexEvent::MembershipAccepted(event) = done(&mut pool, &accept, &["p0"]) else {
        panic!("another event")
    };
    let after = pool.index().data;
    assert_eq!((event.token, event.member), (token_of("p0"), key("p0")));
    assert_eq!((event.members, after.members, after.claimants), (1, 1, 1));
    assert_eq!(event.supply, before.supply + 10 * INDEX_ONE);
    assert_eq!(pool.shares("p0"), 10 * INDEX_ONE);
    assert_eq!(has - pool.has("p0", "p0"), 1_000 * ONE);
    assert_eq!(
        after.constituents[0].counter,
        before.constituents[0].counter + 1_000 * ONE
    );
    refused(
        &mut pool,
        &accept,
        &["p0"],
        IndexError::WrongMembershipStatus,
    );
}

#[test]
fn nobody_else_accepts_and_nobody_too_late() {
    let mut pool = offered();
    pool.world.pass(8 * DAY);
    let mut theft = accept_ix(&mut pool, "p0");
    theft.accounts[0].pubkey = key("p1");
    refused(&mut pool, &theft, &["p1"], IndexError::NotTokenOwner);
    let withdraw = ix::withdraw_offer(&pool.membership("p0"), &key("carol"));
    refused(&mut pool, &withdraw, &["carol"], IndexError::OfferOpen);

    pool.world.pass(22 * DAY + 1);
    let accept = accept_ix(&mut pool, "p0");
    refused(&mut pool, &accept, &["p0"], IndexError::OfferNotOpen);
    let IndexEvent::OfferWithdrawn(event) = done(&mut pool, &withdraw, &["carol"]) else {
        panic!("another event")
    };
    assert_eq!(event.token, token_of("p0"));
    // The place is free again.
    pool.offer("p0", ONE, INDEX_ONE);
}

#[test]
fn a_token_that_grew_must_be_offered_again() {
    let mut pool = offered();
    pool.issue("p0", "carol", 1);
    pool.world.pass(8 * DAY);
    let accept = accept_ix(&mut pool, "p0");
    refused(&mut pool, &accept, &["p0"], IndexError::TokenDiluted);
    let withdraw = ix::withdraw_offer(&pool.membership("p0"), &key("curator"));
    done(&mut pool, &withdraw, &["curator"]);
    pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE);
    pool.world.pass(8 * DAY);
    pool.accept("p0");
}

#[test]
fn redemptions_after_the_offer_can_make_it_too_large() {
    let mut pool = launched();
    pool.open_shares("p0");
    pool.offer("p0", 1_000 * ONE, 50 * INDEX_ONE);
    pool.redeem("curator", 500 * INDEX_ONE);
    pool.world.pass(8 * DAY);
    let accept = accept_ix(&mut pool, "p0");
    refused(&mut pool, &accept, &["p0"], IndexError::OfferTooLarge);
}

#[test]
fn members_within_thirty_days_share_one_cap() {
    // 8 percent of 1,000 in 30 days: 50 fit, then 30 and a little for fees.
    let mut pool = launched();
    for name in ["p0", "p1"] {
        pool.open_shares(name);
        pool.offer(name, 1_000 * ONE, 50 * INDEX_ONE);
    }
    pool.world.pass(8 * DAY);
    pool.accept("p0");
    let accept = accept_ix(&mut pool, "p1");
    refused(&mut pool, &accept, &["p1"], IndexError::DilutionCapReached);
    // Thirty days later there is room.
    let withdraw = ix::withdraw_offer(&pool.membership("p1"), &key("curator"));
    done(&mut pool, &withdraw, &["curator"]);
    pool.world.pass(20 * DAY);
    pool.offer("p1", 1_000 * ONE, 50 * INDEX_ONE);
    pool.world.pass(9 * DAY);
    let accept = accept_ix(&mut pool, "p1");
    refused(&mut pool, &accept, &["p1"], IndexError::DilutionCapReached);
    pool.world.pass(2 * DAY);
    pool.accept("p1");
    assert_eq!(pool.index().data.members, 2);
}

#[test]
fn the_equal_share_is_equal_over_members_and_mints() {
    let mut pool = launched();
    let coin = second_cash(&mut pool);
    add_cash(&mut pool, &coin);
    for name in ["p0", "p1"] {
        pool.open_shares(name);
        // Very different shares, the same equal share.
        let given = if name == "p0" { 5_000 * ONE } else { ONE };
        pool.offer(name, given, 10 * INDEX_ONE);
    }
    pool.world.pass(8 * DAY);
    pool.accept("p0");
    pool.accept("p1");
    for (name, mint) in [("p0", pool.world.quote), ("p1", coin)] {
        let claim = declare(&mut pool, name, &mint);
        let pay = pay_ix(&mut pool, name, claim, 50_000 * ONE);
        pool.send(&pay, &[name]).succeeded();
    }
    pool.world.pass(8 * DAY);
    let (_, calls) = harvests(&pool.pool(), &[0, 1]);
    pool.send_all(&calls, &[]).succeeded();
    let owed: Vec<u64> = pool.index().data.cash.map(|book| book.owed)[..2].to_vec();
    assert!(owed.iter().all(|atoms| *atoms > ONE), "{owed:?}");
    let slots = [CASH_SLOT, 3];
    for (slot, owed) in slots.into_iter().zip(&owed) {
        for name in ["p0", "p1"] {
            let index = pool.index();
            let membership = pool.membership(name);
            let place = index.data.constituents[usize::from(slot)];
            let account = ix::place_of(&place, &key(name));
            let before = pool.world.balance(&account);
            let claim = ix::claim_equal_share(&index, &membership, slot).unwrap();
            let IndexEvent::EqualShareClaimed(event) = done(&mut pool, &claim, &[]) else {
                panic!("another event")
            };
            assert_eq!((event.member, event.place), (key(name), u64::from(slot)));
            assert_eq!(event.amount, owed / 2);
            assert_eq!(pool.world.balance(&account) - before, event.amount);
            refused(&mut pool, &claim, &[], IndexError::NothingToCollect);
        }
        let left = pool.index().data.cash[usize::from(slot - CASH_SLOT)].owed;
        assert_eq!(left, owed % 2);
    }
}

#[test]
fn who_leaves_keeps_what_is_owed_and_earns_nothing_more() {
    let mut pool = left();
    let membership = pool.membership("p0");
    assert_eq!(membership.data.status(), Ok(MembershipStatus::Left));
    assert_eq!(
        (pool.index().data.members, pool.index().data.claimants),
        (0, 1)
    );
    let close = ix::close_membership(&membership);
    refused(&mut pool, &close, &[], IndexError::WrongMembershipStatus);
    let leave = ix::leave_membership(&membership);
    refused(
        &mut pool,
        &leave,
        &["p0"],
        IndexError::WrongMembershipStatus,
    );
    let owed = membership.data.owed(0).unwrap();
    pool.pay_revenue("p1", 5_000 * ONE);
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    let claim = ix::claim_equal_share(&pool.index(), &membership, CASH_SLOT).unwrap();
    let IndexEvent::EqualShareClaimed(event) = done(&mut pool, &claim, &[]) else {
        panic!("another event")
    };
    assert_eq!(event.amount, owed);
    let IndexEvent::MembershipClosed(event) = done(&mut pool, &close, &[]) else {
        panic!("another event")
    };
    assert_eq!(event.token, token_of("p0"));
    assert_eq!(pool.index().data.claimants, 0);
    // What was given stays, and the person may come in again.
    assert!(pool.index().data.constituents[0].counter >= seeded(0) + 1_000 * ONE);
    pool.offer("p0", ONE, INDEX_ONE);
}

#[test]
fn only_the_member_leaves_and_only_members_are_paid() {
    let mut pool = joined();
    let membership = pool.membership("p0");
    let mut leave = ix::leave_membership(&membership);
    leave.accounts[0].pubkey = key("curator");
    refused(&mut pool, &leave, &["curator"], IndexError::NotMember);
    let mut claim = ix::claim_equal_share(&pool.index(), &membership, CASH_SLOT).unwrap();
    refused(&mut pool, &claim, &[], IndexError::NothingToCollect);
    claim.accounts[2].pubkey = token_of("p0");
    refused(&mut pool, &claim, &[], IndexError::WrongKind);
    let leave = ix::leave_membership(&membership);
    let IndexEvent::MembershipLeft(event) = done(&mut pool, &leave, &["p0"]) else {
        panic!("another event")
    };
    assert_eq!((event.member, event.members), (key("p0"), 0));
    let withdraw = ix::withdraw_offer(&membership, &key("curator"));
    refused(
        &mut pool,
        &withdraw,
        &["curator"],
        IndexError::WrongMembershipStatus,
    );
}
