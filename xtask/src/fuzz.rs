//! `cargo xtask fuzz`: a while of fuzzing for every target in `fuzz/`, on top of its
//! committed corpus.

use {
    crate::workspace,
    anyhow::{Context, Result, ensure},
    serde_json::{Value, json},
    std::{
        fs,
        path::PathBuf,
        process::{Command, Stdio},
    },
};

/// Fuzzes every target for some seconds.
#[derive(clap::Args)]
pub struct Args {
    /// Seconds for each target
    #[arg(long, default_value_t = 10)]
    seconds: u32,
    /// Only this target
    #[arg(long)]
    target: Option<String>,
    /// Replace the committed corpora by the fewest inputs that reach as much
    #[arg(long)]
    minimize: bool,
}

impl Args {
    /// Every target for some seconds.
    pub fn for_seconds(seconds: u32) -> Args {
        Args {
            seconds,
            target: None,
            minimize: false,
        }
    }
}

pub fn run(args: &Args) -> Result<()> {
    if let Some(reason) = missing() {
        println!("SKIPPED: {reason}");
        return Ok(());
    }
    // The same dependencies as everywhere else.
    let root = workspace::root();
    fs::copy(root.join("Cargo.lock"), folder().join("Cargo.lock"))?;
    let mut targets = targets()?;
    if let Some(only) = &args.target {
        ensure!(targets.contains(only), "there are: {}", targets.join(", "));
        targets.retain(|target| target == only);
    }
    workspace::run(cargo_fuzz("build").arg("--sanitizer=none"))?;
    let mut rows = Vec::new();
    for target in &targets {
        if args.minimize {
            minimize(target)?;
        } else {
            rows.push(fuzz(target, args.seconds)?);
        }
    }
    if args.minimize {
        return Ok(());
    }
    let crashes = rows.iter().filter(|row| row["crashed"] == true).count();
    let text = serde_json::to_string_pretty(&rows)?;
    workspace::write(&root.join("target/trust/fuzz.json"), text + "\n")?;
    ensure!(
        crashes == 0,
        "{crashes} targets crashed: see fuzz/artifacts"
    );
    Ok(())
}

fn folder() -> PathBuf {
    workspace::root().join("fuzz")
}

/// What fuzzes with a nightly compiler, outside this one's environment.
fn cargo_fuzz(command: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo
        .current_dir(folder())
        .args(["+nightly", "fuzz", command]);
    for name in ["CARGO", "RUSTC", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
        cargo.env_remove(name);
    }
    cargo.env("CARGO_TARGET_DIR", workspace::root().join("target/fuzz"));
    cargo
}

/// Why there can be no fuzzing here.
fn missing() -> Option<String> {
    let works = |command: &mut Command| {
        let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
        quiet.status().is_ok_and(|status| status.success())
    };
    if !works(Command::new("cargo").args(["+nightly", "--version"])) {
        return Some("there is no nightly compiler: `rustup toolchain install nightly`".into());
    }
    if !works(&mut cargo_fuzz("--version")) && !works(&mut cargo_fuzz("list")) {
        return Some("there is no cargo-fuzz: `cargo install cargo-fuzz`".into());
    }
    None
}

/// The targets are those with a corpus.
fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder().join("corpus"))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Fuzzes one target. New inputs go to a folder of their own, not to the committed ones.
fn fuzz(target: &str, seconds: u32) -> Result<Value> {
    let found = workspace::root().join("target/fuzz/corpus").join(target);
    fs::create_dir_all(&found)?;
    let mut command = cargo_fuzz("run");
    command.args(["--sanitizer=none", target]).arg(&found);
    command.arg(folder().join("corpus").join(target)).arg("--");
    command.arg(format!("-max_total_time={seconds}"));
    command.args(["-print_final_stats=1", "-max_len=4096", "-timeout=20"]);
    let output = command.stdin(Stdio::null()).output();
    let output = output.with_context(|| format!("cannot fuzz {target}"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    let crashed = !output.status.success();
    if crashed {
        eprintln!("{log}");
    }
    let row = json!({
        "target": target,
        "seconds": seconds,
        "cases": last_after(&log, "stat::number_of_executed_units:"),
        "edges": last_after(&log, " cov: "),
        "features": last_after(&log, " ft: "),
        "crashed": crashed,
    });
    println!("{row}");
    Ok(row)
}

/// Keeps the fewest inputs, of the committed and of all found so far, that reach as much.
fn minimize(target: &str) -> Result<()> {
    let committed = folder().join("corpus").join(target);
    let found = workspace::root().join("target/fuzz/corpus").join(target);
    for entry in fs::read_dir(&found).into_iter().flatten() {
        let path = entry?.path();
        fs::copy(&path, committed.join(path.file_name().unwrap_or_default()))?;
    }
    let mut command = cargo_fuzz("cmin");
    command.args(["--sanitizer=none", target]).arg(committed);
    workspace::run(&mut command)
}

/// The number behind the last of these words.
fn last_after(log: &str, words: &str) -> Option<u64> {
    let (_, rest) = log.rsplit_once(words)?;
    rest.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_the_log() {
        let log = "#2 INITED cov: 5 ft: 6 corp: 1/1b\n#9 DONE   cov: 12 ft: 34 corp: 2/3b\n\
                   stat::number_of_executed_units: 99\n";
        assert_eq!(last_after(log, " cov: "), Some(12));
        assert_eq!(last_after(log, " ft: "), Some(34));
        assert_eq!(last_after(log, "stat::number_of_executed_units:"), Some(99));
        assert_eq!(last_after("", " cov: "), None);
    }

    #[test]
    fn every_target_has_a_corpus_and_every_corpus_a_target() -> Result<()> {
        for target in targets()? {
            let path = folder().join("fuzz_targets").join(&target);
            assert!(path.with_extension("rs").is_file(), "{target}");
        }
        let sources = fs::read_dir(folder().join("fuzz_targets"))?;
        assert_eq!(sources.count(), targets()?.len());
        Ok(())
    }
}
