//! How much an index dilutes its holders: shares minted for memberships within any
//! 30 days.

use crate::{Bps, MathError, Rounding, mul_div};

/// Days that a window spans: today and the 30 before it, so that 30 * 24 hours are
/// always covered.
pub const WINDOW_DAYS: usize = 31;

/// [`WINDOW_DAYS`] as a number of days.
const DAYS: u64 = 31;
const _: () = assert!(WINDOW_DAYS == 31);

const DAY_SECONDS: u64 = 86_400;

/// Shares minted on each of the last days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dilution {
    /// The last day on which something was minted: unix seconds / 86,400.
    pub day: u64,
    /// Index share atoms minted on `day` and the 30 days before it, each at its day
    /// modulo [`WINDOW_DAYS`].
    pub minted: [u64; WINDOW_DAYS],
}

impl Dilution {
    /// Index share atoms minted within the window that ends `now` (unix seconds): on
    /// the day of `now` and the 30 before it. Exact. Where the clock is behind `day`,
    /// `day` counts for the day of `now`.
    ///
    /// Errors: `OutOfRange` for a `now` below zero; `Overflow` where the sum leaves
    /// `u64`.
    pub fn within(self, now: i64) -> Result<u64, MathError> {
        let current = self.rolled(now)?;
        current.minted.iter().try_fold(0u64, |sum, minted| {
            sum.checked_add(*minted).ok_or(MathError::Overflow)
        })
    }

    /// Books `shares` (index share atoms) minted at `now` (unix seconds), where those
    /// within the window and these are together at most
    /// `floor(supply * cap / 10^4)`, with `supply` in index share atoms before the
    /// mint.
    ///
    /// Errors: `OutOfRange` above that, or for a `now` below zero; `Overflow` where
    /// what was minted before leaves `u64`.
    pub fn mint(self, now: i64, shares: u64, supply: u64, cap: Bps) -> Result<Dilution, MathError> {
        let (part, whole) = (u64::from(cap.get()), u64::from(Bps::ONE.get()));
        let most = mul_div(supply, part, whole, Rounding::Down)?;
        let sum = self.within(now)?.checked_add(shares);
        if sum.is_none_or(|sum| sum > most) {
            return Err(MathError::OutOfRange);
        }
        let mut after = self.rolled(now)?;
        let today = place(after.day)?;
        let today = after.minted.get_mut(today).ok_or(MathError::OutOfRange)?;
        *today = today.checked_add(shares).ok_or(MathError::Overflow)?;
        Ok(after)
    }

    /// The same with the day of `now` as its last: the days that left are empty.
    fn rolled(mut self, now: i64) -> Result<Dilution, MathError> {
        let now = u64::try_from(now).map_err(|_| MathError::OutOfRange)?;
        let today = now.checked_div(DAY_SECONDS);
        let today = today.ok_or(MathError::DivisionByZero)?;
        let passed = today.saturating_sub(self.day);
        for ahead in 1..=passed.min(DAYS) {
            // At most today, or a full turn of the ring from a day below it.
            let day = place(self.day.wrapping_add(ahead))?;
            *self.minted.get_mut(day).ok_or(MathError::OutOfRange)? = 0;
        }
        self.day = self.day.max(today);
        Ok(self)
    }
}

/// Where a day stands in the ring.
fn place(day: u64) -> Result<usize, MathError> {
    let place = day.checked_rem(DAYS).ok_or(MathError::DivisionByZero)?;
    usize::try_from(place).map_err(|_| MathError::Overflow)
}
