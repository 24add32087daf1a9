//! What the embedded chain's errors mean.

use {
    crate::error::{Described, Kind},
    upside_localnet::EmbeddedError,
};

/// An error of the embedded chain, as it is shown.
pub fn of_embedded(error: &EmbeddedError) -> Described {
    let name = match error {
        EmbeddedError::InUse { .. } => "ChainInUse",
        EmbeddedError::Corrupt { .. } => "ChainCorrupt",
        EmbeddedError::Format { .. } => "ChainFormat",
        EmbeddedError::Unreadable { .. } => "ChainUnreadable",
        EmbeddedError::ReadOnly { .. } => "ChainReadOnly",
        EmbeddedError::Full { .. } => "ChainFull",
        EmbeddedError::Storage(_) | EmbeddedError::Unknown(_) => "ChainStorage",
        _ => "Chain",
    };
    let kind = match error {
        EmbeddedError::Unknown(_) => Kind::Unknown,
        _ => Kind::Local,
    };
    // What to do stands behind the first semicolon, if there is one.
    let text = error.to_string();
    match text.split_once("; ") {
        Some((message, hint)) => Described::new(kind, name, message).hint(hint),
        None => Described::new(kind, name, text),
    }
}
