//! Claims with their evidence and age, each to be unfolded.

use {
    super::parts::{self, amount, chip, end_of, facts, key, name, of, seconds, time, uri},
    crate::{
        text::Names,
        words::{Word, month},
    },
    maud::{Markup, html},
    upside_core::{
        Pubkey,
        inspect::{AttestationReport, AuctionReport, ClaimReport, Hash, RevenueReportLine},
        state::{ClaimKind, ClaimStatus},
    },
};

/// Whether it is over.
pub fn is_past(claim: &ClaimReport) -> bool {
    matches!(claim.status, ClaimStatus::Closed | ClaimStatus::WrittenOff)
}

fn status(status: ClaimStatus) -> Option<(&'static str, &'static str)> {
    match status {
        ClaimStatus::Declared => None,
        ClaimStatus::WrittenOff => Some(("bad", status.word())),
        ClaimStatus::ExitedInPart | ClaimStatus::Closed | ClaimStatus::SharedOut => {
            Some(("plain", status.word()))
        }
    }
}

fn is_disputed(claim: &ClaimReport) -> bool {
    claim.disputed_by_holders || !claim.disputed_by.is_empty()
}

/// Whether something that reports say is due was not paid, or months were not reported.
fn is_overdue(claim: &ClaimReport) -> bool {
    let reports = claim.reports.as_ref();
    reports.is_some_and(|all| !all.overdue.is_zero() || all.missing_months > 0)
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
        (amount(&one.left)) " of " (amount(&one.units)) " left, from " (of(&one.start, money))
        " at " (time(one.starts_at)) " to " (of(&one.end, money)) " at " (time(one.ends_at))
        @if let Some(price) = &one.price_of_rest { ", the rest for " (of(price, money)) " now" }
        @if one.by_poll { ", by a poll of holders" }
    }
}

/// One claim of a token with this quote mint.
pub fn claim(names: &Names, quote: &Pubkey, claim: &ClaimReport) -> Markup {
    let class = claim.class.backing().word();
    let money = match &claim.mint {
        Some(mint) if claim.kind == ClaimKind::RevenueShare => names.of(mint),
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
                (chip(class, class)) " "
                b { (name(&claim.name)) } " "
                span.note { (claim.kind.word()) ", claim " (claim.number) }
                @if let Some((class, text)) = status(claim.status) { " " (chip(class, text)) }
                @if is_disputed(claim) { " " (chip("bad", "disputed")) }
                @if is_overdue(claim) { " " (chip("bad", "overdue")) }
                @if claim.auction.is_some() { " " (chip("warn", "auction")) }
                span.brief { (brief) }
            }
            (facts(rows(names, &money, claim)))
            @if !claim.attestations.is_empty() { (attestations(&claim.attestations)) }
        }
    }
}

/// Every member of a claim that the line above it does not show.
fn rows(names: &Names, money: &str, claim: &ClaimReport) -> Vec<(&'static str, Markup)> {
    let ClaimReport {
        // In the line above, or in the table below.
        number: _,
        name: _,
        class: _,
        status: _,
        attestations: _,
        address,
        kind,
        unit,
        held,
        units,
        value,
        counted_value,
        cost,
        cost_that_counts,
        received,
        total,
        share,
        payer,
        ends_at,
        mint,
        document,
        uri,
        terms,
        disputed_by,
        disputed_by_holders,
        transforms,
        written_off,
        found,
        reports,
        auction,
        declared_at,
        age_seconds,
    } = claim;
    let mut rows = Vec::new();
    if *kind != ClaimKind::RevenueShare {
        let unit = match (mint, unit) {
            (Some(mint), _) => names.of(mint),
            (None, Some(unit)) => unit.clone(),
            (None, None) => "units".to_string(),
        };
        rows.push((
            "holds",
            html! { (amount(held)) " of " (amount(units)) " " (name(&unit)) },
        ));
    }
    let some = [
        ("worth, as the owner says", value),
        ("worth in its class", counted_value),
        ("cost, as the owner says", cost),
        ("cost that counts at an exit now", cost_that_counts),
        ("brings at most", total),
    ];
    for (what, value) in some {
        rows.extend(value.as_ref().map(|value| (what, of(value, money))));
    }
    rows.push(("brought so far", of(received, money)));
    rows.extend(share.map(|share| ("of gross", html! { (share) " %" })));
    rows.extend(payer.as_ref().map(|payer| ("paid by", key(payer))));
    rows.extend(ends_at.map(|end| ("ends", time(end))));
    if let Some(all) = reports {
        rows.extend(self::reports(all, money));
    }
    if let Some(one) = auction {
        rows.push(("auction", self::auction(one, money)));
    }
    rows.extend(mint.as_ref().map(|mint| ("mint", key(mint))));
    rows.push(("evidence", evidence(document.as_ref(), uri.as_deref())));
    rows.extend(
        disputed_by
            .iter()
            .map(|by| ("disputed by attester", key(by))),
    );
    if *disputed_by_holders {
        rows.push(("disputed by", html! { "a poll of holders" }));
    }
    rows.push(("terms", html! { "sha256 " (key(terms)) }));
    if !found.is_zero() {
        rows.push(("units that arrived unasked", amount(found)));
    }
    if !written_off.is_zero() {
        rows.push(("units written off", amount(written_off)));
    }
    if *transforms > 0 {
        rows.push(("changed its form", html! { (transforms) " times" }));
    }
    rows.push(("declared", time(*declared_at)));
    rows.push(("books changed", html! { (seconds(*age_seconds)) " ago" }));
    rows.push(("address", key(address)));
    rows
}

fn evidence(document: Option<&Hash>, link: Option<&str>) -> Markup {
    html! {
        @if let Some(link) = link { div { (uri(link)) } }
        @match (document, link) {
            (Some(hash), _) => { div { "sha256 " (key(hash)) } }
            (None, None) => { (chip("warn", "none")) }
            (None, Some(_)) => { (chip("warn", "no document hash")) }
        }
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
