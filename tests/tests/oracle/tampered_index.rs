//! The comparison notices every byte of an index and of what belongs to it.

#![allow(clippy::single_range_in_vec_init, reason = "lists of ranges")]

use {
    crate::{
        run::{Run, Step},
        tampered::{begin, notices_all},
    },
    core::{mem::offset_of, ops::Range},
    upside_sdk::{
        Pubkey,
        index::{
            AuctionTerms, CashBook, Constituent, Index, OfferTerms, Parameters, Terms, TradeRef,
            find_auction, find_basket, find_membership, instruction as ix,
        },
    },
    upside_tests::{
        pool::INDEX_ONE,
        world::{DAY, ONE},
    },
};

/// The padding of elements of an array: from a place in each to its end.
fn gaps<T>(start: usize, count: usize, from: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count).map(move |place| {
        let element = start + place * size_of::<T>();
        element + from..element + size_of::<T>()
    })
}

/// Puts a value at the end of terms: between them is padding.
fn tail(start: usize, before: usize, last: usize, size: usize) -> [Range<usize>; 2] {
    [start + before..start + last, start + last + 4..start + size]
}

#[test]
fn indexes() {
    let (mut run, _) = begin();
    let key = run.pool.index;
    auction(&mut run, &key);
    let mut free = vec![5..8];
    let notice = offset_of!(Terms, notice_seconds);
    let terms = offset_of!(Index, terms);
    free.extend(tail(terms, 6, notice, size_of::<Terms>()));
    let age = offset_of!(Parameters, max_harvest_age);
    for start in [
        offset_of!(Index, parameters),
        offset_of!(Index, pending_parameters),
    ] {
        free.extend(tail(start, 6, age, size_of::<Parameters>()));
    }
    let used = offset_of!(CashBook, used) + 1;
    free.extend(gaps::<CashBook>(offset_of!(Index, cash), 4, used));
    let used = offset_of!(TradeRef, used) + 1;
    free.extend(gaps::<TradeRef>(offset_of!(Index, auctions), 8, used));
    // Where nothing is held, everything is compared.
    let slots = run.model.indexes[&key].used().count();
    let cash = offset_of!(Constituent, cash) + 1;
    let constituents = offset_of!(Index, constituents);
    free.extend(gaps::<Constituent>(constituents, slots, cash));
    notices_all(&mut run, key, 32, &free);
}

#[test]
fn baskets() {
    let (mut run, _) = begin();
    let (index, bob) = (run.pool.index, run.key("bob"));
    let until = run.now() + DAY;
    let open = ix::open_basket(&index, &bob, 7, INDEX_ONE, until);
    run.must(Step::new("a basket", open, &["bob"], move |model| {
        model.open_basket(&index, &bob, 7, INDEX_ONE, until)
    }));
    let account = run.pool.index();
    let deposit = ix::deposit(&account, &bob, 7, vec![(0, ONE), (2, ONE)]).unwrap();
    run.must(Step::new("a deposit", deposit, &["bob"], move |model| {
        model.deposit_to_basket(&index, &bob, 7, &bob, &[(0, ONE), (2, ONE)])
    }));
    notices_all(&mut run, find_basket(&index, &bob, 7).0, 8, &[3..8]);
}

#[test]
fn memberships() {
    let (mut run, token) = begin();
    let (index, curator, owner) = (run.pool.index, run.key("curator"), run.key("p0"));
    let terms = OfferTerms {
        token_shares: ONE,
        index_shares: INDEX_ONE,
        expires_at: run.now() + 2 * DAY,
    };
    let account = run.pool.index();
    let offer = ix::offer_membership(&account, &run.pool.payer(), &token, terms);
    run.must(Step::new("an offer", offer, &["curator"], move |model| {
        model.offer_membership(&index, &curator, &token, &terms)
    }));
    run.pass(DAY);
    let accept = ix::accept_membership(&account, &run.token("p0"));
    run.must(Step::new("a member", accept, &["p0"], move |model| {
        model.accept_membership(&index, &owner, &token)
    }));
    notices_all(&mut run, find_membership(&index, &token).0, 8, &[3..8]);
}

/// An auction of a person's shares for cash.
fn auction(run: &mut Run, index: &Pubkey) {
    let (key, curator) = (*index, run.key("curator"));
    let weights = vec![(0, 1), (2, 1_000 * ONE)];
    let propose = ix::propose_weights(&run.pool.index(), weights.clone());
    run.must(Step::new("weights", propose, &["curator"], move |model| {
        model.propose_weights(&key, &curator, &weights)
    }));
    run.pass(DAY);
    let apply = ix::apply_weights(&run.pool.index(), &curator);
    run.must(Step::new("apply them", apply, &["curator"], move |model| {
        model.apply_weights(&key, &curator)
    }));
    let terms = AuctionTerms {
        sell_slot: 0,
        buy_slot: 2,
        sell_atoms: ONE,
        start_price: 3 << 64,
        end_price: 1 << 64,
        starts_in: DAY as u32,
        duration: 3_600,
    };
    let open = ix::open_auction(&run.pool.index(), &run.pool.payer(), terms);
    run.must(Step::new("an auction", open, &["curator"], move |model| {
        model.open_auction(&key, &curator, &terms)
    }));
}

#[test]
fn auctions() {
    let (mut run, _) = begin();
    let index = run.pool.index;
    auction(&mut run, &index);
    let key = find_auction(&index, 0).0;
    notices_all(&mut run, key, 8, &[4..8]);
}
