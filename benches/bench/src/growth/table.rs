//! A table of figures by size, and whether a committed one still holds.

use {
    crate::{TOLERANCE, grouped},
    std::fmt::Write as _,
};

/// Rows of figures, a column for each size.
pub struct Table {
    pub heading: &'static str,
    pub text: String,
    /// What the first column has.
    pub first: &'static str,
    pub columns: Vec<u64>,
    pub rows: Vec<(String, Vec<u64>)>,
}

impl Table {
    /// A row's figures by size, as points.
    pub fn points(&self, name: &str) -> Vec<(u64, u64)> {
        let row = self.rows.iter().find(|(row, _)| row == name);
        let (_, figures) = row.unwrap_or_else(|| panic!("{} has no row {name}", self.heading));
        self.columns
            .iter()
            .copied()
            .zip(figures.iter().copied())
            .collect()
    }

    pub fn markdown(&self) -> String {
        let mut text = format!("## {}\n\n{}\n\n| {} |", self.heading, self.text, self.first);
        for column in &self.columns {
            let _ = write!(text, " {} |", grouped(*column));
        }
        text.push_str("\n| --- |");
        text.push_str(&" ---: |".repeat(self.columns.len()));
        for (name, figures) in &self.rows {
            let _ = write!(text, "\n| {name} |");
            for figure in figures {
                let _ = write!(text, " {} |", grouped(*figure));
            }
        }
        text.push_str("\n\n");
        text
    }

    /// Tells figures above those of a committed table; returns how many there are.
    pub fn risen(&self, committed: &str) -> usize {
        let rows = self.rows.iter().map(|(name, figures)| {
            let before = committed_row(committed, self.heading, name);
            if before.len() != figures.len() {
                println!(
                    "{}, {name}: not in the committed table: run `cargo xtask bench`",
                    self.heading
                );
                return 1;
            }
            let risen = self.columns.iter().zip(before.iter().zip(figures));
            let risen = risen.filter(|(_, (before, now))| *now * 100 > *before * (100 + TOLERANCE));
            risen
                .inspect(|(column, (before, now))| {
                    println!(
                        "{}, {name}, {column}: {now}, {before} committed",
                        self.heading
                    );
                })
                .count()
        });
        rows.sum()
    }
}

/// The figures of a row below a heading; none where it is missing.
fn committed_row(text: &str, heading: &str, name: &str) -> Vec<u64> {
    let start = format!("{heading}\n");
    let section = text.split("\n## ").find(|part| part.starts_with(&start));
    let start = format!("| {name} |");
    let row = section.and_then(|part| part.lines().find_map(|line| line.strip_prefix(&start)));
    let cells = row.unwrap_or_default().split('|');
    cells
        .filter_map(|cell| cell.trim().replace(',', "").parse().ok())
        .collect()
}
