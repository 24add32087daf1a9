//! One step of a stream at a time.

mod common;

use common::{config, number, positive};
use num_bigint::{BigInt, BigUint};
use proptest::prelude::*;
use upside_math::{Atoms, MathError, Shares, Stream, accrued, payable};

const WEEK: u32 = 7 * 24 * 3_600;

fn wide() -> impl Strategy<Value = u128> {
    (number(), number()).prop_map(|(high, low)| u128::from(high) << 64 | u128::from(low))
}

/// Any time: of our days, around zero, or anywhere.
fn time() -> impl Strategy<Value = i64> {
    prop_oneof![
        4 => 1_700_000_000i64..=1_800_000_000,
        1 => -20i64..=20,
        1 => any::<i64>(),
        1 => prop_oneof![Just(i64::MIN), Just(i64::MAX)],
    ]
}

/// A stream with a window of our days.
fn stream() -> impl Strategy<Value = Stream> {
    (wide(), number(), number(), time_of_ours(), 0i64..=3_000_000).prop_map(
        |(index, remaining, carry, last, window)| Stream {
            index,
            remaining,
            carry,
            last,
            end: last + window,
        },
    )
}

fn time_of_ours() -> impl Strategy<Value = i64> {
    1_700_000_000i64..=1_800_000_000
}

fn any_stream() -> impl Strategy<Value = Stream> {
    (wide(), number(), number(), time(), time()).prop_map(|(index, remaining, carry, last, end)| {
        Stream {
            index,
            remaining,
            carry,
            last,
            end,
        }
    })
}

fn seconds() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 0..=4 * WEEK, 1 => 0u32..=3, 1 => Just(WEEK), 1 => Just(u32::MAX)]
}

proptest! {
    #![proptest_config(config!("payout"))]

    #[test]
    fn taking_back_loses_nothing(before in any_stream(), earned in wide()) {
        let sum = BigUint::from(earned) + before.carry;
        match before.take_back(earned) {
            Ok((after, atoms)) => {
                prop_assert_eq!(after, Stream { carry: after.carry, ..before });
                prop_assert_eq!((BigUint::from(atoms.0) << 64) + after.carry, sum);
            }
            Err(error) => {
                prop_assert_eq!(error, MathError::Overflow);
                prop_assert!(sum.bits() > 128);
            }
        }
    }

    #[test]
    fn a_release_equals_big_integers(
        stream in any_stream(), later in seconds(), any in time(), near in any::<bool>(),
        shares in positive(),
    ) {
        let now = if near { stream.last.saturating_add(i64::from(later)) } else { any };
        let after = stream.release(now, Shares(shares))?;
        if now <= stream.last {
            prop_assert_eq!(after, stream);
            return Ok(());
        }
        let (elapsed, window) =
            (BigInt::from(now) - stream.last, BigInt::from(stream.end) - stream.last);
        let released = if now >= stream.end {
            BigUint::from(stream.remaining)
        } else {
            (BigInt::from(stream.remaining) * elapsed / window).magnitude().clone()
        };
        let amount = (&released << 64u8) + stream.carry;
        let step = u128::try_from(&amount / shares)?;
        let expected = Stream {
            index: stream.index.wrapping_add(step),
            remaining: u64::try_from(BigUint::from(stream.remaining) - released)?,
            carry: u64::try_from(amount % shares)?,
            last: now,
            end: stream.end,
        };
        prop_assert_eq!(after, expected);
    }

    #[test]
    fn a_stream_without_shares_waits(stream in any_stream(), now in time()) {
        let after = stream.release(now, Shares::ZERO);
        let passed = (i128::from(now) - i128::from(stream.last)).max(0);
        match i64::try_from(i128::from(stream.end) + passed) {
            Ok(end) => {
                let last = stream.last.max(now);
                prop_assert_eq!(after, Ok(Stream { last, end, ..stream }));
            }
            Err(_) => prop_assert_eq!(after, Err(MathError::Overflow)),
        }
    }

    #[test]
    fn a_clock_that_steps_back_changes_nothing(
        stream in any_stream(), now in time(), shares in number(),
    ) {
        let now = now.min(stream.last);
        prop_assert_eq!(stream.release(now, Shares(shares)), Ok(stream));
    }

    #[test]
    fn a_payment_takes_the_mean_window_rounded_towards_the_present_one(
        stream in stream(), amount in positive(), drip in seconds(),
    ) {
        let after = stream.pay(stream.last, Atoms(amount), drip);
        let Some(remaining) = stream.remaining.checked_add(amount) else {
            prop_assert_eq!(after, Err(MathError::Overflow));
            return Ok(());
        };
        let (after, drip) = (after?, u64::from(drip));
        prop_assert_eq!(Stream { remaining: stream.remaining, end: stream.end, ..after }, stream);
        prop_assert_eq!(after.remaining, remaining);
        let (left, window) =
            (stream.end.abs_diff(stream.last), after.end.abs_diff(after.last));
        let weight = BigUint::from(stream.remaining) * left + BigUint::from(amount) * drip;
        let mut mean = &weight / remaining;
        if drip < left && &mean * remaining < weight {
            mean += 1u8;
        }
        prop_assert_eq!(BigUint::from(window), mean);
        if stream.remaining == 0 {
            prop_assert_eq!(window, drip);
        } else {
            // Between both windows: it neither runs past the drip nor is cut short.
            prop_assert!(left.min(drip) <= window && window <= left.max(drip));
        }
    }

    #[test]
    fn any_payment_at_any_time_adds_up(
        stream in any_stream(), now in time(), amount in number(), drip in seconds(),
    ) {
        let after = stream.pay(now, Atoms(amount), drip);
        if amount == 0 {
            prop_assert_eq!(after, Ok(stream));
        } else if let Ok(after) = after {
            prop_assert_eq!(Some(after.remaining), stream.remaining.checked_add(amount));
            prop_assert_eq!((after.index, after.carry), (stream.index, stream.carry));
            prop_assert_eq!(after.last, stream.last.max(now));
            prop_assert!(after.end >= after.last);
        } else {
            // Only too many atoms, or an end beyond all times.
            let latest = i128::from(stream.last.max(now)) + i128::from(drip);
            let latest = latest.max(i128::from(stream.end));
            prop_assert_eq!(after, Err(MathError::Overflow));
            prop_assert!(
                stream.remaining.checked_add(amount).is_none() || latest > i128::from(i64::MAX)
            );
        }
    }

    #[test]
    fn accrued_equals_big_integers(shares in number(), checkpoint in wide(), step in wide()) {
        let index = checkpoint.wrapping_add(step);
        let exact = u128::try_from(BigUint::from(step) * shares);
        let exact = exact.map_err(|_| MathError::Overflow);
        prop_assert_eq!(accrued(Shares(shares), index, checkpoint), exact);
    }

    #[test]
    fn shares_accrue_alike_in_one_hand_or_in_two(
        a in number(), b in number(), checkpoint in wide(), step in wide(),
    ) {
        let (a, b, index) = (a >> 1, b >> 1, checkpoint.wrapping_add(step));
        if let Ok(together) = accrued(Shares(a + b), index, checkpoint) {
            let apart = accrued(Shares(a), index, checkpoint)?;
            prop_assert_eq!(apart + accrued(Shares(b), index, checkpoint)?, together);
        }
    }

    #[test]
    fn what_is_payable_and_what_stays_are_what_is_owed(owed in wide()) {
        let (atoms, fraction) = payable(owed);
        prop_assert!(fraction < 1 << 64);
        prop_assert_eq!(u128::from(atoms.0) << 64 | fraction, owed);
    }
}

#[test]
fn without_a_drip_all_is_released_from_the_next_second_on() {
    let stream = Stream::default().pay(100, Atoms(7), 0).unwrap();
    assert_eq!((stream.remaining, stream.last, stream.end), (7, 100, 100));
    assert_eq!(stream.release(100, Shares(2)), Ok(stream));
    let after = stream.release(101, Shares(2)).unwrap();
    assert_eq!((after.remaining, after.index, after.carry), (0, 7 << 63, 0));
}

#[test]
fn half_of_the_window_releases_half() {
    let stream = Stream::default().pay(0, Atoms(1_000), 100).unwrap();
    let half = stream.release(50, Shares(10)).unwrap();
    assert_eq!((half.remaining, half.index), (500, 50 << 64));
    // As much again, with the full drip: (500 * 50 + 500 * 100) / 1,000.
    let again = half.pay(50, Atoms(500), 100).unwrap();
    assert_eq!((again.remaining, again.end), (1_000, 125));
}

#[test]
fn the_ends_of_u64_and_of_time() {
    let all = Stream::default().pay(0, Atoms(u64::MAX), u32::MAX).unwrap();
    assert_eq!(all.pay(0, Atoms(1), 1), Err(MathError::Overflow));
    let one = all.release(i64::MAX, Shares(1)).unwrap();
    assert_eq!((one.index, one.carry), (u128::from(u64::MAX) << 64, 0));
    assert_eq!(
        accrued(Shares(1), one.index, 0),
        Ok(u128::from(u64::MAX) << 64)
    );
    assert_eq!(accrued(Shares(2), one.index, 0), Err(MathError::Overflow));
    let late = Stream {
        last: i64::MAX - 1,
        end: i64::MAX - 1,
        ..Stream::default()
    };
    assert_eq!(late.pay(i64::MAX, Atoms(1), 1), Err(MathError::Overflow));
    let ever = Stream {
        remaining: 9,
        last: i64::MIN,
        end: i64::MAX,
        ..Stream::default()
    };
    assert_eq!(
        ever.release(0, Shares(1)).map(|stream| stream.remaining),
        Ok(5)
    );
}
