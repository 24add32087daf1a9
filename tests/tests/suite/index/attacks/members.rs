//! Memberships.

use super::*;

fn owed(pool: &mut PoolWorld, name: &str) -> u64 {
    let membership = pool.membership(name).data;
    quote::equal_share(&pool.pool(), &membership).unwrap()[0].1
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
    let leave = ix::leave_membership(&pool.membership("p0"));
    pool.send(&leave, &["p0"]).succeeded();
    pool.send(&leave, &["p0"])
        .refused(IndexError::WrongMembershipStatus);
    // A second membership needs the first one's end, which needs its payment.
    let terms = OfferTerms {
        token_shares: ONE,
        index_shares: INDEX_ONE,
        expires_at: pool.world.now() + 30 * DAY,
    };
    let offer = ix::offer_membership(&pool.index(), &pool.payer(), &token_of("p0"), terms);
    pool.send(&offer, &["curator"])
        .refused(IndexError::AlreadyExists);
    let close = ix::close_membership(&pool.membership("p0"));
    pool.send(&close, &[])
        .refused(IndexError::WrongMembershipStatus);
    // What is earned while away is nobody's who left.
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(30 * DAY);
    pool.harvest_all();
    assert_eq!(owed(&mut pool, "p0"), first);
    let before = pool.cash("p0");
    let claim = ix::claim_equal_share(&pool.index(), &pool.membership("p0"), 2).unwrap();
    pool.send_all(&[claim.clone(), close], &[]).succeeded();
    assert_eq!(pool.cash("p0"), before + first);
    // In again, from nothing; joining needs the curator and the notice period.
    pool.offer("p0", ONE, INDEX_ONE);
    let accept = ix::accept_membership(&pool.index(), &pool.token("p0"));
    pool.send(&accept, &["p0"])
        .refused(IndexError::OfferNotOpen);
    pool.world.pass(8 * DAY);
    pool.send(&accept, &["p0"]).succeeded();
    pool.send(&accept, &["p0"])
        .refused(IndexError::WrongMembershipStatus);
    assert_eq!(owed(&mut pool, "p0"), 0);
    pool.send(&claim, &[]).refused(IndexError::NothingToCollect);
    pool.check_books();
}

#[test]
fn a_token_diluted_after_the_offer_is_not_taken_at_the_old_rate() {
    let mut pool = free();
    pool.open_shares("p0");
    pool.offer("p0", 1_000 * ONE, 10 * INDEX_ONE);
    pool.issue("p0", "p0", HAS);
    pool.world.pass(8 * DAY);
    let accept = ix::accept_membership(&pool.index(), &pool.token("p0"));
    pool.send(&accept, &["p0"])
        .refused(IndexError::TokenDiluted);
}

#[test]
fn leaving_makes_no_room_for_more_members_within_thirty_days() {
    let mut pool = free();
    for name in ["p0", "p1"] {
        pool.open_shares(name);
        // Five of a hundred each, of which thirty days take eight.
        pool.offer(name, 1_000 * ONE, LAUNCHED / 20);
    }
    pool.world.pass(8 * DAY);
    pool.accept("p0");
    let leave = ix::leave_membership(&pool.membership("p0"));
    let close = ix::close_membership(&pool.membership("p0"));
    pool.send_all(&[leave, close], &["p0"]).succeeded();
    let accept = ix::accept_membership(&pool.index(), &pool.token("p1"));
    pool.send(&accept, &["p1"])
        .refused(IndexError::DilutionCapReached);
    pool.offer("p0", ONE, LAUNCHED / 20);
    pool.world.pass(8 * DAY);
    let again = ix::accept_membership(&pool.index(), &pool.token("p0"));
    pool.send(&again, &["p0"])
        .refused(IndexError::DilutionCapReached);
    // Once thirty days are over there is room again, by an offer of its own notice.
    pool.world.pass(23 * DAY);
    pool.send(&again, &["p0"]).refused(IndexError::OfferNotOpen);
    let withdraw = ix::withdraw_offer(&pool.membership("p0"), &key("bob"));
    pool.send(&withdraw, &["bob"]).succeeded();
    pool.offer("p0", ONE, LAUNCHED / 20);
    pool.world.pass(8 * DAY);
    pool.send(&again, &["p0"]).succeeded();
    pool.check_books();
}
