//! Payouts that stream to shares: a linear drip and an index per share in Q64.64.
//!
//! Settlement is exact: what a stream was paid equals, at any time and to the
//! last 2^-64 of an atom, what all holders accrued plus the carry plus what
//! remains. Rounding happens once, when whole atoms are paid out.

use crate::{
    Atoms, MathError, Rounding, Shares, mul_div,
    mul_div::{div_rem, high, low, product},
};

/// One payout mint's stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stream {
    /// Payout atoms per share atom since the beginning, Q64.64.
    ///
    /// It wraps on purpose: an error here would close every holder's exit. Only
    /// differences since a checkpoint count, and shares times such a difference are
    /// atoms that the stream released meanwhile: it does not wrap twice as long as
    /// no holder leaves more than `u64::MAX` atoms unclaimed.
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
    /// Releases what is due at `now` (unix seconds) to `shares` earning share atoms.
    ///
    /// From `end` on, all that remains is released; between `last` and `end`,
    /// rounded down, `released = floor(remaining * (now - last) / (end - last))`. Then
    /// `index += floor((released * 2^64 + carry) / shares)`, and the rest of that
    /// division is the new carry: nothing is lost.
    ///
    /// With no shares the stream waits: `end` moves by the time that passed. A `now`
    /// at or before `last` changes nothing: clocks of nodes may step back. So what is
    /// paid without a drip is released from the next second on.
    ///
    /// However often it is called, rounding holds back at most `3/8 * (end - last) + 1`
    /// atoms of the straight line (seconds taken as a number), and none at `end`.
    ///
    /// Errors: `Overflow` where waiting moves `end` out of `i64`.
    pub fn release(self, now: i64, shares: Shares) -> Result<Stream, MathError> {
        if now <= self.last {
            return Ok(self);
        }
        let elapsed = now.abs_diff(self.last);
        if shares.is_zero() {
            let end = self.end.checked_add_unsigned(elapsed);
            let end = end.ok_or(MathError::Overflow)?;
            return Ok(Stream {
                last: now,
                end,
                ..self
            });
        }
        let released = if now >= self.end {
            self.remaining
        } else {
            let window = self.end.abs_diff(self.last);
            mul_div(self.remaining, elapsed, window, Rounding::Down)?
        };
        let remaining = self
            .remaining
            .checked_sub(released)
            .ok_or(MathError::Underflow)?;
        let amount = (u128::from(released) << 64) | u128::from(self.carry);
        let (step, carry) = div_rem(amount, shares.0)?;
        let index = self.index.wrapping_add(step);
        Ok(Stream {
            index,
            remaining,
            carry,
            last: now,
            ..self
        })
    }

    /// Adds `amount` payout atoms at `now` (unix seconds), to be released over
    /// `drip_seconds`. MUST follow [`Stream::release`] at the same `now`.
    ///
    /// What is on its way and what came get one new window, the mean of both weighted
    /// by atoms: `end = now + (remaining * (end - now) + amount * drip_seconds) /
    /// (remaining + amount)`, rounded towards the end so far. Rounded up it would be
    /// an attack: every payment of one atom would delay all that remains by a second.
    /// A stream with nothing left starts anew with `drip_seconds`. Zero atoms change
    /// nothing. Where the clock stepped back, `last` counts for `now`.
    ///
    /// Errors: `Overflow` where more than `u64::MAX` atoms would remain, or the end
    /// leaves `i64`.
    pub fn pay(self, now: i64, amount: Atoms, drip_seconds: u32) -> Result<Stream, MathError> {
        if amount.is_zero() {
            return Ok(self);
        }
        let remaining = self
            .remaining
            .checked_add(amount.0)
            .ok_or(MathError::Overflow)?;
        let last = self.last.max(now);
        let left = if self.end > last {
            self.end.abs_diff(last)
        } else {
            0
        };
        let drip = u64::from(drip_seconds);
        // At most (remaining + amount) * u64::MAX: it cannot wrap.
        let weight = product(self.remaining, left).wrapping_add(product(amount.0, drip));
        let (mean, rest) = div_rem(weight, remaining)?;
        // The mean lies between both windows: it is above u64 nowhere.
        let shortens = rest > 0 && drip < left;
        let window = mean.wrapping_add(u128::from(shortens));
        let window = u64::try_from(window).map_err(|_| MathError::Overflow)?;
        let end = last
            .checked_add_unsigned(window)
            .ok_or(MathError::Overflow)?;
        Ok(Stream {
            remaining,
            last,
            end,
            ..self
        })
    }

    /// Takes back `earned` Q64.64 payout atoms, which shares that give them up accrued
    /// since a checkpoint: returns the whole atoms, to be paid anew by [`Stream::pay`], and
    /// the stream with the fraction in its carry. Exact: `atoms * 2^64 + carry` is
    /// `earned` and the carry so far.
    ///
    /// Errors: `Overflow` if the sum does not fit 128 bits.
    pub fn take_back(self, earned: u128) -> Result<(Stream, Atoms), MathError> {
        let sum = earned.checked_add(u128::from(self.carry));
        let sum = sum.ok_or(MathError::Overflow)?;
        let carry = low(sum);
        Ok((Stream { carry, ..self }, Atoms(high(sum))))
    }
}

/// What `shares` (share atoms) accrued between two indexes (Q64.64 payout atoms per
/// share atom), in Q64.64 payout atoms: exactly `shares * (index - checkpoint)`, the
/// difference wrapping. Not rounded.
///
/// Errors: `Overflow` where it does not fit 128 bits; no stream gets there, as it
/// never holds more than `u64::MAX` atoms at once.
pub fn accrued(shares: Shares, index: u128, checkpoint: u128) -> Result<u128, MathError> {
    let difference = index.wrapping_sub(checkpoint);
    let whole = u64::try_from(product(shares.0, high(difference)));
    let whole = u128::from(whole.map_err(|_| MathError::Overflow)?) << 64;
    whole
        .checked_add(product(shares.0, low(difference)))
        .ok_or(MathError::Overflow)
}

/// Splits an owed Q64.64 amount of payout atoms: whole atoms, rounded down, to pay
/// now, and the fraction, below 2^64, that stays owed.
pub fn payable(owed: u128) -> (Atoms, u128) {
    (Atoms(high(owed)), u128::from(low(owed)))
}
