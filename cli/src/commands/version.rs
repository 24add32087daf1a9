use {serde::Serialize, std::fmt};

/// Print the version
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside version")]
pub struct Args {}

/// The version.
#[derive(Debug, Serialize)]
pub struct Shown {
    version: &'static str,
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "upside {}", self.version)
    }
}

/// This build's.
pub fn run(_: &Args) -> Shown {
    Shown {
        version: env!("CARGO_PKG_VERSION"),
    }
}
