//! Members: deals that take nothing afterwards, the equal share, ends.

use {
    super::{super::setup, Attack, facts, free, join_in, key, landed, no_fees, refused},
    solana_program::instruction::Instruction,
    upside_sdk::{
        Atoms, Shares,
        index::{
            AcceptArgs, IndexError, Membership, Offer, OfferTerms, find_membership, find_offer,
            instruction as ix,
        },
        instruction as token_ix,
        state::Account,
    },
    upside_tests::{
        pool::{INDEX_ONE, PoolWorld, token_of},
        world::{DAY, NEVER, ONE},
    },
};

/// The last offer.
fn offer_of(pool: &mut PoolWorld) -> Account<Offer> {
    let made = pool.index().data.announcements_made;
    let place = find_offer(&pool.index, made).0;
    pool.world.get(&place)
}

/// An offer by the curator.
fn product(pool: &mut PoolWorld, name: &str, token_shares: u64, index_shares: u64) -> Instruction {
    let terms = OfferTerms {
        token_shares,
        index_shares,
    };
    ix::offer_membership(
        &pool.index(),
        &pool.payer(),
        &key("curator"),
        &token_of(name),
        terms,
    )
}

/// It is made, its notice passes, and everybody is harvested.
fn offered(pool: &mut PoolWorld, name: &str, token_shares: u64, index_shares: u64) {
    let offer = product(pool, name, token_shares, index_shares);
    pool.send(&offer, &["curator"]).succeeded();
    let wait = offer_of(pool).data.acceptable_from - pool.world.now();
    pool.world.pass(wait);
    pool.harvest_all();
}

/// The acceptance of the last offer by a person, who shows who they are if an equal share is
/// paid.
fn accepting(pool: &mut PoolWorld, name: &str, args: AcceptArgs) -> Instruction {
    let (index, token, offer) = (pool.index(), pool.token(name), offer_of(pool));
    let subject = setup::subject(name);
    let shares = index.data.terms.equal_share_bps > 0;
    if shares {
        setup::attested(name).put(&mut pool.world);
    }
    let subject = shares.then_some(&subject);
    ix::accept_membership(&index, &pool.payer(), &token, &offer, subject, args)
}

/// Whatever it gives and gets.
const ANY: AcceptArgs = AcceptArgs {
    most_gives: u64::MAX,
    least_index_shares: 0,
    deadline: NEVER,
};

/// A person becomes a member.
fn join(pool: &mut PoolWorld, name: &str, token_shares: u64, index_shares: u64) {
    pool.open_shares(name);
    offered(pool, name, token_shares, index_shares);
    let accept = accepting(pool, name, ANY);
    pool.send(&accept, &[name]).succeeded();
}

fn membership(pool: &mut PoolWorld, name: &str) -> Membership {
    let place = find_membership(&pool.index, &token_of(name)).0;
    pool.world.get::<Membership>(&place).data
}

/// An index without fees, with an equal share of a quarter.
fn sharing(count: usize) -> PoolWorld {
    PoolWorld::with(count, |args| {
        no_fees(args);
        args.terms.equal_share_bps = 2_500;
        args.terms.credential = key("credential");
        args.terms.schema = key("schema");
    })
}

/// What a member is paid of its equal share in a slot.
fn collect(pool: &mut PoolWorld, name: &str, slot: u8) -> u64 {
    let before = pool.cash(name);
    let claim = ix::collect_equal_share(&pool.index(), &pool.membership(name), slot).unwrap();
    let sent = pool.send(&claim, &[]);
    if sent.error.is_some() {
        return 0;
    }
    pool.cash(name) - before
}

/// H1. A member who prints, sells to friends at nothing and deals again takes nothing.
#[test]
fn what_a_member_prints_takes_nothing() {
    let mut pool = free(2);
    join_in(&mut pool, "mallory");
    pool.contribute("carol", 1_000 * INDEX_ONE);
    join(&mut pool, "p0", 4_000 * ONE, 80 * INDEX_ONE);
    let mut attack = Attack::by(
        &["p0", "mallory"],
        "print, sell to a friend, and deal again",
    );
    for month in 1..=3u64 {
        pool.world.pass(31 * DAY);
        pool.harvest_all();
        let supply = pool.token("p0").data.supply;
        attack.withstood(&mut pool, |a, pool| {
            let issue = token_ix::issue(
                &pool.token("p0"),
                &key("mallory"),
                Shares(supply / 4),
                Atoms(0),
            );
            let what = format!("print a quarter in month {month}");
            landed(a.send(pool, &what, &[issue]));
        });
        // The same deal costs the same part of the cap, whatever exists by then.
        let before = facts(&mut pool);
        offered(&mut pool, "p0", 4_000 * ONE, 10 * INDEX_ONE);
        let accept = accepting(&mut pool, "p0", ANY);
        pool.send(&accept, &["p0"]).succeeded();
        let after = facts(&mut pool);
        let slot = |it: &upside_tests::invariant::PoolFacts| it.index.constituents[0].counter;
        assert!(slot(&after) - slot(&before) >= 4_000 * ONE);
    }
    pool.check_books();
}

/// R1. A contribution around a deal bears its part of what the deal gives away: a share
/// loses eight percent in a year, however many there are for a moment.
#[test]
fn shares_of_a_moment_stretch_no_dilution() {
    let mut pool = free(1);
    join_in(&mut pool, "mallory");
    pool.issue("p0", "mallory", 90_000 * ONE);
    pool.open_shares("p0");
    let mut attack = Attack::by(
        &["curator", "p0", "mallory"],
        "stretch the room for a moment",
    );
    pool.world.pass(1);
    let flood = 800 * INDEX_ONE;
    let contribute = pool.contribute_ix("mallory", flood);
    let redeem = pool.redeem_ix("mallory", flood);
    // Of all with them: 1,000 and 800 and these.
    let offer = product(&mut pool, "p0", 1, 156 * INDEX_ONE);
    let all = [contribute.clone(), offer, redeem.clone()];
    landed(attack.send(&mut pool, "offer in between", &all));
    let wait = offer_of(&mut pool).data.acceptable_from - pool.world.now();
    pool.world.pass(wait);
    pool.harvest_all();
    let backing = |pool: &mut PoolWorld| {
        let index = pool.index().data;
        u128::from(index.constituents[0].counter) * 1_000_000_000 / u128::from(index.supply)
    };
    let before = backing(&mut pool);
    let accept = accepting(&mut pool, "p0", ANY);
    refused(
        attack.send(&mut pool, "accept alone", std::slice::from_ref(&accept)),
        "DilutionCapReached",
    );
    let all = [contribute, accept, redeem];
    landed(attack.send(&mut pool, "accept in between", &all));
    let after = backing(&mut pool);
    assert!(after * 100 >= before * 92 - 100, "{after} of {before}");
}

/// M5. Who joins before a harvest and leaves after it gets nothing of what others earned.
#[test]
fn a_member_of_a_moment_takes_no_equal_share() {
    let mut pool = sharing(3);
    join(&mut pool, "p0", 1_000 * ONE, INDEX_ONE);
    pool.open_shares("p1");
    offered(&mut pool, "p1", 1, 1);
    pool.pay_revenue("p2", 400_000 * ONE);
    pool.world.pass(DAY);
    let mut attack = Attack::by(&["p1"], "join before a harvest");
    let accept = accepting(&mut pool, "p1", ANY);
    let got = attack.send(&mut pool, "without it", std::slice::from_ref(&accept));
    refused(got, "NotHarvested");
    let mut all: Vec<Instruction> = Vec::new();
    for slot in 0..3 {
        all.extend(pool.harvest_ixs(slot));
    }
    all.push(accept);
    landed(attack.send(&mut pool, "with it", &all));
    assert_eq!(collect(&mut pool, "p1", 3), 0);
    assert!(collect(&mut pool, "p0", 3) > 0);
    pool.check_books();
}

/// M6. A curator's own people take little of the equal share: few join in a month, each
/// shows a human, and none gets more than a tenth part.
#[test]
fn the_curators_people_take_little_of_the_equal_share() {
    let mut pool = sharing(6);
    join(&mut pool, "p0", 1_000 * ONE, INDEX_ONE);
    let mut attack = Attack::by(
        &["curator", "p2", "p3", "p4"],
        "fill an index with one's own people",
    );
    let mut landed = 0;
    for name in ["p2", "p3", "p4"] {
        pool.open_shares(name);
        offered(&mut pool, name, 1, 1);
        let accept = accepting(&mut pool, name, ANY);
        let got = attack.send(&mut pool, &format!("{name} joins"), &[accept]);
        landed += usize::from(got.is_none());
    }
    assert!(
        landed <= 2,
        "at most three new members in 30 days, p0 among them"
    );
    pool.pay_revenue("p1", 400_000 * ONE);
    pool.world.pass(8 * DAY);
    let held = pool.index().data.constituents[1].counter;
    assert!(held > 0);
    let slot = 6;
    let before = pool.index().data.constituents[usize::from(slot)].counter;
    pool.harvest_all();
    let came = pool.index().data.constituents[usize::from(slot)].counter - before;
    let mut taken = 0;
    for name in ["p2", "p3", "p4"] {
        if pool
            .world
            .engine
            .account(&find_membership(&pool.index, &token_of(name)).0)
            .is_some()
        {
            taken += collect(&mut pool, name, slot);
        }
    }
    // A quarter of what came is set aside, and each has a tenth part of that.
    assert!(taken <= came * landed as u64 / 36, "{taken} of {came}");
}

/// M10. An acceptance names what it gives and gets at most and least.
#[test]
fn an_acceptance_takes_no_worse_terms() {
    let mut pool = free(1);
    pool.open_shares("p0");
    offered(&mut pool, "p0", 1_000 * ONE, 40 * INDEX_ONE);
    let signed = AcceptArgs {
        most_gives: 1_000 * ONE,
        least_index_shares: 40 * INDEX_ONE,
        deadline: NEVER,
    };
    let accept = accepting(&mut pool, "p0", signed);
    let mut attack = Attack::by(&["curator"], "change an offer under a signed acceptance");
    let cancel = ix::cancel_offer(&pool.index(), &offer_of(&mut pool), &key("curator"));
    landed(attack.send(&mut pool, "take it back", &[cancel]));
    offered(&mut pool, "p0", 10_000 * ONE, 1);
    let had = pool.has("p0", "p0");
    let sent = pool.send(&accept, &["p0"]);
    assert!(sent.error.is_some(), "what was signed is another offer");
    // Nor does the new one take what was not signed.
    let accept = accepting(&mut pool, "p0", signed);
    pool.send(&accept, &["p0"]).refused(IndexError::Slippage);
    assert_eq!(pool.has("p0", "p0"), had);
}

/// M11. What waits in a payout is its wallet's, whatever happens to the rest.
#[test]
fn what_waits_in_a_payout_earns_for_whom_it_is() {
    let mut pool = free(2);
    pool.contribute("bob", 1_000 * INDEX_ONE);
    pool.harvest_all();
    let shares = pool.shares("bob");
    let args = pool.redeem_args(shares);
    let out = ix::redeem_to_basket(&pool.index(), &key("bob"), 1, args);
    pool.send(&out, &["bob"]).succeeded();
    let waits = pool.basket("bob", 1).data.amounts[0];
    let mut attack = Attack::by(&["curator", "p0", "mallory"], "use what waits for another");
    attack.withstood(&mut pool, |a, pool| {
        pool.pay_revenue("p0", 400_000 * ONE);
        pool.world.pass(30 * DAY);
        pool.harvest_all();
        let back = ix::withdraw_basket(&pool.index(), &key("bob"), 1, vec![0]).unwrap();
        landed(a.send(pool, "have it paid", &[back]));
    });
    assert!(waits > 0);
}

/// M15. A membership ends by either side's notice, and by anybody's once its slot is empty.
#[test]
fn a_membership_ends_by_notice_and_with_its_slot() {
    let mut pool = free(2);
    join(&mut pool, "p0", 1_000 * ONE, 10 * INDEX_ONE);
    let it = membership(&mut pool, "p0");
    assert!(it.locked >= it.index_shares / 2);
    let mut attack = Attack::by(&["p0"], "be paid for ever, or take the lock along");
    attack.withstood(&mut pool, |a, pool| {
        let out = ix::collect_locked(&pool.index(), &pool.membership("p0"));
        let got = a.send(pool, "take what is locked", &[out]);
        assert!(got.is_some());
    });
    let end = ix::end_membership(&pool.membership("p0"), &key("curator"));
    pool.send(&end, &["curator"]).succeeded();
    let notice = i64::from(pool.index().data.terms.notice_seconds);
    pool.world.pass(notice);
    let apply = ix::apply_end(&pool.membership("p0"), None);
    pool.send(&apply, &[]).succeeded();
    let out = ix::collect_locked(&pool.index(), &pool.membership("p0"));
    landed(attack.send(&mut pool, "once it ended", &[out]));
}

/// L2. Less than an atom of the equal share keeps no slot.
#[test]
fn a_fraction_keeps_no_slot() {
    let mut pool = sharing(4);
    for name in ["p0", "p1", "p2"] {
        join(&mut pool, name, 1_000 * ONE, INDEX_ONE);
    }
    pool.pay_revenue("p3", 401_003 * ONE + 7);
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    for name in ["p0", "p1", "p2"] {
        collect(&mut pool, name, 4);
    }
    let mut attack = Attack::by(&["p0", "p1", "p2"], "keep a fraction of an atom");
    attack.withstood(&mut pool, |a, pool| {
        a.send(pool, "and do nothing", &[]);
    });
    let book = pool.index().data.coins[0];
    assert!(book.owed <= 3, "{} of fractions", book.owed);
}
