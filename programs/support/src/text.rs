//! Text in accounts: UTF-8 in zero-padded fields, safe to print anywhere.

use {
    crate::error::{Check, CommonError, require},
    anchor_lang::AnchorDeserialize,
    std::io::{Error, ErrorKind, Read},
};

/// Longest text or list of bytes in an instruction's data: no transaction has more.
const LONGEST: u32 = 1_232;

/// Reads bytes behind their length. What borsh itself does for a length beyond the
/// data is to reserve a mebibyte, which is more than a program's whole heap. Errors:
/// `InvalidData`, which the framework names `InstructionDidNotDeserialize`.
pub fn read_bytes<R: Read>(reader: &mut R) -> core::result::Result<Vec<u8>, Error> {
    let length = u32::deserialize_reader(reader)?;
    if length > LONGEST {
        return Err(ErrorKind::InvalidData.into());
    }
    let length = usize::try_from(length).map_err(|_| ErrorKind::InvalidData)?;
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Reads a text as [`read_bytes`] does.
pub fn read_text<R: Read>(reader: &mut R) -> core::result::Result<String, Error> {
    String::from_utf8(read_bytes(reader)?).map_err(|_| ErrorKind::InvalidData.into())
}

/// Reads a text that may be left out.
pub fn read_option<R: Read>(reader: &mut R) -> core::result::Result<Option<String>, Error> {
    let given = bool::deserialize_reader(reader)?;
    given.then(|| read_text(reader)).transpose()
}

/// Refuses texts longer than `most` bytes and texts with control characters,
/// among them those that reverse or hide what a reader sees.
pub fn check(text: &str, most: usize) -> Check<()> {
    let printable = |c: char| !c.is_control() && !is_invisible(c);
    require(
        text.len() <= most && text.chars().all(printable),
        CommonError::InvalidText,
    )
}

/// As [`check`], and not empty or blank.
pub fn check_filled(text: &str, most: usize) -> Check<()> {
    check(text, most)?;
    require(
        !text.trim().is_empty() && text.trim().len() == text.len(),
        CommonError::InvalidText,
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
    let place = field
        .get_mut(..text.len())
        .ok_or(CommonError::InvalidText)?;
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// A length, and the bytes behind it.
    fn data(length: u32, bytes: &[u8]) -> Vec<u8> {
        [&length.to_le_bytes(), bytes].concat()
    }

    #[test]
    fn texts_are_read_as_borsh_writes_them() {
        let bytes = data(3, b"Ada!");
        let mut rest = &bytes[..];
        assert_eq!(read_text(&mut rest).unwrap(), "Ada");
        assert_eq!(rest, b"!");
        let some = [&[1][..], &data(0, b"")].concat();
        assert_eq!(read_option(&mut &some[..]).unwrap(), Some(String::new()));
        assert_eq!(read_option(&mut &[0][..]).unwrap(), None);
    }

    #[test]
    fn lengths_beyond_the_data_are_refused_without_reserving_memory() {
        for length in [4, LONGEST, LONGEST + 1, 1 << 24, u32::MAX] {
            assert!(read_bytes(&mut &data(length, b"Ada")[..]).is_err());
        }
        assert!(read_text(&mut &data(2, &[0xc3, 0x28])[..]).is_err());
        assert!(read_option(&mut &[2][..]).is_err());
    }
}
