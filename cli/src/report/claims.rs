use {
    super::{Look, Names},
    crate::{
        style::{self, grouped, heading, paint, span},
        values::stamp,
    },
    upside_sdk::{
        amount::Grouped,
        inspect::{AttestationReport, ClaimReport},
    },
};

/// Every claim, with its evidence and its age.
pub fn claims<'a>(look: &Look, claims: impl IntoIterator<Item = &'a ClaimReport>) -> String {
    let mut text = heading("Claims");
    let before = text.len();
    for claim in claims {
        text.push_str(&self::claim(&look.names, &look.report.quote_mint, claim));
    }
    if text.len() == before {
        text.push_str(&format!("  {}\n", paint(style::DIM, "none")));
    }
    text
}

/// One claim, of a token with this quote mint.
pub fn claim(names: &Names, quote: &str, claim: &ClaimReport) -> String {
    let money = money(names, quote, claim);
    let class = match claim.class {
        "liquid" | "attested" => paint(style::GOOD, claim.class),
        class => paint(style::WARN, class),
    };
    let status = match claim.status {
        "exited_in_part" => ", exited in part",
        "closed" => ", closed",
        "written_off" => ", written off",
        _ => "",
    };
    let name = paint(style::BOLD, &claim.name);
    let mut text = format!(
        "  {:>2}  {name}  {}, {class}{status}\n",
        claim.number,
        kind(claim)
    );
    let mut line = |what: &str, value: String| {
        text.push_str(&format!(
            "      {}  {value}\n",
            paint(style::DIM, format!("{what:<9}"))
        ));
    };
    line("holds", holds(names, &money, claim));
    line("brought", format!("{} {money}", grouped(&claim.received)));
    line("evidence", evidence(claim));
    for signed in &claim.attestations {
        line("signed", attestation(signed));
    }
    if let Some(by) = &claim.disputed_by {
        let by = style::short(by);
        line("disputed", paint(style::WARN, format!("by attester {by}")));
    }
    if let Some(overdue) = claim.overdue.as_ref().filter(|due| due.atoms != "0") {
        let overdue = format!("{} {} by reports", grouped(overdue), money);
        line("overdue", paint(style::WARN, overdue));
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
    let state = match (signed.listed, signed.fresh) {
        (true, true) => paint(style::GOOD, "fresh"),
        (true, false) => paint(style::WARN, "stale"),
        (false, _) => paint(style::DIM, "no attester of the token any more"),
    };
    format!(
        "by {}, {} on {}, until {}: worth {}",
        style::short(&signed.attester),
        state,
        stamp(signed.signed_at),
        stamp(signed.expires_at),
        grouped(&signed.value)
    )
}

fn kind(claim: &ClaimReport) -> &'static str {
    match claim.kind {
        "tokenized_equity" => "tokenized equity",
        "revenue_share" => "revenue share",
        _ => "equity on paper",
    }
}

/// What its money is counted in.
fn money(names: &Names, quote: &str, claim: &ClaimReport) -> String {
    match (&claim.mint, claim.kind) {
        (Some(mint), "revenue_share") => names.of(mint),
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
    let unit = match (&claim.mint, claim.unit.as_str()) {
        (Some(mint), _) => names.of(mint),
        (None, "") => "units".to_string(),
        (None, unit) => unit.to_string(),
    };
    let cost = claim.cost.as_ref().map(grouped).unwrap_or_default();
    let count = |text: &str| Grouped(text.to_string()).to_string();
    format!(
        "{} of {} {unit}, cost {cost} {money}",
        count(&claim.held),
        count(&claim.units)
    )
}

fn evidence(claim: &ClaimReport) -> String {
    let hashed = claim.document.bytes().any(|byte| byte != b'0');
    match (hashed, claim.uri.as_str()) {
        (false, "") => paint(style::WARN, "none"),
        (false, uri) => format!("{uri}, {}", paint(style::WARN, "no document hash")),
        (true, "") => format!("sha256 {}", claim.document),
        (true, uri) => format!("{uri}\n{:17}sha256 {}", "", claim.document),
    }
}
