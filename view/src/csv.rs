//! Tables for spreadsheets: RFC 4180, with what a spreadsheet would run made plain.

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

    /// The whole table.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// The rows of a table with the lines that they begin on, from 1; lines without anything
/// are left out. Errors: text in words, with its line.
pub fn read(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
    let mut rows = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut line, mut begins, mut quoted) = (1, 1, None);
    let mut chars = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .chars()
        .peekable();
    let mut end = |cells: &mut Vec<String>, cell: &mut String, begins: usize| {
        cells.push(std::mem::take(cell));
        let row = std::mem::take(cells);
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((begins, row));
        }
    };
    while let Some(next) = chars.next() {
        match (next, quoted) {
            ('"', Some(_)) if chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            ('"', Some(_)) => quoted = None,
            ('"', None) if cell.trim().is_empty() => {
                cell.clear();
                quoted = Some(line);
            }
            (',', None) => cells.push(std::mem::take(&mut cell)),
            ('\r', None) if chars.peek() == Some(&'\n') => {}
            ('\n', None) => {
                end(&mut cells, &mut cell, begins);
                line += 1;
                begins = line;
            }
            (other, _) => {
                if other == '\n' {
                    line += 1;
                }
                cell.push(other);
            }
        }
    }
    if let Some(began) = quoted {
        return Err(format!("line {began}: a quoted cell is never closed"));
    }
    end(&mut cells, &mut cell, begins);
    Ok(rows)
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
