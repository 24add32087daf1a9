//! `cargo xtask e2e`: the CLI against a real validator over JSON-RPC.
//!
//! The test itself is `tests/tests/e2e.rs`. It does nothing but say so unless
//! `UPSIDE_E2E_URL` names a cluster; `UPSIDE_BIN` names the CLI that it runs.

use {
    crate::{
        validator::{self, Validator},
        workspace,
    },
    anyhow::{Context, Result},
    serde_json::Value,
    std::{path::PathBuf, process::Stdio, time::Instant},
};

/// Runs the end-to-end test against a real solana-test-validator
#[derive(clap::Args)]
pub struct Args {
    /// Skip where the validator is not installed, instead of building it (25 minutes)
    #[arg(long)]
    if_installed: bool,

    /// Passed on to the test binary, e.g. a test's name
    #[arg(last = true)]
    test_args: Vec<String>,
}

pub fn run(args: &Args) -> Result<()> {
    let Some(binary) = validator::wanted("the end-to-end test", "e2e", args.if_installed)? else {
        return Ok(());
    };
    let cli = build_cli()?;
    // Compiled before the validator runs: both want all cores.
    workspace::run(test().arg("--no-run"))?;

    let start = Instant::now();
    let validator = Validator::start(&binary, &workspace::programs(None)?)?;
    println!(
        "validator: {} after {:.0} s",
        validator.url,
        start.elapsed().as_secs_f64()
    );
    workspace::run(
        test()
            .args(["--", "--nocapture"])
            .args(&args.test_args)
            .env("UPSIDE_E2E_URL", &validator.url)
            .env("UPSIDE_BIN", cli),
    )
}

/// The whole workspace is selected, though only one package has this test: the
/// dependencies then have the same features as for `cargo test --workspace`, and are
/// not compiled a second time.
fn test() -> std::process::Command {
    let mut cargo = workspace::cargo();
    cargo.args(["test", "--workspace", "--test", "e2e"]);
    cargo
}

/// Builds the CLI and asks cargo where it put it.
fn build_cli() -> Result<PathBuf> {
    let output = workspace::cargo()
        .args(["build", "--release", "--package", "upside-cli"])
        .arg("--message-format=json-render-diagnostics")
        .stderr(Stdio::inherit())
        .output()?;
    anyhow::ensure!(output.status.success(), "the CLI does not build");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(executable)
        .find(|path| path.file_stem().is_some_and(|name| name == "upside"))
        .context("cargo built no executable named upside")
}

/// The executable that one line of cargo's messages tells of.
fn executable(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    message.get("executable")?.as_str().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_executable_from_cargos_messages() {
        let artifact = r#"{"reason":"compiler-artifact","executable":"/t/release/upside"}"#;
        assert_eq!(executable(artifact), Some("/t/release/upside".into()));
        assert_eq!(
            executable(r#"{"reason":"compiler-artifact","executable":null}"#),
            None
        );
        assert_eq!(executable("warning: text"), None);
    }
}
