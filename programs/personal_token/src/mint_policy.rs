//! Which foreign mints are admitted: the rule that all programs share, with this
//! program's errors.

use {crate::error::ProgramResult, anchor_lang::prelude::*, upside_support::mint_policy as shared};

pub use shared::MintFacts;

/// Checks a mint against the allow-list. Errors: `WrongTokenProgram`, `WrongMint`,
/// `UnsupportedMint`.
pub fn check(mint: &AccountInfo) -> ProgramResult<MintFacts> {
    Ok(shared::check(mint)?)
}

/// [`check`] over an account's owner and bytes, for quotes and tests.
pub fn check_data(owner: &Pubkey, data: &[u8]) -> ProgramResult<MintFacts> {
    Ok(shared::check_data(owner, data)?)
}

/// Refuses shares of persons and of indexes. Errors: `WrongMint`, `WrongAccount`,
/// `CircularMint`.
pub fn require_not_ours(mint: &AccountInfo, authority: Option<&AccountInfo>) -> ProgramResult<()> {
    Ok(shared::require_not_ours(mint, authority)?)
}

/// Decimals of a mint whose tokens were admitted before. Errors: `WrongMint`.
pub fn decimals(mint: &AccountInfo) -> ProgramResult<u8> {
    Ok(shared::decimals(mint)?)
}
