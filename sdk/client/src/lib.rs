//! The Upside SDK: everything to build on personal tokens.
//!
//! The core is pure. [`address`] finds accounts, [`state`] decodes them,
//! [`instruction`] builds, [`quote`] tells to the atom what the chain will do,
//! [`event`] reads what it did, [`history`] all that was ever done. [`fetch`] reads over the ordinary `RpcClient`,
//! [`action`] puts fetching, quoting and building together into plans, and
//! [`transaction`] sends them. [`embedded`] is a chain to develop and test against.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod action;
pub mod address;
pub mod amount;
pub mod embedded;
pub mod error;
pub mod event;
pub mod fetch;
pub mod hex;
pub mod history;
pub mod identity;
pub mod index;
pub mod inspect;
pub mod instruction;
pub mod log_size;
pub mod lookalike;
pub mod lookup_table;
pub mod metadata;
pub mod nonce;
pub mod pass;
pub mod quote;
pub mod state;
pub mod transaction;
pub mod transport;

pub use anchor_lang as anchor;
pub use anchor_lang::prelude::Pubkey;
pub use personal_token::error::TokenError;
pub use pooled_index::error::IndexError;
pub use solana_rpc_client::nonblocking::rpc_client::RpcClient;
pub use upside_math::{Atoms, Bps, Purchase, Shares};

/// The programs of this version: address and ELF, as built from the sources.
pub fn programs() -> [(Pubkey, &'static [u8]); 2] {
    [
        (
            state::PROGRAM_ID,
            include_bytes!("../elf/personal_token.so"),
        ),
        (index::PROGRAM_ID, include_bytes!("../elf/pooled_index.so")),
    ]
}

#[cfg(doctest)]
#[doc = include_str!("../../docs/guide/integrator.md")]
struct Guide;
