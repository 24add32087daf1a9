use {
    super::{names::Names, view::TokenView},
    crate::{
        style::{self, grouped, heading, paint, span},
        time::stamp,
        words::{Word, month},
    },
    upside_core::{
        Pubkey,
        inspect::{
            Amount, AttestationReport, AuctionReport, ClaimReport, EvidenceClass, RevenueReportLine,
        },
        state::{ClaimKind, ClaimStatus},
    },
};

/// Every claim, with its evidence and its age.
pub fn claims<'a>(view: &TokenView, claims: impl IntoIterator<Item = &'a ClaimReport>) -> String {
    let mut text = heading("Claims");
    let before = text.len();
    for claim in claims {
        text.push_str(&self::claim(&view.names, &view.report.quote_mint, claim));
    }
    if text.len() == before {
        text.push_str(&format!("  {}\n", paint(style::DIM, "none")));
    }
    text
}

/// One claim, of a token with this quote mint.
pub fn claim(names: &Names, quote: &Pubkey, claim: &ClaimReport) -> String {
    let money = money(names, quote, claim);
    let class = match claim.class {
        EvidenceClass::Liquid | EvidenceClass::Attested => paint(style::GOOD, claim.class.word()),
        EvidenceClass::Stale | EvidenceClass::Declared => paint(style::WARN, claim.class.word()),
    };
    let status = match claim.status {
        ClaimStatus::Declared => String::new(),
        status => format!(", {}", status.word()),
    };
    let name = paint(style::BOLD, &claim.name);
    let mut text = format!(
        "  {:>2}  {name}  {}, {class}{status}\n",
        claim.number,
        claim.kind.word()
    );
    let mut line = |what: &str, value: String| {
        text.push_str(&format!(
            "      {}  {value}\n",
            paint(style::DIM, format!("{what:<9}"))
        ));
    };
    line("holds", holds(names, &money, claim));
    if let Some(value) = &claim.value {
        line("worth", worth(claim, value, &money));
    }
    if let Some(cost) = &claim.cost_that_counts {
        let counts = format!("{} {money} of its cost count at an exit now", grouped(cost));
        line("counts", counts);
    }
    line("brought", format!("{} {money}", grouped(&claim.received)));
    line("evidence", evidence(claim));
    for signed in &claim.attestations {
        line("signed", attestation(signed));
    }
    for by in &claim.disputed_by {
        let by = style::short(by);
        line("disputed", paint(style::WARN, format!("by attester {by}")));
    }
    if claim.disputed_by_holders {
        line("disputed", paint(style::WARN, "by a poll of holders"));
    }
    if let Some(reports) = &claim.reports {
        for (what, value) in reported(reports, &money) {
            line(what, value);
        }
    }
    if let Some(auction) = &claim.auction {
        line("auction", self::auction(auction, &money));
    }
    let declared = stamp(claim.declared_at);
    line(
        "age",
        format!(
            "{} since its books changed; declared {declared}",
            span(claim.age_seconds)
        ),
    );
    text
}

fn attestation(signed: &AttestationReport) -> String {
    let state = match (signed.accepted, signed.fresh) {
        (true, true) => paint(style::GOOD, "fresh"),
        (true, false) => paint(style::WARN, "stale"),
        (false, _) => paint(style::DIM, "not accepted by holders"),
    };
    format!(
        "by {}, {} on {}, until {}: worth {}, cost {}",
        style::short(&signed.attester),
        state,
        stamp(signed.signed_at),
        stamp(signed.expires_at),
        grouped(&signed.value),
        grouped(&signed.cost)
    )
}

/// The owner's number, and what of it is attested.
fn worth(claim: &ClaimReport, owners: &Amount, money: &str) -> String {
    let said = format!("{} {money} as the owner says", grouped(owners));
    match (&claim.counted_value, claim.class) {
        (Some(value), EvidenceClass::Attested) => {
            format!("{} {money} attested; {said}", grouped(value))
        }
        (Some(value), EvidenceClass::Stale) => {
            format!("{} {money} once attested; {said}", grouped(value))
        }
        _ => said,
    }
}

/// What was reported of revenue, and what was not.
fn reported(reports: &RevenueReportLine, money: &str) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if let (Some(period), Some(gross)) = (reports.last_period, &reports.gross) {
        let mut said = format!("{} {money} for {}", grouped(gross), month(period));
        if let Some(corrected) = &reports.corrected_to {
            let (to, times) = (grouped(corrected), reports.corrections);
            said.push_str(&format!(", corrected to {to} ({times} times)"));
        }
        lines.push(("reported", said));
    }
    if !reports.unpaid.is_zero() {
        let by = reports.due_at.map(stamp).unwrap_or_default();
        let unpaid = grouped(&reports.unpaid);
        lines.push(("due", format!("{unpaid} {money}, the last of it by {by}")));
    }
    if !reports.overdue.is_zero() {
        let overdue = format!("{} {money} by reports", grouped(&reports.overdue));
        lines.push(("overdue", paint(style::WARN, overdue)));
    }
    if reports.missing_months > 0 {
        let (count, first) = (reports.missing_months, month(reports.next_period));
        let missing = format!("{count} months that are over, from {first} on");
        lines.push(("missing", paint(style::WARN, missing)));
    }
    lines
}

fn auction(auction: &AuctionReport, money: &str) -> String {
    let (start, end) = (grouped(&auction.start), grouped(&auction.end));
    let (from, until) = (stamp(auction.starts_at), stamp(auction.ends_at));
    let now = auction.price_of_rest.as_ref();
    let now = now.map_or(String::new(), |price| {
        format!(", the rest for {} now", grouped(price))
    });
    format!(
        "{} of {} left, from {start} {money} at {from} to {end} at {until}{now}",
        grouped(&auction.left),
        grouped(&auction.units)
    )
}

/// What its money is counted in.
fn money(names: &Names, quote: &Pubkey, claim: &ClaimReport) -> String {
    match (&claim.mint, claim.kind) {
        (Some(mint), ClaimKind::RevenueShare) => names.of(mint),
        _ => names.of(quote),
    }
}

fn holds(names: &Names, money: &str, claim: &ClaimReport) -> String {
    if let (Some(share), Some(total), Some(payer)) = (&claim.share, &claim.total, &claim.payer) {
        let end = claim.ends_at.map(stamp).unwrap_or_default();
        let payer = style::short(payer);
        return format!(
            "{share} % of gross by {payer}, up to {} {money}, until {end}",
            grouped(total)
        );
    }
    let unit = match (&claim.mint, &claim.unit) {
        (Some(mint), _) => names.of(mint),
        (None, None) => "units".to_string(),
        (None, Some(unit)) => unit.clone(),
    };
    let cost = claim.cost.as_ref().map(grouped).unwrap_or_default();
    format!(
        "{} of {} {unit}, cost {cost} {money}",
        grouped(&claim.held),
        grouped(&claim.units)
    )
}

fn evidence(claim: &ClaimReport) -> String {
    match (&claim.document, &claim.uri) {
        (None, None) => paint(style::WARN, "none"),
        (None, Some(uri)) => format!("{uri}, {}", paint(style::WARN, "no document hash")),
        (Some(hash), None) => format!("sha256 {hash}"),
        (Some(hash), Some(uri)) => format!("{uri}\n{:17}sha256 {hash}", ""),
    }
}
