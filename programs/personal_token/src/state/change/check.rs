//! Whether a change may be put and applied now, and what it then does to a claim.

use {
    super::{Change, Figures, figure},
    crate::{
        error::{ProgramResult, TokenError, require},
        state::{
            Attesters, AuctionBy, Claim, ClaimKind, Evidence, PersonalToken, TokenTerms, add,
            claim::require_near, poll::is_set,
        },
    },
    anchor_lang::prelude::*,
    upside_math::Bps,
};

impl Change {
    /// The numbers that it replaces.
    fn present(&self, token: &PersonalToken, about: &About) -> ProgramResult<Figures> {
        let terms = &token.terms;
        let claim = || about.claim.ok_or(TokenError::ClaimRequired);
        let accepted = || about.accepted.ok_or(TokenError::AttestersRequired);
        Ok(figure(match self {
            Change::SupplyCap(_) => terms.supply_cap,
            Change::Room(_) => terms.room_bps.into(),
            Change::CashOutTax(_) => terms.cash_out_tax_bps.into(),
            Change::Royalty(_) => terms.royalty_bps.into(),
            Change::ReserveShare(_) => terms.reserve_bps.into(),
            Change::Drip(_) => terms.drip_seconds.into(),
            Change::RevenueTerms { .. } => {
                let claim = claim()?;
                return Ok(Figures {
                    value: claim.total,
                    ends_at: claim.ends_at,
                    share_bps: claim.share_bps,
                    ..Figures::default()
                });
            }
            Change::RevenueEnd(_) => u64::from(!claim()?.is_open()?),
            Change::AcceptAttester(_) | Change::RemoveAttester(_) => u64::from(accepted()?),
            Change::Exempt(place) => u64::from(is_set(token.exempt, (*place).into())),
            Change::Threshold(_) => terms.poll_threshold_bps.into(),
            Change::Notice(_) => terms.notice_seconds.into(),
            Change::Inactivity(_) => terms.inactivity_seconds.into(),
            Change::LossLimit(_) => terms.loss_limit,
            Change::ResolveClaim(_) | Change::DisputeClaim(_) => {
                claim()?.disputed_by_holders.into()
            }
            Change::Floor(_) => terms.floor,
            Change::Dissolve => token.status.into(),
            Change::Auction { units, .. } => {
                // Of a right without units nothing is said of units.
                claim()?.require_open(ClaimKind::TokenizedEquity)?;
                let evidence = about.evidence.ok_or(TokenError::AttestersRequired)?;
                evidence.highest_fresh_of(*units)?.unwrap_or(0)
            }
            Change::BookSurplus(_) => 0,
        }))
    }

    /// The terms after it. Errors: `InvalidTerms`.
    fn terms(&self, before: &TokenTerms) -> ProgramResult<TokenTerms> {
        let mut terms = before.args();
        match *self {
            Change::SupplyCap(cap) => terms.supply_cap = cap,
            Change::Room(bps) => terms.room_bps = bps,
            Change::CashOutTax(bps) => terms.cash_out_tax_bps = bps,
            Change::Royalty(bps) => terms.royalty_bps = bps,
            Change::ReserveShare(bps) => terms.reserve_bps = bps,
            Change::Drip(seconds) => terms.drip_seconds = seconds,
            Change::Threshold(bps) => terms.poll_threshold_bps = bps,
            Change::Notice(seconds) => terms.notice_seconds = seconds,
            Change::Inactivity(seconds) => terms.inactivity_seconds = seconds,
            Change::LossLimit(atoms) => terms.loss_limit = atoms,
            Change::Floor(floor) => terms.floor = floor,
            Change::RevenueTerms { .. }
            | Change::RevenueEnd(_)
            | Change::AcceptAttester(_)
            | Change::RemoveAttester(_)
            | Change::Exempt(_)
            | Change::ResolveClaim(_)
            | Change::DisputeClaim(_)
            | Change::Dissolve
            | Change::Auction { .. }
            | Change::BookSurplus(_) => {}
        }
        terms.validated()
    }

    /// Whether it may be put and applied now; returns the numbers that it replaces and the
    /// terms after it. Errors: `WoundUp`, `ClaimRequired`, `AttestersRequired`,
    /// `NothingToChange`, `FloorOnlyFalls`, `InvalidTerms`, `SupplyCapExceeded`,
    /// `AssetNotListed`, `AssetMoves`, `PollWhileEscrow`, and those of claims.
    pub(in crate::state) fn check(
        &self,
        token: &PersonalToken,
        about: &About,
        now: i64,
    ) -> ProgramResult<(Figures, TokenTerms)> {
        token.require_active()?;
        let number = about.claim.map(|claim| claim.number);
        require(number == self.claim(), TokenError::ClaimRequired)?;
        let auction = matches!(self, Change::Auction { .. });
        let named = about.accepted.is_some() == self.attester().is_some()
            && about.evidence.is_some() == auction;
        require(named, TokenError::AttestersRequired)?;
        let (before, after) = (self.present(token, about)?, self.figures());
        require(before != after, TokenError::NothingToChange)?;
        match self {
            Change::Floor(_) => require(after.value < before.value, TokenError::FloorOnlyFalls)?,
            Change::Exempt(place) => token.require_immovable((*place).into())?,
            Change::AcceptAttester(key) => {
                let named = *key != Pubkey::default() && *key != token.owner;
                require(named, TokenError::InvalidAttester)?;
            }
            Change::BookSurplus(place) => {
                let listed = token.listed()?.get(usize::from(*place));
                require(listed.is_some(), TokenError::AssetNotListed)?;
                // What raises the reserve raises what a round must bring at its close.
                require(token.escrow_round == 0, TokenError::PollWhileEscrow)?;
            }
            _ => {}
        }
        if let Some(claim) = about.claim {
            self.check_claim(claim, about, &after, now)?;
        }
        let terms = self.terms(&token.terms)?;
        // What exists and what is on offer keeps its place.
        let taken = add(token.supply, token.offered)?;
        require(taken <= terms.supply_cap, TokenError::SupplyCapExceeded)?;
        Ok((before, terms))
    }

    /// What it is about, of what was passed; `evidence` are the statements on the claim of
    /// all accepted attesters, if it announces an auction.
    pub(crate) fn about<'a>(
        &self,
        claim: Option<&'a Claim>,
        attesters: Option<&Attesters>,
        evidence: Option<Evidence>,
    ) -> About<'a> {
        let attester = self.attester().unwrap_or_default();
        // Of an auction the list says nothing but what was weighed.
        let list = attesters.filter(|_| evidence.is_none());
        About {
            claim,
            accepted: list.map(|list| list.contains(&attester)),
            evidence,
        }
    }

    /// The numbers that it would replace now, for clients that ask before they put it.
    /// `claim`, `attesters` and `evidence` are those that it is about. Errors: those of a
    /// put.
    pub fn replaced(
        &self,
        token: &PersonalToken,
        claim: Option<&Claim>,
        attesters: Option<&Attesters>,
        evidence: Option<Evidence>,
        now: i64,
    ) -> ProgramResult<Figures> {
        let about = self.about(claim, attesters, evidence);
        let (before, _) = self.check(token, &about, now)?;
        Ok(before)
    }

    /// Errors: `WrongClaimKind`, `ClaimNotOpen`, `InvalidClaim`, `DateTooFar`,
    /// `NotDisputed`, and those of an auction.
    fn check_claim(
        &self,
        claim: &Claim,
        about: &About,
        after: &Figures,
        now: i64,
    ) -> ProgramResult<()> {
        match self {
            Change::RevenueTerms { .. } => {
                claim.require_open(ClaimKind::RevenueShare)?;
                let fits = (1..=Bps::ONE.get()).contains(&after.share_bps)
                    && after.value > claim.received
                    && after.ends_at > now;
                require(fits, TokenError::InvalidClaim)?;
                require_near(after.ends_at, now)
            }
            Change::RevenueEnd(_) => claim.require_open(ClaimKind::RevenueShare),
            Change::Auction { .. } => {
                let evidence = about.evidence.ok_or(TokenError::AttestersRequired)?;
                let terms = self.auction()?.ok_or(TokenError::InvariantBroken)?;
                claim.check_auction(&terms, &evidence, AuctionBy::Poll(0), now)?;
                Ok(())
            }
            Change::ResolveClaim(_) => {
                // What an attester disputed, that attester resolves.
                require(claim.is_disputed_by_poll(), TokenError::NotDisputed)
            }
            _ => require(claim.is_open()?, TokenError::ClaimNotOpen),
        }
    }
}

/// What a change is about, beside the token: read before anything changes.
#[derive(Clone, Copy, Default)]
pub(crate) struct About<'a> {
    /// The claim that was passed.
    pub(crate) claim: Option<&'a Claim>,
    /// Whether the attester is accepted, where the attesters were passed.
    pub(crate) accepted: Option<bool>,
    /// What all accepted attesters say of the claim, if it announces an auction.
    pub(crate) evidence: Option<Evidence>,
}

impl PersonalToken {
    /// Errors: `AssetNotListed`, `AssetMoves`.
    fn require_immovable(&self, place: usize) -> ProgramResult<()> {
        let listed = self.listed()?.get(place);
        let asset = listed.ok_or(TokenError::AssetNotListed)?;
        require(asset.immovable_at != 0, TokenError::AssetMoves)
    }
}

impl Claim {
    /// Whether holders disputed it by a poll.
    pub fn is_disputed_by_poll(&self) -> bool {
        self.disputed_by_holders == 1
    }

    /// What a poll on a claim does.
    pub(in crate::state) fn change(&mut self, change: &Change, now: i64) -> ProgramResult<()> {
        match change {
            Change::RevenueTerms {
                share_bps,
                total,
                ends_at,
                ..
            } => {
                self.share_bps = *share_bps;
                self.total = *total;
                self.ends_at = *ends_at;
                // What reports said is due stays within the new total.
                self.due = self.due.min(*total);
                self.due_last = self.due_last.min(self.due);
                self.seal();
            }
            Change::RevenueEnd(_) => return self.end_by_poll(now),
            Change::DisputeClaim(_) => return self.dispute_by_poll(true),
            Change::ResolveClaim(_) => return self.dispute_by_poll(false),
            _ => return Ok(()),
        }
        self.updated_at = now;
        Ok(())
    }
}
