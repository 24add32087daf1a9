//! The checks see thefts: each is done past the program, by writing accounts.

use {
    crate::taken_out::write,
    std::collections::BTreeSet,
    upside_sdk::{Pubkey, address::find_holder},
    upside_tests::{
        cases::{for_receipt, receipt, take_custody, unlisted, with_estate},
        invariant::{self, Facts, Rule},
        people::person,
        world::{DAY, ONE, World},
    },
};

/// A world in which bob and carol hold shares of a reserve and of a stream.
fn scene() -> World {
    let mut w = World::new();
    w.issue("bob", 60_000 * ONE);
    w.issue("carol", 40_000 * ONE);
    w.give_reserve(10_000 * ONE);
    w.pay_revenue(100_000 * ONE);
    w.open_holder("mallory");
    w.pass(DAY);
    w
}

/// Which rules a theft breaks.
fn broken(theft: impl FnOnce(&mut World)) -> BTreeSet<Rule> {
    broken_in(scene(), theft)
}

/// The same in another world.
fn broken_in(mut w: World, theft: impl FnOnce(&mut World)) -> BTreeSet<Rule> {
    let token = w.token;
    let before = Facts::read(&mut w.engine, &token).unwrap();
    theft(&mut w);
    let after = Facts::read(&mut w.engine, &token).unwrap();
    let found = invariant::check(&before, &after, &BTreeSet::new());
    assert!(found.checks > 10);
    found.breaches.into_iter().map(|it| it.rule).collect()
}

#[track_caller]
fn sees(rule: Rule, theft: impl FnOnce(&mut World)) {
    let broken = broken(theft);
    assert!(broken.contains(&rule), "{broken:?}");
}

fn holder_key(w: &World, name: &str) -> Pubkey {
    find_holder(&w.token, &crate::attacks::key(name)).0
}

#[test]
fn nothing_is_reported_if_nothing_happens() {
    assert_eq!(broken(|_| {}), BTreeSet::new());
    assert_eq!(broken(|w| w.pass(3 * DAY)), BTreeSet::new());
}

#[test]
fn shares_out_of_nothing_are_seen() {
    for atoms in [1, ONE, 1_000_000_000_000 * ONE] {
        sees(Rule::Backing, |w| {
            let (mut token, mut mine) = (w.token().data, w.holder("mallory").data);
            token.supply += atoms;
            token.registered += atoms;
            mine.shares += atoms;
            let (key, place) = (w.token, holder_key(w, "mallory"));
            write(w, key, &token);
            write(w, place, &mine);
        });
    }
}

#[test]
fn a_single_atom_of_the_reserve_is_missed() {
    sees(Rule::Backing, |w| {
        let mut token = w.token().data;
        token.assets[0].reserve -= 1;
        let key = w.token;
        write(w, key, &token);
    });
}

#[test]
fn shares_that_change_hands_unsigned_are_seen() {
    sees(Rule::Property, |w| {
        let (mut bob, mut mine) = (w.holder("bob").data, w.holder("mallory").data);
        bob.shares -= 1;
        mine.shares += 1;
        let (of_bob, of_mallory) = (holder_key(w, "bob"), holder_key(w, "mallory"));
        write(w, of_bob, &bob);
        write(w, of_mallory, &mine);
    });
    sees(Rule::Property, |w| {
        let cash = w.cash("bob");
        w.give_quote(&crate::attacks::key("bob"), cash - 1);
    });
}

#[test]
fn earnings_that_vanish_are_seen() {
    // What streams goes to somebody who came from nowhere.
    sees(Rule::Earned, |w| {
        let mut token = w.token().data;
        token.registered += 1_000 * ONE;
        let key = w.token;
        write(w, key, &token);
    });
    // What is owed is forgotten.
    sees(Rule::Earned, |w| {
        let mut bob = w.holder("bob").data;
        let stream = w.token().data.streams[0];
        let released = stream
            .plain()
            .release(w.now(), upside_sdk::Shares(w.token().data.registered));
        bob.streams[0].checkpoint = released.unwrap().index.into();
        let place = holder_key(w, "bob");
        write(w, place, &bob);
    });
}

#[test]
fn books_that_do_not_add_up_are_seen() {
    sees(Rule::Books, |w| {
        let mut token = w.token().data;
        token.assets[0].reserve += 1;
        let key = w.token;
        write(w, key, &token);
    });
    sees(Rule::Books, |w| {
        let mut mine = w.holder("mallory").data;
        mine.shares += 1;
        let place = holder_key(w, "mallory");
        write(w, place, &mine);
    });
}

#[test]
fn shares_beyond_the_cap_are_seen() {
    sees(Rule::Supply, |w| {
        let mut token = w.token().data;
        token.offered = token.terms.supply_cap - token.supply + 1;
        let key = w.token;
        write(w, key, &token);
    });
}

/// A wind-down that shares custody out; bob has redeemed 20 of his 60 shares for a receipt.
fn estate() -> World {
    let mut w = with_estate();
    let redeem = for_receipt(&mut w, "bob", 20 * ONE);
    w.send(&redeem, &[&person("bob")]).ok();
    w
}

#[test]
fn custody_that_goes_to_some_is_seen() {
    assert_eq!(broken_in(estate(), |_| {}), BTreeSet::new());
    // Units leave for nobody's account.
    let broken = broken_in(estate(), |w| {
        let mut claim = w.claim(0);
        claim.data.released += 10 * ONE;
        write(w, claim.key, &claim.data);
    });
    assert!(broken.contains(&Rule::Custody), "{broken:?}");
    // The estate is opened anew: receipts of before have no part of it.
    let broken = broken_in(estate(), |w| {
        let (mut claim, mut token) = (w.claim(0), w.token());
        token.data.estates += 1;
        claim.data.estate = token.data.estates;
        claim.data.estate_from = token.data.receipted;
        write(w, claim.key, &claim.data);
        write(w, token.key, &token.data);
    });
    assert!(broken.contains(&Rule::Custody), "{broken:?}");
    // A receipt is used up by somebody, and nothing is paid.
    let broken = broken_in(estate(), |w| {
        let mut mine = receipt(w, "bob");
        mine.data.taken[0] = 1;
        let mut claim = w.claim(0);
        claim.data.estate_collected += mine.data.shares;
        write(w, mine.key, &mine.data);
        write(w, claim.key, &claim.data);
    });
    assert!(broken.contains(&Rule::Custody), "{broken:?}");
}

#[test]
fn custody_that_leaves_a_living_token_is_seen() {
    let custody = || {
        let mut w = scene();
        let mint = unlisted(&mut w, "custody mint");
        take_custody(&mut w, &mint, 1_000 * ONE);
        w
    };
    // For nothing, past any auction.
    let broken = broken_in(custody(), |w| {
        let mut claim = w.claim(1);
        claim.data.exited += 10 * ONE;
        write(w, claim.key, &claim.data);
    });
    assert!(broken.contains(&Rule::Custody), "{broken:?}");
    // Out of the vault, past the books.
    let broken = broken_in(custody(), |w| {
        let claim = w.claim(1);
        w.give(&claim.key, &claim.data.mint, 999 * ONE);
    });
    assert!(broken.contains(&Rule::Books), "{broken:?}");
    // Written off although the vault holds it.
    let broken = broken_in(custody(), |w| {
        let mut claim = w.claim(1);
        claim.data.written_off += 10 * ONE;
        write(w, claim.key, &claim.data);
    });
    assert!(broken.contains(&Rule::Custody), "{broken:?}");
}
