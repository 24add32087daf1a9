//! What passes, when it may be applied, and what it then does.

use {
    super::{Poll, PollStatus},
    crate::{
        error::{ProgramResult, TokenError, require},
        state::{About, Change, ChangeClass, Claim, PersonalToken, TokenTerms, add},
    },
    upside_math::{Bps, Shares, Verdict, passes_for_holders},
};

/// Part of the supply that must approve what is for holders, in basis points.
const SUPPLY_PART: u16 = 1_000;
/// The same of what is against the owner.
const OWNER_PART: u16 = 2_500;

impl PersonalToken {
    /// Notes that terms changed.
    pub(crate) fn note_terms(&mut self, terms: TokenTerms) -> ProgramResult<()> {
        let before = self.terms.royalty_bps;
        self.terms = terms;
        self.terms_version = add(self.terms_version, 1)?;
        self.note_royalty(before)
    }
}

impl Poll {
    /// Whether enough shares approve, seen from the terms and shares now. Errors:
    /// `PollNotOpen`, `PollNotPassed`, `PollObjected`.
    pub fn require_passed(&self, token: &PersonalToken) -> ProgramResult<()> {
        let slot = self.slot(token).ok_or(TokenError::PollNotOpen)?;
        if slot.against_holders == 1 {
            let threshold = token.terms.poll_threshold_bps;
            return match slot.verdict(token.eligible()?, threshold)? {
                Verdict::Passed => Ok(()),
                Verdict::NotEnough => Err(TokenError::PollNotPassed),
                Verdict::Objected => Err(TokenError::PollObjected),
            };
        }
        let passed = passes_for_holders(
            Shares(slot.in_favor),
            Shares(slot.eligible),
            Shares(self.supply),
            self.supply_part()?,
        );
        require(passed, TokenError::PollNotPassed)
    }

    /// Part of the supply when it was put that must approve what is not against holders.
    pub fn supply_part(&self) -> ProgramResult<Bps> {
        let owners = matches!(self.change()?, Change::Floor(_) | Change::Dissolve);
        Ok(Bps::new(if owners { OWNER_PART } else { SUPPLY_PART })?)
    }

    /// Against holders: first second in which it may be applied, if it stays passed; 0
    /// while it has not. What is not against them is applied as soon as it passes.
    pub fn effective_at(&self, token: &PersonalToken) -> ProgramResult<i64> {
        let slot = self.slot(token).ok_or(TokenError::PollNotOpen)?;
        if slot.passed_at == 0 {
            return Ok(0);
        }
        let notice = self.notice_seconds.max(token.terms.notice_seconds);
        let at = slot.passed_at.checked_add(notice.into());
        at.ok_or(TokenError::Overflow)
    }

    /// Whether it may be applied now; `alone` where the owner signs and has all: then at
    /// once, but against holders a notice after it was put if money waits in bids. Errors:
    /// `PollNotOpen`, `PollLapsed`, `PollWhileEscrow`, `PollNotPassed`, `PollObjected`,
    /// `NoticePending`.
    pub fn require_applicable(
        &self,
        token: &PersonalToken,
        alone: bool,
        now: i64,
    ) -> ProgramResult<()> {
        self.require_open(token, now)?;
        let slot = token.slot(self.place)?;
        if alone {
            // Whoever bids saw other terms, and has a notice to take the money back.
            let bids = slot.against_holders == 1 && token.quote().bids > 0;
            let notice = self.notice_seconds.max(token.terms.notice_seconds);
            let at = slot.put_at.saturating_add(notice.into());
            return require(!bids || now >= at, TokenError::NoticePending);
        }
        self.require_passed(token)?;
        if slot.against_holders == 1 {
            require(token.escrow_round == 0, TokenError::PollWhileEscrow)?;
            // Passed by what left since: somebody answers again, and the notice begins.
            require(slot.passed_at != 0, TokenError::PollNotPassed)?;
            require(now >= self.effective_at(token)?, TokenError::NoticePending)?;
        }
        Ok(())
    }

    /// Changes the token, and the claim that it is about. Whether it may MUST be proven
    /// before. Errors: those of [`Change`].
    pub(crate) fn apply(
        &mut self,
        token: &mut PersonalToken,
        about: &About,
        now: i64,
    ) -> ProgramResult<Change> {
        let change = self.change()?;
        let (before, terms) = change.check(token, about, now)?;
        // A change that has become one against holders since it was put takes more to pass.
        let slot = token.slot(self.place)?;
        let against_holders = change.class(&token.terms) == ChangeClass::AgainstHolders;
        let same = against_holders == (slot.against_holders == 1);
        require(same, TokenError::PollStale)?;
        token.note_terms(terms)?;
        if let Change::Exempt(place) = change {
            token.exempt |= 1u8.checked_shl(place.into()).unwrap_or(0);
        }
        token.free_place(self.place);
        if change == Change::Dissolve {
            token.begin_wind_down(now);
        }
        self.before = before;
        self.status = PollStatus::Applied.into();
        self.applied_at = now;
        Ok(change)
    }
}

impl Claim {
    /// What an applied poll does to the claim that it is about.
    pub(crate) fn apply_poll(&mut self, change: &Change, now: i64) -> ProgramResult<()> {
        self.change(change, now)
    }
}
