//! `upside token metadata`, `upside index metadata`: the file that wallets read.

use {
    crate::{
        error::{CliError, Result},
        values::text,
    },
    serde::Serialize,
    serde_json::Value,
    std::{
        fmt,
        fs::{self, OpenOptions},
        io::{ErrorKind, Write},
        path::{Path, PathBuf},
    },
    upside_sdk::metadata::{self, MetadataFile},
    upside_view::style::{self, facts, paint},
};

/// Largest file that is read: wallets take no larger one.
const MOST: u64 = 1 << 20;

/// What is written, or checked.
#[derive(Debug, clap::Args)]
pub struct FileArgs {
    /// What the shares are, in a few sentences
    #[arg(long, value_name = "TEXT", value_parser = text(8_000))]
    description: Option<String>,
    /// A square picture, PNG or SVG, best 512 by 512: https://, ipfs:// or ar://
    #[arg(long, value_name = "URL")]
    image: Option<String>,
    /// The page of the person or of the index
    #[arg(long, value_name = "URL")]
    external_url: Option<String>,
    /// A further link by its kind, as in twitter=https://x.com/ada; repeat for several
    #[arg(long, value_name = "KIND=URL", value_parser = link)]
    link: Vec<(String, String)>,
    /// Where to write it [default: the symbol in small letters, .json]
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Check a file that exists instead of writing one
    #[arg(long, value_name = "FILE")]
    #[arg(conflicts_with_all = ["description", "image", "external_url", "link", "file"])]
    check: Option<PathBuf>,
    /// Print the JSON schema of the file
    #[arg(long)]
    #[arg(conflicts_with_all = ["description", "image", "external_url", "link", "file", "check"])]
    schema: bool,
}

fn link(text: &str) -> std::result::Result<(String, String), String> {
    let (kind, url) = text
        .split_once('=')
        .ok_or_else(|| "write KIND=URL, as in twitter=https://x.com/ada".to_string())?;
    Ok((kind.to_string(), url.to_string()))
}

/// What the share mint says, or is to say.
pub struct OnMint {
    /// Name.
    pub name: String,
    /// Symbol.
    pub symbol: String,
    /// Address of the file; empty for none.
    pub uri: String,
    /// The command that sets the address, in backticks.
    pub set: String,
}

/// What came of it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// The schema of the file.
    Schema(Value),
    /// A file that was written or checked.
    File(FileAnswer),
}

/// A file that was written or checked.
#[derive(Debug, Serialize)]
pub struct FileAnswer {
    #[serde(skip)]
    title: &'static str,
    file: String,
    /// The address that the share mint names.
    #[serde(skip_serializing_if = "String::is_empty")]
    uri: String,
    metadata: Value,
    #[serde(skip)]
    next: String,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answer = match self {
            Answer::Schema(_) => return f.write_str(metadata::SCHEMA),
            Answer::File(answer) => answer,
        };
        let title = paint(style::BOLD, answer.title);
        writeln!(f, "{} {title}", paint(style::GOOD, "✔"))?;
        let said = |field: &str| answer.metadata.get(field).and_then(Value::as_str);
        let mut rows = vec![("file", answer.file.clone())];
        for field in ["name", "symbol", "image", "external_url"] {
            rows.extend(said(field).map(|text| (field, text.to_string())));
        }
        rows.push(("host it", HOST.to_string()));
        rows.push(("next", answer.next.clone()));
        f.write_str(&facts(&rows))
    }
}

/// Where wallets can read a file.
const HOST: &str = "where everybody can read it without a password: on IPFS or Arweave, where \
nobody changes it unseen, or on your own https server, as application/json with \
Access-Control-Allow-Origin: *; the picture likewise";

/// Writes or checks a file. `on_mint` is `None` if neither a token nor an index was named.
pub fn run(args: FileArgs, on_mint: Option<OnMint>) -> Result<Answer> {
    if args.schema {
        let schema = serde_json::from_str(metadata::SCHEMA);
        return schema
            .map(Answer::Schema)
            .map_err(|error| CliError::Other(error.to_string()));
    }
    let (title, path, metadata) = match &args.check {
        Some(path) => (
            "Check the file that wallets read",
            path.clone(),
            read(path)?,
        ),
        None => {
            let named = on_mint.as_ref().ok_or_else(unnamed)?;
            let (path, metadata) = write(&args, named)?;
            ("Write the file that wallets read", path, metadata)
        }
    };
    let mut wrong = metadata::problems(&metadata);
    if let Some(on_mint) = &on_mint {
        wrong.extend(metadata::contradictions(
            &metadata,
            &on_mint.name,
            &on_mint.symbol,
        ));
    }
    if !wrong.is_empty() {
        return Err(CliError::usage(
            format!("{}: {}", path.display(), wrong.join("; ")),
            "`--schema` prints what the file may have",
        ));
    }
    let next = match &on_mint {
        Some(on_mint) if !on_mint.uri.is_empty() => {
            format!("the share mint names {}: put it there", on_mint.uri)
        }
        Some(on_mint) => format!("{} with the address where it is", on_mint.set),
        None => "name its address with --uri when you create the token or index".to_string(),
    };
    Ok(Answer::File(FileAnswer {
        title,
        file: path.display().to_string(),
        uri: on_mint.map_or_else(String::new, |on_mint| on_mint.uri),
        metadata,
        next,
    }))
}

fn unnamed() -> CliError {
    CliError::usage(
        "whose file is it?",
        "name the token or index, or give --name and --symbol before it exists",
    )
}

fn write(args: &FileArgs, on_mint: &OnMint) -> Result<(PathBuf, Value)> {
    let missing = |what: &str| {
        CliError::usage(
            format!("--{what} is missing: wallets show it"),
            "give --description TEXT and --image URL",
        )
    };
    let file = MetadataFile {
        name: on_mint.name.clone(),
        symbol: on_mint.symbol.clone(),
        description: args
            .description
            .clone()
            .ok_or_else(|| missing("description"))?,
        image: args.image.clone().ok_or_else(|| missing("image"))?,
        external_url: args.external_url.clone(),
        extensions: args.link.iter().cloned().collect(),
    };
    let wrong = file.problems();
    if !wrong.is_empty() {
        return Err(CliError::usage(
            wrong.join("; "),
            "`--schema` prints what the file may have",
        ));
    }
    let small: String = on_mint
        .symbol
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let path = args
        .file
        .clone()
        .unwrap_or_else(|| PathBuf::from(format!("{small}.json")));
    let failed = |source: std::io::Error| {
        if source.kind() == ErrorKind::AlreadyExists {
            return CliError::usage(
                format!("{} exists already, and is not overwritten", path.display()),
                "give another --file, or remove it first",
            );
        }
        CliError::File {
            path: path.clone(),
            source,
        }
    };
    let mut options = OpenOptions::new();
    let mut open = options
        .write(true)
        .create_new(true)
        .open(&path)
        .map_err(failed)?;
    open.write_all(file.text().as_bytes()).map_err(failed)?;
    let metadata = serde_json::to_value(&file);
    let metadata = metadata.map_err(|error| CliError::Other(error.to_string()))?;
    Ok((path, metadata))
}

fn read(path: &Path) -> Result<Value> {
    let failed = |source| CliError::File {
        path: path.to_path_buf(),
        source,
    };
    let size = fs::metadata(path).map_err(failed)?.len();
    if size > MOST {
        return Err(CliError::usage(
            format!(
                "{} has {size} bytes: wallets read a mebibyte at most",
                path.display()
            ),
            "the picture is a file of its own, the text names its address",
        ));
    }
    let text = fs::read_to_string(path).map_err(failed)?;
    serde_json::from_str(&text).map_err(|error| {
        CliError::usage(
            format!("{} is no JSON: {error}", path.display()),
            "`--schema` prints what the file may have",
        )
    })
}
