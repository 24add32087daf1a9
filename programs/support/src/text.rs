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

/// Refuses texts longer than `most` bytes and texts with a [hidden](first_hidden) character.
pub fn check(text: &str, most: usize) -> Check<()> {
    require(
        text.len() <= most && first_hidden(text).is_none(),
        CommonError::InvalidText,
    )
}

/// The first character that is refused in a text, and how many stand before it: a control
/// character, or one that shows nothing or turns the direction. Joiners are taken where scripts
/// need them: between two letters of such a script, after a virama, and between emoji.
pub fn first_hidden(text: &str) -> Option<(usize, char)> {
    let mut before = '\0';
    let mut chars = text.chars().enumerate().peekable();
    while let Some((place, c)) = chars.next() {
        let after = chars.peek().map_or('\0', |(_, after)| *after);
        if !is_in_sight(before, c, after) {
            return Some((place, c));
        }
        before = c;
    }
    None
}

/// Whether a reader sees `c`, or what it does, between its neighbours. `'\0'` stands for none.
pub fn is_in_sight(before: char, c: char, after: char) -> bool {
    match c {
        ZWNJ | ZWJ => joins(before, c, after),
        '\u{FE0E}' | '\u{FE0F}' => is_symbol(before),
        c => !c.is_control() && !is_invisible(c),
    }
}

/// Keeps letters apart that would join.
const ZWNJ: char = '\u{200C}';
/// Joins letters, and emoji.
const ZWJ: char = '\u{200D}';

/// Whether a joiner has something to do between these.
fn joins(before: char, joiner: char, after: char) -> bool {
    is_virama(before)
        || (takes_joiners(before) && takes_joiners(after))
        || (joiner == ZWJ && (is_symbol(before) || before == '\u{FE0F}') && is_symbol(after))
}

/// Letters and their signs in scripts that are written with joiners: Arabic, Syriac, N'Ko, the
/// scripts of India and Sri Lanka, Myanmar, Khmer, Mongolian. Their digits and stops are none.
fn takes_joiners(c: char) -> bool {
    match u32::from(c) {
        0x0620..=0x065F | 0x066E..=0x06D3 | 0x06D5..=0x06DC | 0x06DF..=0x06EF => true,
        0x06FA..=0x06FF | 0x0710..=0x077F | 0x07CA..=0x07F5 | 0x08A0..=0x08FF => true,
        // Blocks of 128 with stops and digits at the same places.
        code @ 0x0900..=0x0DFF => !(0x64..=0x6F).contains(&(code & 0x7F)),
        0x1000..=0x103F | 0x1050..=0x108F | 0x1780..=0x17D3 | 0x1820..=0x18AA => true,
        0xFB50..=0xFDFF | 0xFE70..=0xFEFC => true,
        _ => false,
    }
}

/// Signs that end a syllable without a vowel: what follows them is joined or not.
fn is_virama(c: char) -> bool {
    let code = u32::from(c);
    ((0x0900..0x0D80).contains(&code) && code & 0x7F == 0x4D)
        || matches!(code, 0x0DCA | 0x1039 | 0x17D2)
}

/// Emoji and other pictures.
fn is_symbol(c: char) -> bool {
    matches!(u32::from(c), 0x203C..=0x2BFF | 0x3030 | 0x303D | 0x3297 | 0x3299 | 0x1F000..=0x1FAFF)
}

/// As [`check`], and not empty or blank.
pub fn check_filled(text: &str, most: usize) -> Check<()> {
    check(text, most)?;
    require(
        !text.trim().is_empty() && text.trim().len() == text.len(),
        CommonError::InvalidText,
    )
}

/// Zero-width characters, directional overrides and isolates, line and paragraph separators,
/// fillers and blanks that look like nothing, variation selectors, the byte order mark, tags.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
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
    fn joiners_stand_where_scripts_need_them() {
        for name in [
            "\u{639}\u{644}\u{6cc}\u{200c}\u{631}\u{636}\u{627}",
            "\u{dc1}\u{dca}\u{200d}\u{dbb}\u{dd3}",
            // Bengali, with a virama and nothing behind the joiner.
            "\u{9ac}\u{9a4}\u{9cd}\u{200d}",
            "\u{915}\u{94d}\u{200c}\u{937}",
            "\u{1f469}\u{200d}\u{1f680} Ada",
            "\u{2615}\u{fe0f} Ada",
            "\u{1f3f3}\u{fe0f}\u{200d}\u{1f308}",
        ] {
            assert_eq!(first_hidden(name), None, "{name:?}");
            assert_eq!(check_filled(name, 64), Ok(()), "{name:?}");
        }
        for (name, place) in [
            ("A\u{200c}da", 1),
            ("Ad\u{200d}a", 2),
            ("\u{200c}\u{639}\u{644}", 0),
            ("\u{639}\u{644}\u{200c}", 2),
            ("\u{639}\u{200c}\u{200c}\u{644}", 1),
            ("\u{639}\u{200c}a", 1),
            ("\u{661}\u{200c}\u{662}", 1),
            ("Ada\u{fe0f}", 3),
            ("Ada\u{200b}", 3),
            ("\u{3164}", 0),
            ("\u{2800}", 0),
            ("\u{ffa0}x", 0),
            ("Ada\u{202e}", 3),
            ("A\u{34f}da", 1),
        ] {
            let hidden = name.chars().nth(place).map(|c| (place, c));
            assert_eq!(first_hidden(name), hidden, "{name:?}");
            assert_eq!(check(name, 64), Err(CommonError::InvalidText), "{name:?}");
        }
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
