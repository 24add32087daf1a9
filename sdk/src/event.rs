//! Events of a transaction, from its logs.

use base64::{Engine as _, engine::general_purpose::STANDARD};

pub use personal_token::events::{Header, TokenEvent};

const PREFIX: &str = "Program data: ";

/// The program's events among a transaction's log lines, in order. Lines that are
/// no events of this program are passed over.
///
/// ```
/// let events = upside_sdk::event::of_logs(&["Program log: hello".to_string()]);
/// assert!(events.is_empty());
/// ```
pub fn of_logs(logs: &[String]) -> Vec<TokenEvent> {
    let lines = logs.iter().filter_map(|line| line.strip_prefix(PREFIX));
    lines
        .filter_map(|line| TokenEvent::decode(&STANDARD.decode(line).ok()?))
        .collect()
}
