use {
    crate::{
        config::default_keypair,
        error::{CliError, Result},
    },
    serde::Serialize,
    solana_keypair::Keypair,
    solana_signer::Signer,
    std::{
        fmt,
        fs::{self, OpenOptions},
        io::Write,
        path::{Path, PathBuf},
    },
    upside_view::style::{self, facts, paint},
};

/// Make a keypair file
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside keygen                    where the Solana tools expect it
  upside keygen -o backer.json

An existing file is never overwritten. Whoever has the file has what the key holds.")]
pub struct Args {
    /// Where to write it [default: ~/.config/solana/id.json]
    #[arg(short, long, value_name = "FILE")]
    outfile: Option<PathBuf>,
}

/// A new key.
#[derive(Debug, Serialize)]
pub struct Made {
    address: String,
    file: String,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Made { address, file } = self;
        writeln!(
            f,
            "{} {}",
            paint(style::GOOD, "✔"),
            paint(style::BOLD, "Make a keypair")
        )?;
        f.write_str(&facts(&[
            ("address", address.clone()),
            ("file", file.clone()),
        ]))
    }
}

pub fn run(args: &Args) -> Result<Made> {
    let path = args.outfile.clone().map_or_else(default_keypair, Ok)?;
    let keypair = Keypair::new();
    let numbers: Vec<u8> = keypair.to_bytes().to_vec();
    let json = serde_json::to_string(&numbers).map_err(|e| CliError::Other(e.to_string()))?;
    write(&path, &json)?;
    Ok(Made {
        address: keypair.pubkey().to_string(),
        file: path.display().to_string(),
    })
}

/// Writes a new file that only its owner reads.
fn write(path: &Path, text: &str) -> Result<()> {
    let failed = |source: std::io::Error| {
        if source.kind() == std::io::ErrorKind::AlreadyExists {
            let exists = CliError::Keypair {
                path: path.display().to_string(),
                why: "it exists already, and is not overwritten".to_string(),
            };
            return exists.hinting("name another file with -o, or move this one away");
        }
        CliError::File {
            path: path.to_path_buf(),
            source,
        }
    };
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed)
}
