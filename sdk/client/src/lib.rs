//! The Upside SDK: everything to build on personal tokens and pooled indexes.
//!
//! What is pure comes from the crate `upside-core`: [`address`] finds accounts, [`state`]
//! decodes them, [`instruction`] builds, [`quote`] computes to the atom what the chain will
//! do, [`event`] reads what it did. This crate adds what reads and sends: [`fetch`] reads
//! over the ordinary `RpcClient`, [`history`] all that was ever done, [`action`] puts
//! fetching, quoting and building together into plans, and [`transaction`] sends them.
//! [`prelude`] has what a first program needs. The crate `upside-localnet` is a chain to
//! develop and test against.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod action;
pub mod confusable;
pub mod error;
pub mod fetch;
pub mod history;
pub mod identity;
pub mod index;
pub mod inspect;
pub mod lookup_table;
pub mod nonce;
pub mod pass;
pub mod prelude;
pub mod transaction;
pub mod transport;

pub use solana_rpc_client::nonblocking::rpc_client::RpcClient;
pub use upside_core::{
    Atoms, Bps, IndexError, Pubkey, Purchase, Shares, TokenError, address, amount, anchor, event,
    hex, instruction, log_size, metadata, mint, quote, raw, report, state, text,
};

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
#[doc = include_str!("../../../docs/guide/integrator.md")]
struct Guide;
