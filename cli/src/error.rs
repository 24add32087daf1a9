//! What goes wrong, in one shape for people and for scripts: what it is, what it says,
//! what to do next, and the exit code.

use {
    crate::refusal,
    serde::Serialize,
    std::path::PathBuf,
    upside_localnet::EmbeddedError,
    upside_sdk::{
        Pubkey,
        amount::AmountError,
        error::{CoreError, SdkError},
        transaction::TransactionError,
    },
};

/// What commands return.
pub type Result<T, E = CliError> = std::result::Result<T, E>;

/// Why a command did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// The command line makes no sense.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to write instead.
        hint: Option<String>,
    },
    /// An amount does not fit its mint.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// Something the SDK says.
    #[error(transparent)]
    Sdk(#[from] SdkError),
    /// A transaction did not land.
    #[error("{label}: {error}")]
    Transaction {
        /// The step that failed.
        label: String,
        /// Whether the failed instruction is one of a token program or Upside's own.
        own: bool,
        /// Why.
        error: Box<TransactionError>,
        /// Signatures of the steps that landed before it.
        landed: Vec<String>,
        /// How to go on from there.
        again: String,
    },
    /// A name fits several things.
    #[error("{query} is {}: name one by its address", fits.join(" and "))]
    Ambiguous {
        /// What was asked for.
        query: String,
        /// What fits, with its address.
        fits: Vec<String>,
    },
    /// A wallet holds less of what an index takes than it is to give.
    #[error("{wallet} lacks {}", lacks.join(", "))]
    Lacks {
        /// The wallet.
        wallet: Pubkey,
        /// What it lacks, with what it has and needs.
        lacks: Vec<String>,
    },
    /// The embedded chain does not open, or not work.
    #[error(transparent)]
    Chain(#[from] EmbeddedError),
    /// A wallet holds less than it is to pay.
    #[error("{wallet} holds {has} of {mint} and needs {needs}")]
    InsufficientFunds {
        /// The wallet.
        wallet: Pubkey,
        /// What it is to pay in.
        mint: Pubkey,
        /// What it holds, in whole units.
        has: String,
        /// What it needs, in whole units.
        needs: String,
    },
    /// There is no keypair file where one should be.
    #[error("there is no keypair at {}", path.display())]
    NoKeypair {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A keypair file cannot be used.
    #[error("the keypair {path} cannot be used: {why}")]
    Keypair {
        /// The file.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// A key on a device cannot be used.
    #[error("the key {url} cannot be used: {why}")]
    Device {
        /// Its address.
        url: String,
        /// What is wrong.
        why: String,
        /// What to do.
        next: &'static str,
    },
    /// A configuration file cannot be used.
    #[error("the configuration file {} cannot be used: {why}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The person said no.
    #[error("cancelled: nothing was sent")]
    Cancelled,
    /// The result, which was shown, is not the one that was hoped for.
    #[error("the answer is no")]
    Shown(Kind),
    /// A program's own mistake.
    #[error("{0}")]
    Other(String),
}

/// What an error is, by who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Anything else.
    Other,
    /// The command line, or what it names, is wrong.
    Usage,
    /// A program refused, or would.
    Refused,
    /// The cluster does not answer, or not as it should.
    Network,
    /// A file or folder of this machine.
    Local,
    /// Something was sent, and what became of it is not known.
    Unknown,
}

impl Kind {
    /// The process's exit code.
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Other => 1,
            Kind::Usage => 2,
            Kind::Refused => 3,
            Kind::Network => 4,
            Kind::Local => 5,
            Kind::Unknown => 6,
        }
    }
}

/// An error as it is shown.
#[derive(Clone, Debug, Serialize)]
pub struct Described {
    /// By who can do something about it.
    pub kind: Kind,
    /// The program's number, where a program refused.
    pub code: Option<u32>,
    /// A stable name.
    pub name: String,
    /// What happened.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// Program logs, where there are some.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub logs: Vec<String>,
    /// Transactions that landed all the same: earlier steps, or the failed one's fee.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub landed: Vec<String>,
    /// The transaction that was sent and of which nothing is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<String>,
}

impl Described {
    /// Of this kind and name.
    pub fn new(kind: Kind, name: impl Into<String>, message: impl Into<String>) -> Self {
        Described {
            kind,
            code: None,
            name: name.into(),
            message: message.into(),
            hint: None,
            logs: Vec::new(),
            landed: Vec::new(),
            unknown: None,
        }
    }

    /// With what to do next.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl CliError {
    /// A command line that makes no sense, and what to write instead.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        CliError::Usage {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }

    /// As it is shown.
    pub fn describe(&self) -> Described {
        let text = self.to_string();
        match self {
            CliError::Usage { hint, .. } => Described {
                hint: hint.clone(),
                ..Described::new(Kind::Usage, "Usage", text)
            },
            CliError::Amount(_) => Described::new(Kind::Usage, "Amount", text),
            CliError::Sdk(error) => of_sdk(error),
            CliError::Transaction {
                label,
                own,
                error,
                landed,
                again,
            } => {
                let mut described = refusal::of_transaction(label, *own, error);
                described.landed.splice(0..0, landed.iter().cloned());
                if !landed.is_empty() {
                    let done = landed.len();
                    let again = match described.kind {
                        Kind::Unknown => format!("{done} before it landed: then {again}"),
                        _ => format!("{done} before it landed: {again}"),
                    };
                    let hint = described.hint.take().map(|hint| format!("{hint}; {again}"));
                    described.hint = Some(hint.unwrap_or(again));
                }
                described
            }
            CliError::Chain(error) => of_chain(error),
            CliError::Ambiguous { .. } => Described::new(Kind::Usage, "Ambiguous", text),
            CliError::Lacks { .. } => Described::new(Kind::Refused, "InsufficientFunds", text)
                .hint(
                    "`upside index zap INDEX AMOUNT` buys what is missing from open rounds; \
                     a test currency comes from `upside mint-quote`",
                ),
            CliError::InsufficientFunds { .. } => {
                Described::new(Kind::Refused, "InsufficientFunds", text)
                    .hint("fund the wallet; a test currency comes from `upside mint-quote`")
            }
            CliError::NoKeypair { path } => {
                Described::new(Kind::Local, "NoKeypair", text).hint(format!(
                    "make one with `upside keygen -o {}`, or name yours with -k",
                    path.display()
                ))
            }
            CliError::Keypair { .. } => Described::new(Kind::Local, "Keypair", text)
                .hint("a keypair file is a JSON array of 64 numbers, as `upside keygen` writes it"),
            CliError::Device { next, .. } => {
                Described::new(Kind::Local, "Device", text).hint(*next)
            }
            CliError::Config { .. } => Described::new(Kind::Local, "Config", text)
                .hint("repair or remove it, or name another with -C"),
            CliError::File { .. } => Described::new(Kind::Local, "File", text),
            CliError::Cancelled => Described::new(Kind::Other, "Cancelled", text),
            CliError::Shown(kind) => Described::new(*kind, "Shown", text),
            CliError::Other(_) => Described::new(Kind::Other, "Other", text),
        }
    }
}

impl From<CoreError> for CliError {
    fn from(error: CoreError) -> Self {
        CliError::Sdk(error.into())
    }
}

fn of_sdk(error: &SdkError) -> Described {
    let text = error.to_string();
    match error {
        SdkError::Refused(error) => refusal::of_token(*error),
        SdkError::IndexRefused(error) => refusal::of_index(*error),
        SdkError::Math(_) => Described::new(Kind::Usage, "Math", text)
            .hint("an amount is out of range: use a smaller one"),
        SdkError::NotFound { what: "token", .. } => Described::new(Kind::Usage, "NotFound", text)
            .hint("see `upside token list`, and mind -u: every chain has its own tokens"),
        SdkError::NotFound { what: "mint", .. } => Described::new(Kind::Usage, "NotFound", text)
            .hint(
                "mind -u: every chain has its own mints; `upside mint-quote` makes one for tests",
            ),
        SdkError::NotFound { what, .. } if what.starts_with("holder") => {
            Described::new(Kind::Usage, "NotFound", text)
                .hint("open one with `upside holder open TOKEN`, or let the owner admit the wallet")
        }
        SdkError::NotFound { what, .. } => {
            let found = Described::new(Kind::Usage, "NotFound", text);
            match *what {
                "nonce account" => found.hint("make one with `upside nonce create KEYPAIR`"),
                "round" => found.hint("see `upside round list TOKEN`"),
                "product" => found.hint("see `upside product list TOKEN`"),
                "pass" => found.hint("see `upside product show TOKEN/NUMBER`"),
                "claim" => found.hint("see `upside claim list TOKEN`"),
                "index" => found.hint("see `upside index list`, and mind -u"),
                "token or index" => {
                    found.hint("see `upside token list` and `upside index list`, and mind -u")
                }
                "constituent" => found.hint("see `upside index show INDEX`"),
                "membership" => found.hint("see `upside index show INDEX` for offers and members"),
                "basket" => found.hint("see `upside index basket list INDEX`"),
                "rebalance" => found.hint("its curator drafts one: `upside index rebalance draft INDEX`"),
                "offers of enough shares in the currency" => found.hint(
                    "its person opens a round without --min-raise: `upside round open TOKEN \
                     --stage SHARES@PRICE --closes 30d`, or somebody a sale; or leave them out \
                     with --skip, get shares elsewhere and contribute in kind",
                ),
                "announcement" => found.hint("see `upside index announcements INDEX`"),
                "offer" => found.hint("see `upside index announcements INDEX`"),
                "candidacy" => found.hint("see `upside index candidate list INDEX`"),
                "contribution" => found.hint(
                    "it was never made, or was claimed, refunded or taken back: \
                     see `upside round show TOKEN`",
                ),
                _ => found,
            }
        }
        SdkError::Ambiguous { .. } => Described::new(Kind::Usage, "Ambiguous", text),
        SdkError::WrongAccount { .. } => Described::new(Kind::Usage, "WrongAccount", text),
        SdkError::EndowmentShort { .. } => Described::new(Kind::Refused, "EndowmentShort", text)
            .hint("new shares bring their part of every reserve asset: see `upside reserve list TOKEN`"),
        SdkError::RoundAtBacking => Described::new(Kind::Refused, "RoundAtBacking", text)
            .hint("give a higher --stage price, or --backer-cap"),
        SdkError::Rpc(error) => refusal::of_rpc(error),
        SdkError::Transaction(error) => refusal::of_transaction("the transaction", true, error),
        _ => Described::new(Kind::Other, "Other", text),
    }
}

fn of_chain(error: &EmbeddedError) -> Described {
    let name = match error {
        EmbeddedError::InUse { .. } => "ChainInUse",
        EmbeddedError::Corrupt { .. } => "ChainCorrupt",
        EmbeddedError::Format { .. } => "ChainFormat",
        EmbeddedError::Unreadable { .. } => "ChainUnreadable",
        EmbeddedError::ReadOnly { .. } => "ChainReadOnly",
        EmbeddedError::Full { .. } => "ChainFull",
        EmbeddedError::Storage(_) | EmbeddedError::Unknown(_) => "ChainStorage",
        _ => "Chain",
    };
    let kind = match error {
        EmbeddedError::Unknown(_) => Kind::Unknown,
        _ => Kind::Local,
    };
    // What to do stands behind the first semicolon, where there is one.
    let text = error.to_string();
    match text.split_once("; ") {
        Some((message, hint)) => Described::new(kind, name, message).hint(hint),
        None => Described::new(kind, name, text),
    }
}
