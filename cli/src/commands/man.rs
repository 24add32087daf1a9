use {
    crate::{
        args::Cli,
        error::{CliError, Result},
    },
    clap::CommandFactory,
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

pub fn run(args: &Args) -> Result<Manual> {
    Ok(Manual {
        dir: args.dir.display().to_string(),
        pages: write(&args.dir).map_err(|source| CliError::File {
            path: args.dir.clone(),
            source,
        })?,
    })
}

/// Writes the pages and counts them.
fn write(dir: &Path) -> std::io::Result<usize> {
    fs::create_dir_all(dir)?;
    clap_mangen::generate_to(Cli::command(), dir)?;
    Ok(count(&Cli::command()))
}

/// A command and those below it.
fn count(command: &clap::Command) -> usize {
    let below = command.get_subcommands().map(count);
    below.fold(1, usize::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page() {
        fn check(command: &clap::Command, path: &str, dir: &Path) {
            let page = fs::read_to_string(dir.join(format!("{path}.1"))).unwrap();
            let about = command
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default();
            let word = about.split([' ', ':', ',']).next().unwrap_or_default();
            assert!(page.contains(".SH NAME") && page.contains(word), "{path}");
            for verb in command.get_subcommands() {
                check(verb, &format!("{path}-{}", verb.get_name()), dir);
            }
        }
        let dir = tempfile::tempdir().unwrap();
        let pages = write(dir.path()).unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), pages);
        check(&Cli::command(), "upside", dir.path());
    }
}
