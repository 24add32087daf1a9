//! Text in accounts: UTF-8 in zero-padded fields, safe to print anywhere.

use crate::error::{Check, Refusal, require};

/// Refuses texts longer than `most` bytes and texts with control characters,
/// among them those that reverse or hide what a reader sees.
pub fn check(text: &str, most: usize) -> Check<()> {
    let printable = |c: char| !c.is_control() && !is_invisible(c);
    require(
        text.len() <= most && text.chars().all(printable),
        Refusal::InvalidText,
    )
}

/// As [`check`], and not empty or blank.
pub fn check_filled(text: &str, most: usize) -> Check<()> {
    check(text, most)?;
    require(
        !text.trim().is_empty() && text.trim().len() == text.len(),
        Refusal::InvalidText,
    )
}

/// Zero-width characters, directional overrides and isolates, line and
/// paragraph separators, the byte order mark, tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Writes a text that must not be empty into a zero-padded field.
pub fn write<const N: usize>(field: &mut [u8; N], text: &str) -> Check<()> {
    check_filled(text, N)?;
    fill(field, text)
}

/// Writes a text that may be empty into a zero-padded field.
pub fn write_optional<const N: usize>(field: &mut [u8; N], text: &str) -> Check<()> {
    check(text, N)?;
    fill(field, text)
}

fn fill<const N: usize>(field: &mut [u8; N], text: &str) -> Check<()> {
    *field = [0; N];
    let place = field.get_mut(..text.len()).ok_or(Refusal::InvalidText)?;
    place.copy_from_slice(text.as_bytes());
    Ok(())
}

/// Reads a zero-padded field. Bytes that are no UTF-8 read as an empty text:
/// the program never writes any.
pub fn read(field: &[u8]) -> &str {
    let end = field
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(field.len());
    field
        .get(..end)
        .and_then(|bytes| core::str::from_utf8(bytes).ok())
        .unwrap_or("")
}
