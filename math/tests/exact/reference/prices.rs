//! Dutch auctions. A price is no fraction of its arguments: the definition gives the
//! bounds that the documentation names.

use super::{
    Subject,
    draw::Draw,
    exponential::{LOG, fallen, log2, roots},
    same, subject,
};
use num_bigint::BigUint;
use std::sync::LazyLock;
use upside_math::MathError;

pub const SUBJECTS: &[Subject] = &[
    Subject {
        slower: 20,
        ..subject("decay", decay, 40)
    },
    Subject {
        slower: 20,
        ..subject("price_at", price_at, 3)
    },
];

static ROOTS: LazyLock<Vec<BigUint>> = LazyLock::new(roots);

/// Any two prices, or any of which the second is not higher.
fn prices(draw: &mut dyn Draw) -> (u128, u128) {
    let (one, other) = (draw.wide(), draw.wide());
    match draw.pick(2) {
        0 => (one, other),
        _ => (one.max(other), one.min(other)),
    }
}

fn decay(draw: &mut dyn Draw) {
    let (start, end) = prices(draw);
    let got = upside_math::decay(start, end);
    if end == 0 || start < end {
        same!(got, Err(MathError::OutOfRange), start, end);
        return;
    }
    let got = got.unwrap();
    // In steps of 2^-112, of which the logarithm is less than two too low.
    let (exact, fine) = (log2(start, end), BigUint::from(got) << (LOG - 64));
    assert!(
        fine <= exact,
        "decay({start}, {end}) is above the logarithm"
    );
    let bound = (BigUint::from(1u8) << (LOG - 64)) + (BigUint::from(1u8) << (LOG - 76));
    assert!(exact - fine <= bound, "decay({start}, {end}) is too low");
    let halvings = (0..128).find(|halvings| end.checked_mul(1 << halvings) == Some(start));
    if let Some(halvings) = halvings {
        same!(got, halvings << 64, start, end);
    }
}

fn price_at(draw: &mut dyn Draw) {
    let (start, end) = prices(draw);
    let (elapsed, duration) = (draw.number(), draw.number());
    let fall = match (draw.pick(2), upside_math::decay(start, end)) {
        (0, Ok(decay)) => decay,
        _ => draw.wide(),
    };
    let got = upside_math::price_at(start, end, fall, elapsed, duration);
    if end == 0 || start < end || duration == 0 || elapsed > duration {
        same!(
            got,
            Err(MathError::OutOfRange),
            start,
            end,
            elapsed,
            duration
        );
        return;
    }
    let got = got.unwrap();
    if elapsed == duration {
        same!(got, end, start, end, fall, duration);
        return;
    }
    // Beyond 2^-256 every price has fallen to nothing.
    let most = BigUint::from(256u16) << LOG;
    let exponent = (BigUint::from(fall) << (LOG - 64)) * elapsed / duration;
    let exact = fallen(start, &exponent.min(most), &ROOTS);
    // Exact to less than 2^-98 of it and one.
    let slack = (&exact >> 98u8) + 1u8;
    let (one, ends) = (BigUint::from(1u8) << 64u8, [end, start]);
    let [lowest, highest] = ends.map(|price| BigUint::from(price) << 64u8);
    let price = BigUint::from(got) << 64u8;
    let least = exact.clone().clamp(lowest.clone(), highest.clone());
    let most = (&exact + (&exact >> 48u8) + &slack + one).clamp(lowest, highest);
    let case = (start, end, fall, elapsed, duration);
    assert!(
        &price + slack >= least,
        "price_at{case:?} is too low: {got}"
    );
    assert!(price <= most, "price_at{case:?} is too high: {got}");
}
