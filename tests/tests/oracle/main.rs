//! Random sequences of everything that people can do, against a model that predicts
//! every balance and every counter.
//!
//! `UPSIDE_SEQUENCES` sets how many sequences run, `UPSIDE_SEED` the first seed. A
//! failure prints its seed and the fewest of its steps that fail; put that seed into
//! `REGRESSIONS`. `UPSIDE_SHRINK_SECONDS` bounds how long fewer steps are looked for.

mod ignored_bytes;
mod mutated;
mod mutated_index;
mod soak;

use upside_tests::oracle::{coverage, run::Run, sequence};

/// Sequences of all parts together, unless `UPSIDE_SEQUENCES` says otherwise.
const SEQUENCES: u64 = 1_000;
/// Tests that share the sequences.
const PARTS: u64 = 4;
/// Seeds that failed once.
const REGRESSIONS: &[u64] = &[];

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
