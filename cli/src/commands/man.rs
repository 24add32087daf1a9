use {
    crate::error::{CliError, Result},
    serde::Serialize,
    std::{
        fmt, fs,
        path::{Path, PathBuf},
    },
};

/// Write the manual: a page for each command
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside man --dir ~/.local/share/man/man1
  man upside-token-create")]
pub struct Args {
    /// The folder for the pages; it is made where it is not there
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
}

/// What was written.
#[derive(Debug, Serialize)]
pub struct Manual {
    dir: String,
    pages: usize,
}

impl fmt::Display for Manual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} pages in {}", self.pages, self.dir)
    }
}

/// Writes the pages of a command tree.
pub fn run(args: &Args, tree: clap::Command) -> Result<Manual> {
    Ok(Manual {
        dir: args.dir.display().to_string(),
        pages: write(&args.dir, tree).map_err(|source| CliError::File {
            path: args.dir.clone(),
            source,
        })?,
    })
}

/// Writes the pages and counts them.
pub fn write(dir: &Path, tree: clap::Command) -> std::io::Result<usize> {
    fs::create_dir_all(dir)?;
    let pages = count(&tree);
    clap_mangen::generate_to(tree, dir)?;
    Ok(pages)
}

/// A command and those below it.
fn count(command: &clap::Command) -> usize {
    let below = command.get_subcommands().map(count);
    below.fold(1, usize::saturating_add)
}
