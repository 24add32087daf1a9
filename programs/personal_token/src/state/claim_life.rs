//! What becomes of a claim beside exits and payments: it changes its form, loses its
//! worth, is disputed, and its revenue is reported.

use {
    super::{
        Attesters, Claim, ClaimKind, ClaimStatus, MAX_UNIT_DECIMALS, PersonalToken, PodU128, add,
        attestation::bit,
    },
    crate::{
        error::{ProgramResult, TokenError, require},
        text,
    },
    anchor_lang::prelude::*,
    upside_math::{Atoms, Bps, Month, Rounding, carried, mul_div, write_off},
};

/// What a claim becomes: a conversion, a split, a rollover. Its cost is carried.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, PartialEq, Eq)]
pub struct Transformation {
    /// Units held from now on, in their smallest parts, above zero.
    pub units: u64,
    /// Decimals of a unit, at most 9.
    pub decimals: u8,
    /// What the owner holds them to be worth, in quote atoms: shown, never used.
    pub value: u64,
    /// The issuer's name, 1 to 64 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub name: String,
    /// What a unit is called, 1 to 16 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub unit_label: String,
    /// Address of the new evidence, at most 128 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub uri: String,
    /// SHA-256 of the new evidence, another than before: attestations were of that.
    pub document: [u8; 32],
}

/// A report of one month's revenue.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevenueReport {
    /// Year times 100 and month: 202601. The month after the last one reported, or at first
    /// that of the claim's declaration; the last one again corrects it. It must be over.
    pub period: u32,
    /// Gross revenue of it, in the claim's mint's atoms.
    pub gross: u64,
    /// SHA-256 of the evidence.
    pub evidence: [u8; 32],
}

impl Claim {
    /// Equity on paper changes its form. What was exited before stays in the events;
    /// the units count anew. Errors: `WrongClaimKind`, `ClaimNotOpen`, `InvalidClaim`,
    /// `InvalidText`, `Overflow` after 255 changes.
    pub(crate) fn transform(&mut self, into: &Transformation, now: i64) -> ProgramResult<()> {
        self.require_open(ClaimKind::Equity)?;
        let changed =
            into.units > 0 && into.decimals <= MAX_UNIT_DECIMALS && into.document != self.document;
        require(changed, TokenError::InvalidClaim)?;
        self.units = into.units;
        self.decimals = into.decimals;
        self.value = into.value;
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
        // Part of what is signed: so no signature comes back with a form that was before.
        let transforms = self.transforms.checked_add(1);
        self.transforms = transforms.ok_or(TokenError::Overflow)?;
        self.seal();
        self.updated_at = now;
        Ok(())
    }

    /// Gives units of equity on paper up as worthless: what they cost is a loss as far as
    /// that counts, of `counted` for all units held. Tokens in custody are released or
    /// auctioned instead, and nobody gives up what is owed to holders. Returns that cost.
    /// Errors: `WrongClaimKind`, `ClaimNotOpen`, `ZeroAmount`, `UnitsExceedHeld`.
    pub(crate) fn write_off(
        &mut self,
        token: &mut PersonalToken,
        units: u64,
        counted: u64,
        now: i64,
    ) -> ProgramResult<u64> {
        self.require_open(ClaimKind::Equity)?;
        require(units > 0, TokenError::ZeroAmount)?;
        let held = self.held()?;
        require(units <= held, TokenError::UnitsExceedHeld)?;
        let cost = carried(Atoms(counted), units, held)?;
        self.take(units, now)?;
        self.written_off = add(self.written_off, units)?;
        self.settle_status(ClaimStatus::WrittenOff)?;
        let result = write_off(cost, token.result.signed(), token.bounds())?;
        token.result = PodU128::from(result);
        Ok(cost.0)
    }

    /// An accepted attester disputes the claim. Errors: `ClaimNotOpen`, `NotAttester`,
    /// `AlreadyDisputed`.
    pub(crate) fn dispute(&mut self, list: &Attesters, attester: &Pubkey) -> ProgramResult<()> {
        require(self.is_open()?, TokenError::ClaimNotOpen)?;
        let seat = list.seat(attester).ok_or(TokenError::NotAttester)?;
        require(!self.is_disputed_by(seat), TokenError::AlreadyDisputed)?;
        self.disputes |= bit(seat);
        Ok(())
    }

    /// Who sits where the claim is disputed ends it; the owner ends what was disputed by
    /// seats that are free now. Errors: `NotDisputed`, `NotAttester`.
    pub(crate) fn resolve(
        &mut self,
        list: &Attesters,
        signer: &Pubkey,
        owner: bool,
    ) -> ProgramResult<()> {
        require(self.disputes != 0, TokenError::NotDisputed)?;
        let own = list.seat(signer).map_or(0, bit);
        let left = self.disputes & !list.occupied();
        let may = if owner { left } else { own };
        let ends = self.disputes & may;
        require(ends != 0, TokenError::NotAttester)?;
        self.disputes &= !ends;
        Ok(())
    }

    /// Books what a report says is due: `ceil(gross * share)`, within the claim's total. The
    /// last month again corrects what was reported of it, and both numbers stay in sight.
    /// Returns what is due of the month. Errors: `WrongClaimKind`, `ClaimNotOpen`,
    /// `InvalidPeriod`, `MonthNotOver`.
    pub fn report(&mut self, report: &RevenueReport, now: i64) -> ProgramResult<u64> {
        self.require_open(ClaimKind::RevenueShare)?;
        let period = u64::from(report.period);
        let month = Month::from_number(period).map_err(|_| TokenError::InvalidPeriod)?;
        let corrects = period == self.reported_period;
        let next = self.next_month()?;
        let in_order = corrects || (month == next && month.start() < self.ends_at);
        require(in_order, TokenError::InvalidPeriod)?;
        require(month.next()?.start() <= now, TokenError::MonthNotOver)?;

        let (share, one) = (u64::from(self.share_bps), u64::from(Bps::ONE.get()));
        let part = mul_div(report.gross, share, one, Rounding::Up)?;
        let before = if corrects {
            self.due.saturating_sub(self.due_last)
        } else {
            self.due
        };
        let due = before.saturating_add(part).min(self.total);
        self.due_last = due.saturating_sub(before);
        self.due = due;
        if corrects {
            self.corrections = self.corrections.saturating_add(1);
        } else {
            self.corrections = 0;
            self.reported_gross = report.gross;
        }
        self.corrected_gross = report.gross;
        self.reported_period = period;
        self.updated_at = now;
        Ok(self.due_last)
    }

    /// Revenue: the month that is reported next.
    pub fn next_month(&self) -> ProgramResult<Month> {
        let next = if self.reported_period == 0 {
            Month::of(self.declared_at)?
        } else {
            Month::from_number(self.reported_period)?.next()?
        };
        Ok(next)
    }

    /// Revenue: months that are over, lie before the claim's end, and were not reported.
    pub fn missing_months(&self, now: i64) -> ProgramResult<u64> {
        // The first month that needs no report yet: now's, or the one after the last.
        let last = Month::of(self.ends_at.saturating_sub(1).max(0))?.next()?;
        let open = Month::of(now)?.min(last);
        Ok(self.next_month()?.until(open))
    }

    /// Revenue: when what the last report says is due, unix seconds: at the end of the month
    /// after it. `None` before the first report.
    pub fn due_at(&self) -> ProgramResult<Option<i64>> {
        if self.reported_period == 0 {
            return Ok(None);
        }
        let month = Month::from_number(self.reported_period)?;
        Ok(Some(month.next()?.next()?.start()))
    }

    /// Revenue: what reports say was due by now and was not paid, in the claim's mint's atoms.
    pub fn overdue(&self, now: i64) -> ProgramResult<u64> {
        let not_yet = match self.due_at()? {
            Some(at) if now < at => self.due_last,
            _ => 0,
        };
        let due = self.due.saturating_sub(not_yet);
        Ok(due.saturating_sub(self.received))
    }

    /// Revenue: what reports say is due and was not paid, in the claim's mint's atoms.
    pub fn unpaid(&self) -> u64 {
        self.due.saturating_sub(self.received)
    }

    /// A poll of holders ends a revenue claim: nothing is due of later months. Errors:
    /// `WrongClaimKind`, `ClaimNotOpen`.
    pub(crate) fn end_by_poll(&mut self, now: i64) -> ProgramResult<()> {
        self.require_open(ClaimKind::RevenueShare)?;
        self.status = ClaimStatus::Closed.into();
        self.updated_at = now;
        Ok(())
    }

    /// A poll of holders disputes the claim, or ends that. Errors: `ClaimNotOpen` for a
    /// dispute of what is over, `NothingToChange`.
    pub(crate) fn dispute_by_poll(&mut self, disputed: bool) -> ProgramResult<()> {
        require(!disputed || self.is_open()?, TokenError::ClaimNotOpen)?;
        let disputed = u8::from(disputed);
        let changes = self.disputed_by_holders != disputed;
        require(changes, TokenError::NothingToChange)?;
        self.disputed_by_holders = disputed;
        Ok(())
    }

    /// Whether a revenue claim has ended with everything reported and paid.
    pub(super) fn has_run_out(&self, now: i64) -> ProgramResult<bool> {
        let ended = self.kind()? == ClaimKind::RevenueShare && now >= self.ends_at;
        Ok(ended && self.missing_months(now)? == 0 && self.unpaid() == 0)
    }
}
