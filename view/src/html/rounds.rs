//! Rounds: what they raised against what they need, and the price of each stage.

use {
    super::{
        bars::{Part, atoms, legend, stacked},
        chart::{Chart, Ink, Line, brief, place},
        disclosure,
        parts::{Column, amount, chip, facts, key, name, of, table, time},
    },
    crate::{
        error::Result,
        text::{TokenView, contributors},
        words::Word,
    },
    maud::{Markup, html},
    upside_core::inspect::{Amount, RoundPhase, RoundReport},
};

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
        RoundPhase::Open | RoundPhase::Succeeded | RoundPhase::Settled => {
            chip("good", round.status.word())
        }
        RoundPhase::Failed => chip("bad", round.status.word()),
        RoundPhase::Over => chip("warn", "over, to be closed"),
        RoundPhase::Upcoming => chip("plain", round.status.word()),
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
            (figures(round, &quote))
        }
    })
}

/// A round in figures. `quote` names the quote mint.
pub fn figures(round: &RoundReport, quote: &str) -> Markup {
    html! {
        (stages(round, quote))
        (facts(rows(round, quote)))
        (facts(disclosure::rows(contributors(round))))
    }
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

/// Every member of a round that stands nowhere else.
fn rows(round: &RoundReport, quote: &str) -> Vec<(&'static str, Markup)> {
    let RoundReport {
        // In the line above, and in tables of their own.
        number: _,
        status: _,
        stages: _,
        contributors: _,
        address,
        raised,
        min_raise,
        backer_cap,
        min_contribution,
        reserve,
        by_approval,
        opens_at,
        closes_at,
        contributions,
        uncollected,
    } = round;
    vec![
        ("raised", of(raised, quote)),
        (
            "minimum",
            min_raise.map_or(html! { "none" }, |least| of(&least, quote)),
        ),
        ("opens", time(*opens_at)),
        ("closes", time(*closes_at)),
        ("contributions", html! { (contributions) }),
        ("smallest contribution", of(min_contribution, quote)),
        (
            "most from one backer",
            backer_cap.map_or(html! { "no cap" }, |cap| of(&cap, quote)),
        ),
        (
            "by approval",
            html! { (if *by_approval { "yes" } else { "no" }) },
        ),
        ("to the reserve", html! { (reserve) " % of the proceeds" }),
        ("sold, not yet collected", amount(uncollected)),
        ("address", key(address)),
    ]
}
