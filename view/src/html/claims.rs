//! Claims with their evidence and age, each to be unfolded.

use {
    super::parts::{self, amount, chip, end_of, facts, key, name, of, rest, seconds, time, uri},
    crate::text::Names,
    maud::{Markup, html},
    upside_core::{
        amount::Grouped,
        inspect::{AttestationReport, AuctionReport, ClaimReport, RevenueReportLine},
    },
};

/// Members of a claim that have their place below.
const KNOWN: [&str; 32] = [
    "number",
    "address",
    "kind",
    "class",
    "status",
    "name",
    "unit",
    "held",
    "units",
    "value",
    "counted_value",
    "cost",
    "cost_that_counts",
    "received",
    "total",
    "share",
    "payer",
    "ends_at",
    "mint",
    "document",
    "uri",
    "terms",
    "attestations",
    "disputed_by",
    "disputed_by_holders",
    "transforms",
    "written_off",
    "found",
    "reports",
    "auction",
    "declared_at",
    "age_seconds",
];

/// Whether it is over.
pub fn is_past(claim: &ClaimReport) -> bool {
    matches!(claim.status, "closed" | "written_off")
}

/// The kind of backing that it belongs to.
pub fn class(claim: &ClaimReport) -> &'static str {
    match claim.class {
        "liquid" => "custody",
        class => class,
    }
}

fn kind(claim: &ClaimReport) -> &'static str {
    match claim.kind {
        "tokenized_equity" => "tokenized equity",
        "revenue_share" => "revenue share",
        _ => "equity on paper",
    }
}

fn status(claim: &ClaimReport) -> Option<(&'static str, String)> {
    match claim.status {
        "declared" => None,
        "written_off" => Some(("bad", "written off".to_string())),
        status => Some(("plain", status.replace('_', " "))),
    }
}

fn is_disputed(claim: &ClaimReport) -> bool {
    claim.disputed_by_holders || !claim.disputed_by.is_empty()
}

/// Whether something that reports say is due was not paid, or months were not reported.
fn is_overdue(claim: &ClaimReport) -> bool {
    let reports = claim.reports.as_ref();
    reports.is_some_and(|all| all.overdue.atoms != "0" || all.missing_months > 0)
}

fn month(period: u64) -> String {
    format!("{}-{:02}", period / 100, period % 100)
}

/// What was reported of revenue, and what was not.
fn reports(all: &RevenueReportLine, money: &str) -> Vec<(&'static str, Markup)> {
    let mut rows = Vec::new();
    if let (Some(period), Some(gross)) = (all.last_period, &all.gross) {
        rows.push((
            "last month reported",
            html! { (month(period)) ": " (of(gross, money)) },
        ));
    }
    if let Some(corrected) = &all.corrected_to {
        rows.push((
            "corrected to",
            html! { (of(corrected, money)) ", " (all.corrections) " times" },
        ));
    }
    rows.push(("due and not paid", of(&all.unpaid, money)));
    rows.extend(all.due_at.map(|at| ("the last of it by", time(at))));
    rows.push(("overdue by reports", of(&all.overdue, money)));
    rows.push((
        "months not reported",
        html! { (all.missing_months) ", next " (month(all.next_period)) },
    ));
    rows
}

fn auction(one: &AuctionReport, money: &str) -> Markup {
    html! {
        (count(&one.left)) " of " (count(&one.units)) " left, from " (of(&one.start, money))
        " at " (time(one.starts_at)) " to " (of(&one.end, money)) " at " (time(one.ends_at))
        @if let Some(price) = &one.price_of_rest { ", the rest for " (of(price, money)) " now" }
        @if one.by_poll { ", by a poll of holders" }
    }
}

fn count(text: &str) -> Markup {
    html! { span.num { (Grouped(text.to_string())) } }
}

/// One claim of a token with this quote mint.
pub fn claim(names: &Names, quote: &str, claim: &ClaimReport) -> Markup {
    let revenue = claim.kind == "revenue_share";
    let money = match (&claim.mint, revenue) {
        (Some(mint), true) => names.of(mint),
        _ => names.of(quote),
    };
    let brief = match (&claim.cost, &claim.total) {
        (_, Some(total)) => html! { "up to " (of(total, &money)) },
        (Some(cost), _) => html! { "cost " (of(cost, &money)) },
        _ => html! {},
    };
    html! {
        details.node {
            summary {
                (chip(class(claim), class(claim))) " "
                b { (name(&claim.name)) } " "
                span.note { (kind(claim)) ", claim " (claim.number) }
                @if let Some((class, text)) = status(claim) { " " (chip(class, &text)) }
                @if is_disputed(claim) { " " (chip("bad", "disputed")) }
                @if is_overdue(claim) { " " (chip("bad", "overdue")) }
                @if claim.auction.is_some() { " " (chip("warn", "auction")) }
                span.brief { (brief) }
            }
            (facts(rows(names, &money, claim)))
            @if !claim.attestations.is_empty() { (attestations(&claim.attestations)) }
            @if let Some(more) = rest(claim, &KNOWN) { (more) }
        }
    }
}

fn rows(names: &Names, money: &str, claim: &ClaimReport) -> Vec<(&'static str, Markup)> {
    let unit = match (&claim.mint, claim.unit.as_str()) {
        (Some(mint), _) => names.of(mint),
        (None, "") => "units".to_string(),
        (None, unit) => unit.to_string(),
    };
    let mut rows = Vec::new();
    if claim.kind != "revenue_share" {
        rows.push((
            "holds",
            html! { (count(&claim.held)) " of " (count(&claim.units)) " " (name(&unit)) },
        ));
    }
    let some = [
        ("worth, as the owner says", &claim.value),
        ("worth in its class", &claim.counted_value),
        ("cost, as the owner says", &claim.cost),
        ("cost that counts at an exit now", &claim.cost_that_counts),
        ("brings at most", &claim.total),
    ];
    for (what, value) in some {
        rows.extend(value.as_ref().map(|value| (what, of(value, money))));
    }
    rows.push(("brought so far", of(&claim.received, money)));
    rows.extend(
        claim
            .share
            .as_ref()
            .map(|share| ("of gross", html! { (share) " %" })),
    );
    rows.extend(claim.payer.as_ref().map(|payer| ("paid by", key(payer))));
    rows.extend(claim.ends_at.map(|end| ("ends", time(end))));
    if let Some(all) = &claim.reports {
        rows.extend(reports(all, money));
    }
    if let Some(one) = &claim.auction {
        rows.push(("auction", auction(one, money)));
    }
    rows.extend(claim.mint.as_ref().map(|mint| ("mint", key(mint))));
    rows.push(("evidence", evidence(claim)));
    let disputed = claim.disputed_by.iter();
    rows.extend(disputed.map(|by| ("disputed by attester", key(by))));
    if claim.disputed_by_holders {
        rows.push(("disputed by", html! { "a poll of holders" }));
    }
    rows.push(("terms", html! { "sha256 " (key(&claim.terms)) }));
    if claim.found != "0" {
        rows.push(("units that arrived unasked", count(&claim.found)));
    }
    if claim.written_off != "0" {
        rows.push(("units written off", count(&claim.written_off)));
    }
    if claim.transforms > 0 {
        rows.push(("changed its form", html! { (claim.transforms) " times" }));
    }
    rows.push(("declared", time(claim.declared_at)));
    rows.push((
        "books changed",
        html! { (seconds(claim.age_seconds)) " ago" },
    ));
    rows.push(("address", key(&claim.address)));
    rows
}

fn evidence(claim: &ClaimReport) -> Markup {
    let hashed = claim.document.bytes().any(|byte| byte != b'0');
    html! {
        @if !claim.uri.is_empty() { div { (uri(&claim.uri)) } }
        @if hashed { div { "sha256 " (key(&claim.document)) } }
        @if !hashed && claim.uri.is_empty() { (chip("warn", "none")) }
        @else if !hashed { (chip("warn", "no document hash")) }
    }
}

fn attestations(all: &[AttestationReport]) -> Markup {
    use parts::Column::{Numbers, Words};
    let columns = [
        Words("attester"),
        Words("state"),
        Numbers("held to be worth"),
        Numbers("cost"),
        Words("cost counts from"),
        Words("signed"),
        Words("fresh until"),
    ];
    let rows = all.iter().map(|one| {
        let state = match (one.accepted, one.fresh) {
            (true, true) => chip("good", "fresh"),
            (true, false) => chip("stale", "stale"),
            (false, _) => chip("plain", "not accepted by holders"),
        };
        vec![
            end_of(&one.attester),
            state,
            amount(&one.value),
            amount(&one.cost),
            time(one.cost_counts_from),
            time(one.signed_at),
            time(one.expires_at),
        ]
    });
    parts::table("Signed by third parties", &columns, rows.collect())
}
