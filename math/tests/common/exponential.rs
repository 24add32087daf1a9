//! Logarithms and powers of two in big integers, far finer than what they check.

use num_bigint::BigUint;

/// Bits behind the point of a logarithm.
pub const LOG: u64 = 112;
/// Bits behind the point of a number.
const FINE: u64 = 192;

fn one() -> BigUint {
    BigUint::from(1u8) << FINE
}

/// `log2(start / end)` times `2^LOG`, rounded down: less than `1 + 2^-70` below the
/// exact one.
pub fn log2(start: u128, end: u128) -> BigUint {
    let mut rest = (BigUint::from(start) << FINE) / end;
    let halvings = rest.bits() - 1 - FINE;
    rest = (BigUint::from(start) << FINE) / (BigUint::from(end) << halvings);
    let mut log = BigUint::from(halvings);
    for _ in 0..LOG {
        rest = (&rest * &rest) >> FINE;
        log <<= 1u8;
        if rest.bits() > FINE + 1 {
            rest >>= 1u8;
            log += 1u8;
        }
    }
    log
}

/// `2^(-1 / 2^i)` for i from 1 to `LOG`, by square roots.
pub fn roots() -> Vec<BigUint> {
    let mut root = one() >> 1u8;
    let mut roots = Vec::new();
    for _ in 0..LOG {
        root = (root << FINE).sqrt();
        roots.push(root.clone());
    }
    roots
}

/// `number * 2^-(exponent / 2^LOG) * 2^64`, rounded down: less than `2^-100` of it
/// below the exact one, and 1.
pub fn fallen(number: u128, exponent: &BigUint, roots: &[BigUint]) -> BigUint {
    let halvings = u64::try_from(exponent >> LOG).unwrap();
    let mut part = one();
    for (place, root) in (0..LOG).rev().zip(roots) {
        if exponent.bit(place) {
            part = (part * root) >> FINE;
        }
    }
    (part * number) >> (FINE - 64 + halvings)
}
