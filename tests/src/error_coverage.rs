//! Which test covers which error.

use {
    std::{fs::OpenOptions, io::Write, thread},
    upside_sdk::error::Refusal,
};

/// The environment variable that names a file. Tests add a line to it for every error
/// of our programs that they expected and got: the program, the error, the test.
pub const RECORD: &str = "UPSIDE_REFUSALS";

/// Notes a refusal that a test expected and got.
pub fn note(refusal: &Refusal) {
    let Some(file) = std::env::var_os(RECORD) else {
        return;
    };
    let program = match refusal {
        Refusal::Token(_) => "personal_token",
        Refusal::Index(_) => "pooled_index",
        _ => return,
    };
    // The harness names a test's thread after the test.
    let thread = thread::current();
    let line = format!(
        "{program} {} {}\n",
        refusal.name(),
        thread.name().unwrap_or("?")
    );
    let file = OpenOptions::new().append(true).create(true).open(file);
    // One write of one line, so that lines of tests that run together stay whole.
    let written = file.and_then(|mut file| file.write_all(line.as_bytes()));
    written.expect("the record can be written");
}
