//! What must never be repeated: secret keys that people paste where a path or an address is
//! expected, and the keys of providers in URLs.

mod hidden;
mod looks;

pub use {
    hidden::{hide, hide_kept, host, keep_url, keep_word},
    looks::{as_argument, looks_secret},
};

use std::ffi::OsString;

/// Remembers what of a command line and of the environment is never to be shown.
pub fn keep(arguments: &[OsString]) {
    let mut before = String::new();
    for argument in arguments {
        let text = argument.to_string_lossy().into_owned();
        let attached = ["--url=", "-u=", "-u"];
        let attached = attached.iter().find_map(|option| text.strip_prefix(option));
        match attached {
            Some(url) if !url.is_empty() => keep_url(url),
            _ if ["-u", "--url"].contains(&before.as_str()) => keep_url(&text),
            _ => keep_word(&text),
        }
        before = text;
    }
    for name in ["UPSIDE_URL", "UPSIDE_TRUST"] {
        let value = std::env::var_os(name).unwrap_or_default();
        let text = value.to_string_lossy();
        keep_url(&text);
        text.split(',').for_each(keep_word);
    }
}

/// What a person is told of a secret key that stands where it does not belong.
pub const ADVICE: &str = "keep it in a file that only you can read and name the file, or pass it \
     on standard input with `-k -`; what stood on a command line may be in your shell's history";
