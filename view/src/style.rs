//! How text looks: colours, tables, facts. Everything is written with colours; `output`
//! takes them off where they do not belong.

use {
    anstyle::{AnsiColor, Style},
    comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table, presets},
    std::fmt::Display,
    upside_core::{
        Pubkey,
        amount::Grouped,
        inspect::{Amount, MintAmount},
    },
};

/// Headings, and what matters.
pub const BOLD: Style = Style::new().bold();
/// What can be passed over.
pub const DIM: Style = Style::new().dimmed();
/// Done, held, safe.
pub const GOOD: Style = AnsiColor::Green.on_default();
/// To be minded.
pub const WARN: Style = AnsiColor::Yellow.on_default();
/// Wrong.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// Names.
pub const NAME: Style = AnsiColor::Cyan.on_default();

/// Text in a style.
pub fn paint(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}

/// A heading with air above it.
pub fn heading(text: &str) -> String {
    format!("\n{}\n", paint(BOLD, text))
}

/// An amount with grouped thousands.
pub fn grouped(amount: &Amount) -> String {
    Grouped(amount.to_string()).to_string()
}

/// Amounts of mints in one line; `-` for none.
pub fn listed(amounts: &[MintAmount], name: impl Fn(&Pubkey) -> String) -> String {
    if amounts.is_empty() {
        return "-".to_string();
    }
    let one = |amount: &MintAmount| format!("{} {}", grouped(&amount.amount), name(&amount.mint));
    amounts.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// A long key's two ends: enough to recognise, not to rely on.
pub fn short(key: &(impl Display + ?Sized)) -> String {
    let key = key.to_string();
    match (key.get(..4), key.get(key.len().saturating_sub(4)..)) {
        (Some(head), Some(tail)) if key.len() > 12 => format!("{head}…{tail}"),
        _ => key,
    }
}

/// `2 d 3 h`, `45 s`: two units at most.
pub fn span(seconds: i64) -> String {
    let seconds = seconds.max(0);
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min"),
        (0, _, 0) => format!("{hours} h"),
        (0, ..) => format!("{hours} h {minutes} min"),
        (_, 0, _) => format!("{days} d"),
        _ if days < 10 => format!("{days} d {hours} h"),
        _ => format!("{days} d"),
    }
}

/// One fact a line, what it is first.
pub fn facts(rows: &[(&str, String)]) -> String {
    let width = rows
        .iter()
        .map(|(what, _)| what.chars().count())
        .max()
        .unwrap_or(0);
    let line = |(what, value): &(&str, String)| {
        format!("  {}  {value}\n", paint(DIM, format!("{what:<width$}")))
    };
    rows.iter().map(line).collect()
}

/// Columns that text keeps to.
const COLUMNS: usize = 100;

/// A text in lines of at most so many columns, broken at spaces; a longer word stays whole.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}

/// As [`facts`], in lines that fit a terminal. Values carry no style.
pub fn wrapped(rows: &[(&'static str, String)]) -> String {
    let widths = rows.iter().map(|(what, _)| what.chars().count());
    let columns = COLUMNS.saturating_sub(widths.max().unwrap_or(0) + 4);
    let mut lines = Vec::new();
    for (what, value) in rows {
        let parts = wrap(value, columns).into_iter().enumerate();
        lines.extend(parts.map(|(place, part)| (if place == 0 { *what } else { "" }, part)));
    }
    facts(&lines)
}

/// How a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Words, to the left.
    Words(&'static str),
    /// Numbers, to the right.
    Numbers(&'static str),
}

/// A table without lines. Cells that are painted keep their style.
pub fn table(columns: &[Column], rows: Vec<Vec<(Option<Color>, String)>>) -> String {
    let mut table = Table::new();
    table
        .load_preset(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled);
    table.enforce_styling();
    table.set_header(columns.iter().map(|column| {
        let (Column::Words(title) | Column::Numbers(title)) = column;
        Cell::new(title).add_attribute(Attribute::Dim)
    }));
    for row in rows {
        table.add_row(row.into_iter().map(|(color, text)| {
            let cell = Cell::new(text);
            match color {
                Some(color) => cell.fg(color),
                None => cell,
            }
        }));
    }
    for (place, column) in columns.iter().enumerate() {
        if let Some(shown) = table.column_mut(place) {
            shown.set_padding((if place == 0 { 2 } else { 0 }, 2));
            if matches!(column, Column::Numbers(_)) {
                shown.set_cell_alignment(CellAlignment::Right);
            }
        }
    }
    let lines: Vec<_> = table
        .lines()
        .map(|line| line.trim_end().to_string())
        .collect();
    lines.join("\n") + "\n"
}

/// A plain cell.
pub fn cell(text: impl ToString) -> (Option<Color>, String) {
    (None, text.to_string())
}

/// A cell in a colour.
pub fn colored(color: Color, text: impl ToString) -> (Option<Color>, String) {
    (Some(color), text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_have_two_units() {
        assert_eq!(span(-5), "0 s");
        assert_eq!(span(59), "59 s");
        assert_eq!(span(3_600), "1 h");
        assert_eq!(span(5_430), "1 h 30 min");
        assert_eq!(span(7 * 86_400 + 7_200), "7 d 2 h");
        assert_eq!(span(40 * 86_400 + 7_200), "40 d");
    }

    #[test]
    fn texts_are_broken_at_spaces() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("a 0123456789 b", 4), ["a", "0123456789", "b"]);
        assert_eq!(wrap("", 4), [""]);
        let rows = [("what", "word ".repeat(60)), ("x", "y".to_string())];
        let text = anstream::adapter::strip_str(&wrapped(&rows)).to_string();
        assert!(text.lines().count() > 3 && text.lines().all(|line| line.chars().count() <= 100));
    }

    #[test]
    fn keys_are_shortened() {
        assert_eq!(
            short("So11111111111111111111111111111111111111112"),
            "So11…1112"
        );
        assert_eq!(short("short"), "short");
    }
}
