//! What units are attested to be worth, and what they cost in an auction of custody.

use crate::{Atoms, MathError, Rounding, mul_div};

/// What `held` units of a claim are worth of which somebody signed that `signed` units
/// are worth `value` (quote atoms): `value * min(held, signed) / signed`, rounded as
/// asked. More units than were signed are worth no more. Without units (`signed` of zero)
/// it is the value.
///
/// Errors: none for any arguments; the type leaves room for the checked operations.
pub fn scaled(
    value: Atoms,
    held: u64,
    signed: u64,
    rounding: Rounding,
) -> Result<Atoms, MathError> {
    if signed == 0 {
        return Ok(value);
    }
    mul_div(value.0, held.min(signed), signed, rounding).map(Atoms)
}

/// What `part` units are worth at least of which `signed` are worth `value`, rounded up:
/// `ceil(value * part / signed)`, and not more than `u64` holds.
///
/// Errors: `DivisionByZero` for `signed` of zero.
pub fn worth(value: Atoms, part: u64, signed: u64) -> Result<Atoms, MathError> {
    match mul_div(value.0, part, signed, Rounding::Up) {
        Err(MathError::Overflow) => Ok(Atoms(u64::MAX)),
        other => other.map(Atoms),
    }
}

/// What all that is on offer costs after `elapsed` of `duration` seconds (both at least
/// 0), in a falling line from `start` to `end` quote atoms:
/// `end + ceil((start - end) * (duration - elapsed) / duration)`; the start at 0, the end
/// from the duration on. Rounded up in the vault's favour.
///
/// Errors: `OutOfRange` for a start below the end; `DivisionByZero` for no duration.
pub fn asking(start: Atoms, end: Atoms, elapsed: u64, duration: u64) -> Result<Atoms, MathError> {
    let fall = start.0.checked_sub(end.0).ok_or(MathError::OutOfRange)?;
    let left = duration.saturating_sub(elapsed);
    let above = mul_div(fall, left, duration, Rounding::Up)?;
    // At most the start: it fits.
    end.checked_add(Atoms(above))
}

/// What `part` of `whole` units cost where all of them cost `price` quote atoms:
/// `ceil(price * part / whole)`, rounded up in the vault's favour. In parts it never costs
/// less.
///
/// Errors: `OutOfRange` for a part above the whole; `DivisionByZero` for a whole of zero.
pub fn part_price(price: Atoms, part: u64, whole: u64) -> Result<Atoms, MathError> {
    if whole > 0 && part > whole {
        return Err(MathError::OutOfRange);
    }
    mul_div(price.0, part, whole, Rounding::Up).map(Atoms)
}
