//! Every test of the programs, in one binary.

mod amended_terms;
mod amendments;
mod assets;
mod attacks;
mod buybacks;
mod claims;
mod credentials;
mod endings;
mod evidence;
mod flows;
mod governance;
mod grants;
mod identity;
mod index;
mod layouts;
mod offerings;
mod pledges;
mod policies;
mod rounds;
mod sales;
mod shares;
mod tally;

use std::path::Path;

/// Every error of both programs is provoked by a test, beside the few that only a
/// defect of the programs themselves could return.
#[test]
fn every_error_is_provoked() {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let mut sources = Vec::new();
    read_sources(&suite, &mut sources);
    // No input reaches these: they guard against defects and foreign programs.
    let guards = ["InvariantBroken", "BalanceMismatch"];
    for error in upside_sdk::TokenError::ALL {
        assert_provoked(&sources, &guards, "TokenError", error.name());
    }
    // Nor these: whoever signs never owns what an index has, and amounts are checked
    // before `math` sees them.
    let guards = [&guards[..], &["SameAccount", "MathDomain"]].concat();
    for error in upside_sdk::index::IndexError::ALL {
        assert_provoked(&sources, &guards, "IndexError", error.name());
    }
}

fn read_sources(folder: &Path, sources: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_sources(&path, sources);
        } else if path.file_name().is_some_and(|name| name != "main.rs") {
            sources.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

fn assert_provoked(sources: &[String], guards: &[&str], kind: &str, name: &str) {
    let path = format!("{kind}::{name}");
    let named = |source: &String| {
        source
            .match_indices(&path)
            .any(|(at, _)| !source[at + path.len()..].starts_with(char::is_alphanumeric))
    };
    let provoked = sources.iter().any(named);
    assert!(
        provoked || guards.contains(&name),
        "no test provokes {path}"
    );
}
