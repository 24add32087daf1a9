//! `cargo xtask core`: whether the SDK's core stays small enough for a browser.

use {
    crate::workspace,
    anyhow::{Context, Result, ensure},
    std::{
        collections::BTreeSet,
        process::{Command, Stdio},
    },
};

/// Checks that upside-core compiles to wasm32 and has few dependencies
#[derive(clap::Args)]
pub struct Args {}

const CORE: &str = "upside-core";
const WASM: &str = "wasm32-unknown-unknown";
/// Most crates below the core, itself among them, each version of a crate once.
const MOST: usize = 240;
/// What does I/O, or runs a chain: none of it may be below the core.
const FORBIDDEN: [&str; 5] = ["litesvm", "redb", "reqwest", "solana-rpc-client", "tokio"];

pub fn run(_: &Args) -> Result<()> {
    let crates = crates()?;
    println!("{CORE}: {} of at most {MOST} crates", crates.len());
    require_few(&crates)?;
    if !has_target() {
        println!("SKIPPED: the standard library for {WASM} cannot be installed on this machine");
        return Ok(());
    }
    let check = ["check", "--locked", "-p", CORE, "--target", WASM];
    workspace::run(workspace::cargo().args(check))
}

/// The crates that the core is built of, with their versions.
fn crates() -> Result<BTreeSet<String>> {
    let mut tree = workspace::cargo();
    tree.args(["tree", "--locked", "-p", CORE, "-e", "normal"]);
    tree.args(["--prefix", "none", "--no-dedupe"]);
    let output = tree.stderr(Stdio::inherit()).output();
    let output = output.context("cannot run cargo tree")?;
    ensure!(output.status.success(), "cargo tree: {}", output.status);
    let text = String::from_utf8(output.stdout)?;
    Ok(text.lines().filter_map(name_and_version).collect())
}

/// The first two words of a line of `cargo tree`.
fn name_and_version(line: &str) -> Option<String> {
    let mut words = line.split_whitespace();
    Some(format!("{} {}", words.next()?, words.next()?))
}

fn require_few(crates: &BTreeSet<String>) -> Result<()> {
    ensure!(
        crates.len() <= MOST,
        "{CORE} is built of {} crates, at most {MOST} are allowed: leave a dependency out, or \
         move what needs it to upside-sdk",
        crates.len()
    );
    for name in FORBIDDEN {
        let found = crates
            .iter()
            .find(|one| one.starts_with(&format!("{name} ")));
        ensure!(
            found.is_none(),
            "{CORE} depends on {name}: what does I/O belongs to upside-sdk"
        );
    }
    Ok(())
}

/// Whether the compiler has the standard library for wasm32, or rustup can install it.
fn has_target() -> bool {
    let quiet = |command: &mut Command| {
        let command = command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    // Prints the folder whether or not it exists.
    let mut libraries = Command::new("rustc");
    libraries.args(["--print", "target-libdir", "--target", WASM]);
    let installed = libraries.output().is_ok_and(|output| {
        let folder = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success() && std::path::Path::new(&folder).is_dir()
    });
    installed || quiet(Command::new("rustup").args(["target", "add", WASM]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_crates_and_io_are_refused() {
        let refusal = |crates: &BTreeSet<String>| {
            let error = require_few(crates).err();
            error.map_or_else(String::new, |error| error.to_string())
        };
        let many: BTreeSet<_> = (0..=MOST).map(|n| format!("a{n} v1.0.0")).collect();
        assert!(refusal(&many).contains("at most 240"));
        let io = BTreeSet::from(["tokio v1.0.0".to_owned()]);
        assert!(refusal(&io).contains("depends on tokio"));
        let fine = BTreeSet::from(["tokio-like v1.0.0".to_owned()]);
        assert_eq!(refusal(&fine), "");
        assert_eq!(
            name_and_version("serde v1.0.0 (proc-macro)").as_deref(),
            Some("serde v1.0.0")
        );
    }
}
