mod common;

use common::{config, number};
use proptest::prelude::*;
use upside_math::{MathError, Shares, vested};

/// Cliff and duration that fit together.
fn schedule() -> impl Strategy<Value = (u32, u32)> {
    (any::<u32>(), any::<u32>(), 0u32..32).prop_map(|(a, b, shift)| {
        let duration = (a >> shift).max(1);
        (b % (duration.saturating_add(1).max(1)), duration)
    })
}

/// Starts around the time of the tests and anywhere.
fn time() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 1_700_000_000i64..1_900_000_000, 1 => any::<i64>()]
}

proptest! {
    #![proptest_config(config!("vesting"))]

    #[test]
    fn is_linear_between_cliff_and_end(
        total in number(), (cliff, duration) in schedule(), start in time(), passed in any::<u32>(),
    ) {
        let Some(now) = start.checked_add(i64::from(passed)) else { return Ok(()) };
        let exact = if passed < cliff {
            0
        } else if passed >= duration {
            u128::from(total)
        } else {
            u128::from(total) * u128::from(passed) / u128::from(duration)
        };
        let vested = vested(Shares(total), start, cliff, duration, now)?;
        prop_assert_eq!(u128::from(vested.0), exact);
    }

    #[test]
    fn never_falls_and_never_exceeds_the_total(
        total in number(), (cliff, duration) in schedule(), start in time(),
        first in time(), second in time(),
    ) {
        let (early, late) = (first.min(second), first.max(second));
        let before = vested(Shares(total), start, cliff, duration, early)?;
        let after = vested(Shares(total), start, cliff, duration, late)?;
        prop_assert!(before <= after && after <= Shares(total));
        if early < start {
            prop_assert_eq!(before, Shares::ZERO);
        }
    }

    #[test]
    fn impossible_schedules_are_refused(
        total in number(), cliff in any::<u32>(), duration in any::<u32>(), start in time(), now in time(),
    ) {
        let refused = duration == 0 || cliff > duration;
        let result = vested(Shares(total), start, cliff, duration, now);
        prop_assert_eq!(result == Err(MathError::OutOfRange), refused);
    }
}

#[test]
fn a_year_with_a_cliff_of_a_quarter() {
    let year = 365 * 86_400;
    let at = |passed| {
        vested(Shares(1_000_000), 50, year / 4, year, 50 + passed)
            .unwrap()
            .0
    };
    let year = i64::from(year);
    assert_eq!(at(-1), 0);
    assert_eq!(at(year / 4 - 1), 0);
    assert_eq!(at(year / 4), 250_000);
    assert_eq!(at(year / 2), 500_000);
    assert_eq!(at(year - 1), 999_999);
    assert_eq!(at(year), 1_000_000);
    assert_eq!(at(i64::MAX - 50), 1_000_000);
}
