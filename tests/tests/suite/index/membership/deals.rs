//! Acceptances: what they give and get, and what may have changed since the offer.

use {
    super::*,
    upside_sdk::state::Admission,
    upside_sdk::state::TransferPolicy,
    upside_sdk::state::{Policy, Relaxation},
};

#[test]
fn a_person_comes_in_after_the_notice_and_harvests() {
    let mut pool = offered();
    let accept = pool.accept_ix("p0");
    refused(&mut pool, &accept, &["p0"], IndexError::NoticePending);
    pool.world.pass(7 * DAY - 1);
    refused(&mut pool, &accept, &["p0"], IndexError::NoticePending);
    pool.world.pass(1);
    // Others' dividends are collected first, at most an hour before.
    refused(&mut pool, &accept, &["p0"], IndexError::NotHarvested);
    pool.harvest_all();
    pool.world.pass(3_601);
    refused(&mut pool, &accept, &["p0"], IndexError::NotHarvested);
    pool.world.pass(-1);
    let before = pool.index().data;
    let (has, vault) = (pool.has("p0", "p0"), before.own_shares().unwrap());
    let IndexEvent::MembershipAccepted(event) = done(&mut pool, &accept, &["p0"]) else {
        panic!("another event")
    };
    let after = pool.index().data;
    assert_eq!((event.token, event.member), (token_of("p0"), key("p0")));
    assert_eq!((event.members, after.members, after.claimants), (1, 1, 1));
    assert_eq!(event.supply, before.supply + 10 * INDEX_ONE);
    assert_eq!(
        (event.token_shares, event.index_shares, event.nonce),
        (1_000 * ONE, 10 * INDEX_ONE, 1)
    );
    assert_eq!(has - pool.has("p0", "p0"), 1_000 * ONE);
    let slot = |index: &upside_sdk::index::PooledIndex| index.constituents[0].counter;
    assert_eq!(slot(&after), slot(&before) + 1_000 * ONE);
    // A half comes at once, the other when the membership has ended.
    assert_eq!(pool.shares("p0"), 5 * INDEX_ONE);
    assert_eq!(event.locked, 5 * INDEX_ONE);
    assert_eq!(after.members_locked, 5 * INDEX_ONE);
    assert_eq!(after.own_shares().unwrap(), vault + 5 * INDEX_ONE);
    let membership = pool.membership("p0").data;
    assert_eq!(membership.status(), Ok(MembershipStatus::Active));
    assert_eq!(membership.joined_at, pool.world.now());
    assert_eq!(
        (membership.token_shares, membership.index_shares),
        (1_000 * ONE, 10 * INDEX_ONE)
    );
    // The offer is used up.
    assert_eq!(after.announcement(1).err(), Some(IndexError::NotAnnounced));
    pool.send(&accept, &["p0"]).named_failure("a closed offer");
}

#[test]
fn nobody_else_accepts() {
    let mut pool = offered();
    notice(&mut pool);
    let mut theft = pool.accept_ix("p0");
    theft.accounts[1].pubkey = key("p1");
    refused(&mut pool, &theft, &["p1"], IndexError::NotTokenOwner);
    // Nor does the owner with the shares of another.
    let accept = pool.accept_ix("p0");
    let from = upside_sdk::address::find_holder(&token_of("p0"), &key("bob")).0;
    let place = accept.accounts.iter().position(|meta| {
        meta.pubkey == upside_sdk::address::find_holder(&token_of("p0"), &key("p0")).0
    });
    let mut theft = accept.clone();
    theft.accounts[place.unwrap()].pubkey = from;
    refused(&mut pool, &theft, &["p0"], IndexError::WrongHolder);
    // Nor to an offer of another index.
    pool.offer("p1", ONE, INDEX_ONE);
    let mut other = accept.clone();
    let offers = [pool.offered("p0").key, pool.offered("p1").key];
    for meta in &mut other.accounts {
        if meta.pubkey == offers[0] {
            meta.pubkey = offers[1];
        }
    }
    refused(&mut pool, &other, &["p0"], IndexError::WrongAccount);
    done(&mut pool, &accept, &["p0"]);
}

#[test]
fn what_a_person_signs_bounds_the_deal() {
    let mut pool = offered();
    notice(&mut pool);
    let now = pool.world.now();
    let exact = AcceptArgs {
        most_gives: 1_000 * ONE,
        least_index_shares: 10 * INDEX_ONE,
        deadline: now,
    };
    for (args, error) in [
        (
            AcceptArgs {
                most_gives: 1_000 * ONE - 1,
                ..exact
            },
            IndexError::Slippage,
        ),
        (
            AcceptArgs {
                least_index_shares: 10 * INDEX_ONE + 1,
                ..exact
            },
            IndexError::Slippage,
        ),
        (
            AcceptArgs {
                deadline: now - 1,
                ..exact
            },
            IndexError::DeadlinePassed,
        ),
    ] {
        let accept = accept_within(&mut pool, "p0", args);
        refused(&mut pool, &accept, &["p0"], error);
    }
    let accept = accept_within(&mut pool, "p0", exact);
    done(&mut pool, &accept, &["p0"]);
}

/// The deal is in parts of what can exist: `ceil(x0 * max(D, D0) / D0)`.
#[test]
fn a_cap_that_rose_makes_the_person_give_as_much_more() {
    let mut pool = offered();
    let cap = pool.token("p0").data.terms.supply_cap;
    let number = pool.put_poll("p0", "p0", Change::SupplyCap(cap + cap / 2 + 1));
    // A poll that is merely open is in nobody's way; one that passed is, until it is applied.
    approve(&mut pool, "p0", number);
    notice(&mut pool);
    pool.world.pass(DAY);
    pool.harvest_all();
    let accept = pool.accept_ix("p0");
    refused(&mut pool, &accept, &["p0"], IndexError::PersonUnsettled);
    apply_poll(&mut pool, "p0", number);
    assert_eq!(pool.offered("p0").data.cap, cap);
    let signed = |most_gives| AcceptArgs { most_gives, ..ANY };
    let gives = 1_500 * ONE + 1;
    let short = accept_within(&mut pool, "p0", signed(gives - 1));
    refused(&mut pool, &short, &["p0"], IndexError::Slippage);
    let accept = accept_within(&mut pool, "p0", signed(gives));
    let has = pool.has("p0", "p0");
    let IndexEvent::MembershipAccepted(event) = done(&mut pool, &accept, &["p0"]) else {
        panic!("another event")
    };
    assert_eq!(
        (event.token_shares, event.index_shares),
        (gives, 10 * INDEX_ONE)
    );
    assert_eq!(has - pool.has("p0", "p0"), gives);
}

#[test]
fn a_cap_that_fell_makes_no_deal_cheaper() {
    let mut pool = offered();
    let cap = pool.token("p0").data.terms.supply_cap;
    let relaxation = Relaxation {
        supply_cap: Some(cap / 2),
        floor: None,
        cash_out_tax_bps: None,
        royalty_bps: None,
    };
    let lower = token_ix::relax_terms(&pool.token("p0"), relaxation);
    pool.send(&lower, &["p0"]).succeeded();
    assert_eq!(pool.token("p0").data.terms.supply_cap, cap / 2);
    notice(&mut pool);
    let accept = pool.accept_ix("p0");
    let IndexEvent::MembershipAccepted(event) = done(&mut pool, &accept, &["p0"]) else {
        panic!("another event")
    };
    assert_eq!(event.token_shares, 1_000 * ONE);
}

/// Dust that others print, or burn, blocks no offer and changes none.
#[test]
fn shares_that_are_printed_within_the_cap_change_nothing() {
    let mut pool = offered();
    pool.issue("p0", "carol", 1);
    pool.issue("p0", "p0", HAS);
    notice(&mut pool);
    let accept = accept_within(
        &mut pool,
        "p0",
        AcceptArgs {
            most_gives: 1_000 * ONE,
            ..ANY
        },
    );
    done(&mut pool, &accept, &["p0"]);
}

#[test]
fn an_open_poll_is_in_nobodys_way_and_any_passed_one_against_holders_is() {
    for change in [Change::Room(5_000), Change::CashOutTax(2_000)] {
        let mut pool = offered();
        let number = pool.put_poll("p0", "p0", change);
        notice(&mut pool);
        let accept = pool.accept_ix("p0");
        done(&mut pool.fork(), &accept, &["p0"]);
        approve(&mut pool, "p0", number);
        refused(&mut pool, &accept, &["p0"], IndexError::PersonUnsettled);
    }
}

#[test]
fn while_the_policy_or_the_mark_changes_nothing_is_dealt() {
    let mut pool = offered();
    let closed = Policy {
        admission: Admission::Approved,
        transfer_policy: TransferPolicy::Closed,
        ..pool.token("p0").data.policy().unwrap()
    };
    let propose = token_ix::propose_policy(&pool.token("p0"), closed);
    pool.send(&propose, &["p0"]).succeeded();
    notice(&mut pool);
    let accept = pool.accept_ix("p0");
    refused(&mut pool, &accept, &["p0"], IndexError::PersonUnsettled);
    let apply = token_ix::apply_policy(&token_of("p0"), &key("carol"));
    pool.send(&apply, &["carol"]).succeeded();
    // The index could not send the shares on.
    refused(&mut pool, &accept, &["p0"], IndexError::NotTransferable);
    let index = pool.index;
    let set = token_ix::set_venue(&pool.token("p0"), &index, true);
    pool.send(&set, &["p0"]).succeeded();
    refused(&mut pool, &accept, &["p0"], IndexError::PersonUnsettled);
    pool.world.pass(7 * DAY);
    let apply = token_ix::apply_venue(&token_of("p0"), &index);
    pool.send(&apply, &[]).succeeded();
    pool.harvest_all();
    done(&mut pool, &accept, &["p0"]);
}

#[test]
fn a_member_deals_again_and_nothing_begins_anew() {
    let mut pool = joined();
    let first = pool.membership("p0").data;
    pool.offer("p0", 500 * ONE, INDEX_ONE + 1);
    notice(&mut pool);
    let accept = pool.accept_ix("p0");
    let IndexEvent::MembershipAccepted(event) = done(&mut pool, &accept, &["p0"]) else {
        panic!("another event")
    };
    // The odd atom is locked.
    assert_eq!(event.locked, 5 * INDEX_ONE + INDEX_ONE / 2 + 1);
    assert_eq!(event.members, 1);
    let second = pool.membership("p0").data;
    assert_eq!(
        (second.token_shares, second.index_shares),
        (1_500 * ONE, 11 * INDEX_ONE + 1)
    );
    assert_eq!(second.joined_at, first.joined_at);
    assert_eq!(pool.index().data.members_locked, second.locked);
    // Who bought the token deals once the membership is theirs.
    sell(&mut pool, "p0", "p0", "bob");
    pool.offer("p0", 500 * ONE, INDEX_ONE);
    notice(&mut pool);
    pool.open_shares("bob");
    let accept = pool.accept_ix("p0");
    refused(&mut pool, &accept, &["bob"], IndexError::NotMember);
    // Nor is there a deal with whoever is about to leave, or has left.
    let mut pool = joined();
    pool.offer("p0", 500 * ONE, INDEX_ONE);
    let end = ix::end_membership(&pool.membership("p0"), &key("curator"));
    pool.send(&end, &["curator"]).succeeded();
    notice(&mut pool);
    let accept = pool.accept_ix("p0");
    refused(&mut pool, &accept, &["p0"], IndexError::MembershipEnding);
    let apply = pool.apply_end_ix("p0");
    pool.send(&apply, &[]).succeeded();
    refused(
        &mut pool,
        &accept,
        &["p0"],
        IndexError::WrongMembershipStatus,
    );
}

#[test]
fn the_last_atom_is_locked() {
    let mut pool = launched();
    pool.open_shares("p0");
    pool.offer("p0", ONE, 1);
    notice(&mut pool);
    let accept = pool.accept_ix("p0");
    let IndexEvent::MembershipAccepted(event) = done(&mut pool, &accept, &["p0"]) else {
        panic!("another event")
    };
    assert_eq!((event.index_shares, event.locked), (1, 1));
    assert_eq!(pool.shares("p0"), 0);
}
