//! Payouts that stream to registered shares.

use {
    crate::model::{
        Model, Predicted,
        number::{fit, floor64},
    },
    num_bigint::BigUint,
    upside_sdk::{Pubkey, TokenError},
};

/// A payout mint's stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Stream {
    /// Atoms per share atom since the beginning, in 2^-64, wrapping.
    pub index: u128,
    /// Atoms yet to be released.
    pub remaining: u64,
    /// Released and in no index yet, in 2^-64 atoms.
    pub carry: u64,
    /// When it was last released.
    pub last: i64,
    /// When the last atom is released.
    pub end: i64,
    /// Atoms ever paid in.
    pub paid: u64,
    /// Place of its mint among the assets.
    pub asset: u8,
    /// From when on it takes payments; 0 for at once.
    pub opens_at: i64,
}

/// An amount in 2^-64 atoms as a plain number.
pub fn wide(atoms: u64, fraction: u64) -> BigUint {
    (BigUint::from(atoms) << 64) + fraction
}

impl Stream {
    /// Releases in proportion to the time that passed of the window, all at its end. It
    /// waits while there are no shares.
    ///
    /// # Errors
    /// `MathDomain` where its end leaves the range.
    pub fn release(&mut self, now: i64, shares: u64) -> Predicted {
        if self.remaining == 0 || now <= self.last {
            return Ok(());
        }
        let passed = now.abs_diff(self.last);
        let window = self.end.abs_diff(self.last);
        let over = now >= self.end;
        self.last = now;
        if shares == 0 {
            let later = self.end.checked_add_unsigned(passed);
            self.end = later.ok_or(TokenError::Overflow)?;
            return Ok(());
        }
        let released = if over {
            self.remaining
        } else {
            floor64(self.remaining, passed, window).expect("a part of the remaining atoms")
        };
        self.remaining -= released;
        let due = wide(released, self.carry);
        let step = u128::try_from(&due / shares).expect("at most 2^128");
        self.carry = fit(due % shares).expect("below the shares");
        self.index = self.index.wrapping_add(step);
        Ok(())
    }

    /// New atoms on their way: one window for all, the mean of both weighted by atoms,
    /// rounded towards the window so far.
    ///
    /// # Errors
    /// `Overflow` where more than 2^64 atoms would wait.
    pub fn pay(&mut self, now: i64, atoms: u64, drip: u32) -> Predicted {
        self.paid = self.paid.wrapping_add(atoms);
        if atoms == 0 {
            return Ok(());
        }
        let all = self.remaining.checked_add(atoms);
        let all = all.ok_or(TokenError::Overflow)?;
        let now = now.max(self.last);
        let left = u64::try_from((i128::from(self.end) - i128::from(now)).max(0)).unwrap_or(0);
        let weight = BigUint::from(self.remaining) * left + BigUint::from(atoms) * drip;
        let mut window = &weight / all;
        if u64::from(drip) < left && &window * all != weight {
            window += 1u8;
        }
        let window = fit(window).ok_or(TokenError::Overflow)?;
        self.end = now
            .checked_add_unsigned(window)
            .ok_or(TokenError::Overflow)?;
        self.last = now;
        self.remaining = all;
        Ok(())
    }
}

impl Model {
    /// Brings a token's streams up to now. Comes before any registered share changes.
    ///
    /// # Errors
    /// `Missing`, `Overflow`.
    pub fn release(&mut self, token: &Pubkey) -> Predicted {
        let (now, shares) = (self.now, self.registered(token));
        let it = self.token_mut(token)?;
        it.changed_at = now;
        for stream in &mut it.streams {
            stream.release(now, shares)?;
        }
        Ok(())
    }
}
