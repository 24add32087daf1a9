mod common;

use common::{bps, config, number, positive};
use proptest::prelude::*;
use upside_math::{Bps, Made, MathError, PERIOD_SECONDS, Shares, deal_gives, member_room};

/// A deal's shares, where all of them fit.
fn gives(given: u64, cap: u64, noted: u64) -> Result<u64, MathError> {
    deal_gives(Shares(given), Shares(cap), Shares(noted)).map(|gives| gives.0)
}

proptest! {
    #![proptest_config(config!("dilution"))]

    /// The index gets at least the part of the cap that was offered, whatever becomes of
    /// the cap between offer and deal, and never a share more than rounding asks.
    #[test]
    fn a_deal_is_a_part_of_what_can_exist(
        given in 0u64..1 << 32, cap in 1u64..1 << 31, noted in 1u64..1 << 31,
    ) {
        let gives = u128::from(gives(given, cap, noted)?);
        let (given, noted) = (u128::from(given), u128::from(noted));
        let exact = given * u128::from(cap).max(noted);
        prop_assert!(gives * noted >= exact);
        prop_assert!(gives * noted < exact + noted);
        prop_assert!(gives >= given);
    }

    #[test]
    fn a_higher_cap_never_asks_for_less(
        given in number(), cap in number(), more in number(), noted in positive(),
    ) {
        let Ok(later) = gives(given, cap.saturating_add(more), noted) else { return Ok(()) };
        prop_assert!(gives(given, cap, noted)? <= later);
    }

    #[test]
    fn a_cap_that_fell_or_stayed_changes_nothing(
        given in number(), noted in positive(), cap in number(),
    ) {
        prop_assert_eq!(gives(given, cap.min(noted), noted), Ok(given));
    }

    /// Splitting a deal into two never gives the index less.
    #[test]
    fn splitting_a_deal_never_profits(
        given in 0u64..1 << 32, cut in number(), cap in 1u64..1 << 31, noted in 1u64..1 << 31,
    ) {
        let first = cut.min(given);
        let parts = gives(first, cap, noted)? + gives(given - first, cap, noted)?;
        prop_assert!(parts >= gives(given, cap, noted)?);
    }

    /// Whoever mints for members whenever there is room, never mints more in 365 days than
    /// the rate of the shares that are older.
    #[test]
    fn members_of_a_year_stay_within_the_rate(
        start in 0i64..=1_800_000_000, supply in 0u64..1 << 40, rate in bps(),
        steps in prop::collection::vec((0i64..=60 * 86_400, 0u8..3, number()), 1..40),
    ) {
        let (mut made, mut supply, mut now) = (Made::default(), supply, start);
        let mut mints = Vec::<(i64, u64)>::new();
        for (pause, kind, size) in steps {
            now += pause;
            made = made.at(now);
            let room = member_room(&made, Shares(supply), rate)?.0;
            let shares = match kind {
                0 => room,
                1 => size % (room + 1),
                // Contributions and redemptions.
                _ => {
                    supply = if size % 2 == 0 { supply / 2 } else { supply + size % (1 << 30) };
                    continue;
                }
            };
            made = made.record(Shares(shares))?;
            supply += shares;
            mints.push((now, shares));
            let year = mints.iter().filter(|(time, _)| now - time <= 365 * 86_400);
            let year: u64 = year.map(|(_, shares)| shares).sum();
            let older = u128::from(supply.saturating_sub(year));
            let most = older * u128::from(rate.get()) / 10_000;
            prop_assert!(shares == 0 || u128::from(year) <= most);
        }
    }
}

#[test]
fn the_ends() {
    const MAX: u64 = u64::MAX;
    assert_eq!(gives(1, 1, 0), Err(MathError::DivisionByZero));
    assert_eq!(gives(0, 1, 0), Err(MathError::DivisionByZero));
    assert_eq!(gives(MAX, MAX, MAX), Ok(MAX));
    assert_eq!(gives(MAX, MAX, MAX - 1), Err(MathError::Overflow));
    assert_eq!(gives(1, 3, 2), Ok(2));
    let full = Made {
        by_period: [MAX; upside_math::PERIODS],
        ..Made::default()
    };
    let over = member_room(&full, Shares(MAX), Bps::ONE);
    assert_eq!(over, Err(MathError::Overflow));
}

#[test]
fn room_comes_back_after_a_year() {
    let tenth = Bps::new(1_000).unwrap();
    let day = 86_400;
    let begin = 1_000 * PERIOD_SECONDS as i64;
    let room = |made: Made, supply| member_room(&made, Shares(supply), tenth).unwrap().0;
    let made = Made::default().at(begin);
    assert_eq!(room(made, 1_000), 100);
    let made = made.record(Shares(100)).unwrap();
    assert_eq!(room(made, 1_100), 0);
    assert_eq!(room(made.at(begin + 365 * day), 1_100), 0);
    assert_eq!(room(made.at(begin + 13 * 31 * day), 1_100), 110);
}
