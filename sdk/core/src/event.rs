//! Events of a transaction, from its logs.

use {
    crate::state::PROGRAM_ID,
    anchor_lang::prelude::Pubkey,
    base64::{Engine as _, engine::general_purpose::STANDARD},
};

pub use {
    personal_token::events::{Header, TokenEvent},
    pooled_index::events::IndexEvent,
    upside_support::Field,
};

const DATA: &str = "Program data: ";

/// The events of one of the programs.
pub trait ProgramEvent: Sized {
    /// Whose events these are.
    const PROGRAM: Pubkey;

    /// Decodes the bytes of one `Program data:` line; `None` for anything else.
    fn decode(data: &[u8]) -> Option<Self>;
}

impl ProgramEvent for TokenEvent {
    const PROGRAM: Pubkey = PROGRAM_ID;

    fn decode(data: &[u8]) -> Option<Self> {
        TokenEvent::decode(data)
    }
}

impl ProgramEvent for IndexEvent {
    const PROGRAM: Pubkey = crate::index::PROGRAM_ID;

    fn decode(data: &[u8]) -> Option<Self> {
        IndexEvent::decode(data)
    }
}

/// A program's events among a transaction's log lines, in order. Lines that are
/// no events, and those that another program wrote, are passed over.
///
/// ```
/// use upside_core::event::{TokenEvent, of_logs};
///
/// let events: Vec<TokenEvent> = of_logs(&["Program log: hello".to_string()]);
/// assert!(events.is_empty());
/// ```
pub fn of_logs<E: ProgramEvent>(logs: &[String]) -> Vec<E> {
    let own = E::PROGRAM.to_string();
    let mut running: Vec<&str> = Vec::new();
    let mut events = Vec::new();
    for line in logs {
        if let Some(encoded) = line.strip_prefix(DATA) {
            if running.last() == Some(&own.as_str()) {
                let bytes = STANDARD.decode(encoded).unwrap_or_default();
                events.extend(E::decode(&bytes));
            }
        } else if let Some(call) = line.strip_prefix("Program ") {
            match call.split_once(' ') {
                // A program's own words: it may say anything there.
                Some((kind, _)) if kind.ends_with(':') => {}
                Some((program, rest)) if rest.starts_with("invoke [") => running.push(program),
                Some((program, rest)) => {
                    let over = rest == "success" || rest.starts_with("failed");
                    if over && running.last() == Some(&program) {
                        running.pop();
                    }
                }
                None => {}
            }
        }
    }
    events
}

#[cfg(test)]
mod tests {
    use {super::*, anchor_lang::Discriminator, personal_token::events::MetadataUpdated};

    fn logs(lines: &[&str]) -> Vec<String> {
        let event = MetadataUpdated {
            header: Header {
                token: PROGRAM_ID,
                slot: 5,
                sequence: 9,
            },
            mint: PROGRAM_ID,
            changes: 1,
            old_name: [0; 64],
            old_symbol: [0; 16],
            name: [65; 64],
            symbol: [0; 16],
        };
        let bytes = [MetadataUpdated::DISCRIMINATOR, bytemuck::bytes_of(&event)].concat();
        let data = format!("{DATA}{}", STANDARD.encode(bytes));
        let own = PROGRAM_ID.to_string();
        let fill = |line: &&str| line.replace("DATA", &data).replace("OWN", &own);
        lines.iter().map(fill).collect()
    }

    #[test]
    fn only_the_program_itself_is_believed() {
        let own = logs(&["Program OWN invoke [1]", "DATA", "Program OWN success"]);
        assert_eq!(of_logs::<TokenEvent>(&own).len(), 1);
        for forged in [
            &["DATA"][..],
            &["Program Other invoke [1]", "DATA", "Program Other success"],
            &["Program OWN invoke [1]", "Program OWN success", "DATA"],
            &[
                "Program OWN invoke [1]",
                "Program Other invoke [2]",
                "DATA",
                "Program Other failed: custom program error: 0x1",
            ],
            &[
                "Program Other invoke [1]",
                "Program log: Program OWN invoke [2]",
                "DATA",
            ],
        ] {
            assert_eq!(of_logs::<TokenEvent>(&logs(forged)), []);
        }
        // What programs say about calls is no call.
        let noisy = logs(&[
            "Program OWN invoke [1]",
            "Program log: invoke [2]",
            "Program Other invoke [2]",
            "Program Other success",
            "DATA",
        ]);
        assert_eq!(of_logs::<TokenEvent>(&noisy).len(), 1);
    }
}
