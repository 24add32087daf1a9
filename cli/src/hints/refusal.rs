//! What a program's refusal means.

use {
    super::{index, token},
    crate::error::{Described, Kind},
    upside_sdk::{IndexError, TokenError, error::Refusal},
};

/// A refusal by Upside's own program, foreseen or met.
pub fn of_token(error: TokenError) -> Described {
    of_refusal(&Refusal::Token(error))
}

/// A refusal by the index program, foreseen or met.
pub fn of_index(error: IndexError) -> Described {
    of_refusal(&Refusal::Index(error))
}

/// A refusal by any program.
pub fn of_refusal(refusal: &Refusal) -> Described {
    let text = refusal.message();
    // A program's message has the problem first, and after a colon what to do.
    let (message, advice) = match text.split_once(": ") {
        Some((message, advice)) => (message.to_string(), Some(advice.to_string())),
        None => (text, None),
    };
    let command = match refusal {
        Refusal::Token(error) => token::command_for(*error).map(str::to_string),
        Refusal::Index(error) => index::command_for(*error).map(str::to_string),
        _ => None,
    };
    let hint = match (advice, command) {
        // The command's help has the limits.
        (Some(advice), Some(command)) if advice.contains("documentation") => Some(command),
        // The program speaks to whoever sends instructions, not to who types commands.
        (Some(_), Some(command)) if is_for_callers(refusal) => Some(command),
        (Some(advice), Some(command)) => Some(format!("{advice} ({command})")),
        (advice, command) => advice.or(command),
    };
    Described {
        code: Some(refusal.code()),
        hint,
        ..Described::new(Kind::Refused, refusal.name(), message)
    }
}

/// Whether a program's own advice says nothing at a terminal.
fn is_for_callers(refusal: &Refusal) -> bool {
    let Refusal::Token(error) = refusal else {
        return false;
    };
    matches!(
        error,
        TokenError::InvalidPeriod
            | TokenError::NothingToChange
            | TokenError::WrongClaimKind
            | TokenError::NotAttester
            | TokenError::InvalidAttester
            | TokenError::NoticePending
            | TokenError::TooFewToPut
            | TokenError::ZeroAmount
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_name_a_number_and_a_message() {
        for error in TokenError::ALL {
            let described = of_token(*error);
            assert_eq!(described.kind, Kind::Refused);
            assert_eq!(described.code, Some(error.code()));
            assert_eq!(described.name, error.name());
            assert!(!described.message.is_empty());
        }
        for error in IndexError::ALL {
            let described = of_index(*error);
            assert_eq!(described.code, Some(error.code()));
            assert!(described.hint.is_some() || !described.message.contains(": "));
        }
        assert!(
            of_token(TokenError::ZeroAmount)
                .hint
                .unwrap()
                .contains("above zero")
        );
        assert!(
            of_token(TokenError::Paused)
                .hint
                .unwrap()
                .contains("unpause")
        );
    }
}
