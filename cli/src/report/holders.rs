use {
    super::Look,
    crate::style::{self, Column, cell, colored, grouped, heading, listed, paint, table},
    comfy_table::Color,
};

/// Holders, largest first, at most so many.
pub fn holders(look: &Look, most: usize) -> String {
    let quote = look.names.of(&look.report.quote_mint);
    let cost = format!("cost {quote}");
    let all = &look.report.holders;
    let columns = [
        Column::Words("wallet"),
        Column::Numbers("shares"),
        Column::Numbers("%"),
        Column::Numbers("% of cap"),
        Column::Words("role"),
        Column::Numbers("cost"),
        Column::Words("claimable"),
    ];
    let rows = all.iter().take(most).map(|holder| {
        let role = match holder.wallet == look.report.owner {
            true => colored(Color::Cyan, "owner"),
            false if holder.venue => colored(Color::Cyan, "venue"),
            false => cell("-"),
        };
        vec![
            cell(&holder.wallet),
            cell(grouped(&holder.shares)),
            cell(&holder.part),
            cell(&holder.part_of_cap),
            role,
            cell(grouped(&holder.cost)),
            cell(listed(&holder.claimable, |mint| look.names.of(mint))),
        ]
    });
    let title = format!("Holders  {}", paint(style::DIM, cost));
    let mut text = heading(&title) + &table(&columns, rows.collect());
    let more = all.len().saturating_sub(most);
    if more > 0 {
        let note = format!(
            "and {more} more: `upside holder list {}`",
            look.report.token
        );
        text.push_str(&format!("  {}\n", paint(style::DIM, note)));
    }
    text
}
