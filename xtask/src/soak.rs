//! `cargo xtask soak`: the oracle's random steps against a real validator over JSON-RPC,
//! which is restarted under way and in between.
//!
//! The test is `tests/tests/oracle/soak`. It makes the accounts of the genesis itself, and
//! decides when to restart: it asks this process, line by line, at the address that
//! `UPSIDE_SOAK` tells.

use {
    crate::{
        validator::{self, Validator},
        workspace,
    },
    anyhow::{Context, Result, bail, ensure},
    std::{
        ffi::OsString,
        io::{BufRead, BufReader, Write},
        net::{Ipv4Addr, TcpListener, TcpStream},
        path::{Path, PathBuf},
        process::Command,
        thread,
        time::Instant,
    },
};

/// Soaks a real solana-test-validator in random operations that the oracle predicts
#[derive(clap::Args)]
pub struct Args {
    /// Transactions to send
    #[arg(long, default_value_t = 5_000)]
    operations: u64,

    /// Sequences at once, each with two tokens, an index and 14 wallets or more
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
    lanes: u64,

    /// Restarts between operations, in which the clock moves by days; one more is under way
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(..=3))]
    restarts: u64,

    /// Another number, other operations
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// Skip where the validator is not installed, instead of building it (25 minutes)
    #[arg(long)]
    if_installed: bool,
}

/// Slots of an epoch.
const EPOCH: u32 = 10_000_000;

impl Args {
    /// A few operations, where the validator is installed.
    pub fn quick() -> Args {
        Args {
            operations: 200,
            lanes: 4,
            restarts: 1,
            seed: 0,
            if_installed: true,
        }
    }
}

pub fn run(args: &Args) -> Result<()> {
    let Some(binary) = validator::wanted("the soak", "soak", args.if_installed)? else {
        return Ok(());
    };
    // Compiled before the validator runs: both want all cores.
    workspace::run(test().arg("--no-run"))?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let control = thread::spawn(move || {
        if let Err(error) = keep(&listener, &binary) {
            // The test sees its connection end.
            eprintln!("error: {error:#}");
        }
    });
    let ran = workspace::run(
        test()
            .args(["--", "--nocapture", "--exact"])
            .arg("soak::a_real_validator_agrees")
            .env("UPSIDE_SOAK", address.to_string())
            .env("UPSIDE_OPERATIONS", args.operations.to_string())
            .env("UPSIDE_LANES", args.lanes.to_string())
            .env("UPSIDE_RESTARTS", args.restarts.to_string())
            .env("UPSIDE_SEED", args.seed.to_string()),
    );
    // Where the test never asked, the control still waits for it; a connection that asks
    // nothing ends that.
    drop(TcpStream::connect(address));
    ensure!(control.join().is_ok(), "the control panicked");
    ran
}

/// The whole workspace is selected, though only one package has this test: the
/// dependencies then have the same features as for `cargo test --workspace`, and are
/// not compiled a second time.
fn test() -> Command {
    let mut cargo = workspace::cargo();
    cargo.args(["test", "--locked", "--workspace", "--test", "oracle"]);
    cargo
}

/// Keeps the validator that a test asks for, until the test is done.
fn keep(listener: &TcpListener, binary: &PathBuf) -> Result<()> {
    let (stream, _) = listener.accept()?;
    let mut kept: Option<Validator> = None;
    for line in BufReader::new(stream.try_clone()?).lines() {
        let line = line?;
        let start = Instant::now();
        match (line.split_once(' '), &mut kept) {
            (Some(("start", folder)), None) => {
                let validator = begin(binary, Path::new(folder))?;
                println!(
                    "validator: {} after {:.0} s",
                    validator.url,
                    start.elapsed().as_secs_f64()
                );
                answer(&stream, &validator.url)?;
                kept = Some(validator);
            }
            (Some(("restart", slot)), Some(validator)) => {
                validator.exit()?;
                let warp = ["--warp-slot".into(), slot.into()];
                validator.start_again(if slot == "0" { &[] } else { &warp })?;
                let seconds = start.elapsed().as_secs_f64();
                println!("validator: again after {seconds:.1} s");
                answer(&stream, &seconds.to_string())?;
            }
            _ => bail!("nobody asks {line:?}"),
        }
    }
    Ok(())
}

fn answer(mut stream: &TcpStream, what: &str) -> Result<()> {
    writeln!(stream, "{what}").context("the test has gone")
}

/// A validator with the accounts of a folder, a ledger that keeps all of its transactions,
/// and an epoch so long that a warp within it moves the clock by days.
fn begin(binary: &PathBuf, accounts: &Path) -> Result<Validator> {
    let more: [OsString; 6] = [
        "--account-dir".into(),
        accounts.into(),
        "--limit-ledger-size".into(),
        "1000000000".into(),
        "--slots-per-epoch".into(),
        EPOCH.to_string().into(),
    ];
    Validator::start_with(binary, &workspace::programs(None)?, &more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_nobody_who_asks_for_something_else() -> Result<()> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let asker = thread::spawn(move || -> std::io::Result<()> {
            writeln!(TcpStream::connect(address)?, "restart 1")
        });
        assert!(keep(&listener, &"/nowhere".into()).is_err());
        assert!(asker.join().is_ok_and(|asked| asked.is_ok()));
        Ok(())
    }
}
