//! Names of one's own for tokens, indexes and keys, in a file of this machine.

use {
    std::{
        collections::BTreeMap,
        env, fs, io,
        path::{Path, PathBuf},
        str::FromStr,
    },
    upside_sdk::Pubkey,
};

/// Most letters of a name.
const LONGEST: usize = 32;
/// Words that mean something else.
const TAKEN: [&str; 8] = [
    "all", "cash", "config", "max", "none", "now", "quote", "sol",
];

/// A name of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias(pub String);

impl FromStr for Alias {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let fits = (1..=LONGEST).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(plain);
        if !fits {
            return Err("a name has up to 32 letters, digits, - and _, a letter first".to_string());
        }
        if TAKEN.contains(&text.to_ascii_lowercase().as_str()) || Pubkey::from_str(text).is_ok() {
            return Err(format!("{text:?} means something else"));
        }
        Ok(Alias(text.to_string()))
    }
}

/// Where names are kept.
pub fn path() -> Option<PathBuf> {
    let named = env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let named = named.filter(|dir| dir.is_absolute());
    let home = || env::home_dir().filter(|home| !home.as_os_str().is_empty());
    let dir = named.or_else(|| Some(home()?.join(".config")))?;
    Some(dir.join("upside").join("aliases.json"))
}

/// All names in a file; none if there is no such file.
pub fn read(path: &Path) -> io::Result<BTreeMap<String, String>> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(io::Error::other),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}

/// The address behind a name, if it is one.
pub fn find(text: &str) -> Option<Pubkey> {
    let names = read(&path()?).ok()?;
    Pubkey::from_str(names.get(text)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_plain_and_free() {
        for text in ["ben", "Ada-2", "old_wallet"] {
            assert!(text.parse::<Alias>().is_ok(), "{text}");
        }
        let key = Pubkey::new_unique().to_string();
        for text in [
            "",
            "2ben",
            "ben.json",
            "a b",
            "ALL",
            "none",
            &key,
            &"a".repeat(33),
        ] {
            assert!(text.parse::<Alias>().is_err(), "{text}");
        }
    }
}
