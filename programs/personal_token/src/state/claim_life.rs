//! What becomes of a claim beside exits and payments: it changes its form, loses its
//! worth, is disputed, and its revenue is reported.

use {
    super::{Claim, ClaimKind, ClaimStatus, PersonalToken, Wide, add},
    crate::{
        error::{Outcome, TokenError, require},
        text,
    },
    anchor_lang::prelude::*,
    upside_math::{Bps, Rounding, mul_div},
};

/// What a claim becomes: a conversion, a split, a rollover. Its cost is carried.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, PartialEq, Eq)]
pub struct Transformation {
    /// Units held from now on, above zero.
    pub units: u64,
    /// The issuer's name, 1 to 64 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_program::text::read_text")
    )]
    pub name: String,
    /// What a unit is called, 1 to 16 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_program::text::read_text")
    )]
    pub unit_label: String,
    /// Address of the new evidence, at most 128 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_program::text::read_text")
    )]
    pub uri: String,
    /// SHA-256 of the new evidence, another than before: attestations were of that.
    pub document: [u8; 32],
}

/// A report of one month's revenue.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevenueReport {
    /// Year times 100 and month, above the last one reported: 202601.
    pub period: u32,
    /// Gross revenue of it, in the claim's mint's atoms.
    pub gross: u64,
    /// SHA-256 of the evidence.
    pub evidence: [u8; 32],
}

impl Claim {
    /// Equity on paper changes its form. What was exited before stays in the events;
    /// the units count anew. Errors: `WrongClaimKind`, `ClaimNotOpen`, `InvalidClaim`,
    /// `InvalidText`.
    pub(crate) fn transform(&mut self, into: &Transformation, now: i64) -> Outcome<()> {
        self.require_open(ClaimKind::Equity)?;
        let changed = into.units > 0 && into.document != self.document;
        require(changed, TokenError::InvalidClaim)?;
        self.units = into.units;
        self.exited = 0;
        self.released = 0;
        self.written_off = 0;
        self.name = [0; 64];
        self.unit_label = [0; 16];
        self.uri = [0; 128];
        text::write(&mut self.name, &into.name)?;
        text::write(&mut self.unit_label, &into.unit_label)?;
        text::write_optional(&mut self.uri, &into.uri)?;
        self.document = into.document;
        self.transforms = self.transforms.saturating_add(1);
        self.updated_at = now;
        Ok(())
    }

    /// Gives units of equity on paper up as worthless: what they cost is a loss. Of
    /// revenue, the whole claim. Tokens in custody are released or sold instead. Returns
    /// the cost. Errors: `WrongClaimKind`, `ClaimNotOpen`, `ZeroAmount`, `UnitsExceedHeld`.
    pub(crate) fn write_off(
        &mut self,
        token: &mut PersonalToken,
        units: u64,
        now: i64,
    ) -> Outcome<u64> {
        let kind = self.kind()?;
        require(
            kind != ClaimKind::TokenizedEquity,
            TokenError::WrongClaimKind,
        )?;
        require(self.is_open()?, TokenError::ClaimNotOpen)?;
        if kind == ClaimKind::RevenueShare {
            self.status = ClaimStatus::WrittenOff as u8;
            self.updated_at = now;
            return Ok(0);
        }
        let cost = self.take(units, now)?;
        self.written_off = add(self.written_off, units)?;
        let status = if self.held()? == 0 {
            ClaimStatus::WrittenOff
        } else {
            ClaimStatus::ExitedInPart
        };
        self.status = status as u8;
        let result = token.result.signed().checked_sub(i128::from(cost));
        token.result = Wide::from(result.ok_or(TokenError::Overflow)?);
        Ok(cost)
    }

    /// An attester disputes the claim. Errors: `ClaimNotOpen`, `AlreadyDisputed`.
    pub(crate) fn dispute(&mut self, attester: &Pubkey) -> Outcome<()> {
        require(self.is_open()?, TokenError::ClaimNotOpen)?;
        require(self.disputed == 0, TokenError::AlreadyDisputed)?;
        self.disputed = 1;
        self.disputed_by = *attester;
        Ok(())
    }

    /// Who disputed withdraws it; the owner may once that attester is none any more. What
    /// a poll disputed only a poll resolves. Errors: `NotDisputed`, `NotAttester`.
    pub(crate) fn resolve(&mut self, signer: &Pubkey, owner_may: bool) -> Outcome<()> {
        require(self.disputed == 1, TokenError::NotDisputed)?;
        let own = *signer == self.disputed_by;
        let owner_may = owner_may && !self.is_disputed_by_poll();
        require(own || owner_may, TokenError::NotAttester)?;
        self.disputed = 0;
        self.disputed_by = Pubkey::default();
        Ok(())
    }

    /// Books what a report says is due: `ceil(gross * share)`, within the claim's total.
    /// Returns it. Errors: `WrongClaimKind`, `ClaimNotOpen`, `InvalidPeriod`.
    pub(crate) fn report(&mut self, report: &RevenueReport, now: i64) -> Outcome<u64> {
        self.require_open(ClaimKind::RevenueShare)?;
        let month = report.period.checked_rem(100).unwrap_or(0);
        let later = u64::from(report.period) > self.reported_period;
        require(
            (1..=12).contains(&month) && later,
            TokenError::InvalidPeriod,
        )?;
        let (share, one) = (u64::from(self.share_bps), u64::from(Bps::ONE.get()));
        let part = mul_div(report.gross, share, one, Rounding::Up)?;
        let due = self.due.saturating_add(part).min(self.total);
        let added = due.saturating_sub(self.due);
        self.due = due;
        self.reported_period = u64::from(report.period);
        self.updated_at = now;
        Ok(added)
    }

    /// Refuses to close the account of a claim that is not over, or that others' accounts
    /// name. Errors: `ClaimNotClosed`.
    pub fn require_over(&self) -> Outcome<()> {
        let shared_out = self.status()? == ClaimStatus::SharedOut;
        let over = !self.is_open()? && !shared_out && self.disputed == 0 && self.attestations == 0;
        require(over, TokenError::ClaimNotClosed)
    }

    /// What reports say is due and was not paid, in the claim's mint's atoms.
    pub fn overdue(&self) -> u64 {
        self.due.saturating_sub(self.received)
    }
}
