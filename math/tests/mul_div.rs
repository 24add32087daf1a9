mod common;

use common::{config, number, part_of_whole, positive};
use num_bigint::BigUint;
use proptest::prelude::*;
use upside_math::{MathError, Rounding, mul_div};

fn reference(a: u64, b: u64, divisor: u64, rounding: Rounding) -> Result<u64, MathError> {
    if divisor == 0 {
        return Err(MathError::DivisionByZero);
    }
    let up = if rounding == Rounding::Up {
        divisor - 1
    } else {
        0
    };
    let quotient = (BigUint::from(a) * b + up) / divisor;
    u64::try_from(quotient).map_err(|_| MathError::Overflow)
}

fn down(a: u64, b: u64, divisor: u64) -> Result<u64, MathError> {
    mul_div(a, b, divisor, Rounding::Down)
}

fn up(a: u64, b: u64, divisor: u64) -> Result<u64, MathError> {
    mul_div(a, b, divisor, Rounding::Up)
}

proptest! {
    #![proptest_config(config!("mul_div"))]

    #[test]
    fn equals_big_integers(a in number(), b in number(), divisor in number()) {
        for rounding in [Rounding::Down, Rounding::Up] {
            prop_assert_eq!(
                mul_div(a, b, divisor, rounding),
                reference(a, b, divisor, rounding)
            );
        }
    }

    /// Products around 2^64, where the division changes its width, and quotients
    /// around 2^64, where there is none any more.
    #[test]
    fn equals_big_integers_at_the_edges(
        a in positive(), divisor in positive(), off in -2i128..=2, product in any::<bool>(),
    ) {
        let divided = if product { 1 } else { u128::from(divisor) };
        let wanted = (1u128 << 64).saturating_mul(divided).saturating_add_signed(off);
        let b = u64::try_from(wanted / u128::from(a)).unwrap_or(u64::MAX);
        for b in [b, b.saturating_add(1)] {
            for rounding in [Rounding::Down, Rounding::Up] {
                prop_assert_eq!(
                    mul_div(a, b, divisor, rounding),
                    reference(a, b, divisor, rounding)
                );
            }
        }
    }

    #[test]
    fn a_part_fits_and_both_parts_make_the_whole(
        amount in number(), (part, whole) in part_of_whole(),
    ) {
        let lower = down(amount, part, whole)?;
        let upper = up(amount, whole - part, whole)?;
        prop_assert_eq!(lower.checked_add(upper), Some(amount));
    }

    #[test]
    fn grows_with_each_factor_and_shrinks_with_the_divisor(
        a in number(), b in number(), divisor in positive(), more in number(),
    ) {
        let (more_a, more_divisor) = (a.saturating_add(more), divisor.saturating_add(more));
        for rounding in [Rounding::Down, Rounding::Up] {
            let here = mul_div(a, b, divisor, rounding).unwrap_or(u64::MAX);
            prop_assert!(mul_div(more_a, b, divisor, rounding).unwrap_or(u64::MAX) >= here);
            prop_assert!(mul_div(b, more_a, divisor, rounding).unwrap_or(u64::MAX) >= here);
            prop_assert!(mul_div(a, b, more_divisor, rounding).unwrap_or(u64::MAX) <= here);
        }
    }

    #[test]
    fn there_and_back_never_profits(a in number(), b in positive(), divisor in positive()) {
        if let Ok(there) = down(a, b, divisor) {
            prop_assert!(down(there, divisor, b)? <= a);
        }
        if let Ok(there) = up(a, b, divisor) {
            prop_assert!(up(there, divisor, b).unwrap_or(u64::MAX) >= a);
        }
    }
}

#[test]
fn every_small_case() {
    for a in 0..=48u64 {
        for b in 0..=48u64 {
            assert_eq!(down(a, b, 0), Err(MathError::DivisionByZero));
            assert_eq!(up(a, b, 0), Err(MathError::DivisionByZero));
            for divisor in 1..=48u64 {
                assert_eq!(down(a, b, divisor), Ok(a * b / divisor));
                assert_eq!(up(a, b, divisor), Ok((a * b).div_ceil(divisor)));
            }
        }
    }
}

#[test]
fn the_ends_of_u64() {
    const MAX: u64 = u64::MAX;
    assert_eq!(down(MAX, MAX, MAX), Ok(MAX));
    assert_eq!(up(MAX, MAX, MAX), Ok(MAX));
    assert_eq!(down(MAX, MAX, MAX - 1), Err(MathError::Overflow));
    assert_eq!(down(MAX, MAX, 1), Err(MathError::Overflow));
    assert_eq!(down(MAX, MAX, 0), Err(MathError::DivisionByZero));
    assert_eq!(up(1, 1, MAX), Ok(1));
    assert_eq!(down(1 << 32, 1 << 32, 1), Err(MathError::Overflow));
    assert_eq!(down(1 << 32, 1 << 32, 2), Ok(1 << 63));
    // (2^64 - 2)^2 = (2^64 - 1) * (2^64 - 3) + 1: only rounding up leaves u64.
    assert_eq!(down(MAX - 1, MAX - 1, MAX - 2), Ok(MAX));
    assert_eq!(up(MAX - 1, MAX - 1, MAX - 2), Err(MathError::Overflow));
}
