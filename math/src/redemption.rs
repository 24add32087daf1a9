//! The cash-out curve.

use crate::{Atoms, Bps, MathError, Rounding, Shares, mul_div, mul_div::{div_rem, mul_div_rem, product}, wide};

/// Atoms of an asset that burning `burned` of `supply` share atoms pays out of a
/// `reserve`: with `B`, `c`, `T` and the cash-out tax `r`,
/// `floor(B * (c/T) * ((1 - r) + r * c/T))`. Burning all pays all.
///
/// Exact for all inputs: with `n = (10^4 - r) * T + r * c` and `B * c = q * T + m`,
/// it is `floor((q * n + floor(m * n / T)) / (10^4 * T))`.
///
/// Errors: `DivisionByZero` for no supply; `OutOfRange` for more than the supply.
pub fn cash_out(
    reserve: Atoms,
    burned: Shares,
    supply: Shares,
    tax: Bps,
) -> Result<Atoms, MathError> {
    let (c, t) = (burned.0, supply.0);
    if t == 0 {
        return Err(MathError::DivisionByZero);
    }
    if c > t {
        return Err(MathError::OutOfRange);
    }
    if c == t || c == 0 {
        return Ok(if c == 0 { Atoms::ZERO } else { reserve });
    }
    if tax == Bps::ZERO {
        return mul_div(reserve.0, c, t, Rounding::Down).map(Atoms);
    }
    let r = u64::from(tax.get());
    let one = u64::from(Bps::ONE.get());
    // n <= 10^4 * T < 2^78: these sums do not overflow.
    let kept = one.checked_sub(r).ok_or(MathError::OutOfRange)?;
    let n = product(kept, t).checked_add(product(r, c)).ok_or(MathError::Overflow)?;
    let d = product(one, t);
    let (q, m) = mul_div_rem(reserve.0, c, t)?;
    let paid = match (u128::from(q).checked_mul(n), u128::from(m).checked_mul(n)) {
        (Some(main), Some(rest)) => {
            let (rest, _) = div_rem(rest, u128::from(t))?;
            match main.checked_add(rest) {
                Some(sum) => div_rem(sum, d)?.0,
                None => wide::curve(q, m, n, t, d)?,
            }
        }
        _ => wide::curve(q, m, n, t, d)?,
    };
    u64::try_from(paid).map(Atoms).map_err(|_| MathError::Overflow)
}
