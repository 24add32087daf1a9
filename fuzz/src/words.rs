//! What people type, and the files that they name.

use {
    std::fs,
    upside_cli::fuzzing,
    upside_sdk::{amount, identity::Trusted},
};

/// The first byte chooses what the text is.
pub fn run(data: &[u8]) {
    let Some((kind, rest)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    match kind % 8 {
        0 => command_line(&text),
        1 => config_file(rest),
        2 => amounts(&text, kind >> 3),
        _ => {
            fuzzing::value(&text, kind >> 3);
            let _ = text.parse::<Trusted>();
        }
    }
}

fn command_line(text: &str) {
    // A path in a command line is read: fuzzing stays away from files and devices.
    if text.contains(['/', '~']) {
        return;
    }
    let words: Vec<_> = text.lines().collect();
    fuzzing::command_line(&[&["upside"], words.as_slice()].concat());
}

fn config_file(content: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder for the file");
    let path = folder.path().join("config.yml");
    fs::write(&path, content).expect("the file can be written");
    fuzzing::config_file(&path);
}

/// What is read comes back as it is printed.
fn amounts(text: &str, decimals: u8) {
    let Ok(atoms) = amount::parse(text, decimals) else {
        return;
    };
    let printed = amount::print(atoms, decimals);
    let again = amount::parse(&printed.replace(',', "_"), decimals);
    assert_eq!(
        again.ok(),
        Some(atoms),
        "{text:?} is printed as {printed:?}"
    );
}
