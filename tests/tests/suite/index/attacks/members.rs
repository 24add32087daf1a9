//! Memberships.

use {super::*, upside_sdk::index::MembershipStatus};

fn owed(pool: &mut PoolWorld, name: &str) -> u64 {
    let membership = pool.membership(name).data;
    quote::equal_share(&pool.pool(), &membership).unwrap()[0].1
}

/// The offer's notice passes, and everybody was harvested.
fn notice(pool: &mut PoolWorld) {
    pool.world.pass(7 * DAY);
    pool.harvest_all();
}

#[test]
fn joining_and_leaving_and_joining_again_earns_nothing_twice() {
    let mut pool = free();
    pool.join("p0");
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(30 * DAY);
    pool.harvest_all();
    let first = owed(&mut pool, "p0");
    assert!(first > 0);
    pool.end("p0");
    assert_eq!(owed(&mut pool, "p0"), first);
    // A second membership needs the first one's end, which needs its payment.
    pool.offer("p0", ONE, INDEX_ONE);
    notice(&mut pool);
    let accept = pool.accept_ix("p0");
    pool.send(&accept, &["p0"])
        .refused(IndexError::WrongMembershipStatus);
    let (index, membership) = (pool.index(), pool.membership("p0"));
    let close = ix::close_membership(&membership);
    pool.send(&close, &[]).refused(IndexError::EqualShareOwed);
    // What is earned while away is nobody's who left.
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    assert_eq!(owed(&mut pool, "p0"), first);
    let before = pool.cash("p0");
    let claim = ix::collect_equal_share(&index, &membership, 2).unwrap();
    let collect = ix::collect_locked(&index, &membership);
    pool.send_all(&[claim.clone(), collect, close], &[])
        .succeeded();
    assert_eq!(pool.cash("p0"), before + first);
    // In again, from nothing: what was closed is no account that remembers anything.
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.harvest_all();
    let accept = pool.accept_ix("p0");
    pool.send(&accept, &["p0"]).succeeded();
    assert_eq!(owed(&mut pool, "p0"), 0);
    pool.send(&claim, &[]).refused(IndexError::NothingToCollect);
    pool.check_books();
}

/// Out and in again within one transaction: the notice lies between.
#[test]
fn nobody_is_a_member_for_a_moment() {
    let mut pool = free();
    pool.join("p0");
    pool.offer("p0", ONE, INDEX_ONE);
    notice(&mut pool);
    let end = ix::end_membership(&pool.membership("p0"), &key("p0"));
    let apply = pool.apply_end_ix("p0");
    let collect = ix::collect_locked(&pool.index(), &pool.membership("p0"));
    pool.send_all(&[end.clone(), apply], &["p0"])
        .refused(IndexError::NoticePending);
    pool.send_all(&[end, collect], &["p0"])
        .refused(IndexError::WrongMembershipStatus);
    let membership = pool.membership("p0").data;
    assert_eq!(membership.status(), Ok(MembershipStatus::Active));
    assert_eq!(membership.ends_at, 0);
}

#[test]
fn what_is_printed_after_an_offer_makes_no_deal_cheaper() {
    let mut pool = free();
    pool.open_shares("p0");
    let cap = pool.token("p0").data.terms.supply_cap;
    // A hundredth of all that may exist of the person.
    pool.offer("p0", cap / 1_000, 10 * INDEX_ONE);
    let supply = pool.token("p0").data.supply;
    pool.issue("p0", "p0", 4 * supply);
    notice(&mut pool);
    let accept = pool.accept_ix("p0");
    let had = pool.has("p0", "p0");
    pool.send(&accept, &["p0"]).succeeded();
    assert_eq!(had - pool.has("p0", "p0"), cap / 1_000);
    // Of the cap the index holds as much as it was offered, whoever prints what.
    let held = pool.index().data.constituents[0].counter;
    pool.issue("p0", "p0", supply);
    assert_eq!(pool.index().data.constituents[0].counter, held);
    assert!(held * 1_000 >= pool.token("p0").data.terms.supply_cap);
    pool.check_books();
}

#[test]
fn leaving_makes_no_room_for_more_members() {
    let mut pool = free();
    for name in ["p0", "p1"] {
        pool.open_shares(name);
        // Five of a hundred each, of which a year takes eight.
        pool.offer(name, 1_000 * ONE, LAUNCHED / 20);
    }
    notice(&mut pool);
    pool.accept("p0");
    pool.end("p0");
    let (index, membership) = (pool.index(), pool.membership("p0"));
    let collect = ix::collect_locked(&index, &membership);
    let close = ix::close_membership(&membership);
    pool.send_all(&[collect, close], &[]).succeeded();
    let has = pool.shares("p0");
    pool.open_holder("p1", "p0");
    pool.redeem("p0", has);
    pool.harvest_all();
    let accept = pool.accept_ix("p1");
    pool.send(&accept, &["p1"])
        .refused(IndexError::DilutionCapReached);
    pool.offer("p0", ONE, LAUNCHED / 20);
    notice(&mut pool);
    let again = pool.accept_ix("p0");
    pool.send(&again, &["p0"])
        .refused(IndexError::DilutionCapReached);
    pool.check_books();
}

/// A member who sells the token keeps neither the lock nor a claim on what comes later, and
/// whoever buys it brings no second vote of the lock.
#[test]
fn a_sold_membership_is_one_membership() {
    let mut pool = free();
    pool.join("p0");
    let propose = token_ix::propose_owner(&pool.token("p0"), &key("bob"));
    pool.send(&propose, &["p0"]).succeeded();
    let accept = token_ix::accept_ownership(&pool.token("p0"), &key("bob"));
    pool.send(&accept, &["bob"]).succeeded();
    let announce = ix::take_over_membership(&pool.membership("p0"), &pool.token("p0"));
    pool.send(&announce, &["bob"]).succeeded();
    // The seller's own notice ends it for both: nobody is paid twice.
    let end = ix::end_membership(&pool.membership("p0"), &key("p0"));
    pool.send(&end, &["p0"]).succeeded();
    notice(&mut pool);
    let apply = pool.apply_end_ix("p0");
    pool.send(&apply, &[]).succeeded();
    let before = pool.index().data;
    let subject = pool.attest("bob");
    let (index, payer) = (pool.index(), pool.payer());
    let (membership, token) = (pool.membership("p0"), pool.token("p0"));
    let take = ix::apply_take_over(&index, &payer, &membership, &token, Some(&subject), None);
    pool.send(&take, &[])
        .refused(IndexError::WrongMembershipStatus);
    let collect = ix::collect_locked(&index, &membership);
    let had = pool.shares("p0");
    pool.send(&collect, &[]).succeeded();
    assert_eq!(pool.shares("p0") - had, before.members_locked);
    assert_eq!(pool.index().data.members_locked, 0);
    pool.check_books();
}
