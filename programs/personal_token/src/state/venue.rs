//! Venues: holder accounts of pools and indexes, which receive freely, and give out
//! freely what they hold, whatever becomes of the policy or of the mark.

use {
    super::{Holder, PersonalToken, TransferPolicy},
    crate::error::{ProgramResult, TokenError, require},
};

upside_support::byte_enum! {
    /// Whether a holder account receives and gives out freely.
    Venue, TokenError::InvariantBroken,
    /// As the transfer policy says.
    None = 0,
    /// It receives and gives out freely.
    Open = 1,
    /// It was a venue: it gives out freely, and receives as the policy says.
    Former = 2,
}

impl Holder {
    /// Whether it receives and gives out freely.
    pub fn venue(&self) -> ProgramResult<Venue> {
        self.venue.get()
    }

    /// The announced mark, and from when on it may be applied, unix seconds. `None` if
    /// nothing was announced, or by an owner who handed the token over since.
    pub fn announced_venue(&self, token: &PersonalToken) -> ProgramResult<Option<(Venue, i64)>> {
        let at = self.venue_announced_at;
        if at == 0 || (token.owner_since != 0 && at <= token.owner_since) {
            return Ok(None);
        }
        let pending = self.pending_venue.get()?;
        Ok(Some((pending, token.after_notice(at)?)))
    }

    fn forget_venue(&mut self) {
        self.pending_venue = Venue::None.into();
        self.venue_announced_at = 0;
    }

    /// The owner makes the account a venue, or takes the mark away: at once if nobody else
    /// has shares (`alone`), else from a notice on. The mark that it has cancels what was
    /// announced. Returns from when on it counts, unix seconds. Errors: `NothingToChange`.
    pub(crate) fn mark_venue(
        &mut self,
        token: &PersonalToken,
        open: bool,
        alone: bool,
        now: i64,
    ) -> ProgramResult<i64> {
        let present = self.venue()?;
        if (present == Venue::Open) == open {
            let announced = self.venue_announced_at != 0;
            require(announced, TokenError::NothingToChange)?;
            self.forget_venue();
            return Ok(now);
        }
        let next = if open { Venue::Open } else { Venue::Former };
        if alone {
            self.venue = next.into();
            self.forget_venue();
            return Ok(now);
        }
        self.pending_venue = next.into();
        self.venue_announced_at = now;
        token.after_notice(now)
    }

    /// Applies the announced mark. Errors: `NothingToApply`, `NoticePending`.
    pub(crate) fn apply_venue(&mut self, token: &PersonalToken, now: i64) -> ProgramResult<()> {
        let announced = self.announced_venue(token)?;
        let (venue, at) = announced.ok_or(TokenError::NothingToApply)?;
        require(now >= at, TokenError::NoticePending)?;
        self.venue = venue.into();
        self.forget_venue();
        Ok(())
    }
}

impl PersonalToken {
    /// Whether shares move between these two only with an approval. A venue receives
    /// freely, and what a venue holds, or held when it was one, it gives out freely. Errors:
    /// `TransferClosed`.
    pub fn needs_approval(&self, from: &Holder, to: &Holder) -> ProgramResult<bool> {
        let free = from.venue()? != Venue::None || to.venue()? == Venue::Open;
        if free || self.moves_freely()? {
            return Ok(false);
        }
        let approvable = self.transfer_policy()? == TransferPolicy::Approved;
        require(approvable, TokenError::TransferClosed)?;
        Ok(true)
    }
}
