use {
    super::looks::{is_signature, looks_secret},
    std::sync::{Mutex, PoisonError},
};

/// What stands in the place of what is hidden.
const HIDDEN: &str = "…";
/// Shortest part of a URL's path that may be a key; queries and users are hidden always.
const KEY: usize = 8;

/// What is not to be shown, each with what is shown in its place. The longest come first.
static KEPT: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

fn keep(secret: &str, shown: String) {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if secret.is_empty() || kept.iter().any(|(known, _)| known == secret) {
        return;
    }
    kept.push((secret.to_string(), shown));
    kept.sort_by_key(|(secret, _)| std::cmp::Reverse(secret.len()));
}

/// Remembers that a word is never to be shown if it looks like a secret key.
pub fn keep_word(word: &str) {
    for part in [word].into_iter().chain(word.split('=')) {
        if looks_secret(part) {
            keep(part, HIDDEN.to_string());
        }
    }
}

/// Remembers that no key in a cluster's URL is ever to be shown: neither the URL nor a part
/// of it that a node repeats.
pub fn keep_url(url: &str) {
    let parts = Parts::of(url);
    let plain = parts.after.is_empty() && parts.user.is_empty();
    if plain || url.starts_with("embedded:") {
        return;
    }
    keep(url, host(url));
    keep(parts.user, HIDDEN.to_string());
    for word in parts.user.split(':').filter(|word| word.len() > 2) {
        keep(word, HIDDEN.to_string());
    }
    let (path, query) = parts
        .after
        .split_once(['?', '#'])
        .unwrap_or((parts.after, ""));
    for word in path.split('/').filter(|word| word.len() >= KEY) {
        keep(word, HIDDEN.to_string());
    }
    for pair in query.split(['&', '#']) {
        let value = pair.split_once('=').map_or(pair, |(_, value)| value);
        if value.len() > 2 {
            keep(value, HIDDEN.to_string());
        }
    }
}

/// The pieces of a URL, of a good one or of a mistyped one.
struct Parts<'a> {
    scheme: &'a str,
    user: &'a str,
    host: &'a str,
    after: &'a str,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Self {
        let (scheme, rest) = match url.find("//") {
            Some(place) => url.split_at(place + 2),
            None => ("", url),
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, after) = rest.split_at(end);
        let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        Parts {
            scheme,
            user,
            host,
            after: after.trim_end_matches('/'),
        }
    }
}

/// A URL without what may be a key: its scheme and its host.
pub fn host(url: &str) -> String {
    let parts = Parts::of(url);
    format!("{}{}", parts.scheme, parts.host)
}

/// A text without what is never to be shown.
pub fn hide_kept(text: &str) -> String {
    let mut text = text.to_string();
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    for (secret, shown) in kept.iter() {
        if text.contains(secret.as_str()) {
            text = text.replace(secret.as_str(), shown);
        }
    }
    text
}

/// A message without what is never to be shown, and with the hosts of URLs only.
pub fn hide(text: &str) -> String {
    let text = hide_kept(text);
    let mut shown = String::new();
    let mut rest = text.as_str();
    while let Some(start) = next_url(rest) {
        let (before, url) = rest.split_at(start);
        let end = |c: char| c.is_whitespace() || c.is_control() || "\"'<>`()".contains(c);
        let (url, after) = url.split_at(url.find(end).unwrap_or(url.len()));
        shown.push_str(before);
        shown.push_str(&host(url));
        rest = after;
    }
    shown.push_str(rest);
    hide_found(&shown)
}

/// A text without what looks like a secret key in it, wherever it came from: a file whose
/// reader quotes it, or a node. Signatures stay.
fn hide_found(text: &str) -> String {
    let mut shown = String::new();
    let end = |c: char| c.is_whitespace() || "\"'`()<>=:,".contains(c);
    for piece in text.split_inclusive(end) {
        let word = piece.trim_end_matches(end);
        let secret = word.len() > 80 && looks_secret(word) && !is_signature(word);
        shown.push_str(if secret { HIDDEN } else { word });
        shown.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    while let Some((start, end)) = list_in(&shown) {
        shown.replace_range(start..end, HIDDEN);
    }
    shown
}

/// Where a list of bytes stands that is long enough to be a key.
fn list_in(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(place) = text.get(from..)?.find('[') {
        let start = from + place;
        let rest = text.get(start..)?;
        let end = rest.find(']').map_or(rest.len(), |end| end + 1);
        let numbers = rest.get(..end)?.split(',').filter(|part| {
            let digits = part.trim_matches(|c: char| !c.is_ascii_digit());
            digits.parse::<u8>().is_ok()
        });
        if numbers.count() >= 32 {
            return Some((start, start + end));
        }
        from = start + 1;
    }
    None
}

/// Where the next URL of a network begins.
fn next_url(text: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(place) = text.get(from..)?.find("://") {
        let before = text.get(..from + place)?;
        let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.');
        let scheme = before.trim_end_matches(letter).len();
        if !["usb", "file", ""].contains(&before.get(scheme..)?) {
            return Some(scheme);
        }
        from += place + 3;
    }
    None
}

#[cfg(test)]
mod tests {
    use {super::*, solana_keypair::Keypair, solana_signer::Signer};

    #[test]
    fn a_url_is_its_host() {
        for (url, shown) in [
            ("https://rpc.example/v2/KEY", "https://rpc.example"),
            ("https://rpc.example/?api-key=KEY", "https://rpc.example"),
            ("https://rpc.example?api-key=KEY", "https://rpc.example"),
            (
                "https://ada:KEY@rpc.example:8899/x",
                "https://rpc.example:8899",
            ),
            ("wss://KEY@rpc.example", "wss://rpc.example"),
            ("rpc.example/KEY", "rpc.example"),
            ("http://127.0.0.1:8899", "http://127.0.0.1:8899"),
            ("https://rpc.example/#KEY", "https://rpc.example"),
        ] {
            assert_eq!(host(url), shown, "{url}");
        }
    }

    #[test]
    fn a_message_shows_hosts_and_no_keys() {
        let text = "error for url (https://rpc.example/v2/KEY123?x=1), and wss://u:p@b.c/d";
        assert_eq!(
            hide(text),
            "error for url (https://rpc.example), and wss://b.c"
        );
        keep_url("https://node.example/v2/0123456789abc?api-key=SECRETKEY");
        let text = "no such key: SECRETKEY at /v2/0123456789abc; usb://ledger?key=0/1 stays";
        assert_eq!(
            hide(text),
            "no such key: … at /v2/…; usb://ledger?key=0/1 stays"
        );
        keep_url("ftp//user:pa55@node.example/z");
        assert_eq!(
            hide("\"ftp//user:pa55@node.example/z\" pa55"),
            "\"ftp//node.example\" …"
        );
        let key = Keypair::new();
        let (secret, list) = (key.to_base58_string(), format!("{:?}", key.to_bytes()));
        let signature = key.sign_message(b"one").to_string();
        let shown = hide(&format!(
            "invalid type: string \"{secret}\", {list}; {signature}"
        ));
        assert_eq!(shown, format!("invalid type: string \"…\", …; {signature}"));
        keep_word("--to=[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]");
        assert!(!hide("bad [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]").contains("14,15"));
    }
}
