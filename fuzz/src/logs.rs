//! A transaction's log lines: whoever sent it has written some of them.

use {
    base64::{Engine as _, engine::general_purpose::STANDARD},
    upside_sdk::{
        Pubkey,
        event::{IndexEvent, ProgramEvent, TokenEvent, of_logs},
        history,
    },
};

/// Bytes of one event, or the lines themselves.
pub fn run(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else {
        return;
    };
    match kind % 3 {
        0 => lines(&String::from_utf8_lossy(rest)),
        1 => event::<TokenEvent>(rest),
        _ => event::<IndexEvent>(rest),
    }
}

fn lines(text: &str) {
    // Short names for what a fuzzer does not guess.
    let filled = text
        .replace("TOKEN", &TokenEvent::PROGRAM.to_string())
        .replace("INDEX", &IndexEvent::PROGRAM.to_string());
    let logs: Vec<String> = filled.lines().map(str::to_owned).collect();
    for event in of_logs::<TokenEvent>(&logs) {
        let _ = (event.name(), event.fields());
    }
    let _ = (of_logs::<IndexEvent>(&logs), history::is_truncated(&logs));
    let subject = Pubkey::default();
    for event in history::of_subject(&logs, &subject) {
        assert_eq!(event.subject(), subject);
        let _ = (event.name(), event.sequence(), event.names_key(&subject));
    }
}

/// What a program wrote is read; what a stranger wrote is not.
fn event<E: ProgramEvent>(bytes: &[u8]) {
    let read = E::decode(bytes).is_some();
    let data = format!("Program data: {}", STANDARD.encode(bytes));
    let call = |program: &Pubkey| {
        vec![
            format!("Program {program} invoke [1]"),
            data.clone(),
            format!("Program {program} success"),
        ]
    };
    assert_eq!(of_logs::<E>(&call(&E::PROGRAM)).len(), usize::from(read));
    assert!(of_logs::<E>(&call(&Pubkey::default())).is_empty());
}
