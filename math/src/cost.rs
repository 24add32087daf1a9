//! Cost that follows the units it was paid for.

use crate::{Atoms, MathError, Rounding, mul_div};

/// The part of `cost` (quote atoms) that `part` of `whole` units (of any one kind)
/// carry: `floor(cost * part / whole)`. All units carry all of it.
///
/// Errors: `DivisionByZero` for a whole of zero; `OutOfRange` for a part above it.
pub fn carried(cost: Atoms, part: u64, whole: u64) -> Result<Atoms, MathError> {
    if whole > 0 && part > whole {
        return Err(MathError::OutOfRange);
    }
    mul_div(cost.0, part, whole, Rounding::Down).map(Atoms)
}
