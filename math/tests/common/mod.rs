//! Inputs and settings that all suites share.
#![allow(dead_code, reason = "each suite takes what it needs")]

use proptest::prelude::*;
use upside_math::Bps;

/// Cases of every property.
pub const CASES: u32 = 10_000;

/// Settings of one suite: its number of cases, and where its past failures stand.
/// An absolute path: proptest finds no place of its own for files in `tests/`.
macro_rules! config {
    ($suite:literal) => {
        ProptestConfig {
            failure_persistence: Some(Box::new(
                proptest::test_runner::FileFailurePersistence::Direct(concat!(
                    env!("CARGO_MANIFEST_DIR"),
                    "/proptest-regressions/",
                    $suite,
                    ".txt"
                )),
            )),
            // Ten times as fast as the default in the test profile.
            rng_algorithm: proptest::test_runner::RngAlgorithm::XorShift,
            ..ProptestConfig::with_cases(common::CASES)
        }
    };
}
pub(crate) use config;

/// Any number: uniform, of uniform size, small, or extreme.
pub fn number() -> impl Strategy<Value = u64> {
    prop_oneof![
        2 => any::<u64>(),
        3 => (any::<u64>(), 0u32..64).prop_map(|(number, shift)| number >> shift),
        2 => 0u64..=20,
        2 => (0u32..64, 0u64..=2).prop_map(|(bit, off)| (1u64 << bit).wrapping_add(off).wrapping_sub(1)),
        1 => prop_oneof![Just(0u64), Just(1), Just(u64::MAX - 1), Just(u64::MAX)],
    ]
}

/// As [`number`], above zero.
pub fn positive() -> impl Strategy<Value = u64> {
    number().prop_map(|number| number.max(1))
}

/// A part and a whole of at least one: `part <= whole`, often near an end.
pub fn part_of_whole() -> impl Strategy<Value = (u64, u64)> {
    (positive(), number(), 0u8..8).prop_map(|(whole, part, kind)| match kind {
        0 => (whole, whole),
        1 => (whole - 1, whole),
        2 => (whole.min(1), whole),
        _ => (
            if part <= whole {
                part
            } else {
                part % (whole.saturating_add(1))
            },
            whole,
        ),
    })
}

/// Any part in basis points, the ends often.
pub fn bps() -> impl Strategy<Value = Bps> {
    prop_oneof![6 => 0u16..=10_000, 1 => Just(0u16), 1 => Just(1), 1 => Just(9_999), 1 => Just(10_000)]
        .prop_map(|bps| Bps::new(bps).unwrap())
}
