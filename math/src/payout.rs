//! Payouts that stream to shares: a linear drip and an index per share in Q64.64.
//!
//! Settlement is exact: what a stream was paid equals, at any time and to the
//! last 2^-64 of an atom, what all holders accrued plus the carry plus what
//! remains. Rounding happens once, when whole atoms are paid out.

use crate::{
    Atoms, MathError, Rounding, Shares, mul_div,
    mul_div::{div_rem, product},
};

/// One payout mint's stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    /// Payout atoms per share atom since the beginning, Q64.64.
    ///
    /// It wraps, on purpose: an error here would close every holder's exit. The
    /// difference since a holder's checkpoint, times the shares, is bounded by
    /// the atoms that the vault held in the meantime, so it never wraps twice.
    pub index: u128,
    /// Atoms not yet released.
    pub remaining: u64,
    /// Released, but not yet in the index, in 2^-64 atoms.
    pub carry: u64,
    /// When the stream was last brought up to date, unix seconds.
    pub last: i64,
    /// When the last atom is released, unix seconds.
    pub end: i64,
}

impl Stream {
    /// Releases what `now` (unix seconds) allows to `shares` earning share atoms.
    ///
    /// Between `last` and `end`: `released = floor(remaining * (now - last) / (end
    /// - last))`; from `end` on all that remains. `index += floor((released * 2^64
    /// + carry) / shares)`, the division's rest is the new carry. With no shares
    /// the stream waits: `end` moves by the time that passed. A `now` at or before
    /// `last` changes nothing: clocks of nodes may step back.
    ///
    /// Errors: `Overflow` only where times are further apart than `i64` holds.
    pub fn release(self, now: i64, shares: Shares) -> Result<Stream, MathError> {
        let elapsed = now.checked_sub(self.last).ok_or(MathError::Overflow)?;
        if elapsed <= 0 {
            return Ok(self);
        }
        if shares.is_zero() {
            let end = self.end.checked_add(elapsed).ok_or(MathError::Overflow)?;
            return Ok(Stream { last: now, end, ..self });
        }
        let released = if now >= self.end {
            self.remaining
        } else {
            let window = self.end.checked_sub(self.last).ok_or(MathError::Overflow)?;
            mul_div(self.remaining, elapsed.unsigned_abs(), window.unsigned_abs(), Rounding::Down)?
        };
        let remaining = self.remaining.checked_sub(released).ok_or(MathError::Underflow)?;
        let (step, carry) = per_share(released, self.carry, shares.0)?;
        Ok(Stream { index: self.index.wrapping_add(step), remaining, carry, last: now, end: self.end })
    }

    /// Adds `amount` atoms. MUST follow [`Stream::release`] at the same `now`.
    ///
    /// The new end is the weighted mean of what remains and what came: `end = now +
    /// ceil((remaining * (end - now) + amount * drip) / (remaining + amount))`, so a
    /// payment of dust does not delay what was already on its way.
    ///
    /// Errors: `Overflow` where more than `u64::MAX` atoms would remain.
    pub fn pay(self, now: i64, amount: Atoms, drip_seconds: u32) -> Result<Stream, MathError> {
        if amount.is_zero() {
            return Ok(self);
        }
        let remaining = self.remaining.checked_add(amount.0).ok_or(MathError::Overflow)?;
        // Never before the last release, where clocks stepped back.
        let last = self.last.max(now);
        let left = self.end.checked_sub(last).ok_or(MathError::Overflow)?.max(0).unsigned_abs();
        let weight = product(self.remaining, left)
            .checked_add(product(amount.0, u64::from(drip_seconds)))
            .ok_or(MathError::Overflow)?;
        let (mean, rest) = div_rem(weight, u128::from(remaining))?;
        let window = mean.checked_add(u128::from(rest > 0)).ok_or(MathError::Overflow)?;
        let window = i64::try_from(window).map_err(|_| MathError::Overflow)?;
        let end = last.checked_add(window).ok_or(MathError::Overflow)?;
        Ok(Stream { remaining, last, end, ..self })
    }
}

/// `(released * 2^64 + carry) / shares` and its rest.
fn per_share(released: u64, carry: u64, shares: u64) -> Result<(u128, u64), MathError> {
    let amount = (u128::from(released) << 64) | u128::from(carry);
    let (step, rest) = div_rem(amount, u128::from(shares))?;
    Ok((step, u64::try_from(rest).map_err(|_| MathError::Overflow)?))
}

/// What `shares` accrued between two indexes, in Q64.64 payout atoms: exactly
/// `shares * (index - checkpoint)`, the difference wrapping.
///
/// Errors: `Overflow` where it does not fit 128 bits.
pub fn accrued(shares: Shares, index: u128, checkpoint: u128) -> Result<u128, MathError> {
    let difference = index.wrapping_sub(checkpoint);
    let (high, low) = halves(difference);
    let whole = u64::try_from(product(shares.0, high)).map_err(|_| MathError::Overflow)?;
    (u128::from(whole) << 64).checked_add(product(shares.0, low)).ok_or(MathError::Overflow)
}

/// Whole atoms of an owed Q64.64 amount, and the fraction that stays owed.
pub fn payable(owed: u128) -> (Atoms, u128) {
    let (high, low) = halves(owed);
    (Atoms(high), u128::from(low))
}

#[allow(clippy::cast_possible_truncation, reason = "the two halves of a u128")]
fn halves(number: u128) -> (u64, u64) {
    ((number >> 64) as u64, number as u64)
}
