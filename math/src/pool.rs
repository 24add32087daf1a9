//! Baskets of constituents behind the shares of an index.

use crate::{MathError, Rounding, WHOLE_INDEX_SHARE, mul_div};

/// What a contributor of `shares` (index share atoms) gives of one constituent of
/// which the index counts `counter` atoms for a `supply` of index share atoms:
/// `ceil(counter * shares / supply)` atoms, rounded up in the vault's favour.
///
/// The shares may be more than the supply. In parts it never costs less, and
/// [`share_out`] of the same shares right after never returns more.
///
/// Errors: `DivisionByZero` for no supply; `Overflow` where the atoms leave `u64`.
pub fn share_in(counter: u64, shares: u64, supply: u64) -> Result<u64, MathError> {
    mul_div(counter, shares, supply, Rounding::Up)
}

/// What redeeming `shares` of a `supply` of index share atoms returns of one
/// constituent of which the index counts `counter` atoms:
/// `floor(counter * shares / supply)` atoms, rounded down in the vault's favour.
///
/// All shares return all atoms. In parts it never returns more.
///
/// Errors: `DivisionByZero` for no supply; `OutOfRange` for more than the supply.
pub fn share_out(counter: u64, shares: u64, supply: u64) -> Result<u64, MathError> {
    if supply > 0 && shares > supply {
        return Err(MathError::OutOfRange);
    }
    mul_div(counter, shares, supply, Rounding::Down)
}

/// What an index with a `supply` of index share atoms should hold of a constituent
/// with a `weight` in atoms per whole index share: `weight * supply / 10^9` atoms,
/// rounded as told.
///
/// Errors: `Overflow` where the atoms leave `u64`.
pub fn target_atoms(weight: u64, supply: u64, rounding: Rounding) -> Result<u64, MathError> {
    mul_div(weight, supply, WHOLE_INDEX_SHARE, rounding)
}
