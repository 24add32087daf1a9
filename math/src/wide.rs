//! 256-bit steps for amounts that leave 128 bits: rare, so short rather than fast.

use crate::{MathError, mul_div::product};

/// A 256-bit number: high and low 128 bits.
type Wide = (u128, u128);

/// `floor((q * n + floor(m * n / t)) / d)`.
pub(crate) fn curve(q: u64, m: u64, n: u128, t: u64, d: u128) -> Result<u128, MathError> {
    let rest = div(mul(n, m), u128::from(t))?;
    let (high, low) = mul(n, q);
    let (low, carry) = low.overflowing_add(rest);
    let high = high.checked_add(u128::from(carry)).ok_or(MathError::Overflow)?;
    div((high, low), d)
}

/// `a * b`.
#[allow(clippy::cast_possible_truncation, reason = "the two halves of a u128")]
fn mul(a: u128, b: u64) -> Wide {
    let low = product(a as u64, b);
    let high = product((a >> 64) as u64, b);
    let (sum, carry) = low.overflowing_add(high << 64);
    // high < 2^128 - 2^65, so the carry fits.
    ((high >> 64).wrapping_add(u128::from(carry)), sum)
}

/// `number / divisor`, bit by bit. Errors: `Overflow` beyond 128 bits.
fn div((high, low): Wide, divisor: u128) -> Result<u128, MathError> {
    if divisor == 0 {
        return Err(MathError::DivisionByZero);
    }
    if high >= divisor {
        return Err(MathError::Overflow);
    }
    let (mut rest, mut quotient) = (high, 0u128);
    for bit in (0..128u32).rev() {
        let top = rest >> 127;
        rest = (rest << 1) | ((low >> bit) & 1);
        // With the top bit shifted out the true rest is above 2^128 > divisor.
        if top == 1 || rest >= divisor {
            rest = rest.wrapping_sub(divisor);
            quotient |= 1 << bit;
        }
    }
    Ok(quotient)
}
