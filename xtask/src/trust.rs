//! `cargo xtask trust`: the quick form of everything that tries to break Upside, and one
//! table of what it tried.

use {
    crate::{fuzz, soak, workspace},
    anyhow::{Context, Result, ensure},
    serde_json::Value,
    std::{collections::BTreeSet, fmt, fs, path::PathBuf, time::Instant},
};

/// Runs the quick form of all attacks and prints one table of what they tried
#[derive(clap::Args)]
pub struct Args {
    /// Also fuzz every target for so many seconds; building the targets takes long
    #[arg(long, default_value_t = 0)]
    fuzz_seconds: u32,
}

/// One kind of attack: the tests that make it, and what they report.
struct Part {
    title: &'static str,
    /// Arguments of `cargo test --locked --workspace`.
    tests: &'static [&'static str],
    /// What was tried and what became of it, once the tests passed.
    report: fn() -> Result<Report>,
}

/// What was tried, in words, and what became of it.
struct Report {
    tried: String,
    verdict: Verdict,
}

/// What became of attacks.
enum Verdict {
    /// The tests count what was lost.
    Lost(u64),
    /// The tests count nothing: the first loss fails them, and they passed.
    Passed,
    /// Something is not installed.
    Skipped,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Verdict::Lost(lost) => f.pad(&format!("{lost} lost")),
            Verdict::Passed => f.pad("passed"),
            Verdict::Skipped => f.pad("skipped"),
        }
    }
}

const PARTS: &[Part] = &[
    Part {
        title: "attack book",
        tests: &["--test", "suite"],
        report: attack_book,
    },
    Part {
        title: "sweeps",
        tests: &["--test", "sweeps"],
        report: sweeps,
    },
    Part {
        title: "oracle",
        tests: &["--test", "oracle"],
        report: oracle,
    },
    Part {
        title: "coalitions",
        tests: &["--test", "adversary"],
        report: coalitions,
    },
    Part {
        title: "exact arithmetic",
        tests: &["--test", "exact"],
        report: exact,
    },
    Part {
        title: "durability",
        tests: &["--test", "embedded"],
        report: durability,
    },
    Part {
        title: "bad network",
        tests: &["--test", "transaction"],
        report: network,
    },
    Part {
        title: "fuzzing, committed corpora",
        tests: &["--test", "corpus"],
        report: corpora,
    },
];

pub fn run(args: &Args) -> Result<()> {
    let folder = reports();
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| workspace::shown(&folder))?;
    }
    let mut rows = Vec::new();
    for part in PARTS {
        println!("\n== {}", part.title);
        let start = Instant::now();
        let mut tests = workspace::cargo();
        tests.args(["test", "--locked", "--workspace", "--quiet"]);
        let ran = workspace::run(tests.args(part.tests));
        let report = ran.and_then(|()| (part.report)());
        rows.push((part.title, report, start.elapsed().as_secs()));
    }
    println!("\n== real validator");
    let start = Instant::now();
    let report = soak::run(&soak::Args::quick()).and_then(|()| validator());
    rows.push(("real validator", report, start.elapsed().as_secs()));
    if args.fuzz_seconds > 0 {
        println!("\n== fuzzing");
        let start = Instant::now();
        let report =
            fuzz::run(&fuzz::Args::for_seconds(args.fuzz_seconds)).and_then(|()| fuzzing());
        rows.push(("fuzzing", report, start.elapsed().as_secs()));
    }

    println!("\n{:<28} {:>6} {:>9}  tried", "", "s", "");
    for (title, report, seconds) in &rows {
        match report {
            Ok(it) => println!("{title:<28} {seconds:>6} {:>9}  {}", it.verdict, it.tried),
            Err(error) => println!("{title:<28} {seconds:>6} {:>9}  {error:#}", "FAILED"),
        }
    }
    let held = |report: &Result<Report>| {
        let verdict = report.as_ref().map(|report| &report.verdict);
        !matches!(verdict, Err(_) | Ok(Verdict::Lost(1..)))
    };
    let failed = rows.iter().filter(|(_, report, _)| !held(report)).count();
    ensure!(failed == 0, "{failed} kinds of attack were not withstood");
    Ok(())
}

/// Where tests leave what they tried.
fn reports() -> PathBuf {
    workspace::root().join("target/trust")
}

fn report(name: &str) -> Result<Value> {
    let path = reports().join(name);
    let text = fs::read_to_string(&path)
        .with_context(|| format!("the tests left no {}", workspace::shown(&path)))?;
    serde_json::from_str(&text).with_context(|| workspace::shown(&path))
}

fn number(report: &Value, name: &str) -> Result<u64> {
    let number = report.pointer(name).and_then(Value::as_u64);
    number.with_context(|| format!("the report has no {name}"))
}

/// The sum of a field over a list.
fn sum(list: &Value, name: &str) -> u64 {
    let rows = list.as_array().into_iter().flatten();
    rows.filter_map(|row| row[name].as_u64()).sum()
}

fn count(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}

fn passed(tried: String) -> Result<Report> {
    let verdict = Verdict::Passed;
    Ok(Report { tried, verdict })
}

fn counted(tried: String, lost: u64) -> Result<Report> {
    let verdict = Verdict::Lost(lost);
    Ok(Report { tried, verdict })
}

fn skipped(reason: &str) -> Result<Report> {
    Ok(Report {
        tried: reason.into(),
        verdict: Verdict::Skipped,
    })
}

/// The risks of the attack book, and those with tests; the suite checks that the tests
/// exist, and that one covers every named error.
fn attack_book() -> Result<Report> {
    let book = fs::read_to_string(workspace::root().join("docs/RISKS.md"))?;
    let (attacks, tests) = attacks(&book);
    let mut errors = 0;
    for program in workspace::programs(None)? {
        let idl: Value = serde_json::from_str(&fs::read_to_string(program.idl())?)?;
        errors += count(&idl["errors"]);
    }
    passed(format!(
        "{attacks} attacks, {tests} tests of them; {errors} named errors, covered by tests but for named guards"
    ))
}

/// Rows of the attack book, and the tests that they name.
fn attacks(book: &str) -> (usize, usize) {
    let rows = book.lines().filter_map(|line| {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").collect();
        let heading = ["attack", "---"].contains(&cells[0].trim());
        // Tests stand between backticks, and nothing else does in this column.
        (cells.len() == 4 && !heading).then(|| cells[3].matches('`').count() / 2)
    });
    rows.fold((0, 0), |(attacks, tests), named| {
        (attacks + 1, tests + named)
    })
}

fn sweeps() -> Result<Report> {
    let report = report("sweeps.json")?;
    let programs = report.as_object().context("not a table")?;
    let (mut instructions, mut cases) = (0, 0);
    for program in programs.values() {
        instructions += count(&program["instructions"]);
        cases += sum(&program["instructions"], "cases");
    }
    passed(format!("{instructions} instructions, {cases} bad calls"))
}

fn oracle() -> Result<Report> {
    let report = report("oracle.json")?;
    let (sequences, steps) = (number(&report, "/sequences")?, number(&report, "/steps")?);
    let (fields, calls) = (number(&report, "/fields")?, number(&report, "/calls")?);
    passed(format!(
        "{sequences} sequences, {steps} steps, {calls} calls, {fields} numbers predicted"
    ))
}

/// Attacks in their variants, and the search for others. Lost are attacks that worked and
/// sequences that took something from somebody who did nothing.
fn coalitions() -> Result<Report> {
    let report = report("coalitions.json")?;
    let attacks = &report["attacks"];
    let rows = attacks.as_array().into_iter().flatten();
    let variants: usize = rows.map(|row| count(&row["tried"])).sum();
    let plots = report["coalitions"].as_object().map_or(0, |all| all.len());
    let (transactions, checks) = (
        number(&report, "/transactions")?,
        number(&report, "/checks")?,
    );
    let landed = report["instructions"].as_object();
    let landed: Vec<&str> = landed
        .into_iter()
        .flatten()
        .map(|(name, _)| &**name)
        .collect();
    let programs = landed.iter().filter_map(|name| name.split("::").next());
    let programs: BTreeSet<&str> = programs.collect();
    counted(
        format!(
            "{} attacks in {variants} variants; {transactions} transactions of {plots} coalitions over {} programs searched, in which {} instructions landed, {checks} checks",
            count(attacks),
            programs.len(),
            landed.len()
        ),
        number(&report, "/lost")?,
    )
}

fn exact() -> Result<Report> {
    let report = report("exact.json")?;
    let (functions, all) = (count(&report), sum(&report, "exhaustive"));
    let random = sum(&report, "random");
    passed(format!(
        "{functions} functions, {all} exhaustive and {random} random cases"
    ))
}

fn durability() -> Result<Report> {
    let report = report("durability.json")?;
    let (kills, sent) = (
        number(&report, "/kills")?,
        number(&report, "/transactions_confirmed")?,
    );
    let lost = number(&report, "/lost")? + number(&report, "/half_written")?;
    counted(
        format!("{kills} kills, {sent} transactions confirmed before them"),
        lost,
    )
}

fn network() -> Result<Report> {
    let report = report("network.json")?;
    let (intents, faults) = (number(&report, "/intents")?, report["faults"].as_object());
    let faults: u64 = faults
        .into_iter()
        .flatten()
        .filter_map(|(_, n)| n.as_u64())
        .sum();
    let lost = number(&report, "/done_twice")? + number(&report, "/told_wrong")?;
    counted(format!("{intents} intents under {faults} faults"), lost)
}

fn corpora() -> Result<Report> {
    passed(format!("{} inputs", fuzz::committed()?))
}

fn validator() -> Result<Report> {
    let Ok(report) = report("soak.json") else {
        return skipped("solana-test-validator is not installed");
    };
    let (operations, lanes) = (number(&report, "/operations")?, number(&report, "/lanes")?);
    let (restarts, compared) = (number(&report, "/restarts")?, number(&report, "/compared")?);
    let tried = format!(
        "{operations} transactions of {lanes} lanes, {restarts} restarts, {compared} numbers predicted"
    );
    counted(tried, number(&report, "/disagreements")?)
}

fn fuzzing() -> Result<Report> {
    let Ok(report) = report("fuzz.json") else {
        return skipped("no nightly compiler or no cargo-fuzz");
    };
    let (targets, cases) = (count(&report), sum(&report, "cases"));
    let crashes = report.as_array().into_iter().flatten();
    let crashes = crashes.filter(|row| row["crashed"] == true).count();
    counted(format!("{targets} targets, {cases} cases"), crashes as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attacks_are_counted_with_their_tests() {
        let book = "| attack | lost | defence | tests |\n| --- | --- | --- | --- |\n\
                    | A | `b` | c | `d::e`, `f::g` |\n| H | i | j | Accepted |\n| risk | k |\n";
        assert_eq!(attacks(book), (2, 2));
    }
}
