//! What a chain's refusals mean and what to do about them on this command line.

mod index;

use {
    crate::error::{Described, Kind},
    solana_rpc_client_api::{
        client_error::{Error as ClientError, ErrorKind},
        request::RpcError,
    },
    solana_transaction_error::TransactionError as ChainError,
    std::io::ErrorKind::TimedOut,
    upside_localnet::{MAYBE_KEPT, NOT_KEPT},
    upside_sdk::{IndexError, TokenError, error::Refusal, transaction::TransactionError},
};

/// A refusal by Upside's own program, foreseen or met.
pub fn of_token(error: TokenError) -> Described {
    of_refusal(&Refusal::Token(error))
}

/// A refusal by the index program, foreseen or met.
pub fn of_index(error: IndexError) -> Described {
    of_refusal(&Refusal::Index(error))
}

fn of_refusal(refusal: &Refusal) -> Described {
    let text = refusal.message();
    // The program's messages say what is wrong, then after a colon what to do.
    let (message, advice) = match text.split_once(": ") {
        Some((message, advice)) => (message.to_string(), Some(advice.to_string())),
        None => (text, None),
    };
    let command = match refusal {
        Refusal::Token(error) => command_for(*error).map(str::to_string),
        Refusal::Index(error) => index::command_for(*error).map(str::to_string),
        _ => None,
    };
    let hint = match (advice, command) {
        (Some(advice), Some(command)) => Some(format!("{advice} ({command})")),
        (advice, command) => advice.or(command),
    };
    Described {
        code: Some(refusal.code()),
        hint,
        ..Described::new(Kind::Refused, refusal.name(), message)
    }
}

/// The command that helps, where there is one.
fn command_for(error: TokenError) -> Option<&'static str> {
    Some(match error {
        TokenError::AlreadyExists => {
            "each key creates one token, each wallet has one holder account"
        }
        TokenError::ApprovalRequired => "`upside holder approve TOKEN FROM TO SHARES`",
        TokenError::AssetNotListed | TokenError::NotAPayoutMint => {
            "`upside reserve add TOKEN MINT`"
        }
        TokenError::InsufficientShares => "`upside holder show TOKEN`",
        TokenError::NotAdmitted => "`upside holder open TOKEN --wallet WALLET` by the owner",
        TokenError::NotOwner => "-k names the key that signs; `upside token show TOKEN` the owner",
        TokenError::Paused => "`upside token unpause TOKEN` by the owner",
        TokenError::RoundNotFailed => "`upside round collect TOKEN ROUND`",
        TokenError::RoundNotOpen | TokenError::RoundSoldOut => "`upside round list TOKEN`",
        TokenError::RoundNotOver => "`upside round show TOKEN ROUND`",
        TokenError::RoundNotSucceeded => "`upside round show TOKEN ROUND`",
        TokenError::RoundNeedsApproval => "--approver names the owner's or registrar's keypair",
        TokenError::Slippage => "or pass a larger --slippage",
        TokenError::SupplyCapExceeded => "`upside token show TOKEN`",
        TokenError::SaleExpired | TokenError::SaleExceeded | TokenError::NotBuyer => {
            "`upside sale list TOKEN`"
        }
        TokenError::BidExpired
        | TokenError::BidNotExpired
        | TokenError::BidExceeded
        | TokenError::NotSeller => "`upside bid list TOKEN`",
        TokenError::OrderVoid | TokenError::OrderNotOver => "`upside order list TOKEN`",
        TokenError::GrantNotEmpty => "`upside grant collect TOKEN GRANT` by its beneficiary",
        TokenError::GrantNotAccepted => "`upside grant accept TOKEN GRANT` by its beneficiary",
        TokenError::GrantAccepted => "`upside grant revoke TOKEN GRANT` by the owner",
        TokenError::NotBeneficiary => "-k names the beneficiary's key",
        TokenError::OfferLapsed | TokenError::InvalidGrantOffer => "`upside grant offer TOKEN`",
        TokenError::GrantVested | TokenError::GrantNotRevocable | TokenError::OfferNotLapsed => {
            "`upside grant show TOKEN GRANT`"
        }
        TokenError::UnitsExceedHeld
        | TokenError::AuctionOpen
        | TokenError::AuctionNotOpen
        | TokenError::AuctionTooCheap
        | TokenError::TermsMismatch
        | TokenError::DocumentMismatch
        | TokenError::InvalidPeriod => "`upside claim show TOKEN CLAIM`",
        TokenError::NotAlone => "`upside poll put`",
        TokenError::NotAttested => "`upside claim attest`, or `upside poll put`",
        TokenError::NotSuccessor => "`upside attester successor TOKEN KEY` by the attester",
        TokenError::MonthNotOver => "`upside revenue report TOKEN CLAIM MONTH GROSS`",
        TokenError::BearerCapExceeded => "`upside token bearer-cap TOKEN SHARES` by the owner",
        TokenError::ProductNotOpen | TokenError::ProductSoldOut => "`upside product list TOKEN`",
        TokenError::TooFewShares => "`upside holder show TOKEN`",
        TokenError::PassExpired | TokenError::PassUnitsExceeded => "`upside pass buy PRODUCT`",
        TokenError::PassNotOver => "`upside pass show PRODUCT`",
        TokenError::NotPointOfSale => "--point-of-sale names the point of sale's keypair",
        TokenError::CredentialRequired | TokenError::CredentialExpired => {
            "`upside token show TOKEN` names it"
        }
        TokenError::NothingToCollect => "`upside dividend show TOKEN`",
        TokenError::PollRequired | TokenError::PollStale => "`upside poll put`",
        TokenError::PollNotNeeded => "`upside token relax TOKEN`, or `upside reserve sync TOKEN`",
        TokenError::FloorOnlyFalls => "`upside token relax TOKEN`",
        TokenError::PollPlaceTaken | TokenError::PollPut | TokenError::PollNotOpen => {
            "`upside poll list TOKEN`"
        }
        TokenError::PollNotPassed
        | TokenError::PollObjected
        | TokenError::PollNotLapsed
        | TokenError::PollAnswered
        | TokenError::NotPutter
        | TokenError::NotAnswered
        | TokenError::SharesTooNew
        | TokenError::OwnerCannotVote => "`upside poll show TOKEN POLL`",
        TokenError::PollLapsed => "`upside poll close TOKEN POLL`",
        TokenError::PollWhileEscrow => "`upside round list TOKEN`",
        TokenError::TooFewToPut => "`upside holder show TOKEN`",
        TokenError::NotExecutor | TokenError::OwnerActive | TokenError::WoundUp => {
            "`upside token show TOKEN`"
        }
        TokenError::HolderNotEmpty => "`upside holder show TOKEN`",
        TokenError::PassEnded => "`upside pass show PRODUCT`",
        TokenError::ReceiptRequired => {
            "`upside holder deposit TOKEN ALL`, then `upside redeem TOKEN ALL`"
        }
        TokenError::NotAnEstate => "`upside token wind-down share-out TOKEN`",
        TokenError::NotWoundUp => "`upside token show TOKEN`",
        TokenError::NothingToRedeem => "`upside reserve list TOKEN`",
        _ => return None,
    })
}

/// A transaction that did not do what it was to do. `own` where the failed instruction
/// is one of the program or of a token program, whose numbers have names.
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
            "a signature is good for one message: repeat every flag, with the same --blockhash, \
             absolute times and --fee-payer",
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

/// The innermost cause: what the operating system says.
fn root(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_name_a_number_and_a_message() {
        for error in TokenError::ALL {
            let described = of_token(*error);
            assert_eq!(described.kind, Kind::Refused);
            assert_eq!(described.code, Some(error.code()));
            assert_eq!(described.name, error.name());
            assert!(!described.message.is_empty());
        }
        for error in IndexError::ALL {
            let described = of_index(*error);
            assert_eq!(described.code, Some(error.code()));
            assert!(described.hint.is_some() || !described.message.contains(": "));
        }
        assert!(
            of_token(TokenError::ZeroAmount)
                .hint
                .unwrap()
                .contains("above zero")
        );
        assert!(
            of_token(TokenError::Paused)
                .hint
                .unwrap()
                .contains("unpause")
        );
    }
}
