//! What it means if a transaction does not land, or a cluster does not answer.

use {
    super::refusal::of_refusal,
    crate::error::{Described, Kind},
    solana_rpc_client_api::{
        client_error::{Error as ClientError, ErrorKind},
        request::RpcError,
    },
    solana_transaction_error::TransactionError as ChainError,
    std::io::ErrorKind::TimedOut,
    upside_localnet::{MAYBE_KEPT, NOT_KEPT},
    upside_sdk::{error::Refusal, transaction::TransactionError},
};

/// A transaction that failed. `own` is set if the failed instruction is one of Upside's
/// programs or of a token program, whose numbers have names.
pub fn of_transaction(label: &str, own: bool, error: &TransactionError) -> Described {
    let text = error.to_string();
    match error {
        TransactionError::Rejected { code, error, logs, signature, .. } => {
            let mut described = match code {
                _ if lacks_lamports(logs) => no_lamports("Lamports are missing for rent or a transfer"),
                Some(code) if own => of_refusal(&Refusal::of_code(*code)),
                _ => of_chain(error),
            };
            described.message = format!("{label}: {}", described.message);
            described.logs.clone_from(logs);
            described.landed.extend(signature.iter().map(ToString::to_string));
            described
        }
        TransactionError::Network(error) => of_rpc(error),
        TransactionError::Expired { .. } => split(Kind::Network, "Expired", &text),
        TransactionError::UnknownOutcome { signature, valid_until } => {
            let until = valid_until.map_or_else(String::new, |height| format!(" --until {height}"));
            let message = format!("{label}: {signature} was sent and its outcome is unknown");
            let mut described = Described::new(Kind::Unknown, "UnknownOutcome", message).hint(
                format!(
                    "`upside confirm {signature}{until}` tells what became of it; do not repeat \
                     the command before: it may have landed, or land yet"
                ),
            );
            described.unknown = Some(signature.to_string());
            described
        }
        TransactionError::TooLarge { .. }
        | TransactionError::TooManyAccounts { .. }
        | TransactionError::Compile(_) => {
            split(Kind::Other, "TooLarge", &text)
        }
        TransactionError::MissingSigner(key) => Described::new(
            Kind::Usage,
            "MissingSigner",
            format!("{label}: the signature of {key} is missing"),
        )
        .hint("name its keypair with -k or --signer, or sign elsewhere: --sign-only, then --signer PUBKEY=SIGNATURE"),
        TransactionError::Sign(..) => Described::new(Kind::Usage, "BadSignature", text).hint(
            "a signature is good for one message, and this one is another: what is quoted has \
             changed since, or a flag. Give the message itself with --message BASE64, as \
             --sign-only printed it; or repeat every flag with the same --blockhash and \
             --fee-payer, an absolute --deadline, and bounds that are pinned (--at-least, --most)",
        ),
        _ => Described::new(Kind::Other, "Other", text),
    }
}

fn split(kind: Kind, name: &str, text: &str) -> Described {
    match text.split_once(". ") {
        Some((message, hint)) => Described::new(kind, name, message).hint(hint),
        None => Described::new(kind, name, text),
    }
}

fn lacks_lamports(logs: &[String]) -> bool {
    logs.iter()
        .any(|line| line.contains("insufficient lamports"))
}

fn no_lamports(message: &str) -> Described {
    Described::new(Kind::Refused, "InsufficientLamports", message)
        .hint("fund the fee payer: on a test chain with `upside airdrop 10`")
}

fn of_chain(error: &ChainError) -> Described {
    match error {
        ChainError::AccountNotFound
        | ChainError::InsufficientFundsForFee
        | ChainError::InsufficientFundsForRent { .. } => {
            no_lamports("The fee payer has not enough SOL")
        }
        ChainError::BlockhashNotFound => Described::new(
            Kind::Network,
            "BlockhashNotFound",
            "The blockhash has expired",
        )
        .hint("a blockhash lives for about a minute: take a new one, or a durable nonce"),
        ChainError::AlreadyProcessed => Described::new(
            Kind::Refused,
            "AlreadyProcessed",
            "This very transaction has landed before",
        ),
        ChainError::ProgramAccountNotFound | ChainError::InvalidProgramForExecution => {
            Described::new(
                Kind::Refused,
                "NoProgram",
                "Upside's program is not on this cluster",
            )
            .hint("mind -u, or deploy it there")
        }
        other => Described::new(Kind::Refused, "Rejected", other.to_string()),
    }
}

/// A cluster that does not answer, or not as it should.
pub fn of_rpc(error: &ClientError) -> Described {
    let (name, message) = match error.kind() {
        ErrorKind::Reqwest(inner) if inner.is_timeout() => {
            ("Timeout", "the cluster did not answer in time".to_string())
        }
        ErrorKind::Reqwest(inner) if inner.status().is_some_and(|status| status == 429) => (
            "RateLimited",
            "the cluster takes no more requests from here for now".to_string(),
        ),
        ErrorKind::Reqwest(inner) if inner.is_status() => {
            let status = inner.status().unwrap_or_default();
            return of_status(
                status.as_u16(),
                status.canonical_reason().unwrap_or_default(),
            );
        }
        ErrorKind::Reqwest(inner) if inner.is_decode() || inner.is_body() => (
            "Unreachable",
            format!("the cluster's answer was cut short: {}", root(inner)),
        ),
        ErrorKind::Reqwest(inner) => (
            "Unreachable",
            format!("the cluster cannot be reached: {}", root(inner)),
        ),
        ErrorKind::Io(inner) if inner.kind() == TimedOut => {
            ("Timeout", "the cluster did not answer in time".to_string())
        }
        ErrorKind::Io(inner) => (
            "Unreachable",
            format!("the cluster cannot be reached: {inner}"),
        ),
        ErrorKind::Custom(what) => (
            "BadAnswer",
            format!("the cluster's answer makes no sense: {what}"),
        ),
        ErrorKind::SerdeJson(inner) => (
            "BadAnswer",
            format!("the cluster's answer makes no sense: {inner}"),
        ),
        ErrorKind::TransactionError(error) => {
            let described = of_chain(error);
            return described;
        }
        ErrorKind::RpcError(RpcError::RpcResponseError {
            code: code @ (NOT_KEPT | MAYBE_KEPT),
            message,
            ..
        }) => {
            let kind = if *code == NOT_KEPT {
                Kind::Local
            } else {
                Kind::Unknown
            };
            let (message, hint) = message.split_once("; ").unwrap_or((message, ""));
            return Described::new(kind, "ChainStorage", message).hint(hint);
        }
        _ => ("Rpc", format!("the cluster refuses to answer: {error}")),
    };
    Described::new(Kind::Network, name, message)
        .hint("check -u and the network, then try again; -u embedded needs no network")
}

/// A cluster that answers with a status instead of a result. Its URL is not repeated: a
/// provider's key may be in it.
fn of_status(status: u16, reason: &str) -> Described {
    let (name, message, hint) = match status {
        401 | 403 => (
            "Unauthorized",
            format!("the cluster refuses the credentials in its URL ({status} {reason})"),
            "check the key in -u, $UPSIDE_URL or the configuration file, and what it may do",
        ),
        404 => (
            "WrongUrl",
            format!("the host answers, and has no cluster at that path ({status} {reason})"),
            "check the path and the key in -u, $UPSIDE_URL or the configuration file",
        ),
        500.. => (
            "Unreachable",
            format!("the cluster has a problem of its own ({status} {reason})"),
            "try again later, or with another -u",
        ),
        _ => (
            "Unreachable",
            format!("the cluster takes no such request ({status} {reason})"),
            "check -u: it may be no cluster's address",
        ),
    };
    Described::new(Kind::Network, name, message).hint(hint)
}

/// The innermost cause: what the operating system reports.
fn root(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
