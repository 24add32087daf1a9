//! The comparison notices every byte of an index and of what belongs to it.

#![allow(clippy::single_range_in_vec_init, reason = "lists of ranges")]

use {
    crate::mutated::{begin, notices_all},
    core::{mem::offset_of, ops::Range},
    upside_sdk::{
        Pubkey,
        index::{
            AcceptArgs, Action, Announcement, AnnouncementPlace, Basket, Coin, DueNote,
            FeeRecipient, IndexParameters, Lock, OfferTerms, Order, OrderInput, PooledIndex,
            Rebalance, SealArgs, Side, StoredAction, VoteMark, VoteSide, find_announcement,
            find_basket, find_candidacy, find_lock, find_membership, find_offer, find_rebalance,
            find_subject, find_tickets, find_wrapper, instruction as ix,
        },
    },
    upside_tests::oracle::{
        run::{Run, Step},
        steps::index::{deals::harvest_everybody, wraps},
    },
    upside_tests::{
        pool::INDEX_ONE,
        votes::{highest_fees, recipients},
        world::{DAY, NEVER, ONE},
    },
};

/// The padding of elements of an array: from a place in each to its end.
fn gaps<T>(start: usize, count: usize, from: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count).map(move |place| {
        let element = start + place * size_of::<T>();
        element + from..element + size_of::<T>()
    })
}

#[test]
fn indexes() {
    let (mut run, _) = begin();
    let key = run.pool.index;
    rebalance(&mut run, &key);
    let fees = offset_of!(PooledIndex, parameters);
    let mut free = vec![5..8, fees + 6..fees + size_of::<IndexParameters>()];
    let portion = offset_of!(FeeRecipient, portion_bps) + 2;
    free.extend(gaps::<FeeRecipient>(
        offset_of!(PooledIndex, recipients),
        4,
        portion,
    ));
    let used = offset_of!(Coin, used) + 1;
    free.extend(gaps::<Coin>(offset_of!(PooledIndex, coins), 8, used));
    let vetoes = offset_of!(AnnouncementPlace, vetoes) + 1;
    let places = offset_of!(PooledIndex, announcements);
    free.extend(gaps::<AnnouncementPlace>(places, 6, vetoes));
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
    let mut free = vec![6..8];
    let coin = offset_of!(DueNote, coin) + 1;
    free.extend(gaps::<DueNote>(offset_of!(Basket, notes), 96, coin));
    notices_all(&mut run, find_basket(&index, &bob, 7).0, 8, &free);
}

/// P0 is offered a deal, the first announcement.
fn offered() -> (Run, Pubkey) {
    let (mut run, token) = begin();
    let (index, curator) = (run.pool.index, run.key("curator"));
    let terms = OfferTerms {
        token_shares: ONE,
        index_shares: INDEX_ONE,
    };
    let account = run.pool.index();
    let offer = ix::offer_membership(&account, &run.pool.payer(), &curator, &token, terms);
    run.must(Step::new("an offer", offer, &["curator"], move |model| {
        model.offer_membership(&index, &curator, &token, &terms)
    }));
    (run, token)
}

/// P0 accepted it, in the second in which the notice is over and everybody was harvested.
fn joined() -> (Run, Pubkey) {
    let (mut run, token) = offered();
    let (index, owner) = (run.pool.index, run.key("p0"));
    run.pass(3 * DAY);
    let account = run.pool.index();
    harvest_everybody(&mut run, &account);
    let args = AcceptArgs {
        most_gives: ONE,
        least_index_shares: INDEX_ONE,
        deadline: NEVER,
    };
    let (payer, theirs) = (run.pool.payer(), run.token("p0"));
    let (offer, subject) = (run.pool.offered("p0"), run.model.subjects[&owner]);
    let accept = ix::accept_membership(&account, &payer, &theirs, &offer, Some(&subject), args);
    run.must(Step::new("a member", accept, &["p0"], move |model| {
        model.accept_membership(&index, &owner, 1, &args)
    }));
    (run, token)
}

#[test]
fn offers() {
    let (mut run, _) = offered();
    let offer = find_offer(&run.pool.index, 1).0;
    notices_all(&mut run, offer, 4, &[2..8]);
}

#[test]
fn memberships() {
    let (mut run, token) = joined();
    let membership = find_membership(&run.pool.index, &token).0;
    notices_all(&mut run, membership, 8, &[4..8]);
}

#[test]
fn subjects() {
    let (mut run, _) = joined();
    let owner = run.key("p0");
    let subject = find_subject(&run.pool.index, &run.model.subjects[&owner]).0;
    notices_all(&mut run, subject, 2, &[2..8]);
}

/// Actions of several kinds are announced.
fn announced() -> Run {
    let (mut run, _) = begin();
    let (index, curator) = (run.pool.index, run.key("curator"));
    let actions = vec![
        Action::SetFees(highest_fees()),
        Action::SetRecipients(recipients(&[("treasury", 4_000), ("bob", 6_000)])),
    ];
    let call = ix::announce(&run.pool.index(), &run.pool.payer(), actions.clone());
    run.must(Step::new(
        "an announcement",
        call,
        &["curator"],
        move |model| model.announce_actions(&index, &curator, &actions),
    ));
    run
}

#[test]
fn announcements() {
    let mut run = announced();
    let mut free = vec![3..8];
    let place = offset_of!(Announcement, actions);
    let portion = offset_of!(FeeRecipient, portion_bps) + 2;
    for action in 0..8 {
        let start = place + action * size_of::<StoredAction>();
        let fees = start + offset_of!(StoredAction, fees);
        free.push(start + 2..start + 8);
        free.push(fees + 6..fees + size_of::<IndexParameters>());
        let named = start + offset_of!(StoredAction, recipients);
        free.extend(gaps::<FeeRecipient>(named, 4, portion));
    }
    let announcement = find_announcement(&run.pool.index, 1).0;
    notices_all(&mut run, announcement, 4, &free);
}

/// The curator locks index shares, counts against an announcement and backs Carol.
fn locked() -> Run {
    let mut run = announced();
    let (index, curator) = (run.pool.index, run.key("curator"));
    let (carol, payer) = (run.key("carol"), run.pool.payer());
    let lock = ix::lock_shares(&run.pool.index(), &payer, &curator, INDEX_ONE / 2);
    run.must(Step::new("a lock", lock, &["curator"], move |model| {
        model.lock_shares(&index, &curator, INDEX_ONE / 2)
    }));
    let stand = ix::open_candidacy(&index, &payer, &carol);
    run.must(Step::new("a candidate", stand, &["carol"], move |model| {
        model.open_candidacy(&index, &carol)
    }));
    run.pass(3 * DAY);
    let back = ix::back_candidate(&run.pool.lock("curator"), Some(&carol));
    run.must(Step::new("a backer", back, &["curator"], move |model| {
        model.back_candidate(&index, &curator, Some(&carol))
    }));
    let veto = ix::veto(&run.pool.index(), &curator, 1);
    run.must(Step::new("a veto", veto, &["curator"], move |model| {
        model.vote(&index, &curator, 1, VoteSide::Against)
    }));
    run
}

#[test]
fn locks() {
    let mut run = locked();
    let mut free = vec![2..8];
    let side = offset_of!(VoteMark, side) + 1;
    free.extend(gaps::<VoteMark>(offset_of!(Lock, marks), 6, side));
    let curator = run.key("curator");
    let lock = find_lock(&run.pool.index, &curator).0;
    notices_all(&mut run, lock, 4, &free);
}

#[test]
fn candidacies() {
    let mut run = locked();
    let carol = run.key("carol");
    let candidacy = find_candidacy(&run.pool.index, &carol).0;
    notices_all(&mut run, candidacy, 4, &[2..8]);
}

#[test]
fn wrappers() {
    let (mut run, token) = begin();
    let index = run.pool.index;
    wraps::moves(&mut run, &token, 2).expect("transfers stop");
    let account = run.pool.index();
    let note = wraps::noting(&mut run, &account, 0).expect("a slot");
    run.must(note);
    run.pass(3 * DAY);
    let wrap = wraps::wrapping(&mut run, &account, 0).expect("a slot");
    run.must(wrap);
    let wrapper = find_wrapper(&find_tickets(&index, 0).0).0;
    notices_all(&mut run, wrapper, 4, &[7..8]);
}

/// A rebalance of a person's shares for cash.
fn rebalance(run: &mut Run, index: &Pubkey) {
    let (key, curator) = (*index, run.key("curator"));
    let open = ix::open_rebalance(&run.pool.index(), &run.pool.payer());
    run.must(Step::new("a draft", open, &["curator"], move |model| {
        model.open_rebalance(&key, &curator)
    }));
    let order = |slot, side, target, supply| OrderInput {
        slot,
        side,
        target,
        low: 2 << 64,
        high: 3 << 64,
        supply,
    };
    let supply = run.token("p0").data.supply;
    let orders = vec![
        order(0, Side::Sell, 900_000, supply),
        order(2, Side::Buy, 1_000 * ONE, 0),
    ];
    let add = ix::add_orders(&run.pool.index(), orders.clone()).unwrap();
    run.must(Step::new("orders", add, &["curator"], move |model| {
        model.add_orders(&key, &curator, &orders)
    }));
    let args = SealArgs {
        content: run.pool.rebalance().data.hash(),
        duration: 21_600,
        long_notice: false,
        by_majority: false,
    };
    let seal = ix::seal_rebalance(&run.pool.index(), args);
    run.must(Step::new("sealed", seal, &["curator"], move |model| {
        model.seal_rebalance(&key, &curator, &args)
    }));
}

#[test]
fn rebalances() {
    let (mut run, _) = begin();
    let index = run.pool.index;
    rebalance(&mut run, &index);
    let key = find_rebalance(&index).0;
    let mut free = vec![5..8];
    let side = offset_of!(Order, side) + 1;
    free.extend(gaps::<Order>(offset_of!(Rebalance, orders), 64, side));
    notices_all(&mut run, key, 2, &free);
}
