//! What goes wrong, in one shape for people and for scripts: kind, message, hint, exit code.

use {
    serde::Serialize,
    std::path::PathBuf,
    upside_localnet::EmbeddedError,
    upside_sdk::{
        Pubkey,
        amount::{self, AmountError},
        error::{CoreError, SdkError},
        transaction::TransactionError,
    },
    upside_view::ViewError,
};

/// Lamports as SOL.
fn sol(lamports: u64) -> String {
    amount::print(lamports, 9)
}

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
    /// Something looks like a secret key where none belongs. The key is not repeated.
    #[error("{place} looks like a secret key: it is not repeated here, and nothing was done")]
    SecretKey {
        /// Where it stands.
        place: String,
    },
    /// An amount does not fit its mint.
    #[error(transparent)]
    Amount(#[from] AmountError),
    /// An error of the SDK.
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
    /// A transaction did not land because somebody lacks SOL.
    #[error("{what} {who} has {} SOL{}", sol(*has), needs.map_or_else(String::new, |needs| format!(" and needs {}", sol(needs))))]
    LacksLamports {
        /// Who lacks it.
        who: Pubkey,
        /// What they are here.
        what: &'static str,
        /// Lamports that they have.
        has: u64,
        /// Lamports that they need, if that is known.
        needs: Option<u64>,
        /// The refusal.
        error: Box<CliError>,
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
        /// What the operating system reports.
        source: std::io::Error,
    },
    /// An error with a better hint than its own.
    #[error("{error}")]
    Hinted {
        /// The error.
        error: Box<CliError>,
        /// What to do next.
        hint: String,
    },
    /// Nobody was there to agree.
    #[error("this takes a yes, and nobody was there to give it: nothing was sent")]
    Unconfirmed,
    /// The person declined.
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
    /// The program's number, if a program refused.
    pub code: Option<u32>,
    /// A stable name.
    pub name: String,
    /// What happened.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
    /// Program logs, if there are any.
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

    /// With another message after its label.
    pub fn telling(self, message: String) -> Self {
        let label = self.message.split_once(": ").map(|(label, _)| label);
        let message = label.map_or_else(|| message.clone(), |label| format!("{label}: {message}"));
        Described { message, ..self }
    }

    /// With every text as `shown` has it.
    pub fn shown(&self, shown: impl Fn(&str) -> String) -> Self {
        Described {
            message: shown(&self.message),
            hint: self.hint.as_deref().map(&shown),
            logs: self.logs.iter().map(|line| shown(line)).collect(),
            ..self.clone()
        }
    }

    /// With what to do next.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl CliError {
    /// The same error with another hint.
    pub fn hinting(self, hint: impl Into<String>) -> Self {
        let (error, hint) = (Box::new(self), hint.into());
        CliError::Hinted { error, hint }
    }

    /// Every error in a file, of which nothing was sent: the first of them are shown.
    pub fn in_file(name: impl std::fmt::Display, mut errors: Vec<String>) -> Self {
        const SHOWN: usize = 20;
        let count = errors.len();
        errors.truncate(SHOWN);
        if count > SHOWN {
            errors.push(format!("and {} more", count.saturating_sub(SHOWN)));
        }
        CliError::usage(
            format!(
                "{name}: {count} errors, nothing was sent:\n  {}",
                errors.join("\n  ")
            ),
            "correct these lines and run the command again",
        )
    }

    /// A command line that makes no sense, and what to write instead.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        CliError::Usage {
            message: message.into(),
            hint: Some(hint.into()),
        }
    }
}

impl From<CoreError> for CliError {
    fn from(error: CoreError) -> Self {
        CliError::Sdk(error.into())
    }
}

impl From<ViewError> for CliError {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::Core(error) => CliError::Sdk(error.into()),
            error => CliError::Other(error.to_string()),
        }
    }
}
