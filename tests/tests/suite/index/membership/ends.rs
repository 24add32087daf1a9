//! How memberships end: by either side's notice, and with the slot.

use {
    super::*,
    upside_tests::cases::index::{bid_ix, draft, order, seal, seal_args},
};

/// A rebalance that holders wanted sold all of p0, who is a member.
fn emptied() -> PoolWorld {
    let mut pool = joined();
    let orders = [
        order(&mut pool, 0, Side::Sell, 0),
        order(&mut pool, CASH_SLOT, Side::Buy, 1_000 * ONE),
    ];
    draft(&mut pool, &orders);
    let mut args = seal_args(&mut pool);
    args.by_majority = true;
    let seal = ix::seal_rebalance(&pool.index(), args);
    pool.send(&seal, &["curator"]).succeeded();
    let nonce = pool.rebalance().data.nonce;
    pool.support_by_force(nonce);
    pool.world.pass(7 * DAY + DAY / 2);
    let all = pool.index().data.constituents[0].counter;
    let mut calls = pool.harvest_ixs(0);
    calls.push(bid_ix(&mut pool, "bob", true, all));
    pool.send_all(&calls, &["bob"]).succeeded();
    assert_eq!(pool.index().data.constituents[0].counter, 0);
    pool
}

/// Another rebalance buys some of p0 again, a notice and half a day later.
fn refill(pool: &mut PoolWorld) {
    let nonce = pool.rebalance().data.nonce;
    let end = ix::end_rebalance(&pool.index, &key("curator"), nonce);
    pool.send(&end, &["curator"]).succeeded();
    let orders = [
        order(pool, CASH_SLOT, Side::Sell, 6 * ONE),
        order(pool, 0, Side::Buy, ONE),
    ];
    seal(pool, &orders);
    pool.world.pass(7 * DAY + DAY / 2);
    let bid = bid_ix(pool, "bob", false, 100 * ONE);
    pool.send(&bid, &["bob"]).succeeded();
    assert!(pool.index().data.constituents[0].counter > 0);
}

fn end_ix(pool: &mut PoolWorld, name: &str) -> Instruction {
    ix::end_membership(&pool.membership("p0"), &key(name))
}

#[test]
fn either_side_gives_notice_and_it_stands() {
    for name in ["curator", "admissions", "p0"] {
        let mut pool = joined();
        let (end, now) = (end_ix(&mut pool, name), pool.world.now());
        let IndexEvent::MembershipEnds(event) = done(&mut pool, &end, &[name]) else {
            panic!("another event")
        };
        assert_eq!(
            (event.token, event.member, event.by),
            (token_of("p0"), key("p0"), key(name))
        );
        assert_eq!((event.empty, event.ends_at), (0, now + 7 * DAY));
        assert_eq!(pool.membership("p0").data.ending(), Ok(Ending::Notice));
        // Nobody prolongs it by giving it again, and nobody takes it back.
        for other in ["curator", "p0", "carol"] {
            let again = end_ix(&mut pool, other);
            refused(&mut pool, &again, &[other], IndexError::MembershipEnding);
        }
        let keep = ix::keep_membership(&pool.membership("p0"));
        refused(&mut pool, &keep, &[], IndexError::NotEnding);
        let apply = pool.apply_end_ix("p0");
        pool.world.pass(7 * DAY - 1);
        refused(&mut pool, &apply, &[], IndexError::NoticePending);
        pool.world.pass(1);
        let IndexEvent::MembershipEnded(event) = done(&mut pool, &apply, &[]) else {
            panic!("another event")
        };
        assert_eq!((event.member, event.members), (key("p0"), 0));
        assert_eq!(
            pool.membership("p0").data.status(),
            Ok(MembershipStatus::Ended)
        );
    }
}

#[test]
fn nobody_else_ends_a_membership_while_the_index_holds_the_person() {
    let mut pool = joined();
    for name in ["carol", "launcher", "guardian"] {
        let end = end_ix(&mut pool, name);
        refused(&mut pool, &end, &[name], IndexError::SlotHeld);
    }
    let apply = pool.apply_end_ix("p0");
    refused(&mut pool, &apply, &[], IndexError::NotEnding);
    let keep = ix::keep_membership(&pool.membership("p0"));
    refused(&mut pool, &keep, &[], IndexError::NotEnding);
    // Another person's token makes its owner no party.
    let mut end = end_ix(&mut pool, "p1");
    end.accounts[3].pubkey = token_of("p1");
    refused(&mut pool, &end, &["p1"], IndexError::WrongAccount);
    // Who owns the token now is one, even before the membership is taken over.
    sell(&mut pool, "p0", "p0", "bob");
    let end = end_ix(&mut pool, "bob");
    done(&mut pool, &end, &["bob"]);
}

#[test]
fn a_member_earns_until_the_end() {
    let mut pool = joined();
    let end = end_ix(&mut pool, "curator");
    done(&mut pool, &end, &["curator"]);
    pool.pay_revenue("p1", 10_000 * ONE);
    pool.world.pass(8 * DAY);
    pool.harvest_all();
    let apply = pool.apply_end_ix("p0");
    done(&mut pool, &apply, &[]);
    let owed = pool.membership("p0").data.owed(0).unwrap();
    assert!(owed > 0);
}

#[test]
fn what_is_locked_comes_when_it_ended_and_the_account_goes_last() {
    let mut pool = joined();
    let collect = ix::collect_locked(&pool.index(), &pool.membership("p0"));
    let close = ix::close_membership(&pool.membership("p0"));
    for call in [&collect, &close] {
        refused(&mut pool, call, &[], IndexError::WrongMembershipStatus);
    }
    // It is no lock of a holder: it neither votes nor is redeemed.
    assert_eq!(pool.index().data.locked, 0);
    pool.open_holder("p1", "p0");
    let all = pool.redeem_ix("p0", 10 * INDEX_ONE);
    pool.send(&all, &["p0"]).named_failure("what is locked");

    let mut pool = ended();
    refused(&mut pool, &close, &[], IndexError::EqualShareOwed);
    let claim = ix::collect_equal_share(&pool.index(), &pool.membership("p0"), CASH_SLOT).unwrap();
    done(&mut pool, &claim, &[]);
    refused(&mut pool, &close, &[], IndexError::SharesLocked);
    // Anybody has it paid to the member's own account, to no other.
    pool.open_shares("bob");
    let index = pool.index();
    let mut theft = collect.clone();
    theft.accounts[5].pubkey = ix::share_account(&index.data, &key("bob"));
    refused(&mut pool, &theft, &[], IndexError::WrongTokenAccount);
    let other = key("another account of p0");
    let real = ix::share_account(&index.data, &key("p0"));
    let mut bytes = pool.world.engine.account(&real).unwrap();
    bytes.data[64..72].copy_from_slice(&[0; 8]);
    pool.world.engine.set_account(other, bytes);
    let mut aside = collect.clone();
    aside.accounts[5].pubkey = other;
    refused(&mut pool, &aside, &[], IndexError::WrongAccount);
    aside.accounts[0].is_signer = true;
    aside.accounts[0].pubkey = key("bob");
    refused(&mut pool, &aside, &["bob"], IndexError::NotMember);
    aside.accounts[0].pubkey = key("p0");
    done(&mut pool.fork(), &aside, &["p0"]);
    let had = pool.shares("p0");
    let IndexEvent::LockedCollected(event) = done(&mut pool, &collect, &[]) else {
        panic!("another event")
    };
    assert_eq!((event.member, event.shares), (key("p0"), 5 * INDEX_ONE));
    assert_eq!(event.members_locked, 0);
    assert_eq!(pool.shares("p0") - had, 5 * INDEX_ONE);
    refused(&mut pool, &collect, &[], IndexError::NothingToCollect);
    let mut theft = close.clone();
    theft.accounts[2].pubkey = key("mallory");
    refused(&mut pool, &theft, &[], IndexError::WrongAccount);
    let IndexEvent::MembershipClosed(event) = done(&mut pool, &close, &[]) else {
        panic!("another event")
    };
    assert_eq!(event.token, token_of("p0"));
    assert_eq!(pool.index().data.claimants, 0);
    // The person may come in again, as somebody new.
    let at = find_membership(&pool.index, &token_of("p0")).0;
    assert!(pool.world.engine.account(&at).is_none());
    pool.offer("p0", ONE, INDEX_ONE);
    notice(&mut pool);
    let accept = pool.accept_ix("p0");
    done(&mut pool, &accept, &["p0"]);
    assert_eq!(pool.membership("p0").data.index_shares, INDEX_ONE);
}

#[test]
fn anybody_ends_the_membership_of_a_person_whom_the_index_sold() {
    let mut pool = emptied();
    let (end, now) = (end_ix(&mut pool, "carol"), pool.world.now());
    let IndexEvent::MembershipEnds(event) = done(&mut pool, &end, &["carol"]) else {
        panic!("another event")
    };
    assert_eq!((event.by, event.empty), (key("carol"), 1));
    assert_eq!(event.ends_at, now + 7 * DAY);
    assert_eq!(pool.membership("p0").data.ending(), Ok(Ending::Empty));
    let again = end_ix(&mut pool, "bob");
    refused(&mut pool, &again, &["bob"], IndexError::MembershipEnding);
    let keep = ix::keep_membership(&pool.membership("p0"));
    refused(&mut pool, &keep, &[], IndexError::SlotEmpty);
    let apply = pool.apply_end_ix("p0");
    refused(&mut pool, &apply, &[], IndexError::NoticePending);
    let mut over = pool.fork();
    over.world.pass(7 * DAY);
    done(&mut over, &apply, &[]);

    // If the index holds something again, it does not end, and anybody says so.
    refill(&mut pool);
    refused(&mut pool, &apply, &[], IndexError::SlotHeld);
    let IndexEvent::MembershipKept(event) = done(&mut pool, &keep, &[]) else {
        panic!("another event")
    };
    assert_eq!(event.token, token_of("p0"));
    let kept = pool.membership("p0").data;
    assert_eq!((kept.ending(), kept.ends_at), (Ok(Ending::None), 0));
    refused(&mut pool, &apply, &[], IndexError::NotEnding);
}

/// A stranger's word about an empty slot keeps no side's notice from running.
#[test]
fn notice_comes_before_an_empty_slot() {
    let mut pool = emptied();
    let end = end_ix(&mut pool, "carol");
    done(&mut pool, &end, &["carol"]);
    pool.world.pass(DAY);
    let notice = end_ix(&mut pool, "p0");
    let IndexEvent::MembershipEnds(event) = done(&mut pool, &notice, &["p0"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.empty, event.ends_at),
        (0, pool.world.now() + 7 * DAY)
    );
    refill(&mut pool);
    let keep = ix::keep_membership(&pool.membership("p0"));
    refused(&mut pool, &keep, &[], IndexError::NotEnding);
    pool.world.pass(DAY);
    let apply = pool.apply_end_ix("p0");
    done(&mut pool, &apply, &[]);
}

#[test]
fn memberships_go_on_ending_when_the_index_has_ended() {
    let mut pool = joined();
    let end = ix::wind_down(&pool.index());
    pool.send(&end, &["curator"]).succeeded();
    pool.end("p0");
    let collect = ix::collect_locked(&pool.index(), &pool.membership("p0"));
    done(&mut pool, &collect, &[]);
    let close = ix::close_membership(&pool.membership("p0"));
    done(&mut pool, &close, &[]);
    let shares = pool.shares("p0");
    pool.open_holder("p1", "p0");
    pool.redeem("p0", shares);
    pool.check_books();
}

#[test]
fn an_ended_membership_does_nothing_more() {
    let mut pool = ended();
    let end = end_ix(&mut pool, "p0");
    let apply = pool.apply_end_ix("p0");
    let keep = ix::keep_membership(&pool.membership("p0"));
    let take = ix::take_over_membership(&pool.membership("p0"), &pool.token("p0"));
    for (call, signers) in [
        (&end, &["p0"][..]),
        (&apply, &[]),
        (&keep, &[]),
        (&take, &["p0"]),
    ] {
        refused(&mut pool, call, signers, IndexError::WrongMembershipStatus);
    }
}
