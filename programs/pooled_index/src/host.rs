//! This program as the shared code knows it.

use {crate::error::IndexError, anchor_lang::prelude::Pubkey};

/// Address and errors of this program.
pub(crate) struct ThisProgram;

impl upside_support::Program for ThisProgram {
    const ID: Pubkey = crate::ID;
    type Error = IndexError;
}

/// Making, reading and closing this program's accounts.
pub(crate) type AccountIo = upside_support::AccountIo<ThisProgram>;
/// Calls of token programs.
pub(crate) type TokenIo = upside_support::TokenIo<ThisProgram>;
