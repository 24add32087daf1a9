//! What a first program needs, in one line: `use upside_sdk::prelude::*;`.
//!
//! ```no_run
//! use upside_sdk::{fetch, prelude::*};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = RpcClient::new("http://127.0.0.1:8899".to_string());
//! let token = fetch::find(&client, "ADA").await?;
//! println!("{} belongs to {}", token.key, token.data.owner);
//! # Ok(())
//! # }
//! ```
//!
//! The Solana types are those of this SDK's signatures, re-exported so that their versions
//! fit.

pub use {
    crate::{
        action::{Plan, Step},
        error::SdkError,
        state::Account,
        transaction::{SendOptions, TransactionError, TransactionRequest, send_and_confirm},
    },
    solana_commitment_config::CommitmentConfig,
    solana_keypair::Keypair,
    solana_program::instruction::{AccountMeta, Instruction},
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    solana_signature::Signature,
    solana_signer::Signer,
    upside_core::{Atoms, Bps, Pubkey, Shares},
};
