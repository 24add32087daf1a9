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

/// `a * b / divisor`, rounded as told, exact in between.
///
/// Errors: `DivisionByZero`; `Overflow` where the result is above `u64::MAX`.
pub fn mul_div(a: u64, b: u64, divisor: u64, rounding: Rounding) -> Result<u64, MathError> {
    let (quotient, remainder) = mul_div_rem(a, b, divisor)?;
    if remainder > 0 && rounding == Rounding::Up {
        return quotient.checked_add(1).ok_or(MathError::Overflow);
    }
    Ok(quotient)
}

/// Quotient and remainder of `a * b / divisor`. Divides in 64 bits where the
/// product fits: on sBPF a 128-bit division costs hundreds of instructions.
pub(crate) fn mul_div_rem(a: u64, b: u64, divisor: u64) -> Result<(u64, u64), MathError> {
    let product = product(a, b);
    if let Ok(small) = u64::try_from(product) {
        let quotient = small.checked_div(divisor).ok_or(MathError::DivisionByZero)?;
        let remainder = small.checked_rem(divisor).ok_or(MathError::DivisionByZero)?;
        return Ok((quotient, remainder));
    }
    div_rem(product, u128::from(divisor)).and_then(|(quotient, remainder)| {
        let quotient = u64::try_from(quotient).map_err(|_| MathError::Overflow)?;
        Ok((quotient, u64::try_from(remainder).map_err(|_| MathError::Overflow)?))
    })
}

/// `a * b`, which always fits.
pub(crate) fn product(a: u64, b: u64) -> u128 {
    u128::from(a).wrapping_mul(u128::from(b))
}

/// Quotient and remainder by one division: the remainder costs a multiplication.
pub(crate) fn div_rem(number: u128, divisor: u128) -> Result<(u128, u128), MathError> {
    let quotient = number.checked_div(divisor).ok_or(MathError::DivisionByZero)?;
    // quotient * divisor <= number, so neither wraps.
    Ok((quotient, number.wrapping_sub(quotient.wrapping_mul(divisor))))
}
