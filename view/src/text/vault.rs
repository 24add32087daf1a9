use {
    super::view::TokenView,
    crate::{
        style::{self, Column, cell, colored, facts, grouped, heading, listed, paint, span, table},
        time::stamp,
        words::{multiplied, risks},
    },
    comfy_table::Color,
    upside_core::inspect::MintAmount,
};

/// What stands behind the shares, by class: never one number.
pub fn backing(view: &TokenView) -> String {
    let backing = &view.report.backing;
    let line = |amounts: &[MintAmount], note: &str| {
        let amounts = listed(amounts, |mint| view.names.of(mint));
        if amounts == "-" {
            return paint(style::DIM, "none");
        }
        format!("{amounts}  {}", paint(style::DIM, note))
    };
    let mut rows = vec![(
        "liquid",
        line(&backing.liquid, "in the reserve: what redeeming pays from"),
    )];
    if !backing.immovable.is_empty() {
        rows.push((
            "immovable",
            line(&backing.immovable, "frozen or paused: not paid now"),
        ));
    }
    if !backing.custody.is_empty() {
        rows.push((
            "  custody",
            line(&backing.custody, "tokenized equity held by claims"),
        ));
    }
    rows.extend([
        (
            "attested",
            line(&backing.attested, "third parties signed lately"),
        ),
        ("stale", line(&backing.stale, "their signatures expired")),
        (
            "declared",
            line(&backing.declared, "the owner's word: cost, or most to come"),
        ),
    ]);
    let title = format!(
        "Backing  {}",
        paint(style::DIM, "four kinds of things, never added up")
    );
    heading(&title) + &facts(&rows)
}

/// The listed assets and their books.
pub fn assets(view: &TokenView) -> String {
    let columns = [
        Column::Words("asset"),
        Column::Numbers("reserve"),
        Column::Numbers("endowment"),
        Column::Numbers("escrow"),
        Column::Numbers("payouts"),
        Column::Numbers("vault"),
        Column::Numbers("per share"),
        Column::Words("flags"),
    ];
    let rows = view.report.assets.iter().map(|asset| {
        let mut flags = Vec::new();
        if asset.payout {
            flags.push("payout");
        }
        let risks = risks(
            asset.seizable,
            asset.freezable,
            asset.pausable,
            asset.immovable,
        );
        flags.extend(&risks);
        let multiplied = asset.multiplier.map(multiplied);
        flags.extend(multiplied.as_deref());
        let flags = flags.join(", ");
        let flags = if asset.immovable.is_some() {
            colored(Color::Red, flags)
        } else if !risks.is_empty() {
            colored(Color::Yellow, flags)
        } else {
            cell(flags)
        };
        vec![
            cell(view.names.of(&asset.mint)),
            cell(grouped(&asset.reserve)),
            cell(grouped(&asset.endowment)),
            cell(grouped(&asset.escrow)),
            cell(grouped(&asset.payouts)),
            cell(grouped(&asset.balance)),
            cell(grouped(&asset.per_share)),
            flags,
        ]
    });
    heading("Reserve and vaults") + &table(&columns, rows.collect())
}

/// Payouts on their way to holders.
pub fn streams(view: &TokenView) -> String {
    let columns = [
        Column::Words("stream"),
        Column::Numbers("paid in"),
        Column::Numbers("to stream"),
        Column::Numbers("collectable"),
        Column::Numbers("per day"),
        Column::Words("ends"),
    ];
    let now = view.report.time;
    let rows = view.report.streams.iter().map(|stream| {
        let ends = match stream.ends_at {
            Some(end) => format!("in {}, {}", span(end.saturating_sub(now)), stamp(end)),
            None => match stream.opens_at {
                Some(from) => format!("takes payments from {}", stamp(from)),
                None => "-".to_string(),
            },
        };
        vec![
            cell(view.names.of(&stream.mint)),
            cell(grouped(&stream.paid)),
            cell(grouped(&stream.remaining)),
            cell(grouped(&stream.collectable)),
            cell(grouped(&stream.per_day)),
            cell(ends),
        ]
    });
    heading("Streams") + &table(&columns, rows.collect())
}
