//! Claims: equity and revenue in a person's vault, and what becomes of it.

use {
    super::{
        Checks, Model, Predicted, Reason,
        number::{BPS, carried, ceil64},
        require,
        token::is_text,
    },
    upside_sdk::{
        Pubkey, TokenError,
        state::{ClaimTerms, RevenueReport, Transformation},
    },
};

/// What kind of right a claim is, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ClaimKind {
    /// Tokens in custody.
    #[default]
    Tokenized = 0,
    /// A right on paper.
    Equity = 1,
    /// A share of revenue.
    Revenue = 2,
}

/// Where a claim stands, by its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ClaimStatus {
    /// Declared.
    #[default]
    Declared = 0,
    /// Some of it has left.
    InPart = 1,
    /// Nothing is left.
    Closed = 2,
    /// Given up.
    WrittenOff = 3,
}

/// A claim.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Claim {
    /// What kind of right.
    pub kind: ClaimKind,
    /// Where it stands.
    pub status: ClaimStatus,
    /// Issuer or source, unit label, evidence.
    pub texts: [String; 3],
    /// Hash of the evidence.
    pub document: [u8; 32],
    /// Revenue: part of gross.
    pub share_bps: u16,
    /// Revenue: the payout mint. Tokens: theirs, once there are any.
    pub mint: Pubkey,
    /// Revenue: who pays.
    pub payer: Pubkey,
    /// Revenue: most that will ever be paid.
    pub total: u64,
    /// Revenue: first second after it.
    pub ends_at: i64,
    /// Units ever held.
    pub units: u64,
    /// Units that left by exits.
    pub exited: u64,
    /// Units that left into the reserve.
    pub released: u64,
    /// Units given up.
    pub written_off: u64,
    /// What the units still held cost.
    pub cost: u64,
    /// What exits brought, or was paid.
    pub received: u64,
    /// Revenue: what reports say is due.
    pub due: u64,
    /// Revenue: last reported month.
    pub reported_period: u64,
    /// How often it changed its form.
    pub transforms: u8,
    /// Who disputes it; zero for nobody.
    pub disputed_by: Pubkey,
    /// Attestations in existence.
    pub attestations: u64,
    /// When it was declared.
    pub declared_at: i64,
    /// When its books last changed.
    pub updated_at: i64,
    /// Who paid the rent.
    pub rent_payer: Pubkey,
}

impl Claim {
    /// Units still held.
    pub fn held(&self) -> u64 {
        self.units - self.exited - self.released - self.written_off
    }

    /// Whether something is left of it.
    pub fn is_open(&self) -> bool {
        matches!(self.status, ClaimStatus::Declared | ClaimStatus::InPart)
    }

    /// Checks that it is of this kind and open.
    pub fn checks(&self, kind: ClaimKind) -> Checks {
        let mut checks = Checks::new();
        checks
            .require(self.kind == kind, TokenError::WrongClaimKind)
            .require(self.is_open(), TokenError::ClaimNotOpen);
        checks
    }

    /// Checks that so many units can leave.
    pub(super) fn units_checks(&self, units: u64, checks: &mut Checks) {
        checks
            .require(units > 0, TokenError::ZeroAmount)
            .require(units <= self.held(), TokenError::UnitsExceedHeld);
    }

    /// The cost that leaves with units that are held.
    pub(super) fn take(&mut self, units: u64) -> u64 {
        let cost = carried(self.cost, units, self.held());
        self.cost -= cost;
        cost
    }

    pub(super) fn after(&mut self, now: i64, emptied: ClaimStatus) {
        self.updated_at = now;
        self.status = if self.held() == 0 {
            emptied
        } else {
            ClaimStatus::InPart
        };
    }
}

fn claim_texts([name, label, uri]: [&str; 3], labelled: bool) -> Predicted {
    let fits = is_text(name, 64, true) && is_text(uri, 128, false);
    let label = !labelled || is_text(label, 16, true);
    require(fits && label, TokenError::InvalidText)
}

impl Model {
    /// A claim.
    ///
    /// # Errors
    /// `Missing`.
    pub fn claim(&self, token: &Pubkey, number: u64) -> Predicted<Claim> {
        let claim = self.claims.get(&(*token, number)).cloned();
        claim.ok_or(Reason::Missing.into())
    }

    /// The owner declares a right.
    ///
    /// # Errors
    /// `NotOwner`, `WoundUp`, `InvalidClaim`, `InvalidText`, `AssetNotListed`,
    /// `NotAPayoutMint`.
    pub fn declare_claim(
        &mut self,
        token: &Pubkey,
        signer: &Pubkey,
        terms: &ClaimTerms,
    ) -> Predicted {
        let (now, rent_payer) = (self.now, self.payer);
        let it = self.token_mut(token)?;
        let mut checks = Checks::new();
        checks
            .all(it.signed_by(signer, now))
            .all(it.require_active());
        let mut claim = Claim {
            declared_at: now,
            updated_at: now,
            rent_payer,
            ..Claim::default()
        };
        let mut unit = "";
        let (name, uri) = match terms {
            ClaimTerms::TokenizedEquity {
                name,
                uri,
                document,
            } => {
                claim.document = *document;
                (name, uri)
            }
            ClaimTerms::Equity {
                name,
                unit_label,
                units,
                cost,
                uri,
                document,
            } => {
                checks.require(*units > 0, TokenError::InvalidClaim);
                unit = unit_label;
                claim.kind = ClaimKind::Equity;
                (claim.units, claim.cost, claim.document) = (*units, *cost, *document);
                (name, uri)
            }
            ClaimTerms::RevenueShare {
                name,
                share_bps,
                payer,
                mint,
                total,
                ends_at,
                uri,
                document,
            } => {
                let bounded = *total > 0 && *ends_at > now && *payer != Pubkey::default();
                let part = (1..=10_000).contains(share_bps);
                checks.require(bounded && part, TokenError::InvalidClaim);
                match it.place_of(mint) {
                    Ok(place) => {
                        let streams = it.assets[place].stream.is_some();
                        checks.require(streams, TokenError::NotAPayoutMint);
                    }
                    Err(refused) => {
                        checks.all(Err(refused));
                    }
                }
                claim.kind = ClaimKind::Revenue;
                (claim.share_bps, claim.payer, claim.mint) = (*share_bps, *payer, *mint);
                (claim.total, claim.ends_at, claim.document) = (*total, *ends_at, *document);
                (name, uri)
            }
        };
        let texts = [name.as_str(), unit, uri.as_str()];
        checks
            .all(claim_texts(texts, claim.kind == ClaimKind::Equity))
            .end()?;
        claim.texts = texts.map(str::to_string);
        let number = it.claims;
        it.claims += 1;
        it.tell();
        self.claims.insert((*token, number), claim);
        Ok(())
    }

    /// Equity on paper changes its form; its cost is carried.
    ///
    /// # Errors
    /// `NotOwner`, `WrongClaimKind`, `ClaimNotOpen`, `InvalidClaim`, `InvalidText`.
    pub fn transform_claim(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        into: &Transformation,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let it = self.token_mut(token)?;
        let changed = into.units > 0 && into.document != claim.document;
        let texts = [&into.name, &into.unit_label, &into.uri];
        claim
            .checks(ClaimKind::Equity)
            .all(it.signed_by(signer, now))
            .require(changed, TokenError::InvalidClaim)
            .all(claim_texts(texts.map(String::as_str), true))
            .end()?;
        it.tell();
        (claim.units, claim.exited) = (into.units, 0);
        (claim.released, claim.written_off) = (0, 0);
        claim.texts = texts.map(Clone::clone);
        claim.document = into.document;
        claim.transforms = claim.transforms.saturating_add(1);
        claim.updated_at = now;
        self.claims.insert((*token, number), claim);
        Ok(())
    }

    /// Units are given up as worthless: their cost is a loss. Of revenue, all.
    ///
    /// # Errors
    /// `NotOwner`, `WrongClaimKind`, `ClaimNotOpen`, `ZeroAmount`, `UnitsExceedHeld`.
    pub fn write_off_claim(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        units: u64,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let revenue = claim.kind == ClaimKind::Revenue;
        let mut checks = Checks::new();
        checks
            .all(self.signed_by_manager(token, signer))
            .require(
                claim.kind != ClaimKind::Tokenized,
                TokenError::WrongClaimKind,
            )
            .require(claim.is_open(), TokenError::ClaimNotOpen);
        if !revenue {
            claim.units_checks(units, &mut checks);
        }
        checks.end()?;
        if revenue {
            claim.status = ClaimStatus::WrittenOff;
            claim.updated_at = now;
        } else {
            let cost = claim.take(units);
            claim.written_off += units;
            claim.after(now, ClaimStatus::WrittenOff);
            self.token_mut(token)?.result -= i128::from(cost);
        }
        self.token_mut(token)?.tell();
        self.claims.insert((*token, number), claim);
        Ok(())
    }

    /// Owner or payer report a month's revenue.
    ///
    /// # Errors
    /// `NotPayer`, `WrongClaimKind`, `ClaimNotOpen`, `InvalidPeriod`.
    pub fn report_revenue(
        &mut self,
        (token, number): (&Pubkey, u64),
        signer: &Pubkey,
        report: &RevenueReport,
    ) -> Predicted {
        let (now, mut claim) = (self.now, self.claim(token, number)?);
        let it = self.token_mut(token)?;
        let payer = claim.payer == *signer;
        let may = payer || it.signed_by(signer, now).is_ok();
        let month = (1..=12).contains(&(report.period % 100));
        let later = u64::from(report.period) > claim.reported_period;
        claim
            .checks(ClaimKind::Revenue)
            .require(may, TokenError::NotPayer)
            .require(month && later, TokenError::InvalidPeriod)
            .end()?;
        it.tell();
        let part = ceil64(report.gross, u64::from(claim.share_bps), BPS).expect("a part");
        claim.due = claim.due.saturating_add(part).min(claim.total);
        claim.reported_period = report.period.into();
        claim.updated_at = now;
        self.claims.insert((*token, number), claim);
        Ok(())
    }

    /// The account of a claim that is over is closed.
    ///
    /// # Errors
    /// `NotOwner`, `ClaimNotClosed`.
    pub fn close_claim(&mut self, (token, number): (&Pubkey, u64), signer: &Pubkey) -> Predicted {
        let claim = self.claim(token, number)?;
        let disputed = claim.disputed_by != Pubkey::default();
        let over = !claim.is_open() && !disputed && claim.attestations == 0;
        Checks::new()
            .all(self.signed_by_manager(token, signer))
            .require(over, TokenError::ClaimNotClosed)
            .end()?;
        self.claims.remove(&(*token, number));
        self.token_mut(token)?.tell();
        Ok(())
    }
}
