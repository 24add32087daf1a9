//! Rounds: what they raised against what they need, and the price of each stage.

use {
    super::{
        bars::{Part, atoms, legend, stacked},
        chart::{Chart, Ink, Line, brief, place},
        disclosure,
        parts::{Column, amount, chip, facts, key, name, of, rest, table, time},
    },
    crate::{
        error::Result,
        text::{TokenView, contributors},
    },
    maud::{Markup, html},
    upside_core::inspect::{Amount, RoundReport},
};

/// Members of a round that have their place below.
const KNOWN: [&str; 15] = [
    "number",
    "address",
    "status",
    "stages",
    "raised",
    "min_raise",
    "backer_cap",
    "min_contribution",
    "reserve",
    "by_approval",
    "opens_at",
    "closes_at",
    "contributions",
    "contributors",
    "uncollected",
];

/// Every round, the newest first and open.
pub fn rounds(view: &TokenView) -> Result<Markup> {
    if view.report.rounds.is_empty() {
        return Ok(html! { p.empty { "No round was opened yet." } });
    }
    let newest = view.report.rounds.iter().map(|round| round.number).max();
    let mut drawn = Vec::new();
    for round in view.report.rounds.iter().rev() {
        drawn.push(self::round(view, round, Some(round.number) == newest)?);
    }
    Ok(html! { @for one in drawn { (one) } })
}

fn status(round: &RoundReport) -> Markup {
    match round.status {
        "open" | "succeeded" | "settled" => chip("good", round.status),
        "failed" => chip("bad", round.status),
        "over" => chip("warn", "over, to be closed"),
        status => chip("plain", status),
    }
}

fn round(view: &TokenView, round: &RoundReport, open: bool) -> Result<Markup> {
    let quote = view.names.of(&view.report.quote_mint);
    let prices = prices(round)?;
    Ok(html! {
        details.node open[open] {
            summary {
                b { "Round " (round.number) } " " (status(round))
                span.brief { "raised " (of(&round.raised, &quote)) }
            }
            (raised(view, round, &quote))
            (prices)
            (stages(round, &quote))
            (facts(rows(round, &quote)))
            (facts(disclosure::rows(contributors(round))))
            @if let Some(more) = rest(round, &KNOWN) { (more) }
        }
    })
}

/// What it raised, against the minimum where there is one.
fn raised(view: &TokenView, round: &RoundReport, quote: &str) -> Markup {
    let raised = atoms(&round.raised);
    let mut parts = vec![Part::new("liquid", "raised", &round.raised)];
    let Some(least) = &round.min_raise else {
        return html! {
            p.note { "No minimum: shares are registered at once." }
            (legend(&parts, &name(quote)))
        };
    };
    let lacks = atoms(least).saturating_sub(raised);
    if lacks > 0 {
        let lacks = u64::try_from(lacks).unwrap_or(u64::MAX);
        let shown = Amount::new(lacks, view.token.data.quote().decimals);
        parts.push(Part::new("muted", "lacks to the minimum", &shown));
    }
    html! {
        (stacked("Raised against the minimum", &parts, None))
        (legend(&parts, &name(quote)))
    }
}

fn stages(round: &RoundReport, quote: &str) -> Markup {
    let columns = [
        Column::Numbers("stage"),
        Column::Numbers("price"),
        Column::Numbers("shares"),
        Column::Numbers("sold"),
    ];
    let rows = round.stages.iter().zip(1..).map(|(stage, number)| {
        vec![
            html! { (number) },
            of(&stage.price, quote),
            amount(&stage.shares),
            amount(&stage.sold),
        ]
    });
    table("Stages", &columns, rows.collect())
}

/// Prices as steps over the shares on offer, with what is sold filled.
fn prices(round: &RoundReport) -> Result<Markup> {
    let (mut steps, mut sold) = (Vec::new(), Vec::new());
    let mut before = 0.0;
    for stage in &round.stages {
        let (shares, price) = (place(&stage.shares), place(&stage.price));
        steps.extend([(before, price), (before + shares, price)]);
        let taken = place(&stage.sold);
        if taken > 0.0 {
            sold.extend([(before, price), (before + taken, price)]);
        }
        before += shares;
    }
    let chart = Chart {
        title: format!("Round {}: price of a share by shares sold", round.number),
        lines: vec![
            Line {
                what: "on offer",
                ink: Ink::Second,
                filled: false,
                points: steps,
            },
            Line {
                what: "sold",
                ink: Ink::First,
                filled: true,
                points: sold,
            },
        ],
        x: brief,
    };
    chart.draw()
}

fn rows(round: &RoundReport, quote: &str) -> Vec<(&'static str, Markup)> {
    let cap = round.backer_cap.as_ref();
    let least = round.min_raise.as_ref();
    vec![
        ("raised", of(&round.raised, quote)),
        (
            "minimum",
            least.map_or(html! { "none" }, |least| of(least, quote)),
        ),
        ("opens", time(round.opens_at)),
        ("closes", time(round.closes_at)),
        ("contributions", html! { (round.contributions) }),
        ("smallest contribution", of(&round.min_contribution, quote)),
        (
            "most from one backer",
            cap.map_or(html! { "no cap" }, |cap| of(cap, quote)),
        ),
        (
            "by approval",
            html! { (if round.by_approval { "yes" } else { "no" }) },
        ),
        (
            "to the reserve",
            html! { (round.reserve) " % of the proceeds" },
        ),
        ("sold, not yet collected", amount(&round.uncollected)),
        ("address", key(&round.address)),
    ]
}
