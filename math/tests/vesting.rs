mod common;

use common::{config, number, positive};
use proptest::prelude::*;
use upside_math::{Atoms, Made, MathError, PERIODS, Shares, given_back, part_brought, vested};

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

proptest! {
    #![proptest_config(config!("given_back"))]

    /// Whatever was brought, and whatever happened to reserve and supply meanwhile: what is
    /// left of the reserve by share does not fall, and no more comes back than was brought.
    #[test]
    fn nobody_else_loses_by_what_is_given_back(
        reserve in number(), brought in number(),
        granted in positive(), unvested in number(), others in number(),
    ) {
        let unvested = unvested % granted + 1;
        let unvested = unvested.min(granted);
        let others = others.min(u64::MAX - unvested);
        let supply = unvested + others;
        let back = given_back(
            Atoms(reserve), Atoms(brought), Shares(unvested), Shares(granted), Shares(supply),
        )?.0;
        prop_assert!(back <= brought && back <= reserve);
        // (reserve - back) / others >= reserve / supply
        let left = u128::from(reserve - back) * u128::from(supply);
        prop_assert!(left >= u128::from(reserve) * u128::from(others));
    }

    /// Accepting and revoking at once returns at most what was brought, and leaves the
    /// others no less.
    #[test]
    fn a_round_trip_never_profits(
        reserve in 0u64..1 << 40, supply in 1u64..1 << 40, granted in 1u64..1 << 40,
    ) {
        let (held, shares) = (Atoms(reserve), Shares(granted));
        let brought = part_brought(held, shares, Shares(supply))?;
        let back = given_back(
            Atoms(reserve + brought.0), brought, shares, shares, Shares(supply + granted),
        )?;
        prop_assert!(back <= brought && brought.0 - back.0 <= 1);
    }

    /// What was made in a period leaves that period alone; what is forgotten stays away.
    #[test]
    fn room_is_taken_back_from_its_own_period(
        begin in 0i64..2_000_000_000, first in 0u64..1 << 40, second in 0u64..1 << 40,
        passed in 0i64..60_000_000, part in 0u64..1 << 40,
    ) {
        let part = part.min(first);
        let made = Made::default().at(begin).record(Shares(first))?;
        let then = made.period;
        let later = made.at(begin + passed).record(Shares(second))?;
        let gone = later.period - then >= PERIODS as u64;
        let after = later.take_back(Shares(part), then)?;
        let kept = if gone { 0 } else { first - part };
        prop_assert_eq!(after.total()?, Shares(kept + second));
        let more = Shares(first + second + 1);
        prop_assert_eq!(later.take_back(more, then).is_err(), !gone);
        let ahead = later.take_back(Shares(0), later.period + 1);
        prop_assert_eq!(ahead, Err(MathError::OutOfRange));
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
