//! What can go wrong between an intent and its landing.

use {
    solana_message::CompileError,
    solana_program::{instruction::InstructionError, pubkey::Pubkey},
    solana_rpc_client_api::{
        client_error::{Error as ClientError, ErrorKind},
        request::{RpcError, RpcResponseErrorData::SendTransactionPreflightFailure},
    },
    solana_signature::Signature,
    solana_signer::SignerError,
    solana_transaction_error::TransactionError as ChainError,
};

/// The embedded chain's code for a failed storage that kept nothing of the request
/// (`upside_localnet::NOT_KEPT`).
const NOT_KEPT: i64 = -32050;
/// Its code for a failed storage that may have kept it (`upside_localnet::MAYBE_KEPT`).
const MAYBE_KEPT: i64 = -32051;

/// Codes of answers after which a transaction is not under way: invalid request, no
/// such method, invalid parameters, signature verification failure, and
/// the embedded chain's own for a failed storage.
const FINAL_CODES: [i64; 5] = [-32600, -32601, -32602, -32003, NOT_KEPT];

/// Why a transaction did not do what it was to do. Only
/// [`UnknownOutcome`](Self::UnknownOutcome) leaves open whether it may still land:
/// after every other error nothing that was sent can still be executed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransactionError {
    /// The chain refuses it, in simulation, in the node's check before forwarding,
    /// or as it landed (then only the fee was paid).
    #[error(
        "the chain refuses {}: {error}. Nothing was changed{}; read the logs, remove the cause and try again",
        subject(*.instruction),
        paid(.signature.is_some())
    )]
    Rejected {
        /// The index of the failed instruction in the request, when one failed.
        instruction: Option<u8>,
        /// The failed program's own error code, when it gave one.
        code: Option<u32>,
        /// The chain's error.
        error: ChainError,
        /// The program logs, as far as the node gave them.
        logs: Vec<String>,
        /// The landed transaction whose fee was paid; `None` when it was stopped
        /// before it landed.
        signature: Option<Box<Signature>>,
    },
    /// Every attempt expired. None of them landed, and none can any more.
    #[error(
        "{} attempt(s) expired without landing, and none can land any more. Try again, with a higher compute unit price if the network is busy",
        .signatures.len()
    )]
    Expired {
        /// The signatures that were tried, oldest first.
        signatures: Vec<Signature>,
    },
    /// The node could not be asked. Nothing that was sent can still land.
    #[error(
        "the node could not be asked: {0}. Nothing is under way; check the RPC address and try again"
    )]
    Network(#[source] Box<ClientError>),
    /// The transaction does not fit.
    #[error(
        "the transaction has {bytes} bytes and {limit} fit. Split its instructions over several transactions or add a lookup table"
    )]
    TooLarge {
        /// Bytes of the whole transaction, with all its signatures.
        bytes: usize,
        /// Bytes that the network carries.
        limit: usize,
    },
    /// The transaction needs more accounts than one can lock.
    #[error(
        "the transaction has {accounts} accounts and {limit} can be locked. Split its instructions over several transactions"
    )]
    TooManyAccounts {
        /// Accounts that it has.
        accounts: usize,
        /// Accounts that a transaction can lock.
        limit: usize,
    },
    /// The instructions do not make a message.
    #[error("the instructions cannot be put into one transaction: {0}. Split them")]
    Compile(#[from] CompileError),
    /// Somebody who has to sign is not among the signers. Nothing was sent.
    #[error("the signature of {0} is missing. Add its key, or let it sign offline")]
    MissingSigner(Pubkey),
    /// A key did not sign, or a given signature is not good for this message.
    #[error("no good signature of {0}: {1}. Sign this very message with that key")]
    Sign(Pubkey, #[source] SignerError),
    /// It was sent, and for minutes the network did not tell what became of it. It
    /// may have landed, and may land yet.
    #[error(
        "{signature} was sent and its outcome is unknown. Look it up before trying again: it may have landed, or land yet"
    )]
    UnknownOutcome {
        /// The signature to look up.
        signature: Signature,
        /// The last block height that it can land at; `None` for one on a durable nonce,
        /// which can land until the nonce is used.
        valid_until: Option<u64>,
    },
}

impl TransactionError {
    /// The failed instruction's index in the request and its program's own error
    /// code, when a program refused.
    pub fn custom_code(&self) -> Option<(u8, u32)> {
        match self {
            Self::Rejected {
                instruction: Some(instruction),
                code: Some(code),
                ..
            } => Some((*instruction, *code)),
            _ => None,
        }
    }

    /// A refusal by the chain of a request that has `count` instructions. Those that
    /// the builder added come after them, so the indexes are the request's.
    pub(super) fn rejected(
        error: ChainError,
        logs: Vec<String>,
        count: usize,
        signature: Option<Signature>,
    ) -> Self {
        let (instruction, code) = match &error {
            ChainError::InstructionError(index, reason) if usize::from(*index) < count => {
                let code = match reason {
                    InstructionError::Custom(code) => Some(*code),
                    _ => None,
                };
                (Some(*index), code)
            }
            _ => (None, None),
        };
        let signature = signature.map(Box::new);
        Self::Rejected {
            instruction,
            code,
            error,
            logs,
            signature,
        }
    }

    /// Whether a node's answer says that it did not take the transaction, and no node
    /// would: it is malformed, badly signed, or the embedded chain could not store it.
    pub(super) fn is_final(error: &ClientError) -> bool {
        let ErrorKind::RpcError(RpcError::RpcResponseError { code, .. }) = error.kind() else {
            return false;
        };
        FINAL_CODES.contains(code)
    }

    /// Whether the embedded chain does not know what it kept: nobody else could tell.
    pub(super) fn is_open(error: &ClientError) -> bool {
        let ErrorKind::RpcError(RpcError::RpcResponseError { code, .. }) = error.kind() else {
            return false;
        };
        *code == MAYBE_KEPT
    }

    /// With instructions counted from the one after a nonce's advance.
    pub(super) fn after_nonce(self, on_nonce: bool) -> Self {
        match self {
            Self::Rejected {
                instruction: Some(index),
                code,
                error,
                logs,
                signature,
            } if on_nonce => {
                let instruction = index.checked_sub(1);
                Self::Rejected {
                    instruction,
                    code: code.filter(|_| instruction.is_some()),
                    error,
                    logs,
                    signature,
                }
            }
            other => other,
        }
    }

    /// What a node answers that checked a transaction, found that it fails, and so did
    /// not forward it; any other error is given back. That it was processed already,
    /// or that the node does not know the blockhash yet, is no refusal.
    pub(super) fn refusal(error: ClientError, count: usize) -> Result<Self, ClientError> {
        let data = match error.kind() {
            ErrorKind::RpcError(RpcError::RpcResponseError { data, .. }) => data,
            _ => return Err(error),
        };
        let SendTransactionPreflightFailure(result) = data else {
            return Err(error);
        };
        match result.err.clone().map(ChainError::from) {
            None | Some(ChainError::AlreadyProcessed | ChainError::BlockhashNotFound) => Err(error),
            Some(reason) => {
                let logs = result.logs.clone().unwrap_or_default();
                Ok(Self::rejected(reason, logs, count, None))
            }
        }
    }
}

impl From<ClientError> for TransactionError {
    fn from(error: ClientError) -> Self {
        Self::Network(Box::new(error))
    }
}

fn subject(instruction: Option<u8>) -> String {
    match instruction {
        Some(index) => format!("instruction {index}"),
        None => "the transaction".into(),
    }
}

fn paid(landed: bool) -> &'static str {
    if landed { " but the fee was paid" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_embedded_chain() {
        assert_eq!(NOT_KEPT, upside_localnet::NOT_KEPT);
        assert_eq!(MAYBE_KEPT, upside_localnet::MAYBE_KEPT);
    }
}
