//! Amendments: what may change, by whose votes, and when.

use {
    super::{Model, Predicted, Reason, claim::ClaimKind, require, token::check_terms},
    upside_sdk::{
        Pubkey, TokenError,
        state::{Change, TermsArgs},
    },
};

const DAY: u32 = 86_400;

/// A proposed change of terms, or the record of one that was applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Amendment {
    /// What it changes.
    pub change: Change,
    /// SHA-256 of what it says in full.
    pub document: [u8; 32],
    /// Numbers that it replaces.
    pub before: Numbers,
    /// When it was proposed, unix seconds.
    pub proposed_at: i64,
    /// From when on it may be applied, unix seconds.
    pub effective_at: i64,
    /// Last second in which it may be, unix time.
    pub expires_at: i64,
    /// When it was applied, unix seconds.
    pub applied_at: Option<i64>,
}

/// The numbers of a change: value, end and share.
pub type Numbers = (u64, i64, u16);

/// A change's place in the list of changes, and its new numbers.
pub fn numbers(change: &Change) -> (u8, Numbers) {
    let (kind, value) = match *change {
        Change::SupplyCap(value) => (0, value),
        Change::Floor(value) => (1, value),
        Change::CashOutTax(bps) => (2, bps.into()),
        Change::Royalty(bps) => (3, bps.into()),
        Change::ReserveShare(bps) => (4, bps.into()),
        Change::Drip(seconds) => (5, seconds.into()),
        Change::RevenueTerms {
            share_bps,
            total,
            ends_at,
            ..
        } => return (6, (total, ends_at, share_bps)),
        Change::Threshold(bps) => (7, bps.into()),
        Change::Notice(seconds) => (8, seconds.into()),
        Change::Inactivity(seconds) => (9, seconds.into()),
        Change::Dissolve => (10, 1),
    };
    (kind, (value, 0, 0))
}

impl Model {
    fn amendment(&self, token: &Pubkey, number: u64) -> Predicted<&Amendment> {
        let amendment = self.amendments.get(&(*token, number));
        amendment.ok_or(Reason::Missing.into())
    }

    /// The amendment, which must be the open one.
    fn open_amendment(&self, token: &Pubkey, number: u64) -> Predicted<Amendment> {
        let amendment = *self.amendment(token, number)?;
        let open = self.token(token)?.open_amendment == number + 1;
        require(open, TokenError::AmendmentNotOpen)?;
        Ok(amendment)
    }

    /// The numbers that a change replaces.
    fn present(&self, token: &Pubkey, change: &Change) -> Predicted<Numbers> {
        let it = self.token(token)?;
        let terms = &it.terms;
        let value = match *change {
            Change::SupplyCap(_) => terms.supply_cap,
            Change::Floor(_) => terms.floor,
            Change::CashOutTax(_) => terms.cash_out_tax_bps.into(),
            Change::Royalty(_) => terms.royalty_bps.into(),
            Change::ReserveShare(_) => terms.reserve_bps.into(),
            Change::Drip(_) => terms.drip_seconds.into(),
            Change::RevenueTerms { claim, .. } => {
                let claim = self.claim(token, claim)?;
                return Ok((claim.total, claim.ends_at, claim.share_bps));
            }
            Change::Threshold(_) => terms.amendment_threshold_bps.into(),
            Change::Notice(_) => terms.notice_seconds.into(),
            Change::Inactivity(_) => terms.inactivity_seconds.into(),
            Change::Dissolve => it.wound_up.into(),
        };
        Ok((value, 0, 0))
    }

    /// Whether a change may be proposed and applied now: only what is worse for holders,
    /// or may be, needs their votes. Returns what it replaces and the terms after it.
    fn check_change(&self, token: &Pubkey, change: &Change) -> Predicted<(Numbers, TermsArgs)> {
        let it = self.token(token)?;
        it.require_active()?;
        let (before, (_, after)) = (self.present(token, change)?, numbers(change));
        require(before != after, TokenError::NothingToChange)?;
        let eases = match change {
            Change::CashOutTax(_) | Change::Royalty(_) => after.0 < before.0,
            _ => false,
        };
        require(!eases, TokenError::AmendmentNotNeeded)?;
        let mut terms = it.terms;
        match *change {
            Change::SupplyCap(cap) => terms.supply_cap = cap,
            Change::Floor(floor) => terms.floor = floor,
            Change::CashOutTax(bps) => terms.cash_out_tax_bps = bps,
            Change::Royalty(bps) => terms.royalty_bps = bps,
            Change::ReserveShare(bps) => terms.reserve_bps = bps,
            Change::Drip(seconds) => terms.drip_seconds = seconds,
            Change::Threshold(bps) => terms.amendment_threshold_bps = bps,
            Change::Notice(seconds) => terms.notice_seconds = seconds,
            Change::Inactivity(seconds) => terms.inactivity_seconds = seconds,
            Change::RevenueTerms { claim, .. } => {
                let claim = self.claim(token, claim)?;
                claim.checks(ClaimKind::Revenue).end()?;
                let (total, ends_at, share) = after;
                let part = (1..=10_000).contains(&share);
                let fits = part && total > claim.received && ends_at > self.now;
                require(fits, TokenError::InvalidClaim)?;
            }
            Change::Dissolve => {}
        }
        check_terms(&terms)?;
        let taken = u128::from(it.supply) + u128::from(self.tally(token).offered);
        let room = taken <= u128::from(terms.supply_cap);
        require(room, TokenError::SupplyCapExceeded)?;
        Ok((before, terms))
    }

    /// Whether nobody but the owner has shares or is buying any.
    fn is_owners_alone(&self, token: &Pubkey) -> Predicted<bool> {
        let it = self.token(token)?;
        let owned = self.holder(token, &it.owner).map_or(0, |own| own.shares);
        Ok(it.supply == owned && self.tally(token).offered == 0)
    }

    /// Whether enough of the shares that vote approve. Nobody's approval is none.
    fn has_passed(&self, token: &Pubkey) -> Predicted<bool> {
        let threshold = self.token(token)?.terms.amendment_threshold_bps;
        let (approving, eligible) = (self.tally(token).approving, self.eligible(token));
        let needed = u128::from(eligible) * u128::from(threshold);
        Ok(eligible > 0 && u128::from(approving) * 10_000 >= needed)
    }

    /// The owner proposes a change, to be applied in the `expires_in` seconds after the
    /// notice period.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `InvalidAmendmentPeriod`, `AmendmentOpen`, and those of the
    /// change.
    pub fn propose_amendment(
        &mut self,
        token: &Pubkey,
        by: &Pubkey,
        change: &Change,
        document: [u8; 32],
        expires_in: u32,
    ) -> Predicted {
        let now = self.now;
        if let Some(claim) = change.claim() {
            self.claim(token, claim)?;
        }
        self.token_mut(token)?.signed_by(by, now)?;
        let fits = (DAY..=90 * DAY).contains(&expires_in);
        require(fits, TokenError::InvalidAmendmentPeriod)?;
        let (before, _) = self.check_change(token, change)?;
        let it = self.token_mut(token)?;
        require(it.open_amendment == 0, TokenError::AmendmentOpen)?;
        let effective_at = now + i64::from(it.terms.notice_seconds);
        let amendment = Amendment {
            change: *change,
            document,
            before,
            proposed_at: now,
            effective_at,
            expires_at: effective_at + i64::from(expires_in),
            applied_at: None,
        };
        let place = (*token, it.amendments);
        it.amendments += 1;
        it.open_amendment = it.amendments;
        it.tell();
        self.amendments.insert(place, amendment);
        Ok(())
    }

    /// A holder's shares approve the open amendment, or no longer.
    ///
    /// # Errors
    /// `Missing`, `NotHolder`, `AmendmentNotOpen`, `AmendmentExpired`, `OwnerCannotVote`,
    /// `AlreadyApproved`, `NotApproved`.
    pub fn ballot(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        number: u64,
        approves: bool,
    ) -> Predicted {
        self.holder(token, wallet)?;
        let amendment = self.open_amendment(token, number)?;
        let alive = self.now <= amendment.expires_at;
        require(alive, TokenError::AmendmentExpired)?;
        let holder = self.holder_mut(token, wallet)?;
        let approved = holder.ballot == number + 1;
        if approves {
            require(holder.voting, TokenError::OwnerCannotVote)?;
            require(!approved, TokenError::AlreadyApproved)?;
            holder.ballot = number + 1;
        } else {
            require(approved, TokenError::NotApproved)?;
            holder.ballot = 0;
        }
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// Anybody applies an amendment that passed, after its notice; the owner at once where
    /// nobody else has shares.
    ///
    /// # Errors
    /// `Missing`, `AmendmentNotOpen`, `AmendmentExpired`, `AmendmentNotPassed`,
    /// `NoticePending`, and those of the change.
    pub fn apply_amendment(&mut self, token: &Pubkey, by: &Pubkey, number: u64) -> Predicted {
        let now = self.now;
        let change = self.amendment(token, number)?.change;
        if let Some(claim) = change.claim() {
            self.claim(token, claim)?;
        }
        let amendment = self.open_amendment(token, number)?;
        require(now <= amendment.expires_at, TokenError::AmendmentExpired)?;
        if self.token(token)?.owner == *by && self.is_owners_alone(token)? {
            self.token_mut(token)?.signed_by(by, now)?;
        } else {
            let passed = self.has_passed(token)?;
            require(passed, TokenError::AmendmentNotPassed)?;
            let over = now >= amendment.effective_at;
            require(over, TokenError::NoticePending)?;
        }
        let (before, terms) = self.check_change(token, &change)?;
        if let Change::RevenueTerms {
            claim,
            share_bps,
            total,
            ends_at,
        } = change
        {
            let claim = self.claim_mut(token, claim)?;
            claim.share_bps = share_bps;
            claim.total = total;
            claim.ends_at = ends_at;
            claim.due = claim.due.min(total);
            claim.updated_at = now;
        }
        let it = self.token_mut(token)?;
        it.terms = terms;
        it.note_royalty();
        it.wound_up |= change == Change::Dissolve;
        it.open_amendment = 0;
        it.tell();
        let applied = Amendment {
            before,
            applied_at: Some(now),
            ..amendment
        };
        self.amendments.insert((*token, number), applied);
        Ok(())
    }

    /// The owner withdraws the open amendment.
    ///
    /// # Errors
    /// `Missing`, `AmendmentNotOpen`, `NotOwner`.
    pub fn withdraw_amendment(&mut self, token: &Pubkey, by: &Pubkey, number: u64) -> Predicted {
        let now = self.now;
        self.open_amendment(token, number)?;
        self.token_mut(token)?.signed_by(by, now)?;
        self.drop_amendment(token, number)
    }

    /// Anybody closes an amendment that was not applied in time.
    ///
    /// # Errors
    /// `Missing`, `AmendmentNotOpen`, `AmendmentNotExpired`.
    pub fn expire_amendment(&mut self, token: &Pubkey, number: u64) -> Predicted {
        let expires_at = self.open_amendment(token, number)?.expires_at;
        let expired = self.now > expires_at;
        require(expired, TokenError::AmendmentNotExpired)?;
        self.drop_amendment(token, number)
    }

    fn drop_amendment(&mut self, token: &Pubkey, number: u64) -> Predicted {
        self.amendments.remove(&(*token, number));
        let it = self.token_mut(token)?;
        it.open_amendment = 0;
        it.tell();
        Ok(())
    }
}
