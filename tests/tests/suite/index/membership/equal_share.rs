//! What members get of all that is harvested.

use {super::*, upside_tests::engine::Engine};

/// What the next harvest sets aside for members, of what came in all.
fn harvested(pool: &mut PoolWorld, name: &str, slot: u8, paid: u64) -> (u64, u64) {
    pool.pay_revenue(name, paid);
    pool.world.pass(8 * DAY);
    let harvest = pool.harvest_ixs(slot).remove(0);
    let IndexEvent::Harvested(event) = done(pool, &harvest, &[]) else {
        panic!("another event")
    };
    (event.amount, event.to_members)
}

/// The terms set a tenth aside, and each member gets a tenth of that at most.
#[test]
fn a_member_gets_no_more_than_a_tenth_part() {
    let mut pool = PoolWorld::with(3, |_| {});
    let mut members = 0;
    for name in ["p0", "p1"] {
        pool.join(name);
        members += 1;
        let (amount, set_aside) = harvested(&mut pool, "p2", 2, 10_000 * ONE);
        assert!(amount > 0);
        assert_eq!(set_aside, amount / 10 * members / 10);
    }
    // Nobody is a member: nothing is set aside.
    for name in ["p0", "p1"] {
        pool.end(name);
    }
    let (amount, set_aside) = harvested(&mut pool, "p2", 2, 10_000 * ONE);
    assert!(amount > 0 && set_aside == 0);
}

#[test]
fn it_is_equal_over_members_and_mints() {
    let mut pool = PoolWorld::seeding(Engine::lite(), 2, |_| {});
    let coin = second_cash(&mut pool);
    pool.add_everybody();
    add_mint(&mut pool, &coin);
    for slot in 0..4 {
        pool.seed(slot, 1_000 * ONE);
    }
    pool.launch(LAUNCHED);
    pool.world.pass(1);
    for name in ["p0", "p1"] {
        pool.open_shares(name);
        // Very different shares, the same equal share.
        let given = if name == "p0" { 5_000 * ONE } else { ONE };
        pool.offer(name, given, 10 * INDEX_ONE);
    }
    notice(&mut pool);
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
    let owed: Vec<u64> = pool.index().data.coins.map(|book| book.owed)[..2].to_vec();
    assert!(owed.iter().all(|atoms| *atoms > ONE / 10), "{owed:?}");
    let slots = [CASH_SLOT, 3];
    for (slot, owed) in slots.into_iter().zip(&owed) {
        for name in ["p0", "p1"] {
            let index = pool.index();
            let membership = pool.membership(name);
            let place = index.data.constituents[usize::from(slot)];
            let account = ix::place_of(&place, &key(name));
            let before = pool.world.balance(&account);
            let claim = ix::collect_equal_share(&index, &membership, slot).unwrap();
            let IndexEvent::EqualShareCollected(event) = done(&mut pool, &claim, &[]) else {
                panic!("another event")
            };
            assert_eq!((event.member, event.place), (key(name), u64::from(slot)));
            assert_eq!(event.amount, owed / 2);
            assert_eq!(pool.world.balance(&account) - before, event.amount);
            refused(&mut pool, &claim, &[], IndexError::NothingToCollect);
        }
        let left = pool.index().data.coins[usize::from(slot - CASH_SLOT)].owed;
        assert_eq!(left, owed % 2);
    }
}

/// What others earned before is harvested before, and shared without them.
#[test]
fn who_comes_in_shares_nothing_that_was_earned_before() {
    let mut pool = PoolWorld::new(3);
    pool.join("p0");
    pool.open_shares("p1");
    pool.offer("p1", ONE, 1);
    pool.pay_revenue("p2", 400_000 * ONE);
    pool.world.pass(8 * DAY);
    let accept = pool.accept_ix("p1");
    refused(&mut pool, &accept, &["p1"], IndexError::NotHarvested);
    pool.harvest_all();
    done(&mut pool, &accept, &["p1"]);
    let claim = |pool: &mut PoolWorld, name: &str| {
        let (index, membership) = (pool.index(), pool.membership(name));
        ix::collect_equal_share(&index, &membership, 3).unwrap()
    };
    let late = claim(&mut pool, "p1");
    refused(&mut pool, &late, &[], IndexError::NothingToCollect);
    let early = claim(&mut pool, "p0");
    done(&mut pool, &early, &[]);
}

#[test]
fn only_the_member_is_paid_and_where_the_member_says() {
    let mut pool = joined();
    let cash = pool.world.quote;
    let claim = |pool: &mut PoolWorld| {
        let (index, membership) = (pool.index(), pool.membership("p0"));
        ix::collect_equal_share(&index, &membership, CASH_SLOT).unwrap()
    };
    let empty = claim(&mut pool);
    refused(&mut pool, &empty, &[], IndexError::NothingToCollect);
    let (amount, set_aside) = harvested(&mut pool, "p1", 1, 10_000 * ONE);
    assert!(set_aside > 0 && set_aside < amount);
    let good = claim(&mut pool);
    let mut wrong = good.clone();
    wrong.accounts[3].pubkey = token_of("p0");
    refused(&mut pool, &wrong, &[], IndexError::WrongKind);
    let mut wrong = good.clone();
    wrong.accounts[6].pubkey = upside_sdk::address::TOKEN_2022_PROGRAM;
    refused(&mut pool, &wrong, &[], IndexError::WrongTokenProgram);
    // To an account of somebody else, not even the member has it paid.
    let mut theft = good.clone();
    let theirs = upside_sdk::address::find_associated(
        &key("carol"),
        &cash,
        &upside_sdk::address::TOKEN_PROGRAM,
    );
    theft.accounts[5].pubkey = theirs.0;
    refused(&mut pool, &theft, &[], IndexError::WrongTokenAccount);
    // To another one of the member's, only the member.
    let other = key("another account of p0");
    let bytes = upside_tests::world::token_account_bytes(&cash, &key("p0"), 0);
    pool.world
        .put(other, upside_sdk::address::TOKEN_PROGRAM, bytes);
    let mut aside = good.clone();
    aside.accounts[5].pubkey = other;
    refused(&mut pool, &aside, &[], IndexError::WrongAccount);
    aside.accounts[0].is_signer = true;
    aside.accounts[0].pubkey = key("carol");
    refused(&mut pool, &aside, &["carol"], IndexError::NotMember);
    aside.accounts[0].pubkey = key("p0");
    done(&mut pool.fork(), &aside, &["p0"]);
    let before = pool.cash("p0");
    done(&mut pool, &good, &[]);
    assert_eq!(pool.cash("p0") - before, set_aside);
}

#[test]
fn whose_membership_ended_keeps_what_is_owed_and_earns_nothing_more() {
    let mut pool = ended();
    let membership = pool.membership("p0");
    assert_eq!(membership.data.status(), Ok(MembershipStatus::Ended));
    let index = pool.index().data;
    assert_eq!((index.members, index.claimants), (0, 1));
    let owed = membership.data.owed(0).unwrap();
    assert!(owed > 0);
    pool.pay_revenue("p1", 5_000 * ONE);
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    let claim = ix::collect_equal_share(&pool.index(), &membership, CASH_SLOT).unwrap();
    let IndexEvent::EqualShareCollected(event) = done(&mut pool, &claim, &[]) else {
        panic!("another event")
    };
    assert_eq!(event.amount, owed);
    // What was given stays.
    assert!(pool.index().data.constituents[0].counter >= seeded(0) + 1_000 * ONE);
}
