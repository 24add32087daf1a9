//! `cargo xtask coverage`: which lines and regions of the crates all tests reach.

use {
    crate::workspace,
    anyhow::{Context, Result, ensure},
    serde_json::{Value, json},
    std::{
        collections::{BTreeMap, BTreeSet},
        fs,
        path::{Path, PathBuf},
        process::{Command, Stdio},
    },
};

/// Runs all tests with counters in them and tells what they reached.
#[derive(clap::Args)]
pub struct Args {
    /// Also list the lines that no test reached
    #[arg(long)]
    missed: bool,
    /// Arguments for the tests themselves, such as `--skip NAME`
    #[arg(last = true)]
    tests: Vec<String>,
}

/// Crates whose coverage is told, by folder.
const CRATES: [&str; 5] = ["math", "sdk/core", "sdk/client", "localnet", "cli"];

/// Passes everything on to the compiler, and asks it for counters. Only crates of the
/// workspace get it: the others are those of ordinary builds.
const WRAPPER: &str = "#!/bin/sh\nexec \"$@\" -C instrument-coverage\n";

pub fn run(args: &Args) -> Result<()> {
    let Some(tools) = tools() else {
        println!(
            "SKIPPED: there is no llvm-cov for this compiler: `rustup component add llvm-tools`"
        );
        return Ok(());
    };
    let folder = workspace::root().join("target/coverage");
    let raw = folder.join("raw");
    if raw.exists() {
        fs::remove_dir_all(&raw)?;
    }
    let binaries = test(&folder, &args.tests)?;
    let profile = merge(&tools, &folder)?;
    let report = export(&tools, &profile, &binaries)?;
    let rows = by_crate(&report);
    println!(
        "{:<10} {:>16} {:>16} {:>16}",
        "crate", "lines", "regions", "functions"
    );
    for (name, row) in &rows {
        let cells = ["lines", "regions", "functions"].map(|kind| {
            let (covered, count) = row.get(kind).copied().unwrap_or_default();
            format!("{covered}/{count} {:.1}%", percent(covered, count))
        });
        println!(
            "{name:<10} {:>16} {:>16} {:>16}",
            cells[0], cells[1], cells[2]
        );
    }
    let figures: Value = rows.iter().map(|(name, row)| figures(name, row)).collect();
    let text = serde_json::to_string_pretty(&figures)?;
    workspace::write(
        &workspace::root().join("target/trust/coverage.json"),
        text + "\n",
    )?;
    if args.missed {
        for line in missed(&report) {
            println!("{line}");
        }
    }
    Ok(())
}

/// The compiler's own llvm-profdata and llvm-cov, where they are installed.
fn tools() -> Option<[PathBuf; 2]> {
    let rustc = |what: &[&str]| {
        let output = Command::new("rustc").args(what).output().ok()?;
        String::from_utf8(output.stdout).ok()
    };
    let sysroot = rustc(&["--print", "sysroot"])?;
    let version = rustc(&["-vV"])?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))?;
    let folder = Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(host)
        .join("bin");
    let tools = ["llvm-profdata", "llvm-cov"].map(|name| folder.join(name));
    tools.iter().all(|tool| tool.is_file()).then_some(tools)
}

/// Builds and runs all tests; their binaries.
fn test(folder: &Path, arguments: &[String]) -> Result<Vec<PathBuf>> {
    let wrapper = folder.join("rustc");
    workspace::write(&wrapper, WRAPPER)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755))?;
    }
    let cargo = || {
        let mut cargo = workspace::cargo();
        cargo.args(["test", "--locked", "--workspace", "--all-targets"]);
        cargo.env("RUSTC_WORKSPACE_WRAPPER", &wrapper);
        // Apart from ordinary builds: the programs' libraries have names without a hash.
        cargo.env("CARGO_TARGET_DIR", folder.join("build"));
        // A file for each process: one that is killed while it adds its counters to those
        // of others would take them along.
        cargo.env("LLVM_PROFILE_FILE", folder.join("raw/%p-%m.profraw"));
        cargo
    };
    let mut build = cargo();
    build.args(["--no-run", "--message-format=json-render-diagnostics"]);
    let output = build.stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "the tests do not compile");
    let messages = String::from_utf8(output.stdout)?;
    let messages = messages.lines().map(serde_json::from_str::<Value>);
    let binaries = messages.flatten().filter_map(|message| {
        let path = message["executable"].as_str()?;
        Some(PathBuf::from(path))
    });
    let binaries: BTreeSet<_> = binaries.collect();
    let mut run = cargo();
    run.args(["--no-fail-fast", "--quiet", "--"])
        .args(arguments);
    workspace::run(&mut run)?;
    Ok(binaries.into_iter().collect())
}

fn merge([profdata, _]: &[PathBuf; 2], folder: &Path) -> Result<PathBuf> {
    let merged = folder.join("all.profdata");
    let raw = fs::read_dir(folder.join("raw")).context("no test wrote counters")?;
    let raw: Vec<_> = raw.flatten().map(|file| file.path()).collect();
    let mut merge = Command::new(profdata);
    // A test that kills a process may leave half a file.
    merge.args(["merge", "--sparse", "--failure-mode=all", "-o"]);
    workspace::run(merge.arg(&merged).args(raw))?;
    Ok(merged)
}

/// Coverage by file, as llvm-cov writes it.
fn export([_, cov]: &[PathBuf; 2], profile: &Path, binaries: &[PathBuf]) -> Result<Value> {
    let mut export = Command::new(cov);
    export.args(["export", "--format=text", "--skip-functions"]);
    export.arg("--instr-profile").arg(profile);
    for binary in binaries {
        export.arg("--object").arg(binary);
    }
    // Named: the first of what has no name would be a binary.
    export.arg("--sources");
    export.args(CRATES.map(|name| workspace::root().join(name).join("src")));
    let output = export.stderr(Stdio::inherit()).output()?;
    ensure!(
        output.status.success(),
        "llvm-cov failed: {}",
        output.status
    );
    Ok(serde_json::from_slice(&output.stdout)?)
}

type Row = BTreeMap<&'static str, (u64, u64)>;

/// Files of the crates, with the crate's name and the path from the root.
fn files(report: &Value) -> impl Iterator<Item = (&'static str, String, &Value)> {
    let files = report["data"][0]["files"].as_array().into_iter().flatten();
    files.filter_map(|file| {
        let path = workspace::shown(Path::new(file["filename"].as_str()?));
        let of = |name: &&&str| path.starts_with(&format!("{name}/src/"));
        let name = CRATES.iter().find(of)?;
        Some((*name, path, file))
    })
}

fn by_crate(report: &Value) -> BTreeMap<&'static str, Row> {
    let mut rows: BTreeMap<_, Row> = BTreeMap::new();
    for (name, _, file) in files(report) {
        let row = rows.entry(name).or_default();
        for kind in ["lines", "regions", "functions"] {
            let summary = &file["summary"][kind];
            let number = |what: &str| summary[what].as_u64().unwrap_or_default();
            let (covered, count) = row.entry(kind).or_default();
            *covered = covered.saturating_add(number("covered"));
            *count = count.saturating_add(number("count"));
        }
    }
    rows
}

fn figures(name: &str, row: &Row) -> Value {
    let of = |kind: &str| {
        let (covered, count) = row.get(kind).copied().unwrap_or_default();
        json!({"covered": covered, "count": count, "percent": percent(covered, count)})
    };
    json!({
        "crate": name,
        "lines": of("lines"),
        "regions": of("regions"),
        "functions": of("functions"),
    })
}

fn percent(covered: u64, count: u64) -> f64 {
    let tenths = covered.saturating_mul(1_000).checked_div(count);
    f64::from(u32::try_from(tenths.unwrap_or(1_000)).unwrap_or_default()) / 10.0
}

/// Where regions begin that no test reached, as `file:line`.
fn missed(report: &Value) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (_, path, file) in files(report) {
        for segment in file["segments"].as_array().into_iter().flatten() {
            // Line, column, count, whether there is a count, whether a region begins,
            // whether it is a gap between two.
            let unreached = segment[2] == 0 && segment[3] == true && segment[4] == true;
            if unreached && segment[5] == false {
                lines.insert(format!("{path}:{:>4}", segment[0]));
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_summed_by_crate() {
        let file = |path: &str, covered: u64| {
            let counts = json!({"covered": covered, "count": 10});
            let filename = workspace::root().join(path);
            json!({
                "filename": filename,
                "summary": {"lines": counts, "regions": counts, "functions": counts},
                "segments": [[3, 1, 0, true, true, false], [4, 1, 5, true, true, false]],
            })
        };
        let files = [
            file("math/src/a.rs", 10),
            file("math/src/b.rs", 5),
            file("x/src/c.rs", 1),
        ];
        let report = json!({"data": [{"files": files}]});
        let rows = by_crate(&report);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows["math"]["lines"], (15, 20));
        assert_eq!(figures("math", &rows["math"])["lines"]["percent"], 75.0);
        assert_eq!(missed(&report).len(), 2);
    }

    #[test]
    fn nothing_is_all_covered() {
        assert_eq!(percent(0, 0), 100.0);
        assert_eq!(percent(1, 3), 33.3);
    }
}
