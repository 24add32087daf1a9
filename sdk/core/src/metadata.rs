//! The file that wallets read of shares: a share mint names its address, and the file has
//! what does not fit a mint, above all the picture. [`SCHEMA`] describes it; [`problems`]
//! says in words what a file lacks.

use {
    serde::{Deserialize, Serialize},
    serde_json::Value,
    std::collections::BTreeMap,
    upside_support::text,
};

/// The JSON schema of the file, `docs/schema/share-metadata.schema.json`.
pub const SCHEMA: &str = include_str!("share-metadata.schema.json");

/// Longest name on a share mint, in bytes.
const MAX_NAME: usize = 64;
/// Longest symbol on a share mint, in bytes.
const MAX_SYMBOL: usize = 16;
/// Longest description and longest address, in characters.
const MAX_TEXT: usize = 2_000;
/// Most further links.
const MAX_LINKS: usize = 20;

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetadataFile {
    /// Name, as on the share mint.
    pub name: String,
    /// Symbol, as on the share mint.
    pub symbol: String,
    /// What the shares are, in a few sentences.
    pub description: String,
    /// Address of a square picture: `https`, `ipfs` or `ar`.
    pub image: String,
    /// The page of the person or of the index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_url: Option<String>,
    /// Further links by kind: `website`, `twitter`, `telegram`, `discord`, `github`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extensions: BTreeMap<String, String>,
}

impl MetadataFile {
    /// The file's text, indented.
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// What is wrong with it; nothing if wallets can show it.
    pub fn problems(&self) -> Vec<String> {
        serde_json::to_value(self).map_or_else(|_| Vec::new(), |value| problems(&value))
    }
}

/// What is wrong with a file, a sentence each; empty if wallets can show it.
///
/// # Example
/// ```
/// let file = serde_json::json!({ "name": "Ada", "symbol": "ADA", "image": "http://ada.example" });
/// let wrong = upside_core::metadata::problems(&file);
/// assert_eq!(wrong.len(), 2);
/// assert!(wrong[0].starts_with("description"));
/// assert!(wrong[1].starts_with("image"));
/// ```
pub fn problems(file: &Value) -> Vec<String> {
    let Value::Object(fields) = file else {
        return vec!["the file is no JSON object: it begins with { and ends with }".into()];
    };
    let mut wrong = Vec::new();
    for (field, most) in [("name", MAX_NAME), ("symbol", MAX_SYMBOL)] {
        let fits = fields
            .get(field)
            .and_then(Value::as_str)
            .is_some_and(|text| text::check_filled(text, most).is_ok());
        if !fits {
            wrong.push(format!(
                "{field} is missing, or no text of up to {most} bytes without hidden characters"
            ));
        }
    }
    let description = fields.get("description").and_then(Value::as_str);
    let count = description.map_or(0, |text| text.chars().count());
    if !(1..=MAX_TEXT).contains(&count) {
        wrong.push(format!(
            "description is missing, or no text of up to {MAX_TEXT} characters"
        ));
    }
    if !fields.get("image").is_some_and(is_picture) {
        wrong.push(
            "image is missing, or no address that begins with https://, ipfs:// or ar://".into(),
        );
    }
    if fields.get("external_url").is_some_and(|url| !is_page(url)) {
        wrong.push("external_url is no address that begins with https://".into());
    }
    match fields.get("extensions") {
        None => {}
        Some(Value::Object(links)) if links.len() <= MAX_LINKS => {
            for (kind, url) in links {
                if !is_kind(kind) {
                    wrong.push(format!("extensions: {kind:?} is no kind of link: use small letters, as in twitter"));
                }
                if !is_page(url) {
                    wrong.push(format!("extensions: {kind:?} is no address that begins with https://"));
                }
            }
        }
        Some(_) => wrong.push(format!(
            "extensions is no list of up to {MAX_LINKS} links by kind, as in {{\"twitter\": \"https://…\"}}"
        )),
    }
    wrong
}

/// Where in a file it says something else than the share mint, a sentence each.
pub fn contradictions(file: &Value, name: &str, symbol: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (field, on_mint) in [("name", name), ("symbol", symbol)] {
        let said = file.get(field).and_then(Value::as_str).unwrap_or_default();
        if said != on_mint {
            wrong.push(format!(
                "{field} is {said:?}, and {on_mint:?} on the share mint"
            ));
        }
    }
    wrong
}

fn is_address(value: &Value, schemes: &[&str]) -> bool {
    let Some(text) = value.as_str() else {
        return false;
    };
    let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme));
    let shown = |rest: &str| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic());
    text.len() <= MAX_TEXT && rest.is_some_and(shown)
}

fn is_picture(value: &Value) -> bool {
    is_address(value, &["https://", "ipfs://", "ar://"])
}

fn is_page(value: &Value) -> bool {
    is_address(value, &["https://"])
}

/// A kind of link: small letters, digits and underscores.
fn is_kind(kind: &str) -> bool {
    let small = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    kind.len() <= 32
        && kind.bytes().all(small)
        && kind
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_lowercase())
}
