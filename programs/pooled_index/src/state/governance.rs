//! What the curator and the guardian decide without any notice.

use {
    super::{IndexParameters, IndexStatus, PooledIndex},
    crate::error::{IndexError, ProgramResult, require},
};

/// Longest pause, in seconds.
pub const MAX_PAUSE: i64 = 14 * 86_400;

impl PooledIndex {
    /// Lowers fees. MUST follow `accrue`: fees up to now are due at the old rate.
    /// Errors: `FeesNotLower`.
    pub(crate) fn lower_fees(&mut self, new: IndexParameters) -> ProgramResult<()> {
        let lower = new.is_within(&self.parameters) && new != self.parameters;
        require(lower, IndexError::FeesNotLower)?;
        self.parameters = new;
        Ok(())
    }

    /// Stops new money for [`MAX_PAUSE`]; returns until when. Errors: `Paused`,
    /// `PausedLately`.
    pub(crate) fn pause(&mut self, now: i64) -> ProgramResult<i64> {
        require(!self.is_paused(now), IndexError::Paused)?;
        require(now >= self.pausable_from, IndexError::PausedLately)?;
        let until = now.checked_add(MAX_PAUSE).ok_or(IndexError::Overflow)?;
        self.end_pause(until)?;
        Ok(until)
    }

    /// Admits new money again. Errors: `NotPaused`.
    pub(crate) fn unpause(&mut self, now: i64) -> ProgramResult<()> {
        require(self.is_paused(now), IndexError::NotPaused)?;
        self.end_pause(now)
    }

    fn end_pause(&mut self, at: i64) -> ProgramResult<()> {
        let notice = i64::from(self.terms.notice_seconds);
        self.paused_until = at;
        self.pausable_from = at.checked_add(notice).ok_or(IndexError::Overflow)?;
        Ok(())
    }

    /// From now on only redemptions, harvests and claims. What was announced falls.
    /// MUST follow `accrue`. Errors: `NotActive`.
    pub(crate) fn wind_down(&mut self) -> ProgramResult<()> {
        self.require_active()?;
        self.status = IndexStatus::WindDown.into();
        self.end_announcements()
    }

    /// The curator leaves for good, and with that the index is wound down.
    pub(crate) fn resign(&mut self) -> ProgramResult<()> {
        if self.status()? != IndexStatus::WindDown {
            self.wind_down()?;
        }
        self.curator = Default::default();
        self.pending_curator = Default::default();
        Ok(())
    }
}
