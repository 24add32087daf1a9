use {
    super::view::TokenView,
    crate::style::{self, Column, cell, colored, grouped, heading, listed, paint, table},
    comfy_table::Color,
};

/// Holders in their order, at most so many; with `costs` what they paid, in a wider table.
pub fn holders(view: &TokenView, most: usize, costs: bool) -> String {
    let all = &view.report.holders;
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
        let role = match holder.wallet == view.report.owner {
            true => colored(Color::Cyan, "owner"),
            false if holder.venue => colored(Color::Cyan, "venue"),
            false => cell("-"),
        };
        let mut row = vec![
            cell(holder.wallet),
            cell(grouped(&holder.shares)),
            cell(holder.part),
            cell(holder.part_of_cap),
            role,
        ];
        row.extend(costs.then(|| cell(grouped(&holder.cost))));
        row.push(cell(listed(&holder.collectable, |mint| {
            view.names.of(mint)
        })));
        row
    });
    let mut title = "Holders".to_string();
    if costs {
        let quote = view.names.of(&view.report.quote_mint);
        title = format!("{title}  {}", paint(style::DIM, format!("cost {quote}")));
    }
    let mut text = heading(&title) + &table(&columns, rows.collect());
    let more = all.len().saturating_sub(most);
    if more > 0 {
        let note = format!(
            "and {more} more: `upside holder list {}`",
            view.report.token
        );
        text.push_str(&format!("  {}\n", paint(style::DIM, note)));
    }
    text
}
