//! What a command line means that does not parse.

use {
    crate::error::{Described, Kind},
    clap::error::{ContextKind, ContextValue, ErrorKind},
    std::ffi::OsString,
};

/// An error of the command line's own, as it is shown to scripts.
pub fn of_clap(error: &clap::Error, arguments: &[OsString]) -> Described {
    let name = match error.kind() {
        ErrorKind::InvalidSubcommand => "UnknownCommand",
        ErrorKind::UnknownArgument => "UnknownArgument",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "InvalidValue",
        ErrorKind::MissingRequiredArgument => "MissingArgument",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "MissingCommand"
        }
        ErrorKind::ArgumentConflict => "ArgumentConflict",
        ErrorKind::NoEquals
        | ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues => "WrongNumberOfValues",
        ErrorKind::InvalidUtf8 => "NotUtf8",
        _ => "Usage",
    };
    if error.kind() == ErrorKind::InvalidUtf8 {
        return Described::new(Kind::Usage, name, not_utf8(arguments))
            .hint("type it in UTF-8; names of keys and tokens are, and a file can be renamed");
    }
    let text = error.render().to_string();
    let message = text
        .trim_start_matches("error: ")
        .split("\n\n")
        .next()
        .unwrap_or_default();
    let message = match name {
        // Clap shows the whole help here.
        "MissingCommand" => "a command is missing: name one of the help's",
        _ => message.trim(),
    };
    let suggested = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let suggested = suggested.iter().find_map(|kind| error.get(*kind));
    let hint = match suggested {
        Some(ContextValue::String(text)) => format!("did you mean {text}?"),
        Some(ContextValue::Strings(texts)) if !texts.is_empty() => {
            format!("did you mean {}?", texts.join(" or "))
        }
        _ => "see the command's --help for what it takes".to_string(),
    };
    Described::new(Kind::Usage, name, message).hint(hint)
}

/// Which argument has bytes that are no UTF-8.
fn not_utf8(arguments: &[OsString]) -> String {
    let place = arguments
        .iter()
        .position(|argument| argument.to_str().is_none());
    let text = place.and_then(|place| arguments.get(place));
    match (place, text) {
        (Some(place), Some(text)) => {
            let text = text.to_string_lossy();
            format!("argument {place}, {text:?}, has bytes that are no UTF-8")
        }
        _ => "an argument has bytes that are no UTF-8".to_string(),
    }
}
