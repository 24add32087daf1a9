//! Claims with their evidence and age, each to be unfolded.

use {
    super::parts::{self, amount, chip, end_of, facts, key, name, of, rest, seconds, time, uri},
    crate::report::Names,
    maud::{Markup, html},
    upside_sdk::{
        amount::Grouped,
        inspect::{AttestationReport, ClaimReport},
    },
};

/// Members of a claim that have their place below.
const KNOWN: [&str; 26] = [
    "number",
    "address",
    "kind",
    "class",
    "status",
    "name",
    "unit",
    "held",
    "units",
    "cost",
    "received",
    "total",
    "share",
    "payer",
    "ends_at",
    "mint",
    "document",
    "uri",
    "attestations",
    "disputed_by",
    "transforms",
    "written_off",
    "overdue",
    "reported_period",
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
                @if claim.disputed_by.is_some() { " " (chip("bad", "disputed")) }
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
        ("cost of what it holds", &claim.cost),
        ("brings at most", &claim.total),
        ("overdue by reports", &claim.overdue),
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
    rows.extend(
        claim
            .reported_period
            .map(|period| ("last month reported", html! { (period) })),
    );
    rows.extend(claim.mint.as_ref().map(|mint| ("mint", key(mint))));
    rows.push(("evidence", evidence(claim)));
    rows.extend(
        claim
            .disputed_by
            .as_ref()
            .map(|by| ("disputed by attester", key(by))),
    );
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
        Words("signed"),
        Words("fresh until"),
    ];
    let rows = all.iter().map(|one| {
        let state = match (one.listed, one.fresh) {
            (true, true) => chip("good", "fresh"),
            (true, false) => chip("stale", "stale"),
            (false, _) => chip("plain", "no attester of the token any more"),
        };
        vec![
            end_of(&one.attester),
            state,
            amount(&one.value),
            time(one.signed_at),
            time(one.expires_at),
        ]
    });
    parts::table("Signed by third parties", &columns, rows.collect())
}
