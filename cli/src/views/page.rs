use {
    crate::error::{CliError, Result},
    serde::Serialize,
    serde_json::Value,
    std::{fmt, fs, path::Path},
};

/// Writes a file. Errors: `File`.
pub fn write_file(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(|source| CliError::File {
        path: path.to_path_buf(),
        source,
    })
}

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
        write_file(file, page)?;
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
