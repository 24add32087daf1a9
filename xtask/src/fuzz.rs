//! `cargo xtask fuzz`: a while of fuzzing for every target in `fuzz/`, on top of its
//! committed corpus, which is one file a target: see `fuzz/src/pack.rs`.

#[path = "../../fuzz/src/pack.rs"]
mod pack;

use {
    crate::workspace,
    anyhow::{Context, Result, anyhow, ensure},
    serde_json::{Value, json},
    std::{
        fs,
        path::{Path, PathBuf},
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
    /// Fuzz nothing: add this file to the target's committed corpus, under the file's name
    #[arg(long, value_name = "FILE", requires = "target")]
    add: Option<PathBuf>,
}

impl Args {
    /// Every target for some seconds.
    pub fn for_seconds(seconds: u32) -> Args {
        Args {
            seconds,
            target: None,
            minimize: false,
            add: None,
        }
    }
}

pub fn run(args: &Args) -> Result<()> {
    if let (Some(file), Some(target)) = (&args.add, &args.target) {
        return add(target, file);
    }
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
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".pack").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}

/// A target's committed corpus.
fn packed(target: &str) -> PathBuf {
    folder().join("corpus").join(format!("{target}.pack"))
}

/// Where the fuzzer finds the committed inputs, and where it puts new ones.
fn unpacked(target: &str, what: &str) -> PathBuf {
    workspace::root()
        .join("target/fuzz")
        .join(what)
        .join(target)
}

fn inputs(target: &str) -> Result<Vec<pack::Input>> {
    let path = packed(target);
    let bytes = fs::read(&path).with_context(|| workspace::shown(&path))?;
    pack::read(&bytes).map_err(|reason| anyhow!("{}: {reason}", workspace::shown(&path)))
}

/// How many inputs are committed.
pub fn committed() -> Result<usize> {
    let counts = targets()?
        .into_iter()
        .map(|target| Ok(inputs(&target)?.len()));
    counts.sum()
}

/// The committed inputs as files, which are nothing but those.
fn unpack(target: &str) -> Result<PathBuf> {
    let folder = unpacked(target, "committed");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for (name, bytes) in inputs(target)? {
        workspace::write(&folder.join(name), bytes)?;
    }
    Ok(folder)
}

/// Commits the files of a folder as a target's corpus.
fn pack_folder(target: &str, folder: &Path) -> Result<()> {
    let mut inputs = Vec::new();
    for entry in fs::read_dir(folder)? {
        inputs.push(input(&entry?.path())?);
    }
    workspace::write(&packed(target), pack::write(inputs))
}

/// A file by its name.
fn input(path: &Path) -> Result<pack::Input> {
    let name = path.file_name().context("not a file")?.to_string_lossy();
    ensure!(!name.contains(['\n', ' ']), "{name:?}: no spaces in names");
    let bytes = fs::read(path).with_context(|| workspace::shown(path))?;
    Ok((name.into_owned(), bytes))
}

/// Adds a file to a target's corpus.
fn add(target: &str, file: &Path) -> Result<()> {
    let (name, bytes) = input(file)?;
    let mut inputs = inputs(target)?;
    inputs.retain(|(known, _)| *known != name);
    inputs.push((name, bytes));
    workspace::write(&packed(target), pack::write(inputs))
}

/// Fuzzes one target. New inputs go to a folder of their own, not to the committed ones.
fn fuzz(target: &str, seconds: u32) -> Result<Value> {
    let found = unpacked(target, "corpus");
    fs::create_dir_all(&found)?;
    let mut command = cargo_fuzz("run");
    command.args(["--sanitizer=none", target]).arg(&found);
    command.arg(unpack(target)?).arg("--");
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
    let committed = unpack(target)?;
    let found = unpacked(target, "corpus");
    for entry in fs::read_dir(&found).into_iter().flatten() {
        let path = entry?.path();
        fs::copy(&path, committed.join(path.file_name().unwrap_or_default()))?;
    }
    let mut command = cargo_fuzz("cmin");
    command.args(["--sanitizer=none", target]).arg(&committed);
    workspace::run(&mut command)?;
    pack_folder(target, &committed)
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
    fn packs_are_read_as_they_were_written() {
        let input = |name: &str, bytes: &[u8]| (name.to_owned(), bytes.to_vec());
        let inputs = vec![
            input("a", b""),
            input("b", b"1 2\n3 4\n"),
            input("c", &[0, 255]),
        ];
        let pack = pack::write(inputs.clone());
        assert_eq!(pack::read(&pack), Ok(inputs));
        for end in 1..pack.len() {
            let part = pack::read(&pack[..end]);
            assert!(part.is_err() || part.is_ok_and(|part| part.len() < 3));
        }
        assert_eq!(pack::read(b""), Ok(Vec::new()));
        assert!(pack::read(b"a 99999999999999999999\n").is_err());
    }

    #[test]
    fn committed_packs_are_whole_and_sorted() -> Result<()> {
        for target in targets()? {
            let inputs = inputs(&target)?;
            assert!(!inputs.is_empty(), "{target}");
            let bytes = fs::read(packed(&target))?;
            assert!(pack::write(inputs) == bytes, "{target}");
        }
        Ok(())
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
