//! Passes by holding lock the shares while they run, so that one lot cannot take all of
//! them. Redemption reaches these shares: it ends the passes.

use {
    super::{Holder, Pass, add, sub},
    crate::error::{ProgramResult, TokenError, require},
};

impl Holder {
    /// Whether the shares that a pass by holding locked are locked still.
    pub fn holds(&self, pass: &Pass) -> bool {
        pass.locked > 0 && pass.epoch == self.pass_epoch
    }

    /// Locks `shares` for a pass that runs from now on; one that is renewed keeps what it
    /// locked. Errors: `TooFewShares`.
    pub(crate) fn lock_for_pass(&mut self, pass: &mut Pass, shares: u64) -> ProgramResult<()> {
        if self.holds(pass) {
            return Ok(());
        }
        require(shares <= self.free()?, TokenError::TooFewShares)?;
        self.pass_locked = add(self.pass_locked, shares)?;
        pass.locked = shares;
        pass.epoch = self.pass_epoch;
        Ok(())
    }

    /// Frees what a pass that is over locked.
    pub(crate) fn unlock_from_pass(&mut self, pass: &Pass) -> ProgramResult<()> {
        if self.holds(pass) {
            let left = sub(self.pass_locked, pass.locked, TokenError::InvariantBroken);
            self.pass_locked = left?;
        }
        Ok(())
    }

    /// Frees `shares` for a redemption: those that warm go first, then free ones; if they
    /// are too few, all passes by holding end. Returns whether they did. Errors: `InsufficientShares`.
    pub(crate) fn free_for_redemption(&mut self, shares: u64) -> ProgramResult<bool> {
        self.require_redeemable(shares)?;
        if shares <= add(self.free()?, self.warm)? {
            return Ok(false);
        }
        self.pass_locked = 0;
        self.pass_epoch = add(self.pass_epoch, 1)?;
        Ok(true)
    }
}
