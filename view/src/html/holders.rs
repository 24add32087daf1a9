//! Who holds, and how much of all shares the largest have.

use {
    super::{
        bars::{Part, atoms, percent, row, stacked},
        parts::{Column, amount, amounts, chip, end_of, table},
    },
    crate::text::TokenView,
    maud::{Markup, html},
    upside_core::inspect::{Amount, HolderReport},
};

/// Holders with a bar of their own.
const TOP: usize = 10;
/// Holders in the table: a page is to stay readable.
const LISTED: usize = 500;

/// Concentration, and the list.
pub fn holders(view: &TokenView) -> Markup {
    let all = &view.report.holders;
    let supply = atoms(&view.report.supply.total);
    if all.is_empty() {
        return html! { p.empty { "Nobody holds registered shares." } };
    }
    let top = all.iter().take(TOP);
    let sum = |some: &[HolderReport]| {
        some.iter()
            .fold(0u128, |sum, one| sum.saturating_add(atoms(&one.shares)))
    };
    let (largest, others) = all.split_at(TOP.min(all.len()));
    let concentration = percent(sum(largest), supply);
    let outside =
        atoms(&view.report.supply.bearer).saturating_add(atoms(&view.report.supply.uncollected));
    let others_too = [
        (format!("{} more holders", others.len()), sum(others)),
        ("bearer tokens and uncollected".to_string(), outside),
    ];
    html! {
        p.lead { "The largest " (largest.len()) " of " (all.len()) " hold " b { (concentration) }
            " of all shares." }
        @for holder in top {
            @let bar = stacked("Part of all shares", &[Part::new("accent", "holds", &holder.shares)], Some(supply));
            (row(&html! { (end_of(&holder.wallet)) (role(view, holder)) }, &bar, &html! { (holder.part) " %" }))
        }
        @for (what, shares) in others_too {
            @if shares > 0 {
                @let shown = Amount::shares(u64::try_from(shares).unwrap_or(u64::MAX));
                @let bar = stacked("Part of all shares", &[Part::new("muted", &what, &shown)], Some(supply));
                (row(&html! { (what) }, &bar, &html! { (percent(shares, supply)) }))
            }
        }
        details.all {
            summary { "All holders as a table" }
            (list(view, all))
        }
    }
}

fn role(view: &TokenView, holder: &HolderReport) -> Markup {
    html! {
        @if holder.wallet == view.report.owner { " " (chip("plain", "owner")) }
        @else if holder.venue { " " (chip("plain", "venue")) }
    }
}

fn list(view: &TokenView, all: &[HolderReport]) -> Markup {
    let columns = [
        Column::Words("wallet"),
        Column::Numbers("shares"),
        Column::Numbers("%"),
        Column::Numbers("% of the cap"),
        Column::Numbers("cost"),
        Column::Numbers("collectable"),
    ];
    let rows = all.iter().take(LISTED).map(|holder| {
        let HolderReport {
            wallet,
            shares,
            warming,
            part,
            part_of_cap,
            // Beside the wallet.
            venue: _,
            cost,
            collectable,
        } = holder;
        vec![
            html! { (end_of(wallet)) (role(view, holder)) },
            html! {
                (amount(shares))
                @if !warming.is_zero() { div.note { (amount(warming)) " warming" } }
            },
            html! { (part) },
            html! { (part_of_cap) },
            amount(cost),
            amounts(collectable, |mint| view.names.of(mint)),
        ]
    });
    let more = all.len().saturating_sub(LISTED);
    html! {
        (table("Holders, the largest first", &columns, rows.collect()))
        @if more > 0 {
            p.note { "and " (more) " more: " code { "upside holder list " (view.report.token) } }
        }
    }
}
