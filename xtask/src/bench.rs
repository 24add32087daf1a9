//! `cargo xtask bench`: compute units of every instruction, as a committed table.

use {
    crate::workspace,
    anyhow::{Result, ensure},
    std::process::Command,
};

/// Measures every instruction on the committed ELFs.
#[derive(clap::Args)]
pub struct Args {
    /// Refuse figures above the committed table instead of writing it
    #[arg(long)]
    check: bool,
}

pub fn run(args: &Args) -> Result<()> {
    let mut command = Command::new("cargo");
    command.current_dir(workspace::root());
    command.args([
        "run",
        "--quiet",
        "--package",
        "upside-tests",
        "--bin",
        "bench",
    ]);
    if args.check {
        command.args(["--", "--check"]);
    }
    ensure!(command.status()?.success(), "figures rose: see above");
    Ok(())
}
