mod common;

use common::{bps, config, number};
use proptest::prelude::*;
use upside_math::{Bps, Dilution, MathError, WINDOW_DAYS};

const DAY: i64 = 86_400;
const WINDOW: i64 = 30 * DAY;

/// A time of our days, or anywhere above zero.
fn time() -> impl Strategy<Value = i64> {
    prop_oneof![
        4 => 1_700_000_000i64..=1_800_000_000,
        1 => 0i64..=40 * DAY,
        1 => any::<i64>().prop_map(|time| time & i64::MAX),
        1 => Just(i64::MAX),
    ]
}

/// Seconds until the next mint: within a day, about a window, or long after.
fn pause() -> impl Strategy<Value = i64> {
    prop_oneof![
        2 => 0i64..=DAY,
        3 => 0i64..=5 * DAY,
        2 => (0i64..=31, -2i64..=2).prop_map(|(days, off)| (days * DAY + off).max(0)),
        1 => 0i64..=100 * DAY,
    ]
}

/// Any state, that no mints led to.
fn any_state() -> impl Strategy<Value = Dilution> {
    let day = prop_oneof![4 => 0u64..=25_000, 1 => number()];
    let minted = (any::<[u64; WINDOW_DAYS]>(), 0u32..128);
    (day, minted).prop_map(|(day, (mut minted, shift))| {
        // Of any size each, or of one size.
        for (minted, own) in minted.iter_mut().zip((shift..).step_by(7)) {
            *minted >>= if shift < 64 { own % 64 } else { shift % 64 };
        }
        Dilution { day, minted }
    })
}

/// A state of numbers that fit `u64` together.
fn state() -> impl Strategy<Value = Dilution> {
    any_state().prop_map(|state| Dilution {
        day: state.day % 25_000,
        minted: state.minted.map(|minted| minted >> 5),
    })
}

/// What counts at `now`, by the definition: each day that is no older than 30.
fn reference(state: &Dilution, now: i64) -> u128 {
    let today = u128::from(now as u64 / 86_400).max(u128::from(state.day));
    (0..WINDOW_DAYS as u64)
        .filter(|age| today - u128::from(state.day) + u128::from(*age) < WINDOW_DAYS as u128)
        .map(|age| (i128::from(state.day) - i128::from(age)).rem_euclid(WINDOW_DAYS as i128))
        .map(|place| u128::from(state.minted[place as usize]))
        .sum()
}

fn most(supply: u64, cap: Bps) -> u128 {
    u128::from(supply) * u128::from(cap.get()) / 10_000
}

proptest! {
    #![proptest_config(config!("dilution"))]

    #[test]
    fn what_counts_is_of_today_and_the_30_days_before(state in any_state(), now in time()) {
        let sum = u64::try_from(reference(&state, now)).map_err(|_| MathError::Overflow);
        prop_assert_eq!(state.within(now), sum);
    }

    #[test]
    fn less_counts_as_time_passes(state in state(), now in time(), pause in pause()) {
        let later = now.saturating_add(pause);
        prop_assert!(state.within(later)? <= state.within(now)?);
    }

    #[test]
    fn a_mint_counts_at_once_and_only_up_to_the_cap(
        state in state(), near in pause(), any in time(), shares in number(), supply in number(),
        cap in bps(), close in any::<bool>(), off in -2i64..=2,
    ) {
        let now = if close { state.day as i64 * DAY + near } else { any };
        let before = reference(&state, now);
        let room = most(supply, cap).checked_sub(before);
        // Often just as much as there is room for.
        let shares = match room.map(u64::try_from) {
            Some(Ok(room)) if close => room.saturating_add_signed(off),
            _ => shares,
        };
        let after = state.mint(now, shares, supply, cap);
        if room.is_none_or(|room| u128::from(shares) > room) {
            prop_assert_eq!(after, Err(MathError::OutOfRange));
            return Ok(());
        }
        let after = after?;
        prop_assert_eq!(u128::from(after.within(now)?), before + u128::from(shares));
        prop_assert_eq!(after.day, state.day.max(now as u64 / 86_400));
        // It counts for 30 days to the second, and no longer than 31 days.
        let last = i64::try_from(after.day)? * DAY;
        let later = now.saturating_add(WINDOW).max(now);
        prop_assert!(after.within(later)? >= shares);
        if let Some(end) = last.checked_add(31 * DAY) {
            prop_assert_eq!(after.within(end)?, 0);
        }
    }

    #[test]
    fn mints_in_parts_are_as_one(
        state in state(), now in time(), first in number(), second in number(),
        supply in number(), cap in bps(),
    ) {
        let (first, second) = (first >> 1, second >> 1);
        let parts = state
            .mint(now, first, supply, cap)
            .and_then(|state| state.mint(now, second, supply, cap));
        prop_assert_eq!(parts, state.mint(now, first + second, supply, cap));
    }

    #[test]
    fn more_room_never_refuses_what_less_allows(
        state in state(), now in time(), shares in number(), supply in number(), cap in bps(),
        more in number(), more_cap in bps(), fewer in number(),
    ) {
        let Ok(after) = state.mint(now, shares, supply, cap) else { return Ok(()) };
        let (wider, higher) = (supply.saturating_add(more), cap.max(more_cap));
        prop_assert_eq!(state.mint(now, shares, wider, higher), Ok(after));
        prop_assert!(state.mint(now, shares.min(fewer), supply, cap).is_ok());
    }

    /// Whoever mints whenever as much as there is room for: what was minted within any
    /// 30 * 24 hours is at most the cap of the supply before the last of it.
    #[test]
    fn dilution_over_any_30_days_is_at_most_the_cap(
        start in 0i64..=1_800_000_000, supply in number(), cap in bps(),
        steps in prop::collection::vec((pause(), 0u8..4, number()), 1..40),
    ) {
        let (mut state, mut supply) = (Dilution::default(), (supply >> 1).max(1));
        let (mut now, mut mints) = (start, Vec::<(i64, u64)>::new());
        for (pause, kind, size) in steps {
            now += pause;
            let within = state.within(now)?;
            // Other shares come and go, too: then there may be no room for long.
            if kind == 3 {
                supply = (supply / 2).max(1);
            }
            let room = u64::try_from(most(supply, cap))?.saturating_sub(within);
            let shares = match kind {
                0 => room,
                1 => size % room.saturating_add(1).max(1),
                _ => size,
            };
            let shares = shares.min(u64::MAX - supply);
            match state.mint(now, shares, supply, cap) {
                Ok(after) => {
                    mints.push((now, shares));
                    let since = mints.iter().filter(|(time, _)| now - time <= WINDOW);
                    let minted: u128 = since.map(|(_, shares)| u128::from(*shares)).sum();
                    prop_assert!(minted <= most(supply, cap));
                    state = after;
                    supply += shares;
                }
                Err(error) => prop_assert_eq!(error, MathError::OutOfRange),
            }
            // No less than the last 30 * 24 hours count, and no more than 31 days.
            let counted = |seconds| -> u128 {
                let since = mints.iter().filter(|(time, _)| now - time < seconds);
                since.map(|(_, shares)| u128::from(*shares)).sum()
            };
            let within = u128::from(state.within(now)?);
            prop_assert!(counted(WINDOW + 1) <= within && within <= counted(WINDOW + DAY));
        }
    }

    #[test]
    fn a_clock_that_steps_back_counts_as_the_last_day(
        state in state(), now in time(), shares in number(), supply in number(), cap in bps(),
    ) {
        let last = i64::try_from(state.day)? * DAY;
        let now = now.min(last);
        prop_assert_eq!(state.within(now), state.within(last));
        prop_assert_eq!(state.mint(now, shares, supply, cap), state.mint(last, shares, supply, cap));
    }

    #[test]
    fn a_time_before_1970_is_refused(state in any_state(), before in 1i64..=i64::MAX) {
        prop_assert_eq!(state.within(-before), Err(MathError::OutOfRange));
        let minted = state.mint(-before, 0, u64::MAX, Bps::ONE);
        prop_assert_eq!(minted, Err(MathError::OutOfRange));
    }
}

#[test]
fn a_day_leaves_the_window_31_days_later() {
    let cap = Bps::new(1_000).unwrap();
    let day = |days: i64| days * DAY;
    let state = Dilution::default();
    let state = state.mint(day(100), 60, 1_000, cap).unwrap();
    let state = state.mint(day(110), 40, 1_000, cap).unwrap();
    let full = state.mint(day(131) - 1, 1, 1_000, cap);
    assert_eq!(full, Err(MathError::OutOfRange));
    assert_eq!(state.within(day(131) - 1), Ok(100));
    assert_eq!(state.within(day(131)), Ok(40));
    let state = state.mint(day(131), 60, 1_000, cap).unwrap();
    assert_eq!(state.within(day(140)), Ok(100));
    assert_eq!(state.within(day(141)), Ok(60));
    assert_eq!(state.within(day(162)), Ok(0));
}

#[test]
fn the_place_of_a_day_that_left_is_taken_over() {
    let mut state = Dilution::default();
    for day in 0..500 {
        state = state.mint(day * DAY, 1, 31, Bps::ONE).unwrap();
        assert_eq!(state.within(day * DAY), Ok((day as u64 + 1).min(31)));
    }
    assert_eq!(state.minted, [1; WINDOW_DAYS]);
}

#[test]
fn the_ends() {
    const MAX: u64 = u64::MAX;
    let state = Dilution::default().mint(0, MAX, MAX, Bps::ONE).unwrap();
    assert_eq!(state.within(0), Ok(MAX));
    assert_eq!(state.mint(0, 0, MAX, Bps::ONE), Ok(state));
    assert_eq!(state.mint(0, 1, MAX, Bps::ONE), Err(MathError::OutOfRange));
    assert_eq!(
        state.mint(WINDOW, 1, MAX, Bps::ONE),
        Err(MathError::OutOfRange)
    );
    let state = state.mint(i64::MAX, MAX, MAX, Bps::ONE).unwrap();
    assert_eq!(state.within(i64::MAX), Ok(MAX));
    let none = Dilution::default().mint(7, 0, 0, Bps::ZERO).unwrap();
    assert_eq!(none, Dilution::default());
    let over = Dilution {
        day: MAX,
        minted: [MAX; WINDOW_DAYS],
    };
    assert_eq!(over.within(0), Err(MathError::Overflow));
    assert_eq!(over.mint(0, 0, MAX, Bps::ONE), Err(MathError::Overflow));
}
