//! Trades of a rebalance.

use super::{
    Subject,
    draw::Draw,
    exponential::{LOG, fallen, roots},
    ratio::{Ratio, fit},
    same, subject,
};
use num_bigint::{BigInt, BigUint};
use std::sync::LazyLock;
use upside_math::{MathError, WHOLE_INDEX_SHARE};

pub const SUBJECTS: &[Subject] = &[
    Subject {
        slower: 20,
        ..subject("value_rising", value_rising, 3)
    },
    subject("sell_guarded", sell_guarded, 20),
    subject("buy_guarded", buy_guarded, 20),
    subject("pair_cost", pair_cost, 20),
    subject("held_per_share", held_per_share, 60),
];

static ROOTS: LazyLock<Vec<BigUint>> = LazyLock::new(roots);

fn wide(number: BigInt) -> Result<u128, MathError> {
    u128::try_from(number).map_err(|_| MathError::Overflow)
}

/// As much below the exact value as the documentation says, and never above it.
fn value_rising(draw: &mut dyn Draw) {
    let (one, other) = (draw.wide(), draw.wide());
    let (low, high) = match draw.pick(2) {
        0 => (one, other),
        _ => (one.min(other), one.max(other)),
    };
    let (elapsed, duration) = (draw.number(), draw.number());
    let fall = upside_math::decay(high, low).unwrap_or(0);
    let got = upside_math::value_rising(low, high, fall, elapsed, duration);
    if low == 0 || high < low || duration == 0 || elapsed > duration {
        let case = (low, high, elapsed, duration);
        same!(got, Err(MathError::OutOfRange), case);
        return;
    }
    let got = got.unwrap();
    if elapsed == 0 || elapsed == duration {
        let end = if elapsed == 0 { low } else { high };
        same!(got, end, low, high, elapsed, duration);
        return;
    }
    let exponent = (BigUint::from(fall) << (LOG - 64)) * (duration - elapsed) / duration;
    let exact = fallen(high, &exponent, &ROOTS);
    let slack = (&exact >> 98u8) + 1u8;
    let lowest = BigUint::from(low) << 64u8;
    let case = (low, high, elapsed, duration);
    let fine = BigUint::from(got) << 64u8;
    assert!(
        fine <= (&exact + &slack).max(lowest),
        "value_rising{case:?} is too high: {got}"
    );
    let below = (&exact >> 47u8) + (BigUint::from(3u8) << 64u8) + slack;
    assert!(
        fine + below >= exact,
        "value_rising{case:?} is too low: {got}"
    );
}

fn sell_guarded(draw: &mut dyn Draw) {
    let (value, noted, now) = (draw.wide(), draw.number(), draw.number());
    let expected = if now >= noted {
        Ok(value)
    } else {
        Ratio::new(BigInt::from(value) * noted, now).and_then(|exact| wide(exact.ceil()))
    };
    let got = upside_math::sell_guarded(value, noted, now);
    same!(got, expected, value, noted, now);
}

fn buy_guarded(draw: &mut dyn Draw) {
    let (value, noted, now) = (draw.wide(), draw.number(), draw.number());
    let expected = if now <= noted {
        Ok(value)
    } else {
        Ratio::new(BigInt::from(value) * noted, now).and_then(|exact| wide(exact.floor()))
    };
    let got = upside_math::buy_guarded(value, noted, now);
    same!(got, expected, value, noted, now);
}

fn pair_cost(draw: &mut dyn Draw) {
    let (take, sell, buy) = (draw.number(), draw.wide(), draw.wide());
    let expected = Ratio::new(BigInt::from(sell) * take, buy).and_then(|exact| fit(exact.ceil()));
    same!(
        upside_math::pair_cost(take, sell, buy),
        expected,
        take,
        sell,
        buy
    );
}

fn held_per_share(draw: &mut dyn Draw) {
    let (counter, supply) = (draw.number(), draw.number());
    let expected = Ratio::new(BigInt::from(counter) * WHOLE_INDEX_SHARE, supply)
        .and_then(|exact| fit(exact.ceil()));
    let got = upside_math::held_per_share(counter, supply);
    same!(got, expected, counter, supply);
}
