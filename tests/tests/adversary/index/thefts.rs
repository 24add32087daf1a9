//! The checks over an index see thefts: each is done past the program, by writing accounts.

use {
    super::attacks::{facts, free, key},
    crate::taken_out::write,
    std::collections::BTreeSet,
    upside_sdk::{
        index::{PooledIndex, find_basket, instruction as ix},
        state::Holder,
    },
    upside_tests::{
        invariant::{self, Rule},
        pool::{INDEX_ONE, PoolWorld},
        world::{DAY, ONE},
    },
};

/// A world in which bob and carol hold shares of an index to which dividends are due, and
/// bob waits for a payout.
fn scene() -> PoolWorld {
    let mut pool = free(2);
    for name in ["bob", "carol"] {
        pool.contribute(name, 100 * INDEX_ONE);
    }
    pool.pay_revenue("p0", 100_000 * ONE);
    pool.world.pass(DAY);
    let args = pool.redeem_args(10 * INDEX_ONE);
    let out = ix::redeem_to_basket(&pool.index(), &key("bob"), 1, args);
    pool.send(&out, &["bob"]).succeeded();
    pool
}

/// Which rules a theft breaks.
fn broken(theft: impl FnOnce(&mut PoolWorld)) -> BTreeSet<Rule> {
    let mut pool = scene();
    let before = facts(&mut pool);
    theft(&mut pool);
    let after = facts(&mut pool);
    let found = invariant::check_index(&before, &after, &BTreeSet::new(), true);
    assert!(found.checks > 10);
    found.breaches.into_iter().map(|it| it.rule).collect()
}

#[track_caller]
fn sees(rule: Rule, theft: impl FnOnce(&mut PoolWorld)) {
    let broken = broken(theft);
    assert!(broken.contains(&rule), "{broken:?}");
}

fn change(pool: &mut PoolWorld, change: impl FnOnce(&mut PooledIndex)) {
    let mut index = pool.index();
    change(&mut index.data);
    write(&mut pool.world, index.key, &index.data);
}

#[test]
fn nothing_is_reported_if_nothing_happens_to_an_index() {
    assert_eq!(broken(|_| {}), BTreeSet::new());
    assert_eq!(broken(|pool| pool.world.pass(3 * DAY)), BTreeSet::new());
    assert_eq!(broken(PoolWorld::harvest_all), BTreeSet::new());
}

/// Mints index shares that nobody paid for.
fn mint(pool: &mut PoolWorld, atoms: u64) {
    let place = pool.index().data.mint;
    let mut account = pool.world.engine.account(&place).unwrap();
    let supply = u64::from_le_bytes(account.data[36..44].try_into().unwrap());
    account.data[36..44].copy_from_slice(&(supply + atoms).to_le_bytes());
    pool.world.engine.set_account(place, account);
    change(pool, |it| it.supply += atoms);
}

#[test]
fn index_shares_out_of_nothing_are_seen() {
    for atoms in [1, 1_000 * INDEX_ONE] {
        sees(Rule::Backing, |pool| mint(pool, atoms));
        sees(Rule::Backing, |pool| {
            change(pool, |it| it.pending_fee_shares += atoms)
        });
    }
}

#[test]
fn a_single_atom_of_a_slot_is_missed() {
    for slot in [0, 1] {
        sees(Rule::Backing, |pool| {
            change(pool, |it| it.constituents[slot].counter -= 1);
        });
    }
    // Of coins, one for each person may be rounded away.
    sees(Rule::Backing, |pool| {
        change(pool, |it| it.constituents[2].counter -= 3);
    });
}

#[test]
fn dividends_that_vanish_are_seen() {
    sees(Rule::Backing, |pool| {
        let index = pool.index;
        let mut ours = pool.holder("p0", &index);
        for stream in &mut ours.data.streams {
            *stream = Default::default();
        }
        let mut token = pool.token("p0");
        for (mine, stream) in ours.data.streams.iter_mut().zip(&token.data.streams) {
            mine.checkpoint = stream.index;
        }
        token.data.streams[0].remaining = 0;
        write::<Holder>(&mut pool.world, ours.key, &ours.data);
        let key = token.key;
        write(&mut pool.world, key, &token.data);
    });
}

#[test]
fn custody_that_leaves_past_the_books_is_seen() {
    sees(Rule::Books, |pool| {
        let index = pool.index;
        let mut ours = pool.holder("p0", &index);
        ours.data.shares -= 1;
        write::<Holder>(&mut pool.world, ours.key, &ours.data);
    });
    sees(Rule::Books, |pool| {
        let (index, quote) = (pool.index, pool.world.quote);
        let held = pool.index().data.constituents[2];
        let held = pool.world.balance(&held.custody);
        pool.world.give(&index, &quote, held - 1);
    });
}

#[test]
fn a_payout_that_shrinks_is_seen() {
    let place = |pool: &PoolWorld| find_basket(&pool.index, &key("bob"), 1).0;
    sees(Rule::Property, |pool| {
        let mut basket = pool.basket("bob", 1);
        basket.data.amounts[0] -= 1;
        let place = place(pool);
        write(&mut pool.world, place, &basket.data);
        change(pool, |it| it.constituents[0].pending -= 1);
    });
    // Only the books of it.
    sees(Rule::Books, |pool| {
        change(pool, |it| it.constituents[0].pending -= 1)
    });
}

#[test]
fn shares_that_change_hands_unsigned_are_seen_in_an_index() {
    sees(Rule::Property, |pool| {
        let mint = pool.index().data.mint;
        let program = upside_sdk::address::TOKEN_2022_PROGRAM;
        let place = upside_sdk::address::find_associated(&key("bob"), &mint, &program).0;
        let mut account = pool.world.engine.account(&place).unwrap();
        let has = u64::from_le_bytes(account.data[64..72].try_into().unwrap());
        account.data[64..72].copy_from_slice(&(has - 1).to_le_bytes());
        pool.world.engine.set_account(place, account);
    });
}

#[test]
fn fees_that_rise_unannounced_are_seen() {
    sees(Rule::Terms, |pool| {
        change(pool, |it| it.parameters.exit_fee_bps += 1)
    });
    sees(Rule::Terms, |pool| {
        change(pool, |it| it.terms.equal_share_bps += 1)
    });
    sees(Rule::Terms, |pool| {
        change(pool, |it| it.curator = key("mallory"))
    });
}
