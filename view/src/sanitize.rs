//! Texts that somebody else wrote: names, symbols, labels, addresses of documents. The
//! programs refuse characters that reverse or hide what a reader sees; a node, a foreign
//! mint or an old account may still carry them.

use {std::fmt::Write, upside_core::text::is_in_sight};

/// A text in which everything is in sight: a control character as its picture, one that
/// is invisible or turns the direction by its number.
pub fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut before = '\0';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        push(&mut seen, before, c, chars.peek().copied());
        before = c;
    }
    seen
}

/// A text as a terminal may have it: lines and our own colours stay, everything else is
/// made [visible]. Cursor movements, titles, links and concealed text are no colours.
pub fn terminal(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = '\0';
    while let Some(c) = rest.chars().next() {
        if let Some(length) = color(rest) {
            let (sequence, after) = rest.split_at(length);
            seen.push_str(sequence);
            rest = after;
            continue;
        }
        match c {
            '\n' | '\t' => seen.push(c),
            c => push(&mut seen, before, c, rest.chars().nth(1)),
        }
        before = c;
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    seen
}

/// A JSON document with the same value and everything in sight: what shows nothing, or
/// turns the direction, is written by its number.
pub fn json(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        // Lines and indents are of the document; inside texts they are escaped already.
        if c != '\n' && !is_in_sight('\0', c, '\0') {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(seen, "\\u{unit:04x}");
            }
        } else {
            seen.push(c);
        }
    }
    seen
}

/// The first `most` characters of a text; `None` if it has no more.
pub fn cut(text: &str, most: usize) -> Option<&str> {
    let (end, _) = text.char_indices().nth(most)?;
    text.get(..end)
}

/// Whether a text is a link that a reader may be offered: https, to a host that is
/// written out plainly. `https://bank.com@elsewhere.com` leads elsewhere and is none.
pub fn is_link(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    !host.is_empty()
        && host.chars().all(plain)
        && rest.chars().all(|c| c.is_ascii_graphic() && c != '\\')
}

/// What the programs take in a name stays as it is, joiners where scripts need them too.
fn push(seen: &mut String, before: char, c: char, after: Option<char>) {
    let code = u32::from(c);
    let picture = match code {
        0..=0x1f => char::from_u32(0x2400 + code),
        0x7f => Some('␡'),
        _ => None,
    };
    match picture {
        Some(picture) => seen.push(picture),
        None if is_in_sight(before, c, after.unwrap_or('\0')) => seen.push(c),
        None => {
            let _ = write!(seen, "⟨U+{code:04X}⟩");
        }
    }
}

/// Length of the colour sequence that a text starts with: `ESC [ numbers m`, of what
/// [`style`](crate::style) uses. Conceal, blink and inverse are not among it.
fn color(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("\u{1b}[")?;
    let end = inner.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    let (numbers, rest) = inner.split_at(end);
    if end > 16 || !rest.starts_with('m') {
        return None;
    }
    let ours = match numbers.split_once(";5;") {
        // Colours of a table's cells.
        Some(("38", color)) => color.parse::<u8>().is_ok(),
        _ => numbers.split(';').all(|number| {
            matches!(number, "" | "0" | "1" | "2" | "22" | "39")
                || number
                    .parse()
                    .is_ok_and(|color: u8| (30..=37).contains(&color))
        }),
    };
    // The sequence's three own characters are one byte each.
    ours.then_some(end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_out_of_sight() {
        assert_eq!(
            visible("Ada Lovelace ΑΔΑ 艾達 ☕"),
            "Ada Lovelace ΑΔΑ 艾達 ☕"
        );
        assert_eq!(visible("a\u{1b}[2Jb\r\n\0\u{7f}"), "a␛[2Jb␍␊␀␡");
        assert_eq!(visible("\u{202e}ada\u{200b}"), "⟨U+202E⟩ada⟨U+200B⟩");
        let joined = "\u{639}\u{644}\u{6cc}\u{200c}\u{631}";
        assert_eq!(
            (visible(joined), terminal(joined)),
            (joined.into(), joined.into())
        );
        assert_eq!(visible("A\u{200d}da"), "A⟨U+200D⟩da");
        assert_eq!(visible("\u{85}\u{9b}"), "⟨U+0085⟩⟨U+009B⟩");
    }

    #[test]
    fn a_terminal_gets_lines_and_our_colours_only() {
        use crate::style::{BAD, BOLD, DIM, GOOD, NAME, WARN, paint};
        for style in [BAD, BOLD, DIM, GOOD, NAME, WARN] {
            let painted = paint(style, "Ada\n\tLovelace");
            assert_eq!(terminal(&painted), painted);
        }
        let hostile = [
            // Moves, clears, titles, links, hides, takes over.
            ("\u{1b}[2J", "␛[2J"),
            ("\u{1b}[1A\rverified", "␛[1A␍verified"),
            ("\u{1b}]0;title\u{7}", "␛]0;title␇"),
            ("\u{1b}]8;;https://x\u{1b}\\", "␛]8;;https://x␛\\"),
            ("\u{1b}[8munverified", "␛[8munverified"),
            ("\u{1b}[38;5;300m", "␛[38;5;300m"),
            ("\u{9b}2J", "⟨U+009B⟩2J"),
            ("\u{1b}", "␛"),
            ("\u{2066}x\u{2069}", "⟨U+2066⟩x⟨U+2069⟩"),
        ];
        for (text, shown) in hostile {
            assert_eq!(terminal(text), shown);
        }
    }

    #[test]
    fn documents_keep_their_value() {
        let value = serde_json::json!({"a\u{202e}": "\u{1b}\u{85}\u{e0041}\u{7f}\n☕"});
        let text = json(&serde_json::to_string_pretty(&value).unwrap());
        assert!(
            text.contains("\\u202e") && text.contains("\\udb40\\udc41"),
            "{text}"
        );
        assert_eq!(terminal(&text), text);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            value
        );
    }

    #[test]
    fn tables_keep_their_colours() {
        use {crate::style, comfy_table::Color};
        for color in [
            Color::Green,
            Color::Yellow,
            Color::Cyan,
            Color::DarkGrey,
            Color::Red,
        ] {
            let columns = [style::Column::Words("who")];
            let table = style::table(&columns, vec![vec![style::colored(color, "Ada")]]);
            assert_eq!(terminal(&table), table, "{table:?}");
        }
    }

    #[test]
    fn only_a_plain_https_address_is_a_link() {
        for link in ["https://ada.example", "https://a.example:8443/b?c#d"] {
            assert!(is_link(link), "{link}");
        }
        for text in [
            "",
            "http://ada.example",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "https://bank.com@elsewhere.com",
            "https://a.example/\u{202e}x",
            "https://a.example/\"onclick=",
            "HTTPS://a.example/ b",
            "https://a\\b.example",
            "data:text/html,x",
        ] {
            // A quote is escaped where it stands; it is no reason to refuse.
            assert!(!is_link(text) || text.contains('"'), "{text}");
        }
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(cut("äöü", 2), Some("äö"));
        assert_eq!(cut("äöü", 3), None);
    }
}
