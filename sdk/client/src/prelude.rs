//! What a first program needs, in one line: `use upside_sdk::prelude::*;`.
//!
//! The Solana types are those of this SDK's signatures, re-exported so that their versions
//! fit.

pub use {
    crate::{
        action::{Plan, Step},
        error::SdkError,
        state::Account,
        transaction::TransactionRequest,
        transaction::{SendOptions, TransactionError, send_and_confirm},
    },
    solana_commitment_config::CommitmentConfig,
    solana_keypair::Keypair,
    solana_program::instruction::{AccountMeta, Instruction},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_signature::Signature,
    solana_signer::Signer,
    upside_core::{Atoms, Bps, Pubkey, Shares},
};
