//! Random sequences of everything that people can do, against a model that predicts
//! every balance and every counter.
//!
//! `UPSIDE_SEQUENCES` sets how many sequences run, `UPSIDE_SEED` the first seed. A
//! failure prints its seed and the fewest of its steps that fail; put that seed into
//! `REGRESSIONS`. `UPSIDE_SHRINK_SECONDS` bounds how long fewer steps are looked for.

mod choose;
mod coverage;
mod events;
mod execute;
mod ignored_bytes;
mod mutated;
mod mutated_index;
mod run;
mod sequence;
mod soak;
mod steps;
mod watch;

use {
    run::Run,
    std::sync::{Mutex, MutexGuard},
};

/// Steps of a sequence.
const STEPS: usize = 60;
/// Sequences of all parts together, unless `UPSIDE_SEQUENCES` says otherwise.
const SEQUENCES: u64 = 1_000;
/// Tests that share the sequences.
const PARTS: u64 = 4;
/// Seeds that failed once.
const REGRESSIONS: &[u64] = &[];

/// A step's weight and what it makes of a sequence so far; none where it finds nothing
/// to do.
type Weighted = (u64, fn(&mut Run) -> Option<run::Step>);

/// All steps, by subject.
const SUBJECTS: &[&[Weighted]] = &[
    // Core.
    steps::time::STEPS,
    steps::holders::STEPS,
    steps::approvals::STEPS,
    steps::bearer::STEPS,
    steps::rounds::STEPS,
    steps::money::STEPS,
    steps::claims::STEPS,
    steps::exits::STEPS,
    steps::owner::STEPS,
    // Markets and governance.
    steps::sales::STEPS,
    steps::orders::STEPS,
    steps::grants::STEPS,
    steps::products::STEPS,
    steps::evidence::STEPS,
    steps::polls::STEPS,
    steps::passed::STEPS,
    steps::governance::STEPS,
    steps::endings::STEPS,
    // Indexes.
    steps::index::shares::STEPS,
    steps::index::baskets::STEPS,
    steps::index::deals::STEPS,
    steps::index::members::STEPS,
    steps::index::rebalances::STEPS,
    steps::index::govern::STEPS,
    steps::index::votes::STEPS,
    steps::index::compose::STEPS,
    steps::index::donations::STEPS,
    steps::index::income::STEPS,
    steps::index::wraps::STEPS,
    steps::index::wound_up::STEPS,
];

/// What each sequence begins with, in this order.
const SETUPS: &[fn(&mut Run)] = &[
    // Core.
    steps::people::setup,
    // Markets and governance.

    // Indexes.
    steps::index::setup::setup,
];

/// Runs a part of all sequences.
fn sequences(part: u64) {
    let number = |name, or| std::env::var(name).map_or(or, |text| text.parse().unwrap());
    let all: u64 = number("UPSIDE_SEQUENCES", SEQUENCES);
    let first: u64 = number("UPSIDE_SEED", 0);
    let base = Run::base();
    for place in 0..all.saturating_sub(part).div_ceil(PARTS) {
        sequence::one(&base, first + place * PARTS + part);
    }
    coverage::done(PARTS, all >= SEQUENCES);
}

#[test]
fn first_part() {
    sequences(0);
}

#[test]
fn second_part() {
    sequences(1);
}

#[test]
fn third_part() {
    sequences(2);
}

#[test]
fn fourth_part() {
    sequences(3);
}

#[test]
fn sequences_that_failed_once() {
    let base = Run::base();
    for seed in REGRESSIONS {
        sequence::one(&base, *seed);
    }
}

/// Locks, also where another part failed.
fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
