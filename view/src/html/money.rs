//! What a share redeems for and how that grows with the size of an exit; what streams have
//! paid out and what they will.

use {
    super::{
        bars::{Part, atoms, legend, stacked},
        chart::{Chart, Ink, Line, brief, place},
        parts::{Column, amount, facts, name, of, table, time},
    },
    crate::{error::Result, text::TokenView, time::stamp},
    maud::{Markup, html},
    upside_core::{
        error::CoreError,
        inspect::{Amount, StreamReport},
        quote,
        state::MAX_ASSETS,
    },
    upside_math::{SHARE_DECIMALS, Shares, share_out},
};

/// Steps of a hundred at which the chart asks for a quote.
const STEPS: u64 = 50;
/// Percents of all shares in the table.
const SIZES: [u64; 7] = [1, 5, 10, 25, 50, 75, 100];
/// What redeeming pays, by the very function that the program runs.
pub fn redemption(view: &TokenView) -> Result<Markup> {
    let assets = &view.report.assets;
    let supply = Shares(u64::try_from(atoms(&view.report.supply.total)).unwrap_or(0));
    let paying: Vec<usize> = (0..assets.len())
        .filter(|place| atoms(&assets[*place].reserve) > 0)
        .collect();
    if paying.is_empty() || supply.0 == 0 {
        return Ok(html! { p.empty { "The reserve is empty: redeeming pays nothing now." } });
    }
    let mut charts = Vec::new();
    for place in &paying {
        charts.push(curve(view, supply, *place)?);
    }
    let mut columns = vec![Column::Words("exit of"), Column::Numbers("shares")];
    columns.extend(paying.iter().map(|_| Column::Numbers("pays")));
    let mut rows = Vec::new();
    for size in SIZES {
        let shares = Shares(share_out(supply.0, size, 100).map_err(CoreError::from)?);
        let paid = paid(view, supply, shares)?;
        let mut row = vec![
            html! { (size) " % of all" },
            amount(&Amount::new(shares.0, SHARE_DECIMALS)),
        ];
        row.extend(paying.iter().map(|place| {
            let decimals = view.token.data.assets[*place].decimals;
            of(
                &Amount::new(paid[*place], decimals),
                &view.names.of(&assets[*place].mint),
            )
        }));
        rows.push(row);
    }
    Ok(html! {
        (facts(paying.iter().map(|place| {
            let asset = &assets[*place];
            ("one share pays", of(&asset.per_share, &view.names.of(&asset.mint)))
        }).collect()))
        p.note { "All listed assets are paid at once, in kind. The cash-out tax of "
            (view.report.terms.cash_out_tax) " % stays with those who stay; it shrinks with the size \
             of the exit, and whoever burns all shares pays none." }
        @for chart in charts { (chart) }
        (table("What an exit pays now", &columns, rows))
    })
}

fn paid(view: &TokenView, supply: Shares, shares: Shares) -> Result<[u64; MAX_ASSETS]> {
    match quote::redemption(&view.token.data, supply, shares, 0) {
        // Too few shares for an atom of anything.
        Err(CoreError::Refused(_)) => Ok([0; MAX_ASSETS]),
        paid => Ok(paid?),
    }
}

fn curve(view: &TokenView, supply: Shares, of_asset: usize) -> Result<Markup> {
    let asset = &view.report.assets[of_asset];
    let decimals = view.token.data.assets[of_asset].decimals;
    let reserve = atoms(&asset.reserve);
    let (mut pays, mut even) = (vec![(0.0, 0.0)], vec![(0.0, 0.0)]);
    for step in 1..=STEPS {
        let shares = Shares(share_out(supply.0, step, STEPS).map_err(CoreError::from)?);
        let paid = paid(view, supply, shares)?[of_asset];
        let reserve = u64::try_from(reserve).unwrap_or(u64::MAX);
        let part = share_out(reserve, step, STEPS).map_err(CoreError::from)?;
        let x = f64::from(u32::try_from(step * 100 / STEPS).unwrap_or(100));
        pays.push((x, place(&Amount::new(paid, decimals))));
        even.push((x, place(&Amount::new(part, decimals))));
    }
    let lines = vec![
        Line {
            what: "without tax",
            ink: Ink::Second,
            filled: false,
            points: even,
        },
        Line {
            what: "pays now",
            ink: Ink::First,
            filled: true,
            points: pays,
        },
    ];
    let chart = Chart {
        title: format!(
            "Payout in {} by the size of an exit, in percent of all shares",
            view.names.of(&asset.mint)
        ),
        lines,
        x: |x| format!("{} %", brief(x)),
    };
    chart.draw()
}

/// What streams paid out, have ready and hold back.
pub fn streams(view: &TokenView) -> Result<Markup> {
    if view.report.streams.is_empty() {
        return Ok(html! { p.empty { "No mint has a payout stream." } });
    }
    let mut drawn = Vec::new();
    for stream in &view.report.streams {
        drawn.push(self::stream(view, stream)?);
    }
    Ok(html! { @for one in drawn { (one) } })
}

/// A stream without what lies ahead of it. `mint` names its mint.
pub fn stream_now(mint: &str, stream: &StreamReport) -> Markup {
    let StreamReport {
        // The caller names it.
        mint: _,
        paid,
        remaining,
        collectable,
        ends_at,
        per_day,
        opens_at,
    } = stream;
    let claimed = paid.atoms - remaining.atoms - collectable.atoms;
    let claimed = Amount::signed(claimed.max(0), paid.decimals);
    let parts = [
        Part::new("liquid", "claimed", &claimed),
        Part::new("custody", "collectable", collectable),
        Part::new("stale", "waiting", remaining),
    ];
    let ends = ends_at.map_or(html! { "nothing streams now" }, time);
    let opens = opens_at.map_or(html! { "now" }, time);
    html! {
        h3 { (name(mint)) }
        (stacked(&format!("Stream of {mint}"), &parts, None))
        (legend(&parts, &name(mint)))
        (facts(vec![
            ("ever paid in", of(paid, mint)),
            ("released, not yet collected", of(collectable, mint)),
            ("still to be released", of(remaining, mint)),
            ("in the next day", of(per_day, mint)),
            ("last atom", ends),
            ("takes payments from", opens),
        ]))
    }
}

fn stream(view: &TokenView, stream: &StreamReport) -> Result<Markup> {
    let ahead = stream.ends_at.map(|end| drip(view, stream, end));
    let ahead = ahead.transpose()?;
    Ok(html! {
        (stream_now(&view.names.of(&stream.mint), stream))
        @if let Some(ahead) = ahead { (ahead) }
    })
}

/// The drip ahead: in a straight line from now to its end, unless more is paid in.
fn drip(view: &TokenView, stream: &StreamReport, end: i64) -> Result<Markup> {
    let (paid, remaining) = (place(&stream.paid), place(&stream.remaining));
    let days =
        |seconds: i64| f64::from(u32::try_from(seconds.max(0)).unwrap_or(u32::MAX)) / 86_400.0;
    let length = days(end.saturating_sub(view.report.time));
    let lines = vec![
        Line {
            what: "ever paid in",
            ink: Ink::Second,
            filled: false,
            points: vec![(0.0, paid), (length, paid)],
        },
        Line {
            what: "released",
            ink: Ink::First,
            filled: true,
            points: vec![(0.0, paid - remaining), (length, paid)],
        },
    ];
    let chart = Chart {
        title: format!(
            "{} released to holders, from {} to {}",
            view.names.of(&stream.mint),
            stamp(view.report.time),
            stamp(end)
        ),
        lines,
        x: |x| format!("{} d", brief(x)),
    };
    chart.draw()
}
