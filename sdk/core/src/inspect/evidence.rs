use {
    super::report::BackingClass,
    super::{
        build::Sources,
        claims::{AttestationReport, AttesterReport, AuctionReport, RevenueReportLine},
    },
    crate::report::{Amount, named},
    crate::{
        error::CoreError,
        quote,
        state::{Account, Attestation, Claim, ClaimKind, Evidence},
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
};

/// The class of backing that a claim belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EvidenceClass {
    /// In custody: real tokens.
    Liquid,
    /// Enough accepted attesters signed it as it is, and none of them disputes it.
    Attested,
    /// Enough of them signed it, but its terms changed since, or signatures expired.
    Stale,
    /// Only the owner says so, or it is disputed.
    Declared,
}

impl EvidenceClass {
    /// The class of backing that a claim with this evidence is counted in.
    pub fn backing(self) -> BackingClass {
        match self {
            EvidenceClass::Liquid => BackingClass::Custody,
            EvidenceClass::Attested => BackingClass::Attested,
            EvidenceClass::Stale => BackingClass::Stale,
            EvidenceClass::Declared => BackingClass::Declared,
        }
    }
}

impl Sources<'_> {
    /// What was signed on a claim, accepted or not.
    fn signed<'a>(
        &'a self,
        claim: &'a Account<Claim>,
    ) -> impl Iterator<Item = &'a Attestation> + 'a {
        let signed = self.attestations.iter().map(|signed| &signed.data);
        signed.filter(move |signed| signed.claim == claim.key)
    }

    /// What accepted attesters say of a claim at the time of the reading.
    ///
    /// # Errors
    /// `Refused` where the claim does not decode.
    pub fn evidence(&self, claim: &Account<Claim>) -> Result<Evidence, CoreError> {
        quote::evidence(
            &self.token.data,
            claim,
            self.attesters.as_ref(),
            &self.attestations,
            self.clock.unix_timestamp,
        )
    }

    /// The owner's number of a claim: what equity is said to be worth, or what a revenue
    /// claim may still bring.
    pub(super) fn owners_number(&self, claim: &Claim) -> Result<u64, CoreError> {
        Ok(match claim.kind()? {
            ClaimKind::RevenueShare => claim.total.saturating_sub(claim.received),
            ClaimKind::Equity | ClaimKind::TokenizedEquity => claim.value,
        })
    }

    /// The class of a claim at the time of the reading, and what it comes to in that class:
    /// the smaller of the owner's number and the lowest accepted value.
    ///
    /// # Errors
    /// `Refused` where the claim does not decode.
    pub fn class(&self, claim: &Account<Claim>) -> Result<(EvidenceClass, u64), CoreError> {
        let data = &claim.data;
        if data.kind()? == ClaimKind::TokenizedEquity {
            return Ok((EvidenceClass::Liquid, data.held()?));
        }
        let (evidence, owners) = (self.evidence(claim)?, self.owners_number(data)?);
        if let Some(value) = evidence.attested(owners) {
            return Ok((EvidenceClass::Attested, value));
        }
        if let Some(value) = evidence.stale(owners) {
            return Ok((EvidenceClass::Stale, value));
        }
        Ok((EvidenceClass::Declared, owners))
    }

    /// Who attests, and by whose choice.
    ///
    /// # Errors
    /// `Refused` where the list does not decode.
    pub(super) fn attester_reports(&self) -> Result<Vec<AttesterReport>, CoreError> {
        let Some(list) = &self.attesters else {
            return Ok(Vec::new());
        };
        let mut reports = Vec::new();
        for (seat, key) in list.seated() {
            let successor = list.successors.get(seat).and_then(named);
            let at = |times: &[i64]| times.get(seat).copied().unwrap_or_default();
            reports.push(AttesterReport {
                attester: *key,
                accepted_by: list.origin(seat)?,
                is_owner: *key == self.token.data.owner,
                since: at(&list.since),
                handover_at: successor.is_some().then(|| at(&list.handover_at)),
                successor,
            });
        }
        Ok(reports)
    }

    /// What third parties signed on a claim, accepted ones first.
    pub(super) fn attestations(
        &self,
        claim: &Account<Claim>,
        unit_decimals: u8,
        value_decimals: u8,
    ) -> Vec<AttestationReport> {
        let (now, decimals) = (self.clock.unix_timestamp, self.token.data.quote().decimals);
        let notice = i64::from(self.token.data.terms.notice_seconds);
        let list = self.attesters.as_ref();
        let accepted = |signed: &Attestation| {
            let seat = list.and_then(|list| list.seat(&signed.attester));
            let since = seat.zip(list).and_then(|(seat, list)| list.since.get(seat));
            since.is_some_and(|since| signed.signed_at >= *since)
                && signed.attester != self.token.data.owner
        };
        let report = |signed: &Attestation| AttestationReport {
            attester: signed.attester,
            accepted: accepted(signed),
            units: Amount::new(signed.units, unit_decimals),
            value: Amount::new(signed.value, value_decimals),
            cost: Amount::new(signed.cost, decimals),
            cost_counts_from: signed.cost_at.saturating_add(notice),
            fresh: signed.is_fresh(&claim.data, now),
            signed_at: signed.signed_at,
            expires_at: signed.expires_at,
        };
        let mut reports: Vec<_> = self.signed(claim).map(report).collect();
        reports.sort_by_key(|report| !report.accepted);
        reports
    }

    /// Which accepted attesters dispute a claim.
    pub(super) fn disputed_by(&self, claim: &Claim) -> Vec<Pubkey> {
        let seated = self.attesters.iter().flat_map(|list| list.seated());
        let disputes = seated.filter(|(seat, _)| claim.is_disputed_by(*seat));
        disputes.map(|(_, key)| *key).collect()
    }
}

/// What was reported of a revenue claim, and what was not.
///
/// # Errors
/// `Refused` where its months are out of range.
pub(super) fn revenue_line(
    claim: &Claim,
    decimals: u8,
    now: i64,
) -> Result<RevenueReportLine, CoreError> {
    let reported = claim.reported_period > 0;
    let corrected = claim.corrections > 0;
    Ok(RevenueReportLine {
        last_period: reported.then_some(claim.reported_period),
        gross: reported.then(|| Amount::new(claim.reported_gross, decimals)),
        corrected_to: corrected.then(|| Amount::new(claim.corrected_gross, decimals)),
        corrections: claim.corrections,
        due_at: claim.due_at()?,
        unpaid: Amount::new(claim.unpaid(), decimals),
        overdue: Amount::new(claim.overdue(now)?, decimals),
        next_period: claim.next_month()?.number(),
        missing_months: claim.missing_months(now)?,
    })
}

/// The auction of a claim, while it is announced or runs.
///
/// # Errors
/// `Refused` where its times are out of range.
pub(super) fn auction_line(
    claim: &Claim,
    unit_decimals: u8,
    decimals: u8,
    now: i64,
) -> Result<Option<AuctionReport>, CoreError> {
    let auction = &claim.auction;
    let left = auction.left(now).min(claim.held()?);
    if left == 0 {
        return Ok(None);
    }
    let price = if now < auction.starts_at {
        None
    } else {
        Some(Amount::new(auction.price(left, now)?, decimals))
    };
    Ok(Some(AuctionReport {
        number: auction.number,
        units: Amount::new(auction.units, unit_decimals),
        left: Amount::new(left, unit_decimals),
        start: Amount::new(auction.start, decimals),
        end: Amount::new(auction.end, decimals),
        by_poll: auction.poll > 0,
        noted: Amount::new(auction.noted, decimals),
        price_of_rest: price,
        starts_at: auction.starts_at,
        ends_at: auction.ends_at,
    }))
}
