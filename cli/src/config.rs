//! Flags over environment over configuration file: which chain, which key, how final.

use {
    crate::{
        error::{CliError, Result},
        flags::{Global, Target},
        secrets,
    },
    serde::Deserialize,
    solana_commitment_config::CommitmentConfig,
    std::{
        env::{self, VarError},
        fs,
        path::{Path, PathBuf},
    },
    upside_sdk::identity::{Trust, Trusted},
};

/// Where the embedded chain, and nothing else yet, is kept.
const DATA: &str = "upside";
/// Whom the flags trust to know who is who, and without such flags the environment.
pub fn trust(global: &Global) -> Result<Trust> {
    if !global.trust.is_empty() {
        return Ok(global.trust.iter().copied().collect());
    }
    let named = match env::var("UPSIDE_TRUST") {
        Err(VarError::NotUnicode(_)) => return Err(not_utf8("UPSIDE_TRUST")),
        named => named.unwrap_or_default(),
    };
    let each = named
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty());
    each.map(|text| {
        let usage = |error| CliError::usage(error, "correct the variable UPSIDE_TRUST");
        text.parse::<Trusted>().map_err(usage)
    })
    .collect()
}

/// What is used of the Solana tools' configuration file. Their own crate for it brings
/// thirty others along, drivers of hardware wallets among them.
#[derive(Debug, Deserialize)]
struct Config {
    json_rpc_url: String,
    keypair_path: String,
    #[serde(default)]
    commitment: String,
}

/// What flags, environment and configuration file come to.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The chain: never [`Target::Config`], an embedded one with its folder.
    pub target: Resolved,
    /// Who acts and signs: a path, `-`, or an address.
    pub keypair: String,
    /// How final reads and confirmations have to be.
    pub commitment: CommitmentConfig,
}

/// A chain, found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// An embedded chain in this folder.
    Embedded(PathBuf),
    /// A cluster's JSON-RPC address.
    Cluster(String),
}

impl Settings {
    /// Puts everything together. An unreadable configuration file is an error even
    /// where flags would do without it: it would surprise the next time.
    pub fn resolve(global: &Global) -> Result<Self> {
        let file = read(global.config.as_deref())?;
        let from_file = || file.as_ref().map(|config| config.json_rpc_url.clone());
        if let Some(url) = from_file() {
            secrets::keep_url(&url);
        }
        let target = match (&global.url, &global.config, env::var("UPSIDE_URL")) {
            (Some(target), ..) => target.clone(),
            (None, Some(_), _) => Target::Config,
            (None, None, Ok(text)) if !text.is_empty() => text.parse().map_err(|why| {
                CliError::usage(format!("$UPSIDE_URL: {why}"), "correct or unset it")
            })?,
            (None, None, Err(VarError::NotUnicode(_))) => return Err(not_utf8("UPSIDE_URL")),
            _ => Target::Embedded(None),
        };
        let target = match target {
            Target::Config => {
                let url = from_file().ok_or_else(|| {
                    CliError::usage(
                        "-u config needs a configuration file, and there is none",
                        "make one with `solana config set`, or name one with -C",
                    )
                })?;
                url.parse().map_err(|why: String| CliError::Config {
                    path: path_of(global.config.as_deref()),
                    why: format!("json_rpc_url: {why}"),
                })?
            }
            other => other,
        };
        let target = match target {
            Target::Embedded(dir) => Resolved::Embedded(match dir {
                Some(dir) => dir,
                None => default_chain()?,
            }),
            Target::Cluster(url) => Resolved::Cluster(url),
            Target::Config => {
                return Err(CliError::Config {
                    path: path_of(global.config.as_deref()),
                    why: "json_rpc_url is `config`, which names nothing".to_string(),
                });
            }
        };
        let commitment = match (&global.commitment, &file) {
            (Some(level), _) => CommitmentConfig { commitment: *level },
            (None, Some(config)) if !config.commitment.is_empty() => {
                config.commitment.parse().map_err(|_| CliError::Config {
                    path: path_of(global.config.as_deref()),
                    why: format!("commitment: {:?} is unknown", config.commitment),
                })?
            }
            _ => CommitmentConfig::confirmed(),
        };
        let keypair = match (&global.keypair, file) {
            (Some(keypair), _) => keypair.clone(),
            (None, Some(config)) if !config.keypair_path.is_empty() => config.keypair_path,
            _ => default_keypair()?.display().to_string(),
        };
        Ok(Settings {
            target,
            keypair,
            commitment,
        })
    }
}

fn not_utf8(name: &str) -> CliError {
    CliError::usage(
        format!("the variable {name} has bytes that are no UTF-8"),
        "correct or unset it",
    )
}

/// The configuration file: the named one, or the default one if it exists.
fn read(named: Option<&Path>) -> Result<Option<Config>> {
    let path = path_of(named);
    if named.is_none() && !path.exists() {
        return Ok(None);
    }
    let wrong = |why: String| CliError::Config {
        path: path.clone(),
        why,
    };
    let text = fs::read_to_string(&path).map_err(|error| wrong(error.to_string()))?;
    // Where it is wrong, never what stands there: it may be a key.
    serde_saphyr::from_str(&text).map(Some).map_err(|error| {
        let place = error.location().map_or_else(String::new, |place| {
            format!(" (line {}, column {})", place.line(), place.column())
        });
        wrong(format!("it is no configuration of the Solana tools{place}"))
    })
}

fn path_of(named: Option<&Path>) -> PathBuf {
    let default = || {
        let home = env::home_dir().unwrap_or_default();
        home.join(".config")
            .join("solana")
            .join("cli")
            .join("config.yml")
    };
    named.map_or_else(default, Path::to_path_buf)
}

/// Where the Solana tools expect a key.
pub fn default_keypair() -> Result<PathBuf> {
    Ok(home()?.join(".config").join("solana").join("id.json"))
}

fn home() -> Result<PathBuf> {
    env::home_dir()
        .filter(|home| !home.as_os_str().is_empty())
        .ok_or_else(|| {
            CliError::usage(
                "there is no home folder",
                "set $HOME, or name folders and files yourself",
            )
        })
}

/// Where the embedded chain is without a folder being named.
fn default_chain() -> Result<PathBuf> {
    let data = match env::var_os("XDG_DATA_HOME") {
        Some(dir) if Path::new(&dir).is_absolute() => PathBuf::from(dir),
        _ if cfg!(target_os = "macos") => home()?.join("Library").join("Application Support"),
        _ => home()?.join(".local").join("share"),
    };
    Ok(data.join(DATA).join("chain"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_solana_tools_file_is_read() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let written = "---\njson_rpc_url: \"https://api.devnet.solana.com\"\n\
             websocket_url: \"\"\nkeypair_path: /home/ada/.config/solana/id.json\n\
             address_labels:\n  \"11111111111111111111111111111111\": System Program\n\
             commitment: confirmed\n";
        fs::write(file.path(), written).unwrap();
        let config = read(Some(file.path())).unwrap().unwrap();
        assert_eq!(config.json_rpc_url, "https://api.devnet.solana.com");
        assert_eq!(config.keypair_path, "/home/ada/.config/solana/id.json");
        assert_eq!(config.commitment, "confirmed");
        for broken in ["", "[1", "json_rpc_url: x\n"] {
            fs::write(file.path(), broken).unwrap();
            assert!(read(Some(file.path())).is_err(), "{broken:?}");
        }
        assert!(read(Some(Path::new("no/such/file"))).is_err());
    }
}
