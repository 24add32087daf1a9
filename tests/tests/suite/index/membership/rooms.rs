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

/// Share atoms that fit into eight percent of the whole, of which deals took these shares
/// of these supplies.
fn room(supply: u64, deals: &[(u64, u64)]) -> u64 {
    let whole = 1_000_000_000_000u128;
    let taken = deals.iter().map(|(shares, supply)| {
        let all = u128::from(*shares) + u128::from(*supply);
        (u128::from(*shares) * whole).div_ceil(all)
    });
    let left = whole / 100 * 8 - taken.sum::<u128>();
    u64::try_from(left * u128::from(supply) / (whole - left)).unwrap()
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
    // Eight percent of the whole, of which one takes 50 of 1,050.
    let mut pool = inviting(2, 50 * INDEX_ONE);
    pool.accept("p0");
    let accept = pool.accept_ix("p1");
    refused(&mut pool, &accept, &["p1"], IndexError::DilutionCapReached);
    let left = room(1_050 * INDEX_ONE, &[(50 * INDEX_ONE, LAUNCHED)]);
    assert_eq!(left / INDEX_ONE, 35);
    pool.offer("p1", 1_000 * ONE, left + 1);
    notice(&mut pool);
    let accept = pool.accept_ix("p1");
    refused(&mut pool, &accept, &["p1"], IndexError::DilutionCapReached);
    pool.offer("p1", 1_000 * ONE, left);
    pool.offer("p0", ONE, 2);
    notice(&mut pool);
    pool.accept("p1");
    let accept = pool.accept_ix("p0");
    refused(&mut pool, &accept, &["p0"], IndexError::DilutionCapReached);
    // Neither does who leaves give room back; more than a year later there is a new one.
    pool.end("p1");
    pool.harvest_all();
    refused(&mut pool, &accept, &["p0"], IndexError::DilutionCapReached);
    pool.world.pass(13 * 31 * DAY);
    let again = room(pool.index().data.supply, &[]);
    let more = pool.offer_ix("p0", ONE, again + 1);
    refused(&mut pool, &more, &["curator"], IndexError::OfferTooLarge);
    pool.offer("p0", ONE, again);
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

/// Whoever brings shares around a deal bears their part of it, and no more is given away
/// of what those have who do nothing.
#[test]
fn contributions_around_deals_make_no_room() {
    let mut pool = inviting(2, 50 * INDEX_ONE);
    // Of the first slot, per million shares.
    let backing = |pool: &mut PoolWorld| {
        let index = pool.index().data;
        u128::from(index.constituents[0].counter) * 1_000_000 / u128::from(index.supply)
    };
    let gone = |pool: &mut PoolWorld, token: u64| {
        let index = pool.index().data;
        let counter = index.constituents[0].counter - token;
        u128::from(counter) * 1_000_000 / u128::from(index.supply)
    };
    let before = backing(&mut pool);
    pool.accept("p0");
    pool.world.pass(1);
    let left = room(1_050 * INDEX_ONE, &[(50 * INDEX_ONE, LAUNCHED)]);
    let flood = pool.contribute_ix("curator", 9_000 * INDEX_ONE);
    pool.send(&flood, &["curator"]).succeeded();
    // Of ten times as many shares the rest is ten times as much, and not an atom more …
    let more = room(pool.index().data.supply, &[(50 * INDEX_ONE, LAUNCHED)]);
    assert!(more.abs_diff(left / 1_050 * 10_050) < INDEX_ONE);
    pool.offer("p1", 1, more + 1);
    notice(&mut pool);
    let accept = pool.accept_ix("p1");
    refused(&mut pool, &accept, &["p1"], IndexError::DilutionCapReached);
    pool.offer("p1", 1, more);
    notice(&mut pool);
    pool.accept("p1");
    pool.redeem("curator", 9_000 * INDEX_ONE);
    // … and a share lost no more than eight percent by both together.
    let given = 1_000 * ONE + 1;
    let kept = gone(&mut pool, given);
    assert!(kept * 100 >= before * 92 - 100, "{kept} of {before}");
    pool.offer("p0", ONE, INDEX_ONE);
    notice(&mut pool);
    let accept = pool.accept_ix("p0");
    refused(&mut pool, &accept, &["p0"], IndexError::DilutionCapReached);
}
