//! `cargo xtask clients`: the TypeScript client, generated from the IDLs and checked.

use {
    crate::workspace,
    anyhow::{Result, ensure},
    std::process::{Command, Stdio},
};

/// Generates the TypeScript client from the IDLs, type-checks it and tests what it exports
#[derive(clap::Args)]
pub struct Args {
    /// Skip where Node or npm is not installed
    #[arg(long)]
    if_installed: bool,
}

pub fn run(args: &Args) -> Result<()> {
    let missing: Vec<_> = ["node", "npm"].into_iter().filter(|it| !has(it)).collect();
    if args.if_installed && !missing.is_empty() {
        println!("SKIPPED: {} is not installed", missing.join(" and "));
        return Ok(());
    }
    ensure!(
        missing.is_empty(),
        "{} is not installed: install Node 20.18 or newer",
        missing.join(" and ")
    );
    npm(&["ci"])?;
    for script in ["generate", "check", "test"] {
        npm(&["run", script])?;
    }
    Ok(())
}

fn has(program: &str) -> bool {
    let mut version = Command::new(program);
    let quiet = version.arg("--version").stdout(Stdio::null());
    let status = quiet.stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn npm(arguments: &[&str]) -> Result<()> {
    let mut npm = Command::new("npm");
    npm.current_dir(workspace::root().join("clients/ts"));
    workspace::run(npm.args(arguments))
}
