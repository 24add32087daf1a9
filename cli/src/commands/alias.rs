use {
    crate::{
        context::Context,
        error::{CliError, Result},
        values::{
            Address, TokenQuery,
            alias::{self, Alias},
        },
    },
    serde::Serialize,
    std::{collections::BTreeMap, fmt, fs, path::PathBuf},
    upside_sdk::{error::SdkError, fetch},
    upside_view::style::facts,
};

/// Names of your own for tokens, indexes and keys: set, list, remove
///
/// A name stands for an address wherever one is expected, on this machine only.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Give an address a name
    Set(SetArgs),
    /// List your names
    List(ListArgs),
    /// Forget a name
    Remove(RemoveArgs),
}

/// Give an address a name
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside alias set ben 7kbn…                   then: upside token issue ADA ben 100
  upside alias set nina NINA                   the token that is called so now")]
pub struct SetArgs {
    /// The name
    name: Alias,
    /// An address, a keypair file, or the symbol of a token
    what: TokenQuery,
}

/// List your names
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside alias list")]
pub struct ListArgs {}

/// Forget a name
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  upside alias remove ben")]
pub struct RemoveArgs {
    /// The name
    name: Alias,
}

/// Names with what they stand for.
#[derive(Debug, Serialize)]
struct Names {
    aliases: BTreeMap<String, String>,
}

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.aliases.is_empty() {
            return writeln!(f, "No names yet: see `upside alias set --help`");
        }
        let rows: Vec<(&str, String)> = self
            .aliases
            .iter()
            .map(|(name, key)| (name.as_str(), key.clone()))
            .collect();
        f.write_str(&facts(&rows))
    }
}

pub async fn run(command: Command, ctx: &Context) -> Result<()> {
    let (path, mut aliases) = read()?;
    match command {
        Command::Set(args) => {
            let key = match args.what.0.parse::<Address>() {
                Ok(address) => address.key,
                Err(_) => ctx.token(&args.what).await?.key,
            };
            let symbol = fetch::find(&ctx.client, &args.name.0).await;
            let hides = match &symbol {
                Ok(token) => token.key != key,
                Err(SdkError::Ambiguous { .. }) => true,
                Err(_) => false,
            };
            if hides {
                ctx.output.warn(format!(
                    "{} is the symbol of a token, too: commands take your name for it from now on",
                    args.name.0
                ));
            }
            aliases.insert(args.name.0, key.to_string());
            write(&path, &aliases)?;
        }
        Command::List(_) => {}
        Command::Remove(args) => {
            if aliases.remove(&args.name.0).is_none() {
                return Err(CliError::usage(
                    format!("{} is no name of yours", args.name.0),
                    "see `upside alias list`",
                ));
            }
            write(&path, &aliases)?;
        }
    }
    ctx.output.show(&Names { aliases })
}

fn read() -> Result<(PathBuf, BTreeMap<String, String>)> {
    let path = alias::path().ok_or_else(|| {
        CliError::usage("there is no home folder", "set $HOME or $XDG_CONFIG_HOME")
    })?;
    let aliases = alias::read(&path).map_err(|source| CliError::File {
        path: path.clone(),
        source,
    })?;
    Ok((path, aliases))
}

fn write(path: &PathBuf, aliases: &BTreeMap<String, String>) -> Result<()> {
    let failed = |source| CliError::File {
        path: path.clone(),
        source,
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let text = serde_json::to_string_pretty(aliases);
    let text = text.map_err(|error| CliError::Other(error.to_string()))?;
    fs::write(path, text).map_err(failed)
}
