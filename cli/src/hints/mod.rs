//! What an error means, and what to do about it on this command line.
//!
//! Every hint that names a command is one that the command tree parses: a test collects them.

mod embedded;
mod index;
mod refusal;
mod sdk;
mod token;
mod transaction;
pub mod usage;

use crate::{
    error::{CliError, Described, Kind},
    secrets::ADVICE,
};

/// An error as it is shown.
pub fn describe(error: &CliError) -> Described {
    let text = error.to_string();
    match error {
        CliError::Usage { hint, .. } => Described {
            hint: hint.clone(),
            ..Described::new(Kind::Usage, "Usage", text)
        },
        CliError::SecretKey { .. } => Described::new(Kind::Usage, "SecretKey", text).hint(ADVICE),
        CliError::Amount(_) => Described::new(Kind::Usage, "Amount", text),
        CliError::Sdk(error) => sdk::of_sdk(error),
        CliError::Transaction {
            label,
            own,
            error,
            landed,
            again,
        } => {
            let mut described = transaction::of_transaction(label, *own, error);
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
        CliError::LacksLamports { who, error, .. } => {
            let described = describe(error);
            let other = "--fee-payer names somebody else who pays fees and rent";
            Described {
                name: "InsufficientLamports".to_string(),
                ..described
            }
            .telling(text)
            .hint(format!(
                "fund {who}: on a test chain with `upside airdrop 10 --to {who}`; {other}"
            ))
        }
        CliError::Chain(error) => embedded::of_embedded(error),
        CliError::Ambiguous { .. } => Described::new(Kind::Usage, "Ambiguous", text),
        CliError::Lacks { .. } => Described::new(Kind::Refused, "InsufficientFunds", text).hint(
            "`upside index zap INDEX AMOUNT` buys what is missing from open rounds; \
                 a test currency comes from `upside mint-quote 100000`",
        ),
        CliError::InsufficientFunds { .. } => {
            Described::new(Kind::Refused, "InsufficientFunds", text)
                .hint("fund the wallet; a test currency comes from `upside mint-quote 100000`")
        }
        CliError::NoKeypair { path } => {
            Described::new(Kind::Local, "NoKeypair", text).hint(format!(
                "make one with `upside keygen -o {}`, or name yours with -k",
                path.display()
            ))
        }
        CliError::Keypair { .. } => Described::new(Kind::Local, "Keypair", text)
            .hint("a keypair file is a JSON array of 64 numbers, as `upside keygen` writes it"),
        CliError::Device { next, .. } => Described::new(Kind::Local, "Device", text).hint(*next),
        CliError::Config { .. } => Described::new(Kind::Local, "Config", text)
            .hint("repair or remove it, or name another with -C"),
        CliError::File { .. } => Described::new(Kind::Local, "File", text),
        CliError::Hinted { error, hint } => describe(error).hint(hint.as_str()),
        CliError::Unconfirmed => Described::new(Kind::Usage, "Unconfirmed", text)
            .hint("look at it with --dry-run, then pass --yes, or give y on standard input"),
        CliError::Cancelled => Described::new(Kind::Other, "Cancelled", text),
        CliError::Shown(kind) => Described::new(*kind, "Shown", text),
        CliError::Other(_) => Described::new(Kind::Other, "Other", text),
    }
}
