//! A price that falls by its formula, `start * (end / start)^(elapsed /
//! duration)`, to more digits than the chain has.
//!
//! The chain's price is at least this and less than 2^-48 of it and one step of 2^-64
//! above: so the model has bounds of it. Nearly always both give the same whole atoms.

use {num_bigint::BigUint, std::sync::LazyLock};

/// Bits behind the point of mantissas.
const FINE: u64 = 256;
/// Bits behind the point of logarithms.
const LOG: u64 = 160;

/// `2^(-1 / 2^i)` times `2^FINE` for i from 1, rounded down.
static ROOTS: LazyLock<Vec<BigUint>> = LazyLock::new(|| {
    let mut root = one() >> 1u8;
    let all = (0..LOG).map(|_| {
        root = (&root << FINE).sqrt();
        root.clone()
    });
    all.collect()
});

fn one() -> BigUint {
    BigUint::from(1u8) << FINE
}

/// Logarithm to the base two of `start / end`, in `2^-LOG`, rounded down; for a start
/// of at least the end, above zero.
fn logarithm(start: u128, end: u128) -> BigUint {
    let mut ratio = (BigUint::from(start) << FINE) / BigUint::from(end);
    let whole = ratio.bits() - 1 - FINE;
    ratio >>= whole;
    let mut log = BigUint::from(whole);
    for _ in 0..LOG {
        ratio = (&ratio * &ratio) >> FINE;
        let double = ratio.bits() > FINE + 1;
        log = (log << 1u8) + u8::from(double);
        if double {
            ratio >>= 1u8;
        }
    }
    log
}

/// `2^-x` times `2^FINE` for an `x` in `2^-LOG`, a little too low.
fn power(x: &BigUint) -> BigUint {
    let mut power = one();
    for (place, root) in (0..LOG).rev().zip(ROOTS.iter()) {
        if x.bit(place) {
            power = (power * root) >> FINE;
        }
    }
    let halvings = x >> LOG;
    power >> u64::try_from(halvings).expect("at most 127 halvings")
}

fn to_u128(number: BigUint) -> u128 {
    u128::try_from(number).unwrap_or(u128::MAX)
}

/// Least and most that the chain may have as `log2(start / end)` in `2^-64`: rounded
/// down, and at most a step and 2^-12 of one below; exact for a power of two.
pub fn decay(start: u128, end: u128) -> (u128, u128) {
    let log = logarithm(start, end);
    let whole = &log >> LOG;
    if BigUint::from(end) << u64::try_from(&whole).expect("at most 127") == start.into() {
        let exact = to_u128(whole << 64u8);
        return (exact, exact);
    }
    let down = LOG - 64;
    let step = BigUint::from(1u8) << down;
    let slack = &step + (BigUint::from(1u8) << (down - 12));
    let least = if log > slack {
        (&log - slack + &step - 1u8) >> down
    } else {
        BigUint::ZERO
    };
    (to_u128(least), to_u128((log + 1u8) >> down))
}

/// Least and most that the chain may have as the price after `elapsed` of `duration`
/// seconds; prices in 2^-64.
pub fn price(start: u128, end: u128, elapsed: u64, duration: u64) -> (u128, u128) {
    if elapsed == 0 || start == end {
        return (start, start);
    }
    if elapsed >= duration {
        return (end, end);
    }
    let log = logarithm(start, end);
    // The logarithm is known to one step: so is the exponent.
    let least = (&log + 1u8) * elapsed / duration + 1u8;
    let most = log * elapsed / duration;
    let exact = |x: &BigUint| BigUint::from(start) * power(x);
    let low = exact(&least) >> FINE;
    // What the roots and products rounded down is far below 2^-140.
    let high = exact(&most);
    let high = (&high + (&high >> 140u8)) >> FINE;
    let high = &high + (&high >> 48u8) + 3u8;
    (
        to_u128(low).clamp(end, start),
        to_u128(high).clamp(end, start),
    )
}
