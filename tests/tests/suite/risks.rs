//! `docs/RISKS.md` names tests that exist.

use std::{fs, path::PathBuf};

/// The attack book: from its heading to the next one of the same level.
fn book() -> String {
    let path = root().join("docs/RISKS.md");
    let text = fs::read_to_string(path).unwrap();
    let (_, book) = text.split_once("\n## Attack book\n").unwrap();
    book.split("\n## ").next().unwrap().to_string()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Files in which a test of this path may be: of the arithmetic, the SDK, the command line,
/// the sweeps, the adversary or the suite.
fn files(modules: &[&str]) -> Vec<PathBuf> {
    let (folder, modules) = match modules {
        ["math", rest @ ..] => ("math/tests", rest),
        ["cli", rest @ ..] => ("cli/tests", rest),
        ["sweeps", rest @ ..] => ("tests/tests/sweeps", rest),
        ["adversary", rest @ ..] => ("tests/tests/adversary", rest),
        ["sdk", rest @ ..] => ("sdk/client/tests", rest),
        all => ("tests/tests/suite", all),
    };
    let path = root().join(folder).join(modules.join("/"));
    vec![
        path.with_extension("rs"),
        path.join("mod.rs"),
        path.join("main.rs"),
    ]
}

/// Whether a test of this path is written somewhere.
fn exists(test: &str) -> bool {
    let parts: Vec<&str> = test.split("::").collect();
    let (name, modules) = parts.split_last().unwrap();
    let head = format!("fn {name}(");
    files(modules).iter().any(|file| {
        let text = fs::read_to_string(file).unwrap_or_default();
        text.split(&head).next().is_some_and(|before| {
            let lines = before.trim_end().lines();
            let marked = |line: &str| ["#[test]", "#[tokio::test]"].contains(&line.trim());
            let marked = lines.rev().take(3).any(marked);
            before.len() < text.len() && marked
        })
    })
}

#[test]
fn every_row_of_the_attack_book_has_tests_that_exist_or_is_accepted() {
    let book = book();
    let rows = book.lines().filter(|line| line.starts_with("| "));
    let rows: Vec<&str> = rows
        .filter(|row| !row.starts_with("| attack") && !row.starts_with("| ---"))
        .collect();
    assert!(rows.len() > 50, "{} rows", rows.len());
    let (mut count, mut faults) = (0, Vec::new());
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [attack, loss, _, tests] = cells.as_slice() else {
            panic!("four cells: {row}")
        };
        assert!(!attack.is_empty() && !loss.is_empty(), "{row}");
        let quoted = tests.split('`').skip(1).step_by(2);
        let named: Vec<&str> = quoted.filter(|word| word.contains("::")).collect();
        let missing = named.iter().filter(|test| !exists(test));
        faults.extend(missing.map(|test| format!("{attack}: there is no test {test}")));
        let accepted = tests.contains("Accepted");
        if !accepted && named.is_empty() {
            faults.push(format!("{attack}: neither tested nor accepted"));
        }
        count += named.len();
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    println!("{count} tests named");
}
