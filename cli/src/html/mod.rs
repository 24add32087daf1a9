//! The look-through as one page for a browser: everything is in the file, nothing is
//! asked of a network, and no script runs.

mod announced;
mod bars;
mod chart;
mod claims;
mod disclosure;
mod document;
mod head;
mod holders;
mod index;
mod index_disclosure;
mod members;
mod money;
mod parts;
mod rounds;
mod token;
mod tree;

#[cfg(test)]
mod tests;

pub use {index::index, token::token};

use {
    crate::error::{CliError, Result},
    serde::Serialize,
    serde_json::Value,
    std::{fmt, fs, path::Path},
};

/// A page on disk.
#[derive(Debug, Serialize)]
pub struct Written {
    /// What was looked through.
    pub of: String,
    /// The file.
    pub file: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// The reading that it shows.
    pub report: Value,
}

impl Written {
    /// Writes a page.
    ///
    /// # Errors
    /// `File` if it cannot be written.
    pub fn new(of: &str, file: &Path, page: &str, report: &impl Serialize) -> Result<Self> {
        fs::write(file, page).map_err(|source| CliError::File {
            path: file.to_path_buf(),
            source,
        })?;
        Ok(Written {
            of: of.to_string(),
            file: file.display().to_string(),
            bytes: page.len(),
            report: serde_json::to_value(report).unwrap_or_default(),
        })
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Written {
            of, file, bytes, ..
        } = self;
        write!(
            f,
            "Wrote {file}: {of} as a page of {} kB. Open it in a browser.",
            bytes.div_ceil(1000)
        )
    }
}
