//! What the programs share: making and proving their own accounts, calls of token
//! programs with exact checks, admission of foreign mints, texts, and the shape of
//! errors and events.
//!
//! Each program tells its address and its errors through [`Program`]; a refusal
//! here becomes that program's own named error.

#![deny(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]
#![deny(clippy::expect_used, clippy::panic, clippy::cast_possible_truncation)]
#![deny(clippy::cast_sign_loss, clippy::cast_possible_wrap)]

mod account_io;
mod byte_enum;
mod call;
pub mod entry;
mod error;
mod event;
#[cfg(not(target_os = "solana"))]
mod field;
pub mod keys;
pub mod mint_policy;
mod share_mint;
pub mod text;
mod token_account;
mod token_io;

pub use byte_enum::{Byte, ByteEnum};
#[cfg(not(target_os = "solana"))]
pub use field::Field;
pub use {
    account_io::AccountIo,
    call::{CpiAccount, call},
    error::{Check, CommonError},
    event::{Event, MAX_EVENT, log},
    share_mint::{MAX_URI, MetadataField, MintTexts, ShareMint},
    token_io::{TokenIo, Transfer},
};

/// What the shared code must know of the program that it works for.
pub trait Program {
    /// The program's address.
    const ID: anchor_lang::prelude::Pubkey;
    /// The program's errors.
    type Error: From<CommonError> + Into<anchor_lang::error::Error>;
}
