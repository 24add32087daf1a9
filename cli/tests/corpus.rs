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
#[allow(dead_code, reason = "`cargo xtask fuzz` writes packs")]
#[path = "../../fuzz/src/pack.rs"]
mod pack;
#[path = "../../fuzz/src/reports.rs"]
mod reports;
#[path = "../../fuzz/src/store.rs"]
mod store;
#[path = "../../fuzz/src/words.rs"]
mod words;

use std::{fs, path::Path};

fn replay(name: &str, target: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let pack = fs::read(corpus.join(format!("{name}.pack"))).expect("the corpus is committed");
    let inputs = pack::read(&pack).expect("the corpus is whole");
    assert!(!inputs.is_empty(), "{name} has a corpus");
    for (input, bytes) in inputs {
        println!("{name}: {input}");
        target(&bytes);
    }
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
