//! What can go wrong, and what to do about it.

pub use upside_core::error::{CoreError, Refusal};

use {
    crate::transaction::TransactionError, anchor_lang::prelude::Pubkey,
    personal_token::error::TokenError, pooled_index::error::IndexError,
    solana_rpc_client_api::client_error::Error as ClientError, upside_math::MathError,
};

/// An error of the SDK.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SdkError {
    /// The program refuses, or would: nothing moved.
    #[error("{}", CoreError::Refused(*.0))]
    Refused(TokenError),
    /// The index program refuses, or would: nothing moved.
    #[error("{}", CoreError::IndexRefused(*.0))]
    IndexRefused(IndexError),
    /// A computation has no result.
    #[error("{}", CoreError::Math(*.0))]
    Math(#[from] MathError),
    /// Nothing is where something should be.
    #[error("{what} not found: {query}")]
    NotFound {
        /// What was looked for.
        what: &'static str,
        /// By which key or words.
        query: String,
    },
    /// Several tokens fit.
    #[error(
        "several tokens are called {query}: name one by its address: {}",
        list(candidates)
    )]
    Ambiguous {
        /// What was asked for.
        query: String,
        /// The addresses of those that fit.
        candidates: Vec<Pubkey>,
    },
    /// An account is not what it should be.
    #[error("{}", CoreError::WrongAccount { key: *key, expected, why })]
    WrongAccount {
        /// The account.
        key: Pubkey,
        /// What it should be.
        expected: &'static str,
        /// What is wrong.
        why: &'static str,
    },
    /// What new shares must bring is in nobody's account that could pay it.
    #[error(
        "the endowment lacks {missing} atoms of {mint} ({decimals} decimals) that new shares must bring: get them and try again"
    )]
    EndowmentShort {
        /// The asset's mint.
        mint: Pubkey,
        /// Atoms that are missing.
        missing: u64,
        /// Decimals of the mint.
        decimals: u8,
    },
    /// A round whose price is the backing itself would be bought out at once.
    #[error("{}", CoreError::RoundAtBacking)]
    RoundAtBacking,
    /// The cluster did not answer, or not as it should.
    #[error("the cluster does not answer: {0}; check the URL and the network, then try again")]
    Rpc(#[source] Box<ClientError>),
    /// The instructions do not make a transaction.
    #[error(transparent)]
    Transaction(Box<TransactionError>),
    /// Any other error of the core.
    #[error(transparent)]
    Core(Box<CoreError>),
}

fn list(keys: &[Pubkey]) -> String {
    keys.iter()
        .map(Pubkey::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

impl From<CoreError> for SdkError {
    fn from(error: CoreError) -> Self {
        match error {
            CoreError::Refused(error) => SdkError::Refused(error),
            CoreError::IndexRefused(error) => SdkError::IndexRefused(error),
            CoreError::Math(error) => SdkError::Math(error),
            CoreError::NotFound { what, query } => SdkError::NotFound { what, query },
            CoreError::WrongAccount { key, expected, why } => {
                SdkError::WrongAccount { key, expected, why }
            }
            CoreError::RoundAtBacking => SdkError::RoundAtBacking,
            other => SdkError::Core(Box::new(other)),
        }
    }
}

impl From<TokenError> for SdkError {
    fn from(error: TokenError) -> Self {
        SdkError::Refused(error)
    }
}

impl From<TransactionError> for SdkError {
    fn from(error: TransactionError) -> Self {
        SdkError::Transaction(Box::new(error))
    }
}

impl From<IndexError> for SdkError {
    fn from(error: IndexError) -> Self {
        SdkError::IndexRefused(error)
    }
}

impl From<ClientError> for SdkError {
    fn from(error: ClientError) -> Self {
        SdkError::Rpc(Box::new(error))
    }
}
