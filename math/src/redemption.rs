//! The cash-out curve.

use crate::{Atoms, Bps, MathError, Rounding, Shares, mul_div};

/// What burning `burned` of `supply` share atoms pays out of a `reserve` of atoms at a
/// cash-out `tax`: with `B`, `c`, `T` and `r` for them
///
/// ```text
/// x = floor(B * c / T)
/// x - ceil(ceil(x * r) * (T - c) / T)
/// ```
///
/// atoms of the reserve's mint. That is never more than `B * (c / T) * ((1 - r) + r * c / T)`
/// and less than that by fewer than three atoms. So what the others have for each share
/// never falls. Burning all pays all, burning none pays none. An exit in parts pays at
/// most two atoms more than one at once, which is less than one of its transactions costs.
///
/// Errors: `DivisionByZero` for no supply; `OutOfRange` for more than the supply.
pub fn cash_out(
    reserve: Atoms,
    burned: Shares,
    supply: Shares,
    tax: Bps,
) -> Result<Atoms, MathError> {
    let stay = supply.0.checked_sub(burned.0);
    if supply.is_zero() {
        return Err(MathError::DivisionByZero);
    }
    let stay = stay.ok_or(MathError::OutOfRange)?;
    let part = mul_div(reserve.0, burned.0, supply.0, Rounding::Down)?;
    if tax == Bps::ZERO || stay == 0 {
        return Ok(Atoms(part));
    }
    let (rate, one) = (u64::from(tax.get()), u64::from(Bps::ONE.get()));
    let full = mul_div(part, rate, one, Rounding::Up)?;
    let left = mul_div(full, stay, supply.0, Rounding::Up)?;
    // Twice at most the whole of it, rounded up: never more than the part.
    part.checked_sub(left)
        .map(Atoms)
        .ok_or(MathError::Underflow)
}
