//! How many come in, and how much is minted for them.

use super::*;

/// Plain terms, and these people have offers of so many index shares whose notice is over.
fn inviting(count: usize, index_shares: u64) -> PoolWorld {
    let mut pool = plain_index(count);
    for name in pool.people.clone() {
        pool.open_shares(&name);
        pool.offer(&name, 1_000 * ONE, index_shares);
    }
    notice(&mut pool);
    pool
}

#[test]
fn three_new_members_come_in_within_thirty_days() {
    let mut pool = inviting(5, INDEX_ONE);
    let mut first = 0;
    for name in ["p0", "p1", "p2"] {
        pool.accept(name);
        first = if first == 0 { pool.world.now() } else { first };
        pool.world.pass(600);
    }
    pool.harvest_all();
    let accept = pool.accept_ix("p3");
    refused(&mut pool, &accept, &["p3"], IndexError::TooManyNewMembers);
    // Who is in deals again: nobody new comes in.
    pool.offer("p0", ONE, INDEX_ONE);
    // A member who leaves makes no room.
    pool.end("p1");
    pool.harvest_all();
    pool.accept("p0");
    refused(&mut pool, &accept, &["p3"], IndexError::TooManyNewMembers);
    assert_eq!(pool.index().data.members, 2);
    // Thirty days after the first there is room for one.
    let wait = first + 22 * DAY - pool.world.now();
    pool.world.pass(wait);
    for name in ["p3", "p4"] {
        pool.offer(name, 1_000 * ONE, INDEX_ONE);
    }
    let wait = first + 30 * DAY - pool.world.now();
    pool.world.pass(wait - 1);
    pool.harvest_all();
    let accept = pool.accept_ix("p3");
    refused(&mut pool, &accept, &["p3"], IndexError::TooManyNewMembers);
    pool.world.pass(1);
    done(&mut pool, &accept, &["p3"]);
    let accept = pool.accept_ix("p4");
    refused(&mut pool, &accept, &["p4"], IndexError::TooManyNewMembers);
    pool.world.pass(600);
    done(&mut pool, &accept, &["p4"]);
}

#[test]
fn members_share_the_room_of_a_year() {
    // 8 percent of a thousand, of which one takes 50.
    let mut pool = inviting(2, 50 * INDEX_ONE);
    pool.accept("p0");
    let accept = pool.accept_ix("p1");
    refused(&mut pool, &accept, &["p1"], IndexError::DilutionCapReached);
    // The room is that of those who were there before: 80, and 30 of them are left.
    pool.offer("p1", 1_000 * ONE, 30 * INDEX_ONE + 1);
    notice(&mut pool);
    let accept = pool.accept_ix("p1");
    refused(&mut pool, &accept, &["p1"], IndexError::DilutionCapReached);
    pool.offer("p1", 1_000 * ONE, 30 * INDEX_ONE);
    pool.offer("p0", ONE, 1);
    notice(&mut pool);
    pool.accept("p1");
    let accept = pool.accept_ix("p0");
    refused(&mut pool, &accept, &["p0"], IndexError::DilutionCapReached);
    // Neither does who leaves give room back; more than a year later there is a new one.
    pool.end("p1");
    pool.harvest_all();
    refused(&mut pool, &accept, &["p0"], IndexError::DilutionCapReached);
    pool.world.pass(13 * 31 * DAY);
    let room = pool.index().data.supply / 100 * 8;
    let more = pool.offer_ix("p0", ONE, room + 1);
    refused(&mut pool, &more, &["curator"], IndexError::OfferTooLarge);
    pool.offer("p0", ONE, room);
    notice(&mut pool);
    pool.accept("p0");
}

#[test]
fn redemptions_after_the_offer_make_its_room_smaller() {
    let mut pool = inviting(2, 50 * INDEX_ONE);
    pool.redeem("curator", 500 * INDEX_ONE);
    pool.world.pass(1);
    let accept = pool.accept_ix("p0");
    refused(&mut pool, &accept, &["p0"], IndexError::DilutionCapReached);
    pool.offer("p0", 1_000 * ONE, 40 * INDEX_ONE);
    notice(&mut pool);
    pool.accept("p0");
}

/// Shares of one second are no supply that members may be a part of.
#[test]
fn what_is_contributed_in_the_same_second_makes_no_room() {
    let mut pool = inviting(2, 50 * INDEX_ONE);
    pool.accept("p0");
    pool.world.pass(1);
    let accept = pool.accept_ix("p1");
    let flood = pool.contribute_ix("curator", 900 * INDEX_ONE);
    let ebb = pool.redeem_ix("curator", 900 * INDEX_ONE);
    pool.send_all(&[flood.clone(), accept.clone(), ebb], &["curator", "p1"])
        .refused(IndexError::DilutionCapReached);
    // What stays is.
    pool.send(&flood, &["curator"]).succeeded();
    pool.world.pass(1);
    done(&mut pool, &accept, &["p1"]);
}
