//! `cargo xtask bench`: compute units of every instruction and how they grow, as committed
//! tables.

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
    // The whole workspace is selected, though only `benches/bench` has this program: the
    // dependencies then have the same features as for `cargo test --workspace`.
    workspace::run(workspace::cargo().args(["build", "--quiet", "--workspace", "--bin", "bench"]))?;
    let mut bench = Command::new(workspace::built("bench"));
    bench.current_dir(workspace::root());
    if args.check {
        bench.arg("--check");
    }
    ensure!(bench.status()?.success(), "figures rose: see above");
    Ok(())
}
