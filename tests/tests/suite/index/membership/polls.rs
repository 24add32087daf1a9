//! What the index says in polls of a person: no to more shares, and nothing else.

use {
    super::*,
    upside_sdk::{TokenError, address::find_holder},
};

/// An index with more than a tenth of what is eligible in p0's polls.
fn large() -> PoolWorld {
    let mut pool = plain_index(2);
    pool.contribute("carol", 40_000 * INDEX_ONE);
    pool.world.pass(1);
    pool
}

fn poll(pool: &mut PoolWorld, number: u64) -> upside_sdk::state::PollSlot {
    let token = pool.token("p0").data;
    *token.slot_of(number).expect("it is open").1
}

#[test]
fn anybody_has_the_index_answer_against_more_shares() {
    for change in [Change::SupplyCap(u64::MAX), Change::Room(5_000)] {
        let mut pool = large();
        let number = pool.put_poll("p0", "p0", change);
        let held = pool.index().data.constituents[0].counter;
        approve(&mut pool, "p0", number);
        let before = poll(&mut pool, number);
        assert!(before.passed_at > 0, "without the index it passes");
        let oppose = ix::oppose_poll(&pool.index, &token_of("p0"), number);
        let IndexEvent::PollOpposed(event) = done(&mut pool, &oppose, &[]) else {
            panic!("another event")
        };
        assert_eq!((event.token, event.poll), (token_of("p0"), number));
        let after = poll(&mut pool, number);
        assert_eq!((after.against, after.passed_at), (held, 0));
        assert_eq!(after.in_favor, before.in_favor);
        // Said again it weighs the same, and the poll is never applied.
        done(&mut pool, &oppose, &[]);
        assert_eq!(poll(&mut pool, number).against, held);
        pool.world.pass(8 * DAY);
        let at = find_poll(&token_of("p0"), number).0;
        let apply = token_ix::apply_poll(&pool.world.get::<Poll>(&at), &key("carol"));
        pool.send(&apply, &["carol"])
            .refused(TokenError::PollObjected);
    }
}

#[test]
fn in_other_polls_it_says_nothing() {
    for change in [
        Change::CashOutTax(2_000),
        Change::Royalty(100),
        Change::Dissolve,
    ] {
        let mut pool = launched();
        let number = pool.put_poll("p0", "p0", change);
        let oppose = ix::oppose_poll(&pool.index, &token_of("p0"), number);
        refused(&mut pool, &oppose, &[], IndexError::NotOpposed);
    }
}

#[test]
fn it_answers_with_its_own_account_in_polls_of_that_person() {
    let mut pool = launched();
    let number = pool.put_poll("p0", "p0", Change::SupplyCap(u64::MAX));
    let other = pool.put_poll("p1", "p1", Change::SupplyCap(u64::MAX));
    let good = ix::oppose_poll(&pool.index, &token_of("p0"), number);
    let mut theft = good.clone();
    theft.accounts[2].pubkey = find_holder(&token_of("p0"), &key("bob")).0;
    refused(&mut pool, &theft, &[], IndexError::WrongHolder);
    theft.accounts[2].pubkey = find_holder(&token_of("p1"), &pool.index).0;
    refused(&mut pool, &theft, &[], IndexError::WrongHolder);
    let mut mixed = good.clone();
    mixed.accounts[3].pubkey = find_poll(&token_of("p1"), other).0;
    refused(&mut pool, &mixed, &[], IndexError::WrongAccount);
    let mut elsewhere = good.clone();
    elsewhere.accounts[4].pubkey = upside_sdk::index::PROGRAM_ID;
    refused(&mut pool, &elsewhere, &[], IndexError::WrongAccount);
    done(&mut pool, &good, &[]);
}

/// What came to the index after the put weighs nothing: nobody borrows a voice for it.
#[test]
fn shares_that_came_after_the_put_weigh_nothing() {
    let mut pool = plain_index(2);
    let number = pool.put_poll("p0", "p0", Change::SupplyCap(u64::MAX));
    let held = pool.index().data.constituents[0].counter;
    pool.contribute("carol", 40_000 * INDEX_ONE);
    let oppose = ix::oppose_poll(&pool.index, &token_of("p0"), number);
    done(&mut pool, &oppose, &[]);
    assert_eq!(poll(&mut pool, number).against, held);
}
