//! Upside without I/O: everything about personal tokens and pooled indexes that needs no
//! network, no clock and no disk. It compiles to wasm32.
//!
//! [`address`] finds accounts, [`state`] decodes them, [`instruction`] builds, [`quote`]
//! computes to the atom what the chain will do, [`event`] reads what it did, and
//! [`inspect`] builds reports of given accounts. [`index`] has the same modules for pooled
//! indexes. The crate `upside-sdk` adds reading and sending.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod address;
pub mod amount;
pub mod confusable;
pub mod error;
pub mod event;
pub mod hex;
pub mod history;
pub mod identity;
pub mod index;
pub mod inspect;
pub mod instruction;
pub mod log_size;
pub mod metadata;
pub mod mint;
pub mod pass;
pub mod quote;
pub mod raw;
pub mod report;
pub mod state;
pub mod text;

pub use anchor_lang as anchor;
pub use anchor_lang::prelude::Pubkey;
pub use personal_token::error::TokenError;
pub use pooled_index::error::IndexError;
pub use upside_math::{Atoms, Bps, Purchase, Shares};
