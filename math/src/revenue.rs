//! What a claim on revenue takes of a sale.

use crate::{Atoms, Bps, MathError, Rounding, mul_div};

/// A sale's payment in two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Atoms for the claim, and so for holders.
    pub claim: Atoms,
    /// Atoms for the owner.
    pub owner: Atoms,
}

/// Splits a payment of `amount` atoms between a claim on `share` of revenue that takes
/// `room` atoms more at most, and the owner:
/// `claim = min(ceil(amount * share / 10^4), room)`, rounded up in the holders' favour,
/// and `owner = amount - claim`.
///
/// Errors: none for any arguments; the type leaves room for the checked operations.
pub fn cut(amount: Atoms, share: Bps, room: Atoms) -> Result<Cut, MathError> {
    let (part, whole) = (u64::from(share.get()), u64::from(Bps::ONE.get()));
    let due = mul_div(amount.0, part, whole, Rounding::Up).map(Atoms)?;
    let claim = due.min(room);
    Ok(Cut {
        claim,
        owner: amount.checked_sub(claim)?,
    })
}
