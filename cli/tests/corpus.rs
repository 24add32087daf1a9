//! The committed corpora of the fuzz targets, on a stable compiler: what fuzzing found
//! once stays found.

// The crate of the fuzzers is no member of the workspace: its sources are.
#[path = "../../fuzz/src/accounts.rs"]
mod accounts;
#[path = "../../fuzz/src/bytes.rs"]
mod bytes;
#[path = "../../fuzz/src/chain.rs"]
mod chain;
#[path = "../../fuzz/src/logs.rs"]
mod logs;
#[path = "../../fuzz/src/reports.rs"]
mod reports;
#[path = "../../fuzz/src/store.rs"]
mod store;
#[path = "../../fuzz/src/words.rs"]
mod words;

use std::{fs, path::Path};

fn replay(name: &str, target: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let files = fs::read_dir(corpus.join(name)).expect("the corpus is committed");
    let mut count = 0;
    for file in files {
        let path = file.expect("the corpus can be listed").path();
        println!("{}", path.display());
        target(&fs::read(path).expect("the corpus can be read"));
        count += 1;
    }
    assert!(count > 0, "{name} has a corpus");
}

#[test]
fn accounts_of_any_bytes() {
    replay("accounts", accounts::run);
}

#[test]
fn logs_of_any_text() {
    replay("logs", logs::run);
}

#[test]
fn words_of_any_kind() {
    replay("words", words::run);
}

#[test]
fn requests_of_any_kind() {
    replay("request", chain::request);
}

#[test]
fn transactions_of_any_bytes() {
    replay("transaction", chain::transaction);
}

#[test]
fn chain_files_of_any_content() {
    replay("store", store::run);
}
