//! Prices that fall exponentially from a start to an end, Q64.64; the seller is the vault.

use crate::{
    MathError,
    mul_div::{div_rem, high, low, product},
    wide::Wide,
};

/// How far a price falls from `start` to `end`, both Q64.64 buy atoms per sell atom:
/// `log2(start / end)` in Q64.64 halvings, rounded down in the vault's favour.
///
/// At most `2^-64 + 2^-76` below the exact logarithm, never above it; exact where
/// start is end times a power of two.
///
/// Errors: `OutOfRange` unless `start >= end > 0`.
///
/// Source: the binary logarithm by squaring, one bit of the result for each square.
pub fn decay(start: u128, end: u128) -> Result<u128, MathError> {
    require_falling(start, end)?;
    let (halvings, mut rest) = ratio(start, end)?;
    let mut fraction = 0u64;
    for _ in 0..WIDE_BITS {
        let (bit, square) = square(rest);
        fraction = (fraction << 1) | u64::from(bit);
        rest = square;
    }
    // What one square loses counts less with every bit: 64 bits do for those behind.
    let mut rest = high(rest);
    for _ in WIDE_BITS..u64::BITS {
        let square = product(rest, rest);
        let bit = square >> 127 == 1;
        fraction = (fraction << 1) | u64::from(bit);
        rest = high(if bit { square } else { square << 1 });
    }
    Ok((u128::from(halvings) << 64) | u128::from(fraction))
}

/// The price after `elapsed` of `duration` seconds of an auction from `start` to `end`
/// (Q64.64 buy atoms per sell atom) with the [`decay`] of both: rounded up in the
/// vault's favour, `start * 2^(-decay * elapsed / duration)`, never above the start
/// nor below the end, and exactly the end when the duration is over.
///
/// It never rises with `elapsed`. With `p = start * (end / start)^(elapsed /
/// duration)`, the exact price, it is at least `p`, and less than
/// `p * (1 + 2^-48) + 2^-64`: the exponent counts in steps of 2^-48, and all rounding
/// of one price, less than 2^-55 of it, is less than one step.
///
/// Errors: `OutOfRange` unless `start >= end > 0` and `duration >= elapsed`, and for a
/// duration of zero.
pub fn price_at(
    start: u128,
    end: u128,
    decay: u128,
    elapsed: u64,
    duration: u64,
) -> Result<u128, MathError> {
    require_falling(start, end)?;
    if duration == 0 || elapsed > duration {
        return Err(MathError::OutOfRange);
    }
    if elapsed == duration {
        return Ok(end);
    }
    // At most the decay: it fits.
    let exponent = Wide::product(decay, elapsed).div(duration)?.narrow_128()?;
    // Q63, so that one fits: a shift by 63 and the whole halvings is what is left.
    let part = Wide::product(start, power(low(exponent)));
    let price = part.shift_up(high(exponent).saturating_add(63))?;
    Ok(price.clamp(end, start))
}

/// Bits of a logarithm that are taken from squares of 128 bits.
const WIDE_BITS: u32 = 16;

fn require_falling(start: u128, end: u128) -> Result<(), MathError> {
    if end == 0 || start < end {
        return Err(MathError::OutOfRange);
    }
    Ok(())
}

/// `start / end` as a power of two, below 128, and a rest in [1, 2) as Q1.127, rounded
/// down.
fn ratio(start: u128, end: u128) -> Result<(u32, u128), MathError> {
    // Start is no smaller than end, so it has no more leading zeros; and where it has
    // as many, its mantissa is no smaller. So nothing wraps.
    let halvings = end.leading_zeros().wrapping_sub(start.leading_zeros());
    let top = start.wrapping_shl(start.leading_zeros());
    let bottom = end.wrapping_shl(end.leading_zeros());
    let (halvings, rest) = if top >= bottom {
        (halvings, top.wrapping_sub(bottom))
    } else {
        // 2 * top - bottom, where bottom is at most twice the top.
        let rest = top.wrapping_sub(bottom.wrapping_sub(top));
        (halvings.wrapping_sub(1), rest)
    };
    // The quotient is one and a fraction, rest / bottom.
    let (first, rest) = limb(rest, bottom)?;
    let (second, _) = limb(rest, bottom)?;
    let fraction = (u128::from(first) << 64) | u128::from(second);
    Ok((halvings, 1 << 127 | fraction >> 1))
}

/// Quotient, rounded down, and remainder of `rest * 2^64 / bottom`, for a rest below
/// the bottom and a bottom of at least 2^127.
fn limb(rest: u128, bottom: u128) -> Result<(u64, u128), MathError> {
    // By the bottom's high half, rounded up, it is at most three too low.
    let mut quotient = match high(bottom).checked_add(1) {
        Some(divisor) => low(div_rem(rest, divisor)?.0),
        None => high(rest),
    };
    let mut rest = Wide::from_high(rest).wrapping_sub(Wide::product(bottom, quotient));
    let bottom = Wide::product(bottom, 1);
    while rest.at_least(bottom) {
        rest = rest.wrapping_sub(bottom);
        quotient = quotient.wrapping_add(1);
    }
    Ok((quotient, rest.narrow_128()?))
}

/// The square of a number in [1, 2) as Q1.127, rounded down, and whether it was halved
/// to be below two.
fn square(number: u128) -> (bool, u128) {
    let (a, b) = (high(number), low(number));
    let cross = product(a, b);
    // Three numbers below 2^64 fit 128 bits, and the top is that of a 256-bit square.
    let middle = u128::from(low(cross) >> 63 != 0) << 64 | u128::from(low(cross) << 1);
    let middle = middle.wrapping_add(u128::from(high(product(b, b))));
    let top = product(a, a)
        .wrapping_add(u128::from(high(cross)) << 1)
        .wrapping_add(u128::from(high(middle)));
    let halved = top >> 127 == 1;
    let square = if halved {
        top
    } else {
        (top << 1) | u128::from(low(middle) >> 63)
    };
    (halved, square)
}

/// `2^-x` in Q63 for `x` in [0, 1) as Q64, of which the first 48 bits count: at least
/// the exact value for those, and less than 2^-55 of it above.
fn power(x: u64) -> u64 {
    let mut power = 1u64 << 63;
    let mut bits = x;
    for root in ROOTS {
        if bits >> 63 == 1 {
            // Rounded up; at most 2^63 * 2^64 + 2^64: it cannot wrap.
            power = high(product(power, root).wrapping_add(u128::from(u64::MAX)));
        }
        bits <<= 1;
    }
    power
}

/// `2^(-1 / 2^i)` in Q64, rounded up, for i from 1: the factors of a power of two by
/// the bits of its exponent. A test derives them anew.
const ROOTS: [u64; 48] = [
    0xb504_f333_f9de_6485,
    0xd744_fcca_d69d_6af5,
    0xeac0_c6e7_dd24_392f,
    0xf525_7d15_2486_cc2d,
    0xfa83_b2db_722a_033b,
    0xfd3e_0c0c_f486_c175,
    0xfe9e_115c_7b8f_884c,
    0xff4e_cb59_511e_c8a6,
    0xffa7_5652_1c8d_aed2,
    0xffd3_a751_c0f7_e10c,
    0xffe9_d2b2_f7db_2756,
    0xfff4_e91b_ff1b_8c3e,
    0xfffa_747e_a004_0665,
    0xfffd_3a3b_7814_eb54,
    0xfffe_9d1c_c60d_dab2,
    0xffff_4e8e_2587_9bfb,
    0xffff_a747_0363_f452,
    0xffff_d3a3_7dda_0314,
    0xffff_e9d1_bdf7_03af,
    0xffff_f4e8_debe_025f,
    0xffff_fa74_6f4f_a151,
    0xffff_fd3a_37a3_f8b1,
    0xffff_fe9d_1bd1_065b,
    0xffff_ff4e_8de8_45ae,
    0xffff_ffa7_46f4_1377,
    0xffff_ffd3_a37a_05e4,
    0xffff_ffe9_d1bd_01fc,
    0xffff_fff4_e8de_80c1,
    0xffff_fffa_746f_4051,
    0xffff_fffd_3a37_a025,
    0xffff_fffe_9d1b_d012,
    0xffff_ffff_4e8d_e809,
    0xffff_ffff_a746_f405,
    0xffff_ffff_d3a3_7a03,
    0xffff_ffff_e9d1_bd02,
    0xffff_ffff_f4e8_de81,
    0xffff_ffff_fa74_6f41,
    0xffff_ffff_fd3a_37a1,
    0xffff_ffff_fe9d_1bd1,
    0xffff_ffff_ff4e_8de9,
    0xffff_ffff_ffa7_46f5,
    0xffff_ffff_ffd3_a37b,
    0xffff_ffff_ffe9_d1be,
    0xffff_ffff_fff4_e8df,
    0xffff_ffff_fffa_7470,
    0xffff_ffff_fffd_3a38,
    0xffff_ffff_fffe_9d1c,
    0xffff_ffff_ffff_4e8e,
];

#[cfg(test)]
mod tests {
    #![allow(clippy::arithmetic_side_effects, reason = "numbers of a test")]
    #![allow(clippy::unwrap_used, reason = "failures of a test")]

    use super::*;
    use num_bigint::BigUint;
    use proptest::{prelude::*, test_runner::RngAlgorithm};
    use std::{sync::LazyLock, vec::Vec};

    /// Bits behind the point of the reference.
    const FINE: u64 = 256;

    /// `2^(-1 / 2^i)` times `2^FINE`, by square roots, each less than two too low.
    static REFERENCE: LazyLock<Vec<BigUint>> = LazyLock::new(|| {
        let mut root = BigUint::from(1u8) << (FINE - 1);
        let roots = ROOTS.iter().map(|_| {
            root = (&root << FINE).sqrt();
            root.clone()
        });
        roots.collect()
    });

    fn exact_power(x: u64) -> BigUint {
        let mut power = BigUint::from(1u8) << FINE;
        for (place, root) in (16..64u64).rev().zip(REFERENCE.iter()) {
            if x >> place & 1 == 1 {
                power = (power * root) >> FINE;
            }
        }
        power
    }

    #[test]
    fn the_roots_are_those_of_two_rounded_up() {
        for (root, exact) in ROOTS.iter().zip(REFERENCE.iter()) {
            let exact = exact >> (FINE - 64);
            assert_eq!(BigUint::from(*root), exact + 1u8);
        }
    }

    #[test]
    fn a_power_never_rises_where_any_number_of_bits_carries() {
        assert_eq!(power(0), 1 << 63);
        assert!(power(u64::MAX) > 1 << 62);
        for bit in 17..64 {
            for above in [0, 1 << 63, 0x5555 << 48, u64::MAX] {
                let carry = (above & (u64::MAX << bit)) | (1 << bit);
                assert!(power(carry) < power(carry - (1 << 16)));
            }
        }
    }

    #[test]
    fn a_ratio_at_the_ends() {
        const MAX: u128 = u128::MAX;
        let one = 1u128 << 127;
        assert_eq!(ratio(MAX, MAX), Ok((0, one)));
        assert_eq!(ratio(MAX, MAX - 1), Ok((0, one)));
        assert_eq!(ratio(MAX, 1), Ok((127, MAX)));
        assert_eq!(ratio(1 << 127, MAX >> 1), Ok((0, one | 1)));
        assert_eq!(ratio(MAX - 1, one), Ok((0, MAX - 1)));
        assert_eq!(ratio(1, 1), Ok((0, one)));
        assert_eq!(ratio(one, 1), Ok((127, one)));
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            rng_algorithm: RngAlgorithm::XorShift,
            ..ProptestConfig::with_cases(10_000)
        })]

        #[test]
        fn a_ratio_equals_big_integers(
            a: u128, b: u128, shifts: (u8, u8), close in 0u32..128, kind in 0u8..4,
        ) {
            let (a, mut b) = (a >> (shifts.0 % 128), b >> (shifts.1 % 128));
            if kind == 0 {
                b = a ^ (b >> close);
            } else if kind == 1 {
                b |= u128::MAX << 64;
            }
            let (start, end) = (a.max(b).max(1), a.min(b).max(1));
            let (halvings, rest) = ratio(start, end)?;
            let exact = (BigUint::from(start) << 127u8) / (BigUint::from(end) << halvings);
            prop_assert_eq!(BigUint::from(rest), exact);
            prop_assert!(rest >> 127 == 1);
        }

        #[test]
        fn a_power_is_less_than_2_to_minus_55_too_high(x: u64, shift in 0u32..64, ones: bool) {
            let x = if ones { u64::MAX >> shift } else { x << shift };
            let exact = exact_power(x);
            let above = BigUint::from(power(x)) << (FINE - 63);
            prop_assert!(above >= exact);
            prop_assert!((above - &exact) << 55u8 < exact);
        }

        #[test]
        fn a_power_falls_from_step_to_step(x in 0..u64::MAX >> 16, zeros in 0u32..48) {
            let x = (x >> zeros) << zeros;
            let here = power(x << 16);
            prop_assert_eq!(power((x << 16) | 0xffff), here);
            prop_assert!(power((x.saturating_add(1).min(u64::MAX >> 16)) << 16) <= here);
            prop_assert!(x == 0 || power((x - 1) << 16) > here);
        }
    }
}
