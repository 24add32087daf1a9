//! Tables for spreadsheets: RFC 4180, with what a spreadsheet would run made plain.

use {
    crate::error::{CliError, Result},
    std::{fs, path::Path},
};

/// Rows of one width, the header first.
#[derive(Clone, Debug, Default)]
pub struct Csv(String);

impl Csv {
    /// With a header.
    pub fn new(header: &[&str]) -> Self {
        let mut csv = Csv::default();
        csv.row(header.iter().copied());
        csv
    }

    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let cells: Vec<_> = cells
            .into_iter()
            .map(|cell| quoted(cell.as_ref()))
            .collect();
        self.0.push_str(&cells.join(","));
        self.0.push_str("\r\n");
    }

    /// Writes the table to a file.
    pub fn write(&self, path: &Path) -> Result<()> {
        fs::write(path, &self.0).map_err(|source| CliError::File {
            path: path.to_path_buf(),
            source,
        })
    }
}

/// A cell. Anybody can name a token or a claim `=HYPERLINK(…)`: a quote before it keeps
/// spreadsheets from running it.
fn quoted(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = cell.parse::<f64>().is_ok();
    let plain = if runs && !number {
        format!("'{cell}")
    } else {
        cell.to_string()
    };
    if plain.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", plain.replace('"', "\"\""))
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_run_nothing() {
        let mut csv = Csv::new(&["a", "b"]);
        csv.row(["1,250.5", "say \"hi\""]);
        csv.row(["=1+1", "-5"]);
        let rows = "a,b\r\n\"1,250.5\",\"say \"\"hi\"\"\"\r\n'=1+1,-5\r\n";
        assert_eq!(csv.0, rows);
    }
}
