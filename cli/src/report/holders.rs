use {
    super::Look,
    crate::style::{self, Column, cell, colored, grouped, heading, listed, paint, table},
    comfy_table::Color,
};

/// Holders in their order, at most so many; with `costs` what they paid, in a wider table.
pub fn holders(look: &Look, most: usize, costs: bool) -> String {
    let all = &look.report.holders;
    let mut columns = vec![
        Column::Words("wallet"),
        Column::Numbers("shares"),
        Column::Numbers("%"),
        Column::Numbers("of cap"),
        Column::Words("role"),
    ];
    columns.extend(costs.then_some(Column::Numbers("cost")));
    columns.push(Column::Words("collectable"));
    let rows = all.iter().take(most).map(|holder| {
        let role = match holder.wallet == look.report.owner {
            true => colored(Color::Cyan, "owner"),
            false if holder.venue => colored(Color::Cyan, "venue"),
            false => cell("-"),
        };
        let mut row = vec![
            cell(&holder.wallet),
            cell(grouped(&holder.shares)),
            cell(&holder.part),
            cell(&holder.part_of_cap),
            role,
        ];
        row.extend(costs.then(|| cell(grouped(&holder.cost))));
        row.push(cell(listed(&holder.collectable, |mint| {
            look.names.of(mint)
        })));
        row
    });
    let mut title = "Holders".to_string();
    if costs {
        let quote = look.names.of(&look.report.quote_mint);
        title = format!("{title}  {}", paint(style::DIM, format!("cost {quote}")));
    }
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
