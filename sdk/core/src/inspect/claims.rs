//! Claims with their evidence and age, and who attests them.

use {
    super::{
        build::Sources,
        evidence::{EvidenceClass, auction_line, revenue_line},
    },
    crate::report::{Amount, Base58, Hash, Percent, named, names, some_text},
    crate::{
        error::CoreError,
        state::{Account, Claim, ClaimKind, ClaimStatus, Origin, text},
    },
    anchor_lang::prelude::Pubkey,
    serde::Serialize,
    serde_with::serde_as,
};

/// A claim with its evidence and age.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ClaimReport {
    /// Its number.
    pub number: u64,
    /// Its address.
    #[serde_as(as = "Base58")]
    pub address: Pubkey,
    /// What it is a right to.
    #[serde(serialize_with = "names::ClaimKindName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::ClaimKindName"))]
    pub kind: ClaimKind,
    /// What it is worth as evidence.
    pub class: EvidenceClass,
    /// What became of it.
    #[serde(serialize_with = "names::ClaimStatusName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::ClaimStatusName"))]
    pub status: ClaimStatus,
    /// Issuer or source.
    pub name: String,
    /// What a unit is called; `None` if it has no name.
    pub unit: Option<String>,
    /// Units held.
    pub held: Amount,
    /// Units ever held.
    pub units: Amount,
    /// The owner's number: what the units held are said to be worth, or what revenue may
    /// still bring. None for custody, which is what it is.
    pub value: Option<Amount>,
    /// The same in the claim's class: of an attested claim the smaller of the owner's number
    /// and the lowest accepted value. None for custody.
    pub counted_value: Option<Amount>,
    /// What the units held cost, as the owner says; none for revenue.
    pub cost: Option<Amount>,
    /// Of it, what the terms of the first round published, or accepted attesters have said
    /// for a notice period: only this counts against holders at an exit now.
    pub cost_that_counts: Option<Amount>,
    /// What it brought so far.
    pub received: Amount,
    /// Revenue: most that will be paid.
    pub total: Option<Amount>,
    /// Revenue: percent of gross.
    pub share: Option<Percent>,
    /// Revenue: who pays.
    #[serde_as(as = "Option<Base58>")]
    pub payer: Option<Pubkey>,
    /// Revenue: end, unix seconds.
    pub ends_at: Option<i64>,
    /// Mint of tokenized equity or of revenue.
    #[serde_as(as = "Option<Base58>")]
    pub mint: Option<Pubkey>,
    /// SHA-256 of the evidence; `None` if it names no document.
    pub document: Option<Hash>,
    /// Address of the evidence; `None` if it names none.
    pub uri: Option<String>,
    /// SHA-256 of the terms that attesters sign.
    pub terms: Hash,
    /// What third parties signed, accepted ones first.
    pub attestations: Vec<AttestationReport>,
    /// Which accepted attesters dispute it.
    #[serde_as(as = "Vec<Base58>")]
    pub disputed_by: Vec<Pubkey>,
    /// Whether a poll of holders disputes it.
    pub disputed_by_holders: bool,
    /// How often it changed its form.
    pub transforms: u8,
    /// Units that were written off.
    pub written_off: Amount,
    /// Units that arrived unasked in custody.
    pub found: Amount,
    /// Revenue: what was reported of it, and what was not.
    pub reports: Option<RevenueReportLine>,
    /// Custody: its auction, while it is announced or runs.
    pub auction: Option<AuctionReport>,
    /// When it was declared, unix seconds.
    pub declared_at: i64,
    /// Seconds since its books last changed.
    pub age_seconds: i64,
}

/// Whose word on claims counts.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttesterReport {
    /// The key that signs.
    #[serde_as(as = "Base58")]
    pub attester: Pubkey,
    /// The owner if it was chosen before anybody else bought shares, a poll of holders, or
    /// an attester who handed its seat over.
    #[serde(serialize_with = "names::OriginName::serialize")]
    #[cfg_attr(feature = "schema", schemars(with = "names::OriginName"))]
    pub accepted_by: Origin,
    /// Whether this is the token's owner by now: then its word counts nothing.
    pub is_owner: bool,
    /// Since when, unix seconds: what it signed before counts nothing.
    pub since: i64,
    /// Who takes the seat.
    #[serde_as(as = "Option<Base58>")]
    pub successor: Option<Pubkey>,
    /// From when on, unix seconds.
    pub handover_at: Option<i64>,
}

/// What a third party signed on a claim.
#[serde_as]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AttestationReport {
    /// Who signed.
    #[serde_as(as = "Base58")]
    pub attester: Pubkey,
    /// Whether holders accepted who signed; the word of others counts nothing.
    pub accepted: bool,
    /// Units that were signed.
    pub units: Amount,
    /// What they are held to be worth.
    pub value: Amount,
    /// What they cost.
    pub cost: Amount,
    /// From when on that cost counts, if the signature is still fresh then, unix seconds.
    pub cost_counts_from: i64,
    /// Whether it speaks for the claim's present terms, and has not expired.
    pub fresh: bool,
    /// When it was signed, unix seconds.
    pub signed_at: i64,
    /// Last second in which it is fresh, unix time.
    pub expires_at: i64,
}

/// What was reported of a revenue claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RevenueReportLine {
    /// Last month reported, as 202601.
    pub last_period: Option<u64>,
    /// Its gross revenue as it was reported first.
    pub gross: Option<Amount>,
    /// The same as it was corrected last; none where it never was.
    pub corrected_to: Option<Amount>,
    /// How often it was corrected.
    pub corrections: u8,
    /// When what it says is due, unix seconds.
    pub due_at: Option<i64>,
    /// Due by reports and not paid.
    pub unpaid: Amount,
    /// Of it, what should have been paid by now.
    pub overdue: Amount,
    /// The month that is reported next, as 202601.
    pub next_period: u64,
    /// Months that are over and were never reported.
    pub missing_months: u64,
}

/// An auction of custody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AuctionReport {
    /// Its number.
    pub number: u64,
    /// Units on offer at first.
    pub units: Amount,
    /// Units that are left.
    pub left: Amount,
    /// Price of all units at the start.
    pub start: Amount,
    /// Price of all units at the end.
    pub end: Amount,
    /// Whether a poll of holders decided on it.
    pub by_poll: bool,
    /// The highest fresh accepted value of the units when it was announced; 0 for none.
    pub noted: Amount,
    /// What all that is left costs now; none before the start.
    pub price_of_rest: Option<Amount>,
    /// First second in which it sells, unix time.
    pub starts_at: i64,
    /// First second after it, unix time.
    pub ends_at: i64,
}

pub(super) fn claim_report(
    claim: &Account<Claim>,
    from: &Sources,
    now: i64,
) -> Result<ClaimReport, CoreError> {
    let data = &claim.data;
    let token = &from.token.data;
    let quote_decimals = token.quote().decimals;
    let kind = data.kind()?;
    let revenue = kind == ClaimKind::RevenueShare;
    let custody = kind == ClaimKind::TokenizedEquity;
    let places = if custody {
        from.unit_decimals(data)
    } else {
        data.decimals
    };
    let paid_decimals = if revenue {
        token.asset(token.asset_of(&data.mint)?)?.decimals
    } else {
        quote_decimals
    };
    let (class, counted_value) = from.class(claim)?;
    let value = |atoms| (!custody).then(|| Amount::new(atoms, paid_decimals));
    let cost_that_counts = from.evidence(claim)?.cost_that_counts(data, token);
    Ok(ClaimReport {
        number: data.number,
        address: claim.key,
        kind,
        class,
        status: data.status()?,
        name: text::read(&data.name).to_string(),
        unit: some_text(&data.unit_label),
        held: Amount::new(data.held()?, places),
        units: Amount::new(data.units, places),
        value: value(from.owners_number(data)?),
        counted_value: value(counted_value),
        cost: (!revenue).then(|| Amount::new(data.cost, quote_decimals)),
        cost_that_counts: (!revenue).then(|| Amount::new(cost_that_counts, quote_decimals)),
        received: Amount::new(data.received, paid_decimals),
        total: revenue.then(|| Amount::new(data.total, paid_decimals)),
        share: revenue.then(|| Percent::of_bps(data.share_bps)),
        payer: revenue.then_some(data.payer),
        ends_at: revenue.then_some(data.ends_at),
        mint: named(&data.mint),
        document: Hash::named(&data.document),
        uri: some_text(&data.uri),
        terms: Hash(data.terms),
        attestations: from.attestations(claim, places, paid_decimals),
        disputed_by: from.disputed_by(data),
        disputed_by_holders: data.disputed_by_holders == 1,
        transforms: data.transforms,
        written_off: Amount::new(data.written_off, places),
        found: Amount::new(data.found, places),
        reports: revenue
            .then(|| revenue_line(data, paid_decimals, now))
            .transpose()?,
        auction: auction_line(data, places, quote_decimals, now)?,
        declared_at: data.declared_at,
        age_seconds: now.saturating_sub(data.updated_at),
    })
}
