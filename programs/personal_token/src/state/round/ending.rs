//! A round ends: it is extended, cancelled or closed, and what waits is collected, settled or
//! refunded.

use {
    super::{COVER_TIME, MAX_EXTENSION, Round, RoundStatus},
    crate::{
        error::{ProgramResult, TokenError, require},
        state::{Brought, Contribution, Parts, PersonalToken, TokenStatus, add, sub},
    },
    upside_math::{Atoms, Placement, Shares, last_price},
};

/// What the close of a round did to the books.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CloseEffects {
    /// Share atoms to mint: those of a round that escrowed and succeeded.
    pub minted: u64,
    /// Where its raise goes, and what the quote endowment adds.
    pub placement: Placement,
    /// What the endowment brings of the other assets.
    pub parts: Parts,
}

impl Round {
    /// Moves the end, once, by at most 90 days and not on the last day. Errors:
    /// `RoundNotOpen`, `RoundExtended`, `RoundCooling`, `InvalidRoundTime`.
    pub(crate) fn extend(&mut self, closes_at: i64, now: i64) -> ProgramResult<()> {
        let open = self.status()? == RoundStatus::Open && now < self.ends_at();
        require(open, TokenError::RoundNotOpen)?;
        require(self.extended == 0, TokenError::RoundExtended)?;
        require(now < self.cools_at(), TokenError::RoundCooling)?;
        let latest = self.closes_at.saturating_add(MAX_EXTENSION);
        let fits = self.closes_at < closes_at && closes_at <= latest;
        require(fits, TokenError::InvalidRoundTime)?;
        self.closes_at = closes_at;
        self.extended = 1;
        Ok(())
    }

    /// Ends a round that escrows without success: everybody is refunded. Errors:
    /// `RoundAlreadyClosed`, `RoundDoesNotEscrow`.
    pub(crate) fn cancel(&mut self, token: &mut PersonalToken) -> ProgramResult<()> {
        let open = self.status()? == RoundStatus::Open;
        require(open, TokenError::RoundAlreadyClosed)?;
        require(self.escrows(), TokenError::RoundDoesNotEscrow)?;
        self.end(token)?;
        self.status = RoundStatus::Failed.into();
        Ok(())
    }

    /// Whether the round may be closed: its time is over, it was sold out, or nothing new
    /// begins any more; one that sells at once, by the owner at any time.
    pub fn is_over(
        &self,
        token: &PersonalToken,
        closer_is_owner: bool,
        now: i64,
    ) -> ProgramResult<bool> {
        let wound_up = token.status()? == TokenStatus::WindDown;
        Ok(now >= self.ends_at() || wound_up || (closer_is_owner && !self.escrows()))
    }

    /// Gives back room and locked parts of what was not sold.
    fn end(&mut self, token: &mut PersonalToken) -> ProgramResult<()> {
        let left = if self.escrows() {
            token.escrow_round = 0;
            self.offered()?
        } else {
            sub(self.offered()?, self.sold()?, TokenError::InvariantBroken)?
        };
        token.end_offer(left)?;
        token.unlock_parts(&mut self.locked, 1, 1)?;
        token.open_rounds = sub(token.open_rounds, 1, TokenError::InvariantBroken)?;
        Ok(())
    }

    /// Closes the round. One that escrows and reached its minimum raise creates its
    /// shares, and its raise goes to reserve, stream and owner at once; the owner's part
    /// waits for [`Self::settle`]. MUST run after streams were released and the mint's
    /// supply was observed. Errors: `RoundAlreadyClosed`; `EndowmentShort`, `IssueFirst` or,
    /// where the part leaves 64 bits, `Overflow` if what the shares must bring is not
    /// covered, until a week after the end.
    pub(crate) fn close(
        &mut self,
        token: &mut PersonalToken,
        exempt: u8,
        now: i64,
    ) -> ProgramResult<CloseEffects> {
        let open = self.status()? == RoundStatus::Open;
        require(open, TokenError::RoundAlreadyClosed)?;
        self.end(token)?;
        if !self.escrows() {
            token.note_first_round(self, self.sold()?)?;
            self.status = RoundStatus::Settled.into();
            self.price(token)?;
            return Ok(CloseEffects::default());
        }
        let wound_up = token.status()? == TokenStatus::WindDown;
        if wound_up || self.raised < self.min_raise {
            self.status = RoundStatus::Failed.into();
            return Ok(CloseEffects::default());
        }
        // No error may hold the backers' money longer: that few shares are left of a
        // taxed supply, so that the part leaves 64 bits, is up to whoever holds them.
        match self.cover(token, exempt) {
            Ok((parts, placement)) => self.create(token, parts, placement, now),
            Err(_) if now >= self.ends_at().saturating_add(COVER_TIME) => {
                self.status = RoundStatus::Failed.into();
                Ok(CloseEffects::default())
            }
            Err(short) => Err(short),
        }
    }

    /// What the shares of a round that escrowed must bring, if it is there. Changes
    /// nothing. Errors: `IssueFirst`, `EndowmentShort`, `Overflow`.
    fn cover(&self, token: &PersonalToken, exempt: u8) -> ProgramResult<(Parts, Placement)> {
        token.require_backed()?;
        let parts = token.parts(self.sold()?, exempt)?;
        let placement = token.place(self.raised, &parts, self.reserve_bps, self.most_part_bps)?;
        let helped = placement.from_endowment.0 <= token.quote().unlocked()?;
        let covered = helped && token.short(&parts, 1)?.is_none();
        require(covered, TokenError::EndowmentShort)?;
        Ok((parts, placement))
    }

    /// Creates what a round that escrowed sold and [`Self::cover`] found covered.
    fn create(
        &mut self,
        token: &mut PersonalToken,
        parts: Parts,
        placement: Placement,
        now: i64,
    ) -> ProgramResult<CloseEffects> {
        let sold = self.sold()?;
        token.create_shares(sold, &parts, Brought::ByPayment, now)?;
        token.book_placement(&placement)?;
        // What the endowment adds was in the vault already: the owner's part stays in escrow.
        self.to_owner = placement.to_owner.0;
        let kept = sub(self.raised, self.to_owner, TokenError::InvariantBroken)?;
        token.free_escrow(kept)?;
        self.status = RoundStatus::Succeeded.into();
        token.note_first_round(self, sold)?;
        self.uncollected = sold;
        self.checkpoints = token.checkpoints();
        self.royalty = token.royalty_mark();
        self.price(token)?;
        token.invariant()?;
        Ok(CloseEffects {
            minted: sold,
            placement,
            parts: parts.without_quote(),
        })
    }

    /// Notes the price of a round that sold enough to say something: for display only.
    fn price(&self, token: &mut PersonalToken) -> ProgramResult<()> {
        let (raised, sold) = (Atoms(self.raised), Shares(self.sold()?));
        if let Some(price) = last_price(raised, sold, Shares(token.supply)) {
            token.last_price = price;
        }
        Ok(())
    }

    /// Takes a contribution's shares out of the uncollected ones.
    pub(crate) fn claim(&mut self, contribution: &Contribution) -> ProgramResult<()> {
        let succeeded = matches!(
            self.status()?,
            RoundStatus::Succeeded | RoundStatus::Settled
        );
        require(succeeded && self.escrows(), TokenError::RoundNotSucceeded)?;
        self.uncollected = sub(
            self.uncollected,
            contribution.shares()?.0,
            TokenError::InvariantBroken,
        )?;
        Ok(())
    }

    /// Marks the owner's part of the raise as paid and returns it, in quote atoms. Errors:
    /// `RoundAlreadySettled`, `RoundNotSucceeded`.
    pub(crate) fn settle(&mut self) -> ProgramResult<u64> {
        match self.status()? {
            RoundStatus::Succeeded => {}
            RoundStatus::Settled => return Err(TokenError::RoundAlreadySettled),
            RoundStatus::Open | RoundStatus::Failed => return Err(TokenError::RoundNotSucceeded),
        }
        self.status = RoundStatus::Settled.into();
        Ok(self.to_owner)
    }

    /// Books a refund of a round that failed. Errors: `RoundNotFailed`.
    pub(crate) fn refund(&mut self, contribution: &Contribution) -> ProgramResult<()> {
        let failed = self.status()? == RoundStatus::Failed;
        require(failed, TokenError::RoundNotFailed)?;
        self.refunded = add(self.refunded, contribution.paid)?;
        Ok(())
    }

    /// Refuses while somebody has something to get from the round. Contributions to one
    /// that sold at once are over with it. Errors: `NotOver`.
    pub(crate) fn require_over(&self) -> ProgramResult<()> {
        let over = match self.status()? {
            RoundStatus::Open | RoundStatus::Succeeded => false,
            RoundStatus::Failed => self.refunded == self.raised,
            RoundStatus::Settled => self.uncollected == 0,
        };
        require(over, TokenError::NotOver)
    }
}
