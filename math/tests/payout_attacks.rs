//! Who would slow a stream down, or catch more of it than is theirs.

mod common;

use common::{config, number, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{Atoms, Shares, Stream, accrued};

const WEEK: u32 = 7 * 24 * 3_600;

proptest! {
    #![proptest_config(config!("payout_attacks"))]

    /// However often somebody releases, nothing comes early, little comes late, and
    /// all is there at the end.
    #[test]
    fn many_releases_follow_the_straight_line(
        atoms in positive(), window in prop_oneof![1u32..=64, 1..=4 * WEEK],
        shares in positive(), steps in prop::collection::vec(number(), 1..64),
    ) {
        let mut stream = Stream::default().pay(0, Atoms(atoms), window)?;
        let (end, window) = (stream.end, u128::from(window));
        for step in steps {
            let step = i64::try_from(u128::from(step) % window / 8 + 1)?;
            let now = (stream.last + step).min(end);
            stream = stream.release(now, Shares(shares))?;
            let left = u128::from(end.abs_diff(now));
            let line = (u128::from(atoms) * left).div_ceil(window);
            // Fails below zero: no atom comes early.
            let late = u128::from(stream.remaining).checked_sub(line);
            prop_assert!(late.is_some_and(|late| late <= window * 3 / 8 + 1));
        }
        prop_assert_eq!(stream.release(end + 1, Shares(shares))?.remaining, 0);
    }

    /// Payments of an atom do not move the end as long as more atoms than seconds
    /// remain: what can be delayed at all is dust itself.
    #[test]
    fn dust_does_not_delay(
        amount in number(), drip in 2u32..=300, shares in positive(), times in 1u64..=3,
    ) {
        let amount = (amount >> 1).max(1);
        let mut stream = Stream::default().pay(0, Atoms(amount), drip)?;
        let mut large = true;
        for now in 1..=i64::from(drip) {
            stream = stream.release(now, Shares(shares))?;
            large &= stream.remaining >= u64::from(drip);
            for _ in 0..times {
                stream = stream.pay(now, Atoms(1), drip)?;
            }
            prop_assert!(!large || stream.end == i64::from(drip));
        }
        prop_assert!(stream.remaining <= u64::from(drip) * (times + 1));
    }

    /// Who joins for a payment and leaves early earns for the time stayed, at most.
    #[test]
    fn joining_for_a_payment_earns_the_time_stayed(
        amount in positive(), drip in 1..=4 * WEEK, stayed in 0..=4 * WEEK,
        shares in number(), others in number(),
    ) {
        let (shares, others) = (shares >> 1, others >> 1);
        let all = Shares((shares + others).max(1));
        let paid = Stream::default().pay(0, Atoms(amount), drip)?;
        let left = paid.release(i64::from(stayed.min(drip)), all)?;
        let earned = accrued(Shares(shares), left.index, paid.index)?;
        let fair = BigUint::from(amount) * stayed.min(drip) * shares;
        prop_assert!(BigUint::from(earned) * drip * all.0 <= fair << 64u8);
        prop_assert!(stayed > 0 || earned == 0);
    }
}

/// At full size: a thousand dollars over a week against an atom every second.
#[test]
fn dust_does_not_delay_a_week() {
    let mut stream = Stream::default()
        .pay(0, Atoms(1_000_000_000), WEEK)
        .unwrap();
    for now in 1..=i64::from(WEEK) {
        stream = stream.release(now, Shares(1_000_000)).unwrap();
        stream = stream.pay(now, Atoms(1), WEEK).unwrap();
    }
    assert!(stream.remaining < u64::from(WEEK));
}

#[test]
fn dust_within_one_second_does_not_move_the_end() {
    let start = Stream::default()
        .pay(0, Atoms(1_000_000_000), WEEK)
        .unwrap();
    let start = start.release(i64::from(WEEK / 2), Shares(1)).unwrap();
    for drip in [0, 1, WEEK / 4, WEEK, 4 * WEEK] {
        let mut stream = start;
        for _ in 0..100_000 {
            stream = stream.pay(start.last, Atoms(1), drip).unwrap();
        }
        assert_eq!(stream.end, start.end);
    }
}

/// What the most stubborn can do: a release every second.
#[test]
fn a_release_every_second_holds_back_a_quarter_of_the_window() {
    const WINDOW: u32 = 200;
    let mut latest = 0;
    for atoms in 1..=1_000u64 {
        let mut stream = Stream::default().pay(0, Atoms(atoms), WINDOW).unwrap();
        for now in 1..=WINDOW {
            stream = stream.release(i64::from(now), Shares(1)).unwrap();
            let line = (atoms * u64::from(WINDOW - now)).div_ceil(u64::from(WINDOW));
            latest = latest.max(stream.remaining - line);
        }
        assert_eq!(stream.remaining, 0);
    }
    assert_eq!(latest, u64::from(WINDOW / 4));
}
