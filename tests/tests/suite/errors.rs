//! Every error of both programs is covered by a test.
//!
//! `error_coverage.txt` names the test of each. Naming is not enough: the tests named run
//! here once more and must get these errors from the programs themselves.

use {
    std::{collections::BTreeSet, fs, path::Path, process::Command},
    upside_tests::error_coverage::RECORD,
};

/// What no input reaches, and why.
const GUARDS: &[(&str, &str, &str)] = &[
    (
        "personal_token",
        "InvariantBroken",
        "books that never break",
    ),
    (
        "personal_token",
        "BalanceMismatch",
        "token programs that do as they say",
    ),
    (
        "personal_token",
        "AmountTooSmall",
        "the smallest contribution buys an atom at every stage: for quotes",
    ),
    (
        "personal_token",
        "MathDomain",
        "amounts are checked before the arithmetic",
    ),
    ("pooled_index", "InvariantBroken", "books that never break"),
    (
        "pooled_index",
        "BalanceMismatch",
        "token programs that do as they say",
    ),
    (
        "pooled_index",
        "SameAccount",
        "whoever signs never owns what an index has",
    ),
    (
        "pooled_index",
        "MathDomain",
        "amounts are checked before the arithmetic",
    ),
];

/// Lines of three words.
fn lines(text: &str) -> Vec<[String; 3]> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let words = |line: &str| line.split(' ').map(String::from).collect::<Vec<_>>();
    let three = lines.map(|line| words(line).try_into());
    three
        .map(|line| line.expect("three words a line"))
        .collect()
}

/// Program and name of every error that the IDLs have.
fn errors() -> BTreeSet<(String, String)> {
    let idls = [
        (
            "personal_token",
            include_str!("../../../idl/personal_token.json"),
        ),
        (
            "pooled_index",
            include_str!("../../../idl/pooled_index.json"),
        ),
    ];
    let mut errors = BTreeSet::new();
    for (program, idl) in idls {
        let idl: serde_json::Value = serde_json::from_str(idl).unwrap();
        for error in idl["errors"].as_array().unwrap() {
            let name = error["name"].as_str().unwrap().to_string();
            errors.insert((program.to_string(), name));
        }
    }
    errors
}

#[test]
fn every_error_is_covered_by_a_test() {
    let named = lines(include_str!("error_coverage.txt"));
    let mut known: Vec<(String, String)> = named
        .iter()
        .map(|[program, error, _]| (program.clone(), error.clone()))
        .collect();
    let guards = GUARDS.iter();
    known.extend(guards.map(|(program, error, _)| (program.to_string(), error.to_string())));
    let errors = errors();
    for error in &errors {
        let count = known.iter().filter(|one| *one == error).count();
        assert_eq!(
            count, 1,
            "{error:?}: write a test, run it with {RECORD}=FILE, and add its line to error_coverage.txt"
        );
    }
    assert_eq!(known.len(), errors.len(), "an error that no program has");

    let record = tempfile::NamedTempFile::new().unwrap();
    let tests: BTreeSet<&str> = named.iter().map(|[_, _, test]| test.as_str()).collect();
    let run = Command::new(std::env::current_exe().unwrap())
        .arg("--exact")
        .args(&tests)
        .env(RECORD, record.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}");
    let passed = format!("{} passed", tests.len());
    assert!(said.contains(&passed), "not all of {tests:?} exist: {said}");
    let record = lines(&fs::read_to_string(Path::new(record.path())).unwrap());
    for line in &named {
        assert!(
            record.contains(line),
            "{line:?}: the test does not provoke it"
        );
    }
}
