//! Atoms split equally among the members of an index.
//!
//! Settlement is exact, as with a [`crate::Stream`]: what was paid equals, to the last
//! 2^-64 of an atom, what all members accrued plus the carry. A member's accrual is
//! [`crate::accrued`] of one share, whole atoms of it are [`crate::payable`].

use crate::{Bps, MathError, Rounding, mul_div, mul_div::div_rem};

/// Most of a payment that is set aside for members.
pub const MAX_EQUAL_SHARE: Bps = Bps(2_500);
/// Least number of parts into which it is divided: while fewer are members, the parts of
/// those that are not there stay with the index.
pub const LEAST_PARTS: u64 = 10;

/// What one mint paid to each member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EqualShare {
    /// Atoms per member since the beginning, Q64.64.
    ///
    /// It wraps on purpose, as a [`crate::Stream`]'s: only differences since a
    /// checkpoint count, and they do not wrap twice as long as no member leaves more
    /// than `u64::MAX` atoms unclaimed.
    pub index: u128,
    /// Paid, but not yet in the index, in 2^-64 atoms.
    pub carry: u64,
}

impl EqualShare {
    /// Pays `amount` atoms to `members` members: `index += floor((amount * 2^64 +
    /// carry) / members)`, and the rest of that division is the new carry. Nothing is
    /// lost: it is paid with the next payment.
    ///
    /// Errors: `DivisionByZero` for no members.
    pub fn pay(self, amount: u64, members: u64) -> Result<EqualShare, MathError> {
        let amount = (u128::from(amount) << 64) | u128::from(self.carry);
        let (step, carry) = div_rem(amount, members)?;
        Ok(EqualShare {
            index: self.index.wrapping_add(step),
            carry,
        })
    }
}

/// What of a payment of `amount` atoms goes to `members` members together: a part each of
/// `max(members, 10)` equal ones,
///
/// `floor(floor(amount * rate / 10^4) * members / max(members, 10))` atoms, rounded down
/// twice in the vault's favour. No members get nothing.
///
/// Errors: `OutOfRange` for a rate above [`MAX_EQUAL_SHARE`].
pub fn set_aside(amount: u64, rate: Bps, members: u64) -> Result<u64, MathError> {
    if rate > MAX_EQUAL_SHARE {
        return Err(MathError::OutOfRange);
    }
    let (part, whole) = (u64::from(rate.get()), u64::from(Bps::ONE.get()));
    let part = mul_div(amount, part, whole, Rounding::Down)?;
    mul_div(part, members, members.max(LEAST_PARTS), Rounding::Down)
}
