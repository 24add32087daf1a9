//! The one way to multiply and divide.

use crate::MathError;

/// Which neighbour a quotient that is no whole number becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// The next lower.
    Down,
    /// The next higher.
    Up,
}

/// `a * b / divisor`, rounded as told; the product is exact, in 128 bits.
///
/// The arguments are plain numbers: the result has the unit of `a` where `b` and
/// `divisor` have the same one.
///
/// Errors: `DivisionByZero`; `Overflow` where the result is above `u64::MAX`.
pub fn mul_div(a: u64, b: u64, divisor: u64, rounding: Rounding) -> Result<u64, MathError> {
    let (quotient, remainder) = mul_div_rem(a, b, divisor)?;
    let up = rounding == Rounding::Up && remainder > 0;
    quotient
        .checked_add(u64::from(up))
        .ok_or(MathError::Overflow)
}

/// Quotient, rounded down, and remainder of `a * b / divisor`.
pub(crate) fn mul_div_rem(a: u64, b: u64, divisor: u64) -> Result<(u64, u64), MathError> {
    let (quotient, remainder) = div_rem(product(a, b), divisor)?;
    Ok((
        u64::try_from(quotient).map_err(|_| MathError::Overflow)?,
        remainder,
    ))
}

/// `a * b`, which always fits.
pub(crate) fn product(a: u64, b: u64) -> u128 {
    u128::from(a).wrapping_mul(u128::from(b))
}

/// Quotient, rounded down, and remainder of `number / divisor`. Divides in 64 bits
/// where the number fits: on sBPF a 128-bit division is a function of its own.
pub(crate) fn div_rem(number: u128, divisor: u64) -> Result<(u128, u64), MathError> {
    if divisor == 0 {
        return Err(MathError::DivisionByZero);
    }
    if let Ok(small) = u64::try_from(number) {
        let quotient = small
            .checked_div(divisor)
            .ok_or(MathError::DivisionByZero)?;
        // quotient * divisor <= small, here and below: nothing wraps.
        let remainder = small.wrapping_sub(quotient.wrapping_mul(divisor));
        return Ok((u128::from(quotient), remainder));
    }
    let quotient = number
        .checked_div(u128::from(divisor))
        .ok_or(MathError::DivisionByZero)?;
    // The remainder is below the divisor: its low half is all of it.
    let remainder = low(number).wrapping_sub(low(quotient).wrapping_mul(divisor));
    Ok((quotient, remainder))
}

/// The low 64 bits of a number.
#[inline]
#[allow(
    clippy::cast_possible_truncation,
    reason = "the low half is what is wanted"
)]
pub(crate) fn low(number: u128) -> u64 {
    number as u64
}

/// The high 64 bits of a number.
#[inline]
pub(crate) fn high(number: u128) -> u64 {
    low(number >> 64)
}
