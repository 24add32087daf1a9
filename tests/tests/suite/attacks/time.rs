//! Clocks of nodes that disagree.

use {
    super::key,
    upside_sdk::{index::instruction as index_ix, instruction as ix},
    upside_tests::{
        cases::{index::launched, streaming},
        people::person,
        world::{DAY, ONE},
    },
};

#[test]
fn a_clock_that_steps_back_pays_no_dividend_twice() {
    let mut world = streaming();
    let (before, quote) = (world.cash("bob"), world.quote);
    let mut earned = Vec::new();
    for seconds in [0, -3_600, 3_600, -2 * DAY, 2 * DAY, 30 * DAY, -30 * DAY] {
        world.pass(seconds);
        let claim = ix::collect_dividend(&world.token(), &key("bob"), &quote).unwrap();
        // Where nothing is due it may be refused, by name.
        let outcome = world.send(&claim, &[&person("bob")]);
        if outcome.error.is_some() {
            outcome.named_failure("a claim of nothing");
        }
        earned.push(world.cash("bob") - before);
        world.check_books(&["founder", "bob", "carol"]);
    }
    // Half of the week: 300 of bob's 600. Then nothing until the clock is past it.
    assert!(
        earned[..5].iter().all(|sum| *sum == 300 * ONE),
        "{earned:?}"
    );
    assert!(earned[5] > 600 * ONE - 10 && earned[5] <= 600 * ONE);
    assert_eq!(earned[6], earned[5]);
}

#[test]
fn a_clock_that_steps_back_charges_no_fee_twice() {
    let mut steady = launched();
    let mut jumpy = steady.fork();
    let collect = index_ix::collect_fees(&steady.index());
    steady.world.pass(90 * DAY);
    steady.send(&collect, &[]).succeeded();
    for seconds in [60 * DAY, -40 * DAY, 40 * DAY, -DAY, 31 * DAY] {
        jumpy.world.pass(seconds);
        let outcome = jumpy.send(&collect, &[]);
        if outcome.error.is_some() {
            outcome.named_failure("no fee");
        }
        jumpy.check_books();
    }
    let (steady, jumpy) = (steady.index().data.supply, jumpy.index().data.supply);
    // Collected more often, a fee is charged on fees: a few parts in a million.
    assert!(
        jumpy >= steady && jumpy - steady < steady / 100_000,
        "{steady} {jumpy}"
    );
}
