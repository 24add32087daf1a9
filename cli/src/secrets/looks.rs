//! What a secret key looks like, in the forms in which wallets export it.

use {
    solana_keypair::Keypair,
    solana_signature::Signature,
    std::{collections::BTreeSet, ffi::OsStr, str::FromStr},
    upside_sdk::Pubkey,
};

/// Base58 digits of 64 bytes: most keys have 87 or 88. Some are left out for typing errors.
const BASE58: std::ops::RangeInclusive<usize> = 64..=100;
/// Hexadecimal digits of 32 and of 64 bytes, with some for typing errors.
const HEX: std::ops::RangeInclusive<usize> = 60..=140;
/// Words of a seed phrase, in which each word has three to eight letters.
const WORDS: std::ops::RangeInclusive<usize> = 12..=25;
const LETTERS: std::ops::RangeInclusive<usize> = 3..=8;
/// Fewer numbers than these are no part of a key.
const NUMBERS: usize = 16;
/// Fewer different digits than these are no key: somebody holds a letter down.
const DIFFERENT: usize = 8;

/// Whether a text looks like a secret key: 64 bytes in base58, 32 or 64 in hexadecimal
/// digits, a list of bytes, or a seed phrase.
pub fn looks_secret(text: &str) -> bool {
    let text = text.trim().trim_matches(['"', '\'']);
    is_base58(text) || is_hex(text) || is_list(text) || is_phrase(text)
}

fn is_base58(text: &str) -> bool {
    let digit = |b: u8| b.is_ascii_alphanumeric() && !matches!(b, b'0' | b'O' | b'I' | b'l');
    BASE58.contains(&text.len()) && text.bytes().all(digit) && is_mixed(text)
}

fn is_mixed(text: &str) -> bool {
    let different: BTreeSet<u8> = text.bytes().collect();
    different.len() >= DIFFERENT
}

fn is_hex_digit(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
}

fn is_hex(text: &str) -> bool {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    HEX.contains(&digits.len()) && digits.bytes().all(is_hex_digit) && is_mixed(digits)
}

/// Whether it is a list of bytes, or begins as one: an unquoted list arrives in pieces.
fn is_list(text: &str) -> bool {
    let inside = text.trim_start_matches(['[', '{', '(']);
    let marks = |c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | ' ' | ']' | '}' | ')');
    if inside.is_empty() || !inside.chars().all(marks) {
        return false;
    }
    let bytes = inside.split(|c: char| !c.is_ascii_digit());
    let bytes = bytes.filter(|part| !part.is_empty() && part.len() <= 3);
    let count = bytes.count();
    count >= NUMBERS || (text.starts_with('[') && count > 0)
}

fn is_phrase(text: &str) -> bool {
    let marks = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '_');
    let words: Vec<&str> = text.split(marks).filter_map(word).collect();
    WORDS.contains(&words.len())
        && words.iter().all(|word| {
            LETTERS.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphabetic())
        })
}

/// A word without its number, as in `3. abandon`; `None` if nothing is left.
fn word(text: &str) -> Option<&str> {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ':');
    let word = text.trim_matches(number).trim_matches(['"', '\'']);
    (!word.is_empty()).then_some(word)
}

/// Which argument of a command line looks like a secret key, by its option or its place.
/// Signatures and hashes look alike: they are let through where they belong.
pub fn as_argument<T: AsRef<OsStr>>(arguments: &[T]) -> Option<String> {
    let texts: Vec<_> = arguments
        .iter()
        .map(|argument| argument.as_ref().to_string_lossy())
        .collect();
    let mut run = 0;
    for (place, text) in texts.iter().enumerate().skip(1) {
        let before = texts.get(place - 1).map_or("", AsRef::as_ref);
        let (option, value) = match text.split_once('=') {
            Some((option, value)) if option.starts_with('-') => (option, value),
            _ => (before, text.as_ref()),
        };
        let pair = value.split_once('=');
        let secret = match pair {
            Some((key, value)) => {
                let signs = Pubkey::from_str(key).is_ok() && is_signature(value);
                looks_secret(key) || (looks_secret(value) && !signs)
            }
            None if takes_hash(option) => looks_secret(value) && !is_hash(value),
            None if texts.iter().any(|text| text == "confirm") => {
                looks_secret(value) && !is_signature(value)
            }
            None => looks_secret(value),
        };
        // A phrase without quotes, word by word.
        let lone = |text: &str| {
            let word = word(text).unwrap_or_default();
            LETTERS.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
        };
        run = if lone(text) { run + 1 } else { 0 };
        if secret || run >= *WORDS.start() {
            return Some(match option.starts_with('-') {
                true => format!("what is given for {option}"),
                false => format!("argument {place}"),
            });
        }
    }
    None
}

/// Whether it can be a signature: 64 bytes, of which the second half is not the key of the
/// first, as it is in a secret key.
pub fn is_signature(text: &str) -> bool {
    Signature::from_str(text).is_ok() && Keypair::try_from_base58_string(text).is_err()
}

fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(is_hex_digit)
}

/// Whether an option takes 32 bytes in hexadecimal digits.
fn takes_hash(option: &str) -> bool {
    ["--document", "--evidence", "--reasons", "--subject"].contains(&option)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHRASE: &str =
        "legal winner thank year wave sausage worth useful legal winner thank yellow";

    fn list(key: &Keypair) -> String {
        format!("{:?}", key.to_bytes())
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[test]
    fn every_form_of_a_secret_key_is_known() {
        for _ in 0..50 {
            let key = Keypair::new();
            let base58 = key.to_base58_string();
            let bare = list(&key).replace(['[', ']'], "");
            for secret in [
                base58.clone(),
                base58[..base58.len() - 2].to_string(),
                format!("\"{base58}\""),
                list(&key),
                bare.clone(),
                bare.replace(',', ""),
                bare.replace(' ', ""),
                hex(&key.to_bytes()),
                hex(key.secret_bytes()),
                format!("0x{}", hex(key.secret_bytes())),
            ] {
                assert!(looks_secret(&secret), "{secret}");
            }
            assert!(!looks_secret(&Signer::pubkey(&key).to_string()));
        }
        let words: Vec<_> = PHRASE.split(' ').collect();
        assert!(looks_secret(PHRASE) && looks_secret(&PHRASE.to_uppercase()));
        assert!(looks_secret(&[PHRASE, PHRASE].join("\n")));
        assert!(looks_secret(&words.join(",")));
        let numbered = words
            .iter()
            .zip(1..)
            .map(|(word, n)| format!("{n}. {word}"));
        assert!(looks_secret(&numbered.collect::<Vec<_>>().join(" ")));
    }

    use solana_signer::Signer;

    #[test]
    fn what_people_type_is_none() {
        let key = Keypair::new().pubkey().to_string();
        for plain in [
            key.as_str(),
            &format!("{key}=60%"),
            "id.json",
            "/home/ada/keys/some/very/deep/folder/of/the/old/machine/here/id.json",
            "ADA=250",
            "1_000",
            "2027-01-31T18:00:00Z",
            "100000@0.10",
            "https://rpc.example/v2",
            "[::1]:8899",
            "Songs that I wrote for my friends and played at the harbour in the summer of the year",
            "1,2,3",
            &"A".repeat(88),
            "",
        ] {
            assert!(!looks_secret(plain), "{plain}");
        }
    }

    #[test]
    fn signatures_and_hashes_are_let_through_where_they_belong() {
        let key = Keypair::new();
        let signature = key.sign_message(b"one").to_string();
        let secret = key.to_base58_string();
        let given = format!("{}={signature}", key.pubkey());
        let hash = "0123456789abcdef".repeat(4);
        let names = |arguments: &[&str]| as_argument(arguments);
        assert_eq!(names(&["upside", "confirm", &signature]), None);
        assert_eq!(
            names(&["upside", "redeem", "ADA", "1", "--signer", &given]),
            None
        );
        assert_eq!(names(&["upside", "claim", "--document", &hash]), None);
        assert_eq!(
            names(&["upside", "claim", &format!("--document={hash}")]),
            None
        );
        for arguments in [
            &["upside", "confirm", &secret][..],
            &["upside", "airdrop", "1", "--to", &signature],
            &["upside", "airdrop", "1", &format!("--to={secret}")],
            &[
                "upside",
                "redeem",
                "--signer",
                &format!("{}={secret}", key.pubkey()),
            ],
            &["upside", "claim", "--document", &hex(&key.to_bytes())],
            &["upside", "-k", &hash],
            &[
                &["upside", "-k"][..],
                &PHRASE.split(' ').collect::<Vec<_>>(),
            ]
            .concat(),
            &["upside", "-k", "[12,", "34,", "56]"],
        ] {
            let named = names(arguments);
            assert!(named.is_some(), "{arguments:?}");
            assert!(
                !named.unwrap_or_default().contains(&secret),
                "{arguments:?}"
            );
        }
        let named = names(&["upside", "airdrop", "1", "--to", &secret]);
        assert_eq!(named.as_deref(), Some("what is given for --to"));
        assert_eq!(
            names(&["upside", "confirm", &secret]).as_deref(),
            Some("argument 2")
        );
    }
}
