//! Exact fractions.

use num_bigint::BigUint;

/// 10,000 basis points are all.
pub const BPS: u64 = 10_000;

/// `a * b / c` rounded down.
pub fn floor(a: impl Into<BigUint>, b: impl Into<BigUint>, c: impl Into<BigUint>) -> BigUint {
    a.into() * b.into() / c.into()
}

/// `a * b / c` rounded up.
pub fn ceil(a: impl Into<BigUint>, b: impl Into<BigUint>, c: impl Into<BigUint>) -> BigUint {
    let c = c.into();
    (a.into() * b.into() + &c - 1u8) / c
}

/// A number that fits 64 bits, or none.
pub fn fit(number: BigUint) -> Option<u64> {
    u64::try_from(number).ok()
}

/// `a * b / c` rounded down, where it fits.
pub fn floor64(a: u64, b: u64, c: u64) -> Option<u64> {
    fit(floor(a, b, c))
}

/// `a * b / c` rounded up, where it fits.
pub fn ceil64(a: u64, b: u64, c: u64) -> Option<u64> {
    fit(ceil(a, b, c))
}

/// The part that `shares` of `held` carry of a cost, rounded down.
pub fn carried(cost: u64, shares: u64, held: u64) -> u64 {
    if shares == 0 {
        return 0;
    }
    floor64(cost, shares, held).expect("a part is not above the whole")
}
