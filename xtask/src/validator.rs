//! A `solana-test-validator` of our own: on free ports, with a ledger that goes away
//! with it, and stopped however this process ends.

use {
    crate::workspace::{self, Program, shown},
    anyhow::{Context, Result, bail, ensure},
    std::{
        env,
        ffi::OsString,
        fs,
        io::{Read, Write},
        net::{Ipv4Addr, TcpListener, TcpStream, UdpSocket},
        os::unix::net::UnixStream,
        path::PathBuf,
        process::{Child, Command, Stdio},
        thread,
        time::{Duration, Instant},
    },
    tempfile::TempDir,
};

/// RPC, its websocket, faucet, gossip, and the range the validator picks the rest from.
const PORTS: u16 = 64;
/// Where the search for free ports begins and ends: below the ports that Linux hands
/// out by itself.
const FIRST_PORT: u16 = 20_000;
const LAST_PORT: u16 = 32_000;
const START_LIMIT: Duration = Duration::from_secs(120);
const EXIT_LIMIT: Duration = Duration::from_secs(60);
/// What an operator's tool says on the admin socket.
const EXIT: &[u8] = b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"exit\",\"params\":[]}\n";

/// The validator's binary, if `xtask/validator/install.sh` or its like put it there.
fn installed() -> Option<PathBuf> {
    let home = env::var_os("VALIDATOR_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|user| user.join(".cache/solana-test-validator")))?;
    let binary = home.join("bin/solana-test-validator");
    binary.is_file().then_some(binary)
}

/// Builds the validator from crates.io.
fn install() -> Result<PathBuf> {
    workspace::run(&mut Command::new(
        workspace::root().join("xtask/validator/install.sh"),
    ))?;
    installed().context("install.sh ended well, but the validator is not where it belongs")
}

/// The validator's binary, built where it is not installed, unless the caller would rather
/// skip; that is told, with what needs it and the command that would build it.
pub fn wanted(what: &str, command: &str, if_installed: bool) -> Result<Option<PathBuf>> {
    match installed() {
        Some(binary) => Ok(Some(binary)),
        None if if_installed => {
            println!(
                "SKIPPED: {what} needs solana-test-validator, which is not built on this \
                 machine; `cargo xtask {command}` builds it"
            );
            Ok(None)
        }
        None => install().map(Some),
    }
}

pub struct Validator {
    child: Child,
    ledger: TempDir,
    /// What it was started with, but for `--reset`.
    command: Vec<OsString>,
    port: u16,
    pub url: String,
}

impl Validator {
    /// Starts it with every program at its declared address, and waits until it answers.
    pub fn start(binary: &PathBuf, programs: &[Program]) -> Result<Validator> {
        Validator::start_with(binary, programs, &[])
    }

    /// The same with more arguments.
    pub fn start_with(
        binary: &PathBuf,
        programs: &[Program],
        more: &[OsString],
    ) -> Result<Validator> {
        let base = free_ports()?;
        let port = |offset: u16| (base + offset).to_string();
        let ledger = TempDir::with_prefix("upside-validator-")?;
        let mut command = outliving_nobody(binary);
        command
            .args(["--quiet", "--ledger"])
            .arg(ledger.path().join("ledger"))
            .args([
                "--rpc-port",
                &port(0),
                "--faucet-port",
                &port(2),
                "--gossip-port",
                &port(3),
            ])
            .args([
                "--dynamic-port-range",
                &format!("{}-{}", port(4), port(PORTS - 1)),
            ])
            .args(["--config", "/dev/null"])
            .args(more);
        for program in programs {
            let elf = program.elf();
            ensure!(
                elf.is_file(),
                "{} is missing: run `cargo xtask sbf`",
                shown(&elf)
            );
            command.arg("--bpf-program").arg(program.id()?).arg(elf);
        }
        let words = [command.get_program()]
            .into_iter()
            .chain(command.get_args());
        let command: Vec<OsString> = words.map(ToOwned::to_owned).collect();
        let mut first = command.clone();
        first.push("--reset".into());
        let mut validator = Validator {
            child: spawn(&first, &ledger)?,
            ledger,
            command,
            port: base,
            url: format!("http://127.0.0.1:{base}"),
        };
        validator.wait_until_healthy()?;
        Ok(validator)
    }

    /// Asks it to exit, as an operator would, and waits until it has.
    pub fn exit(&mut self) -> Result<()> {
        let socket = self.ledger.path().join("ledger/admin.rpc");
        let mut admin = UnixStream::connect(&socket).context("the validator's admin socket")?;
        admin.write_all(EXIT)?;
        let start = Instant::now();
        while self.child.try_wait()?.is_none() {
            ensure!(start.elapsed() < EXIT_LIMIT, "the validator does not exit");
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// Starts one that ended on the same ledger, with more arguments.
    pub fn start_again(&mut self, more: &[OsString]) -> Result<()> {
        let command = [self.command.as_slice(), more].concat();
        self.child = spawn(&command, &self.ledger)?;
        self.wait_until_healthy()
    }

    fn wait_until_healthy(&mut self) -> Result<()> {
        let start = Instant::now();
        while !answers(self.port) {
            if let Some(status) = self.child.try_wait()? {
                bail!(
                    "the validator ended at its start: {status}\n{}",
                    self.last_words()
                );
            }
            if start.elapsed() > START_LIMIT {
                bail!(
                    "the validator does not answer at {}\n{}",
                    self.url,
                    self.last_words()
                );
            }
            thread::sleep(Duration::from_millis(250));
        }
        Ok(())
    }

    /// The end of what it printed and logged.
    fn last_words(&self) -> String {
        ["output", "ledger/validator.log"]
            .iter()
            .filter_map(|name| fs::read(self.ledger.path().join(name)).ok())
            .map(|log| String::from_utf8_lossy(&log).into_owned())
            .flat_map(|log| {
                let lines: Vec<_> = log.lines().map(str::to_owned).collect();
                lines
                    .into_iter()
                    .rev()
                    .take(15)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
            })
            .collect::<Vec<_>>()
            .join("\n")
    }
}

impl Drop for Validator {
    fn drop(&mut self) {
        // Both fail only where it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a validator whose output goes beside its ledger.
fn spawn(command: &[OsString], ledger: &TempDir) -> Result<Child> {
    let log = fs::File::options()
        .create(true)
        .append(true)
        .open(ledger.path().join("output"))?;
    let (program, arguments) = command.split_first().context("a command")?;
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))
}

/// `Drop` does not run when a signal ends this process; on Linux the kernel then kills
/// the validator.
fn outliving_nobody(binary: &PathBuf) -> Command {
    let setpriv = PathBuf::from("/usr/bin/setpriv");
    if !setpriv.exists() {
        return Command::new(binary);
    }
    let mut command = Command::new(setpriv);
    command.args(["--pdeathsig", "KILL", "--"]).arg(binary);
    command
}

/// The first of a row of ports that nobody uses. Processes begin their search at
/// different places, so that two of them at once do not pick the same.
fn free_ports() -> Result<u16> {
    let rows = (LAST_PORT - FIRST_PORT) / PORTS;
    let own = u16::try_from(std::process::id() % u32::from(rows))?;
    (own..rows)
        .chain(0..own)
        .map(|row| FIRST_PORT + row * PORTS)
        .find(|base| (*base..*base + PORTS).all(is_free))
        .with_context(|| format!("no {PORTS} free ports in a row"))
}

fn is_free(port: u16) -> bool {
    let address = (Ipv4Addr::LOCALHOST, port);
    TcpListener::bind(address).is_ok() && UdpSocket::bind(address).is_ok()
}

/// Whether the RPC server says that it is healthy.
fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream
            .write_all(b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.trim_end().ends_with("\r\nok"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_not_free() -> Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        assert!(!is_free(taken.local_addr()?.port()));
        Ok(())
    }

    #[test]
    fn finds_a_row_of_free_ports() -> Result<()> {
        let base = free_ports()?;
        assert!((FIRST_PORT..LAST_PORT).contains(&base));
        Ok(())
    }

    #[test]
    fn only_a_healthy_server_answers() -> Result<()> {
        let server = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = server.local_addr()?.port();
        let replies = thread::spawn(move || -> std::io::Result<()> {
            for reply in ["behind { distance: 3 }", "ok"] {
                let (mut stream, _) = server.accept()?;
                let mut request = [0; 256];
                let _ = stream.read(&mut request)?;
                write!(stream, "HTTP/1.1 200 OK\r\n\r\n{reply}")?;
            }
            Ok(())
        });
        assert!(!answers(port));
        assert!(answers(port));
        assert!(replies.join().is_ok_and(|done| done.is_ok()));
        Ok(())
    }
}
