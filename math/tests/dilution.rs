mod common;

use common::{config, number, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{
    Bps, DILUTION_ONE, Made, MathError, PERIOD_SECONDS, Shares, deal_gives, diluted_by, member_room,
};

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

    /// Whatever is contributed, redeemed and minted for members, and when: somebody who
    /// does nothing keeps in 365 days at least what the rate leaves.
    #[test]
    fn members_of_a_year_stay_within_the_rate(
        start in 0i64..=1_800_000_000, supply in 1u64..1 << 40, rate in 0u16..=5_000,
        steps in prop::collection::vec((0i64..=60 * 86_400, 0u8..4, number()), 1..40),
    ) {
        let rate = Bps::new(rate).unwrap();
        let (mut made, mut supply, mut now) = (Made::default(), supply, start);
        // What a share loses to members at each time, as a fraction.
        let mut mints = Vec::<(i64, u64, u64)>::new();
        for (pause, kind, size) in steps {
            now += pause;
            made = made.at(now);
            let room = member_room(&made, Shares(supply), rate)?.0;
            let shares = match kind {
                0 => room,
                1 => size % (room + 1),
                // Contributions and redemptions, up to nearly everything.
                2 => {
                    supply = (supply / (1 + size % 1_000)).max(1);
                    continue;
                }
                _ => {
                    supply = (supply * (1 + size % 10)).min(1 << 50);
                    continue;
                }
            };
            let parts = diluted_by(Shares(shares), Shares(supply))?;
            made = made.record(Shares(parts))?;
            mints.push((now, shares, supply));
            supply += shares;
            let year = mints.iter().filter(|(time, ..)| now - time <= 365 * 86_400);
            // Exact: numbers of a few hundred bits.
            let (mut kept, mut whole) = (BigUint::from(10_000u16), BigUint::from(10_000u16));
            for (_, shares, supply) in year {
                kept *= *supply;
                whole *= supply + shares;
            }
            let least = whole * u64::from(10_000 - rate.get());
            prop_assert!(kept * 10_000u16 >= least);
        }
    }

    /// What there is room for fits, and an atom more does not.
    #[test]
    fn the_room_is_all_that_fits(
        supply in 1u64..1 << 60, taken in 0u64..=DILUTION_ONE / 2, rate in 0u16..=5_000,
    ) {
        let mut made = Made::default();
        made.by_period[0] = taken;
        let left = (u64::from(rate) * (DILUTION_ONE / 10_000)).saturating_sub(taken);
        let room = member_room(&made, Shares(supply), Bps::new(rate).unwrap())?.0;
        prop_assert!(diluted_by(Shares(room), Shares(supply))? <= left);
        prop_assert!(diluted_by(Shares(room + 1), Shares(supply))? > left);
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
    let everything = member_room(&Made::default(), Shares(1), Bps::ONE);
    assert_eq!(everything, Err(MathError::DivisionByZero));
    let half = Bps::new(5_000).unwrap();
    assert_eq!(
        member_room(&Made::default(), Shares(MAX), half),
        Ok(Shares(MAX))
    );
    assert_eq!(
        diluted_by(Shares(0), Shares(0)),
        Err(MathError::DivisionByZero)
    );
    assert_eq!(diluted_by(Shares(1), Shares(MAX)), Err(MathError::Overflow));
    assert_eq!(diluted_by(Shares(MAX), Shares(0)), Ok(DILUTION_ONE));
    assert_eq!(diluted_by(Shares(1), Shares(MAX - 1)), Ok(1));
}

#[test]
fn room_comes_back_after_a_year() {
    let tenth = Bps::new(1_000).unwrap();
    let day = 86_400;
    let begin = 1_000 * PERIOD_SECONDS as i64;
    let room = |made: Made, supply| member_room(&made, Shares(supply), tenth).unwrap().0;
    let made = Made::default().at(begin);
    // A tenth of what there is then.
    assert_eq!(room(made, 900), 100);
    let parts = diluted_by(Shares(100), Shares(900)).unwrap();
    assert_eq!(parts, DILUTION_ONE / 10);
    let made = made.record(Shares(parts)).unwrap();
    // Neither contributions nor redemptions make room.
    assert_eq!(room(made, 1_000), 0);
    assert_eq!(room(made, 1_000_000), 0);
    assert_eq!(room(made, 10), 0);
    assert_eq!(room(made.at(begin + 365 * day), 1_000), 0);
    assert_eq!(room(made.at(begin + 13 * 31 * day), 900), 100);
}
