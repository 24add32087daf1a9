//! Texts of a token: the rule that all programs share, with this program's limits
//! and errors.

use {crate::error::ProgramResult, upside_support::text as shared};

pub use {shared::read, upside_support::MAX_URI};

/// Most bytes of a token's name.
pub const MAX_NAME: usize = 64;
/// Most bytes of a token's symbol.
pub const MAX_SYMBOL: usize = 12;

/// Refuses texts longer than `most` bytes and texts with control characters,
/// among them those that reverse or hide what a reader sees.
pub fn check(text: &str, most: usize) -> ProgramResult<()> {
    Ok(shared::check(text, most)?)
}

/// As [`check`], and not empty or blank.
pub fn check_filled(text: &str, most: usize) -> ProgramResult<()> {
    Ok(shared::check_filled(text, most)?)
}

/// Writes a text that must not be empty into a zero-padded field.
pub(crate) fn write<const N: usize>(field: &mut [u8; N], text: &str) -> ProgramResult<()> {
    Ok(shared::write(field, text)?)
}

/// Writes a text that may be empty into a zero-padded field.
pub(crate) fn write_optional<const N: usize>(field: &mut [u8; N], text: &str) -> ProgramResult<()> {
    Ok(shared::write_optional(field, text)?)
}
